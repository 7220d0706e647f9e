/* test_digest: the digest as text, HTML and mail. Goldens in tests/golden/digest are made of invented items (items.ndjson, one article a
 * line, one item per story); SOATIN_GOLDEN_UPDATE=1 in the environment writes them anew. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "digest/digest.h"
#include "digest/digest_priv.h"

#define ALLOW_GETENV
#include "base/banned.h"

enum { ITEMS_MAX = 16, STORIES = 11, FILE_MAX = 1 << 20 };

struct fixture {
	struct arena arena;
	struct item items[ITEMS_MAX];
	size_t n;
	VEC(struct json *) docs;
	struct digest vi, en;
};

static struct map vi_words; /* translations have no context argument, as gettext has none */
static struct arena vi_arena;

static const char *vi_word(const char *text)
{
	const char *t = map_get(&vi_words, span_of(text));
	return t ? t : text;
}

static char *golden_path(struct arena *a, const char *name)
{
	const char *src = getenv("SOATIN_TEST_SRC");
	return arena_printf(a, "%s/tests/golden/digest/%s", src ? src : ".", name);
}

/* "key "value"" lines of a .po file without escapes or continuation lines. */
static void load_words(void)
{
	struct err e = {0};
	struct span all, l, id = {0};
	if (vi_words.n)
		return;
	assert_int_equal(file_read(&vi_arena, golden_path(&vi_arena, "vi.po"), FILE_MAX, &all, &e), 0);
	while (span_next(&all, '\n', &l)) {
		if (span_starts(l, "msgid \""))
			id = span_cut(l, 7, l.n - 1);
		else if (span_starts(l, "msgstr \"") && id.n)
			map_put(&vi_words, id, arena_dup(&vi_arena, span_cut(l, 8, l.n - 1)));
	}
}

static const char *rule_title(const char *rule, void *ctx)
{
	(void)ctx;
	if (strcmp(rule, "thien-tai.vo-de") == 0)
		return "Tin vỡ đập, vỡ đê, xả lũ chưa kiểm chứng";
	return strcmp(rule, "lua-dao.dat-phong") == 0 ? "Mạo danh cơ sở lưu trú để nhận tiền đặt cọc" : NULL;
}

static void add_article(struct fixture *f, struct article *x)
{
	struct item *it = NULL;
	for (size_t i = 0; i < f->n; i++)
		if (strcmp(f->items[i].story, x->story) == 0)
			it = &f->items[i];
	if (!it) {
		it = &f->items[f->n++];
		*it = (struct item){.number = (int64_t)f->n + 40, .story = x->story, .title = x->title, .url = x->url,
			.lang = x->lang, .topic = x->flags[0].topic, .rule = x->flags[0].rule, .action = x->flags[0].action,
			.first_seen = x->fetched, .answered_by_source = x->flags[0].answered};
		it->priority.rule = x->priority.rule;
		it->priority.place = x->priority.place;
		it->priority.spread = x->priority.spread;
		it->priority.source = x->priority.source;
		it->priority.total = x->priority.rule + x->priority.place + x->priority.spread + x->priority.source;
		it->due = x->flags[0].due ? x->fetched + x->flags[0].due : 0;
		it->articles = arena_array(&f->arena, struct article *, ITEMS_MAX);
	}
	it->articles[it->n_articles++] = x;
	it->copies = (int64_t)it->n_articles;
}

static int load(void **state)
{
	static const char *const notices[] = {"Nguồn Cửa Cấm: máy chủ không trả lời từ 22/11/2026 21:14 (4 lần liên tiếp).",
		"Nguồn Xóm Mạng: nguồn tin bị cắt ngắn; giữ lại 3 mục còn nguyên."};
	struct fixture *f = xcalloc(1, sizeof *f);
	struct err e = {0};
	struct span all, l;
	load_words();
	assert_int_equal(file_read(&f->arena, golden_path(&f->arena, "items.ndjson"), FILE_MAX, &all, &e), 0);
	while (span_next(&all, '\n', &l)) {
		struct article *x = arena_new(&f->arena, struct article);
		if (!l.n)
			continue;
		assert_int_equal(article_read(&f->arena, l, x, vec_add(&f->docs), &e), 0);
		add_article(f, x);
	}
	assert_int_equal(f->n, STORIES);
	f->items[2].state = ITEM_TAKEN;
	f->items[2].who = "an.nguyen";
	f->items[3].state = ITEM_ANSWERED;
	f->items[3].returning = true;
	f->vi = (struct digest){.lang = "vi", .tr = vi_word, .place_name = "Hải Phòng", .zone_minutes = 420,
		.since = 1795303800 + 9 * 3600, .now = 1795390200 + 5 * 3600, .items = f->items, .n_items = f->n,
		.notices = notices, .n_notices = 2, .rule_title = rule_title,
		.counts = {.state = {7, 1, 12, 3, 2}, .returning = 1, .overdue = 1, .articles = 1284, .sources_failing = 2}};
	f->en = f->vi;
	f->en.lang = "en";
	f->en.tr = NULL;
	*state = f;
	return 0;
}

static int unload(void **state)
{
	struct fixture *f = *state;
	vec_each(d, &f->docs)
		json_free(*d);
	vec_release(&f->docs);
	arena_release(&f->arena);
	free(f);
	return 0;
}

static void same_as_golden(struct fixture *f, const char *name, struct str *got)
{
	struct err e = {0};
	struct span want;
	char *path = golden_path(&f->arena, name);
	if (getenv("SOATIN_GOLDEN_UPDATE"))
		assert_int_equal(file_replace(path, str_span(got), &e), 0);
	assert_int_equal(file_read(&f->arena, path, FILE_MAX, &want, &e), 0);
	assert_string_equal(got->p, want.p);
	str_release(got);
}

static void goldens_hold(void **state)
{
	struct fixture *f = *state;
	struct str s = {0};
	digest_text(&f->vi, 0, &s);
	same_as_golden(f, "vi.txt", &s);
	digest_text(&f->en, 0, &s);
	same_as_golden(f, "en.txt", &s);
	digest_html(&f->vi, &s);
	same_as_golden(f, "vi.html", &s);
	digest_html(&f->en, &s);
	same_as_golden(f, "en.html", &s);
	html_form(&f->vi, true, DIGEST_HTML_MAX, &s);
	same_as_golden(f, "vi.mail.html", &s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(goldens_hold, load, unload),
	};
	int failed = cmocka_run_group_tests_name("digest", tests, NULL, NULL);
	map_release(&vi_words);
	arena_release(&vi_arena);
	return failed;
}
