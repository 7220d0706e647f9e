/* case: how a form is written where it stands, and how the passage around it is written. In ordinary text a
 * name has its capitals, and "hòa bình" without them is peace; where everything is written large or
 * everything small, case says nothing. */
#include "base/utf8.h"
#include "place/place_priv.h"

#include "base/banned.h"

enum { TUNE_WORDS = 48, TUNE_BACK = 24 }; /* words looked at, of these before the name */

static bool upper(const struct text *t, size_t word)
{
	return t->flags[t->words[word].start] & TEXT_UPPER;
}

enum shape case_shape(const struct text *t, const struct sight *s)
{
	size_t first = s->word;
	uint32_t wanted = s->entry->capitals, seen = 0, present = 0;
	bool tag = s->start && t->folded.p[s->start - 1] == '#';
	if (s->entry->script != SCRIPT_CASED || tag)
		return SHAPE_PROPER;
	for (size_t k = first; k < t->n_words && t->words[k].start < s->end && k - first < 32; k++) {
		present |= 1u << (k - first);
		seen |= upper(t, k) ? 1u << (k - first) : 0;
	}
	wanted &= present;
	if ((seen & wanted) == wanted && wanted)
		return SHAPE_PROPER;
	if (!(wanted & 1) &&
		present & 1) /* a form that may begin small, as tp.hcm: an abbreviation is nothing else */
		return SHAPE_HALF;
	/* the first, or half of three and more */
	unsigned n = (unsigned)__builtin_popcount(wanted),
		 large = (unsigned)__builtin_popcount(seen & wanted);
	bool half = seen & wanted & (~wanted + 1) || (n > 2 && large * 2 >= n);
	return wanted && half && (seen & wanted) ? SHAPE_HALF : SHAPE_SMALL;
}

/* Does the word have a letter with case that is not written large? */
static bool has_small(const struct text *t, const struct text_word *w)
{
	for (uint32_t i = w->start; i < w->end; i++) {
		bool starts = (t->folded.p[i] & 0xC0) != 0x80,
		     digit = t->folded.p[i] >= '0' && t->folded.p[i] <= '9';
		if (starts && !digit && !(t->flags[i] & TEXT_UPPER))
			return true;
	}
	return false;
}

/* Is there a capital in the paragraph, as far as it is looked at? */
static bool any_capital(const struct text *t, size_t from, uint32_t paragraph)
{
	for (size_t k = from; k < t->n_words && k < from + TUNE_WORDS && t->words[k].paragraph <= paragraph;
		k++)
		if (t->words[k].paragraph == paragraph && upper(t, k))
			return true;
	return false;
}

enum tune case_tune(const struct text *t, size_t at)
{
	size_t from = at > TUNE_BACK ? at - TUNE_BACK : 0, first = at, words = 0, capitals = 0, shouted = 0;
	if (at >= t->n_words)
		return TUNE_MIXED;
	uint32_t sentence = t->words[at].sentence;
	while (first > from && t->words[first - 1].sentence == sentence)
		first--;
	for (size_t k = first; k < t->n_words && k < from + TUNE_WORDS && t->words[k].sentence == sentence;
		k++) {
		words++;
		capitals += upper(t, k);
		shouted += !has_small(t, &t->words[k]);
	}
	if (!capitals && !any_capital(t, from, t->words[at].paragraph))
		return TUNE_QUIET;
	if (words < 4)
		return TUNE_MIXED;
	return shouted * 10 >= words * 8 ? TUNE_LOUD : capitals * 10 >= words * 9 ? TUNE_TITLE : TUNE_MIXED;
}

static bool katakana(uint32_t c)
{
	return c >= 0x30A1 && c <= 0x30FA;
}

static bool hangul(uint32_t c)
{
	return c >= 0xAC00 && c <= 0xD7A3;
}

/* Katakana names stand alone; Korean ones begin a word, with particles behind. */
bool script_allows(const struct text *t, const struct sight *s)
{
	if (s->entry->script != SCRIPT_KATAKANA && s->entry->script != SCRIPT_HANGUL)
		return true;
	size_t before = s->start, after = s->end;
	while (before && (t->folded.p[--before] & 0xC0) == 0x80)
		;
	uint32_t b = s->start ? utf8_next(t->folded, &before, NULL) : 0;
	uint32_t a = after < t->folded.n ? utf8_next(t->folded, &after, NULL) : 0;
	return s->entry->script == SCRIPT_KATAKANA ? !katakana(b) && !katakana(a) : !hangul(b);
}
