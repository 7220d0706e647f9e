/* str: see str.h. Growth doubles; running into the limit is not an error of the caller but a fact to be
 * looked at in `full`. */
#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"

#include "base/banned.h"

void str_init(struct str *s, size_t max)
{
	*s = (struct str){.max = max};
}

char *str_grow_(struct str *s, size_t n)
{
	size_t max = s->max ? s->max : STR_MAX_DEFAULT;
	if (s->full || n > max - s->n) {
		s->full = true;
		return NULL;
	}
	if (s->n + n + 1 > s->cap) {
		size_t cap = s->cap ? s->cap * 2 : 64;
		if (cap < s->n + n + 1)
			cap = s->n + n + 1;
		if (cap > max + 1)
			cap = max + 1;
		s->p = xrealloc(s->p, cap);
		s->cap = cap;
	}
	return s->p + s->n;
}

void str_add_int(struct str *s, int64_t v)
{
	char digits[24], *end = digits + sizeof digits, *p = end;
	uint64_t n = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
	do
		*--p = (char)('0' + n % 10);
	while (n /= 10);
	if (v < 0)
		*--p = '-';
	str_add(s, (struct span){p, (size_t)(end - p)});
}

void str_vaddf(struct str *s, const char *fmt, va_list ap)
{
	va_list again;
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, ap);
	char *to = n > 0 ? str_room(s, (size_t)n) : NULL;
	if (to) {
		vsnprintf(to, (size_t)n + 1, fmt, again);
		str_grew(s, (size_t)n);
	}
	va_end(again);
}

void str_addf(struct str *s, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	str_vaddf(s, fmt, ap);
	va_end(ap);
}

void str_add_utf8(struct str *s, uint32_t cp)
{
	char b[4];
	str_add(s, (struct span){b, utf8_encode(cp, b)});
}

void str_truncate(struct str *s, size_t n)
{
	if (n < s->n) {
		s->n = n;
		s->p[n] = 0;
	}
}

void str_clear(struct str *s)
{
	s->n = 0;
	s->full = false;
	if (s->p)
		s->p[0] = 0;
}

void str_release(struct str *s)
{
	free(s->p);
	*s = (struct str){.max = s->max};
}

char *str_detach(struct str *s)
{
	char *p = s->p ? s->p : xmemdup0("", 0);
	*s = (struct str){.max = s->max};
	return p;
}
