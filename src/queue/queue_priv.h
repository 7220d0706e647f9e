/* queue_priv: what the files of this room share. Nobody else includes it. */
#ifndef QUEUE_QUEUE_PRIV_H
#define QUEUE_QUEUE_PRIV_H

#include <sqlite3.h>

#include "base/map.h"
#include "base/vec.h"
#include "queue/queue.h"

/* A statement is known by the address of its SQL text and prepared once. */
struct prepared {
	const char *sql;
	sqlite3_stmt *stmt;
};

/* The item of a story, as far as what comes in asks for it. */
struct found_item {
	int64_t number; /* 0: none */
	char state;     /* first letter: n t a d r */
	bool touched;   /* people decided something, or it came back */
	bool withdrawn;
};

/* A story met in this transaction. */
struct met {
	int64_t story;
	bool changed; /* its item is computed anew before the commit, … */
	int64_t now;  /* … as of then */
	struct found_item item;
	int64_t as_of; /* q->decided when item was read; -1: it was not */
};

struct queue {
	sqlite3 *db;
	char *path;
	enum queue_mode mode;
	VEC(struct prepared) statements;
	struct near *near; /* fingerprints of the last days, loaded when first asked for; NULL: not loaded */
	int64_t near_version; /* PRAGMA data_version it was loaded at */
	VEC(struct met) met;
	struct map met_at; /* story -> its place in met, from 1 */
	int64_t decided;   /* how often what is known of items became old */
};

/* --- db.c: statements, values, faults --- */

/* The fault SQLite reports for the last call, in plain words. Returns -1. */
int db_fault(struct queue *q, struct err *e);
/* The database is damaged (or no database at all, by `text`): names the newest backup beside it. Returns -1.
 */
int db_damaged(const char *path, const char *text, struct err *e);
MUST_USE int db_exec(struct queue *q, const char *sql, struct err *e);
/* The prepared statement for a literal, reset, without values; NULL: fault. */
sqlite3_stmt *db_stmt(struct queue *q, const char *sql, struct err *e);
MUST_USE int db_step(struct queue *q, sqlite3_stmt *s, struct err *e); /* 1: a row, 0: done, -1: fault */
MUST_USE int db_row(
	struct queue *q, sqlite3_stmt *s, struct err *e); /* 0: a row, which must be there; -1: fault */
MUST_USE int db_run(struct queue *q, sqlite3_stmt *s, struct err *e); /* steps to the end and resets */
void db_done(sqlite3_stmt *s);                                        /* resets; accepts NULL */
/* One number: 0 when there is no row or it is NULL. */
MUST_USE int db_number(struct queue *q, const char *sql, int64_t *out, struct err *e);
void db_int(sqlite3_stmt *s, int at, int64_t v);
void db_int_opt(sqlite3_stmt *s, int at, int64_t v);              /* 0 binds NULL */
void db_text(sqlite3_stmt *s, int at, const char *v);             /* borrowed until reset; NULL binds NULL */
void db_span(sqlite3_stmt *s, int at, struct span v);             /* text, borrowed until reset */
void db_bytes(sqlite3_stmt *s, int at, const void *p, size_t n);  /* borrowed until reset */
struct span db_col(sqlite3_stmt *s, int at);                      /* until the next step */
const char *db_col_dup(struct arena *a, sqlite3_stmt *s, int at); /* NULL stays NULL */
#define db_col_int(s, at) ((int64_t)sqlite3_column_int64((s), (at)))
/* Begins a transaction unless one is open; *mine says whether to end it. */
MUST_USE int db_enter(struct queue *q, bool *mine, struct err *e);
/* Ends it: commits when rc is 0, else rolls back. Returns 0 or -1. */
MUST_USE int db_leave(struct queue *q, bool mine, int rc, struct err *e);

/* --- schema.c --- */
enum { QUEUE_APPLICATION_ID = 0x736F6174 }; /* "soat", in the file's header */
extern const char *const
	*const queue_migrations[]; /* number i, a list of SQL texts, makes version i + 1; both end in NULL */
int64_t queue_schema_version(void);

/* --- near.c: likely copies among the articles of the last days --- */
struct near_hit {
	int64_t article; /* article.n */
	bool flagged;
};
struct near_hits {
	struct near_hit *p;
	size_t n, cap;
};
void near_free(struct near *x); /* accepts NULL */
/* The story of an article, as far as it is remembered; 0: ask the database. */
int64_t near_story(const struct queue *q, int64_t article);
void near_set_story(struct queue *q, int64_t article, int64_t story);
/* Articles whose fingerprint is the same story; with flagged_only those with live flags alone. Adds to *out.
 */
MUST_USE int near_find(struct queue *q, const struct fingerprint *f, int64_t now, bool flagged_only,
	int64_t except, struct near_hits *out, struct err *e);
/* Files the fingerprint of an article; again: in place of the one it had. */
MUST_USE int near_put(struct queue *q, int64_t article, int64_t seen, const struct fingerprint *f,
	bool flagged, bool again, int64_t now, struct err *e);
MUST_USE int near_prune(struct queue *q, int64_t now, struct err *e); /* forgets what is too old to matter */

/* --- event.c --- */
MUST_USE int event_add(struct queue *q, int64_t item, int64_t at, const char *who, const char *what,
	const char *why, const char *detail, struct err *e);

/* --- item.c: stories and their items --- */
enum level { LEVEL_NONE, LEVEL_ANSWERED, LEVEL_OPEN }; /* of an article's live flags */
struct tie {
	int64_t article; /* article.n; 0: about to be inserted */
	int64_t had;     /* the story it was in before; 0: none */
	const char *id, *source;
	enum level level;
	struct fingerprint print;
	int64_t now;
	/* found by item_find() */
	int64_t story;         /* of its copies, or its own; 0: none yet */
	struct near_hits hits; /* copies without a story are left in it, the others zeroed */
};
/* Finds the story of the article's copies; two that prove to be one are merged. Release t->hits after. */
MUST_USE int item_find(struct queue *q, struct tie *t, struct err *e);
/* Ties the article to that story: opens, extends or reopens its item. A fresh article was inserted with the
 * story found. */
MUST_USE int item_tie(struct queue *q, const struct tie *t, bool fresh, struct err *e);
/* Computes anew what the items of the stories touched since the last call show. */
MUST_USE int item_refresh(struct queue *q, struct err *e);
void item_forget(struct queue *q); /* an item changes: what is known of items is old */
void item_part(struct queue *q);   /* the transaction ends: no story is met */

#endif
