/* test_archive: WARC in and out, and what damage costs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "archive/archive.h"
#include "base/file.h"
#include "base/limits.h"

#include "base/banned.h"

enum { DAY = 1795392000 }; /* 2026-11-23 */

static const char http_ok[] =
	"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\ncontent-ENCODING:  gzip \r\n\r\n"
	"<p>Hải Phòng bác tin đồn</p>";

static struct warc_record record_of(const char *url, struct span block)
{
	return (struct warc_record){.type = SPAN("response"),
		.uri = span_of(url),
		.date = SPAN("2026-11-23T06:00:00Z"),
		.ip = SPAN("192.0.2.7"),
		.source = SPAN("{\"id\":\"tin-bien\",\"name\":\"Tin Biển\"}"),
		.as = SPAN("feed"),
		.entry = SPAN("{\"title\":\"Tin\"}"),
		.block = block};
}

static int temp_of(struct span s)
{
	char name[] = "/tmp/soatin-warc-XXXXXX";
	int fd = mkstemp(name);
	assert_true(fd >= 0);
	unlink(name);
	assert_int_equal(fd_write_all(fd, s), 0);
	lseek(fd, 0, SEEK_SET);
	return fd;
}

struct seen {
	size_t n;
	int64_t offset[64];
	char block[64][32]; /* the beginning of each */
	unsigned remarks;
	int end;
};

static struct seen read_all(int fd)
{
	struct seen s = {0};
	struct warc_reader *r = warc_reader_new(fd);
	struct warc_record rec;
	struct report rep = {0};
	struct err e = {0};
	while ((s.end = warc_next(r, &rec, &rep, &e)) == 1) {
		assert_true(s.n < 64);
		s.offset[s.n] = rec.offset;
		size_t n = rec.block.n < 31 ? rec.block.n : 31;
		if (n)
			memcpy(s.block[s.n], rec.block.p, n);
		s.n++;
	}
	assert_int_equal(s.end == -1, e.kind != ERR_NONE);
	s.remarks = rep.count[R_ARCHIVE_RECORD_BAD];
	report_release(&rep);
	warc_reader_free(r);
	return s;
}

static struct seen read_span(struct span s)
{
	int fd = temp_of(s);
	struct seen seen = read_all(fd);
	close(fd);
	return seen;
}

static void put(struct str *out, const char *block, bool gzip)
{
	struct err e = {0};
	struct warc_record r = record_of("https://tin.example/", span_of(block));
	assert_int_equal(warc_write(out, &r, gzip, &e), 0);
}

static void records_go_round(void **state)
{
	(void)state;
	for (int gzip = 0; gzip < 2; gzip++) {
		struct str out;
		struct err e = {0};
		struct report rep = {0};
		struct warc_record got, w = record_of("https://tin.example/a?b=c", span_of(http_ok));
		str_init(&out, 0);
		assert_int_equal(warc_write_info(&out, "9", DAY, gzip, &e), 0);
		size_t second = out.n;
		assert_int_equal(warc_write(&out, &w, gzip, &e), 0);
		int fd = temp_of(str_span(&out));
		struct warc_reader *r = warc_reader_new(fd);
		assert_int_equal(warc_next(r, &got, &rep, &e), 1);
		assert_true(
			span_is(got.type, "warcinfo") && span_starts(got.block, "software: soatin 9\r\n"));
		assert_int_equal(got.offset, 0);
		assert_int_equal(warc_next(r, &got, &rep, &e), 1);
		assert_int_equal(got.offset, second);
		assert_true(
			span_eq(got.block, w.block) && span_eq(got.uri, w.uri) && span_eq(got.date, w.date));
		assert_true(span_eq(got.ip, w.ip) && span_eq(got.source, w.source) && span_eq(got.as, w.as));
		assert_true(span_eq(got.entry, w.entry));
		assert_true(span_is(got.content_type, "application/http;msgtype=response"));
		/* printf '<p>Hải Phòng bác tin đồn</p>' | sha256sum */
		assert_true(span_is(got.digest,
			"sha256:46ba74724fd5946c86c6267d3a7b07b099d7aaeedb03c5c5df56d3f43cb1da52"));
		assert_int_equal(warc_next(r, &got, &rep, &e), 0);
		assert_int_equal(warc_next(r, &got, &rep, &e), 0);
		assert_int_equal(rep.list.n, 0);
		warc_reader_free(r);
		lseek(fd, (off_t)second, SEEK_SET); /* evidence is read from its offset */
		assert_int_equal(read_all(fd).offset[0], second);
		close(fd);
		str_release(&out);
	}
}

static struct span id_of(struct str *out, const struct warc_record *w)
{
	struct err e = {0};
	struct warc_record got;
	size_t used;
	str_clear(out);
	assert_int_equal(warc_write(out, w, false, &e), 0);
	assert_int_equal(warc_take(str_span(out), &used, &got, &e), 1);
	return got.id;
}

static void ids_come_from_the_content(void **state)
{
	(void)state;
	struct str a, b;
	str_init(&a, 0);
	str_init(&b, 0);
	struct warc_record w = record_of("https://tin.example/", span_of(http_ok)), other = w;
	struct span id = id_of(&a, &w);
	assert_true(span_eq(id, id_of(&b, &w)));
	assert_true(
		span_starts(id, "<urn:uuid:") && id.n == 47 && id.p[24] == '8' && strchr("89ab", id.p[29]));
	other.uri = SPAN("https://tin.example/2");
	assert_false(span_eq(id, id_of(&b, &other)));
	other = w;
	other.date = SPAN("2026-11-23T06:00:01Z");
	assert_false(span_eq(id, id_of(&b, &other)));
	other = w;
	other.block = SPAN("HTTP/1.1 200 OK\r\n\r\n<p>khác</p>");
	assert_false(span_eq(id, id_of(&b, &other)));
	str_release(&a);
	str_release(&b);
}

static void a_value_cannot_add_fields(void **state)
{
	(void)state;
	struct str out;
	struct err e = {0};
	struct warc_record got, w = record_of("https://tin.example/\r\nSoatin-Source: {}", SPAN("x"));
	size_t used;
	w.source = (struct span){0};
	str_init(&out, 0);
	assert_int_equal(warc_write(&out, &w, false, &e), 0);
	assert_int_equal(warc_take(str_span(&out), &used, &got, &e), 1);
	assert_int_equal(got.source.n, 0);
	assert_true(span_ends(got.uri, "  Soatin-Source: {}"));
	str_release(&out);
}

/* Byte by byte: nothing before the end, everything at the end. */
static void take_wants_the_whole_record(void **state)
{
	(void)state;
	struct str out;
	struct err e = {0};
	struct warc_record got;
	size_t used = 0;
	str_init(&out, 0);
	put(&out, http_ok, false);
	size_t first = out.n;
	put(&out, "hai", false);
	for (size_t n = 0; n < first; n++)
		assert_int_equal(warc_take(span_cut(str_span(&out), 0, n), &used, &got, &e), 0);
	assert_int_equal(warc_take(str_span(&out), &used, &got, &e), 1);
	assert_int_equal(used, first);
	assert_int_equal(warc_take(span_cut(str_span(&out), first, out.n), &used, &got, &e), 1);
	assert_true(span_is(got.block, "hai"));
	str_release(&out);
}

static void take_refuses_what_is_none(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"HTTP/1.1 200 OK\r\n\r\n",
		"WARC/1.1\r\nWARC-Type: response\r\n\r\n",
		"WARC/1.1\r\nContent-Length: -1\r\n\r\n",
		"WARC/1.1\r\nContent-Length: 9223372036854775808\r\n\r\n",
		"WARC/1.1\r\nContent-Length: 16777217\r\n\r\n",
		"WARC/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
		"WARC/1.1\r\nContent-Length: 0x1\r\n\r\nxx",
		"WARC/1.1\r\nContent-Length: 1\r\n\r\nxyz\r\n",
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct err e = {0};
		struct warc_record got;
		size_t used;
		assert_int_equal(warc_take(span_of(bad[i]), &used, &got, &e), -1);
		assert_int_equal(e.kind, ERR_DATA);
	}
}

static void limits_hold_at_n_and_break_above(void **state)
{
	(void)state;
	struct str out, in;
	struct err e = {0};
	struct warc_record got, w = record_of("https://tin.example/", SPAN(""));
	size_t used;
	str_init(&in, 0);
	str_init(&out, 0);
	char *to = str_room(&in, WARC_RECORD_MAX + 1);
	memset(to, 'x', WARC_RECORD_MAX + 1);
	str_grew(&in, WARC_RECORD_MAX + 1);
	w.block = span_cut(str_span(&in), 0, WARC_RECORD_MAX);
	assert_int_equal(warc_write(&out, &w, false, &e), 0);
	assert_int_equal(warc_take(str_span(&out), &used, &got, &e), 1);
	assert_int_equal(read_span(str_span(&out)).n, 1);
	w.block = str_span(&in);
	size_t before = out.n;
	assert_int_equal(warc_write(&out, &w, false, &e), -1);
	assert_int_equal(e.kind, ERR_LIMIT);
	assert_int_equal(out.n, before);
	/* a record that somebody else made larger costs itself */
	str_clear(&out);
	str_addf(&out, "WARC/1.1\r\nContent-Length: %d\r\n\r\n", WARC_RECORD_MAX + 1);
	str_add(&out, str_span(&in));
	str_adds(&out, "\r\n\r\n");
	put(&out, "sau", false);
	struct seen s = read_span(str_span(&out));
	assert_int_equal(s.n, 1);
	assert_string_equal(s.block[0], "sau");
	assert_int_equal(s.remarks, 1);
	for (int over = 0; over < 2; over++) {
		struct err none = {0};
		str_clear(&out);
		str_adds(&out, "WARC/1.1\r\nContent-Length: 0\r\nX: ");
		while (out.n + 4 < (size_t)WARC_HEAD_MAX + (size_t)over)
			str_addc(&out, 'x');
		str_adds(&out, "\r\n\r\n\r\n\r\n");
		assert_int_equal(warc_take(str_span(&out), &used, &got, &none), over ? -1 : 1);
	}
	str_release(&in);
	str_release(&out);
}

static void damage_costs_one_record(void **state)
{
	(void)state;
	struct str out;
	size_t at[4];
	str_init(&out, 0);
	for (int gzip = 0; gzip < 2; gzip++) {
		str_clear(&out);
		for (int i = 0; i < 3; i++) {
			at[i] = out.n;
			put(&out,
				i == 0   ? "đầu"
				: i == 1 ? "giữa, một bản ghi dài hơn một chút"
					 : "cuối",
				gzip);
		}
		at[3] = out.n;
		assert_int_equal(read_span(str_span(&out)).n, 3);
		/* one bit of the middle record, anywhere (plain: but for the line break that makes the next
		 * one findable) */
		for (size_t i = at[1]; i < at[2] - !gzip; i++) {
			out.p[i] = (char)(out.p[i] ^ 0x10);
			struct seen s = read_span(str_span(&out));
			assert_true(s.n >= 2);
			assert_int_equal(s.end, 0);
			assert_string_equal(s.block[0], "đầu");
			assert_string_equal(s.block[s.n - 1], "cuối");
			out.p[i] = (char)(out.p[i] ^ 0x10);
		}
		for (size_t n = 0; n < out.n; n++) { /* cut anywhere: what is whole is kept */
			struct seen s = read_span(span_cut(str_span(&out), 0, n));
			size_t whole = n >= at[2] ? 2 : n >= at[1] ? 1 : 0;
			assert_true(s.n == whole ||
				    (!gzip && s.n == whole + 1)); /* plain: the last line breaks */
			assert_true(s.end == 0 || (s.end == -1 && n < 5));
			if (s.n == whole && s.end == 0 && n != at[0] && n != at[1] && n != at[2])
				assert_int_equal(s.remarks, 1);
		}
	}
	str_release(&out);
}

/* A whole member inside the bytes of a page must not become a record when the page's own member is damaged.
 */
static void a_member_inside_a_page_is_no_record(void **state)
{
	(void)state;
	struct str inner, page, out;
	uint32_t x = 1;
	str_init(&inner, 0);
	str_init(&page, 0);
	str_init(&out, 0);
	put(&inner, "giả mạo", true);
	for (int i = 0; i < 40000; i++) { /* noise, so that deflate stores it as it is */
		x = x * 1664525u + 1013904223u;
		str_addc(&page, (char)(x >> 24));
		if (i == 20000)
			str_add(&page, str_span(&inner));
	}
	struct err e = {0};
	struct warc_record w = record_of("https://tin.example/", str_span(&page));
	assert_int_equal(warc_write(&out, &w, true, &e), 0);
	assert_true(span_find(str_span(&out), str_span(&inner), 0) != SIZE_MAX);
	size_t first = out.n;
	put(&out, "sau", true);
	out.p[60] = (char)(out.p[60] ^ 0x10);
	struct seen s = read_span(str_span(&out));
	assert_int_equal(s.n, 1);
	assert_string_equal(s.block[0], "sau");
	assert_int_equal(s.offset[0], first);
	str_release(&inner);
	str_release(&page);
	str_release(&out);
}

static void the_corpus_reads_as_expected(void **state)
{
	(void)state;
	static const struct {
		const char *file;
		size_t n;
		unsigned remarks;
	} cases[] = {{"w_ok_two.warc", 2, 0}, {"w_gz_members.warc.gz", 2, 0}, {"w_truncated.warc", 1, 1},
		{"w_neg_len.warc", 1, 1}, {"w_huge_len.warc", 1, 1}};
	const char *shared = (getenv)("SOATIN_TEST_SHARED");
	struct arena a = {0};
	char *dir = path_join(&a, shared ? shared : "", "hostile/corpus");
	if (!shared || !file_exists(dir)) {
		arena_release(&a);
		skip();
	}
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int fd = open(path_join(&a, dir, cases[i].file), O_RDONLY | O_CLOEXEC);
		assert_true(fd >= 0);
		struct seen s = read_all(fd);
		close(fd);
		assert_int_equal(s.n, cases[i].n);
		assert_int_equal(s.remarks, cases[i].remarks);
		assert_true(strncmp(s.block[0], "HTTP/1.1 200 OK\r\n", 17) == 0);
	}
	arena_release(&a);
}

static void answers_are_taken_apart(void **state)
{
	(void)state;
	struct warc_http h;
	assert_true(warc_http_parse(span_of(http_ok), &h));
	assert_int_equal(h.status, 200);
	assert_true(span_is(h.content_type, "text/html; charset=utf-8"));
	assert_true(span_is(h.content_encoding, "gzip"));
	assert_true(span_starts(h.body, "<p>") && span_ends(h.head, "\r\n\r\n"));
	assert_true(warc_http_parse(SPAN("HTTP/2 404 \r\na: b\n\nx"), &h));
	assert_int_equal(h.status, 404);
	assert_true(span_is(h.body, "x") && span_is(warc_http_header(h.head, "A"), "b"));
	assert_true(warc_http_parse(SPAN("HTTP/1.0 500"), &h));
	assert_int_equal(h.body.n, 0);
	static const char *const not [] = {
		"", "HTTP/1.1", "HTTP/1.1 20", "HTTP/1.1 2000 OK\r\n", "<html>", "GET / HTTP/1.1\r\n"};
	for (size_t i = 0; i < sizeof not / sizeof *not ; i++)
		assert_false(warc_http_parse(span_of(not [i]), &h));
}

static void chunks_are_undone(void **state)
{
	(void)state;
	struct str out;
	str_init(&out, 0);
	assert_true(warc_http_unchunk(SPAN("3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n"), &out));
	assert_true(span_is(str_span(&out), "abc0123456789"));
	static const char *const not [] = {"", "<rss>\n", "abc\n", "3\r\nabc\r\n", "3\r\nabcd\r\n0\r\n\r\n",
		"ffffffffff\r\n", "5\r\nabc"};
	for (size_t i = 0; i < sizeof not / sizeof *not ; i++)
		assert_false(warc_http_unchunk(span_of(not [i]), &out));
	assert_int_equal(out.n, 13);
	str_release(&out);
}

/* --- the day's file --- */

struct day {
	char dir[64];
	struct report rep;
};

static int day_setup(void **state)
{
	struct day *d = calloc(1, sizeof *d);
	snprintf(d->dir, sizeof d->dir, "%s/soatin-day-XXXXXX",
		access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	assert_non_null(mkdtemp(d->dir));
	*state = d;
	return 0;
}

static char *day_path(const struct day *d)
{
	static char path[128];
	snprintf(path, sizeof path, "%s/2026-11-23.warc.gz", d->dir);
	return path;
}

static int day_teardown(void **state)
{
	struct day *d = *state;
	unlink(day_path(d));
	rmdir(d->dir);
	report_release(&d->rep);
	free(d);
	return 0;
}

static void day_add(struct day *d, const char *block, int64_t *offset)
{
	struct archive *a = NULL;
	struct err e = {0};
	struct warc_record r = record_of("https://tin.example/", span_of(block));
	assert_int_equal(archive_open(d->dir, "2026-11-23", "9", DAY, &a, &d->rep, &e), 0);
	assert_string_equal(archive_name(a), "2026-11-23.warc.gz");
	assert_int_equal(archive_add(a, &r, offset, &e), 0);
	assert_int_equal(archive_close(a, &e), 0);
}

static struct seen day_read(const struct day *d)
{
	int fd = open(day_path(d), O_RDONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	struct seen s = read_all(fd);
	close(fd);
	return s;
}

static int64_t day_size(const struct day *d)
{
	struct stat st;
	assert_int_equal(stat(day_path(d), &st), 0);
	return st.st_size;
}

static void the_day_grows(void **state)
{
	struct day *d = *state;
	int64_t first = -1, second = -1;
	day_add(d, "một", &first);
	day_add(d, "hai", &second);
	struct seen s = day_read(d);
	assert_int_equal(s.n, 3);
	assert_int_equal(s.offset[1], first);
	assert_int_equal(s.offset[2], second);
	assert_string_equal(s.block[2], "hai");
	assert_int_equal(d->rep.list.n, 0);
}

/* A run killed in the middle of a write leaves any beginning of a member: whatever it is, it goes, and
 * nothing else does. */
static void an_unfinished_record_is_cut_off(void **state)
{
	struct day *d = *state;
	int64_t at = -1, offset = -1;
	day_add(d, "một", &at);
	day_add(d, "hai, dở dang", &at);
	int64_t whole = day_size(d);
	for (int64_t n = whole - 1; n > 0; n--) {
		d->rep.count[R_ARCHIVE_TAIL_CUT] = 0;
		assert_int_equal(truncate(day_path(d), n), 0);
		day_add(d, "ba", &offset);
		struct seen s = day_read(d);
		assert_int_equal(s.remarks, 0);
		assert_string_equal(s.block[s.n - 1], "ba");
		assert_int_equal(s.offset[s.n - 1], offset);
		if (n > at) {
			assert_int_equal(offset, at);
			assert_int_equal(d->rep.count[R_ARCHIVE_TAIL_CUT], 1);
			assert_int_equal(s.n, 3);
			assert_string_equal(s.block[1], "một");
		}
		assert_int_equal(truncate(day_path(d), 0), 0);
		day_add(d, "một", &at);
		day_add(d, "hai, dở dang", &at);
	}
}

/* What is not the clean beginning of a record is not ours to throw away. */
static void damage_in_the_middle_cuts_nothing(void **state)
{
	struct day *d = *state;
	int64_t one = -1, two = -1, three = -1;
	day_add(d, "một", &one);
	day_add(d, "hai", &two);
	for (int64_t at = one; at < two; at++) {
		int fd = open(day_path(d), O_RDWR | O_CLOEXEC);
		char c, x;
		assert_int_equal(pread(fd, &c, 1, at), 1);
		x = (char)(c ^ 0x55);
		assert_int_equal(pwrite(fd, &x, 1, at), 1);
		int64_t size = day_size(d);
		day_add(d, "ba", &three);
		assert_int_equal(three, size);
		struct seen s = day_read(d);
		assert_string_equal(s.block[s.n - 1], "ba");
		assert_string_equal(s.block[s.n - 2], "hai");
		assert_int_equal(pwrite(fd, &c, 1, at), 1);
		assert_int_equal(ftruncate(fd, size), 0);
		close(fd);
	}
	assert_int_equal(d->rep.count[R_ARCHIVE_TAIL_CUT], 0);
}

static void one_run_at_a_time(void **state)
{
	struct day *d = *state;
	struct archive *a = NULL, *b = NULL;
	struct err e = {0};
	assert_int_equal(archive_open(d->dir, "2026-11-23", "9", DAY, &a, &d->rep, &e), 0);
	assert_int_equal(archive_open(d->dir, "2026-11-23", "9", DAY, &b, &d->rep, &e), -1);
	assert_int_equal(e.kind, ERR_BUSY);
	err_clear(&e);
	assert_int_equal(archive_close(a, &e), 0);
	assert_int_equal(archive_close(NULL, &e), 0);
}

/* No room on the disk: a fault, and the file is whole as before. */
static void a_full_disk_leaves_the_file_whole(void **state)
{
	struct day *d = *state;
	int64_t at = -1;
	day_add(d, "một", &at);
	int64_t size = day_size(d);
	pid_t pid = fork();
	if (pid == 0) {
		char noise[4096];
		uint32_t x = 7;
		for (size_t i = 0; i < sizeof noise; i++)
			noise[i] = (char)((x = x * 1664525u + 1013904223u) >> 24);
		struct archive *a = NULL;
		struct err e = {0};
		struct warc_record r = record_of("https://tin.example/", (struct span){noise, sizeof noise});
		struct rlimit lim = {.rlim_cur = (rlim_t)size + 1000, .rlim_max = (rlim_t)size + 1000};
		signal(SIGXFSZ, SIG_IGN);
		int bad = archive_open(d->dir, "2026-11-23", "9", DAY, &a, &d->rep, &e) != 0 ||
			  setrlimit(RLIMIT_FSIZE, &lim) != 0 || archive_add(a, &r, &at, &e) != -1 ||
			  e.kind != ERR_IO || e.sys != EFBIG;
		_exit(bad);
	}
	int status = 1;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_int_equal(day_size(d), size);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_go_round),
		cmocka_unit_test(ids_come_from_the_content),
		cmocka_unit_test(a_value_cannot_add_fields),
		cmocka_unit_test(take_wants_the_whole_record),
		cmocka_unit_test(take_refuses_what_is_none),
		cmocka_unit_test(limits_hold_at_n_and_break_above),
		cmocka_unit_test(damage_costs_one_record),
		cmocka_unit_test(a_member_inside_a_page_is_no_record),
		cmocka_unit_test(the_corpus_reads_as_expected),
		cmocka_unit_test(answers_are_taken_apart),
		cmocka_unit_test(chunks_are_undone),
		cmocka_unit_test_setup_teardown(the_day_grows, day_setup, day_teardown),
		cmocka_unit_test_setup_teardown(an_unfinished_record_is_cut_off, day_setup, day_teardown),
		cmocka_unit_test_setup_teardown(damage_in_the_middle_cuts_nothing, day_setup, day_teardown),
		cmocka_unit_test_setup_teardown(one_run_at_a_time, day_setup, day_teardown),
		cmocka_unit_test_setup_teardown(a_full_disk_leaves_the_file_whole, day_setup, day_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
