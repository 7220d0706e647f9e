/* date_plain: the letters of a date made the same. Lower case of the alphabets that have one, digits of the
 * scripts that have their own, and the blanks, dashes and marks that editors and browsers put in place of
 * those on the keyboard. */
#include "news/date_parts.h"

#include <string.h>

#include "base/banned.h"

/* Capitals of two bytes in UTF-8, by their first byte and the range of the second; what the small ones have
 * instead. All keep their length. */
static const struct {
	unsigned char lead, from, to, step, small_lead;
	signed char add;
} capitals[] = {
	{0xC3, 0x80, 0x9E, 1, 0xC3, 32},  /* Latin-1 */
	{0xC4, 0x90, 0x90, 1, 0xC4, 1},   /* Đ */
	{0xC5, 0x9A, 0xA0, 2, 0xC5, 1},   /* Ś Ş Š … */
	{0xCE, 0x91, 0x9F, 1, 0xCE, 32},  /* Α-Ο */
	{0xCE, 0xA0, 0xA9, 1, 0xCF, -32}, /* Π-Ω */
	{0xD0, 0x90, 0x9F, 1, 0xD0, 32},  /* А-П */
	{0xD0, 0xA0, 0xAF, 1, 0xD1, -32}, /* Р-Я */
};

static void lower_pair(unsigned char *p)
{
	for (size_t i = 0; i < sizeof capitals / sizeof *capitals; i++)
		if (p[0] == capitals[i].lead && p[1] >= capitals[i].from && p[1] <= capitals[i].to &&
			(p[1] - capitals[i].from) % capitals[i].step == 0) {
			p[0] = capitals[i].small_lead;
			p[1] = (unsigned char)(p[1] + capitals[i].add);
			return;
		}
}

/* Zeros of other scripts: the nine that follow are their digits. */
static const char *const zeros[] = {"๐", "໐", "០", "၀", "०", "٠", "۰", "０"};

/* Marks and blanks; "" is left out. */
static const char *const marks[][2] = {{"\xC2\xA0", " "}, {"\xE2\x80\xAF", " "}, {"\xE3\x80\x80", " "},
	{"\xE2\x80\x8B", ""}, {"\xE2\x80\x8E", ""}, {"\xE2\x80\x8F", ""}, {"‐", "-"}, {"‑", "-"}, {"–", "-"},
	{"—", "-"}, {"−", "-"}, {"：", ":"}, {"／", "/"}, {"．", "."}, {"，", ","}};

static bool digit_of(struct span s, size_t *n, char *out)
{
	for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++) {
		size_t last = strlen(zeros[i]) - 1;
		if (s.n <= last || memcmp(s.p, zeros[i], last) != 0)
			continue;
		int value = (unsigned char)s.p[last] - (unsigned char)zeros[i][last];
		if (value < 0 || value > 9)
			continue;
		*n = last + 1;
		*out = (char)('0' + value);
		return true;
	}
	return false;
}

static const char *mark_of(struct span s, size_t *n)
{
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (span_starts(s, marks[i][0])) {
			*n = strlen(marks[i][0]);
			return marks[i][1];
		}
	return NULL;
}

bool date_plain(struct date_parts *r, struct span s)
{
	size_t characters = 0, n;
	if (s.n > DATE_BYTES_MAX)
		return false;
	for (size_t i = 0; i < s.n; i += n) {
		unsigned char c = (unsigned char)s.p[i];
		struct span rest = span_cut(s, i, s.n);
		const char *mark;
		n = 1;
		characters += (c & 0xC0) != 0x80;
		if (c < 0x80) {
			r->s[r->n++] = (char)(c >= 'A' && c <= 'Z' ? c | 32 : c);
		} else if (digit_of(rest, &n, &r->s[r->n])) {
			r->n++;
		} else if ((mark = mark_of(rest, &n))) {
			if (*mark)
				r->s[r->n++] = *mark;
		} else {
			r->s[r->n++] = (char)c;
			if (c >= 0xC3 && c < 0xE0 && i + 1 < s.n) {
				r->s[r->n++] = s.p[i + 1];
				lower_pair((unsigned char *)&r->s[r->n - 2]);
				n = 2;
			}
		}
	}
	return characters <= DATE_MAX;
}
