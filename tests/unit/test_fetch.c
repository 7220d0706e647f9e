/* test_fetch: what fetch/ knows without a network: which addresses are private, what a head says, how an
 * address is cleaned. The walk through a hostile server is fetch_walk.py. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/url.h"
#include "fetch/fetch.h"
#include "fetch/fetch_priv.h"

#include "base/banned.h"

/* IANA's registries of special-purpose addresses, first and last address of each block, and the neighbours
 * outside. */
static const struct {
	const char *first, *last, *before, *after; /* before, after: NULL when private themselves or none */
} blocks[] = {
	{"0.0.0.0", "0.255.255.255", NULL, "1.0.0.0"},
	{"10.0.0.0", "10.255.255.255", "9.255.255.255", "11.0.0.0"},
	{"100.64.0.0", "100.127.255.255", "100.63.255.255", "100.128.0.0"},
	{"127.0.0.0", "127.255.255.255", "126.255.255.255", "128.0.0.0"},
	{"169.254.0.0", "169.254.255.255", "169.253.255.255", "169.255.0.0"},
	{"172.16.0.0", "172.31.255.255", "172.15.255.255", "172.32.0.0"},
	{"192.0.0.0", "192.0.0.255", "191.255.255.255", "192.0.1.0"},
	{"192.0.2.0", "192.0.2.255", "192.0.1.255", "192.0.3.0"},
	{"192.88.99.0", "192.88.99.255", "192.88.98.255", "192.88.100.0"},
	{"192.168.0.0", "192.168.255.255", "192.167.255.255", "192.169.0.0"},
	{"198.18.0.0", "198.19.255.255", "198.17.255.255", "198.20.0.0"},
	{"198.51.100.0", "198.51.100.255", "198.51.99.255", "198.51.101.0"},
	{"203.0.113.0", "203.0.113.255", "203.0.112.255", "203.0.114.0"},
	{"224.0.0.0", "239.255.255.255", "223.255.255.255", NULL},
	{"240.0.0.0", "255.255.255.255", NULL, NULL},
	{"::", "::1", NULL, NULL},
	{"::ffff:0.0.0.0", "::ffff:0.255.255.255", NULL, "::ffff:1.0.0.0"},
	{"::ffff:127.0.0.0", "::ffff:127.255.255.255", "::ffff:126.255.255.255", "::ffff:128.0.0.0"},
	{"64:ff9b::10.0.0.0", "64:ff9b::10.255.255.255", "64:ff9b::9.255.255.255", "64:ff9b::11.0.0.0"},
	{"64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff", NULL, NULL},
	{"100::", "100::ffff:ffff:ffff:ffff", NULL, NULL},
	{"100:0:0:1::", "100:0:0:1:ffff:ffff:ffff:ffff", NULL, NULL},
	{"2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", "2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
		"2001:200::"},
	{"2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db7:ffff::", "2001:db9::"},
	{"2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2001:ffff::", "2003::"},
	{"3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff", "3ffe:ffff::", "3fff:1000::"},
	{"5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff", NULL, NULL},
	{"4000::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "3fff:ffff::", NULL},
	{"fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", NULL, NULL},
	{"fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff", NULL, NULL},
	{"ff00::", "ff02::1", NULL, NULL},
};

static void special_addresses_are_private(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
		assert_true(fetch_address_private(blocks[i].first));
		assert_true(fetch_address_private(blocks[i].last));
		assert_true(!blocks[i].before || !fetch_address_private(blocks[i].before));
		assert_true(!blocks[i].after || !fetch_address_private(blocks[i].after));
	}
	static const char *const open[] = {"1.1.1.1", "8.8.8.8", "113.160.0.1", "192.0.66.2", "2400:cb00::1",
		"2606:4700::1111", "2a00:1450::1", "2620:4f:8000::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"};
	for (size_t i = 0; i < sizeof open / sizeof *open; i++)
		assert_false(fetch_address_private(open[i]));
	static const char *const none[] = {
		"", "localhost", "0177.0.0.1", "2130706433", "1.1.1", "1.1.1.1 ", "fe80::1%lo", "[::1]", "x"};
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		assert_true(fetch_address_private(none[i]));
	struct sockaddr_in in = {.sin_family = AF_INET};
	inet_pton(AF_INET, "8.8.8.8", &in.sin_addr);
	assert_false(sockaddr_private((struct sockaddr *)&in));
	in.sin_family = AF_UNIX;
	assert_true(sockaddr_private((struct sockaddr *)&in));
}

static void hosts_written_as_numbers_are_seen(void **state)
{
	(void)state;
	static const char *const bad[] = {"127.0.0.1", "0177.0.0.1", "0x7f.1", "2130706433", "127.1", "0",
		"[::1]", "[::ffff:127.0.0.1]", "localhost", "LOCALHOST.", "a.localhost", "169.254.169.254",
		"10.1", "", "."};
	static const char *const good[] = {
		"1.1.1.1", "[2606:4700::1111]", "localhost.example", "notlocalhost", "127.0.0.1.example"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_true(host_literally_private(span_of(bad[i])));
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		assert_false(host_literally_private(span_of(good[i])));
}

static void addresses_are_cleaned(void **state)
{
	(void)state;
	static const struct {
		const char *base, *ref, *out, *user;
	} cases[] = {
		{NULL, "http://Tin.Example/a b?c=đ#e", "http://tin.example/a%20b?c=%C4%91", NULL},
		{NULL, " https://u:p@tin.example:8080 ", "https://tin.example:8080", "u:p"},
		{"http://u:p@tin.example/a/b", "../c", "http://tin.example/c", NULL},
		{"https://tin.example/a", "//khac.example/x", "https://khac.example/x", NULL},
		{"http://tin.example/", "http://evil\\@tin.example/", "http://tin.example/", NULL},
		{"http://tin.example/", "ok\x1b[31m\r\nX: y", "http://tin.example/ok%1B[31m%0D%0AX:%20y",
			NULL},
		{"http://tin.example/", "ftp://tin.example/", NULL, NULL},
		{"http://tin.example/", "javascript:alert(1)", NULL, NULL},
		{"http://tin.example/", "", NULL, NULL},
		{NULL, "tin.example/", NULL, NULL},
		{NULL, "http://ti\x1bn.example/", NULL, NULL},
		{NULL, "http://ti n.example/", NULL, NULL},
		{NULL, "http://ti\xFFn.example/", NULL, NULL},
		{NULL, "http://tin.example:0/", NULL, NULL},
		{NULL, "http://tin.example:65536/", NULL, NULL},
		{NULL, "http://tin.example:8x/", NULL, NULL},
		{NULL, "http://@/", NULL, NULL},
	};
	struct arena a = {0};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *user = NULL, *out = url_clean(&a, cases[i].base, span_of(cases[i].ref), &user);
		assert_true((out == NULL) == (cases[i].out == NULL));
		if (!out)
			continue;
		assert_string_equal(out, cases[i].out);
		if (cases[i].user)
			assert_string_equal(user, cases[i].user);
	}
	assert_string_equal(url_host_port(&a, "http://Tin.example/"), "tin.example:80");
	assert_string_equal(url_host_port(&a, "https://tin.example/"), "tin.example:443");
	assert_string_equal(url_host_port(&a, "https://[::1]:8443/"), "[::1]:8443");
	arena_release(&a);
}

static void an_address_has_its_limit(void **state)
{
	(void)state;
	struct arena a = {0};
	struct str s;
	str_init(&s, 0);
	str_adds(&s, "http://tin.example/");
	while (s.n < URL_MAX)
		str_addc(&s, 'a');
	assert_non_null(url_clean(&a, NULL, str_span(&s), NULL));
	str_addc(&s, 'a');
	assert_null(url_clean(&a, NULL, str_span(&s), NULL));
	str_release(&s);
	arena_release(&a);
}

static void heads_are_read(void **state)
{
	(void)state;
	struct span head = SPAN("HTTP/1.1 200 OK\r\nA: 1\r\na:2\r\nEmpty:\r\n: x\r\nno colon\r\n\r\n");
	assert_true(span_is(header_get(head, "a"), "1"));
	assert_true(header_get(head, "empty").p && !header_get(head, "empty").n);
	assert_null(header_get(head, "b").p);
	assert_int_equal(header_status(SPAN("HTTP/1.1 200 OK")), 200);
	assert_int_equal(header_status(SPAN("HTTP/2 304 ")), 304);
	assert_int_equal(header_status(SPAN("HTTP/1.1 20")), 0);
	assert_int_equal(header_status(SPAN("HTTP/1.1 -20 x")), 0);
	assert_int_equal(header_status(SPAN("HTTP/1.1 099 x")), 0);
	assert_int_equal(header_status(SPAN("ICY 200 OK")), 0);
}

static void only_plain_text_is_kept(void **state)
{
	(void)state;
	struct arena a = {0};
	struct str s;
	static const char *const bad[] = {"", "a\x1b[2J", "a\nb", "a\x7F", "\xFF", "a\xC2\x9B[31m"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_null(header_printable(&a, span_of(bad[i])));
	assert_null(header_printable(&a, SPAN("a\0b")));
	assert_string_equal(header_printable(&a, SPAN("W/\"tiếng Việt\"")), "W/\"tiếng Việt\"");
	str_init(&s, 0);
	while (s.n < VALIDATOR_MAX)
		str_addc(&s, 'a');
	assert_non_null(header_printable(&a, str_span(&s)));
	str_addc(&s, 'a');
	assert_null(header_printable(&a, str_span(&s)));
	str_release(&s);
	arena_release(&a);
}

static void waiting_times_are_capped(void **state)
{
	(void)state;
	enum { NOW = 1795392000 }; /* Mon, 23 Nov 2026 00:00:00 GMT */
	static const struct {
		const char *value;
		int64_t seconds;
	} after[] =
		{
			{"", 0},
			{"0", 0},
			{"120", 120},
			{"-1", 0},
			{"1.5", 0},
			{"86400", 86400},
			{"86401", 86400},
			{"99999999999", 86400},
			{"999999999999999999999999999", 86400},
			{"Mon, 23 Nov 2026 01:00:00 GMT", 3600},
			{"Monday, 23-Nov-26 01:00:00 GMT", 3600},
			{"Mon Nov 23 01:00:00 2026", 3600},
			{"Sun, 22 Nov 2026 01:00:00 GMT", 0},
			{"Mon, 23 Nov 2099 01:00:00 GMT", 86400},
			{"soon", 0},
			{"tomorrow morning, perhaps", 0},
		},
	  age[] = {
		  {"", -1},
		  {"public", -1},
		  {"max-age=60", 60},
		  {"public, MAX-AGE=60, max-age=70", 60},
		  {"max-age=\"60\"", 60},
		  {"max-age=-1", -1},
		  {"max-age=x", -1},
		  {"no-cache, max-age=60", 0},
		  {"max-age=60,no-store", 0},
		  {"s-maxage=60", -1},
		  {"max-age=99999999999999999999", INT32_MAX},
	  };
	for (size_t i = 0; i < sizeof after / sizeof *after; i++)
		assert_int_equal(header_retry_after(span_of(after[i].value), NOW), after[i].seconds);
	for (size_t i = 0; i < sizeof age / sizeof *age; i++)
		assert_int_equal(header_max_age(span_of(age[i].value)), age[i].seconds);
}

static void proxies_are_chosen_as_by_curl(void **state)
{
	(void)state;
	struct fetch_settings s = {.http_proxy = "http://p:1",
		.https_proxy = "socks5h://s:2",
		.no_proxy = "noi-bo.example, .Tin.example,::1"};
	assert_string_equal(proxy_for(&s, "http://a.example/"), "http://p:1");
	assert_string_equal(proxy_for(&s, "https://a.example/"), "socks5h://s:2");
	assert_null(proxy_for(&s, "http://noi-bo.example:8080/"));
	assert_null(proxy_for(&s, "http://a.noi-bo.example/"));
	assert_null(proxy_for(&s, "http://bao.tin.example/"));
	assert_null(proxy_for(&s, "http://[::1]/"));
	assert_non_null(proxy_for(&s, "http://xnoi-bo.example/"));
	s.no_proxy = "*";
	assert_null(proxy_for(&s, "http://a.example/"));
	s = (struct fetch_settings){.http_proxy = "http://p:1"};
	assert_string_equal(proxy_for(&s, "http://noi-bo.example/"), "http://p:1");
	assert_null(proxy_for(&s, "https://a.example/"));
}

/* --- the door, without a network --- */

struct told {
	unsigned n, adds;
	enum fetch_result result;
	char text[128];
	struct fetch *f;
};

static void on_done(const struct fetch_answer *a, void *ctx)
{
	struct told *t = ctx;
	t->n++;
	t->result = a->result;
	snprintf(t->text, sizeof t->text, "%s", a->err.text ? a->err.text : "");
	assert_int_equal(a->err.kind == ERR_NONE, a->result == FETCH_OK || a->result == FETCH_NOT_MODIFIED);
	if (t->adds) {
		struct fetch_request r = {.url = "not an address"};
		t->adds--;
		fetch_add(t->f, &r);
	}
}

static void a_bad_address_is_told_by_the_callback(void **state)
{
	(void)state;
	struct told t = {.adds = 2};
	struct err e = {0};
	struct fetch_settings s = {.user_agent = "t"};
	struct fetch_request bad = {.url = "gopher://tin.example/"}, private = {.url = "http://127.0.0.1:1/"};
	assert_int_equal(fetch_new(&s, on_done, &t, &t.f, &e), 0);
	fetch_add(t.f, &bad);
	assert_int_equal(t.n, 0);
	assert_int_equal(fetch_pending(t.f), 1);
	for (int i = 0; i < 5 && fetch_pending(t.f); i++)
		assert_int_equal(fetch_step(t.f, NULL, 0, 1000, &e), 0);
	assert_int_equal(t.n, 3); /* a callback may add */
	assert_int_equal(t.result, FETCH_FAILED);
	fetch_add(t.f, &private);
	assert_int_equal(fetch_step(t.f, NULL, 0, 0, &e), 0);
	assert_int_equal(t.n, 4);
	assert_int_equal(t.result, FETCH_REFUSED);
	fetch_add(t.f, &bad);
	fetch_add(t.f, &private);
	fetch_free(t.f); /* dropped without a callback */
	assert_int_equal(t.n, 4);
	fetch_free(NULL);
}

static void a_step_watches_other_descriptors(void **state)
{
	(void)state;
	struct told t = {0};
	struct err e = {0};
	struct fetch_settings s = {.user_agent = "t"};
	int p[2];
	assert_int_equal(pipe(p), 0);
	assert_int_equal(fetch_new(&s, on_done, &t, &t.f, &e), 0);
	struct pollfd extra = {.fd = p[0], .events = POLLIN};
	assert_int_equal(fetch_step(t.f, &extra, 1, 1, &e), 0);
	assert_int_equal(extra.revents, 0);
	assert_int_equal(write(p[1], "x", 1), 1);
	assert_int_equal(fetch_step(t.f, &extra, 1, 60000, &e), 0);
	assert_true(extra.revents & POLLIN);
	char c;
	assert_int_equal(read(p[0], &c, 1), 1);
	close(p[1]);
	assert_int_equal(fetch_step(t.f, &extra, 1, 60000, &e), 0);
	assert_true(extra.revents & POLLHUP);
	close(p[0]);
	fetch_free(t.f);
}

static void robots_say_who_may_come(void **state)
{
	static const struct {
		const char *text, *url;
		bool allow;
	} cases[] = {
		{"", "http://a/x", true},
		{"User-agent: *\nDisallow: /\n", "http://a", false},
		{"User-agent: *\nDisallow:\n", "http://a/x", true},
		{"Disallow: /\n", "http://a/x", true}, /* in no group */
		{"User-agent: bot\nUser-agent: *\nDisallow: /a\n", "http://a/abc", false},
		{"user-AGENT : soatin/1.0\r\ndisallow : /a # why\r\n", "http://a/a", false},
		{"User-agent: soatina\nDisallow: /\n", "http://a/x", true},
		{"User-agent: *\nDisallow: /\nUser-agent: soatin\nAllow: /\n", "http://a/x", true},
		{"User-agent: soatin\nDisallow: /a\n\nUser-agent: x\nDisallow: /\n\nUser-agent: "
		 "soatin\nDisallow: /b\n",
			"http://a/b", false}, /* groups of one name are one */
		{"User-agent: *\nDisallow: /a\nAllow: /a/b\n", "http://a/a/bc", true},
		{"User-agent: *\nAllow: /a\nDisallow: /a/b\n", "http://a/a/bc", false},
		{"User-agent: *\nDisallow: /p\nAllow: /p\n", "http://a/p", true},
		{"User-agent: *\nDisallow: /*.pdf$\n", "http://a/x/y.pdf", false},
		{"User-agent: *\nDisallow: /*.pdf$\n", "http://a/x/y.pdf?z", true},
		{"User-agent: *\nDisallow: /*x*y\n", "http://a/1x2x3y4", false},
		{"User-agent: *\nDisallow: /a?b=*&c\n", "http://a/a?b=1&c=2", false},
		{"User-agent: *\nDisallow: /h\xE1\xBB\x93\n", "http://a/h%e1%bb%93n", false},
		{"User-agent: *\nDisallow: /%7Ejoe/\n", "http://a/~joe/x", false},
		{"User-agent: *\nDisallow: /a%2fb\n", "http://a/a/b", true},
		{"\xEF\xBB\xBFUser-agent: *\rDisallow: /\r", "http://a/x", false},
		{"User-agent: *\nCrawl-delay: 3\nUser-agent: soatin\nDisallow: /\n", "http://a/x", false},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct robots *r = robots_read(span_of(cases[i].text), "soatin");
		if (robots_allow(r, cases[i].url) != cases[i].allow)
			fail_msg("%s on %s", cases[i].text, cases[i].url);
		robots_free(r);
	}
}

static int64_t delay_of(const char *text)
{
	struct robots *r = robots_read(span_of(text), "soatin");
	int64_t ms = robots_delay_ms(r);
	robots_free(r);
	return ms;
}

static void robots_stay_within_limits(void **state)
{
	struct str s = {0};
	(void)state;
	assert_int_equal(delay_of("User-agent: *\nCrawl-delay: 2\n"), 2000);
	assert_int_equal(delay_of("User-agent: *\nCrawl-delay: 0.5\n"), 1000);
	assert_int_equal(delay_of("User-agent: *\nCrawl-delay: -3\n"), 0);
	assert_int_equal(delay_of("User-agent: *\nCrawl-delay: 99999999999\n"), CRAWL_DELAY_MAX * 1000);
	assert_int_equal(delay_of("User-agent: x\nCrawl-delay: 2\n"), 0);
	/* a pattern that costs too much: not asked for, and soon */
	str_adds(&s, "User-agent: *\n");
	for (int i = 0; i < ROBOTS_RULES_MAX; i++)
		str_addf(&s, "Allow: /*a*a*a*a*a*a*a*b%d\n", i);
	struct robots *r = robots_read(str_span(&s), "soatin");
	str_clear(&s);
	str_adds(&s, "http://x/");
	while (s.n < 4000)
		str_adds(&s, "a");
	assert_false(robots_allow(r, s.p));
	assert_true(robots_allow(r, "http://x/b"));
	robots_free(r);
	str_release(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(special_addresses_are_private),
		cmocka_unit_test(hosts_written_as_numbers_are_seen), cmocka_unit_test(addresses_are_cleaned),
		cmocka_unit_test(an_address_has_its_limit), cmocka_unit_test(heads_are_read),
		cmocka_unit_test(only_plain_text_is_kept), cmocka_unit_test(waiting_times_are_capped),
		cmocka_unit_test(proxies_are_chosen_as_by_curl),
		cmocka_unit_test(a_bad_address_is_told_by_the_callback),
		cmocka_unit_test(a_step_watches_other_descriptors), cmocka_unit_test(robots_say_who_may_come),
		cmocka_unit_test(robots_stay_within_limits)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
