/* list: items out. One fixed statement serves every query: a condition whose value is NULL holds. Words are
 * sought in the folded title and text of the item's articles, which are folded here when asked for: a desk's
 * queue has hundreds of items, not millions, and keeping a second, folded copy of every text would double
 * what a scan writes. */
#include "queue/queue_priv.h"

#include <math.h>
#include <string.h>

#include "base/i18n.h"
#include "text/text.h"

#include "base/banned.h"

/* --- the columns of an item, in the order of read_item() --- */
#define ITEM_COLUMNS                                                                                         \
	"i.number, i.state, i.came_back, i.answered, i.who, coalesce((SELECT min(m.id) FROM article m "      \
	"WHERE m.story = i.story),"                                                                          \
	" ''), i.title, i.url, i.lang, i.topic, i.rule, i.action, i.p_rule, i.p_place, i.p_spread, "         \
	"i.p_source, i.priority,"                                                                            \
	" i.first_seen, i.last_seen, i.due, i.copies, i.sources, coalesce(i.story, 0)"

static enum item_state state_named(struct span name)
{
	enum item_state s = ITEM_NEW;
	for (int i = 0; item_states[i]; i++)
		if (span_is(name, item_states[i]))
			s = (enum item_state)i;
	return s;
}

static void read_item(struct arena *a, sqlite3_stmt *s, struct item *out, int64_t *story)
{
	memset(out, 0, sizeof *out);
	out->number = db_col_int(s, 0);
	out->state = state_named(db_col(s, 1));
	out->returning = db_col_int(s, 2) != 0;
	out->answered_by_source = db_col_int(s, 3) != 0;
	out->who = db_col_dup(a, s, 4);
	out->story = db_col_dup(a, s, 5);
	out->title = db_col_dup(a, s, 6);
	out->url = db_col_dup(a, s, 7);
	out->lang = db_col_dup(a, s, 8);
	out->topic = db_col_dup(a, s, 9);
	out->rule = db_col_dup(a, s, 10);
	out->action = db_col_dup(a, s, 11);
	out->priority.rule = (int)db_col_int(s, 12);
	out->priority.place = (int)db_col_int(s, 13);
	out->priority.spread = (int)db_col_int(s, 14);
	out->priority.source = (int)db_col_int(s, 15);
	out->priority.total = (int)db_col_int(s, 16);
	out->first_seen = db_col_int(s, 17);
	out->last_seen = db_col_int(s, 18);
	out->due = db_col_int(s, 19);
	out->copies = db_col_int(s, 20);
	out->sources = db_col_int(s, 21);
	*story = db_col_int(s, 22);
}

/* --- which states --- */

struct states {
	bool want[5], returning, answered;
};

static int read_states(const char *list, struct states *out, struct err *e)
{
	struct span rest = span_of(list), part;
	memset(out, 0, sizeof *out);
	if (!list) {
		out->want[ITEM_NEW] = out->want[ITEM_TAKEN] = out->returning = true;
		return 0;
	}
	while (span_next(&rest, ',', &part)) {
		int i = 0;
		part = span_trim(part);
		while (item_states[i] && !span_is(part, item_states[i]))
			i++;
		if (item_states[i]) {
			out->want[i] = true;
		} else if (span_is(part, "open")) {
			out->want[ITEM_NEW] = out->want[ITEM_TAKEN] = out->returning = true;
		} else if (span_is(part, "returning")) {
			out->returning = true;
		} else if (span_is(part, "all")) {
			memset(out, true, sizeof *out);
		} else if (part.n) {
			struct str word;
			str_init(&word, 0);
			str_add(&word, part);
			err_set(e, ERR_USAGE, N_("unknown state \"%1\"; there are: %2"), word.p,
				"new, taken, answered, dismissed, referred, returning, open, all");
			str_release(&word);
			return -1;
		}
	}
	return 0;
}

/* --- words --- */

/* The folded words of a query, one after the other, separated by \n. */
static struct span fold_words(struct arena *a, const char *text)
{
	struct span folded = text_fold_word(a, span_of(text), NULL);
	return span_trim(folded);
}

static bool has_word(const struct article *x, struct arena *a, struct span word)
{
	struct span fields[] = {span_of(x->title), span_of(x->summary), span_of(x->text)};
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (span_find(text_fold_word(a, fields[i], NULL), word, 0) != SIZE_MAX)
			return true;
	return false;
}

/* Every word must occur in some article of the item. */
static bool has_words(const struct item *it, struct span words)
{
	struct arena a = {0};
	struct span rest = words, word;
	bool all = true;
	while (all && span_next(&rest, ' ', &word)) {
		bool found = word.n == 0;
		for (size_t i = 0; i < it->n_articles && !found; i++)
			found = has_word(it->articles[i], &a, word);
		all = found;
	}
	arena_release(&a);
	return all;
}

/* --- an item's articles and events --- */

static struct article *read_article(struct arena *a, struct span line, const struct item *it, struct err *e)
{
	struct article *x = arena_new(a, struct article);
	if (article_read(a, line, x, e) < 0)
		return NULL;
	x->story = it->story;
	x->priority.spread = it->priority.spread;
	return x;
}

static int load_articles(struct queue *q, struct arena *a, struct item *it, int64_t story, struct err *e)
{
	sqlite3_stmt *s = db_stmt(q,
		"SELECT line FROM article WHERE story = ?1 ORDER BY n <> (SELECT lead FROM item WHERE number "
		"= ?2), first_seen, id",
		e);
	int rc;
	if (!s)
		return -1;
	it->articles = arena_array(a, struct article *, it->copies + 1);
	db_int(s, 1, story);
	db_int(s, 2, it->number);
	while ((rc = db_step(q, s, e)) > 0 && (int64_t)it->n_articles < it->copies) {
		struct article *x = read_article(a, db_col(s, 0), it, e);
		if (!x) {
			rc = -1;
			break;
		}
		it->articles[it->n_articles++] = x;
	}
	db_done(s);
	return rc < 0 ? -1 : 0;
}

static int load_versions(struct queue *q, struct arena *a, struct item *it, int64_t story, struct err *e)
{
	VEC(struct article *) all = {0};
	sqlite3_stmt *s = db_stmt(q,
		"SELECT v.line FROM article AS x JOIN article_version AS v ON v.article = x.n"
		" WHERE x.story = ?1 ORDER BY x.first_seen, x.id, v.seen, v.rowid",
		e);
	int rc;
	if (!s)
		return -1;
	db_int(s, 1, story);
	while ((rc = db_step(q, s, e)) > 0) {
		struct article *x = read_article(a, db_col(s, 0), it, e);
		if (!x) {
			rc = -1;
			break;
		}
		vec_push(&all, x);
	}
	db_done(s);
	if (rc == 0 && all.n) {
		it->versions = arena_array(a, struct article *, all.n);
		memcpy(it->versions, all.p, all.n * sizeof *all.p);
		it->n_versions = all.n;
	}
	vec_release(&all);
	return rc;
}

static int load_events(struct queue *q, struct arena *a, struct item *it, struct err *e)
{
	VEC(struct item_event) all = {0};
	sqlite3_stmt *s =
		db_stmt(q, "SELECT at, who, what, why, detail FROM event WHERE item = ?1 ORDER BY n", e);
	int rc;
	if (!s)
		return -1;
	db_int(s, 1, it->number);
	while ((rc = db_step(q, s, e)) > 0)
		vec_push(&all, ((struct item_event){db_col_int(s, 0), db_col_dup(a, s, 1),
				       db_col_dup(a, s, 2), db_col_dup(a, s, 3), db_col_dup(a, s, 4)}));
	db_done(s);
	if (rc == 0 && all.n) {
		it->events = arena_array(a, struct item_event, all.n);
		memcpy(it->events, all.p, all.n * sizeof *all.p);
		it->n_events = all.n;
	}
	vec_release(&all);
	return rc;
}

/* --- listing --- */

static const char list_sql[] =
	"SELECT " ITEM_COLUMNS " FROM item i WHERE i.merged IS NULL"
	" AND (CASE i.state WHEN 'new' THEN ?1 WHEN 'taken' THEN ?2 WHEN 'answered' THEN ?3 WHEN 'dismissed' "
	"THEN ?4 ELSE ?5 END"
	"  OR (i.came_back AND ?6))"
	" AND (?7 OR NOT i.answered OR i.state <> 'new')"
	" AND (?8 IS NULL OR EXISTS (SELECT 1 FROM article a JOIN flag f ON f.article = a.n WHERE a.story = "
	"i.story AND f.topic = ?8))"
	" AND (?9 IS NULL OR EXISTS (SELECT 1 FROM article a JOIN flag f ON f.article = a.n WHERE a.story = "
	"i.story AND f.action = ?9))"
	" AND (?10 IS NULL OR EXISTS (SELECT 1 FROM article a JOIN flag f ON f.article = a.n WHERE a.story = "
	"i.story AND f.rule = ?10))"
	" AND (?11 IS NULL OR EXISTS (SELECT 1 FROM article a WHERE a.story = i.story AND a.source = ?11))"
	" AND (?12 IS NULL OR EXISTS (SELECT 1 FROM article a JOIN place p ON p.article = a.n WHERE a.story "
	"= i.story AND p.place = ?12))"
	" AND (?13 IS NULL OR i.who = ?13)"
	" AND (?14 IS NULL OR i.first_seen >= ?14) AND (?15 IS NULL OR i.first_seen < ?15)"
	" ORDER BY i.priority DESC, i.due = 0, i.due, i.number";

static void bind_query(sqlite3_stmt *s, const struct item_query *want, const struct states *st)
{
	for (int i = 0; i < 5; i++)
		db_int(s, 1 + i, st->want[i]);
	db_int(s, 6, st->returning);
	db_int(s, 7, want->with_answered);
	db_text(s, 8, want->topic);
	db_text(s, 9, want->action);
	db_text(s, 10, want->rule);
	db_text(s, 11, want->source);
	db_text(s, 12, want->place);
	db_text(s, 13, want->who);
	db_int_opt(s, 14, want->since);
	db_int_opt(s, 15, want->until);
}

/* Does the item hold the words? Its articles are read into an arena of their own and forgotten. */
static int worded(
	struct queue *q, const struct item *it, int64_t story, struct span words, bool *yes, struct err *e)
{
	struct arena a = {0};
	struct item full = *it;
	int rc = load_articles(q, &a, &full, story, e);
	*yes = rc == 0 && has_words(&full, words);
	arena_release(&a);
	return rc;
}

int queue_list(struct queue *q, struct arena *a, const struct item_query *want, struct item **out, size_t *n,
	struct err *e)
{
	VEC(struct item) all = {0};
	struct states st;
	struct span words = want->text ? fold_words(a, want->text) : (struct span){NULL, 0};
	int rc;
	*out = NULL;
	*n = 0;
	if (read_states(want->states, &st, e) < 0)
		return -1;
	sqlite3_stmt *s = db_stmt(q, list_sql, e);
	if (!s)
		return -1;
	bind_query(s, want, &st);
	while ((rc = db_step(q, s, e)) > 0 && (want->limit <= 0 || all.n < (size_t)want->limit)) {
		struct item it;
		int64_t story;
		bool yes = true;
		read_item(a, s, &it, &story);
		if (words.n && worded(q, &it, story, words, &yes, e) < 0) {
			rc = -1;
			break;
		}
		if (yes)
			vec_push(&all, it);
	}
	db_done(s);
	if (rc >= 0 && all.n) {
		*out = arena_array(a, struct item, all.n);
		memcpy(*out, all.p, all.n * sizeof *all.p);
		*n = all.n;
	}
	vec_release(&all);
	return rc < 0 ? -1 : 0;
}

int queue_item(struct queue *q, struct arena *a, int64_t number, struct item *out, struct err *e)
{
	sqlite3_stmt *s = db_stmt(q,
		"SELECT " ITEM_COLUMNS " FROM item i WHERE i.number = coalesce((SELECT m.merged FROM item m "
		"WHERE m.number = ?1), ?1)",
		e);
	int64_t story = 0;
	memset(out, 0, sizeof *out);
	if (!s)
		return -1;
	db_int(s, 1, number);
	int rc = db_step(q, s, e);
	if (rc > 0)
		read_item(a, s, out, &story);
	db_done(s);
	if (rc < 0)
		return -1;
	if (rc == 0)
		return err_set(e, ERR_USAGE, N_("there is no item %1"),
			arena_printf(a, "%lld", (long long)number), NULL);
	if (load_articles(q, a, out, story, e) < 0 || load_versions(q, a, out, story, e) < 0)
		return -1;
	return load_events(q, a, out, e);
}

/* --- all articles, and counts --- */

int queue_each_article(struct queue *q, int64_t since,
	int (*each)(struct span line, const char *story, void *ctx), void *ctx, struct err *e)
{
	/* the stories in one pass, not anew for each copy of a thousand */
	static const char sql[] =
		"SELECT a.line, s.id FROM article a LEFT JOIN (SELECT story, min(id) AS id "
		"FROM article WHERE story IS NOT NULL GROUP BY story) s ON s.story = a.story "
		"WHERE a.first_seen >= ?1 ORDER BY a.n";
	sqlite3_stmt *s = NULL;
	struct arena a = {0};
	int rc = 0;
	if (sqlite3_prepare_v2(q->db, sql, -1, &s, NULL) != SQLITE_OK)
		return db_fault(q, e);
	db_int(s, 1, since);
	while (rc == 0 && (rc = db_step(q, s, e)) > 0) {
		rc = each(db_col(s, 0), db_col_dup(&a, s, 1), ctx);
		arena_clear(&a);
	}
	sqlite3_finalize(s);
	arena_release(&a);
	return rc;
}

static int count_articles(struct queue *q, int64_t since, struct queue_counts *out, struct err *e)
{
	sqlite3_stmt *s = db_stmt(q,
		"SELECT (SELECT count(*) FROM article WHERE first_seen >= ?1), (SELECT count(*) FROM source "
		"WHERE errors > 0 AND NOT gone)",
		e);
	if (!s)
		return -1;
	db_int(s, 1, since);
	int rc = db_row(q, s, e);
	if (rc == 0) {
		out->articles = db_col_int(s, 0);
		out->sources_failing = db_col_int(s, 1);
	}
	db_done(s);
	return rc;
}

int queue_count(struct queue *q, int64_t since, int64_t now, struct queue_counts *out, struct err *e)
{
	sqlite3_stmt *s = db_stmt(q,
		"SELECT state, count(*), sum(came_back), sum(due > 0 AND due < ?2 AND state IN ('new', "
		"'taken')),"
		" sum(answered AND state = 'new') FROM item WHERE merged IS NULL AND (state IN ('new', "
		"'taken') OR decided >= ?1)"
		" GROUP BY state",
		e);
	int rc;
	memset(out, 0, sizeof *out);
	if (!s)
		return -1;
	db_int(s, 1, since);
	db_int(s, 2, now);
	while ((rc = db_step(q, s, e)) > 0) {
		out->state[state_named(db_col(s, 0))] = db_col_int(s, 1) - db_col_int(s, 4);
		out->returning += db_col_int(s, 2);
		out->overdue += db_col_int(s, 3);
		out->answered_by_source += db_col_int(s, 4);
	}
	db_done(s);
	return rc < 0 ? -1 : count_articles(q, since, out, e);
}

/* Wilson's interval: honest for the few decisions a rule has in its first weeks. */
static void wilson(struct rule_counts *r)
{
	static const double z = 1.959964;
	double n = (double)(r->confirmed + r->dismissed);
	r->precision = r->low = r->high = 0;
	if (n <= 0)
		return;
	double p = (double)r->confirmed / n, mid = p + z * z / (2 * n);
	double half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)), scale = 1 + z * z / n;
	r->precision = p;
	r->low = (mid - half) / scale;
	r->high = (mid + half) / scale;
}

int queue_each_rule(struct queue *q, int64_t since, int (*each)(const struct rule_counts *r, void *ctx),
	void *ctx, struct err *e)
{
	/* nobody is named in an item the queue withdrew */
	sqlite3_stmt *s = db_stmt(q,
		"SELECT rule, count(*), sum(state IN ('new', 'taken')), sum(state IN ('answered', "
		"'referred')),"
		" sum(state = 'dismissed' AND who IS NOT NULL), max(hit) FROM (SELECT f.rule, i.number, "
		"i.state, i.who, max(a.first_seen) AS hit"
		"  FROM item i JOIN article a ON a.story = i.story JOIN flag f ON f.article = a.n"
		"  WHERE i.merged IS NULL AND i.first_seen >= ?1 GROUP BY f.rule, i.number)"
		" GROUP BY rule ORDER BY rule",
		e);
	int rc = 0;
	if (!s)
		return -1;
	db_int(s, 1, since);
	while (rc == 0 && (rc = db_step(q, s, e)) > 0) {
		struct arena a = {0};
		struct rule_counts r = {db_col_dup(&a, s, 0), db_col_int(s, 1), db_col_int(s, 2),
			db_col_int(s, 3), db_col_int(s, 4), db_col_int(s, 5), 0, 0, 0};
		wilson(&r);
		rc = each(&r, ctx);
		arena_release(&a);
	}
	db_done(s);
	return rc;
}
