/* clock: time. Instants are seconds since 1970-01-01T00:00:00Z (int64_t), UTC, no leap seconds; a stamp is an
 * instant with the zone it was written in. SOATIN_NOW (RFC 3339) set in the environment, read by cli/, fixes
 * `now` for tests and replays. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include "base/err.h"

struct stamp {
	int64_t at;      /* seconds, UTC */
	int zone;        /* minutes east of UTC as written; 0 when none was written */
	bool known;      /* false: no date (all else is meaningless) */
	bool zone_known; /* a zone was written or assumed from the source's country */
	bool date_only;  /* no time of day was written */
};

struct civil {
	int64_t year;
	int month, day, hour, minute, second; /* month and day from 1 */
	int weekday;                          /* 0 Sunday */
};

enum { STAMP_MAX = 40 }; /* bytes of a formatted stamp, NUL included */

int64_t clock_now(void);                        /* the system's clock */
int64_t clock_monotonic_ms(void);               /* for durations */
int64_t civil_to_days(int64_t y, int m, int d); /* days since 1970-01-01, proleptic Gregorian */
struct civil civil_from(int64_t at, int zone_minutes);
bool civil_valid(const struct civil *c); /* a real date and time of day (second 60 allowed) */
int64_t civil_to_seconds(const struct civil *c, int zone_minutes);
/* RFC 3339: "2026-11-22T06:30:00+07:00", "…Z" for zone 0, "2026-11-22" when date_only; "" when not known. */
void stamp_format(struct stamp s, char out[STAMP_MAX]);
bool stamp_parse_rfc3339(
	struct span s, struct stamp *out); /* exactly what stamp_format writes, fractions allowed */
void clock_format_utc(int64_t at, char out[STAMP_MAX]); /* "2026-11-22T23:30:00Z" */
/* "30d", "12h", "90m", "45s" or a whole number of seconds -> seconds; false otherwise or when negative. */
bool duration_parse(struct span s, int64_t *seconds);

#endif
