/* ld: see ld.h. Real pages put comments, CDATA marks and raw line breaks into their JSON, and commas behind
 * the last value: a script that is not JSON is mended byte by byte and tried once more. Of what it holds the
 * first object counts whose type is some kind of article and whose headline is the page's title, else the
 * first article; objects in lists of items (teasers) are not looked at. */
#include "page/ld.h"

#include <string.h>

#include "base/limits.h"
#include "base/str.h"
#include "page/head.h"

#include "base/banned.h"

enum {
	LEVELS = 6,
	ITEMS = 64,
	SCRIPT_MAX = 2 << 20,
	NAMES_MAX = 16,
	NAME_BYTES = 120,
	AUTHOR_BYTES = 300,
	SCRIPTS_MAX = 64
};

#define LIKE 0.6f

struct ld {
	struct arena *a;
	const struct json *graph; /* the objects that references point to; NULL: none */
	const char *country, *lang;
	struct meta *out;
};

/* ---- mending ---- */

static struct span unwrap(struct span s)
{
	static const char *const before[] = {
		"<!--", "//<![CDATA[", "<![CDATA[", "/*<![CDATA[*/", "/* <![CDATA[ */"};
	static const char *const behind[] = {"-->", "//]]>", "]]>", "/*]]>*/", "/* ]]> */", ";", "//"};
	bool again = true;
	while (again) {
		again = false;
		s = span_trim(s);
		for (size_t i = 0; i < sizeof before / sizeof *before; i++)
			if (span_starts(s, before[i])) {
				s = span_cut(s, strlen(before[i]), s.n);
				again = true;
			}
		for (size_t i = 0; i < sizeof behind / sizeof *behind; i++)
			if (span_ends(s, behind[i])) {
				s = span_cut(s, 0, s.n - strlen(behind[i]));
				again = true;
			}
	}
	return s;
}

static size_t skip_blank(struct span s, size_t i)
{
	while (i < s.n && (unsigned char)s.p[i] <= ' ')
		i++;
	return i;
}

/* Is the quote at i the end of its string, that is, followed by what may follow a string? */
static bool closes(struct span s, size_t i)
{
	i = skip_blank(s, i + 1);
	if (i < s.n && s.p[i] == ',') {
		i = skip_blank(s, i + 1);
		return i >= s.n || strchr("\"{[}]-0123456789tfn", s.p[i]) != NULL;
	}
	return i >= s.n || s.p[i] == ':' || s.p[i] == '}' || s.p[i] == ']';
}

static void mend(struct span s, struct str *out)
{
	bool in = false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (in && c == '\\') {
			char n = i + 1 < s.n ? s.p[i + 1] : 0;
			if (n && strchr("\"\\/bfnrtu", n)) {
				str_addc(out, c);
				str_addc(out, n);
				i++;
			}
		} else if (in && c == '"') {
			in = !closes(s, i);
			str_adds(out, in ? "\\\"" : "\"");
		} else if ((unsigned char)c < ' ') {
			str_addc(out, ' ');
		} else if (!in && (c == ',' || c == ';')) {
			size_t k = skip_blank(s, i + 1);
			if (c == ',' && k < s.n && s.p[k] != '}' && s.p[k] != ']' && s.p[k] != ',')
				str_addc(out, c);
		} else {
			in = in || c == '"';
			str_addc(out, c);
		}
	}
}

/* Escaped as if it stood in an attribute: "{&quot;@type&quot;:". */
static void unescape(struct span s, struct str *out)
{
	static const char *const entities[][2] = {{"&quot;", "\""}, {"&#34;", "\""}, {"&amp;", "&"},
		{"&#39;", "'"}, {"&lt;", "<"}, {"&gt;", ">"}};
	for (size_t i = 0; i < s.n; i++) {
		const char *plain = NULL;
		for (size_t k = 0; s.p[i] == '&' && !plain && k < sizeof entities / sizeof *entities; k++)
			if (span_starts(span_cut(s, i, s.n), entities[k][0])) {
				plain = entities[k][1];
				i += strlen(entities[k][0]) - 1;
			}
		str_addc(out, plain ? *plain : s.p[i]);
	}
}

static bool is_escaped(struct span s)
{
	size_t i = skip_blank(s, 0);
	i = i < s.n && (s.p[i] == '{' || s.p[i] == '[') ? skip_blank(s, i + 1) : i;
	return span_starts(span_cut(s, i, s.n), "&quot;") || span_starts(span_cut(s, i, s.n), "{&quot;");
}

static struct json *parse(struct span script)
{
	struct err e = {0};
	struct json *doc = NULL;
	struct str plain, mended;
	if (script.n > SCRIPT_MAX || json_parse(script, &doc, &e) == 0)
		return doc;
	err_clear(&e);
	str_init(&plain, script.n + 16);
	str_init(&mended, 2 * script.n + 16);
	if (is_escaped(script)) {
		unescape(script, &plain);
		script = str_span(&plain);
	}
	mend(unwrap(script), &mended);
	if (json_parse(str_span(&mended), &doc, &e) != 0)
		doc = NULL;
	str_release(&plain);
	str_release(&mended);
	return doc;
}

/* ---- reading ---- */

/* Line breaks of a plain text are kept unless one line is wanted. */
static const char *plain(struct ld *x, struct span s, bool one_line)
{
	struct str t;
	struct span line;
	str_init(&t, TEXT_MAX);
	if (one_line)
		markup_text(s, true, &t);
	while (!one_line && span_next(&s, '\n', &line)) {
		if (t.n && t.p[t.n - 1] != '\n')
			str_addc(&t, '\n');
		markup_text(line, false, &t);
	}
	const char *p = t.n ? arena_dup(x->a, str_span(&t)) : NULL;
	str_release(&t);
	return p;
}

static bool is_type(const struct json *v, bool (*is)(struct span))
{
	const struct json *t = json_get(v, "@type");
	if (json_kind(t) != JSON_ARRAY)
		return is(json_string(t));
	for (size_t i = 0; i < json_len(t) && i < ITEMS; i++)
		if (is(json_string(json_at(t, i))))
			return true;
	return false;
}

static bool of_article(struct span t)
{
	return span_ends(t, "Article") || span_ends(t, "Posting") || span_is(t, "Report") ||
	       span_is(t, "Review") || span_ends(t, "NewsItem");
}

static bool of_page(struct span t)
{
	return span_ends(t, "WebPage") || span_is(t, "ItemPage") || span_is(t, "VideoObject") ||
	       span_is(t, "ImageGallery") || span_is(t, "MediaGallery");
}

static bool of_outlet(struct span t)
{
	return span_ends(t, "Organization") || span_is(t, "WebSite") || span_is(t, "Corporation");
}

static bool of_person(struct span t)
{
	return span_is(t, "Person");
}

/* The object a reference {"@id": …} stands for. */
static const struct json *resolve(const struct ld *x, const struct json *v)
{
	struct span id = json_get_string(v, "@id");
	const struct json *graph = x->graph;
	if (id.n == 0 || json_get(v, "name"))
		return v;
	for (size_t i = 0; i < json_len(graph) && i < ITEMS; i++)
		if (span_eq(json_get_string(json_at(graph, i), "@id"), id) &&
			json_get(json_at(graph, i), "name"))
			return json_at(graph, i);
	return v;
}

static void add_name(struct ld *x, struct meta_names *to, struct span name)
{
	const char *s = name.n && name.n <= NAME_BYTES ? plain(x, name, true) : NULL;
	if (s && to->list.n < NAMES_MAX)
		vec_push(&to->list, s);
}

static void add_names(struct ld *x, const struct json *v, struct meta_names *to, int level)
{
	if (json_kind(v) == JSON_STRING) {
		add_name(x, to, json_string(v));
	} else if (json_kind(v) == JSON_ARRAY) {
		for (size_t i = 0; i < json_len(v) && i < ITEMS && level; i++)
			add_names(x, json_at(v, i), to, level - 1);
	} else if (json_kind(v) == JSON_OBJECT && level) {
		v = resolve(x, v);
		add_names(x, json_get(v, json_get(v, "@list") ? "@list" : "name"), to, level - 1);
	}
}

static void take_stamp(struct ld *x, const struct json *v, struct stamp *to)
{
	struct span s = json_string(json_kind(v) == JSON_ARRAY ? json_at(v, 0) : v);
	struct stamp other;
	if (json_kind(v) == JSON_INT) /* seconds or milliseconds */
		s = span_of(arena_printf(x->a, "%lld", (long long)json_int(v)));
	if (!to->known && s.n && meta_stamp(s, x->country, x->lang, to, &other) && to == &x->out->published)
		x->out->other_day = other;
}

static void take_text(struct ld *x, const struct json *v, bool one_line, const char **to)
{
	if (!*to && json_string(v).n)
		*to = plain(x, json_string(v), one_line);
}

static void take_article(struct ld *x, const struct json *v)
{
	struct meta *m = x->out;
	m->has_article = true;
	take_text(x, json_get(v, "headline"), true, &m->headline);
	take_text(x, json_get(v, "articleBody"), false, &m->body);
	take_text(x, json_get(v, "description"), true, &m->description);
	take_text(x, json_get(v, "inLanguage"), true, &m->lang);
	const struct json *page = json_get(v, "mainEntityOfPage");
	take_text(x, json_kind(page) == JSON_OBJECT ? json_get(page, "@id") : page, true, &m->other_url);
	take_text(x, json_get(v, "url"), true, &m->other_url);
	take_stamp(x, json_get(v, "datePublished"), &m->published);
	take_stamp(x, json_get(v, "dateCreated"), &m->published);
	take_stamp(x, json_get(v, "dateModified"), &m->updated);
	if (m->json_authors.list.n == 0)
		add_names(x, json_get(v, "author"), &m->json_authors, LEVELS);
	if (m->json_authors.list.n == 0)
		add_names(x, json_get(v, "creator"), &m->json_authors, LEVELS);
}

static void take_outlet(struct ld *x, const struct json *v)
{
	struct meta_names *to = &x->out->outlets;
	const struct json *publisher = resolve(x, json_get(v, "publisher"));
	if (publisher && !is_type(publisher, of_person))
		add_names(x, json_get(publisher, "name"), to, 2);
	if (is_type(v, of_outlet) && !is_type(v, of_person)) /* some are published by one person */
		add_names(x, json_get(v, "name"), to, 2);
}

/* Of several articles the page's own has its title; related ones stand beside it. */
static bool is_titled(const struct ld *x, const struct json *v)
{
	struct span headline = json_get_string(v, "headline");
	const char *titles[] = {x->out->og_title, x->out->page_title};
	for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
		if (headline.n && titles[i] && head_likeness(headline, span_of(titles[i])) >= LIKE)
			return true;
	return false;
}

/* In this order; a page's own dates count only where no article gave any. */
enum pass { TITLED, ANY_ARTICLE, PAGES, PASSES };

static void visit(struct ld *x, const struct json *v, enum pass pass, int level)
{
	if (level == 0)
		return;
	if (json_kind(v) == JSON_ARRAY) {
		for (size_t i = 0; i < json_len(v) && i < ITEMS; i++)
			visit(x, json_at(v, i), pass, level - 1);
		return;
	}
	if (json_get(v, "@graph"))
		x->graph = json_get(v, "@graph");
	x->out->n_articles += pass == ANY_ARTICLE && is_type(v, of_article);
	if (pass != PAGES && !x->out->has_article && is_type(v, of_article) &&
		(pass != TITLED || is_titled(x, v))) {
		x->out->titled = pass == TITLED;
		take_article(x, v);
	}
	if (pass == PAGES && is_type(v, of_page)) {
		take_stamp(x, json_get(v, "datePublished"), &x->out->published);
		take_stamp(x, json_get(v, "dateModified"), &x->out->updated);
	}
	if (pass == PAGES)
		take_outlet(x, v);
	static const char *const inner[] = {"@graph", "mainEntity", "mainEntityOfPage"};
	for (size_t i = 0; i < sizeof inner / sizeof *inner; i++)
		if (json_kind(json_get(v, inner[i])) == JSON_OBJECT ||
			json_kind(json_get(v, inner[i])) == JSON_ARRAY)
			visit(x, json_get(v, inner[i]), pass, level - 1);
}

/* ---- what cannot be mended ---- */

/* The string behind a key, whatever quotes are around it; empty when it is none. */
static struct span value_behind(struct span s, const char *key)
{
	size_t at = span_find(s, span_of(key), 0), n = strlen(key);
	if (at == SIZE_MAX || at == 0 || !strchr("\"'", s.p[at - 1]))
		return (struct span){NULL, 0};
	for (at += n; at < s.n && strchr("\\\"': \t\r\n[{", s.p[at]); at++)
		;
	size_t end = at;
	while (end < s.n && end - at < NAME_BYTES && !strchr("\\\"'", s.p[end]))
		end++;
	return end < s.n && strchr("\\\"'", s.p[end]) ? span_cut(s, at, end) : (struct span){NULL, 0};
}

/* JSON cut short, with comments in it, in single quotes: the dates and the first author, by their keys. */
static void salvage(struct ld *x, struct span s)
{
	struct meta *m = x->out;
	struct stamp other;
	size_t at = span_find(s, SPAN("author"), 0);
	struct span near = span_cut(s, at ? at - 1 : 0, at == SIZE_MAX ? 0 : at + AUTHOR_BYTES);
	if (m->has_article || !of_article(value_behind(s, "@type")))
		return;
	if (!m->published.known)
		meta_stamp(value_behind(s, "datePublished"), x->country, x->lang, &m->published, &other);
	if (!m->updated.known)
		meta_stamp(value_behind(s, "dateModified"), x->country, x->lang, &m->updated, &other);
	struct span author = value_behind(near, "author"); /* the first key, where it is an object */
	if (span_is(author, "@type") || span_is(author, "name"))
		author = value_behind(near, "name");
	if (m->json_authors.list.n == 0)
		add_name(x, &m->json_authors, author);
}

void ld_read(struct arena *a, const struct span *scripts, size_t n, const char *country, const char *lang,
	struct meta *out)
{
	struct json *docs[SCRIPTS_MAX];
	struct ld x = {a, NULL, country, lang, out};
	n = n < SCRIPTS_MAX ? n : SCRIPTS_MAX;
	for (size_t i = 0; i < n; i++)
		docs[i] = parse(span_trim(scripts[i]));
	for (enum pass pass = TITLED; pass < PASSES; pass++)
		for (size_t i = 0; i < n; i++) {
			x.graph = NULL;
			visit(&x, docs[i], pass, LEVELS);
		}
	for (size_t i = 0; i < n; i++) {
		if (!docs[i] || json_kind(docs[i]) == JSON_STRING)
			salvage(&x, scripts[i]);
		json_free(docs[i]);
	}
}
