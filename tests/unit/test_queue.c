/* test_queue: real SQLite files in a temporary folder. What the file must hold is read back through a connection of the test's own. */
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

static int setup(void **state)
{
	struct bed *b = xcalloc(1, sizeof *b);
	snprintf(b->dir, sizeof b->dir, "/tmp/soatin-queue-XXXXXX");
	assert_non_null(mkdtemp(b->dir));
	assert_int_equal(chmod(b->dir, 0755), 0);
	b->db = path_join(&b->a, b->dir, "queue.db");
	*state = b;
	return 0;
}

static int teardown(void **state)
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

static void must(struct bed *b, int rc)
{
	if (rc < 0)
		fail_msg("%s (%s, %s)", b->e.text, b->e.arg[0], b->e.arg[1]);
	assert_int_equal(b->e.kind, ERR_NONE);
}

static void open_rw(struct bed *b)
{
	must(b, queue_open(b->db, QUEUE_WRITE, &b->q, &b->e));
}

static void shut(struct bed *b)
{
	queue_close(b->q);
	b->q = NULL;
}

/* One value of the file, through another connection. */
static int64_t ask(struct bed *b, const char *sql)
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
static int poke(struct bed *b, const char *sql)
{
	sqlite3 *db = NULL;
	assert_int_equal(sqlite3_open_v2(b->db, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	int rc = sqlite3_exec(db, sql, NULL, NULL, NULL);
	sqlite3_close(db);
	return rc;
}

static struct span slurp(struct bed *b, const char *path)
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
		f.min[i] = (int)i < changed ? 0x9E3779B9u * (own * 64 + i + 1) : 0x85EBCA6Bu * (seed * 64 + i + 1);
	}
	fingerprint_format(&f, hex);
	return arena_strdup(&b->a, hex);
}

struct spec {
	const char *url, *source, *title, *text;
	uint32_t story;   /* 0: no fingerprint */
	int changed;
	int weight;       /* 0: no flag */
	bool answered, trial;
	const char *summary, *rule;
	int64_t published;
};

static struct article *make(struct bed *b, struct spec s)
{
	static uint32_t own;
	struct article *x = arena_new(&b->a, struct article);
	x->evidence.offset = -1;
	x->url = s.url;
	x->source = (struct source){s.source ? s.source : "tin-bien", "Tin Biển", "national", "VN", "vi"};
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
	x->mentions[0] = (struct mention){"hai-phong", "VN-HP", "hai-phong", "Hải Phòng", "province", "name", FIELD_TITLE, 0, 3, 0, true};
	x->n_mentions = 1;
	if (s.weight) {
		x->flags = arena_new(&b->a, struct flag);
		x->flags[0] = (struct flag){s.rule ? s.rule : "thien-tai.vo-de", "clarify", "thien-tai", s.weight, 4 * HOUR, s.answered,
			s.trial, NULL, 0};
		x->n_flags = 1;
		x->priority.rule = s.weight;
		x->priority.place = 15;
	}
	article_set_id(&b->a, x);
	return x;
}

static enum stored store(struct bed *b, const struct article *x, int64_t now)
{
	enum stored what = STORED_SAME;
	must(b, queue_store(b->q, x, now, &what, &b->e));
	return what;
}

static struct item get(struct bed *b, int64_t number)
{
	struct item it;
	must(b, queue_item(b->q, &b->a, number, &it, &b->e));
	return it;
}

static size_t list(struct bed *b, struct item_query want, struct item **out)
{
	struct item *items = NULL;
	size_t n = 0;
	must(b, queue_list(b->q, &b->a, &want, &items, &n, &b->e));
	if (out)
		*out = items;
	return n;
}

static enum item_state step(struct bed *b, int64_t number, const char *what, int64_t at)
{
	enum item_state now = ITEM_NEW;
	struct item_event ev = {at, "an", what, "vì đã rõ", NULL};
	must(b, queue_event(b->q, number, &ev, &now, &b->e));
	return now;
}

/* The step must be refused with status 2 and change nothing. */
static void refused(struct bed *b, int64_t number, const char *what)
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
static void assert_folds(struct bed *b)
{
	assert_int_equal(ask(b,
				 "SELECT count(*) FROM item i JOIN folded f USING (number) WHERE (i.state, i.came_back, i.who, i.opened,"
				 " i.decided) IS NOT (f.state, f.came_back, f.who, f.opened, f.decided)"),
		0);
	assert_int_equal(ask(b, "SELECT count(*) - (SELECT count(*) FROM folded) FROM item"), 0);
	assert_int_equal(ask(b, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

/* --- opening --- */

static void opening_makes_a_queue_and_finds_it_again(void **state)
{
	struct bed *b = *state;
	struct stat st;
	open_rw(b);
	assert_int_equal(stat(b->db, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(ask(b, "PRAGMA user_version"), 1);
	assert_int_equal(ask(b, "SELECT count(*) FROM pragma_journal_mode WHERE journal_mode = 'wal'"), 1);
	store(b, make(b, (struct spec){.url = "https://tin.example/1", .weight = 40}), T0);
	shut(b);
	must(b, queue_open(b->db, QUEUE_READ, &b->q, &b->e));
	assert_int_equal(list(b, (struct item_query){0}, NULL), 1);
}

static void reading_a_missing_queue_says_what_to_do(void **state)
{
	struct bed *b = *state;
	assert_int_equal(queue_open(b->db, QUEUE_READ, &b->q, &b->e), -1);
	assert_int_equal(b->e.kind, ERR_DATA);
	assert_non_null(b->e.todo);
	assert_null(b->q);
	assert_false(file_exists(b->db));
}

static void fill(struct bed *b, int n)
{
	struct str text;
	str_init(&text, 0);
	for (int i = 0; i < 200; i++)
		str_adds(&text, "Người dân ven sông thức trắng vì tin vỡ đê. ");
	must(b, queue_begin(b->q, &b->e));
	for (int i = 0; i < n; i++)
		store(b,
			make(b, (struct spec){.url = arena_printf(&b->a, "https://tin.example/%d", i), .text = arena_dup(&b->a, str_span(&text)),
					.story = (uint32_t)i + 1, .weight = i % 10 ? 0 : 30}),
			T0);
	must(b, queue_commit(b->q, &b->e));
	str_release(&text);
}

/* Opens in both modes: each must be refused with the given kind and leave every byte as it was. */
static struct err refused_whole(struct bed *b, enum err_kind kind)
{
	struct span before = slurp(b, b->db);
	struct err last = {0};
	for (int mode = QUEUE_READ; mode <= QUEUE_WRITE; mode++) {
		struct err e = {0};
		assert_int_equal(queue_open(b->db, (enum queue_mode)mode, &b->q, &e), -1);
		assert_null(b->q);
		assert_int_equal(e.kind, kind);
		assert_true(span_eq(before, slurp(b, b->db)));
		last = e;
	}
	return last;
}

static void damage_is_refused_and_the_newest_backup_named(void **state)
{
	struct bed *b = *state;
	static const char garbage[3000] = "hỏng";
	open_rw(b);
	fill(b, 40);
	shut(b);
	int fd = open(b->db, O_WRONLY);
	assert_true(fd >= 0);
	off_t size = lseek(fd, 0, SEEK_END);
	for (off_t at = size / 3; at < size / 3 + 40000; at += 4096)
		assert_int_equal(pwrite(fd, garbage, sizeof garbage, at), sizeof garbage);
	close(fd);
	struct err e = refused_whole(b, ERR_DATA);
	assert_string_equal(e.arg[1], "");
	assert_int_equal(file_replace(path_join(&b->a, b->dir, "queue.db.backup-20261122"), SPAN("x"), &b->e), 0);
	assert_int_equal(file_replace(path_join(&b->a, b->dir, "queue.db.backup-20261123"), SPAN("x"), &b->e), 0);
	e = refused_whole(b, ERR_DATA);
	assert_non_null(strstr(e.arg[1], "queue.db.backup-20261123"));
}

static void truncated_foreign_and_newer_files_are_refused(void **state)
{
	struct bed *b = *state;
	struct str junk;
	open_rw(b);
	fill(b, 40);
	shut(b);
	assert_int_equal(truncate(b->db, 5 * 4096 + 100), 0);
	refused_whole(b, ERR_DATA);
	str_init(&junk, 0);
	for (int i = 0; i < 500; i++)
		str_adds(&junk, "đây không phải cơ sở dữ liệu\n");
	must(b, file_replace(b->db, str_span(&junk), &b->e));
	str_release(&junk);
	refused_whole(b, ERR_DATA);
	unlink(b->db);
	open_rw(b);
	shut(b);
	assert_int_equal(poke(b, "PRAGMA user_version = 99"), SQLITE_OK);
	refused_whole(b, ERR_DATA);
	unlink(b->db);
	must(b, file_replace(b->db, (struct span){"", 0}, &b->e));
	assert_int_equal(poke(b, "CREATE TABLE bookmarks (x); PRAGMA journal_mode = DELETE"), SQLITE_OK);
	refused_whole(b, ERR_DATA);
}

static void an_empty_file_is_a_new_queue(void **state)
{
	struct bed *b = *state;
	must(b, file_replace(b->db, (struct span){"", 0}, &b->e));
	assert_int_equal(queue_open(b->db, QUEUE_READ, &b->q, &b->e), -1);
	assert_int_equal(b->e.kind, ERR_DATA);
	err_clear(&b->e);
	open_rw(b);
	assert_int_equal(list(b, (struct item_query){0}, NULL), 0);
}

static void a_symlink_is_followed(void **state)
{
	struct bed *b = *state;
	char *real = path_join(&b->a, b->dir, "real.db");
	assert_int_equal(symlink(real, b->db), 0);
	open_rw(b);
	store(b, make(b, (struct spec){.url = "https://tin.example/1", .weight = 40}), T0);
	shut(b);
	assert_true(file_exists(real));
	must(b, queue_open(b->db, QUEUE_READ, &b->q, &b->e));
	assert_int_equal(list(b, (struct item_query){0}, NULL), 1);
}

/* As another user, since root may write everything. Returns the child's status: 0 when all held. */
static int as_nobody(struct bed *b, int (*what)(struct bed *b))
{
	int status = 0;
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		if (getuid() == 0 && (setgid(65534) < 0 || setuid(65534) < 0))
			_exit(99);
		_exit(what(b));
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int reads_but_cannot_write(struct bed *b)
{
	struct queue *q = NULL;
	struct err e = {0};
	struct item_query any = {0};
	struct item *items;
	size_t n = 0;
	if (queue_open(b->db, QUEUE_READ, &q, &e) < 0 || queue_list(q, &b->a, &any, &items, &n, &e) < 0 || n != 1) {
		print_error("%s %s %d %d\n", e.text, e.arg[0], (int)n, e.sys);
		return 1;
	}
	queue_close(q);
	if (queue_open(b->db, QUEUE_WRITE, &q, &e) == 0 || e.kind != ERR_IO)
		return 2;
	return 0;
}

static void a_read_only_queue_can_be_read_and_not_written(void **state)
{
	struct bed *b = *state;
	open_rw(b);
	store(b, make(b, (struct spec){.url = "https://tin.example/1", .weight = 40}), T0);
	shut(b);
	assert_int_equal(chmod(b->db, 0444), 0);
	assert_int_equal(chmod(b->dir, 0555), 0);
	assert_int_equal(as_nobody(b, reads_but_cannot_write), 0);
	assert_int_equal(chmod(b->dir, 0755), 0);
}

/* No file may grow beyond what the queue has now: the write of a long article fails as on a full disk. */
static int store_without_room(struct bed *b)
{
	struct str text;
	struct queue *q = NULL;
	struct err e = {0};
	struct stat st;
	enum stored what;
	str_init(&text, 0);
	for (int i = 0; i < 400000; i++)
		str_adds(&text, "dài ");
	struct article *x = make(b, (struct spec){.url = "https://tin.example/x", .text = text.p, .weight = 30});
	if (signal(SIGXFSZ, SIG_IGN) == SIG_ERR || queue_open(b->db, QUEUE_WRITE, &q, &e) < 0 || stat(b->db, &st) < 0)
		return 1;
	struct rlimit room = {(rlim_t)st.st_size, (rlim_t)st.st_size};
	if (setrlimit(RLIMIT_FSIZE, &room) < 0 || queue_begin(q, &e) < 0)
		return 2;
	if (queue_store(q, x, T0, &what, &e) == 0 && queue_commit(q, &e) == 0)
		return 3;
	queue_rollback(q);
	return e.kind == ERR_IO ? 0 : 4;
}

static void a_full_disk_is_told_and_loses_nothing(void **state)
{
	struct bed *b = *state;
	int status = 0;
	open_rw(b);
	fill(b, 10);
	shut(b);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0)
		_exit(store_without_room(b));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	open_rw(b);
	assert_int_equal(ask(b, "SELECT count(*) FROM article"), 10);
	assert_int_equal(list(b, (struct item_query){0}, NULL), 1);
	struct err e = {0};
	struct queue *q = NULL;
	assert_int_equal(queue_open("/dev/full/queue.db", QUEUE_WRITE, &q, &e), -1);
	assert_int_equal(e.kind, ERR_CREATE);
}

static void two_writers_take_turns(void **state)
{
	struct bed *b = *state;
	sqlite3 *other = NULL;
	struct err e = {0};
	open_rw(b);
	assert_int_equal(sqlite3_open(b->db, &other), SQLITE_OK);
	assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	struct queue *reader = NULL;
	must(b, queue_open(b->db, QUEUE_READ, &reader, &b->e)); /* a writer does not stop readers */
	queue_close(reader);
	assert_int_equal(queue_begin(b->q, &e), -1); /* after QUEUE_BUSY_MS */
	assert_int_equal(e.kind, ERR_BUSY);
	assert_int_equal(sqlite3_exec(other, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(other);
	must(b, queue_begin(b->q, &b->e));
	must(b, queue_commit(b->q, &b->e));
}

static void a_backup_is_a_whole_queue(void **state)
{
	struct bed *b = *state;
	char *to = path_join(&b->a, b->dir, "queue.db.backup-1");
	open_rw(b);
	fill(b, 25);
	must(b, queue_backup(b->q, to, &b->e));
	must(b, queue_backup(b->q, to, &b->e)); /* replaces */
	shut(b);
	b->db = to;
	must(b, queue_open(to, QUEUE_READ, &b->q, &b->e));
	assert_int_equal(list(b, (struct item_query){0}, NULL), 3);
	struct err e = {0};
	assert_int_equal(queue_backup(b->q, "/nowhere/at/all", &e), -1);
	assert_int_equal(e.kind, ERR_CREATE);
}

/* --- storing --- */

static int collect(struct span line, void *ctx)
{
	struct str *all = ctx;
	str_add(all, line);
	str_addc(all, '\n');
	return 0;
}

static void the_same_again_writes_nothing(void **state)
{
	struct bed *b = *state;
	open_rw(b);
	struct article *x[] = {
		make(b, (struct spec){.url = "https://tin.example/1", .text = "Tin vỡ đê.", .story = 1, .weight = 40}),
		make(b, (struct spec){.url = "https://tin.example/2", .text = "Tin vỡ đê!", .story = 1, .changed = 4}),
		make(b, (struct spec){.url = "https://tin.example/3", .summary = "Gần đê."}),
		make(b, (struct spec){.url = "https://tin.example/4", .text = "Một bài khác.", .story = 2, .weight = 20, .trial = true})};
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(store(b, x[i], T0), STORED_NEW);
	shut(b);
	struct span before = slurp(b, b->db);
	open_rw(b);
	must(b, queue_begin(b->q, &b->e));
	for (size_t i = 0; i < 4; i++) {
		x[i]->fetched = T0 + DAY;
		x[i]->from = "khac.warc.gz";
		x[i]->evidence = (struct evidence){"khac.warc.gz", 77, "sha256:00"};
		assert_int_equal(store(b, x[i], T0 + DAY), STORED_SAME);
	}
	must(b, queue_commit(b->q, &b->e));
	struct stat wal;
	char *name = arena_printf(&b->a, "%s-wal", b->db);
	assert_true(stat(name, &wal) < 0 || wal.st_size == 0);
	shut(b);
	assert_true(span_eq(before, slurp(b, b->db)));
}

static void a_fuller_text_wins_and_the_old_one_is_kept(void **state)
{
	struct bed *b = *state;
	struct str lines;
	const char *u = "https://tin.example/1";
	open_rw(b);
	bool has = true;
	struct article *x = make(b, (struct spec){.url = u, .summary = "Chỉ có tóm tắt"});
	must(b, queue_has_text(b->q, x->id, &has, &b->e));
	assert_false(has);
	assert_int_equal(store(b, x, T0), STORED_NEW);
	must(b, queue_has_text(b->q, x->id, &has, &b->e));
	assert_false(has);
	assert_int_equal(store(b, make(b, (struct spec){.url = u, .text = "Bài đầy đủ, bản một."}), T0), STORED_UPDATED);
	must(b, queue_has_text(b->q, x->id, &has, &b->e));
	assert_true(has);
	assert_int_equal(ask(b, "SELECT count(*) FROM article_version"), 0);
	/* a summary, however long, does not come back */
	assert_int_equal(store(b, make(b, (struct spec){.url = u, .summary = "Tóm tắt rất dài, dài hơn cả bài đầy đủ ấy."}), T0), STORED_SAME);
	assert_int_equal(store(b, make(b, (struct spec){.url = u, .text = "Bài đầy đủ, bản hai, dài hơn."}), T0 + 1), STORED_UPDATED);
	assert_int_equal(ask(b, "SELECT count(*) FROM article_version WHERE line LIKE '%bản một%'"), 1);
	/* shorter: kept beside, once */
	struct article *shorter = make(b, (struct spec){.url = u, .text = "Đã sửa."});
	assert_int_equal(store(b, shorter, T0 + 2), STORED_UPDATED);
	assert_int_equal(store(b, shorter, T0 + 3), STORED_SAME);
	assert_int_equal(ask(b, "SELECT count(*) FROM article_version"), 2);
	/* the first version again is known too */
	assert_int_equal(store(b, make(b, (struct spec){.url = u, .text = "Bài đầy đủ, bản một."}), T0 + 4), STORED_SAME);
	assert_int_equal(ask(b, "SELECT count(*) FROM article WHERE line LIKE '%bản hai%'"), 1);
	str_init(&lines, 0);
	must(b, queue_each_article(b->q, 0, collect, &lines, &b->e));
	assert_non_null(strstr(lines.p, "bản hai"));
	assert_null(strstr(lines.p, "bản một"));
	str_release(&lines);
}

static void versions_have_a_limit(void **state)
{
	struct bed *b = *state;
	struct str text;
	open_rw(b);
	str_init(&text, 0);
	for (int i = 0; i < ARTICLE_VERSIONS_MAX + 5; i++) {
		str_addf(&text, "Cập nhật %d. ", i);
		store(b,
			make(b, (struct spec){.url = "https://tin.example/live", .text = arena_dup(&b->a, str_span(&text)), .weight = i == 0 ? 30 : 0}),
			T0 + i);
	}
	/* the flagged first text stays the current one: people were called for it; the later ones are kept up to the limit */
	assert_int_equal(ask(b, "SELECT level FROM article"), 2);
	assert_int_equal(ask(b, "SELECT count(*) FROM article_version"), ARTICLE_VERSIONS_MAX);
	for (int i = 0; i < ARTICLE_VERSIONS_MAX + 5; i++) {
		str_addf(&text, "Thêm %d. ", i);
		store(b, make(b, (struct spec){.url = "https://tin.example/live", .text = arena_dup(&b->a, str_span(&text)), .weight = 30}), T0 + 100 + i);
	}
	assert_int_equal(ask(b, "SELECT count(*) FROM article_version"), ARTICLE_VERSIONS_MAX);
	assert_int_equal(ask(b, "SELECT count(*) FROM article_version WHERE level = 0"), 0);
	str_release(&text);
}

static void only_live_flags_open_items(void **state)
{
	struct bed *b = *state;
	open_rw(b);
	store(b, make(b, (struct spec){.url = "https://tin.example/1"}), T0);
	store(b, make(b, (struct spec){.url = "https://tin.example/2", .weight = 40, .trial = true}), T0);
	assert_int_equal(list(b, (struct item_query){.with_answered = true}, NULL), 0);
	store(b, make(b, (struct spec){.url = "https://tin.example/3", .weight = 40, .answered = true}), T0);
	assert_int_equal(list(b, (struct item_query){0}, NULL), 0);
	struct item *items;
	assert_int_equal(list(b, (struct item_query){.with_answered = true}, &items), 1);
	assert_true(items[0].answered_by_source);
	assert_int_equal(items[0].due, 0);
	store(b, make(b, (struct spec){.url = "https://tin.example/4", .weight = 40}), T0);
	assert_int_equal(list(b, (struct item_query){0}, &items), 1);
	assert_int_equal(items[0].due, T0 + 4 * HOUR);
	/* a rule that came later flags what is known already; that it no longer does takes nothing back */
	assert_int_equal(store(b, make(b, (struct spec){.url = "https://tin.example/1", .weight = 10}), T0 + 1), STORED_UPDATED);
	assert_int_equal(store(b, make(b, (struct spec){.url = "https://tin.example/1"}), T0 + 2), STORED_SAME);
	assert_int_equal(list(b, (struct item_query){0}, NULL), 2);
	assert_folds(b);
}

static void a_summary_that_promised_too_much_is_withdrawn(void **state)
{
	struct bed *b = *state;
	const char *u = "https://tin.example/1";
	open_rw(b);
	store(b, make(b, (struct spec){.url = u, .summary = "Vỡ đê?", .weight = 40}), T0);
	assert_int_equal(store(b, make(b, (struct spec){.url = u, .text = "Chỉ là diễn tập."}), T0), STORED_UPDATED);
	assert_int_equal(list(b, (struct item_query){0}, NULL), 0);
	struct item it = get(b, 1);
	assert_int_equal(it.state, ITEM_DISMISSED);
	assert_string_equal(it.events[it.n_events - 1].what, "withdraw");
	/* flagged after all: found again */
	store(b, make(b, (struct spec){.url = u, .text = "Không phải diễn tập: đê vỡ thật.", .weight = 40}), T0);
	it = get(b, 1);
	assert_int_equal(it.state, ITEM_NEW);
	assert_false(it.returning);
	/* people's work is never withdrawn */
	store(b, make(b, (struct spec){.url = "https://tin.example/2", .summary = "Vỡ đê?", .weight = 40}), T0);
	assert_int_equal(step(b, 2, "take", T0), ITEM_TAKEN);
	store(b, make(b, (struct spec){.url = "https://tin.example/2", .text = "Chỉ là diễn tập."}), T0);
	assert_int_equal(get(b, 2).state, ITEM_TAKEN);
	assert_folds(b);
}

/* --- stories --- */

static void copies_share_one_item(void **state)
{
	struct bed *b = *state;
	open_rw(b);
	/* an unflagged copy came first, another later */
	store(b, make(b, (struct spec){.url = "https://a.example/1", .source = "a", .story = 1, .changed = 6}), T0);
	store(b, make(b, (struct spec){.url = "https://b.example/1", .source = "b", .story = 1, .weight = 40, .published = T0 - 50}), T0 + 1);
	store(b, make(b, (struct spec){.url = "https://c.example/1", .source = "c", .story = 1, .changed = 8}), T0 + 2);
	store(b, make(b, (struct spec){.url = "https://d.example/1", .source = "d", .story = 1, .changed = 4, .weight = 40, .published = T0 - 90}), T0 + 3);
	store(b, make(b, (struct spec){.url = "https://e.example/1", .source = "e", .story = 1, .changed = 24, .weight = 20}), T0 + 3);
	struct item it = get(b, 1);
	assert_int_equal(list(b, (struct item_query){0}, NULL), 2);
	assert_int_equal(it.copies, 4);
	assert_int_equal(it.sources, 4);
	assert_int_equal(it.n_articles, 4);
	assert_int_equal(it.priority.spread, 15);
	assert_int_equal(it.priority.total, 40 + 15 + 15);
	assert_string_equal(it.url, "https://d.example/1"); /* same weight: the earlier leads */
	assert_string_equal(it.articles[0]->url, it.url);
	assert_string_equal(it.articles[0]->story, it.story);
	assert_int_equal(it.first_seen, T0);
	assert_int_equal(it.last_seen, T0 + 3);
	assert_folds(b);
}

/* A set of articles; whatever the order they come in, the items are the same but for their numbers. */
static char *shape_of(struct bed *b, const int *order, size_t n)
{
	static const struct spec all[] = {
		{.url = "https://a.example/1", .source = "a", .story = 1, .changed = 0, .weight = 40},
		{.url = "https://b.example/1", .source = "b", .story = 1, .changed = 12, .weight = 30},
		{.url = "https://c.example/1", .source = "c", .story = 1, .changed = 8},
		{.url = "https://d.example/1", .source = "d", .story = 7, .weight = 30},
		{.url = "https://e.example/1", .source = "e", .summary = "Tóm tắt", .weight = 35},
		{.url = "https://e.example/1", .source = "e", .text = "Toàn văn", .story = 7, .changed = 4, .weight = 20},
	};
	struct str out;
	struct item *items;
	unlink(b->db);
	open_rw(b);
	for (size_t i = 0; i < n; i++) {
		struct article *x = make(b, all[order[i]]);
		if (all[order[i]].story) /* the same print for the same article in every order */
			x->fingerprint = print_of(b, all[order[i]].story, (uint32_t)order[i] + 1000, all[order[i]].changed);
		store(b, x, T0);
	}
	size_t m = list(b, (struct item_query){.states = "all", .with_answered = true}, &items);
	str_init(&out, 0);
	for (size_t i = 0; i < m; i++) {
		struct item it = get(b, items[i].number);
		str_addf(&out, "%s %d %d %d:", it.url, it.priority.total, (int)it.copies, (int)it.state);
		for (size_t k = 0; k < it.n_articles; k++)
			str_addf(&out, " %s", it.articles[k]->id);
		str_addc(&out, '\n');
	}
	assert_folds(b);
	shut(b);
	char *shape = arena_dup(&b->a, str_span(&out));
	str_release(&out);
	return shape;
}

static void the_order_of_arrival_does_not_matter(void **state)
{
	struct bed *b = *state;
	int order[] = {0, 1, 2, 3, 4, 5};
	char *first = shape_of(b, order, 6);
	assert_non_null(strstr(first, "https://a.example/1 65 3 0:"));
	uint64_t r = 42;
	for (int round = 0; round < 30; round++) {
		for (size_t i = 5; i > 0; i--) {
			r = r * 6364136223846793005u + 1442695040888963407u;
			size_t k = (size_t)(r >> 33) % (i + 1);
			int keep = order[i];
			order[i] = order[k];
			order[k] = keep;
		}
		assert_string_equal(shape_of(b, order, 6), first);
	}
}

static void a_bridge_merges_two_items(void **state)
{
	struct bed *b = *state;
	/* a and c share half of b each, but not enough of each other */
	struct fingerprint fa = {.known = true}, fb = fa, fc = fa;
	char hex[3][STORY_HEX + 1];
	for (uint32_t i = 0; i < STORY_HASHES; i++) {
		fb.min[i] = 7919 * (i + 1);
		fa.min[i] = i < 20 ? fb.min[i] : 104729 * (i + 1);
		fc.min[i] = i >= 12 ? fb.min[i] : 1299709 * (i + 1);
	}
	assert_false(story_same(&fa, &fc));
	assert_true(story_same(&fa, &fb) && story_same(&fb, &fc));
	fingerprint_format(&fa, hex[0]);
	fingerprint_format(&fb, hex[1]);
	fingerprint_format(&fc, hex[2]);
	open_rw(b);
	for (int round = 0; round < 3; round++) {
		struct article *x[3];
		for (int i = 0; i < 3; i++) {
			x[i] = make(b, (struct spec){.url = arena_printf(&b->a, "https://%d.example/%d", i, round), .source = arena_printf(&b->a, "s%d", i), .weight = 30});
			x[i]->fingerprint = hex[i];
		}
		unlink(b->db);
		shut(b);
		unlink(b->db);
		open_rw(b);
		store(b, x[0], T0);
		store(b, x[2], T0);
		assert_int_equal(list(b, (struct item_query){0}, NULL), 2);
		if (round >= 1)
			step(b, 2, "take", T0 + 1);
		if (round >= 2)
			step(b, 1, "answer", T0 + 1);
		store(b, x[1], T0 + 2);
		if (round == 2) { /* both worked on: both stay, the bridge joins one */
			assert_int_equal(list(b, (struct item_query){.states = "all"}, NULL), 2);
			assert_int_equal(get(b, 1).copies + get(b, 2).copies, 3);
			continue;
		}
		int kept = round == 0 ? 1 : 2, gone = 3 - kept; /* nobody worked on either: the older; else the one worked on */
		assert_int_equal(list(b, (struct item_query){.states = "all"}, NULL), 1);
		assert_int_equal(get(b, kept).copies, 3);
		assert_int_equal(get(b, gone).number, kept);
		assert_int_equal(get(b, kept).state, round == 0 ? ITEM_NEW : ITEM_TAKEN);
		refused(b, gone, "take");
		assert_folds(b);
	}
}

static void late_copies_return(void **state)
{
	struct bed *b = *state;
	open_rw(b);
	store(b, make(b, (struct spec){.url = "https://a.example/1", .source = "a", .story = 1, .weight = 40}), T0);
	assert_int_equal(step(b, 1, "answer", T0 + HOUR), ITEM_ANSWERED);
	/* a copy that carries the denial is no return */
	store(b, make(b, (struct spec){.url = "https://b.example/1", .source = "b", .story = 1, .changed = 4, .weight = 40, .answered = true}), T0 + 2 * HOUR);
	assert_int_equal(get(b, 1).state, ITEM_ANSWERED);
	store(b, make(b, (struct spec){.url = "https://c.example/1", .source = "c", .story = 1, .changed = 4}), T0 + 3 * HOUR);
	struct item it = get(b, 1);
	assert_int_equal(it.state, ITEM_NEW);
	assert_true(it.returning);
	assert_int_equal(it.due, T0 + 3 * HOUR + 4 * HOUR); /* counted anew */
	assert_int_equal(list(b, (struct item_query){0}, NULL), 1);
	assert_int_equal(list(b, (struct item_query){.states = "returning"}, NULL), 1);
	assert_int_equal(step(b, 1, "take", T0 + 4 * HOUR), ITEM_TAKEN);
	assert_true(get(b, 1).returning);
	assert_int_equal(step(b, 1, "dismiss", T0 + 5 * HOUR), ITEM_DISMISSED);
	assert_false(get(b, 1).returning);
	/* after a dismissal: not for a reprint in the same paper, nor without a flag; yes for a flagged copy elsewhere */
	store(b, make(b, (struct spec){.url = "https://a.example/2", .source = "a", .story = 1, .changed = 4, .weight = 40}), T0 + 6 * HOUR);
	store(b, make(b, (struct spec){.url = "https://d.example/2", .source = "d", .story = 1, .changed = 4}), T0 + 6 * HOUR);
	assert_int_equal(get(b, 1).state, ITEM_DISMISSED);
	store(b, make(b, (struct spec){.url = "https://e.example/1", .source = "e", .story = 1, .changed = 4, .weight = 40}), T0 + 7 * HOUR);
	it = get(b, 1);
	assert_int_equal(it.state, ITEM_NEW);
	assert_true(it.returning);
	assert_int_equal(it.copies, 6);
	assert_folds(b);
}

static void old_stories_are_found_by_flagged_copies_alone(void **state)
{
	struct bed *b = *state;
	open_rw(b);
	store(b, make(b, (struct spec){.url = "https://a.example/1", .source = "a", .story = 1, .weight = 40}), T0);
	step(b, 1, "answer", T0);
	int64_t later = T0 + (int64_t)(STORY_DAYS + 1) * DAY;
	store(b, make(b, (struct spec){.url = "https://b.example/1", .source = "b", .story = 1}), later);
	assert_int_equal(get(b, 1).copies, 1);
	shut(b);
	open_rw(b); /* the index is read from the file again */
	store(b, make(b, (struct spec){.url = "https://c.example/1", .source = "c", .story = 1, .weight = 40}), later);
	struct item it = get(b, 1);
	assert_int_equal(it.copies, 3); /* and brings the unflagged one along */
	assert_true(it.returning);
	store(b, make(b, (struct spec){.url = "https://d.example/1", .source = "d", .story = 1, .weight = 40}),
		later + (int64_t)(STORY_DAYS_FLAGGED + 1) * DAY);
	assert_int_equal(list(b, (struct item_query){0}, NULL), 2);
	struct scan_totals t = {.started = later + (int64_t)(STORY_DAYS_FLAGGED + 2) * DAY, .articles = 1};
	must(b, queue_note_scan(b->q, &t, &b->e));
	assert_int_equal(ask(b, "SELECT count(*) FROM print"), 1);
	assert_int_equal(ask(b, "SELECT articles FROM scan"), 1);
}

/* --- decisions --- */

static void every_step_is_allowed_or_refused(void **state)
{
	struct bed *b = *state;
	static const char *const steps[] = {"take", "answer", "dismiss", "refer", "reopen", "note"};
	static const struct {
		const char *from; /* the step that leads there from new; NULL: none */
		enum item_state state;
		int next[6]; /* state after each step, -1: refused */
	} table[] = {
		{NULL, ITEM_NEW, {ITEM_TAKEN, ITEM_ANSWERED, ITEM_DISMISSED, ITEM_REFERRED, -1, ITEM_NEW}},
		{"take", ITEM_TAKEN, {-1, ITEM_ANSWERED, ITEM_DISMISSED, ITEM_REFERRED, ITEM_NEW, ITEM_TAKEN}},
		{"answer", ITEM_ANSWERED, {-1, -1, -1, -1, ITEM_NEW, ITEM_ANSWERED}},
		{"dismiss", ITEM_DISMISSED, {-1, -1, -1, -1, ITEM_NEW, ITEM_DISMISSED}},
		{"refer", ITEM_REFERRED, {-1, ITEM_ANSWERED, -1, -1, ITEM_NEW, ITEM_REFERRED}},
	};
	int64_t number = 0;
	open_rw(b);
	for (size_t t = 0; t < 5; t++) {
		for (size_t i = 0; i < 6; i++) {
			number++;
			store(b, make(b, (struct spec){.url = arena_printf(&b->a, "https://tin.example/%d", (int)number), .weight = 40}), T0);
			if (table[t].from)
				assert_int_equal(step(b, number, table[t].from, T0), table[t].state);
			assert_int_equal(get(b, number).state, table[t].state);
			bool may = strstr(item_allowed(table[t].state), steps[i]) != NULL;
			assert_int_equal(may, table[t].next[i] >= 0);
			if (may)
				assert_int_equal(step(b, number, steps[i], T0 + 1), table[t].next[i]);
			else
				refused(b, number, steps[i]);
		}
	}
	refused(b, number + 1, "take");
	refused(b, 1, "found");
	refused(b, 1, "return");
	assert_folds(b);
}

static void decisions_need_a_name_and_a_reason(void **state)
{
	struct bed *b = *state;
	static const struct item_event bad[] = {
		{T0, "", "take", NULL, NULL}, {T0, NULL, "take", NULL, NULL}, {T0, "an", "dismiss", NULL, NULL},
		{T0, "an", "dismiss", " \n", NULL}, {T0, "an", "note", "", NULL}, {T0, "an", NULL, NULL, NULL}};
	open_rw(b);
	store(b, make(b, (struct spec){.url = "https://tin.example/1", .weight = 40}), T0);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct err e = {0};
		enum item_state now;
		assert_int_equal(queue_event(b->q, 1, &bad[i], &now, &e), -1);
		assert_int_equal(e.kind, ERR_USAGE);
	}
	struct item_event good = {T0 + 5, "bình", "answer", NULL, "{\"label\":\"fake\",\"reply\":\"https://cong.example/1\"}"};
	enum item_state now;
	must(b, queue_event(b->q, 1, &good, &now, &b->e));
	struct item it = get(b, 1);
	assert_string_equal(it.who, "bình");
	assert_int_equal(it.n_events, 2);
	assert_string_equal(it.events[1].detail, good.detail);
	assert_int_equal(it.events[1].at, T0 + 5);
	assert_null(it.events[1].why);
}

static void events_are_never_changed(void **state)
{
	struct bed *b = *state;
	open_rw(b);
	store(b, make(b, (struct spec){.url = "https://tin.example/1", .weight = 40}), T0);
	assert_int_equal(poke(b, "UPDATE event SET who = 'x'"), SQLITE_CONSTRAINT);
	assert_int_equal(poke(b, "DELETE FROM event"), SQLITE_CONSTRAINT);
	assert_int_equal(poke(b, "INSERT INTO event (item, at, who, what) VALUES (1, 1, 'x', 'forget')"), SQLITE_CONSTRAINT);
}

/* --- listing --- */

static void the_most_urgent_comes_first(void **state)
{
	struct bed *b = *state;
	struct item *it;
	open_rw(b);
	store(b, make(b, (struct spec){.url = "https://tin.example/1", .weight = 30}), T0);
	store(b, make(b, (struct spec){.url = "https://tin.example/2", .weight = 50, .title = "Sốt đất Thuỷ Nguyên"}), T0 + 1);
	store(b, make(b, (struct spec){.url = "https://tin.example/3", .weight = 30, .source = "cua-cam", .rule = "dat-dai.sot-dat"}), T0 - 1);
	assert_int_equal(list(b, (struct item_query){0}, &it), 3);
	assert_int_equal(it[0].number, 2);
	assert_int_equal(it[1].number, 3); /* same priority: due earlier */
	assert_int_equal(it[2].number, 1);
	assert_int_equal(list(b, (struct item_query){.limit = 2}, &it), 2);
	assert_int_equal(list(b, (struct item_query){.text = "SỐT  thủy"}, &it), 1); /* folded, any order, both must occur */
	assert_int_equal(it[0].number, 2);
	assert_int_equal(list(b, (struct item_query){.text = "sốt vỡ"}, NULL), 0);
	assert_int_equal(list(b, (struct item_query){.source = "cua-cam"}, NULL), 1);
	assert_int_equal(list(b, (struct item_query){.rule = "dat-dai.sot-dat"}, NULL), 1);
	assert_int_equal(list(b, (struct item_query){.topic = "thien-tai"}, NULL), 3);
	assert_int_equal(list(b, (struct item_query){.topic = "thien-tai' OR 1 --"}, NULL), 0);
	assert_int_equal(list(b, (struct item_query){.action = "rebut"}, NULL), 0);
	assert_int_equal(list(b, (struct item_query){.place = "hai-phong"}, NULL), 3);
	assert_int_equal(list(b, (struct item_query){.place = "da-nang"}, NULL), 0);
	assert_int_equal(list(b, (struct item_query){.since = T0}, NULL), 2);
	assert_int_equal(list(b, (struct item_query){.until = T0}, NULL), 1);
	step(b, 1, "take", T0);
	step(b, 2, "answer", T0);
	assert_int_equal(list(b, (struct item_query){.who = "an"}, NULL), 1);
	assert_int_equal(list(b, (struct item_query){.states = "taken, answered"}, NULL), 2);
	assert_int_equal(list(b, (struct item_query){.states = "all"}, NULL), 3);
	struct err e = {0};
	size_t n;
	assert_int_equal(queue_list(b->q, &b->a, &(struct item_query){.states = "xong"}, &it, &n, &e), -1);
	assert_int_equal(e.kind, ERR_USAGE);
}

static void counts_are_what_lists_show(void **state)
{
	struct bed *b = *state;
	struct queue_counts c;
	struct source_state s = {.errors = 2, .failing_since = T0};
	open_rw(b);
	for (int i = 1; i <= 5; i++)
		store(b, make(b, (struct spec){.url = arena_printf(&b->a, "https://tin.example/%d", i), .weight = 40, .answered = i == 5}), T0);
	step(b, 1, "take", T0 + 10);
	step(b, 2, "answer", T0 + 20);
	step(b, 3, "dismiss", T0 + DAY);
	must(b, queue_source_put(b->q, "tin-bien", &s, &b->e));
	must(b, queue_count(b->q, T0 + HOUR, T0 + 5 * HOUR, &c, &b->e));
	assert_int_equal(c.state[ITEM_NEW], 1);
	assert_int_equal(c.state[ITEM_TAKEN], 1);
	assert_int_equal(c.state[ITEM_ANSWERED], 0); /* before since */
	assert_int_equal(c.state[ITEM_DISMISSED], 1);
	assert_int_equal(c.answered_by_source, 1);
	assert_int_equal(c.overdue, 2);
	assert_int_equal(c.articles, 0);
	assert_int_equal(c.sources_failing, 1);
	must(b, queue_count(b->q, 0, T0, &c, &b->e));
	assert_int_equal(c.articles, 5);
	assert_int_equal(c.overdue, 0);
	assert_int_equal(c.state[ITEM_ANSWERED], 1);
}

/* --- sources, mail --- */

static int count_sources(const char *id, const struct source_state *s, void *ctx)
{
	assert_string_equal(id, "tin-bien");
	assert_string_equal(s->etag, "\"1\"");
	++*(int *)ctx;
	return 0;
}

static void sources_are_remembered(void **state)
{
	struct bed *b = *state;
	struct source_state s, again;
	int n = 0;
	open_rw(b);
	must(b, queue_source_get(b->q, &b->a, "tin-bien", &s, &b->e));
	assert_null(s.etag);
	assert_int_equal(s.next_ask, 0);
	s = (struct source_state){"\"1\"", "Mon, 23 Nov 2026 00:00:00 GMT", "sha256:1", T0 + 60, T0, T0, 0, 0, false, NULL};
	must(b, queue_source_put(b->q, "tin-bien", &s, &b->e));
	must(b, queue_source_get(b->q, &b->a, "tin-bien", &again, &b->e));
	assert_string_equal(again.last_modified, s.last_modified);
	assert_int_equal(again.next_ask, T0 + 60);
	assert_null(again.last_error);
	shut(b);
	struct span before = slurp(b, b->db);
	open_rw(b);
	must(b, queue_source_put(b->q, "tin-bien", &s, &b->e)); /* unchanged: not written */
	must(b, queue_each_source(b->q, &b->a, count_sources, &n, &b->e));
	assert_int_equal(n, 1);
	shut(b);
	assert_true(span_eq(before, slurp(b, b->db)));
}

static void a_mail_keeps_its_message_id(void **state)
{
	struct bed *b = *state;
	bool sent = true;
	const char *id = NULL;
	open_rw(b);
	must(b, queue_mail_begin(b->q, "digest-2026-11-23", "1@soatin", T0, &sent, &id, &b->a, &b->e));
	assert_false(sent);
	assert_string_equal(id, "1@soatin");
	must(b, queue_mail_begin(b->q, "digest-2026-11-23", "2@soatin", T0 + 9, &sent, &id, &b->a, &b->e));
	assert_false(sent);
	assert_string_equal(id, "1@soatin");
	must(b, queue_mail_sent(b->q, "digest-2026-11-23", T0 + 10, &b->e));
	must(b, queue_mail_begin(b->q, "digest-2026-11-23", "3@soatin", T0 + 11, &sent, &id, &b->a, &b->e));
	assert_true(sent);
	assert_string_equal(id, "1@soatin");
	struct err e = {0};
	assert_int_equal(queue_mail_sent(b->q, "khong-co", T0, &e), -1);
	assert_int_equal(e.kind, ERR_USAGE);
}

static void a_rollback_leaves_nothing_behind(void **state)
{
	struct bed *b = *state;
	open_rw(b);
	must(b, queue_begin(b->q, &b->e));
	store(b, make(b, (struct spec){.url = "https://a.example/1", .source = "a", .story = 1, .weight = 40}), T0);
	queue_rollback(b->q);
	assert_int_equal(ask(b, "SELECT count(*) FROM article"), 0);
	/* nor in the index of copies */
	store(b, make(b, (struct spec){.url = "https://b.example/1", .source = "b", .story = 1, .weight = 40}), T0);
	assert_int_equal(get(b, 1).copies, 1);
	assert_folds(b);
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {T(opening_makes_a_queue_and_finds_it_again), T(reading_a_missing_queue_says_what_to_do),
		T(damage_is_refused_and_the_newest_backup_named), T(truncated_foreign_and_newer_files_are_refused),
		T(an_empty_file_is_a_new_queue), T(a_symlink_is_followed), T(a_read_only_queue_can_be_read_and_not_written),
		T(a_full_disk_is_told_and_loses_nothing), T(two_writers_take_turns), T(a_backup_is_a_whole_queue),
		T(the_same_again_writes_nothing), T(a_fuller_text_wins_and_the_old_one_is_kept), T(versions_have_a_limit),
		T(only_live_flags_open_items), T(a_summary_that_promised_too_much_is_withdrawn), T(copies_share_one_item),
		T(the_order_of_arrival_does_not_matter), T(a_bridge_merges_two_items), T(late_copies_return),
		T(old_stories_are_found_by_flagged_copies_alone), T(every_step_is_allowed_or_refused),
		T(decisions_need_a_name_and_a_reason), T(events_are_never_changed), T(the_most_urgent_comes_first),
		T(counts_are_what_lists_show), T(sources_are_remembered), T(a_mail_keeps_its_message_id),
		T(a_rollback_leaves_nothing_behind)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
