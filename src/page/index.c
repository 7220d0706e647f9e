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

/* "노을매일 - 시민의 곁에서": the outlet, and what it says of itself, not one of its sections. */
static bool is_site_first(const struct view *v, const struct meta *m)
{
	struct span page = span_of(m->page_title), site = span_of(m->site);
	struct span rest = span_trim(span_cut(page, site.n, page.n));
	if (site.n == 0 || !span_starts(page, m->site) || rest.n < 3 || !strchr("-|:", rest.p[0]))
		return false;
	return !head_is_section(v, span_trim(span_cut(rest, 1, rest.n)));
}

/* The logo of a front page that is called by it first, and then by what it says of itself. */
static struct span logo(const struct view *v, const struct meta *m)
{
	struct span page = span_of(m->page_title);
	for (uint32_t i = 0; page.n && i < v->blocks.n; i++) {
		struct span line = view_text(v, i), rest = span_trim(span_cut(page, line.n, page.n));
		if (v->blocks.p[i].tag == VIEW_H1 && span_eq(span_cut(page, 0, line.n), line) &&
			(rest.n == 0 || strchr("-_|:", rest.p[0])) && head_leads_home(v, i))
			return line;
	}
	return (struct span){NULL, 0};
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
	struct span own = is_site_first(v, m) ? span_of(m->site) : logo(v, m);
	if (own.n)
		return arena_dup(a, utf8_prefix(own, TITLE_MAX));
	struct span name = without_home(span_of(title));
	if (name.n == span_of(title).n)
		name = head_strip_outlet(v, name, m, host);
	for (size_t i = v->blocks.n; i-- > 0;)
		if (v->blocks.p[i].tag == VIEW_H1 && v->blocks.p[i].link * 2 < v->blocks.p[i].n)
			name = view_text(v, i);
	return name.n ? arena_dup(a, utf8_prefix(name, TITLE_MAX)) : title;
}
