/* options: command lines as GNU has them, from a table per command. getopt_long was tried and left: it prints
 * its own, untranslated messages and keeps its state in globals. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "cli/cli.h"
#include "cli/cli_priv.h"
#include "cli/names.h"
#include "digest/digest.h"

#include "base/banned.h"

/* Columns, not bytes: names of arguments are translated. Longer lines are hard to read. */
enum { HELP_COLUMN = 31, HELP_NARROW = 60, HELP_WIDTH = 80, HELP_WIDEST = 100 };

void cli_help_wrap(struct str *out, const char *text, int at, int indent)
{
	int width = out_width() ? out_width() : HELP_WIDTH;
	struct span rest = span_of(text), line;
	width = width < HELP_NARROW ? HELP_NARROW : width > HELP_WIDEST ? HELP_WIDEST : width;
	while (span_next(&rest, '\n', &line))
		wrap_at(out, line, at, indent, width);
}

int cli_usage(struct cli *c, const char *text, const char *a, const char *b)
{
	say(c, text, a, b);
	if (c->command)
		say(c, N_("try \"soatin %1 --help\""), c->command, NULL);
	else
		say(c, N_("try \"soatin --help\""), NULL, NULL);
	c->status = EXIT_USAGE;
	return EXIT_USAGE;
}

bool cli_one_form(struct cli *c, int asked, const char *forms)
{
	if (asked > 1)
		cli_usage(c, N_("only one of %1"), forms, NULL);
	return asked <= 1;
}

static void help_option(const struct opt *o, struct str *s)
{
	struct str left = {0};
	if (o->letter)
		str_addf(&left, "-%c, ", o->letter);
	else
		str_adds(&left, "    ");
	str_addf(&left, "--%s", o->name);
	if (o->arg)
		str_addf(&left, " %s", _(o->arg));
	int used = 2 + show_width(str_span(&left));
	str_addf(s, "  %s", left.p);
	if (used < HELP_COLUMN)
		str_addf(s, "%*s", HELP_COLUMN - used, "");
	else
		str_addf(s, "\n%*s", HELP_COLUMN, "");
	cli_help_wrap(s, _(o->help), HELP_COLUMN, HELP_COLUMN);
	str_release(&left);
}

static void help(const struct cli *c, const struct opt *opts, const char *operands, const char *about)
{
	struct str s = {0};
	str_addf(&s, _("usage: soatin %s [OPTION…] %s"), c->command, operands ? _(operands) : "");
	s.n = span_trim(str_span(&s)).n;
	str_addc(&s, '\n');
	if (about) {
		str_addc(&s, '\n');
		cli_help_wrap(&s, _(about), 0, 0);
	}
	str_addf(&s, "\n%s\n", _("Options:"));
	for (const struct opt *o = opts; o->type != OPT_END; o++)
		help_option(o, &s);
	static const struct opt common = {OPT_FLAG, 'h', "help", NULL, N_("print this and end"), NULL};
	help_option(&common, &s);
	str_addf(&s, "\n");
	str_addf(&s, _("The manual is soatin-%.*s(1)."), (int)strcspn(c->command, " "), c->command);
	str_addc(&s, '\n');
	out_str(&s);
	str_release(&s);
}

/* A date, an instant, or a duration before now; of what unit a bare number is nobody said. */
static bool read_time(const struct cli *c, const char *s, int64_t *out)
{
	struct stamp t;
	int64_t back;
	bool day_alone;
	if (read_shown(c, span_of(s), out, &day_alone))
		return true;
	if (stamp_parse_rfc3339(span_of(s), &t)) {
		*out = t.at;
		return true;
	}
	if (span_to_int64(span_of(s), &back) || !duration_parse(span_of(s), &back))
		return false;
	*out = c->now - back;
	return true;
}

static void add_text(struct cli *c, struct texts *list, const char *v)
{
	const char **p = arena_array(&c->arena, const char *, list->n + 1);
	if (list->n)
		memcpy(p, list->p, list->n * sizeof *p);
	p[list->n++] = v;
	list->p = p;
}

static int set(struct cli *c, const struct opt *o, const char *v)
{
	switch (o->type) {
	case OPT_FLAG:
		*(bool *)o->to = true;
		break;
	case OPT_TEXT:
		*(const char **)o->to = v;
		break;
	case OPT_LIST:
		add_text(c, o->to, v);
		break;
	case OPT_INT:
		if (!span_to_int64(span_of(v), o->to))
			return cli_usage(c, N_("option --%1 takes a number, not \"%2\""), o->name, v);
		break;
	case OPT_TIME:
		if (!read_time(c, v, o->to))
			return cli_usage(c,
				N_("option --%1 takes a day as 2026-12-31 or 31/12/2026, or how long ago as "
				   "12h or 7d, not \"%2\""),
				o->name, v);
		break;
	case OPT_CONFIG: /* what was read from another one is no longer so */
		*(const char **)o->to = v;
		c->has_settings = false;
		break;
	case OPT_COLOR:
		if (!cli_color(c, v))
			return cli_usage(c, N_("--color takes auto, always or never, not %1"), v, NULL);
		break;
	case OPT_END:
		break;
	}
	return 0;
}

static const struct opt *find_long(const struct opt *opts, struct span name)
{
	for (const struct opt *o = opts; o->type != OPT_END; o++)
		if (span_is(name, o->name))
			return o;
	return NULL;
}

static const struct opt *find_letter(const struct opt *opts, char letter)
{
	for (const struct opt *o = opts; o->type != OPT_END; o++)
		if (o->letter == letter)
			return o;
	return NULL;
}

/* What every command takes, also before its name. */
enum { GLOBALS = 3 };
static void globals(struct cli *c, struct opt out[GLOBALS + 1])
{
	out[0] = (struct opt){.type = OPT_CONFIG, .name = "config", .to = &c->config_file};
	out[1] = (struct opt){.type = OPT_TEXT, .name = "queue", .to = &c->queue_file};
	out[2] = (struct opt){.type = OPT_COLOR, .name = "color"};
	out[3] = (struct opt){.type = OPT_END};
}

static int unknown_option(struct cli *c, const struct opt *opts, const struct opt *more, const char *typed)
{
	size_t n = 0, k = 0;
	while (opts[n].type != OPT_END)
		n++;
	const char **known = arena_array(&c->arena, const char *, n + GLOBALS + 3);
	for (const struct opt *o = opts; o->type != OPT_END; o++)
		known[k++] = arena_printf(&c->arena, "--%s", o->name);
	for (const struct opt *o = more; o->type != OPT_END; o++)
		known[k++] = arena_printf(&c->arena, "--%s", o->name);
	known[k++] = "--help";
	if (!c->command)
		known[k++] = "--version";
	const char *name = arena_dup(&c->arena, (struct span){typed, strcspn(typed, "=")});
	return cli_unknown(c, name, known, N_("unknown option %1"), name, NULL);
}

/* One "--name", "--name=value" or "--name value". *i moves over what was taken. */
static int take_long(struct cli *c, int argc, char **argv, int *i, const struct opt *opts)
{
	const char *arg = argv[*i] + 2, *eq = strchr(arg, '=');
	struct opt every[GLOBALS + 1];
	struct span name = {arg, eq ? (size_t)(eq - arg) : strlen(arg)};
	const struct opt *o = find_long(opts, name);
	globals(c, every);
	if (!o)
		o = find_long(every, name);
	if (!o)
		return unknown_option(c, opts, every, argv[*i]);
	if (o->type == OPT_FLAG)
		return eq ? cli_usage(c, N_("option --%1 takes no argument"), o->name, NULL)
			  : set(c, o, NULL);
	if (!eq && *i + 1 >= argc)
		return cli_usage(c, N_("option %1 needs an argument"), argv[*i], NULL);
	return set(c, o, eq ? eq + 1 : argv[++*i]);
}

int cli_global_option(struct cli *c, int argc, char **argv, int *i)
{
	static const struct opt none[] = {{.type = OPT_END}};
	if (span_starts(span_of(argv[*i]), "--"))
		return take_long(c, argc, argv, i, none) == 0 ? 0 : -1;
	cli_usage(c, N_("unknown option %1"), argv[*i], NULL);
	return -1;
}

/* One "-abc", where the last may have its value attached or next. */
static int take_letters(struct cli *c, int argc, char **argv, int *i, const struct opt *opts)
{
	char shown[3] = "-?";
	for (const char *p = argv[*i] + 1; *p; p++) {
		const struct opt *o = find_letter(opts, *p);
		shown[1] = *p;
		if (!o)
			return cli_usage(c, N_("unknown option %1"), shown, NULL);
		if (o->type == OPT_FLAG) {
			if (set(c, o, NULL) != 0)
				return -1;
			continue;
		}
		if (p[1])
			return set(c, o, p + 1);
		if (*i + 1 >= argc)
			return cli_usage(c, N_("option %1 needs an argument"), shown, NULL);
		return set(c, o, argv[++*i]);
	}
	return 0;
}

int cli_options(
	struct cli *c, int argc, char **argv, const struct opt *opts, const char *operands, const char *about)
{
	int n = 0, i = 1;
	for (; i < argc; i++) {
		const char *a = argv[i];
		if (strcmp(a, "--") == 0) {
			i++;
			break;
		}
		if (strcmp(a, "--help") == 0 || (strcmp(a, "-h") == 0 && !find_letter(opts, 'h'))) {
			help(c, opts, operands, about);
			return -1;
		}
		int rc = 0;
		if (span_starts(span_of(a), "--"))
			rc = take_long(c, argc, argv, &i, opts);
		else if (a[0] == '-' && a[1])
			rc = take_letters(c, argc, argv, &i, opts);
		else
			argv[++n] = argv[i];
		if (rc != 0)
			return -1;
	}
	for (; i < argc; i++)
		argv[++n] = argv[i];
	return n;
}
