/* rules: the rules. This file finds the verb and lists; the other verbs are beside it. */
#include <string.h>

#include "base/json.h"
#include "cli/commands.h"
#include "cli/item.h"
#include "cli/rules.h"
#include "digest/digest.h"

#include "base/banned.h"

int rules_open(struct cli *c, const struct texts *files, bool unchecked, struct rules_open *out)
{
	struct err e = {0};
	*out = (struct rules_open){0};
	if (cli_gazetteer(c, &out->places, &e) == 0 &&
		cli_rules(c, out->places, files, unchecked, &out->set, &e) == 0)
		return EXIT_OK;
	rules_close(out);
	return say_err(c, NULL, &e);
}

void rules_close(struct rules_open *r)
{
	ruleset_free(r->set);
	gazetteer_free(r->places);
	*r = (struct rules_open){0};
}

/* ---- list ---- */

const char *rules_day(int64_t days, char out[STAMP_MAX])
{
	struct stamp s = {.at = days * 86400, .known = days != 0, .date_only = true};
	stamp_format(s, out);
	return out;
}

static const char *state_of(const struct rule_info *r)
{
	return r->expired ? "expired" : r->status;
}

static const char *show_status(const char *state)
{
	static const char *const words[][2] = {{"trial", N_("trial")}, {"live", N_("live")},
		{"retired", N_("retired")}, {"expired", N_("expired")}};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i][0], state) == 0)
			return _(words[i][1]);
	return state;
}

static void put_json(const struct rule_info *r)
{
	struct str s = {0};
	struct json_writer w = {&s, false};
	char date[STAMP_MAX];
	json_begin_object(&w);
	json_field(&w, "id", r->id);
	json_field(&w, "title", r->title);
	json_field(&w, "topic", r->topic);
	json_field(&w, "action", r->action);
	json_field(&w, "status", state_of(r));
	json_field_int(&w, "weight", r->weight);
	if (r->due)
		json_field_int(&w, "due", r->due);
	json_field(&w, "owner", r->owner);
	json_field(&w, "why", r->why);
	json_field(&w, "do", r->todo);
	json_field(&w, "created", rules_day(r->created, date));
	json_field(&w, "review_by", rules_day(r->review_by, date));
	json_field_opt(&w, "expires", rules_day(r->expires, date));
	json_key(&w, "review_due");
	json_put_bool(&w, r->review_due);
	json_field_int(&w, "tests", (int64_t)r->tests);
	json_field(&w, "file", r->file);
	json_field_int(&w, "line", r->line);
	json_end_object(&w);
	str_addc(&s, '\n');
	out_str(&s);
	str_release(&s);
}

static void put_row(struct sheet *t, const struct rule_info *r, bool csv)
{
	char date[STAMP_MAX];
	struct str n = {0};
	str_addf(&n, "%d", r->weight);
	sheet_cell(t, r->id, NULL, NULL);
	sheet_cell(t, csv ? r->topic : show_topic(r->topic), NULL, NULL);
	sheet_cell(t, csv ? r->action : show_action(r->action), NULL, NULL);
	sheet_cell(t, csv ? state_of(r) : show_status(state_of(r)), NULL,
		strcmp(state_of(r), "live") == 0 ? "32" : "2");
	sheet_cell(t, n.p, NULL, NULL);
	sheet_cell(t, rules_day(r->review_by, date), NULL, r->review_due ? "31" : NULL);
	sheet_cell(t, r->title, NULL, NULL);
	str_release(&n);
}

static void put_rows(struct cli *c, const struct rule_info *rules, size_t n, bool json, bool csv)
{
	static const struct sheet_column cols[] = {{"id", N_("rule"), 0}, {"topic", N_("topic"), SHEET_SPARE},
		{"action", N_("action"), 0}, {"status", N_("status"), 0},
		{"weight", N_("weight"), SHEET_RIGHT | SHEET_SPARE},
		{"review_by", N_("review by"), SHEET_SPARE}, {"title", N_("title"), SHEET_STRETCH}};
	struct sheet *t =
		json ? NULL : sheet_new(c, csv ? SHEET_CSV : SHEET_TABLE, cols, sizeof cols / sizeof *cols);
	for (size_t i = 0; i < n; i++) {
		if (json)
			put_json(&rules[i]);
		else
			put_row(t, &rules[i], csv);
	}
	if (t)
		sheet_free(t);
}

static int rules_list(struct cli *c, int argc, char **argv)
{
	bool json = false, csv = false;
	struct texts files = {0};
	const struct opt opts[] = {{OPT_FLAG, 0, "json", NULL, N_("print NDJSON"), &json},
		{OPT_FLAG, 0, "csv", NULL, N_("print CSV"), &csv},
		{OPT_LIST, 0, "rules", N_("FILE"), N_("read rules from this file or folder (repeatable)"),
			&files},
		{.type = OPT_END}};
	struct rules_open r;
	const struct rule_info *rules;
	int n = cli_options(c, argc, argv, opts, NULL, N_("Lists the rules in force."));
	if (n < 0)
		return c->status;
	if (n > 0)
		return cli_usage(c, N_("unexpected operand %1"), argv[1], NULL);
	if (!cli_one_form(c, json + csv, "--json, --csv"))
		return EXIT_USAGE;
	int status = rules_open(c, &files, true, &r);
	if (status != EXIT_OK)
		return status;
	size_t count = ruleset_rules(r.set, &rules);
	out_pager(c);
	put_rows(c, rules, count, json, csv);
	rules_close(&r);
	return c->status;
}

/* ---- the verbs ---- */

int cmd_rules(struct cli *c, int argc, char **argv)
{
	static const struct command verbs[] = {{"list", N_("the rules in force"), rules_list},
		{"check", N_("read rules and run their tests"), rules_check},
		{"try", N_("what rules would flag among the stored articles"), rules_try},
		{"explain", N_("how the rules come out on a text"), rules_explain},
		{"mute", N_("do not hear a rule for a while"), rules_mute},
		{"stats", N_("how many of the items of each rule people confirmed"), queue_stats},
		{NULL, NULL, NULL}};
	return cli_verbs(c, verbs, argc, argv);
}
