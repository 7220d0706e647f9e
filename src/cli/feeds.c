/* feeds: the sources. This file finds the verb and lists; asking and showing are beside it. */
#include <string.h>

#include "base/file.h"
#include "base/url.h"
#include "cli/commands.h"
#include "cli/feeds.h"
#include "cli/names.h"
#include "scan/scan.h"

#include "base/banned.h"

/* ---- choosing ---- */

/* An address a person typed may lie where it likes. */
static struct source_conf of_address(struct cli *c, const char *url)
{
	return (struct source_conf){.id = url,
		.name = url_host(&c->arena, url),
		.url = url,
		.as = NULL,
		.enabled = true,
		.pages = true,
		.robots = true,
		.allow_private = true};
}

static const struct source_conf *by_id(const struct source_list *l, const char *id)
{
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->p[i].id, id) == 0)
			return &l->p[i];
	return NULL;
}

int feeds_load(struct cli *c, const struct texts *files, struct source_list *out)
{
	struct gazetteer *g = NULL;
	struct err e = {0};
	int rc = cli_gazetteer(c, &g, &e) < 0 || cli_sources(c, g, files, out, &e) < 0 ? -1 : 0;
	gazetteer_free(g);
	return rc < 0 ? say_err(c, NULL, &e) : EXIT_OK;
}

int feeds_choose(
	struct cli *c, const char *const *names, int n, const struct texts *files, struct source_list *out)
{
	struct source_list all = {0};
	bool need = n == 0;
	for (int i = 0; i < n; i++)
		need |= !url_is_web(names[i]);
	int status = need ? feeds_load(c, files, &all) : EXIT_OK;
	if (status != EXIT_OK)
		return status;
	out->p = arena_array(&c->arena, struct source_conf, (size_t)n + all.n + 1);
	out->n = 0;
	for (size_t i = 0; n == 0 && i < all.n; i++)
		if (all.p[i].enabled)
			out->p[out->n++] = all.p[i];
	for (int i = 0; i < n; i++) {
		const struct source_conf *x = by_id(&all, names[i]);
		if (!x && !url_is_web(names[i]))
			return cli_no_source(c, &all, names[i]);
		out->p[out->n++] = x ? *x : of_address(c, names[i]);
	}
	return EXIT_OK;
}

bool feeds_kind(struct cli *c, const char *kind)
{
	return cli_one_of(c, "--kind", kind, source_kinds) == EXIT_OK;
}

/* ---- list ---- */

enum state { STATE_OFF, STATE_NEVER, STATE_OK, STATE_SILENT, STATE_FAILING, STATE_GONE };
static const char *const state_keys[] = {"off", "never", "ok", "silent", "failing", "gone"};
static const char *const state_words[] = {
	N_("off"), N_("never asked"), N_("ok"), N_("silent"), N_("failing"), N_("gone")};

struct row {
	const struct source_conf *x;
	struct source_state s;
	enum state state;
	const char *error;  /* the last one, in the reader's language; NULL: none */
	struct err silence; /* set: it brings less than it used to */
};

static enum state state_of(const struct row *r)
{
	const struct source_conf *x = r->x;
	const struct source_state *s = &r->s;
	if (!x->enabled)
		return STATE_OFF;
	if (s->gone)
		return STATE_GONE;
	if (s->errors)
		return STATE_FAILING;
	if (r->silence.kind)
		return STATE_SILENT;
	return s->last_ok ? STATE_OK : STATE_NEVER;
}

static void put_json_time(struct json_writer *w, const char *key, int64_t at)
{
	char when[STAMP_MAX];
	if (!at)
		return;
	clock_format_utc(at, when);
	json_field(w, key, when);
}

static void put_json(const struct row *r)
{
	const struct source_conf *x = r->x;
	struct str s = {0};
	struct json_writer w = {&s, false};
	json_begin_object(&w);
	json_field(&w, "id", x->id);
	json_field(&w, "name", x->name);
	json_field(&w, "url", x->url);
	json_field(&w, "as", x->as);
	json_field(&w, "kind", x->kind);
	json_field_opt(&w, "country", x->country);
	json_field_opt(&w, "lang", x->lang);
	json_field_opt(&w, "place", x->place);
	json_field_opt(&w, "evidence", x->evidence);
	json_field(&w, "state", state_keys[r->state]);
	json_field_int(&w, "errors", r->s.errors);
	put_json_time(&w, "last_ok", r->s.last_ok);
	put_json_time(&w, "last_change", r->s.last_change);
	put_json_time(&w, "newest", r->s.newest);
	put_json_time(&w, "failing_since", r->s.failing_since);
	put_json_time(&w, "next_ask", r->s.next_ask);
	if (r->s.rhythm)
		json_field_int(&w, "rhythm", r->s.rhythm);
	json_field_opt(&w, "last_error", r->s.last_error);
	json_field_opt(&w, "moved", r->s.moved);
	json_field(&w, "file", x->file);
	json_field_int(&w, "line", x->line);
	json_end_object(&w);
	str_addc(&s, '\n');
	out_str(&s);
	str_release(&s);
}

static void put_table_row(struct cli *c, struct sheet *t, const struct row *r)
{
	static const char *const colors[] = {"2", "2", "32", "33", "31", "31"};
	struct str when = {0}, silence = {0};
	if (r->s.last_ok)
		show_time(c, r->s.last_ok, &when);
	sheet_cell(t, r->x->id, NULL, NULL);
	sheet_cell(t, r->x->kind, NULL, NULL);
	sheet_cell(t, _(state_words[r->state]), NULL, colors[r->state]);
	sheet_cell(t, when.p, NULL, NULL);
	if (r->silence.kind)
		say_fault(&silence, &r->silence);
	sheet_cell(t, silence.n ? silence.p : r->s.errors && r->error ? r->error : r->x->url, NULL, NULL);
	str_release(&when);
	str_release(&silence);
}

static void put_csv_row(struct sheet *t, const struct row *r)
{
	const struct source_conf *x = r->x;
	const int64_t times[] = {
		r->s.last_ok, r->s.last_change, r->s.newest, r->s.failing_since, r->s.next_ask};
	char when[sizeof times / sizeof *times][STAMP_MAX] = {{0}};
	struct str n = {0}, rhythm = {0};
	for (size_t i = 0; i < sizeof times / sizeof *times; i++)
		if (times[i])
			clock_format_utc(times[i], when[i]);
	str_addf(&n, "%lld", (long long)r->s.errors);
	if (r->s.rhythm)
		str_addf(&rhythm, "%lld", (long long)r->s.rhythm);
	const char *const cells[] = {x->id, x->name, x->kind, state_keys[r->state], when[0], n.p,
		r->s.last_error, x->url, x->as, x->country, x->lang, x->place, when[1], when[2], rhythm.p,
		when[3], when[4], r->s.moved};
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
		sheet_cell(t, cells[i], NULL, NULL);
	str_release(&n);
	str_release(&rhythm);
}

static int put_rows(struct cli *c, const struct row *rows, size_t n, bool json, bool csv)
{
	static const struct sheet_column table[] = {{"id", N_("source"), 0},
		{"kind", N_("kind"), SHEET_SPARE}, {"state", N_("state"), 0},
		{"last_ok", N_("last answer"), SHEET_SPARE},
		{"url", N_("address or error"), SHEET_STRETCH | SHEET_WRAP}};
	static const struct sheet_column data[] = {{.key = "id"}, {.key = "name"}, {.key = "kind"},
		{.key = "state"}, {.key = "last_ok"}, {.key = "errors"}, {.key = "last_error"},
		{.key = "url"}, {.key = "as"}, {.key = "country"}, {.key = "lang"}, {.key = "place"},
		{.key = "last_change"}, {.key = "newest"}, {.key = "rhythm"}, {.key = "failing_since"},
		{.key = "next_ask"}, {.key = "moved"}};
	struct sheet *t = NULL;
	if (!json)
		t = csv ? sheet_new(c, SHEET_CSV, data, sizeof data / sizeof *data)
			: sheet_new(c, SHEET_TABLE, table, sizeof table / sizeof *table);
	for (size_t i = 0; i < n; i++) {
		if (json)
			put_json(&rows[i]);
		else if (csv)
			put_csv_row(t, &rows[i]);
		else
			put_table_row(c, t, &rows[i]);
	}
	if (t)
		sheet_free(t);
	return EXIT_OK;
}

static const char *error_text(struct cli *c, const char *kept_fault, bool translated)
{
	struct str s = {0};
	say_kept(&s, kept_fault, translated);
	const char *kept = arena_dup(&c->arena, str_span(&s));
	str_release(&s);
	return kept;
}

/* What the queue remembers of each source; without a queue nothing is. */
static int read_states(struct cli *c, struct row *rows, size_t n, struct err *e)
{
	struct queue *q = NULL;
	int rc = 0;
	if (file_exists(cli_queue_path(c)))
		rc = cli_queue(c, QUEUE_READ, &q, e);
	for (size_t i = 0; !rc && i < n; i++) {
		if (q)
			rc = queue_source_get(q, &c->arena, rows[i].x->id, &rows[i].s, e);
		source_silence(&rows[i].s, c->now, &rows[i].silence);
		rows[i].state = state_of(&rows[i]);
		const char *text = rows[i].s.last_error;
		if (rc || !text || !*text)
			continue;
		rows[i].error = error_text(c, text, true);
		rows[i].s.last_error = error_text(c, text, false);
	}
	queue_close(q);
	return rc;
}

int feeds_list(struct cli *c, int argc, char **argv)
{
	bool json = false, csv = false;
	struct texts files = {0};
	const struct opt opts[] = {{OPT_FLAG, 0, "json", NULL, N_("print NDJSON"), &json},
		{OPT_FLAG, 0, "csv", NULL, N_("print CSV"), &csv},
		{OPT_LIST, 0, "feeds", N_("FILE"), N_("read sources from this file or folder (repeatable)"),
			&files},
		{.type = OPT_END}};
	struct source_list l = {0};
	struct err e = {0};
	int n = cli_options(c, argc, argv, opts, NULL,
		N_("Lists the sources that are read, and how they answered last."));
	if (n < 0)
		return c->status;
	if (n > 0)
		return cli_usage(c, N_("unexpected operand %1"), argv[1], NULL);
	if (!cli_one_form(c, json + csv, "--json, --csv"))
		return EXIT_USAGE;
	int status = feeds_load(c, &files, &l);
	if (status != EXIT_OK)
		return status;
	struct row *rows = arena_array(&c->arena, struct row, l.n + 1);
	for (size_t i = 0; i < l.n; i++)
		rows[i].x = &l.p[i];
	if (read_states(c, rows, l.n, &e) < 0)
		return say_err(c, NULL, &e);
	out_pager(c);
	return put_rows(c, rows, l.n, json, csv);
}

/* ---- the verbs ---- */

int cmd_feeds(struct cli *c, int argc, char **argv)
{
	static const struct command verbs[] = {
		{"list", N_("the sources that are read, and how they answered last"), feeds_list},
		{"check", N_("ask sources now and say which answer"), feeds_check},
		{"show", N_("what a feed holds"), feeds_show},
		{"discover", N_("the feeds a page offers"), feeds_discover},
		{"add", N_("a new source, written into a feeds file"), feeds_add},
		{"import", N_("OPML to a feeds file"), feeds_import},
		{"export", N_("the sources as OPML"), feeds_export}, {NULL, NULL, NULL}};
	return cli_verbs(c, verbs, argc, argv);
}
