/* date: dates as feeds and pages write them. One reader for RFC 822, ISO 8601, asctime, "Thứ Hai, 22/11/2026
 * - 06:30 (GMT+7)", "22 tháng 11 năm 2026", "2026年11月22日", "8/21/2018 9:00:00 AM", epoch seconds: a list
 * of formats never ends (a prototype of each had them grow monthly), so the string is made plain
 * (date_plain.c), cut into numbers and words (date_cut.c), and what remains must be one day (date_day.c).
 * What is not one day is not read at all. */
#include "news/date_parts.h"
#include "news/date_words.h"
#include "news/news.h"

#include <string.h>

#include "base/banned.h"

enum { ZONE_MAX = 14 * 60 }; /* minutes: the farthest on earth */

static bool epoch(struct span s, struct stamp *out)
{
	int64_t v;
	s = span_cut(s, 0, span_find_byte(s, '.', 0));
	if ((s.n != 9 && s.n != 10 && s.n != 13) || !span_to_int64(s, &v) || v <= 0)
		return false;
	*out = (struct stamp){.at = s.n == 13 ? v / 1000 : v, .known = true, .zone_known = true};
	return true;
}

static int digits_at(const char *p, int n)
{
	int v = 0;
	for (int i = 0; i < n; i++) {
		if (p[i] < '0' || p[i] > '9')
			return -1;
		v = v * 10 + (p[i] - '0');
	}
	return v;
}

/* "Wed, 04 Nov 2026 03:27:00 +0700" to the letter, as nearly all feeds write it; whatever differs is for the
 * long way. */
static bool rfc822(struct span s, struct stamp *out)
{
	static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	const char *p = s.p;
	struct civil c = {0};
	if (s.n != sizeof "Wed, 04 Nov 2026 03:27:00 +0700" - 1 || p[3] != ',' || p[4] != ' ' ||
		p[7] != ' ' || p[11] != ' ' || p[16] != ' ' || p[19] != ':' || p[22] != ':' || p[25] != ' ' ||
		(p[26] != '+' && p[26] != '-'))
		return false;
	for (size_t m = 0; m < 12 && !c.month; m++)
		if (memcmp(p + 8, names + m * 3, 3) == 0)
			c.month = (int)m + 1;
	int h = digits_at(p + 27, 2), m = digits_at(p + 29, 2);
	c.day = digits_at(p + 5, 2);
	c.year = digits_at(p + 12, 4);
	c.hour = digits_at(p + 17, 2);
	c.minute = digits_at(p + 20, 2);
	c.second = digits_at(p + 23, 2);
	if (!c.month || h < 0 || m < 0 || m > 59 || h * 60 + m > ZONE_MAX || c.hour < 0 || c.minute < 0 ||
		c.second < 0 || (p[26] == '-' && h + m == 0) || !civil_valid(&c) || c.year < DATE_YEAR_MIN)
		return false;
	*out = (struct stamp){
		.zone = (p[26] == '-' ? -1 : 1) * (h * 60 + m), .known = true, .zone_known = true};
	out->at = civil_to_seconds(&c, out->zone);
	return true;
}

bool date_read(struct span s, const char *country, const char *lang, struct stamp *out)
{
	struct date_parts r = {.weekday = -1, .zone = DATE_NO_ZONE};
	struct civil c;
	*out = (struct stamp){0};
	s = span_trim(s);
	if (epoch(s, out) || rfc822(s, out))
		return true;
	if (!s.n || !date_plain(&r, s))
		return false;
	date_cut(&r);
	if (r.bad || !date_day(&r, country, lang, &c))
		return false;
	if (r.pm && r.hour < 12)
		r.hour += 12;
	else if (r.am && r.hour == 12)
		r.hour = 0;
	bool midnight = r.hour == 24 && r.minute == 0 && r.second == 0;
	c.hour = midnight ? 0 : r.hour;
	c.minute = r.minute;
	c.second = r.second;
	if (!civil_valid(&c) || c.year < DATE_YEAR_MIN)
		return false;
	int zone = r.zone == DATE_NO_ZONE ? date_home_zone(country) : r.zone;
	out->zone_known = zone != DATE_NO_ZONE;
	out->zone = zone == DATE_NO_ZONE ? 0 : zone;
	out->at = civil_to_seconds(&c, out->zone) + (midnight ? 86400 : 0);
	if (out->zone > ZONE_MAX || out->zone < -ZONE_MAX)
		out->zone = 0; /* nobody's: told as UTC */
	out->date_only = !r.have_time;
	out->known = true;
	return true;
}
