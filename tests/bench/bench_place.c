/* bench_place GAZETTEER FILE: the figures of place/, beside their reference in the same run. FILE holds
 * articles (NDJSON with `text`) or plain text; each text is one article. Medians of seven runs, MB of text
 *per CPU second:
 *
 *	PCRE2 JIT       one alternation of the same names, longest first, between word limits, over the folded
 *	                texts; it finds names and decides nothing. Names in other scripts than the Latin are
 *	                left out to its advantage, and the longest others: all are more than the 64 KB that
 *	                Debian's PCRE2 compiles
 *	find places     place_find(): names found, cues decided, mentions written
 *	fold and find   both steps from the bytes on
 *
 * then both at sizes from 300 bytes to 10 MB, and how often memory was asked for. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <string.h>

#include "bench.h"
#include "counted.h"
#include "place/place_priv.h"

#include "base/banned.h"

struct names {
	const struct gazetteer *g;
	struct map known; /* all of them */
	VEC(struct span) list;
};

static void take_name(struct span folded, uint32_t id, void *ctx)
{
	struct names *n = ctx;
	enum kind k = n->g->entries.p[id].kind;
	if ((k == KIND_UNIT || k == KIND_PART || k == KIND_PHRASE) && !map_get(&n->known, folded)) {
		vec_push(&n->list, folded);
		map_put(&n->known, folded, n);
	}
}

static bool latin(struct span s)
{
	uint8_t first = (uint8_t)s.p[0];
	return first < 0xCE || (first == 0xE1 && (uint8_t)s.p[1] >= 0xB8);
}

static void add_alternative(struct span name, struct str *out)
{
	str_adds(out, out->p[out->n - 1] == ':' ? "" : "|");
	for (size_t i = 0; i < name.n; i++) {
		if (strchr(".()[]{}*+?^$|\\", name.p[i]))
			str_addc(out, '\\');
		str_addc(out, name.p[i]);
	}
}

static int longest_first(const void *a, const void *b)
{
	const struct span *x = a, *y = b;
	return (x->n < y->n) - (x->n > y->n);
}

struct regex {
	pcre2_code *code;
	pcre2_match_data *match;
	pcre2_match_context *context;
	pcre2_jit_stack *stack;
	size_t names, all;
};

/* One alternation of the list from number `from` on; NULL: error. */
static pcre2_code *compile_names(struct regex *r, const struct names *names, size_t from, int *error)
{
	struct str s = {0};
	PCRE2_SIZE at;
	r->names = 0;
	str_adds(&s, "\\b(?:");
	for (size_t i = from; i < names->list.n; i++)
		if (latin(names->list.p[i])) {
			add_alternative(names->list.p[i], &s);
			r->names++;
		}
	str_adds(&s, ")\\b");
	pcre2_code *code = pcre2_compile(
		(PCRE2_SPTR)s.p, s.n, PCRE2_UTF | PCRE2_UCP | PCRE2_NO_UTF_CHECK, error, &at, NULL);
	str_release(&s);
	return code;
}

static bool regex_make(struct regex *r, const struct gazetteer *g)
{
	struct names names = {.g = g};
	int error = 0;
	lexicon_each(g->names, take_name, &names);
	qsort(names.list.p, names.list.n, sizeof *names.list.p, longest_first);
	r->all = names.list.n;
	for (size_t from = 0; !r->code && from < r->all; from += r->all / 50) {
		r->code = compile_names(r, &names, from, &error);
		if (!r->code && error != PCRE2_ERROR_PATTERN_TOO_LARGE)
			break;
	}
	vec_release(&names.list);
	map_release(&names.known);
	int jit = r->code ? pcre2_jit_compile(r->code, PCRE2_JIT_COMPLETE) : 0;
	if (!r->code || jit) {
		fprintf(stderr, "PCRE2: error %d in the alternation of %zu names\n", r->code ? jit : error,
			r->names);
		return false;
	}
	r->match = pcre2_match_data_create(4, NULL);
	r->context = pcre2_match_context_create(NULL);
	r->stack = pcre2_jit_stack_create(32 << 10, 4 << 20, NULL);
	pcre2_jit_stack_assign(r->context, NULL, r->stack);
	return true;
}

static void regex_free(struct regex *r)
{
	pcre2_jit_stack_free(r->stack);
	pcre2_match_context_free(r->context);
	pcre2_match_data_free(r->match);
	pcre2_code_free(r->code);
}

static size_t regex_hits(struct regex *r, struct span s)
{
	size_t at = 0, n = 0;
	while (at < s.n && pcre2_jit_match(r->code, (PCRE2_SPTR)s.p, s.n, at, PCRE2_NO_UTF_CHECK, r->match,
				   r->context) >= 0) {
		at = pcre2_get_ovector_pointer(r->match)[1];
		n++;
	}
	return n;
}

/* Seconds for folding, then finding; calls for memory in both. */
struct spent {
	double fold, find;
	size_t mentions, allocations;
};

/* Reading the clock costs as much as folding 100 bytes, so small texts are taken some at a time. */
enum { BATCH_BYTES = 32000, BATCH = 128 };

struct batch {
	const struct gazetteer *g;
	struct arena *arena;
	const char *texts[BATCH];
	struct folded_article folded[BATCH];
	size_t n, bytes;
	struct spent sum;
};

static void batch_flush(struct batch *b)
{
	size_t before = allocations;
	double from = bench_cpu();
	for (size_t i = 0; i < b->n; i++)
		article_fold(b->arena, &(struct article){.text = b->texts[i]}, &b->folded[i], NULL);
	double mid = bench_cpu();
	for (size_t i = 0; i < b->n; i++) {
		struct article x = {.text = b->texts[i]};
		place_find(b->g, b->arena, &b->folded[i], &x);
		b->sum.mentions += x.n_mentions;
	}
	b->sum.find += bench_cpu() - mid;
	b->sum.fold += mid - from;
	b->sum.allocations += allocations - before;
	b->n = b->bytes = 0;
	arena_clear(b->arena);
}

static void batch_add(struct batch *b, const char *text, size_t n)
{
	b->texts[b->n++] = text;
	b->bytes += n;
	if (b->n == BATCH || b->bytes >= BATCH_BYTES)
		batch_flush(b);
}

static double say(const char *what, double *v, size_t bytes, double reference)
{
	double mb = (double)bytes / 1e6, mid = mb / bench_median(v, BENCH_RUNS);
	printf("%-16s %8.1f MB/s (%.1f to %.1f)", what, mid, mb / v[BENCH_RUNS - 1], mb / v[0]);
	if (reference > 0)
		printf("  %.0f times PCRE2", mid / reference);
	putchar('\n');
	return mid;
}

/* The reference is slow: a tenth of the texts, twice a run, is enough. */
static double reference(struct regex *r, struct bench_texts *in)
{
	struct arena a = {0};
	double v[BENCH_RUNS] = {0};
	size_t bytes = 0, hits = 0;
	for (int run = 0; run < BENCH_RUNS; run++) {
		bytes = hits = 0;
		for (size_t i = 0; i < in->list.n && bytes < 2000000; i++) {
			struct text t;
			text_fold(&a, in->list.p[i], &t, NULL);
			double from = bench_cpu();
			hits += regex_hits(r, t.folded);
			v[run] += bench_cpu() - from;
			bytes += t.folded.n;
			arena_clear(&a);
		}
	}
	arena_release(&a);
	printf("PCRE2 JIT: one alternation of %zu of the %zu names, %.0f hits a MB\n", r->names, r->all,
		(double)hits * 1e6 / (double)bytes);
	return say("PCRE2 JIT", v, bytes, 0);
}

/* Copies of the pieces of `size` bytes, each with a NUL behind; a character cut at either end goes. */
static size_t cut(const char *all, size_t n, size_t size, char **out)
{
	size_t pieces = n / size;
	free(*out);
	*out = xmalloc(pieces * (size + 1));
	for (size_t i = 0; i < pieces; i++) {
		char *p = *out + i * (size + 1);
		memcpy(p, all + i * size, size);
		for (size_t k = 0; k < 4 && (p[k] & 0xC0) == 0x80; k++)
			p[k] = ' ';
		for (size_t k = size; k-- > size - 4 && p[k] & 0x80;)
			p[k] = ' ';
		p[size] = 0;
	}
	return pieces;
}

static void by_sizes(const struct gazetteer *g, struct bench_texts *in)
{
	char *texts = NULL;
	static const size_t sizes[] = {300, 1000, 3000, 10000, 100000, 1000000, 10000000};
	struct arena keep = {0}, a = {0};
	size_t last = sizes[sizeof sizes / sizeof *sizes - 1];
	char *all = arena_raw(&keep, last * 2);
	size_t n = 0;
	for (size_t i = 0; n < last && in->list.n; i = (i + 1) % in->list.n) {
		size_t take = in->list.p[i].n < last - n ? in->list.p[i].n : last - n;
		memcpy(all + n, in->list.p[i].p, take);
		n += take;
		all[n++] = '\n';
	}
	struct batch b = {.g = g, .arena = &a};
	printf("\nsize in bytes       fold       find       both, MB/s   calls for memory a MB, a text\n");
	for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
		double fold[BENCH_RUNS], find[BENCH_RUNS], both[BENCH_RUNS];
		size_t pieces = cut(all, n, sizes[k], &texts);
		double mb = (double)(pieces * sizes[k]) / 1e6;
		for (int r = 0; r < BENCH_RUNS; r++) {
			b.sum = (struct spent){0};
			for (size_t i = 0; i < pieces; i++)
				batch_add(&b, texts + i * (sizes[k] + 1), sizes[k]);
			batch_flush(&b);
			fold[r] = b.sum.fold;
			find[r] = b.sum.find;
			both[r] = b.sum.fold + b.sum.find;
		}
		printf("%13zu %10.1f %10.1f %10.1f %20.0f %10.1f\n", sizes[k],
			mb / bench_median(fold, BENCH_RUNS), mb / bench_median(find, BENCH_RUNS),
			mb / bench_median(both, BENCH_RUNS), (double)b.sum.allocations / mb,
			(double)b.sum.allocations / (double)pieces);
	}
	free(texts);
	arena_release(&a);
	arena_release(&keep);
}

int main(int argc, char **argv)
{
	struct arena keep = {0}, a = {0};
	struct bench_texts in = {0};
	struct gazetteer *g = NULL;
	struct regex regex = {0};
	struct err e = {0};
	double fold[BENCH_RUNS], find[BENCH_RUNS], both[BENCH_RUNS];
	if (argc < 3) {
		fprintf(stderr, "usage: bench_place GAZETTEER FILE\n");
		return 2;
	}
	double from = bench_cpu();
	const char *paths[] = {argv[1]};
	if (gazetteer_load(paths, 1, &g, &e)) {
		fprintf(stderr, "%s:%ld:%ld: %s (%s, %s)\n", e.where, e.line, e.col, e.text, e.arg[0],
			e.arg[1]);
		return 2;
	}
	double load = bench_cpu() - from;
	bench_read(&keep, argv[2], &in);
	if (!regex_make(&regex, g))
		return 2;
	struct batch b = {.g = g, .arena = &a};
	for (int r = 0; r < BENCH_RUNS; r++) {
		b.sum = (struct spent){0};
		vec_each (text, &in.list)
			batch_add(&b, text->p, text->n);
		batch_flush(&b);
		fold[r] = b.sum.fold;
		find[r] = b.sum.find;
		both[r] = b.sum.fold + b.sum.find;
	}
	printf("%zu bytes in %zu texts, %.0f mentions a MB; gazetteer loaded in %.0f ms\n", in.bytes,
		in.list.n, (double)b.sum.mentions * 1e6 / (double)in.bytes, load * 1e3);
	double pcre2 = reference(&regex, &in);
	say("fold", fold, in.bytes, 0);
	say("find places", find, in.bytes, pcre2);
	say("fold and find", both, in.bytes, 0);
	by_sizes(g, &in);
	regex_free(&regex);
	gazetteer_free(g);
	vec_release(&in.list);
	arena_release(&a);
	arena_release(&keep);
	return 0;
}
