/* bench_feed: feeds of a folder, all in memory, through decode and feed; beside it libxml2's bare SAX2 push
 * parser on the same bytes, as the floor. CPU MB/s of the best of five rounds, how many times the floor, and
 * the peak memory of a process of its own that reads the files one by one.
 * usage: bench_feed FOLDER [bare|decode|markup|feed] */
#include <dirent.h>
#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "decode/decode.h"
#include "feed/feed.h"
#include "markup/markup.h"

#include "base/banned.h"

enum { ROUNDS = 5, FILES_MAX = 20000, PUSH = 4096 };

static struct span files[FILES_MAX];
static size_t n_files, n_bytes, n_entries;
static struct decode *decode;

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void start(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int n_ns,
	const xmlChar **ns, int n, int defaulted, const xmlChar **attrs)
{
	(void)name, (void)prefix, (void)uri, (void)n_ns, (void)ns, (void)n, (void)defaulted, (void)attrs;
	++*(size_t *)ctx;
}

static void end(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	(void)name, (void)prefix, (void)uri;
	++*(size_t *)ctx;
}

static void text(void *ctx, const xmlChar *s, int n)
{
	(void)s;
	*(size_t *)ctx += (size_t)n;
}

static void bare_push(struct span s)
{
	xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
		.startElementNs = start,
		.endElementNs = end,
		.characters = text,
		.cdataBlock = text};
	size_t sink = 0;
	xmlParserCtxt *p = xmlCreatePushParserCtxt(&sax, &sink, NULL, 0, NULL);
	for (size_t at = 0; at < s.n; at += PUSH)
		xmlParseChunk(p, s.p + at, (int)(s.n - at < PUSH ? s.n - at : PUSH), 0);
	xmlParseChunk(p, "", 0, 1);
	xmlFreeParserCtxt(p);
}

static void count_start(
	void *ctx, struct span name, struct span ns, const struct markup_attr *attrs, size_t n)
{
	(void)name, (void)ns, (void)attrs, (void)n;
	++*(size_t *)ctx;
}

static void count_text(void *ctx, struct span s)
{
	*(size_t *)ctx += s.n;
}

static void count_end(void *ctx, struct span name, struct span ns)
{
	(void)name, (void)ns;
	++*(size_t *)ctx;
}

static void only_markup(struct span s)
{
	static const struct markup_events events = {
		.start = count_start, .text = count_text, .end = count_end};
	struct report rep = {0};
	struct err e = {0};
	size_t sink = 0;
	if (markup_xml(s, &events, NULL, &sink, &rep, &e) < 0)
		abort();
	report_release(&rep);
}

static void only_decode(struct span s)
{
	struct arena a = {0};
	struct report rep = {0};
	struct err e = {0};
	struct decoded d;
	if (decode_body(decode, &a, s, (struct span){0}, (struct span){0}, &d, &rep, &e))
		abort();
	report_release(&rep);
	arena_release(&a);
}

static void whole(struct span s)
{
	static struct arena a; /* as a worker has it */
	struct report rep = {0};
	struct err e = {0};
	struct decoded d;
	struct feed f = {0};
	struct feed_hints h = {.url = "https://tin.example/rss"};
	if (decode_body(decode, &a, s, (struct span){0}, (struct span){0}, &d, &rep, &e) == 0 &&
		feed_read(&a, d.text, &h, &f, &rep, &e) == 0)
		n_entries += f.n;
	report_release(&rep);
	arena_clear(&a);
}

static double measure(const char *name, void (*step)(struct span))
{
	double best = 1e9;
	for (int round = 0; round < ROUNDS; round++) {
		double from = now();
		for (size_t i = 0; i < n_files; i++)
			step(files[i]);
		double took = now() - from;
		best = took < best ? took : best;
	}
	printf("%-24s %8.1f MB/s  %7.3f s\n", name, (double)n_bytes / 1e6 / best, best);
	return best;
}

/* Calls each with every file of the folder; what it reads lives in the arena. */
static void each_file(struct arena *a, const char *folder, void (*each)(struct arena *a, struct span s))
{
	struct err e = {0};
	struct span s;
	DIR *d = opendir(folder);
	for (struct dirent *f; d && (f = readdir(d));) {
		if (f->d_name[0] == '.' || strstr(f->d_name, "gold.json"))
			continue;
		if (file_read(a, arena_printf(a, "%s/%s", folder, f->d_name), BODY_MAX, &s, &e) == 0)
			each(a, s);
	}
	if (d)
		closedir(d);
}

static void keep(struct arena *a, struct span s)
{
	(void)a;
	if (n_files < FILES_MAX) {
		files[n_files++] = s;
		n_bytes += s.n;
	}
}

static void read_once(struct arena *a, struct span s)
{
	whole(s);
	arena_clear(a);
}

/* The peak of a process that reads one after the other. */
static void measure_memory(const char *folder)
{
	struct rusage use = {0};
	int status;
	pid_t pid = fork();
	if (pid == 0) {
		struct arena a = {0};
		each_file(&a, folder, read_once);
		_exit(0);
	}
	if (pid > 0 && wait4(pid, &status, 0, &use) == pid)
		printf("%-24s %8.1f MB peak\n", "decode + feed", (double)use.ru_maxrss / 1024);
}

int main(int argc, char **argv)
{
	static struct arena a;
	struct err e = {0};
	if (argc < 2 || decode_new(&decode, &e)) {
		fprintf(stderr, "usage: bench_feed FOLDER [bare|decode|markup|feed]\n");
		return 2;
	}
	const char *only = argc > 2 ? argv[2] : NULL;
	double floor = 0, ours = 0;
	if (!only)
		measure_memory(argv[1]);
	each_file(&a, argv[1], keep);
	if (!only || strcmp(only, "bare") == 0)
		floor = measure("libxml2 SAX2 push, bare", bare_push);
	if (!only || strcmp(only, "decode") == 0)
		measure("decode", only_decode);
	if (!only || strcmp(only, "markup") == 0)
		measure("markup_xml", only_markup);
	if (!only || strcmp(only, "feed") == 0)
		ours = measure("decode + feed", whole);
	if (floor > 0 && ours > 0)
		printf("%-24s %8.2f times libxml2's\n", "decode + feed", ours / floor);
	printf("%zu files, %.1f MB, %zu entries\n", n_files, (double)n_bytes / 1e6, n_entries / ROUNDS);
	return 0;
}
