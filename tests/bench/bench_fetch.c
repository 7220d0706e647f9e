/* bench_fetch: what asking a thousand sources costs, against libcurl's multi interface driven as simply as
 * can be. usage: python3 hostile_server.py --no-tls --hosts 1000    (in another terminal; prints its port)
 *        bench_fetch PORT HOSTS [ROUNDS [PARALLEL]]
 * Each round runs both in processes of their own, in turn; printed are the medians of CPU and wall time and
 * peak memory. */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "fetch/fetch.h"

#include "base/banned.h"

enum { ROUNDS_MAX = 64, URL_ROOM = 96 };

struct plan {
	int port, hosts, parallel;
};

struct cost {
	double cpu_ms, ms, mb;
	size_t bytes;
};

static void url_of(const struct plan *p, int i, char *host, char *url)
{
	int n = i + 1; /* 127.0.0.1, 127.0.0.2, … 127.0.1.0 … as the server binds them */
	snprintf(host, URL_ROOM, "127.%d.%d.%d:%d", n >> 16, (n >> 8) & 255, n & 255, p->port);
	snprintf(url, URL_ROOM * 2, "http://%s/bench/%d.xml?kb=60", host, i);
}

/* --- as simply as can be --- */

struct buffer {
	char *p;
	size_t n, cap;
};

static size_t keep(char *p, size_t size, size_t n, void *ctx)
{
	struct buffer *b = ctx;
	n *= size;
	if (b->n + n > b->cap) {
		b->cap = (b->n + n) * 2;
		b->p = xrealloc(b->p, b->cap);
	}
	memcpy(b->p + b->n, p, n);
	b->n += n;
	return n;
}

static void bare_next(const struct plan *p, CURLM *m, CURL *c, struct buffer *b, int *next)
{
	char host[URL_ROOM], url[URL_ROOM * 2];
	if (*next == p->hosts)
		return;
	url_of(p, (*next)++, host, url);
	b->n = 0;
	curl_easy_setopt(c, CURLOPT_URL, url);
	curl_easy_setopt(c, CURLOPT_WRITEDATA, b);
	curl_easy_setopt(c, CURLOPT_PRIVATE, b);
	curl_multi_add_handle(m, c);
}

static size_t bare(const struct plan *p)
{
	struct buffer *buffers = xcalloc((size_t)p->parallel, sizeof *buffers);
	CURLM *m = curl_multi_init();
	int next = 0, running = 0, left;
	size_t bytes = 0;
	for (int i = 0; i < p->parallel && i < p->hosts; i++) {
		CURL *c = curl_easy_init();
		curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, keep);
		curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
		curl_easy_setopt(c, CURLOPT_USERAGENT, "bench");
		bare_next(p, m, c, &buffers[i], &next);
	}
	do {
		curl_multi_perform(m, &running);
		for (CURLMsg *msg; (msg = curl_multi_info_read(m, &left)) != NULL;) {
			CURL *c = msg->easy_handle;
			char *b = NULL;
			curl_easy_getinfo(c, CURLINFO_PRIVATE, &b);
			bytes += ((struct buffer *)(void *)b)->n;
			curl_multi_remove_handle(m, c);
			bare_next(p, m, c, (struct buffer *)(void *)b, &next);
			running = 1;
		}
		if (running)
			curl_multi_poll(m, NULL, 0, 1000, NULL);
	} while (running);
	return bytes;
}

/* --- ours --- */

static void on_done(const struct fetch_answer *a, void *ctx)
{
	if (a->result == FETCH_OK)
		*(size_t *)ctx += a->body.n;
}

static size_t ours(const struct plan *p)
{
	struct fetch_settings s = {.user_agent = "bench", .parallel = p->parallel};
	struct fetch *f = NULL;
	struct err e = {0};
	size_t bytes = 0;
	if (fetch_new(&s, on_done, &bytes, &f, &e) < 0)
		return 0;
	for (int i = 0; i < p->hosts; i++) {
		char host[URL_ROOM], url[URL_ROOM * 2];
		url_of(p, i, host, url);
		struct fetch_request r = {.url = url, .allow_host = host};
		fetch_add(f, &r);
	}
	while (fetch_pending(f) && fetch_step(f, NULL, 0, 1000, &e) == 0)
		;
	fetch_free(f);
	return bytes;
}

/* --- measuring --- */

static struct cost measure(size_t (*run)(const struct plan *), const struct plan *p)
{
	struct cost c = {0};
	struct rusage u;
	int to[2];
	if (pipe(to) < 0)
		return c;
	int64_t began = clock_monotonic_ms();
	pid_t pid = fork();
	if (pid == 0) {
		size_t bytes = run(p);
		_exit(write(to[1], &bytes, sizeof bytes) != (ssize_t)sizeof bytes);
	}
	close(to[1]);
	if (read(to[0], &c.bytes, sizeof c.bytes) != (ssize_t)sizeof c.bytes)
		c.bytes = 0;
	close(to[0]);
	wait4(pid, NULL, 0, &u);
	c.ms = (double)(clock_monotonic_ms() - began);
	c.cpu_ms = (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1e3 +
		   (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e3;
	c.mb = (double)u.ru_maxrss / 1024;
	return c;
}

static int by_cpu(const void *a, const void *b)
{
	double x = ((const struct cost *)a)->cpu_ms, y = ((const struct cost *)b)->cpu_ms;
	return (x > y) - (x < y);
}

static int number(int argc, char **argv, int i, int otherwise)
{
	int64_t n;
	return i < argc && span_to_int64(span_of(argv[i]), &n) ? (int)n : otherwise;
}

int main(int argc, char **argv)
{
	struct plan p = {number(argc, argv, 1, 0), number(argc, argv, 2, 0), number(argc, argv, 4, 64)};
	struct cost a[ROUNDS_MAX], b[ROUNDS_MAX];
	int rounds = number(argc, argv, 3, 7);
	if (!p.port || !p.hosts || p.parallel < 1 || rounds < 1 || rounds > ROUNDS_MAX) {
		fprintf(stderr, "usage: bench_fetch PORT HOSTS [ROUNDS [PARALLEL]]\n");
		return 2;
	}
	measure(bare, &p); /* the server makes its pages once */
	for (int i = 0; i < rounds; i++) {
		a[i] = measure(bare, &p);
		b[i] = measure(ours, &p);
		if (a[i].bytes != b[i].bytes || !a[i].bytes) {
			fprintf(stderr, "not the same bytes: %zu and %zu\n", a[i].bytes, b[i].bytes);
			return 1;
		}
	}
	qsort(a, (size_t)rounds, sizeof *a, by_cpu);
	qsort(b, (size_t)rounds, sizeof *b, by_cpu);
	struct cost x = a[rounds / 2], y = b[rounds / 2];
	printf("%d sources, %.1f MB, %d at once, median of %d\n", p.hosts, (double)x.bytes / 1e6, p.parallel,
		rounds);
	printf("bare  cpu %7.1f ms  wall %7.1f ms  peak %6.1f MB\n", x.cpu_ms, x.ms, x.mb);
	printf("ours  cpu %7.1f ms  wall %7.1f ms  peak %6.1f MB\n", y.cpu_ms, y.ms, y.mb);
	printf("ratio cpu %7.2f     wall %7.2f\n", y.cpu_ms / x.cpu_ms, y.ms / x.ms);
	return 0;
}
