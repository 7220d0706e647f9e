/* plain: markup_text(), HTML fragments as plain text. Used for every title and summary of every feed entry,
 * so no tree is built: the tokenizer runs once over the bytes and the writer below holds back white space
 * until a character needs it. Feeds escape twice in two ways: references ("&amp;nbsp;"), undone in titles,
 * and in texts that have several of letters (else they may be a sample of code); and the markup as a whole
 * ("&lt;p&gt;"), which is told by an escaped end tag or line break in a fragment that has no real tag, and
 * undone before the run. Nobody runs scripts in a feed: what a page shows without them is text here. */
#include "markup/markup.h"

#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "markup/entity.h"
#include "markup/tag.h"

#include "base/banned.h"

enum { LETTERS_TELL = 3 }; /* references to letters that tell of a text escaped twice */

enum gap { GAP_NONE, GAP_SPACE, GAP_LINE };

struct writer {
	struct str *out;
	size_t from;          /* where in out the text began */
	enum gap gap;         /* white space due before the next character */
	bool one_line, twice; /* twice: references are escaped twice */
	bool undone;          /* and one was */
};

static void put_gap(struct writer *w, enum gap g)
{
	if (g > w->gap)
		w->gap = g;
}

static void put_span(struct writer *w, struct span s)
{
	if (s.n == 0)
		return;
	if (w->gap != GAP_NONE && w->out->n > w->from)
		str_addc(w->out, w->gap == GAP_LINE && !w->one_line ? '\n' : ' ');
	w->gap = GAP_NONE;
	str_add(w->out, s);
}

enum class { CHAR_PLAIN, CHAR_BLANK, CHAR_INVISIBLE, CHAR_NOTHING };

/* What a reader sees of it. Soft hyphens and their like are the writer's: text/ passes over them. */
static enum class class_of(uint32_t cp) {
	if (cp <= 0x20 || cp == 0x7F || cp == 0xA0 || (cp >= 0x2000 && cp <= 0x200A) || cp == 0x2028 ||
		cp == 0x2029 || cp == 0x202F || cp == 0x205F || cp == 0x3000) return CHAR_BLANK;
	if (cp == 0xAD || cp == 0x200B || cp == 0x2060) return CHAR_INVISIBLE;
	if (cp == 0xFEFF) return CHAR_NOTHING;
	return CHAR_PLAIN;
}

static void put_char(struct writer *w, uint32_t cp)
{
	char b[4];
	enum class k = class_of(cp);
	if (k == CHAR_BLANK)
		put_gap(w, GAP_SPACE);
	else if (k == CHAR_PLAIN ||
		 (k == CHAR_INVISIBLE && w->out->n > w->from)) /* one that nobody sees is no beginning */
		put_span(w, (struct span){b, utf8_encode(cp, b)});
}

/* Could the character at this byte be other than CHAR_PLAIN, or is it '&'? A quick no for nearly all bytes.
 */
#define X16(x) x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x
static const unsigned char odd_bytes[256] = {
	X16(1), X16(1), 1, ['&'] = 1, [0x7F] = 1, [0xC2] = 1, [0xE2] = 1, [0xE3] = 1, [0xEF] = 1};

static bool odd(unsigned char c)
{
	return odd_bytes[c];
}

/* A blank between two plain characters of a run, which stays as it is: nearly all blanks. */
static bool between(struct span s, size_t from, size_t at)
{
	return s.p[at] == ' ' && at > from && at + 1 < s.n && !odd((unsigned char)s.p[at + 1]);
}

typedef unsigned char lanes __attribute__((vector_size(16)));

/* Behind the plain characters that follow `at` in strides of 16 bytes, single blanks between them included;
 * never behind a blank. */
static size_t stride(struct span s, size_t at)
{
	size_t from = at;
	for (; at + sizeof(lanes) < s.n; at += sizeof(lanes)) {
		lanes v, next;
		uint64_t hit[2];
		memcpy(&v, s.p + at, sizeof v);
		memcpy(&next, s.p + at + 1, sizeof next);
		lanes odd = (lanes)(v < 0x20) | (lanes)(v == '&') | (lanes)(v == 0x7F) | (lanes)(v == 0xC2) |
			    (lanes)(v == 0xE2) | (lanes)(v == 0xE3) | (lanes)(v == 0xEF) |
			    ((lanes)(v == ' ') & (lanes)(next == ' '));
		memcpy(hit, &odd, sizeof hit);
		if (hit[0] | hit[1])
			break;
	}
	while (at > from && s.p[at - 1] == ' ')
		at--;
	return at;
}

static void put_text(struct writer *w, struct span s)
{
	size_t at = 0;
	while (at < s.n) {
		size_t from = at;
		if (!odd((unsigned char)s.p[at]))
			at = stride(s, at);
		while (at < s.n && (!odd((unsigned char)s.p[at]) || between(s, from, at)))
			at++;
		put_span(w, span_cut(s, from, at));
		if (at >= s.n)
			break;
		if (s.p[at] != '&') {
			put_char(w, utf8_next(s, &at, NULL));
			continue;
		}
		size_t amp = at;
		uint32_t cp = entity_next(s, &at, false);
		if (cp == '&' && at > amp + 1 && w->twice)
			w->undone |= entity_again(s, &at, &cp);
		put_char(w, cp ? cp : '&');
	}
}

static bool is_one_of(const struct tag *t, const char *const *names)
{
	for (; *names; names++)
		if (span_is(tag_name(t), *names))
			return true;
	return false;
}

/* Is nothing in the element read? Of a drawing, its words are. */
static bool drops(const struct tag *t, bool in_svg)
{
	static const char *const shown[] = {"noscript", "noembed", "noframes", "template", "textarea", "svg",
		NULL},
				 *const unseen[] = {"title", "desc", "defs", "metadata", NULL};
	return (t->flags & TAG_DROP && !is_one_of(t, shown)) || (in_svg && is_one_of(t, unseen));
}

/* "<!" that is no declaration, and a tag without end and values: what somebody wrote, and no markup. */
static bool is_text(struct span s, size_t from, const struct tag_scan *x, const struct tag *t)
{
	bool ends = x->at < s.n || s.p[s.n - 1] == '>';
	if (t->kind == TAG_OTHER && s.p[from + 1] == '!' && from + 2 < s.n) {
		char c = s.p[from + 2];
		return (!ends && c != '-') || strchr("'\" \t\n.,;:)", c);
	}
	return t->kind == TAG_START && !ends && (!t->n_attrs || !t->attrs[t->n_attrs - 1].value.n);
}

static void put_tag(struct writer *w, struct tag_scan *x, struct tag *t, bool *in_svg)
{
	struct span dropped;
	if (t->flags & TAG_BLOCK)
		put_gap(w, GAP_LINE);
	else if (t->flags & TAG_CELL)
		put_gap(w, GAP_SPACE);
	if (t->kind == TAG_START && drops(t, *in_svg) &&
		!tag_content(x, t, !(t->flags & TAG_RAW), &dropped) &&
		(span_is(tag_name(t), "script") || span_is(tag_name(t), "style")))
		x->at = x->s.n; /* never closed: nothing behind it is text */
	if (t->flags & TAG_DROP && span_is(tag_name(t), "svg"))
		*in_svg = t->kind == TAG_START;
}

static void put_markup(struct writer *w, struct span html)
{
	struct tag_scan x;
	struct tag t;
	bool in_svg = false;
	tag_scan_init(&x, html);
	for (size_t from = 0; tag_next(&x, &t), t.kind != TAG_END_OF_INPUT && !w->out->full; from = x.at) {
		if (t.kind == TAG_TEXT) {
			put_text(w, t.text);
		} else if (is_text(html, from, &x, &t)) {
			x.at = t.kind == TAG_OTHER ? from + 2 : html.n;
			put_text(w, span_cut(html, from, x.at));
		} else if (t.kind != TAG_OTHER) {
			put_tag(w, &x, &t, &in_svg);
		}
	}
}

/* Markup escaped as a whole: no real tag, but an escaped end tag or line break of a tag that we know. */
static bool escaped(struct span s)
{
	static const char *const telling[] = {"/p", "/a", "/div", "/b", "/strong", "/i", "/em", "/span",
		"/li", "/ul", "/h1", "/h2", "/h3", "/h4", "/td", "/table", "/font", "/figure", "/blockquote",
		"br", "br/", "br /"};
	for (size_t lt = 0; (lt = span_find_byte(s, '<', lt)) != SIZE_MAX; lt++)
		if (lt + 1 < s.n &&
			(s.p[lt + 1] == '/' || ((s.p[lt + 1] | 32) >= 'a' && (s.p[lt + 1] | 32) <= 'z')))
			return false;
	for (size_t at = 0; (at = span_find(s, SPAN("&lt;"), at)) != SIZE_MAX; at += 4)
		for (size_t i = 0; i < sizeof telling / sizeof *telling; i++) {
			size_t end = at + 4 + strlen(telling[i]);
			if (span_is_ci(span_cut(s, at + 4, end), telling[i]) &&
				span_starts(span_cut(s, end, s.n), "&gt;"))
				return true;
		}
	return false;
}

static void undo_once(struct span s, struct str *out)
{
	for (size_t at = 0; at < s.n;) {
		size_t amp = span_find_byte(s, '&', at);
		str_add(out, span_cut(s, at, amp));
		if (amp == SIZE_MAX)
			break;
		at = amp;
		uint32_t cp = entity_next(s, &at, false);
		if (cp)
			str_add_utf8(out, cp);
		else
			str_addc(out, '&');
	}
}

/* Has the text several references to letters or blanks that were escaped a second time? */
static bool letters_escaped_twice(struct span s)
{
	size_t n = 0, at = 0;
	uint32_t cp;
	while (n < LETTERS_TELL && (at = span_find(s, SPAN("&amp;"), at)) != SIZE_MAX) {
		at += strlen("&amp;");
		n += entity_again(s, &at, &cp) && (cp == 0xA0 || (cp >= 0xC0 && cp < 0x2000));
	}
	return n == LETTERS_TELL;
}

bool markup_text(struct span html, bool one_line, struct str *out)
{
	struct writer w = {.out = out, .from = out->n, .one_line = one_line};
	bool references = span_find_byte(html, '&', 0) != SIZE_MAX;
	w.twice = references && (one_line || letters_escaped_twice(html));
	if (!references || !escaped(html)) {
		put_markup(&w, html);
		return w.undone;
	}
	struct str once;
	str_init(&once, html.n + 1);
	undo_once(html, &once);
	put_markup(&w, str_span(&once));
	str_release(&once);
	return true;
}
