/* queue_bed: what the two test programs of the queue share: a queue in a temporary folder, invented articles,
 * and a look into the file through a connection of the test's own. */
#ifndef TESTS_QUEUE_BED_H
#define TESTS_QUEUE_BED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/limits.h"
#include "queue/queue.h"

#include "base/banned.h"

enum { T0 = 1795392000, HOUR = 3600, DAY = 86400 }; /* 2026-11-23 */

struct bed {
	struct arena a;
	char dir[64];
	char *db;
	struct queue *q;
	struct err e;
};

static inline int setup(void **state)
{
	struct bed *b = xcalloc(1, sizeof *b);
	snprintf(b->dir, sizeof b->dir, "/tmp/soatin-queue-XXXXXX");
	assert_non_null(mkdtemp(b->dir));
	assert_int_equal(chmod(b->dir, 0755), 0);
	b->db = path_join(&b->a, b->dir, "queue.db");
	*state = b;
	return 0;
}

static inline int teardown(void **state)
{
	struct bed *b = *state;
	char **names = NULL;
	size_t n = 0;
	queue_close(b->q);
	assert_int_equal(dir_list(&b->a, b->dir, "", &names, &n, &b->e), 0);
	for (size_t i = 0; i < n; i++)
		unlink(names[i]);
	rmdir(b->dir);
	arena_release(&b->a);
	free(b);
	return 0;
}

static inline void must(struct bed *b, int rc)
{
	if (rc < 0)
		fail_msg("%s (%s, %s)", b->e.text, b->e.arg[0], b->e.arg[1]);
	assert_int_equal(b->e.kind, ERR_NONE);
}

static inline void open_rw(struct bed *b)
{
	must(b, queue_open(b->db, QUEUE_WRITE, &b->q, &b->e));
}

static inline void shut(struct bed *b)
{
	queue_close(b->q);
	b->q = NULL;
}

/* One value of the file, through another connection. */
static inline int64_t ask(struct bed *b, const char *sql)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *s = NULL;
	assert_int_equal(sqlite3_open_v2(b->db, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	assert_int_equal(sqlite3_step(s), SQLITE_ROW);
	int64_t v = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	sqlite3_close(db);
	return v;
}

/* Runs SQL on the file; returns SQLite's result. */
static inline int poke(struct bed *b, const char *sql)
{
	sqlite3 *db = NULL;
	assert_int_equal(sqlite3_open_v2(b->db, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	int rc = sqlite3_exec(db, sql, NULL, NULL, NULL);
	sqlite3_close(db);
	return rc;
}

static inline struct span slurp(struct bed *b, const char *path)
{
	struct span s;
	struct err e = {0};
	assert_int_equal(file_read(&b->a, path, 64 << 20, &s, &e), 0);
	return s;
}

/* --- invented articles --- */

/* A fingerprint of story `seed` of which `changed` minima are its own. */
static const char *print_of(struct bed *b, uint32_t seed, uint32_t own, int changed)
{
	struct fingerprint f = {.known = true};
	char hex[STORY_HEX + 1];
	for (uint32_t i = 0; i < STORY_HASHES; i++) {
		/* changed minima lie together, so that most bands stay whole */
		f.min[i] = (int)i < changed ? 0x9E3779B9u * (own * 64 + i + 1)
					    : 0x85EBCA6Bu * (seed * 64 + i + 1);
	}
	fingerprint_format(&f, hex);
	return arena_strdup(&b->a, hex);
}

struct spec {
	const char *url, *source, *title, *text;
	uint32_t story; /* 0: no fingerprint */
	int changed;
	int weight; /* 0: no flag */
	bool answered, trial;
	const char *summary, *rule;
	int64_t published;
};

static inline struct article *make(struct bed *b, struct spec s)
{
	static uint32_t own;
	struct article *x = arena_new(&b->a, struct article);
	x->evidence.offset = -1;
	x->url = s.url;
	x->source = (struct source){.id = s.source ? s.source : "tin-bien",
		.name = "Tin Biển",
		.kind = "national",
		.country = "VN",
		.lang = "vi"};
	x->title = s.title ? s.title : "Xôn xao tin vỡ đê ở Hải Phòng";
	x->summary = s.summary;
	x->text = s.text;
	x->lang = "vi";
	x->matched = true;
	x->fetched = T0;
	x->published = (struct stamp){.at = s.published, .known = s.published != 0, .zone_known = true};
	if (s.story)
		x->fingerprint = print_of(b, s.story, ++own, s.changed);
	x->mentions = arena_new(&b->a, struct mention);
	x->mentions[0] = (struct mention){"hai-phong", "VN-HP", "hai-phong", "Hải Phòng", "province", "name",
		FIELD_TITLE, 0, 3, 0, true};
	x->n_mentions = 1;
	if (s.weight) {
		x->flags = arena_new(&b->a, struct flag);
		x->flags[0] = (struct flag){s.rule ? s.rule : "thien-tai.vo-de", "clarify", "thien-tai",
			s.weight, 4 * HOUR, s.answered, s.trial, NULL, 0};
		x->n_flags = 1;
		x->priority.rule = s.weight;
		x->priority.place = 15;
	}
	article_set_id(&b->a, x);
	return x;
}

static inline enum stored store(struct bed *b, const struct article *x, int64_t now)
{
	enum stored what = STORED_SAME;
	must(b, queue_store(b->q, x, now, &what, &b->e));
	return what;
}

static inline struct item get(struct bed *b, int64_t number)
{
	struct item it;
	must(b, queue_item(b->q, &b->a, number, &it, &b->e));
	return it;
}

static inline size_t list(struct bed *b, struct item_query want, struct item **out)
{
	struct item *items = NULL;
	size_t n = 0;
	must(b, queue_list(b->q, &b->a, &want, &items, &n, &b->e));
	if (out)
		*out = items;
	return n;
}

static inline enum item_state step(struct bed *b, int64_t number, const char *what, int64_t at)
{
	enum item_state now = ITEM_NEW;
	struct item_event ev = {at, "an", what, "vì đã rõ", NULL};
	must(b, queue_event(b->q, number, &ev, &now, &b->e));
	return now;
}

/* The step must be refused with status 2 and change nothing. */
static inline void refused(struct bed *b, int64_t number, const char *what)
{
	struct err e = {0};
	enum item_state now = ITEM_NEW;
	struct item_event ev = {T0, "an", what, "vì", NULL};
	int64_t before = ask(b, "SELECT count(*) FROM event");
	assert_int_equal(queue_event(b->q, number, &ev, &now, &e), -1);
	assert_int_equal(e.kind, ERR_USAGE);
	assert_int_equal(ask(b, "SELECT count(*) FROM event"), before);
}

/* What item repeats is what its events say. */
static inline void assert_folds(struct bed *b)
{
	assert_int_equal(ask(b, "SELECT count(*) FROM item i JOIN folded f USING (number) WHERE (i.state, "
				"i.came_back, i.who, i.opened,"
				" i.decided) IS NOT (f.state, f.came_back, f.who, f.opened, f.decided)"),
		0);
	assert_int_equal(ask(b, "SELECT count(*) - (SELECT count(*) FROM folded) FROM item"), 0);
	assert_int_equal(ask(b, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

#endif
