/* judge: what a name is where it stands. Cues beside it decide first, the nearest and longest before any
 * other: "thành phố Huế" is the city, "phố Huế" a street. Then people ("Nguyễn Thái Bình"), then house
 * numbers ("ở 95 Hải Phòng"). What is left is the place when it is written as a name; a name in doubt (an
 * everyday word in capitals, 河南) needs a sign, and may get it from its neighbours: judge_together() looks
 * at the names of one text side by side. */
#include <string.h>

#include "place/place_priv.h"

#include "base/banned.h"

enum { CUE_BYTES = 96, SENTENCE_BYTES = 600, NEIGHBOURS = 40 };

uint32_t candidate_unit(const struct finder *f, const struct candidate *c)
{
	uint32_t i = c->entry[0]->index;
	return c->entry[0]->kind == KIND_PART ? f->g->parts.p[i].unit : i;
}

static bool is_part(const struct candidate *c)
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

/* Number of the first cue sight that starts at or after the offset. */
static size_t cue_from(const struct finder *f, uint32_t offset)
{
	size_t lo = 0, hi = f->cues.n;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (f->cues.p[mid].start < offset)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
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

/* Does the cue speak of such a candidate, written as it is here? */
static bool applies(const struct finder *f, const struct candidate *c, const struct sight *s)
{
	const struct cue *cue = &f->g->cues.p[s->entry->index];
	uint32_t unit = candidate_unit(f, c);
	if (cue->units.n && !listed(cue->units.p, cue->units.n, unit))
		return false;
	if (listed(cue->except.p, cue->except.n, unit))
		return false;
	if (cue->only == ONLY_UNITS && is_part(c))
		return false;
	if (cue->only == ONLY_PARTS && !is_part(c))
		return false;
	if ((cue->only == ONLY_GIVEN && !(c->traits & TRAIT_GIVEN)) ||
		(cue->only == ONLY_WORDS && !(c->traits & TRAIT_WORD)))
		return false;
	if (cue->only == ONLY_DOUBTFUL && !(c->traits & TRAIT_DOUBTFUL))
		return false;
	if (cue->only == ONLY_SURE && c->traits & TRAIT_WORD)
		return false;
	if (cue->foreign && text_paragraph_vietnamese(f->t, c->paragraph))
		return false;
	return !cue->small || !(f->t->flags[s->start] & TEXT_UPPER) ||
	       case_tune(f->t, c->start) == TUNE_LOUD || s->start == f->t->sentences[c->sentence].start;
}

/* The longest cue of that side that touches the candidate. */
static const struct cue *beside(const struct finder *f, const struct candidate *c, enum side side)
{
	const struct cue *best = NULL;
	uint32_t longest = 0;
	size_t i = cue_from(f, side == SIDE_BEFORE ? back(c->start, CUE_BYTES) : c->end);
	uint32_t last = side == SIDE_BEFORE ? c->start : c->end + 3;
	for (; i < f->cues.n && f->cues.p[i].start < last; i++) {
		const struct sight *s = &f->cues.p[i];
		if (s->entry->kind != KIND_CUE || f->g->cues.p[s->entry->index].side != side)
			continue;
		if (text_sentence_at(f->t, s->start) != c->sentence)
			continue;
		bool near = side == SIDE_BEFORE ? touches(f->t, s->end, c->start)
						: touches(f->t, c->end, s->start);
		const struct cue *cue = &f->g->cues.p[s->entry->index];
		uint32_t length = s->end - s->start;
		bool wins = length > longest || (length == longest && best && cue < best);
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
static const struct cue *behind(const struct finder *f, const struct candidate *c)
{
	size_t at = text_word_at(f->t, c->start);
	for (size_t i = cue_from(f, back(c->start, CUE_BYTES));
		i < f->cues.n && f->cues.p[i].start < c->start; i++) {
		const struct sight *s = &f->cues.p[i];
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

/* The word right before, with only a space between; SIZE_MAX: none. */
static size_t word_before(const struct finder *f, uint32_t start)
{
	size_t at = text_word_at(f->t, start);
	if (at == 0 || f->t->words[at - 1].end + 1 != start || f->t->folded.p[start - 1] != ' ')
		return SIZE_MAX;
	return at - 1;
}

/* A surname before makes it a person, unless that word belongs to another name of a place. */
static bool person(const struct finder *f, const struct candidate *c)
{
	size_t k = word_before(f, c->start);
	if (k == SIZE_MAX || !(f->t->flags[f->t->words[k].start] & TEXT_UPPER))
		return false;
	uint32_t from = f->t->words[k].start;
	if (c > f->found.p && c[-1].end > from && c[-1].verdict == VERDICT_YES)
		return false;
	for (size_t i = cue_from(f, from); i < f->cues.n && f->cues.p[i].start == from; i++) {
		const struct sight *s = &f->cues.p[i];
		if (s->end != f->t->words[k].end)
			continue;
		if (s->entry->kind == KIND_SURNAME)
			return true;
		if (s->entry->kind == KIND_RARE && c->traits & TRAIT_GIVEN &&
			case_tune(f->t, c->start) == TUNE_MIXED)
			return true;
	}
	return false;
}

/* "ở 95 Hải Phòng", "số 12 Hà Nội": a street. */
static bool house_number(const struct finder *f, const struct candidate *c)
{
	size_t k = word_before(f, c->start);
	if (k == SIZE_MAX || k == 0)
		return false;
	struct span n = word_span(f->t, k);
	bool number = n.n && n.n <= 4 && n.p[0] >= '1' && n.p[0] <= '9' && !span_is(n, "2025");
	return number && f->t->words[k - 1].end + 1 == f->t->words[k].start &&
	       map_get(&f->g->numbers, word_span(f->t, k - 1));
}

/* thợ điện Dũng "Quảng Ninh": a nickname. */
static bool nickname(const struct finder *f, const struct candidate *c)
{
	const char *p = f->t->folded.p;
	if (c->start < 2 || p[c->start - 1] != '"' || c->end >= f->t->folded.n || p[c->end] != '"' ||
		p[c->start - 2] != ' ')
		return false;
	size_t k = text_word_at(f->t, c->start);
	if (k == 0 || f->t->words[k - 1].start == f->t->sentences[c->sentence].start)
		return false;
	return f->t->words[k - 1].end + 2 == c->start && f->t->flags[f->t->words[k - 1].start] & TEXT_UPPER &&
	       f->t->words[k - 1].sentence == f->t->words[k].sentence;
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
static const struct cue *elsewhere(const struct finder *f, const struct candidate *c)
{
	struct text_range s = around(f, c);
	const struct cue *best = NULL;
	for (size_t i = cue_from(f, s.start); i < f->cues.n && f->cues.p[i].start < s.end; i++) {
		const struct sight *x = &f->cues.p[i];
		const struct cue *cue = &f->g->cues.p[x->entry->index];
		if (x->entry->kind == KIND_CUE && cue->side == SIDE_SENTENCE && applies(f, c, x))
			best = best ? best : cue;
		if (x->entry->kind == KIND_UNLESS && listed(cue->units.p, cue->units.n, candidate_unit(f, c)))
			return NULL;
	}
	return best;
}

static bool is_list_gap(const struct text *t, uint32_t from, uint32_t to)
{
	static const char *const gaps[] = {", ", " , ", " và ", " va ", " and ", ", and ", " - ", "-", " / ",
		"/", "; ", "\u3001", "\u548C", "\u4E0E", "\u53CA", "\u30FB", "\u3068", " \u0438 ", " et ",
		" und ", " y ", " (", ", và ", " & ", "\u00B7", NULL};
	struct span gap = span_cut(t->folded, from, to);
	for (size_t i = 0; to >= from && gaps[i]; i++)
		if (span_is(gap, gaps[i]))
			return true;
	return false;
}

/* Hanoi and Washington: two governments. */
static const struct cue *paired(const struct finder *f, const struct candidate *c)
{
	for (size_t i = cue_from(f, back(c->start, CUE_BYTES));
		i < f->cues.n && f->cues.p[i].start < c->end + 8; i++) {
		const struct sight *s = &f->cues.p[i];
		if (s->entry->kind != KIND_CUE || f->g->cues.p[s->entry->index].side != SIDE_PAIRED ||
			!applies(f, c, s))
			continue;
		if (is_list_gap(f->t, s->end, c->start) || is_list_gap(f->t, c->end, s->start))
			return &f->g->cues.p[s->entry->index];
	}
	return NULL;
}

static void decide(struct candidate *c, enum verdict v, const char *why)
{
	c->verdict = v;
	c->why = why;
}

/* What a cue beside the name says at once; false: nothing yet. */
static bool obey(struct candidate *c, const struct cue *cue)
{
	if (!cue)
		return false;
	switch (cue->reads) {
	case READS_PROVINCE:
		if (is_part(c) && c->n > 1)
			return false;
		decide(c, VERDICT_YES, cue->why);
		c->strong = true;
		return true;
	case READS_PART:
		if (is_part(c) && c->n > 1) /* two units have a Phong Điền */
			return false;
		decide(c, is_part(c) ? VERDICT_YES : VERDICT_NO, cue->why);
		return true;
	case READS_LIKELY:
		c->strong = c->weak = true;
		return false;
	case READS_MAYBE:
		c->weak = true;
		return false;
	case READS_METONYM:
		decide(c, VERDICT_METONYM, cue->why);
		return true;
	case READS_NOTHING:
		decide(c, VERDICT_NO, cue->why);
		return true;
	}
	return false;
}

/* At the head of its sentence with a colon, dash or bracket behind. */
static bool dateline(const struct finder *f, const struct candidate *c)
{
	size_t at = c->end;
	if (at < f->t->folded.n && f->t->folded.p[at] == ' ')
		at++;
	return c->start <= f->t->sentences[c->sentence].start + 1 && at < f->t->folded.n &&
	       memchr(":-(", f->t->folded.p[at], 3);
}

/* Behind a comma, a dash, a bracket, as in an address. */
static bool set_off(const struct finder *f, const struct candidate *c)
{
	return c->start >= 2 && f->t->words[0].start < c->start &&
	       memchr(",-(;:", f->t->folded.p[c->start - 2], 5);
}

/* What the way it is written leaves in doubt. */
static unsigned needs(const struct finder *f, const struct candidate *c, enum shape shape)
{
	bool word = c->traits & TRAIT_WORD, plain = c->traits & TRAIT_UNMARKED && !(c->traits & TRAIT_JOINED);
	enum tune tune = case_tune(f->t, c->start);
	unsigned need = 0;
	if (c->traits & TRAIT_SHARED)
		need |= NEED_UNIT;
	if (c->traits & TRAIT_NAMESAKE)
		need |= NEED_WEAK;
	if (c->traits & TRAIT_DOUBTFUL)
		need |= NEED_VIETNAM | (word ? NEED_STRONG : 0);
	if (c->entry[0]->script != SCRIPT_CASED)
		return need;
	if (shape == SHAPE_SMALL)
		need |= tune != TUNE_QUIET ? (word || plain ? NEED_STRONG : NEED_WEAK)
			: word || plain    ? NEED_WEAK
					   : 0;
	if (shape == SHAPE_HALF && (word || plain) && !dateline(f, c))
		need |= NEED_STRONG;
	bool plain_case = tune == TUNE_LOUD || (tune == TUNE_TITLE && !set_off(f, c));
	if (shape == SHAPE_PROPER && word && plain_case && !dateline(f, c))
		need |= NEED_WEAK;
	return need;
}

/* Is the cue for certain units only? It knows more than a general one: tỉnh Hà Nam (Trung Quốc). */
static bool special(const struct cue *cue)
{
	return cue && cue->units.n && cue->reads == READS_NOTHING;
}

/* The verdict on the candidate alone, its sentence left aside. */
static void judge_alone(struct finder *f, struct candidate *c)
{
	struct sight here = {c->start, c->end, c->entry[0]};
	c->need = needs(f, c, case_shape(f->t, &here));
	const struct cue *before = beside(f, c, SIDE_BEFORE), *after = beside(f, c, SIDE_AFTER);
	if (special(after) && obey(c, after)) {
		f->whole->abroad[candidate_unit(f, c)] = 1;
		return;
	}
	if (before && before->reads == READS_PROVINCE && c->need & NEED_VIETNAM) {
		c->strong = c->weak = true;
		before = NULL;
		c->need = 0; /* 越南 right before */
	}
	if (obey(c, before) || obey(c, after))
		return;
	const struct cue *cue = paired(f, c);
	if (obey(c, cue ? cue : behind(f, c)))
		return;
	if (person(f, c))
		decide(c, VERDICT_NO, "person");
	else if (!is_part(c) && (house_number(f, c) || nickname(f, c)))
		decide(c, VERDICT_NO, house_number(f, c) ? "street" : "nickname");
	else
		decide(c, c->need ? VERDICT_DOUBT : VERDICT_YES, "name");
}

/* A place for certain: its unit is present in the article. */
static void accept(const struct finder *f, struct candidate *c)
{
	c->verdict = VERDICT_YES;
	f->whole->present[f->g->units.p[candidate_unit(f, c)].now] = 1;
}

void judge(struct finder *f, struct candidate *c)
{
	judge_alone(f, c);
	const struct cue *cue =
		c->verdict == VERDICT_YES || c->verdict == VERDICT_DOUBT ? elsewhere(f, c) : NULL;
	if (cue) {
		c->here = c->verdict;
		c->here_why = c->why;
		decide(c, VERDICT_ELSEWHERE, cue->why);
	} else if (c->verdict == VERDICT_YES) {
		accept(f, c);
	}
}

/* ---- side by side */

/* A neighbour in a list of places that is one for certain. */
static bool in_list(const struct finder *f, size_t i)
{
	const struct candidate *c = f->found.p;
	size_t n = f->found.n;
	return (i > 0 && c[i - 1].verdict == VERDICT_YES && is_list_gap(f->t, c[i - 1].end, c[i].start)) ||
	       (i + 1 < n && c[i + 1].verdict == VERDICT_YES && is_list_gap(f->t, c[i].end, c[i + 1].start));
}

static bool vietnam_in_sentence(const struct finder *f, const struct candidate *c)
{
	struct text_range s = around(f, c);
	for (size_t i = cue_from(f, s.start); i < f->cues.n && f->cues.p[i].start < s.end; i++)
		if (f->cues.p[i].entry->kind == KIND_VIETNAM)
			return true;
	return false;
}

/* Another place of Vietnam in the same sentence. */
static bool place_in_sentence(const struct finder *f, size_t i)
{
	const struct candidate *c = f->found.p;
	for (size_t k = i > NEIGHBOURS ? i - NEIGHBOURS : 0; k < f->found.n && k < i + NEIGHBOURS; k++)
		if (k != i && c[k].sentence == c[i].sentence && c[k].verdict == VERDICT_YES &&
			candidate_unit(f, &c[k]) != candidate_unit(f, &c[i]))
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

static bool satisfied(const struct finder *f, size_t i)
{
	const struct candidate *c = &f->found.p[i];
	bool list = in_list(f, i), vietnam = vietnam_in_sentence(f, c) || place_in_sentence(f, i);
	if (c->need & NEED_STRONG && !c->strong && !list)
		return false;
	if (c->need & NEED_WEAK && !c->strong && !c->weak && !list)
		return false;
	if (c->need & NEED_VIETNAM) {
		bool latin = c->entry[0]->script == SCRIPT_CASED;
		if (!vietnam && !list && !(latin && c->weak) && !(f->whole->vietnam && (c->strong || latin)))
			return false;
	}
	return !(c->need & NEED_UNIT) || choose_unit(f, i);
}

/* Whether the sentence of a name that may lie abroad speaks of Vietnam after all. */
void judge_abroad(struct finder *f)
{
	for (size_t i = 0; i < f->found.n; i++) {
		struct candidate *c = &f->found.p[i];
		if (c->verdict != VERDICT_ELSEWHERE)
			continue;
		if (place_in_sentence(f, i)) {
			decide(c, c->here, c->here_why);
			if (c->verdict == VERDICT_YES)
				accept(f, c);
		} else {
			f->whole->abroad[candidate_unit(f, c)] = 1;
		}
	}
}

/* Once a Hà Nam of the article is Henan, a bare Hà Nam in it is, too. */
static void follow_abroad(struct finder *f)
{
	for (size_t i = 0; i < f->found.n; i++) {
		struct candidate *c = &f->found.p[i];
		if (c->verdict == VERDICT_YES && !c->strong && !is_part(c) &&
			f->whole->abroad[candidate_unit(f, c)] && !place_in_sentence(f, i) &&
			!vietnam_in_sentence(f, c))
			decide(c, VERDICT_NO, "abroad");
	}
}

static void settle(struct finder *f, size_t i)
{
	if (f->found.p[i].verdict == VERDICT_DOUBT && satisfied(f, i))
		accept(f, &f->found.p[i]);
}

void judge_together(struct finder *f)
{
	follow_abroad(f);
	for (int round = 0; round < 2; round++) { /* there and back: a list may be certain at one end only */
		for (size_t i = 0; i < f->found.n; i++)
			settle(f, i);
		for (size_t i = f->found.n; i-- > 0;)
			settle(f, i);
	}
}
