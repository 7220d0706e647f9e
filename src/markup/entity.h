/* entity: character references of HTML. Within markup/ only. */
#ifndef MARKUP_ENTITY_H
#define MARKUP_ENTITY_H

#include "base/span.h"

uint32_t entity_named(struct span name); /* without & and ;  0 when unknown */
/* Reads the reference at s.p[*at] == '&' and moves *at behind it. Returns its code point; 0 when it is none:
 * *at then stands behind the '&', which is meant literally. References to C1 controls mean Windows-1252, as
 * browsers read them. In an attribute value a name needs its semicolon, so that "?a=1&copy=2" stays what it
 * is. */
uint32_t entity_next(struct span s, size_t *at, bool in_attribute);
/* Behind "&amp;": is what stands at *at a reference escaped a second time ("&amp;nbsp;")? Then *cp is set and
 * *at moves behind it. */
bool entity_again(struct span s, size_t *at, uint32_t *cp);

#endif
