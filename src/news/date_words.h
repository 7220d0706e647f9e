/* date_words: months, weekdays and zones by their names. Within news/ only. */
#ifndef NEWS_DATE_WORDS_H
#define NEWS_DATE_WORDS_H

#include "base/span.h"

enum { DATE_NO_ZONE = 10000 };

/* Words in lower case. 1 to 12, or 0. */
int date_month(struct span w);
/* "มี.ค." at the beginning of s: Thai short names have points in them. *n: their bytes. 0: none. */
int date_thai_month(struct span s, size_t *n);
int date_weekday(struct span w); /* 0 Sunday; -1: none */
/* Minutes east of Greenwich, or DATE_NO_ZONE; of a zone's name, of the zone a country keeps all the year. */
int date_zone(struct span w);
int date_zone_short(struct span w);      /* "ET": only behind a time */
int date_home_zone(const char *country); /* NULL: none */

#endif
