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

size_t ruleset_test(const struct ruleset *s, size_t *ran, failed_fn *failed, void *ctx)
{
	static const char *const kinds[] = {"hit", "miss", "answered"};
	struct rule_matcher *m = rule_matcher_new(s);
	size_t bad = 0;
	*ran = 0;
	for (size_t i = 0; i < s->n; i++) {
		const struct rule *r = &s->rules[i];
		for (size_t k = 0; k < r->n_tests && r->runs; k++) {
			const struct rule_test *t = &r->tests[k];
			++*ran;
			if (run_test(m, r, t) == t->kind)
				continue;
			bad++;
			failed(r->info, t->at->file, t->at->line, t->at->col, kinds[t->kind], t->text, ctx);
		}
		for (size_t k = 0; k < r->when.n_terms && r->runs; k++)
			for (size_t j = 0; j < r->when.terms[k].n_regex; j++) {
				const struct regex *re = r->when.terms[k].regex[j];
				int64_t us = regex_worst_time(re);
				++*ran;
				if (us >= 0 && us <= RULE_REGEX_SLOW)
					continue;
				bad++;
				failed(r->info, re->at->file, re->at->line, re->at->col, "slow", re->pattern,
					ctx);
			}
	}
	rule_matcher_free(m);
	return bad;
}

/* ---- expressions without a word ---- */

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

void ruleset_wordless(const struct ruleset *s, wordless_fn *told, void *ctx)
{
	struct arena a = {0};
	struct report none = {0};
	struct folded_article f;
	struct article x = {.text = sample_from(&a, s)};
	struct rule_matcher *m = rule_matcher_new(s);
	article_fold(&a, &x, &f, &none);
	match_begin(m, &f, &x, 0);
	for (size_t i = 0; i < s->n; i++) {
		const struct rule *r = &s->rules[i];
		for (size_t k = 0; k < r->when.n_terms && r->runs; k++)
			for (size_t j = 0; j < r->when.terms[k].n_regex; j++) {
				const struct regex *re = r->when.terms[k].regex[j];
				if (re->n_needs || re->literal.n)
					continue;
				told(r->info, re->at->file, re->at->line, re->at->col,
					x.text ? cost_of(m, re) : 0, ctx);
			}
	}
	match_end(m, &none);
	rule_matcher_free(m);
	report_release(&none);
	arena_release(&a);
}
