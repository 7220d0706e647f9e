/* digest: what the two files of `soatin digest` share. */
#ifndef CLI_DIGEST_H
#define CLI_DIGEST_H

#include "cli/cli.h"
#include "digest/digest.h"

struct digest_run {
	struct cli *c;
	struct gazetteer *gazetteer;
	struct ruleset *rules;
	struct source_list sources;
	struct queue *queue;
	struct digest d;
	struct texts notices;
	const char *from; /* addresses of the mail: options or configuration */
	struct texts to;
	bool again; /* although it was sent already */
};

/* From, to and the server: a fault says which line the configuration lacks. */
MUST_USE int digest_addresses(struct digest_run *r, struct err *e);
/* "20261123.3f2a…@domain": another one in every call. In the arena. */
const char *digest_new_id(struct digest_run *r);
/* Sends to those who have not had the digest of this period yet. Returns the exit status; -1: fault. */
MUST_USE int digest_send(struct digest_run *r, struct err *e);

#endif
