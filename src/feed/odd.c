/* odd: what is mended in an entry leaves a remark. Nobody need do anything about it, but who looks for an
 * article that came with another date or address finds out why. */
#include <string.h>

#include "base/url.h"
#include "base/utf8.h"
#include "feed/feed_priv.h"

#include "base/banned.h"

enum { SHOWN = 100 }; /* bytes of a value in a remark */

void odd_remark(struct making *m, enum remark_id id, struct span a, struct span b)
{
	report_add(m->rep, id, m->place.line, m->place.col, arena_dup(m->a, utf8_prefix(a, SHOWN)),
		arena_dup(m->a, utf8_prefix(b, SHOWN)));
}

/* Does s begin with the shape ("0" a digit, "a" a letter, else itself)? */
static bool shaped(struct span s, const char *shape)
{
	size_t i = 0;
	for (; shape[i] && i < s.n; i++) {
		char c = s.p[i];
		char is = c >= '0' && c <= '9' ? '0' : (c | 32) >= 'a' && (c | 32) <= 'z' ? 'a' : c;
		if (is != shape[i])
			return false;
	}
	return !shape[i];
}

/* Behind the time: a zone of digits, or by its name. */
static bool zone_shaped(struct span s)
{
	if (shaped(s, "+0000") || shaped(s, "-0000"))
		return s.n == 5;
	for (size_t i = 0; i < s.n; i++)
		if ((s.p[i] | 32) < 'a' || (s.p[i] | 32) > 'z')
			return false;
	return s.n > 0;
}

/* "Sun, 22 Nov 2026 06:30:00 +0700"; the weekday, which must be right, and the seconds may be missing. */
static bool rfc822(struct span s, struct stamp read)
{
	static const char days[] = "SunMonTueWedThuFriSat";
	if (shaped(s, "aaa, ")) {
		if (memcmp(s.p, days + (size_t)civil_from(read.at, read.zone).weekday * 3, 3) != 0)
			return false;
		s = span_cut(s, 5, s.n);
	}
	size_t date = shaped(s, "00 aaa 0000 00:00") ? 17 : shaped(s, "0 aaa 0000 00:00") ? 16 : 0;
	s = span_cut(s, date, s.n);
	if (shaped(s, ":00"))
		s = span_cut(s, 3, s.n);
	return date && s.n && s.p[0] == ' ' && zone_shaped(span_cut(s, 1, s.n));
}

static bool iso8601(struct span s)
{
	bool day = shaped(s, "0000-00-00") && (s.n == 10 || s.p[10] == 'T');
	return day || (shaped(s, "0000-00") && s.n == 7) || (shaped(s, "0000") && s.n == 4);
}

void odd_date(struct making *m, struct span text, struct stamp read)
{
	char as[STAMP_MAX];
	if (iso8601(text) || rfc822(text, read))
		return;
	stamp_format(read, as);
	odd_remark(m, R_FEED_DATE_ODD, text, span_of(as));
}

/* Atom's links may be relative; to what an xml:base says, those of all formats. */
void odd_link(struct making *m, const char *base, struct span address, const char *url)
{
	struct url u;
	bool odd = false;
	address = span_trim(address);
	for (size_t i = 0; i < address.n; i++)
		odd |= (unsigned char)address.p[i] <= ' ';
	if (!odd && !span_starts_ci(address, "http") && base && base == m->hints->url &&
		!(m->out->format && strcmp(m->out->format, "atom") == 0))
		odd = !url_split(address, &u);
	if (odd)
		odd_remark(m, R_FEED_LINK_ODD, address, span_of(url));
}
