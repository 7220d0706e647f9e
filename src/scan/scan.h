/* scan: runs the sentence. Here are the two steps that filters and workers share (reading a record, matching
 * an article), the worker processes around them, and the daily job with network and queue. */
#ifndef SCAN_SCAN_H
#define SCAN_SCAN_H

#include "archive/archive.h"
#include "conf/conf.h"
#include "decode/decode.h"
#include "fetch/fetch.h"
#include "news/news.h"
#include "place/place.h"
#include "queue/queue.h"
#include "rule/rule.h"

/* What a worker (or a filter) needs, loaded before it loses its files. */
struct reader {
	struct decode *decode;
};

/* One document, from a WARC record or a file. */
struct document {
	struct span body, content_type, content_encoding;
	const char *url; /* may be NULL */
	const char *as;  /* "feed", "sitemap"; "page", an article; "section", a page with links to articles;
			    NULL: found out */
	struct source source;
	struct span entry; /* JSON of the feed entry that led to this page; empty: none */
	int64_t fetched;   /* seconds UTC; 0: unknown */
	struct evidence evidence;
	const char *from;
	bool cut; /* the body is only the start of what there was */
	bool why; /* a page: reading.why is wanted */
};

/* What reading a document yielded beside its articles. */
struct reading {
	bool is_feed;
	const char *format;              /* "rss" … "page" "section" */
	const char *charset;             /* as decoded */
	const char *title, *link, *lang; /* of the feed */
	int64_t ttl;                     /* seconds, 0: none */
	uint32_t skip_hours, skip_days;  /* bits, as struct feed has them */
	struct article **articles;
	size_t n;
	struct page_why *why; /* page/page.h; NULL: not wanted, or no page */
};

MUST_USE int read_document(struct reader *r, struct arena *a, const struct document *d, struct reading *out,
	struct report *rep, struct err *e);
/* What the document at a source's own address is read as, and what the source says of its documents. */
const char *document_as(const struct source_conf *x);
struct source document_source(const struct source_conf *x);
/* The document inside a WARC record; false when the record holds none (warcinfo, request, revisit, non-HTTP).
 * The views live as long as the record; file names the WARC file for the evidence (may be NULL). */
bool document_of_record(
	struct arena *a, const struct warc_record *rec, const char *file, struct document *out);

/* Matching: rules and places as loaded; one per process. */
struct matcher {
	const struct gazetteer *gazetteer;
	struct ruleset *rules;
	struct rule_matcher *rule;
	int64_t now; /* for articles that do not say when they were fetched */
};
/* Sets mentions, flags, priority parts, fingerprint and lang. */
void match_article(struct matcher *m, struct arena *a, struct article *x, struct report *rep);

/* --- the daily job --- */
struct scan_plan {
	const struct settings *settings;
	const struct source_list *sources;
	struct gazetteer *gazetteer;
	struct ruleset *rules; /* NULL: only read (scan_fetch) */
	const char *version;
	const char *replay; /* WARC file: no network */
	bool no_pages;
	bool once;  /* a fault that lasts is told once, and so is its end */
	bool force; /* ask sources that need not be asked yet */
	int64_t now;
	int workers;             /* 0: one per processor, at most 8 */
	const char *archive_dir; /* NULL: keep no archive */
	const char *crash_on;    /* for tests: a worker aborts on a record whose address holds this; NULL */
	/* When not NULL: gets the NDJSON the workers gave, line by line, in record order when replaying. */
	void (*article)(void *ctx, struct span line);
	void *ctx;
};

struct scan_events {
	/* A source or record had a fault; `source` is its id. */
	void (*fault)(void *ctx, const char *source, const struct err *e);
	void (*remark)(void *ctx, const char *source, const char *url, const struct remark *r);
	/* Something about a source that is no fault: it moved, works again, brings nothing. */
	void (*notice)(void *ctx, const char *source, const struct err *what);
	void (*progress)(void *ctx, size_t done, size_t total);
	void *ctx;
};

/* Is the source silent, for what it usually brings? Then *out says so in words. */
bool source_silence(const struct source_state *s, int64_t now, struct err *out);

/* 0: done (totals say what failed); -1: could not go on, the queue is whole. */
MUST_USE int scan_run(const struct scan_plan *p, struct queue *q, const struct scan_events *on,
	struct scan_totals *out, struct err *e);
/* How the network is asked, by the settings; what must be made is made in the arena. */
struct fetch_settings scan_manners(struct arena *a, const struct settings *s, const char *version);
/* `soatin fetch`: the same requests, unconditional, the records on the descriptor (plain WARC); no queue. */
MUST_USE int scan_fetch(const struct scan_plan *p, int fd, const struct scan_events *on,
	struct scan_totals *out, struct err *e);

#endif
