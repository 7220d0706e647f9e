/* date_parts: a date cut into numbers and words, between the steps of date.c. Within news/ only. */
#ifndef NEWS_DATE_PARTS_H
#define NEWS_DATE_PARTS_H

#include "base/clock.h"
#include "base/span.h"

enum {
	DATE_MAX = 120,       /* characters; a longer string is a sentence, not a date */
	DATE_BYTES_MAX = 360, /* three bytes each in the scripts of our neighbours */
	DATE_NUMS = 4,
	DATE_YEAR_MIN = 1900, /* "0001-01-01" is how servers write that they have none */
	DATE_YEAR_END = 2100,
};

struct date_parts {
	char s[DATE_BYTES_MAX + 1]; /* as date_plain() leaves it */
	size_t n, at;
	int64_t num[DATE_NUMS]; /* numbers that are no time and no zone, as they come */
	int digits[DATE_NUMS];
	int n_num;
	char sep;    /* between the first two of them: / - . or blank */
	bool apart;  /* another word stands between the first three: a sentence */
	int month;   /* by name; 0: none yet */
	int weekday; /* 0 Sunday; -1: none */
	int week;    /* of ISO 8601, with its day from 1, Monday; 0: none */
	int week_day;
	bool thai;      /* the month is, and so a year of two digits */
	int era;        /* to be added to the number that follows */
	bool time_next; /* the next number is the hour */
	int hour, minute, second;
	bool have_time, have_second, am, pm, bad;
	bool vi;  /* the half of the day in Vietnamese: the day comes first, too */
	int zone; /* minutes, or DATE_NO_ZONE */
};

static inline bool date_is_year(int64_t v)
{
	return v >= DATE_YEAR_MIN && v < DATE_YEAR_END;
}

/* The string in lower case, with digits and marks of ASCII. False: too long for a date. */
bool date_plain(struct date_parts *r, struct span s);
void date_cut(struct date_parts *r);
/* The one day they name; the time too, where it is part of the same number. False: none, or several. */
bool date_day(struct date_parts *r, const char *country, const char *lang, struct civil *c);

#endif
