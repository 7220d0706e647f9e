/* survey: what rules find in texts that were not written for them. A rule that flags ordinary news is too
 * broad; two rules that find each other's examples are one rule. Every place counts as watched. */

#include "rule/rule_priv.h"

#include <string.h>

#include "base/i18n.h"

#include "base/banned.h"

/* The article's flags, one bit a rule. */
static void flags_of(struct rule_matcher *m, struct arena *a, struct article *x, bool *held)
{
	struct folded_article f;
	struct report rep = {0};
	const struct ruleset *s = m->set;
	size_t k = 0;
	article_fold(a, x, &f, &rep);
	if (s->places)
		place_find(s->places, a, &f, x);
	for (size_t i = 0; i < x->n_mentions; i++)
		x->mentions[i].watched = strcmp(x->mentions[i].as, "metonym") != 0;
	rule_match(m, a, &f, x, 0, &rep);
	for (size_t i = 0; i < s->n; i++) { /* both by id */
		held[i] = k < x->n_flags && strcmp(s->rules[i].info->id, x->flags[k].rule) == 0;
		k += held[i];
	}
	report_release(&rep);
}

/* ---- ordinary news ---- */

static int read_item(const struct conf *at, struct article *x, struct err *e)
{
	static const char *const known[] = {"title", "text", "lang", NULL};
	*x = (struct article){0};
	if (at->kind != CONF_MAP)
		return conf_fault(
			at, e, N_("expected an item, as {title: 'text', text: 'text'}"), NULL, NULL);
	if (conf_only(at, known, e) < 0 || conf_need_text(at, "title", &x->title, e) < 0 ||
		conf_text(at, "text", &x->text, e) < 0 || conf_text(at, "lang", &x->lang, e) < 0)
		return -1;
	return 0;
}

static int survey_file(struct rule_matcher *m, const char *path, struct rule_survey *out, struct err *e)
{
	struct arena file = {0}, a = {0};
	struct conf *items;
	struct article x;
	int rc = conf_load(&file, path, &items, e);
	if (rc == 0 && items->kind != CONF_LIST)
		rc = conf_fault(items, e, N_("expected a list of items"), NULL, NULL);
	bool *held = arena_array(&file, bool, m->set->n + 1);
	for (const struct conf *c = rc == 0 ? items->child : NULL; c && rc == 0; c = c->next) {
		bool any = false;
		rc = read_item(c, &x, e);
		if (rc < 0)
			break;
		flags_of(m, &a, &x, held);
		for (size_t i = 0; i < m->set->n; i++) {
			any = any || held[i];
			if (held[i] && !out->found[i].n++)
				out->found[i].example = arena_strdup(&out->arena, x.title);
		}
		out->items++;
		out->flagged += any;
		arena_clear(&a);
	}
	arena_release(&a);
	arena_release(&file);
	return rc;
}

int ruleset_survey(const struct ruleset *s, const char *path, struct rule_survey *out, struct err *e)
{
	char **files;
	size_t n;
	*out = (struct rule_survey){0};
	out->found = arena_array(&out->arena, struct rule_found_count, s->n + 1);
	if (conf_files(&out->arena, path, &files, &n, e) < 0)
		return -1;
	struct rule_matcher *m = rule_matcher_new(s);
	int rc = 0;
	for (size_t i = 0; i < n && rc == 0; i++)
		rc = survey_file(m, files[i], out, e);
	rule_matcher_free(m);
	return rc;
}

void rule_survey_release(struct rule_survey *x)
{
	arena_release(&x->arena);
	*x = (struct rule_survey){0};
}

/* ---- overlap ---- */

enum { OVERLAP_FEW = 2 }; /* of fewer examples nothing can be said */

/* Sets all[k] for every rule k that finds all examples of r. Returns how many examples there are. */
static size_t who_finds_all(struct rule_matcher *m, const struct rule *r, bool *all, bool *held)
{
	struct arena a = {0};
	size_t examples = 0;
	memset(all, 1, m->set->n);
	for (size_t t = 0; t < r->n_tests; t++) {
		const struct rule_test *test = &r->tests[t];
		struct article x = {.title = test->title,
			.text = test->text,
			.url = test->url,
			.lang = test->lang,
			.source.kind = test->source};
		if (test->kind == TEST_MISS)
			continue;
		examples++;
		flags_of(m, &a, &x, held);
		for (size_t k = 0; k < m->set->n; k++)
			all[k] = all[k] && held[k];
		arena_clear(&a);
	}
	arena_release(&a);
	return examples;
}

static int by_pair(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return (x > y) - (x < y);
}

size_t ruleset_overlaps(const struct ruleset *s,
	void (*told)(const struct rule_info *a, const struct rule_info *b, void *ctx), void *ctx)
{
	struct rule_matcher *m = rule_matcher_new(s);
	bool *all = xcalloc(s->n + 1, sizeof *all), *held = xcalloc(s->n + 1, sizeof *held);
	VEC(uint64_t) pairs = {0}; /* i << 32 | k: k finds all of i's; ascending */
	size_t found = 0;
	for (uint64_t i = 0; i < s->n; i++) {
		if (!s->rules[i].runs || who_finds_all(m, &s->rules[i], all, held) < OVERLAP_FEW)
			continue;
		for (uint64_t k = 0; k < s->n; k++)
			if (k != i && all[k])
				vec_push(&pairs, i << 32 | k);
	}
	for (size_t p = 0; p < pairs.n; p++) {
		uint64_t i = pairs.p[p] >> 32, k = pairs.p[p] & UINT32_MAX, back = k << 32 | i;
		if (i > k || !bsearch(&back, pairs.p, pairs.n, sizeof back, by_pair))
			continue;
		found++;
		told(s->rules[i].info, s->rules[k].info, ctx);
	}
	vec_release(&pairs);
	free(all);
	free(held);
	rule_matcher_free(m);
	return found;
}
