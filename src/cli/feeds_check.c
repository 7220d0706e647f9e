/* feeds_check: asks sources now and says which answer. Its exit status is what a person with a long list
 * wants to know first. */
#include <string.h>

#include "cli/feeds.h"

#include "base/banned.h"

struct result {
	bool ok;
	int status; /* HTTP, 0: none */
	int64_t entries;
	struct stamp newest;
	const char *note; /* the fault, or where it moved to; NULL */
	const char *moved;
};

struct checking {
	struct cli *c;
	const struct source_list *l;
	struct reader reader;
	struct result *results;
};

static const char *keep(struct cli *c, struct str *s)
{
	const char *text = arena_dup(&c->arena, str_span(s));
	str_release(s);
	return text;
}

static const char *fault_text(struct cli *c, const struct err *e)
{
	struct str s = {0};
	say_fault(&s, e);
	return keep(c, &s);
}

/* Number and newest date of what the document holds. */
static void count(const struct json *doc, struct result *r)
{
	const struct json *entries = json_get(doc, "entries");
	r->ok = true;
	r->entries = (int64_t)json_len(entries);
	for (size_t i = 0; i < json_len(entries); i++) {
		struct stamp s;
		if (stamp_parse_rfc3339(json_get_string(json_at(entries, i), "published"), &s) &&
			(!r->newest.known || s.at > r->newest.at))
			r->newest = s;
	}
}

static void read_answer(
	struct checking *k, const struct source_conf *x, const struct fetch_answer *answer, struct result *r)
{
	struct document d = {.body = answer->body,
		.content_type = span_of(answer->content_type),
		.content_encoding = span_of(answer->content_encoding),
		.url = answer->url,
		.as = document_as(x),
		.source = document_source(x),
		.fetched = answer->when,
		.cut = answer->cut,
		.evidence.offset = -1};
	struct str json = {0};
	struct json *doc = NULL;
	struct err e = {0};
	if (feeds_read(k->c, &k->reader, &d, FEEDS_READ, NULL, &json, &e) < 0 ||
		json_parse(str_span(&json), &doc, &e) < 0)
		r->note = fault_text(k->c, &e);
	else if (json_get(doc, "error"))
		r->note = arena_dup(&k->c->arena, json_get_string(doc, "error"));
	else
		count(doc, r);
	json_free(doc);
	str_release(&json);
}

static void on_answer(void *ctx, size_t i, const struct fetch_answer *answer)
{
	struct checking *k = ctx;
	struct result *r = &k->results[i];
	r->status = answer->status;
	if (answer->result == FETCH_OK)
		read_answer(k, &k->l->p[i], answer, r);
	else
		r->note = answer->err.kind ? fault_text(k->c, &answer->err) : _("no answer");
	if (r->ok && answer->permanent_url) {
		struct str s = {0};
		r->moved = arena_strdup(&k->c->arena, answer->permanent_url);
		err_format(&s, _("moved to %1"), r->moved, NULL);
		r->note = keep(k->c, &s);
	}
}

static void put_json(const struct source_conf *x, const struct result *r)
{
	struct str s = {0};
	struct json_writer w = {&s, false};
	char when[STAMP_MAX];
	json_begin_object(&w);
	json_field(&w, "id", x->id);
	json_field(&w, "url", x->url);
	json_key(&w, "ok");
	json_put_bool(&w, r->ok);
	json_field_int(&w, "status", r->status);
	json_field_int(&w, "entries", r->entries);
	stamp_format(r->newest, when);
	json_field_opt(&w, "newest", when);
	json_field_opt(&w, "moved", r->moved);
	json_field_opt(&w, "error", r->ok ? NULL : r->note);
	json_end_object(&w);
	str_addc(&s, '\n');
	out_str(&s);
	str_release(&s);
}

static void put_row(
	struct cli *c, struct sheet *t, const struct source_conf *x, const struct result *r, bool csv)
{
	struct str n = {0}, when = {0};
	char data[STAMP_MAX];
	stamp_format(r->newest, data);
	if (r->ok)
		show_number(c, r->entries, &n);
	if (r->newest.known)
		show_time(c, r->newest.at, &when);
	sheet_cell(t, x->id, NULL, NULL);
	sheet_cell(t, r->ok ? _("ok") : _("error"), r->ok ? "ok" : "error", r->ok ? "32" : "31");
	sheet_cell(t, n.p, r->ok ? arena_printf(&c->arena, "%lld", (long long)r->entries) : "", NULL);
	sheet_cell(t, when.p, data, NULL);
	sheet_cell(t, r->note, NULL, NULL);
	if (csv)
		sheet_cell(t, x->url, NULL, NULL);
	str_release(&n);
	str_release(&when);
}

static void put_all(struct checking *k, bool json, bool csv)
{
	static const struct sheet_column cols[] = {{"id", N_("source"), SHEET_STRETCH},
		{"answer", N_("answer"), 0}, {"entries", N_("entries"), SHEET_RIGHT},
		{"newest", N_("newest"), 0}, {"note", N_("note"), SHEET_STRETCH | SHEET_WRAP},
		{.key = "url"}};
	size_t n = sizeof cols / sizeof *cols;
	struct sheet *t = json ? NULL : sheet_new(k->c, csv ? SHEET_CSV : SHEET_TABLE, cols, csv ? n : n - 1);
	for (size_t i = 0; i < k->l->n; i++) {
		if (json)
			put_json(&k->l->p[i], &k->results[i]);
		else
			put_row(k->c, t, &k->l->p[i], &k->results[i], csv);
	}
	if (t)
		sheet_free(t);
}

int feeds_check(struct cli *c, int argc, char **argv)
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
	int n = cli_options(c, argc, argv, opts, N_("[SOURCE|URL…]"),
		N_("Asks sources now and says which answer. Nothing is queued. Exit status 1: some do not "
		   "answer."));
	if (n < 0)
		return c->status;
	if (!cli_one_form(c, json + csv, "--json, --csv"))
		return EXIT_USAGE;
	int status = feeds_choose(c, (const char *const *)argv + 1, n, &files, &l);
	if (status != EXIT_OK)
		return status;
	struct checking k = {.c = c, .l = &l, .results = arena_array(&c->arena, struct result, l.n + 1)};
	if (feeds_ask(c, &l, on_answer, &k, &e) < 0) {
		status = say_err(c, NULL, &e);
	} else {
		put_all(&k, json, csv);
		for (size_t i = 0; i < l.n; i++)
			if (!k.results[i].ok)
				status = EXIT_SOME;
	}
	decode_free(k.reader.decode);
	return status;
}
