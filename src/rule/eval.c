/* eval: a condition over positions. Each node yields true or false and, where it speaks of words, the
 * occurrences that count; `near` and its kin keep those of their left side, so that a chain narrows the first
 * word.
 *
 * What came of a part is kept by its number until the article is done, and parts that say the same, in
 * whatever rule, have one number: so a shared condition costs once, however many rules name it. And what need
 * not be known is not asked: of "and" and "or" no more parts than decide, those without an expression first;
 * the occurrences of joined parts are gathered only where somebody wants them. */

#include "rule/rule_priv.h"

#include <string.h>

#include "base/limits.h"

#include "base/banned.h"

static void unite(struct run *r, const struct node *n, struct set *out);

/* The occurrences that count of a part that was evaluated. Those of parts joined are gathered when somebody
 * asks. */
static struct set *set_of(struct run *r, const struct node *n)
{
	struct outcome *o = &r->m->at[n->number];
	bool joins = n->kind == NODE_AND || n->kind == NODE_OR || n->kind == NODE_OF;
	if (joins && o->is && !o->united) {
		unite(r, n, &o->set);
		o->united = true;
		o->run = r->failed ? r->number : o->run;
	}
	return &o->set;
}

static const struct set *located_set(struct run *r, const struct node *n)
{
	return locate(r->m, set_of(r, n));
}

/* An empty set that can hold some of these. */
static struct set room_for(struct run *r, const struct set *s)
{
	return (struct set){s->n ? arena_raw(&r->m->scratch, s->n * sizeof *s->p) : NULL, 0, s->located};
}

/* Left side's occurrences that have (or, for "not near", have not) the right side nearby. */
static bool eval_near(struct run *r, const struct node *n, struct set *out)
{
	bool apart_wanted = n->kind == NODE_APART;
	if (n->child[0]->dear && !n->child[1]->dear && !apart_wanted && !node_eval(r, n->child[1]))
		return false;
	if (!node_eval(r, n->child[0]))
		return false;
	bool right = node_eval(r, n->child[1]);
	if (!right && !apart_wanted)
		return false;
	const struct set *left = located_set(r, n->child[0]), *in = located_set(r, n->child[1]);
	*out = room_for(r, left);
	for (size_t i = 0; i < left->n; i++)
		if ((right && witness(r->m, n, &left->p[i], in)) != apart_wanted)
			out->p[out->n++] = left->p[i];
	set_seal(out);
	return out->n > 0;
}

static bool eval_same(struct run *r, const struct node *n, struct set *out)
{
	for (size_t i = 0; i < n->n; i++)
		if (!node_eval(r, n->child[i]))
			return false;
	struct node near = {.kind = NODE_NEAR, .sentences = true, .count = 0};
	const struct set *left = located_set(r, n->child[0]);
	*out = room_for(r, left);
	for (size_t i = 0; i < left->n; i++) {
		bool all = true;
		for (size_t k = 1; all && k < n->n; k++) {
			const struct pos *b = witness(r->m, &near, &left->p[i], located_set(r, n->child[k]));
			all = b && b->field == left->p[i].field;
		}
		if (all)
			out->p[out->n++] = left->p[i];
	}
	set_seal(out);
	return out->n > 0;
}

static bool eval_in(struct run *r, const struct node *n, struct set *out)
{
	if (!node_eval(r, n->child[0]))
		return false;
	const struct set *in = set_of(r, n->child[0]);
	*out = room_for(r, in);
	for (size_t i = 0; i < in->n; i++)
		if (in_zones(r->m, in->p[i].field, in->p[i].start, n->zones))
			out->p[out->n++] = in->p[i];
	set_seal(out);
	return out->n > 0;
}

/* All occurrences of the children that hold. */
static void unite(struct run *r, const struct node *n, struct set *out)
{
	const struct set **of = arena_array(&r->m->scratch, const struct set *, n->n);
	size_t sum = 0;
	for (size_t i = 0; i < n->n; i++)
		if (node_eval(r, n->child[i]))
			sum += (of[i] = set_of(r, n->child[i]))->n;
	*out = (struct set){sum ? arena_raw(&r->m->scratch, sum * sizeof *out->p) : NULL, 0, false};
	for (size_t i = 0; i < n->n; i++)
		for (size_t k = 0; of[i] && k < of[i]->n; k++)
			out->p[out->n++] = of[i]->p[k];
	set_seal(out);
}

/* Are so many of the parts true? Those that cost little are asked first, and no more than are needed. */
static bool eval_some(struct run *r, const struct node *n, size_t least)
{
	size_t true_ones = 0, left = n->n;
	for (int dear = 0; dear < 2; dear++)
		for (size_t i = 0; i < n->n; i++) {
			if (n->child[i]->dear != dear)
				continue;
			true_ones += node_eval(r, n->child[i]);
			left--;
			if (true_ones >= least || true_ones + left < least)
				return true_ones >= least;
		}
	return true_ones >= least;
}

static bool word_among(const struct node *n, struct span w)
{
	for (size_t i = 0; i < n->n_words; i++)
		if (span_eq(n->words[i], w))
			return true;
	return false;
}

static bool eval_lang(const struct run *r, const struct node *n)
{
	struct span rest = span_of(language_of(r->m)), tag = {0};
	return span_next(&rest, '-', &tag) && word_among(n, tag);
}

/* An article without a date counts as new: it came in now. */
static bool eval_age(const struct run *r, const struct node *n)
{
	const struct stamp *s = &r->m->x->published;
	int64_t age = s->known && s->at < r->m->now ? r->m->now - s->at : 0;
	return n->less ? age < n->count : age > n->count;
}

static bool eval(struct run *r, const struct node *n, struct set *out)
{
	switch (n->kind) {
	case NODE_TERM:
		term_eval(r, n->term, out);
		return out->n > 0;
	case NODE_PLACE:
		*out = *places_of(r->m);
		return out->n > 0;
	case NODE_UNPLACED:
		return r->m->x->n_mentions == 0;
	case NODE_CLAIM:
		*out = r->claim;
		return out->n > 0;
	case NODE_OFFICIAL:
		return r->m->official;
	case NODE_SOURCE:
		return word_among(n, span_of(r->m->x->source.kind));
	case NODE_LANG:
		return eval_lang(r, n);
	case NODE_AGE:
		return eval_age(r, n);
	case NODE_AND:
		return eval_some(r, n, n->n);
	case NODE_OR:
		return eval_some(r, n, 1);
	case NODE_OF:
		return eval_some(r, n, (size_t)n->count);
	case NODE_NOT:
		return !node_eval(r, n->child[0]);
	case NODE_NEAR:
	case NODE_APART:
	case NODE_BEFORE:
		return eval_near(r, n, out);
	case NODE_SAME:
		return eval_same(r, n, out);
	case NODE_IN:
		return eval_in(r, n, out);
	}
	return false;
}

struct run run_new(struct rule_matcher *m)
{
	return (struct run){.m = m, .number = ++m->runs};
}

bool node_eval(struct run *r, const struct node *n)
{
	struct outcome *o = &r->m->at[n->number];
	if (o->article == r->m->article && (!o->run || o->run == r->number))
		return o->is;
	struct set set = {0};
	bool is = eval(r, n, &set);
	*o = (struct outcome){r->m->article, n->claims || r->failed ? r->number : 0, is, false, set};
	return is;
}

static void collect_pos(struct set *out, size_t max, const struct pos *p)
{
	for (size_t i = 0; i < out->n; i++)
		if (out->p[i].field == p->field && out->p[i].start <= p->start && out->p[i].end >= p->end)
			return;
	if (p->term && out->n < max)
		out->p[out->n++] = *p;
}

enum { COLLECT_EACH = 2 }; /* occurrences shown of one part of a condition */

/* The first, or of a term of points the heaviest, that were not picked; SIZE_MAX: none is left. */
static size_t pick(const struct set *s, const size_t *picked, size_t n_picked)
{
	size_t best = SIZE_MAX;
	for (size_t i = 0; i < s->n; i++) {
		bool taken = false;
		for (size_t k = 0; k < n_picked; k++)
			taken = taken || picked[k] == i;
		if (!taken && (best == SIZE_MAX || s->p[i].points > s->p[best].points))
			best = i;
	}
	return best;
}

static void collect(struct run *r, const struct node *n, struct set *out, size_t max)
{
	if (!node_eval(r, n) || n->kind == NODE_NOT)
		return;
	if (n->kind == NODE_AND || n->kind == NODE_OR || n->kind == NODE_OF) {
		for (size_t i = 0; i < n->n; i++)
			collect(r, n->child[i], out, max);
		return;
	}
	const struct set *s = set_of(r, n);
	size_t picked[COLLECT_EACH];
	for (size_t n_picked = 0; n_picked < s->n && n_picked < COLLECT_EACH; n_picked++) {
		size_t i = picked[n_picked] = pick(s, picked, n_picked);
		collect_pos(out, max, &s->p[i]);
		for (size_t k = 1; k < n->n && n->kind != NODE_APART; k++) {
			struct node near = n->kind == NODE_SAME
						   ? (struct node){.kind = NODE_NEAR, .sentences = true}
						   : *n;
			const struct pos *b = witness(r->m, &near, &s->p[i], set_of(r, n->child[k]));
			if (b)
				collect_pos(out, max, b);
		}
	}
	for (size_t i = 0; i < n->n && n->kind != NODE_IN; i++)
		if (n->child[i]->n && !(i > 0 && n->kind == NODE_APART))
			collect(r, n->child[i], out, max);
}

void node_collect(struct run *r, const struct node *n, struct set *out, size_t max)
{
	*out = (struct set){.p = arena_raw(&r->m->scratch, max * sizeof *out->p)};
	collect(r, n, out, max);
	set_seal(out);
}
