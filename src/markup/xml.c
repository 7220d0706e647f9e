/* xml: markup_xml(). Three passes, each only when the one before did not do:
 *
 *   guard.c    the bytes: no monstrous tag; the document's own DTD is read apart (dtd.c) and cut out
 *   here       libxml2's SAX2 parser, strict: nearly all feeds end here
 *   loose.c    our own tokenizer, which takes everything and says what it had to mend
 *
 * libxml2's recovery mode is not used: after the first fatal error it silently drops the predefined entities
 * in all the rest ("A & B" makes "C &amp; D" into "C  D"). Mending the bytes and giving them to libxml2 again
 * was thought of: but the mender must know about tags, attributes, CDATA and entities anyway, and then it has
 * parsed. The options stay bare: no NOENT, no HUGE, no DTD loading. */
#include "markup/xml_priv.h"

#include <libxml/parser.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "markup/entity.h"

#include "base/banned.h"

enum {
	SLOTS = 64,      /* of the table of names met; a power of two */
	CHUNK = 1 << 16, /* bytes given to the push parser at a time */
};

struct strict {
	const struct markup_events *on;
	void *ctx;
	xmlParserCtxt *parser;
	unsigned depth, namespaces;
	unsigned char declared[DEPTH_MAX]; /* namespaces each open element declared */
	bool deep, refused, root_closed, broken;
	struct {
		const xmlChar *p;
		size_t n;
	} met[SLOTS];
	struct markup_attr *attrs; /* ATTRS_MAX */
	struct str values;         /* attribute values that had to be changed */
	char prefix[32];           /* the first that was not declared */
	struct markup_place prefix_at, deep_at;
	char fault[120];              /* libxml2's words for the first fatal error, its place */
	long line, col, lines_before; /* lines_before: the document libxml2 is given */
};

/* Where the tag begins that libxml2 has just read: "<" cannot stand in a well-formed one. */
static struct markup_place place_of(const struct strict *x)
{
	const xmlParserInput *input = x->parser->input;
	const xmlChar *lt = input->cur;
	struct markup_place p = {x->lines_before + input->line, input->col};
	long lines = 0;
	for (; lt > input->base && *lt != '<'; lt--)
		lines += *lt == '\n';
	if (!lines) {
		p.col -= input->cur - lt;
		return p;
	}
	p.line -= lines;
	for (p.col = 1; lt > input->base && lt[-1] != '\n'; lt--)
		p.col += (lt[-1] & 0xC0) != 0x80;
	return p;
}

/* libxml2 keeps each name once, so that its length is measured once too. */
static struct span name_span(struct strict *x, const xmlChar *p)
{
	if (!p)
		return (struct span){NULL, 0};
	size_t slot = ((uintptr_t)p >> 3) % SLOTS;
	if (x->met[slot].p != p) {
		x->met[slot].p = p;
		x->met[slot].n = strlen((const char *)p);
	}
	return (struct span){(const char *)p, x->met[slot].n};
}

static struct span name_space(struct strict *x, const xmlChar *prefix, const xmlChar *uri)
{
	if (uri || !prefix)
		return name_span(x, uri);
	struct span p = name_span(x, prefix);
	if (!x->prefix[0]) {
		struct span cut = utf8_prefix(p, sizeof x->prefix - 1);
		memcpy(x->prefix, cut.p, cut.n);
		x->prefix_at = place_of(x);
	}
	return xml_customary(p);
}

/* Without NOENT libxml2 hands out "&" in attribute values as "&#38;", for the tree builder to undo. */
static struct span value_span(struct strict *x, const xmlChar *from, const xmlChar *to)
{
	struct span s = {(const char *)from, (size_t)(to - from)};
	size_t amp = span_find_byte(s, '&', 0), at = 0;
	if (amp == SIZE_MAX)
		return s;
	size_t start = x->values.n;
	for (; amp != SIZE_MAX; amp = span_find_byte(s, '&', at)) {
		str_add(&x->values, span_cut(s, at, amp + 1));
		at = span_starts(span_cut(s, amp, s.n), "&#38;") ? amp + 5 : amp + 1;
	}
	str_add(&x->values, span_cut(s, at, s.n));
	return span_cut(str_span(&x->values), start, x->values.n);
}

static void stop(struct strict *x)
{
	x->refused = true;
	xmlStopParser(x->parser);
}

static void on_start(void *ctx, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri, int n_ns,
	const xmlChar **ns, int n, int defaulted, const xmlChar **a)
{
	struct strict *x = ctx;
	(void)ns;
	(void)defaulted;
	if (x->refused)
		return;
	if (x->depth++ >= DEPTH_MAX) {
		if (!x->deep)
			x->deep_at = place_of(x);
		x->deep = true;
		if (x->depth > DEPTH_SKIP_MAX)
			stop(x);
		return;
	}
	x->declared[x->depth - 1] = (unsigned char)n_ns;
	x->namespaces += (unsigned)n_ns;
	if (x->namespaces > NAMESPACES_MAX || n_ns > UINT8_MAX || n > ATTRS_MAX) {
		stop(x);
		return;
	}
	if (!x->on->start)
		return;
	if (x->on->place)
		*(struct markup_place *)((char *)x->ctx + x->on->place) = place_of(x);
	str_clear(&x->values);
	str_room(&x->values, TAG_MAX); /* so that the spans stay where they are */
	for (int i = 0; i < n; i++, a += 5) {
		x->attrs[i].name = name_span(x, a[0]);
		x->attrs[i].ns = name_space(x, a[1], a[2]);
		x->attrs[i].value = value_span(x, a[3], a[4]);
	}
	x->on->start(x->ctx, name_span(x, local), name_space(x, prefix, uri), x->attrs, (size_t)n);
}

static void on_end(void *ctx, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
	struct strict *x = ctx;
	if (x->refused || x->depth-- > DEPTH_MAX)
		return;
	x->namespaces -= x->declared[x->depth];
	x->root_closed = x->depth == 0;
	if (x->on->end)
		x->on->end(x->ctx, name_span(x, local), name_space(x, prefix, uri));
}

static void on_text(void *ctx, const xmlChar *text, int n)
{
	struct strict *x = ctx;
	if (!x->refused && x->on->text && x->depth <= DEPTH_MAX && n > 0)
		x->on->text(x->ctx, (struct span){(const char *)text, (size_t)n});
}

/* A name that an external DTD, never loaded, may have declared: RSS 0.91 has HTML's Latin-1 entities. */
static void on_reference(void *ctx, const xmlChar *name)
{
	char b[4];
	uint32_t cp = entity_named(span_of((const char *)name));
	if (cp) {
		on_text(ctx, (const xmlChar *)b, (int)utf8_encode(cp, b));
		return;
	}
	on_text(ctx, (const xmlChar *)"&", 1); /* nobody knows it: as it stands */
	on_text(ctx, name, (int)strlen((const char *)name));
	on_text(ctx, (const xmlChar *)";", 1);
}

static void on_subset(void *ctx, const xmlChar *name, const xmlChar *public_id, const xmlChar *system_id)
{
	struct strict *x = ctx;
	(void)name;
	(void)public_id;
	(void)system_id;
	if (x->parser->input && x->parser->input->cur && *x->parser->input->cur == '[')
		stop(x);
}

static void on_entity(void *ctx, const xmlChar *name, int type, const xmlChar *public_id,
	const xmlChar *system_id, xmlChar *content)
{
	(void)name;
	(void)type;
	(void)public_id;
	(void)system_id;
	(void)content;
	stop(ctx);
}

static void on_error(void *ctx, xmlErrorPtr error)
{
	struct strict *x = ctx;
	if (error->level != XML_ERR_FATAL || x->broken)
		return;
	x->broken = true;
	struct span words = utf8_prefix(span_trim(span_of(error->message)), sizeof x->fault - 1);
	if (words.n)
		memcpy(x->fault, words.p, words.n);
	x->line = error->line;
	x->col = error->int2;
}

static void push(struct strict *x, struct span s)
{
	for (size_t at = 0; at < s.n && !x->broken && !x->refused; at += CHUNK) {
		size_t n = s.n - at < CHUNK ? s.n - at : CHUNK;
		xmlParseChunk(x->parser, s.p + at, (int)n, 0);
	}
}

/* The document without its own DTD, in whose place its line ends stand, so that lines keep their numbers. */
static void push_around(struct strict *x, struct span s, size_t from, const struct dtd *d)
{
	if (d->to <= from) {
		push(x, span_cut(s, from, s.n));
		return;
	}
	push(x, span_cut(s, from, d->from));
	for (size_t i = d->from; i < d->to; i++)
		if (s.p[i] == '\n')
			push(x, span_cut(s, i, i + 1));
	push(x, span_cut(s, d->to, s.n));
}

/* Offsets to libxml2 begin at `from`. */
static long lines_before(struct span s, size_t from)
{
	long n = 0;
	for (size_t i = 0; i < from; i++)
		n += s.p[i] == '\n';
	return n;
}

/* One strict run. Whether it went well is in x. */
static int strict_run(struct strict *x, struct span s, size_t from, const struct dtd *d, struct err *e)
{
	xmlSAXHandler sax = {
		.initialized = XML_SAX2_MAGIC,
		.startElementNs = on_start,
		.endElementNs = on_end,
		.characters = on_text,
		.ignorableWhitespace = on_text,
		.cdataBlock = on_text,
		.reference = on_reference,
		.internalSubset = on_subset,
		.entityDecl = on_entity,
		.serror = on_error,
	};
	x->parser = xmlCreatePushParserCtxt(&sax, x, NULL, 0, NULL);
	if (!x->parser)
		return err_set(e, ERR_SYSTEM, N_("out of memory"), NULL, NULL);
	xmlCtxtUseOptions(x->parser, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC);
	x->lines_before = lines_before(s, from);
	push_around(x, s, from, d);
	if (!x->broken && !x->refused)
		xmlParseChunk(x->parser, "", 0, 1);
	xmlFreeParserCtxt(x->parser);
	return 0;
}

static int whole(struct strict *x, struct span s, size_t from, struct report *rep)
{
	int outcome = x->broken ? MARKUP_REPAIRED : MARKUP_WHOLE;
	if (x->broken) /* well up to the end of the root: what follows it is no part of the document */
		report_add(rep, R_MARKUP_JUNK, x->lines_before + x->line, x->col, NULL, NULL);
	if (x->prefix[0]) {
		report_add(rep, R_MARKUP_PREFIX, x->prefix_at.line, x->prefix_at.col, x->prefix, NULL);
		outcome = MARKUP_REPAIRED;
	}
	if (x->deep) {
		char text[16];
		snprintf(text, sizeof text, "%d", DEPTH_MAX);
		report_add(rep, R_MARKUP_CUT, x->deep_at.line, x->deep_at.col, text, NULL);
	}
	if (!xml_begins_well(s, from)) {
		report_add(rep, R_MARKUP_JUNK, 1, 1, NULL, NULL);
		outcome = MARKUP_REPAIRED;
	}
	return outcome;
}

int markup_xml(struct span s, const struct markup_events *on, void (*reset)(void *ctx), void *ctx,
	struct report *rep, struct err *e)
{
	struct markup_attr attrs[ATTRS_MAX];
	struct strict x = {.on = on, .ctx = ctx, .attrs = attrs};
	struct dtd *dtd = xmalloc(sizeof *dtd); /* of which hardly any is used as a rule */
	int rc = -1;
	size_t from = xml_begin(s);
	dtd->from = dtd->to = dtd->n = dtd->used = 0;
	str_init(&x.values, TAG_MAX * 2);
	if (xml_guard(s, dtd, e))
		goto done;
	if (reset)
		reset(ctx);
	if (strict_run(&x, s, from, dtd, e))
		goto done;
	if (x.refused) {
		err_set(e, ERR_LIMIT, N_("the document is nested too deep or declares too much; refused"),
			NULL, NULL);
	} else if (x.root_closed) {
		rc = whole(&x, s, from, rep);
	} else {
		if (reset)
			reset(ctx);
		size_t remarks = rep->list.n;
		rc = xml_loose(s, dtd, on, ctx, rep, e);
		if (rc == MARKUP_REPAIRED && rep->list.n == remarks)
			report_add(rep, R_MARKUP_REPAIRED, x.lines_before + x.line, x.col, x.fault, NULL);
	}
done:
	if (rc >= 0 && dtd->to) {
		long line, col;
		utf8_place(s, dtd->from, &line, &col);
		report_add(rep, R_MARKUP_DTD, line, col, NULL, NULL);
	}
	free(dtd);
	str_release(&x.values);
	return rc;
}
