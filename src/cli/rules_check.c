/* rules check: all that can be wrong with rules, told with its place: their grammar and policy (found while
 * they are read), the tests beside them, slow expressions, what flags ordinary news or too much of what the
 * office has stored, what is double. */
#include <string.h>

#include "base/file.h"
#include "base/limits.h"
#include "cli/rules_trial.h"

#include "base/banned.h"

struct testing {
	struct cli *c;
	const char *rule, *file; /* of the first test that does not hold; NULL: all do */
};

static void on_failed(const struct rule_info *r, const char *file, long line, long col, const char *kind,
	const char *text, void *ctx)
{
	static const char *const words[][2] = {{"hit", N_("rule %1 misses what it should find: %2")},
		{"miss", N_("rule %1 finds what it should leave alone: %2")},
		{"open", N_("rule %1 sees an answer where there is none: %2")},
		{"answered", N_("rule %1 does not see the answer: %2")},
		{"slow", N_("rule %1 has a regular expression that is too slow: %2")}};
	struct testing *t = ctx;
	struct err e = {0};
	if (!t->rule && strcmp(kind, "slow") != 0) {
		t->rule = r->id;
		t->file = arena_strdup(&t->c->arena, file);
	}
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i][0], kind) == 0)
			err_set(&e, ERR_CONF, words[i][1], r->id, text);
	err_at(&e, file, line, col);
	say_err(t->c, NULL, &e);
}

/* Tells rules whose review is due; returns how many. */
static size_t tell_reviews(struct cli *c, const struct rule_info *rules, size_t n)
{
	size_t due = 0;
	char date[STAMP_MAX];
	for (size_t i = 0; i < n; i++) {
		if (rules[i].expired)
			say(c, N_("rule %1 expired on %2 and is left out"), rules[i].id,
				rules_day(rules[i].expires, date));
		else if (rules[i].review_due)
			say(c, N_("rule %1 was to be reviewed by %2"), rules[i].id,
				rules_day(rules[i].review_by, date));
		due += rules[i].expired || rules[i].review_due;
	}
	return due;
}

static void add_counts(struct str *out, const char *text, size_t n, size_t of)
{
	struct str a = {0}, b = {0};
	str_addf(&a, "%zu", n);
	str_addf(&b, "%zu", of);
	err_format(out, _(text), a.p, b.p);
	str_release(&a);
	str_release(&b);
}

/* A rule that flags so many ordinary items is too broad. All the rules of an office together should flag no
 * more than 4 in 1,000; the sample is too small to speak of one. */
enum { BROAD_ITEMS = 2 };

static int tell_broad(
	struct cli *c, const struct rules_open *r, const struct rule_info *rules, size_t n, size_t *broad)
{
	struct rule_survey s;
	struct err e = {0};
	int status = EXIT_OK;
	*broad = 0;
	if (ruleset_survey(r->set, path_join(&c->arena, c->data, "rules/neutral"), &s, &e) < 0) {
		status = say_err(c, NULL, &e);
	} else {
		for (size_t i = 0; i < n; i++) {
			struct err too = {0};
			if (s.found[i].n < BROAD_ITEMS)
				continue;
			++*broad;
			err_set(&too, ERR_CONF, N_("rule %1 is too broad: it flags ordinary news as \"%2\""),
				rules[i].id, s.found[i].example);
			err_todo(&too, N_("join it with more, or nearer, words"));
			err_at(&too, rules[i].file, rules[i].line, 0);
			say_err(c, NULL, &too);
		}
		struct str out = {0};
		add_counts(&out, N_("ordinary items: %1, flagged: %2"), s.items, s.flagged);
		str_addc(&out, '\n');
		out_str(&out);
		str_release(&out);
	}
	rule_survey_release(&s);
	return status;
}

/* So many of 1,000 stored articles are too many for one rule; of fewer articles nothing is said. */
enum { BROAD_PER_1000 = 10, STORED_MIN = 1000, STORED_DAYS = 30 };

static void tell_stored_rule(struct cli *c, const struct rule_info *r, int64_t per_1000)
{
	struct err e = {0};
	struct str n = {0};
	str_addf(&n, "%lld", (long long)per_1000);
	err_set(&e, ERR_CONF, N_("rule %1 is too broad: it flags %2 of 1,000 stored articles"), r->id, n.p);
	err_todo(&e, N_("\"soatin rules try\" shows some; join it with more, or nearer, words"));
	err_at(&e, r->file, r->line, 0);
	say_err(c, NULL, &e);
	str_release(&n);
}

/* The same on the articles the office has, when it has a queue. */
static int tell_stored(struct cli *c, const struct rules_open *r, size_t *broad)
{
	struct trial t;
	struct err e = {0};
	int status = EXIT_OK;
	trial_init(&t, r, c->now);
	if (cli_settings(c, &e) < 0) {
		status = say_err(c, NULL, &e);
	} else if (!file_exists(cli_queue_path(c))) {
		/* nothing stored */
	} else if (trial_run(&t, c, c->now - STORED_DAYS * (int64_t)86400, &e) < 0) {
		status = say_err(c, NULL, &e);
	} else {
		for (size_t i = 0; i < t.n && t.articles >= STORED_MIN; i++) {
			int64_t rate = (t.tried[i].open + t.tried[i].answered) * 1000 / t.articles;
			if (rate < BROAD_PER_1000)
				continue;
			++*broad;
			tell_stored_rule(c, &t.rules[i], rate);
		}
		struct str out = {0};
		add_counts(&out, N_("stored articles of 30 days: %1, flagged: %2"), (size_t)t.articles,
			(size_t)t.flagged);
		str_addc(&out, '\n');
		out_str(&out);
		str_release(&out);
	}
	trial_release(&t);
	return status;
}

static void on_overlap(const struct rule_info *a, const struct rule_info *b, void *ctx)
{
	struct cli *c = ctx;
	say(c, N_("rules %1 and %2 find each other's examples: are they one?"), a->id, b->id);
}

/* Those that cost something; a title's end is looked at for next to nothing. */
struct wordless {
	struct cli *c;
	size_t n;
};

static void on_wordless(
	const struct rule_info *r, const char *file, long line, long col, int64_t us_a_megabyte, void *ctx)
{
	struct wordless *w = ctx;
	struct err e = {0};
	struct str ms = {0};
	if (us_a_megabyte <= RULE_WORDLESS_COST)
		return;
	w->n++;
	str_addf(&ms, "%lld.%lld", (long long)us_a_megabyte / 1000, (long long)us_a_megabyte / 100 % 10);
	err_set(&e, ERR_CONF,
		N_("rule %1 runs a regular expression on whole paragraphs, for no word is sure to begin what "
		   "it finds: %2 ms for a megabyte of text"),
		r->id, ms.p);
	err_todo(&e, N_("let it begin with \\b and words, or name words and join them with near"));
	err_at(&e, file, line, col);
	say_err(w->c, NULL, &e);
	str_release(&ms);
}

int rules_check(struct cli *c, int argc, char **argv)
{
	const struct opt opts[] = {{.type = OPT_END}};
	struct texts files = {0};
	struct rules_open r;
	const struct rule_info *rules;
	size_t ran;
	int n = cli_options(c, argc, argv, opts, N_("[FILE…]"),
		N_("Reads the rules, runs the tests beside them and tries them on ordinary news and on what "
		   "is stored. Exit status 2: a fault; 1: a review is due, two rules are one, one flags too "
		   "much of what is stored, or a regular expression runs on whole paragraphs."));
	if (n < 0)
		return c->status;
	files.p = (const char **)(argv + 1);
	files.n = (size_t)n;
	int status = rules_open(c, &files, false, &r);
	if (status != EXIT_OK)
		return status;
	size_t count = ruleset_rules(r.set, &rules);
	struct testing tests = {.c = c};
	size_t failed = ruleset_test(r.set, &ran, on_failed, &tests);
	if (tests.rule)
		say(c, N_("why: soatin rules explain --rules %1 --rule %2 TEXT"), tests.file, tests.rule);
	size_t due = tell_reviews(c, rules, count);
	size_t pairs = ruleset_overlaps(r.set, on_overlap, c), broad = 0, often = 0;
	struct wordless slow = {c, 0};
	ruleset_wordless(r.set, on_wordless, &slow);
	struct str out = {0};
	add_counts(&out, N_("rules: %1, tests: %2"), count, ran);
	str_adds(&out, ", ");
	add_counts(&out, N_("failed: %1"), failed, 0);
	str_addc(&out, '\n');
	out_str(&out);
	str_release(&out);
	status = tell_broad(c, &r, rules, count, &broad);
	if (status == EXIT_OK)
		status = tell_stored(c, &r, &often);
	rules_close(&r);
	return status                              ? status
	       : (failed || broad)                 ? EXIT_USAGE
	       : (due || pairs || slow.n || often) ? EXIT_SOME
						   : c->status;
}
