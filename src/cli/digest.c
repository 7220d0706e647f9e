/* digest: what came in and what is open, as text, HTML or mail. An item is in it when it, or a copy of it,
 * came in during the period, when its time is over, or when it has returned; so nothing open is forgotten and
 * nothing is told twice for the sake of completeness. Rules and sources give names only: when they cannot be
 * read that is told, and the digest is made with their ids. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/digest.h"

#include "base/banned.h"

enum { DAY = 86400, PLACES_NAMED = 3, WITH_ARTICLES = 300 };

enum form { FORM_AUTO, FORM_TEXT, FORM_HTML, FORM_MIME };

static const char *tr(const char *text)
{
	return gettext(text);
}

static const char *rule_title(const char *rule, void *ctx)
{
	const struct digest_run *r = ctx;
	const struct rule_info *all;
	size_t n = r->rules ? ruleset_rules(r->rules, &all) : 0;
	for (size_t i = 0; i < n; i++)
		if (strcmp(all[i].id, rule) == 0)
			return all[i].title;
	return NULL;
}

/* A fault that costs the digest nothing but names. */
static void tell_and_go_on(struct cli *c, struct err *e)
{
	say_err(c, NULL, e);
	err_clear(e);
	c->status = EXIT_SOME;
}

static void load_names(struct digest_run *r)
{
	struct err e = {0};
	if (cli_gazetteer(r->c, &r->gazetteer, &e) < 0) {
		tell_and_go_on(r->c, &e);
		return;
	}
	if (cli_rules(r->c, r->gazetteer, NULL, true, &r->rules, &e) < 0)
		tell_and_go_on(r->c, &e);
	if (cli_sources(r->c, r->gazetteer, NULL, &r->sources, &e) < 0)
		tell_and_go_on(r->c, &e);
}

/* "Hải Phòng", or up to three names; NULL when all are watched. */
static const char *place_names(struct digest_run *r)
{
	const struct settings *set = &r->c->settings;
	struct str s = {0};
	for (size_t i = 0; i < set->n_places && i < PLACES_NAMED; i++) {
		const struct place_unit *u =
			r->gazetteer ? gazetteer_unit(r->gazetteer, set->places[i]) : NULL;
		const char *name = !u                                             ? set->places[i]
				   : strcmp(r->c->lang, "vi") == 0 || !u->name_en ? u->name
										  : u->name_en;
		str_addf(&s, "%s%s", i ? ", " : "", name);
	}
	if (set->n_places > PLACES_NAMED)
		str_adds(&s, "…");
	const char *names = s.n ? arena_dup(&r->c->arena, str_span(&s)) : NULL;
	str_release(&s);
	return names;
}

static bool belongs(const struct item *it, int64_t since, int64_t now)
{
	if (it->first_seen >= since || it->last_seen >= since)
		return true;
	return it->returning || (it->due && it->due < now && !it->answered_by_source);
}

static int load_items(struct digest_run *r, struct err *e)
{
	const struct item_query want = {.with_answered = true};
	struct digest *d = &r->d;
	struct item *items;
	size_t n, kept = 0;
	if (queue_list(r->queue, &r->c->arena, &want, &items, &n, e) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (belongs(&items[i], d->since, d->now))
			items[kept++] = items[i];
	for (size_t i = 0; i < kept && i < WITH_ARTICLES; i++)
		if (queue_item(r->queue, &r->c->arena, items[i].number, &items[i], e) < 0)
			return -1;
	d->items = items;
	d->n_items = kept;
	return queue_count(r->queue, d->since, d->now, &d->counts, e);
}

static const char *source_name(const struct digest_run *r, const char *id)
{
	for (size_t i = 0; i < r->sources.n; i++)
		if (strcmp(r->sources.p[i].id, id) == 0)
			return r->sources.p[i].name ? r->sources.p[i].name : id;
	return id;
}

static void add_notice(struct digest_run *r, struct str *s)
{
	struct arena *a = &r->c->arena;
	const char **p = arena_array(a, const char *, r->notices.n + 1);
	if (r->notices.n)
		memcpy(p, r->notices.p, r->notices.n * sizeof *p);
	p[r->notices.n++] = arena_dup(a, str_span(s));
	r->notices.p = p;
	str_clear(s);
}

static int notice_source(const char *id, const struct source_state *state, void *ctx)
{
	struct digest_run *r = ctx;
	struct str s = {0}, since = {0};
	if (state->gone) {
		err_format(&s, _(N_("%1 is gone for good, says its server; take it off the list")),
			source_name(r, id), NULL);
		add_notice(r, &s);
	} else if (state->errors > 0) {
		digest_time(&r->d, &since, state->failing_since);
		err_format(&s, _(N_("%1 has been failing since %2")), source_name(r, id), since.p);
		if (state->last_error && *state->last_error) {
			str_adds(&s, ": ");
			say_kept(&s, state->last_error, true);
		}
		add_notice(r, &s);
	}
	str_release(&s);
	str_release(&since);
	return 0;
}

static int gather(struct digest_run *r, int64_t since, bool write, struct err *e)
{
	struct cli *c = r->c;
	if (cli_settings(c, e) < 0 || cli_queue(c, write ? QUEUE_WRITE : QUEUE_READ, &r->queue, e) < 0)
		return -1;
	load_names(r);
	r->d = (struct digest){.lang = c->lang,
		.tr = tr,
		.place_name = place_names(r),
		.zone_minutes = (int)c->settings.zone_minutes,
		.since = since,
		.now = c->now,
		.rule_title = rule_title,
		.ctx = r};
	if (load_items(r, e) < 0)
		return -1;
	if (queue_each_source(r->queue, &c->arena, notice_source, r, e) < 0)
		return -1;
	r->d.notices = r->notices.p;
	r->d.n_notices = r->notices.n;
	return 0;
}

static enum form form_of_name(const char *file)
{
	struct span s = span_of(file);
	if (span_ends(s, ".html") || span_ends(s, ".htm"))
		return FORM_HTML;
	return span_ends(s, ".eml") ? FORM_MIME : FORM_TEXT;
}

static int print(struct digest_run *r, enum form form, const char *file, struct err *e)
{
	enum { WIDEST = 100 };
	struct str s = {0};
	int rc = 0, width = file ? 0 : out_width();
	if (form == FORM_AUTO)
		form = file ? form_of_name(file) : FORM_TEXT;
	if (form == FORM_HTML) {
		digest_html(&r->d, &s);
	} else if (form == FORM_TEXT) {
		digest_text(&r->d, width > WIDEST ? WIDEST : width, &s);
	} else if ((rc = digest_addresses(r, e)) == 0) {
		const struct digest_mail m = {r->from, r->to.p, r->to.n, digest_new_id(r)};
		digest_mime(&r->d, &m, &s);
	}
	if (rc == 0 && file && strcmp(file, "-") != 0)
		rc = file_replace(file, str_span(&s), e);
	else if (rc == 0) {
		out_pager(r->c);
		out_str(&s);
	}
	str_release(&s);
	return rc;
}

static enum form form_asked(bool text, bool html, bool mime)
{
	return text ? FORM_TEXT : html ? FORM_HTML : mime ? FORM_MIME : FORM_AUTO;
}

static int run(struct digest_run *r, int64_t since, enum form form, const char *file, bool mail, bool quiet)
{
	struct err e = {0};
	int status = EXIT_OK;
	if (gather(r, since, mail, &e) < 0)
		return say_err(r->c, NULL, &e);
	if (quiet && !r->d.n_items && !r->d.n_notices)
		return EXIT_OK;
	if ((!mail || file || form != FORM_AUTO) && print(r, form, file, &e) < 0)
		return say_err(r->c, NULL, &e);
	if (mail && (status = digest_send(r, &e)) < 0)
		return say_err(r->c, NULL, &e);
	return status > r->c->status ? status : r->c->status;
}

int cmd_digest(struct cli *c, int argc, char **argv)
{
	struct digest_run r = {.c = c};
	bool text = false, html = false, mime = false, mail = false, quiet = false;
	const char *file = NULL;
	int64_t since = c->now - DAY;
	const struct opt opts[] = {
		{OPT_TIME, 0, "since", N_("TIME"),
			N_("what came in since: a date, or 24h, 7d …; 24h by default"), &since},
		{OPT_FLAG, 0, "text", NULL, N_("plain text (the default)"), &text},
		{OPT_FLAG, 0, "html", NULL, N_("one HTML file, for the browser and for paper"), &html},
		{OPT_FLAG, 0, "mime", NULL, N_("the mail as it would be sent"), &mime},
		{OPT_TEXT, 'o', "output", N_("FILE"),
			N_("write this file; its ending (.html, .eml) says the form"), &file},
		{OPT_FLAG, 0, "mail", NULL, N_("send it, once per day and recipient"), &mail},
		{OPT_LIST, 0, "to", N_("ADDRESS"),
			N_("to this address instead of the configured ones (repeatable)"), &r.to},
		{OPT_FLAG, 0, "again", NULL, N_("send it even if it was sent already"), &r.again},
		{OPT_FLAG, 0, "quiet-if-empty", NULL,
			N_("print and send nothing when there is nothing to tell"), &quiet},
		{.type = OPT_END}};
	int n = cli_options(
		c, argc, argv, opts, NULL, N_("Tells what came in and what is open, most urgent first."));
	if (n < 0)
		return c->status;
	if (n > 0)
		return cli_usage(c, N_("unexpected operand %1"), argv[1], NULL);
	if (!cli_one_form(c, text + html + mime, "--text, --html, --mime"))
		return EXIT_USAGE;
	if (r.to.n && !mail && !mime && !(file && form_of_name(file) == FORM_MIME))
		return cli_usage(c, N_("--to needs --mail: nothing is sent without it"), NULL, NULL);
	if (since > c->now)
		return cli_usage(c, N_("--since lies in the future"), NULL, NULL);
	int status = run(&r, since, form_asked(text, html, mime), file, mail, quiet);
	queue_close(r.queue);
	ruleset_free(r.rules);
	gazetteer_free(r.gazetteer);
	return status;
}
