/* need_words: sets of texts, and the words taken from them. A part of a pattern that is known exactly is the
 * set of all texts it matches; of these a group keeps what the scan can find: a word that surely begins where
 * a word of the text begins. */

#include "rule/need.h"

#include <string.h>

#include "base/utf8.h"

#include "base/banned.h"

enum { BYTES_MAX = 96 }; /* of one text */

/* Characters of the longest. */
uint32_t texts_longest(const struct texts *set)
{
	size_t most = 0;
	for (size_t i = 0; i < set->n; i++) {
		size_t n = utf8_count(set->p[i]);
		for (size_t k = 0; k < set->p[i].n; k++)
			n -= set->p[i].p[k] == EDGE;
		most = n > most ? n : most;
	}
	return (uint32_t)most;
}

struct texts texts_one(struct arena *a, struct span s)
{
	struct texts set = {arena_array(a, struct span, 1), 1};
	set.p[0] = s;
	return set;
}

/* Every string of x followed by every string of y; false when that is too many or too long. */
bool texts_multiply(struct arena *a, const struct texts *x, const struct texts *y, struct texts *out)
{
	if (x->n * y->n > TEXTS_MAX)
		return false;
	*out = (struct texts){arena_array(a, struct span, x->n * y->n + 1), 0};
	for (size_t i = 0; i < x->n; i++)
		for (size_t k = 0; k < y->n; k++) {
			if (x->p[i].n + y->p[k].n > BYTES_MAX)
				return false;
			char *to = arena_alloc(a, BYTES_MAX);
			if (x->p[i].n)
				memcpy(to, x->p[i].p, x->p[i].n);
			if (y->p[k].n)
				memcpy(to + x->p[i].n, y->p[k].p, y->p[k].n);
			out->p[out->n++] = (struct span){to, x->p[i].n + y->p[k].n};
		}
	return true;
}

/* The part of a string that begins at a sure word start, without edges; empty: none, or too short. *leads is
 * taken back when it is not the beginning of the string. */
static struct span usable(struct arena *a, struct span s, bool starts, bool *leads, struct margin *out)
{
	size_t from = 0;
	for (; from < s.n; from++) {
		unsigned char c = (unsigned char)s.p[from];
		if ((c & 0xC0) == 0x80 || !literal_starts(c))
			continue;
		bool everywhere = c >= 0x80 && !literal_letter(s.p + from, s.n - from);
		if (everywhere || (from ? !literal_starts((unsigned char)s.p[from - 1]) : starts))
			break;
	}
	for (size_t i = 0; i < from; i++)
		*leads = *leads && s.p[i] == EDGE;
	char *to = arena_alloc(a, s.n + 1);
	size_t n = 0;
	for (size_t i = from; i < s.n; i++)
		if (s.p[i] != EDGE)
			to[n++] = s.p[i];
	size_t all = n;
	while (n && to[n - 1] == ' ')
		n--;
	out->before = larger(out->before, (uint32_t)from);
	out->behind = larger(out->behind, (uint32_t)(all - n));
	return n >= LITERAL_BYTES_MIN ? (struct span){to, n} : (struct span){0};
}

static size_t shortest(const struct need *g)
{
	size_t least = SIZE_MAX;
	for (size_t i = 0; i < g->n; i++)
		least = g->words[i].n < least ? g->words[i].n : least;
	return least;
}

/* Which of two groups lets fewer paragraphs through, as far as lengths tell. */
bool need_rarer(const struct need *x, const struct need *y)
{
	return shortest(x) * 4 + y->n > shortest(y) * 4 + x->n;
}

void groups_add(struct groups *to, const struct need *g)
{
	if (to->n < RULE_NEEDS_MAX)
		to->v[to->n++] = *g;
}

/* One of these strings is in every match. False: their words are of no use. */
bool groups_add_texts(struct arena *a, struct groups *to, const struct texts *set, bool starts, bool leads,
	struct margin *out)
{
	struct need g = {.words = arena_array(a, struct span, set->n + 1), .leads = leads};
	*out = (struct margin){0};
	for (size_t i = 0; i < set->n; i++) {
		struct span word = usable(a, set->p[i], starts, &g.leads, out);
		if (!word.n)
			return false;
		bool known = false;
		for (size_t k = 0; k < g.n; k++)
			known = known || span_eq(g.words[k], word);
		if (!known)
			g.words[g.n++] = word;
	}
	if (g.n)
		groups_add(to, &g);
	return g.n;
}

const struct need *groups_best(const struct groups *g)
{
	const struct need *best = NULL;
	for (size_t i = 0; i < g->n; i++)
		if (!best || need_rarer(&g->v[i], best))
			best = &g->v[i];
	return best;
}

/* Each string is one of whole words: \b, then letters, then \b, and letters stand beside the \b. */
bool texts_plain(const struct texts *set)
{
	for (size_t i = 0; i < set->n; i++) {
		struct span s = set->p[i];
		if (s.n < 3 || s.p[0] != EDGE || s.p[s.n - 1] != EDGE)
			return false;
		struct span inner = span_cut(s, 1, s.n - 1);
		if (span_find_byte(inner, EDGE, 0) != SIZE_MAX || !literal_letter(inner.p, inner.n))
			return false;
		size_t last = inner.n - 1;
		while (last && ((unsigned char)inner.p[last] & 0xC0) == 0x80)
			last--;
		if (!literal_letter(inner.p + last, inner.n - last))
			return false;
	}
	return true;
}

/* Each of them ends where a word may begin; one without a character ends as what stands before does. */
bool texts_end_words(const struct texts *set, bool before)
{
	for (size_t i = 0; i < set->n; i++) {
		struct span s = set->p[i];
		if (s.n ? literal_starts((unsigned char)s.p[s.n - 1]) : !before)
			return false;
	}
	return true;
}

/* The strings of an atom that may be left out, too: first with it, then without. */
void texts_add_nothing(struct arena *a, struct texts *set)
{
	struct texts with = {arena_array(a, struct span, set->n + 1), set->n + 1};
	memcpy(with.p, set->p, set->n * sizeof *with.p);
	with.p[set->n] = SPAN("");
	*set = with;
}
