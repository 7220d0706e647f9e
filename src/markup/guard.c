/* guard: what must not reach libxml2. A DTD's internal subset can hang it (dtd.c reads that instead), and 1e5
 * attributes of one tag cost it a minute. So one pass over the bytes looks at tags alone. It need not
 * understand broken markup: '<' in a tag is a fatal error to libxml2, which then sees nothing of what
 * follows. */
#include <string.h>

#include "base/i18n.h"
#include "markup/xml_priv.h"

#include "base/banned.h"

/* Behind the next `what`, or the end. Looks for its first byte, which is rare where this is asked. */
static size_t behind(struct span s, struct span what, size_t at)
{
	for (; (at = span_find_byte(s, what.p[0], at)) != SIZE_MAX; at++)
		if (s.n - at >= what.n && memcmp(s.p + at, what.p, what.n) == 0)
			return at + what.n;
	return s.n;
}

/* The tag at `at` ("<" or "</"): its end and its number of "=" outside quotes. */
static size_t tag(struct span s, size_t at, size_t *equals)
{
	const char *p = s.p + at + 1, *end = s.p + s.n;
	*equals = 0;
	for (; p < end; p++) {
		if (*p == '>' || *p == '<')
			break;
		*equals += *p == '=';
		if (*p != '"' && *p != '\'')
			continue;
		const char *close = memchr(p + 1, *p, (size_t)(end - p - 1));
		const char *lt = memchr(p + 1, '<', (size_t)((close ? close : end) - p - 1));
		if (!close || lt)
			return lt ? (size_t)(lt - s.p) : s.n;
		p = close;
	}
	return (size_t)(p - s.p);
}

int xml_guard(struct span s, struct dtd *d, struct err *e)
{
	size_t at = 0, equals;
	while ((at = span_find_byte(s, '<', at)) != SIZE_MAX) {
		struct span rest = span_cut(s, at, s.n);
		if (rest.n > 1 && rest.p[1] == '?') {
			at = behind(s, SPAN("?>"), at);
		} else if (rest.n < 2 || rest.p[1] != '!') {
			const char *lt =
				memchr(rest.p + 1, '<', rest.n - 1 < ATTRS_MAX ? rest.n - 1 : ATTRS_MAX);
			if (lt) { /* too near for a tag that is too long, or has too many of anything */
				at = (size_t)(lt - s.p);
				continue;
			}
			size_t end = tag(s, at, &equals);
			if (end - at > TAG_MAX)
				return err_set(
					e, ERR_LIMIT, N_("a tag is longer than the limit"), NULL, NULL);
			if (equals > ATTRS_MAX)
				return err_set(e, ERR_LIMIT, N_("a tag has more attributes than the limit"),
					NULL, NULL);
			at = end == at ? at + 1 : end;
		} else if (span_starts(rest, "<!--")) {
			at = behind(s, SPAN("-->"), at + 4);
		} else if (span_starts(rest, "<![CDATA[")) {
			at = behind(s, SPAN("]]>"), at);
		} else if (span_starts_ci(rest, "<!doctype")) {
			at = dtd_read(d, s, at, e);
			if (at == SIZE_MAX)
				return -1;
		} else {
			at += 2;
		}
	}
	return 0;
}
