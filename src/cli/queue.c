/* queue: the open items, most urgent first, as a table for people and as NDJSON, CSV, TSV or bare numbers for
 * programs. */
#include <string.h>

#include "base/clock.h"
#include "cli/commands.h"
#include "cli/item.h"
#include "cli/names.h"

#include "base/banned.h"

enum form { FORM_TABLE, FORM_JSON, FORM_CSV, FORM_TSV, FORM_NUMBERS };

static void put_number(struct sheet *t, const struct cli *c, int64_t v, const char *style)
{
	struct str shown = {0}, data = {0};
	show_number(c, v, &shown);
	str_addf(&data, "%lld", (long long)v);
	sheet_cell(t, shown.p, data.p, style);
	str_release(&shown);
	str_release(&data);
}

static void put_time(struct sheet *t, int64_t at)
{
	char text[STAMP_MAX] = "";
	if (at)
		clock_format_utc(at, text);
	sheet_cell(t, text, NULL, NULL);
}

/* What stands in the last column: the state, and who has it. */
static void put_state(struct sheet *t, const struct item *it)
{
	struct str s = {0};
	if (it->state == ITEM_NEW && !it->returning && !it->answered_by_source)
		str_adds(&s, "");
	else if (it->who && it->state == ITEM_TAKEN)
		err_format(&s, _("%1 (%2)"), item_state_word(it), it->who);
	else
		str_adds(&s, item_state_word(it));
	sheet_cell(t, s.p, NULL, it->returning ? "35" : NULL);
	str_release(&s);
}

static void put_table(const struct cli *c, const struct item *items, size_t n)
{
	static const struct sheet_column cols[] = {{"number", N_("no."), SHEET_RIGHT},
		{"priority", N_("prio."), SHEET_RIGHT}, {"due", N_("time"), SHEET_RIGHT},
		{"action", N_("action"), 0}, {"topic", N_("topic"), SHEET_SPARE},
		{"title", N_("title"), SHEET_STRETCH}, {"sources", N_("src."), SHEET_RIGHT | SHEET_SPARE},
		{"state", N_("state"), 0}};
	struct sheet *t = sheet_new(c, SHEET_TABLE, cols, sizeof cols / sizeof *cols);
	for (size_t i = 0; i < n; i++) {
		const struct item *it = &items[i];
		struct str left = {0};
		item_left(c, it, &left);
		sheet_cell(
			t, arena_printf((struct arena *)&c->arena, "%lld", (long long)it->number), NULL, "1");
		put_number(t, c, it->priority.total, NULL);
		sheet_cell(t, left.p, NULL, item_left_style(c, it));
		sheet_cell(t, show_action(it->action), NULL, NULL);
		sheet_cell(t, show_topic(it->topic), NULL, NULL);
		sheet_cell(t, it->title, NULL, NULL);
		put_number(t, c, it->sources, NULL);
		put_state(t, it);
		str_release(&left);
	}
	sheet_free(t);
}

static void put_data(const struct cli *c, enum sheet_format f, const struct item *items, size_t n)
{
	static const struct sheet_column cols[] = {{"number", NULL, 0}, {"priority", NULL, 0},
		{"state", NULL, 0}, {"returning", NULL, 0}, {"answered", NULL, 0}, {"who", NULL, 0},
		{"action", NULL, 0}, {"topic", NULL, 0}, {"rule", NULL, 0}, {"due", NULL, 0},
		{"first_seen", NULL, 0}, {"last_seen", NULL, 0}, {"sources", NULL, 0}, {"copies", NULL, 0},
		{"lang", NULL, 0}, {"title", NULL, 0}, {"url", NULL, 0}};
	struct sheet *t = sheet_new(c, f, cols, sizeof cols / sizeof *cols);
	for (size_t i = 0; i < n; i++) {
		const struct item *it = &items[i];
		put_number(t, c, it->number, NULL);
		put_number(t, c, it->priority.total, NULL);
		sheet_cell(t, item_states[it->state], NULL, NULL);
		sheet_cell(t, it->returning ? "true" : "false", NULL, NULL);
		sheet_cell(t, it->answered_by_source ? "true" : "false", NULL, NULL);
		sheet_cell(t, it->who, NULL, NULL);
		sheet_cell(t, it->action, NULL, NULL);
		sheet_cell(t, it->topic, NULL, NULL);
		sheet_cell(t, it->rule, NULL, NULL);
		put_time(t, it->due);
		put_time(t, it->first_seen);
		put_time(t, it->last_seen);
		put_number(t, c, it->sources, NULL);
		put_number(t, c, it->copies, NULL);
		sheet_cell(t, it->lang, NULL, NULL);
		sheet_cell(t, it->title, NULL, NULL);
		sheet_cell(t, it->url, NULL, NULL);
	}
	sheet_free(t);
}

static void put_items(struct cli *c, enum form form, const struct item *items, size_t n)
{
	struct str s = {0};
	switch (form) {
	case FORM_TABLE:
		if (n) {
			out_pager(c);
			put_table(c, items, n);
		} else if (out_is_terminal())
			say(c, N_("nothing to show"), NULL, NULL);
		break;
	case FORM_CSV:
	case FORM_TSV:
		put_data(c, form == FORM_CSV ? SHEET_CSV : SHEET_TSV, items, n);
		break;
	case FORM_JSON:
		for (size_t i = 0; i < n; i++) {
			item_write(&items[i], &s);
			str_addc(&s, '\n');
			out_str(&s);
		}
		break;
	case FORM_NUMBERS:
		for (size_t i = 0; i < n; i++) {
			str_addf(&s, "%lld", (long long)items[i].number);
			str_addc(&s, 0);
			out_str(&s);
		}
		break;
	}
	str_release(&s);
}

static const char *joined(struct cli *c, int n, char **words)
{
	const char *text = NULL;
	for (int i = 0; i < n; i++)
		text = text ? arena_printf(&c->arena, "%s %s", text, words[i]) : words[i];
	return text;
}

/* A topic, an action or a place that is none would find nothing, and look as if all were well. A rule or a
 * source may be one that the queue remembers alone. */
static bool names_known(struct cli *c, struct item_query *want)
{
	struct gazetteer *g = NULL;
	struct err e = {0};
	if ((want->topic && cli_one_of(c, "--topic", want->topic, rule_topics) != EXIT_OK) ||
		(want->action && cli_one_of(c, "--action", want->action, rule_actions) != EXIT_OK))
		return false;
	if (!want->place)
		return true;
	if (cli_gazetteer(c, &g, &e) < 0) {
		c->status = say_err(c, NULL, &e);
		return false;
	}
	const struct place_unit *u = cli_place(c, g, want->place);
	if (u)
		want->place = arena_strdup(&c->arena, u->slug);
	gazetteer_free(g);
	return u != NULL;
}

static int list(struct cli *c, int argc, char **argv)
{
	bool json = false, csv = false, tsv = false, numbers = false, all = false;
	struct item_query want = {0};
	int64_t limit = 0;
	const struct opt opts[] = {
		{OPT_TEXT, 's', "state", N_("STATES"),
			N_("new, taken, answered, dismissed, referred, returning, open, all; comma between"),
			&want.states},
		{OPT_FLAG, 'a', "all", NULL, N_("items in every state, the answered by the source too"),
			&all},
		{OPT_FLAG, 0, "answered", NULL, N_("those a competent body has answered in the article, too"),
			&want.with_answered},
		{OPT_TEXT, 0, "topic", N_("TOPIC"), N_("only of this topic"), &want.topic},
		{OPT_TEXT, 0, "action", N_("ACTION"),
			N_("only those to monitor, explain, clarify, rebut, refer"), &want.action},
		{OPT_TEXT, 0, "rule", N_("RULE"), N_("only those this rule has flagged"), &want.rule},
		{OPT_TEXT, 0, "source", N_("SOURCE"), N_("only those this source has printed"), &want.source},
		{OPT_TEXT, 0, "place", N_("PLACE"), N_("only those that name this place"), &want.place},
		{OPT_TEXT, 0, "who", N_("NAME"), N_("only those this person has taken or decided"),
			&want.who},
		{OPT_TIME, 0, "since", N_("TIME"),
			N_("first seen then or later: a date, or 12h, 7d before now"), &want.since},
		{OPT_TIME, 0, "until", N_("TIME"), N_("first seen before then"), &want.until},
		{OPT_INT, 'n', "limit", N_("N"), N_("at most so many"), &limit},
		{OPT_FLAG, 0, "json", NULL, N_("print one JSON object a line"), &json},
		{OPT_FLAG, 0, "csv", NULL, N_("print CSV"), &csv},
		{OPT_FLAG, 0, "tsv", NULL, N_("print TSV"), &tsv},
		{OPT_FLAG, '0', "null", NULL, N_("print bare numbers, each ended by a NUL, for xargs -0"),
			&numbers},
		{.type = OPT_END}};
	struct err e = {0};
	if (cli_settings(c, &e) < 0)
		return say_err(c, NULL, &e);
	int n = cli_options(c, argc, argv, opts, N_("[WORD…]"),
		N_("Lists the open items, most urgent first. With words: those whose title or text holds "
		   "them all.\n"
		   "Other verbs: queue backup, export, import, stats; each with its own --help."));
	if (n < 0)
		return c->status;
	if (!cli_one_form(c, json + csv + tsv + numbers, "--json, --csv, --tsv, -0"))
		return EXIT_USAGE;
	if (limit < 0 || limit > INT32_MAX)
		return cli_usage(c, N_("--limit takes a number from 0"), NULL, NULL);
	if (!names_known(c, &want))
		return c->status;
	want.limit = (int)limit;
	want.text = joined(c, n, argv + 1);
	if (all) {
		want.states = want.states ? want.states : "all";
		want.with_answered = true;
	}
	struct queue *q = NULL;
	struct item *items = NULL;
	size_t count = 0;
	int status = EXIT_OK;
	if (cli_queue(c, QUEUE_READ, &q, &e) < 0 || queue_list(q, &c->arena, &want, &items, &count, &e) < 0)
		status = say_err(c, NULL, &e);
	else
		put_items(c,
			json      ? FORM_JSON
			: csv     ? FORM_CSV
			: tsv     ? FORM_TSV
			: numbers ? FORM_NUMBERS
				  : FORM_TABLE,
			items, count);
	queue_close(q);
	return status;
}

int cmd_queue(struct cli *c, int argc, char **argv)
{
	static const struct {
		const char *name, *full;
		int (*run)(struct cli *c, int argc, char **argv);
	} verbs[] = {{"list", "queue list", list}, {"backup", "queue backup", queue_backup_to},
		{"export", "queue export", queue_export}, {"import", "queue import", queue_import},
		{"stats", "queue stats", queue_stats}};
	for (size_t i = 0; argc > 1 && i < sizeof verbs / sizeof *verbs; i++) {
		if (strcmp(argv[1], verbs[i].name) != 0)
			continue;
		c->command = verbs[i].full;
		return verbs[i].run(c, argc - 1, argv + 1);
	}
	return list(c, argc, argv);
}
