/* state: what a scan and a mailer must remember from one run to the next: the health and validators of each
 * source, the runs, and the Message-IDs of mails. Writing a source's state that has not changed writes
 * nothing. */
#include "queue/queue_priv.h"

#include <string.h>

#include "base/i18n.h"

#include "base/banned.h"

/* The columns of `source` behind its id, in the order in which they are read and bound. */
#define COLUMNS                                                                                              \
	"etag, last_modified, body_digest, next_ask, last_ok, last_change, failing_since, errors, gone, "    \
	"last_error, address, moved, moves, newest, rhythm, ttl, skip_hours, skip_days, told"

static void read_source(struct arena *a, sqlite3_stmt *s, int at, struct source_state *out)
{
	*out = (struct source_state){
		.etag = db_col_dup(a, s, at),
		.last_modified = db_col_dup(a, s, at + 1),
		.body_digest = db_col_dup(a, s, at + 2),
		.next_ask = db_col_int(s, at + 3),
		.last_ok = db_col_int(s, at + 4),
		.last_change = db_col_int(s, at + 5),
		.failing_since = db_col_int(s, at + 6),
		.errors = db_col_int(s, at + 7),
		.gone = db_col_int(s, at + 8) != 0,
		.last_error = db_col_dup(a, s, at + 9),
		.address = db_col_dup(a, s, at + 10),
		.moved = db_col_dup(a, s, at + 11),
		.moves = db_col_int(s, at + 12),
		.newest = db_col_int(s, at + 13),
		.rhythm = db_col_int(s, at + 14),
		.ttl = db_col_int(s, at + 15),
		.skip_hours = db_col_int(s, at + 16),
		.skip_days = db_col_int(s, at + 17),
		.told = db_col_dup(a, s, at + 18),
	};
}

int queue_source_get(
	struct queue *q, struct arena *a, const char *source_id, struct source_state *out, struct err *e)
{
	sqlite3_stmt *s = db_stmt(q, "SELECT " COLUMNS " FROM source WHERE id = ?1", e);
	memset(out, 0, sizeof *out);
	if (!s)
		return -1;
	db_text(s, 1, source_id);
	int rc = db_step(q, s, e);
	if (rc > 0)
		read_source(a, s, 0, out);
	db_done(s);
	return rc < 0 ? -1 : 0;
}

int queue_source_put(struct queue *q, const char *source_id, const struct source_state *v, struct err *e)
{
	sqlite3_stmt *s = db_stmt(q,
		"INSERT INTO source (id, " COLUMNS
		") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, "
		"?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)"
		" ON CONFLICT (id) DO UPDATE SET (" COLUMNS
		") = (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, "
		"?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)"
		" WHERE (" COLUMNS
		") IS NOT (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, "
		"?17, ?18, ?19, ?20)",
		e);
	if (!s)
		return -1;
	db_text(s, 1, source_id);
	db_text(s, 2, v->etag);
	db_text(s, 3, v->last_modified);
	db_text(s, 4, v->body_digest);
	db_int(s, 5, v->next_ask);
	db_int(s, 6, v->last_ok);
	db_int(s, 7, v->last_change);
	db_int(s, 8, v->failing_since);
	db_int(s, 9, v->errors);
	db_int(s, 10, v->gone);
	db_text(s, 11, v->last_error);
	db_text(s, 12, v->address);
	db_text(s, 13, v->moved);
	db_int(s, 14, v->moves);
	db_int(s, 15, v->newest);
	db_int(s, 16, v->rhythm);
	db_int(s, 17, v->ttl);
	db_int(s, 18, v->skip_hours);
	db_int(s, 19, v->skip_days);
	db_text(s, 20, v->told);
	return db_run(q, s, e);
}

int queue_each_source(struct queue *q, struct arena *a,
	int (*each)(const char *id, const struct source_state *s, void *ctx), void *ctx, struct err *e)
{
	sqlite3_stmt *s = db_stmt(q, "SELECT id, " COLUMNS " FROM source ORDER BY id", e);
	struct source_state state;
	int rc = 0;
	if (!s)
		return -1;
	while (rc == 0 && (rc = db_step(q, s, e)) > 0) {
		const char *id = db_col_dup(a, s, 0);
		read_source(a, s, 1, &state);
		rc = each(id, &state, ctx);
	}
	db_done(s);
	return rc;
}

int queue_note_scan(struct queue *q, const struct scan_totals *t, struct err *e)
{
	bool mine = false;
	if (db_enter(q, &mine, e) < 0)
		return -1;
	sqlite3_stmt *s = db_stmt(q,
		"INSERT INTO scan (started, ended, sources, unchanged, failed, articles, added, updated, "
		"flagged, items)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
		e);
	int rc = s ? 0 : -1;
	if (rc == 0) {
		const int64_t v[] = {t->started, t->ended, t->sources, t->unchanged, t->failed, t->articles,
			t->added, t->updated, t->flagged, t->items};
		for (int i = 0; i < (int)(sizeof v / sizeof *v); i++)
			db_int(s, i + 1, v[i]);
		rc = db_run(q, s, e);
	}
	if (rc == 0)
		rc = near_prune(q, t->started, e);
	return db_leave(q, mine, rc, e);
}

int queue_mail_begin(struct queue *q, const char *key, const char *message_id, int64_t now,
	bool *already_sent, const char **stored_id, struct arena *a, struct err *e)
{
	bool mine = false;
	*already_sent = false;
	*stored_id = NULL;
	if (db_enter(q, &mine, e) < 0)
		return -1;
	int rc = -1;
	sqlite3_stmt *s =
		db_stmt(q, "INSERT OR IGNORE INTO mail (key, message_id, begun) VALUES (?1, ?2, ?3)", e);
	if (!s)
		goto done;
	db_text(s, 1, key);
	db_text(s, 2, message_id);
	db_int(s, 3, now);
	if (db_run(q, s, e) < 0 || !(s = db_stmt(q, "SELECT message_id, sent FROM mail WHERE key = ?1", e)))
		goto done;
	db_text(s, 1, key);
	if (db_row(q, s, e) == 0) {
		*stored_id = db_col_dup(a, s, 0);
		*already_sent = db_col_int(s, 1) != 0;
		rc = 0;
	}
	db_done(s);
done:
	return db_leave(q, mine, rc, e);
}

int queue_mail_sent(struct queue *q, const char *key, int64_t now, struct err *e)
{
	sqlite3_stmt *s = db_stmt(q, "UPDATE mail SET sent = ?2 WHERE key = ?1", e);
	if (!s)
		return -1;
	db_text(s, 1, key);
	db_int(s, 2, now);
	if (db_run(q, s, e) < 0)
		return -1;
	if (sqlite3_changes(q->db) == 0)
		return err_set(e, ERR_USAGE, N_("no mail \"%1\" was begun"), key, NULL);
	return 0;
}
