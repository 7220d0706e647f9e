/* bench_text FILE: the figures of text/, beside their references in the same run. FILE holds articles (NDJSON
 *with `text`) or plain text. Medians of seven runs, MB of text per CPU second:
 *
 *	utf8proc_map          NFC and case folding of each text: no map back, no words
 *	fold with its map     text_fold(): the same and more, with the map, words, sentences, paragraphs
 *	lexicon               a lexicon of 5,000 phrases taken from the texts
 *
 * then how many words came out with the bytes utf8proc gives them, and for which reason others did not;
 *folding at sizes from 300 bytes to 10 MB; and a bomb of combining marks. Status 1 when a word differs
 *without a reason. */
#include <string.h>
#include <utf8proc.h>

#include "bench.h"
#include "text/text.h"

#include "base/banned.h"

enum { PHRASES = 5000, BOMB = 40000, FOLDS = UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD };

static void say(const char *what, double *v, size_t bytes, double reference)
{
	double mb = (double)bytes / 1e6, mid = mb / bench_median(v, BENCH_RUNS);
	printf("%-20s %8.1f MB/s (%.1f to %.1f)", what, mid, mb / v[BENCH_RUNS - 1], mb / v[0]);
	if (reference > 0)
		printf("  %.1f times utf8proc_map", mid / reference);
	putchar('\n');
}

static void count(const struct lexicon_hit *h, void *ctx)
{
	(void)h;
	++*(size_t *)ctx;
}

/* Phrases of two words from anywhere in a text: most never stand in it, some do. */
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

static struct span joined(struct arena *a, struct bench_texts *in, size_t max)
{
	char *all = arena_raw(a, max + 1);
	size_t n = 0;
	for (size_t i = 0; n < max && in->list.n; i = (i + 1) % in->list.n) {
		struct span s = in->list.p[i];
		size_t take = s.n < max - n ? s.n : max - n;
		memcpy(all + n, s.p, take);
		n += take;
		if (n < max)
			all[n++] = '\n';
	}
	while (n && (all[n - 1] & 0x80)) /* no broken character at the end */
		n--;
	return (struct span){all, n};
}

/* ---- the same bytes as utf8proc */

struct compared {
	size_t same, unified, tone, other;
};

/* Letters with their marks taken apart and the marks put last: equal for hòa and hoà. */
static size_t apart(struct span s, utf8proc_int32_t *out, size_t max)
{
	utf8proc_int32_t c[512];
	utf8proc_ssize_t got = utf8proc_decompose(
		(const uint8_t *)s.p, (utf8proc_ssize_t)s.n, c, 512, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE);
	size_t n = 0;
	for (int marks = 0; marks < 2; marks++)
		for (utf8proc_ssize_t i = 0; i < got && i < 512 && n < max; i++) {
			bool mark = utf8proc_category(c[i]) == UTF8PROC_CATEGORY_MN;
			if (mark == (marks != 0))
				out[n++] = c[i];
		}
	return n;
}

/* What utf8proc made of a word, dashes, quotes and the invisible as the canonical form has them. */
static struct span unify(const uint8_t *s, size_t n, char *out)
{
	size_t k = 0;
	utf8proc_int32_t c;
	for (size_t i = 0; i < n;) {
		utf8proc_ssize_t len = utf8proc_iterate(s + i, (utf8proc_ssize_t)(n - i), &c);
		if (len <= 0)
			break;
		i += (size_t)len;
		if (utf8proc_category(c) == UTF8PROC_CATEGORY_CF || c == 0xAD || c == 0xFE0F)
			continue;
		c = (c >= 0x2010 && c <= 0x2015) || c == 0x2212                              ? '-'
		    : (c >= 0x2018 && c <= 0x201B) || c == 0x2BC || c == 0x2032 || c == 0xB4 ? '\''
		    : (c >= 0x201C && c <= 0x201F) || c == 0xAB || c == 0xBB || c == 0x2033  ? '"'
		    : c == 0xF0                                                              ? 0x111
											     : c;
		k += (size_t)utf8proc_encode_char(c, (uint8_t *)out + k);
	}
	return (struct span){out, k};
}

static bool white(const char *p, size_t n, size_t *len)
{
	utf8proc_int32_t c;
	utf8proc_ssize_t k = utf8proc_iterate((const uint8_t *)p, (utf8proc_ssize_t)n, &c);
	*len = k > 0 ? (size_t)k : 1;
	return k > 0 && (c <= ' ' || c == 0xA0 || utf8proc_category(c) == UTF8PROC_CATEGORY_ZS);
}

static bool next_token(struct span s, size_t *at, struct span *out)
{
	size_t len;
	while (*at < s.n && white(s.p + *at, s.n - *at, &len))
		*at += len;
	size_t from = *at;
	while (*at < s.n && !white(s.p + *at, s.n - *at, &len))
		*at += len;
	*out = span_cut(s, from, *at);
	return out->n > 0;
}

static void compare_token(struct span ours, const uint8_t *theirs, size_t n, struct compared *sum)
{
	char plain[2048];
	utf8proc_int32_t x[512], y[512];
	if (ours.n == n && memcmp(ours.p, theirs, n) == 0) {
		sum->same++;
		return;
	}
	struct span u = n * 2 < sizeof plain ? unify(theirs, n, plain) : (struct span){0};
	if (span_eq(u, ours)) {
		sum->unified++;
		return;
	}
	size_t k = apart(ours, x, 512);
	if (k && k == apart(u, y, 512) && memcmp(x, y, k * sizeof *x) == 0) {
		sum->tone++;
		return;
	}
	if (sum->other++ < 5)
		printf("  differs: %.*s | %.*s\n", (int)ours.n, ours.p, (int)u.n, u.p);
}

static void compare(struct arena *a, struct span s, struct compared *sum)
{
	struct text t;
	struct span ours, theirs;
	size_t i = 0, k = 0;
	text_fold(a, s, &t, NULL);
	while (next_token(s, &i, &theirs)) {
		utf8proc_uint8_t *u = NULL;
		utf8proc_ssize_t n = utf8proc_map(
			(const uint8_t *)theirs.p, (utf8proc_ssize_t)theirs.n, &u, (utf8proc_option_t)FOLDS);
		char plain[2048];
		if (n >= 0 && (size_t)n * 2 < sizeof plain && unify(u, (size_t)n, plain).n &&
			next_token(t.folded, &k, &ours))
			compare_token(ours, u, (size_t)n, sum);
		free(u);
	}
}

/* ---- tables */

static void by_sizes(struct arena *a, struct bench_texts *in)
{
	static const size_t sizes[] = {300, 1000, 3000, 10000, 100000, 1000000, 10000000};
	struct arena keep = {0};
	struct span all = joined(&keep, in, 10000000);
	printf("\nsize in bytes   fold with its map, MB/s\n");
	for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
		double v[BENCH_RUNS];
		size_t done = 0;
		for (int r = 0; r < BENCH_RUNS; r++) {
			double from = bench_cpu();
			done = 0;
			for (size_t at = 0; at + sizes[k] <= all.n + 3; at += sizes[k]) {
				struct text t;
				size_t to = at + sizes[k] < all.n ? at + sizes[k] : all.n;
				text_fold(a, span_cut(all, at, to), &t, NULL);
				arena_clear(a);
				done += to - at;
			}
			v[r] = bench_cpu() - from;
		}
		printf("%13zu   %8.1f\n", sizes[k], (double)done / 1e6 / bench_median(v, BENCH_RUNS));
	}
	arena_release(&keep);
}

static void bomb(struct arena *a)
{
	char *s = arena_raw(a, BOMB + 1);
	double v[BENCH_RUNS];
	struct text t;
	s[0] = 'a';
	for (size_t i = 1; i + 1 < BOMB; i += 2)
		memcpy(s + i, i % 4 == 1 ? "\xCC\x81" : "\xCC\xA3", 2); /* acute, dot below: out of order */
	for (int r = 0; r < BENCH_RUNS; r++) {
		double from = bench_cpu();
		text_fold(a, (struct span){s, BOMB - 1}, &t, NULL);
		v[r] = bench_cpu() - from;
	}
	double from = bench_cpu();
	utf8proc_uint8_t *u = NULL;
	utf8proc_map((const uint8_t *)s, BOMB - 1, &u, (utf8proc_option_t)FOLDS);
	free(u);
	printf("\n%d bytes of marks: %.2f ms; utf8proc_map %.0f ms\n", BOMB - 1,
		bench_median(v, BENCH_RUNS) * 1e3, (bench_cpu() - from) * 1e3);
}

static double reference(struct bench_texts *in)
{
	double v[BENCH_RUNS];
	for (int r = 0; r < BENCH_RUNS; r++) {
		double from = bench_cpu();
		vec_each (s, &in->list) {
			utf8proc_uint8_t *u = NULL;
			utf8proc_map(
				(const uint8_t *)s->p, (utf8proc_ssize_t)s->n, &u, (utf8proc_option_t)FOLDS);
			free(u);
		}
		v[r] = bench_cpu() - from;
	}
	double mid = bench_median(v, BENCH_RUNS), mb = (double)in->bytes / 1e6;
	say("utf8proc_map", v, in->bytes, 0);
	return mb / mid;
}

int main(int argc, char **argv)
{
	struct arena keep = {0}, a = {0};
	struct bench_texts in = {0};
	double fold[BENCH_RUNS] = {0}, scan[BENCH_RUNS] = {0};
	struct compared sum = {0};
	size_t hits = 0;
	if (argc < 2) {
		fprintf(stderr, "usage: bench_text FILE\n");
		return 2;
	}
	bench_read(&keep, argv[1], &in);
	struct lexicon *x = phrases(&keep, joined(&keep, &in, 8 << 20));
	printf("%zu bytes in %zu texts\n", in.bytes, in.list.n);
	double mbs = reference(&in);
	for (int r = 0; r < BENCH_RUNS; r++)
		vec_each (s, &in.list) {
			struct text t;
			double from = bench_cpu();
			text_fold(&a, *s, &t, NULL);
			double mid = bench_cpu();
			lexicon_scan(x, &t, count, &hits);
			scan[r] += bench_cpu() - mid;
			fold[r] += mid - from;
			arena_clear(&a);
		}
	say("fold with its map", fold, in.bytes, mbs);
	say("lexicon", scan, in.bytes, 0);
	vec_each (s, &in.list) {
		compare(&a, *s, &sum);
		arena_clear(&a);
	}
	printf("words with utf8proc's bytes %zu; by design: unified dashes, quotes, invisible %zu, "
	       "tone in its one place %zu; without a reason %zu\n",
		sum.same, sum.unified, sum.tone, sum.other);
	by_sizes(&a, &in);
	bomb(&a);
	lexicon_free(x);
	vec_release(&in.list);
	arena_release(&a);
	arena_release(&keep);
	return sum.other != 0;
}
