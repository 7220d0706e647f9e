/* date: dates as feeds and pages write them. One reader for RFC 822, ISO 8601, asctime, "Thứ Hai, 22/11/2026
 * - 06:30 (GMT+7)", "22 tháng 11 năm 2026", "2026年11月22日", "8/21/2018 9:00:00 AM", epoch seconds: a list
 * of formats never ends (a prototype of each had them grow monthly), so the string is cut into numbers and
 * words, times and zones are recognised by their shape, months by name, and what remains must be one day.
 * Whatever else stands there is skipped; what is not one day is not read at all. */
#include "news/date_words.h"
#include "news/news.h"

#include <string.h>

#include "base/banned.h"

enum {
	DATE_MAX = 120, /* bytes; a longer string is a sentence, not a date */
	NUMS = 4,
	CENTURY_PIVOT = 70, /* two-digit years from here on are 19xx */
	BUDDHIST = 543,
	YEAR_END = 2100,
	YEAR_MIN = 1900,     /* "0001-01-01" is how servers write that they have none */
	ZONE_MAX = 14 * 60,  /* minutes: the farthest on earth */
	ZONE_HOURS_MAX = 99, /* RFC 5322 lets them be written */
};

struct reader {
	char s[DATE_MAX + 1]; /* lower case (ASCII, Latin-1, Cyrillic, Vietnamese Đ) */
	size_t n, at;
	int64_t num[NUMS]; /* numbers that are no time and no zone, as they come */
	int digits[NUMS];
	int n_num;
	char sep;    /* between the first two of them: / - . or blank */
	bool apart;  /* another word stands between the first three: a sentence */
	int month;   /* by name; 0: none yet */
	int weekday; /* 0 Sunday; -1: none */
	int hour, minute, second;
	bool have_time, have_second, am, pm, bad;
	bool vi;  /* the half of the day in Vietnamese: the day comes first, too */
	int zone; /* minutes, or DATE_NO_ZONE */
};

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool letter(char c)
{
	return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

static char at(const struct reader *r, size_t i)
{
	return i < r->n ? r->s[i] : 0;
}

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

/* Lower case of the letters that the tables hold; no-break spaces become blanks. */
static void lower(struct reader *r, struct span s)
{
	unsigned char *to = (unsigned char *)r->s;
	for (size_t i = 0; i < s.n; i++) {
		to[i] = (unsigned char)s.p[i];
		if (to[i] >= 'A' && to[i] <= 'Z')
			to[i] = (unsigned char)(to[i] | 32);
		else if (i && to[i - 1] == 0xC2 && to[i] == 0xA0)
			to[i - 1] = to[i] = ' ';
		else if (i && to[i - 1] >= 0xC3)
			lower_pair(to + i - 1);
	}
	r->n = s.n;
}

static int64_t number(struct reader *r, int *digits)
{
	int64_t v = 0;
	*digits = 0;
	while (digit(at(r, r->at))) {
		if (++*digits <= 14)
			v = v * 10 + (r->s[r->at] - '0');
		r->at++;
	}
	r->bad |= *digits > 14;
	return v;
}

static void blanks(struct reader *r)
{
	while (at(r, r->at) == ' ' || (at(r, r->at) >= '\t' && at(r, r->at) <= '\r'))
		r->at++;
}

static bool word_is(struct span w, const char *const *list)
{
	for (; *list; list++)
		if (span_is(w, *list))
			return true;
	return false;
}

/* The word at the cursor; moves behind it. */
static struct span word(struct reader *r)
{
	size_t from = r->at;
	while (letter(at(r, r->at)))
		r->at++;
	return (struct span){r->s + from, r->at - from};
}

static bool is_year(int64_t v)
{
	return v >= YEAR_MIN && v < YEAR_END;
}

/* "+07:00" "+0700" "+7" "-5:30" at the cursor, when it is one; else the cursor stays. */
static bool offset(struct reader *r)
{
	size_t start = r->at;
	int digits, more = 0, sign = at(r, start) == '-' ? -1 : 1;
	r->at++;
	int64_t h = number(r, &digits), m = 0;
	if (digits == 4 && r->month && r->n_num == 1 && is_year(h)) { /* "06:30, 22-Nov-2026" */
		r->at = start;
		return false;
	}
	if (digits == 4 || digits == 3) {
		m = h % 100;
		h /= 100;
	} else if (at(r, r->at) == ':' && digit(at(r, r->at + 1))) {
		r->at++;
		m = number(r, &more);
	}
	bool follows = strchr("/.-", at(r, r->at)) && digit(at(r, r->at + 1)); /* "06:30 -22/11/2026" */
	if (!digits || digits > 4 || h > ZONE_HOURS_MAX || m > 59 || more > 2 || (follows && at(r, r->at))) {
		r->at = start;
		return false;
	}
	r->zone = sign * (int)(h * 60 + m);
	if (r->zone == 0 && sign < 0)
		r->zone = DATE_NO_ZONE; /* RFC 5322: UTC, the place unknown */
	return true;
}

/* Behind "gmt" or "utc": a sign and digits, if any. */
static void offset_behind_name(struct reader *r)
{
	size_t start = r->at;
	blanks(r);
	char c = at(r, r->at);
	if ((c == '+' || c == '-') && digit(at(r, r->at + 1)) && offset(r))
		return;
	r->at = start;
}

/* hh:mm[:ss[.fff]], the first number being read. */
static void time_of_day(struct reader *r, int64_t hour)
{
	int digits;
	r->hour = (int)hour;
	r->at++;
	r->minute = (int)number(r, &digits);
	r->bad |= digits > 2;
	if ((at(r, r->at) == ':') && digit(at(r, r->at + 1))) {
		r->at++;
		r->second = (int)number(r, &digits);
		r->bad |= digits > 2;
		r->have_second = true;
		if ((at(r, r->at) == '.' || at(r, r->at) == ',' || at(r, r->at) == ':') &&
			digit(at(r, r->at + 1))) {
			bool bad = r->bad;
			r->at++;
			number(r, &digits); /* a fraction of any length */
			r->bad = bad;
		}
	}
	r->have_time = true;
}

/* Behind the minutes: "20秒", "20초", "20 giây". */
static void spoken_seconds(struct reader *r)
{
	static const char *const seconds[] = {"giây", "秒", "초", NULL};
	size_t start = r->at;
	int digits;
	blanks(r);
	int64_t v = digit(at(r, r->at)) ? number(r, &digits) : -1;
	blanks(r);
	if (v >= 0 && v < 60 && word_is(word(r), seconds))
		r->second = (int)v;
	else
		r->at = start;
}

/* "6h30", "06h", "6g30", "6 giờ 30", "6時30分": what stands behind the hour. */
static bool spoken_time(struct reader *r, int64_t hour)
{
	static const char *const hours[] = {"h", "g", "giờ", "時", "时", "点", "點", "시", NULL},
				 *const minutes[] = {"'", "phút", "ph", "p", "分", "분", NULL};
	size_t start = r->at;
	int digits;
	blanks(r);
	if (r->have_time || hour > 24 || !word_is(word(r), hours)) {
		r->at = start;
		return false;
	}
	r->hour = (int)hour;
	r->have_time = true;
	start = r->at;
	blanks(r);
	if (!digit(at(r, r->at)))
		return true;
	int64_t m = number(r, &digits);
	if (digits > 2 || strchr("/-.", at(r, r->at) ? at(r, r->at) : 'x')) { /* "6h 22/11/2026" */
		r->at = start;
		return true;
	}
	r->minute = (int)m;
	start = r->at;
	blanks(r);
	if (word_is(word(r), minutes))
		spoken_seconds(r);
	else
		r->at = start;
	return true;
}

/* "5.30am", "5.30 pm": the point is followed by two digits and the half of the day; behind a whole day, "kl.
 * 5.30", by two digits alone. */
static bool dotted_time(const struct reader *r)
{
	size_t i = r->at + 1;
	if (!digit(at(r, i)) || !digit(at(r, i + 1)))
		return false;
	if (r->n_num >= 3 || (r->month && r->n_num == 2))
		return !digit(at(r, i + 2)) && at(r, i + 2) != '.';
	i += at(r, i + 2) == ' ' ? 3 : 2;
	return (at(r, i) == 'a' || at(r, i) == 'p') && at(r, i + 1) == 'm' &&
	       !letter(at(r, i + 2) ? at(r, i + 2) : ' ');
}

static void take_number(struct reader *r)
{
	int digits;
	size_t from = r->at;
	int64_t v = number(r, &digits);
	bool spoiled = r->bad;
	if (!r->have_time && digits <= 2 && at(r, r->at) == ':' && digit(at(r, r->at + 1))) {
		time_of_day(r, v);
		return;
	}
	if (!r->have_time && digits <= 2 && at(r, r->at) == '.' && dotted_time(r)) {
		time_of_day(r, v);
		return;
	}
	if (digits <= 2 && letter(at(r, r->at) ? at(r, r->at) : ' ') && spoken_time(r, v))
		return;
	if (digits <= 2 && at(r, r->at) == ' ' && spoken_time(r, v))
		return;
	if (r->have_time && r->n_num >= 3 && digits == 4)
		return; /* a zone without its sign, a counter: nothing a date needs */
	if (r->n_num == 1)
		r->sep = from ? r->s[from - 1] : 0;
	if (r->n_num == NUMS || spoiled) {
		r->bad = true;
		return;
	}
	r->num[r->n_num] = v;
	r->digits[r->n_num++] = digits;
}

static bool has(struct span w, const char *part)
{
	return span_find(w, span_of(part), 0) != SIZE_MAX;
}

static bool half_of_day(struct reader *r, struct span w)
{
	static const char *const am[] = {"am", "sa", "sáng", NULL}, *const pm[] = {
									    "pm", "ch", "chiều", "tối", NULL};
	r->vi |= (word_is(w, am) && !span_is(w, "am")) || (word_is(w, pm) && !span_is(w, "pm"));
	bool dotted = w.n == 1 && (w.p[0] == 'a' || w.p[0] == 'p') && at(r, r->at) == '.' &&
		      at(r, r->at + 1) == 'm';
	if (dotted)
		r->at += 2;
	if (word_is(w, am) || (dotted && w.p[0] == 'a') || has(w, "上午") || has(w, "오전") || has(w, "午前"))
		r->am = true;
	else if (word_is(w, pm) || dotted || has(w, "下午") || has(w, "오후") || has(w, "午後"))
		r->pm = true;
	else
		return false;
	return true;
}

static bool zone_named(struct reader *r, struct span w)
{
	int minutes = date_zone(w);
	if (minutes == DATE_NO_ZONE)
		return false;
	if (r->zone == DATE_NO_ZONE)
		r->zone = minutes;
	if (span_is(w, "gmt") || span_is(w, "utc"))
		offset_behind_name(r);
	return true;
}

/* "T10:14:55", "T101455", "T10" behind a whole day. */
static void iso_time(struct reader *r)
{
	int digits;
	int64_t v = number(r, &digits);
	if (at(r, r->at) == ':' && digit(at(r, r->at + 1))) {
		time_of_day(r, v);
		return;
	}
	r->have_time = true;
	r->hour = (int)(digits == 6 ? v / 10000 : digits == 4 ? v / 100 : v);
	r->minute = (int)(digits == 6 ? v / 100 % 100 : digits == 4 ? v % 100 : 0);
	r->second = (int)(digits == 6 ? v % 100 : 0);
	r->bad |= digits != 2 && digits != 4 && digits != 6;
}

/* Behind "tháng": its number, or the word for it. 0: neither, and nothing is taken. */
static int month_behind(struct reader *r)
{
	static const struct {
		const char *word;
		int month;
	} names[] = {{"một", 1}, {"giêng", 1}, {"hai", 2}, {"ba", 3}, {"tư", 4}, {"năm", 5}, {"sáu", 6},
		{"bảy", 7}, {"tám", 8}, {"chín", 9}, {"mười", 10}, {"chạp", 12}, {"mười một", 11},
		{"mười hai", 12}};
	size_t start = r->at, longest = 0;
	int digits, month = 0;
	if (digit(at(r, r->at))) {
		int64_t v = number(r, &digits);
		if (v < 1 || v > 12)
			r->at = start;
		return v >= 1 && v <= 12 ? (int)v : 0;
	}
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		size_t n = strlen(names[i].word);
		struct span rest = {r->s + start, r->n - start};
		if (n > longest && span_starts(rest, names[i].word) &&
			!letter(at(r, start + n) ? at(r, start + n) : ' ')) {
			longest = n;
			month = names[i].month;
		}
	}
	r->at = start + longest;
	return month;
}

/* The number behind "thứ" is no part of a date. */
static void skip_weekday(struct reader *r)
{
	size_t start = r->at;
	int digits;
	int64_t v = digit(at(r, r->at)) ? number(r, &digits) : 0;
	if (v < 2 || v > 7)
		r->at = start;
}

/* "thứ 2", "tháng 11", "th. 11": the number belongs to the word. */
static bool behind_word(struct reader *r, struct span w)
{
	static const char *const nth[] = {"t", "thứ", NULL}, *const month[] = {
								     "th", "thg", "tháng", "thang", NULL};
	size_t start = r->at;
	if (!word_is(w, nth) && !word_is(w, month))
		return false;
	blanks(r);
	if (at(r, r->at) == '.')
		r->at++;
	blanks(r);
	int behind = word_is(w, month) ? month_behind(r) : 0;
	if (word_is(w, nth))
		skip_weekday(r);
	else if (behind)
		r->month = behind;
	else
		r->at = start;
	return true;
}

static void take_word(struct reader *r)
{
	static const char *const between[] = {"năm", "ngày", "nam", "ngay", NULL};
	size_t n = 0;
	int m = date_thai_month((struct span){r->s + r->at, r->n - r->at}, &n);
	r->at += n;
	if (m) {
		r->month = m;
		return;
	}
	struct span w = word(r);
	m = date_month(w);
	if (r->n_num && span_is(w, "t") && digit(at(r, r->at)) && !r->have_time) {
		iso_time(r);
		return;
	}
	if (half_of_day(r, w) || zone_named(r, w))
		return;
	if (behind_word(r, w))
		return;
	if (m)
		r->month = m;
	else if (r->weekday < 0)
		r->weekday = date_weekday(w);
	if (!m && w.p[0] >= 'a' && w.p[0] <= 'z' && w.n > 1)
		r->apart |= (r->n_num == 1 || r->n_num == 2) && !word_is(w, between);
}

static void cut_up(struct reader *r)
{
	while (r->at < r->n && !r->bad) {
		char c = r->s[r->at];
		if (digit(c))
			take_number(r);
		else if (letter(c))
			take_word(r);
		else if ((c == '+' || c == '-') && r->have_time && r->zone == DATE_NO_ZONE &&
			 digit(at(r, r->at + 1)) && offset(r))
			continue;
		else
			r->at++;
	}
}

static int64_t whole_year(int64_t y, int digits)
{
	if (digits <= 2)
		return y + (y < CENTURY_PIVOT ? 2000 : 1900);
	if (digits == 3)
		return y + 1900; /* RFC 5322, 4.3 */
	return y > 2400 && y < 2700 ? y - BUDDHIST : y;
}

static bool weekday_fits(const struct reader *r, struct civil c)
{
	return civil_valid(&c) && civil_from(civil_to_seconds(&c, 0), 0).weekday == r->weekday;
}

/* Which of 05/06/2026 is the month: what the weekday says, else the punctuation, else the country. */
static bool month_first(
	const struct reader *r, const char *country, const char *lang, struct civil as_written)
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

static bool day_from_compact(struct reader *r, struct civil *c)
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
	} else if (r->digits[0] != 8) {
		return false;
	}
	*c = (struct civil){.year = v / 10000, .month = (int)(v / 100 % 100), .day = (int)(v % 100)};
	return true;
}

static bool day_from_numbers(struct reader *r, const char *country, const char *lang, struct civil *c)
{
	int64_t *v = r->num;
	if (r->n_num == 1)
		return day_from_compact(r, c);
	if (r->n_num == 2 && r->digits[0] == 4 && r->sep == '-' && !r->apart) {
		*c = (struct civil){.year = v[0], .month = r->digits[1] == 3 ? 1 : (int)v[1], .day = 1};
		if (r->digits[1] == 3) { /* ISO 8601's day of the year */
			bool fits = v[1] >= 1 && v[1] <= 366;
			*c = civil_from(civil_to_seconds(c, 0) + (v[1] - 1) * 86400, 0);
			return fits;
		}
		return !r->have_time;
	}
	if (r->n_num < 3 || v[0] > 9999 || v[1] > 31 || v[2] > 9999 || r->apart || r->sep == ',')
		return false;
	if (r->n_num == NUMS && r->digits[3] == 4 && is_year(v[3]))
		return false; /* "in 2026 (01/03/2026)", "5 min, 01.03.2026": a sentence */
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

static bool day_with_name(const struct reader *r, struct civil *c)
{
	const int64_t *v = r->num;
	bool year_first = r->n_num >= 2 && (r->digits[0] >= 3 || v[0] > 31);
	int day = year_first ? 1 : 0, year = year_first ? 0 : 1;
	for (int i = 2; i < r->n_num; i++)
		if (r->digits[i] == 4 && is_year(v[i]))
			return false; /* "14 - 20 January 2026", two dates */
	if (r->n_num < 1 || v[0] > 9999 || (r->n_num > 1 && v[1] > 9999))
		return false;
	if (r->n_num == 1) {
		*c = (struct civil){.year = whole_year(v[0], 4), .month = r->month, .day = 1};
		return r->digits[0] == 4 && !r->have_time;
	}
	*c = (struct civil){
		.year = whole_year(v[year], r->digits[year]), .month = r->month, .day = (int)v[day]};
	return r->digits[year] >= 2;
}

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
		c.second < 0 || (p[26] == '-' && h + m == 0) || !civil_valid(&c) || c.year < YEAR_MIN)
		return false;
	*out = (struct stamp){
		.zone = (p[26] == '-' ? -1 : 1) * (h * 60 + m), .known = true, .zone_known = true};
	out->at = civil_to_seconds(&c, out->zone);
	return true;
}

bool date_read(struct span s, const char *country, const char *lang, struct stamp *out)
{
	struct reader r = {.weekday = -1, .zone = DATE_NO_ZONE};
	struct civil c;
	*out = (struct stamp){0};
	s = span_trim(s);
	if (!s.n || s.n > DATE_MAX)
		return false;
	if (epoch(s, out) || rfc822(s, out))
		return true;
	lower(&r, s);
	cut_up(&r);
	if (r.bad || !(r.month ? day_with_name(&r, &c) : day_from_numbers(&r, country, lang, &c)))
		return false;
	if (r.pm && r.hour < 12)
		r.hour += 12;
	else if (r.am && r.hour == 12)
		r.hour = 0;
	bool midnight = r.hour == 24 && r.minute == 0 && r.second == 0;
	c.hour = midnight ? 0 : r.hour;
	c.minute = r.minute;
	c.second = r.second;
	if (!civil_valid(&c) || c.year < YEAR_MIN)
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
