/* header: what an answer's head says, read with suspicion: values come from outside, so numbers are capped
 * and texts that are not plain printable UTF-8 are treated as not sent. */
#include "fetch/fetch_priv.h"

#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"

#include "base/banned.h"

struct span header_get(struct span head, const char *name)
{
	struct span line;
	while (span_next(&head, '\n', &line)) {
		size_t colon = span_find_byte(line, ':', 0);
		if (colon == SIZE_MAX || !span_is_ci(span_trim(span_cut(line, 0, colon)), name))
			continue;
		struct span value = span_trim(span_cut(line, colon + 1, line.n));
		return value.p ? value : SPAN("");
	}
	return (struct span){0};
}

char *header_printable(struct arena *a, struct span value)
{
	size_t at = 0, bad = 0;
	if (!value.n || value.n > VALIDATOR_MAX)
		return NULL;
	while (at < value.n) {
		uint32_t c = utf8_next(value, &at, &bad);
		if (bad || c < 0x20 || (c >= 0x7F && c < 0xA0))
			return NULL;
	}
	return arena_dup(a, value);
}

/* All digits: the number, `cap` when it is larger. -1: not a number. */
static int64_t capped(struct span s, int64_t cap)
{
	int64_t n;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return -1;
	if (!s.n)
		return -1;
	return span_to_int64(s, &n) && n < cap ? n : cap;
}

int64_t header_retry_after(struct span value, int64_t now)
{
	char date[64];
	int64_t n = capped(value, RETRY_AFTER_MAX);
	if (n >= 0)
		return n;
	if (value.n < 16 || value.n >= sizeof date ||
		memchr(value.p, 0, value.n)) /* no HTTP date is that short */
		return 0;
	memcpy(date, value.p, value.n);
	date[value.n] = 0;
	n = (int64_t)curl_getdate(date, NULL) - now;
	if (n <= 0)
		return 0; /* past, or no date */
	return n < RETRY_AFTER_MAX ? n : RETRY_AFTER_MAX;
}

int64_t header_max_age(struct span value)
{
	struct span part;
	int64_t age = -1;
	while (span_next(&value, ',', &part)) {
		part = span_trim(part);
		if (span_is_ci(part, "no-cache") || span_is_ci(part, "no-store"))
			return 0;
		if (!span_starts_ci(part, "max-age=") || age >= 0)
			continue;
		struct span n = span_trim(span_cut(part, 8, part.n));
		if (n.n >= 2 && n.p[0] == '"' && n.p[n.n - 1] == '"')
			n = span_cut(n, 1, n.n - 1);
		age = capped(n, INT32_MAX);
	}
	return age;
}

int header_status(struct span line)
{
	size_t at = span_find_byte(span_cut(line, 0, 16), ' ', 0);
	int64_t n;
	if (!span_starts(line, "HTTP/") || at == SIZE_MAX ||
		!span_to_int64(span_cut(line, at + 1, at + 4), &n))
		return 0;
	return n >= 100 && n <= 999 ? (int)n : 0;
}
