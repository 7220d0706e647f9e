/* bench_growth: what matching costs, in milliseconds of CPU for a megabyte of text, against the number of
 * rules and the length of articles; folding and place finding left out. Each cell is the least of three
 * rounds over the same text, cut into articles of that length; the first round also makes the code of the
 * expressions. usage: bench_growth CORPUS.ndjson RULES.yaml… (from few rules to many) */
#include "bench.h"
#include "rule/rule.h"

#include "base/banned.h"

enum { ROUNDS = 3, TEXT_BYTES = 8 << 20 };
static const size_t sizes[] = {300, 3000, 30000, 300000, 1000000};
enum { SIZES = sizeof sizes / sizeof *sizes };

struct article_at_hand {
	struct article x;
	struct folded_article f;
};

struct cut {
	struct article_at_hand *p;
	size_t n, bytes; /* of folded text */
};

static int fail(const struct err *e)
{
	fprintf(stderr, "%s:%ld: %s [%s]\n", e->where, e->line, e->text, e->arg[0]);
	return 1;
}

/* Articles of about this size, each ended by the end of a paragraph. */
static struct cut cut_text(struct arena *a, struct span text, size_t size)
{
	struct cut c = {arena_array(a, struct article_at_hand, text.n / size + 2), 0, 0};
	struct report none = {0};
	for (size_t at = 0; at < text.n && c.n <= text.n / size;) {
		size_t end = text.n - at > size ? span_find_byte(text, '\n', at + size) : text.n;
		struct article_at_hand *d = &c.p[c.n++];
		end = end == SIZE_MAX ? text.n : end;
		d->x.text = arena_dup(a, span_cut(text, at, end));
		article_fold(a, &d->x, &d->f, &none);
		c.bytes += d->f.field[FIELD_TEXT].folded.n;
		at = end + 1;
	}
	report_release(&none);
	return c;
}

/* Milliseconds for a megabyte. */
static double cost(struct rule_matcher *m, const struct cut *c, struct report *rep)
{
	struct arena a = {0};
	double best = 1e9;
	for (int round = 0; round < ROUNDS; round++) {
		double from = bench_cpu();
		for (size_t i = 0; i < c->n; i++) {
			rule_match(m, &a, &c->p[i].f, &c->p[i].x, 0, rep);
			arena_clear(&a);
		}
		double took = bench_cpu() - from;
		best = took < best ? took : best;
	}
	arena_release(&a);
	return best * 1e3 / ((double)c->bytes / 1e6);
}

static int row(const char *path, const struct cut *cuts, struct err *e)
{
	struct rule_load how = {.unchecked = true};
	struct ruleset *s;
	const struct rule_info *info;
	struct report rep = {0};
	double from = bench_cpu();
	if (ruleset_load(&path, 1, NULL, &how, &s, e) < 0)
		return -1;
	printf("%8zu %8.1f", ruleset_rules(s, &info), (bench_cpu() - from) * 1e3);
	struct rule_matcher *m = rule_matcher_new(s);
	for (size_t k = 0; k < SIZES; k++)
		printf(" %9.2f", cost(m, &cuts[k], &rep));
	printf("%s\n", rep.count[R_RULE_FAILED] ? "  (rules failed)" : "");
	report_release(&rep);
	rule_matcher_free(m);
	ruleset_free(s);
	return 0;
}

int main(int argc, char **argv)
{
	struct arena a = {0};
	struct str text;
	struct cut cuts[SIZES];
	struct bench_texts texts = {0};
	struct err e = {0};
	int rc = 0;
	str_init(&text, 2 * (size_t)TEXT_BYTES);
	if (argc < 3) {
		fprintf(stderr, "usage: bench_growth CORPUS.ndjson RULES.yaml...\n");
		return 2;
	}
	bench_read(&a, argv[1], &texts);
	for (size_t i = 0; i < texts.list.n && text.n < TEXT_BYTES; i++) {
		str_add(&text, texts.list.p[i]);
		str_addc(&text, '\n');
	}
	printf("   rules  load ms");
	for (size_t k = 0; k < SIZES; k++) {
		cuts[k] = cut_text(&a, str_span(&text), sizes[k]);
		printf(" %7zu B", sizes[k]);
	}
	printf("   (ms of CPU for 1 MB, articles of so many bytes)\n");
	for (int i = 2; i < argc && rc == 0; i++)
		if (row(argv[i], cuts, &e) < 0)
			rc = fail(&e);
	vec_release(&texts.list);
	str_release(&text);
	arena_release(&a);
	return rc;
}
