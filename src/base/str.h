/* str: a growing byte buffer, born with its limit.
 * Invariants: p is NULL or NUL-terminated at p[n]; n <= max; once something did not fit, `full` is true, the
 * buffer keeps what was whole before and takes nothing more until it is cleared. Callers may read p, n and
 * full; writing goes through the calls. */
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
void str_add(struct str *s, struct span t);
void str_addc(struct str *s, char c);
void str_adds(struct str *s, const char *t);
void str_addf(struct str *s, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void str_vaddf(struct str *s, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));
void str_add_utf8(struct str *s, uint32_t cp); /* one code point; surrogates and > 10FFFF become U+FFFD */
char *str_room(
	struct str *s, size_t n); /* room for n more bytes at the end, or NULL when full; then str_grew() */
void str_grew(struct str *s, size_t n);
void str_truncate(struct str *s, size_t n);
void str_clear(struct str *s);   /* empty, memory kept, limit kept */
void str_release(struct str *s); /* accepts a zeroed struct */
char *str_detach(struct str *s); /* caller frees; never NULL */
struct span str_span(const struct str *s);

#endif
