/* span: a borrowed view of bytes (pointer + length). Never NUL-terminated by promise, never owned. */
#ifndef BASE_SPAN_H
#define BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct span {
	const char *p; /* may be NULL when n == 0 */
	size_t n;      /* bytes */
};

/* A span over a string literal. */
#define SPAN(lit) ((struct span){"" lit, sizeof(lit) - 1})

/* The short ones are here: they run for each element of every document. */

static inline struct span span_of(const char *s) /* a C string, NULL gives the empty span */
{
	return (struct span){s, s ? strlen(s) : 0};
}

static inline bool span_eq(struct span a, struct span b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool span_is(struct span a, const char *s)
{
	return span_eq(a, span_of(s));
}

static inline bool span_starts(struct span s, const char *prefix)
{
	struct span b = span_of(prefix);
	return s.n >= b.n && (b.n == 0 || memcmp(s.p, b.p, b.n) == 0);
}

/* Byte offset of the first occurrence at or after `from`, or SIZE_MAX. */
static inline size_t span_find_byte(struct span s, char c, size_t from)
{
	const char *at = from < s.n ? (const char *)memchr(s.p + from, c, s.n - from) : NULL;
	return at ? (size_t)(at - s.p) : SIZE_MAX;
}

struct span span_cut(struct span s, size_t from, size_t to); /* clamped sub-span [from, to) */
bool span_is_ci(struct span a, const char *s);               /* ASCII case ignored */
bool span_starts_ci(struct span s, const char *prefix);
bool span_ends(struct span s, const char *suffix);
struct span span_trim(struct span s); /* ASCII white space off both ends */
/* Byte offset of the first occurrence at or after `from`, or SIZE_MAX. */
size_t span_find(struct span s, struct span needle, size_t from);
size_t span_find_ci(struct span s, const char *needle, size_t from); /* ASCII case ignored */
/* Takes the part up to `sep` off the front of *rest (all of it when sep is missing). False when *rest is
 * spent. */
bool span_next(struct span *rest, char sep, struct span *part);
/* A whole decimal number, nothing before or behind it; false otherwise or out of range. */
bool span_to_int64(struct span s, int64_t *out);

#endif
