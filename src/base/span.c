/* span: see span.h. Everything here is bounded by the length given and treats bytes, not characters. */
#include "base/span.h"

#include <string.h>

#include "base/banned.h"

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct span span_cut(struct span s, size_t from, size_t to)
{
	if (to > s.n)
		to = s.n;
	if (from >= to)
		return (struct span){NULL, 0};
	return (struct span){s.p + from, to - from};
}

static bool eq_ci(const char *a, const char *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (lower(a[i]) != lower(b[i]))
			return false;
	return true;
}

bool span_is_ci(struct span a, const char *s)
{
	size_t i = 0; /* nearly always the first byte tells */
	if (!s)
		return !a.n;
	while (i < a.n && s[i] && lower(a.p[i]) == lower(s[i]))
		i++;
	return i == a.n && !s[i];
}

bool span_starts_ci(struct span s, const char *prefix)
{
	struct span b = span_of(prefix);
	return s.n >= b.n && eq_ci(s.p, b.p, b.n);
}

bool span_ends(struct span s, const char *suffix)
{
	struct span b = span_of(suffix);
	return s.n >= b.n && (b.n == 0 || memcmp(s.p + s.n - b.n, b.p, b.n) == 0);
}

struct span span_trim(struct span s)
{
	while (s.n && blank(s.p[0])) {
		s.p++;
		s.n--;
	}
	while (s.n && blank(s.p[s.n - 1]))
		s.n--;
	return s;
}

size_t span_find(struct span s, struct span needle, size_t from)
{
	if (from > s.n || needle.n == 0)
		return SIZE_MAX;
	const char *at = s.n - from ? memmem(s.p + from, s.n - from, needle.p, needle.n) : NULL;
	return at ? (size_t)(at - s.p) : SIZE_MAX;
}

size_t span_find_ci(struct span s, const char *needle, size_t from)
{
	size_t n = strlen(needle);
	if (n == 0 || s.n < n)
		return SIZE_MAX;
	for (size_t i = from; i <= s.n - n; i++)
		if (lower(s.p[i]) == lower(needle[0]) && eq_ci(s.p + i, needle, n))
			return i;
	return SIZE_MAX;
}

bool span_next(struct span *rest, char sep, struct span *part)
{
	if (!rest->p)
		return false;
	size_t at = span_find_byte(*rest, sep, 0);
	if (at == SIZE_MAX) {
		*part = *rest;
		*rest = (struct span){NULL, 0};
		return true;
	}
	*part = span_cut(*rest, 0, at);
	rest->p += at + 1;
	rest->n -= at + 1;
	return true;
}

bool span_to_int64(struct span s, int64_t *out)
{
	bool neg = s.n && s.p[0] == '-';
	size_t i = neg ? 1 : 0;
	int64_t v = 0;
	if (i == s.n)
		return false;
	for (; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		if (__builtin_mul_overflow(v, 10, &v) || __builtin_add_overflow(v, s.p[i] - '0', &v))
			return false;
	}
	*out = neg ? -v : v;
	return true;
}
