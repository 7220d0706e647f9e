/* bench_text FILE: MB per CPU second of folding and of a lexicon of 5,000 phrases taken from the file,
 * medians of nine runs. The file is cut at blank lines and folded piece by piece, as articles are. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "text/text.h"

#include "base/banned.h"

enum { RUNS = 9, PHRASES = 5000, PIECE = 3000, FILE_MAX_BYTES = 512 << 20 };

struct pieces {
	struct span *p;
	size_t n;
};

static double cpu(void)
{
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static void say(const char *what, double *v, size_t bytes)
{
	qsort(v, RUNS, sizeof *v, by_size);
	double mb = (double)bytes / 1e6;
	printf("%-10s %7.1f MB/s (%.1f to %.1f)\n", what, mb / v[RUNS / 2], mb / v[RUNS - 1], mb / v[0]);
}

static void count(const struct lexicon_hit *h, void *ctx)
{
	(void)h;
	++*(size_t *)ctx;
}

static struct pieces cut(struct arena *a, struct span s)
{
	struct pieces out = {arena_array(a, struct span, s.n / PIECE + 2), 0};
	for (size_t at = 0; at < s.n;) {
		size_t to = at + PIECE < s.n ? span_find_byte(s, '\n', at + PIECE) : s.n;
		to = to == SIZE_MAX ? s.n : to;
		out.p[out.n++] = span_cut(s, at, to);
		at = to;
	}
	return out;
}

/* Phrases of two words from anywhere in the text: most never stand in it, some do. */
static struct lexicon *phrases(struct arena *a, struct span s)
{
	struct lexicon *x = lexicon_new();
	struct text t;
	text_fold(a, s, &t, NULL);
	for (uint32_t i = 0; i < PHRASES && t.n_words > 8; i++) {
		const struct text_word *v = &t.words[i * 7919u % t.n_words],
				       *w = &t.words[i * 104729u % t.n_words];
		struct span first = span_cut(t.folded, v->start, v->end),
			    second = span_cut(t.folded, w->start, w->end);
		lexicon_add(x,
			span_of(arena_printf(a, "%.*s %.*s", (int)first.n, first.p, (int)second.n, second.p)),
			i);
	}
	lexicon_seal(x);
	return x;
}

int main(int argc, char **argv)
{
	struct arena keep = {0}, a = {0};
	struct err e = {0};
	struct span s;
	double fold[RUNS], scan[RUNS];
	size_t hits = 0, folded = 0;
	if (argc < 2 || file_read(&keep, argv[1], FILE_MAX_BYTES, &s, &e))
		return 2;
	struct pieces p = cut(&keep, s);
	struct lexicon *x = phrases(&keep, span_cut(s, 0, 8 << 20));
	for (int r = 0; r < RUNS; r++) {
		struct text t;
		scan[r] = fold[r] = 0;
		folded = 0;
		for (size_t i = 0; i < p.n; i++) {
			double from = cpu();
			text_fold(&a, p.p[i], &t, NULL);
			double mid = cpu();
			lexicon_scan(x, &t, count, &hits);
			scan[r] += cpu() - mid;
			fold[r] += mid - from;
			folded += t.folded.n;
			arena_clear(&a);
		}
	}
	printf("%zu bytes in %zu pieces, %zu hits a run\n", s.n, p.n, hits / RUNS);
	say("fold", fold, s.n);
	say("lexicon", scan, folded);
	lexicon_free(x);
	arena_release(&a);
	arena_release(&keep);
	return 0;
}
