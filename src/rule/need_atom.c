/* need_atom: one part of a pattern at a time, as our own small grammar has it: a letter, an escape, a class,
 * a group, and how often it may stand. */

#include "rule/need.h"

#include <string.h>

#include "base/banned.h"

enum {
	DEPTH_MAX = 40,
	CLASS_MAX = 8, /* bytes of a class whose characters are taken one by one */
};

static char at(const struct reader *r, size_t ahead)
{
	return r->i + ahead < r->s.n ? r->s.p[r->i + ahead] : 0;
}

static void unknown(struct part *out, uint32_t most)
{
	*out = (struct part){.most = most};
}

static void exactly(struct reader *r, struct part *out, struct span s)
{
	*out = (struct part){.exact = true, .set = texts_one(r->a, s)};
	out->most = texts_longest(&out->set);
}

/* Behind the ) that closes what is open at the moment; classes and escapes inside are passed over whole. */
static void skip_group(struct reader *r)
{
	int open = 1;
	bool class = false;
	for (; r->i < r->s.n && open; r->i++) {
		char c = r->s.p[r->i];
		if (c == '\\')
			r->i++;
		else if (class)
			class = c != ']';
		else if (c == '[')
			class = true;
		else
			open += (c == '(') - (c == ')');
	}
}

static void skip_class(struct reader *r)
{
	r->i += at(r, 1) == '^' ? 2 : 1;
	r->i++; /* a ] that comes first is itself */
	while (r->i < r->s.n && r->s.p[r->i] != ']') {
		struct span posix = span_cut(r->s, r->i, r->s.n);
		size_t end = span_starts(posix, "[:") ? span_find(r->s, SPAN(":]"), r->i) : SIZE_MAX;
		r->i = end != SIZE_MAX ? end + 2 : r->i + (r->s.p[r->i] == '\\' ? 2 : 1);
	}
	r->i++;
}

/* [?!]: a few characters, each written as itself, are as many strings; anything else is unknown. */
static void read_class(struct reader *r, struct part *out)
{
	size_t from = r->i;
	skip_class(r);
	unknown(out, 1);
	struct span all = span_cut(r->s, from + 1, r->i - 1);
	if (span_is(all, "0-9"))
		out->digits = OPENS_DIGIT;
	if (!all.n || all.n > CLASS_MAX || all.p[0] == '^')
		return;
	out->set = (struct texts){arena_array(r->a, struct span, all.n), 0};
	for (size_t i = 0; i < all.n; i++) {
		if (strchr("\\-[", all.p[i]))
			return;
		if (((unsigned char)all.p[i] & 0xC0) == 0x80)
			out->set.p[out->set.n - 1].n++;
		else
			out->set.p[out->set.n++] = (struct span){all.p + i, 1};
	}
	out->exact = true;
}

static void read_escape(struct reader *r, struct part *out)
{
	size_t from = r->i;
	char c = at(r, 1);
	bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
	r->i = escape_end(r->s, from);
	if (!letter) {
		exactly(r, out, span_cut(r->s, from + 1, r->i));
	} else if (c == 'b') {
		exactly(r, out, SPAN(EDGE_TEXT));
	} else if (c == 's') {
		exactly(r, out, SPAN(" ")); /* white space is one blank in folded text */
	} else {
		unknown(out, strchr("dDwWSNhHvVpPx", c) ? 1 : ANY);
		out->digits = c == 'd' ? OPENS_DIGIT : OPENS_ANY;
	}
}

/* Behind the name of (?<name>…), (?'name'…) or (?P<name>…). */
static void skip_name(struct reader *r)
{
	char close = at(r, 0) == '\'' ? '\'' : '>';
	r->i += at(r, 0) == 'P' ? 2 : 1;
	while (r->i < r->s.n && at(r, 0) != close)
		r->i++;
	r->i++;
}

/* (?i): flags, which take no room; a condition or recursion is passed over. */
static void read_setting(struct reader *r, struct part *out)
{
	size_t from = r->i;
	r->odd = true;
	while (at(r, 0) == 'i' || at(r, 0) == 's' || at(r, 0) == 'm')
		r->i++;
	if (r->i > from && at(r, 0) == ')') {
		r->i++;
		exactly(r, out, SPAN(""));
	} else {
		skip_group(r);
		unknown(out, ANY);
	}
}

static void read_inside(struct reader *r, struct part *out)
{
	if (++r->depth > DEPTH_MAX) {
		skip_group(r);
		unknown(out, ANY);
	} else {
		read_alternatives(r, out);
		r->i++;
	}
	r->depth--;
}

static void read_group(struct reader *r, struct part *out)
{
	r->i++;
	if (at(r, 0) != '?') {
		read_inside(r, out);
		return;
	}
	r->i++;
	char c = at(r, 0);
	bool behind = c == '<' && (at(r, 1) == '=' || at(r, 1) == '!');
	if (c == '=' || c == '!' || behind) {
		r->odd = true;
		skip_group(r);
		exactly(r, out, SPAN(""));
	} else if (c == '<' || c == '\'' || (c == 'P' && at(r, 1) == '<')) {
		skip_name(r);
		read_inside(r, out);
	} else if (c == ':' || c == '>' || c == '|') {
		r->odd = r->odd || c == '>';
		r->i++;
		read_inside(r, out);
	} else {
		read_setting(r, out);
	}
}

void read_atom(struct reader *r, struct part *out)
{
	char c = at(r, 0);
	if (c == '\\') {
		read_escape(r, out);
	} else if (c == '(') {
		read_group(r, out);
	} else if (c == '[') {
		read_class(r, out);
	} else if (c == '.') {
		r->i++;
		unknown(out, 1);
		out->dot = true;
	} else if (c == '^' || c == '$') {
		r->i++;
		r->odd = true;
		exactly(r, out, SPAN(EDGE_TEXT));
	} else {
		size_t from = r->i++;
		while (r->i < r->s.n && ((unsigned char)r->s.p[r->i] & 0xC0) == 0x80)
			r->i++;
		exactly(r, out, span_cut(r->s, from, r->i));
	}
}

static bool read_number(struct span s, uint32_t *n)
{
	int64_t v;
	if (!span_to_int64(s, &v) || v < 0 || v >= UINT32_MAX)
		return false;
	*n = (uint32_t)v;
	return true;
}

/* {2}, {2,}, {2,5}. What has blanks or begins with a comma some versions of PCRE2 take for text and some for
 * a count; anything else is text, and read next. */
static struct count read_braces(struct reader *r)
{
	struct count n = {1, UINT32_MAX, false, false};
	size_t end = r->i + 1;
	while (end < r->s.n &&
		(r->s.p[end] == ',' || r->s.p[end] == ' ' || (r->s.p[end] >= '0' && r->s.p[end] <= '9')))
		end++;
	if (end == r->i + 1 || end >= r->s.n || r->s.p[end] != '}')
		return (struct count){1, 1, false, false};
	struct span high = span_cut(r->s, r->i + 1, end), low = {0};
	bool range = span_find_byte(high, ',', 0) != SIZE_MAX;
	span_next(&high, ',', &low);
	bool good = read_number(low, &n.least);
	if (!range)
		n.most = n.least;
	else if (high.n)
		good = good && read_number(high, &n.most);
	r->i = end + 1;
	if (good)
		return n;
	r->odd = true;
	return (struct count){0, UINT32_MAX, false, false};
}

struct count read_quantifier(struct reader *r)
{
	struct count n = {1, 1, false, false};
	char c = at(r, 0);
	if (c == '*' || c == '+' || c == '?') {
		n.least = c == '+';
		n.most = c == '?' ? 1 : UINT32_MAX;
		r->i++;
	} else if (c == '{') {
		n = read_braces(r);
	} else {
		return n;
	}
	n.lazy = at(r, 0) == '?';
	n.holds = at(r, 0) == '+';
	r->i += n.lazy || n.holds;
	return n;
}
