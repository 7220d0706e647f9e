/* around: what stands beside a name. Cues that touch it, stand some words before it, in its sentence, or in a
 * list or an address with it. Every search is bounded, so that a text of one name repeated takes linear time.
 */
#include <string.h>

#include "place/place_priv.h"

#include "base/banned.h"

enum { SENTENCE_BYTES = 600, COUNTED_GAP = 24 };

uint32_t candidate_unit(const struct finder *f, const struct candidate *c)
{
	uint32_t i = c->entry[0]->index;
	return c->entry[0]->kind == KIND_PART ? f->g->parts.p[i].unit : i;
}

bool candidate_is_part(const struct candidate *c)
{
	return c->entry[0]->kind == KIND_PART;
}

/* Is the text between the two nothing, a space, a point? */
static bool touches(const struct text *t, uint32_t from, uint32_t to)
{
	struct span gap = span_cut(t->folded, from, to);
	return to >= from && (gap.n == 0 || span_is(gap, " ") || span_is(gap, ".") || span_is(gap, ". ") ||
				     span_is(gap, " .") || span_is(gap, " . ") || span_is(gap, "-"));
}

static bool comma(const struct text *t, uint32_t from, uint32_t to)
{
	struct span gap = span_cut(t->folded, from, to);
	return span_is(gap, ", ") || span_is(gap, " , ") || span_is(gap, ",");
}

/* Number of the first of n sights that starts at or after the offset. */
static size_t sight_from(const struct sight *p, size_t n, uint32_t offset)
{
	size_t lo = 0;
	while (lo < n) {
		size_t mid = lo + (n - lo) / 2;
		if (p[mid].start < offset)
			lo = mid + 1;
		else
			n = mid;
	}
	return lo;
}

size_t cue_from(const struct finder *f, uint32_t offset)
{
	return sight_from(f->cues.p, f->cues.n, offset);
}

static size_t wide_from(const struct finder *f, uint32_t offset)
{
	return sight_from(f->wide.p, f->wide.n, offset);
}

static uint32_t back(uint32_t offset, uint32_t by)
{
	return offset > by ? offset - by : 0;
}

static bool listed(const uint32_t *units, size_t n, uint32_t unit)
{
	while (n && units[n - 1] != unit)
		n--;
	return n > 0;
}

/* The number of the first word behind the candidate. */
static size_t word_behind(const struct text *t, const struct candidate *c)
{
	size_t k = c->word;
	while (k < t->n_words && t->words[k].end <= c->end)
		k++;
	return k;
}

/* Does the offset lie in the candidate's sentence, or in the gap behind it? */
static bool same_sentence(const struct text *t, const struct candidate *c, uint32_t offset)
{
	return (offset >= t->sentences[c->sentence].start || c->sentence == 0) &&
	       (c->sentence + 1 == t->n_sentences || offset < t->sentences[c->sentence + 1].start);
}

struct span goes_on_with(const struct finder *f, const struct candidate *c)
{
	const struct text *t = f->t;
	size_t k = word_behind(t, c);
	if (k >= t->n_words || t->words[k].start != c->end + 1 || t->folded.p[c->end] != ' ' ||
		!(t->flags[c->end + 1] & TEXT_UPPER) || c->tune != TUNE_MIXED)
		return (struct span){0};
	for (size_t i = cue_from(f, c->end + 1); i < f->cues.n && f->cues.p[i].start == c->end + 1; i++)
		if (f->cues.p[i].entry->kind == KIND_SURNAME || f->cues.p[i].entry->kind == KIND_RARE)
			return (struct span){0};
	return span_cut(t->folded, t->words[k].start, t->words[k].end);
}

/* Does a dash join another name to it? "đường Hà Nội - Hải Phòng" is no street. */
static bool joined_to_another(const struct finder *f, const struct candidate *c)
{
	size_t i = sight_from(f->names.p, f->names.n, c->end);
	if (i == f->names.n)
		return false;
	struct span gap = span_cut(f->t->folded, c->end, f->names.p[i].start);
	return span_is(gap, " - ") || span_is(gap, "-");
}

/* Is there more than one of what the cue means, and no list of them? "Các quận Hà Nội" are Hanoi's. */
static bool one_of_many(const struct finder *f, const struct candidate *c, const struct sight *cue)
{
	const struct text *t = f->t;
	const struct text_word *w = t->words;
	size_t k = cue->word, behind = word_behind(t, c);
	for (int back = 0; back < 2 && k; back++) { /* một số, hàng loạt */
		k--;
		struct span gap = span_cut(t->folded, w[k].end, w[k + 1].start);
		if (!span_is(gap, " "))
			return false;
		if (map_get(&f->g->many, span_cut(t->folded, w[k].start, w[cue->word - 1].end)))
			return behind >= t->n_words || !list_gap(t, c->end, w[behind].start);
	}
	return false;
}

/* Does the cue speak of such a name at all? */
bool cue_concerns(const struct finder *f, const struct cue *cue, const struct candidate *c)
{
	uint32_t unit = candidate_unit(f, c);
	if (cue->units.n && !listed(cue->units.p, cue->units.n, unit))
		return false;
	if (listed(cue->except.p, cue->except.n, unit))
		return false;
	if (cue->names.n && !map_get(&cue->names, span_cut(f->t->folded, c->start, c->end)))
		return false;
	switch (cue->only) {
	case ONLY_ALL:
		return true;
	case ONLY_UNITS:
		return !candidate_is_part(c);
	case ONLY_PARTS:
		return candidate_is_part(c);
	case ONLY_GIVEN:
		return c->traits & TRAIT_GIVEN;
	case ONLY_WORDS:
		return c->traits & TRAIT_WORD;
	case ONLY_SURE:
		return !(c->traits & TRAIT_WORD);
	case ONLY_NAMESAKE:
		return c->traits & TRAIT_NAMESAKE;
	case ONLY_DOUBTFUL:
		return c->traits & TRAIT_DOUBTFUL;
	case ONLY_HALF:
		return c->shape == SHAPE_HALF;
	}
	return true;
}

/* Does it speak of the candidate, written as both are here? */
static bool applies(const struct finder *f, const struct candidate *c, const struct sight *s)
{
	const struct cue *cue = &f->g->cues.p[s->entry->index];
	if (!cue_concerns(f, cue, c))
		return false;
	if (cue->single && joined_to_another(f, c))
		return false;
	if (cue->one && one_of_many(f, c, s))
		return false;
	if (cue->goes_on && !goes_on_with(f, c).n)
		return false;
	if (cue->foreign && text_paragraph_vietnamese(f->t, c->paragraph))
		return false;
	return !cue->small || !(f->t->flags[s->start] & TEXT_UPPER) || c->tune == TUNE_LOUD ||
	       s->start == f->t->sentences[c->sentence].start;
}

/* Which of two cues of one length knows more: one for certain names or units, then the earlier. */
static bool knows_more(const struct cue *a, const struct cue *b)
{
	int names = (a->names.n > 0) - (b->names.n > 0), units = (a->units.n > 0) - (b->units.n > 0);
	return names ? names > 0 : units ? units > 0 : a < b;
}

/* The longest cue of that side that touches the candidate. */
const struct cue *cue_beside(const struct finder *f, const struct candidate *c, enum side side)
{
	const struct cue *best = NULL;
	uint32_t longest = 0;
	size_t i = cue_from(f, side == SIDE_BEFORE ? back(c->start, CUE_BYTES) : c->end);
	uint32_t last = side == SIDE_BEFORE ? c->start : c->end + 3;
	for (; i < f->cues.n && f->cues.p[i].start < last; i++) {
		const struct sight *s = &f->cues.p[i];
		if (s->entry->kind != KIND_CUE || f->g->cues.p[s->entry->index].side != side)
			continue;
		if (!same_sentence(f->t, c, s->start))
			continue;
		bool near = side == SIDE_BEFORE ? touches(f->t, s->end, c->start)
						: touches(f->t, c->end, s->start);
		const struct cue *cue = &f->g->cues.p[s->entry->index];
		uint32_t length = s->end - s->start;
		bool wins = length > longest || (length == longest && best && knows_more(cue, best));
		if (near && wins && applies(f, c, s)) {
			best = cue;
			longest = length;
		}
	}
	return best;
}

static struct span word_span(const struct text *t, size_t k)
{
	return span_cut(t->folded, t->words[k].start, t->words[k].end);
}

/* A cue some words before, with nothing between that ends a name: "công ty cổ phần xây dựng Hòa Bình". */
const struct cue *cue_behind(const struct finder *f, const struct candidate *c)
{
	size_t at = c->word;
	for (size_t i = wide_from(f, back(c->start, CUE_BYTES));
		i < f->wide.n && f->wide.p[i].start < c->start; i++) {
		const struct sight *s = &f->wide.p[i];
		const struct cue *cue = s->entry->kind == KIND_CUE ? &f->g->cues.p[s->entry->index] : NULL;
		if (!cue || cue->side != SIDE_BEHIND || s->end > c->start || !applies(f, c, s))
			continue;
		size_t k = text_word_at(f->t, s->end);
		bool open = at - k <= (size_t)cue->within;
		uint32_t last = s->end;
		for (; open && k <= at; last = f->t->words[k++].end) {
			struct span gap = span_cut(f->t->folded, last, f->t->words[k].start);
			open = span_is(gap, " ") && (k == at || !map_get(&cue->breaks, word_span(f->t, k)));
		}
		if (open)
			return cue;
	}
	return NULL;
}

/* Does an address go on behind the candidate: ", Thăng Bình"? */
static bool address_goes_on(const struct finder *f, const struct candidate *c)
{
	size_t k = word_behind(f->t, c);
	return k < f->t->n_words && f->t->flags[f->t->words[k].start] & TEXT_UPPER &&
	       comma(f->t, c->end, f->t->words[k].start);
}

/* An item before, in an address, that began with such a word: "quận 7, Hồ Chí Minh". One that reads nothing
 * speaks of a commune, and counts only where the address goes on: "thôn 3, Bình Dương, Thăng Bình". */
const struct cue *cue_in_chain(const struct finder *f, const struct candidate *c)
{
	const struct text *t = f->t;
	if (c->word == 0 || !comma(t, t->words[c->word - 1].end, c->start))
		return NULL;
	const struct cue *best = NULL;
	const struct candidate *name = c > f->found.p && c[-1].verdict == VERDICT_YES ? c - 1 : NULL;
	for (size_t i = cue_from(f, back(c->start, CUE_BYTES));
		i < f->cues.n && f->cues.p[i].start < c->start; i++) {
		const struct sight *s = &f->cues.p[i];
		const struct cue *cue = s->entry->kind == KIND_CUE ? &f->g->cues.p[s->entry->index] : NULL;
		if (!cue || cue->side != SIDE_CHAIN || !applies(f, c, s) ||
			(cue->reads == READS_NOTHING && !address_goes_on(f, c)))
			continue;
		if (name && name->start <= s->start && s->end <= name->end) /* "Lang Son" is no "làng" */
			continue;
		size_t k = text_word_at(t, s->end);
		bool open = c->word - k <= (size_t)cue->within;
		for (uint32_t last = s->end; open && k < c->word; last = t->words[k++].end)
			open = touches(t, last, t->words[k].start);
		if (open && (!best || cue->reads == READS_NOTHING))
			best = cue;
	}
	return best;
}

/* The sentence of the candidate, or what of a very long one is near it. */
static struct text_range around(const struct finder *f, const struct candidate *c)
{
	struct text_range s = f->t->sentences[c->sentence];
	if (s.start < back(c->start, SENTENCE_BYTES))
		s.start = back(c->start, SENTENCE_BYTES);
	if (s.end > c->end + SENTENCE_BYTES)
		s.end = c->end + SENTENCE_BYTES;
	return s;
}

/* A cue anywhere in the sentence. */
const struct cue *cue_in_sentence(const struct finder *f, const struct candidate *c)
{
	struct text_range s = around(f, c);
	const struct cue *best = NULL;
	for (size_t i = wide_from(f, s.start); i < f->wide.n && f->wide.p[i].start < s.end; i++) {
		const struct sight *x = &f->wide.p[i];
		const struct cue *cue = &f->g->cues.p[x->entry->index];
		if (x->entry->kind == KIND_CUE && cue->side == SIDE_SENTENCE && applies(f, c, x))
			best = best ? best : cue;
		if (x->entry->kind == KIND_UNLESS && cue->side == SIDE_SENTENCE && cue_concerns(f, cue, c))
			return NULL;
	}
	return best;
}

/* " (5), " and the like: a list with figures. */
static bool counted_gap(struct span gap)
{
	size_t open = span_find_byte(gap, '(', 0), close = span_find_byte(gap, ')', 0), digits = 0;
	if (open > 1 || close == SIZE_MAX)
		return false;
	for (size_t i = open; i < close; i++)
		digits += gap.p[i] >= '0' && gap.p[i] <= '9';
	struct span rest = span_trim(span_cut(gap, close + 1, gap.n));
	return digits && (span_is(rest, ",") || span_is(rest, ";") || span_is(rest, "và"));
}

#define GAP(text)                                                                                            \
	{                                                                                                    \
		text, sizeof(text) - 1                                                                       \
	}

bool list_gap(const struct text *t, uint32_t from, uint32_t to)
{
	static const struct span gaps[] = {GAP(", "), GAP(" , "), GAP(" và "), GAP(" va "), GAP(" and "),
		GAP(", and "), GAP(" - "), GAP("-"), GAP(" / "), GAP("/"), GAP("; "), GAP("\u3001"),
		GAP("\u548C"), GAP("\u4E0E"), GAP("\u53CA"), GAP("\u30FB"), GAP("\u3068"), GAP(" \u0438 "),
		GAP(" et "), GAP(" und "), GAP(" y "), GAP(" ("), GAP(", và "), GAP(" & "), GAP("\u00B7")};
	if (to < from || to - from > COUNTED_GAP)
		return false;
	struct span gap = span_cut(t->folded, from, to);
	if (gap.n > LIST_GAP)
		return counted_gap(gap);
	for (size_t i = 0; i < sizeof gaps / sizeof *gaps; i++)
		if (span_eq(gap, gaps[i]))
			return true;
	return counted_gap(gap);
}

/* Does a word that speaks against the cue stand in the sentence? */
static bool spoken_against(const struct finder *f, const struct candidate *c, const struct sight *cue)
{
	struct text_range s = around(f, c);
	for (size_t i = wide_from(f, s.start); i < f->wide.n && f->wide.p[i].start < s.end; i++)
		if (f->wide.p[i].entry->kind == KIND_UNLESS && f->wide.p[i].entry->index == cue->entry->index)
			return true;
	return false;
}

/* Hanoi and Washington: two governments; not the flight Tokyo - Hanoi. */
const struct cue *cue_paired(const struct finder *f, const struct candidate *c)
{
	for (size_t i = cue_from(f, back(c->start, CUE_BYTES));
		i < f->cues.n && f->cues.p[i].start < c->end + LIST_GAP; i++) {
		const struct sight *s = &f->cues.p[i];
		if (s->entry->kind != KIND_CUE || f->g->cues.p[s->entry->index].side != SIDE_PAIRED ||
			!applies(f, c, s))
			continue;
		if ((list_gap(f->t, s->end, c->start) || list_gap(f->t, c->end, s->start)) &&
			!spoken_against(f, c, s))
			return &f->g->cues.p[s->entry->index];
	}
	return NULL;
}

/* "And", in a list of two. */
static bool and_gap(const struct text *t, uint32_t from, uint32_t to)
{
	return list_gap(t, from, to) && !memchr(",-(/;", t->folded.p[from], 5) &&
	       !memchr(",-(/;", t->folded.p[to - 1], 5) && !memchr(",-(/;", t->folded.p[from + 1], 5);
}

/* A word for Vietnam in the sentence; "Henan and Vietnam" says that Henan is not there. */
bool vietnam_in_sentence(const struct finder *f, const struct candidate *c)
{
	struct text_range s = around(f, c);
	for (size_t i = wide_from(f, s.start); i < f->wide.n && f->wide.p[i].start < s.end; i++)
		if (f->wide.p[i].entry->kind == KIND_VIETNAM && !and_gap(f->t, f->wide.p[i].end, c->start) &&
			!and_gap(f->t, c->end, f->wide.p[i].start))
			return true;
	return false;
}
