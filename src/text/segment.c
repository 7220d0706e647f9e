/* segment: paragraphs, sentences and words of a folded text. Word limits are in the flags already; here they
 * become a list, and the gap between two words decides whether a sentence ends in it.
 *
 * A full stop ends a sentence only when space follows it, and not behind an abbreviation (TP. Hải Phòng,
 * GS.TS. Trần), an initial (J. Smith) or before a small letter. "!" and "?" and the full stops of other
 * scripts end it always, "…" before a capital. Closing quotes and brackets stay with the sentence they close.
 * "1.200 tỷ" is one word, so its point is never looked at. */
#include <string.h>

#include "text/text_priv.h"

#include "base/banned.h"

/* Never the last word of a sentence when a full stop follows; folded. */
static const char *const abbreviations[] = {"tp", "tx", "tt", "gs", "pgs", "ts", "ths", "bs", "bscki",
	"bsckii", "ks", "cn", "ls", "kts", "nsnd", "nsưt", "đd", "tr", "st", "mr", "mrs", "ms", "dr", "prof",
	"gen", "gov", "sen", "rep", "col", "lt", "capt", "sgt", "hon", "vs", "no", "nos", "mt", "rev", "ext",
	"approx", "etc", "qđ", "nđ", "đt", "ths", "tnhh", "ubnd", "dist", "prov", NULL};

struct cutter {
	struct text *t;
	const struct text_word *words;
	VEC(struct text_range) sentences, paragraphs;
	uint32_t sentence_start, paragraph_start;
	bool has_words; /* the sentence being read has one */
};

static bool abbreviated(const struct text *t, const struct text_word *w)
{
	struct span s = span_cut(t->folded, w->start, w->end);
	if (s.n <= 1 || (s.n == 2 && (uint8_t)s.p[0] >= 0xC0)) /* one letter: an initial, or Q. 1, P. 2, Đ. */
		return s.n && !(s.p[0] >= '0' && s.p[0] <= '9');
	for (size_t i = 0; abbreviations[i]; i++)
		if (span_is(s, abbreviations[i]))
			return true;
	return false;
}

/* Length of a sentence-final mark of any script at p, 0 when there is none. Folded: full-width forms are
 * ASCII by now. */
static size_t final_mark(const char *p, size_t n)
{
	static const char *const marks[] = {
		"!", "?", "\u3002", "\u2026", "\u104B", "\u17D4", "\u0964", "\u061F", "\uFF61", NULL};
	for (size_t i = 0; marks[i]; i++) {
		size_t len = strlen(marks[i]);
		if (len <= n && memcmp(p, marks[i], len) == 0)
			return len;
	}
	return 0;
}

static bool closes(const char *p, size_t n, size_t *len)
{
	static const char *const marks[] = {
		"\"", "'", ")", "]", "\u300D", "\u300F", "\u3009", "\u300B", NULL};
	for (size_t i = 0; marks[i]; i++) {
		*len = strlen(marks[i]);
		if (*len <= n && memcmp(p, marks[i], *len) == 0)
			return true;
	}
	return false;
}

/* Does a sentence end in the gap [from, to) between word w and the next one? The offset behind its last mark,
 * or 0. */
static size_t gap_ends(const struct text *t, const struct text_word *w, size_t from, size_t to)
{
	const char *p = t->folded.p;
	bool capital = t->flags[to] & TEXT_UPPER, digit = p[to] >= '0' && p[to] <= '9',
	     foreign = (p[to] & 0x80) != 0;
	for (size_t i = from; i < to; i++) {
		size_t len = final_mark(p + i, to - i), more;
		bool dots = len == 3 && memcmp(p + i, "\u2026", 3) == 0;
		if (p[i] == '.') {
			len = 1;
			while (i + len < to && p[i + len] == '.')
				len++;
			dots = len > 1;
			if (!dots && i == from && abbreviated(t, w))
				continue;
		}
		if (!len)
			continue;
		size_t end = i + len;
		while (end < to &&
			(closes(p + end, to - end, &more) || (more = final_mark(p + end, to - end)) != 0))
			end += more;
		bool spaced = end < to && (p[end] == ' ' || p[end] == '\n');
		if (p[i] == '.' && (!spaced || !(capital || digit || (foreign && !dots))))
			continue;
		if (dots && !capital)
			continue;
		return end;
	}
	return 0;
}

static void sentence_end(struct cutter *c, size_t end, size_t next)
{
	if (!c->has_words)
		return;
	*vec_add(&c->sentences) = (struct text_range){c->sentence_start, (uint32_t)end};
	c->sentence_start = (uint32_t)next;
	c->has_words = false;
}

/* Looks at what stands between word k and the next word (or the end of the text). */
static void gap(struct cutter *c, const struct text_word *w, size_t to)
{
	const char *p = c->t->folded.p;
	size_t from = w ? w->end : 0;
	if (to == from || (to - from == 1 && p[from] == ' '))
		return;
	const char *line = memchr(p + from, '\n', to - from);
	size_t end = w && !line ? gap_ends(c->t, w, from, to) : 0;
	if (end) {
		sentence_end(c, end, end < to && p[end] == ' ' ? end + 1 : end);
		return;
	}
	while (line) {
		size_t at = (size_t)(line - p);
		sentence_end(c, at, at + 1);
		*vec_add(&c->paragraphs) = (struct text_range){c->paragraph_start, (uint32_t)at};
		c->paragraph_start = (uint32_t)at + 1;
		if (!c->has_words)
			c->sentence_start = (uint32_t)at + 1;
		line = memchr(line + 1, '\n', to - at - 1);
	}
}

/* The first position from `at` on whose flags have one of `bits`. */
static size_t next_flag(const struct text *t, size_t at, uint8_t bits)
{
	uint64_t mask = 0x0101010101010101u * bits, w;
	while (at + 8 <= t->folded.n) {
		memcpy(&w, t->flags + at, 8);
		if (w & mask)
			break;
		at += 8;
	}
	while (at < t->folded.n && !(t->flags[at] & bits))
		at++;
	return at;
}

void text_segment(struct arena *a, struct text *t, size_t n_words)
{
	struct text_word *words = arena_raw(a, (n_words + 1) * sizeof *words);
	struct cutter c = {.t = t};
	size_t n = 0, before = 0, at = next_flag(t, 0, TEXT_WORD_START);
	for (; at < t->folded.n && n < n_words; n++) {
		gap(&c, before ? &words[n - 1] : NULL, at);
		size_t end = next_flag(t, at + 1, TEXT_WORD_END);
		c.has_words = true;
		words[n] = (struct text_word){
			(uint32_t)at, (uint32_t)end, (uint32_t)c.sentences.n, (uint32_t)c.paragraphs.n};
		before = end;
		at = end < t->folded.n && t->flags[end] & TEXT_WORD_START
			     ? end
			     : next_flag(t, end, TEXT_WORD_START);
	}
	gap(&c, before ? &words[n - 1] : NULL, t->folded.n);
	sentence_end(&c, t->folded.n, t->folded.n);
	if (c.paragraph_start < t->folded.n)
		*vec_add(&c.paragraphs) = (struct text_range){c.paragraph_start, (uint32_t)t->folded.n};
	t->words = words;
	t->n_words = n;
	t->n_sentences = c.sentences.n;
	t->n_paragraphs = c.paragraphs.n;
	struct text_range *s = arena_raw(a, c.sentences.n * sizeof *s),
			  *p = arena_raw(a, c.paragraphs.n * sizeof *p);
	if (c.sentences.n)
		memcpy(s, c.sentences.p, c.sentences.n * sizeof *s);
	if (c.paragraphs.n)
		memcpy(p, c.paragraphs.p, c.paragraphs.n * sizeof *p);
	t->sentences = s;
	t->paragraphs = p;
	vec_release(&c.sentences);
	vec_release(&c.paragraphs);
}
