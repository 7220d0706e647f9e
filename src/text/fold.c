/* fold: the one pass that makes the canonical form. Each code point is looked up in a table made at build
 * time (gen_table.c), and most become one other code point at once. utf8proc over the whole text was measured
 * at 25 MB/s.
 *
 * The short way takes ordinary text: letters of scripts with spaces, punctuation, single spaces. It branches
 * on "is this ASCII?" and "is this ordinary?", and on nothing else that changes from letter to letter; case,
 * word limits and what the letters say of the language are arithmetic. (Without the first branch, every
 * character waited for the table: a third as fast.) Everything else goes the careful way (slow.c), one step,
 * and then the short way again.
 *
 * Word limits are known as soon as two neighbouring classes are, so the flags are written in the same pass,
 * and the tone of a word is put in its place when the word ends. */
#include <string.h>

#include "base/limits.h"
#include "text/classes.h"
#include "text/text_priv.h"

#include "base/banned.h"

/* Bytes the short way may look at from where it stands. */
enum { AHEAD = 8 };

/* The short way's own state, kept in registers. */
struct stride {
	const uint8_t *in;
	uint8_t *out, *flags;
	uint32_t *map;
	size_t i, w, word, tone, n_words;
	uint32_t was; /* ASCII_* bits of the character before; ASCII_WORD also when it was another letter */
	uint32_t strong, weak;
};

/* One ASCII character. False: not ordinary here. */
static inline bool stride_ascii(struct stride *s, uint32_t b)
{
	uint32_t class = fold_ascii[b], word = class & ASCII_WORD;
	uint32_t starts = word & ~s->was, ends = s->was & ~word & ASCII_WORD;
	uint32_t lone = (uint32_t)(s->in[s->i + 1] > ' ') & ~(s->was / ASCII_SPACE); /* were it a space */
	uint32_t joins = starts & class / ASCII_DIGIT & s->was / ASCII_POINT;        /* the 2 of 1.200 */
	uint32_t odd = class / ASCII_ODD | (class / ASCII_SPACE & ~lone) | joins;
	if (__builtin_expect((odd & 1) || (ends && s->tone != NO_TONE), 0))
		return false;
	s->out[s->w] = (uint8_t)(b + (class & ASCII_UPPER) * 8);
	s->flags[s->w] = (uint8_t)(starts * TEXT_WORD_START | ends * TEXT_WORD_END | (class & ASCII_UPPER));
	s->map[s->w] = (uint32_t)s->i++;
	s->word = starts ? s->w : s->word;
	s->n_words += starts;
	s->was = class;
	s->w++;
	return true;
}

static inline uint32_t choose(bool first, uint32_t a, uint32_t b)
{
	uint32_t mask = 0u - (uint32_t)first;
	return (a & mask) | (b & ~mask);
}

/* The code point of two or three bytes at p. */
static inline uint32_t decode_short(const uint8_t *p)
{
	uint32_t b = p[0], c = p[1] & 63u, d = p[2] & 63u;
	return choose(b < 0xE0, (b & 31) << 6 | c, (b & 15) << 12 | c << 6 | d);
}

/* Its one to three bytes, the first byte lowest, and their number. */
static inline uint32_t encode_short(uint32_t c, uint32_t *len)
{
	uint32_t two = (0xC0 | c >> 6) | (0x80 | (c & 63)) << 8;
	uint32_t three = (0xE0 | c >> 12) | (0x80 | (c >> 6 & 63)) << 8 | (0x80 | (c & 63)) << 16;
	*len = 1u + (c >= 0x80) + (c >= 0x800);
	return choose(c < 0x80, c, choose(c < 0x800, two, three));
}

/* Writes one code point of any width up to three bytes; four are stored. */
static inline void stride_put(struct stride *s, uint32_t c, uint32_t flags)
{
	uint32_t len, bytes = encode_short(c, &len), at = (uint32_t)s->i;
	uint8_t b[4] = {(uint8_t)bytes, (uint8_t)(bytes >> 8), (uint8_t)(bytes >> 16), 0},
		g[4] = {(uint8_t)flags, 0, 0, 0};
	uint32_t m[4] = {at, at, at, at};
	memcpy(s->out + s->w, b, 4);
	memcpy(s->flags + s->w, g, 4);
	memcpy(s->map + s->w, m, sizeof m);
	s->w += len;
}

/* One character of two or three bytes. False: not ordinary here. */
static inline bool stride_other(struct stride *s, uint32_t b)
{
	const uint32_t odd = FOLD_ALONE | FOLD_EXTEND | FOLD_SPACE | FOLD_DROP | FOLD_SLOW | FOLD_ETH;
	uint32_t c = decode_short(s->in + s->i), len = 2u + (b >= 0xE0), class = fold_entry(c),
		 word = class & FOLD_WORD;
	uint32_t starts = word & ~s->was, ends = s->was & ~word & ASCII_WORD,
		 last = s->w ? s->out[s->w - 1] : 0;
	if (__builtin_expect((class & odd) || b >= 0xF0 || b < 0xC2 || (ends && s->tone != NO_TONE), 0))
		return false;
	uint32_t first = class / FOLD_TONE_FIRST & fold_may_be_vowel[s->in[s->i + len]];
	uint32_t second = class / FOLD_TONE_SECOND & (uint32_t)(last == 'o' || last == 'u');
	if (__builtin_expect((first | second) & 1, 0))
		s->tone = s->w;
	s->word = starts ? s->w : s->word;
	s->n_words += starts;
	s->strong += class / FOLD_STRONG & 1;
	s->weak += class / FOLD_WEAK & 1;
	s->was = word ? ASCII_WORD : 0;
	stride_put(s, fold_target(c, class),
		starts * TEXT_WORD_START | ends * TEXT_WORD_END |
			(class & FOLD_UPPER) / FOLD_UPPER * TEXT_UPPER);
	s->i += len;
	return true;
}

/* The short way from f->i on, until something is not ordinary or the end is near. Not behind a letter of a
 * script without spaces. */
static void fold_ordinary(struct folder *f)
{
	struct stride s = {
		f->in, f->out, f->flags, f->map, f->i, f->w, f->word, f->tone, f->n_words, 0, 0, 0};
	uint8_t last = f->w ? f->out[f->w - 1] : ' ';
	s.was = (last < 0x80 ? fold_ascii[last] & ~(uint32_t)ASCII_WORD : 0) |
		(f->state == IN_WORD ? ASCII_WORD : 0);
	while (s.i + AHEAD <= f->n) {
		uint32_t b = s.in[s.i];
		if (!(b < 0x80 ? stride_ascii(&s, b) : stride_other(&s, b)))
			break;
	}
	f->i = s.i;
	f->w = s.w;
	f->word = s.word;
	f->tone = s.tone;
	f->n_words = s.n_words;
	f->strong += s.strong;
	f->weak += s.weak;
	f->state = s.was & ASCII_WORD ? IN_WORD : BETWEEN;
}

static void fold_all(struct folder *f)
{
	while (f->i < f->n) {
		if (f->state != IN_ALONE)
			fold_ordinary(f);
		if (f->i < f->n)
			fold_step(f);
	}
}

/* Eth and d with hook (C3 B0, C9 96) are d with stroke (C4 91) in a text that is Vietnamese. */
static void strike_eth(struct folder *f)
{
	for (size_t i = 0; i + 1 < f->w; i++) {
		uint8_t a = f->out[i], b = f->out[i + 1];
		if ((a == 0xC3 && b == 0xB0) || (a == 0xC9 && b == 0x96)) {
			f->out[i] = 0xC4;
			f->out[i + 1] = 0x91;
		}
	}
}

/* Code points that begin in the bytes p[0, n): all bytes but those that go on one. */
static uint32_t points_in(const char *p, size_t n)
{
	uint32_t sum = (uint32_t)n;
	uint64_t w;
	for (; n >= sizeof w; n -= sizeof w, p += sizeof w) {
		memcpy(&w, p, sizeof w);
		sum -= (uint32_t)((w >> 7 & ~(w >> 6) & 0x0101010101010101u) * 0x0101010101010101u >> 56);
	}
	while (n--)
		sum -= (*p++ & 0xC0) == 0x80;
	return sum;
}

/* Code points of the original before every TEXT_POINTS_STEP-th byte. */
static const uint32_t *count_points(struct arena *a, struct span s)
{
	size_t n = s.n / TEXT_POINTS_STEP + 1;
	uint32_t *points = arena_raw(a, n * sizeof *points), sum = 0;
	for (size_t k = 0; k < n; k++) {
		size_t at = k * TEXT_POINTS_STEP, left = s.n - at;
		points[k] = sum;
		sum += points_in(s.p + at, left < TEXT_POINTS_STEP ? left : TEXT_POINTS_STEP);
	}
	return points;
}

static void fold_run(struct folder *f)
{
	folder_room(f, 0);
	f->end = f->n;
	fold_all(f);
	uint8_t last = f->state != BETWEEN ? TEXT_WORD_END : 0;
	folder_word_close(f);
	if (f->w && f->out[f->w - 1] == ' ') { /* what followed it was invisible */
		f->end = f->map[--f->w];
		last = f->flags[f->w] & TEXT_WORD_END;
	}
	f->flags[f->w] = last;
	f->map[f->w] = (uint32_t)f->end;
	f->out[f->w] = 0;
}

void text_fold_as(struct arena *a, struct span utf8, bool folded, struct text *out, struct report *rep)
{
	struct folder f = {.arena = a, .in = (const uint8_t *)utf8.p, .n = utf8.n, .tone = NO_TONE};
	fold_run(&f);
	folder_paragraph_close(&f);
	bool marked = false;
	vec_each (m, &f.marked)
		marked |= *m != MARKS_NONE;
	if (f.eth && marked && !folded)
		strike_eth(&f);
	if (f.dropped_marks && rep)
		report_add(rep, R_TEXT_MARKS_CAPPED, 0, 0, arena_printf(a, "%d", MARKS_RUN_MAX), NULL);
	*out = (struct text){.original = utf8,
		.folded = {(char *)f.out, f.w},
		.map = f.map,
		.flags = f.flags,
		.marked = marked};
	out->paragraph_marked = memcpy(arena_raw(a, f.marked.n), f.marked.p, f.marked.n);
	out->points = count_points(a, utf8);
	text_segment(a, out, f.n_words);
	vec_release(&f.marked);
}

void text_fold(struct arena *a, struct span utf8, struct text *out, struct report *rep)
{
	text_fold_as(a, utf8, false, out, rep);
}

struct span text_fold_word(struct arena *a, struct span utf8)
{
	struct text t;
	text_fold(a, utf8, &t, NULL);
	for (size_t i = 0; i < t.folded.n; i++)
		if (t.folded.p[i] == '\n')
			((char *)t.folded.p)[i] = ' ';
	return t.folded;
}
