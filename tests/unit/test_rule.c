/* test_rule: rules as they are written, faults as they are told, conditions as they come out on a text; then
 * the shipped rules with the tests beside them, and the whole set measured on invented passages
 * (tests/golden/triage). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/map.h"
#include "base/str.h"
#include "base/utf8.h"
#include "rule/rule.h"

#define ALLOW_GETENV
#include "base/banned.h"

/* ---- helpers ---- */

static char folder[] = "/tmp/soatin-test-rule-XXXXXX";
static struct arena arena;
static int64_t today; /* 2026-11-23 */

static const char *in_folder(const char *name)
{
	return path_join(&arena, folder, name);
}

static const char *in_source(const char *name)
{
	return path_join(&arena, getenv("SOATIN_TEST_SRC"), name);
}

static void put(const char *name, const char *text)
{
	struct err e = {0};
	assert_int_equal(file_replace(in_folder(name), span_of(text), &e), 0);
}

static int make_folder(void **state)
{
	(void)state;
	today = civil_to_days(2026, 11, 23);
	if (!mkdtemp(folder) || mkdir(in_folder("terms"), 0700) < 0)
		return -1;
	put("terms/lists.yaml", "- id: rumour\n  words: [tin đồn, nghe đồn, rumour]\n  except: [Vân Đồn]\n"
				"- id: complaint\n  words: [tố cáo, khiếu nại]\n"
				"- id: denial\n  words: [bác, bác bỏ, denied]\n- id: body\n  words: [Sở Y "
				"tế, công an tỉnh, UBND, officials]\n");
	put("official.yaml", "domains: [gov.vn]\nterms:\n  denial: {use: denial}\n  who: {use: body}\n  "
			     "never: {words: [chưa]}\n"
			     "answered: >\n  (denial not near 3 words never) near 1 sentence (claim or who) "
			     "and (official or who)\n");
	return 0;
}

static int drop_folder(void **state)
{
	(void)state;
	const char *names[] = {"terms/lists.yaml", "official.yaml", "r.yaml", "terms", "."};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		(void)remove(in_folder(names[i]));
	arena_release(&arena);
	return 0;
}

/* A rule with the usual keys around what a test is about. */
static const char *rule_text(const char *id, const char *action, const char *more)
{
	return arena_printf(&arena,
		"- id: %s\n  title: t\n  action: %s\n  owner: o\n  created: 2026-01-01\n  review_by: "
		"2027-01-01\n"
		"  weight: 40\n  due: 4h\n  why: w\n  do: d\n%s\n",
		id, action, more);
}

static struct ruleset *load(const char *yaml, bool unchecked, struct err *e)
{
	const char *paths[] = {in_folder("r.yaml")};
	struct rule_load how = {.unchecked = unchecked, .today = today};
	struct ruleset *s = NULL;
	put("r.yaml", yaml);
	int rc = ruleset_load(paths, 1, NULL, &how, &s, e);
	assert_int_equal(rc < 0, e->kind != ERR_NONE);
	assert_int_equal(rc == 0, s != NULL);
	return s;
}

/* "line:col: text", or "loaded". */
static const char *told(const char *yaml, bool unchecked)
{
	struct err e = {0};
	struct ruleset *s = load(yaml, unchecked, &e);
	ruleset_free(s);
	if (!e.kind)
		return "loaded";
	assert_int_equal(e.kind, ERR_CONF);
	assert_string_equal(e.where, in_folder("r.yaml"));
	struct str text = {0};
	str_addf(&text, "%ld:%ld: ", e.line, e.col);
	err_format(&text, e.text, e.arg[0], e.arg[1]);
	const char *out = arena_dup(&arena, str_span(&text));
	str_release(&text);
	return out;
}

/* Marks `form` in a field as a watched mention. */
static void mention(struct article *x, enum field f, const char *form)
{
	struct span text = span_of(article_field(x, f)), what = span_of(form);
	size_t n = x->n_mentions;
	struct mention *more = arena_array(&arena, struct mention, n + 8);
	for (size_t i = 0; i < n; i++)
		more[i] = x->mentions[i];
	for (size_t at = 0; (at = span_find(text, what, at)) != SIZE_MAX; at += what.n) {
		uint32_t start = (uint32_t)utf8_count(span_cut(text, 0, at));
		more[n++] = (struct mention){.place = "p",
			.now = "p",
			.form = form,
			.as = "province",
			.field = f,
			.start = start,
			.end = start + (uint32_t)utf8_count(what),
			.watched = true};
	}
	x->mentions = more;
	x->n_mentions = n;
}

static struct report report;

static void match(const struct ruleset *s, struct article *x)
{
	struct rule_matcher *m = rule_matcher_new(s);
	struct folded_article f;
	report_clear(&report);
	article_fold(&arena, x, &f, &report);
	rule_match(m, &arena, &f, x, civil_to_days(2026, 11, 23) * 86400, &report);
	rule_matcher_free(m);
}

/* ---- faults ---- */

static const char *when_fault(const char *terms, const char *when)
{
	return told(rule_text("thien-tai.x", "clarify",
			    arena_printf(&arena, "  status: trial\n  terms: {%s}\n  when: %s", terms, when)),
		false);
}

static void faults_are_told_with_their_place(void **state)
{
	(void)state;
	struct span file, line, kind = {0}, what = {0};
	struct err e = {0};
	size_t cases = 0;
	assert_int_equal(file_read(&arena, in_source("tests/golden/rule/faults.tsv"), 1 << 20, &file, &e), 0);
	while (span_next(&file, '\n', &line)) {
		if (!line.n || line.p[0] == '#')
			continue;
		span_next(&line, '\t', &kind);
		span_next(&line, '\t', &what);
		const char *source = arena_dup(&arena, what), *want = arena_dup(&arena, line);
		const char *got = span_is(kind, "when")
					  ? when_fault("dam: {words: vỡ đập}, rumour: {use: rumour}", source)
					  : when_fault(arena_printf(&arena, "a: {regex: '%s'}", source), "a");
		if (!strstr(got, want))
			fail_msg("%s: %s, not %s", source, got, want);
		cases++;
	}
	assert_true(cases > 30);
}

static void nesting_has_its_limit(void **state)
{
	(void)state;
	for (int more = 0; more < 2; more++) {
		struct str deep = {0};
		for (int k = 1; k < RULE_DEPTH_MAX + more; k++)
			str_adds(&deep, "(");
		str_adds(&deep, "dam");
		for (int k = 1; k < RULE_DEPTH_MAX + more; k++)
			str_adds(&deep, ")");
		const char *got = when_fault("dam: {words: vỡ đập}", deep.p);
		assert_int_equal(strstr(got, "nested too deeply") != NULL, more);
		str_release(&deep);
	}
}

static void faults_in_rules_are_told(void **state)
{
	(void)state;
	const char *body = "  status: trial\n  terms: {a: {words: vỡ đập}}\n  when: a";
	static const struct {
		const char *id, *action, *body, *text;
	} cases[] = {
		{"vo-dap", "clarify", NULL, "1:7: \"vo-dap\" is no good id"},
		{"thien-tai.Vo", "clarify", NULL, "is no good id"},
		{"thoi-tiet.x", "clarify", NULL, "1:7: \"thoi-tiet\" is no topic"},
		{"thien-tai.x", "delete", NULL, "3:11:"},
		{"thien-tai.x", "rebut", NULL, "3:11: a rule that rebuts needs references"},
		{"phan-anh.x", "clarify", NULL, "complaints are explained, never more"},
		{"phan-anh.x", "explain", NULL, "loaded"},
		{"thien-tai.x", "clarify", "  status: live\n  terms: {a: {words: vỡ đập}}\n  when: a",
			"1:3: the live rule \"thien-tai.x\" needs"},
		{"thien-tai.x", "clarify", "  status: trial\n  terms: {a: {use: complaint}}\n  when: a",
			"holds words of complaint"},
		{"thien-tai.x", "clarify",
			"  status: trial\n  terms: {a: {words: [vỡ đê, Tố cáo]}}\n  when: a",
			"holds words of complaint"},
		{"thien-tai.x", "clarify",
			"  status: trial\n  terms: {a: {words: vỡ đê}, c: {use: complaint}}\n  when: a and "
			"not c",
			"loaded"},
		{"thien-tai.x", "clarify", "  status: trial\n  terms: {a: {use: gossip}}\n  when: a",
			"12:20: there is no list \"gossip\""},
		{"thien-tai.x", "clarify", "  status: trial\n  terms: {near: {words: a b}}\n  when: near",
			"12:11: \"near\" is no good name"},
		{"thien-tai.x", "clarify", "  status: trial\n  terms: {a: {in: title}}\n  when: a",
			"needs words:, use: or regex:"},
		{"thien-tai.x", "clarify", "  status: trial\n  terms: {a: {words: '…'}}\n  when: a",
			"it has no letters"},
		{"thien-tai.x", "clarify",
			"  status: trial\n  terms: {a: {words: b}}\n  when: a\n  colour: red", "14:3:"},
		{"thien-tai.x", "clarify",
			"  status: trial\n  terms: {a: {words: b}}\n  when: a\n  tests: [{hit: b, miss: c}]",
			"exactly one of"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *got = told(
			rule_text(cases[i].id, cases[i].action, cases[i].body ? cases[i].body : body), false);
		if (!strstr(got, cases[i].text))
			fail_msg("%zu %s: %s", i, cases[i].id, got);
	}
	const char *one = rule_text("thien-tai.x", "clarify", body);
	assert_non_null(strstr(
		told(arena_printf(&arena, "%s%s", one, rule_text("thien-tai.y", "explain", body)), false),
		"26:9: the rule \"thien-tai.y\" finds the same as \"thien-tai.x\""));
	assert_non_null(strstr(told(arena_printf(&arena, "%s%s", one, one), false),
		"14:7: the rule \"thien-tai.x\" stands already in"));
}

/* ---- what a condition finds ---- */

/* The terms of a condition that it names; a condition may name each once or more. */
static const char *terms_of(const char *when)
{
	static const struct {
		char name;
		const char *body;
	} terms[] = {{'a', "{words: [vỡ đập]}"}, {'b', "{use: rumour}"}, {'c', "{words: [chạy ngay]}"},
		{'d', "{words: đồn, except: [Vân Đồn]}"}, {'e', "{regex: '\\d+ tỷ usd'}"},
		{'p', "{points: [{add: 3, words: [gửi nhau, nhóm kín]}, {add: 2, words: [chưa rõ]}, {add: "
		      "-3, words: "
		      "[diễn tập]}], at_least: 5, within: 2}"}};
	struct str t = {0};
	for (size_t k = 0; k < sizeof terms / sizeof *terms; k++) {
		bool used = false;
		for (const char *p = when; *p; p++)
			used = used || (*p == terms[k].name && (p == when || strchr(" (", p[-1])) &&
					       (!p[1] || strchr(" ),", p[1])));
		if (used)
			str_addf(&t, "%s%c: %s", t.n ? ", " : "", terms[k].name, terms[k].body);
	}
	const char *out = arena_dup(&arena, str_span(&t));
	str_release(&t);
	return out;
}

/* A column, with ¶ as the end of a paragraph and / as the end of a line. */
static const char *column(struct span *line)
{
	struct span part = {0};
	struct str s = {0};
	span_next(line, '\t', &part);
	for (size_t i = 0; i < part.n; i++) {
		bool end = span_starts(span_cut(part, i, part.n), "¶");
		if (end || part.p[i] == '/')
			str_adds(&s, end ? "\n\n" : "\n");
		else
			str_addc(&s, part.p[i]);
		i += end;
	}
	const char *out = s.n ? arena_dup(&arena, str_span(&s)) : NULL;
	str_release(&s);
	return out;
}

static void conditions_come_out(void **state)
{
	(void)state;
	struct span file, line;
	struct err e = {0};
	size_t cases = 0;
	assert_int_equal(
		file_read(&arena, in_source("tests/golden/rule/conditions.tsv"), 1 << 20, &file, &e), 0);
	while (span_next(&file, '\n', &line)) {
		if (!line.n || line.p[0] == '#')
			continue;
		struct span all = line, kind;
		span_next(&line, '\t', &kind);
		const char *when = column(&line);
		struct article x = {.title = column(&line), .text = column(&line), .source.kind = "blog"};
		struct ruleset *s =
			load(rule_text("thien-tai.x", "clarify",
				     arena_printf(&arena, "  status: live\n  terms: {%s}\n  when: %s",
					     terms_of(when), when)),
				true, &e);
		if (!s)
			fail_msg("%s: %s %s", when, e.text, e.arg[0]);
		mention(&x, FIELD_TITLE, "Xứ Mường");
		mention(&x, FIELD_TEXT, "Xứ Mường");
		match(s, &x);
		if ((x.n_flags == 1) != span_is(kind, "hit"))
			fail_msg("%.*s: %zu flags", (int)all.n, all.p, x.n_flags);
		ruleset_free(s);
		cases++;
	}
	assert_true(cases > 60);
}

static void a_flag_shows_why(void **state)
{
	(void)state;
	struct err e = {0};
	struct ruleset *s = load(rule_text("thien-tai.x", "clarify",
					 "  status: live\n  terms: {dam: {words: vỡ đập}, rumour: {use: "
					 "rumour}, drill: {words: diễn tập}}\n"
					 "  when: dam near 2 sentences place and rumour and not drill"),
		true, &e);
	struct article x = {.title = "Chuyện ở Xứ Mường",
		.text = "Đêm qua, nghe đồn V\u1ee1 \u0110ập Suối. Nghe đồn nữa. VỠ ĐẬP.",
		.source.kind = "national"};
	mention(&x, FIELD_TITLE, "Xứ Mường");
	match(s, &x);
	assert_int_equal(x.n_flags, 1);
	const struct flag *f = &x.flags[0];
	assert_string_equal(f->rule, "thien-tai.x");
	assert_string_equal(f->topic, "thien-tai");
	assert_string_equal(f->action, "clarify");
	assert_int_equal(f->weight, 40);
	assert_int_equal(f->due, 4 * 3600);
	assert_false(f->answered || f->trial);
	static const struct {
		const char *term, *form;
	} want[] = {{"rumour", "nghe đồn"}, {"dam", "V\u1ee1 \u0110ập"}, {"rumour", "Nghe đồn"}};
	assert_int_equal(f->n_quotes, 3);
	for (size_t i = 0; i < 3; i++) {
		const struct quote *q = &f->quotes[i];
		struct span text = span_of(x.text);
		struct span form = span_cut(text, utf8_offset(text, q->start), utf8_offset(text, q->end));
		assert_string_equal(q->term, want[i].term);
		assert_string_equal(arena_dup(&arena, form), want[i].form);
	}
	assert_int_equal(x.priority.rule, 40);
	assert_int_equal(x.priority.place, 20); /* a province, in the title */
	assert_int_equal(x.priority.source, 10);
	ruleset_free(s);
}

static void an_answer_in_the_article_is_a_state(void **state)
{
	(void)state;
	struct err e = {0};
	struct ruleset *s = load(rule_text("dich-benh.x", "clarify",
					 "  status: live\n  terms: {a: {words: phong tỏa}}\n  when: a"),
		true, &e);
	static const struct {
		const char *text, *url;
		bool answered;
	} cases[] = {
		{"Sở Y tế bác bỏ tin phong tỏa.", NULL, true},
		{"Có tin phong tỏa. Sở Y tế bác tin này.", NULL, true},
		{"Có tin phong tỏa. Một. Hai. Ba. Ca sĩ bác tin hẹn hò.", NULL, false},
		{"Có tin phong tỏa.", NULL, false},
		{"Bác bỏ tin phong tỏa.", "https://so-y-te.tinh.gov.vn/a", true},
		{"Bác bỏ tin phong tỏa.", "https://notgov.vn/a", false},
		{"Sở Y tế chưa bác bỏ tin phong tỏa.", NULL, false},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct article x = {.text = cases[i].text, .url = cases[i].url};
		match(s, &x);
		assert_int_equal(x.n_flags, 1);
		if (x.flags[0].answered != cases[i].answered)
			fail_msg("%s", cases[i].text);
		assert_int_equal(x.flags[0].weight, cases[i].answered ? 20 : 40);
		assert_int_equal(x.priority.rule, x.flags[0].weight);
	}
	ruleset_free(s);
}

static void a_rule_that_fails_is_a_remark(void **state)
{
	(void)state;
	struct err e = {0};
	struct ruleset *s =
		load(rule_text("thien-tai.x", "clarify",
			     "  status: live\n  terms: {a: {regex: '(?:(?:a|b|ab)+c?)+z'}}\n  when: a"),
			true, &e);
	assert_non_null(s);
	struct str text = {0};
	for (int i = 0; i < 1500; i++)
		str_adds(&text, "ab");
	str_adds(&text, "!z"); /* else PCRE2 sees at once that no match is possible */
	struct article x = {.text = text.p};
	match(s, &x);
	assert_int_equal(x.n_flags, 0);
	assert_int_equal(report.count[R_RULE_FAILED], 1);
	assert_string_equal(report.list.p[0].a, "thien-tai.x");
	assert_true(strlen(report.list.p[0].b) > 0);
	str_release(&text);
	ruleset_free(s);
}

static double thread_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Each paragraph is done in a few milliseconds, the article would not be in a minute. The rule beside it that
 * needs no time is decided. */
static void an_article_has_its_time(void **state)
{
	(void)state;
	static const struct {
		const char *pattern;
		int letters; /* of a paragraph */
	} cases[] = {{"a[^b]{0,3000}z", 4000}, {"a[^b]{0,150}[^bc]{0,100}z", 120}};
	for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
		struct err e = {0};
		struct ruleset *s = load(
			arena_printf(&arena, "%s%s",
				rule_text("thien-tai.x", "clarify",
					arena_printf(&arena,
						"  status: live\n  terms: {a: {regex: '%s'}}\n  when: a\n",
						cases[k].pattern)),
				rule_text("thien-tai.y", "clarify",
					"  status: live\n  terms: {a: {regex: '\\bvỡ đập\\b'}}\n  when: "
					"a\n")),
			true, &e);
		if (!s)
			fail_msg("%s [%s]", e.text, e.arg[0]);
		struct str text = {0};
		while (text.n < TEXT_MAX / 2) {
			for (int i = 0; i < cases[k].letters; i++)
				str_addc(&text, 'a');
			str_adds(&text, "b z\n\n");
		}
		str_adds(&text, "vỡ đập");
		struct article x = {.text = text.p, .lang = "vi"};
		double from = thread_ms();
		match(s, &x);
		assert_true(thread_ms() - from < 3 * RULE_ARTICLE_TIME / 1e3);
		assert_int_equal(x.n_flags, 1);
		assert_string_equal(x.flags[0].rule, "thien-tai.y");
		assert_int_equal(report.count[R_RULE_FAILED], 1);
		assert_string_equal(report.list.p[0].b, "the time for one article is used up");
		str_release(&text);
		ruleset_free(s);
	}
}

/* Where a part failed nothing is kept for the article; within the rule it is, or each level would double the
 * work. */
static void a_failing_rule_asks_each_part_once(void **state)
{
	(void)state;
	struct err e = {0};
	const char *when = "w or r";
	for (int i = 0; i < 28; i++)
		when = arena_printf(&arena, "w and w near 9 words (%s)", when);
	struct ruleset *s =
		load(rule_text("thien-tai.x", "clarify",
			     arena_printf(&arena,
				     "  status: live\n  terms: {w: {words: tin}, r: {regex: "
				     "'(a|aa|aaa)+z'}}\n  when: %s or w and w near 9 words (%s)\n",
				     when, when)),
			true, &e);
	if (!s)
		fail_msg("%s [%s]", e.text, e.arg[0]);
	struct str text = {0};
	while (text.n < 3000)
		str_addc(&text, 'a');
	str_adds(&text, " tin tin z");
	struct article x = {.text = text.p, .lang = "vi"};
	double from = thread_ms();
	match(s, &x);
	assert_true(thread_ms() - from < 3 * RULE_ARTICLE_TIME / 1e3);
	assert_int_equal(x.n_flags, 0);
	assert_int_equal(report.count[R_RULE_FAILED], 1);
	str_release(&text);
	ruleset_free(s);
}

static void note_wordless(
	const struct rule_info *r, const char *file, long line, long col, int64_t us_a_megabyte, void *ctx)
{
	(void)file;
	(void)col;
	str_addf(ctx, "%s %ld %s\n", r->id, line, us_a_megabyte > 0 ? "costs" : "?");
}

static void expressions_without_a_word_are_told(void **state)
{
	(void)state;
	static const struct {
		const char *regex;
		bool wordless;
	} cases[] = {{"\\d{3,9}", true}, {"[a-z]+ [a-z]+", true}, {"\\bvỡ đập\\b", false}, {"vỡ đập", false},
		{"\\b(?:vỡ|sạt) (?:đê|núi)\\b", false}, {"\\b(?:vỡ đê|[a-z]+)\\b", true},
		{"[(,] ?(?:vỡ|sạt)\\b", false}, {"[^(,] ?[a-z]+", true}, {"\\d+ người chết", false},
		{"(?:vỡ đập)?\\d+", true}, {"(?<=vỡ )[a-z]+", true}, {"\\bvỡ (?:đập|\\d)", false},
		{"(?:vỡ đập|sạt lở){2}", false}, {"(?:vỡ){0,2}\\d", true}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct err e = {0};
		struct str told = {0};
		struct ruleset *s =
			load(rule_text("thien-tai.x", "clarify",
				     arena_printf(&arena,
					     "  status: live\n  terms: {a: {regex: '%s'}}\n  when: a\n"
					     "  tests:\n    - {miss: 'Không có gì hết, thưa quý vị.'}",
					     cases[i].regex)),
				true, &e);
		assert_non_null(s);
		ruleset_wordless(s, note_wordless, &told);
		if (cases[i].wordless ? !told.p || strcmp(told.p, "thien-tai.x 12 costs\n") != 0 : told.n > 0)
			fail_msg("%s: %s", cases[i].regex, told.p ? told.p : "none");
		str_release(&told);
		ruleset_free(s);
	}
}

static void a_long_paragraph_is_seen_in_pieces(void **state)
{
	(void)state;
	struct err e = {0};
	struct ruleset *s = load(rule_text("thien-tai.x", "clarify",
					 "  status: live\n  terms: {a: {regex: 'vỡ\\s+đập'}}\n  when: a"),
		true, &e);
	struct str text = {0};
	for (int i = 0; i < 4000; i++)
		str_adds(&text, "đêm ");
	str_adds(&text, "vỡ đập");
	struct article x = {.text = text.p};
	match(s, &x);
	assert_int_equal(x.n_flags, 1);
	struct quote q = x.flags[0].quotes[0];
	assert_int_equal(q.start, utf8_count(str_span(&text)) - 6);
	str_release(&text);
	ruleset_free(s);
}

static void one_list_has_its_limit(void **state)
{
	(void)state;
	struct err e = {0};
	struct ruleset *s = load(rule_text("thien-tai.x", "clarify",
					 "  status: live\n  terms: {a: {words: lũ}, b: {words: bão}}\n  "
					 "when: a near 1 word b"),
		true, &e);
	for (int more = 0; more < 2; more++) {
		struct str text = {0};
		for (int i = 0; i < RULE_HITS_MAX + more; i++)
			str_adds(&text, "lũ ");
		struct article x = {.text = text.p};
		match(s, &x);
		assert_int_equal(report.count[R_RULE_HITS_CUT], more);
		str_release(&text);
	}
	ruleset_free(s);
}

static void rules_come_and_go(void **state)
{
	(void)state;
	struct err e = {0};
	const char *terms = "  terms: {a: {words: vỡ đập}}\n  when: a",
		   *other = "  terms: {a: {words: [vỡ đập, b]}}\n  when: a",
		   *third = "  terms: {a: {words: [vỡ đập, c]}}\n  when: a";
	const char *yaml = arena_printf(&arena, "%s%s%s%s%s",
		rule_text("thien-tai.d-live", "clarify", arena_printf(&arena, "  status: live\n%s", terms)),
		rule_text("thien-tai.c-trial", "clarify", arena_printf(&arena, "  status: trial\n%s", other)),
		rule_text("thien-tai.b-retired", "clarify",
			arena_printf(&arena, "  status: retired\n%s", terms)),
		rule_text("thien-tai.a-expired", "clarify",
			arena_printf(&arena, "  status: live\n  expires: 2026-11-23\n%s", terms)),
		rule_text("thien-tai.e-tomorrow", "clarify",
			arena_printf(&arena, "  status: live\n  expires: 2026-11-24\n%s", third)));
	struct ruleset *s = load(yaml, true, &e);
	const struct rule_info *info;
	assert_int_equal(ruleset_rules(s, &info), 5);
	assert_string_equal(info[0].id, "thien-tai.a-expired");
	assert_true(info[0].expired);
	assert_false(info[0].review_due);
	assert_string_equal(info[1].status, "retired");
	struct article x = {.text = "vỡ đập"};
	match(s, &x);
	assert_int_equal(x.n_flags, 3);
	assert_string_equal(x.flags[0].rule, "thien-tai.c-trial");
	assert_true(x.flags[0].trial);
	assert_string_equal(x.flags[1].rule, "thien-tai.d-live");
	assert_string_equal(x.flags[2].rule, "thien-tai.e-tomorrow");
	ruleset_free(s);
	today += 60;
	s = load(yaml, true, &e);
	today -= 60;
	ruleset_rules(s, &info);
	assert_true(info[1].review_due);
	ruleset_free(s);
}

static void count_failed(const struct rule_info *r, const char *file, long line, long col, const char *kind,
	const char *text, void *ctx)
{
	struct str *s = ctx;
	(void)file;
	assert_true(col > 1);
	str_addf(s, "%s %ld %s %s\n", r->id, line, kind, text);
}

static void tell(const struct rule_explanation *r, void *ctx)
{
	struct str *s = ctx;
	str_addf(s, "%s %s\n", r->rule->id,
		r->failed     ? "failed"
		: r->answered ? "answered"
		: r->holds    ? "yes"
			      : "no");
	for (size_t i = 0; i < r->n_parts; i++)
		str_addf(s, "%c %s\n", r->parts[i].holds ? '+' : '-', r->parts[i].text);
	for (size_t i = 0; i < r->n_found; i++)
		str_addf(s, "%s %zu\n", r->found[i].term ? r->found[i].term : "place", r->found[i].n);
	for (size_t i = 0; i < r->n_shared; i++) {
		const struct rule_shared *x = &r->shared[i];
		str_addf(s, "%s %s\n", x->name, x->holds ? "yes" : "no");
		for (size_t k = 0; k < x->n_parts; k++)
			str_addf(s, "  %c %s\n", x->parts[k].holds ? '+' : '-', x->parts[k].text);
		for (size_t k = 0; k < x->n_found; k++)
			str_addf(s, "  %s %zu\n", x->found[k].term, x->found[k].n);
	}
}

static void tests_beside_the_rules_are_run(void **state)
{
	(void)state;
	struct err e = {0};
	struct ruleset *s =
		load(rule_text("thien-tai.x", "clarify",
			     "  status: live\n  terms: {a: {words: vỡ đập}, b: {regex: '(a+ ?)+z'}}\n"
			     "  when: a or b\n  tests:\n    - {hit: vỡ đập}\n    - {miss: vỡ đê}\n    - "
			     "{hit: vỡ đê}\n    - {miss: Vỡ đập}\n"
			     "    - {answered: vỡ đập}\n    - {answered: UBND bác tin vỡ đập}\n    - {hit: "
			     "'UBND bác tin vỡ đập'}"),
			false, &e);
	struct str failed = {0};
	size_t ran;
	assert_int_equal(ruleset_test(s, &ran, count_failed, &failed), 5);
	assert_int_equal(ran, 7);
	assert_string_equal(failed.p,
		"thien-tai.x 17 hit vỡ đê\nthien-tai.x 18 miss Vỡ đập\nthien-tai.x 19 answered vỡ đập\n"
		"thien-tai.x 21 open UBND bác tin vỡ đập\nthien-tai.x 12 slow (a+ ?)+z\n");
	str_release(&failed);
	ruleset_free(s);
}

static void explanations_say_which_part_failed(void **state)
{
	(void)state;
	struct err e = {0};
	struct ruleset *s =
		load(rule_text("thien-tai.x", "clarify",
			     "  status: live\n  terms: {dam: {words: vỡ đập}, b: {use: rumour}}\n  when: "
			     "(dam or b near 2 words dam) and  b and not (b near 0 words dam)"),
			true, &e);
	struct article x = {.text = "nghe đồn vỡ đập"};
	struct folded_article f;
	struct rule_matcher *m = rule_matcher_new(s);
	struct str told_text = {0};
	article_fold(&arena, &x, &f, &report);
	assert_true(rule_explain(m, &arena, &f, &x, 0, NULL, tell, &told_text));
	assert_string_equal(told_text.p, "thien-tai.x no\n+ (dam or b near 2 words dam)\n+ b\n- not (b near "
					 "0 words dam)\ndam 1\nb 1\nplace 0\n");
	str_clear(&told_text);
	x.text = "mưa to";
	article_fold(&arena, &x, &f, &report);
	assert_true(rule_explain(m, &arena, &f, &x, 0, NULL, tell, &told_text));
	assert_int_equal(told_text.n, 0);
	assert_true(rule_explain(m, &arena, &f, &x, 0, "thien-tai.x", tell, &told_text));
	assert_true(told_text.n > 0);
	assert_false(rule_explain(m, &arena, &f, &x, 0, "thien-tai.y", tell, &told_text));
	str_release(&told_text);
	rule_matcher_free(m);
	ruleset_free(s);
}

static void shared_lists_serve_rules_elsewhere(void **state)
{
	(void)state;
	struct err e = {0};
	struct ruleset *s = NULL;
	struct rule_load how = {.unchecked = true, .today = today};
	const char *paths[] = {in_folder("elsewhere/r.yaml")};
	assert_int_equal(mkdir(in_folder("elsewhere"), 0700), 0);
	put("elsewhere/r.yaml", rule_text("thien-tai.x", "clarify",
					"  status: live\n  terms: {a: {use: [rumour, denial]}}\n  when: a"));
	assert_int_equal(ruleset_load(paths, 1, NULL, &how, &s, &e), -1);
	assert_string_equal(e.arg[0], "rumour");
	err_clear(&e);
	how.shared = folder;
	assert_int_equal(ruleset_load(paths, 1, NULL, &how, &s, &e), 0);
	ruleset_free(s);
	/* a list of the rule's own folder goes first */
	assert_int_equal(mkdir(in_folder("elsewhere/terms"), 0700), 0);
	put("elsewhere/terms/own.yaml", "- id: rumour\n  words: [chuyện lạ]\n");
	assert_int_equal(ruleset_load(paths, 1, NULL, &how, &s, &e), 0);
	struct article x = {.text = "tin đồn"}, y = {.text = "chuyện lạ, công an tỉnh bác bỏ"};
	match(s, &x);
	assert_int_equal(x.n_flags, 0);
	match(s, &y);
	assert_int_equal(y.n_flags, 1);
	assert_true(y.flags[0].answered); /* by the shared official.yaml */
	ruleset_free(s);
	const char *names[] = {
		"elsewhere/terms/own.yaml", "elsewhere/terms", "elsewhere/r.yaml", "elsewhere"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		assert_int_equal(remove(in_folder(names[i])), 0);
}

static void shared_conditions_stand_where_terms_do(void **state)
{
	(void)state;
	struct err e = {0};
	struct ruleset *s = NULL;
	struct rule_load how = {.unchecked = true, .today = today, .shared = folder};
	const char *paths[] = {in_folder("clause/r.yaml")}, *lists = "clause/terms/own.yaml";
	assert_int_equal(mkdir(in_folder("clause"), 0700), 0);
	assert_int_equal(mkdir(in_folder("clause/terms"), 0700), 0);
	/* `told` rests on a list that is read after it; its term `a` is not the rule's */
	put(lists, "- id: told\n  terms: {a: {use: rumour}, b: {words: [lan truyền]}}\n"
		   "  when: a near 3 words b\n"
		   "- id: twice\n  terms: {c: {words: [hoang mang]}}\n  when: told near 5 words c\n");
	put("clause/r.yaml", rule_text("thien-tai.x", "clarify",
				     "  status: live\n  terms: {a: {words: vỡ đập}}\n"
				     "  when: a near 9 words (told or twice) and not twice"));
	assert_int_equal(ruleset_load(paths, 1, NULL, &how, &s, &e), 0);
	struct article x = {.text = "tin đồn lan truyền: vỡ đập"}, y = {.text = "tin đồn vỡ đập"},
		       z = {.text = "tin đồn lan truyền, dân hoang mang vì vỡ đập"};
	match(s, &x);
	assert_int_equal(x.n_flags, 1);
	match(s, &y);
	assert_int_equal(y.n_flags, 0);
	match(s, &z);
	assert_int_equal(z.n_flags, 0);
	struct folded_article f;
	struct rule_matcher *m = rule_matcher_new(s);
	struct str said = {0};
	article_fold(&arena, &x, &f, &report);
	assert_true(rule_explain(m, &arena, &f, &x, 0, NULL, tell, &said));
	assert_string_equal(said.p,
		"thien-tai.x yes\n+ a near 9 words (told or twice)\n+ not twice\na 1\nplace 0\n"
		"told yes\n  + a near 3 words b\n  a 1\n  b 1\n"
		"twice no\n  - told near 5 words c\n  c 0\n");
	str_release(&said);
	rule_matcher_free(m);
	ruleset_free(s);
	/* what a rule may not want it may not borrow */
	put(lists, "- id: told\n  terms: {a: {use: complaint}}\n  when: a\n");
	put("clause/r.yaml", rule_text("thien-tai.x", "clarify",
				     "  status: live\n  terms: {b: {words: vỡ đập}}\n  when: b and told"));
	assert_int_equal(ruleset_load(paths, 1, NULL, &how, &s, &e), -1);
	assert_string_equal(e.arg[0], "a");
	err_clear(&e);
	put(lists, "- id: told\n  terms: {a: {words: x}}\n  when: told or a\n");
	assert_int_equal(ruleset_load(paths, 1, NULL, &how, &s, &e), -1);
	assert_string_equal(e.arg[0], "told"); /* nothing stands on itself */
	err_clear(&e);
	put(lists, "- id: rumour\n  words: [x]\n- id: rumour\n  terms: {a: {words: x}}\n  when: a\n");
	assert_int_equal(ruleset_load(paths, 1, NULL, &how, &s, &e), -1);
	assert_string_equal(e.arg[0], "rumour");
	err_clear(&e);
	const char *names[] = {"clause/terms/own.yaml", "clause/terms", "clause/r.yaml", "clause"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		assert_int_equal(remove(in_folder(names[i])), 0);
}

/* ---- spellings ---- */

/* Twenty cue phrases, each in nine spellings; a rule of its own looks for each. */
static void a_cue_is_found_however_it_is_spelt(void **state)
{
	(void)state;
	struct span file, all, line;
	struct err e = {0};
	struct str yaml = {0};
	struct map known = {0};
	size_t cues = 0, cases = 0;
	assert_int_equal(
		file_read(&arena, in_source("tests/golden/rule/spellings.ndjson"), 1 << 20, &file, &e), 0);
	for (int pass = 0; pass < 2; pass++) {
		struct ruleset *s = pass ? load(yaml.p, true, &e) : NULL;
		assert_true(pass == 0 || s);
		for (all = file; span_next(&all, '\n', &line);) {
			struct json *doc;
			if (!line.n)
				continue;
			assert_int_equal(json_parse(line, &doc, &e), 0);
			struct span cue = json_get_string(doc, "cue");
			if (pass == 0 && !map_get(&known, cue)) {
				const char *id = arena_printf(&arena, "thien-tai.cue-%zu", ++cues);
				map_put(&known, arena_span(&arena, cue), (void *)(uintptr_t)id);
				str_adds(&yaml, rule_text(id, "clarify",
							arena_printf(&arena,
								"  status: live\n  terms: {a: {words: "
								"[%s]}}\n  when: a",
								arena_dup(&arena, cue))));
			} else if (pass == 1) {
				struct article x = {.text = arena_dup(&arena, json_get_string(doc, "text"))};
				const char *id = map_get(&known, cue);
				bool found = false;
				match(s, &x);
				for (size_t i = 0; i < x.n_flags; i++)
					found = found || strcmp(x.flags[i].rule, id) == 0;
				if (!found)
					fail_msg("%s: not found as %s", arena_dup(&arena, cue),
						arena_dup(&arena, json_get_string(doc, "spelling")));
				cases++;
			}
			json_free(doc);
		}
		ruleset_free(s);
	}
	assert_int_equal(cues, 20);
	assert_int_equal(cases, 20 * 9);
	map_release(&known);
	str_release(&yaml);
}

/* ---- time ---- */

/* The longest that the rule takes on one paragraph: `seed` again and again, and what every match ends with.
 */
static double worst_of_two(struct rule_matcher *m, const char *seed, size_t bytes)
{
	struct arena a = {0};
	struct str text = {0};
	struct folded_article f;
	double best = 1e9;
	while (text.n < bytes)
		str_adds(&text, seed);
	str_adds(&text, "z");
	struct article x = {.text = text.p, .lang = "vi"};
	report_clear(&report);
	article_fold(&a, &x, &f, &report);
	for (int round = 0; round < 2; round++) {
		double from = thread_ms();
		rule_match(m, &a, &f, &x, 0, &report);
		double took = thread_ms() - from;
		best = took < best ? took : best;
	}
	str_release(&text);
	arena_release(&a);
	return best;
}

/* Whatever a pattern is, whatever the paragraph: one rule is done with it in 50 ms, or has failed and says
 * so. Patterns that `rules check` turns away are tried too. The last row takes 120 ms to minutes when nobody
 * looks at the clock: PCRE2's match limit does not count every step of a loop over single characters. */
static void no_pattern_takes_long_on_a_paragraph(void **state)
{
	(void)state;
	static const char *const patterns[] = {"(?:a|b)*z", "((a|b))*z", "\\s+z", "(?:a+)+z",
		"(?:(?:v|ỡ|ơ)+)+ đập", "[^.]+.*[^.]+ vỡ .*đập", "(?:a|a)*z", "(?:a*)*z", "(?:[a-z]+ ?)+z",
		"(.*a){12}z", "(a?){25}a{25}z", "\\b\\w+\\s+\\w+\\s+\\w+z", ".*.*.*z", "(?:aa|a)*z",
		"(a|ab)*(?:b|c)*z", "(?=.*a.*a.*a.*z)a", "(\\w+) .*\\1z", "a.{0,80}a.{0,80}a.{0,80}z",
		"\\ba.{0,120}\\ba.{0,120}z", "(?:.{0,9} ){0,9}z", "(a(?:b|(?1))*)z", "x*y*a*b*z",
		"(?<=a)(?:a|aa)+z", "a[^z]*a[^z]*a[^z]*z", "(?:a|a){20}z", "(?:a|aa){25}z",
		"(?:a|a)(?:a|a)(?:a|a)(?:a|a)(?:a|a)(?:a|a)(?:a|a)(?:a|a)(?:a|a)(?:a|a)(?:a|a)(?:a|a)z",
		"\\b(?:vỡ|a)(?: [^ ]+){0,30}(?: [^ ]+){0,30} (?:z|đập z)",
		"[ab].{0,40}[ab].{0,40}[ab].{0,40}zz", "(?:.{0,80}b){3}zz", "(?:.{0,40} ){3}zz",
		"(?:[ab ]{0,80}b){3}zz", "ab.{0,40}a(?:\\w+\\s+){0,6}a(?:\\w+ ){0,20}z(?=z)",
		"(?=.*a.*b.*a.*zz)a", "(a.*)\\1.*zz"};
	static const char *const seeds[] = {"a", " ", "ab", "aab ", "a ", "ỡ", "vỡ ơ", "vỡ ", "aaaa b ",
		"đập vỡ ", "x", "xyb", "aaaaaaaaaaaaaaaaaaaaaaaab", "\n", "a\nb"};
	struct err e = {0};
	for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
		struct ruleset *s = load(
			rule_text("thien-tai.x", "clarify",
				arena_printf(&arena, "  status: live\n  terms: {a: {regex: '%s'}}\n  when: a",
					patterns[i])),
			true, &e);
		if (!s)
			fail_msg("%s: %s", patterns[i], e.text);
		struct rule_matcher *m = rule_matcher_new(s);
		for (size_t k = 0; k < sizeof seeds / sizeof *seeds; k++) {
			double many = worst_of_two(m, seeds[k], PARAGRAPH_MAX * 4),
			       one = worst_of_two(m, seeds[k], PARAGRAPH_MAX - 96);
			if (many > 50 || one > 50)
				fail_msg("%s on \"%s\": %.1f, %.1f ms", patterns[i], seeds[k], many, one);
		}
		rule_matcher_free(m);
		ruleset_free(s);
	}
}

/* ---- the shipped set ---- */

static struct gazetteer *places;
static struct ruleset *shipped;

static int load_shipped(void **state)
{
	(void)state;
	struct err e = {0};
	const char *p = in_source("rules/places"), *r = in_source("rules");
	struct rule_load how = {.today = today};
	if (gazetteer_load(&p, 1, &places, &e) == 0 && ruleset_load(&r, 1, places, &how, &shipped, &e) == 0)
		return 0;
	print_error("%s:%ld:%ld: %s [%s] [%s]\n", e.where, e.line, e.col, e.text, e.arg[0], e.arg[1]);
	return -1;
}

static int drop_shipped(void **state)
{
	(void)state;
	ruleset_free(shipped);
	gazetteer_free(places);
	return 0;
}

static void shipped_rules_pass_their_tests(void **state)
{
	(void)state;
	struct str failed = {0};
	size_t ran;
	size_t n = ruleset_test(shipped, &ran, count_failed, &failed);
	if (n)
		print_error("%s", failed.p);
	assert_int_equal(n, 0);
	assert_true(ran >= 400);
	str_release(&failed);
}

static void shipped_rules_cover_every_topic(void **state)
{
	(void)state;
	static const char *const topics[] = {"thien-tai", "dich-benh", "thuc-pham", "sap-nhap", "gia-mao",
		"dat-dai", "dau-tu", "lua-dao", "du-lich", "chu-quyen", "anh-cu", "an-ninh", "moi-truong",
		"ky-bi", "phan-anh", "quan-tam"};
	const struct rule_info *rules;
	size_t n = ruleset_rules(shipped, &rules);
	for (size_t t = 0; t < sizeof topics / sizeof *topics; t++) {
		size_t live = 0;
		for (size_t i = 0; i < n; i++)
			live += strcmp(rules[i].topic, topics[t]) == 0 &&
				strcmp(rules[i].status, "live") == 0;
		if (!live)
			fail_msg("no live rule for %s", topics[t]);
	}
	assert_true(n >= 60);
	for (size_t i = 0; i < n; i++)
		assert_false(rules[i].expired || rules[i].review_due);
}

/* What came of all passages of tests/golden/triage. */
struct measure {
	unsigned passages, none, expected, found, wrong, other_topic, answered, seen_answered, open, hidden;
};

static void measure_one(struct measure *m, struct rule_matcher *matcher, const struct json *p)
{
	struct arena a = {0};
	struct report rep = {0};
	struct folded_article f;
	struct article x = {.title = arena_dup(&a, json_get_string(p, "title")),
		.text = arena_dup(&a, json_get_string(p, "text")),
		.source.kind = "national"};
	const char *id = arena_dup(&a, json_get_string(p, "id")),
		   *place = arena_dup(&a, json_get_string(p, "place"));
	struct span expect = json_get_string(p, "expect"), topic = json_get_string(p, "topic");
	bool open = false, right_topic = false;
	assert_true(!*place || gazetteer_unit(places, place)); /* without one: all are watched */
	article_fold(&a, &x, &f, &rep);
	place_find(places, &a, &f, &x);
	for (size_t i = 0; i < x.n_mentions; i++)
		x.mentions[i].watched = !*place || strcmp(x.mentions[i].place, place) == 0 ||
					strcmp(x.mentions[i].now, place) == 0;
	rule_match(matcher, &a, &f, &x, today * 86400, &rep);
	size_t live = 0;
	for (size_t i = 0; i < x.n_flags; i++) {
		live += !x.flags[i].trial;
		open = open || (!x.flags[i].trial && !x.flags[i].answered);
		right_topic = right_topic || span_is(topic, x.flags[i].topic);
	}
	m->passages++;
	if (span_is(expect, "none")) {
		m->none++;
		m->wrong += live > 0;
		if (live)
			print_error("%s: flagged by %s\n", id, x.flags[0].rule);
	} else {
		bool answered = span_is(expect, "answered");
		assert_true(answered || span_is(expect, "open"));
		m->expected++;
		m->found += live > 0;
		m->other_topic += live > 0 && !right_topic;
		m->answered += live > 0 && answered;
		m->seen_answered += live > 0 && answered && !open;
		m->open += live > 0 && !answered;
		m->hidden += live > 0 && !answered && !open;
		if (!live || (answered && open) || (!answered && !open))
			print_error("%s: %s\n", id,
				!live      ? "not found"
				: answered ? "answer not seen"
					   : "taken as answered");
	}
	report_release(&rep);
	arena_release(&a);
}

static void measure_file(struct measure *m, struct rule_matcher *matcher, const char *path)
{
	struct span text, line;
	struct err e = {0};
	assert_int_equal(file_read(&arena, path, 1 << 22, &text, &e), 0);
	while (span_next(&text, '\n', &line)) {
		struct json *doc;
		if (!line.n)
			continue;
		assert_int_equal(json_parse(line, &doc, &e), 0);
		measure_one(m, matcher, doc);
		json_free(doc);
	}
}

static void print_measure(const char *of, const struct measure *m, double out[4])
{
	out[0] = m->found / (double)(m->found + m->wrong);
	out[1] = m->found / (double)m->expected;
	out[2] = m->seen_answered / (double)m->answered;
	out[3] = m->hidden / (double)m->open;
	print_message(
		"# %s: %u passages, %u of them ordinary: precision %.3f, recall %.3f, answered %.3f, hidden "
		"%.3f, other topic %u\n",
		of, m->passages, m->none, out[0], out[1], out[2], out[3], m->other_topic);
}

/* Sets of which a plain search for the topics' cues finds one open passage in ten: there people say it in
 * words of their own, and the goals are out of reach. */
static bool is_far(const char *path)
{
	static const char *const far[] = {"nineteenth", "twentieth", "twentyfirst", "twentysecond"};
	for (size_t i = 0; i < sizeof far / sizeof *far; i++)
		if (strstr(path, far[i]))
			return true;
	return false;
}

/* The goals of the policy are precision .85, recall .90, answered .95, hidden .03; the bounds here are what
 * is reached, so that a change for the worse is seen. From the eleventh on the files were written by people
 * who had not seen the rules; rules/README.md has what each gave at its first run. */
static void passages_come_out_as_they_should(void **state)
{
	(void)state;
	struct measure near = {0}, far = {0};
	struct err e = {0};
	struct rule_matcher *matcher = rule_matcher_new(shipped);
	char **files;
	size_t n;
	double is[4];
	assert_int_equal(dir_list(&arena, in_source("tests/golden/triage"), ".ndjson", &files, &n, &e), 0);
	for (size_t i = 0; i < n; i++)
		measure_file(is_far(files[i]) ? &far : &near, matcher, files[i]);
	rule_matcher_free(matcher);
	print_measure("near the cues", &near, is);
	assert_true(near.passages >= 600 && near.none * 5 >= near.passages * 2);
	assert_true(is[0] >= 0.97);
	assert_true(is[1] >= 0.92);
	assert_true(is[2] >= 0.97);
	assert_true(is[3] <= 0.02);
	assert_true(near.other_topic * 8 <= near.found); /* what no topic has words for is an-ninh's */
	print_measure("far from them", &far, is);
	assert_true(far.passages >= 600);
	assert_true(is[0] >= 0.92);
	assert_true(is[1] >= 0.57);
	assert_true(is[2] >= 0.87);
	assert_true(is[3] <= 0.07);
}

/* One group: two would print two plans, which is not TAP. */
static int make_all(void **state)
{
	return make_folder(state) + load_shipped(state);
}

static int drop_all(void **state)
{
	return drop_shipped(state) + drop_folder(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(faults_are_told_with_their_place),
		cmocka_unit_test(nesting_has_its_limit),
		cmocka_unit_test(faults_in_rules_are_told),
		cmocka_unit_test(conditions_come_out),
		cmocka_unit_test(a_flag_shows_why),
		cmocka_unit_test(an_answer_in_the_article_is_a_state),
		cmocka_unit_test(a_rule_that_fails_is_a_remark),
		cmocka_unit_test(an_article_has_its_time),
		cmocka_unit_test(expressions_without_a_word_are_told),
		cmocka_unit_test(a_failing_rule_asks_each_part_once),
		cmocka_unit_test(a_long_paragraph_is_seen_in_pieces),
		cmocka_unit_test(one_list_has_its_limit),
		cmocka_unit_test(rules_come_and_go),
		cmocka_unit_test(tests_beside_the_rules_are_run),
		cmocka_unit_test(explanations_say_which_part_failed),
		cmocka_unit_test(shared_lists_serve_rules_elsewhere),
		cmocka_unit_test(shared_conditions_stand_where_terms_do),
		cmocka_unit_test(a_cue_is_found_however_it_is_spelt),
		cmocka_unit_test(no_pattern_takes_long_on_a_paragraph),
		cmocka_unit_test(shipped_rules_pass_their_tests),
		cmocka_unit_test(shipped_rules_cover_every_topic),
		cmocka_unit_test(passages_come_out_as_they_should),
	};
	int rc = cmocka_run_group_tests(tests, make_all, drop_all);
	report_release(&report);
	return rc;
}
