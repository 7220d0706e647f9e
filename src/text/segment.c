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

#define W(text)                                                                                              \
	{                                                                                                    \
		text, sizeof(text) - 1                                                                       \
	}

/* Never the last word of a sentence when a full stop follows; folded. */
static const struct span abbreviations[] = {W("tp"), W("tx"), W("tt"), W("gs"), W("pgs"), W("ts"), W("ths"),
	W("bs"), W("bscki"), W("bsckii"), W("ks"), W("cn"), W("ls"), W("kts"), W("nsnd"), W("nsưt"), W("đd"),
	W("tr"), W("st"), W("mr"), W("mrs"), W("ms"), W("dr"), W("prof"), W("capt"), W("sgt"), W("vs"),
	W("mt"), W("approx"), W("etc"), W("qđ"), W("nđ"), W("đt"), W("tnhh"), W("ubnd"), W("dist"), W("prov"),
	W("тыс"), W("млн"), W("млрд")};
/* The same, only with a capital ("gen" is a gene in Vietnamese); only before a number. */
static const struct span titles[] = {
	W("gen"), W("gov"), W("sen"), W("rep"), W("col"), W("lt"), W("hon"), W("rev"), W("ext")};
static const struct span before_numbers[] = {W("no"), W("nos"), W("jan"), W("feb"), W("mar"), W("apr"),
	W("jun"), W("jul"), W("aug"), W("sep"), W("sept"), W("oct"), W("nov"), W("dec")};

/* Sentence-final marks of any script (full-width forms are ASCII by now), and what may close a sentence
 * behind them. */
static const struct span finals[] = {W("!"), W("?"), W("\u3002"), W("\u2026"), W("\u104B"), W("\u17D4"),
	W("\u0964"), W("\u061F"), W("\uFF61")};
static const struct span closers[] = {
	W("\""), W("'"), W(")"), W("]"), W("\u300D"), W("\u300F"), W("\u3009"), W("\u300B")};

#define COUNT(table) (sizeof(table) / sizeof *(table))

enum { STEP = 4 }; /* limits of words taken at once */
#define TOP (1ull << 63)

struct cutter {
	struct text *t;
	const struct text_word *words;
	VEC(struct text_range) sentences, paragraphs;
	uint32_t sentence_start, paragraph_start;
	bool has_words; /* the sentence being read has one */
};

static bool among(struct span s, const struct span *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (s.n == list[i].n && memcmp(s.p, list[i].p, s.n) == 0)
			return true;
	return false;
}

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The number of an item: "1. Rửa tay", "II. Kết quả". */
static bool numbers_item(struct span s)
{
	size_t digits = 0, roman = 0;
	for (size_t i = 0; i < s.n; i++) {
		digits += digit(s.p[i]);
		roman += s.p[i] == 'i' || s.p[i] == 'v' || s.p[i] == 'x';
	}
	return s.n <= 4 && ((digits == s.n && s.n <= 2) || roman == s.n);
}

/* Does the full stop behind the word belong to it? `spaced`: there is a space between; `next`: what stands
 * behind. */
static bool abbreviated(const struct cutter *c, const struct text_word *w, bool spaced, char next)
{
	const struct text *t = c->t;
	struct span s = span_cut(t->folded, w->start, w->end);
	if (spaced)
		return among(s, abbreviations, COUNT(abbreviations));
	bool first = w == c->words || w[-1].sentence != w->sentence;
	if (first && numbers_item(s))
		return true;
	if (s.n <= 1 || (s.n == 2 && (uint8_t)s.p[0] >= 0xC0)) { /* an initial, or Q. 1, P. 2, Đ.; not v.v. */
		bool and_so_on = !first && span_is(s, "v") && w[-1].end + 1 == w->start &&
				 t->folded.p[w[-1].start] == 'v' && w[-1].end == w[-1].start + 1;
		return s.n && !digit(s.p[0]) && !and_so_on;
	}
	return among(s, abbreviations, COUNT(abbreviations)) ||
	       (t->flags[w->start] & TEXT_UPPER && among(s, titles, COUNT(titles))) ||
	       (digit(next) && among(s, before_numbers, COUNT(before_numbers)));
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

/* A letter of a script without capitals. Latin, Greek and Cyrillic have them. */
static bool caseless(const char *p)
{
	uint8_t a = (uint8_t)p[0], b = a & 0x80 ? (uint8_t)p[1] : 0;
	return a >= 0xD5 && !(a == 0xE1 && b >= 0xB8 && b <= 0xBF);
}

/* Does a sentence end in the gap [from, to) between word w and the next one? The offset behind its last mark,
 * or 0. */
static size_t gap_ends(const struct cutter *c, const struct text_word *w, size_t from, size_t to)
{
	const char *p = c->t->folded.p;
	bool capital = c->t->flags[to] & TEXT_UPPER, number = digit(p[to]), foreign = caseless(p + to);
	for (size_t i = from; i < to; i++) {
		size_t len = final_mark(p + i, to - i), more;
		bool dots = len == 3 && memcmp(p + i, "\u2026", 3) == 0;
		if (p[i] == '.') {
			len = 1;
			while (i + len < to && p[i + len] == '.')
				len++;
			dots = len > 1;
			bool spaced = i == from + 1 && p[from] == ' ';
			if (!dots && (i == from || spaced) && abbreviated(c, w, spaced, p[to]))
				continue;
		}
		if (!len)
			continue;
		size_t end = i + len;
		while (end < to && ((more = closing_mark(p + end, to - end)) != 0 ||
					   (more = final_mark(p + end, to - end)) != 0))
			end += more;
		bool apart = end < to && (p[end] == ' ' || p[end] == '\n');
		bool goes_on = p[i] == '.' && (!apart || !(capital || number || (foreign && !dots)));
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
	size_t end = w && mark ? gap_ends(c, w, from, to) : 0;
	if (end)
		sentence_end(c, end, end < to && p[end] == ' ' ? end + 1 : end);
}

/* Bit k: flags[k] has the flag, which is 1 or 2; of the first n of 64 flags. Adds their number to *sum. */
__attribute__((always_inline)) static inline uint64_t limits(
	const uint8_t *flags, size_t n, const uint8_t flag, size_t *sum)
{
	const uint64_t ones = 0x0101010101010101u;
	uint64_t mask = 0;
	for (size_t k = 0; k < n; k += 8) {
		uint64_t w = flags_at(flags + k, n - k) / flag & ones;
		*sum += w * ones >> 56;
		mask |= (w * 0x0102040810204080u >> 56) << k;
	}
	return mask;
}

/* Where words begin and end. Nobody can guess where the next one does, so nothing is asked: limits are taken
 * four at a time, and those that were none are written over by the next. `words` has room for STEP more. */
static void list_words(const struct text *t, struct text_word *words)
{
	size_t begun = 0, ended = 0, end = t->folded.n + 1; /* flags has one more */
	for (size_t at = 0; at < end; at += 64) {
		size_t n = end - at < 64 ? end - at : 64;
		size_t begins = begun, ends = ended;
		uint64_t b = limits(t->flags + at, n, TEXT_WORD_START, &begins);
		uint64_t e = limits(t->flags + at, n, TEXT_WORD_END, &ends);
		for (; begun < begins; begun += STEP)
			for (size_t k = 0; k < STEP; k++, b &= b - 1)
				words[begun + k].start = (uint32_t)(at + (size_t)__builtin_ctzll(b | TOP));
		for (; ended < ends; ended += STEP)
			for (size_t k = 0; k < STEP; k++, e &= e - 1)
				words[ended + k].end = (uint32_t)(at + (size_t)__builtin_ctzll(e | TOP));
		begun = begins;
		ended = ends;
	}
}

/* Numbers the words by sentence and paragraph; a gap that is more than a space is looked at. */
static void number_words(struct cutter *c, struct text_word *words, size_t n)
{
	const char *p = c->t->folded.p;
	for (size_t k = 0, from = 0; k < n; from = words[k++].end) {
		size_t at = words[k].start;
		if (at - from > 1 || (at > from && p[from] != ' '))
			gap(c, k ? &words[k - 1] : NULL, from, at);
		c->has_words = true;
		words[k].sentence = (uint32_t)c->sentences.n;
		words[k].paragraph = (uint32_t)c->paragraphs.n;
	}
}

static const uint32_t *hash_words(struct arena *a, const struct text *t, const struct text_word *w, size_t n)
{
	uint32_t *out = arena_raw(a, n * sizeof *out);
	for (size_t k = 0; k < n; k++)
		out[k] = (uint32_t)(word_hash(t->folded.p + w[k].start, w[k].end - w[k].start) >> 32);
	return out;
}

static const struct text_range *keep_ranges(struct arena *a, const struct text_range *r, size_t n)
{
	struct text_range *out = arena_raw(a, n * sizeof *out);
	return n ? memcpy(out, r, n * sizeof *out) : out;
}

void text_segment(struct arena *a, struct text *t, size_t n)
{
	struct text_word *words = arena_raw(a, (n + STEP) * sizeof *words);
	struct cutter c = {.t = t, .words = words};
	list_words(t, words);
	number_words(&c, words, n);
	size_t from = n ? words[n - 1].end : 0;
	gap(&c, n ? &words[n - 1] : NULL, from, t->folded.n);
	sentence_end(&c, t->folded.n, t->folded.n);
	if (c.paragraph_start < t->folded.n)
		*vec_add(&c.paragraphs) = (struct text_range){c.paragraph_start, (uint32_t)t->folded.n};
	t->words = words;
	t->hashes = hash_words(a, t, words, n);
	t->n_words = n;
	t->n_sentences = c.sentences.n;
	t->n_paragraphs = c.paragraphs.n;
	t->sentences = keep_ranges(a, c.sentences.p, c.sentences.n);
	t->paragraphs = keep_ranges(a, c.paragraphs.p, c.paragraphs.n);
	vec_release(&c.sentences);
	vec_release(&c.paragraphs);
}
