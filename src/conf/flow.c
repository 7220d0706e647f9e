/* flow: the text of plain and quoted scalars, YAML 1.2.2 chapter 7.3. libfyaml 0.7.12 finds where they begin
 * and end, but makes three quotes of the two in 'x''''y', so their text is taken from the source here, as
 * block.c does for the others. */
#include "conf/conf_priv.h"

#include <string.h>

#include "base/utf8.h"

#include "base/banned.h"

static bool is_break(char c)
{
	return c == '\n' || c == '\r';
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Moves over one line break, if there is one. */
static bool take_break(struct span s, size_t *at)
{
	if (*at >= s.n || !is_break(s.p[*at]))
		return false;
	*at += s.p[*at] == '\r' && *at + 1 < s.n && s.p[*at + 1] == '\n' ? 2 : 1;
	return true;
}

/* Moves over the blanks and breaks that begin at a break; the number of breaks. */
static size_t take_breaks(struct span s, size_t *at)
{
	size_t n = 0;
	for (;;) {
		while (*at < s.n && is_blank(s.p[*at]))
			++*at;
		if (!take_break(s, at))
			return n;
		n++;
	}
}

/* The character a backslash at s.p[at] and what follows stand for; *len: bytes of all of it. UINT32_MAX: no
 * such escape. */
static uint32_t escape(struct span s, size_t at, size_t *len)
{
	static const char names[] = "0abtnvfre \"/\\N_LP\t";
	static const uint32_t stand_for[] = {
		0, 7, 8, 9, 10, 11, 12, 13, 0x1B, ' ', '"', '/', '\\', 0x85, 0xA0, 0x2028, 0x2029, 9};
	char c = at + 1 < s.n ? s.p[at + 1] : 0;
	const char *name = c ? strchr(names, c) : NULL;
	size_t digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
	uint32_t v = 0;
	*len = 2 + digits;
	if (name)
		return stand_for[name - names];
	if (!digits || at + *len > s.n)
		return UINT32_MAX;
	for (size_t i = at + 2; i < at + *len; i++) {
		char d = s.p[i];
		uint32_t one = d >= '0' && d <= '9'                 ? (uint32_t)(d - '0')
			       : (d | 32) >= 'a' && (d | 32) <= 'f' ? (uint32_t)((d | 32) - 'a' + 10)
								    : UINT32_MAX;
		if (one == UINT32_MAX)
			return UINT32_MAX;
		v = v << 4 | one;
	}
	return v > 0x10FFFF || (v >= 0xD800 && v < 0xE000) ? UINT32_MAX : v;
}

static bool control(uint32_t c)
{
	return (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7F && c < 0xA0);
}

size_t flow_read(struct span raw, char quote, struct str *out)
{
	size_t solid = 0; /* so much of out ends in something that is no blank of the source */
	for (size_t at = 0, len; at < raw.n;) {
		char c = raw.p[at];
		if (is_break(c)) {
			size_t n = take_breaks(raw, &at);
			str_truncate(out, solid);
			if (n == 1)
				str_addc(out, ' ');
			for (; n > 1; n--)
				str_addc(out, '\n');
		} else if (quote == '"' && c == '\\' && at + 1 < raw.n && is_break(raw.p[at + 1])) {
			at++; /* the break is escaped; what empty lines follow it count */
			for (size_t n = take_breaks(raw, &at); n > 1; n--)
				str_addc(out, '\n');
		} else if (quote == '"' && c == '\\') {
			uint32_t cp = escape(raw, at, &len);
			if (cp == UINT32_MAX || control(cp))
				return at;
			str_add_utf8(out, cp);
			at += len;
		} else {
			at += quote == '\'' && c == '\'' ? 2 : 1;
			str_addc(out, c);
			if (is_blank(c))
				continue;
		}
		solid = out->n;
	}
	return SIZE_MAX;
}
