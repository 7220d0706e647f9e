/* queue_file: the queue as a whole: a copy of it, its articles out and in, and how each rule has done. */
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/lines.h"
#include "cli/item.h"
#include "news/news.h"

#include "base/banned.h"

/* queue.db.backup-2026-11-23T080000Z: sorts by time, and is what a damaged queue names. */
static char *backup_name(struct cli *c)
{
	char now[STAMP_MAX];
	struct str s = {0};
	clock_format_utc(c->now, now);
	str_addf(&s, "%s.backup-", cli_queue_path(c));
	for (const char *p = now; *p; p++)
		if (*p != ':')
			str_addc(&s, *p);
	char *name = arena_dup(&c->arena, str_span(&s));
	str_release(&s);
	return name;
}

int queue_backup_to(struct cli *c, int argc, char **argv)
{
	const struct opt opts[] = {{.type = OPT_END}};
	struct err e = {0};
	struct queue *q = NULL;
	int status = EXIT_OK;
	int n = cli_options(c, argc, argv, opts, N_("[FILE]"),
		N_("Copies the queue while it is in use; by default to a file beside it that carries the "
		   "time."));
	if (n < 0)
		return c->status;
	if (n > 1)
		return cli_usage(c, N_("unexpected operand %1"), argv[2], NULL);
	if (cli_queue(c, QUEUE_READ, &q, &e) < 0) {
		status = say_err(c, NULL, &e);
	} else {
		const char *to = n ? argv[1] : backup_name(c);
		if (queue_backup(q, to, &e) < 0)
			status = say_err(c, NULL, &e);
		else
			say(c, N_("copied to %1"), to, NULL);
	}
	queue_close(q);
	return status;
}

/* ctx: a struct err */
static int put_line(struct span line, const char *story, void *ctx)
{
	struct arena a = {0};
	struct str with = {0};
	struct article x;
	if (story && article_read(&a, line, &x, ctx) < 0) {
		arena_release(&a);
		return -1;
	}
	if (story) {
		x.story = story;
		article_write(&x, &with);
		out_str(&with);
	} else {
		out_text(line);
		out_text(SPAN("\n"));
	}
	str_release(&with);
	arena_release(&a);
	return 0;
}

int queue_export(struct cli *c, int argc, char **argv)
{
	int64_t since = 0;
	const struct opt opts[] = {
		{OPT_TIME, 0, "since", N_("TIME"),
			N_("first seen then or later: a date, or 12h, 7d before now"), &since},
		{.type = OPT_END}};
	struct err e = {0};
	struct queue *q = NULL;
	int status = EXIT_OK;
	int n = cli_options(
		c, argc, argv, opts, NULL, N_("Prints all stored articles as NDJSON, oldest first."));
	if (n < 0)
		return c->status;
	if (n > 0)
		return cli_usage(c, N_("unexpected operand %1"), argv[1], NULL);
	if (cli_queue(c, QUEUE_READ, &q, &e) < 0 || queue_each_article(q, since, put_line, &e, &e) < 0)
		status = say_err(c, NULL, &e);
	queue_close(q);
	return status;
}

/* --- import --- */

struct import {
	struct cli *c;
	struct queue *q;
	const char *name;
	long line;
	int64_t added, known;
};

static int import_line(struct import *m, struct span line, struct err *e)
{
	struct arena a = {0};
	struct article x;
	struct err bad = {0};
	enum stored what = STORED_SAME;
	int rc = 0;
	if (article_read(&a, line, &x, &bad) < 0) {
		bad.line = 0;
		err_at(&bad, m->name, m->line, bad.col);
		say_err(m->c, NULL, &bad);
		m->c->status = EXIT_SOME;
	} else {
		if (!x.id || !*x.id)
			article_set_id(&a, &x);
		rc = queue_store(m->q, &x, x.fetched ? x.fetched : m->c->now, &what, e);
		m->added += what == STORED_NEW;
		m->known += what != STORED_NEW;
	}
	arena_release(&a);
	return rc;
}

static void too_long(struct import *m)
{
	struct err e = {0};
	err_set(&e, ERR_LIMIT, N_("line is longer than the limit and is left out"), NULL, NULL);
	err_at(&e, m->name, m->line, 0);
	say_err(m->c, NULL, &e);
	m->c->status = EXIT_SOME;
}

static int import_lines(struct import *m, struct lines *in, struct err *e)
{
	enum { BATCH = 2000 };
	struct span line;
	int got;
	if (queue_begin(m->q, e) < 0)
		return -1;
	while ((got = lines_next(in, &line, e)) > 0) {
		m->line++;
		if (got == LINES_LONG)
			too_long(m);
		else if (span_trim(line).n && import_line(m, line, e) < 0)
			return -1;
		if (m->line % BATCH == 0 && (queue_commit(m->q, e) < 0 || queue_begin(m->q, e) < 0))
			return -1;
	}
	return got < 0 ? -1 : queue_commit(m->q, e);
}

static int import_from(struct import *m, struct err *e)
{
	struct lines in;
	int fd = file_open(m->name, e);
	if (fd < 0)
		return -1;
	lines_open(&in, fd, m->name, LINE_MAX_BYTES);
	int rc = cli_queue(m->c, QUEUE_WRITE, &m->q, e) < 0 ? -1 : import_lines(m, &in, e);
	lines_close(&in);
	file_close(fd);
	return rc;
}

int queue_import(struct cli *c, int argc, char **argv)
{
	const struct opt opts[] = {{.type = OPT_END}};
	struct err e = {0};
	struct import m = {.c = c};
	int status = EXIT_OK;
	int n = cli_options(c, argc, argv, opts, N_("[FILE|-]"),
		N_("Stores matched articles (NDJSON, as match and export print them) and files their "
		   "stories."));
	if (n < 0)
		return c->status;
	if (n > 1)
		return cli_usage(c, N_("unexpected operand %1"), argv[2], NULL);
	m.name = n ? argv[1] : "-";
	if (import_from(&m, &e) < 0) {
		status = say_err(c, NULL, &e);
	} else {
		struct str added = {0}, known = {0};
		show_number(c, m.added, &added);
		show_number(c, m.known, &known);
		say(c, N_("%1 articles added, %2 known already"), added.p, known.p);
		str_release(&added);
		str_release(&known);
	}
	queue_close(m.q);
	return status;
}

/* --- stats --- */

struct stats {
	struct cli *c;
	struct sheet *sheet;
	bool json;
};

static void put_count(struct stats *s, int64_t v)
{
	struct str shown = {0}, data = {0};
	show_number(s->c, v, &shown);
	str_addf(&data, "%lld", (long long)v);
	sheet_cell(s->sheet, shown.p, data.p, NULL);
	str_release(&shown);
	str_release(&data);
}

static void put_share(struct stats *s, double v, bool known)
{
	struct str t = {0};
	if (known)
		str_addf(&t, "%.2f", v);
	sheet_cell(s->sheet, t.p, NULL, NULL);
	str_release(&t);
}

static void put_last(struct stats *s, int64_t at)
{
	struct str shown = {0};
	char data[STAMP_MAX];
	show_time(s->c, at, &shown);
	clock_format_utc(at, data);
	sheet_cell(s->sheet, shown.p, data, NULL);
	str_release(&shown);
}

static int put_rule(const struct rule_counts *r, void *ctx)
{
	struct stats *s = ctx;
	int64_t decided = r->confirmed + r->dismissed;
	char last[STAMP_MAX];
	if (!s->json) {
		sheet_cell(s->sheet, r->rule, NULL, NULL);
		put_count(s, r->items);
		put_count(s, r->open);
		put_count(s, r->confirmed);
		put_count(s, r->dismissed);
		put_share(s, r->precision, decided > 0);
		put_share(s, r->low, decided > 0);
		put_share(s, r->high, decided > 0);
		put_last(s, r->last_hit);
		return 0;
	}
	struct str out = {0};
	struct json_writer w = {&out, false};
	json_begin_object(&w);
	json_field(&w, "rule", r->rule);
	json_field_int(&w, "items", r->items);
	json_field_int(&w, "open", r->open);
	json_field_int(&w, "confirmed", r->confirmed);
	json_field_int(&w, "dismissed", r->dismissed);
	clock_format_utc(r->last_hit, last);
	json_field(&w, "last_hit", last);
	if (decided)
		str_addf(&out, ",\"precision\":%.4f,\"low\":%.4f,\"high\":%.4f", r->precision, r->low,
			r->high);
	json_end_object(&w);
	str_addc(&out, '\n');
	out_str(&out);
	str_release(&out);
	return 0;
}

int queue_stats(struct cli *c, int argc, char **argv)
{
	static const struct sheet_column cols[] = {{"rule", N_("rule"), SHEET_STRETCH},
		{"items", N_("items"), SHEET_RIGHT}, {"open", N_("open"), SHEET_RIGHT},
		{"confirmed", N_("confirmed"), SHEET_RIGHT}, {"dismissed", N_("dismissed"), SHEET_RIGHT},
		{"precision", N_("precision"), SHEET_RIGHT}, {"low", N_("from"), SHEET_RIGHT},
		{"high", N_("to"), SHEET_RIGHT}, {"last_hit", N_("last hit"), 0}};
	bool json = false, csv = false;
	int64_t since = 0;
	const struct opt opts[] = {
		{OPT_TIME, 0, "since", N_("TIME"),
			N_("first seen then or later: a date, or 12h, 7d before now"), &since},
		{OPT_FLAG, 0, "json", NULL, N_("print one JSON object a line"), &json},
		{OPT_FLAG, 0, "csv", NULL, N_("print CSV"), &csv}, {.type = OPT_END}};
	struct err e = {0};
	struct queue *q = NULL;
	int status = EXIT_OK;
	int n = cli_options(c, argc, argv, opts, NULL,
		N_("Prints for each rule how many of its items people confirmed or dismissed."));
	if (n < 0)
		return c->status;
	if (n > 0)
		return cli_usage(c, N_("unexpected operand %1"), argv[1], NULL);
	if (!cli_one_form(c, json + csv, "--json, --csv"))
		return EXIT_USAGE;
	if (cli_queue(c, QUEUE_READ, &q, &e) < 0) {
		status = say_err(c, NULL, &e);
	} else {
		out_pager(c);
		struct stats s = {c,
			json ? NULL
			     : sheet_new(c, csv ? SHEET_CSV : SHEET_TABLE, cols, sizeof cols / sizeof *cols),
			json};
		if (queue_each_rule(q, since, put_rule, &s, &e) < 0)
			status = say_err(c, NULL, &e);
		if (s.sheet)
			sheet_free(s.sheet);
	}
	queue_close(q);
	return status;
}
