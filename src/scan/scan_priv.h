/* scan_priv: the pool of worker processes behind the daily job. */
#ifndef SCAN_SCAN_PRIV_H
#define SCAN_SCAN_PRIV_H

#include "base/vec.h"
#include "scan/scan.h"

/* What a worker said about one record, before its articles; lives until `done` returns. */
struct record_result {
	size_t n; /* articles */
	bool is_feed;
	int64_t ttl, skip_hours, skip_days;
	struct report report; /* remarks of the record */
	struct err fault;     /* set: no articles came of it */
};

struct pool;
/* One article of a record: its NDJSON, without the line end. */
typedef void pool_article_fn(void *ctx, void *tag, const struct record_result *r, struct span line);
typedef void pool_done_fn(void *ctx, void *tag, struct record_result *r); /* all of them are delivered */

/* The reader and matcher are what workers share by fork. matcher may be NULL: then they only read. */
struct pool_setup {
	struct reader *reader;
	struct matcher *matcher;
	int workers;
	bool ordered; /* results come in the order of pool_add() */
	const char *crash_on;
	pool_article_fn *article;
	pool_done_fn *done;
	void *ctx;
};

struct pool *pool_new(const struct pool_setup *s);
void pool_free(struct pool *p); /* kills what runs */
/* file: holds the record's block from its first byte on, and is duplicated; -1: it is in memory only. */
MUST_USE int pool_add(struct pool *p, const struct warc_record *r, int file, void *tag, struct err *e);
size_t pool_pending(const struct pool *p); /* records not yet delivered */
/* What records waiting or being worked on weigh: the bytes held in memory, and a little for each file. */
size_t pool_backlog(const struct pool *p);
/* For poll(): fills at most max descriptors, returns how many. Then comes pool_io(). */
unsigned pool_poll(struct pool *p, struct pollfd *fds, unsigned max);
/* Moves bytes, starts and ends workers, delivers results (callbacks run inside). */
MUST_USE int pool_io(struct pool *p, struct err *e);

enum { POOL_FDS_MAX = 16 }; /* two per worker, at most 8 workers */

/* The body of a worker process: records in, NDJSON out. ctx is a struct pool_setup. */
int worker_run(int in, int out, void *ctx);
/* The lines before and behind a record's articles, and how the pool reads them: {"record":{…}}; rep and fault
 * NULL: not known yet. */
void record_line_write(
	const struct reading *reading, const struct report *rep, const struct err *fault, struct str *out);
bool record_line_is(struct span line);
MUST_USE int record_line_read(struct arena *a, struct span line, struct record_result *out, struct err *e);

#endif
