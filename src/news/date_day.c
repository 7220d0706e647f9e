/* date_day: which day the numbers of a date mean. All of them must fit one day; what could be two is none. */
#include "news/date_parts.h"

#include <string.h>

#include "base/banned.h"

enum {
	CENTURY_PIVOT = 70, /* two-digit years from here on are 19xx */
	BUDDHIST = 543,
	MINGUO = 1911,
};

static int64_t whole_year(int64_t y, int digits)
{
	if (digits <= 2)
		return y + (y < CENTURY_PIVOT ? 2000 : 1900);
	if (digits == 3)
		return y + 1900; /* RFC 5322, 4.3 */
	return y > 2400 && y < 2700 ? y - BUDDHIST : y;
}

static bool weekday_fits(const struct date_parts *r, struct civil c)
{
	return civil_valid(&c) && civil_from(civil_to_seconds(&c, 0), 0).weekday == r->weekday;
}

/* Which of 05/06/2026 is the month: what the weekday says, else the punctuation, else the country. */
static bool month_first(
	const struct date_parts *r, const char *country, const char *lang, struct civil as_written)
{
	struct civil swapped = as_written;
	swapped.month = as_written.day;
	swapped.day = as_written.month;
	bool us = country ? span_is_ci(span_of(country), "US") : lang && span_is_ci(span_of(lang), "en-us");
	bool clock12 = r->am || r->pm;
	bool english = !lang || span_starts_ci(span_of(lang), "en");
	if (swapped.month > 12 || as_written.month > 12)
		return as_written.month > 12;
	if (r->weekday >= 0 && weekday_fits(r, as_written) != weekday_fits(r, swapped))
		return weekday_fits(r, swapped);
	if (r->sep != '/' || r->vi)
		return false;
	/* Without leading zeros, with seconds and AM/PM it is a server that speaks American, wherever it
	 * stands. */
	bool machine = clock12 && r->have_second && (r->digits[0] == 1 || r->digits[1] == 1);
	return us || machine || (clock12 && !country && english);
}

/* ISO 8601's day of the year. */
static bool day_of_year(int64_t year, int64_t day, struct civil *c)
{
	*c = (struct civil){.year = year, .month = 1, .day = 1};
	*c = civil_from(civil_to_seconds(c, 0) + (day - 1) * 86400, 0);
	return day >= 1 && c->year == year;
}

/* Its weeks begin on Monday; the first is the one with 4 January in it. */
static bool day_of_week(int64_t year, int week, int day, struct civil *c)
{
	*c = (struct civil){.year = year, .month = 1, .day = 4};
	int64_t fourth = civil_to_seconds(c, 0);
	int since_monday = (civil_from(fourth, 0).weekday + 6) % 7;
	*c = civil_from(fourth + ((int64_t)(week - 1) * 7 + day - 1 - since_monday) * 86400, 0);
	return true;
}

static bool day_from_compact(struct date_parts *r, struct civil *c)
{
	int64_t v = r->num[0];
	if (r->digits[0] == 14 || r->digits[0] == 12) {
		r->second = r->digits[0] == 14 ? (int)(v % 100) : 0;
		v /= r->digits[0] == 14 ? 100 : 1;
		r->minute = (int)(v % 100);
		r->hour = (int)(v / 100 % 100);
		r->have_time = true;
		v /= 10000;
	} else if (r->digits[0] == 4 && r->n <= 5) {
		v = v * 10000 + 101;
	} else if (r->digits[0] == 7) {
		return day_of_year(v / 1000, v % 1000, c);
	} else if (r->digits[0] != 8) {
		return false;
	}
	*c = (struct civil){.year = v / 10000, .month = (int)(v / 100 % 100), .day = (int)(v % 100)};
	return true;
}

static bool day_from_numbers(struct date_parts *r, const char *country, const char *lang, struct civil *c)
{
	int64_t *v = r->num;
	if (r->week)
		return r->n_num == 1 && day_of_week(v[0], r->week, r->week_day, c);
	if (r->n_num == 1)
		return day_from_compact(r, c);
	if (r->n_num == 2 && r->digits[0] == 4 && r->sep == '-' && !r->apart) {
		if (r->digits[1] == 3)
			return day_of_year(v[0], v[1], c);
		*c = (struct civil){.year = v[0], .month = (int)v[1], .day = 1};
		return !r->have_time;
	}
	if (r->n_num < 3 || v[0] > 9999 || v[1] > 31 || v[2] > 9999 || r->apart || r->sep == ',')
		return false;
	if (r->n_num == DATE_NUMS && r->digits[3] == 4 && date_is_year(v[3]))
		return false;    /* "in 2026 (01/03/2026)", "5 min, 01.03.2026": a sentence */
	if (r->digits[0] == 3) { /* Taiwan's */
		*c = (struct civil){.year = v[0] + MINGUO, .month = (int)v[1], .day = (int)v[2]};
		return v[0] >= 100;
	}
	if (r->digits[0] == 4) {
		*c = (struct civil){.year = whole_year(v[0], 4), .month = (int)v[1], .day = (int)v[2]};
		return true;
	}
	if (r->digits[2] != 4 && r->digits[2] != 2)
		return false;
	*c = (struct civil){.year = whole_year(v[2], r->digits[2]), .month = (int)v[1], .day = (int)v[0]};
	if (month_first(r, country, lang, *c)) {
		c->month = (int)v[0];
		c->day = (int)v[1];
	}
	return true;
}

static bool day_with_name(const struct date_parts *r, struct civil *c)
{
	const int64_t *v = r->num;
	bool year_first = r->n_num >= 2 && (r->digits[0] >= 3 || v[0] > 31);
	int day = year_first ? 1 : 0, year = year_first ? 0 : 1;
	for (int i = 2; i < r->n_num; i++)
		if (r->digits[i] == 4 && date_is_year(v[i]))
			return false; /* "14 - 20 January 2026", two dates */
	if (r->n_num < 1 || v[0] > 9999 || (r->n_num > 1 && v[1] > 9999))
		return false;
	if (r->n_num == 1) {
		*c = (struct civil){.year = whole_year(v[0], 4), .month = r->month, .day = 1};
		return r->digits[0] == 4 && !r->have_time;
	}
	*c = (struct civil){
		.year = whole_year(v[year], r->digits[year]), .month = r->month, .day = (int)v[day]};
	if (r->thai && r->digits[year] == 2)
		c->year = v[year] + 2500 - BUDDHIST;
	return r->digits[year] >= 2;
}

bool date_day(struct date_parts *r, const char *country, const char *lang, struct civil *c)
{
	return r->month ? day_with_name(r, c) : day_from_numbers(r, country, lang, c);
}
