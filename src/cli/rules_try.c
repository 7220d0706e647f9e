/* rules try: what rules would flag among the articles of the queue, before they go live. Each article is read
 * as the scan reads it; what it carries of the same rule from the day it came is the other side of the
 * difference. */
#include <string.h>

#include "cli/commands.h"
#include "cli/rules_trial.h"
#include "digest/digest.h"

#include "base/banned.h"

static void put_number(struct sheet *s, int64_t n)
{
	struct str text = {0};
	str_addf(&text, "%lld", (long long)n);
	sheet_cell(s, text.p, NULL, NULL);
	str_release(&text);
}

static void put_trial(struct cli *c, const struct trial *t, bool csv)
{
	static const struct sheet_column cols[] = {{"rule", N_("rule"), SHEET_STRETCH},
		{"open", N_("open"), SHEET_RIGHT}, {"answered", N_("answered"), SHEET_RIGHT},
		{"per_1000", N_("per 1,000"), SHEET_RIGHT}, {"new", N_("new"), SHEET_RIGHT},
		{"gone", N_("no more"), SHEET_RIGHT}};
	struct sheet *s = sheet_new(c, csv ? SHEET_CSV : SHEET_TABLE, cols, sizeof cols / sizeof *cols);
	for (size_t i = 0; i < t->n; i++) {
		const struct tried *r = &t->tried[i];
		struct str rate = {0};
		int64_t all = r->open + r->answered;
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
			show_safe(&safe, t->tried[i].samples[k].title, true);
			str_adds(&s, "  ");
			str_add(&s, str_span(&safe));
			str_addc(&s, '\n');
			str_release(&safe);
		}
	}
	out_str(&s);
	str_release(&s);
}

static int run(struct cli *c, struct trial *t, int64_t since, bool csv)
{
	struct err e = {0};
	if (trial_run(t, c, since, &e) < 0)
		return say_err(c, NULL, &e);
	put_trial(c, t, csv);
	if (!csv)
		put_samples(t);
	struct str a = {0}, b = {0};
	str_addf(&a, "%lld", (long long)t->articles);
	str_addf(&b, "%lld", (long long)t->flagged);
	say(c, N_("%1 stored articles, %2 of them flagged"), a.p, b.p);
	str_release(&a);
	str_release(&b);
	return t->broken ? EXIT_SOME : c->status;
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
	struct trial t;
	trial_init(&t, &r, c->now);
	status = run(c, &t, since, csv);
	trial_release(&t);
	rules_close(&r);
	return status;
}
