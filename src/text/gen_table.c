/* gen_table: run by the build, prints fold_table.c: for every code point what text/ does with it. The fold
 * itself then needs no library for nearly all text, and utf8proc only where marks must be composed or put in
 * order.
 *
 * Two stages: index[cp >> 7] names a block of 128 entries; equal blocks are stored once. An entry holds the
 * class bits of classes.h and, above them, the distance to the folded code point (so that whole scripts
 * without case share one block). */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "text/classes.h"
#include "text/gen.h"

enum { CODE_POINTS = 0x110000, BLOCK = 1 << FOLD_BLOCK_BITS, BLOCKS_MAX = 1024 };

static uint8_t composes[CODE_POINTS]; /* may join what stands before it */
uint32_t fold_of[CODE_POINTS];

static bool in(uint32_t c, uint32_t lo, uint32_t hi)
{
	return c >= lo && c <= hi;
}

static bool among(uint32_t c, const uint32_t *list)
{
	while (*list && *list != c)
		list++;
	return *list != 0;
}

static int width(uint32_t c)
{
	return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

static void find_composing(void)
{
	for (int c = 0; c < CODE_POINTS; c++) {
		utf8proc_int32_t buf[32];
		int bound = 0;
		if (in((uint32_t)c, 0xD800, 0xDFFF))
			continue;
		utf8proc_ssize_t n = utf8proc_decompose_char(c, buf, 32, UTF8PROC_DECOMPOSE, &bound);
		for (utf8proc_ssize_t i = 1; i < n; i++)
			composes[buf[i]] = 1;
	}
}

/* NFC with or without case folding, of one code point alone; the number of code points, the first in *out. */
static utf8proc_ssize_t map_one(uint32_t c, bool fold, uint32_t *out)
{
	utf8proc_int32_t buf[32];
	int bound = 0, options = UTF8PROC_STABLE | UTF8PROC_COMPOSE | (fold ? UTF8PROC_CASEFOLD : 0);
	utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)c, buf, 32, options, &bound);
	n = utf8proc_normalize_utf32(buf, n, options);
	*out = (uint32_t)buf[0];
	return n;
}

/* Punctuation and spaces with one look and many code points; full-width forms. 0: none of these. */
static uint32_t unified(uint32_t c)
{
	static const uint32_t dashes[] = {
		0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xFE58, 0xFE63, 0};
	static const uint32_t quotes[] = {0x2018, 0x2019, 0x201A, 0x201B, 0x2BC, 0x2032, 0xB4, 0};
	static const uint32_t doubles[] = {0x201C, 0x201D, 0x201E, 0x201F, 0x2033, 0xAB, 0xBB, 0};
	if (among(c, dashes))
		return '-';
	if (among(c, quotes))
		return '\'';
	if (among(c, doubles))
		return '"';
	if (in(c, 0xFF01, 0xFF5E)) {
		uint32_t a = c - 0xFF01 + 0x21;
		return in(a, 'A', 'Z') ? a + 32 : a;
	}
	return 0;
}

/* Scripts written without spaces: every letter may begin a word. */
static bool unspaced(uint32_t c)
{
	return in(c, 0xE00, 0xEFF) || in(c, 0x1000, 0x109F) || in(c, 0x1100, 0x11FF) ||
	       in(c, 0x1780, 0x17FF) || in(c, 0x2E80, 0x2FDF) || in(c, 0x3005, 0x3007) ||
	       in(c, 0x3021, 0x3029) || in(c, 0x3031, 0x3035) || in(c, 0x3041, 0x30FF) ||
	       in(c, 0x3100, 0x318F) || in(c, 0x31A0, 0x31BF) || in(c, 0x31F0, 0x31FF) ||
	       in(c, 0x3400, 0x4DBF) || in(c, 0x4E00, 0x9FFF) || in(c, 0xAC00, 0xD7FF) ||
	       in(c, 0xF900, 0xFAFF) || in(c, 0xFF66, 0xFFDC) || in(c, 0x20000, 0x3FFFF);
}

/* Kana that only lengthen or colour the one before. */
static bool kana_extends(uint32_t c)
{
	static const uint32_t small[] = {0x3041, 0x3043, 0x3045, 0x3047, 0x3049, 0x3063, 0x3083, 0x3085,
		0x3087, 0x308E, 0x30A1, 0x30A3, 0x30A5, 0x30A7, 0x30A9, 0x30C3, 0x30E3, 0x30E5, 0x30E7,
		0x30EE, 0x30FC, 0xFF70, 0};
	return among(c, small) || in(c, 0x3099, 0x309C);
}

static uint32_t letter_class(uint32_t c)
{
	utf8proc_category_t k = utf8proc_category((utf8proc_int32_t)c);
	if (k == UTF8PROC_CATEGORY_MN || k == UTF8PROC_CATEGORY_MC || k == UTF8PROC_CATEGORY_ME ||
		kana_extends(c))
		return FOLD_WORD | FOLD_EXTEND | (unspaced(c) ? FOLD_ALONE : 0);
	bool letter = k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_LO;
	bool digit = k == UTF8PROC_CATEGORY_ND || k == UTF8PROC_CATEGORY_NL || k == UTF8PROC_CATEGORY_NO;
	if (!letter && !digit)
		return 0;
	return FOLD_WORD | (letter && unspaced(c) ? FOLD_ALONE : 0) |
	       (k == UTF8PROC_CATEGORY_LU || k == UTF8PROC_CATEGORY_LT ? FOLD_UPPER : 0);
}

/* What the folded letter says of its language: strong (only Vietnamese writes it), weak (others do too); a
 * tone to be placed. */
static uint32_t vietnamese_class(uint32_t f)
{
	static const uint32_t strong[] = {0x103, 0x111, 0x129, 0x169, 0x1A1, 0x1B0, 0};
	static const uint32_t weak[] = {0xE0, 0xE1, 0xE2, 0xE3, 0xE8, 0xE9, 0xEA, 0xEC, 0xED, 0xF2, 0xF3,
		0xF4, 0xF5, 0xF9, 0xFA, 0xFD, 0};
	uint32_t bits = among(f, strong) || in(f, 0x1EA0, 0x1EF9) ? FOLD_STRONG
			: among(f, weak)                          ? FOLD_WEAK
								  : 0;
	if (f == 0xF0 || f == 0x256)
		bits |= FOLD_ETH;
	utf8proc_int32_t d[8];
	int bound = 0;
	utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)f, d, 8, UTF8PROC_DECOMPOSE, &bound);
	static const uint32_t tones[] = {0x300, 0x301, 0x303, 0x309, 0x323, 0};
	if (n == 2 && d[0] < 0x80 && strchr("aeiouy", (int)d[0]) && among((uint32_t)d[1], tones))
		bits |= strchr("iou", (int)d[0]) ? FOLD_TONE_FIRST : FOLD_TONE_SECOND;
	return bits;
}

static uint32_t space_class(uint32_t c)
{
	utf8proc_category_t k = utf8proc_category((utf8proc_int32_t)c);
	if (c == '\n' || c == '\r' || c == 0x85 || k == UTF8PROC_CATEGORY_ZL || k == UTF8PROC_CATEGORY_ZP)
		return FOLD_SPACE | FOLD_NEWLINE;
	return k == UTF8PROC_CATEGORY_ZS || in(c, 9, 12) ? FOLD_SPACE : 0;
}

static uint32_t make_entry(uint32_t c)
{
	if (in(c, 0xD800, 0xDFFF))
		return FOLD_DROP;
	const utf8proc_property_t *p = utf8proc_get_property((utf8proc_int32_t)c);
	uint32_t space = space_class(c);
	if (space)
		return space;
	if (p->ignorable || p->category == UTF8PROC_CATEGORY_CC ||
		(p->category == UTF8PROC_CATEGORY_CF && !in(c, 0x600, 0x6DD)))
		return FOLD_DROP;
	uint32_t f = unified(c), nfc, bits = letter_class(c);
	if (f)
		return letter_class(f) | (bits & FOLD_UPPER) | (f - c) << FOLD_CLASS_BITS;
	if (composes[c] || map_one(c, false, &nfc) != 1 || nfc != c || map_one(c, true, &f) != 1)
		return bits | FOLD_SLOW;
	if (width(f) > width(c) || composes[f])
		return bits | FOLD_SLOW;
	return bits | vietnamese_class(f) | (f - c) << FOLD_CLASS_BITS;
}

static void print_tables(void)
{
	static uint32_t first[BLOCKS_MAX]; /* code point where block number i was seen first */
	unsigned n = 0;
	puts("/* Made by gen_table; see there. */\n#include \"text/classes.h\"\n\nconst uint16_t "
	     "fold_index[] = {");
	for (uint32_t c = 0; c < CODE_POINTS; c += BLOCK) {
		unsigned i = 0;
		while (i < n && memcmp(fold_of + first[i], fold_of + c, sizeof(uint32_t) * BLOCK) != 0)
			i++;
		if (i == n)
			first[n++] = c;
		if (n == BLOCKS_MAX)
			exit(1);
		printf("%u,%s", i, c / BLOCK % 32 == 31 ? "\n" : "");
	}
	puts("};\n\nconst uint32_t fold_block[][1 << FOLD_BLOCK_BITS] = {");
	for (unsigned i = 0; i < n; i++) {
		printf("{");
		for (unsigned k = 0; k < BLOCK; k++)
			printf("%uu,", fold_of[first[i] + k]);
		puts("},");
	}
	puts("};");
	puts("\nconst uint8_t fold_may_be_vowel[256] = {");
	for (int c = 0; c < 256; c++)
		printf("%d,", c < ' ' || c >= 0x7F || strchr("aeiouyAEIOUY", c));
	puts("\n};");
}

/* Letters and the mark behind them that together are one letter: what decomposed Vietnamese is made of, in
 * any order of the marks. */
static void print_pairs(void)
{
	static const uint32_t marks[] = {0x300, 0x301, 0x302, 0x303, 0x306, 0x309, 0x31B, 0x323, 0};
	static struct fold_pair pairs[FOLD_PAIRS];
	for (uint32_t c = 'a'; c < 0x1F00; c++)
		for (unsigned k = 0; marks[k] && (c <= 'z' || in(c, 0xE0, 0x1B0) || c >= 0x1EA0); k++) {
			utf8proc_int32_t buf[64] = {(utf8proc_int32_t)c, (utf8proc_int32_t)marks[k]};
			uint8_t bytes[8];
			size_t n = (size_t)utf8proc_encode_char(buf[0], bytes);
			n += (size_t)utf8proc_encode_char(buf[1], bytes + n);
			int options = UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD;
			utf8proc_ssize_t got = utf8proc_decompose(
				bytes, (utf8proc_ssize_t)n, buf, 64, (utf8proc_option_t)options);
			if (utf8proc_normalize_utf32(buf, got, (utf8proc_option_t)options) != 1)
				continue;
			unsigned slot = fold_pair_slot(c, marks[k]);
			while (pairs[slot].letter)
				slot = (slot + 1) % FOLD_PAIRS;
			pairs[slot] = (struct fold_pair){(uint16_t)c, (uint16_t)marks[k], (uint16_t)buf[0]};
		}
	puts("\nconst struct fold_pair fold_pairs[FOLD_PAIRS] = {");
	for (unsigned i = 0; i < FOLD_PAIRS; i++)
		printf("{%u,%u,%u},%s", pairs[i].letter, pairs[i].mark, pairs[i].both,
			i % 8 == 7 ? "\n" : "");
	puts("};");
}

int main(void)
{
	find_composing();
	for (uint32_t c = 0; c < CODE_POINTS; c++)
		fold_of[c] = make_entry(c);
	print_tables();
	print_machine();
	print_pairs();
	return ferror(stdout) != 0;
}
