/* try: the tests that stand beside the rules. Each is made into a small article, read as any other; the place
 * the test names (or every place) counts as watched, whatever the configuration says. The worst time of each
 * regular expression is looked at here too, and not at load: a busy morning must not turn a good rule away.
 */

#include "rule/rule_priv.h"

#include <string.h>

#include "base/i18n.h"
#include "base/limits.h"

#include "base/banned.h"

typedef void failed_fn(const struct rule_info *r, const char *file, long line, long col, const char *kind,
	const char *text, void *ctx);

typedef void wordless_fn(
	const struct rule_info *r, const char *file, long line, long col, int64_t us_a_megabyte, void *ctx);

static void watch_in_test(struct article *x, const char *place)
{
	for (size_t i = 0; i < x->n_mentions; i++) {
		struct mention *n = &x->mentions[i];
		n->watched = !place || strcmp(n->place, place) == 0 || (n->now && strcmp(n->now, place) == 0);
	}
}

/* What came of the test: TEST_HIT, TEST_MISS or TEST_ANSWERED. */
static enum test_kind run_test(struct rule_matcher *m, const struct rule *r, const struct rule_test *t)
{
	struct arena a = {0};
	struct report rep = {0};
	struct folded_article f;
	struct flag flag = {0};
	struct article x = {
		.title = t->title, .text = t->text, .url = t->url, .lang = t->lang, .source.kind = t->source};
	article_fold(&a, &x, &f, &rep);
	if (m->set->places)
		place_find(m->set->places, &a, &f, &x);
	watch_in_test(&x, t->place);
	match_begin(m, &f, &x, 0);
	bool hit = match_rule(m, r, &a, &flag, &rep);
	match_end(m, &rep);
	report_release(&rep);
	arena_release(&a);
	return !hit ? TEST_MISS : flag.answered ? TEST_ANSWERED : TEST_HIT;
}

typedef void regex_fn(const struct rule_info *r, const struct regex *re, void *ctx);

/* Calls each() for what the condition brings; `had`: those that were told already. */
static void regex_of(
	const struct rule_info *r, const struct condition *c, bool *had, regex_fn *each, void *ctx)
{
	for (size_t k = 0; k < c->n_terms; k++)
		for (size_t j = 0; j < c->terms[k].n_regex; j++) {
			const struct regex *re = c->terms[k].regex[j];
			if (!had[re->number])
				each(r, re, ctx);
			had[re->number] = true;
		}
}

/* Calls each() once for every expression in use, with the first rule that has it: those of shared conditions
 * are in many. */
static void each_regex(const struct ruleset *s, regex_fn *each, void *ctx)
{
	static const struct rule_info official = {.id = "official.yaml"};
	bool *had = xcalloc(s->n_regex + 1, sizeof *had);
	for (size_t i = 0; i < s->n; i++)
		if (s->rules[i].runs)
			regex_of(s->rules[i].info, &s->rules[i].when, had, each, ctx);
	regex_of(&official, &s->answered, had, each, ctx);
	free(had);
}

struct testing {
	failed_fn *failed;
	void *ctx;
	size_t bad;
};

static void test_regex(const struct rule_info *r, const struct regex *re, void *ctx)
{
	struct testing *t = ctx;
	int64_t us = regex_worst_time(re);
	if (us >= 0 && us <= RULE_REGEX_SLOW)
		return;
	t->bad++;
	t->failed(r, re->at->file, re->at->line, re->at->col, "slow", re->pattern, t->ctx);
}

size_t ruleset_test(const struct ruleset *s, size_t *ran, failed_fn *failed, void *ctx)
{
	static const char *const kinds[] = {"hit", "miss", "answered"};
	struct rule_matcher *m = rule_matcher_new(s);
	struct testing all = {failed, ctx, 0};
	*ran = 0;
	for (size_t i = 0; i < s->n; i++) {
		const struct rule *r = &s->rules[i];
		for (size_t k = 0; k < r->n_tests && r->runs; k++) {
			const struct rule_test *t = &r->tests[k];
			++*ran;
			int got = (int)run_test(m, r, t);
			if (got == (int)t->kind)
				continue;
			all.bad++;
			const char *how = got == TEST_MISS      ? "hit"
					  : t->kind == TEST_HIT ? "open"
								: kinds[t->kind];
			failed(r->info, t->at->file, t->at->line, t->at->col, how, t->text, ctx);
		}
	}
	each_regex(s, test_regex, &all);
	rule_matcher_free(m);
	return all.bad;
}

/* ---- expressions that no word leads to ---- */

enum { SAMPLE_BYTES = 1 << 18 };

/* The texts of the tests, as paragraphs, until there is enough to measure with; NULL: there are none. */
static const char *sample_from(struct arena *a, const struct ruleset *s)
{
	struct str text = {0};
	bool any = true;
	while (any && text.n < SAMPLE_BYTES) {
		any = false;
		for (size_t i = 0; i < s->n; i++)
			for (size_t k = 0; k < s->rules[i].n_tests; k++) {
				str_adds(&text, s->rules[i].tests[k].text);
				str_adds(&text, "\n\n");
				any = true;
			}
	}
	const char *sample = text.n ? arena_dup(a, str_span(&text)) : NULL;
	str_release(&text);
	return sample;
}

/* Microseconds for a megabyte of the sample; the first of three times also makes its code. */
static int64_t cost_of(struct rule_matcher *m, const struct regex *re)
{
	struct hits found = {0};
	int64_t best = INT64_MAX;
	for (int i = 0; i < 3; i++) {
		int64_t from = thread_us();
		found.v.n = 0;
		(void)regex_find(m, re, &found);
		int64_t took = thread_us() - from;
		best = took < best ? took : best;
	}
	vec_release(&found.v);
	return best * 1000000 / (int64_t)(m->f->field[FIELD_TEXT].folded.n + 1);
}

struct telling {
	struct rule_matcher *m;
	bool sample;
	wordless_fn *told;
	void *ctx;
};

static void tell_cost(const struct rule_info *r, const struct regex *re, void *ctx)
{
	struct telling *t = ctx;
	bool wordless = !re->n_needs && !re->literal.n;
	if (anchored(re) && !wordless)
		return;
	int64_t us = t->sample ? cost_of(t->m, re) : 0;
	if (wordless || us > RULE_WORDLESS_COST)
		t->told(r, re->at->file, re->at->line, re->at->col, us, t->ctx);
}

void ruleset_wordless(const struct ruleset *s, wordless_fn *told, void *ctx)
{
	struct arena a = {0};
	struct report none = {0};
	struct folded_article f;
	struct article x = {.text = sample_from(&a, s)};
	struct telling t = {rule_matcher_new(s), x.text, told, ctx};
	article_fold(&a, &x, &f, &none);
	match_begin(t.m, &f, &x, 0);
	each_regex(s, tell_cost, &t);
	match_end(t.m, &none);
	rule_matcher_free(t.m);
	report_release(&none);
	arena_release(&a);
}
