/* utf8: see utf8.h. The ranges of table 3-7 are written out, since glibc's decoder accepts F4 90 80 80
 * (measured). */
#include "base/utf8.h"

#include <string.h>

#include "base/banned.h"

static bool in(unsigned char b, unsigned lo, unsigned hi)
{
	return b >= lo && b <= hi;
}

/* Length of the sequence that starts with b and the allowed range of its second byte; 0 when b starts
 * nothing. */
static unsigned lead(unsigned char b, unsigned *lo, unsigned *hi)
{
	*lo = 0x80;
	*hi = 0xBF;
	if (in(b, 0xC2, 0xDF))
		return 2;
	if (in(b, 0xE0, 0xEF)) {
		if (b == 0xE0)
			*lo = 0xA0;
		if (b == 0xED)
			*hi = 0x9F;
		return 3;
	}
	if (in(b, 0xF0, 0xF4)) {
		if (b == 0xF0)
			*lo = 0x90;
		if (b == 0xF4)
			*hi = 0x8F;
		return 4;
	}
	return 0;
}

uint32_t utf8_next(struct span s, size_t *at, size_t *bad)
{
	const unsigned char *p = (const unsigned char *)s.p + *at;
	size_t left = s.n - *at;
	unsigned lo, hi;
	if (p[0] < 0x80) {
		*at += 1;
		return p[0];
	}
	unsigned n = lead(p[0], &lo, &hi), i = 1;
	uint32_t cp = n ? p[0] & (0x7Fu >> n) : 0;
	for (; i < n && i < left && in(p[i], lo, hi); i++) {
		cp = cp << 6 | (p[i] & 0x3Fu);
		lo = 0x80;
		hi = 0xBF;
	}
	*at += i;
	if (n && i == n)
		return cp;
	if (bad)
		++*bad;
	return 0xFFFD;
}

size_t utf8_encode(uint32_t cp, char out[4])
{
	unsigned char *o = (unsigned char *)out;
	if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
		cp = 0xFFFD;
	if (cp < 0x80) {
		o[0] = (unsigned char)cp;
		return 1;
	}
	if (cp < 0x800) {
		o[0] = (unsigned char)(0xC0 | cp >> 6);
		o[1] = (unsigned char)(0x80 | (cp & 0x3F));
		return 2;
	}
	if (cp < 0x10000) {
		o[0] = (unsigned char)(0xE0 | cp >> 12);
		o[1] = (unsigned char)(0x80 | (cp >> 6 & 0x3F));
		o[2] = (unsigned char)(0x80 | (cp & 0x3F));
		return 3;
	}
	o[0] = (unsigned char)(0xF0 | cp >> 18);
	o[1] = (unsigned char)(0x80 | (cp >> 12 & 0x3F));
	o[2] = (unsigned char)(0x80 | (cp >> 6 & 0x3F));
	o[3] = (unsigned char)(0x80 | (cp & 0x3F));
	return 4;
}

/* Table 3-7 as an automaton in shifts: a row holds for each state (at bit 6 * state) six bits, 6 * the next
 * state. A byte's row does not depend on the state, so that all that a byte waits for is one shift; state 0
 * is "ill-formed" and stays. */
/* clang-format off */
#define TO(from, to) ((uint64_t)(6 * (to)) << (6 * (from)))
enum { BAD, OK, NEED1, NEED2, NEED3, AFTER_E0, AFTER_ED, AFTER_F0, AFTER_F4 };
#define ASCII  TO(OK, OK)
#define TAIL   TO(NEED1, OK) | TO(NEED2, NEED1) | TO(NEED3, NEED2)
#define TAIL_8 TAIL | TO(AFTER_ED, NEED1) | TO(AFTER_F4, NEED2)
#define TAIL_9 TAIL | TO(AFTER_ED, NEED1) | TO(AFTER_F0, NEED2)
#define TAIL_A TAIL | TO(AFTER_E0, NEED1) | TO(AFTER_F0, NEED2)
#define LEAD_2 TO(OK, NEED1)
#define LEAD_3 TO(OK, NEED2)
#define LEAD_4 TO(OK, NEED3)
#define X4(row)  row, row, row, row
#define X16(row) X4(row), X4(row), X4(row), X4(row)

static const uint64_t rows[256] = {
	X16(ASCII), X16(ASCII), X16(ASCII), X16(ASCII), X16(ASCII), X16(ASCII), X16(ASCII), X16(ASCII),
	X16(TAIL_8), X16(TAIL_9), X16(TAIL_A), X16(TAIL_A),
	BAD, BAD, LEAD_2, LEAD_2, X4(LEAD_2), X4(LEAD_2), X4(LEAD_2), X16(LEAD_2),
	TO(OK, AFTER_E0), LEAD_3, LEAD_3, LEAD_3, X4(LEAD_3), X4(LEAD_3), LEAD_3, TO(OK, AFTER_ED), LEAD_3, LEAD_3,
	TO(OK, AFTER_F0), LEAD_4, LEAD_4, LEAD_4, TO(OK, AFTER_F4), BAD, BAD, BAD, X4(BAD), X4(BAD),
};
/* clang-format on */

bool utf8_valid(struct span s)
{
	uint64_t state = 6 * OK;
	size_t at = 0;
	while (at < s.n) {
		uint64_t w;
		while (state == 6 * OK && s.n - at >= 8 &&
			(memcpy(&w, s.p + at, 8), (w & 0x8080808080808080u) == 0))
			at += 8;
		for (size_t end = s.n - at < 64 ? s.n : at + 64; at < end; at++)
			state = rows[(unsigned char)s.p[at]] >> state & 63;
		if (state == 6 * BAD)
			return false;
	}
	return state == 6 * OK;
}

size_t utf8_count(struct span s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += (s.p[i] & 0xC0) != 0x80;
	return n;
}

size_t utf8_offset(struct span s, size_t cp)
{
	size_t i = 0;
	for (; i < s.n; i++)
		if ((s.p[i] & 0xC0) != 0x80 && cp-- == 0)
			break;
	return i;
}

struct span utf8_prefix(struct span s, size_t max)
{
	if (s.n <= max)
		return s;
	while (max && (s.p[max] & 0xC0) == 0x80)
		max--;
	return (struct span){s.p, max};
}

void utf8_place(struct span s, size_t at, long *line, long *col)
{
	*line = *col = 1;
	for (size_t i = 0; i < at && i < s.n; i++) {
		*col += ((unsigned char)s.p[i] & 0xC0) != 0x80;
		if (s.p[i] == '\n') {
			++*line;
			*col = 1;
		}
	}
}
