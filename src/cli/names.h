/* names: what people type to mean something, and what is said of a name nobody knows. */
#ifndef CLI_NAMES_H
#define CLI_NAMES_H

#include "cli/cli.h"

/* Wrong usage as in cli_usage(): `word` is none of the known names (NULL at the end). Where one is near, or
 * begins so, that is said in place of how to get help. Returns EXIT_USAGE. */
int cli_unknown(struct cli *c, const char *word, const char *const *known, const char *text, const char *a,
	const char *b);
/* The same for a command or a verb; %2 is the command so far. */
int cli_unknown_command(struct cli *c, const char *text, const char *word, const struct command *table);
/* EXIT_OK when `word` is one of a short closed list; else it is told with the list, and EXIT_USAGE. */
int cli_one_of(struct cli *c, const char *option, const char *word, const char *const *known);
/* No source of these, no rule of this set, has this id. */
int cli_no_source(struct cli *c, const struct source_list *l, const char *id);
int cli_no_rule(struct cli *c, const struct ruleset *s, const char *id);
/* The unit of today by its short name, or by its name as written; NULL: there is none, which was told as
 * wrong usage. */
const struct place_unit *cli_place(struct cli *c, const struct gazetteer *g, const char *name);

#endif
