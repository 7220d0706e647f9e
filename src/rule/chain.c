/* chain: where a paragraph ends, what its words mean for the regular expressions. An expression is worth
 * running when the paragraph holds a word of each of its needs. A chain (need.c) is decided here and now,
 * from the places of the words: behind a word of its first need, words of the next are tried that stand as
 * far as the gap allows, the farthest first (as a greedy dot would, or the nearest, as a lazy one), and so on
 * to the last, going back where there is no way on. This is what PCRE2 finds, in a tenth of its time. Where
 * it is not known whether a word stands whole, where the paragraph is cut into pieces, and where too many
 * ways would have to be tried, PCRE2 decides.
 *
 * Of other expressions the same search tells where PCRE2 need not be asked: a word that every match begins
 * with is passed over where those of the other needs do not stand behind it, near enough and in their order.
 */

#include "rule/rule_priv.h"

#include "base/limits.h"
#include "base/utf8.h"

#include "base/banned.h"

enum { STEPS_MAX = 256 };         /* that one match may take; more: PCRE2 decides */
enum { NO, SPOTS, CHAIN, STATE }; /* of an expression in a paragraph; in the low bits of `tried` */

static const uint32_t UNKNOWN = UINT32_MAX; /* no end of a match */

struct deciding {
	const struct literal_plan *plan;
	struct literal_scan *s;
	struct span text;
	enum field field;
	uint32_t paragraph;
	struct text_range range; /* of it */
	size_t n;                /* needs of the expression at hand */
	bool chain;              /* it is one: words must stand whole */
	unsigned steps;
};

static bool is_here(const struct literal_scan *s, uint32_t word)
{
	return s->last[word] >= s->begin;
}

/* The last place of a word in this paragraph; NULL: none. */
static const struct literal_met *last_of(const struct literal_scan *s, uint32_t word)
{
	return is_here(s, word) ? &s->met.p[s->last[word] - s->begin] : NULL;
}

static const struct literal_met *before(const struct literal_scan *s, const struct literal_met *w)
{
	return w->before ? &s->met.p[w->before - 1] : NULL;
}

static const uint32_t *next_group(const uint32_t *group)
{
	return group + GROUP_HEAD + group[GROUP_N];
}

/* Of the words of a group, the one that is to be tried next: it begins between low and high. NULL: none. */
static const struct literal_met *next_word(
	struct deciding *d, const uint32_t *group, uint32_t low, uint32_t high)
{
	const struct literal_met *best = NULL;
	bool lazy = group[GROUP_LAZY];
	for (uint32_t k = 0; k < group[GROUP_N]; k++)
		for (const struct literal_met *w = last_of(d->s, group[GROUP_HEAD + k]); w && w->start >= low;
			w = before(d->s, w)) {
			d->steps++;
			if (w->start > high)
				continue;
			if (!best || (lazy ? w->start < best->start : w->start > best->start))
				best = w;
			if (!lazy)
				break;
		}
	return best;
}

static uint32_t match_from(
	struct deciding *d, size_t need, const uint32_t *group, const struct literal_met *at);

/* The end of the match whose words up to this need end at `end`; 0: none. Characters are counted only when a
 * word was found within the bytes that so many of them can have. */
static uint32_t match_on(struct deciding *d, size_t need, const uint32_t *group, uint32_t end)
{
	uint32_t least = group[GROUP_LEAST], most = group[GROUP_MOST];
	uint64_t reach = end + 4ull * most;
	uint32_t low = end + least, high = reach < UNKNOWN ? (uint32_t)reach : UNKNOWN - 1;
	bool lazy = group[GROUP_LAZY], counted = !least && most == UINT32_MAX;
	while (low <= high) {
		const struct literal_met *at = next_word(d, group, low, high);
		if (d->steps > STEPS_MAX)
			return UNKNOWN;
		if (!at)
			return 0;
		uint32_t start = at->start;
		if (!counted && (least || start - end > most)) {
			struct span behind = span_cut(d->text, end, d->text.n);
			low = end + (uint32_t)utf8_offset(behind, least);
			high = end + (uint32_t)utf8_offset(behind, most);
			counted = true;
			if (start < low || start > high)
				continue;
		}
		uint32_t got = match_from(d, need, group, at);
		if (got)
			return got;
		if (lazy)
			low = start + 1;
		else
			high = start - 1;
	}
	return 0;
}

/* Is it the only word that was met where it begins? Those that begin in one place lie together. */
static bool is_alone(const struct literal_scan *s, const struct literal_met *w)
{
	const struct literal_met *first = s->met.p, *last = s->met.p + s->met.n - 1;
	return (w == first || w[-1].start != w->start) && (w == last || w[1].start != w->start);
}

/* The same with this word of the need. */
static uint32_t match_with(
	struct deciding *d, size_t need, const uint32_t *group, const struct literal_met *w)
{
	int whole = d->chain ? literal_whole(d->text, w->start, w->end) : 1;
	if (whole < 0)
		return UNKNOWN;
	if (!whole)
		return 0;
	return need + 1 < d->n ? match_on(d, need + 1, next_group(group), w->end) : w->end;
}

/* The same with the words of this need that begin where the word `at` of it does, in the order they are
 * written. */
static uint32_t match_from(
	struct deciding *d, size_t need, const uint32_t *group, const struct literal_met *at)
{
	if (is_alone(d->s, at))
		return match_with(d, need, group, at);
	for (uint32_t k = 0; k < group[GROUP_N]; k++) {
		const struct literal_met *w = last_of(d->s, group[GROUP_HEAD + k]);
		while (w && w->start > at->start) {
			d->steps++;
			w = before(d->s, w);
		}
		uint32_t end = w && w->start == at->start ? match_with(d, need, group, w) : 0;
		if (end)
			return end;
	}
	return 0;
}

static bool has_others(const struct literal_scan *s, const uint32_t *group, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		group = next_group(group);
		uint32_t k = 0;
		while (k < group[GROUP_N] && !is_here(s, group[GROUP_HEAD + k]))
			k++;
		if (k == group[GROUP_N])
			return false;
	}
	return true;
}

static unsigned first_state(const struct deciding *d, const struct literal_needs *of)
{
	if (!has_others(d->s, of->groups, of->n))
		return NO;
	return of->chain && d->range.end - d->range.start <= PARAGRAPH_MAX ? CHAIN : SPOTS;
}

/* A word of the first need is met. */
static void try_at(struct deciding *d, uint32_t regex, const struct literal_met *w)
{
	struct literal_scan *s = d->s;
	struct literal_tried *t = &s->tried[regex];
	const struct literal_needs *of = &d->plan->of[regex];
	struct spot spot = {d->field, d->paragraph, w->start, w->end};
	bool again = t->state >= s->begin * STATE;
	if (!again)
		*t = (struct literal_tried){s->begin * STATE + first_state(d, of), d->range.start};
	unsigned state = (unsigned)(t->state % STATE);
	if (state == NO || w->start < t->behind)
		return;
	if (state == SPOTS && !of->leads) {
		if (!again)
			s->found(regex, &spot, false, s->ctx);
		return;
	}
	d->n = of->n;
	d->chain = state == CHAIN;
	d->steps = 0;
	uint32_t end = match_from(d, 0, of->groups, w);
	if (end && (state == SPOTS || end == UNKNOWN)) {
		t->state = s->begin * STATE + SPOTS;
		s->found(regex, &spot, false, s->ctx);
	} else if (end) {
		t->behind = spot.end = end;
		s->found(regex, &spot, true, s->ctx);
	}
}

void literals_decide(const struct literal_plan *plan, struct literal_scan *s, const struct text *t,
	enum field field, uint32_t paragraph)
{
	struct deciding d = {.plan = plan,
		.s = s,
		.text = t->folded,
		.field = field,
		.paragraph = paragraph,
		.range = t->paragraphs[paragraph]};
	for (size_t i = 0; i < s->met.n; i++) {
		const struct literal_met *w = &s->met.p[i];
		if (w->word >= plan->n_first)
			continue;
		for (uint32_t k = plan->from[w->word]; k < plan->from[w->word + 1]; k++)
			try_at(&d, plan->wakes[k], w);
	}
}
