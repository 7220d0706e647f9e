/* people: a name that is a person's or a street's. A surname before it, a full name ("Nguyễn Tiến Hải
 * Dương"), a nickname in quotation marks; a house number. */
#include <string.h>

#include "place/place_priv.h"

#include "base/banned.h"

enum { MIDDLE_NAMES = 2 }; /* between a surname and the given name */

static struct span word_text(const struct text *t, size_t k)
{
	return span_cut(t->folded, t->words[k].start, t->words[k].end);
}

/* What stands between word k and the next. */
static struct span gap_behind(const struct text *t, size_t k)
{
	return k + 1 < t->n_words ? span_cut(t->folded, t->words[k].end, t->words[k + 1].start)
				  : (struct span){0};
}

static bool right_behind(const struct text *t, size_t k)
{
	return span_is(gap_behind(t, k), " ");
}

static bool capital(const struct text *t, size_t k)
{
	return t->flags[t->words[k].start] & TEXT_UPPER;
}

/* The word right before, with only a space between; SIZE_MAX: none. */
static size_t word_before(const struct finder *f, const struct candidate *c)
{
	return c->word && right_behind(f->t, c->word - 1) && f->t->words[c->word].start == c->start
		       ? c->word - 1
		       : SIZE_MAX;
}

/* May the one be a part of the other's unit? "Đồng Văn Hà Nam" */
static bool part_of(const struct finder *f, const struct candidate *part, const struct candidate *c)
{
	uint32_t unit = candidate_unit(f, c);
	for (size_t i = 0; candidate_is_part(part) && i < part->n; i++)
		if (f->g->parts.p[part->entry[i]->index].unit == unit)
			return true;
	return false;
}

/* Does the word belong to another name of a place? */
static bool of_a_place(const struct finder *f, const struct candidate *c, size_t k)
{
	return c > f->found.p && c[-1].end > f->t->words[k].start &&
	       (c[-1].verdict == VERDICT_YES || part_of(f, &c[-1], c));
}

static bool is_name(const struct finder *f, size_t k, enum kind kind)
{
	uint32_t from = f->t->words[k].start;
	for (size_t i = cue_from(f, from); i < f->cues.n && f->cues.p[i].start == from; i++)
		if (f->cues.p[i].entry->kind == kind && f->cues.p[i].end == f->t->words[k].end)
			return true;
	return false;
}

/* Is what begins at word k a street or a school that has a person's name: "đường Nguyễn Trãi Thanh Hóa"? */
static bool named_after(const struct finder *f, size_t k)
{
	const struct text *t = f->t;
	if (k == 0 || !right_behind(t, k - 1))
		return false;
	char last = t->folded.p[t->words[k - 1].end - 1];
	bool number = last >= '0' && last <= '9';
	uint32_t at = t->words[k].start;
	for (size_t i = cue_from(f, at > CUE_BYTES ? at - CUE_BYTES : 0);
		i < f->cues.n && f->cues.p[i].start < at && !number; i++) {
		const struct sight *s = &f->cues.p[i];
		const struct cue *cue = s->entry->kind == KIND_CUE ? &f->g->cues.p[s->entry->index] : NULL;
		bool person = cue && strcmp(cue->why, "person") == 0;
		if (cue && cue->side == SIDE_BEFORE && s->end + 1 == at && !person)
			return true;
	}
	return number;
}

/* A surname and one or two middle names before. */
static bool full_name(const struct finder *f, const struct candidate *c, size_t k)
{
	for (size_t back = 0; back < MIDDLE_NAMES && k && capital(f->t, k); back++) {
		k--;
		if (!right_behind(f->t, k) || !capital(f->t, k) || of_a_place(f, c, k))
			return false;
		if (is_name(f, k, KIND_SURNAME))
			return !named_after(f, k);
	}
	return false;
}

/* A surname before makes it a person, unless that word belongs to another name of a place. */
bool behind_surname(const struct finder *f, const struct candidate *c)
{
	size_t k = word_before(f, c);
	if (k == SIZE_MAX || !capital(f->t, k) || of_a_place(f, c, k))
		return false;
	if (is_name(f, k, KIND_SURNAME))
		return true;
	if (!(c->traits & TRAIT_GIVEN) || c->tune != TUNE_MIXED || c->strong)
		return false; /* strong: at the head of a sentence, "Đoàn" may be a delegation */
	return is_name(f, k, KIND_RARE) || full_name(f, c, k);
}

/* "ở 95 Hải Phòng", "tại số 12 Hà Nội": a street; not "bệnh viện dã chiến số 2 Hải Dương". */
bool behind_house_number(const struct finder *f, const struct candidate *c)
{
	size_t k = word_before(f, c);
	if (k == SIZE_MAX || k == 0 || !(c->entry[0]->capitals & 1)) /* "ở 2 TP HCM, Hà Nội" */
		return false;
	struct span n = word_text(f->t, k);
	bool number = n.n && n.n <= 4 && n.p[0] >= '1' && n.p[0] <= '9' && !span_is(n, "2025");
	if (!number || (!right_behind(f->t, k - 1) && !span_is(gap_behind(f->t, k - 1), ": ")))
		return false;
	if (map_get(&f->g->numbers, word_text(f->t, k - 1)))
		return true;
	bool alone = k == 1 || !right_behind(f->t, k - 2) ||
		     map_get(&f->g->numbers, word_text(f->t, k - 2)) ||
		     f->t->words[k - 2].sentence != f->t->words[k].sentence;
	return map_get(&f->g->numbered, word_text(f->t, k - 1)) && alone;
}

/* thợ điện Dũng "Quảng Ninh": a nickname. */
bool in_quotes(const struct finder *f, const struct candidate *c)
{
	const char *p = f->t->folded.p;
	if (c->start < 2 || p[c->start - 1] != '"' || c->end >= f->t->folded.n || p[c->end] != '"' ||
		p[c->start - 2] != ' ')
		return false;
	size_t k = c->word;
	if (k == 0 || f->t->words[k - 1].start == f->t->sentences[c->sentence].start)
		return false;
	return f->t->words[k - 1].end + 2 == c->start && f->t->flags[f->t->words[k - 1].start] & TEXT_UPPER &&
	       f->t->words[k - 1].sentence == f->t->words[k].sentence;
}
