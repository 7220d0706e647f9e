/* bench: what benchmarks share: CPU seconds, medians, the articles of a file, allocations counted. */
#ifndef TESTS_BENCH_BENCH_H
#define TESTS_BENCH_BENCH_H

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/file.h"
#include "base/json.h"
#include "base/vec.h"

enum { BENCH_RUNS = 7, BENCH_FILE_MAX = 1 << 30 };

static inline double bench_cpu(void)
{
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static inline int bench_by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

/* The median of n figures, which are sorted. */
static inline double bench_median(double *v, size_t n)
{
	qsort(v, n, sizeof *v, bench_by_size);
	return v[n / 2];
}

struct bench_texts {
	VEC(struct span) list;
	size_t bytes;
};

/* The texts of a file: the `text` of each article (NDJSON), or all of it cut at lines every 3,000 bytes. */
static inline void bench_read(struct arena *a, const char *path, struct bench_texts *out)
{
	enum { PIECE = 3000 };
	struct span all, line;
	struct err e = {0};
	if (file_read(a, path, BENCH_FILE_MAX, &all, &e)) {
		fprintf(stderr, "%s: cannot be read\n", path);
		exit(2);
	}
	bool articles = all.n && all.p[0] == '{';
	for (size_t at = 0, to; !articles && at < all.n; at = to) {
		to = at + PIECE < all.n ? span_find_byte(all, '\n', at + PIECE) : all.n;
		to = to == SIZE_MAX ? all.n : to;
		vec_push(&out->list, span_cut(all, at, to));
		out->bytes += to - at;
	}
	while (articles && span_next(&all, '\n', &line)) {
		struct json *doc = NULL;
		if (!line.n || json_parse(line, &doc, &e))
			continue;
		struct span s = arena_span(a, json_get_string(doc, "text"));
		vec_push(&out->list, s);
		out->bytes += s.n;
		json_free(doc);
	}
}

#endif
