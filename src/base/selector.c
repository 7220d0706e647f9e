/* selector: see selector.h. One reader by descent for each of the two ways to write it; which one it is shows
 * in the first character, since no CSS begins with a slash. Both fill the same steps. */
#include "base/selector.h"

#include <string.h>

#include "base/banned.h"

struct cursor {
	struct span s;
	size_t at;
};

static char peek(const struct cursor *c)
{
	return c->at < c->s.n ? c->s.p[c->at] : 0;
}

static bool take(struct cursor *c, const char *what)
{
	if (!span_starts(span_cut(c->s, c->at, c->s.n), what))
		return false;
	c->at += strlen(what);
	return true;
}

static void blanks(struct cursor *c)
{
	while (peek(c) == ' ' || peek(c) == '\t')
		c->at++;
}

static bool in_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
	       c == '_' || (unsigned char)c >= 0x80;
}

static bool name(struct cursor *c, struct span *out)
{
	size_t from = c->at;
	while (in_name(peek(c)) || (c->at > from && peek(c) == ':'))
		c->at++;
	*out = span_cut(c->s, from, c->at);
	return out->n > 0;
}

static bool quoted(struct cursor *c, struct span *out)
{
	char q = peek(c);
	if (q != '"' && q != '\'')
		return false;
	size_t end = span_find_byte(c->s, q, c->at + 1);
	if (end == SIZE_MAX)
		return false;
	*out = span_cut(c->s, c->at + 1, end);
	c->at = end + 1;
	return true;
}

static bool add_test(struct selector_step *t, struct span attr, struct span value, enum selector_how how)
{
	if (t->n == SELECTOR_TESTS)
		return false;
	t->test[t->n].name = attr;
	t->test[t->n].value = value;
	t->test[t->n++].how = how;
	return true;
}

/* ---- CSS ---- */

static bool css_attribute(struct cursor *c, struct selector_step *t)
{
	static const struct {
		const char *sign;
		enum selector_how how;
	} ways[] = {{"~=", SELECTOR_WORD}, {"^=", SELECTOR_BEGINS}, {"$=", SELECTOR_ENDS},
		{"*=", SELECTOR_CONTAINS}, {"=", SELECTOR_IS}};
	struct span attr, value = {NULL, 0};
	blanks(c);
	if (!name(c, &attr))
		return false;
	blanks(c);
	enum selector_how how = SELECTOR_HAS;
	for (size_t i = 0; how == SELECTOR_HAS && i < sizeof ways / sizeof *ways; i++)
		if (take(c, ways[i].sign))
			how = ways[i].how;
	blanks(c);
	if (how != SELECTOR_HAS && !quoted(c, &value) && !name(c, &value))
		return false;
	blanks(c);
	return take(c, "]") && add_test(t, attr, value, how);
}

static bool css_step(struct cursor *c, struct selector_step *t)
{
	size_t from = c->at;
	struct span word;
	if (!take(c, "*"))
		name(c, &t->tag);
	for (;;) {
		if (take(c, ".")) {
			if (!name(c, &word) || !add_test(t, SPAN("class"), word, SELECTOR_WORD))
				return false;
		} else if (take(c, "#")) {
			if (!name(c, &word) || !add_test(t, SPAN("id"), word, SELECTOR_IS))
				return false;
		} else if (take(c, "[")) {
			if (!css_attribute(c, t))
				return false;
		} else {
			return c->at > from;
		}
	}
}

static bool css_path(struct cursor *c, struct selector_path *p)
{
	bool child = false;
	for (;;) {
		blanks(c);
		if (p->n == SELECTOR_STEPS || !css_step(c, &p->step[p->n]))
			return false;
		p->step[p->n++].child = child;
		if (take(c, "@"))
			return name(c, &p->attr);
		blanks(c);
		child = take(c, ">");
		if (!child && (peek(c) == 0 || peek(c) == ','))
			return true;
	}
}

/* ---- XPath ---- */

static bool xpath_test(struct cursor *c, struct selector_step *t)
{
	struct span attr, value = {NULL, 0};
	bool contains = take(c, "contains(");
	blanks(c);
	if (!take(c, "@") || !name(c, &attr))
		return false;
	blanks(c);
	enum selector_how how = contains ? SELECTOR_CONTAINS : SELECTOR_HAS;
	if (contains ? !take(c, ",") : !take(c, "="))
		return !contains && take(c, "]") && add_test(t, attr, value, how);
	blanks(c);
	if (!quoted(c, &value))
		return false;
	blanks(c);
	if (contains && !take(c, ")"))
		return false;
	blanks(c);
	return take(c, "]") && add_test(t, attr, value, contains ? SELECTOR_CONTAINS : SELECTOR_IS);
}

static bool xpath_path(struct cursor *c, struct selector_path *p)
{
	blanks(c);
	take(c, ".");
	while (take(c, "/")) {
		bool child = !take(c, "/");
		if (take(c, "@"))
			return p->n && child && name(c, &p->attr);
		if (p->n == SELECTOR_STEPS)
			return false;
		struct selector_step *t = &p->step[p->n++];
		t->child = child && p->n > 1;
		if (!take(c, "node()") && !take(c, "*") && !name(c, &t->tag))
			return false;
		while (take(c, "["))
			if (!xpath_test(c, t))
				return false;
	}
	return p->n > 0;
}

bool selector_read(struct span s, struct selector *out, size_t *at)
{
	struct cursor c = {span_trim(s), 0};
	bool xpath = span_starts(c.s, "/") || span_starts(c.s, "./"), good = true;
	*out = (struct selector){0};
	do {
		good = out->n < SELECTOR_PATHS &&
		       (xpath ? xpath_path(&c, &out->path[out->n]) : css_path(&c, &out->path[out->n]));
		out->n++;
		blanks(&c);
	} while (good && take(&c, xpath ? "|" : ","));
	*at = c.at;
	if (good && c.at == c.s.n)
		return true;
	*out = (struct selector){0};
	return false;
}
