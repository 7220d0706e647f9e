/* test_base: the ground. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/hash.h"
#include "base/jail.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/lines.h"
#include "base/map.h"
#include "base/report.h"
#include "base/url.h"
#include "base/utf8.h"

#include "base/banned.h"

static void utf8_knows_table_3_7(void **state)
{
	(void)state;
	static const struct {
		const char *bytes;
		size_t bad; /* maximal ill-formed subparts */
	} cases[] = {
		{"Hải Phòng", 0},
		{"\xC0\xAF", 2},
		{"\xED\xA0\x80", 3},
		{"\xF4\x90\x80\x80", 4},
		{"\xE1\x80", 1},
		{"a\xF0\x9F\x98", 1},
		{"\xF4\x8F\xBF\xBF", 0},
		{"\x80", 1},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct span s = span_of(cases[i].bytes);
		size_t at = 0, bad = 0;
		while (at < s.n)
			utf8_next(s, &at, &bad);
		assert_int_equal(bad, cases[i].bad);
		assert_int_equal(utf8_valid(s), cases[i].bad == 0);
	}
	struct span s = SPAN("đêm");
	assert_int_equal(utf8_count(s), 3);
	assert_int_equal(utf8_offset(s, 1), 2);
	assert_int_equal(utf8_prefix(s, 3).n, 2);
}

static void str_keeps_its_limit(void **state)
{
	(void)state;
	struct str s;
	str_init(&s, 10);
	str_adds(&s, "0123456789");
	assert_false(s.full);
	str_addc(&s, 'x');
	assert_true(s.full);
	assert_string_equal(s.p, "0123456789");
	str_clear(&s);
	assert_false(s.full);
	str_addf(&s, "%d-%s", 7, "ok");
	assert_string_equal(s.p, "7-ok");
	str_release(&s);
}

static void arena_survives_clear(void **state)
{
	(void)state;
	struct arena a = {0};
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 1000; i++) {
			char *p = arena_printf(&a, "%d", i);
			assert_int_equal((uintptr_t)p % 16, 0);
		}
		char *big = arena_alloc(&a, 1 << 20);
		assert_int_equal(big[(1 << 20) - 1], 0);
		arena_clear(&a);
	}
	arena_release(&a);
}

/* What was there stays, what came since makes room; small ones and giants, from an empty arena and a full
 * one. */
static void arena_goes_back(void **state)
{
	(void)state;
	struct arena a = {0};
	const size_t sizes[] = {1, 100, 5000, 300000, 5 << 20};
	for (size_t n = 0; n < 2 * sizeof sizes / sizeof *sizes; n++) {
		size_t size = sizes[n / 2];
		char *before = n ? arena_dup(&a, SPAN("Bến Sậy")) : NULL;
		char *giant = n % 2 ? memset(arena_raw(&a, 200000), 'g', 200000) : NULL;
		struct arena_mark mark = arena_mark(&a);
		size_t used = a.used;
		char *first = NULL;
		for (int round = 0; round < 3; round++) {
			for (int i = 0; i < 40; i++) {
				char *p = memset(arena_raw(&a, size), round, size);
				first = round || i ? first : p;
				assert_true(round != 1 || i || size > 4096 || p == first);
			}
			arena_back(&a, mark);
			assert_int_equal(a.used, used);
			if (before)
				assert_string_equal(before, "Bến Sậy");
			for (size_t i = 0; giant && i < 200000; i++)
				assert_int_equal(giant[i], 'g');
		}
	}
	arena_clear(&a);
	arena_release(&a);
}

static void map_finds_what_was_put(void **state)
{
	(void)state;
	struct map m = {0};
	int values[1000];
	char key[16];
	for (int i = 0; i < 1000; i++) {
		snprintf(key, sizeof key, "k%d", i);
		assert_null(map_put(&m, span_of(key), &values[i]));
	}
	for (int i = 0; i < 1000; i++) {
		snprintf(key, sizeof key, "k%d", i);
		assert_ptr_equal(map_get(&m, span_of(key)), &values[i]);
	}
	assert_null(map_get(&m, SPAN("k1000")));
	map_release(&m);
}

static void sha256_is_fips_180(void **state)
{
	(void)state;
	char hex[SHA256_HEX + 1];
	sha256_hex(SPAN("abc"), hex);
	assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	/* around the length from where the processor's instructions are used */
	static const struct {
		size_t n;
		const char *hex;
	} cases[] = {{4095, "43b3faef4f42f75d4a204145cf6515437e34f500723241f78454c2f2a0d17293"},
		{4096, "9141107b6ed1422839ed97f4674de82ae742ec2f8556c3df948da06930f94393"},
		{4097, "cccd1be35d39d5af1686e69fcdcab1831ffbecbd9e95c9205326ebfb16dbe2c1"},
		{4151, "f91d58be358b85a9c7486056e9dd74e3f797ad179d9e0f6a5b6e8f5e61e11123"},
		{4160, "f4190d3fd7af4d6e8b44ebbc88fed178a3b3375850e2029f9d5d35a25b393138"},
		{99999, "73626d34e524d168a6141c9c22667119b93d4415e38c84bf4eccb2e2ac1acb3f"}};
	static char bytes[100000];
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (char)(i * 7 % 251);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sha256_hex((struct span){bytes, cases[i].n}, hex);
		assert_string_equal(hex, cases[i].hex);
	}
}

static void stamps_go_round(void **state)
{
	(void)state;
	static const char *const whole[] = {"2026-11-22T06:30:00+07:00", "1969-12-31T23:59:59Z", "2024-02-29",
		"2000-01-01T00:00:00-03:30"};
	char out[STAMP_MAX];
	struct stamp s;
	for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
		assert_true(stamp_parse_rfc3339(span_of(whole[i]), &s));
		stamp_format(s, out);
		assert_string_equal(out, whole[i]);
	}
	assert_true(stamp_parse_rfc3339(SPAN("2026-11-22T06:30:00+07:00"), &s));
	assert_int_equal(s.at, 1795303800);
	assert_int_equal(civil_from(s.at, 420).weekday, 0);
	assert_false(stamp_parse_rfc3339(SPAN("2026-02-29"), &s));
	assert_false(stamp_parse_rfc3339(SPAN("2026-11-22 06:30:00"), &s));
	int64_t d;
	assert_true(duration_parse(SPAN("4h"), &d) && d == 14400);
	assert_false(duration_parse(SPAN("h"), &d));
	assert_false(duration_parse(SPAN("-1d"), &d));
}

static void urls_resolve_as_rfc_3986(void **state)
{
	(void)state;
	static const struct {
		const char *ref, *want;
	} cases[] = {/* RFC 3986, 5.4 */
		{"g", "http://a/b/c/g"}, {"./g", "http://a/b/c/g"}, {"g/", "http://a/b/c/g/"},
		{"/g", "http://a/g"}, {"//g", "http://g"}, {"?y", "http://a/b/c/d;p?y"},
		{"g?y", "http://a/b/c/g?y"}, {"#s", "http://a/b/c/d;p?q#s"}, {"..", "http://a/b/"},
		{"../g", "http://a/b/g"}, {"../..", "http://a/"}, {"../../../g", "http://a/g"},
		{"/./g", "http://a/g"}, {"g;x=1/../y", "http://a/b/c/y"}, {" g h\n", "http://a/b/c/g%20h"},
		{"http://B.example/x", "http://b.example/x"}, {"mailto:a@b", "mailto:a@b"}};
	struct arena a = {0};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(
			url_resolve(&a, "http://a/b/c/d;p?q", span_of(cases[i].ref)), cases[i].want);
	assert_string_equal(url_identity(&a, "http://Bao.example:80/a?utm_source=x&id=3#top"),
		"https://bao.example/a?id=3");
	assert_string_equal(url_host(&a, "http://u:p@[::1]:8080/x"), "[::1]:8080");
	assert_true(url_is_web("https://bao.example"));
	assert_false(url_is_web("javascript:alert(1)"));
	arena_release(&a);
}

static void json_goes_round(void **state)
{
	(void)state;
	struct json *doc;
	struct err e = {0};
	struct str out = {0};
	struct json_writer w = {&out, false};
	struct span text = SPAN("{\"a\":[1,-2.5,true,null,\"đ\\u0000\\u001b\\\"\"],\"b\":{}}");
	assert_int_equal(json_parse(text, &doc, &e), 0);
	json_put_value(&w, doc);
	assert_true(span_eq(str_span(&out), text));
	assert_int_equal(json_string(json_at(json_get(doc, "a"), 4)).n, 5);
	json_free(doc);
	str_clear(&out);
	static const char *const bad[] = {"", "{", "{} x", "[1,]", "{\"a\":\"\xFF\"}", "nul", "{\"a\" 1}",
		"{a:1}", "{'a':1}", "{\"a\":1,}", "[1 2]", "[01]", "[1.]", "[-]", "[1e]", "[.5]", "[\"\\x\"]",
		"[\"\\u12g4\"]", "[\"\\u12", "[\"\\", "[\"a]", "[NaN]", "[True]", "]", "/**/1"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		err_clear(&e);
		if (json_parse(span_of(bad[i]), &doc, &e) != -1)
			fail_msg("taken: %s", bad[i]);
		assert_int_equal(e.kind, ERR_DATA);
		assert_null(doc);
	}
	for (int i = 0; i < JSON_DEPTH_MAX + 1; i++)
		str_addc(&out, '[');
	err_clear(&e);
	assert_int_equal(json_parse(str_span(&out), &doc, &e), -1);
	str_release(&out);
}

static struct span text_of(struct arena *a, const char *json)
{
	const struct json *doc;
	struct err e = {0};
	assert_int_equal(json_read(a, span_of(json), &doc, &e), 0);
	return json_string(json_at(doc, 0));
}

static int64_t int_of(struct arena *a, const char *json)
{
	const struct json *doc;
	struct err e = {0};
	assert_int_equal(json_read(a, span_of(json), &doc, &e), 0);
	return json_int(doc);
}

static void json_is_read_as_meant(void **state)
{
	(void)state;
	struct arena a = {0};
	const struct json *doc;
	struct err e = {0};
	assert_true(span_is(text_of(&a, " [ \"\\u0111\\ud83d\\uDE00\\/\\\\\\t\" ] "), "đ😀/\\\t"));
	assert_true(span_is(text_of(&a, "[\"\\ud83d\\u0041\\udE00\"]"), "\xEF\xBF\xBD"
									"A\xEF\xBF\xBD"));
	assert_true(span_is(text_of(&a, "[\"a\nb\"]"), "a\nb"));
	assert_int_equal(int_of(&a, "-0"), 0);
	assert_int_equal(int_of(&a, "9223372036854775807"), INT64_MAX);
	assert_int_equal(int_of(&a, "9223372036854775808"), INT64_MAX);
	assert_int_equal(int_of(&a, "-9e99999999999999999999"), INT64_MIN);
	assert_int_equal(int_of(&a, "12.5e+2"), 1250);
	assert_int_equal(int_of(&a, "1250e-1"), 125);
	assert_int_equal(int_of(&a, "\"7\""), 0);
	assert_int_equal(json_read(&a, SPAN("{\"a\":1,\"b\":null,\"a\":[2,{}]}"), &doc, &e), 0);
	assert_int_equal(json_int(json_at(json_get(doc, "a"), 0)), 2);
	assert_int_equal(json_len(json_get(doc, "a")), 2);
	assert_null(json_get(doc, "b"));
	assert_null(json_get(doc, "c"));
	assert_int_equal(json_read(&a, SPAN("[1,\n 2 3]"), &doc, &e), -1);
	assert_int_equal(e.col, 8);
	arena_release(&a);
}

/* Two million escapes in one string: looked for its end once, not at each of them. */
static void json_escapes_take_no_time(void **state)
{
	(void)state;
	enum { ESCAPES = 2000000 };
	struct arena a = {0};
	struct str s = {0};
	str_adds(&s, "[\"");
	for (int i = 0; i < ESCAPES; i++)
		str_adds(&s, i % 1000 ? "\\n" : "\\\"");
	str_adds(&s, "\"]");
	clock_t from = clock();
	assert_int_equal(text_of(&a, s.p).n, ESCAPES);
	assert_true(clock() - from < CLOCKS_PER_SEC);
	str_release(&s);
	arena_release(&a);
}

/* The code point behind `before` letters of two bytes: as it stands in JSON, and back. */
static void put_and_get(uint32_t cp, int before, bool escaped)
{
	struct arena a = {0};
	struct str text = {0}, one = {0}, out = {0};
	struct json_writer w = {&out, false};
	const struct json *doc;
	struct err e = {0};
	for (int i = 0; i < before; i++)
		str_adds(&text, "ê");
	str_add_utf8(&text, cp);
	str_adds(&text, "ê nineteen letters behind");
	str_add_utf8(&one, cp);
	json_put_string(&w, str_span(&text));
	struct span inside = span_cut(str_span(&out), 1, out.n - 1);
	if ((span_find(inside, str_span(&one), 0) == SIZE_MAX) != escaped && cp != '\\' && cp != '"')
		fail_msg("U+%04X behind %d", cp, before);
	assert_int_equal(json_read(&a, str_span(&out), &doc, &e), 0);
	assert_true(span_eq(json_string(doc), str_span(&text)));
	assert_int_equal(utf8_count(str_span(&text)), (size_t)before + 26);
	str_release(&text);
	str_release(&one);
	str_release(&out);
	arena_release(&a);
}

static void json_escapes_wherever_it_stands(void **state)
{
	(void)state;
	static const struct {
		uint32_t cp;
		bool escaped;
	} cases[] = {{0, true}, {0x1F, true}, {' ', false}, {'"', true}, {'\\', true}, {0x7F, true},
		{0x80, true}, {0x9F, true}, {0xA0, false}, {0x2027, false}, {0x2028, true}, {0x2029, true},
		{0x202A, false}, {0x1F600, false}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		for (int before = 0; before < 20; before++)
			put_and_get(cases[i].cp, before, cases[i].escaped);
	struct str out = {0};
	struct json_writer w = {&out, false};
	json_begin_array(&w);
	json_put_int(&w, 0);
	json_put_int(&w, INT64_MIN);
	json_put_int(&w, INT64_MAX);
	json_put_string(&w, SPAN("sixteen bytes of \xE1\xBB and more"));
	json_end_array(&w);
	assert_string_equal(out.p,
		"[0,-9223372036854775808,9223372036854775807,\"sixteen bytes of \xEF\xBF\xBD and more\"]");
	str_release(&out);
}

/* `n` copies of `one` in an array. */
static int json_of_many(const char *one, int n)
{
	struct str s = {0};
	struct json *doc;
	struct err e = {0};
	str_addc(&s, '[');
	for (int i = 0; i < n; i++)
		str_adds(&s, one);
	str_adds(&s, "\",{{\\\",{\"]");
	int rc = json_parse(str_span(&s), &doc, &e);
	assert_true(rc == 0 || e.kind == ERR_LIMIT);
	json_free(doc);
	str_release(&s);
	return rc;
}

static void json_has_limits(void **state)
{
	(void)state;
	assert_int_equal(json_of_many("{},", JSON_OBJECTS_MAX), 0);
	assert_int_equal(json_of_many("{},", JSON_OBJECTS_MAX + 1), -1);
	assert_int_equal(json_of_many("1,", JSON_VALUES_MAX), 0);
	assert_int_equal(json_of_many("1,", JSON_VALUES_MAX + 1), -1);
}

static void reports_count_after_the_limit(void **state)
{
	(void)state;
	struct report r = {0};
	for (int i = 0; i < REPORT_MAX_PER_ID + 5; i++)
		report_add(&r, R_FEED_DATE_UNREAD, i, 1, "x", NULL);
	assert_int_equal(r.list.n, REPORT_MAX_PER_ID);
	assert_int_equal(r.list.p[REPORT_MAX_PER_ID - 1].times, 6);
	assert_int_equal(r.worst, LEVEL_NOTE);
	report_add(&r, R_FEED_TOO_MANY, 0, 0, "5000", NULL);
	assert_int_equal(r.worst, LEVEL_ERROR);
	report_back(&r, 3);
	assert_int_equal(r.list.n, 3);
	assert_int_equal(r.count[R_FEED_DATE_UNREAD], 3);
	assert_int_equal(r.count[R_FEED_TOO_MANY], 0);
	assert_int_equal(r.worst, LEVEL_NOTE);
	report_release(&r);
}

static void errors_keep_the_first_fault(void **state)
{
	(void)state;
	struct err e = {0};
	struct str s = {0};
	assert_int_equal(err_exit_status(&e), 0);
	assert_int_equal(err_set(&e, ERR_CONF, "%2 before %1", "one", "two"), -1);
	err_set(&e, ERR_IO, "later", NULL, NULL);
	err_at(&e, "rules/a.yaml", 3, 4);
	assert_int_equal(err_exit_status(&e), 2);
	err_format(&s, e.text, e.arg[0], e.arg[1]);
	assert_string_equal(s.p, "two before one");
	assert_int_equal(e.line, 3);
	str_release(&s);
}

static int echo_child(int in, int out, void *ctx)
{
	char b[64];
	(void)ctx;
	ssize_t n = read(in, b, sizeof b);
	return n > 0 && write(out, b, (size_t)n) == n ? 0 : 1;
}

static int open_child(int in, int out, void *ctx)
{
	(void)in;
	(void)out;
	(void)ctx;
	return fopen("/etc/hostname", "r") ? 1 : 0;
}

static int socket_child(int in, int out, void *ctx)
{
	(void)in;
	(void)out;
	(void)ctx;
	socket(AF_INET, SOCK_STREAM, 0);
	return 0;
}

static void jail_has_no_files_and_no_network(void **state)
{
	(void)state;
	struct jail_child c;
	struct err e = {0};
	char b[8] = {0};
	assert_int_equal(jail_spawn(&c, echo_child, NULL, &e), 0);
	assert_int_equal(write(c.to, "xin", 3), 3);
	struct pollfd p = {.fd = c.from, .events = POLLIN};
	assert_int_equal(poll(&p, 1, 5000), 1);
	assert_int_equal(read(c.from, b, sizeof b), 3);
	assert_string_equal(b, "xin");
	assert_int_equal(jail_end(&c, false), 0);
	assert_int_equal(jail_spawn(&c, open_child, NULL, &e), 0);
	assert_int_equal(jail_end(&c, false), 0);
	assert_int_equal(jail_spawn(&c, socket_child, NULL, &e), 0);
	int status = jail_end(&c, false);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS);
}

/* A stream of these bytes, written by another process piece by piece. */
static int stream(const char *bytes, size_t n)
{
	int ends[2];
	assert_int_equal(pipe(ends), 0);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		for (size_t at = 0; at < n; at += 70001)
			if (write(ends[1], bytes + at, n - at < 70001 ? n - at : 70001) < 0)
				_exit(1);
		_exit(0);
	}
	close(ends[1]);
	return ends[0];
}

static void lines_come_one_by_one(void **state)
{
	(void)state;
	enum { LONG = 600000 };
	struct str s = {0};
	struct err e = {0};
	struct lines l;
	struct span got;
	str_adds(&s, "\n  một\n\nhai\r\n");
	for (int i = 0; i < LONG; i++)
		str_addc(&s, 'x');
	str_adds(&s, "\nba");
	int fd = stream(s.p, s.n);
	lines_open(&l, fd, "x", LONG - 1);
	assert_int_equal(lines_peek(&l, &e), 'm');
	static const char *const want[] = {"", "  một", "", "hai\r", NULL, "ba"};
	for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
		assert_int_equal(lines_next(&l, &got, &e), want[i] ? LINES_LINE : LINES_LONG);
		assert_true(!want[i] || span_is(got, want[i]));
	}
	assert_int_equal(lines_next(&l, &got, &e), LINES_END);
	assert_int_equal(lines_peek(&l, &e), 0);
	lines_close(&l);
	close(fd);

	fd = stream(s.p, s.n);
	lines_open(&l, fd, "x", LONG);
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(lines_next(&l, &got, &e), LINES_LINE);
	assert_int_equal(got.n, LONG);
	assert_int_equal(lines_rest(&l, 2, &got, &e), LINES_LINE);
	assert_true(span_is(got, "ba"));
	lines_close(&l);
	close(fd);

	fd = stream(s.p, s.n);
	lines_open(&l, fd, "x", LONG);
	assert_int_equal(lines_rest(&l, LONG, &got, &e), LINES_LONG);
	assert_int_equal(lines_next(&l, &got, &e), LINES_END);
	lines_close(&l);
	close(fd);
	while (wait(NULL) > 0)
		;
	lines_open(&l, -1, "nowhere", LONG);
	assert_int_equal(lines_next(&l, &got, &e), -1);
	assert_string_equal(e.arg[0], "nowhere");
	lines_close(&l);
	str_release(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(utf8_knows_table_3_7),
		cmocka_unit_test(str_keeps_its_limit), cmocka_unit_test(arena_survives_clear),
		cmocka_unit_test(arena_goes_back), cmocka_unit_test(map_finds_what_was_put),
		cmocka_unit_test(sha256_is_fips_180), cmocka_unit_test(stamps_go_round),
		cmocka_unit_test(urls_resolve_as_rfc_3986), cmocka_unit_test(json_goes_round),
		cmocka_unit_test(json_is_read_as_meant), cmocka_unit_test(json_escapes_wherever_it_stands),
		cmocka_unit_test(json_escapes_take_no_time), cmocka_unit_test(json_has_limits),
		cmocka_unit_test(reports_count_after_the_limit), cmocka_unit_test(lines_come_one_by_one),
		cmocka_unit_test(errors_keep_the_first_fault),
		cmocka_unit_test(jail_has_no_files_and_no_network)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
