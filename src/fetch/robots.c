/* robots: robots.txt as RFC 9309 has it. Groups that name us count, all of them together; without one those
 * for everybody do. Of the rules that fit an address the longest pattern wins, and "allow" among equals. What
 * is not understood is skipped line by line, so that a page in place of the file allows everything. Patterns
 * and addresses are compared with the same bytes percent-encoded. */
#include "fetch/fetch_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/limits.h"
#include "base/url.h"

#include "base/banned.h"

enum { MS = 1000 };

struct rule {
	struct span pattern; /* encoded; in the arena */
	bool allow;
};

struct robots {
	struct arena arena;
	VEC(struct rule) rules;
	int64_t delay_ms; /* -1: not said */
};

/* --- reading --- */

struct reading {
	const char *token;
	struct robots *own, *all; /* groups that name us; groups for everybody */
	bool named;               /* some group named us */
	bool in_own, in_all;      /* what the group we are in is for */
	bool rules_begun;         /* the next user-agent line begins another group */
};

static int hex_digit(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
				      : -1;
}

static bool unreserved(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c && strchr("-._~", c));
}

/* One spelling for one address: unreserved bytes as they are, others above ASCII as %XX with capitals. */
static struct span encode(struct arena *a, struct span s)
{
	struct str out;
	str_init(&out, 0);
	for (size_t i = 0; i < s.n; i++) {
		int high = s.p[i] == '%' && i + 2 < s.n ? hex_digit(s.p[i + 1]) : -1;
		int low = high >= 0 ? hex_digit(s.p[i + 2]) : -1;
		unsigned char c = low >= 0 ? (unsigned char)(high * 16 + low) : (unsigned char)s.p[i];
		if (low >= 0)
			i += 2;
		if (low >= 0 ? !unreserved(c) : c >= 0x80 || c <= 0x20)
			str_addf(&out, "%%%02X", c);
		else
			str_addc(&out, (char)c);
	}
	struct span encoded = arena_span(a, str_span(&out));
	str_release(&out);
	return encoded;
}

/* The product token at the front of a user-agent line: letters, "-" and "_". */
static bool names(struct span value, const char *token)
{
	size_t n = 0;
	while (n < value.n &&
		((value.p[n] >= 'a' && value.p[n] <= 'z') || (value.p[n] >= 'A' && value.p[n] <= 'Z') ||
			value.p[n] == '-' || value.p[n] == '_'))
		n++;
	return span_is_ci(span_cut(value, 0, n), token);
}

static void take_agent(struct reading *r, struct span value)
{
	if (r->rules_begun)
		r->in_own = r->in_all = r->rules_begun = false;
	if (span_starts(value, "*"))
		r->in_all = true;
	if (names(value, r->token))
		r->in_own = r->named = true;
}

static void add_rule(struct robots *to, struct span value, bool allow)
{
	if (!value.n || value.n > URL_MAX || to->rules.n >= ROBOTS_RULES_MAX)
		return; /* an empty pattern fits nothing */
	struct rule x = {encode(&to->arena, value), allow};
	vec_push(&to->rules, x);
}

static void take_delay(struct robots *to, struct span value)
{
	size_t point = span_find_byte(value, '.', 0);
	int64_t n;
	if (!span_to_int64(span_cut(value, 0, point), &n) || n < 0)
		return;
	bool part = point != SIZE_MAX && span_cut(value, point + 1, value.n).n > 0;
	to->delay_ms = n >= CRAWL_DELAY_MAX ? (int64_t)CRAWL_DELAY_MAX * MS : (n + part) * MS;
}

static void take_line(struct reading *r, struct span line)
{
	line = span_cut(line, 0, span_find_byte(line, '#', 0));
	size_t colon = span_find_byte(line, ':', 0);
	if (colon == SIZE_MAX)
		return;
	struct span key = span_trim(span_cut(line, 0, colon)),
		    value = span_trim(span_cut(line, colon + 1, line.n));
	bool allow = span_is_ci(key, "allow"), rule = allow || span_is_ci(key, "disallow");
	bool delay = span_is_ci(key, "crawl-delay");
	if (span_is_ci(key, "user-agent"))
		take_agent(r, value);
	struct robots *const to[] = {r->in_own ? r->own : NULL, r->in_all ? r->all : NULL};
	r->rules_begun |= rule || delay;
	for (size_t i = 0; i < 2; i++) {
		if (to[i] && rule)
			add_rule(to[i], value, allow);
		if (to[i] && delay)
			take_delay(to[i], value);
	}
}

static struct robots *robots_new(void)
{
	struct robots *r = xcalloc(1, sizeof *r);
	r->delay_ms = -1;
	return r;
}

struct robots *robots_read(struct span text, const char *token)
{
	struct reading r = {.token = token, .own = robots_new(), .all = robots_new()};
	struct span line;
	text = span_cut(text, 0, ROBOTS_MAX);
	if (span_starts(text, "\xEF\xBB\xBF"))
		text = span_cut(text, 3, text.n);
	while (text.n) {
		size_t end = 0;
		while (end < text.n && text.p[end] != '\n' && text.p[end] != '\r')
			end++;
		line = span_cut(text, 0, end);
		text = span_cut(text, end + 1, text.n);
		take_line(&r, line);
	}
	robots_free(r.named ? r.all : r.own);
	return r.named ? r.own : r.all;
}

void robots_free(struct robots *r)
{
	if (!r)
		return;
	vec_release(&r->rules);
	arena_release(&r->arena);
	free(r);
}

int64_t robots_delay_ms(const struct robots *r)
{
	return r && r->delay_ms > 0 ? r->delay_ms : 0;
}

/* --- asking --- */

/* Does the pattern fit the front of the path? "*" stands for any bytes, "$" at the end for the end. Goes back
 * to the last "*" alone, which is enough, and counts its steps. */
static bool fits(struct span pattern, struct span path, int64_t *steps)
{
	size_t p = 0, s = 0, star = SIZE_MAX, mark = 0;
	bool anchored = pattern.n && pattern.p[pattern.n - 1] == '$';
	if (anchored)
		pattern.n--;
	for (;;) {
		if (--*steps < 0)
			return false;
		if (p == pattern.n && (!anchored || s == path.n))
			return true;
		if (p < pattern.n && pattern.p[p] == '*') {
			star = p++;
			mark = s;
		} else if (p < pattern.n && s < path.n && pattern.p[p] == path.p[s]) {
			p++;
			s++;
		} else if (star != SIZE_MAX && mark < path.n) {
			p = star + 1;
			s = ++mark;
		} else {
			return false;
		}
	}
}

bool robots_allow(const struct robots *r, const char *url)
{
	struct arena a = {0};
	struct url u;
	struct str whole;
	int64_t steps = ROBOTS_STEPS;
	size_t best = 0;
	bool allow = true;
	if (!r || !r->rules.n || !url_split(span_of(url), &u))
		return true;
	str_init(&whole, 0);
	if (!u.path.n)
		str_addc(&whole, '/');
	str_add(&whole, u.path);
	if (u.query.p) {
		str_addc(&whole, '?');
		str_add(&whole, u.query);
	}
	struct span path = encode(&a, str_span(&whole));
	for (size_t i = 0; i < r->rules.n; i++) {
		const struct rule *x = &r->rules.p[i];
		bool better = x->pattern.n > best || (x->pattern.n == best && x->allow);
		if (better && fits(x->pattern, path, &steps)) {
			best = x->pattern.n;
			allow = x->allow;
		}
	}
	str_release(&whole);
	arena_release(&a);
	return allow && steps >= 0;
}
