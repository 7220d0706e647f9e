/* store: an article comes in. Of all versions seen of it one is the current: a whole text before a summary, a
 * flagged one before one that is not, then the longer. Being the largest by an order, it does not depend on
 * which came first; equal or poorer versions never replace it. Other texts are kept as versions, each once,
 * so that an article that was quietly changed can be shown as it was.
 *
 * "The same" is decided by a hash of what is read (title, text, captions; the summary where there is no
 * text), not of when, where and through which feed it was fetched. The same article again writes nothing. It
 * is judged anew only upwards: a new rule that flags it opens an item, while a rule that no longer does
 * (`age`, say) takes nothing back. */
#include "queue/queue_priv.h"

#include <string.h>

#include "base/hash.h"
#include "base/limits.h"

#include "base/banned.h"

enum { HASH_BYTES = 16 };

struct row {
	int64_t n; /* 0: not there */
	int64_t story, first_seen, size;
	bool has_text;
	enum level level;
	unsigned char hash[HASH_BYTES];
};

static const char *or_empty(const char *s)
{
	return s ? s : "";
}

static void content_hash(const struct article *x, unsigned char out[HASH_BYTES])
{
	uint64_t h[2] = {0, 0x5EED};
	bool text = x->text && *x->text;
	enum field fields[] = {FIELD_TITLE, text ? FIELD_TEXT : FIELD_SUMMARY, FIELD_CAPTIONS};
	for (int k = 0; k < 2; k++)
		for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
			h[k] = hash64(span_of(article_field(x, fields[i])), h[k]);
	for (size_t i = 0; i < HASH_BYTES; i++)
		out[i] = (unsigned char)(h[i / 8] >> 8 * (i % 8));
}

static enum level level_of(const struct article *x)
{
	enum level best = LEVEL_NONE;
	for (size_t i = 0; i < x->n_flags; i++) {
		enum level l = x->flags[i].answered ? LEVEL_ANSWERED : LEVEL_OPEN;
		if (!x->flags[i].trial && l > best)
			best = l;
	}
	return best;
}

static void describe(const struct article *x, struct row *out)
{
	memset(out, 0, sizeof *out);
	out->has_text = x->text && *x->text;
	out->size = (int64_t)strlen(out->has_text ? x->text : article_field(x, FIELD_SUMMARY));
	out->level = level_of(x);
	content_hash(x, out->hash);
}

static int find(struct queue *q, const char *id, struct row *out, struct err *e)
{
	sqlite3_stmt *s = db_stmt(q,
		"SELECT n, coalesce(story, 0), first_seen, size, has_text, level, hash FROM article WHERE id "
		"= ?1",
		e);
	memset(out, 0, sizeof *out);
	if (!s)
		return -1;
	db_text(s, 1, id);
	int rc = db_step(q, s, e);
	if (rc > 0) {
		struct span hash = span_cut(db_col(s, 6), 0, HASH_BYTES);
		*out = (struct row){db_col_int(s, 0), db_col_int(s, 1), db_col_int(s, 2), db_col_int(s, 3),
			db_col_int(s, 4) != 0, (enum level)db_col_int(s, 5), {0}};
		memcpy(out->hash, hash.p, hash.n);
	}
	db_done(s);
	return rc < 0 ? -1 : 0;
}

/* Columns that insert and update have in common, from ?2 on; the line must stay until the statement has run.
 */
static void bind_content(
	sqlite3_stmt *s, const struct article *x, const struct row *r, int64_t now, struct span line)
{
	db_text(s, 2, or_empty(x->source.id));
	db_int(s, 3, now);
	db_bytes(s, 4, r->hash, HASH_BYTES);
	db_int(s, 5, r->has_text);
	db_int(s, 6, r->size);
	db_int(s, 7, (int)r->level);
	db_int_opt(s, 8, x->published.known ? x->published.at : 0);
	db_int(s, 9, x->priority.rule);
	db_int(s, 10, x->priority.place);
	db_int(s, 11, x->priority.source);
	db_span(s, 12, line);
}

static int insert(struct queue *q, const struct article *x, struct row *r, int64_t story, int64_t now,
	struct span line, struct err *e)
{
	sqlite3_stmt *s = db_stmt(q,
		"INSERT INTO article (id, source, first_seen, changed, hash, has_text, size, level, "
		"published, p_rule, p_place,"
		" p_source, line, story) VALUES (?1, ?2, ?3, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
		e);
	if (!s)
		return -1;
	bind_content(s, x, r, now, line);
	db_text(s, 1, x->id);
	db_int_opt(s, 13, story);
	if (db_run(q, s, e) < 0)
		return -1;
	r->n = sqlite3_last_insert_rowid(q->db);
	r->first_seen = now;
	return 0;
}

static int update(struct queue *q, const struct article *x, const struct row *r, int64_t now,
	struct span line, struct err *e)
{
	sqlite3_stmt *s = db_stmt(q,
		"UPDATE article SET source = ?2, changed = ?3, hash = ?4, has_text = ?5, size = ?6, level = "
		"?7, published = ?8,"
		" p_rule = ?9, p_place = ?10, p_source = ?11, line = ?12 WHERE n = ?1",
		e);
	if (!s)
		return -1;
	bind_content(s, x, r, now, line);
	db_int(s, 1, r->n);
	return db_run(q, s, e);
}

/* --- versions --- */

static int run_for(struct queue *q, const char *sql, int64_t article, int64_t number, struct err *e)
{
	sqlite3_stmt *s = db_stmt(q, sql, e);
	if (!s)
		return -1;
	db_int(s, 1, article);
	if (number)
		db_int(s, 2, number);
	return db_run(q, s, e);
}

/* The current text becomes a version; the oldest beyond the limit goes, but one without flags before one that
 * has some. */
static int keep_current(struct queue *q, int64_t article, struct err *e)
{
	static const char copy[] = "INSERT OR IGNORE INTO article_version (article, hash, seen, level, line)"
				   " SELECT n, hash, changed, level, line FROM article WHERE n = ?1";
	static const char trim[] =
		"DELETE FROM article_version WHERE article = ?1 AND rowid NOT IN (SELECT rowid FROM "
		"article_version"
		" WHERE article = ?1 ORDER BY level > 0 DESC, seen DESC, rowid DESC LIMIT ?2)";
	if (run_for(q, copy, article, 0, e) < 0)
		return -1;
	return run_for(q, trim, article, ARTICLE_VERSIONS_MAX, e);
}

/* A poorer text is kept beside the current one while there is room. */
static int keep_other(struct queue *q, const struct row *old, const struct row *r, int64_t now,
	struct span line, bool *kept, struct err *e)
{
	sqlite3_stmt *s = db_stmt(q,
		"INSERT OR IGNORE INTO article_version (article, hash, seen, level, line) SELECT ?1, ?2, ?3, "
		"?4, ?5"
		" WHERE (SELECT count(*) FROM article_version WHERE article = ?1) < ?6",
		e);
	if (!s)
		return -1;
	db_int(s, 1, old->n);
	db_bytes(s, 2, r->hash, HASH_BYTES);
	db_int(s, 3, now);
	db_int(s, 4, (int)r->level);
	db_span(s, 5, line);
	db_int(s, 6, ARTICLE_VERSIONS_MAX);
	if (db_run(q, s, e) < 0)
		return -1;
	*kept = sqlite3_changes(q->db) > 0;
	return 0;
}

/* --- flags and places, for items --- */

static int write_flags(struct queue *q, int64_t article, const struct article *x, struct err *e)
{
	for (size_t i = 0; i < x->n_flags; i++) {
		const struct flag *f = &x->flags[i];
		if (f->trial)
			continue;
		sqlite3_stmt *s = db_stmt(q,
			"INSERT OR IGNORE INTO flag (article, rule, topic, action, weight, due, answered)"
			" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
			e);
		if (!s)
			return -1;
		db_int(s, 1, article);
		db_text(s, 2, or_empty(f->rule));
		db_text(s, 3, or_empty(f->topic));
		db_text(s, 4, or_empty(f->action));
		db_int(s, 5, f->weight);
		db_int(s, 6, f->due > 0 ? f->due : 0);
		db_int(s, 7, f->answered);
		if (db_run(q, s, e) < 0)
			return -1;
	}
	return 0;
}

static int write_places(struct queue *q, int64_t article, const struct article *x, struct err *e)
{
	for (size_t i = 0; i < x->n_mentions; i++) {
		sqlite3_stmt *s =
			db_stmt(q, "INSERT OR IGNORE INTO place (article, place) VALUES (?1, ?2)", e);
		if (!s)
			return -1;
		db_int(s, 1, article);
		db_text(s, 2, or_empty(x->mentions[i].now ? x->mentions[i].now : x->mentions[i].place));
		if (db_run(q, s, e) < 0)
			return -1;
	}
	return 0;
}

static int write_judgement(
	struct queue *q, const struct row *r, const struct article *x, bool fresh, struct err *e)
{
	if (!fresh && (run_for(q, "DELETE FROM flag WHERE article = ?1", r->n, 0, e) < 0 ||
			      run_for(q, "DELETE FROM place WHERE article = ?1", r->n, 0, e) < 0))
		return -1;
	if (r->level == LEVEL_NONE && !r->story)
		return 0;
	if (write_flags(q, r->n, x, e) < 0)
		return -1;
	return write_places(q, r->n, x, e);
}

/* --- its story --- */

/* Where the article belongs. One that names no place and has no flag is no copy of a story about one, and out
 * is left without a fingerprint. */
static int find_story(struct queue *q, const struct row *r, const struct article *x, int64_t now,
	struct tie *out, struct err *e)
{
	*out = (struct tie){.article = r->n,
		.had = r->story,
		.story = r->story,
		.id = x->id,
		.source = or_empty(x->source.id),
		.level = r->level,
		.now = now};
	if (r->level == LEVEL_NONE && !r->story && !x->n_mentions && !x->n_flags)
		return 0;
	fingerprint_parse(span_of(x->fingerprint), &out->print);
	return item_find(q, out, e);
}

static int tie(struct queue *q, const struct row *r, const struct tie *t, bool fresh, struct err *e)
{
	bool flagged = r->level != LEVEL_NONE;
	if (t->print.known && near_put(q, r->n, r->first_seen, &t->print, flagged, !fresh, t->now, e) < 0)
		return -1;
	return item_tie(q, t, fresh, e);
}

static int tie_again(
	struct queue *q, const struct row *r, const struct article *x, int64_t now, struct err *e)
{
	struct tie t;
	int rc = find_story(q, r, x, now, &t, e);
	if (rc == 0)
		rc = tie(q, r, &t, false, e);
	vec_release(&t.hits);
	return rc;
}

/* The story is found first, so that the row is written once. */
static int add(struct queue *q, const struct article *x, struct row *r, int64_t now, struct span line,
	enum stored *what, struct err *e)
{
	struct tie t;
	int rc = find_story(q, r, x, now, &t, e);
	*what = STORED_NEW;
	if (rc == 0)
		rc = insert(q, x, r, t.story, now, line, e);
	if (rc == 0)
		rc = write_judgement(q, r, x, true, e);
	t.article = r->n;
	if (rc == 0)
		rc = tie(q, r, &t, true, e);
	vec_release(&t.hits);
	return rc;
}

static bool richer(const struct row *x, const struct row *than)
{
	if (x->has_text != than->has_text)
		return x->has_text;
	bool flagged = x->level != LEVEL_NONE, was = than->level != LEVEL_NONE;
	return flagged != was ? flagged : x->size > than->size;
}

static int change(struct queue *q, const struct article *x, const struct row *old, struct row *r, int64_t now,
	struct span line, enum stored *what, struct err *e)
{
	bool same = memcmp(old->hash, r->hash, HASH_BYTES) == 0, kept = false;
	*what = STORED_SAME;
	if (same && r->level <= old->level)
		return 0;
	if (!same && !richer(r, old)) {
		if (!r->has_text)
			return 0;
		if (keep_other(q, old, r, now, line, &kept, e) < 0)
			return -1;
		*what = kept ? STORED_UPDATED : STORED_SAME;
		return 0;
	}
	*what = STORED_UPDATED;
	r->n = old->n;
	r->story = old->story;
	r->first_seen = old->first_seen;
	if (!same && (old->has_text || old->level != LEVEL_NONE) && keep_current(q, old->n, e) < 0)
		return -1;
	if (update(q, x, r, now, line, e) < 0 || write_judgement(q, r, x, false, e) < 0)
		return -1;
	return tie_again(q, r, x, now, e);
}

int queue_store_line(struct queue *q, const struct article *x, struct span line, int64_t now,
	enum stored *what, struct err *e)
{
	struct row old, r;
	bool mine = false;
	describe(x, &r);
	if (find(q, x->id, &old, e) < 0)
		return -1;
	/* the usual case, a known article, ends here without a transaction */
	if (old.n && memcmp(old.hash, r.hash, HASH_BYTES) == 0 && r.level <= old.level) {
		*what = STORED_SAME;
		return 0;
	}
	if (db_enter(q, &mine, e) < 0)
		return -1;
	int rc = mine ? find(q, x->id, &old, e) : 0; /* another program may have been faster */
	if (rc == 0)
		rc = old.n ? change(q, x, &old, &r, now, line, what, e) : add(q, x, &r, now, line, what, e);
	return db_leave(q, mine, rc, e);
}

int queue_store(struct queue *q, const struct article *x, int64_t now, enum stored *what, struct err *e)
{
	struct str line;
	str_init(&line, 0);
	article_write(x, &line);
	str_truncate(&line, line.n - 1); /* its line break */
	int rc = queue_store_line(q, x, str_span(&line), now, what, e);
	str_release(&line);
	return rc;
}

int queue_has_page(struct queue *q, const char *id, int64_t since, bool *has, struct err *e)
{
	struct row r;
	if (find(q, id, &r, e) < 0)
		return -1;
	*has = r.n && r.has_text;
	if (!r.n || r.has_text)
		return 0;
	sqlite3_stmt *s = db_stmt(q,
		"SELECT 1 FROM article WHERE n = ?1 AND (json_extract(line, '$.kind') = 'index' OR"
		" (json_extract(line, '$.kind') = 'stub' AND first_seen < ?2))",
		e);
	if (!s)
		return -1;
	db_int(s, 1, r.n);
	db_int(s, 2, since);
	int rc = db_step(q, s, e);
	*has = rc > 0;
	db_done(s);
	return rc < 0 ? -1 : 0;
}
