/* rules_explain: how the rules come out on one text: which parts of a condition hold, and which words were
 * found where. */
#include <string.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "cli/item.h"
#include "cli/names.h"
#include "cli/rules.h"
#include "digest/digest.h"

#include "base/banned.h"

struct explaining {
	struct cli *c;
	const struct article *x;
	struct str out;
	bool whole;  /* one rule was asked for: all of its condition, also what was not found */
	bool misses; /* the second pass: those that do not hold */
	size_t told, missed;
};

/* Adds `s` made safe, as one line. */
static void add_safe(struct str *out, struct span s)
{
	struct str safe = {0};
	show_safe(&safe, s, true);
	str_add(out, str_span(&safe));
	str_release(&safe);
}

/* A term of points: how many stand together, and how many are asked. */
static void add_points(struct str *out, const struct rule_found *f)
{
	struct str points = {0}, needed = {0};
	str_addf(&points, "%lld", (long long)f->points);
	str_addf(&needed, "%lld", (long long)f->at_least);
	str_addc(out, ' ');
	err_format(out, _("%1 of %2 points"), points.p, needed.p);
	if (f->n)
		str_addc(out, ':');
	str_release(&points);
	str_release(&needed);
}

static void add_found(struct explaining *e, const struct rule_found *f)
{
	static const char *const fields[FIELD_COUNT] = {
		N_("title"), N_("summary"), N_("text"), N_("captions"), N_("address")};
	struct str *out = &e->out;
	if (!f->n && !e->whole)
		return;
	str_addf(out, "    %s:", f->term ? f->term : _("place"));
	if (f->at_least)
		add_points(out, f);
	else if (!f->n)
		str_addf(out, " %s", _("nothing"));
	for (size_t i = 0; i < f->n_quotes; i++) {
		const struct quote *q = &f->quotes[i];
		struct span text = span_of(article_field(e->x, q->field));
		str_adds(out, i ? ", \"" : " \"");
		add_safe(out, span_cut(text, utf8_offset(text, q->start), utf8_offset(text, q->end)));
		str_addf(out, "\" (%s %u)", _(fields[q->field]), q->start);
	}
	if (f->n > f->n_quotes) {
		struct str more = {0};
		str_addf(&more, "%zu", f->n - f->n_quotes);
		str_adds(out, ", ");
		err_format(out, _("and %1 more"), more.p, NULL);
		str_release(&more);
	}
	str_addc(out, '\n');
}

static void add_part(struct explaining *e, const struct rule_part *p, const char *margin)
{
	int column = (int)strlen(margin) + 3;
	struct str safe = {0};
	str_addf(&e->out, "%s%s  ", margin, p->holds ? "+" : "-");
	show_safe(&safe, span_of(p->text), true);
	wrap_at(&e->out, str_span(&safe), column, column, out_width() ? out_width() : INT32_MAX);
	str_release(&safe);
}

/* A shared condition: of its parts those that say how it came out, of its words those that occur. */
static void add_shared(struct explaining *e, const struct rule_shared *s)
{
	str_addf(&e->out, "  %s: %s\n", s->name, s->holds ? _("yes") : _("no"));
	for (size_t i = 0; i < s->n_parts; i++)
		if (s->parts[i].holds == s->holds)
			add_part(e, &s->parts[i], "    ");
	for (size_t i = 0; i < s->n_found; i++)
		if (s->found[i].n)
			add_found(e, &s->found[i]);
}

/* One that does not hold: the words of it that were found. There are many, for most texts hold a word that
 * many rules ask for. */
static void add_miss(struct explaining *e, const struct rule_explanation *r)
{
	if (!e->missed++)
		str_addf(&e->out, "%s%s\n", e->told ? "\n" : "",
			_("Not flagged, though words of these were found (--rule ID says why):"));
	str_addf(&e->out, "%s  %s\n", r->rule->id, r->rule->title);
	for (size_t i = 0; i < r->n_found; i++)
		if (r->found[i].term)
			add_found(e, &r->found[i]);
	out_str(&e->out);
}

static void on_rule(const struct rule_explanation *r, void *ctx)
{
	struct explaining *e = ctx;
	struct str *out = &e->out;
	bool miss = !e->whole && !r->holds && !r->failed;
	if (miss != e->misses)
		return;
	if (miss) {
		add_miss(e, r);
		return;
	}
	const char *word = r->failed     ? N_("failed")
			   : !r->holds   ? N_("no")
			   : r->answered ? N_("yes, answered")
					 : N_("yes");
	str_addf(out, "%s%s  %s: %s\n", e->told++ ? "\n" : "", r->rule->id, r->rule->title, _(word));
	if (r->failed)
		str_addf(out, "  %s\n", r->failed);
	if (r->mute) {
		char day[STAMP_MAX];
		str_adds(out, "  ");
		err_format(
			out, _("muted until %1: nothing is flagged"), rules_day(r->mute->until, day), NULL);
		str_addc(out, '\n');
	}
	for (size_t i = 0; i < r->n_parts; i++)
		add_part(e, &r->parts[i], "  ");
	for (size_t i = 0; i < r->n_found; i++)
		add_found(e, &r->found[i]);
	for (size_t i = 0; i < r->n_shared; i++)
		if (e->whole || r->shared[i].holds)
			add_shared(e, &r->shared[i]);
	out_str(out);
}

/* The leading article of an item, as the queue keeps it. */
static int read_item(struct cli *c, int64_t number, struct article *x, struct err *e)
{
	struct queue *q = NULL;
	struct item it = {0};
	int rc = cli_queue(c, QUEUE_READ, &q, e) < 0 ? -1 : queue_item(q, &c->arena, number, &it, e);
	if (rc == 0 && it.n_articles)
		*x = *it.articles[0];
	queue_close(q);
	return rc;
}

/* The operand as an article: the number of an item, NDJSON when it begins with {, else plain text. */
static int read_article(struct cli *c, const char *operand, struct article *x, struct err *e)
{
	struct span text = span_of(operand);
	int64_t number;
	if (item_number(operand, &number))
		return read_item(c, number, x, e);
	if (strcmp(operand, "-") == 0 && file_read(&c->arena, operand, LINE_MAX_BYTES, &text, e) < 0)
		return -1;
	if (span_starts(span_trim(text), "{"))
		return article_read(&c->arena, span_trim(text), x, e);
	struct str clean = {0};
	size_t at = 0, bad = 0;
	while (at < text.n)
		str_add_utf8(&clean, utf8_next(text, &at, &bad));
	x->text = arena_dup(&c->arena, str_span(&clean));
	str_release(&clean);
	return 0;
}

static int run(struct cli *c, struct rules_open *r, struct article *x, const char *rule)
{
	struct explaining e = {.c = c, .x = x, .whole = rule != NULL};
	struct folded_article f;
	struct report rep = {0};
	struct rule_matcher *m = rule_matcher_new(r->set);
	article_fold(&c->arena, x, &f, &rep);
	place_find(r->places, &c->arena, &f, x);
	bool known = rule_explain(m, &c->arena, &f, x, c->now, rule, on_rule, &e);
	e.misses = true;
	if (!rule)
		known = rule_explain(m, &c->arena, &f, x, c->now, NULL, on_rule, &e);
	say_report(c, NULL, NULL, &rep);
	report_release(&rep);
	rule_matcher_free(m);
	str_release(&e.out);
	if (!known && rule)
		return cli_no_rule(c, r->set, rule);
	if (!e.told && !e.missed)
		say(c, N_("no rule finds anything in this text"), NULL, NULL);
	return c->status;
}

int rules_explain(struct cli *c, int argc, char **argv)
{
	struct texts files = {0};
	const char *rule = NULL, *title = NULL;
	const struct opt opts[] = {{OPT_TEXT, 0, "rule", N_("ID"),
					   N_("only this rule, in full: also what does not hold"), &rule},
		{OPT_TEXT, 0, "title", N_("TEXT"), N_("the title that goes with the text"), &title},
		{OPT_LIST, 0, "rules", N_("FILE"), N_("read rules from this file or folder (repeatable)"),
			&files},
		{.type = OPT_END}};
	struct rules_open r;
	struct article x = {.evidence.offset = -1};
	struct err e = {0};
	int n = cli_options(c, argc, argv, opts, N_("TEXT|ITEM|-"),
		N_("Says which rules flag the text, and why; then, of rules that do not, which of their "
		   "words "
		   "were found."));
	if (n < 0)
		return c->status;
	if (n != 1)
		return cli_usage(c,
			N_("one text is needed, or the number of an item, or - for standard input"), NULL,
			NULL);
	int status = rules_open(c, &files, true, &r);
	if (status != EXIT_OK)
		return status;
	if (read_article(c, argv[1], &x, &e) < 0) {
		status = say_err(c, NULL, &e);
	} else {
		x.title = title ? title : x.title;
		out_pager(c);
		status = run(c, &r, &x, rule);
	}
	rules_close(&r);
	return status;
}
