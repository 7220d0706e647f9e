/* near: finds the articles of the last days that are copies of one at hand. Fingerprints lie in the table
 * `print` in the order they came, which costs one row at the end of the table for an article; a scan that
 * meets the first article with a fingerprint reads them into memory and compares one by one. That is exact,
 * needs 144 bytes a fingerprint, and takes 5 ns each: only flagged articles (a few in a thousand) are
 * compared with all, the others with the flagged ones. An index over bands of the fingerprint was tried: in
 * the database it costs 16 rows in random places for an article, in memory five times as much room, and it
 * misses one copy in ten at the resemblance where story_same() begins.
 *
 * Articles without flags are remembered for STORY_DAYS; flagged ones for STORY_DAYS_FLAGGED, so that a rumour
 * that comes back next season word for word finds its old item and the answer it got. */
#include "queue/queue_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/map.h"

#include "base/banned.h"

enum { DAY = 86400, PRINT_BYTES = STORY_HASHES * 4, ENOUGH = 32 };

struct entry {
	int64_t article, seen;
	struct fingerprint print;
};

struct entries {
	struct entry *p;
	size_t n, cap;
};

struct near {
	struct entries flagged, plain;
	struct map stories; /* article -> story, of those asked for: each copy that comes asks for many */
};

void near_free(struct near *x)
{
	if (!x)
		return;
	vec_release(&x->flagged);
	vec_release(&x->plain);
	map_release(&x->stories);
	free(x);
}

int64_t near_story(const struct queue *q, int64_t article)
{
	struct span key = {(const char *)&article, sizeof article};
	return q->near ? (int64_t)(intptr_t)map_get(&q->near->stories, key) : 0;
}

void near_set_story(struct queue *q, int64_t article, int64_t story)
{
	struct span key = {(const char *)&article, sizeof article};
	if (q->near && story)
		map_put(&q->near->stories, key, (void *)(intptr_t)story);
}

static void add(struct near *x, int64_t article, int64_t seen, bool flagged, const struct fingerprint *f)
{
	vec_push(flagged ? &x->flagged : &x->plain, ((struct entry){article, seen, *f}));
}

/* Looks from the end: what is replaced came lately (a feed's summary, then the page). */
static void forget(struct entries *v, int64_t article)
{
	for (size_t i = v->n; i-- > 0;) {
		if (v->p[i].article != article)
			continue;
		v->p[i] = v->p[--v->n];
		return;
	}
}

static void pack(const struct fingerprint *f, unsigned char out[PRINT_BYTES])
{
	for (size_t i = 0; i < PRINT_BYTES; i++)
		out[i] = (unsigned char)(f->min[i / 4] >> 8 * (i % 4));
}

static bool unpack(struct span s, struct fingerprint *f)
{
	memset(f, 0, sizeof *f);
	if (s.n != PRINT_BYTES)
		return false;
	for (size_t i = 0; i < PRINT_BYTES; i++)
		f->min[i / 4] |= (uint32_t)(unsigned char)s.p[i] << 8 * (i % 4);
	f->known = true;
	return true;
}

static int load(struct queue *q, int64_t now, struct err *e)
{
	sqlite3_stmt *s = db_stmt(q,
		"SELECT article, seen, flagged, hashes FROM print WHERE seen >= ?1 AND (flagged OR seen >= "
		"?2)",
		e);
	struct fingerprint f;
	int rc;
	if (!s)
		return -1;
	q->near = xcalloc(1, sizeof *q->near);
	db_int(s, 1, now - (int64_t)STORY_DAYS_FLAGGED * DAY);
	db_int(s, 2, now - (int64_t)STORY_DAYS * DAY);
	while ((rc = db_step(q, s, e)) > 0)
		if (unpack(db_col(s, 3), &f))
			add(q->near, db_col_int(s, 0), db_col_int(s, 1), db_col_int(s, 2) != 0, &f);
	db_done(s);
	if (rc < 0) {
		near_free(q->near);
		q->near = NULL;
	}
	return rc;
}

/* Newest first, at most `most`. */
static void compare(const struct entries *v, const struct fingerprint *f, int64_t since, int64_t except,
	bool flagged, size_t most, struct near_hits *out)
{
	for (size_t i = v->n; most && i-- > 0;) {
		const struct entry *en = &v->p[i];
		if (en->seen < since || en->article == except || !story_same(&en->print, f))
			continue;
		vec_push(out, ((struct near_hit){en->article, flagged}));
		most--;
	}
}

/* Of a thousand flagged copies any few will do: each was tied to the others when it came, and the plain
 * copies to them. So a flood of copies does not make each further one dearer. */
int near_find(struct queue *q, const struct fingerprint *f, int64_t now, bool flagged_only, int64_t except,
	struct near_hits *out, struct err *e)
{
	int64_t days = flagged_only ? STORY_DAYS : STORY_DAYS_FLAGGED;
	if (!q->near && load(q, now, e) < 0)
		return -1;
	compare(&q->near->flagged, f, now - days * DAY, except, true, ENOUGH, out);
	if (!flagged_only)
		compare(&q->near->plain, f, now - (int64_t)STORY_DAYS * DAY, except, false,
			out->n ? ENOUGH : SIZE_MAX, out);
	return 0;
}

int near_put(struct queue *q, int64_t article, int64_t seen, const struct fingerprint *f, bool flagged,
	bool again, int64_t now, struct err *e)
{
	unsigned char bytes[PRINT_BYTES];
	if (!q->near && load(q, now, e) < 0)
		return -1;
	static const char first[] =
		"INSERT INTO print (seen, article, flagged, hashes) VALUES (?1, ?2, ?3, ?4)";
	static const char next[] =
		"REPLACE INTO print (seen, article, flagged, hashes) VALUES (?1, ?2, ?3, ?4)";
	sqlite3_stmt *s = db_stmt(q, again ? next : first, e);
	if (!s)
		return -1;
	pack(f, bytes);
	db_int(s, 1, seen);
	db_int(s, 2, article);
	db_int(s, 3, flagged);
	db_bytes(s, 4, bytes, sizeof bytes);
	if (db_run(q, s, e) < 0)
		return -1;
	if (again) {
		forget(&q->near->flagged, article);
		forget(&q->near->plain, article);
	}
	add(q->near, article, seen, flagged, f);
	return 0;
}

int near_prune(struct queue *q, int64_t now, struct err *e)
{
	sqlite3_stmt *s = db_stmt(q, "DELETE FROM print WHERE seen < ?1 AND (NOT flagged OR seen < ?2)", e);
	if (!s)
		return -1;
	db_int(s, 1, now - (int64_t)STORY_DAYS * DAY);
	db_int(s, 2, now - (int64_t)STORY_DAYS_FLAGGED * DAY);
	return db_run(q, s, e);
}
