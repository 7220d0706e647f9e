/* near: finds the articles of the last days that are likely copies of one at hand. Fingerprints lie in the
 * table `print` in the order they came, which costs one row at the end of the table for an article; the index
 * over their bands is made in memory when a scan first needs it (28,000 fingerprints: 5 ms) and grows with
 * what the scan stores. An index in the database would cost eight rows in random places for each of the 999
 * articles in 1,000 that no one will ever ask about.
 *
 * Articles without flags are remembered for STORY_DAYS; flagged ones for STORY_DAYS_FLAGGED, so that a rumour
 * that comes back next season word for word finds its old item and the answer it got. */
#include "queue/queue_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"

#include "base/banned.h"

enum { DAY = 86400, NONE = -1, PRINT_BYTES = STORY_HASHES * 4, SLOTS_FIRST = 1024 };

struct entry {
	int64_t article; /* 0: replaced */
	int64_t seen;
	bool flagged;
	uint32_t asked; /* number of the last question that met it */
	struct fingerprint print;
	int32_t next[STORY_BANDS]; /* entry with the same key of that band, or NONE */
};

struct slot {
	uint64_t key;
	int32_t head; /* entry + 1; 0: free */
};

struct near {
	VEC(struct entry) entries;
	struct slot *slots;
	size_t n_slots, used;
	uint32_t question;
};

void near_free(struct near *x)
{
	if (!x)
		return;
	vec_release(&x->entries);
	free(x->slots);
	free(x);
}

static struct slot *slot_of(struct slot *slots, size_t n, uint64_t key)
{
	size_t i = (size_t)key & (n - 1);
	while (slots[i].head && slots[i].key != key)
		i = (i + 1) & (n - 1);
	return &slots[i];
}

static void grow(struct near *x)
{
	size_t n = x->n_slots ? x->n_slots * 2 : SLOTS_FIRST;
	struct slot *slots = xcalloc(n, sizeof *slots);
	for (size_t i = 0; i < x->n_slots; i++)
		if (x->slots[i].head)
			*slot_of(slots, n, x->slots[i].key) = x->slots[i];
	free(x->slots);
	x->slots = slots;
	x->n_slots = n;
}

static void add(struct near *x, int64_t article, int64_t seen, bool flagged, const struct fingerprint *f)
{
	uint64_t keys[STORY_BANDS];
	int32_t number = (int32_t)x->entries.n;
	struct entry *en = vec_add(&x->entries);
	en->article = article;
	en->seen = seen;
	en->flagged = flagged;
	en->print = *f;
	story_bands(f, keys);
	for (int b = 0; b < STORY_BANDS; b++) {
		if (2 * (x->used + 1) > x->n_slots)
			grow(x);
		struct slot *s = slot_of(x->slots, x->n_slots, keys[b]);
		en->next[b] = s->head ? s->head - 1 : NONE;
		x->used += !s->head;
		*s = (struct slot){keys[b], number + 1};
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

/* flagged_only is how an article without flags asks; it is no copy of what is older than STORY_DAYS. */
static bool likely(
	struct near *x, struct entry *en, const struct fingerprint *f, int64_t now, bool flagged_only)
{
	if (!en->article || en->asked == x->question || (flagged_only && !en->flagged))
		return false;
	en->asked = x->question;
	int64_t days = en->flagged && !flagged_only ? STORY_DAYS_FLAGGED : STORY_DAYS;
	return en->seen >= now - days * DAY && story_same(&en->print, f);
}

int near_find(struct queue *q, const struct fingerprint *f, int64_t now, bool flagged_only, int64_t except,
	struct near_hits *out, struct err *e)
{
	uint64_t keys[STORY_BANDS];
	if (!q->near && load(q, now, e) < 0)
		return -1;
	struct near *x = q->near;
	if (!x->n_slots)
		return 0;
	x->question++;
	story_bands(f, keys);
	for (int b = 0; b < STORY_BANDS; b++) {
		struct slot *s = slot_of(x->slots, x->n_slots, keys[b]);
		for (int32_t i = s->head ? s->head - 1 : NONE; i != NONE; i = x->entries.p[i].next[b]) {
			struct entry *en = &x->entries.p[i];
			if (en->article == except || !likely(x, en, f, now, flagged_only))
				continue;
			vec_push(out, ((struct near_hit){en->article, en->flagged}));
		}
	}
	return 0;
}

static void forget(struct near *x, int64_t article, const struct fingerprint *old)
{
	uint64_t keys[STORY_BANDS];
	if (!x || !x->n_slots)
		return;
	story_bands(old, keys);
	struct slot *s = slot_of(x->slots, x->n_slots, keys[0]);
	for (int32_t i = s->head ? s->head - 1 : NONE; i != NONE; i = x->entries.p[i].next[0])
		if (x->entries.p[i].article == article)
			x->entries.p[i].article = 0;
}

int near_put(struct queue *q, int64_t article, int64_t seen, const struct fingerprint *f, bool flagged,
	int64_t now, struct err *e)
{
	struct fingerprint old;
	unsigned char bytes[PRINT_BYTES];
	if (!q->near && load(q, now, e) < 0)
		return -1;
	sqlite3_stmt *s = db_stmt(q, "SELECT hashes FROM print WHERE seen = ?1 AND article = ?2", e);
	if (!s)
		return -1;
	db_int(s, 1, seen);
	db_int(s, 2, article);
	int rc = db_step(q, s, e);
	if (rc > 0 && unpack(db_col(s, 0), &old))
		forget(q->near, article, &old);
	db_done(s);
	if (rc < 0 ||
		!(s = db_stmt(q,
			  "REPLACE INTO print (seen, article, flagged, hashes) VALUES (?1, ?2, ?3, ?4)", e)))
		return -1;
	pack(f, bytes);
	db_int(s, 1, seen);
	db_int(s, 2, article);
	db_int(s, 3, flagged);
	db_bytes(s, 4, bytes, sizeof bytes);
	if (db_run(q, s, e) < 0)
		return -1;
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
