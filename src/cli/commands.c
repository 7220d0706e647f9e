/* commands: the table of subcommands, in the order a day goes. --help, the dispatcher and the manual check
 * come from it. */
#include "cli/cli.h"
#include "cli/commands.h"

#include "base/banned.h"

const struct command commands[] = {
	{"scan", N_("fetch, read, match and queue: the daily job"), cmd_scan},
	{"queue", N_("the open items, most urgent first"), cmd_queue},
	{"show", N_("one item: passages, reasons, copies, history"), cmd_show},
	{"take", N_("mark items as yours to work on"), cmd_take},
	{"answer", N_("close items that were answered"), cmd_answer},
	{"dismiss", N_("close items that need no action"), cmd_dismiss},
	{"refer", N_("hand items over to whom they concern"), cmd_refer},
	{"reopen", N_("make items new again"), cmd_reopen},
	{"note", N_("add a note to items"), cmd_note},
	{"digest", N_("what came in and what is open: text, HTML, mail"), cmd_digest},
	{"fetch", N_("fetch sources, print WARC"), cmd_fetch},
	{"read", N_("feeds, pages, WARC to articles (NDJSON)"), cmd_read},
	{"match", N_("articles or text to articles with places and flags"), cmd_match},
	{"places", N_("what places a text names, and why"), cmd_places},
	{"feeds", N_("the sources: list, check, show, discover, add, import, export"), cmd_feeds},
	{"rules", N_("the rules: list, check, try, explain, mute, stats"), cmd_rules},
	{"init", N_("write a first configuration"), cmd_init},
	{"limits", N_("print every limit of the program"), cmd_limits},
	{0},
};
