/* scan_priv: the pool of worker processes behind the daily job. */
#ifndef SCAN_SCAN_PRIV_H
#define SCAN_SCAN_PRIV_H

#include "base/vec.h"
#include "scan/scan.h"

/* What a worker said about one record; lives until the callback returns. */
struct record_result {
	struct span articles; /* NDJSON lines, whole */
	size_t n;             /* how many */
	bool is_feed;
	int64_t ttl, skip_hours, skip_days;
	struct report report; /* remarks of the record */
	struct err fault;     /* set: no articles came of it */
};

struct pool;
typedef void pool_done_fn(void *ctx, void *tag, struct record_result *r);

/* The reader and matcher are what workers share by fork. matcher may be NULL: then they only read. */
struct pool_setup {
	struct reader *reader;
	struct matcher *matcher;
	int workers;
	bool ordered; /* results come in the order of pool_add() */
	const char *crash_on;
	pool_done_fn *done;
	void *ctx;
};

struct pool *pool_new(const struct pool_setup *s);
void pool_free(struct pool *p); /* kills what runs */
MUST_USE int pool_add(struct pool *p, const struct warc_record *r, void *tag, struct err *e);
size_t pool_pending(const struct pool *p); /* records not yet delivered */
size_t pool_backlog(const struct pool *p); /* bytes of records waiting or being worked on */
/* For poll(): fills at most max descriptors, returns how many. After poll() give them back with pool_io(). */
unsigned pool_poll(struct pool *p, struct pollfd *fds, unsigned max);
/* Moves bytes, starts and ends workers, delivers results (callbacks run inside). */
MUST_USE int pool_io(struct pool *p, const struct pollfd *fds, unsigned n, struct err *e);

enum { POOL_FDS_MAX = 16 }; /* two per worker, at most 8 workers */

/* The body of a worker process: records in, NDJSON out. ctx is a struct pool_setup. */
int worker_run(int in, int out, void *ctx);
/* The line that ends a record's articles, and how the pool reads it: {"record":{…}} */
void record_line_write(
	const struct reading *reading, const struct report *rep, const struct err *fault, struct str *out);
bool record_line_is(struct span line);
MUST_USE int record_line_read(struct arena *a, struct span line, struct record_result *out, struct err *e);

#endif
