/* cli_priv: what the files of cli/ that are no command share among themselves. */
#ifndef CLI_CLI_PRIV_H
#define CLI_CLI_PRIV_H

#include "cli/cli.h"

void cli_language(struct cli *c, const char *lang); /* "vi" or "en", from now on */
bool cli_color(struct cli *c, const char *when);    /* auto always never; false otherwise */

#endif
