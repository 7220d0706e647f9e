/* queue: flagged articles -> items, their states and their events; and what the scan must remember (articles
 * seen, health of sources). One SQLite file; soatin-queue.5. A state is a fold of events; events are never
 * changed. */
#ifndef QUEUE_QUEUE_H
#define QUEUE_QUEUE_H

#include "news/news.h"
#include "story/story.h"

struct queue;

enum queue_mode {
	QUEUE_READ,
	QUEUE_WRITE,
	QUEUE_DECIDE, /* writes, but only to a queue that is there; checks it as a reader does */
};

/* Opens, checks (quick_check; damage: ERR_DATA naming the newest backup, before anything is written) and
 * migrates. QUEUE_WRITE creates a missing file; for the others it is a fault that says to run a
 * scan. */
MUST_USE int queue_open(const char *path, enum queue_mode mode, struct queue **out, struct err *e);
void queue_close(struct queue *q);                                         /* accepts NULL */
MUST_USE int queue_backup(struct queue *q, const char *to, struct err *e); /* online copy */

/* --- what the scan writes; all inside one transaction per batch --- */
MUST_USE int queue_begin(struct queue *q, struct err *e);
MUST_USE int queue_commit(struct queue *q, struct err *e);
void queue_rollback(struct queue *q);

enum stored { STORED_NEW, STORED_UPDATED, STORED_SAME };

/* Stores the article (by id; a fuller or later text replaces an older one, whose text is kept as a version;
 * the same content writes nothing), files its story, and opens, extends or reopens (as returning) the story's
 * item when it has live flags. */
MUST_USE int queue_store(
	struct queue *q, const struct article *x, int64_t now, enum stored *what, struct err *e);
/* The same when the article's line (without line break) is at hand already, as it came from a worker. */
MUST_USE int queue_store_line(struct queue *q, const struct article *x, struct span line, int64_t now,
	enum stored *what, struct err *e);
/* Is an article with this id there, with its text? Or was its page looked at and is a list, or was next to
 * nothing already before `since` (seconds UTC)? Then it needs no second fetch. */
MUST_USE int queue_has_page(struct queue *q, const char *id, int64_t since, bool *has, struct err *e);

struct source_state {
	const char *etag, *last_modified; /* NULL: none; in the arena given */
	/* Of the last body, to know an unchanged 200; behind that of a beginning "/" and its length. */
	const char *body_digest;
	int64_t next_ask; /* not to be asked before (Retry-After, max-age, interval); 0: any time */
	int64_t last_ok, last_change, failing_since; /* seconds UTC, 0: never */
	int64_t errors;                              /* in a row */
	bool gone;                                   /* 410 */
	const char *last_error;                      /* its text and what belongs into that, tabs between */
	const char *address;           /* of the feeds file, that all this is true of; NULL: not noted */
	const char *moved;             /* where permanent redirects lead; NULL: nowhere */
	int64_t moves;                 /* answers in a row that led there */
	int64_t newest;                /* when its newest entry was published, or came; 0: unknown */
	int64_t rhythm;                /* seconds between two entries, the median; 0: unknown */
	int64_t ttl;                   /* seconds it wants to be left alone */
	int64_t skip_hours, skip_days; /* when it does not want to be asked: bits, GMT; 0: midnight, Monday */
	const char *told; /* what `scan --cron` has told of it and need not tell again; NULL: nothing */
};
MUST_USE int queue_source_get(
	struct queue *q, struct arena *a, const char *source_id, struct source_state *out, struct err *e);
MUST_USE int queue_source_put(
	struct queue *q, const char *source_id, const struct source_state *s, struct err *e);
/* Records a run: when, how many sources, articles, items, errors; one row. */
struct scan_totals {
	int64_t started, ended;
	int64_t sources, unchanged, failed, articles, added, updated, flagged, items;
};
MUST_USE int queue_note_scan(struct queue *q, const struct scan_totals *t, struct err *e);

/* --- items --- */
enum item_state { ITEM_NEW, ITEM_TAKEN, ITEM_ANSWERED, ITEM_DISMISSED, ITEM_REFERRED };
extern const char *const item_states[]; /* "new" "taken" "answered" "dismissed" "referred", NULL */

struct item_event {
	int64_t at;
	const char *who, *what; /* what: take answer dismiss refer reopen note; written by the queue itself,
				 * as "soatin": found copy return withdraw merge */
	const char *why;        /* free text; NULL */
	const char *detail;     /* JSON object or NULL: {"label":…,"reply":…,"sources":[…]} */
};

struct item {
	int64_t number; /* what people type */
	enum item_state state;
	bool returning; /* copies came in after it was answered or dismissed; the state is new again, until
			   the next decision */
	bool answered_by_source; /* its articles have no open flag, only answered ones */
	const char *who;         /* who has it or decided it; NULL */
	const char *story, *title, *url, *lang, *topic, *rule,
		*action; /* of the leading article and its heaviest flag */
	struct {
		int rule, place, spread, source, total;
	} priority;
	int64_t first_seen, last_seen, due; /* seconds UTC; due 0: none */
	int64_t copies, sources;   /* articles of the story, the leading one counted too, and the sources they
				      came from */
	struct article **articles; /* only from queue_item(): all, leading first; in the arena */
	size_t n_articles;
	struct article **versions; /* only from queue_item(): other texts these articles (by id) have had */
	size_t n_versions;
	struct item_event *events; /* only from queue_item() */
	size_t n_events;
};

struct item_query {
	const char *states; /* comma list of item_states, "returning", "open" (new, taken, returning), "all";
			       NULL: open */
	const char *text;   /* every word must occur (folded) in title or text; NULL */
	const char *topic, *action, *rule, *source, *place, *who; /* NULL: any */
	int64_t since, until;                                     /* first seen; 0: any */
	int limit;                                                /* 0: none */
	bool with_answered; /* untouched items whose flags are all answered come too (marked) */
};

/* Most urgent first: priority, then due, then number. Items live in the arena. */
MUST_USE int queue_list(struct queue *q, struct arena *a, const struct item_query *want, struct item **out,
	size_t *n, struct err *e);
/* The number of an item that became part of another yields that other one. */
MUST_USE int queue_item(struct queue *q, struct arena *a, int64_t number, struct item *out, struct err *e);
/* Adds an event and returns the new state. A step the state does not allow (answer a dismissed item …):
 * ERR_USAGE that says what is possible. In its own transaction. */
MUST_USE int queue_event(
	struct queue *q, int64_t number, const struct item_event *ev, enum item_state *now, struct err *e);
/* Which events are allowed in a state: names joined by ", ", static. */
const char *item_allowed(enum item_state s);

/* All stored articles, as NDJSON lines without line break, oldest first: the current version of each, as it
 * came, and the story it belongs to, which is not in the line; NULL: none. each() returning anything but 0
 * ends it with that value. */
MUST_USE int queue_each_article(struct queue *q, int64_t since,
	int (*each)(struct span line, const char *story, void *ctx), void *ctx, struct err *e);
/* Counts for the digest. Open items (new, taken) count whenever they came; closed ones when they were decided
 * since `since`; articles when first seen since then. Untouched items whose flags are all answered are
 * counted apart, not as new. */
struct queue_counts {
	int64_t state[5], returning, overdue, articles, sources_failing, answered_by_source;
};
MUST_USE int queue_count(
	struct queue *q, int64_t since, int64_t now, struct queue_counts *out, struct err *e);
/* How a rule has done: items it has flagged, first seen since `since`, by what people made of them.
 * Confirmed: answered or referred; an item the queue withdrew itself counts as neither. The precision is
 * confirmed of decided, with its 95 % interval (Wilson); meaningless when nothing is decided. */
struct rule_counts {
	const char *rule;
	int64_t items, open, confirmed, dismissed;
	int64_t last_hit; /* when its latest article came, seconds UTC */
	double precision, low, high;
};
/* By rule id; until each() returns anything but 0. */
MUST_USE int queue_each_rule(struct queue *q, int64_t since,
	int (*each)(const struct rule_counts *r, void *ctx), void *ctx, struct err *e);
/* All sources ever asked, by id: calls each() until it returns anything but 0. */
MUST_USE int queue_each_source(struct queue *q, struct arena *a,
	int (*each)(const char *id, const struct source_state *s, void *ctx), void *ctx, struct err *e);

/* Mail: the Message-ID is stored before sending so that a retry never doubles. */
MUST_USE int queue_mail_begin(struct queue *q, const char *key, const char *message_id, int64_t now,
	bool *already_sent, const char **stored_id, struct arena *a, struct err *e);
MUST_USE int queue_mail_sent(struct queue *q, const char *key, int64_t now, struct err *e);

#endif
