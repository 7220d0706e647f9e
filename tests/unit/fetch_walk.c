/* fetch_walk: asks for addresses through fetch/ and prints an NDJSON line for each answer, then one of costs.
 * A driver for the tests against a hostile server; no part of the product. usage: fetch_walk [-p PARALLEL]
 * [-h PER_HOST] [-g GAP_MS] [-t SECONDS] [-x PROXY] [-f GIVE_UP] [-a ALLOW_HOST]
 *   [-b MAX_BYTES] < REQUESTS
 * A request is a line "URL<TAB>ETag<TAB>Last-Modified<TAB>Header<TAB>Header…"; empty fields are not sent.
 * A header "allow=HOST:PORT" is none but sets the host of this request that may be private; "robots" has it
 * keep to robots.txt. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "fetch/fetch.h"

#include "base/banned.h"

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED true
#endif
#endif
#ifndef SANITIZED
#define SANITIZED false
#endif

struct walk {
	struct str line;
	int64_t began;
	size_t n;
};

static const char *const results[] = {"ok", "not-modified", "status", "refused", "disallowed", "failed"};

static void print(struct walk *w)
{
	str_addc(&w->line, '\n');
	fwrite(w->line.p, 1, w->line.n, stdout);
	str_clear(&w->line);
}

static void put_text(struct json_writer *j, const char *key, const char *text, const struct err *e)
{
	struct str s;
	str_init(&s, 0);
	err_format(&s, text ? text : "", e->arg[0], e->arg[1]);
	json_field_opt(j, key, s.p);
	str_release(&s);
}

static void on_done(const struct fetch_answer *a, void *ctx)
{
	struct walk *w = ctx;
	struct json_writer j = {.out = &w->line};
	w->n++;
	json_begin_object(&j);
	json_field(&j, "url", a->request->url);
	json_field(&j, "result", results[a->result]);
	json_field_int(&j, "status", a->status);
	json_field_int(&j, "bytes", (int64_t)a->body.n);
	json_field_int(&j, "cut", a->cut);
	json_field_int(&j, "head", (int64_t)a->head.n);
	json_field_opt(&j, "last", a->url);
	json_field_opt(&j, "permanent", a->permanent_url);
	json_field_opt(&j, "ip", a->ip);
	json_field_opt(&j, "type", a->content_type);
	json_field_opt(&j, "coding", a->content_encoding);
	json_field_opt(&j, "etag", a->etag);
	json_field_opt(&j, "modified", a->last_modified);
	json_field_int(&j, "retry", a->retry_after);
	json_field_int(&j, "age", a->max_age);
	json_field_int(&j, "kind", a->err.kind);
	put_text(&j, "text", a->err.text, &a->err);
	put_text(&j, "todo", a->err.todo, &a->err);
	json_field_opt(&j, "where", a->err.where);
	json_field_int(&j, "ms", clock_monotonic_ms() - w->began);
	json_end_object(&j);
	print(w);
}

static void add(struct fetch *f, struct span line, const char *allow, int max_bytes)
{
	struct arena a = {0};
	struct span part;
	const char *headers[8];
	struct fetch_request r = {.allow_host = allow, .headers = headers, .max_bytes = (size_t)max_bytes};
	for (size_t i = 0; span_next(&line, '\t', &part); i++) {
		const char *s = part.n ? arena_dup(&a, part) : NULL;
		if (i == 0)
			r.url = s;
		else if (i == 1)
			r.etag = s;
		else if (i == 2)
			r.last_modified = s;
		else if (s && span_starts(part, "allow="))
			r.allow_host = s + 6;
		else if (s && span_is(part, "robots"))
			r.robots = true;
		else if (s && r.n_headers < 8)
			headers[r.n_headers++] = s;
	}
	fetch_add(f, &r);
	arena_release(&a);
}

static void print_costs(struct walk *w)
{
	struct rusage u;
	struct json_writer j = {.out = &w->line};
	getrusage(RUSAGE_SELF, &u);
	json_begin_object(&j);
	json_field_int(&j, "answers", (int64_t)w->n);
	if (!SANITIZED) /* whose memory is not the program's */
		json_field_int(&j, "peak_kb", u.ru_maxrss);
	json_field_int(&j, "cpu_ms",
		(int64_t)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1000 +
			(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1000);
	json_field_int(&j, "ms", clock_monotonic_ms() - w->began);
	json_end_object(&j);
	print(w);
}

static int number(const char *s)
{
	int64_t n = 0;
	return span_to_int64(span_of(s), &n) ? (int)n : 0;
}

int main(int argc, char **argv)
{
	struct fetch_settings s = {.user_agent = "soatin-test/1 (+mailto:test@example.org)"};
	struct walk w = {.began = clock_monotonic_ms()};
	struct fetch *f = NULL;
	struct arena a = {0};
	struct err e = {0};
	struct span all, line;
	const char *allow = NULL;
	int max_bytes = 0;
	for (int c; (c = getopt(argc, argv, "p:h:g:t:x:f:a:b:")) != -1;) {
		switch (c) {
		case 'p':
			s.parallel = number(optarg);
			break;
		case 'h':
			s.per_host = number(optarg);
			break;
		case 'g':
			s.gap_ms = number(optarg);
			break;
		case 't':
			s.timeout = number(optarg);
			break;
		case 'f':
			s.give_up = number(optarg);
			break;
		case 'x':
			s.http_proxy = s.https_proxy = optarg;
			break;
		case 'b':
			max_bytes = number(optarg);
			break;
		case 'a':
			allow = optarg;
			break;
		default:
			return 2;
		}
	}
	if (file_read(&a, "-", 64 << 20, &all, &e) < 0 || fetch_new(&s, on_done, &w, &f, &e) < 0)
		return 1;
	while (span_next(&all, '\n', &line))
		if (line.n)
			add(f, line, allow, max_bytes);
	int rc = 0;
	while (rc == 0 && fetch_pending(f))
		rc = fetch_step(f, NULL, 0, 1000, &e);
	fetch_free(f);
	print_costs(&w);
	str_release(&w.line);
	arena_release(&a);
	return rc < 0;
}
