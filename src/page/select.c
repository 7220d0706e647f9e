/* select: see select.h. A path is tried from its last step upwards, the way most elements fail soonest. */
#include "page/select.h"

#include <string.h>

#include "base/banned.h"

static bool has_word(struct span words, struct span word)
{
	struct span part;
	while (span_next(&words, ' ', &part))
		if (span_eq(span_trim(part), word))
			return true;
	return false;
}

static bool same_tag(struct span tag, struct span want)
{
	for (size_t i = 0; i < tag.n && tag.n == want.n; i++)
		if (tag.p[i] != (want.p[i] >= 'A' && want.p[i] <= 'Z' ? want.p[i] + 32 : want.p[i]))
			return false;
	return tag.n == want.n;
}

static bool passes(const struct node *n, const struct selector_step *t)
{
	if (n->tag.n == 0 || (t->tag.n && !same_tag(n->tag, t->tag)))
		return false;
	for (size_t i = 0; i < t->n; i++) {
		bool there = false, good = false;
		struct span want = t->test[i].value, v = {NULL, 0};
		for (size_t k = 0; k < n->n_attrs && !there; k++)
			if (span_eq(n->attrs[k].name, t->test[i].name)) {
				there = true;
				v = n->attrs[k].value;
			}
		size_t at = want.n && there ? span_find(v, want, 0) : SIZE_MAX;
		switch (t->test[i].how) {
		case SELECTOR_HAS:
			good = there;
			break;
		case SELECTOR_IS:
			good = there && span_eq(span_trim(v), want);
			break;
		case SELECTOR_WORD:
			good = there && has_word(v, want);
			break;
		case SELECTOR_BEGINS:
			good = at == 0;
			break;
		case SELECTOR_CONTAINS:
			good = at != SIZE_MAX;
			break;
		case SELECTOR_ENDS:
			good = there && want.n && v.n >= want.n &&
			       span_eq(span_cut(v, v.n - want.n, v.n), want);
			break;
		}
		if (!good)
			return false;
	}
	return true;
}

/* Do the steps before the i-th stand around n? Each is taken as near as possible; when the parent that one
 * must have is not there, the search goes on above the last that could be anywhere. */
static bool surrounded(const struct node *n, const struct selector_path *p, size_t i)
{
	const struct node *near = NULL;
	size_t near_i = 0;
	while (i > 0) {
		n = n->parent;
		if (!n)
			return false;
		if (passes(n, &p->step[i - 1])) {
			near_i = p->step[i].child ? near_i : i;
			near = p->step[i].child ? near : n;
			i--;
		} else if (p->step[i].child) {
			if (!near)
				return false;
			n = near;
			i = near_i;
		}
	}
	return true;
}

const struct selector_path *select_match(const struct selector *s, const struct node *n)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct selector_path *p = &s->path[i];
		if (p->n && passes(n, &p->step[p->n - 1]) && surrounded(n, p, p->n - 1))
			return p;
	}
	return NULL;
}

static void unlink_node(struct node *n)
{
	if (n->prev)
		n->prev->next = n->next;
	else
		n->parent->first = n->next;
	if (n->next)
		n->next->prev = n->prev;
	else
		n->parent->last = n->prev;
}

size_t select_remove(const struct selector *s, struct node *root)
{
	size_t removed = 0;
	for (struct node *n = root->first, *next; n && s->n; n = next) {
		bool meant = n->tag.n && select_match(s, n);
		next = meant ? node_skip(n, root) : node_after(n, root);
		if (meant) {
			unlink_node(n);
			removed++;
		}
	}
	return removed;
}
