/* clock: see clock.h. Civil dates by counting days in 400-year eras, since gmtime and timegm depend on the
 * process's zone tables and know years only as int. */
#include "base/clock.h"

#include <stdio.h>
#include <time.h>

#include "base/banned.h"

int64_t clock_now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_REALTIME, &t);
	return t.tv_sec;
}

int64_t clock_monotonic_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t civil_to_days(int64_t y, int m, int d)
{
	y -= m <= 2; /* the year begins in March, so that the leap day is its last */
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t yoe = y - era * 400;
	int64_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

struct civil civil_from(int64_t at, int zone_minutes)
{
	struct civil c;
	int64_t t = at + (int64_t)zone_minutes * 60;
	int64_t days = t / 86400, rest = t % 86400;
	if (rest < 0) {
		rest += 86400;
		days--;
	}
	c.weekday = (int)((days % 7 + 11) % 7);
	days += 719468;
	int64_t era = (days >= 0 ? days : days - 146096) / 146097;
	int64_t doe = days - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;
	c.day = (int)(doy - (153 * mp + 2) / 5 + 1);
	c.month = (int)(mp < 10 ? mp + 3 : mp - 9);
	c.year = yoe + era * 400 + (c.month <= 2);
	c.hour = (int)(rest / 3600);
	c.minute = (int)(rest / 60 % 60);
	c.second = (int)(rest % 60);
	return c;
}

bool civil_valid(const struct civil *c)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	if (c->month < 1 || c->month > 12 || c->year < 1 || c->year > 9999)
		return false;
	bool leap = (c->year % 4 == 0 && c->year % 100 != 0) || c->year % 400 == 0;
	int last = days[c->month - 1] + (c->month == 2 && leap);
	return c->day >= 1 && c->day <= last && c->hour >= 0 && c->hour < 24 && c->minute >= 0 &&
	       c->minute < 60 && c->second >= 0 && c->second <= 60;
}

int64_t civil_to_seconds(const struct civil *c, int zone_minutes)
{
	return civil_to_days(c->year, c->month, c->day) * 86400 + c->hour * 3600 + c->minute * 60 +
	       c->second - (int64_t)zone_minutes * 60;
}

void stamp_format(struct stamp s, char out[STAMP_MAX])
{
	out[0] = 0;
	if (!s.known)
		return;
	struct civil c = civil_from(s.at, s.zone);
	if (c.year < 0 || c.year > 9999)
		return;
	if (s.date_only) {
		snprintf(out, STAMP_MAX, "%04d-%02d-%02d", (int)c.year, c.month, c.day);
		return;
	}
	int n = snprintf(out, STAMP_MAX, "%04d-%02d-%02dT%02d:%02d:%02d", (int)c.year, c.month, c.day, c.hour,
		c.minute, c.second);
	int z = s.zone < 0 ? -s.zone : s.zone;
	if (z)
		snprintf(out + n, STAMP_MAX - (size_t)n, "%c%02d:%02d", s.zone < 0 ? '-' : '+', z / 60,
			z % 60);
	else
		snprintf(out + n, STAMP_MAX - (size_t)n, "Z");
}

void clock_format_utc(int64_t at, char out[STAMP_MAX])
{
	stamp_format((struct stamp){.at = at, .known = true, .zone_known = true}, out);
}

/* Reads `width` digits at *at. */
static bool digits(struct span s, size_t *at, int width, int *out)
{
	int v = 0;
	for (int i = 0; i < width; i++, ++*at) {
		if (*at >= s.n || s.p[*at] < '0' || s.p[*at] > '9')
			return false;
		v = v * 10 + (s.p[*at] - '0');
	}
	*out = v;
	return true;
}

static bool mark(struct span s, size_t *at, char c)
{
	if (*at >= s.n || s.p[*at] != c)
		return false;
	++*at;
	return true;
}

static bool zone_parse(struct span s, size_t *at, int *zone)
{
	int h, m;
	if (mark(s, at, 'Z')) {
		*zone = 0;
		return true;
	}
	bool minus = *at < s.n && s.p[*at] == '-';
	if (!minus && !(*at < s.n && s.p[*at] == '+'))
		return false;
	++*at;
	if (!digits(s, at, 2, &h) || !mark(s, at, ':') || !digits(s, at, 2, &m) || h > 14 || m > 59)
		return false;
	*zone = (minus ? -1 : 1) * (h * 60 + m);
	return true;
}

bool stamp_parse_rfc3339(struct span s, struct stamp *out)
{
	struct civil c = {0};
	size_t at = 0;
	int year;
	*out = (struct stamp){0};
	if (!digits(s, &at, 4, &year) || !mark(s, &at, '-') || !digits(s, &at, 2, &c.month) ||
		!mark(s, &at, '-') || !digits(s, &at, 2, &c.day))
		return false;
	c.year = year;
	out->date_only = at == s.n;
	if (!out->date_only) {
		if (!mark(s, &at, 'T') || !digits(s, &at, 2, &c.hour) || !mark(s, &at, ':') ||
			!digits(s, &at, 2, &c.minute) || !mark(s, &at, ':') || !digits(s, &at, 2, &c.second))
			return false;
		if (mark(s, &at, '.'))
			while (at < s.n && s.p[at] >= '0' && s.p[at] <= '9')
				at++;
		if (!zone_parse(s, &at, &out->zone))
			return false;
		out->zone_known = true;
	}
	if (at != s.n || !civil_valid(&c))
		return false;
	out->at = civil_to_seconds(&c, out->zone);
	out->known = true;
	return true;
}

bool duration_parse(struct span s, int64_t *seconds)
{
	static const struct {
		char unit;
		int64_t seconds;
	} units[] = {{'d', 86400}, {'h', 3600}, {'m', 60}, {'s', 1}};
	int64_t factor = 1;
	for (size_t i = 0; s.n && i < sizeof units / sizeof *units; i++) {
		if (s.p[s.n - 1] == units[i].unit) {
			factor = units[i].seconds;
			s.n--;
			break;
		}
	}
	return span_to_int64(s, seconds) && *seconds >= 0 &&
	       !__builtin_mul_overflow(*seconds, factor, seconds);
}
