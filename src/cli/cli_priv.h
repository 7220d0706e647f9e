/* cli_priv: what the files of cli/ that are no command share among themselves. */
#ifndef CLI_CLI_PRIV_H
#define CLI_CLI_PRIV_H

#include "cli/cli.h"

void cli_language(struct cli *c, const char *lang); /* "vi" or "en", from now on */
/* --config, --queue or --color at argv[*i], moving *i over what was taken; -1: told, c->status is set. */
int cli_global_option(struct cli *c, int argc, char **argv, int *i);
bool cli_color(struct cli *c, const char *when); /* auto always never; false otherwise */
void out_pager_end(struct cli *c);
/* Lines of --help, from column `at` on, broken at the terminal's width (60 to 100 columns; 80 without one).
 */
void cli_help_wrap(struct str *out, const char *text, int at, int indent);

#endif
