/* explain: how rules came out on one article, for the one who writes them. The same evaluation as in match.c,
 * told in full. */

#include "rule/rule_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"

#include "base/banned.h"

static struct rule_found found_from(
	struct rule_matcher *m, struct arena *a, const char *term, const struct set *s)
{
	struct rule_found f = {.term = term, .n = s->n};
	f.quotes = quotes_from(m, a, s, &f.n_quotes);
	return f;
}

static int by_points(const void *a, const void *b)
{
	const struct pos *x = a, *y = b;
	if (x->points != y->points)
		return x->points < y->points ? 1 : -1;
	return x->field != y->field ? x->field - y->field : (x->start > y->start) - (x->start < y->start);
}

static void heaviest_first(struct set *s)
{
	if (s->n && s->p[0].points)
		qsort(s->p, s->n, sizeof *s->p, by_points);
}

/* Every term alone, wanted or not, of this shared condition (NULL: the rule's own). *wanted: one that is
 * wanted occurs. Returns how many; room for one more stays. */
static size_t find_terms(struct run *run, const struct condition *c, const struct clause *of, struct arena *a,
	struct rule_found **out, bool *wanted)
{
	size_t n = 0;
	*out = arena_array(a, struct rule_found, c->n_terms + 1);
	for (size_t i = 0; i < c->n_terms; i++) {
		const struct term *t = &c->terms[i];
		struct set s = {0};
		if (t->of != of)
			continue;
		int64_t points = t->points ? term_weigh(run->m, t, &s) : 0;
		if (!t->points)
			term_eval(run, t, &s);
		heaviest_first(&s);
		(*out)[n] = found_from(run->m, a, t->name, &s);
		(*out)[n].points = points;
		(*out)[n++].at_least = t->at_least;
		*wanted = *wanted || (t->wanted && s.n && !t->points);
	}
	return n;
}

/* What is joined at the top of the tree, if it is joined so; or the whole. */
static size_t find_parts(
	struct run *run, const struct node *root, bool joined, struct arena *a, struct rule_part **out)
{
	size_t n = joined ? root->n : 1;
	*out = arena_array(a, struct rule_part, n);
	for (size_t i = 0; i < n; i++) {
		const struct node *part = joined ? root->child[i] : root;
		(*out)[i] = (struct rule_part){arena_dup(a, part->text), node_eval(run, part)};
	}
	return n;
}

/* The shared conditions, in the order they are named. */
static void find_shared(
	struct run *run, const struct condition *c, struct arena *a, struct rule_explanation *x, bool *wanted)
{
	const struct clause *last = NULL;
	x->shared = arena_array(a, struct rule_shared, c->n_terms + 1);
	for (size_t i = 0; i < c->n_terms; i++) {
		const struct clause *of = c->terms[i].of;
		if (!of || of == last)
			continue;
		const struct node *root = of->own.root;
		struct rule_shared *s = &x->shared[x->n_shared++];
		last = of;
		s->name = of->name;
		s->holds = node_eval(run, root);
		s->n_parts =
			find_parts(run, root, root->kind == NODE_OR || root->kind == NODE_AND, a, &s->parts);
		s->n_found = find_terms(run, c, of, a, &s->found, wanted);
	}
}

static struct rule_explanation explain(
	struct rule_matcher *m, const struct rule *r, struct arena *a, bool *wanted)
{
	struct rule_explanation x = {.rule = r->info};
	struct run run = run_new(m), rest = run_new(m); /* a part that does not decide may fail */
	x.holds = node_eval(&run, r->when.root);
	if (x.holds && !run.failed) {
		struct set why;
		node_collect(&run, r->when.root, &why, CLAIM_MAX);
		x.answered = claim_answered(m, &why, &x.failed);
		x.mute = mute_of(m->set, r->info->id, m->x);
	}
	*wanted = false;
	x.n_parts = find_parts(&rest, r->when.root, r->when.root->kind == NODE_AND, a, &x.parts);
	x.n_found = find_terms(&rest, &r->when, NULL, a, &x.found, wanted);
	x.found[x.n_found++] = found_from(m, a, NULL, places_of(m));
	find_shared(&rest, &r->when, a, &x, wanted);
	if (run.failed) {
		x.holds = false;
		x.failed = arena_strdup(a, run.failed);
	}
	return x;
}

bool rule_explain(struct rule_matcher *m, struct arena *a, const struct folded_article *f,
	const struct article *x, int64_t now, const char *id,
	void (*tell)(const struct rule_explanation *r, void *ctx), void *ctx)
{
	struct report none = {0};
	bool any = false;
	match_begin(m, f, x, now);
	for (size_t i = 0; i < m->set->n; i++) {
		const struct rule *r = &m->set->rules[i];
		bool wanted;
		if (id ? strcmp(r->info->id, id) != 0 : !r->runs)
			continue;
		any = true;
		struct rule_explanation e = explain(m, r, a, &wanted);
		if (id || e.holds || wanted)
			tell(&e, ctx);
	}
	match_end(m, &none);
	report_release(&none);
	return any;
}
