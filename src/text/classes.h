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

/* What one byte of ordinary text does (gen_machine.c): one step of a machine. Its table has a row for each
 * state and a column for the bytes that mean the same in all of them; a state is where its row begins, in
 * bytes, so that a step is one look-up, with nothing to compute before it. */
struct machine_step {
	uint16_t next;   /* the state that follows, or MACHINE_STOP: the byte is not ordinary */
	uint16_t effect; /* what to write */
};
enum {
	MACHINE_ADD = 0,     /* eight bits from here: what to add to the byte */
	MACHINE_PENDING = 8, /* two bits: bytes of a character that is not at its end */
	MACHINE_FLAGS = 10,  /* TEXT_* bits of the character */
	MACHINE_STOP = 0xFFFF,
};
/* Numbers of the rows to begin with. */
enum { MACHINE_SPACE, MACHINE_BETWEEN, MACHINE_POINT };

extern const struct machine_step *const fold_column[256]; /* in the first row */
extern const uint32_t fold_row;                           /* bytes of one */

extern const uint16_t fold_index[];
extern const uint32_t fold_block[][1 << FOLD_BLOCK_BITS];
/* May a vowel come next when this byte does? ASCII vowels, controls (dropped) and all above ASCII. */
extern const uint8_t fold_may_be_vowel[256];

/* A folded letter, a combining mark, and the one letter they make; an open-addressed table with free slots.
 */
struct fold_pair {
	uint16_t letter, mark, both;
};
enum { FOLD_PAIRS = 1024 };
extern const struct fold_pair fold_pairs[FOLD_PAIRS];

static inline unsigned fold_pair_slot(uint32_t letter, uint32_t mark)
{
	return (letter * 31 + mark * 97) % FOLD_PAIRS;
}

/* 0: they make none. */
static inline uint32_t fold_pair(uint32_t letter, uint32_t mark)
{
	unsigned i = fold_pair_slot(letter, mark);
	for (; fold_pairs[i].letter; i = (i + 1) % FOLD_PAIRS)
		if (fold_pairs[i].letter == letter && fold_pairs[i].mark == mark)
			return fold_pairs[i].both;
	return 0;
}

static inline uint32_t fold_entry(uint32_t cp)
{
	return fold_block[fold_index[cp >> FOLD_BLOCK_BITS]][cp & ((1u << FOLD_BLOCK_BITS) - 1)];
}

/* The TEXT_* bits that a character of this class has wherever it stands. */
static inline uint32_t flags_of(uint32_t class)
{
	return class / FOLD_UPPER % 2 * 4 | class / FOLD_STRONG % 2 * 8 | class / FOLD_WEAK % 2 * 16;
}

static inline uint32_t fold_target(uint32_t cp, uint32_t entry)
{
	return cp + (uint32_t)((int32_t)entry >> FOLD_CLASS_BITS);
}

#endif
