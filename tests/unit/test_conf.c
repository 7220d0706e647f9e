/* test_conf: what is read from YAML, and that every fault is told with its exact place and in words that
 * help. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/str.h"
#include "conf/conf.h"

#define ALLOW_GETENV
#include "base/banned.h"

/* ---- helpers ---- */

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static const char *golden(const char *name)
{
	return arena_printf(&arena, "%s/tests/golden/conf/%s", getenv("SOATIN_TEST_SRC"), name);
}

/* "file:line:col: text" of a fault, "; todo" behind it. */
static const char *told(const struct err *e)
{
	struct str s = {0};
	str_addf(&s, "%s:%ld:%ld: ", e->where, e->line, e->col);
	err_format(&s, e->text, e->arg[0], e->arg[1]);
	if (e->todo) {
		str_adds(&s, "; ");
		err_format(&s, e->todo, e->arg[0], e->arg[1]);
	}
	const char *out = arena_dup(&arena, str_span(&s));
	str_release(&s);
	return out;
}

static struct conf *parse(const char *yaml)
{
	struct conf *c;
	struct err e = {0};
	if (conf_parse(&arena, "t.yaml", span_of(yaml), &c, &e) < 0)
		fail_msg("%s", told(&e));
	assert_int_equal(e.kind, ERR_NONE);
	return c;
}

static void assert_fault(struct span yaml, const char *expected)
{
	struct conf *c;
	struct err e = {0};
	assert_int_equal(conf_parse(&arena, "t", yaml, &c, &e), -1);
	assert_null(c);
	assert_int_equal(e.kind, ERR_CONF);
	assert_string_equal(told(&e), expected);
}

static void dump(struct str *out, const struct conf *c, int depth)
{
	static const char *const kinds[] = {"text", "list", "map"};
	str_addf(out, "%*s", depth * 2, "");
	if (c->key.p)
		str_addf(out, "%s (%ld:%ld) = ", c->key.p, c->key_line, c->key_col);
	str_addf(out, "%s %ld:%ld", kinds[c->kind], c->line, c->col);
	if (c->kind != CONF_SCALAR)
		str_addf(out, " of %zu\n", c->n);
	else
		str_addf(out, "%s%s <%s>\n", c->quoted ? " quoted" : "", c->null ? " null" : "", c->text.p);
	for (const struct conf *d = c->child; d; d = d->next)
		dump(out, d, depth + 1);
}

/* ---- the reader ---- */

static void tree_is_read(void **state)
{
	(void)state;
	struct conf *c;
	struct err e = {0};
	struct span want;
	struct str got = {0};
	if (conf_load(&arena, golden("tree.in"), &c, &e) < 0)
		fail_msg("%s", told(&e));
	dump(&got, c, 0);
	assert_int_equal(file_read(&arena, golden("tree.out"), 1 << 20, &want, &e), 0);
	if (getenv("GOLDEN_WRITE"))
		assert_int_equal(file_replace(golden("tree.out"), str_span(&got), &e), 0);
	assert_string_equal(got.p, want.p);
	assert_string_equal(c->file, golden("tree.in"));
	str_release(&got);
}

static void odd_files_are_read(void **state)
{
	(void)state;
	assert_true(parse("")->null);
	assert_true(parse("# only a comment\n")->null);
	assert_string_equal(conf_get(parse("\xEF\xBB\xBF"
					   "a: 1\n"),
				    "a")
				    ->text.p,
		"1"); /* byte order mark */
	assert_string_equal(conf_get(parse("---\na: 1\n"), "a")->text.p, "1");
	struct conf *c = parse("đ: x\r\nb: y\r\n"); /* a file saved on Windows */
	assert_string_equal(c->child->text.p, "x");
	assert_int_equal(c->child->next->key_line, 2);
	assert_int_equal(c->child->next->col, 4);
	assert_string_equal(conf_get(parse("a: 1"), "a")->text.p, "1"); /* no newline at the end */
	assert_null(conf_get(parse("- a\n"), "a"));
}

/* The examples are YAML 1.2.2, chapter 8.1, or worked out from it. */
static void block_texts_are_read(void **state)
{
	(void)state;
	static const char *const cases[][2] = {
		{"a: |\n x\n", "x\n"},
		{"a: |-\n x\n\n", "x"},
		{"a: |+\n x\n\n\n", "x\n\n\n"},
		{"a: |\n x\n\n\n", "x\n"},
		{"a: |\n x", "x"},
		{"a: |\n", ""},
		{"a: |   # c\n\n   x\n     y\n   z\n", "\nx\n  y\nz\n"},
		{"a: |\n x\n  \n   y\n", "x\n \n  y\n"},
		{"a: |\r\n x\r\n y\r\n", "x\ny\n"},
		{"a: >\n x\n y\n", "x y\n"},
		{"a: >\n x\n\n y\n\n\n z\n", "x\ny\n\nz\n"},
		{"a: >-\n i\n  afi\n  ay\n", "i\n afi\n ay"}, /* libfyaml 0.7.12 loses the end of this one */
		{"a: >\n i\n\n  * x\n\n  * y\n\n z\n w\n", "i\n\n * x\n\n * y\n\nz w\n"},
		{"a: >+\n x\n\n", "x\n\n"},
		{"a: >\n\n x\n", "\nx\n"},
		{"a: >\n  x\nb: |\n  y\n", "x\n"},
		{"\"a |2 b\": |\n  x\n", "x\n"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(parse(cases[i][0])->child->text.p, cases[i][1]);
	struct conf *c = parse("a: >\n\n\n    đ\nb: x\n");
	assert_int_equal(c->child->line, 4);
	assert_int_equal(c->child->col, 5);
	assert_int_equal(c->child->next->line, 5);
}

static void quoted_texts_are_read(void **state)
{
	(void)state;
	static const char *const cases[][2] = {
		{"a: 'x''''y'\n", "x''y"}, /* libfyaml 0.7.12 makes three quotes of these two */
		{"a: '''x'''\n", "'x'"},
		{"a: ' x '\n", " x "},
		{"a: 'x  \n  y\n\n  z '\n", "x y\nz "},
		{"a: '\\b\\d \"đ\"'\n", "\\b\\d \"đ\""},
		{"a: \"x \\\n  y\"\n", "x y"},
		{"a: \"x\\\n\n  y\"\n", "x\ny"},
		{"a: \"x\\t\\n\\\"\\\\\\/\\x41\\u0111\\U0001F600\"\n", "x\t\n\"\\/Ađ😀"},
		{"a: \"x\\t \n  y\"\n", "x\t y"},
		{"a: một\n  hai\n\n  ba # c\n", "một hai\nba"},
		{"a: x#y:z\n", "x#y:z"},
		{"a: 'x\r\n  y'\r\n", "x y"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(parse(cases[i][0])->child->text.p, cases[i][1]);
}

static void faults_are_told_where_they_are(void **state)
{
	(void)state;
#define QUOTES "; if the text is meant, put it in single quotes"
#define ALIKE  "; indent the keys of one group alike"
	static const char *const cases[][2] = {
		{"a: 1\nb: 2\na: 3\n", "t:3:1: \"a\" stands here a second time; the first is in line 1"},
		{"x: {đ: 1, đ: 2}\n", "t:1:11: \"đ\" stands here a second time; the first is in line 1"},
		{"a: &x 1\n", "t:1:4: an anchor (\"&\") is not allowed" QUOTES},
		{"đê: &ăn [1]\n", "t:1:5: an anchor (\"&\") is not allowed" QUOTES},
		{"a: *x\n", "t:1:4: an alias (\"*\") is not allowed" QUOTES},
		{"a: **vỡ đập**\n", "t:1:4: an alias (\"*\") is not allowed" QUOTES},
		{"a: !x 1\n", "t:1:4: a tag (\"!\") is not allowed" QUOTES},
		{"a: !!str 1\n", "t:1:4: a tag (\"!\") is not allowed" QUOTES},
		{"a: ! x\n", "t:1:4: a tag (\"!\") is not allowed" QUOTES},
		{"# c\n%YAML 1.2\n---\na: 1\n", "t:2:1: a YAML directive (\"%\") is not allowed"},
		{"a: 1\n---\nb: 2\n", "t:2:1: a second document is not allowed; one file holds one"},
		{"a: 1\n...\nb: 2\n", "t:2:1: a second document is not allowed; one file holds one"},
		{"? [a]\n: b\n", "t:1:3: a key must be a text"},
		{": b\n", "t:1:1: a key without a name"},
		{"'': b\n", "t:1:2: a key without a name"},
		{"a: \xE1\x80\n", "t:1:4: not UTF-8"},
		{"đ: x\nê: ăb\xFFz\n", "t:2:6: not UTF-8"},
		{"a: x\x01y\n", "t:1:5: a control character (U+0001) is not allowed"},
		{"a: x\xC2\x85y\n", "t:1:5: a control character (U+0085) is not allowed"},
		{"đ: \"\\\\x\\bđập\\b\"\n",
			"t:1:8: \"\\b\" in double quotes is a control character; use single quotes"},
		{"a: \"\\x08\"\n",
			"t:1:5: \"\\x\" in double quotes is a control character; use single quotes"},
		{"a: \"\\d+\"\n",
			"t:1:5: no such escape in a double-quoted text; use single quotes, which take a "
			"backslash as it is"},
		{"a: \"x\nb: 1\n", "t:1:4: the quotation mark that opens here is not closed"},
		{"a: 'x\nb: 1\n", "t:1:4: the quotation mark that opens here is not closed"},
		{"a: \"x", "t:1:5: the quotation mark that opens here is not closed"},
		{"a: \"đ\" y\n",
			"t:1:8: text behind the closing quotation mark; put the whole text in single quotes"},
		{"a: @x\n", "t:1:4: a text cannot begin with this character; put the text in single quotes"},
		{"a: b: c\n", "t:1:5: a text with a colon in it; put the text in single quotes"},
		{"a:\n\tb: 1\n", "t:2:1: a tab cannot indent; use blanks"},
		{"a: 1\n b: 2\n",
			"t:1:4: a \"key:\" below this text is indented as if it went on; indent the keys of "
			"one group alike, and put a text that holds \": \" in quotes"},
		{"a:\n  - x\n - y\n", "t:3:2: this line is indented less than those above it; indent the "
				      "items of one list alike"},
		{"a: 1\n- b\n", "t:2:1: a \"key: value\" was expected here; a group is either \"key: value\" "
				"lines or "
				"\"- item\" lines, not both"},
		{"- a\nb: 1\n",
			"t:2:1: a \"- item\" was expected here; a group is either \"key: value\" lines or "
			"\"- item\" lines, not both"},
		{"a: [x, y\nb: {c: d}\n",
			"t:2:2: \"key: value\" inside a list in brackets; is the closing bracket "
			"missing that belongs to line 1?"},
		{"a:\n  b: [x, y\n", "t:2:6: the bracket that opens here is not closed"},
		{"a: {b: 1\nc: 2\n",
			"t:2:2: a comma or a closing bracket is missing before this; is the closing "
			"bracket missing that belongs to line 1?"},
		{"a: [x]]\n", "t:1:7: a closing bracket without an opening one"},
		{"a: [x}\n", "t:1:6: this closing bracket does not fit the one that is open"},
		{"a: [\"x\" \"y\"]\n", "t:1:10: a comma or a closing bracket is missing before this"},
		{"a: |9\n  x\n",
			"t:2:1: cannot be read as YAML: block scalar with wrongly indented line after spaces "
			"only"},
		{"- c: |\n  0 G\n    H\n",
			"t:2:3: this text must be indented more than the key it belongs to"},
		{"a: |2\n   x\n", "t:2:1: a number behind \"|\" or \">\" is not allowed"},
		{"a: >-1 # c\n x\n", "t:2:1: a number behind \"|\" or \">\" is not allowed"},
		{"a: \"đ\n  x\\b\"\n",
			"t:2:4: \"\\b\" in double quotes is a control character; use single quotes"},
		{"\"a\\nb\": 1\n", "t:1:2: a key must be one line"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_fault(span_of(cases[i][0]), cases[i][1]);
	assert_fault(SPAN("a: x\0y\n"), "t:1:5: a control character (U+0000) is not allowed");
	assert_fault(SPAN("a: \"x\\0y\"\n"),
		"t:1:6: \"\\0\" in double quotes is a control character; use single quotes");
}

static void many_keys_are_compared_too(void **state)
{
	(void)state;
	struct str s = {0};
	for (int i = 0; i < 500; i++)
		str_addf(&s, "k%d: %d\n", i, i);
	assert_int_equal(parse(s.p)->n, 500);
	str_adds(&s, "k7: x\n");
	assert_fault(str_span(&s), "t:501:1: \"k7\" stands here a second time; the first is in line 8");
	str_release(&s);
}

static void limits_hold(void **state)
{
	(void)state;
	struct str s = {0};
	struct conf *c;
	struct err e = {0};
	for (int open = CONF_DEPTH_MAX; open <= CONF_DEPTH_MAX + 1; open++) {
		str_clear(&s);
		for (int i = 0; i < open; i++)
			str_addc(&s, '[');
		str_addc(&s, 'x');
		for (int i = 0; i < open; i++)
			str_addc(&s, ']');
		if (open == CONF_DEPTH_MAX)
			assert_int_equal(conf_parse(&arena, "t", str_span(&s), &c, &e), 0);
		else
			assert_fault(str_span(&s), "t:1:33: nested deeper than 32");
	}
	str_clear(&s);
	str_adds(&s, "#");
	while (s.n < CONF_FILE_MAX)
		str_addc(&s, s.n % 100 ? 'x' : '\n');
	for (size_t i = 0; i < s.n; i += 100)
		s.p[i] = i ? '\n' : '#';
	for (size_t i = 101; i < s.n; i += 100)
		s.p[i] = '#';
	assert_int_equal(conf_parse(&arena, "t", str_span(&s), &c, &e), 0);
	str_addc(&s, '\n');
	assert_fault(str_span(&s), "t:0:0: larger than 4194304 bytes");
	str_release(&s);
}

static void missing_file_is_a_fault(void **state)
{
	(void)state;
	struct conf *c;
	struct err e = {0};
	assert_int_equal(conf_load(&arena, "/nonexistent/x.yaml", &c, &e), -1);
	assert_int_equal(e.kind, ERR_CONF);
	assert_string_equal(e.arg[0], "/nonexistent/x.yaml");
}

/* ---- typed readers ---- */

static const char *const words[] = {"monitor", "explain", "clarify", NULL};

static void values_are_read(void **state)
{
	(void)state;
	struct conf *c =
		parse("t: Tin\ni: -7\nb: true\nd: 4h\nday: 1970-01-31\nw: explain\nl: [a, 'b']\none: x\n"
		      "none:\n");
	struct err e = {0};
	const char *t = NULL, **list = NULL;
	int64_t v = 0;
	size_t n = 0;
	bool b = false;
	int w = -1;
	assert_int_equal(conf_text(c, "t", &t, &e), 0);
	assert_string_equal(t, "Tin");
	assert_int_equal(conf_need_text(c, "t", &t, &e), 0);
	assert_int_equal(conf_int(c, "i", -7, 7, &v, &e), 0);
	assert_int_equal(v, -7);
	assert_int_equal(conf_bool(c, "b", &b, &e), 0);
	assert_true(b);
	assert_int_equal(conf_duration(c, "d", &v, &e), 0);
	assert_int_equal(v, 4 * 3600);
	assert_int_equal(conf_date(c, "day", &v, &e), 0);
	assert_int_equal(v, 30);
	assert_int_equal(conf_word(c, "w", words, &w, &e), 0);
	assert_int_equal(w, 1);
	assert_int_equal(conf_texts(&arena, c, "l", &list, &n, &e), 0);
	assert_int_equal(n, 2);
	assert_string_equal(list[1], "b");
	assert_null(list[2]);
	assert_int_equal(conf_texts(&arena, c, "one", &list, &n, &e), 0);
	assert_int_equal(n, 1);
	assert_string_equal(list[0], "x");
	t = "kept"; /* missing, or a key without a value: as it was */
	assert_int_equal(conf_text(c, "none", &t, &e), 0);
	assert_int_equal(conf_text(c, "missing", &t, &e), 0);
	assert_string_equal(t, "kept");
	assert_int_equal(e.kind, ERR_NONE);
}

static void wrong_values_are_told(void **state)
{
	(void)state;
	struct conf *c =
		parse("t: [x]\nm: {k: v}\nempty: ''\nblank: ' '\ni: 12a\nbig: 99999999999999999999\nb: yes\n"
		      "d: 4 hours\nday: 2026-02-30\nw: clarfy\nl: [a, [b]]\nle: [a, '']\nnone:\n");
	const char *t, **list;
	int64_t v;
	size_t n;
	bool b;
	int w;
#define TOLD(call, text)                                                                                     \
	do {                                                                                                 \
		struct err e = {0};                                                                          \
		assert_int_equal(call, -1);                                                                  \
		assert_int_equal(e.kind, ERR_CONF);                                                          \
		assert_string_equal(told(&e), "t.yaml:" text);                                               \
	} while (0)
	TOLD(conf_text(c, "t", &t, &e), "1:4: \"t\" must be one value, not a list");
	TOLD(conf_text(c, "m", &t, &e), "2:4: \"m\" must be one value, not \"key: value\" lines");
	TOLD(conf_need_text(c, "empty", &t, &e), "3:9: \"empty\" must not be empty");
	TOLD(conf_need_text(c, "blank", &t, &e), "4:9: \"blank\" must not be empty");
	TOLD(conf_need_text(c, "none", &t, &e), "13:1: \"none\" must not be empty");
	TOLD(conf_need_text(c, "id", &t, &e), "1:1: \"id\" is missing");
	TOLD(conf_int(c, "i", 0, 9, &v, &e), "5:4: \"i\" must be a whole number (0..9)");
	TOLD(conf_int(c, "big", 0, 9, &v, &e), "6:6: \"big\" must be a whole number (0..9)");
	TOLD(conf_bool(c, "b", &b, &e), "7:4: \"b\" must be true or false, not \"yes\"");
	TOLD(conf_duration(c, "d", &v, &e),
		"8:4: \"d\" must be a length of time such as 45s, 90m, 4h or 30d, not \"4 hours\"");
	TOLD(conf_date(c, "day", &v, &e),
		"9:6: \"day\" must be a date written as 2026-11-22, not \"2026-02-30\"");
	TOLD(conf_word(c, "w", words, &w, &e), "10:4: \"w\" must be one of: monitor, explain, clarify");
	TOLD(conf_texts(&arena, c, "l", &list, &n, &e), "11:8: \"l\" must be a list of texts");
	TOLD(conf_texts(&arena, c, "m", &list, &n, &e), "2:4: \"m\" must be a list of texts");
	TOLD(conf_texts(&arena, c, "le", &list, &n, &e), "12:10: an item of \"le\" is empty");
}

static void unknown_keys_suggest(void **state)
{
	(void)state;
	static const char *const known[] = {"title", "action", "weight", "due", NULL};
	struct err none = {0};
	assert_int_equal(conf_only(parse("title: x\ndue: 4h\n"), known, &none), 0);
	assert_int_equal(conf_only(parse("# nothing\n"), known, &none), 0);
	TOLD(conf_only(parse("title: x\nwieght: 3\n"), known, &e),
		"2:1: unknown key \"wieght\"; did you mean \"weight\"?");
	TOLD(conf_only(parse("titel: x\n"), known, &e),
		"1:1: unknown key \"titel\"; did you mean \"title\"?");
	TOLD(conf_only(parse("Due: x\n"), known, &e), "1:1: unknown key \"Due\"; did you mean \"due\"?");
	TOLD(conf_only(parse("colour: x\n"), known, &e),
		"1:1: unknown key \"colour\"; known keys: title, action, weight, due");
	TOLD(conf_only(parse("- x\n"), known, &e),
		"1:1: \"key: value\" lines were expected here; known keys: title, action, weight, due");
}

static void a_thousand_rules_are_fast(void **state)
{
	(void)state;
	struct str s = {0};
	for (int i = 0; i < 1000; i++)
		str_addf(&s,
			"- id: thien-tai.vo-dap-%d\n  title: Tin vỡ đập, vỡ đê, xả lũ chưa kiểm chứng\n  "
			"action: clarify\n"
			"  status: live\n  owner: Trực ban thông tin đối ngoại\n  created: 2026-11-22\n  "
			"weight: 40\n"
			"  why: Tin đồn làm người dân hoảng loạn, bỏ nhà chạy trong đêm.\n"
			"  false_positives: [diễn tập ứng phó vỡ đập, vụ vỡ đập ở nước ngoài]\n  terms:\n"
			"    dam:    {in: [title, lead, body], words: [vỡ đập, vỡ đê, dam burst]}\n"
			"    claim:  {use: [hedge, rumour]}\n    abroad: {regex: '\\b(?:Libya|Brazil)\\b'}\n"
			"  when: dam near 1 sentence place and claim and not (drill or abroad)\n  tests:\n"
			"    - {hit: 'Tin khẩn: vỡ đập Suối Dầu, bà con chạy ngay.', place: khanh-hoa}\n"
			"    - {miss: 'Khánh Hòa diễn tập ứng phó sự cố vỡ đập.'}\n",
			i);
	int64_t best = INT64_MAX;
	for (int i = 0; i < 5; i++) {
		int64_t from = clock_monotonic_ms();
		assert_int_equal(parse(s.p)->n, 1000);
		int64_t took = clock_monotonic_ms() - from;
		best = took < best ? took : best;
	}
	print_message("# 1000 rules, %zu bytes: %lld ms\n", s.n, (long long)best);
	assert_true(
		best < 300); /* 22 ms where it was written; ten times that means something went quadratic */
	str_release(&s);
}

/* ---- the configuration ---- */

static char folder[64]; /* of one test */

static const char *write_file(const char *name, const char *text)
{
	struct err e = {0};
	const char *path = path_join(&arena, folder, name);
	char *dir = arena_strdup(&arena, path);
	*strrchr(dir, '/') = 0;
	assert_int_equal(dir_make(dir, &e), 0);
	assert_int_equal(file_replace(path, span_of(text), &e), 0);
	return path;
}

static int setup_folder(void **state)
{
	(void)state;
	snprintf(folder, sizeof folder, "/tmp/test_conf.XXXXXX");
	return mkdtemp(folder) ? 0 : -1;
}

static int teardown_folder(void **state)
{
	(void)state;
	return system(arena_printf(&arena, "rm -rf '%s'", folder)) == 0 ? 0 : -1;
}

static void settings_are_read(void **state)
{
	(void)state;
	struct settings s;
	struct err e = {0};
	const char *path = write_file("soatin.yaml",
		"places: [hai-phong, hai-duong]\nlanguage: en\nzone: '-03:30'\nfeeds: [feeds, "
		"/etc/feeds.yaml]\n"
		"rules: [../rules]\nown_places: [p.yaml]\nqueue: q.db\narchive: /srv/warc\nuser_agent: x/1\n"
		"contact: a@b.vn\nproxy: socks5h://127.0.0.1:1\nper_host: 1\ngap_ms: 0\ntimeout: 10s\n"
		"mail:\n  from: a@b.vn\n  to: [c@d.vn, e@f.vn]\n  smtp: smtps://mx:465\n  user: u\n"
		"  password_file: pw\n");
	if (settings_load(&arena, path, &s, &e) < 0)
		fail_msg("%s", told(&e));
	assert_string_equal(s.file, path);
	assert_int_equal(s.n_places, 2);
	assert_string_equal(s.places[1], "hai-duong");
	assert_string_equal(s.language, "en");
	assert_int_equal(s.zone_minutes, -210);
	assert_int_equal(s.n_feeds, 2);
	assert_string_equal(s.feeds[0], path_join(&arena, folder, "feeds"));
	assert_string_equal(s.feeds[1], "/etc/feeds.yaml");
	assert_string_equal(s.rules[0], path_join(&arena, folder, "../rules"));
	assert_string_equal(s.own_places[0], path_join(&arena, folder, "p.yaml"));
	assert_string_equal(s.queue, path_join(&arena, folder, "q.db"));
	assert_string_equal(s.archive, "/srv/warc");
	assert_string_equal(s.http_proxy, "socks5h://127.0.0.1:1");
	assert_string_equal(s.https_proxy, "socks5h://127.0.0.1:1");
	assert_int_equal(s.per_host, 1);
	assert_int_equal(s.gap_ms, 0);
	assert_int_equal(s.timeout, 10);
	assert_int_equal(s.mail.n_to, 2);
	assert_string_equal(s.mail.to[1], "e@f.vn");
	assert_string_equal(s.mail.password_file, path_join(&arena, folder, "pw"));
}

static void settings_have_defaults(void **state)
{
	(void)state;
	struct settings s;
	struct err e = {0};
	assert_int_equal(settings_load(&arena, write_file("soatin.yaml", "# nothing\nproxy:\n"), &s, &e), 0);
	assert_int_equal(s.n_places, 0);
	assert_string_equal(s.language, "vi");
	assert_int_equal(s.zone_minutes, 420);
	assert_int_equal(s.per_host, FETCH_PER_HOST);
	assert_int_equal(s.gap_ms, 1000);
	assert_int_equal(s.timeout, FETCH_SECONDS);
	assert_null(s.http_proxy);
	assert_null(s.queue);
}

static void wrong_settings_are_told(void **state)
{
	(void)state;
	static const char *const cases[][2] = {
		{"place: [hai-phong]\n", "1:1: unknown key \"place\"; did you mean \"places\"?"},
		{"language: fr\n", "1:11: \"language\" must be one of: vi, en"},
		{"zone: '+7'\n", "1:8: \"zone\" must be hours and minutes as +07:00, not \"+7\""},
		{"zone: '+07:60'\n", "1:8: \"zone\" must be hours and minutes as +07:00, not \"+07:60\""},
		{"queue: ~/q.db\n", "1:8: \"~\" is not understood here: write the whole path, not ~/q.db"},
		{"per_host: 0\n", "1:11: \"per_host\" must be a whole number (1..16)"},
		{"timeout: 0s\n", "1:10: \"timeout\" must be between 1s and 10m"},
		{"proxy: ftp://x\n",
			"1:8: \"proxy\" must begin with http://, https://, socks5:// or socks5h://, "
			"not \"ftp://x\""},
		{"user_agent: |\n  a\n  b: c\n", "2:3: \"user_agent\" must be one line"},
		{"mail:\n  from: nobody\n", "2:9: not a mail address: nobody"},
		{"mail:\n  to: [a@b.vn, c]\n", "2:16: not a mail address: c"},
		{"mail:\n  smtp: mx:25\n",
			"2:9: \"smtp\" must begin with smtp:// or smtps://, not \"mx:25\""},
		{"mail:\n  user: u\n", "2:9: \"user\" needs \"password_file\" beside it"},
		{"mail:\n  form: a@b.vn\n", "2:3: unknown key \"form\"; did you mean \"from\"?"},
		{"- places\n",
			"1:1: \"key: value\" lines were expected here; known keys: places, language, zone, "
			"feeds, rules, own_places, queue, archive, user_agent, contact, proxy, per_host, "
			"gap_ms, timeout, robots, mail"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct settings s;
		struct err e = {0};
		const char *path = write_file("soatin.yaml", cases[i][0]);
		assert_int_equal(settings_load(&arena, path, &s, &e), -1);
		assert_string_equal(told(&e), arena_printf(&arena, "%s:%s", path, cases[i][1]));
	}
}

/* What init writes is a good configuration, and stays one when every "#key: value" in it is put to use. */
static void template_is_a_configuration(void **state)
{
	(void)state;
	static const char *const languages[] = {"vi", "en"};
	static const char *const keys[] = {"places", "language", "zone", "feeds", "rules", "own_places",
		"queue", "archive", "user_agent", "contact", "proxy", "per_host", "gap_ms", "timeout",
		"mail"};
	for (size_t i = 0; i < 2; i++) {
		struct settings s;
		struct err e = {0};
		struct conf *c;
		struct str all = {0};
		const char *text = settings_template(&arena, "hai-phong", "Hải Phòng", languages[i]);
		if (settings_load(&arena, write_file("soatin.yaml", text), &s, &e) < 0)
			fail_msg("%s", told(&e));
		assert_string_equal(s.places[0], "hai-phong");
		assert_string_equal(s.language, languages[i]);
		assert_int_equal(s.n_feeds, 0);
		assert_non_null(strstr(text, "Hải Phòng"));
		assert_null(strchr(text, '%'));
		struct span rest = span_of(text), line;
		while (span_next(&rest, '\n', &line)) {
			bool off = span_starts(line, "#") && !span_starts(line, "# ");
			str_add(&all, off || span_starts(line, "#  ") ? span_cut(line, 1, line.n) : line);
			str_addc(&all, '\n');
		}
		const char *path = write_file("soatin.yaml", all.p);
		if (settings_load(&arena, path, &s, &e) < 0 || conf_load(&arena, path, &c, &e) < 0)
			fail_msg("%s", told(&e));
		for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
			assert_non_null(conf_get(c, keys[k]));
		assert_int_equal(s.mail.n_to, 2);
		str_release(&all);
	}
}

/* ---- sources ---- */

static const char one[] =
	"- id: tin-bien\n  name: Tin Biển\n  url: https://tinbien.example/rss\n  kind: national\n";

static int load(
	const char *path, const struct settings *s, const char *query, struct source_list *out, struct err *e)
{
	return sources_load(&arena, &path, 1, s, query, out, e);
}

static void sources_are_read(void **state)
{
	(void)state;
	struct source_list l;
	struct err e = {0};
	const char *path = write_file("f.yaml",
		"- id: a-1\n  name: A\n  url: http://a.example/\n  as: page\n  kind: provincial\n  country: "
		"VN\n"
		"  lang: vi\n  place: hai-phong\n  evidence: s\n  enabled: false\n  allow_private: true\n"
		"  pages: false\n  interval: 30m\n  max_bytes: 1000\n  headers: ['Accept: text/html', 'X-A: "
		"b']\n"
		"  user_agent: x\n  content: div.bai > p\n  remove: .tin\n  date: //time/@datetime\n- id: "
		"b\n  name: B\n  url: https://b.example/rss\n  kind: blog\n");
	if (load(path, NULL, NULL, &l, &e) < 0)
		fail_msg("%s", told(&e));
	assert_int_equal(l.n, 2);
	const struct source_conf *x = &l.p[0];
	assert_string_equal(x->id, "a-1");
	assert_string_equal(x->as, "page");
	assert_string_equal(x->kind, "provincial");
	assert_string_equal(x->place, "hai-phong");
	assert_false(x->enabled);
	assert_true(x->allow_private);
	assert_false(x->pages);
	assert_int_equal(x->interval, 1800);
	assert_int_equal(x->max_bytes, 1000);
	assert_int_equal(x->n_headers, 2);
	assert_string_equal(x->headers[1], "X-A: b");
	assert_string_equal(x->content, "div.bai > p");
	assert_string_equal(x->remove, ".tin");
	assert_string_equal(x->date, "//time/@datetime");
	assert_int_equal(x->line, 1);
	x = &l.p[1];
	assert_string_equal(x->as, "feed");
	assert_true(x->enabled);
	assert_true(x->pages);
	assert_false(x->allow_private);
	assert_int_equal(x->interval, 0);
	assert_int_equal(x->line, 20);
	assert_null(x->content);
}

static void wrong_sources_are_told(void **state)
{
	(void)state;
#define SOURCE "- id: a\n  name: A\n  url: https://a.example/\n  kind: blog\n"
	static const char *const cases[][2] = {
		{"id: a\n", "1:1: a feeds file is a list: every source begins with \"- id: …\""},
		{"- id: Á\n", "1:7: an id holds a-z, 0-9 and \"-\" only, at most 64: \"Á\""},
		{"- name: A\n", "1:3: \"id\" is missing"},
		{"- id: a\n  name: A\n  kind: blog\n", "1:3: \"url\" is missing"},
		{"- id: a\n  name: A\n  url: https://a.example/\n", "1:3: \"kind\" is missing"},
		{"- id: a\n  name: A\n  kind: press\n",
			"3:9: \"kind\" must be one of: national, provincial, agency, "
			"foreign, foreign-language, official, search, blog"},
		{"- id: a\n  name: A\n  kind: blog\n  url: ftp://a.example/\n",
			"4:8: not an address that begins with http:// or https://: ftp://a.example/"},
		{"- id: a\n  name: A\n  kind: blog\n  url: https://a.example/?q={query}\n",
			"4:8: {query} needs \"kind: search\""},
		{SOURCE "  country: vn\n", "5:12: a country is two capital letters as VN or GB, not \"vn\""},
		{SOURCE "  lang: tiếng Việt\n",
			"5:9: a language is a tag as vi, en or zh-Hans, not \"tiếng Việt\""},
		{SOURCE "  headers: [Accept]\n",
			"5:13: a header is written as 'Name: value', not \"Accept\""},
		{SOURCE "  headers: |\n    A: b\n    C: d\n",
			"6:5: a header is written as 'Name: value', not \"A: b\nC: d\n\""},
		{SOURCE "  max_bytes: 8388609\n", "5:14: \"max_bytes\" must be a whole number (1..8388608)"},
		{SOURCE "  intervall: 3h\n", "5:3: unknown key \"intervall\"; did you mean \"interval\"?"},
		{SOURCE "  as: atom\n", "5:7: \"as\" must be one of: feed, page, sitemap"},
		{"- tin-bien\n",
			"1:3: \"key: value\" lines were expected here; known keys: id, name, url, as, kind, "
			"country, lang, place, evidence, enabled, allow_private, pages, robots, interval, "
			"max_bytes, "
			"headers, user_agent, content, remove, date, links"},
		{SOURCE "  content: 'div.body >'\n", "5:13: \"content\" is no selector: \"div.body >\""},
		{SOURCE "  date: //time[1]\n", "5:9: \"date\" is no selector: \"//time[1]\""},
		{SOURCE "  as: page\n  links: 'h3 >'\n", "6:11: \"links\" is no selector: \"h3 >\""},
		{SOURCE "  links: h3\n", "5:10: \"links\" belongs to a source with \"as: page\""},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct source_list l;
		struct err e = {0};
		const char *path = write_file("f.yaml", cases[i][0]);
		assert_int_equal(load(path, NULL, NULL, &l, &e), -1);
		assert_string_equal(told(&e), arena_printf(&arena, "%s:%s", path, cases[i][1]));
	}
}

static void folders_hold_sources(void **state)
{
	(void)state;
	struct source_list l;
	struct err e = {0};
	write_file("f/b.yaml", one);
	write_file("f/a.yaml", "# none yet\n");
	write_file("f/provinces/x.yaml", SOURCE);
	write_file("f/.hidden.yaml", "not: sources\n");
	write_file("f/README.md", "not: sources\n");
	const char *dir = path_join(&arena, folder, "f");
	if (load(dir, NULL, NULL, &l, &e) < 0)
		fail_msg("%s", told(&e));
	assert_int_equal(l.n, 2);
	assert_string_equal(l.p[0].id, "tin-bien");
	assert_string_equal(l.p[1].id, "a");

	const char *again = write_file("f/provinces/y.yaml", one);
	assert_int_equal(load(dir, NULL, NULL, &l, &e), -1);
	assert_string_equal(told(&e),
		arena_printf(&arena, "%s:1:7: the id \"tin-bien\" is already taken, in %s/f/b.yaml:1", again,
			folder));

	struct err none = {0};
	assert_int_equal(load(path_join(&arena, folder, "missing"), NULL, NULL, &l, &none), -1);
	assert_int_equal(none.kind, ERR_CONF);
}

static void a_loop_of_folders_ends(void **state)
{
	(void)state;
	struct source_list l;
	struct err e = {0};
	write_file("f/a.yaml", "# none\n");
	assert_int_equal(symlink(path_join(&arena, folder, "f"), path_join(&arena, folder, "f/again")), 0);
	assert_int_equal(load(path_join(&arena, folder, "f"), NULL, NULL, &l, &e), 0);
}

static void places_choose_sources(void **state)
{
	(void)state;
	static const char *watched[] = {"hai-phong"};
	struct settings s;
	struct source_list l;
	struct err e = {0};
	settings_default(&s);
	const char *path = write_file("f.yaml",
		"- {id: hp, name: A, url: 'https://a.example/', kind: provincial, place: hai-phong}\n"
		"- {id: qn, name: B, url: 'https://b.example/', kind: provincial, place: quang-ninh}\n"
		"- {id: vn, name: C, url: 'https://c.example/', kind: national}\n"
		"- {id: g, name: D, url: 'https://d.example/?q={query}+when:2d&hl=vi', kind: search}\n");
	assert_int_equal(load(path, &s, NULL, &l, &e), 0); /* all places, and nothing to search for */
	assert_int_equal(l.n, 3);
	s.places = watched;
	s.n_places = 1;
	assert_int_equal(load(path, &s, "\"Hải Phòng\"", &l, &e), 0);
	assert_int_equal(l.n, 3);
	assert_string_equal(l.p[1].id, "vn");
	assert_string_equal(l.p[2].url, "https://d.example/?q=%22H%E1%BA%A3i%20Ph%C3%B2ng%22+when:2d&hl=vi");
}

static void what_is_written_reads_back(void **state)
{
	(void)state;
	static const char *const names[] = {"Báo Biển", "a: b", "- x", "'it''s'", "#1", "x #y", "[z]",
		"tin \"nóng\"", "key:", "dòng\nhai", "*", "yes", "c#", "a:b", "100%", "{query}", "~", "x: "};
	struct str s = {0};
	struct source_list l;
	struct err e = {0};
	size_t n = sizeof names / sizeof *names;
	for (size_t i = 0; i < n; i++) {
		struct source_conf x = {.id = arena_printf(&arena, "s%zu", i),
			.name = names[i],
			.as = i % 2 ? "page" : "feed",
			.url = "https://x.example/?a=b&c={d}#e",
			.kind = "blog",
			.country = "VN",
			.lang = "vi",
			.enabled = i % 3};
		source_conf_write(&x, &s);
	}
	if (load(write_file("w.yaml", s.p), NULL, NULL, &l, &e) < 0)
		fail_msg("%s\n%s", told(&e), s.p);
	assert_int_equal(l.n, n);
	for (size_t i = 0; i < n; i++) {
		const char *name = strcmp(names[i], "dòng\nhai") == 0 ? "dòng hai"
				   : strcmp(names[i], "x: ") == 0     ? "x:"
								      : names[i];
		assert_string_equal(l.p[i].name, name);
		assert_string_equal(l.p[i].url, "https://x.example/?a=b&c={d}#e");
		assert_string_equal(l.p[i].as, i % 2 ? "page" : "feed");
		assert_int_equal(l.p[i].enabled, i % 3 != 0);
	}
	str_release(&s);
}

static void ids_come_from_addresses(void **state)
{
	(void)state;
	static const char *const cases[][2] = {
		{"https://vnexpress.net/rss/thoi-su.rss", "vnexpress-net-thoi-su"},
		{"https://www.Example.org/feed/", "example-org"},
		{"https://example.org/rss.xml?x=1", "example-org"},
		{"https://example.org:8080/Tin_Mới.xml", "example-org-tin-m-i"},
		{"http://[::1]/", "1"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(source_id_for(&arena, cases[i][0]), cases[i][1]);
	const char *long_one = arena_printf(&arena, "https://%0100d.example/%0100d", 1, 2);
	assert_true(strlen(source_id_for(&arena, long_one)) <= 64);
}

/* What is shipped can be read, and a province is read by those who watch it. */
static void shipped_feeds_are_good(void **state)
{
	(void)state;
	static const char *watched[] = {"hai-phong"};
	struct settings s;
	struct source_list l;
	struct err e = {0};
	settings_default(&s);
	const char *dir = arena_printf(&arena, "%s/feeds", getenv("SOATIN_TEST_SRC"));
	if (load(dir, &s, "x", &l, &e) < 0)
		fail_msg("%s", told(&e));
	assert_true(l.n >= 82);
	s.places = watched;
	s.n_places = 1;
	size_t all = l.n, provincial = 0, searches = 0;
	assert_int_equal(load(dir, &s, "x", &l, &e), 0);
	assert_true(l.n < all);
	for (size_t i = 0; i < l.n; i++) {
		const struct source_conf *x = &l.p[i];
		assert_non_null(x->evidence);
		assert_non_null(x->lang);
		assert_null(strchr(x->url, '{'));
		provincial += strcmp(x->kind, "provincial") == 0;
		searches += strcmp(x->kind, "search") == 0;
		if (strcmp(x->id, "bao-hai-phong") == 0)
			assert_string_equal(x->as, "page");
	}
	assert_int_equal(provincial, 1);
	assert_true(searches >= 2);
}

int main(void)
{
#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, setup_folder, teardown_folder)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tree_is_read),
		cmocka_unit_test(odd_files_are_read),
		cmocka_unit_test(block_texts_are_read),
		cmocka_unit_test(quoted_texts_are_read),
		cmocka_unit_test(faults_are_told_where_they_are),
		cmocka_unit_test(many_keys_are_compared_too),
		cmocka_unit_test(limits_hold),
		cmocka_unit_test(missing_file_is_a_fault),
		cmocka_unit_test(values_are_read),
		cmocka_unit_test(wrong_values_are_told),
		cmocka_unit_test(unknown_keys_suggest),
		cmocka_unit_test(a_thousand_rules_are_fast),
		IN_FOLDER(settings_are_read),
		IN_FOLDER(settings_have_defaults),
		IN_FOLDER(wrong_settings_are_told),
		IN_FOLDER(template_is_a_configuration),
		IN_FOLDER(sources_are_read),
		IN_FOLDER(wrong_sources_are_told),
		IN_FOLDER(folders_hold_sources),
		IN_FOLDER(a_loop_of_folders_ends),
		IN_FOLDER(places_choose_sources),
		IN_FOLDER(what_is_written_reads_back),
		cmocka_unit_test(ids_come_from_addresses),
		cmocka_unit_test(shipped_feeds_are_good),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
