/* text: questions put to a folded text. */
#include <string.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "text/classes.h"
#include "text/text_priv.h"

#include "base/banned.h"

bool text_paragraph_marked(const struct text *t, uint32_t paragraph)
{
	return paragraph < t->n_paragraphs && t->paragraph_marked[paragraph] != MARKS_NONE;
}

bool text_paragraph_vietnamese(const struct text *t, uint32_t paragraph)
{
	return paragraph < t->n_paragraphs && t->paragraph_marked[paragraph] == MARKS_THROUGHOUT;
}

struct span text_unmark(struct arena *a, struct span folded)
{
	char *out = arena_raw(a, folded.n + 1);
	size_t n = 0, len;
	for (size_t i = 0; i < folded.n; i += len) {
		uint32_t c = decode_at((const uint8_t *)folded.p, folded.n, i, &len), class = fold_entry(c);
		utf8proc_int32_t d[8];
		int bound = 0;
		if (c == 0x111)
			c = 'd';
		else if (class & (FOLD_STRONG | FOLD_WEAK) &&
			 utf8proc_decompose_char((utf8proc_int32_t)c, d, 8, UTF8PROC_DECOMPOSE, &bound) > 0)
			c = (uint32_t)d[0];
		n += encode_at((uint8_t *)out + n, c);
	}
	out[n] = 0;
	return (struct span){out, n};
}

uint32_t text_code_points(const struct text *t, uint32_t folded_offset)
{
	size_t at = folded_offset <= t->folded.n ? t->map[folded_offset] : t->original.n;
	size_t step = at % TEXT_POINTS_STEP;
	return t->points[at / TEXT_POINTS_STEP] +
	       (uint32_t)utf8_count((struct span){t->original.p + at - step, step});
}

/* Byte of the original where this code point begins; its end when there is none. */
static size_t byte_of(const struct text *t, uint32_t code_point)
{
	size_t lo = 0, hi = t->original.n / TEXT_POINTS_STEP + 1;
	while (hi - lo > 1) {
		size_t mid = lo + (hi - lo) / 2;
		if (t->points[mid] <= code_point)
			lo = mid;
		else
			hi = mid;
	}
	size_t from = lo * TEXT_POINTS_STEP;
	return from + utf8_offset(span_cut(t->original, from, t->original.n), code_point - t->points[lo]);
}

size_t text_word_from_code_point(const struct text *t, uint32_t code_point)
{
	size_t lo = 0, hi = t->n_words, byte = byte_of(t, code_point);
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (t->map[t->words[mid].start] < byte)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* The last range that starts at or before the offset; 0 when there is none. */
static uint32_t range_at(const struct text_range *r, size_t n, uint32_t offset)
{
	size_t lo = 0, hi = n;
	while (hi - lo > 1) {
		size_t mid = lo + (hi - lo) / 2;
		if (r[mid].start <= offset)
			lo = mid;
		else
			hi = mid;
	}
	return (uint32_t)lo;
}

uint32_t text_sentence_at(const struct text *t, uint32_t folded_offset)
{
	return range_at(t->sentences, t->n_sentences, folded_offset);
}

uint32_t text_paragraph_at(const struct text *t, uint32_t folded_offset)
{
	return range_at(t->paragraphs, t->n_paragraphs, folded_offset);
}

/* Words are of much the same length, so the first guess is near: from it in growing steps, then by halves. */
size_t text_word_at(const struct text *t, uint32_t folded_offset)
{
	size_t n = t->n_words, lo = 0, hi = n, step = 2;
	if (!n)
		return 0;
	size_t guess = (size_t)((uint64_t)folded_offset * n / (t->folded.n + 1));
	guess = guess < n ? guess : n - 1;
	if (t->words[guess].end <= folded_offset) {
		for (lo = guess + 1; lo + step < n && t->words[lo + step].end <= folded_offset; step *= 2)
			lo += step + 1;
		hi = lo + step < n ? lo + step : n;
	} else {
		for (hi = guess; hi > step && t->words[hi - step].end > folded_offset; step *= 2)
			hi -= step;
		lo = hi > step ? hi - step : 0;
	}
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (t->words[mid].end <= folded_offset)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}
