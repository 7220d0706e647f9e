/* verbs: commands that have commands of their own, as `feeds` and `rules` do. The first of the table is what
 * the command does without a verb. */
#include <string.h>

#include "cli/names.h"

#include "base/banned.h"

static void help(struct cli *c, const struct command *verbs)
{
	struct str s = {0};
	err_format(&s, _("usage: soatin %1 VERB [OPTION…] [OPERAND…]"), c->command, NULL);
	str_adds(&s, "\n\n");
	for (const struct command *v = verbs; v->name; v++)
		str_addf(&s, "  %-10s %s\n", v->name, _(v->summary));
	str_addc(&s, '\n');
	err_format(
		&s, _("\"soatin %1 VERB --help\" tells more; the manual is soatin-%1(1)."), c->command, NULL);
	str_addc(&s, '\n');
	out_str(&s);
	str_release(&s);
}

static int run(struct cli *c, const struct command *v, int argc, char **argv)
{
	c->command = arena_printf(&c->arena, "%s %s", c->command, v->name);
	return v->run(c, argc, argv);
}

int cli_verbs(struct cli *c, const struct command *verbs, int argc, char **argv)
{
	if (argc < 2 || (argv[1][0] == '-' && strcmp(argv[1], "--help") != 0 && strcmp(argv[1], "-h") != 0))
		return run(c, verbs, argc, argv);
	if (argv[1][0] == '-') {
		help(c, verbs);
		return EXIT_OK;
	}
	for (const struct command *v = verbs; v->name; v++)
		if (strcmp(v->name, argv[1]) == 0)
			return run(c, v, argc - 1, argv + 1);
	return cli_unknown_command(c, N_("\"%2\" has no verb %1"), argv[1], verbs);
}
