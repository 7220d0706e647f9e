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

/* Table 3-7 for sixteen bytes at once, each seen beside the three before it: a byte is a tail if and only if
 * one of those asks for one, and what may follow E0, ED, F0 and F4 is narrower. */
typedef unsigned char lanes __attribute__((vector_size(16)));

static lanes load(const char *p)
{
	lanes v;
	memcpy(&v, p, sizeof v);
	return v;
}

static bool any(lanes v)
{
	uint64_t w[2];
	memcpy(w, &v, sizeof w);
	return w[0] | w[1];
}

/* Ones where the sixteen bytes at p are ill-formed; the three before p are read, too. */
static lanes ill_formed(const char *p)
{
	lanes v = load(p), a = load(p - 1), b = load(p - 2), c = load(p - 3);
	if (!any((v | c) & 0x80))
		return v ^ v;
	lanes tail = (lanes)((v & 0xC0) == 0x80);
	lanes due = (lanes)(a >= 0xC0) | (lanes)(b >= 0xE0) | (lanes)(c >= 0xF0);
	lanes never = (lanes)((v & 0xFE) == 0xC0) | (lanes)(v >= 0xF5);
	lanes low = ((lanes)(a == 0xE0) & (lanes)(v < 0xA0)) | ((lanes)(a == 0xF0) & (lanes)(v < 0x90));
	lanes high = ((lanes)(a == 0xED) & (lanes)(v >= 0xA0)) | ((lanes)(a == 0xF4) & (lanes)(v >= 0x90));
	return (tail ^ due) | never | low | high;
}

bool utf8_valid(struct span s)
{
	enum { BEFORE = 3 };
	size_t at = 0, bad = 0;
	while (at < BEFORE && at < s.n)
		utf8_next(s, &at, &bad);
	if (bad)
		return false;
	for (; s.n - at >= sizeof(lanes); at += sizeof(lanes))
		if (any(ill_formed(s.p + at)))
			return false;
	at -= at < BEFORE ? at : BEFORE; /* the last sequence may be open */
	while (at && (s.p[at] & 0xC0) == 0x80)
		at--;
	while (at < s.n && !bad)
		utf8_next(s, &at, &bad);
	return !bad;
}

/* How many of the eight bytes at p begin a code point: those that do not begin with the bits 10. */
static size_t begun_in_eight(const char *p)
{
	static const uint64_t ones = 0x0101010101010101u;
	uint64_t w;
	memcpy(&w, p, sizeof w);
	return 8 - (size_t)(((w >> 7 & ~(w >> 6) & ones) * ones) >> 56);
}

size_t utf8_count(struct span s)
{
	size_t n = 0, i = 0;
	for (; i + 8 <= s.n; i += 8)
		n += begun_in_eight(s.p + i);
	for (; i < s.n; i++)
		n += (s.p[i] & 0xC0) != 0x80;
	return n;
}

size_t utf8_offset(struct span s, size_t cp)
{
	size_t i = 0;
	for (; i + 8 <= s.n && cp >= 8; i += 8)
		cp -= begun_in_eight(s.p + i);
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
