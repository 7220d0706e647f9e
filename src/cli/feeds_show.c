/* feeds_show: what one feed holds, and which feeds a page offers. */
#include <string.h>
#include <sysexits.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/selector.h"
#include "base/url.h"
#include "cli/feeds.h"
#include "digest/digest.h"

#include "base/banned.h"

struct asked {
	struct cli *c;
	struct feeds_look *how;
	struct document d;
	struct err e;
};

static void on_answer(void *ctx, size_t i, const struct fetch_answer *answer)
{
	struct asked *k = ctx;
	struct arena *a = &k->c->arena;
	(void)i;
	if (answer->result != FETCH_OK) {
		k->e = answer->err;
		if (!k->e.kind)
			err_set(&k->e, ERR_UNAVAIL, N_("no answer"), NULL, NULL);
		return;
	}
	k->how->at_private = *answer->ip && fetch_address_private(answer->ip);
	k->d.body = arena_span(a, answer->body);
	k->d.cut = answer->cut;
	k->d.content_encoding = span_of(arena_strdup(a, answer->content_encoding));
	if (!k->how->content_type)
		k->d.content_type = span_of(arena_strdup(a, answer->content_type));
	if (!k->how->base)
		k->d.url = arena_strdup(a, answer->url);
	k->d.fetched = answer->when;
}

/* Is it the id of a source, rather than a file or an address? Names of files have a dot or a slash. */
static bool is_id(const char *name)
{
	return !url_is_web(name) && !strpbrk(name, "./") && !file_exists(name);
}

/* The document behind a file name or, with l, an address. */
static int get(struct asked *k, const char *name, const struct source_list *l, struct err *e)
{
	if (!l) {
		k->d.from = name;
		return file_read_start(&k->c->arena, name, BODY_MAX, &k->d.body, &k->d.cut, e);
	}
	if (feeds_ask(k->c, l, on_answer, k, e) < 0)
		return -1;
	*e = k->e;
	return e->kind ? -1 : 0;
}

int feeds_look(struct cli *c, struct feeds_look *how, const char *name, enum feeds_what what,
	struct str *json, struct json **doc)
{
	struct asked k = {.c = c,
		.how = how,
		.d = {.url = how->base, .content_type = span_of(how->content_type), .evidence.offset = -1}};
	struct reader r = {0};
	struct source_list l = {0};
	struct texts none = {0};
	struct err e = {0};
	int status = EXIT_OK;
	bool named = what == FEEDS_READ && is_id(name), ask = url_is_web(name) || named;
	if (ask)
		status = feeds_choose(c, &name, 1, &none, &l);
	if (status != EXIT_OK)
		return status;
	if (named) {
		k.d.source = document_source(&l.p[0]);
		how->section |= strcmp(document_as(&l.p[0]), "section") == 0;
	}
	int rc = get(&k, name, ask ? &l : NULL, &e);
	if (rc == 0 && k.d.cut && what == FEEDS_OPML) /* a list is wanted whole */
		rc = err_set(&e, ERR_LIMIT, N_("%1 is larger than the limit"), name, NULL);
	else if (rc < 0 && ask)
		err_at(&e, name, 0, 0);
	if (rc < 0)
		return say_err(c, NULL, &e);
	if (how->links)
		k.d.source.links = how->links;
	k.d.as = what != FEEDS_READ ? NULL : how->section ? "section" : "feed";
	status = feeds_read(c, &r, &k.d, what, name, json, &e);
	if (status < 0 || json_parse(str_span(json), doc, &e) < 0) {
		status = say_err(c, NULL, &e);
	} else if (json_get(*doc, "error")) {
		say(c, "%1: %2", name, arena_dup(&c->arena, json_get_string(*doc, "error")));
		status = (int)json_int(json_get(*doc, "status"));
	}
	decode_free(r.decode);
	return status;
}

bool feeds_section(struct cli *c, const char *as, const char *links, bool *section)
{
	struct selector s;
	size_t at;
	if (strcmp(as, "feed") != 0 && strcmp(as, "page") != 0)
		return cli_usage(c, N_("--as takes feed or page, not %1"), as, NULL), false;
	if (links && !selector_read(span_of(links), &s, &at))
		return cli_usage(
			       c, N_("--links takes a selector as in soatin-feeds(5), not %1"), links, NULL),
		       false;
	*section = links || strcmp(as, "page") == 0;
	return true;
}

/* ---- show ---- */

static void put_head(struct cli *c, const struct json *doc)
{
	static const struct {
		const char *key, *text;
	} heads[] = {{"title", N_("title")}, {"link", N_("link")}, {"language", N_("language")},
		{"encoding", N_("encoding")}, {"format", N_("format")}};
	struct str s = {0}, safe = {0};
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		struct span v = json_get_string(doc, heads[i].key);
		if (v.n)
			str_addf(&s, "%s: %s\n", _(heads[i].text), arena_dup(&c->arena, v));
	}
	str_addf(&s, "%s: %zu\n", _("entries"), json_len(json_get(doc, "entries")));
	show_safe(&safe, str_span(&s), false);
	out_str(&safe);
	str_release(&safe);
	str_release(&s);
}

static void put_entries(struct cli *c, const struct json *entries, bool section)
{
	static const struct sheet_column cols[] = {
		{"published", N_("published"), 0}, {"title", N_("title"), SHEET_STRETCH}};
	static const struct sheet_column links[] = {
		{"title", N_("title"), SHEET_STRETCH}, {"url", N_("address"), SHEET_STRETCH}};
	if (!json_len(entries))
		return;
	out_text(SPAN("\n"));
	struct sheet *t = sheet_new(c, SHEET_TABLE, section ? links : cols, 2);
	for (size_t i = 0; i < json_len(entries); i++) {
		const struct json *x = json_at(entries, i);
		struct stamp when;
		struct str shown = {0};
		if (section) {
			sheet_cell(t, arena_dup(&c->arena, json_get_string(x, "title")), NULL, NULL);
			sheet_cell(t, arena_dup(&c->arena, json_get_string(x, "url")), NULL, NULL);
			continue;
		}
		if (stamp_parse_rfc3339(json_get_string(x, "published"), &when))
			show_time(c, when.at, &shown);
		sheet_cell(t, shown.p, NULL, NULL);
		sheet_cell(t, arena_dup(&c->arena, json_get_string(x, "title")), NULL, NULL);
		str_release(&shown);
	}
	sheet_free(t);
}

int feeds_show(struct cli *c, int argc, char **argv)
{
	bool as_json = false;
	const char *as = "feed";
	struct feeds_look how = {0};
	struct str json = {0};
	struct json *doc = NULL;
	const struct opt opts[] = {{OPT_FLAG, 0, "json", NULL, N_("print one JSON object"), &as_json},
		{OPT_TEXT, 0, "as", N_("KIND"), N_("feed (the default), or page: its links to articles"),
			&as},
		{OPT_TEXT, 0, "links", N_("SELECTOR"), N_("what holds those links; found by default"),
			&how.links},
		{OPT_TEXT, 0, "base", N_("URL"), N_("the address it came from, for its relative links"),
			&how.base},
		{OPT_TEXT, 0, "content-type", N_("TYPE"), N_("the Content-Type it came with"),
			&how.content_type},
		{.type = OPT_END}};
	int n = cli_options(c, argc, argv, opts, N_("FILE|URL|SOURCE"),
		N_("Shows what a feed holds. Exit status 65: it is no feed."));
	if (n < 0)
		return c->status;
	if (n != 1)
		return cli_usage(c, N_("one file or address is needed"), NULL, NULL);
	if (!feeds_section(c, as, how.links, &how.section))
		return EXIT_USAGE;
	int status = feeds_look(c, &how, argv[1], FEEDS_READ, &json, &doc);
	if (status == EXIT_OK || status == EXIT_SOME) {
		out_pager(c);
		if (as_json) {
			out_str(&json);
		} else {
			put_head(c, doc);
			put_entries(c, json_get(doc, "entries"), how.section);
		}
		if (how.section && !json_len(json_get(doc, "entries"))) {
			status = EX_DATAERR;
			if (!how.base && !url_is_web(argv[1]))
				say(c,
					N_("links of a file count from --base URL; without it they lead "
					   "nowhere"),
					NULL, NULL);
		}
	}
	json_free(doc);
	str_release(&json);
	return status;
}

/* ---- discover ---- */

int feeds_discover(struct cli *c, int argc, char **argv)
{
	struct feeds_look how = {0};
	struct str json = {0};
	struct json *doc = NULL;
	const struct opt opts[] = {{OPT_TEXT, 0, "base", N_("URL"),
					   N_("the address it came from, for its relative links"), &how.base},
		{OPT_TEXT, 0, "content-type", N_("TYPE"), N_("the Content-Type it came with"),
			&how.content_type},
		{.type = OPT_END}};
	int n = cli_options(c, argc, argv, opts, N_("FILE|URL"),
		N_("Prints the addresses of the feeds a page offers, one a line. Exit status 1: none."));
	if (n < 0)
		return c->status;
	if (n != 1)
		return cli_usage(c, N_("one file or address is needed"), NULL, NULL);
	int status = feeds_look(c, &how, argv[1], FEEDS_DISCOVER, &json, &doc);
	const struct json *found = json_get(doc, "feeds");
	for (size_t i = 0; i < json_len(found); i++) {
		struct str safe = {0};
		show_safe(&safe, json_string(json_at(found, i)), true);
		str_addc(&safe, '\n');
		out_str(&safe);
		str_release(&safe);
	}
	if (status <= EXIT_SOME && !json_len(found)) {
		say(c, N_("%1 offers no feed"), argv[1], NULL);
		status = EXIT_SOME;
	}
	json_free(doc);
	str_release(&json);
	return status;
}
