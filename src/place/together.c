/* together: what one name says of another. A name in doubt is settled by a list it stands in, by another
 * place in its sentence, by its province named in the article. */
#include "place/place_priv.h"

#include "base/banned.h"

/* A neighbour in a list of places that is one for certain. */
static bool in_list(const struct finder *f, size_t i)
{
	const struct candidate *c = f->found.p;
	size_t n = f->found.n;
	return (i > 0 && c[i - 1].verdict == VERDICT_YES && list_gap(f->t, c[i - 1].end, c[i].start)) ||
	       (i + 1 < n && c[i + 1].verdict == VERDICT_YES && list_gap(f->t, c[i].end, c[i + 1].start));
}

/* A neighbour in a list that may be a place, too: two names side by side are no accident. */
static bool beside_another(const struct finder *f, size_t i)
{
	const struct candidate *c = f->found.p;
	size_t n = f->found.n;
	return (i > 0 && c[i - 1].verdict == VERDICT_DOUBT && list_gap(f->t, c[i - 1].end, c[i].start)) ||
	       (i + 1 < n && c[i + 1].verdict == VERDICT_DOUBT && list_gap(f->t, c[i].end, c[i + 1].start));
}

/* Another place of Vietnam in the sentence, or a part of the same unit. */
bool place_in_sentence(const struct finder *f, size_t i)
{
	const struct candidate *c = f->found.p;
	for (size_t k = i > NEIGHBOURS ? i - NEIGHBOURS : 0; k < f->found.n && k < i + NEIGHBOURS; k++)
		if (k != i && c[k].sentence == c[i].sentence && c[k].verdict == VERDICT_YES &&
			(candidate_unit(f, &c[k]) != candidate_unit(f, &c[i]) ||
				candidate_is_part(&c[k]) > candidate_is_part(&c[i])))
			return true;
	return false;
}

bool place_in_article(const struct finder *f, uint32_t but)
{
	for (uint32_t i = 0; i < f->g->units.n; i++)
		if (i != but && f->whole->present[i])
			return true;
	return false;
}

/* Is today's unit named in the paragraph of candidate i? */
static bool unit_near(const struct finder *f, size_t i, uint32_t now)
{
	const struct candidate *c = f->found.p;
	for (size_t k = i > NEIGHBOURS ? i - NEIGHBOURS : 0; k < f->found.n && k < i + NEIGHBOURS; k++)
		if (k != i && c[k].verdict == VERDICT_YES && c[k].paragraph == c[i].paragraph &&
			f->g->units.p[candidate_unit(f, &c[k])].now == now)
			return true;
	return false;
}

/* Chooses among the units that share the name of a part the one that is named in the paragraph, or else in
 * the article; false: none. */
static bool choose_unit(const struct finder *f, size_t i)
{
	struct candidate *c = &f->found.p[i];
	for (int far = 0; far < 2; far++)
		for (size_t e = 0; e < c->n; e++) {
			uint32_t now = f->g->units.p[f->g->parts.p[c->entry[e]->index].unit].now;
			if (far ? f->whole->present[now] : unit_near(f, i, now)) {
				c->entry[0] = c->entry[e];
				return true;
			}
		}
	return false;
}

/* Does anything speak of Vietnam, in the sentence or in the article? */
static bool in_vietnam(const struct finder *f, size_t i, bool list)
{
	const struct candidate *c = &f->found.p[i];
	enum script script = c->entry[0]->script;
	bool latin = script == SCRIPT_CASED;
	if (list || (latin && c->weak) || vietnam_in_sentence(f, c) || place_in_sentence(f, i))
		return true;
	bool clear = latin || script == SCRIPT_KATAKANA || c->strong || beside_another(f, i);
	return clear && (f->whole->vietnam || place_in_article(f, UINT32_MAX));
}

static bool satisfied(const struct finder *f, size_t i)
{
	const struct candidate *c = &f->found.p[i];
	bool list = in_list(f, i);
	if (c->need == NEED_WEAK && c->shape == SHAPE_SMALL && beside_another(f, i))
		return true;
	if (c->need & NEED_STRONG && !c->strong && !list)
		return false;
	if (c->need & NEED_WEAK && !c->strong && !c->weak && !list)
		return false;
	if (c->need & NEED_VIETNAM && !in_vietnam(f, i, list))
		return false;
	return !(c->need & NEED_UNIT) || choose_unit(f, i);
}

/* Once a company of the article is Hải Phòng Xanh, the bare Hải Phòng Xanh is, too. */
static void follow_brands(struct finder *f)
{
	vec_each (c, &f->found) {
		if (c->verdict != VERDICT_YES || c->strong || !f->whole->n_brands)
			continue;
		struct span next = goes_on_with(f, c);
		for (size_t k = 0; next.n && k < f->whole->n_brands; k++)
			if (f->whole->brands[k].unit == candidate_unit(f, c) &&
				span_eq(f->whole->brands[k].next, next))
				withdraw(f, c, VERDICT_METONYM, "company");
	}
}

/* Does the candidate stand alone in brackets that open at the offset? */
static bool bracketed(const struct text *t, uint32_t from, const struct candidate *in)
{
	struct span open = span_trim(span_cut(t->folded, from, in->start));
	size_t close = in->end + (in->end < t->folded.n && t->folded.p[in->end] == ' ');
	return span_is(open, "(") && close < t->folded.n && t->folded.p[close] == ')';
}

/* Phú Thọ (TP HCM): something of that name there, when the two were never one. */
static void follow_brackets(struct finder *f)
{
	const struct text *t = f->t;
	for (size_t i = 0; i + 1 < f->found.n; i++) {
		struct candidate *c = &f->found.p[i], *in = c + 1;
		bool both = c->verdict == VERDICT_YES && in->verdict == VERDICT_YES && !c->strong &&
			    !candidate_is_part(c) && !candidate_is_part(in);
		if (both && bracketed(t, c->end, in) &&
			f->g->units.p[candidate_unit(f, c)].now != f->g->units.p[candidate_unit(f, in)].now)
			withdraw(f, c, VERDICT_NO, "ward");
	}
}

static void settle(struct finder *f, size_t i)
{
	if (f->found.p[i].verdict == VERDICT_DOUBT && satisfied(f, i))
		accept(f, &f->found.p[i]);
}

/* There and back: a list may be certain at one end only. */
static void settle_all(struct finder *f)
{
	for (size_t i = 0; i < f->found.n; i++)
		settle(f, i);
	for (size_t i = f->found.n; i-- > 0;)
		settle(f, i);
}

void judge_together(struct finder *f, size_t n)
{
	enum { ROUNDS = 2 }; /* what the text makes certain the title may need */
	for (size_t k = 0; k < n; k++)
		follow_brands(&f[k]);
	for (int round = 0; round < ROUNDS; round++)
		for (size_t k = 0; k < n; k++)
			settle_all(&f[k]);
	for (size_t k = 0; k < n; k++)
		follow_brackets(&f[k]);
}
