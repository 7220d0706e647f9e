/* run_priv: one run of the daily job, shared by its files: run.c (network), replay.c (a recorded file),
 * ask.c (requests and answers), given.c (what workers make of records), store.c (what reaches the queue). */
#ifndef SCAN_RUN_PRIV_H
#define SCAN_RUN_PRIV_H

#include "base/map.h"
#include "scan/scan_priv.h"

/* A source in this run. It is finished, and its validators are stored, when its feed and all pages it led to
 * are: a run that is killed before asks again, and finds what is missing by the articles that have no text
 * yet. */
struct source_job {
	const struct source_conf *conf;
	struct source source;
	struct source_state state; /* as stored; then as it will be */
	size_t pages;              /* still out, further sitemaps too */
	int64_t maps, map_pages;   /* asked for because a sitemap named them */
	bool feed_done;
	bool ask_again;         /* a page failed for a reason that may pass: the validators are not stored */
	bool changed;           /* state must be written */
	VEC(int64_t) dates;     /* of its entries */
	struct str telling;     /* what is told of it in this run; see health.c */
	const char *page_fault; /* text of the last page's, when it was not even asked: told once */
};

/* What a request belongs to. */
struct request_tag {
	struct source_job *job;
	char *entry;      /* page: Soatin-Entry JSON; NULL: the source itself */
	char *entry_line; /* page: the entry's own article */
	int depth;        /* a sitemap that another one led to */
};

/* What a record in the pool belongs to. */
struct task_tag {
	struct source_job *job; /* NULL when replaying */
	const char *name, *url; /* source id and address, for reports */
	char *entry_line; /* page: the entry's own article, stored when the page yields none; malloc'd; NULL:
			     none */
	bool page;
	int depth;   /* of a sitemap that another one led to; 0: the source itself */
	int64_t now; /* seconds UTC: when the bytes came */
};

struct run {
	const struct scan_plan *plan;
	struct queue *queue; /* NULL: records go to `fd` instead */
	int fd;
	const struct scan_events *on;
	struct scan_totals *totals;
	struct err *fatal;  /* set: the run cannot go on */
	struct arena arena; /* as long as the run */
	struct fetch *fetch;
	struct pool *pool;
	struct archive *archive;
	struct reader reader;
	struct matcher matcher;
	struct arena line; /* one article */
	struct map seen;   /* article ids whose page was asked for or is recorded */
	struct source_job *jobs;
	size_t n_jobs, done;
	/* batch */
	bool open; /* a transaction is open */
	size_t in_batch;
	int64_t batch_since; /* ms */
};

/* ask.c */
struct request_tag *request_tag_new(struct source_job *j, char *entry, char *entry_line); /* takes both */
/* Sends for an address; conditional: only if it changed since the source's state says. */
void ask(struct run *r, struct source_job *j, const char *url, struct request_tag *t, bool conditional);
void answer_came(const struct fetch_answer *a, void *ctx); /* ctx: the run */

/* given.c */
/* ctx: the run, tag: a struct task_tag */
void record_article(void *ctx, void *tag, const struct record_result *res, struct span line);
void record_done(void *ctx, void *tag, struct record_result *res);
void job_settle(
	struct run *r, struct source_job *j); /* when its feed and all pages are there: it is finished */

/* store.c */
typedef void article_fn(struct run *r, const struct task_tag *t, const struct article *x, struct span line);
/* An article that a worker gave: to whoever watches the plan, and read for `to`. */
void take_article(struct run *r, const struct task_tag *t, struct span line, article_fn *to);
/* An entry that was held back for its page, which did not come, or (looked_at) is no article; NULL: none. */
void store_held(struct run *r, const struct task_tag *t, const char *line, bool looked_at);
/* A page that a link led to and that is a list: remembered, so that it is not asked for again. No article. */
void store_list(struct run *r, const struct task_tag *t, const struct article *x);
/* line: the article's own, as a worker wrote it; it is what the queue keeps. A failure of the queue is
 * r->fatal. */
void store_article(struct run *r, const struct task_tag *t, const struct article *x, struct span line);
void store_source(struct run *r, struct source_job *j);
void store_pause(struct run *r, bool at_end); /* commits when the batch is full or old, or at the end */
/* A fault counts; it is told unless it was, in a run that tells each once. j NULL: of no source, or
 * replaying. */
void tell_fault(struct run *r, struct source_job *j, const char *source, const struct err *e, bool page);
void tell_notice(struct run *r, const struct source_job *j, const struct err *what);
void tell_report(struct run *r, const struct task_tag *t, const struct report *rep);

/* health.c */
void health_begin(struct source_job *j);                    /* its state is read */
bool health_moved(const struct source_job *j);              /* asked at state.moved */
bool health_rests(const struct source_job *j, int64_t now); /* not to be asked yet */
void health_failed(struct run *r, struct source_job *j, const struct fetch_answer *a);
void health_unchanged(struct run *r, struct source_job *j, const struct fetch_answer *a);
void health_answered(struct run *r, struct source_job *j, const struct fetch_answer *a, const char *digest);
void health_unread(struct run *r, struct source_job *j, int64_t now, const struct err *fault);
void health_entry(struct source_job *j, const struct article *x, int64_t now);
/* All its entries are seen; of a section the dates come with its pages. */
void health_feed(struct source_job *j, const struct record_result *res, int64_t now, bool section);
void health_dates(
	struct source_job *j, int64_t otherwise); /* its newest, when no date is known; 0: as before */
/* Has this not been told yet, in this run or before? what: 's' of the source, 'p' of a page. */
bool health_news(
	struct run *r, struct source_job *j, char what, const char *text, const char *a, const char *b);
void health_end(struct run *r, struct source_job *j); /* before its state is stored */

/* run.c */
MUST_USE int run_start(
	struct run *r, pool_article_fn *article, pool_done_fn *done, bool ordered, struct err *e);
void run_stop(struct run *r);
MUST_USE int run_pool(struct run *r, int timeout_ms, struct err *e); /* waits for workers alone */

/* replay.c */
MUST_USE int replay_run(struct run *r, struct err *e);

#endif
