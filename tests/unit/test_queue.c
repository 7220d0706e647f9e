/* test_queue: the file and what is stored in it. Real SQLite files in a temporary folder. */
#include "queue_bed.h"

/* --- opening --- */

static void opening_makes_a_queue_and_finds_it_again(void **state)
{
	struct bed *b = *state;
	struct stat st;
	open_rw(b);
	assert_int_equal(stat(b->db, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(ask(b, "PRAGMA user_version"), 3);
	assert_int_equal(ask(b, "SELECT count(*) FROM pragma_journal_mode WHERE journal_mode = 'wal'"), 1);
	store(b, make(b, (struct spec){.url = "https://tin.example/1", .weight = 40}), T0);
	shut(b);
	must(b, queue_open(b->db, QUEUE_READ, &b->q, &b->e));
	assert_int_equal(list(b, (struct item_query){0}, NULL), 1);
}

static void a_queue_of_version_2_is_brought_up_to_date(void **state)
{
	struct bed *b = *state;
	open_rw(b);
	store(b, make(b, (struct spec){.url = "https://tin.example/1", .weight = 40}), T0);
	shut(b);
	assert_int_equal(
		poke(b, "CREATE TRIGGER event_folds AFTER INSERT ON event BEGIN SELECT raise(ABORT, 'old'); "
			"END; PRAGMA user_version = 2"),
		SQLITE_OK);
	assert_int_equal(queue_open(b->db, QUEUE_READ, &b->q, &b->e), -1); /* readers leave it to writers */
	err_clear(&b->e);
	open_rw(b);
	assert_int_equal(ask(b, "PRAGMA user_version"), 3);
	assert_int_equal(step(b, 1, "take", T0 + HOUR), ITEM_TAKEN);
	assert_folds(b);
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
			make(b, (struct spec){.url = arena_printf(&b->a, "https://tin.example/%d", i),
					.text = arena_dup(&b->a, str_span(&text)),
					.story = (uint32_t)i + 1,
					.weight = i % 10 ? 0 : 30}),
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
	assert_int_equal(
		file_replace(path_join(&b->a, b->dir, "queue.db.backup-20261122"), SPAN("x"), &b->e), 0);
	assert_int_equal(
		file_replace(path_join(&b->a, b->dir, "queue.db.backup-20261123"), SPAN("x"), &b->e), 0);
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
	if (queue_open(b->db, QUEUE_READ, &q, &e) < 0 || queue_list(q, &b->a, &any, &items, &n, &e) < 0 ||
		n != 1) {
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
	struct article *x =
		make(b, (struct spec){.url = "https://tin.example/x", .text = text.p, .weight = 30});
	if (signal(SIGXFSZ, SIG_IGN) == SIG_ERR || queue_open(b->db, QUEUE_WRITE, &q, &e) < 0 ||
		stat(b->db, &st) < 0)
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

/* Programs that all make the queue at the same moment. */
static void several_may_begin_at_once(void **state)
{
	enum { PROGRAMS = 6 };
	struct bed *b = *state;
	pid_t pid[PROGRAMS];
	for (int i = 0; i < PROGRAMS; i++) {
		pid[i] = fork();
		assert_true(pid[i] >= 0);
		if (pid[i] == 0) {
			struct queue *q = NULL;
			struct err e = {0};
			enum stored what;
			struct article *x = make(
				b, (struct spec){
					   .url = "https://tin.example/1", .text = "Một bài.", .weight = 40});
			if (queue_open(b->db, QUEUE_WRITE, &q, &e) < 0 ||
				queue_store(q, x, T0, &what, &e) < 0)
				_exit(1);
			queue_close(q);
			_exit(0);
		}
	}
	for (int i = 0; i < PROGRAMS; i++) {
		int status = 0;
		assert_int_equal(waitpid(pid[i], &status, 0), pid[i]);
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	}
	open_rw(b);
	assert_int_equal(ask(b, "SELECT count(*) FROM article"), 1);
	assert_int_equal(ask(b, "SELECT count(*) FROM event"), 1);
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

static int collect(struct span line, const char *story, void *ctx)
{
	assert_null(story);
	struct str *all = ctx;
	str_add(all, line);
	str_addc(all, '\n');
	return 0;
}

static void the_same_again_writes_nothing(void **state)
{
	struct bed *b = *state;
	open_rw(b);
	struct article *x[] = {make(b, (struct spec){.url = "https://tin.example/1",
					       .text = "Tin vỡ đê.",
					       .story = 1,
					       .weight = 40}),
		make(b, (struct spec){.url = "https://tin.example/2",
				.text = "Tin vỡ đê!",
				.story = 1,
				.changed = 4}),
		make(b, (struct spec){.url = "https://tin.example/3", .summary = "Gần đê."}),
		make(b, (struct spec){.url = "https://tin.example/4",
				.text = "Một bài khác.",
				.story = 2,
				.weight = 20,
				.trial = true})};
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

/* A page that was a list is not asked for again, one next to nothing only while it is new. */
static void pages_without_text_are_remembered(void **state)
{
	struct bed *b = *state;
	static const struct {
		const char *kind;
		int64_t since;
		bool has;
	} cases[] = {{"index", T0, true}, {"stub", T0, false}, {"stub", T0 + 1, true}, {NULL, T0 + 1, false}};
	open_rw(b);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		bool has = !cases[i].has;
		char url[] = "https://tin.example/0";
		url[sizeof url - 2] = (char)('0' + i);
		struct article *x = make(b, (struct spec){.url = url, .summary = "Chỉ có tóm tắt"});
		x->kind = cases[i].kind;
		store(b, x, T0);
		must(b, queue_has_page(b->q, x->id, cases[i].since, &has, &b->e));
		assert_int_equal(has, cases[i].has);
	}
}

static void a_fuller_text_wins_and_the_old_one_is_kept(void **state)
{
	struct bed *b = *state;
	struct str lines;
	const char *u = "https://tin.example/1";
	open_rw(b);
	bool has = true;
	struct article *x = make(b, (struct spec){.url = u, .summary = "Chỉ có tóm tắt"});
	must(b, queue_has_page(b->q, x->id, 0, &has, &b->e));
	assert_false(has);
	assert_int_equal(store(b, x, T0), STORED_NEW);
	must(b, queue_has_page(b->q, x->id, 0, &has, &b->e));
	assert_false(has);
	assert_int_equal(store(b, make(b, (struct spec){.url = u, .text = "Bài đầy đủ, bản một."}), T0),
		STORED_UPDATED);
	must(b, queue_has_page(b->q, x->id, 0, &has, &b->e));
	assert_true(has);
	assert_int_equal(ask(b, "SELECT count(*) FROM article_version"), 0);
	/* a summary, however long, does not come back */
	assert_int_equal(store(b,
				 make(b, (struct spec){.url = u,
						 .summary = "Tóm tắt rất dài, dài hơn cả bài đầy đủ ấy."}),
				 T0),
		STORED_SAME);
	assert_int_equal(
		store(b, make(b, (struct spec){.url = u, .text = "Bài đầy đủ, bản hai, dài hơn."}), T0 + 1),
		STORED_UPDATED);
	assert_int_equal(ask(b, "SELECT count(*) FROM article_version WHERE line LIKE '%bản một%'"), 1);
	/* shorter: kept beside, once */
	struct article *shorter = make(b, (struct spec){.url = u, .text = "Đã sửa."});
	assert_int_equal(store(b, shorter, T0 + 2), STORED_UPDATED);
	assert_int_equal(store(b, shorter, T0 + 3), STORED_SAME);
	assert_int_equal(ask(b, "SELECT count(*) FROM article_version"), 2);
	/* the first version again is known too */
	assert_int_equal(store(b, make(b, (struct spec){.url = u, .text = "Bài đầy đủ, bản một."}), T0 + 4),
		STORED_SAME);
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
			make(b, (struct spec){.url = "https://tin.example/live",
					.text = arena_dup(&b->a, str_span(&text)),
					.weight = i == 0 ? 30 : 0}),
			T0 + i);
	}
	/* the flagged first text stays the current one: people were called for it; the later ones are kept up
	 * to the limit */
	assert_int_equal(ask(b, "SELECT level FROM article"), 2);
	assert_int_equal(ask(b, "SELECT count(*) FROM article_version"), ARTICLE_VERSIONS_MAX);
	for (int i = 0; i < ARTICLE_VERSIONS_MAX + 5; i++) {
		str_addf(&text, "Thêm %d. ", i);
		store(b,
			make(b, (struct spec){.url = "https://tin.example/live",
					.text = arena_dup(&b->a, str_span(&text)),
					.weight = 30}),
			T0 + 100 + i);
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
	assert_int_equal(
		store(b, make(b, (struct spec){.url = "https://tin.example/1", .weight = 10}), T0 + 1),
		STORED_UPDATED);
	assert_int_equal(
		store(b, make(b, (struct spec){.url = "https://tin.example/1"}), T0 + 2), STORED_SAME);
	assert_int_equal(list(b, (struct item_query){0}, NULL), 2);
	assert_folds(b);
}

static void a_summary_that_promised_too_much_is_withdrawn(void **state)
{
	struct bed *b = *state;
	const char *u = "https://tin.example/1";
	open_rw(b);
	store(b, make(b, (struct spec){.url = u, .summary = "Vỡ đê?", .weight = 40}), T0);
	assert_int_equal(
		store(b, make(b, (struct spec){.url = u, .text = "Chỉ là diễn tập."}), T0), STORED_UPDATED);
	assert_int_equal(list(b, (struct item_query){0}, NULL), 0);
	struct item it = get(b, 1);
	assert_int_equal(it.state, ITEM_DISMISSED);
	assert_string_equal(it.events[it.n_events - 1].what, "withdraw");
	/* flagged after all: found again */
	store(b, make(b, (struct spec){.url = u, .text = "Không phải diễn tập: đê vỡ thật.", .weight = 40}),
		T0);
	it = get(b, 1);
	assert_int_equal(it.state, ITEM_NEW);
	assert_false(it.returning);
	/* people's work is never withdrawn */
	store(b, make(b, (struct spec){.url = "https://tin.example/2", .summary = "Vỡ đê?", .weight = 40}),
		T0);
	assert_int_equal(step(b, 2, "take", T0), ITEM_TAKEN);
	store(b, make(b, (struct spec){.url = "https://tin.example/2", .text = "Chỉ là diễn tập."}), T0);
	assert_int_equal(get(b, 2).state, ITEM_TAKEN);
	assert_folds(b);
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
	s = (struct source_state){"\"1\"", "Mon, 23 Nov 2026 00:00:00 GMT", "sha256:1", T0 + 60, T0, T0, 0, 0,
		false, NULL, "https://tin.example/rss", "https://tin.example/feed", 3, T0 - 5, 1200, 3600,
		0x3F, 0x60, "s404"};
	must(b, queue_source_put(b->q, "tin-bien", &s, &b->e));
	must(b, queue_source_get(b->q, &b->a, "tin-bien", &again, &b->e));
	assert_string_equal(again.last_modified, s.last_modified);
	assert_int_equal(again.next_ask, T0 + 60);
	assert_null(again.last_error);
	assert_string_equal(again.address, s.address);
	assert_string_equal(again.moved, s.moved);
	assert_string_equal(again.told, s.told);
	assert_int_equal(again.moves * 7 + again.newest * 5 + again.rhythm * 3 + again.ttl,
		s.moves * 7 + s.newest * 5 + s.rhythm * 3 + s.ttl);
	assert_int_equal(again.skip_hours, 0x3F);
	assert_int_equal(again.skip_days, 0x60);
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
	store(b,
		make(b, (struct spec){.url = "https://a.example/1", .source = "a", .story = 1, .weight = 40}),
		T0);
	queue_rollback(b->q);
	assert_int_equal(ask(b, "SELECT count(*) FROM article"), 0);
	/* nor in the index of copies */
	store(b,
		make(b, (struct spec){.url = "https://b.example/1", .source = "b", .story = 1, .weight = 40}),
		T0);
	assert_int_equal(get(b, 1).copies, 1);
	assert_folds(b);
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {T(opening_makes_a_queue_and_finds_it_again),
		T(a_queue_of_version_2_is_brought_up_to_date), T(reading_a_missing_queue_says_what_to_do),
		T(damage_is_refused_and_the_newest_backup_named),
		T(truncated_foreign_and_newer_files_are_refused), T(an_empty_file_is_a_new_queue),
		T(a_symlink_is_followed), T(a_read_only_queue_can_be_read_and_not_written),
		T(a_full_disk_is_told_and_loses_nothing), T(two_writers_take_turns),
		T(several_may_begin_at_once), T(a_backup_is_a_whole_queue), T(the_same_again_writes_nothing),
		T(pages_without_text_are_remembered), T(versions_have_a_limit),
		T(a_fuller_text_wins_and_the_old_one_is_kept), T(versions_have_a_limit),
		T(only_live_flags_open_items), T(a_summary_that_promised_too_much_is_withdrawn),
		T(sources_are_remembered), T(a_mail_keeps_its_message_id),
		T(a_rollback_leaves_nothing_behind)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
