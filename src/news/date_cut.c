/* date_cut: a date cut into numbers and words. Times and zones are recognised by their shape, months, eras
 * and halves of the day by name; whatever else stands there is skipped. */
#include "news/date_parts.h"
#include "news/date_words.h"

#include <string.h>

#include "base/banned.h"

enum { ZONE_HOURS_MAX = 99 }; /* RFC 5322 lets them be written */

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool letter(char c)
{
	return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

static char at(const struct date_parts *r, size_t i)
{
	return i < r->n ? r->s[i] : 0;
}

static int64_t number(struct date_parts *r, int *digits)
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

static void blanks(struct date_parts *r)
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
static struct span word(struct date_parts *r)
{
	size_t from = r->at;
	while (letter(at(r, r->at)))
		r->at++;
	return (struct span){r->s + from, r->at - from};
}

/* "+07:00" "+0700" "+7" "-5:30" at the cursor, when it is one; else the cursor stays. */
static bool offset(struct date_parts *r)
{
	size_t start = r->at;
	int digits, more = 0, sign = at(r, start) == '-' ? -1 : 1;
	r->at++;
	int64_t h = number(r, &digits), m = 0;
	if (digits == 4 && date_is_year(h)) { /* "06:30, 22-11-2026" */
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
static void offset_behind_name(struct date_parts *r)
{
	size_t start = r->at;
	blanks(r);
	char c = at(r, r->at);
	if ((c == '+' || c == '-') && digit(at(r, r->at + 1)) && offset(r))
		return;
	r->at = start;
}

/* hh:mm[:ss[.fff]], the first number being read. */
static void time_of_day(struct date_parts *r, int64_t hour)
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
static void spoken_seconds(struct date_parts *r)
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
static bool spoken_time(struct date_parts *r, int64_t hour)
{
	static const char *const hours[] = {"h", "g", "giờ", "時", "时", "点", "點", "시", "ໂມງ", NULL},
				 *const minutes[] = {"'", "phút", "ph", "p", "分", "분", "ນາທີ", NULL};
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
static bool dotted_time(const struct date_parts *r)
{
	size_t i = r->at + 1;
	if (!digit(at(r, i)) || !digit(at(r, i + 1)))
		return false;
	if (r->n_num >= 3 || (r->month && r->n_num == 2))
		return !digit(at(r, i + 2)) && at(r, i + 2) != '.';
	i += at(r, i + 2) == ' ' ? 3 : 2;
	if (span_starts((struct span){r->s + i, r->n - i}, "น.")) /* Thai: o'clock */
		return true;
	return (at(r, i) == 'a' || at(r, i) == 'p') && at(r, i + 1) == 'm' &&
	       !letter(at(r, i + 2) ? at(r, i + 2) : ' ');
}

/* Khmer names the hour before its number: "ម៉ោង ៦ និង ៣០ នាទី". */
static void spoken_hour(struct date_parts *r, int64_t hour)
{
	static const char *const and[] = {"និង", "នឹង", NULL};
	int digits;
	r->time_next = false;
	r->hour = (int)hour;
	r->have_time = true;
	size_t start = r->at;
	blanks(r);
	bool minutes = word_is(word(r), and);
	blanks(r);
	if (minutes && digit(at(r, r->at)))
		r->minute = (int)number(r, &digits);
	else
		r->at = start;
}

static void take_number(struct date_parts *r)
{
	int digits;
	size_t from = r->at;
	int64_t v = number(r, &digits);
	bool spoiled = r->bad;
	r->time_next &= digits <= 2;
	if (r->time_next && at(r, r->at) != ':') {
		spoken_hour(r, v);
		return;
	}
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
	if (r->n_num == DATE_NUMS || spoiled) {
		r->bad = true;
		return;
	}
	if (r->era) {
		v += r->era;
		digits = 4;
		r->era = 0;
	}
	r->num[r->n_num] = v;
	r->digits[r->n_num++] = digits;
}

static bool has(struct span w, const char *part)
{
	return span_find(w, span_of(part), 0) != SIZE_MAX;
}

static bool half_of_day(struct date_parts *r, struct span w)
{
	static const char *const am[] = {"am", "sa", "sáng", NULL}, *const pm[] = {
									    "pm", "ch", "chiều", "tối", NULL};
	r->vi |= (word_is(w, am) && !span_is(w, "am")) || (word_is(w, pm) && !span_is(w, "pm"));
	bool dotted = w.n == 1 && (w.p[0] == 'a' || w.p[0] == 'p') && at(r, r->at) == '.' &&
		      at(r, r->at + 1) == 'm';
	if (dotted)
		r->at += 2;
	if (word_is(w, am) || (dotted && w.p[0] == 'a') || has(w, "上午") || has(w, "오전") ||
		has(w, "午前") || has(w, "ព្រឹក") || has(w, "ເຊົ້າ"))
		r->am = true;
	else if (word_is(w, pm) || dotted || has(w, "下午") || has(w, "오후") || has(w, "午後") ||
		 has(w, "ល្ងាច") || has(w, "រសៀល") || has(w, "យប់") || has(w, "ບ່າຍ") || has(w, "ແລງ"))
		r->pm = true;
	else
		return false;
	return true;
}

static bool zone_named(struct date_parts *r, struct span w)
{
	int minutes = date_zone(w);
	if (minutes == DATE_NO_ZONE && r->have_time)
		minutes = date_zone_short(w);
	if (minutes == DATE_NO_ZONE)
		return false;
	if (r->zone == DATE_NO_ZONE)
		r->zone = minutes;
	if (span_is(w, "gmt") || span_is(w, "utc"))
		offset_behind_name(r);
	return true;
}

/* "T10:14:55", "T101455", "T10" behind a whole day. */
static void iso_time(struct date_parts *r)
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
static int month_behind(struct date_parts *r)
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
static void skip_weekday(struct date_parts *r)
{
	size_t start = r->at;
	int digits;
	int64_t v = digit(at(r, r->at)) ? number(r, &digits) : 0;
	if (v < 2 || v > 7)
		r->at = start;
}

/* "thứ 2", "tháng 11", "th. 11": the number belongs to the word. */
static bool behind_word(struct date_parts *r, struct span w)
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

/* "2026-W47-7", "2026W477": a week of ISO 8601, and its day. */
static bool iso_week(struct date_parts *r)
{
	int digits, more = 0;
	int64_t v = number(r, &digits), day = digits == 3 ? v % 10 : 1;
	if (digits == 2 && at(r, r->at) == '-' && digit(at(r, r->at + 1))) {
		r->at++;
		day = number(r, &more);
	}
	v = digits == 3 ? v / 10 : v;
	r->bad |= (digits != 2 && digits != 3) || more > 1 || v < 1 || v > 53 || day < 1 || day > 7;
	r->week = (int)v;
	r->week_day = (int)day;
	return true;
}

/* Years counted from elsewhere: the word stands before the number. */
static int era(struct span w)
{
	static const struct {
		const char *word;
		int years;
	} eras[] = {{"令和", 2018}, {"平成", 1988}, {"昭和", 1925}, {"民國", 1911}, {"民国", 1911}};
	for (size_t i = 0; i < sizeof eras / sizeof *eras; i++)
		if (span_ends(w, eras[i].word))
			return eras[i].years;
	return 0;
}

static void take_word(struct date_parts *r)
{
	static const char *const between[] = {"năm", "ngày", "nam", "ngay", NULL};
	size_t n = 0;
	int m = date_thai_month((struct span){r->s + r->at, r->n - r->at}, &n);
	r->at += n;
	r->thai |= m != 0;
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
	if (r->n_num == 1 && r->digits[0] == 4 && span_is(w, "w") && digit(at(r, r->at)) && iso_week(r))
		return;
	if (half_of_day(r, w) || zone_named(r, w))
		return;
	r->era = era(w);
	r->time_next = !r->have_time && has(w, "ម៉ោង");
	if (behind_word(r, w))
		return;
	r->thai |= m && (unsigned char)w.p[0] == 0xE0 && ((unsigned char)w.p[1] | 1) == 0xB9;
	if (m)
		r->month = m;
	else if (r->weekday < 0)
		r->weekday = date_weekday(w);
	if (!m && w.p[0] >= 'a' && w.p[0] <= 'z' && w.n > 1)
		r->apart |= (r->n_num == 1 || r->n_num == 2) && !word_is(w, between);
}

void date_cut(struct date_parts *r)
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
