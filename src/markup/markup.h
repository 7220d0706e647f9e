/* markup: UTF-8 -> bounded events (XML) or a bounded tree (HTML). The only room that knows libxml2: all its
 * options and complaints pass here. Never HUGE, never NOENT; an internal DTD subset never reaches it; nothing
 * external is ever loaded. */
#ifndef MARKUP_MARKUP_H
#define MARKUP_MARKUP_H

#include "base/arena.h"
#include "base/err.h"
#include "base/report.h"

struct markup_attr {
	struct span name, ns; /* local name; namespace address, empty when none */
	struct span value;    /* entities undone */
};

/* Where a start tag stands: its line, the column of its beginning or, in well-formed documents, of its end.
 */
struct markup_place {
	long line, col; /* from 1 */
};

/* Events of one XML document. Spans are valid during the call only. */
struct markup_events {
	void (*start)(void *ctx, struct span name, struct span ns, const struct markup_attr *attrs, size_t n);
	void (*text)(void *ctx, struct span text); /* may come in pieces; CDATA too */
	void (*end)(void *ctx, struct span name, struct span ns);
	bool (*reads)(void *ctx); /* is text at this place of any use? NULL: yes. Asked before an entity that
				     must not be put in refuses the whole document */
	size_t place; /* offset in ctx of a struct markup_place that is set before each start; 0: none */
};

enum markup_outcome {
	MARKUP_WHOLE,    /* well-formed */
	MARKUP_REPAIRED, /* after the repairs that the remarks name */
	MARKUP_PARTIAL,  /* cut short or broken beyond repair at some place: events up to there were given */
};

/* Parses strictly; on a fatal error repairs the bytes (bare &, HTML entities, control characters, junk before
 * and after the root, undeclared prefixes, mismatched tags …) and parses again from the start: `reset` is
 * called before, so that the caller drops what it had. Returns the outcome, or -1: refused (bomb, limits), or
 * not XML at all (ERR_DATA). */
MUST_USE int markup_xml(struct span utf8, const struct markup_events *on, void (*reset)(void *ctx), void *ctx,
	struct report *rep, struct err *e);

/* An HTML tree of our own, built from libxml2's push parser within HTML_NODES_MAX and HTML_DEPTH_MAX. Script,
 * style, template, noscript, iframe, svg, textarea and comments are left out but for <script
 * type="application/ld+json">, whose text is kept as written. White space runs are one character. Of a tag,
 * ATTRS_MAX attributes and TAG_MAX bytes are kept, event handlers and srcset never. Of more than BODY_MAX
 * bytes the beginning is read, with a remark. Lives in the arena. */
struct node {
	struct span tag;  /* lower case, empty for text */
	struct span text; /* text node: its text, entities undone */
	struct markup_attr *attrs;
	size_t n_attrs;
	struct node *parent, *first, *last, *next, *prev;
	uint32_t order; /* position in document order, from 0 */
};

MUST_USE int markup_html(
	struct arena *a, struct span utf8, struct node **root, struct report *rep, struct err *e);
struct span node_attr(const struct node *n, const char *name); /* empty when absent */
struct node *node_after(const struct node *n,
	const struct node *root); /* next in document order inside root, NULL at the end */
struct node *node_skip(const struct node *n, const struct node *root); /* the same, not into n's children */
bool node_is(const struct node *n, const char *tag);
/* HTML fragment -> plain text, as a reader sees it: tags dropped, blocks become line breaks, entities undone
 * (twice-escaped ones too), white space collapsed. `out` is appended to. For titles pass one_line.
 * True when something was escaped twice and undone. */
struct str;
bool markup_text(struct span html, bool one_line, struct str *out);

#endif
