/* commands: the table of subcommands, in the order a day goes. --help, the dispatcher and the manual check come from it. */
#include "cli/cli.h"
#include "cli/commands.h"

#include "base/banned.h"

const struct command commands[] = {
	{"limits", N_("print every limit of the program"), cmd_limits},
	{0},
};
