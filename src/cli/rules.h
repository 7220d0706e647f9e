/* rules: what the files behind `soatin rules` share. */
#ifndef CLI_RULES_H
#define CLI_RULES_H

#include "cli/cli.h"

/* Places and rules together, as every verb needs them. Release with rules_close(). */
struct rules_open {
	struct gazetteer *places;
	struct ruleset *set;
};
/* Returns an exit status, EXIT_OK to go on; what went wrong was told. */
int rules_open(struct cli *c, const struct texts *files, bool unchecked, struct rules_open *out);
void rules_close(struct rules_open *r);

int rules_explain(struct cli *c, int argc, char **argv);
int rules_try(struct cli *c, int argc, char **argv);

#endif
