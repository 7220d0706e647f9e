/* feeds: what the files behind `soatin feeds` share. */
#ifndef CLI_FEEDS_H
#define CLI_FEEDS_H

#include "base/json.h"
#include "cli/cli.h"
#include "fetch/fetch.h"
#include "scan/scan.h"

/* Asks all of them at once, as polite as a scan; done() is called for each, in the order they answer. Nothing
 * is remembered: no validators, no state in the queue. */
typedef void feeds_answer_fn(void *ctx, size_t i, const struct fetch_answer *answer);
MUST_USE int feeds_ask(
	struct cli *c, const struct source_list *l, feeds_answer_fn *done, void *ctx, struct err *e);

enum feeds_what { FEEDS_READ, FEEDS_DISCOVER, FEEDS_OPML };
/* Reads a document in a jailed child. *json gets what it found, one object:
 *   FEEDS_READ      {"title","link","language","encoding","format","entries":[ARTICLE…]}
 *   FEEDS_DISCOVER  {"feeds":["https://…",…]}
 *   FEEDS_OPML      {"outlines":[{"url":"https://…","title":"…"},…]}
 * or {"error":"sentence in the reader's language","status":65}. With `tell` the remarks go to stderr under
 * that name. Returns the status so far (EXIT_OK, EXIT_SOME), -1 when the child died on it. */
MUST_USE int feeds_read(struct cli *c, struct reader *r, const struct document *d, enum feeds_what what,
	const char *tell, struct str *json, struct err *e);

/* The document behind a file name, an address or the id of a source, read as above; what goes wrong is told.
 * *json is the text, *doc the same parsed (the caller frees both, also on failure). Returns an exit status.
 */
struct feeds_look {
	const char *base, *content_type; /* as given on the command line; NULL */
	bool section;                    /* a page with links to articles */
	const char *links;               /* the selector of its links; NULL: found */
	bool at_private;                 /* set: the address was a private one */
};
int feeds_look(struct cli *c, struct feeds_look *how, const char *name, enum feeds_what what,
	struct str *json, struct json **doc);

/* Are --as KIND and --links SELECTOR understood? Else it is told as wrong usage. */
bool feeds_section(struct cli *c, const char *as, const char *links, bool *section);

/* The sources named on the command line: ids of the configured ones, addresses as they are; none: all that
 * are enabled. Returns an exit status, EXIT_OK to go on. */
int feeds_choose(
	struct cli *c, const char *const *names, int n, const struct texts *files, struct source_list *out);
/* Is this a kind of soatin-feeds(5)? Else it is told as wrong usage. */
bool feeds_kind(struct cli *c, const char *kind);

/* The configured sources, or those of the files. Returns an exit status. */
int feeds_load(struct cli *c, const struct texts *files, struct source_list *out);

int feeds_list(struct cli *c, int argc, char **argv);
int feeds_check(struct cli *c, int argc, char **argv);
int feeds_show(struct cli *c, int argc, char **argv);
int feeds_discover(struct cli *c, int argc, char **argv);
int feeds_add(struct cli *c, int argc, char **argv);
int feeds_import(struct cli *c, int argc, char **argv);
int feeds_export(struct cli *c, int argc, char **argv);

#endif
