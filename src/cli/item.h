/* item: what the commands about the queue share. */
#ifndef CLI_ITEM_H
#define CLI_ITEM_H

#include "base/json.h"
#include "cli/cli.h"

/* One item as a JSON object, soatin-queue(5); with its articles and events when they were read
 * (queue_item()). No line break. */
void item_write(const struct item *it, struct str *out);
/* The state as people call it: "returning" for a new item that came back. Translated. */
const char *item_state_word(const struct item *it);
/* The number in "12" or "#12". */
bool item_number(const char *text, int64_t *out);
/* Time left or over; "" when nothing is due or it is decided already. */
void item_left(const struct cli *c, const struct item *it, struct str *out);
/* How urgent that is, as an SGR code; NULL: not. */
const char *item_left_style(const struct cli *c, const struct item *it);

/* The flagged passages of an article, indented and broken at the terminal's width; marks in colour, else
 * between « ». */
void passages_add(const struct article *x, bool color, struct str *out);
/* An answered item as schema.org ClaimReview; author: who publishes the review, NULL: who decided. A fault
 * when it has no answer with a label. No line break. */
MUST_USE int claim_write(const struct item *it, const char *author, struct str *out, struct err *e);

int queue_backup_to(struct cli *c, int argc, char **argv);
int queue_export(struct cli *c, int argc, char **argv);
int queue_import(struct cli *c, int argc, char **argv);
int queue_stats(struct cli *c, int argc, char **argv);

#endif
