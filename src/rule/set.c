/* set: occurrences and how near they are. Sets are sorted by field and start, and each occurrence knows which
 * one before it reaches furthest (`reach`): the nearest neighbour is found by binary search, so a hostile
 * text full of one word costs n log n.
 *
 * Words are counted between two occurrences of one paragraph: neighbours are 0 words apart. Sentences are
 * counted as steps, and the end of a paragraph is a step of its own: pages that string unrelated news
 * together would else find a rumour of one beside an event of the next. The title stands one step before the
 * first sentence of the summary and of the body, which otherwise are apart as captions and the address are.
 */

#include "rule/rule_priv.h"

#include <string.h>

#include "base/limits.h"

#include "base/banned.h"

static int pos_order(const struct pos *a, const struct pos *b)
{
	if (a->field != b->field)
		return a->field < b->field ? -1 : 1;
	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return (a->end > b->end) - (a->end < b->end);
}

static int pos_compare(const void *a, const void *b)
{
	return pos_order(a, b);
}

enum { FEW = 16 };

/* Most sets are few and nearly in order. */
static void set_sort(struct set *s)
{
	if (s->n > FEW) {
		size_t i = 1;
		while (i < s->n && pos_order(&s->p[i - 1], &s->p[i]) <= 0)
			i++;
		if (i < s->n)
			qsort(s->p, s->n, sizeof *s->p, pos_compare);
		return;
	}
	for (size_t i = 1; i < s->n; i++) {
		struct pos at = s->p[i];
		size_t k = i;
		for (; k && pos_order(&s->p[k - 1], &at) > 0; k--)
			s->p[k] = s->p[k - 1];
		s->p[k] = at;
	}
}

/* Sorts, drops doubles, sets `reach`. */
void set_seal(struct set *s)
{
	size_t n = 0;
	set_sort(s);
	for (size_t i = 0; i < s->n; i++) {
		if (n && pos_order(&s->p[n - 1], &s->p[i]) == 0)
			continue;
		s->p[n] = s->p[i];
		struct pos *at = &s->p[n], *before = n ? &s->p[n - 1] : NULL;
		bool same = before && before->field == at->field;
		at->reach = same && s->p[before->reach].end >= at->end ? before->reach : (uint32_t)n;
		n++;
	}
	s->n = n;
}

/* Index of the first occurrence at or after (field, start). */
static size_t set_from(const struct set *s, enum field field, uint32_t start)
{
	size_t lo = 0, hi = s->n;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		const struct pos *p = &s->p[mid];
		if (p->field < field || (p->field == field && p->start < start))
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static unsigned pos_zones(const struct rule_matcher *m, enum field field, uint32_t start)
{
	const struct text *t = &m->f->field[field];
	switch (field) {
	case FIELD_TITLE:
		return ZONE_TITLE;
	case FIELD_SUMMARY:
		return ZONE_LEAD;
	case FIELD_TEXT:
		if (text_paragraph_at(t, start) == 0 && text_sentence_at(t, start) < RULE_LEAD_SENTENCES)
			return ZONE_LEAD | ZONE_BODY;
		return ZONE_BODY;
	case FIELD_CAPTIONS:
		return ZONE_CAPTIONS;
	case FIELD_URL:
		return ZONE_URL;
	case FIELD_COUNT:
		break;
	}
	return 0;
}

/* Numbers of words, sentence and paragraph, which only nearness asks for. */
static void pos_locate(const struct rule_matcher *m, struct pos *p)
{
	const struct text *t = &m->f->field[p->field];
	size_t word = p->word != WORD_UNKNOWN ? p->word : text_word_at(t, p->start), behind = word;
	while (behind < t->n_words && t->words[behind].start < p->end)
		behind++;
	bool at_word = word < t->n_words && t->words[word].start == p->start;
	p->word = (uint32_t)word;
	p->word_end = (uint32_t)behind;
	p->sentence = at_word ? t->words[word].sentence : text_sentence_at(t, p->start);
	p->paragraph = at_word ? t->words[word].paragraph : text_paragraph_at(t, p->start);
}

const struct set *locate(const struct rule_matcher *m, struct set *s)
{
	for (size_t i = 0; i < s->n && !s->located; i++)
		pos_locate(m, &s->p[i]);
	s->located = true;
	return s;
}

bool in_zones(const struct rule_matcher *m, enum field field, uint32_t start, unsigned zones)
{
	if (field == FIELD_TEXT && zones & ZONE_BODY)
		return true;
	return pos_zones(m, field, start) & zones;
}

struct hit *hits_add(struct hits *h, size_t max, enum field field, uint32_t start, uint32_t end)
{
	if (h->v.n >= max) {
		h->cut = true;
		return NULL;
	}
	struct hit *before = h->v.n ? &h->v.p[h->v.n - 1] : NULL;
	uint32_t top = before && before->field == field && before->top > end ? before->top : end;
	struct hit *new = vec_add(&h->v);
	*new = (struct hit){.field = field & 7, .start = start, .end = end, .top = top, .word = WORD_UNKNOWN};
	return new;
}

/* Does some hit of the list hold all of [start, end)? */
static bool covered(const struct rule_matcher *m, const struct list *x, const struct hit *what)
{
	const struct hits *h = x ? &m->by_list[x->number] : NULL;
	if (!h || !h->v.n)
		return false;
	size_t lo = 0, hi = h->v.n;
	while (lo < hi) { /* first behind (field, start) */
		size_t mid = (lo + hi) / 2;
		const struct hit *p = &h->v.p[mid];
		if (p->field < what->field || (p->field == what->field && p->start <= what->start))
			lo = mid + 1;
		else
			hi = mid;
	}
	const struct hit *last = lo ? &h->v.p[lo - 1] : NULL;
	return last && last->field == what->field && last->top >= what->end;
}

bool hit_excepted(
	const struct rule_matcher *m, const struct term *t, const struct list *x, const struct hit *hit)
{
	return !in_zones(m, hit->field, hit->start, t->zones) || covered(m, x ? x->except : NULL, hit) ||
	       covered(m, t->except, hit);
}

static const struct hits *regex_hits(struct run *r, const struct regex *re)
{
	struct rule_matcher *m = r->m;
	struct hits *h = &m->by_regex[re->number];
	uint8_t *state = &m->regex_state[re->number];
	if (!(*state & REGEX_DONE)) {
		const char *why = regex_find(m, re, h);
		*state |= REGEX_DONE;
		vec_push(&m->used, re->number);
		if (why) {
			*state |= REGEX_FAILED;
			r->failed = why;
		}
	} else if (*state & REGEX_FAILED) {
		r->failed = r->failed ? r->failed : "";
	}
	return h;
}

static void take_hits(
	struct run *r, const struct term *t, const struct list *x, const struct hits *h, struct set *out)
{
	for (size_t i = 0; i < h->v.n; i++) {
		const struct hit *hit = &h->v.p[i];
		if (hit_excepted(r->m, t, x, hit))
			continue;
		out->p[out->n++] = (struct pos){.field = (uint8_t)hit->field,
			.start = hit->start,
			.end = hit->end,
			.word = hit->word,
			.term = t};
	}
}

void term_eval(struct run *r, const struct term *t, struct set *out)
{
	struct rule_matcher *m = r->m;
	size_t n = 0;
	if (t->points) {
		(void)term_weigh(m, t, out);
		return;
	}
	for (size_t i = 0; i < t->n_lists; i++)
		n += m->by_list[t->lists[i]->number].v.n;
	for (size_t i = 0; i < t->n_regex; i++)
		n += regex_hits(r, t->regex[i])->v.n;
	out->p = n ? arena_raw(&m->scratch, n * sizeof *out->p) : NULL;
	for (size_t i = 0; i < t->n_lists; i++)
		take_hits(r, t, t->lists[i], &m->by_list[t->lists[i]->number], out);
	for (size_t i = 0; i < t->n_regex; i++)
		take_hits(r, t, NULL, &m->by_regex[t->regex[i]->number], out);
	set_seal(out);
}

const struct set *places_of(struct rule_matcher *m)
{
	const struct article *x = m->x;
	if (m->place_known)
		return &m->place;
	m->place_known = true;
	m->place = (struct set){0};
	if (x->n_mentions)
		m->place.p = arena_array(&m->scratch, struct pos, x->n_mentions);
	for (size_t i = 0; i < x->n_mentions; i++) {
		const struct mention *n = &x->mentions[i];
		const struct text *t = &m->f->field[n->field];
		if (!n->watched || !t->n_words)
			continue;
		size_t first = text_word_from_code_point(t, n->start);
		if (first >= t->n_words)
			first = t->n_words - 1;
		size_t behind = first + 1;
		while (behind < t->n_words && text_code_points(t, t->words[behind].start) < n->end)
			behind++;
		m->place.p[m->place.n++] = (struct pos){.field = (uint8_t)n->field,
			.start = t->words[first].start,
			.end = t->words[behind - 1].end,
			.word = (uint32_t)first};
	}
	set_seal(&m->place);
	return &m->place;
}

/* Steps from a back or on to b, whatever their fields; UINT32_MAX: not comparable. */
static uint32_t sentences_apart(const struct rule_matcher *m, const struct pos *a, const struct pos *b)
{
	if (a->field == b->field) {
		uint32_t far =
			a->sentence > b->sentence ? a->sentence - b->sentence : b->sentence - a->sentence;
		return far + (a->paragraph > b->paragraph ? a->paragraph - b->paragraph
							  : b->paragraph - a->paragraph);
	}
	const struct pos *title = a->field == FIELD_TITLE ? a : b->field == FIELD_TITLE ? b : NULL;
	const struct pos *other = title == a ? b : a;
	if (!title || (other->field != FIELD_SUMMARY && other->field != FIELD_TEXT))
		return UINT32_MAX;
	return (uint32_t)m->f->field[FIELD_TITLE].n_sentences - title->sentence + other->sentence +
	       other->paragraph;
}

static uint32_t words_apart(const struct pos *a, const struct pos *b)
{
	if (a->field != b->field || a->paragraph != b->paragraph)
		return UINT32_MAX;
	if (b->word >= a->word_end)
		return b->word - a->word_end;
	return a->word >= b->word_end ? a->word - b->word_end : 0;
}

static uint32_t apart(
	const struct rule_matcher *m, const struct node *n, const struct pos *a, const struct pos *b)
{
	return n->sentences ? sentences_apart(m, a, b) : words_apart(a, b);
}

static bool is_same(const struct pos *a, const struct pos *b)
{
	return pos_order(a, b) == 0;
}

/* Keeps the nearer of two candidates. */
static const struct pos *nearer(const struct rule_matcher *m, const struct node *n, const struct pos *a,
	const struct pos *best, const struct pos *b)
{
	if (!b || is_same(a, b))
		return best;
	return !best || apart(m, n, a, b) < apart(m, n, a, best) ? b : best;
}

/* The occurrence of `in` nearest to a, other than a itself; NULL when none is comparable. */
static const struct pos *nearest(
	const struct rule_matcher *m, const struct node *n, const struct pos *a, const struct set *in)
{
	size_t i = set_from(in, a->field, a->start);
	const struct pos *best = NULL;
	for (size_t k = i; k < in->n && k < i + 2; k++)
		if (in->p[k].field == a->field)
			best = nearer(m, n, a, best, &in->p[k]);
	for (size_t k = i; k > 0 && k + 2 > i; k--)
		if (in->p[k - 1].field == a->field) {
			best = nearer(m, n, a, best, &in->p[k - 1]);
			best = nearer(m, n, a, best, &in->p[in->p[k - 1].reach]);
		}
	if (!n->sentences)
		return best;
	if (a->field == FIELD_TITLE) {
		for (enum field f = FIELD_SUMMARY; f <= FIELD_TEXT; f++) {
			size_t k = set_from(in, f, 0);
			if (k < in->n && in->p[k].field == f)
				best = nearer(m, n, a, best, &in->p[k]);
		}
	} else if (a->field == FIELD_SUMMARY || a->field == FIELD_TEXT) {
		size_t k = set_from(in, FIELD_TITLE + 1, 0);
		if (k > 0 && in->p[k - 1].field == FIELD_TITLE)
			best = nearer(m, n, a, best, &in->p[k - 1]);
	}
	return best;
}

/* The first occurrence that begins behind a, within the distance. */
static const struct pos *follower(const struct node *n, const struct pos *a, const struct set *in)
{
	size_t i = set_from(in, a->field, a->end);
	const struct pos *b = i < in->n && in->p[i].field == a->field ? &in->p[i] : NULL;
	if (!b)
		return NULL;
	if (!n->sentences && b->paragraph != a->paragraph)
		return NULL;
	uint32_t far = n->sentences ? b->sentence - a->sentence + b->paragraph - a->paragraph
				    : b->word - a->word_end;
	return far <= n->count ? b : NULL;
}

/* What of `in` makes a count for this near, before or same-sentence node; NULL: nothing. */
const struct pos *witness(
	const struct rule_matcher *m, const struct node *n, const struct pos *a, const struct set *in)
{
	if (n->kind == NODE_BEFORE)
		return follower(n, a, in);
	const struct pos *b = nearest(m, n, a, in);
	return b && apart(m, n, a, b) <= n->count ? b : NULL;
}
