/* html: markup_html(), a page as a bounded tree.
 *
 *   bytes -> tokens (tag.c) -> clean markup -> libxml2's HTML push parser -> SAX calls -> struct node
 *
 * libxml2 knows which tags close which others, but it is slow or gives up where hostile or merely bad pages
 * live: 1e5 attributes take a minute, below level 256 the page is lost, and unmatched end tags are looked for
 * in the whole stack. So it is fed markup that we have written anew: tags with at most ATTRS_MAX attributes,
 * never more than HTML_DEPTH_MAX open at once (the tag of a deeper one is left out, its content stays), no
 * end tag without its start, every reference already undone, and no script, style, template, noscript, svg or
 * comment. That is also faster, as these are most of the bytes of today's pages. JSON-LD goes round libxml2.
 */
#include "markup/markup.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "markup/entity.h"
#include "markup/tag.h"

#include "base/banned.h"

enum {
	FEED_BYTES = 32 * 1024,              /* clean markup collected before libxml2 gets it */
	PAGE_ATTRS_MAX = 2 * HTML_NODES_MAX, /* of the whole page; those behind are left out */
	LEVELS_MAX = 4 * HTML_DEPTH_MAX, /* of libxml2, above which p, li, td …, which we do not count, are
					    left out too */
	NAMES = 512,                     /* slots of the table of names */
};

struct page {
	struct arena *a;
	struct node *root, *at; /* the innermost open element of our tree */
	unsigned above;         /* open elements that got no node of their own */
	unsigned level;         /* of at, root 0 */
	uint32_t n;             /* nodes made */
	size_t n_text;          /* bytes of text so far */
	bool full;              /* HTML_NODES_MAX or HTML_TEXT_MAX reached */
	bool long_text;         /* it was HTML_TEXT_MAX */
	bool attrs_left;        /* attributes of a tag were left out */
	bool cut;               /* more than BODY_MAX came */
	bool flat;              /* something was nested too deep */
	size_t odd_at;          /* where the one or the other was met first */
	struct str text;        /* of the text node in the making */
	struct str clean;       /* markup not yet given to libxml2 */
	htmlParserCtxt *parser;
	struct span names[NAMES]; /* names met, each stored once */
	VEC(struct span) json;    /* contents of the JSON-LD scripts, views of the input */
	struct {
		char name[TAG_NAME_MAX];
	} open[HTML_DEPTH_MAX];    /* tags written and not closed, but for those that may stay open */
	size_t n_open, n_left_out; /* n_left_out: tags too deep, whose end tags are still to come */
	size_t n_attrs;            /* written so far */
	bool html_seen, body_seen, end_seen;
	char ends[TAG_NAME_MAX + 1]; /* what the page ends in the middle of, as markup; "": it ends well */
	bool deep;                   /* libxml2 holds more than LEVELS_MAX open */
};

/* ---- SAX calls -> nodes ---- */

static struct span intern(struct page *p, struct span s)
{
	uint32_t h = 2166136261u;
	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 16777619u;
	for (unsigned i = 0; i < 8; i++) {
		struct span *slot = &p->names[(h + i) % NAMES];
		if (!slot->p)
			*slot = arena_span(p->a, s);
		if (span_eq(*slot, s))
			return *slot;
	}
	return arena_span(p->a, s);
}

static struct node *add_node(struct page *p)
{
	if (p->n >= HTML_NODES_MAX) {
		p->full = true;
		return NULL;
	}
	struct node *n = arena_new(p->a, struct node);
	n->order = p->n++;
	n->parent = p->at;
	if (!p->at)
		return n;
	n->prev = p->at->last;
	if (n->prev)
		n->prev->next = n;
	else
		p->at->first = n;
	p->at->last = n;
	return n;
}

static void end_text(struct page *p)
{
	if (p->text.n == 0)
		return;
	struct node *n = p->at ? add_node(p) : NULL;
	if (n)
		n->text = arena_span(p->a, str_span(&p->text));
	str_clear(&p->text);
}

static size_t count_attrs(const xmlChar **attrs)
{
	size_t n = 0;
	while (attrs && attrs[2 * n])
		n++;
	return n;
}

static void take_attrs(struct page *p, struct node *n, const xmlChar **attrs)
{
	n->n_attrs = count_attrs(attrs);
	n->attrs = n->n_attrs ? arena_array(p->a, struct markup_attr, n->n_attrs) : NULL;
	for (size_t i = 0; i < n->n_attrs; i++) {
		n->attrs[i].name = intern(p, span_of((const char *)attrs[2 * i]));
		if (attrs[2 * i + 1])
			n->attrs[i].value = arena_span(p->a, span_of((const char *)attrs[2 * i + 1]));
	}
}

/* The script stood for by its number: its text comes from the input, not through libxml2. */
static void take_json(struct page *p, struct node *script)
{
	int64_t i;
	if (!span_to_int64(node_attr(script, "data-json"), &i) || i < 0 || (size_t)i >= p->json.n)
		return;
	struct node *up = p->at;
	p->at = script;
	struct node *n = add_node(p);
	p->at = up;
	if (n)
		n->text = arena_span(p->a, p->json.p[i]);
}

static void on_start(void *ctx, const xmlChar *name, const xmlChar **attrs)
{
	struct page *p = ctx;
	end_text(p);
	struct node *n = NULL;
	if (p->above == 0 && p->level < HTML_DEPTH_MAX && !(p->root && !p->at))
		n = add_node(p);
	if (!n) {
		p->above++;
		p->flat = p->flat || (!p->full && p->at);
		return;
	}
	n->tag = intern(p, span_of((const char *)name));
	take_attrs(p, n, attrs);
	if (span_is(n->tag, "script"))
		take_json(p, n);
	p->level += p->at ? 1 : 0;
	p->at = n;
	if (!p->root)
		p->root = n;
}

static void on_end(void *ctx, const xmlChar *name)
{
	struct page *p = ctx;
	(void)name;
	end_text(p);
	if (p->above)
		p->above--;
	else if (p->at && p->at != p->root) {
		p->at = p->at->parent;
		p->level--;
	}
}

static void on_text(void *ctx, const xmlChar *s, int n)
{
	struct page *p = ctx;
	p->n_text += n > 0 ? (size_t)n : 0;
	if (p->n_text > HTML_TEXT_MAX)
		p->full = p->long_text = true;
	else
		str_add(&p->text, (struct span){(const char *)s, n > 0 ? (size_t)n : 0});
}

/* ---- tokens -> clean markup ---- */

static void give(struct page *p, bool last)
{
	if (p->full || (!last && p->clean.n < FEED_BYTES))
		return;
	if (htmlParseChunk(p->parser, p->clean.p ? p->clean.p : "", (int)p->clean.n, last) ==
		XML_ERR_NO_MEMORY)
		p->full = true;
	if (p->parser->input)
		xmlParserInputShrink(p->parser->input); /* it does so between tags only */
	p->deep = p->parser->nameNr > LEVELS_MAX;
	str_clear(&p->clean);
}

/* The characters of a text or a value, references undone and what libxml2 would take for markup escaped
 * again. White space runs become one character, a line break when one was among them. A text stops when `out`
 * holds FEED_BYTES; returns where. */
static size_t clean_chars(struct str *out, struct span s, size_t at, bool in_attribute)
{
	while (at < s.n && (in_attribute || out->n < FEED_BYTES)) {
		size_t from = at;
		unsigned char c = 0;
		while (at < s.n && (c = (unsigned char)s.p[at]) > ' ' && c != '&' && c != '<' && c != '"' &&
			c != 0x7F)
			at++;
		str_add(out, span_cut(s, from, at));
		if (at >= s.n)
			break;
		uint32_t cp = c;
		if (c == '&') {
			cp = entity_next(s, &at, in_attribute);
			cp = cp ? cp : '&';
		} else {
			at++;
		}
		if (cp <= ' ' || cp == 0x7F) {
			bool line = c == '\n' || c == '\r';
			for (; at < s.n && (unsigned char)s.p[at] <= ' '; at++)
				line = line || s.p[at] == '\n' || s.p[at] == '\r';
			str_addc(out, line ? '\n' : ' ');
		} else if (cp == '&') {
			str_adds(out, "&amp;");
		} else if (cp == '<') {
			str_adds(out, "&lt;");
		} else if (cp == '"' && in_attribute) {
			str_adds(out, "&quot;");
		} else {
			str_add_utf8(out, cp);
		}
	}
	return at;
}

static void write_text(struct page *p, struct span s)
{
	for (size_t at = 0; at < s.n && !p->full; give(p, false))
		at = clean_chars(&p->clean, s, at, false);
}

static bool name_char(char c)
{
	return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '-' || c == '_' ||
	       c == ':' || c == '.';
}

/* Names that libxml2 would trip over are left out, and what no reader and no reading program needs. */
static bool attr_wanted(struct span name)
{
	if (name.n == 0 || name.n >= TAG_NAME_MAX || span_starts_ci(name, "on") ||
		!((name.p[0] | 32) >= 'a' && (name.p[0] | 32) <= 'z'))
		return false;
	for (size_t i = 0; i < name.n; i++)
		if (!name_char(name.p[i]))
			return false;
	return !span_is_ci(name, "srcset") && !span_is_ci(name, "sizes") && !span_is_ci(name, "data-json");
}

static void write_start(struct page *p, const struct tag *t)
{
	str_addc(&p->clean, '<');
	for (size_t i = 0; i < t->name_n; i++)
		str_addc(&p->clean, name_char(t->name[i]) ? t->name[i] : '-');
	for (size_t i = 0; i < t->n_attrs && p->n_attrs < PAGE_ATTRS_MAX; i++) {
		if (!attr_wanted(t->attrs[i].name))
			continue;
		p->n_attrs++;
		str_addc(&p->clean, ' ');
		str_add(&p->clean, t->attrs[i].name);
		str_adds(&p->clean, "=\"");
		clean_chars(&p->clean, t->attrs[i].value, 0, true);
		str_addc(&p->clean, '"');
	}
	str_addc(&p->clean, '>');
}

static void write_end(struct page *p, struct span name)
{
	str_adds(&p->clean, "</");
	for (size_t i = 0; i < name.n; i++)
		str_addc(&p->clean, name_char(name.p[i]) ? name.p[i] : '-');
	str_addc(&p->clean, '>');
}

static void say_end(struct page *p, const char *begin, struct span name)
{
	snprintf(p->ends, sizeof p->ends, "%s%.*s", begin, (int)name.n, name.p);
}

/* Many pages leave out their last end tags, but then all of them; and few end within a tag. */
static void find_end(struct page *p, const struct tag_scan *x, enum tag_kind last, struct span name)
{
	if (x->no_comment_end)
		say_end(p, "<!--", SPAN(""));
	else if (p->full || p->ends[0])
		return;
	else if (last != TAG_TEXT && x->s.n && x->s.p[x->s.n - 1] != '>')
		say_end(p, "<", last == TAG_OTHER ? SPAN("!") : name);
	else if (!p->end_seen && p->body_seen && p->n_open)
		say_end(p, "<", span_of(p->open[p->n_open - 1].name));
}

static bool is_json_ld(const struct tag *t)
{
	if (!span_is(tag_name(t), "script"))
		return false;
	for (size_t i = 0; i < t->n_attrs; i++)
		if (span_is_ci(t->attrs[i].name, "type") &&
			span_find_ci(t->attrs[i].value, "ld+json", 0) != SIZE_MAX)
			return true;
	return false;
}

/* A start tag whose content is not markup or not read. True when nothing more is to be done with it. */
static bool skip_content(struct page *p, struct tag_scan *x, const struct tag *t)
{
	struct span name = tag_name(t), content;
	if (!(t->flags & (TAG_RAW | TAG_DROP)))
		return false;
	if (!tag_content(x, t, !(t->flags & TAG_RAW), &content)) {
		if (span_is(name, "script") || span_is(name, "style")) {
			x->at = x->s.n; /* never closed: nothing behind it is text */
			say_end(p, "<", name);
		}
		return true;
	}
	if (is_json_ld(t)) {
		vec_push(&p->json, content);
		str_addf(&p->clean, "<script type=\"application/ld+json\" data-json=\"%zu\"></script>",
			p->json.n - 1);
	} else if (!(t->flags & TAG_DROP)) {
		write_start(p, t);
		write_text(p, content);
		write_end(p, name);
	}
	return true;
}

static void start_tag(struct page *p, struct tag_scan *x, const struct tag *t)
{
	struct span name = tag_name(t);
	bool *once = span_is(name, "html") ? &p->html_seen : span_is(name, "body") ? &p->body_seen : NULL;
	if ((once && *once) || skip_content(p, x, t))
		return;
	if (once) {
		*once = true;
	} else if (t->flags & TAG_OPTIONAL) {
		if (p->deep)
			return;
	} else if (!(t->flags & TAG_VOID) &&
		   !(span_is(name, "a") && p->n_open && span_is(name, p->open[p->n_open - 1].name))) {
		if (p->n_open == HTML_DEPTH_MAX) {
			p->n_left_out++;
			p->flat = true;
			return;
		}
		memcpy(p->open[p->n_open++].name, t->name, sizeof t->name);
	}
	write_start(p, t);
}

/* libxml2 stops at </html> and opens nothing after </body>, but pages go on there: both are left out. */
static void end_tag(struct page *p, const struct tag *t)
{
	struct span name = tag_name(t);
	p->end_seen = p->end_seen || span_is(name, "html") || span_is(name, "body");
	if (span_is(name, "html") || span_is(name, "body") || (t->flags & TAG_VOID && !span_is(name, "br")))
		return;
	if (t->flags & (TAG_OPTIONAL | TAG_VOID)) {
		if (!p->deep)
			write_end(p, name);
		return;
	}
	if (p->n_left_out) {
		p->n_left_out--;
		return;
	}
	for (size_t i = p->n_open; i-- > 0;)
		if (strcmp(p->open[i].name, t->name) == 0) {
			p->n_open = i;
			write_end(p, name);
			return;
		}
}

static void read_page(struct page *p, struct span utf8)
{
	struct tag_scan x;
	struct tag t;
	tag_scan_init(&x, utf8);
	enum tag_kind last = TAG_TEXT;
	for (tag_next(&x, &t); t.kind != TAG_END_OF_INPUT && !p->full; tag_next(&x, &t)) {
		last = t.kind;
		p->attrs_left = p->attrs_left || (t.kind == TAG_START && t.attrs_left);
		if (t.kind == TAG_TEXT)
			write_text(p, t.text);
		else if (t.kind == TAG_START)
			start_tag(p, &x, &t);
		else if (t.kind == TAG_END)
			end_tag(p, &t);
		give(p, false);
		if ((p->flat || p->full || p->attrs_left) && !p->odd_at)
			p->odd_at = x.at;
	}
	find_end(p, &x, last, tag_name(&t));
	give(p, true);
	end_text(p);
}

static void quiet(void *ctx, const char *text, ...)
{
	(void)ctx;
	(void)text;
}

static htmlParserCtxt *new_parser(struct page *p)
{
	htmlSAXHandler sax = {.startElement = on_start,
		.endElement = on_end,
		.characters = on_text,
		.ignorableWhitespace = on_text,
		.cdataBlock = on_text,
		.warning = quiet,
		.error = quiet,
		.fatalError = quiet};
	htmlParserCtxt *c = htmlCreatePushParserCtxt(&sax, p, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
	if (c)
		htmlCtxtUseOptions(c,
			HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_IGNORE_ENC);
	return c;
}

static void tell_number(struct report *rep, enum remark_id id, int n, long line, long col)
{
	char number[16];
	snprintf(number, sizeof number, "%d", n);
	report_add(rep, id, line, col, number, NULL);
}

static void tell(const struct page *p, struct span utf8, struct report *rep)
{
	long line, col;
	if (p->flat || p->full || p->attrs_left)
		utf8_place(utf8, p->odd_at ? p->odd_at : utf8.n, &line, &col);
	if (p->flat)
		tell_number(rep, R_MARKUP_FLATTENED, HTML_DEPTH_MAX, line, col);
	if (p->attrs_left)
		report_add(rep, R_MARKUP_ATTRIBUTES, line, col, NULL, NULL);
	if (p->long_text)
		tell_number(rep, R_MARKUP_TEXT, HTML_TEXT_MAX, line, col);
	else if (p->full)
		tell_number(rep, R_MARKUP_NODES, HTML_NODES_MAX, line, col);
	if (p->cut || p->ends[0])
		utf8_place(utf8, utf8.n, &line, &col);
	if (p->cut)
		tell_number(rep, R_PAGE_CUT, BODY_MAX, line, col);
	if (p->ends[0])
		report_add(rep, R_MARKUP_ENDS, line, col, p->ends, NULL);
}

int markup_html(struct arena *a, struct span utf8, struct node **root, struct report *rep, struct err *e)
{
	*root = NULL;
	struct page *p = arena_new(a, struct page);
	p->a = a;
	p->parser = new_parser(p);
	if (!p->parser)
		return err_set(e, ERR_SYSTEM, N_("out of memory"), NULL, NULL);
	p->cut = utf8.n > BODY_MAX;
	utf8 = utf8_prefix(utf8, BODY_MAX);
	read_page(p, utf8);
	if (!p->root) {
		p->root = add_node(p);
		p->root->tag = SPAN("html");
	}
	*root = p->root;
	tell(p, utf8, rep);
	htmlFreeParserCtxt(p->parser);
	str_release(&p->text);
	str_release(&p->clean);
	vec_release(&p->json);
	return 0;
}

/* ---- walking ---- */

struct span node_attr(const struct node *n, const char *name)
{
	for (size_t i = 0; i < n->n_attrs; i++)
		if (span_is(n->attrs[i].name, name))
			return n->attrs[i].value;
	return (struct span){NULL, 0};
}

bool node_is(const struct node *n, const char *tag)
{
	return span_is(n->tag, tag);
}

struct node *node_skip(const struct node *n, const struct node *root)
{
	for (; n && n != root; n = n->parent)
		if (n->next)
			return n->next;
	return NULL;
}

struct node *node_after(const struct node *n, const struct node *root)
{
	return n->first ? n->first : node_skip(n, root);
}
