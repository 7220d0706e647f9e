/* open: a queue file is looked at before it is trusted. Nothing is written until the whole file has passed
 * quick_check, is known to be ours (application_id) and not newer than this program; only then is it switched
 * to WAL and migrated.
 *
 * WAL with synchronous=FULL: a commit is on the disk when queue_commit() returns, so neither a kill nor a
 * power cut loses a decision, a Message-ID about to be used, or a batch whose source validators (etag) say it
 * need not be fetched again. NORMAL would save one fsync per commit; a scan commits per batch, an officer
 * once per key, so there is nothing to save. */
#include "queue/queue_priv.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/limits.h"

#include "base/banned.h"

static int missing(const char *path, struct err *e)
{
	err_set(e, ERR_DATA, N_("there is no queue at %1 yet"), path, NULL);
	return err_todo(e, N_("run \"soatin scan\" first"));
}

/* Creates the file so that only its owner can read it: it holds who decided what. An office that shares it
 * widens the mode itself, and SQLite gives its side files the same mode. */
static int create_private(const char *path, struct err *e)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0 && errno == ENOENT) {
		const char *slash = strrchr(path, '/');
		char *dir = slash && slash > path ? xmemdup0(path, (size_t)(slash - path)) : NULL;
		int rc = dir ? dir_make(dir, e) : 0;
		free(dir);
		if (rc < 0)
			return -1;
		fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	}
	if (fd < 0)
		return err_sys(e, ERR_CREATE, errno, N_("cannot create the queue %1"), path);
	close(fd);
	return 0;
}

/* A read-only medium: SQLite cannot make the shared-memory file a WAL database needs. With no log beside it
 * the file alone is the whole database and may be read as it is. */
static int open_immutable(struct queue *q, struct err *e)
{
	struct str uri;
	struct stat st;
	int rc = -1;
	str_init(&uri, 0);
	str_addf(&uri, "%s-wal", q->path);
	if (stat(uri.p, &st) == 0 && st.st_size > 0) {
		err_set(e, ERR_IO,
			N_("cannot open the queue %1: its folder is read-only and changes are pending"),
			q->path, NULL);
		goto done;
	}
	str_clear(&uri);
	str_adds(&uri, "file:");
	for (const unsigned char *p = (const unsigned char *)q->path; *p; p++)
		str_addf(&uri, strchr("?#%", *p) || *p <= ' ' ? "%%%02x" : "%c", *p);
	str_adds(&uri, "?immutable=1");
	sqlite3_close(q->db);
	q->db = NULL;
	if (sqlite3_open_v2(uri.p, &q->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX,
		    NULL) != SQLITE_OK)
		rc = db_fault(q, e);
	else
		rc = 0;
done:
	str_release(&uri);
	return rc;
}

static void settle(struct queue *q)
{
	sqlite3_extended_result_codes(q->db, 1);
	sqlite3_busy_timeout(q->db, QUEUE_BUSY_MS);
	/* until the file is trusted, closing must not write a leftover log into it */
	sqlite3_db_config(q->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	sqlite3_db_config(q->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(q->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(q->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(q->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
}

static int check_with(struct queue *q, const char *sql, struct err *e)
{
	sqlite3_stmt *s = NULL;
	errno = 0;
	if (sqlite3_prepare_v2(q->db, sql, -1, &s, NULL) != SQLITE_OK)
		return db_fault(q, e);
	int rc = db_step(q, s, e);
	bool ok = rc > 0 && span_is(db_col(s, 0), "ok");
	sqlite3_finalize(s);
	if (rc < 0)
		return -1;
	return ok ? 0 : db_damaged(q->path, N_("the queue %1 is damaged"), e);
}

/* The whole file, at about 2 GB a second when it is in memory. Readers of a large one check what they show
 * and leave the article lines to the next scan. */
static int check(struct queue *q, struct err *e)
{
	struct stat st;
	static const char *const tables[] = {"PRAGMA quick_check(item)", "PRAGMA quick_check(event)",
		"PRAGMA quick_check(flag)", "PRAGMA quick_check(place)", "PRAGMA quick_check(source)"};
	if (q->mode == QUEUE_WRITE || stat(q->path, &st) < 0 || st.st_size <= QUEUE_CHECK_WHOLE)
		return check_with(q, "PRAGMA quick_check(1)", e);
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		if (check_with(q, tables[i], e) < 0)
			return -1;
	return 0;
}

/* *version: 0 for a new, empty file. */
static int recognise(struct queue *q, int64_t *version, struct err *e)
{
	int64_t id = 0, tables = 0;
	if (db_number(q, "SELECT count(*) FROM sqlite_schema", &tables, e) < 0 ||
		db_number(q, "PRAGMA application_id", &id, e) < 0 ||
		db_number(q, "PRAGMA user_version", version, e) < 0)
		return -1;
	if (id == 0 && tables == 0 && *version == 0)
		return q->mode != QUEUE_WRITE ? missing(q->path, e) : 0;
	if (id != QUEUE_APPLICATION_ID)
		return err_set(e, ERR_DATA, N_("%1 is a database of another program"), q->path, NULL);
	if (*version > queue_schema_version()) {
		err_set(e, ERR_DATA, N_("the queue %1 was written by a newer version of this program"),
			q->path, NULL);
		return err_todo(e, N_("update this program"));
	}
	return 0;
}

static int migrate(struct queue *q, struct err *e)
{
	int64_t version = 0;
	struct str mark;
	str_init(&mark, 0);
	if (queue_begin(q, e) < 0)
		return -1;
	int rc = db_number(q, "PRAGMA user_version", &version, e); /* another process may have been faster */
	for (int64_t i = version; rc == 0 && queue_migrations[i]; i++)
		for (const char *const *sql = queue_migrations[i]; rc == 0 && *sql; sql++)
			rc = db_exec(q, *sql, e);
	str_addf(&mark, "PRAGMA application_id = %d; PRAGMA user_version = %lld;", QUEUE_APPLICATION_ID,
		(long long)queue_schema_version());
	if (rc == 0)
		rc = db_exec(q, mark.p, e);
	if (rc == 0)
		rc = queue_commit(q, e);
	if (rc < 0)
		queue_rollback(q);
	str_release(&mark);
	return rc;
}

/* SQLite does not wait for the lock that the change to WAL needs, so two programs that make a queue at the
 * same moment wait here. */
static int set_wal(struct queue *q, struct err *e)
{
	enum { STEP_MS = 20 };
	const struct timespec step = {0, STEP_MS * 1000000L};
	for (int waited = 0;; waited += STEP_MS) {
		errno = 0;
		int rc = sqlite3_exec(
			q->db, "PRAGMA page_size = 16384; PRAGMA journal_mode = WAL", NULL, NULL, NULL);
		if (rc == SQLITE_OK)
			return 0;
		if ((rc & 0xFF) != SQLITE_BUSY || waited >= QUEUE_BUSY_MS)
			return db_fault(q, e);
		nanosleep(&step, NULL);
	}
}

static int prepare_writing(struct queue *q, int64_t version, struct err *e)
{
	if (sqlite3_db_readonly(q->db, "main"))
		return err_set(e, ERR_IO, N_("cannot write the queue %1: it is read-only"), q->path, NULL);
	if (set_wal(q, e) < 0 ||
		db_exec(q, "PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864;", e) < 0)
		return -1;
	return version < queue_schema_version() ? migrate(q, e) : 0;
}

static int open_file(struct queue *q, struct err *e)
{
	int64_t version = 0;
	int flags = q->mode == QUEUE_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
	if (sqlite3_open_v2(q->path, &q->db, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
		return db_fault(q, e);
	settle(q);
	errno = 0;
	int rc = sqlite3_exec(q->db, "SELECT 1 FROM sqlite_schema LIMIT 1", NULL, NULL, NULL);
	if (q->mode == QUEUE_READ && ((rc & 0xFF) == SQLITE_CANTOPEN || (rc & 0xFF) == SQLITE_READONLY)) {
		if (open_immutable(q, e) < 0)
			return -1;
		settle(q);
	} else if (rc != SQLITE_OK) {
		return db_fault(q, e);
	}
	if (db_exec(q, "PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;",
		    e) < 0 ||
		check(q, e) < 0 || recognise(q, &version, e) < 0)
		return -1;
	if (q->mode != QUEUE_READ && prepare_writing(q, version, e) < 0)
		return -1;
	/* Not before the page size is set: SQLite counts it in pages of the size there was. */
	if (db_exec(q, "PRAGMA cache_size = -8192;", e) < 0)
		return -1;
	if (q->mode == QUEUE_READ && version < queue_schema_version()) {
		err_set(e, ERR_DATA, N_("the queue %1 was written by an older version of this program"),
			q->path, NULL);
		return err_todo(e, N_("run \"soatin scan\" once to bring it up to date"));
	}
	sqlite3_db_config(q->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
	return 0;
}

int queue_open(const char *path, enum queue_mode mode, struct queue **out, struct err *e)
{
	struct queue *q = xcalloc(1, sizeof *q);
	struct stat st;
	int rc = -1;
	*out = NULL;
	q->path = xstrdup(path);
	q->mode = mode;
	bool there = stat(path, &st) == 0;
	if (there && S_ISDIR(st.st_mode)) {
		err_set(e, ERR_IO, N_("cannot open the queue %1: it is a folder"), path, NULL);
		goto done;
	}
	if (!there && mode != QUEUE_WRITE) {
		missing(path, e);
		goto done;
	}
	if (!there && create_private(path, e) < 0)
		goto done;
	rc = open_file(q, e);
done:
	if (rc == 0)
		*out = q;
	else
		queue_close(q);
	return rc;
}

void queue_close(struct queue *q)
{
	if (!q)
		return;
	if (q->db)
		queue_rollback(q);
	vec_each (p, &q->statements)
		sqlite3_finalize(p->stmt);
	vec_release(&q->statements);
	item_part(q);
	vec_release(&q->met);
	near_free(q->near);
	sqlite3_close(q->db);
	free(q->path);
	free(q);
}

int queue_begin(struct queue *q, struct err *e)
{
	sqlite3_stmt *s = db_stmt(q, "BEGIN IMMEDIATE", e);
	int64_t version = 0;
	if (!s || db_run(q, s, e) < 0)
		return -1;
	if (db_number(q, "PRAGMA data_version", &version, e) < 0) {
		queue_rollback(q);
		return -1;
	}
	if (version !=
		q->near_version) { /* another program wrote since: the index of fingerprints may be behind */
		near_free(q->near);
		q->near = NULL;
		q->near_version = version;
	}
	return 0;
}

int queue_commit(struct queue *q, struct err *e)
{
	if (item_refresh(q, e) < 0)
		return -1;
	sqlite3_stmt *s = db_stmt(q, "COMMIT", e);
	return s ? db_run(q, s, e) : -1;
}

void queue_rollback(struct queue *q)
{
	item_part(q);
	if (sqlite3_get_autocommit(q->db)) /* after some faults SQLite has rolled back itself */
		return;
	vec_each (p, &q->statements)
		sqlite3_reset(p->stmt);
	sqlite3_exec(q->db, "ROLLBACK", NULL, NULL, NULL);
	near_free(q->near);
	q->near = NULL;
}

static int copy_pages(struct queue *q, const char *to, struct err *e)
{
	struct queue copy = {.path = xstrdup(to)};
	int rc = -1;
	if (sqlite3_open_v2(to, &copy.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
		    NULL) != SQLITE_OK) {
		db_fault(&copy, e);
		goto done;
	}
	sqlite3_backup *b = sqlite3_backup_init(copy.db, "main", q->db, "main");
	if (!b) {
		db_fault(&copy, e);
		goto done;
	}
	int step = sqlite3_backup_step(b, -1);
	int end = sqlite3_backup_finish(b);
	if (step != SQLITE_DONE || end != SQLITE_OK) {
		db_fault(&copy, e);
		goto done;
	}
	rc = check_with(&copy, "PRAGMA quick_check(1)", e);
done:
	sqlite3_close(copy.db);
	free(copy.path);
	return rc;
}

static int move_into_place(const char *from, const char *to, struct err *e)
{
	int fd = open(from, O_RDWR | O_CLOEXEC);
	int rc = fd < 0 || fsync(fd) < 0 ? -1 : 0;
	if (fd >= 0)
		close(fd);
	if (rc < 0)
		return err_sys(e, ERR_IO, errno, N_("cannot write %1"), from);
	if (rename(from, to) < 0)
		return err_sys(e, ERR_CREATE, errno, N_("cannot create %1"), to);
	return 0;
}

int queue_backup(struct queue *q, const char *to, struct err *e)
{
	struct str tmp;
	int rc = -1;
	str_init(&tmp, 0);
	str_addf(&tmp, "%s.new-%ld", to, (long)getpid());
	int fd = open(tmp.p, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0) {
		err_sys(e, ERR_CREATE, errno, N_("cannot create %1"), to);
		goto done;
	}
	close(fd);
	rc = copy_pages(q, tmp.p, e);
	if (rc == 0)
		rc = move_into_place(tmp.p, to, e);
	if (rc < 0)
		unlink(tmp.p);
done:
	str_release(&tmp);
	return rc;
}
