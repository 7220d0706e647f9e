/* xml, private: the passes behind markup_xml(). */
#ifndef MARKUP_XML_PRIV_H
#define MARKUP_XML_PRIV_H

#include "base/limits.h"
#include "base/str.h"
#include "markup/markup.h"

/* An entity that the document declares itself. */
struct own_entity {
	struct span name, value; /* as written */
	bool simple;             /* its value is text: no other entity, no markup, no file, not long */
};

/* The document's own DTD: what stands in the brackets of its doctype. */
struct dtd {
	size_t from, to; /* of the doctype; equal: it has none, or one without brackets */
	struct own_entity entity[DTD_ENTITIES_MAX];
	size_t n;
	size_t used; /* bytes of text put into the document so far */
};

/* Reads the doctype at s.p[at] == '<'. Yields the offset behind it; SIZE_MAX, and a fault, when it is
 * refused: too long, too much in it, or without end. */
size_t dtd_read(struct dtd *d, struct span s, size_t at, struct err *e);
const struct own_entity *dtd_find(const struct dtd *d, struct span name); /* NULL when it declares no such */
/* Appends the entity's text. -1: it is not simple, or the document has put in too much already. */
MUST_USE int dtd_put(struct dtd *d, const struct own_entity *x, struct str *out, struct err *e);

/* The first pass, over the bare bytes: -1 when something in them would hurt a parser (a second DTD, a tag
 * above TAG_MAX or ATTRS_MAX). Reads the document's own DTD. */
MUST_USE int xml_guard(struct span s, struct dtd *d, struct err *e);

/* The last pass: takes whatever it is given and makes the best of it. Returns like markup_xml(), never
 * MARKUP_WHOLE. */
MUST_USE int xml_loose(struct span s, struct dtd *d, const struct markup_events *on, void *ctx,
	struct report *rep, struct err *e);

/* The namespace a prefix stands for by custom, for documents that forgot to declare it; the prefix itself
 * when it is unknown. */
struct span xml_customary(struct span prefix);

/* Offset of the document in what came: behind junk, blanks and the XML declaration. */
size_t xml_begin(struct span s);
/* Is what stands before it an XML declaration at most? */
bool xml_begins_well(struct span s, size_t begin);

#endif
