/* decode: see decode.h. First the content codings, then the charset. The labels of real feeds lie so often
 * that the bytes are asked first: text that is valid UTF-8 and holds multi-byte sequences is hardly ever
 * anything else (a one-byte text would have to pair its letters just so), whatever HTTP and the prolog say.
 * Pure ASCII and valid UTF-8 are not copied. */
#include "decode/decode_priv.h"

#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"

#include "base/banned.h"

enum {
	LABEL_WITHIN =
		4096,    /* bytes in which a document says its charset; junk may stand before the prolog */
	TEXT_GROWTH = 3, /* UTF-8 bytes a byte of a legacy charset may become */
	SURE = 3,        /* sequences that make a short legacy text UTF-8 */
	MOSTLY = 20,     /* well-formed sequences for each ill-formed one, to overrule a label */
};

/* Counts to where the answer cannot change any more when all of it is well-formed: most texts are. */
void utf8_look(struct span s, struct utf8_look *out)
{
	bool valid = utf8_valid(s);
	size_t at = 0;
	*out = (struct utf8_look){0};
	while (at < s.n && !(valid && out->more >= SURE)) {
		uint64_t w;
		if (s.n - at >= 8 && (memcpy(&w, s.p + at, 8), (w & 0x8080808080808080u) == 0)) {
			at += 8;
			continue;
		}
		size_t from = at, bad = out->bad;
		utf8_next(s, &at, &out->bad);
		if (bad == out->bad && at - from == 2)
			out->two++;
		else if (bad == out->bad && at - from > 2)
			out->more++;
	}
	for (const char *p = s.p; p && (p = memchr(p, 0, s.n - (size_t)(p - s.p))); p++)
		out->nul++;
}

/* "charset" or "encoding" = value, from offset `from` on; empty when there is none. */
static struct span parameter(struct span s, const char *name, size_t from)
{
	size_t at = span_find_ci(s, name, from);
	if (at == SIZE_MAX)
		return (struct span){0};
	s = span_trim(span_cut(s, at + strlen(name), s.n));
	if (!s.n || s.p[0] != '=')
		return (struct span){0};
	s = span_trim(span_cut(s, 1, s.n));
	char quote = s.n && (s.p[0] == '"' || s.p[0] == '\'') ? s.p[0] : 0;
	size_t i = quote ? 1 : 0, start = i;
	while (i < s.n && (quote ? s.p[i] != quote : !strchr(" \t\r\n;\"'>/?,", s.p[i])))
		i++;
	return span_trim(span_cut(s, start, i));
}

/* What the document says of itself: the XML prolog, else HTML's meta. */
static struct span own_label(struct span body)
{
	struct span head = span_cut(body, 0, LABEL_WITHIN), label = {0};
	for (size_t at = 0; !label.n && (at = span_find(head, SPAN("<?xml"), at)) != SIZE_MAX; at++) {
		size_t end = span_find(head, SPAN("?>"), at);
		label = parameter(span_cut(head, at, end), "encoding", 0);
	}
	for (size_t at = 0; !label.n && (at = span_find_ci(head, "<meta", at)) != SIZE_MAX; at++)
		label = parameter(span_cut(head, at, span_find_byte(head, '>', at)), "charset", 0);
	return label;
}

static const struct charset *by_bom(struct span s, size_t *skip)
{
	static const struct {
		const char *bytes;
		size_t n;
		const char *charset;
	} boms[] = {{"\xEF\xBB\xBF", 3, "utf-8"}, {"\xFF\xFE\0\0", 4, "utf-32le"},
		{"\0\0\xFE\xFF", 4, "utf-32be"}, {"\xFF\xFE", 2, "utf-16le"}, {"\xFE\xFF", 2, "utf-16be"}};
	for (size_t i = 0; i < sizeof boms / sizeof *boms; i++) {
		if (s.n < boms[i].n || memcmp(s.p, boms[i].bytes, boms[i].n) != 0)
			continue;
		*skip = boms[i].n;
		return charset_named(boms[i].charset);
	}
	return NULL;
}

/* Wide charsets and EBCDIC show in the first four bytes, as XML 1.0, appendix F has it. */
static const struct charset *by_pattern(struct span s)
{
	if (s.n < 4)
		return NULL;
	unsigned zeros = 0;
	for (size_t i = 0; i < 4; i++)
		zeros = zeros << 1 | (s.p[i] == 0);
	switch (zeros) {
	case 0xA:
		return charset_named("utf-16be");
	case 0x5:
		return charset_named("utf-16le");
	case 0xE:
		return charset_named("utf-32be");
	case 0x7:
		return charset_named("utf-32le");
	default:
		return memcmp(s.p, "\x4C\x6F\xA7\x94", 4) == 0 ? charset_named("ibm037") : NULL;
	}
}

static bool is_utf8(const struct utf8_look *l, const struct charset *label)
{
	size_t good = l->two + l->more;
	if (!label || label->kind == CHARSET_UTF8)
		return l->two + SURE * l->more > l->bad; /* three bytes that fit are no chance */
	if (l->bad)
		return good >= MOSTLY && good / MOSTLY > l->bad;
	return label->kind == CHARSET_SINGLE ? good > 0 : l->more > 0 || good >= SURE;
}

/* Does a label name something the bytes can be? Wide charsets would have shown in the pattern but for a text
 * that starts oddly. */
static bool possible(const struct charset *c, struct span body, const struct utf8_look *l)
{
	if (!c)
		return false;
	if (c->kind == CHARSET_WIDE)
		return l->nul > body.n / 4;
	if (c->kind == CHARSET_OTHER)
		return span_find_byte(body, '\x1B', 0) != SIZE_MAX;
	return true;
}

struct labels {
	struct span http, own;
	const struct charset *http_is, *own_is; /* NULL: unknown or impossible */
};

static const struct charset *ascii_name(const struct labels *lb, struct span content_type)
{
	const struct charset *own = lb->own_is;
	if (lb->http_is)
		return lb->http_is;
	if (!lb->http.n && span_starts_ci(content_type, "text/") &&
		!span_starts_ci(content_type, "text/html"))
		return charset_named("us-ascii"); /* RFC 3023's default, and true */
	return own ? own : charset_named("utf-8");
}

static const struct charset *decide(
	struct span body, struct span content_type, struct labels *lb, struct utf8_look *l)
{
	lb->http = parameter(content_type, "charset", 0);
	lb->own = own_label(body);
	lb->http_is = charset_find(lb->http);
	lb->own_is = charset_find(lb->own);
	utf8_look(body, l);
	if (!possible(lb->http_is, body, l))
		lb->http_is = NULL;
	if (!possible(lb->own_is, body, l))
		lb->own_is = NULL;
	const struct charset *label = lb->http_is ? lb->http_is : lb->own_is;
	if (label && (label->kind == CHARSET_WIDE || label->kind == CHARSET_OTHER))
		return label;
	if (l->two + l->more + l->bad == 0)
		return ascii_name(lb, content_type);
	if (is_utf8(l, label))
		return charset_named("utf-8");
	if (label && label->kind ==
			     CHARSET_UTF8) /* HTTP says UTF-8, the bytes say no: the prolog may know better */
		label = lb->own_is && lb->own_is->kind != CHARSET_UTF8 ? lb->own_is : NULL;
	if (!label)
		return charset_guess(body);
	bool latin = strcmp(label->name, "windows-1252") == 0 || strcmp(label->name, "iso-8859-1") == 0;
	const struct charset *behind = latin ? charset_behind_latin(body) : NULL;
	return behind ? behind : label;
}

/* A label of HTTP concerns the whole body. */
static void remark_label(struct span label, const struct charset *is, struct span body, struct report *rep)
{
	char said[48];
	long line = 1, col = 1;
	const struct charset *c = charset_find(label);
	if (!label.n || c == is)
		return;
	struct span cut = utf8_prefix(label, sizeof said - 1);
	memcpy(said, cut.p, cut.n);
	said[cut.n] = 0;
	if (label.p > body.p && label.p < body.p + body.n)
		utf8_place(body, (size_t)(label.p - body.p), &line, &col);
	report_add(rep, c ? R_DECODE_CHARSET_WRONG : R_DECODE_CHARSET_UNKNOWN, line, col, said, is->name);
}

/* Told where the first of them stands, `at` in the text as decoded. */
static void remark_count(struct report *rep, enum remark_id id, size_t n, struct span text, size_t at)
{
	char number[24];
	long line, col;
	utf8_place(text, at, &line, &col);
	snprintf(number, sizeof number, "%zu", n);
	report_add(rep, id, line, col, number, NULL);
}

static size_t drop_nul(char *p, size_t *n)
{
	size_t to = 0;
	for (size_t i = 0; i < *n; i++)
		if (p[i])
			p[to++] = p[i];
	size_t dropped = *n - to;
	*n = to;
	return dropped;
}

static void convert(struct decode *d, struct arena *a, struct span body, const struct charset *c,
	struct decoded *out, struct report *rep)
{
	struct str text;
	str_init(&text, (size_t)BODY_MAX * TEXT_GROWTH);
	size_t bad = charset_convert(d, c, body, &text);
	size_t first_nul = span_find_byte(str_span(&text), 0, 0);
	size_t nul = text.p ? drop_nul(text.p, &text.n) : 0;
	struct span s = str_span(&text);
	if (span_starts(s, "\xEF\xBB\xBF")) /* a mark that became one only now */
		s = span_cut(s, 3, s.n);
	out->text = arena_span(a, s);
	if (bad)
		remark_count(rep, R_DECODE_ILL_FORMED, bad, out->text, span_find(s, SPAN("\xEF\xBF\xBD"), 0));
	if (nul)
		remark_count(rep, R_DECODE_NUL, nul, out->text, first_nul);
	str_release(&text);
}

static void undo_charset(struct decode *d, struct arena *a, struct span body, struct span content_type,
	struct decoded *out, struct report *rep)
{
	struct labels lb = {0};
	struct utf8_look look = {0};
	size_t skip = 0;
	const struct charset *c = by_bom(body, &skip);
	body = span_cut(body, skip, body.n);
	if (!c)
		c = by_pattern(body);
	if (c && c->kind == CHARSET_UTF8)
		utf8_look(body, &look);
	else if (!c)
		c = decide(body, content_type, &lb, &look);
	bool ascii = look.two + look.more + look.bad == 0;
	if (!ascii) {
		remark_label(lb.http, c, body, rep);
		if (!span_eq(lb.http, lb.own))
			remark_label(lb.own, c, body, rep);
	}
	out->charset = c->name;
	bool as_is =
		c->kind == CHARSET_UTF8 || ((c->kind == CHARSET_SINGLE || c->kind == CHARSET_MULTI) && ascii);
	if (as_is && !look.bad && !look.nul)
		out->text = body;
	else
		convert(d, a, body, c, out, rep);
}

/* Without what may be the beginning of a character, where a beginning ends. */
static struct span whole_characters(struct span s)
{
	size_t n = s.n, bad = 0;
	while (n && s.n - n < 3 && ((unsigned char)s.p[n - 1] & 0xC0) == 0x80)
		n--;
	size_t at = n ? n - 1 : 0;
	if (!n || (unsigned char)s.p[at] < 0xC0)
		return s;
	utf8_next(s, &at, &bad);
	return bad && at == s.n ? span_cut(s, 0, n - 1) : s;
}

int decode_start(struct decode *d, struct arena *a, struct span body, struct span content_encoding,
	struct span content_type, bool start, struct decoded *out, struct report *rep, struct err *e)
{
	*out = (struct decoded){0};
	if (coding_undo(a, body, content_encoding, &body, &out->cut, rep, e))
		return -1;
	if (start || out->cut)
		body = whole_characters(body);
	undo_charset(d, a, body, content_type, out, rep);
	return 0;
}

int decode_body(struct decode *d, struct arena *a, struct span body, struct span content_encoding,
	struct span content_type, struct decoded *out, struct report *rep, struct err *e)
{
	if (decode_start(d, a, body, content_encoding, content_type, false, out, rep, e) < 0)
		return -1;
	return out->cut ? decode_refuse(out->cut, e) : 0;
}
