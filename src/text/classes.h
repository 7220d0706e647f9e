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
	FOLD_TONE = 1 << 10,   /* folded: a, e, i, o, u or y with a tone and nothing else */
	FOLD_ETH = 1 << 11, /* folded: eth or d with hook, which stand for d with stroke in Vietnamese text */
	FOLD_CLASS_BITS = 12, /* above these: folded code point minus code point, as a signed number */
	FOLD_BLOCK_BITS = 7,
	FOLD_ASCII_WORD = 1,  /* in fold_ascii_word: an ASCII letter or digit */
	FOLD_ASCII_UPPER = 4, /* the same bit as TEXT_UPPER */
};

extern const uint16_t fold_index[];
extern const uint32_t fold_block[][1 << FOLD_BLOCK_BITS];
extern const uint8_t fold_ascii_word[256];

static inline uint32_t fold_entry(uint32_t cp)
{
	return fold_block[fold_index[cp >> FOLD_BLOCK_BITS]][cp & ((1u << FOLD_BLOCK_BITS) - 1)];
}

static inline uint32_t fold_target(uint32_t cp, uint32_t entry)
{
	return cp + (uint32_t)((int32_t)entry >> FOLD_CLASS_BITS);
}

#endif
