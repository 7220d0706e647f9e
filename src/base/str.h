/* str: a growing byte buffer, born with its limit.
 * Invariants: p is NULL or NUL-terminated at p[n]; n <= max; cap <= max + 1; once something did not fit,
 * `full` is true, the buffer keeps what was whole before and takes nothing more until it is cleared. Callers
 * may read p, n and full; writing goes through the calls. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include "base/span.h"
#include <stdarg.h>

struct str {
	char *p;
	size_t n;
	size_t cap; /* private */
	size_t max; /* bytes; 0 means STR_MAX_DEFAULT */
	bool full;
};

enum { STR_MAX_DEFAULT = 64 << 20 }; /* bytes: above every limit of limits.h, below what a worker may hold */

void str_init(struct str *s, size_t max);
static inline void str_add(struct str *s, struct span t);
static inline void str_addc(struct str *s, char c);
static inline void str_adds(struct str *s, const char *t);
void str_add_int(struct str *s, int64_t v);
void str_addf(struct str *s, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void str_vaddf(struct str *s, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));
void str_add_utf8(struct str *s, uint32_t cp); /* one code point; surrogates and > 10FFFF become U+FFFD */
/* Room for n more bytes at the end, or NULL when full; then str_grew(). */
static inline char *str_room(struct str *s, size_t n);
static inline void str_grew(struct str *s, size_t n);
void str_truncate(struct str *s, size_t n);
void str_clear(struct str *s);   /* empty, memory kept, limit kept */
void str_release(struct str *s); /* accepts a zeroed struct */
char *str_detach(struct str *s); /* caller frees; never NULL */
static inline struct span str_span(const struct str *s);

/* The calls of every text are here; what seldom happens is not. */

char *str_grow_(struct str *s, size_t n);

static inline char *str_room(struct str *s, size_t n)
{
	return !s->full && n < s->cap - s->n ? s->p + s->n : str_grow_(s, n);
}

static inline void str_grew(struct str *s, size_t n)
{
	s->n += n;
	s->p[s->n] = 0;
}

static inline void str_add(struct str *s, struct span t)
{
	char *to = t.n ? str_room(s, t.n) : NULL;
	if (!to)
		return;
	memcpy(to, t.p, t.n);
	str_grew(s, t.n);
}

static inline void str_addc(struct str *s, char c)
{
	char *to = str_room(s, 1);
	if (!to)
		return;
	*to = c;
	str_grew(s, 1);
}

static inline void str_adds(struct str *s, const char *t)
{
	str_add(s, span_of(t));
}

static inline struct span str_span(const struct str *s)
{
	return (struct span){s->p, s->n};
}

#endif
