/* letters: see letters.h. Only what names of papers and headlines need; text/ knows the rest, and is none of
 * this room's business. */
#include "page/letters.h"

#include "base/utf8.h"

#include "base/banned.h"

/* Latin Extended-A: pairs of which the capital has an odd number. */
static bool odd_pair(uint32_t c)
{
	return (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
}

static bool in_pairs(uint32_t c)
{
	return (c >= 0x100 && c < 0x180) || (c >= 0x1E00 && c < 0x1F00);
}

uint32_t letter_small(uint32_t c)
{
	if (c < 0x80)
		return c >= 'A' && c <= 'Z' ? c + 32 : c;
	if (in_pairs(c))
		return (c % 2 == 1) == odd_pair(c) ? c + 1 : c;
	if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F))
		return c + 32;
	if (c >= 0x400 && c <= 0x40F)
		return c + 80;
	return c == 0x1A0 || c == 0x1AF ? c + 1 : c;
}

bool letter_is_small(uint32_t c)
{
	if (c < 0x80)
		return c >= 'a' && c <= 'z';
	if (c < 0x100)
		return c >= 0xDF && c != 0xF7;
	if (in_pairs(c))
		return (c % 2 == 1) != odd_pair(c);
	return c == 0x1A1 || c == 0x1B0 || (c >= 0x3AC && c <= 0x3CE) || (c >= 0x430 && c <= 0x45F);
}

uint32_t letter_bare(uint32_t c)
{
	static const struct {
		uint16_t from, to;
		char base;
	} rows[] = {{0xE0, 0xE5, 'a'}, {0xE7, 0xE7, 'c'}, {0xE8, 0xEB, 'e'}, {0xEC, 0xEF, 'i'},
		{0xF1, 0xF1, 'n'}, {0xF2, 0xF6, 'o'}, {0xF8, 0xF8, 'o'}, {0xF9, 0xFC, 'u'}, {0xFD, 0xFD, 'y'},
		{0x101, 0x105, 'a'}, {0x107, 0x10D, 'c'}, {0x10F, 0x111, 'd'}, {0x113, 0x11B, 'e'},
		{0x129, 0x12F, 'i'}, {0x142, 0x142, 'l'}, {0x144, 0x148, 'n'}, {0x14D, 0x151, 'o'},
		{0x155, 0x159, 'r'}, {0x15B, 0x161, 's'}, {0x163, 0x165, 't'}, {0x169, 0x173, 'u'},
		{0x17A, 0x17E, 'z'}, {0x1A1, 0x1A1, 'o'}, {0x1B0, 0x1B0, 'u'}, {0x1EA1, 0x1EB7, 'a'},
		{0x1EB9, 0x1EC7, 'e'}, {0x1EC9, 0x1ECB, 'i'}, {0x1ECD, 0x1EE3, 'o'}, {0x1EE5, 0x1EF1, 'u'},
		{0x1EF3, 0x1EF9, 'y'}};
	for (unsigned i = 0; c >= 0xE0 && i < sizeof rows / sizeof *rows; i++)
		if (c >= rows[i].from && c <= rows[i].to)
			return (uint32_t)rows[i].base;
	return c;
}

bool letter_is_mark(uint32_t c)
{
	if (c < 0x80)
		return !((c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z'));
	return (c >= 0xA0 && c <= 0xBF && c != 0xAA && c != 0xBA) || (c >= 0x2000 && c <= 0x206F) ||
	       (c >= 0x3000 && c <= 0x3004) || (c >= 0x3008 && c <= 0x3020) || c == 0x30FB ||
	       (c >= 0xFF00 && c <= 0xFF0F) || (c >= 0xFF1A && c <= 0xFF20) || (c >= 0xFF3B && c <= 0xFF40) ||
	       (c >= 0xFF5B && c <= 0xFF65) || c == 0x4E28 /* "丨", between titles and outlets */ ||
	       (c >= 0x2500 && c <= 0x25FF);
}

size_t letters_squeeze(struct span s, bool bare, char *out, size_t size)
{
	size_t n = 0;
	for (size_t at = 0; at < s.n && n + 4 < size;) {
		uint32_t c = letter_small(utf8_next(s, &at, NULL));
		if (!letter_is_mark(c))
			n += utf8_encode(bare ? letter_bare(c) : c, out + n);
	}
	out[n] = 0;
	return n;
}

size_t letters_digits(struct span s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] >= '0' && s.p[i] <= '9';
	return n;
}
