/* test_digest: the digest as text, HTML and mail. Goldens in tests/golden/digest are made of invented items
 * (items.ndjson, one article a line, one item per story); SOATIN_GOLDEN_UPDATE=1 in the environment writes
 * them anew. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

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
		*it = (struct item){.number = (int64_t)f->n + 40,
			.story = x->story,
			.title = x->title,
			.url = x->url,
			.lang = x->lang,
			.topic = x->flags[0].topic,
			.rule = x->flags[0].rule,
			.action = x->flags[0].action,
			.first_seen = x->fetched,
			.answered_by_source = x->flags[0].answered};
		it->priority.rule = x->priority.rule;
		it->priority.place = x->priority.place;
		it->priority.spread = x->priority.spread;
		it->priority.source = x->priority.source;
		it->priority.total =
			x->priority.rule + x->priority.place + x->priority.spread + x->priority.source;
		it->due = x->flags[0].due ? x->fetched + x->flags[0].due : 0;
		it->articles = arena_array(&f->arena, struct article *, ITEMS_MAX);
	}
	it->articles[it->n_articles++] = x;
	it->copies = (int64_t)it->n_articles;
}

static int load(void **state)
{
	static const char *const notices[] = {
		"Nguồn Cửa Cấm: máy chủ không trả lời từ 22/11/2026 21:14 (4 lần liên tiếp).",
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
		assert_int_equal(article_read(&f->arena, l, x, &e), 0);
		add_article(f, x);
	}
	assert_int_equal(f->n, STORIES);
	f->items[2].state = ITEM_TAKEN;
	f->items[2].who = "an.nguyen";
	f->items[3].state = ITEM_ANSWERED;
	f->items[3].returning = true;
	f->vi = (struct digest){.lang = "vi",
		.tr = vi_word,
		.place_name = "Hải Phòng",
		.zone_minutes = 420,
		.since = 1795303800 + 9 * 3600,
		.now = 1795390200 + 5 * 3600,
		.items = f->items,
		.n_items = f->n,
		.notices = notices,
		.n_notices = 2,
		.rule_title = rule_title,
		.counts = {.state = {7, 1, 12, 3, 2},
			.returning = 1,
			.overdue = 1,
			.articles = 1284,
			.sources_failing = 2}};
	f->en = f->vi;
	f->en.lang = "en";
	f->en.tr = NULL;
	*state = f;
	return 0;
}

static int unload(void **state)
{
	struct fixture *f = *state;
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
}

static bool holds(const struct str *s, const char *what)
{
	return span_find(str_span(s), span_of(what), 0) != SIZE_MAX;
}

static size_t times(const struct str *s, const char *what)
{
	size_t n = 0;
	for (size_t at = 0; (at = span_find(str_span(s), span_of(what), at)) != SIZE_MAX; at++)
		n++;
	return n;
}

/* --- headers and bodies of mail --- */

static int digit64(char c)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *p = c ? strchr(digits, c) : NULL;
	return p ? (int)(p - digits) : -1;
}

static void from_base64(struct span s, struct str *out)
{
	assert_int_equal(s.n % 4, 0);
	for (size_t i = 0; i < s.n; i += 4) {
		uint32_t v = 0;
		int n = 0;
		for (size_t k = 0; k < 4; k++) {
			int d = digit64(s.p[i + k]);
			n += d >= 0;
			v = v << 6 | (uint32_t)(d < 0 ? 0 : d);
		}
		for (int k = 0; k < n - 1; k++)
			str_addc(out, (char)(v >> (16 - 8 * k)));
	}
}

/* Folded encoded words -> text; every rule of RFC 2047 that can be broken is asserted on the way. */
static void read_header(const struct str *h, size_t column, struct str *out)
{
	struct span rest = str_span(h), l;
	for (bool first = true; span_next(&rest, '\n', &l); first = false) {
		struct str piece = {0};
		if (rest.n)
			assert_true(span_ends(l, "\r"));
		struct span w = span_trim(l);
		if (!w.n)
			continue;
		assert_true(first || l.p[0] == ' ');
		assert_true((first ? column : 1) + w.n <= 76);
		assert_true(w.n <= 75);
		assert_true(span_starts(w, "=?UTF-8?B?") && span_ends(w, "?="));
		from_base64(span_cut(w, 10, w.n - 2), &piece);
		assert_true(piece.n > 0 && utf8_valid(str_span(&piece)));
		str_add(out, str_span(&piece));
		str_release(&piece);
	}
}

static void encoded_words_split_no_character(void **state)
{
	static const char tail[] =
		"Hải Phòng: tin vỡ đê 海防 𝒳𝒴 chưa được kiểm chứng, ngày 23/11 🚢🚢🚢🚢🚢🚢🚢🚢🚢🚢🚢🚢🚢";
	(void)state;
	for (size_t lead = 0; lead < 90; lead++)
		for (size_t column = 0; column < 80; column += 3) {
			struct str text = {0}, h = {0}, back = {0};
			for (size_t i = 0; i < lead; i++)
				str_addc(&text, (char)('a' + i % 26));
			str_adds(&text, tail);
			mime_header_text(&h, str_span(&text), column);
			read_header(&h, column, &back);
			assert_string_equal(back.p, text.p);
			str_release(&text);
			str_release(&h);
			str_release(&back);
		}
}

static void header_text_is_one_line(void **state)
{
	(void)state;
	struct str h = {0}, back = {0};
	mime_header_text(&h, SPAN("plain words"), 9);
	assert_string_equal(h.p, "plain words");
	str_clear(&h);
	mime_header_text(&h, SPAN("x\r\nBcc: thief@evil.example\r\n\r\nbody"), 9);
	assert_false(holds(&h, "\n"));
	str_clear(&h);
	mime_header_text(&h, SPAN("fake =?UTF-8?B?eA==?= word"), 9);
	read_header(&h, 9, &back);
	assert_string_equal(back.p, "fake =?UTF-8?B?eA==?= word");
	str_clear(&h);
	mime_header_text(&h, (struct span){0}, 9);
	assert_int_equal(h.n, 0);
	str_release(&h);
	str_release(&back);
}

static int hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static void quoted_printable_goes_round(void **state)
{
	(void)state;
	struct str text = {0}, q = {0}, back = {0};
	for (size_t i = 0; i < 200; i++) {
		str_addf(&text, "%.*s=đê vỡ \n", (int)(i % 90),
			"..... "
			"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
			"x");
		str_adds(&text, "\t\n\r\n");
	}
	str_addc(&text, ' ');
	mime_quoted_printable(&q, str_span(&text));
	struct span rest = str_span(&q), l;
	while (span_next(&rest, '\n', &l)) {
		bool soft = false;
		l = span_ends(l, "\r") ? span_cut(l, 0, l.n - 1) : l;
		assert_true(l.n <= 76);
		assert_true(l.n == 0 || (l.p[l.n - 1] != ' ' && l.p[l.n - 1] != '\t'));
		for (size_t i = 0; i < l.n; i++) {
			assert_true(l.p[i] >= ' ' && l.p[i] <= '~');
			soft = l.p[i] == '=' && i + 1 == l.n;
			if (l.p[i] != '=')
				str_addc(&back, l.p[i]);
			else if (!soft) {
				str_addc(&back, (char)(hex(l.p[i + 1]) << 4 | hex(l.p[i + 2])));
				i += 2;
			}
		}
		if (!soft && rest.n)
			str_addc(&back, '\n');
	}
	struct str want = {0};
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] != '\r')
			str_addc(&want, text.p[i]);
	assert_string_equal(back.p, want.p);
	str_release(&text);
	str_release(&q);
	str_release(&back);
	str_release(&want);
}

static void addresses_are_plain(void **state)
{
	static const char *const bad[] = {"", "x", "@y", "x@", "a@b@c", "a b@c", "a@b\r\nBcc: x", "<a@b>",
		"a@b,c@d", "a@bả", "\"a\"@b", "a@b;c", NULL};
	(void)state;
	assert_true(mail_address_ok("truc.ban+tin@so-ttn.example"));
	assert_false(mail_address_ok(NULL));
	for (size_t i = 0; bad[i]; i++)
		assert_false(mail_address_ok(bad[i]));
}

/* --- hostile words --- */

#define EVIL                                                                                                 \
	"x\r\nBcc: thief@evil.example\r\n\r\n\x1B]0;t\x07<script>alert(1)</script>\xE2\x80\xAE\" "           \
	"onload='x' &=cmd|' /C calc'!A1"

static const char *evil_title(const char *rule, void *ctx)
{
	(void)rule;
	(void)ctx;
	return EVIL;
}

static void no_evil(const struct str *s)
{
	assert_true(utf8_valid(str_span(s)));
	assert_false(holds(s, "\x1B") || holds(s, "\x07") || holds(s, "\xE2\x80\xAE"));
	assert_false(holds(s, "\nBcc:"));
}

static struct digest hostile_digest(struct fixture *f, const char *url)
{
	static const char *const notices[] = {EVIL};
	struct digest d = f->vi;
	struct item *it = &f->items[0];
	it->title = it->topic = it->action = it->who = it->rule = EVIL;
	it->lang = "en\" onload=\"x";
	it->url = url;
	it->state = ITEM_TAKEN;
	it->articles[0]->source.name = EVIL;
	it->articles[0]->lang = it->lang;
	it->articles[0]->title = EVIL;
	it->articles[0]->flags[0].quotes[0] = (struct quote){"t", FIELD_TITLE, 0, 80};
	it->articles[0]->flags[0].n_quotes = 1;
	d.place_name = EVIL;
	d.rule_title = evil_title;
	d.notices = notices;
	d.n_notices = 1;
	d.n_items = 1;
	return d;
}

static void hostile_words_stay_words(void **state)
{
	struct fixture *f = *state;
	struct digest d = hostile_digest(f, "javascript:alert(1)");
	struct digest_mail m = {
		.from = "a@b.example\r\nBcc: thief@evil.example", .message_id = "1\r\nBcc: t@evil.example"};
	const char *to[] = {"c@d.example>\r\nBcc: <thief@evil.example"};
	struct str s = {0};
	digest_text(&d, 0, &s);
	no_evil(&s);
	assert_false(holds(&s, "\r"));
	assert_true(holds(&s, "=cmd|"));
	str_clear(&s);
	digest_html(&d, &s);
	no_evil(&s);
	assert_false(
		holds(&s, "<script") || holds(&s, "href=\"javascript") || holds(&s, "lang=\"en\" onload"));
	assert_false(holds(&s, "' /C"));
	assert_true(holds(&s, "&lt;script&gt;"));
	assert_int_equal(times(&s, "<a "), 0);
	str_clear(&s);
	m.to = to;
	m.n_to = 1;
	digest_mime(&d, &m, &s);
	no_evil(&s);
	assert_int_equal(times(&s, "\n") - times(&s, "\r\n"), 0);
	struct span head = span_cut(str_span(&s), 0, span_find(str_span(&s), SPAN("\r\n\r\n"), 0)), l;
	size_t lines = 0;
	while (span_next(&head, '\n', &l))
		lines += l.p[0] != ' ';
	assert_int_equal(lines, 10);
	str_release(&s);
}

static void only_web_addresses_are_links(void **state)
{
	static const struct {
		const char *url, *href; /* NULL: no link */
	} cases[] = {{"https://bao.example/a?x=1&y=2", "href=\"https://bao.example/a?x=1&amp;y=2\""},
		{"http://bao.example/\"onmouseover=\"x", "href=\"http://bao.example/%22onmouseover=%22x\""},
		{"https://bao.example/b\xE2\x80\xAEx <y>",
			"href=\"https://bao.example/b%E2%80%AEx%20%3Cy%3E\""},
		{"https://bank.example@evil.example/", NULL}, {"javascript:alert(1)", NULL},
		{"data:text/html,x", NULL}, {"file:///etc/passwd", NULL}, {"//bao.example/a", NULL},
		{"", NULL}, {NULL, NULL}, {"JavaScript://x/%0Aalert(1)", NULL}};
	struct fixture *f = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct digest d = f->vi;
		struct str s = {0};
		f->items[0].url = cases[i].url;
		d.n_items = 1;
		digest_html(&d, &s);
		assert_int_equal(times(&s, "<a "), cases[i].href != NULL);
		if (cases[i].href)
			assert_true(holds(&s, cases[i].href) && holds(&s, "rel=\"noreferrer\""));
		str_release(&s);
	}
}

/* --- limits --- */

static void left_out_is_counted(void **state)
{
	struct fixture *f = *state;
	enum { MANY = 60 };
	struct item many[MANY];
	struct digest d = f->en;
	size_t whole = 0, cut = 0;
	d.items = many;
	for (size_t i = 0; i < MANY; i++) {
		many[i] = f->items[i % f->n];
		many[i].number = (int64_t)i;
	}
	for (d.n_items = 1; d.n_items <= MANY; d.n_items++) {
		struct str s = {0};
		char left[64];
		html_form(&d, true, DIGEST_HTML_MAX, &s);
		assert_true(s.n <= DIGEST_HTML_MAX);
		size_t shown = times(&s, "<h3");
		snprintf(left, sizeof left, "%zu more item%s not shown here", d.n_items - shown,
			d.n_items - shown == 1 ? " is" : "s are");
		assert_int_equal(holds(&s, left), shown < d.n_items);
		assert_true(span_ends(str_span(&s), "</html>\n"));
		whole = shown == d.n_items ? d.n_items : whole;
		cut += shown < d.n_items;
		str_release(&s);
	}
	assert_true(whole >= 20);
	assert_int_equal(whole + cut, MANY); /* one more than fits leaves out, and from there on every time */
}

static void text_has_a_limit_too(void **state)
{
	struct fixture *f = *state;
	struct str all = {0}, s = {0};
	digest_text(&f->vi, 0, &all);
	for (size_t max = 100; max < all.n; max += 700) {
		str_clear(&s);
		text_form(&f->vi, 0, max, &s);
		if (max > 3000)
			assert_true(s.n <= max);
		assert_true(holds(&s, "chưa đưa vào đây"));
	}
	str_clear(&s);
	text_form(&f->vi, 0, all.n + 512, &s);
	assert_string_equal(s.p, all.p);
	str_release(&all);
	str_release(&s);
}

static void lines_fit_their_columns(void **state)
{
	struct fixture *f = *state;
	static const int widths[] = {1, 24, 40, 72, 100};
	f->items[0].title =
		"Ng\xCC\x83"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaa "
		"海防市传言大坝决口居民连夜转移官方尚未证实海防市传言大坝决口居民连夜转移官方尚未证实";
	for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
		struct str s = {0};
		struct span rest, l;
		int max = widths[i] < 24 ? 24 : widths[i];
		digest_text(&f->vi, widths[i], &s);
		rest = str_span(&s);
		while (span_next(&rest, '\n', &l))
			if (!span_starts(span_trim(l), "http"))
				assert_true(show_width(l) <= max);
		assert_false(holds(&s, " \n"));
		str_release(&s);
	}
}

/* --- passages --- */

static void one_passage(struct fixture *f, const char *text, uint32_t start, uint32_t end, struct passage *p)
{
	struct item *it = &f->items[0];
	it->articles[0]->text = text;
	it->articles[0]->flags[0].n_quotes = 1;
	it->articles[0]->flags[0].quotes[0] = (struct quote){"t", FIELD_TEXT, start, end};
	assert_int_equal(item_passage(it, p), PASSAGE_SHOWN);
}

static void passages_end_at_words(void **state)
{
	struct fixture *f = *state;
	struct passage p;
	struct str s = {0};
	for (int i = 0; i < 400; i++)
		str_adds(&s, "đập ");
	one_passage(f, s.p, 400, 403, &p);
	assert_true(p.cut_front && p.cut_back);
	assert_true(span_starts(p.text, "đập ") && span_ends(p.text, " đập"));
	assert_true(utf8_count(p.text) <= 160 + 3 + 160 && utf8_count(p.text) >= 300);
	assert_int_equal(p.n, 1);
	assert_true(span_is(span_cut(p.text, p.mark[0].from, p.mark[0].to), "đập"));
	one_passage(f, s.p, 0, 3, &p);
	assert_true(!p.cut_front && p.cut_back && p.mark[0].from == 0);
	one_passage(f, s.p, 1596, 1599, &p);
	assert_true(p.cut_front && span_ends(p.text, "đập"));
	str_clear(&s);
	for (int i = 0; i < 500; i++)
		str_adds(&s, "防");
	one_passage(f, s.p, 200, 201, &p);
	assert_true(utf8_valid(p.text));
	assert_int_equal(utf8_count(p.text), 321);
	one_passage(f, s.p, 0, 500, &p); /* a quote of the whole is cut */
	assert_int_equal(utf8_count(p.text), 480);
	assert_int_equal(p.mark[0].to, p.text.n);
	str_release(&s);
}

static void passages_begin_with_sentences(void **state)
{
	struct fixture *f = *state;
	struct passage p;
	struct str s = {0};
	for (int i = 0; i < 40; i++)
		str_addf(&s, "Câu số %d nói về đê biển. ", i);
	size_t at = span_find(str_span(&s), SPAN("số 20"), 0);
	uint32_t cp = (uint32_t)utf8_count(span_cut(str_span(&s), 0, at));
	one_passage(f, s.p, cp, cp + 5, &p);
	assert_true(!p.cut_front && !p.cut_back);
	assert_true(span_starts(p.text, "Câu số ") && span_ends(p.text, "đê biển."));
	assert_true(utf8_count(p.text) > 200);
	str_clear(&s);
	str_adds(&s, "Đoạn trước, không có dấu chấm\nĐoạn có tin khẩn ở đây\nĐoạn sau");
	one_passage(f, s.p, 38, 46, &p);
	assert_false(p.cut_front || p.cut_back);
	str_release(&s);
}

static void title_alone_is_marked_and_the_lead_shown(void **state)
{
	struct fixture *f = *state;
	struct passage p;
	struct digest d = f->vi;
	struct str s = {0};
	struct quote q[] = {{"dike", FIELD_TITLE, 21, 26}};
	struct article *x = f->items[0].articles[0];
	x->flags[0].quotes = q;
	x->flags[0].n_quotes = 1;
	assert_int_equal(item_passage(&f->items[0], &p), PASSAGE_TITLE);
	assert_true(span_is(span_cut(p.text, p.mark[0].from, p.mark[0].to), "vỡ đê"));
	assert_true(p.lead_cut && utf8_count(p.lead) <= 240 && utf8_count(p.lead) > 200);
	d.n_items = 1;
	digest_text(&d, 0, &s);
	assert_true(holds(&s, "tin *vỡ đê* sông") && holds(&s, "“Từ nửa đêm qua"));
	str_clear(&s);
	digest_html(&d, &s);
	assert_true(holds(&s, ">vỡ đê</mark> sông") && holds(&s, ">Từ nửa đêm qua"));
	x->text = x->summary = NULL;
	str_clear(&s);
	digest_html(&d, &s);
	assert_false(holds(&s, "<blockquote"));
	str_release(&s);
}

static void lines_break_where_the_script_allows(void **state)
{
	struct fixture *f = *state;
	struct digest d = f->vi;
	struct str s = {0};
	struct span rest, l;
	d.n_items = 1;
	f->items[0].n_articles = 0;
	f->items[0].title = "하이퐁의 한 산업단지가 정전된다는 소문이 한국 기업들의 단체 대화방에 퍼졌다 "
			    "海防市传言大坝决口，居民连夜转移。官方尚未证实，居民连夜转移";
	for (int width = 24; width < 60; width++) {
		str_clear(&s);
		digest_text(&d, width, &s);
		rest = str_span(&s);
		while (span_next(&rest, '\n', &l)) {
			l = span_trim(l);
			assert_false(span_starts(l, "，") || span_starts(l, "。"));
			assert_false(span_starts(l, "업단지가") || span_starts(l, "퐁의") ||
				     span_starts(l, "화방에"));
		}
	}
	str_release(&s);
}

static void marks_are_joined(void **state)
{
	struct fixture *f = *state;
	struct passage p;
	struct item *it = &f->items[0];
	struct quote q[] = {{"c", FIELD_TEXT, 8, 10}, {"a", FIELD_TEXT, 0, 4}, {"b", FIELD_TEXT, 2, 6},
		{"d", FIELD_TITLE, 0, 2}, {"e", FIELD_TEXT, 4000, 4001}, {"f", FIELD_TEXT, 3, 3}};
	it->articles[0]->text = "0123456789abcdef";
	it->articles[0]->flags[0].quotes = q;
	it->articles[0]->flags[0].n_quotes = sizeof q / sizeof *q;
	assert_int_equal(item_passage(it, &p), PASSAGE_SHOWN);
	assert_int_equal(p.n, 2);
	assert_int_equal(p.mark[0].from, 0);
	assert_int_equal(p.mark[0].to, 6);
	assert_int_equal(p.mark[1].from, 8);
	it->articles[0]->text = "\xFF ill-formed";
	assert_int_equal(item_passage(it, &p), PASSAGE_NONE);
}

static void private_matters_are_masked(void **state)
{
	struct fixture *f = *state;
	struct passage p;
	struct item *it = &f->items[0];
	it->action = "refer";
	assert_int_equal(item_passage(it, &p), PASSAGE_MASKED);
	it->topic = "lua-dao";
	assert_int_equal(item_passage(it, &p), PASSAGE_SHOWN);
	it->topic = NULL;
	assert_int_equal(item_passage(it, &p), PASSAGE_MASKED);
	it->n_articles = 0;
	assert_int_equal(item_passage(it, &p), PASSAGE_NONE);
}

static void numbers_follow_the_language(void **state)
{
	(void)state;
	struct str s = {0};
	static const struct {
		const char *lang, *want;
		int64_t n;
	} cases[] = {{"vi", "1.234", 1234}, {"en", "1,234,567", 1234567}, {"vi", "-999", -999},
		{"en", "-1,000", -1000}, {NULL, "0", 0}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		str_clear(&s);
		label_number(cases[i].lang, cases[i].n, &s);
		assert_string_equal(s.p, cases[i].want);
	}
	static const struct {
		int64_t seconds, n;
		const char *text;
	} left[] = {{3599, 59, "%1 min left"}, {3600, 1, "%1 h left"}, {172799, 47, "%1 h left"},
		{172800, 2, "%1 d left"}, {-1, 0, "%1 min over"}, {-7200, 2, "%1 h over"},
		{-259200, 3, "%1 d over"}};
	for (size_t i = 0; i < sizeof left / sizeof *left; i++) {
		int64_t n;
		assert_string_equal(label_left(left[i].seconds, &n), left[i].text);
		assert_int_equal(n, left[i].n);
	}
	static const char *const words[][2] = {{"đất đai", "Đất đai"}, {"ảnh cũ", "Ảnh cũ"},
		{"ưu tiên", "Ưu tiên"}, {"ơn", "Ơn"}, {"ô", "Ô"}, {"Đã", "Đã"}, {"9", "9"}, {"", ""}};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		str_clear(&s);
		tell_capital(&s, words[i][0]);
		assert_string_equal(s.p ? s.p : "", words[i][1]);
	}
	str_release(&s);
}

static void nothing_is_a_digest_too(void **state)
{
	struct fixture *f = *state;
	struct digest d = f->vi;
	struct str s = {0};
	d.n_items = 0;
	d.items = NULL;
	d.n_notices = 0;
	d.place_name = NULL;
	digest_text(&d, 0, &s);
	assert_true(holds(&s, "Không có mục mới") && holds(&s, "Soát tin\n"));
	str_clear(&s);
	digest_html(&d, &s);
	assert_true(holds(&s, "Không có mục mới"));
	assert_false(holds(&s, "Theo chủ đề"));
	str_release(&s);
}

/* --- the mail as a whole, and its way --- */

static void make_mail(struct fixture *f, struct str *out)
{
	static const char *const to[] = {"ban.bien.tap@tinh.example", "truong.phong@tinh.example"};
	const struct digest_mail m = {.from = "soat-tin@tinh.example",
		.to = to,
		.n_to = 2,
		.message_id = "20261123.1@tinh.example"};
	digest_mime(&f->vi, &m, out);
}

static const char *tool(struct fixture *f, const char *path)
{
	const char *shared = getenv("SOATIN_TEST_SHARED"), *src = getenv("SOATIN_TEST_SRC");
	if (*path != '@')
		return arena_printf(&f->arena, "%s/%s", src ? src : ".", path);
	return shared ? arena_printf(&f->arena, "%s/%s", shared, path + 1) : NULL;
}

static int python_reads(struct fixture *f, const char *mail)
{
	return system(arena_printf(&f->arena,
		"/usr/bin/python3 '%s' '%s' 'Subject=%s' 'Message-ID=<20261123.1@tinh.example>'"
		" 'Date=Mon, 23 Nov 2026 11:30:00 +0700' 'Auto-Submitted=auto-generated' >&2",
		tool(f, "tests/unit/check_mail.py"), mail,
		"Soát tin Hải Phòng – 23/11/2026: Mới 7, Quá hạn 1"));
}

static void mail_is_read_without_defects(void **state)
{
	struct fixture *f = *state;
	struct str a = {0}, b = {0};
	struct err e = {0};
	char path[] = "/tmp/soatin-test-mail-XXXXXX";
	int fd = mkstemp(path);
	make_mail(f, &a);
	make_mail(f, &b);
	assert_string_equal(a.p, b.p);
	assert_true(fd >= 0);
	assert_int_equal(file_replace(path, str_span(&a), &e), 0);
	int rc = file_exists("/usr/bin/python3") ? python_reads(f, path) : 0;
	close(fd);
	unlink(path);
	assert_int_equal(rc, 0);
	str_release(&a);
	str_release(&b);
}

struct sink {
	FILE *out;
	pid_t pid;
	char dir[40], url[64];
};

/* The mail server of the tests; false when it is not beside the checkout or cannot run. */
static bool sink_start(struct fixture *f, struct sink *k)
{
	const char *script = tool(f, "@hostile/smtp_sink.py");
	int fds[2];
	char line[64] = "";
	if (!script || !file_exists(script) ||
		system("/usr/bin/python3 -c 'import aiosmtpd' 2>/dev/null") != 0)
		return false;
	snprintf(k->dir, sizeof k->dir, "/tmp/soatin-test-sink-XXXXXX");
	assert_non_null(mkdtemp(k->dir));
	assert_int_equal(pipe(fds), 0);
	k->pid = fork();
	if (k->pid == 0) {
		dup2(fds[1], STDOUT_FILENO);
		execl("/usr/bin/python3", "python3", script, k->dir, (char *)NULL);
		_exit(127);
	}
	close(fds[1]);
	k->out = fdopen(fds[0], "r");
	assert_non_null(fgets(line, sizeof line, k->out));
	struct span s = span_of(line);
	size_t colon = span_find_byte(s, ':', 0);
	assert_true(colon != SIZE_MAX);
	snprintf(k->url, sizeof k->url, "smtp://127.0.0.1:%.*s", (int)(s.n - colon - 4), line + colon + 2);
	return true;
}

static void sink_stop(struct fixture *f, struct sink *k)
{
	kill(k->pid, SIGTERM);
	waitpid(k->pid, NULL, 0);
	fclose(k->out);
	assert_int_equal(system(arena_printf(&f->arena, "rm -r '%s'", k->dir)), 0);
}

static int send_to(const struct sink *k, const struct str *mail, const char *a, const char *b, struct err *e)
{
	const char *to[] = {a, b};
	bool refused[2] = {true, true};
	struct smtp s = {.url = k->url,
		.from = "soat-tin@tinh.example",
		.to = to,
		.n_to = b ? 2 : 1,
		.timeout = 10,
		.refused = refused};
	err_clear(e);
	int rc = smtp_send(&s, str_span(mail), e);
	assert_int_equal(
		refused[0], span_starts(span_of(a), "reject") || span_starts(span_of(a), "tempfail"));
	assert_true(!b ||
		    refused[1] == (span_starts(span_of(b), "reject") || span_starts(span_of(b), "tempfail")));
	return rc;
}

static void mail_arrives_or_says_why(void **state)
{
	struct fixture *f = *state;
	struct sink k;
	struct str mail = {0};
	struct err e = {0};
	if (!sink_start(f, &k)) {
		print_message("# no mail server for tests beside the checkout\n");
		skip();
	}
	make_mail(f, &mail);
	assert_int_equal(send_to(&k, &mail, "a@tinh.example", "b@tinh.example", &e), 0);
	assert_int_equal(e.kind, ERR_NONE);
	assert_int_equal(python_reads(f, arena_printf(&f->arena, "%s/1.eml", k.dir)), 0);
	assert_int_equal(send_to(&k, &mail, "reject@tinh.example", "b@tinh.example", &e), 1);
	assert_int_equal(e.kind, ERR_CONF);
	assert_string_equal(e.arg[0], "reject@tinh.example");
	assert_true(span_starts(span_of(e.arg[1]), "550"));
	assert_int_equal(send_to(&k, &mail, "a@tinh.example", "tempfail@tinh.example", &e), 1);
	assert_int_equal(e.kind, ERR_UNAVAIL);
	assert_string_equal(e.arg[0], "tempfail@tinh.example");
	assert_int_equal(send_to(&k, &mail, "reject@tinh.example", NULL, &e), -1);
	assert_int_equal(e.kind, ERR_CONF);
	assert_int_equal(send_to(&k, &mail, "tempfail@tinh.example", NULL, &e), -1);
	assert_int_equal(e.kind, ERR_UNAVAIL);
	assert_true(span_starts(span_of(e.arg[0]), "451"));
	assert_int_equal(send_to(&k, &mail, "tempfail@tinh.example", "reject@tinh.example", &e), -1);
	assert_int_equal(e.kind, ERR_UNAVAIL);
	sink_stop(f, &k);
	assert_int_equal(send_to(&k, &mail, "a@tinh.example", NULL, &e), -1); /* nobody listens any more */
	assert_int_equal(e.kind, ERR_UNAVAIL);
	str_release(&mail);
}

static void nonsense_is_not_sent(void **state)
{
	(void)state;
	const char *ok[] = {"a@tinh.example"}, *bad[] = {"a@tinh.example\r\nRCPT TO:<b@c>"};
	const struct smtp cases[] = {{.url = "http://127.0.0.1/", .from = "a@b", .to = ok, .n_to = 1},
		{.url = "smtp://u:geheim@127.0.0.1", .from = "a@b", .to = ok, .n_to = 1},
		{.url = NULL, .from = "a@b", .to = ok, .n_to = 1},
		{.url = "smtp://127.0.0.1", .from = "a@b", .to = bad, .n_to = 1},
		{.url = "smtp://127.0.0.1", .from = "", .to = ok, .n_to = 1},
		{.url = "smtp://127.0.0.1", .from = "a@b"}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct err e = {0};
		assert_int_equal(smtp_send(&cases[i], SPAN("x"), &e), -1);
		assert_int_equal(e.kind, ERR_CONF);
		assert_null(strstr(e.where, "geheim"));
		assert_null(strstr(e.arg[0], "geheim"));
	}
}

#define WITH_ITEMS(test) cmocka_unit_test_setup_teardown(test, load, unload)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_ITEMS(goldens_hold),
		cmocka_unit_test(encoded_words_split_no_character),
		cmocka_unit_test(header_text_is_one_line),
		cmocka_unit_test(quoted_printable_goes_round),
		cmocka_unit_test(addresses_are_plain),
		WITH_ITEMS(hostile_words_stay_words),
		WITH_ITEMS(only_web_addresses_are_links),
		WITH_ITEMS(left_out_is_counted),
		WITH_ITEMS(text_has_a_limit_too),
		WITH_ITEMS(lines_fit_their_columns),
		WITH_ITEMS(passages_end_at_words),
		WITH_ITEMS(passages_begin_with_sentences),
		WITH_ITEMS(title_alone_is_marked_and_the_lead_shown),
		WITH_ITEMS(lines_break_where_the_script_allows),
		WITH_ITEMS(marks_are_joined),
		WITH_ITEMS(private_matters_are_masked),
		cmocka_unit_test(numbers_follow_the_language),
		WITH_ITEMS(nothing_is_a_digest_too),
		WITH_ITEMS(mail_is_read_without_defects),
		WITH_ITEMS(mail_arrives_or_says_why),
		cmocka_unit_test(nonsense_is_not_sent),
	};
	int failed = cmocka_run_group_tests_name("digest", tests, NULL, NULL);
	map_release(&vi_words);
	arena_release(&vi_arena);
	return failed;
}
