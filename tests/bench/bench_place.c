/* bench_place GAZETTEER [-]: articles (NDJSON) on standard input to the same with mentions on standard
 * output; MB of text per CPU second of folding and of finding places on standard error. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "place/place.h"

#include "base/banned.h"

enum { INPUT_MAX = 512 << 20 };

static double cpu(void)
{
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

int main(int argc, char **argv)
{
	struct arena keep = {0}, a = {0};
	struct gazetteer *g = NULL;
	struct err e = {0};
	struct span rest, line;
	struct str out = {0};
	double fold = 0, find = 0, from = cpu();
	size_t bytes = 0;
	if (argc < 2)
		return 2;
	const char *paths[] = {argv[1]};
	if (gazetteer_load(paths, 1, &g, &e) || file_read(&keep, "-", INPUT_MAX, &rest, &e)) {
		fprintf(stderr, "%s:%ld:%ld: %s (%s, %s)\n", e.where, e.line, e.col, e.text, e.arg[0],
			e.arg[1]);
		return 2;
	}
	double load = cpu() - from;
	while (span_next(&rest, '\n', &line)) {
		struct article x;
		struct folded_article f;
		struct json *doc = NULL;
		if (line.n == 0 || article_read(&a, line, &x, &doc, &e))
			continue;
		from = cpu();
		article_fold(&a, &x, &f, NULL);
		double mid = cpu();
		place_find(g, &a, &f, &x);
		find += cpu() - mid;
		fold += mid - from;
		for (int k = 0; k < FIELD_COUNT; k++)
			bytes += f.field[k].folded.n;
		x.matched = true;
		article_write(&x, &out);
		fwrite(out.p, 1, out.n, stdout);
		str_clear(&out);
		json_free(doc);
		arena_clear(&a);
	}
	fprintf(stderr, "load %.1f ms, fold %.1f MB/s, places %.1f MB/s\n", load * 1e3,
		(double)bytes / 1e6 / fold, (double)bytes / 1e6 / find);
	gazetteer_free(g);
	str_release(&out);
	arena_release(&a);
	arena_release(&keep);
	return 0;
}
