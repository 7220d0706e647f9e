/* classes: what text/ knows of one code point; private to text/ and shared with the program that makes the
 * table. */
#ifndef TEXT_CLASSES_H
#define TEXT_CLASSES_H

#include <stdint.h>

enum {
	FOLD_WORD = 1 << 0,   /* letter, digit or mark: part of a word */
	FOLD_ALONE = 1 << 1,  /* of a script written without spaces: a word may begin or end at each letter */
	FOLD_EXTEND = 1 << 2, /* belongs to the character before it */
	FOLD_UPPER = 1 << 3,  /* upper or title case */
	FOLD_SPACE = 1 << 4,
	FOLD_NEWLINE = 1 << 5, /* with FOLD_SPACE */
	FOLD_DROP = 1 << 6,    /* invisible, bidi, control */
	FOLD_SLOW = 1 << 7,    /* may compose with what stands before, or becomes several: utf8proc decides */
	FOLD_STRONG = 1 << 8,  /* folded: a letter only Vietnamese writes */
	FOLD_WEAK = 1 << 9,    /* folded: a Vietnamese letter that others write too */
	FOLD_TONE_FIRST =
		1 << 10, /* folded: i, o or u with a tone and nothing else: it may belong one letter on */
	FOLD_TONE_SECOND = 1 << 11, /* folded: a, e or y the same: it may belong one letter back */
	FOLD_ETH = 1 << 12, /* folded: eth or d with hook, which stand for d with stroke in Vietnamese text */
	FOLD_CLASS_BITS = 13, /* above these: folded code point minus code point, as a signed number */
	FOLD_BLOCK_BITS = 7,
};

/* fold_ascii: classes of ASCII alone. */
enum {
	ASCII_WORD = 1,
	ASCII_DIGIT = 2,
	ASCII_UPPER = 4, /* the bit of TEXT_UPPER */
	ASCII_POINT = 8, /* full stop, comma: may stand in a number */
	ASCII_SPACE = 16,
	ASCII_ODD = 32, /* controls */
};

extern const uint16_t fold_index[];
extern const uint32_t fold_block[][1 << FOLD_BLOCK_BITS];
extern const uint8_t fold_ascii[128];
/* May a vowel come next when this byte does? ASCII vowels, controls (dropped) and all above ASCII. */
extern const uint8_t fold_may_be_vowel[256];

static inline uint32_t fold_entry(uint32_t cp)
{
	return fold_block[fold_index[cp >> FOLD_BLOCK_BITS]][cp & ((1u << FOLD_BLOCK_BITS) - 1)];
}

static inline uint32_t fold_target(uint32_t cp, uint32_t entry)
{
	return cp + (uint32_t)((int32_t)entry >> FOLD_CLASS_BITS);
}

#endif
