/* gen_machine: the second half of what the build makes for fold.c: a machine that reads ordinary text byte by
 * byte. One look-up a byte says what to add to the byte, whether a word begins or ends with its character,
 * and the next state; no step depends on a guess of the processor. Ordinary is what keeps its length: ASCII,
 * and letters of two bytes and of Latin Extended Additional that fold to as many bytes with the same first
 * ones.
 *
 * A state is a context, or a context with the first bytes of a character behind it. The contexts know as much
 * of the word as tone.c needs to be asked: behind "hò" an a is awaited, behind "hòa" the end of the word.
 * Where a tone must move, where white space runs on, and at whatever else is not ordinary, there is no way
 * on. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/classes.h"
#include "text/gen.h"
#include "text/text.h"

/* SPACE to POINT stand between words, the others in one. */
enum context {
	SPACE = MACHINE_SPACE,     /* behind a space */
	BETWEEN = MACHINE_BETWEEN, /* behind punctuation */
	POINT = MACHINE_POINT,     /* behind a full stop or comma: a digit may belong to a number */
	WORD,
	AFTER_O,
	AFTER_U, /* not that of qu */
	AFTER_Q,
	AFTER_G,
	TONE_O, /* behind an o with a tone */
	TONE_U,
	TONE_QU,
	TONE_GI,
	TONE_OA,   /* and behind that a or e */
	TONE_UY,   /* and behind that y */
	TONE_LAST, /* behind oà, oè, uỳ */
	CONTEXTS,
	NO_WAY
};

/* Entries until they are printed: the number of the next row, and above it the effect. */
#define NO_ENTRY 0xFFFFFFFFu
#define EFFECT   16
enum { ROWS_MAX = 400, COLUMNS = 256, THREE = 0xE1, THREE_LOW = 0xB8, THREE_HIGH = 0xBB };

static uint32_t row[ROWS_MAX][COLUMNS];
static unsigned n_rows = CONTEXTS;

static bool one_of(uint32_t c, const char *set)
{
	return c && c < 0x80 && strchr(set, (int)c);
}

/* Which of a, e, i, o, u, y carries the tone of folded c, and nothing else; 0: none. */
static char toned(uint32_t c, uint32_t class)
{
	static const struct {
		char letter;
		uint32_t forms[6];
	} vowels[] = {{'a', {0xE0, 0xE1, 0x1EA3, 0xE3, 0x1EA1}}, {'e', {0xE8, 0xE9, 0x1EBB, 0x1EBD, 0x1EB9}},
		{'i', {0xEC, 0xED, 0x1EC9, 0x129, 0x1ECB}}, {'o', {0xF2, 0xF3, 0x1ECF, 0xF5, 0x1ECD}},
		{'u', {0xF9, 0xFA, 0x1EE7, 0x169, 0x1EE5}}, {'y', {0x1EF3, 0xFD, 0x1EF7, 0x1EF9, 0x1EF5}}};
	for (unsigned v = 0; class & (FOLD_TONE_FIRST | FOLD_TONE_SECOND) && v < 6; v++)
		for (unsigned k = 0; vowels[v].forms[k]; k++)
			if (vowels[v].forms[k] == c)
				return vowels[v].letter;
	return 0;
}

/* The context behind a letter or digit, folded. */
static enum context behind_letter(enum context at, uint32_t c, uint32_t class)
{
	char tone = toned(c, class);
	if (at == TONE_OA || at == TONE_UY || (at == TONE_LAST && c >= 0x80) ||
		(at == TONE_QU && one_of(c, "aeioy")) || (at == TONE_GI && one_of(c, "aeou")))
		return NO_WAY;
	if (tone == 'o')
		return TONE_O;
	if (tone == 'u')
		return at == AFTER_Q ? TONE_QU : TONE_U;
	if (tone == 'i' && at == AFTER_G)
		return TONE_GI;
	if ((at == AFTER_O && (tone == 'a' || tone == 'e')) || (at == AFTER_U && tone == 'y'))
		return TONE_LAST;
	if (at == TONE_O && one_of(c, "ae"))
		return TONE_OA;
	if (at == TONE_U && c == 'y')
		return TONE_UY;
	if (c == 'u' && at != AFTER_Q)
		return AFTER_U;
	return c == 'o' ? AFTER_O : c == 'q' ? AFTER_Q : c == 'g' ? AFTER_G : WORD;
}

static enum context behind(enum context at, uint32_t c, uint32_t class)
{
	bool space = c == ' ', digit = c >= '0' && c <= '9';
	if (class & (FOLD_ALONE | FOLD_EXTEND | FOLD_DROP | FOLD_SLOW | FOLD_ETH | FOLD_NEWLINE))
		return NO_WAY;
	if ((class & FOLD_SPACE && !space) || (space && at == SPACE) || (digit && at == POINT))
		return NO_WAY;
	if (class & FOLD_WORD)
		return behind_letter(at, c, class);
	return at == TONE_LAST ? NO_WAY : space ? SPACE : c == '.' || c == ',' ? POINT : BETWEEN;
}

static unsigned encode(uint32_t c, uint8_t *out)
{
	if (c < 0x80) {
		out[0] = (uint8_t)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (uint8_t)(0xC0 | c >> 6);
		out[1] = (uint8_t)(0x80 | (c & 63));
		return 2;
	}
	out[0] = (uint8_t)(0xE0 | c >> 12);
	out[1] = (uint8_t)(0x80 | (c >> 6 & 63));
	out[2] = (uint8_t)(0x80 | (c & 63));
	return c < 0x10000 ? 3 : 4;
}

/* The entry for the last byte of code point c. */
static uint32_t last_byte(enum context at, uint32_t c)
{
	uint32_t class = fold_of[c], folded = fold_target(c, class);
	uint8_t from[4], to[4];
	unsigned n = encode(c, from);
	enum context next = behind(at, folded, class);
	if (next == NO_WAY || encode(folded, to) != n || memcmp(from, to, n - 1) != 0)
		return NO_ENTRY;
	uint32_t add = (uint8_t)(to[n - 1] - from[n - 1]);
	uint32_t flags = flags_of(class);
	if (class & FOLD_WORD && at < WORD)
		flags |= TEXT_WORD_START;
	if (!(class & FOLD_WORD) && at >= WORD)
		flags |= TEXT_WORD_END;
	return next | (add << MACHINE_ADD | flags << MACHINE_FLAGS) << EFFECT;
}

/* The entry that leads to this row, which is new or equal to an older one; NO_ENTRY when it leads nowhere. */
static uint32_t row_entry(const uint32_t *r, unsigned pending)
{
	bool leads = false;
	unsigned i = CONTEXTS;
	for (unsigned b = 0; b < COLUMNS; b++)
		leads |= r[b] != NO_ENTRY;
	if (!leads)
		return NO_ENTRY;
	while (i < n_rows && memcmp(row[i], r, sizeof row[i]) != 0)
		i++;
	if (i == n_rows && n_rows++ == ROWS_MAX)
		exit(1);
	memcpy(row[i], r, sizeof row[i]);
	return i | pending << MACHINE_PENDING << EFFECT;
}

/* Behind the first bytes of a character, which stand for the upper bits of it. */
static uint32_t behind_bytes(enum context at, uint32_t bits, unsigned pending)
{
	uint32_t r[COLUMNS];
	for (uint32_t b = 0; b < COLUMNS; b++)
		r[b] = b >= 0x80 && b < 0xC0 ? last_byte(at, bits << 6 | (b & 63)) : NO_ENTRY;
	return row_entry(r, pending);
}

static uint32_t behind_three(enum context at)
{
	uint32_t r[COLUMNS];
	for (uint32_t b = 0; b < COLUMNS; b++)
		r[b] = b >= THREE_LOW && b <= THREE_HIGH ? behind_bytes(at, (THREE & 15u) << 6 | (b & 63), 2)
							 : NO_ENTRY;
	return row_entry(r, 1);
}

static void fill_context(enum context at)
{
	for (uint32_t b = 0; b < COLUMNS; b++)
		row[at][b] = b < 0x80                ? last_byte(at, b)
			     : b >= 0xC2 && b < 0xE0 ? behind_bytes(at, b & 31, 1)
			     : b == THREE            ? behind_three(at)
						     : NO_ENTRY;
}

void print_machine(void)
{
	unsigned column[COLUMNS], first[COLUMNS], n = 0;
	for (enum context at = 0; at < CONTEXTS; at++)
		fill_context(at);
	for (unsigned b = 0; b < COLUMNS; b++) { /* bytes that mean the same in every state share a column */
		unsigned c = 0, r = 0;
		for (; c < n; c++) {
			for (r = 0; r < n_rows && row[r][b] == row[r][first[c]]; r++)
				;
			if (r == n_rows)
				break;
		}
		if (c == n)
			first[n++] = b;
		column[b] = c;
	}
	const size_t bytes = n * sizeof(struct machine_step);
	printf("\nconst uint32_t fold_row = %zu;\nstatic const struct machine_step machine[] = {\n", bytes);
	for (unsigned r = 0; r < n_rows; r++)
		for (unsigned c = 0; c < n; c++) {
			uint32_t e = row[r][first[c]];
			bool stop = e == NO_ENTRY;
			printf("{%zu,%u},%s", stop ? MACHINE_STOP : (e & 0xFFFF) * bytes,
				stop ? 0 : e >> EFFECT, c + 1 == n ? "\n" : "");
		}
	puts("};\nconst struct machine_step *const fold_column[256] = {");
	for (unsigned b = 0; b < COLUMNS; b++)
		printf("machine + %u,%s", column[b], b % 8 == 7 ? "\n" : "");
	puts("};");
	if (n_rows * bytes >= MACHINE_STOP)
		exit(1);
}
