/* rules mute: an office does not want to hear a rule for a while. The mutes stand in a file beside the
 * configuration, which no update touches. */
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "cli/commands.h"
#include "cli/names.h"
#include "cli/rules.h"

#include "base/banned.h"

static bool is_rule(const struct ruleset *s, const char *id)
{
	const struct rule_info *rules;
	size_t n = ruleset_rules(s, &rules);
	for (size_t i = 0; i < n; i++)
		if (strcmp(rules[i].id, id) == 0)
			return true;
	return false;
}

/* The office's day. */
static int64_t day_of(const struct cli *c, int64_t at)
{
	return (at + c->settings.zone_minutes * 60) / 86400;
}

static int list(struct cli *c, bool csv)
{
	static const struct sheet_column cols[] = {{"rule", N_("rule"), 0}, {"source", N_("source"), 0},
		{"until", N_("until"), 0}, {"why", N_("why"), SHEET_STRETCH | SHEET_WRAP}};
	struct mute *m;
	size_t n;
	struct err e = {0};
	if (cli_settings(c, &e) < 0 || mutes_load(&c->arena, cli_mutes_path(c), &m, &n, &e) < 0)
		return say_err(c, NULL, &e);
	if (n == 0 && !csv) {
		if (out_is_terminal())
			say(c, N_("nothing to show"), NULL, NULL);
		return c->status;
	}
	struct sheet *t = sheet_new(c, csv ? SHEET_CSV : SHEET_TABLE, cols, sizeof cols / sizeof *cols);
	int64_t today = day_of(c, c->now);
	for (size_t i = 0; i < n; i++) {
		char day[STAMP_MAX];
		bool over = m[i].until < today;
		sheet_cell(t, m[i].rule, NULL, NULL);
		sheet_cell(t, m[i].source ? m[i].source : csv ? "" : _("all"), NULL, NULL);
		sheet_cell(t, rules_day(m[i].until, day), NULL, over ? "2" : NULL);
		sheet_cell(t, m[i].why ? m[i].why : "", NULL, NULL);
	}
	sheet_free(t);
	return c->status;
}

static bool read_day(const struct cli *c, const char *s, int64_t *days)
{
	int64_t at;
	bool alone;
	if (!read_shown(c, span_of(s), &at, &alone) || !alone)
		return false;
	*days = day_of(c, at);
	return true;
}

/* Is there such a rule, and such a source among those a scan reads? */
static int known(struct cli *c, const struct mute *m)
{
	struct texts none = {0};
	struct rules_open r;
	struct source_list l = {0};
	struct err e = {0};
	int status = rules_open(c, &none, true, &r);
	if (status != EXIT_OK)
		return status;
	if (!is_rule(r.set, m->rule)) {
		status = cli_no_rule(c, r.set, m->rule);
	} else if (m->source && cli_sources(c, r.places, &none, &l, &e) < 0) {
		status = say_err(c, NULL, &e);
	} else if (m->source) {
		size_t i = 0;
		while (i < l.n && strcmp(l.p[i].id, m->source) != 0)
			i++;
		if (i == l.n)
			status = cli_no_source(c, &l, m->source);
	}
	rules_close(&r);
	return status;
}

static int put(struct cli *c, const struct mute *m)
{
	const char *path = cli_mutes_path(c);
	struct err e = {0};
	char day[STAMP_MAX];
	int status = known(c, m);
	if (status != EXIT_OK)
		return status;
	if (dir_make_above(path, &e) < 0 || mutes_put(path, m, &e) < 0)
		return say_err(c, NULL, &e);
	say(c, N_("%1 is muted until %2"), m->rule, rules_day(m->until, day));
	return c->status;
}

static int lift(struct cli *c, const struct mute *m)
{
	struct err e = {0};
	bool found;
	if (mutes_drop(cli_mutes_path(c), m->rule, m->source, &found, &e) < 0)
		return say_err(c, NULL, &e);
	if (!found)
		return cli_usage(
			c, N_("%1 is not muted so; \"soatin rules mute\" lists the mutes"), m->rule, NULL);
	say(c, N_("%1 is heard again"), m->rule, NULL);
	return c->status;
}

int rules_mute(struct cli *c, int argc, char **argv)
{
	const char *until = NULL;
	bool off = false, csv = false;
	struct mute m = {0};
	struct err e = {0};
	const struct opt opts[] = {{OPT_TEXT, 0, "source", N_("ID"),
					   N_("only articles of this source; without: of all"), &m.source},
		{OPT_TEXT, 0, "until", N_("DATE"), N_("the last muted day, as 2026-12-31"), &until},
		{OPT_TEXT, 0, "why", N_("TEXT"), N_("the reason, for whoever comes next"), &m.why},
		{OPT_FLAG, 0, "off", NULL, N_("hear it again"), &off},
		{OPT_FLAG, 0, "csv", NULL, N_("without a rule: print CSV"), &csv}, {.type = OPT_END}};
	int n = cli_options(c, argc, argv, opts, N_("[RULE]"),
		N_("Leaves out what a rule flags, for a while; without a rule, lists what is muted."));
	if (n < 0)
		return c->status;
	if (n > 1)
		return cli_usage(c, N_("unexpected operand %1"), argv[2], NULL);
	if (n == 0)
		return list(c, csv);
	m.rule = argv[1];
	if (off)
		return lift(c, &m);
	if (!until)
		return cli_usage(c, N_("until when? Give --until DATE"), NULL, NULL);
	if (cli_settings(c, &e) < 0)
		return say_err(c, NULL, &e);
	if (!read_day(c, until, &m.until))
		return cli_usage(c, N_("option --%1 takes a day as 2026-12-31 or 31/12/2026, not \"%2\""),
			"until", until);
	if (m.until < day_of(c, c->now))
		return cli_usage(c, N_("%1 is over already"), until, NULL);
	return put(c, &m);
}
