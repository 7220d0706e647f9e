/* test_feed: whole feeds, byte for byte: tests/golden/feed/X.in gives X.out (the head, then an article a
 * line) and X.msg (the fault and the remarks). SOATIN_TEST_WRITE=1 writes both anew. Then limits, and the
 * hostile files of ../shared when it is there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "decode/decode.h"
#include "feed/feed.h"

#define ALLOW_GETENV
#include "base/banned.h"

struct fixture {
	struct decode *d;
	struct arena a;
	struct report rep;
	struct err e;
	struct feed f;
};

static int setup(void **state)
{
	struct fixture *x = calloc(1, sizeof *x);
	*state = x;
	return decode_new(&x->d, &x->e);
}

static int teardown(void **state)
{
	struct fixture *x = *state;
	decode_free(x->d);
	arena_release(&x->a);
	report_release(&x->rep);
	free(x);
	return 0;
}

/* cut_at: the body is the beginning of a feed of more bytes; 0: it is whole */
static int read_start(struct fixture *x, struct span body, struct span coding, size_t cut_at)
{
	struct decoded text;
	struct feed_hints h = {
		.url = "https://tin.example/feeds/main.xml", .country = "VN", .lang = "vi", .cut_at = cut_at};
	report_clear(&x->rep);
	err_clear(&x->e);
	x->f = (struct feed){0};
	int rc = decode_body(x->d, &x->a, body, coding, (struct span){NULL, 0}, &text, &x->rep, &x->e);
	if (rc == 0)
		rc = feed_read(&x->a, text.text, &h, &x->f, &x->rep, &x->e);
	assert_true((rc == -1) == (x->e.kind != ERR_NONE));
	return rc;
}

static int read_feed(struct fixture *x, struct span body, struct span coding)
{
	return read_start(x, body, coding, 0);
}

/* ---- golden files ---- */

static void put_feed(struct fixture *x, struct str *out)
{
	struct json_writer w = {.out = out};
	json_begin_object(&w);
	json_field(&w, "format", x->f.format);
	json_field(&w, "title", x->f.title);
	json_field(&w, "link", x->f.link);
	json_field(&w, "lang", x->f.lang);
	json_field_int(&w, "ttl", x->f.ttl);
	json_key(&w, "partial");
	json_put_bool(&w, x->f.partial);
	json_end_object(&w);
	str_addc(out, '\n');
	for (size_t i = 0; i < x->f.n; i++) {
		article_set_id(&x->a, x->f.entries[i]);
		article_write(x->f.entries[i], out);
	}
}

static void put_talk(struct fixture *x, struct str *out)
{
	if (x->e.kind) {
		err_format(out, x->e.text, x->e.arg[0], x->e.arg[1]);
		str_addc(out, '\n');
	}
	if (x->e.todo) {
		err_format(out, x->e.todo, x->e.arg[0], x->e.arg[1]);
		str_addc(out, '\n');
	}
	vec_each (r, &x->rep.list) {
		str_addf(out, "%s %ld:%ld ", remark_name(r->id), r->line, r->col);
		err_format(out, remark_text(r->id), r->a, r->b);
		str_addc(out, '\n');
	}
}

static void compare(struct fixture *x, const char *path, struct span got)
{
	struct span want = {0};
	struct err e = {0};
	if (getenv("SOATIN_TEST_WRITE")) {
		FILE *f = fopen(path, "wb");
		assert_non_null(f);
		assert_int_equal(fwrite(got.p ? got.p : "", 1, got.n, f), got.n);
		fclose(f);
		return;
	}
	assert_int_equal(file_read(&x->a, path, BODY_MAX, &want, &e), 0);
	if (!span_eq(want, got))
		fail_msg("%s: got\n%.*s", path, (int)got.n, got.p);
}

static void golden(struct fixture *x, const char *name)
{
	const char *src = getenv("SOATIN_TEST_SRC");
	const char *path = arena_printf(&x->a, "%s/tests/golden/feed/%s", src ? src : ".", name);
	struct span body;
	struct str out = {0}, talk = {0};
	struct err e = {0};
	assert_int_equal(file_read(&x->a, arena_printf(&x->a, "%s.in", path), BODY_MAX, &body, &e), 0);
	if (read_feed(x, body, (struct span){NULL, 0}) == 0)
		put_feed(x, &out);
	put_talk(x, &talk);
	compare(x, arena_printf(&x->a, "%s.out", path), str_span(&out));
	compare(x, arena_printf(&x->a, "%s.msg", path), str_span(&talk));
	str_release(&out);
	str_release(&talk);
}

static void feeds_become_articles(void **state)
{
	static const char *const names[] = {"rss", "atom", "rdf", "json", "sitemap", "broken", "cp1258",
		"page", "opml", "bomb", "dtd", "list", "forms", "shared", "index", "vi-1258", "vi-nfd",
		"vi-utf16le", "vi-liar", "vi-gz", "ko-euckr", "ko-bare", "ko-utf8", "ja-sjis", "ja-eucjp",
		"ja-2022", "km-utf8", "km-utf16be", "lo-utf8", "lo-utf16le", "repairs", "php-warning",
		"cut-mid-tag", "strict-odd", "people", "planet", "json-authors", "cdf", "kinds",
		"doctype-html", "json-cut", "json-behind", "km-dates", "lo-dates", "th-tis620", "th-874",
		"th-bare", "zh-gb18030", "zh-bare", "zh-big5", "ko-cp949", "vi-viscii", "vi-tcvn",
		"vi-tcvn-bare", "vi-1258-tones", "vi-1258-bare", "amp"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		golden(*state, names[i]);
}

/* ---- repairs ---- */

/* What users meet, each alone: how the entry reads after it, and the remark with its place. What needs many
 * bytes stands in the golden files: gzip without its header (vi-gz), UTF-16 (vi-utf16le, km-utf16be,
 * lo-utf16le), windows-1258 and its kin (vi-1258…, vi-viscii, vi-tcvn…), charsets without a label (…-bare).
 */
static void each_repair_leaves_a_remark(void **state)
{
	struct fixture *x = *state;
#define RSS "<?xml version=\"1.0\"?>\n<rss><channel>\n<item>"
#define END "</item></channel></rss>"
	static const struct {
		const char *body, *title;
		enum remark_id id;
		long line, col;
	} cases[] = {
		{RSS "<title>Lúa & cá</title><guid>1</guid>" END, "Lúa & cá", R_MARKUP_AMP, 3, 18},
		{RSS "<title>C&agrave; Mau</title><guid>1</guid>" END, "Cà Mau", R_MARKUP_ENTITY, 3, 15},
		{RSS "<guid>1</guid>\n<dc:title>Tư</dc:title>" END, "Tư", R_MARKUP_PREFIX, 4, 1},
		{RSS "<title>Đê\x01 vỡ</title><guid>1</guid>" END, "Đê vỡ", R_MARKUP_CONTROL, 3, 16},
		{RSS "<title>Đê&#8; vỡ</title><guid>1</guid>" END, "Đê vỡ", R_MARKUP_CONTROL, 3, 16},
		{"Warning: mysql_connect() in /home/a.php\n" RSS "<title>a</title><guid>1</guid>" END, "a",
			R_MARKUP_JUNK, 1, 1},
		{"<br />\n<b>Warning</b>: x\n" RSS "<title>a</title><guid>1</guid>" END, "a", R_MARKUP_JUNK,
			1, 1},
		{"\n\n  " RSS "<title>a</title><guid>1</guid>" END, "a", R_MARKUP_JUNK, 1, 1},
		{"<?xml version='1.0'?>\n" RSS "<title>a</title><guid>1</guid>" END, "a", R_MARKUP_JUNK, 1,
			1},
		{RSS "<title>a</title><guid>1</guid>" END "\n</body>", "a", R_MARKUP_JUNK, 4, 1},
		{RSS "<title>a</title><guid>1</guid></item>\n<item><title>b", "a", R_FEED_CUT_SHORT, 4, 7},
		{RSS "<title>a</title><guid>1</guid></item>\n<item><title>b</title><link hr", "a",
			R_FEED_CUT_SHORT, 4, 7},
		{RSS "<title>a</title><guid>1</guid>\n<description><p>b<div>c</p></description>" END, "a",
			R_MARKUP_TAG, 4, 24},
		{RSS "<title>a</title><guid>1</guid>\n<description><![CDATA[b</description>" END, "a",
			R_MARKUP_TAG, 4, 14},
		{RSS "<TITLE>a</TITLE><guid>1</guid>" END, "a", R_FEED_TAG_CASE, 3, 7},
		{RSS "<TITLE>a</title><guid>1</guid>" END, "a", R_FEED_TAG_CASE, 3, 7},
		{RSS "<title>A &amp;amp;amp; B</title><guid>1</guid>" END, "A & B", R_FEED_ESCAPED_TWICE, 3,
			1},
		{RSS "<title>&amp;lt;b&amp;gt;a&amp;lt;/b&amp;gt;</title><guid>1</guid>" END, "a",
			R_FEED_ESCAPED_TWICE, 3, 1},
		{RSS "<title>a</title>\n<link>/a.html</link>" END, "a", R_FEED_LINK_ODD, 4, 1},
		{RSS "<title>a</title>\n<link>https://x.example/a b.html</link>" END, "a", R_FEED_LINK_ODD, 4,
			1},
		{RSS "<title>a</title>" END, "a", R_FEED_NO_GUID, 3, 1},
		{RSS "<title>a</title><guid>k</guid></item>\n<item><title>b</title><guid>k</guid>" END, "a",
			R_FEED_GUID_AGAIN, 4, 1},
		{RSS "<title>a</title><guid>1</guid><pubDate>Mon, 22 Nov 2026 06:30:00 +0700</pubDate>" END,
			"a", R_FEED_DATE_ODD, 3, 1},
		{RSS "<title>a</title><guid>1</guid><pubDate>Sun, 22 Nov 26 06:30:00 +0700</pubDate>" END,
			"a", R_FEED_DATE_ODD, 3, 1},
		{RSS "<title>a</title><guid>1</guid><pubDate>Chủ nhật, 22/11/2026 - 06:30</pubDate>" END, "a",
			R_FEED_DATE_ODD, 3, 1},
		{RSS "<title>a</title><guid>1</guid><pubDate>Sun, 22 Nov 2026 06:30:00 GMT+7</pubDate>" END,
			"a", R_FEED_DATE_ODD, 3, 1},
		{RSS "<title>a</title><guid>1</guid><pubDate>1795303800</pubDate>" END, "a", R_FEED_DATE_ODD,
			3, 1},
		{RSS "<title>a</title><guid>1</guid><pubDate>sáng nay</pubDate>" END, "a", R_FEED_DATE_UNREAD,
			3, 1},
		{"<?xml "
		 "version='1.0'\nencoding='iso-8859-1'?><rss><channel><item><title>Đê</title><guid>1</"
		 "guid>" END,
			"Đê", R_DECODE_CHARSET_WRONG, 2, 11},
		{"<?xml version='1.0' "
		 "encoding='utf-16'?><rss><channel><item><title>Đê</title><guid>1</guid>" END,
			"Đê", R_DECODE_CHARSET_WRONG, 1, 31},
		{"<?xml version='1.0' "
		 "encoding='x-vn'?><rss><channel><item><title>Đê</title><guid>1</guid>" END,
			"Đê", R_DECODE_CHARSET_UNKNOWN, 1, 31},
		{RSS "<title>Đê vỡ ở Bến Sậy\xC3</title><guid>1</guid>" END, "Đê vỡ ở Bến Sậy\xEF\xBF\xBD",
			R_DECODE_ILL_FORMED, 3, 29},
		{"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY ten "
		 "'Đê'>]><rss><channel><item><title>&ten;</title>"
		 "<guid>1</guid>" END,
			"Đê", R_MARKUP_DTD, 1, 22},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(read_feed(x, span_of(cases[i].body), (struct span){NULL, 0}), 0);
		assert_true(x->f.n > 0);
		assert_string_equal(x->f.entries[0]->title, cases[i].title);
		const struct remark *r = NULL;
		vec_each (at, &x->rep.list)
			if (at->id == cases[i].id && !r)
				r = at;
		if (!r || r->line != cases[i].line || r->col != cases[i].col)
			fail_msg("%s: %s at %ld:%ld", cases[i].body, r ? "told" : "not told", r ? r->line : 0,
				r ? r->col : 0);
	}
	static const char nul[] = RSS "<title>Đê\0 vỡ</title><guid>1</guid>" END;
	assert_int_equal(read_feed(x, (struct span){nul, sizeof nul - 1}, (struct span){NULL, 0}), 0);
	assert_string_equal(x->f.entries[0]->title, "Đê vỡ");
	assert_int_equal(x->rep.list.p[0].id, R_DECODE_NUL);
	assert_int_equal(x->rep.list.p[0].line, 3);
	assert_int_equal(x->rep.list.p[0].col, 16);
}

/* As the formats have it: nothing to remark. */
static void what_is_right_leaves_none(void **state)
{
	struct fixture *x = *state;
	static const char *const dates[] = {"Sun, 22 Nov 2026 06:30:00 +0700", "22 Nov 2026 06:30 GMT",
		"Sun, 2 Nov 2025 06:30:00 EST", "2026-11-22T06:30:00+07:00", "2026-11-22T06:30Z",
		"2026-11-22", "2026-11", "2026"};
	for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
		const char *body = arena_printf(&x->a,
			RSS "<title>A &amp; B</title><link>https://x.example/a%%20b</link><guid>1</guid>"
			    "<pubDate>%s</pubDate>" END,
			dates[i]);
		assert_int_equal(read_feed(x, span_of(body), (struct span){NULL, 0}), 0);
		if (x->rep.list.n)
			fail_msg("%s: %s", dates[i], remark_name(x->rep.list.p[0].id));
	}
#undef RSS
#undef END
}

/* ---- limits ---- */

static void entries_are_limited(void **state)
{
	struct fixture *x = *state;
	for (int n = ENTRIES_MAX; n <= ENTRIES_MAX + 1; n++) {
		struct str s = {0};
		str_adds(&s, "<rss><channel>");
		for (int i = 0; i < n; i++)
			str_addf(&s, "<item><title>%d</title></item>", i);
		str_adds(&s, "</channel></rss>");
		assert_int_equal(read_feed(x, str_span(&s), (struct span){NULL, 0}), 0);
		assert_int_equal(x->f.n, ENTRIES_MAX);
		assert_int_equal(x->rep.count[R_FEED_TOO_MANY], n > ENTRIES_MAX);
		str_release(&s);
	}
}

/* Of what is larger than may be read, at every byte: the whole entries of the beginning, and one remark. */
static void of_a_beginning_the_whole_entries_are_kept(void **state)
{
	struct fixture *x = *state;
	static const struct {
		const char *text, *end; /* of a whole entry */
	} cases[] = {
		{"<rss><channel><title>t</title>\n<item><title>Đê một</title></item>\n"
		 "<item><title>Đê &amp; hai</title><description><![CDATA[<p>b]]></description></item>\n"
		 "<item><title>Đê ba</title></item>",
			"</item>"},
		{"<urlset><url><loc>https://x.example/1</loc></url><url><loc>https://x.example/2</loc></url>",
			"</url>"},
		{"{\"version\":\"https://jsonfeed.org/version/"
		 "1.1\",\"items\":[{\"id\":\"1\",\"title\":\"Đê\"}"
		 ",{\"id\":\"2\"}",
			"}"},
		{"https://x.example/1\nhttps://x.example/2\nhttps://x.example/3\n", "\n"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct span all = span_of(cases[i].text);
		for (size_t n = 1, whole = 0; n <= all.n; n++) {
			struct span body = span_cut(all, 0, n);
			whole += span_ends(body, cases[i].end);
			int rc = read_start(x, body, (struct span){NULL, 0}, 1000 + n);
			assert_int_equal(rc, whole ? 0 : -1);
			if (rc < 0) {
				assert_int_equal(x->e.kind, ERR_LIMIT);
				continue;
			}
			assert_int_equal(x->f.n, whole);
			assert_true(x->f.partial);
			assert_int_equal(x->rep.count[R_FEED_LARGE], 1);
			assert_int_equal(x->rep.count[R_FEED_CUT_SHORT], 0);
			vec_each (r, &x->rep.list)
				if (r->id == R_FEED_LARGE) {
					assert_string_equal(r->a, arena_printf(&x->a, "%zu", whole));
					assert_string_equal(r->b, arena_printf(&x->a, "%zu", 1000 + n));
				}
		}
	}
	/* what follows the feed itself is no loss; a page stays a page, whatever its size */
	assert_int_equal(read_start(x, SPAN("<rss><channel><item><title>a</title></item></channel></rss>  "),
				 (struct span){NULL, 0}, 70),
		0);
	assert_false(x->f.partial);
	assert_int_equal(x->rep.count[R_FEED_LARGE], 0);
	assert_int_equal(read_start(x, SPAN("<!doctype html><p>a"), (struct span){NULL, 0}, 19), -1);
	assert_int_equal(x->e.kind, ERR_DATA);
}

static void long_fields_are_cut_at_a_character(void **state)
{
	struct fixture *x = *state;
	struct str s = {0};
	str_adds(&s, "<rss><channel><item><title>a");
	for (int i = 0; i < TITLE_MAX; i++)
		str_adds(&s, "ế");
	str_adds(&s, "</title></item></channel></rss>");
	assert_int_equal(read_feed(x, str_span(&s), (struct span){NULL, 0}), 0);
	struct span title = span_of(x->f.entries[0]->title);
	assert_true(title.n <= TITLE_MAX && title.n > TITLE_MAX - 3);
	assert_true(utf8_valid(title));
	str_release(&s);
}

static void pages_tell_their_feeds(void **state)
{
	struct fixture *x = *state;
	size_t n;
	const char **found = feed_discover(&x->a,
		SPAN("<html><head><base href='/tin/'><link rel=alternate type='application/rss+xml' "
		     "href='a.xml'>"
		     "<LINK REL='Alternate home' TYPE='application/atom+xml; charset=utf-8' "
		     "HREF='//x.example/b'>"
		     "<link rel='alternate stylesheet' type='text/xml' href='c'><link rel=alternate "
		     "hreflang=en href='/en'>"
		     "<link rel=alternate type='application/rss+xml' href='a.xml'>"),
		"https://tin.example/", &n);
	assert_int_equal(n, 2);
	assert_string_equal(found[0], "https://tin.example/tin/a.xml");
	assert_string_equal(found[1], "https://x.example/b");
	assert_null(found[2]);
}

static void what_is_no_feed_is_refused(void **state)
{
	struct fixture *x = *state;
	static const char *const bodies[] = {"", "  \r\n", "tin tức", "{}", "{\"items\":3}", "[1]",
		"{\"version\":", "<a/>", "<?xml version='1.0'?><!-- x -->", "<!-- x --><!DOCTYPE html><p>",
		"\x89PNG\r\n\x1a\n"};
	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
		assert_int_equal(read_feed(x, span_of(bodies[i]), (struct span){NULL, 0}), -1);
		assert_int_equal(x->e.kind, ERR_DATA);
	}
}

/* ---- the hostile files ---- */

static bool any_title_contains(const struct fixture *x, struct span want)
{
	for (size_t i = 0; i < x->f.n; i++)
		if (span_find(span_of(x->f.entries[i]->title), want, 0) != SIZE_MAX)
			return true;
	return false;
}

static void check_hostile(
	struct fixture *x, struct span name, const struct json *want, int rc, double seconds)
{
	struct span outcome = json_get_string(want, "outcome");
	const struct json *titles = json_get(want, "titles"), *any = json_get(want, "titles_any");
	bool refused = rc == -1, ok = seconds < json_real(json_get(want, "max_s")) + 1;
	if (span_is(outcome, "refuse"))
		ok = ok && refused;
	else if (span_is(outcome, "keep"))
		ok = ok && !refused;
	for (size_t i = 0; !refused && i < json_len(titles); i++)
		ok = ok &&
		     (any_title_contains(x, json_string(json_at(titles, i))) || span_starts(name, "u_"));
	for (size_t i = 0; !refused && i < json_len(any); i++)
		ok = ok && any_title_contains(x, json_string(json_at(any, i)));
	for (size_t i = 0; !refused && i < x->f.n; i++)
		ok = ok && utf8_valid(span_of(x->f.entries[i]->title)) &&
		     !span_starts(span_of(x->f.entries[i]->url), "javascript:");
	if (!ok)
		fail_msg("%.*s: rc %d, %zu entries, %s", (int)name.n, name.p, rc, x->f.n,
			x->e.text ? x->e.text : "");
}

static void hostile_files_do_no_harm(void **state)
{
	struct fixture *x = *state;
	const char *shared = getenv("SOATIN_TEST_SHARED");
	const char *dir = arena_printf(&x->a, "%s/hostile/corpus", shared ? shared : "../shared");
	struct span all, name, body;
	struct json *doc = NULL;
	const struct json *want;
	struct err e = {0};
	size_t at = 0, n = 0;
	if (file_read(&x->a, arena_printf(&x->a, "%s/expected.json", dir), BODY_MAX, &all, &e) ||
		json_parse(all, &doc, &e))
		skip(); /* needs ../shared */
	const struct json *files = json_get(doc, "cases") ? json_get(doc, "cases") : json_get(doc, "files");
	while (json_next(files, &at, &name, &want)) {
		if (!span_is(json_get_string(want, "kind"), "feed"))
			continue;
		const char *path = arena_printf(&x->a, "%s/%.*s", dir, (int)name.n, name.p);
		assert_int_equal(file_read(&x->a, path, BODY_MAX, &body, &e), 0);
		clock_t start = clock();
		int rc = read_feed(x, body, json_get_string(json_get(want, "http"), "Content-Encoding"));
		check_hostile(x, name, want, rc, (double)(clock() - start) / CLOCKS_PER_SEC);
		n++;
	}
	assert_true(n > 20);
	json_free(doc);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(feeds_become_articles, setup, teardown),
		cmocka_unit_test_setup_teardown(each_repair_leaves_a_remark, setup, teardown),
		cmocka_unit_test_setup_teardown(what_is_right_leaves_none, setup, teardown),
		cmocka_unit_test_setup_teardown(of_a_beginning_the_whole_entries_are_kept, setup, teardown),
		cmocka_unit_test_setup_teardown(entries_are_limited, setup, teardown),
		cmocka_unit_test_setup_teardown(long_fields_are_cut_at_a_character, setup, teardown),
		cmocka_unit_test_setup_teardown(pages_tell_their_feeds, setup, teardown),
		cmocka_unit_test_setup_teardown(what_is_no_feed_is_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(hostile_files_do_no_harm, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
