/* tag: see tag.h. HTML's own rules for tags (quotes count only behind '=', a comment ends at "-->", "<"
 * before anything but a letter is text) with two repairs: a tag that meets "<" where an attribute should
 * begin ends there, and a quote that is never closed is none. Searches that failed once are not made again,
 * which keeps all of it linear. */
#include "markup/tag.h"

#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

#define T(name, flags)                                                                                       \
	{                                                                                                    \
		name, sizeof name - 1, flags                                                                 \
	}
static const struct known {
	const char *name;
	size_t n;
	unsigned flags;
} known[] = {T("address", TAG_BLOCK), T("area", TAG_VOID), T("article", TAG_BLOCK), T("aside", TAG_BLOCK),
	T("base", TAG_VOID), T("blockquote", TAG_BLOCK), T("body", TAG_BLOCK), T("br", TAG_BLOCK | TAG_VOID),
	T("caption", TAG_BLOCK), T("col", TAG_VOID), T("colgroup", TAG_OPTIONAL),
	T("dd", TAG_BLOCK | TAG_OPTIONAL), T("details", TAG_BLOCK), T("dialog", TAG_BLOCK),
	T("div", TAG_BLOCK), T("dl", TAG_BLOCK), T("dt", TAG_BLOCK | TAG_OPTIONAL), T("embed", TAG_VOID),
	T("fieldset", TAG_BLOCK), T("figcaption", TAG_BLOCK), T("figure", TAG_BLOCK), T("footer", TAG_BLOCK),
	T("form", TAG_BLOCK), T("h1", TAG_BLOCK), T("h2", TAG_BLOCK), T("h3", TAG_BLOCK), T("h4", TAG_BLOCK),
	T("h5", TAG_BLOCK), T("h6", TAG_BLOCK), T("head", TAG_BLOCK), T("header", TAG_BLOCK),
	T("hr", TAG_BLOCK | TAG_VOID), T("html", TAG_BLOCK), T("iframe", TAG_RAW | TAG_DROP),
	T("img", TAG_VOID), T("input", TAG_VOID), T("keygen", TAG_VOID), T("li", TAG_BLOCK | TAG_OPTIONAL),
	T("link", TAG_VOID), T("main", TAG_BLOCK), T("meta", TAG_VOID), T("nav", TAG_BLOCK),
	T("noembed", TAG_RAW | TAG_DROP), T("noframes", TAG_RAW | TAG_DROP),
	T("noscript", TAG_RAW | TAG_DROP), T("ol", TAG_BLOCK), T("optgroup", TAG_OPTIONAL),
	T("option", TAG_BLOCK | TAG_OPTIONAL), T("param", TAG_VOID), T("pre", TAG_BLOCK),
	T("script", TAG_RAW | TAG_DROP), T("section", TAG_BLOCK), T("source", TAG_VOID),
	T("style", TAG_RAW | TAG_DROP), T("svg", TAG_DROP), T("table", TAG_BLOCK),
	T("tbody", TAG_BLOCK | TAG_OPTIONAL), T("td", TAG_CELL | TAG_OPTIONAL), T("template", TAG_DROP),
	T("textarea", TAG_RAW | TAG_DROP), T("tfoot", TAG_BLOCK | TAG_OPTIONAL),
	T("th", TAG_CELL | TAG_OPTIONAL), T("thead", TAG_BLOCK | TAG_OPTIONAL),
	T("title", TAG_RAW | TAG_BLOCK), T("tr", TAG_BLOCK | TAG_OPTIONAL), T("track", TAG_VOID),
	T("ul", TAG_BLOCK), T("wbr", TAG_VOID), T("xmp", TAG_RAW | TAG_BLOCK)};
#undef T

static int compare(const void *key, const void *element)
{
	const struct span *k = key;
	const struct known *e = element;
	int c = memcmp(k->p, e->name, k->n < e->n ? k->n : e->n);
	return c ? c : (k->n > e->n) - (k->n < e->n);
}

unsigned tag_flags(struct span name)
{
	if (name.n < 2) /* of one letter they are many, and known is one */
		return name.n && name.p[0] == 'p' ? TAG_BLOCK | TAG_OPTIONAL : 0;
	const struct known *e = bsearch(&name, known, sizeof known / sizeof *known, sizeof *known, compare);
	return e ? e->flags : 0;
}

struct span tag_name(const struct tag *t)
{
	return (struct span){t->name, t->name_n};
}

static bool letter(char c)
{
	return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

void tag_scan_init(struct tag_scan *x, struct span s)
{
	x->s = s; /* not all of it: texts are many and short, and what was gone is not read without a number
		   */
	x->at = x->n_gone = 0;
	x->no_comment_end = false;
	x->quote[0].from = x->quote[0].at = x->quote[1].from = x->quote[1].at = 0;
}

static size_t after(size_t found, size_t n, struct span s)
{
	return found == SIZE_MAX ? s.n : found + n;
}

/* Does '<' at `at` begin something other than text? */
static bool begins(struct span s, size_t at)
{
	if (at + 1 >= s.n)
		return false;
	char c = s.p[at + 1];
	return letter(c) || c == '!' || c == '?' || (c == '/' && at + 2 < s.n);
}

/* Reads the name at `at`; returns the offset behind it. */
static size_t read_name(struct span s, size_t at, struct tag *out)
{
	out->name_n = 0;
	for (; at < s.n && !blank(s.p[at]) && s.p[at] != '>' && s.p[at] != '/'; at++) {
		if (s.p[at] == '<' && begins(s, at))
			break; /* one that begins no tag is part of the name, as in browsers */
		if (out->name_n < TAG_NAME_MAX - 1)
			out->name[out->name_n++] = lower(s.p[at]);
	}
	out->name[out->name_n] = 0;
	out->flags = tag_flags(tag_name(out));
	return at;
}

/* The next quote q at or after `at`; what was found once is not looked for again. */
static size_t next_quote(struct tag_scan *x, char q, size_t at)
{
	size_t k = q == '"' ? 0 : 1;
	if (at < x->quote[k].from || at > x->quote[k].at || x->quote[k].at == 0) {
		x->quote[k].from = at;
		x->quote[k].at = span_find_byte(x->s, q, at);
	}
	return x->quote[k].at;
}

/* The value at `at` (behind '=' and blanks); returns the offset behind it. */
static size_t read_value(struct tag_scan *x, size_t at, struct span *value)
{
	struct span s = x->s;
	size_t from = at;
	if (at < s.n && (s.p[at] == '"' || s.p[at] == '\'')) {
		size_t to = next_quote(x, s.p[at], at + 1);
		if (to != SIZE_MAX) {
			*value = span_cut(s, at + 1, to);
			return to + 1;
		}
		from = ++at;
	}
	while (at < s.n && !blank(s.p[at]) && s.p[at] != '>')
		at++;
	*value = span_cut(s, from, at);
	return at;
}

/* Reads attributes from `at` to the tag's end; returns the offset behind '>'. */
static size_t read_attrs(struct tag_scan *x, size_t at, struct tag *out)
{
	struct span s = x->s;
	size_t size = 0;
	out->n_attrs = 0;
	out->attrs_left = false;
	for (;;) {
		while (at < s.n && (blank(s.p[at]) || s.p[at] == '/'))
			at++;
		if (at >= s.n || s.p[at] == '<')
			return at;
		if (s.p[at] == '>')
			return at + 1;
		size_t from = at++;
		while (at < s.n && !blank(s.p[at]) && s.p[at] != '/' && s.p[at] != '>' && s.p[at] != '=' &&
			s.p[at] != '<')
			at++;
		struct tag_attr a = {span_cut(s, from, at), {NULL, 0}};
		size_t eq = at;
		while (eq < s.n && blank(s.p[eq]))
			eq++;
		if (eq < s.n && s.p[eq] == '=') {
			at = eq + 1;
			while (at < s.n && blank(s.p[at]))
				at++;
			at = read_value(x, at, &a.value);
		}
		if (out->n_attrs < ATTRS_MAX && a.name.n + a.value.n <= TAG_MAX - size) {
			size += a.name.n + a.value.n;
			out->attrs[out->n_attrs++] = a;
		} else {
			out->attrs_left = true;
		}
	}
}

/* "<!…", "<?…", "</" before no letter: nothing of it is read. */
static size_t skip_other(struct tag_scan *x, size_t at)
{
	struct span s = x->s;
	if (span_starts(span_cut(s, at, at + 4), "<!--")) {
		if (at + 4 < s.n && s.p[at + 4] == '>')
			return at + 5;
		size_t end = span_find(s, SPAN("-->"), at + 4);
		x->no_comment_end = end == SIZE_MAX; /* as in browsers, nothing behind it is read */
		return after(end, 3, s);
	}
	return after(span_find_byte(s, '>', at), 1, s);
}

void tag_next(struct tag_scan *x, struct tag *out)
{
	struct span s = x->s;
	size_t at = x->at;
	out->kind = TAG_END_OF_INPUT;
	if (at >= s.n)
		return;
	size_t lt = at;
	while ((lt = span_find_byte(s, '<', lt)) != SIZE_MAX && !begins(s, lt))
		lt++;
	if (lt != at) {
		out->kind = TAG_TEXT;
		x->at = lt == SIZE_MAX ? s.n : lt;
		out->text = span_cut(s, at, x->at);
		return;
	}
	if (letter(s.p[at + 1])) {
		out->kind = TAG_START;
		x->at = read_attrs(x, read_name(s, at + 1, out), out);
	} else if (s.p[at + 1] == '/' && letter(s.p[at + 2])) {
		out->kind = TAG_END;
		size_t i = read_name(s, at + 2, out);
		while (i < s.n && s.p[i] != '>' && s.p[i] != '<')
			i++;
		x->at = i < s.n && s.p[i] == '>' ? i + 1 : i;
	} else {
		out->kind = TAG_OTHER;
		x->at = skip_other(x, at);
	}
}

static bool is_gone(const struct tag_scan *x, const struct tag *t)
{
	for (size_t i = 0; i < x->n_gone; i++)
		if (strcmp(x->gone[i].name, t->name) == 0)
			return true;
	return false;
}

static void remember_gone(struct tag_scan *x, const struct tag *t)
{
	if (x->n_gone < sizeof x->gone / sizeof *x->gone)
		memcpy(x->gone[x->n_gone++].name, t->name, sizeof t->name);
}

/* Does the name stand at `at`, followed by something that ends a name? */
static bool named(struct span s, size_t at, const struct tag *t)
{
	if (!span_is_ci(span_cut(s, at, at + t->name_n), t->name))
		return false;
	at += t->name_n;
	return at >= s.n || blank(s.p[at]) || s.p[at] == '>' || s.p[at] == '/';
}

bool tag_content(struct tag_scan *x, const struct tag *t, bool nested, struct span *content)
{
	struct span s = x->s;
	size_t open = 1;
	if (is_gone(x, t))
		return false;
	for (size_t at = x->at; (at = span_find_byte(s, '<', at)) != SIZE_MAX; at++) {
		if (nested && named(s, at + 1, t))
			open++;
		if (at + 1 >= s.n || s.p[at + 1] != '/' || !named(s, at + 2, t) || --open)
			continue;
		*content = span_cut(s, x->at, at);
		x->at = after(span_find_byte(s, '>', at), 1, s);
		return true;
	}
	remember_gone(x, t);
	return false;
}
