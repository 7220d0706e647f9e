/* db: the thin layer between this room and SQLite: statements prepared once, values bound and never pasted
 * into SQL, and SQLite's result codes told in plain words with the status each deserves. */
#include "queue/queue_priv.h"

#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"

#include "base/banned.h"

/* The newest of PATH.backup-*, by name (names carry the date); NULL: none. In the arena. */
static const char *newest_backup(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	const char *dir = slash ? arena_dup(a, (struct span){path, (size_t)(slash - path) + 1}) : ".";
	const char *prefix = arena_printf(a, "%s.backup-", name), *found = NULL;
	char **all = NULL;
	size_t n = 0;
	struct err ignored = {0};
	if (dir_list(a, dir, "", &all, &n, &ignored) < 0)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		const char *cut = strrchr(all[i], '/');
		if (span_starts(span_of(cut ? cut + 1 : all[i]), prefix))
			found = all[i];
	}
	return found;
}

int db_damaged(const char *path, const char *text, struct err *e)
{
	struct arena a = {0};
	const char *backup = newest_backup(&a, path);
	err_set(e, ERR_DATA, text, path, backup);
	err_todo(e,
		backup ? N_("move the file away and put the newest backup in its place: %2")
		       : N_("there is no backup beside it; \"sqlite3 FILE .recover\" may save most of it"));
	arena_release(&a);
	return -1;
}

int db_fault(struct queue *q, struct err *e)
{
	int code = q->db ? sqlite3_extended_errcode(q->db) : SQLITE_NOMEM;
	int seen = errno, sys = q->db ? sqlite3_system_errno(q->db) : 0;
	switch (code & 0xFF) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		err_set(e, ERR_BUSY, N_("the queue %1 is being written by another program"), q->path, NULL);
		return err_todo(e, N_("try again in a moment"));
	case SQLITE_NOTADB:
		return db_damaged(q->path, N_("%1 is not a queue: not a database"), e);
	case SQLITE_CORRUPT:
		if (seen == EIO) /* SQLite takes a sector that cannot be read for damage */
			return err_sys(e, ERR_IO, seen, N_("cannot read or write the queue %1"), q->path);
		return db_damaged(q->path, N_("the queue %1 is damaged"), e);
	case SQLITE_FULL:
		err_set(e, ERR_IO, N_("cannot write the queue %1: the disk is full"), q->path, NULL);
		return err_todo(e, N_("nothing in it was lost; make room, then do it again"));
	case SQLITE_READONLY:
		return err_set(e, ERR_IO, N_("cannot write the queue %1: it is read-only"), q->path, NULL);
	case SQLITE_CANTOPEN:
		return err_sys(e, ERR_IO, sys, N_("cannot open the queue %1"), q->path);
	case SQLITE_NOMEM:
		return err_set(e, ERR_SYSTEM, N_("out of memory"), NULL, NULL);
	case SQLITE_IOERR: /* SQLite tidies up before it tells, and the reason may be gone by then */
		return err_sys(e, ERR_IO,
			sys    ? sys
			: seen ? seen
			       : EIO,
			N_("cannot read or write the queue %1"), q->path);
	default:
		return err_set(
			e, ERR_IO, N_("the queue %1 refused a step: %2"), q->path, sqlite3_errmsg(q->db));
	}
}

int db_exec(struct queue *q, const char *sql, struct err *e)
{
	errno = 0;
	if (sqlite3_exec(q->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return db_fault(q, e);
	return 0;
}

sqlite3_stmt *db_stmt(struct queue *q, const char *sql, struct err *e)
{
	sqlite3_stmt *s = NULL;
	vec_each (p, &q->statements)
		if (p->sql == sql)
			return p->stmt;
	errno = 0;
	if (sqlite3_prepare_v3(q->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &s, NULL) != SQLITE_OK) {
		db_fault(q, e);
		return NULL;
	}
	vec_push(&q->statements, ((struct prepared){sql, s}));
	return s;
}

int db_step(struct queue *q, sqlite3_stmt *s, struct err *e)
{
	errno = 0;
	int rc = sqlite3_step(s);
	if (rc == SQLITE_ROW)
		return 1;
	if (rc == SQLITE_DONE)
		return 0;
	return db_fault(q, e);
}

int db_row(struct queue *q, sqlite3_stmt *s, struct err *e)
{
	int rc = db_step(q, s, e);
	if (rc == 0)
		return db_damaged(q->path, N_("the queue %1 is damaged"), e);
	return rc < 0 ? -1 : 0;
}

void db_done(sqlite3_stmt *s)
{
	if (!s)
		return;
	sqlite3_reset(s);
	sqlite3_clear_bindings(s);
}

int db_run(struct queue *q, sqlite3_stmt *s, struct err *e)
{
	int rc;
	do
		rc = db_step(q, s, e);
	while (rc > 0);
	db_done(s);
	return rc;
}

int db_number(struct queue *q, const char *sql, int64_t *out, struct err *e)
{
	sqlite3_stmt *s = NULL;
	*out = 0;
	errno = 0;
	if (sqlite3_prepare_v2(q->db, sql, -1, &s, NULL) != SQLITE_OK)
		return db_fault(q, e);
	int rc = db_step(q, s, e);
	if (rc > 0)
		*out = db_col_int(s, 0);
	sqlite3_finalize(s);
	return rc < 0 ? -1 : 0;
}

/* Binding fails only for a place that is not there (our mistake) or a value above SQLite's 1 GB, which no
 * limit of ours reaches. */
void db_int(sqlite3_stmt *s, int at, int64_t v)
{
	sqlite3_bind_int64(s, at, v);
}

void db_int_opt(sqlite3_stmt *s, int at, int64_t v)
{
	if (v)
		sqlite3_bind_int64(s, at, v);
	else
		sqlite3_bind_null(s, at);
}

void db_text(sqlite3_stmt *s, int at, const char *v)
{
	sqlite3_bind_text(s, at, v, -1, SQLITE_STATIC);
}

void db_span(sqlite3_stmt *s, int at, struct span v)
{
	sqlite3_bind_text64(s, at, v.p ? v.p : "", v.n, SQLITE_STATIC, SQLITE_UTF8);
}

void db_bytes(sqlite3_stmt *s, int at, const void *p, size_t n)
{
	sqlite3_bind_blob64(s, at, p, n, SQLITE_STATIC);
}

struct span db_col(sqlite3_stmt *s, int at)
{
	const void *p = sqlite3_column_blob(s, at);
	return (struct span){p, p ? (size_t)sqlite3_column_bytes(s, at) : 0};
}

const char *db_col_dup(struct arena *a, sqlite3_stmt *s, int at)
{
	if (sqlite3_column_type(s, at) == SQLITE_NULL)
		return NULL;
	return arena_dup(a, db_col(s, at));
}

int db_enter(struct queue *q, bool *mine, struct err *e)
{
	*mine = sqlite3_get_autocommit(q->db) != 0;
	return *mine ? queue_begin(q, e) : 0;
}

int db_leave(struct queue *q, bool mine, int rc, struct err *e)
{
	if (!mine)
		return rc;
	if (rc == 0)
		rc = queue_commit(q, e);
	if (rc < 0)
		queue_rollback(q);
	return rc;
}
