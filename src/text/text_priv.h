/* text_priv: what the files of text/ share and nobody else sees. */
#ifndef TEXT_TEXT_PRIV_H
#define TEXT_TEXT_PRIV_H

#include <endian.h>
#include <string.h>

#include "base/vec.h"
#include "text/text.h"

/* The folded text while it grows. Invariant: cap - w is at least what is left of the input plus FOLD_SLACK,
 * so that writing a code point that does not become longer needs no test. */
struct folder {
	struct arena *arena;
	const uint8_t *in;
	size_t n, i; /* length and position of the input */
	uint8_t *out;
	uint32_t *map;
	uint8_t *flags;
	size_t w, cap; /* written, room */
	size_t word;   /* where the word begins that is being written */
	size_t tone;   /* where in it a vowel stands whose tone may have to move, or NO_TONE */
	size_t end;    /* input behind the last thing written, once trailing space has been met */
	enum { BETWEEN, IN_WORD, IN_ALONE } state;
	bool eth;            /* eth or d with hook was written */
	size_t paragraph;    /* where in the output it began */
	size_t n_words;      /* of the paragraphs before */
	VEC(uint8_t) marked; /* MARKS_* per paragraph */
	unsigned long dropped_marks;
};

enum { FOLD_SLACK = 320 };
enum { FOLD_AHEAD = 32 }; /* zeros behind a folded text: words are read by eights, and a little further */
enum { MARKS_NONE, MARKS_SOME, MARKS_THROUGHOUT };
#define NO_TONE SIZE_MAX
/* The flags that do not come from the letter alone. */
enum { TEXT_OF_PLACE = TEXT_WORD_START | TEXT_WORD_END | TEXT_UPPER };

void folder_room(struct folder *f, size_t more);
void folder_word_close(struct folder *f);
void folder_paragraph_close(struct folder *f);
/* slow.c: the careful way, one code point or one run of them; f->i < f->n. */
void fold_step(struct folder *f);
/* Remembers the tone of a letter at `at` that may have to move; `next`: the byte behind it. */
void tone_note(struct folder *f, uint32_t class, size_t at, uint8_t next);
/* Puts the tone of the word just written where the spelling rules have it. */
void tone_place(struct folder *f);
/* text_fold(); `folded`: the text has been through it, as a part of some other text, whose language decided
 * what eth is. */
void text_fold_as(struct arena *a, struct span utf8, bool folded, struct text *out, struct report *rep);
/* Cuts t->folded into paragraphs, sentences and words by t->flags; n_words have been counted. */
void text_segment(struct arena *a, struct text *t, size_t n_words);

/* Hash of the bytes p[0, n), n > 0: words are short, so its first eight and last eight say nearly all. No
 * branch, since the length of the next word is what no processor guesses: bytes beyond n are read (a folded
 * text has room behind it) and masked. */
static inline uint64_t word_hash_as(const char *p, size_t n, uint64_t flip)
{
	uint64_t head, tail;
	bool more = n > 8;
	memcpy(&head, p, 8);
	memcpy(&tail, p + (more ? n - 8 : 0), 8);
	head = le64toh(head) & ~0ull >> (more ? 0 : 64 - 8 * n);
	tail = le64toh(tail) & (0ull - (uint64_t)more);
	return (head ^ flip ^ n) * 0x9E3779B97F4A7C15u ^ tail * 0xC2B2AE3D27D4EB4Fu;
}

static inline uint64_t word_hash(const char *p, size_t n)
{
	return word_hash_as(p, n, 0);
}

/* One code point of valid UTF-8; anything else yields some code point and a length that stays within n. */
static inline uint32_t decode_at(const uint8_t *s, size_t n, size_t i, size_t *len)
{
	uint32_t c = s[i];
	if (c < 0x80) {
		*len = 1;
		return c;
	}
	if (c < 0xE0 && n - i >= 2) {
		*len = 2;
		return (c & 31) << 6 | (s[i + 1] & 63u);
	}
	if (c < 0xF0 && n - i >= 3) {
		*len = 3;
		return (c & 15) << 12 | (s[i + 1] & 63u) << 6 | (s[i + 2] & 63u);
	}
	if (n - i < 4) {
		*len = 1;
		return 0xFFFD;
	}
	*len = 4;
	c = (c & 7) << 18 | (s[i + 1] & 63u) << 12 | (s[i + 2] & 63u) << 6 | (s[i + 3] & 63u);
	return c > 0x10FFFF ? 0xFFFD : c;
}

/* Eight flags of which the first n count, the lowest first; the buffer of flags has room behind it. */
static inline uint64_t flags_at(const uint8_t *flags, size_t n)
{
	uint64_t w;
	memcpy(&w, flags, sizeof w);
	w = le64toh(w);
	return n < sizeof w ? w & ~(~0ull << 8 * n) : w;
}

static inline size_t encode_at(uint8_t *o, uint32_t c)
{
	if (c < 0x80) {
		o[0] = (uint8_t)c;
		return 1;
	}
	if (c < 0x800) {
		o[0] = (uint8_t)(0xC0 | c >> 6);
		o[1] = (uint8_t)(0x80 | (c & 63));
		return 2;
	}
	if (c < 0x10000) {
		o[0] = (uint8_t)(0xE0 | c >> 12);
		o[1] = (uint8_t)(0x80 | (c >> 6 & 63));
		o[2] = (uint8_t)(0x80 | (c & 63));
		return 3;
	}
	o[0] = (uint8_t)(0xF0 | c >> 18);
	o[1] = (uint8_t)(0x80 | (c >> 12 & 63));
	o[2] = (uint8_t)(0x80 | (c >> 6 & 63));
	o[3] = (uint8_t)(0x80 | (c & 63));
	return 4;
}

#endif
