/* show: one item as its officer needs it: what is claimed and where it stands in the text, why it was flagged
 * and what to do first, who has printed it, and what was decided so far. Nothing is masked here: this is for
 * those who work on the item. */
#include <string.h>

#include "base/utf8.h"
#include "cli/commands.h"
#include "cli/item.h"
#include "digest/digest.h"

#include "base/banned.h"

enum { VERSION_SHOWN = 600 }; /* bytes of another text, enough to see what it was about */

struct view {
	struct cli *c;
	const struct item *it;
	const struct rule_info *rules;
	size_t n_rules;
	struct str out;
	bool color;
};

static void style(struct view *v, const char *code)
{
	if (v->color)
		str_addf(&v->out, "\033[%sm", code);
}

/* One safe line. */
static void safe(struct view *v, const char *text)
{
	show_safe(&v->out, span_of(text), true);
}

static void heading(struct view *v, const char *text)
{
	str_addc(&v->out, '\n');
	style(v, "1");
	str_adds(&v->out, text);
	style(v, "0");
	str_addc(&v->out, '\n');
}

/* What was put together as one line, as many as it needs; those after the first stand deeper. */
static void line(struct view *v, struct str *text)
{
	str_adds(&v->out, "  ");
	wrap_at(&v->out, str_span(text), 2, 4, 0);
	str_release(text);
}

/* "    label: text", or the text alone; nothing without one. */
static void field(struct view *v, const char *label, struct span text)
{
	struct str s = {0};
	if (!text.n)
		return;
	if (label)
		str_addf(&s, "%s: ", label);
	show_safe(&s, text, true);
	str_adds(&v->out, "    ");
	wrap_at(&v->out, str_span(&s), 4, label ? 6 : 4, 0);
	str_release(&s);
}

/* "time  source: title" */
static void printed(struct view *v, bool known, int64_t at, const struct article *x)
{
	struct str s = {0};
	if (known) {
		show_time(v->c, at, &s);
		str_adds(&s, "  ");
	}
	show_safe(&s, span_of(x->source.name && *x->source.name ? x->source.name : x->source.id), true);
	str_adds(&s, ": ");
	show_safe(&s, span_of(x->title), true);
	line(v, &s);
}

/* --- head --- */

static void put_part(struct view *v, const char *text, int n)
{
	char number[16] = "";
	struct str s = {0};
	if (!n)
		return;
	str_addf(&s, "%d", n);
	memcpy(number, s.p, s.n < sizeof number ? s.n : sizeof number - 1);
	str_release(&s);
	str_adds(&v->out, " + ");
	err_format(&v->out, text, number, NULL);
}

static void put_priority(struct view *v)
{
	const struct item *it = v->it;
	struct str number = {0};
	size_t from;
	show_number(v->c, it->priority.total, &number);
	err_format(&v->out, _("priority %1"), number.p, NULL);
	from = v->out.n;
	put_part(v, _("rule %1"), it->priority.rule);
	put_part(v, _("place %1"), it->priority.place);
	put_part(v, _("spread %1"), it->priority.spread);
	put_part(v, _("source %1"), it->priority.source);
	if (v->out.n > from + 1)
		v->out.p[from + 1] = '='; /* the first " + " */
	str_addc(&v->out, '\n');
	str_release(&number);
}

static void put_due(struct view *v)
{
	struct str left = {0}, when = {0};
	item_left(v->c, v->it, &left);
	if (left.n) {
		const char *code = item_left_style(v->c, v->it);
		show_time(v->c, v->it->due, &when);
		str_adds(&v->out, " · ");
		if (code)
			style(v, code);
		err_format(&v->out, _("%1 (until %2)"), left.p, when.p);
		if (code)
			style(v, "0");
	}
	str_release(&left);
	str_release(&when);
}

static void put_head(struct view *v)
{
	const struct item *it = v->it;
	struct str number = {0}, title = {0};
	str_addf(&number, "%lld", (long long)it->number);
	err_format(&title, _("Item %1: "), number.p, NULL);
	show_safe(&title, span_of(it->title && *it->title ? it->title : it->url), true);
	style(v, "1");
	wrap_at(&v->out, str_span(&title), 0, 2, 0);
	style(v, "0");
	str_release(&title);
	size_t from = v->out.n;
	str_adds(&v->out, item_state_word(it));
	if (it->returning && it->state != ITEM_NEW)
		str_addf(&v->out, ", %s", _("returning"));
	if (it->who) {
		str_adds(&v->out, " (");
		safe(v, it->who);
		str_addc(&v->out, ')');
	}
	str_addf(&v->out, " · %s · %s", show_action(it->action), show_topic(it->topic));
	put_due(v);
	struct str state = {0};
	str_add(&state, span_cut(str_span(&v->out), from, v->out.n));
	str_truncate(&v->out, from);
	wrap_at(&v->out, str_span(&state), 0, 2, 0);
	str_release(&state);
	put_priority(v);
	safe(v, it->url);
	str_addc(&v->out, '\n');
	str_release(&number);
}

/* --- why --- */

static const struct rule_info *find_rule(const struct view *v, const char *id)
{
	for (size_t i = 0; i < v->n_rules; i++)
		if (id && strcmp(v->rules[i].id, id) == 0)
			return &v->rules[i];
	return NULL;
}

static void put_rule(struct view *v, const struct flag *f)
{
	const struct rule_info *r = find_rule(v, f->rule);
	struct str s = {0};
	show_safe(&s, span_of(r && r->title ? r->title : f->rule), true);
	if (r && r->title) {
		str_adds(&s, " (");
		show_safe(&s, span_of(f->rule), true);
		str_addc(&s, ')');
	}
	if (f->answered)
		str_addf(&s, " · %s", _("answered in the article"));
	line(v, &s);
	if (!r)
		return;
	field(v, _("why"), span_of(r->why));
	field(v, _("do"), span_of(r->todo));
}

static void put_reasons(struct view *v)
{
	const struct article *x = v->it->articles[0];
	heading(v, _("Why"));
	for (size_t i = 0; i < x->n_flags; i++)
		if (!x->flags[i].trial && v->it->rule && strcmp(x->flags[i].rule, v->it->rule) == 0)
			put_rule(v, &x->flags[i]);
	for (size_t i = 0; i < x->n_flags; i++)
		if (!x->flags[i].trial && !(v->it->rule && strcmp(x->flags[i].rule, v->it->rule) == 0))
			put_rule(v, &x->flags[i]);
}

/* --- copies and history --- */

static void put_copies(struct view *v)
{
	heading(v, _("Printed by"));
	for (size_t i = 0; i < v->it->n_articles; i++) {
		const struct article *x = v->it->articles[i];
		printed(v, x->published.known, x->published.at, x);
		str_adds(&v->out, "    ");
		safe(v, x->url);
		str_addc(&v->out, '\n');
	}
}

static const char *event_word(const char *what)
{
	static const struct {
		const char *what, *text;
	} words[] = {{"found", N_("found")}, {"copy", N_("a copy")}, {"take", N_("taken")},
		{"answer", N_("answered")}, {"dismiss", N_("dismissed")}, {"refer", N_("referred")},
		{"reopen", N_("reopened")}, {"note", N_("note")}, {"return", N_("came back")},
		{"withdraw", N_("withdrawn")}, {"merge", N_("became part of another item")}};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(what, words[i].what) == 0)
			return _(words[i].text);
	return what;
}

enum { LABEL = 1 };
static void put_detail(struct view *v, const char *json)
{
	static const struct {
		const char *key, *text;
	} keys[] = {{"source", N_("source")}, [LABEL] = {"label", N_("label")}, {"reply", N_("reply")},
		{"to", N_("to")}};
	struct json *d = NULL;
	struct err ignored = {0};
	if (!json || json_parse(span_of(json), &d, &ignored) < 0)
		return;
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		struct span s = json_get_string(d, keys[i].key);
		if (i == LABEL)
			s = span_of(_(label_claim(arena_dup(&v->c->arena, s))));
		field(v, _(keys[i].text), s);
	}
	const struct json *sources = json_get(d, "sources");
	for (size_t i = 0; i < json_len(sources); i++)
		field(v, _("rests on"), json_string(json_at(sources, i)));
	json_free(d);
}

static void put_history(struct view *v)
{
	heading(v, _("History"));
	for (size_t i = 0; i < v->it->n_events; i++) {
		const struct item_event *ev = &v->it->events[i];
		str_adds(&v->out, "  ");
		show_time(v->c, ev->at, &v->out);
		str_adds(&v->out, "  ");
		safe(v, ev->who);
		str_addf(&v->out, ": %s\n", event_word(ev->what));
		field(v, NULL, span_of(ev->why));
		put_detail(v, ev->detail);
	}
}

/* What an article said before it was changed, or says in another feed; the whole of it is in --json. */
static void put_versions(struct view *v)
{
	if (v->it->n_versions)
		heading(v, _("Other texts of these articles"));
	for (size_t i = 0; i < v->it->n_versions; i++) {
		const struct article *x = v->it->versions[i];
		struct span text = span_of(x->text ? x->text : x->summary);
		struct span start = utf8_prefix(text, VERSION_SHOWN);
		struct str s = {0};
		printed(v, true, x->fetched, x);
		show_safe(&s, start, true);
		if (start.n < text.n)
			str_adds(&s, " …");
		if (s.n)
			wrap_add(&v->out, str_span(&s));
		str_release(&s);
	}
}

static void put_item(struct view *v)
{
	put_head(v);
	if (v->it->n_articles) {
		put_reasons(v);
		heading(v, _("Passages"));
		passages_add(v->it->articles[0], v->color, &v->out);
		put_copies(v);
		put_versions(v);
	}
	put_history(v);
	out_str(&v->out);
	str_release(&v->out);
}

/* Rules give the reasons their words; without them the ids do. */
static void show_all(struct cli *c, const struct item *items, size_t n)
{
	struct gazetteer *g = NULL;
	struct ruleset *rules = NULL;
	struct err e = {0};
	struct view v = {.c = c, .color = out_color(c)};
	if (cli_gazetteer(c, &g, &e) < 0 || cli_rules(c, g, NULL, true, &rules, &e) < 0) {
		say_err(c, NULL, &e);
		c->status = EXIT_SOME;
	} else {
		v.n_rules = ruleset_rules(rules, &v.rules);
	}
	for (size_t i = 0; i < n; i++) {
		v.it = &items[i];
		if (i)
			out_text(SPAN("\n\n"));
		put_item(&v);
	}
	ruleset_free(rules);
	gazetteer_free(g);
}

/* One line an item; returns an exit status. */
static int print_json(struct cli *c, const struct item *items, size_t n, bool claims, const char *author)
{
	struct str s = {0};
	struct err e = {0};
	int status = EXIT_OK;
	for (size_t i = 0; i < n && status == EXIT_OK; i++) {
		if (!claims)
			item_write(&items[i], &s);
		else if (claim_write(&items[i], author, &s, &e) < 0)
			status = say_err(c, NULL, &e);
		if (status == EXIT_OK) {
			str_addc(&s, '\n');
			out_str(&s);
		}
	}
	str_release(&s);
	return status;
}

static int read_items(struct cli *c, char **names, int n, struct item *items)
{
	struct err e = {0};
	struct queue *q = NULL;
	int status = EXIT_OK;
	if (cli_queue(c, QUEUE_READ, &q, &e) < 0)
		status = say_err(c, NULL, &e);
	for (int i = 0; i < n && status == EXIT_OK; i++) {
		int64_t number;
		if (!item_number(names[i], &number))
			status = cli_usage(c, N_("\"%1\" is no item number"), names[i], NULL);
		else if (queue_item(q, &c->arena, number, &items[i], &e) < 0)
			status = say_err(c, NULL, &e);
	}
	queue_close(q);
	return status;
}

int cmd_show(struct cli *c, int argc, char **argv)
{
	bool json = false, claims = false;
	const char *author = NULL;
	const struct opt opts[] = {
		{OPT_FLAG, 0, "json", NULL, N_("print one JSON object a line, with articles and history"),
			&json},
		{OPT_FLAG, 0, "claim-review", NULL,
			N_("print answered items as schema.org ClaimReview, one a line"), &claims},
		{OPT_TEXT, 0, "author", N_("NAME"), N_("with it: the office that publishes the review"),
			&author},
		{.type = OPT_END}};
	int n = cli_options(c, argc, argv, opts, N_("ITEM…"),
		N_("Shows items: the passages, why they were flagged, the copies, the history."));
	if (n < 0)
		return c->status;
	if (!cli_one_form(c, json + claims, "--json, --claim-review"))
		return EXIT_USAGE;
	if (n == 0)
		return cli_usage(
			c, N_("which item? Give its number, as \"soatin queue\" shows it"), NULL, NULL);
	struct item *items = arena_array(&c->arena, struct item, (size_t)n);
	int status = read_items(c, argv + 1, n, items);
	if (status != EXIT_OK)
		return status;
	if (json || claims)
		return print_json(c, items, (size_t)n, claims, author);
	out_pager(c);
	show_all(c, items, (size_t)n);
	return c->status;
}
