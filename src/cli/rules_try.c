/* rules try: what rules would flag among the articles of the queue, before they go live. Each article is read
 * as the scan reads it; what it carries of the same rule from the day it came is the other side of the
 * difference. */
#include <string.h>

#include "base/clock.h"
#include "cli/commands.h"
#include "cli/rules.h"
#include "digest/digest.h"

#include "base/banned.h"

enum { SAMPLES = 10 };

/* What came of one rule. */
struct tried {
	size_t open, answered, more,
		less;                 /* more: not flagged by it so far; less: flagged by it so far only */
	struct span samples[SAMPLES]; /* titles, in the arena of the run */
	size_t n_samples;
};

struct trial {
	struct cli *c;
	struct rules_open *r;
	struct rule_matcher *m;
	struct arena arena; /* of the article at hand */
	const struct rule_info *rules;
	struct tried *tried; /* by number of the rule */
	size_t n, articles, flagged, broken;
};

static bool has_flag(const struct flag *f, size_t n, const char *rule)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(f[i].rule, rule) == 0)
			return true;
	return false;
}

static void count(struct trial *t, size_t rule, const struct article *x, const struct flag *was, size_t n_was)
{
	struct tried *r = &t->tried[rule];
	const char *id = t->rules[rule].id;
	bool before = has_flag(was, n_was, id);
	if (!has_flag(x->flags, x->n_flags, id)) {
		r->less += before;
		return;
	}
	for (size_t i = 0; i < x->n_flags; i++)
		if (strcmp(x->flags[i].rule, id) == 0)
			*(x->flags[i].answered ? &r->answered : &r->open) += 1;
	r->more += !before;
	if (r->n_samples < SAMPLES && !before)
		r->samples[r->n_samples++] = arena_span(&t->c->arena, span_of(x->title ? x->title
									      : x->url ? x->url
										       : x->id));
}

static int try_article(struct span line, void *ctx)
{
	struct trial *t = ctx;
	struct article x;
	struct err e = {0};
	struct report rep = {0};
	struct folded_article f;
	if (article_read(&t->arena, line, &x, &e) == 0) {
		const struct flag *was = x.flags;
		size_t n_was = x.n_flags;
		article_fold(&t->arena, &x, &f, &rep);
		place_find(t->r->places, &t->arena, &f, &x);
		rule_match(t->m, &t->arena, &f, &x, t->c->now, &rep);
		for (size_t i = 0; i < t->n; i++)
			count(t, i, &x, was, n_was);
		t->articles++;
		t->flagged += x.n_flags > 0;
	} else {
		t->broken++;
	}
	report_release(&rep);
	arena_clear(&t->arena);
	return 0;
}

static void put_number(struct sheet *s, size_t n)
{
	struct str text = {0};
	str_addf(&text, "%zu", n);
	sheet_cell(s, text.p, NULL, NULL);
	str_release(&text);
}

static void put_trial(const struct trial *t, bool csv)
{
	static const struct sheet_column cols[] = {{"rule", N_("rule"), SHEET_STRETCH},
		{"open", N_("open"), SHEET_RIGHT}, {"answered", N_("answered"), SHEET_RIGHT},
		{"per_1000", N_("per 1,000"), SHEET_RIGHT}, {"new", N_("new"), SHEET_RIGHT},
		{"gone", N_("gone"), SHEET_RIGHT}};
	struct sheet *s = sheet_new(t->c, csv ? SHEET_CSV : SHEET_TABLE, cols, sizeof cols / sizeof *cols);
	for (size_t i = 0; i < t->n; i++) {
		const struct tried *r = &t->tried[i];
		struct str rate = {0};
		size_t all = r->open + r->answered;
		str_addf(&rate, "%.2f", t->articles ? (double)all * 1e3 / (double)t->articles : 0);
		sheet_cell(s, t->rules[i].id, NULL, NULL);
		put_number(s, r->open);
		put_number(s, r->answered);
		sheet_cell(s, rate.p, NULL, NULL);
		put_number(s, r->more);
		put_number(s, r->less);
		str_release(&rate);
	}
	sheet_free(s);
}

static void put_samples(const struct trial *t)
{
	struct str s = {0};
	for (size_t i = 0; i < t->n; i++) {
		if (t->tried[i].n_samples)
			str_addf(&s, "\n%s\n", t->rules[i].id);
		for (size_t k = 0; k < t->tried[i].n_samples; k++) {
			struct str safe = {0};
			show_safe(&safe, t->tried[i].samples[k], true);
			str_adds(&s, "  ");
			str_add(&s, str_span(&safe));
			str_addc(&s, '\n');
			str_release(&safe);
		}
	}
	out_str(&s);
	str_release(&s);
}

static int run(struct trial *t, int64_t since, bool csv)
{
	struct queue *q = NULL;
	struct err e = {0};
	int rc = cli_queue(t->c, QUEUE_READ, &q, &e);
	if (rc == 0)
		rc = queue_each_article(q, since, try_article, t, &e);
	queue_close(q);
	if (rc < 0)
		return say_err(t->c, NULL, &e);
	put_trial(t, csv);
	if (!csv)
		put_samples(t);
	struct str a = {0}, b = {0};
	str_addf(&a, "%zu", t->articles);
	str_addf(&b, "%zu", t->flagged);
	say(t->c, N_("%1 stored articles, %2 of them flagged"), a.p, b.p);
	str_release(&a);
	str_release(&b);
	return t->broken ? EXIT_SOME : t->c->status;
}

int rules_try(struct cli *c, int argc, char **argv)
{
	int64_t since = 0;
	bool csv = false;
	struct texts files = {0};
	const struct opt opts[] = {
		{OPT_TIME, 0, "since", N_("TIME"),
			N_("only articles that came since then: a day, or how long ago as 30d"), &since},
		{OPT_FLAG, 0, "csv", NULL, N_("print CSV, without samples"), &csv}, {.type = OPT_END}};
	struct rules_open r;
	int n = cli_options(c, argc, argv, opts, N_("FILE…"),
		N_("Says what rules would flag among the stored articles, and what is new in that."));
	if (n < 0)
		return c->status;
	if (n == 0)
		return cli_usage(c, N_("which rules? Give a file or folder"), NULL, NULL);
	files.p = (const char **)(argv + 1);
	files.n = (size_t)n;
	int status = rules_open(c, &files, true, &r);
	if (status != EXIT_OK)
		return status;
	struct trial t = {.c = c, .r = &r, .m = rule_matcher_new(r.set)};
	t.n = ruleset_rules(r.set, &t.rules);
	t.tried = arena_array(&c->arena, struct tried, t.n + 1);
	status = run(&t, since, csv);
	rule_matcher_free(t.m);
	arena_release(&t.arena);
	rules_close(&r);
	return status;
}
