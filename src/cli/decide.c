/* decide: take, answer, dismiss, refer, reopen and note: one event for each item named. An item that does not
 * allow the step is told and the others go on, since a list of numbers often comes from a pipe and is a
 * moment old. */
#include <pwd.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "cli/commands.h"
#include "cli/item.h"

#include "base/banned.h"

struct decision {
	const char *verb;
	const char *why, *who, *reply, *label, *to;
	struct texts sources;
};

/* The labels of the national centre against fake news, by our name and by theirs; and what an official source
 * is given that put its own error right. */
static const struct {
	const char *name, *vietnamese;
} labels[] = {{"fake", "tin giả"}, {"false", "tin sai sự thật"}, {"verified", "tin xác thực"},
	{"corrected", "đính chính"}};

static const char *label_named(const char *text)
{
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		if (strcmp(text, labels[i].name) == 0 || strcmp(text, labels[i].vietnamese) == 0)
			return labels[i].name;
	return NULL;
}

static const char *login_name(void)
{
	static const char *const names[] = {"LOGNAME", "USER"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *v = getenv(names[i]);
		if (v && *v)
			return v;
	}
	const struct passwd *p = getpwuid(getuid());
	return p ? p->pw_name : NULL;
}

/* What was said beside the reason, as JSON; NULL: nothing. */
static const char *detail(struct cli *c, const struct decision *d)
{
	struct str s = {0};
	struct json_writer w = {&s, false};
	if (!d->reply && !d->label && !d->to && !d->sources.n)
		return NULL;
	json_begin_object(&w);
	json_field_opt(&w, "label", d->label);
	json_field_opt(&w, "reply", d->reply);
	json_field_opt(&w, "to", d->to);
	if (d->sources.n) {
		json_key(&w, "sources");
		json_begin_array(&w);
		for (size_t i = 0; i < d->sources.n; i++)
			json_put_string(&w, span_of(d->sources.p[i]));
		json_end_array(&w);
	}
	json_end_object(&w);
	const char *text = arena_dup(&c->arena, str_span(&s));
	str_release(&s);
	return text;
}

/* "item 3: taken", on standard output. */
static void tell_state(int64_t number, enum item_state now)
{
	struct str s = {0}, n = {0};
	str_addf(&n, "%lld", (long long)number);
	err_format(&s, _("item %1: %2"), n.p, show_state(item_states[now]));
	str_addc(&s, '\n');
	out_str(&s);
	str_release(&n);
	str_release(&s);
}

/* Applies it to all; returns the exit status: that of the fault when none went through, EXIT_SOME when some
 * did. */
static int apply(struct cli *c, struct queue *q, const struct decision *d, const int64_t *numbers, size_t n)
{
	struct item_event ev = {c->now, d->who, d->verb, d->why, detail(c, d)};
	int status = EXIT_OK;
	size_t done = 0;
	for (size_t i = 0; i < n; i++) {
		struct err e = {0};
		enum item_state now = ITEM_NEW;
		if (queue_event(q, numbers[i], &ev, &now, &e) < 0) {
			status = say_err(c, NULL, &e);
			if (e.kind != ERR_USAGE)
				return status;
			continue;
		}
		tell_state(numbers[i], now);
		done++;
	}
	return status != EXIT_OK && done ? EXIT_SOME : status;
}

static int check(struct cli *c, struct decision *d)
{
	if (!d->who)
		d->who = login_name();
	if (!d->who || !*d->who)
		return cli_usage(c, N_("say who decides: --who NAME"), NULL, NULL);
	bool reason = d->why && span_trim(span_of(d->why)).n;
	if (!reason && strcmp(d->verb, "dismiss") == 0)
		return cli_usage(c, N_("to dismiss needs a reason: -m REASON"), NULL, NULL);
	if (!reason && strcmp(d->verb, "note") == 0)
		return cli_usage(c, N_("a note needs a text: -m TEXT"), NULL, NULL);
	if (d->label && !label_named(d->label))
		return cli_usage(c, N_("unknown label \"%1\"; there are: %2"), d->label,
			"fake, false, verified, corrected");
	d->label = d->label ? label_named(d->label) : NULL;
	return EXIT_OK;
}

static int decide(struct cli *c, struct decision *d, int n, char **argv)
{
	struct err e = {0};
	struct queue *q = NULL;
	int64_t *numbers = arena_array(&c->arena, int64_t, (size_t)n + 1);
	if (n == 0)
		return cli_usage(
			c, N_("which item? Give its number, as \"soatin queue\" shows it"), NULL, NULL);
	for (int i = 0; i < n; i++)
		if (!item_number(argv[i + 1], &numbers[i]))
			return cli_usage(c, N_("\"%1\" is no item number"), argv[i + 1], NULL);
	int status = check(c, d);
	if (status != EXIT_OK)
		return status;
	if (cli_queue(c, QUEUE_DECIDE, &q, &e) < 0)
		return say_err(c, NULL, &e);
	status = apply(c, q, d, numbers, (size_t)n);
	queue_close(q);
	return status;
}

static int simple(struct cli *c, int argc, char **argv, const char *verb, const char *why, const char *about)
{
	struct decision d = {.verb = verb};
	const struct opt opts[] = {{OPT_TEXT, 'm', "why", N_("TEXT"), why, &d.why},
		{OPT_TEXT, 0, "who", N_("NAME"), N_("who decides; by default the login name"), &d.who},
		{.type = OPT_END}};
	int n = cli_options(c, argc, argv, opts, N_("ITEM…"), about);
	return n < 0 ? c->status : decide(c, &d, n, argv);
}

int cmd_take(struct cli *c, int argc, char **argv)
{
	return simple(c, argc, argv, "take", N_("a remark"), N_("Marks items as yours to work on."));
}

int cmd_dismiss(struct cli *c, int argc, char **argv)
{
	return simple(c, argc, argv, "dismiss", N_("the reason; needed"),
		N_("Closes items that need no action, with a reason."));
}

int cmd_reopen(struct cli *c, int argc, char **argv)
{
	return simple(c, argc, argv, "reopen", N_("the reason"),
		N_("Makes items new again; also gives back what was taken."));
}

int cmd_note(struct cli *c, int argc, char **argv)
{
	return simple(c, argc, argv, "note", N_("the text; needed"),
		N_("Adds a note to items; their state stays."));
}

int cmd_answer(struct cli *c, int argc, char **argv)
{
	struct decision d = {.verb = "answer"};
	const struct opt opts[] = {{OPT_TEXT, 'm', "why", N_("TEXT"), N_("what was done"), &d.why},
		{OPT_TEXT, 'r', "reply", N_("URL|TEXT"), N_("the published reply: its address or its text"),
			&d.reply},
		{OPT_TEXT, 'l', "label", N_("LABEL"),
			N_("fake (tin giả), false (tin sai sự thật), verified (tin xác thực), corrected"),
			&d.label},
		{OPT_LIST, 0, "source", N_("URL|TEXT"), N_("what the reply rests on (repeatable)"),
			&d.sources},
		{OPT_TEXT, 0, "who", N_("NAME"), N_("who decides; by default the login name"), &d.who},
		{.type = OPT_END}};
	int n = cli_options(c, argc, argv, opts, N_("ITEM…"),
		N_("Closes items that were answered, and records the answer."));
	return n < 0 ? c->status : decide(c, &d, n, argv);
}

int cmd_refer(struct cli *c, int argc, char **argv)
{
	struct decision d = {.verb = "refer"};
	const struct opt opts[] = {{OPT_TEXT, 'm', "why", N_("TEXT"), N_("the reason"), &d.why},
		{OPT_TEXT, 0, "to", N_("BODY"), N_("whom it is handed over to"), &d.to},
		{OPT_TEXT, 0, "who", N_("NAME"), N_("who decides; by default the login name"), &d.who},
		{.type = OPT_END}};
	int n = cli_options(c, argc, argv, opts, N_("ITEM…"),
		N_("Hands items over to the body that is competent for them."));
	return n < 0 ? c->status : decide(c, &d, n, argv);
}
