/* story: copies of one story are found by how many runs of words they share (Broder's resemblance of shingle
 * sets, estimated by minima of hashes). Instead of 32 hash functions over every shingle, one hash per shingle
 * chooses one of 32 bins and a value, and each bin keeps its minimum (one permutation hashing); bins that
 * stayed empty in a short text borrow from a full one, chosen by a hash of the bin's number alone, so that
 * two texts borrow alike (Shrivastava's "optimal densification"). Four multiplications a word.
 *
 * A shingle is SHINGLE words of the folded text. A folded Vietnamese word is a syllable; an ideograph, kana
 * or Thai letter counts as a word too, and runs of those take SHINGLE_CHARS of them, since three characters
 * are too common to tell texts apart. Title and body are shingled apart, so that a copy under another title
 * loses only the title's shingles.
 *
 * Where two texts begin to be copies was set by an experiment on 33 invented articles of 600 to 1,000
 * characters and 10 ways to copy each, three times (tests/bench/near_copies.py, bench_story). Share of the
 * 99 copies found when so many of the 32 minima must agree; the most alike of two different articles agreed
 * in 2, with their sites' footers left in the text in 11:
 *
 *                                     8    10    12    14    16
 *     title changed                1.00  1.00  1.00  1.00  1.00
 *     title and lead rewritten     0.99  0.98  0.96  0.87  0.70
 *     sentences in other order     1.00  1.00  1.00  1.00  1.00
 *     1 word in 10 changed         1.00  1.00  0.96  0.93  0.85
 *     1 word in 5 changed          0.95  0.77  0.61  0.35  0.17
 *     1 sentence in 3 left out     1.00  0.98  0.98  0.86  0.82
 *     first half only              1.00  1.00  0.94  0.91  0.85
 */
#include "story/story.h"

#include <string.h>

#include "base/banned.h"

enum {
	SHINGLE = 3,
	SHINGLE_CHARS = 4,
	SHINGLES_MIN = 12, /* fewer: two unlike headlines about one place would look alike by chance */
	BIN_BITS = 5,      /* 1 << BIN_BITS == STORY_HASHES */
	FORM_HEX = 8,
	SAME_FROM = 12, /* of STORY_HASHES minima */
};

_Static_assert(1 << BIN_BITS == STORY_HASHES, "a bin per minimum");

/* What no shingle has fallen into holds EMPTY. */
struct bins {
	uint32_t min[STORY_HASHES];
	size_t shingles;
};

static const uint32_t EMPTY = UINT32_MAX;

/* splitmix64's last steps: a bijection that spreads every bit. */
static uint64_t spread(uint64_t v)
{
	v ^= v >> 30;
	v *= 0xBF58476D1CE4E5B9u;
	v ^= v >> 27;
	v *= 0x94D049BB133111EBu;
	return v ^ v >> 31;
}

static void put(struct bins *b, uint64_t h)
{
	size_t bin = (size_t)(h >> (64 - BIN_BITS));
	uint32_t value = (uint32_t)h;
	b->min[bin] = value < b->min[bin] ? value : b->min[bin];
	b->shingles++;
}

/* Is the word one character of a script written without spaces? U+0E00 to U+0EFF Thai and Lao, U+1000 to
 * U+109F Burmese, U+1780 to U+17FF Khmer, U+2E80 and above ideographs and kana but not Hangul, which has
 * spaces. */
static bool lone_character(struct span w)
{
	const unsigned char *p = (const unsigned char *)w.p;
	if (p[0] < 0xE0 || w.n < 3 || w.n > 4) /* the first is what a processor can guess */
		return false;
	if (w.n == 4)
		return p[0] == 0xF0 && p[1] >= 0xA0;
	if (p[0] == 0xE0)
		return p[1] >= 0xB8 && p[1] <= 0xBB;
	if (p[0] == 0xE1)
		return (p[1] == 0x80 || p[1] == 0x81 || p[1] == 0x82) || p[1] == 0x9E || p[1] == 0x9F;
	return p[0] >= 0xE3 ? p[0] < 0xEA : p[0] == 0xE2 && p[1] >= 0xBA;
}

/* What n words come to, in their order. */
static inline uint64_t joined(const uint32_t *word, size_t n)
{
	uint64_t h =
		word[0] * 0x9E3779B97F4A7C15u + word[1] * 0xC2B2AE3D27D4EB4Fu + word[2] * 0xD6E8FEB86659FD93u;
	for (size_t k = SHINGLE; k < n; k++)
		h = spread(h) + word[k];
	h = (h ^ h >> 32) * 0xBF58476D1CE4E5B9u;
	return h ^ h >> 29;
}

static void shingle(struct bins *b, const struct text *t)
{
	size_t lone = 0; /* characters in a row */
	for (size_t i = 0; t && i < t->n_words; i++) {
		struct span w = {t->folded.p + t->words[i].start, t->words[i].end - t->words[i].start};
		lone = lone_character(w) ? lone + 1 : 0;
		size_t n = lone ? SHINGLE_CHARS : SHINGLE;
		if ((lone ? lone : i + 1) >= n)
			put(b, joined(&t->hashes[i + 1 - n], n));
	}
}

static void fill_empty(struct bins *b)
{
	uint32_t had[STORY_HASHES];
	memcpy(had, b->min, sizeof had);
	for (size_t i = 0; i < STORY_HASHES; i++) {
		uint64_t h = i + 1;
		size_t from = i;
		while (had[from] == EMPTY) {
			h = spread(h + 0x9E3779B97F4A7C15u);
			from = (size_t)(h >> (64 - BIN_BITS));
		}
		b->min[i] = had[from];
	}
}

void story_fingerprint(const struct text *title, const struct text *body, struct fingerprint *out)
{
	struct bins b = {.shingles = 0};
	memset(b.min, 0xFF, sizeof b.min);
	memset(out, 0, sizeof *out);
	shingle(&b, title);
	shingle(&b, body);
	if (b.shingles < SHINGLES_MIN)
		return;
	fill_empty(&b);
	memcpy(out->min, b.min, sizeof out->min);
	out->known = true;
}

void fingerprint_format(const struct fingerprint *f, char out[STORY_HEX + 1])
{
	static const char hex[] = "0123456789abcdef";
	size_t n = 0;
	for (size_t i = 0; f->known && i < STORY_HASHES; i++)
		for (int shift = 28; shift >= 0; shift -= 4)
			out[n++] = hex[f->min[i] >> shift & 15];
	out[n] = 0;
}

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

bool fingerprint_parse(struct span s, struct fingerprint *out)
{
	memset(out, 0, sizeof *out);
	if (s.n != STORY_HEX)
		return false;
	for (size_t i = 0; i < STORY_HEX; i++) {
		int d = digit(s.p[i]);
		if (d < 0)
			return false;
		out->min[i / FORM_HEX] = out->min[i / FORM_HEX] << 4 | (uint32_t)d;
	}
	out->known = true;
	return true;
}

/* How many minima agree. Four at a time: compilers make one instruction of each step. */
typedef uint32_t four __attribute__((vector_size(16)));

static unsigned agreeing(const struct fingerprint *a, const struct fingerprint *b)
{
	four sum = {0};
	for (size_t i = 0; i < STORY_HASHES; i += 4) {
		four x, y;
		memcpy(&x, a->min + i, sizeof x);
		memcpy(&y, b->min + i, sizeof y);
		sum -= (four)(x == y);
	}
	return sum[0] + sum[1] + sum[2] + sum[3];
}

double story_resemblance(const struct fingerprint *a, const struct fingerprint *b)
{
	return a->known && b->known ? (double)agreeing(a, b) / STORY_HASHES : 0;
}

bool story_same(const struct fingerprint *a, const struct fingerprint *b)
{
	return a->known && b->known && agreeing(a, b) >= SAME_FROM;
}
