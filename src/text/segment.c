/* segment: paragraphs, sentences and words of a folded text. Word limits are in the flags already; here they
 * become a list, and the gap between two words decides whether a sentence ends in it.
 *
 * A full stop ends a sentence only when space follows it, and not behind an abbreviation (TP. Hải Phòng,
 * GS.TS. Trần), an initial (J. Smith) or before a small letter. "!" and "?" and the full stops of other
 * scripts end it always, "…" before a capital. Closing quotes and brackets stay with the sentence they close.
 * "1.200 tỷ" is one word, so its point is never looked at. */
#include <endian.h>
#include <string.h>

#include "text/text_priv.h"

#include "base/banned.h"

#define W(text)                                                                                              \
	{                                                                                                    \
		text, sizeof(text) - 1                                                                       \
	}

/* Never the last word of a sentence when a full stop follows; folded. */
static const struct span abbreviations[] = {W("tp"), W("tx"), W("tt"), W("gs"), W("pgs"), W("ts"), W("ths"),
	W("bs"), W("bscki"), W("bsckii"), W("ks"), W("cn"), W("ls"), W("kts"), W("nsnd"), W("nsưt"), W("đd"),
	W("tr"), W("st"), W("mr"), W("mrs"), W("ms"), W("dr"), W("prof"), W("gen"), W("gov"), W("sen"),
	W("rep"), W("col"), W("lt"), W("capt"), W("sgt"), W("hon"), W("vs"), W("no"), W("nos"), W("mt"),
	W("rev"), W("ext"), W("approx"), W("etc"), W("qđ"), W("nđ"), W("đt"), W("tnhh"), W("ubnd"), W("dist"),
	W("prov")};

/* Sentence-final marks of any script (full-width forms are ASCII by now), and what may close a sentence
 * behind them. */
static const struct span finals[] = {W("!"), W("?"), W("\u3002"), W("\u2026"), W("\u104B"), W("\u17D4"),
	W("\u0964"), W("\u061F"), W("\uFF61")};
static const struct span closers[] = {
	W("\""), W("'"), W(")"), W("]"), W("\u300D"), W("\u300F"), W("\u3009"), W("\u300B")};

#define COUNT(table) (sizeof(table) / sizeof *(table))

struct cutter {
	struct text *t;
	VEC(struct text_range) sentences, paragraphs;
	uint32_t sentence_start, paragraph_start;
	bool has_words; /* the sentence being read has one */
};

static bool abbreviated(const struct text *t, const struct text_word *w)
{
	struct span s = span_cut(t->folded, w->start, w->end);
	if (s.n <= 1 || (s.n == 2 && (uint8_t)s.p[0] >= 0xC0)) /* one letter: an initial, or Q. 1, P. 2, Đ. */
		return s.n && !(s.p[0] >= '0' && s.p[0] <= '9');
	for (size_t i = 0; i < COUNT(abbreviations); i++)
		if (s.n == abbreviations[i].n && memcmp(s.p, abbreviations[i].p, s.n) == 0)
			return true;
	return false;
}

/* Length of the one of `marks` that stands at p, 0 when none does. */
static size_t mark_at(const struct span *marks, size_t count, const char *p, size_t n)
{
	for (size_t i = 0; i < count; i++)
		if (marks[i].p[0] == *p && marks[i].n <= n && memcmp(p, marks[i].p, marks[i].n) == 0)
			return marks[i].n;
	return 0;
}

static size_t final_mark(const char *p, size_t n)
{
	return mark_at(finals, COUNT(finals), p, n);
}

static size_t closing_mark(const char *p, size_t n)
{
	return mark_at(closers, COUNT(closers), p, n);
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
		while (end < to && ((more = closing_mark(p + end, to - end)) != 0 ||
					   (more = final_mark(p + end, to - end)) != 0))
			end += more;
		bool spaced = end < to && (p[end] == ' ' || p[end] == '\n');
		bool goes_on = p[i] == '.' && (!spaced || !(capital || digit || (foreign && !dots)));
		if (!goes_on && !(dots && !capital))
			return end;
		i = end - 1; /* looked at already */
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

static void paragraph_end(struct cutter *c, size_t at)
{
	sentence_end(c, at, at + 1);
	*vec_add(&c->paragraphs) = (struct text_range){c->paragraph_start, (uint32_t)at};
	c->paragraph_start = (uint32_t)at + 1;
	if (!c->has_words)
		c->sentence_start = (uint32_t)at + 1;
}

/* Looks at what stands between word w (NULL: none yet) and the next one at `to`, or the end of the text. */
static void gap(struct cutter *c, const struct text_word *w, size_t from, size_t to)
{
	const char *p = c->t->folded.p;
	bool mark = false, line = false;
	for (size_t i = from; i < to; i++) {
		mark |= p[i] == '.' || p[i] == '!' || p[i] == '?' || (p[i] & 0x80);
		line |= p[i] == '\n';
	}
	if (line) {
		for (size_t i = from; i < to; i++)
			if (p[i] == '\n')
				paragraph_end(c, i);
		return;
	}
	size_t end = w && mark ? gap_ends(c->t, w, from, to) : 0;
	if (end)
		sentence_end(c, end, end < to && p[end] == ' ' ? end + 1 : end);
}

/* A word begins at `at`: the gap before it is looked at, if it is more than a space. */
static inline void word_begin(struct cutter *c, struct text_word *words, size_t n, size_t at)
{
	size_t from = n ? words[n - 1].end : 0;
	if (at - from > 1 || (at > from && c->t->folded.p[from] != ' '))
		gap(c, n ? &words[n - 1] : NULL, from, at);
	c->has_words = true;
	words[n] = (struct text_word){
		(uint32_t)at, (uint32_t)at, (uint32_t)c->sentences.n, (uint32_t)c->paragraphs.n};
}

/* Steps over the flags eight bytes at a time and stops where a word begins or ends. */
static size_t cut_words(struct cutter *c, struct text_word *words)
{
	const struct text *t = c->t;
	size_t n = 0, end = t->folded.n + 1; /* flags has one more */
	bool open = false;
	for (size_t at = 0; at < end; at += 8) {
		uint64_t limits = 0;
		memcpy(&limits, t->flags + at, end - at < 8 ? end - at : 8);
		limits = le64toh(limits) & 0x0101010101010101u * (TEXT_WORD_START | TEXT_WORD_END);
		while (limits) {
			size_t bit = (size_t)__builtin_ctzll(limits) & ~(size_t)7, pos = at + bit / 8;
			limits &= ~(0xFFull << bit);
			if (open && t->flags[pos] & TEXT_WORD_END) {
				words[n++].end = (uint32_t)pos;
				open = false;
			}
			if (t->flags[pos] & TEXT_WORD_START) {
				word_begin(c, words, n, pos);
				open = true;
			}
		}
	}
	return n;
}

static const struct text_range *keep_ranges(struct arena *a, const struct text_range *r, size_t n)
{
	struct text_range *out = arena_raw(a, n * sizeof *out);
	return n ? memcpy(out, r, n * sizeof *out) : out;
}

void text_segment(struct arena *a, struct text *t, size_t n_words)
{
	struct text_word *words = arena_raw(a, (n_words + 1) * sizeof *words);
	struct cutter c = {.t = t};
	size_t n = cut_words(&c, words), from = n ? words[n - 1].end : 0;
	gap(&c, n ? &words[n - 1] : NULL, from, t->folded.n);
	sentence_end(&c, t->folded.n, t->folded.n);
	if (c.paragraph_start < t->folded.n)
		*vec_add(&c.paragraphs) = (struct text_range){c.paragraph_start, (uint32_t)t->folded.n};
	t->words = words;
	t->n_words = n;
	t->n_sentences = c.sentences.n;
	t->n_paragraphs = c.paragraphs.n;
	t->sentences = keep_ranges(a, c.sentences.p, c.sentences.n);
	t->paragraphs = keep_ranges(a, c.paragraphs.p, c.paragraphs.n);
	vec_release(&c.sentences);
	vec_release(&c.paragraphs);
}
