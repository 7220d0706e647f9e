/* xml, private: the passes behind markup_xml(). */
#ifndef MARKUP_XML_PRIV_H
#define MARKUP_XML_PRIV_H

#include "base/limits.h"
#include "base/str.h"
#include "markup/markup.h"

/* The first pass, over the bare bytes: -1 when something in them would hurt a parser (an internal DTD subset,
 * a tag above TAG_MAX or ATTRS_MAX). */
MUST_USE int xml_guard(struct span s, struct err *e);

/* The last pass: takes whatever it is given and makes the best of it. Returns like markup_xml(), never
 * MARKUP_WHOLE. */
MUST_USE int xml_loose(
	struct span s, const struct markup_events *on, void *ctx, struct report *rep, struct err *e);

/* The namespace a prefix stands for by custom, for documents that forgot to declare it; the prefix itself
 * when it is unknown. */
struct span xml_customary(struct span prefix);

/* Offset of the document in what came: behind junk, blanks and the XML declaration. */
size_t xml_begin(struct span s);

#endif
