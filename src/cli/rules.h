/* rules: what the files behind `soatin rules` share. */
#ifndef CLI_RULES_H
#define CLI_RULES_H

#include "base/clock.h"
#include "cli/cli.h"

/* Places and rules together, as every verb needs them. Release with rules_close(). */
struct rules_open {
	struct gazetteer *places;
	struct ruleset *set;
};
/* Returns an exit status, EXIT_OK to go on; what went wrong was told. */
int rules_open(struct cli *c, const struct texts *files, bool unchecked, struct rules_open *out);
void rules_close(struct rules_open *r);

/* "2026-11-22"; "" when the day is 0. */
const char *rules_day(int64_t days, char out[STAMP_MAX]);

int rules_check(struct cli *c, int argc, char **argv);
int rules_explain(struct cli *c, int argc, char **argv);
int rules_mute(struct cli *c, int argc, char **argv);
int rules_try(struct cli *c, int argc, char **argv);

#endif
