/* item: how articles become items. A story is a set of articles tied by resemblance where at least one of
 * each tied pair has live flags; it has one item. Which articles make a story does not depend on the order
 * they came in: a copy that is like two stories joins them. Then one item goes on and the other ends as
 * merged into it (never when people have worked on both: their decisions are theirs, and both stay).
 *
 * What an item shows comes from its leading article: the open one before the answered, then the heavier, the
 * earlier, the smaller id; nothing in that depends on order either. */
#include "queue/queue_priv.h"

#include <string.h>

#include "base/i18n.h"

#include "base/banned.h"

enum { SPREAD_STEP = 5, SPREAD_MAX = 20 }; /* priority per further source */

static const char machine[] = "soatin"; /* who, in events nobody decided */

/* --- events --- */

static int add_article_event(struct queue *q, int64_t item, int64_t at, const char *what, const char *id,
	const char *source, struct err *e)
{
	struct str detail;
	struct json_writer w = {&detail, false};
	str_init(&detail, 0);
	json_begin_object(&w);
	json_field(&w, "article", id);
	json_field(&w, "source", source);
	json_end_object(&w);
	int rc = event_add(q, item, at, machine, what, NULL, detail.p, e);
	str_release(&detail);
	return rc;
}

static int add_merge_event(struct queue *q, int64_t item, int64_t into, int64_t at, struct err *e)
{
	struct str detail;
	struct json_writer w = {&detail, false};
	str_init(&detail, 0);
	json_begin_object(&w);
	json_field_int(&w, "into", into);
	json_end_object(&w);
	int rc = event_add(q, item, at, machine, "merge", NULL, detail.p, e);
	str_release(&detail);
	return rc;
}

/* --- the stories met --- */

static struct met *meet(struct queue *q, int64_t story)
{
	struct span key = {(const char *)&story, sizeof story};
	size_t at = (size_t)(uintptr_t)map_get(&q->met_at, key);
	if (!at) {
		vec_push(&q->met, ((struct met){.story = story, .as_of = -1}));
		at = q->met.n;
		map_put(&q->met_at, key, (void *)(uintptr_t)at);
	}
	return &q->met.p[at - 1];
}

static void touch(struct queue *q, int64_t story, int64_t now)
{
	struct met *m = meet(q, story);
	m->now = m->changed && m->now > now ? m->now : now;
	m->changed = true;
}

void item_forget(struct queue *q)
{
	q->decided++;
}

void item_part(struct queue *q)
{
	q->met.n = 0;
	map_release(&q->met_at);
}

static int look_up(struct queue *q, int64_t story, struct found_item *out, struct err *e)
{
	sqlite3_stmt *s = db_stmt(q,
		"SELECT i.number, i.state,"
		" EXISTS (SELECT 1 FROM event v WHERE v.item = i.number AND v.what <> 'copy'"
		"  AND v.what NOT IN ('found', 'withdraw', 'merge')),"
		" (SELECT w.what = 'withdraw' FROM event w WHERE w.item = i.number AND w.what <> 'copy'"
		"  AND w.what NOT IN ('note', 'merge') ORDER BY w.n DESC LIMIT 1)"
		" FROM item i WHERE i.story = ?1",
		e);
	memset(out, 0, sizeof *out);
	if (!s)
		return -1;
	db_int(s, 1, story);
	int rc = db_step(q, s, e);
	if (rc > 0) {
		out->number = db_col_int(s, 0);
		out->state = db_col(s, 1).p[0];
		out->touched = db_col_int(s, 2) != 0;
		out->withdrawn = db_col_int(s, 3) != 0;
	}
	db_done(s);
	return rc < 0 ? -1 : 0;
}

/* Each copy that comes asks for it. */
static int item_of_story(struct queue *q, int64_t story, struct found_item *out, struct err *e)
{
	struct met *m = meet(q, story);
	if (m->as_of != q->decided && look_up(q, story, &m->item, e) < 0)
		return -1;
	m->as_of = q->decided;
	*out = m->item;
	return 0;
}

/* --- what an item shows --- */

struct member {
	int64_t article, published, seen;
	int level, rule, place, source;
	char id[64];
};

static int compare(const struct member *a, const struct member *b)
{
	int64_t x = (int64_t)a->rule + a->place + a->source, y = (int64_t)b->rule + b->place + b->source;
	if (a->level != b->level)
		return a->level - b->level;
	if (x != y)
		return x > y ? 1 : -1;
	if (a->published != b->published)
		return a->published && (!b->published || a->published < b->published) ? 1 : -1;
	return -strcmp(a->id, b->id);
}

struct summary {
	struct member lead;
	int64_t first, last, copies, sources;
};

static int summarise(struct queue *q, int64_t story, struct summary *out, struct err *e)
{
	sqlite3_stmt *s = db_stmt(q,
		"SELECT n, coalesce(published, 0), first_seen, level, p_rule, p_place, p_source, id,"
		" (SELECT count(DISTINCT source) FROM article WHERE story = ?1) FROM article WHERE story = "
		"?1",
		e);
	int rc;
	memset(out, 0, sizeof *out);
	if (!s)
		return -1;
	db_int(s, 1, story);
	while ((rc = db_step(q, s, e)) > 0) {
		struct member m = {db_col_int(s, 0), db_col_int(s, 1), db_col_int(s, 2),
			(int)db_col_int(s, 3), (int)db_col_int(s, 4), (int)db_col_int(s, 5),
			(int)db_col_int(s, 6), {0}};
		struct span id = span_cut(db_col(s, 7), 0, sizeof m.id - 1);
		memcpy(m.id, id.p, id.n);
		if (!out->copies || compare(&m, &out->lead) > 0)
			out->lead = m;
		out->first = !out->copies || m.seen < out->first ? m.seen : out->first;
		out->last = m.seen > out->last ? m.seen : out->last;
		out->sources = db_col_int(s, 8);
		out->copies++;
	}
	db_done(s);
	return rc;
}

static int write_numbers(struct queue *q, int64_t story, const struct summary *m, struct err *e)
{
	sqlite3_stmt *s = db_stmt(q,
		"UPDATE item SET answered = ?2, p_rule = ?3, p_place = ?4, p_spread = ?5, p_source = ?6, "
		"first_seen = ?7,"
		" last_seen = ?8, copies = ?9, sources = ?10,"
		" due_in = coalesce((SELECT min(due) FROM flag WHERE article = ?11 AND due > 0 AND NOT "
		"answered), due_in)"
		" WHERE story = ?1",
		e);
	if (!s)
		return -1;
	int64_t more = (m->sources - 1) * SPREAD_STEP;
	db_int(s, 1, story);
	db_int(s, 2, m->lead.level == LEVEL_ANSWERED);
	db_int(s, 3, m->lead.rule);
	db_int(s, 4, m->lead.place);
	db_int(s, 5, more < SPREAD_MAX ? more : SPREAD_MAX);
	db_int(s, 6, m->lead.source);
	db_int(s, 7, m->first);
	db_int(s, 8, m->last);
	db_int(s, 9, m->copies);
	db_int(s, 10, m->sources);
	db_int(s, 11, m->lead.article);
	return db_run(q, s, e);
}

static int write_words(
	struct queue *q, int64_t story, const struct member *lead, const struct article *x, struct err *e)
{
	sqlite3_stmt *s = db_stmt(q,
		"UPDATE item SET lead = ?2, title = ?3, url = ?4, lang = ?5, (rule, topic, action) ="
		" (SELECT coalesce(max(f.rule), item.rule), coalesce(max(f.topic), item.topic), "
		"coalesce(max(f.action), item.action)"
		" FROM (SELECT rule, topic, action FROM flag WHERE article = ?2 ORDER BY answered, weight "
		"DESC, rule LIMIT 1) f)"
		" WHERE story = ?1",
		e);
	if (!s)
		return -1;
	db_int(s, 1, story);
	db_int(s, 2, lead->article);
	db_text(s, 3, x->title);
	db_text(s, 4, x->url);
	db_text(s, 5, x->lang);
	return db_run(q, s, e);
}

static int show_lead(struct queue *q, int64_t story, const struct member *lead, struct err *e)
{
	struct arena a = {0};
	struct article x;
	sqlite3_stmt *s = db_stmt(q, "SELECT line FROM article WHERE n = ?1", e);
	int rc = -1;
	if (!s)
		return -1;
	db_int(s, 1, lead->article);
	if (db_row(q, s, e) == 0)
		rc = article_read(&a, db_col(s, 0), &x, e);
	db_done(s);
	if (rc == 0)
		rc = write_words(q, story, lead, &x, e);
	arena_release(&a);
	return rc;
}

/* Computes anew what the item of a story shows. An untouched item none of whose articles is flagged any more
 * (the summary in the feed sounded like more than the whole article says) is withdrawn. */
static int refresh(struct queue *q, int64_t story, int64_t now, struct err *e)
{
	struct summary m;
	struct found_item it;
	if (summarise(q, story, &m, e) < 0 || item_of_story(q, story, &it, e) < 0)
		return -1;
	if (!it.number || !m.copies)
		return 0;
	if (write_numbers(q, story, &m, e) < 0 || show_lead(q, story, &m.lead, e) < 0)
		return -1;
	if (m.lead.level != LEVEL_NONE || it.touched || it.state != 'n')
		return 0;
	return event_add(q, it.number, now, machine, "withdraw",
		"no article of the story is flagged any more", NULL, e);
}

/* Once before the commit, not for each copy: what a story of a thousand copies shows is read from all of
 * them. */
int item_refresh(struct queue *q, struct err *e)
{
	int rc = 0;
	for (size_t i = 0; i < q->met.n && rc == 0; i++)
		if (q->met.p[i].changed)
			rc = refresh(q, q->met.p[i].story, q->met.p[i].now, e);
	item_part(q);
	return rc;
}

/* --- stories --- */

static int story_of(struct queue *q, int64_t article, int64_t *story, struct err *e)
{
	if ((*story = near_story(q, article)) != 0)
		return 0;
	sqlite3_stmt *s = db_stmt(q, "SELECT coalesce(story, 0) FROM article WHERE n = ?1", e);
	if (!s)
		return -1;
	db_int(s, 1, article);
	int rc = db_step(q, s, e);
	if (rc > 0)
		*story = db_col_int(s, 0);
	db_done(s);
	near_set_story(q, article, *story);
	return rc < 0 ? -1 : 0;
}

static int set_story(struct queue *q, int64_t article, int64_t story, struct err *e)
{
	sqlite3_stmt *s = db_stmt(q, "UPDATE article SET story = ?2 WHERE n = ?1", e);
	if (!s)
		return -1;
	db_int(s, 1, article);
	db_int(s, 2, story);
	near_set_story(q, article, story);
	return db_run(q, s, e);
}

static int story_has_source(
	struct queue *q, int64_t story, const char *source, int64_t except, bool *has, struct err *e)
{
	sqlite3_stmt *s =
		db_stmt(q, "SELECT 1 FROM article WHERE story = ?1 AND source = ?2 AND n <> ?3 LIMIT 1", e);
	if (!s)
		return -1;
	db_int(s, 1, story);
	db_text(s, 2, source);
	db_int(s, 3, except);
	int rc = db_step(q, s, e);
	*has = rc > 0;
	db_done(s);
	return rc < 0 ? -1 : 0;
}

/* A copy came to an item that was closed. After an answer, any copy that does not carry a denial itself shows
 * that the story goes on. After a dismissal only a flagged copy in a source that had not printed it: else
 * each reprint of what was found harmless would call the officer again. */
static int come_back(struct queue *q, const struct found_item *it, int64_t story, int64_t article,
	const char *id, const char *source, enum level level, int64_t now, struct err *e)
{
	bool known = false;
	if (it->withdrawn)
		return level == LEVEL_NONE ? 0
					   : add_article_event(q, it->number, now, "found", id, source, e);
	if (it->state == 'a' && level != LEVEL_ANSWERED)
		return add_article_event(q, it->number, now, "return", id, source, e);
	if (it->state != 'd' || level != LEVEL_OPEN)
		return 0;
	if (story_has_source(q, story, source, article, &known, e) < 0)
		return -1;
	return known ? 0 : add_article_event(q, it->number, now, "return", id, source, e);
}

/* The article is in the story: its item is told. */
static int joined(struct queue *q, const struct tie *t, int64_t story, struct err *e)
{
	struct found_item it;
	near_set_story(q, t->article, story);
	if (item_of_story(q, story, &it, e) < 0 ||
		add_article_event(q, it.number, t->now, "copy", t->id, t->source, e) < 0)
		return -1;
	return come_back(q, &it, story, t->article, t->id, t->source, t->level, t->now, e);
}

/* An article that was there before joins the story. */
static int join(struct queue *q, int64_t article, int64_t story, int64_t now, struct err *e)
{
	struct arena a = {0};
	struct tie t = {.article = article, .now = now};
	sqlite3_stmt *s = db_stmt(q, "SELECT id, source, level FROM article WHERE n = ?1", e);
	int rc = -1;
	if (!s)
		return -1;
	db_int(s, 1, article);
	if (db_row(q, s, e) == 0) {
		t.id = db_col_dup(&a, s, 0);
		t.source = db_col_dup(&a, s, 1);
		t.level = (enum level)db_col_int(s, 2);
		rc = 0;
	}
	db_done(s);
	if (rc == 0)
		rc = set_story(q, article, story, e);
	if (rc == 0)
		rc = joined(q, &t, story, e);
	arena_release(&a);
	return rc;
}

static int members(struct queue *q, int64_t story, struct near_hits *out, struct err *e)
{
	sqlite3_stmt *s = db_stmt(q, "SELECT n FROM article WHERE story = ?1 ORDER BY n", e);
	int rc;
	if (!s)
		return -1;
	db_int(s, 1, story);
	while ((rc = db_step(q, s, e)) > 0)
		vec_push(out, ((struct near_hit){db_col_int(s, 0), false}));
	db_done(s);
	return rc;
}

/* Makes one story of two; *kept is the one that goes on, and both stay when people worked on both. */
static int merge(struct queue *q, int64_t a, int64_t b, int64_t now, int64_t *kept, struct err *e)
{
	struct found_item x, y;
	struct near_hits moved = {0};
	int rc = -1;
	if (item_of_story(q, a, &x, e) < 0 || item_of_story(q, b, &y, e) < 0)
		return -1;
	bool second = x.touched != y.touched ? y.touched : y.number < x.number;
	int64_t keep = second ? b : a, lose = second ? a : b;
	const struct found_item *to = second ? &y : &x, *from = second ? &x : &y;
	*kept = a;
	if (x.touched && y.touched)
		return 0;
	*kept = keep;
	sqlite3_stmt *s = db_stmt(q, "UPDATE item SET story = NULL, merged = ?2 WHERE number = ?1", e);
	if (!s || members(q, lose, &moved, e) < 0)
		goto done;
	db_int(s, 1, from->number);
	db_int(s, 2, to->number);
	item_forget(q);
	if (db_run(q, s, e) < 0 || add_merge_event(q, from->number, to->number, now, e) < 0)
		goto done;
	for (size_t i = 0; i < moved.n; i++)
		if (join(q, moved.p[i].article, keep, now, e) < 0)
			goto done;
	rc = 0;
done:
	vec_release(&moved);
	return rc;
}

static int open_item(struct queue *q, const struct tie *t, struct err *e)
{
	sqlite3_stmt *s = db_stmt(q, "INSERT INTO item (story) VALUES (?1)", e);
	if (!s)
		return -1;
	db_int(s, 1, t->article);
	if (db_run(q, s, e) < 0 || set_story(q, t->article, t->article, e) < 0)
		return -1;
	return add_article_event(q, sqlite3_last_insert_rowid(q->db), t->now, "found", t->id, t->source, e);
}

/* The story the hits belong to, merged into one; 0: none of them has one. Hits without a story are left in
 * place, those with one are zeroed. */
static int one_story(
	struct queue *q, struct near_hits *hits, int64_t own, int64_t now, int64_t *story, struct err *e)
{
	*story = own;
	for (size_t i = 0; i < hits->n; i++) {
		int64_t theirs;
		if (story_of(q, hits->p[i].article, &theirs, e) < 0)
			return -1;
		if (!theirs)
			continue;
		hits->p[i].article = 0;
		if (!*story)
			*story = theirs;
		else if (*story != theirs && merge(q, *story, theirs, now, story, e) < 0)
			return -1;
	}
	return 0;
}

/* The article's flags changed while it stood in the story: an item that was withdrawn is found again. */
static int found_again(struct queue *q, const struct tie *t, int64_t story, struct err *e)
{
	struct found_item it;
	if (t->level == LEVEL_NONE)
		return 0;
	if (item_of_story(q, story, &it, e) < 0)
		return -1;
	return it.withdrawn ? add_article_event(q, it.number, t->now, "found", t->id, t->source, e) : 0;
}

int item_find(struct queue *q, struct tie *t, struct err *e)
{
	bool flagged = t->level != LEVEL_NONE;
	if (t->print.known && near_find(q, &t->print, t->now, !flagged, t->article, &t->hits, e) < 0)
		return -1;
	return one_story(q, &t->hits, t->had, t->now, &t->story, e);
}

static int tie_one(struct queue *q, const struct tie *t, int64_t *story, bool fresh, struct err *e)
{
	if (!*story) {
		*story = t->article;
		return open_item(q, t, e);
	}
	if (fresh)
		return joined(q, t, *story, e);
	return t->had ? found_again(q, t, *story, e) : join(q, t->article, *story, t->now, e);
}

int item_tie(struct queue *q, const struct tie *t, bool fresh, struct err *e)
{
	int64_t story = t->story;
	if (!story && t->level == LEVEL_NONE)
		return 0;
	if (tie_one(q, t, &story, fresh, e) < 0)
		return -1;
	for (size_t i = 0; i < t->hits.n; i++)
		if (t->hits.p[i].article && join(q, t->hits.p[i].article, story, t->now, e) < 0)
			return -1;
	touch(q, story, t->now);
	return 0;
}
