/* node: what the tree of a condition tells by itself: where its parts can stand, which words it wants, which
 * wake it, and which parts say the same. */

#include "rule/rule_priv.h"

#include "base/banned.h"

bool node_is_positional(const struct node *n)
{
	switch (n->kind) {
	case NODE_TERM:
	case NODE_PLACE:
	case NODE_CLAIM:
	case NODE_NEAR:
	case NODE_APART:
	case NODE_BEFORE:
	case NODE_SAME:
	case NODE_IN:
		return true;
	case NODE_AND:
	case NODE_OF:
		for (size_t i = 0; i < n->n; i++)
			if (node_is_positional(n->child[i]))
				return true;
		return false;
	case NODE_OR:
		for (size_t i = 0; i < n->n; i++)
			if (!node_is_positional(n->child[i]))
				return false;
		return true;
	case NODE_NOT:
	case NODE_UNPLACED:
	case NODE_OFFICIAL:
	case NODE_SOURCE:
	case NODE_LANG:
	case NODE_AGE:
		return false;
	}
	return false;
}

/* The zones an occurrence of this node can lie in. */
unsigned node_zones(const struct node *n)
{
	unsigned z = 0;
	if (n->kind == NODE_TERM)
		return n->term->zones;
	if (n->kind == NODE_PLACE || n->kind == NODE_CLAIM || !n->n)
		return ZONE_READ | ZONE_URL;
	if (n->kind == NODE_IN)
		return n->zones;
	for (size_t i = 0; i < n->n; i++)
		z |= node_zones(n->child[i]);
	return z;
}

/* A term is wanted where it stands under no "not" and not on the right of "not near". */
void node_mark_wanted(const struct node *n)
{
	if (n->kind == NODE_TERM)
		n->term->wanted = true;
	if (n->kind == NODE_NOT)
		return;
	for (size_t i = 0; i < (n->kind == NODE_APART ? 1 : n->n); i++)
		node_mark_wanted(n->child[i]);
}

/* All that a part says, when its own parts are numbered. */
static void sign_part(struct str *s, const struct node *n)
{
	const int64_t says[] = {
		n->kind, n->count, n->sentences, n->less, n->zones, n->term ? n->term->number : 0};
	str_add(s, (struct span){(const char *)says, sizeof says});
	for (size_t i = 0; i < n->n; i++)
		str_add(s, (struct span){(const char *)&n->child[i]->number, sizeof n->child[i]->number});
	for (size_t i = 0; i < n->n_words; i++) {
		str_addc(s, ' ');
		str_add(s, n->words[i]);
	}
}

/* Parts that say the same, in whatever rule, share a number: they are evaluated once an article. So it is
 * with shared conditions, which are read again in each rule that names them. */
void node_number(struct loading *l, struct node *n)
{
	struct str sign = {0};
	n->claims = n->kind == NODE_CLAIM;
	n->dear = n->term && n->term->n_regex;
	for (size_t i = 0; i < n->n; i++) {
		node_number(l, n->child[i]);
		n->claims = n->claims || n->child[i]->claims;
		n->dear = n->dear || n->child[i]->dear;
	}
	sign_part(&sign, n);
	uintptr_t known = (uintptr_t)map_get(&l->parts, str_span(&sign));
	n->number = known ? (uint32_t)(known - 1) : l->set->n_parts++;
	if (!known)
		map_put(&l->parts, str_span(&sign), (void *)((uintptr_t)n->number + 1));
	str_release(&sign);
}

/* A term is woken by its lists and expressions together; not by words that only take points away. */
static bool needs_term(struct arena *a, const struct term *t, size_t n_lists, struct wakers *out)
{
	*out = (struct wakers){arena_array(a, uint32_t, t->n_lists + t->n_regex + 1), 0, 0};
	for (size_t i = 0; i < t->n_lists; i++) {
		if (t->points && t->points[i] < 0)
			continue;
		out->p[out->n++] = t->lists[i]->number;
		out->words += t->lists[i]->n;
	}
	for (size_t i = 0; i < t->n_regex; i++) {
		if (!t->regex[i]->n_needs)
			return false;
		out->p[out->n++] = (uint32_t)n_lists + t->regex[i]->number;
		out->words += t->regex[i]->needs[0].n;
	}
	return true;
}

/* For "or": any part may wake it, so what wakes them together. */
static bool needs_all(struct arena *a, const struct node *n, size_t n_lists, struct wakers *out)
{
	struct wakers sum = {0};
	for (size_t i = 0; i < n->n; i++) {
		struct wakers some;
		if (!node_needs(a, n->child[i], n_lists, &some))
			return false;
		uint32_t *more = arena_array(a, uint32_t, sum.n + some.n + 1);
		for (size_t k = 0; k < sum.n + some.n; k++)
			more[k] = k < sum.n ? sum.p[k] : some.p[k - sum.n];
		sum = (struct wakers){more, sum.n + some.n, sum.words + some.words};
	}
	*out = sum;
	return n->n > 0;
}

/* For "and": one part is enough, the one with the fewest words. */
static bool needs_one(struct arena *a, const struct node *n, size_t parts, size_t n_lists, struct wakers *out)
{
	bool any = false;
	for (size_t i = 0; i < parts; i++) {
		struct wakers some;
		if (!node_needs(a, n->child[i], n_lists, &some))
			continue;
		if (!any || some.words < out->words)
			*out = some;
		any = true;
	}
	return any;
}

bool node_needs(struct arena *a, const struct node *n, size_t n_lists, struct wakers *out)
{
	switch (n->kind) {
	case NODE_TERM:
		return needs_term(a, n->term, n_lists, out);
	case NODE_OR:
	case NODE_OF:
		return needs_all(a, n, n_lists, out);
	case NODE_AND:
	case NODE_NEAR:
	case NODE_BEFORE:
	case NODE_SAME:
		return needs_one(a, n, n->n, n_lists, out);
	case NODE_APART:
	case NODE_IN:
		return needs_one(a, n, 1, n_lists, out);
	case NODE_PLACE:
	case NODE_UNPLACED:
	case NODE_CLAIM:
	case NODE_OFFICIAL:
	case NODE_SOURCE:
	case NODE_LANG:
	case NODE_AGE:
	case NODE_NOT:
		return false;
	}
	return false;
}
