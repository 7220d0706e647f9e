/* index: see index.h. What stands over a list is its name; where nothing does, what the page calls itself,
 * without the outlet it is of and without "Home". */
#include "page/index.h"

#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "page/head.h"

#include "base/banned.h"

/* What a front page is called beside its outlet. */
static bool is_home(struct span part)
{
	static const char *const words[] = {"trang chủ", "Trang chủ", "TRANG CHỦ", "trang nhất", "Trang nhất",
		"home", "homepage", "front page", "首页", "首頁", "主页", "홈", "메인", "ホーム", "トップ",
		"トップページ", "startseite", "accueil", "inicio", "portada", "главная"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (span_is_ci(part, words[i]))
			return true;
	return false;
}

static struct span without_home(struct span name)
{
	static const char *const marks[] = {" - ", " | ", " – ", " — ", "｜", "_", "-", "|"};
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		size_t at = span_find(name, span_of(marks[i]), 0), n = strlen(marks[i]);
		if (at == SIZE_MAX)
			continue;
		struct span before = span_trim(span_cut(name, 0, at)),
			    behind = span_trim(span_cut(name, at + n, name.n));
		if (behind.n && is_home(before))
			return behind;
		if (before.n && is_home(behind))
			return before;
	}
	return name;
}

const char *index_name(struct arena *a, const struct view *v, const struct kind_hints *h, const char *title,
	const char *host)
{
	const struct meta *m = h->meta;
	bool elsewhere = kind_headline_elsewhere(v, h) || (m->has_article && !m->titled);
	if (h->headline != UINT32_MAX && !elsewhere)
		return title;
	if (!title || elsewhere || is_home(span_of(title)))
		title = m->og_title ? m->og_title : m->page_title;
	struct span name = without_home(span_of(title));
	if (name.n == span_of(title).n)
		name = head_strip_outlet(v, name, m, host);
	for (size_t i = v->blocks.n; i-- > 0;)
		if (v->blocks.p[i].tag == VIEW_H1 && v->blocks.p[i].link * 2 < v->blocks.p[i].n)
			name = view_text(v, i);
	return name.n ? arena_dup(a, utf8_prefix(name, TITLE_MAX)) : title;
}
