/* selector: which elements of a page are meant, as people write it: a part of CSS ("div.body > p", "#lead",
 * "time.when@datetime") or of XPath ("//div[@class='body']//p", "//time/@datetime"). Only read here; page/
 * finds the elements. feeds(5) documents what is understood. */
#ifndef BASE_SELECTOR_H
#define BASE_SELECTOR_H

#include "base/span.h"

enum { SELECTOR_STEPS = 8, SELECTOR_TESTS = 4, SELECTOR_PATHS = 8 };

enum selector_how {
	SELECTOR_HAS,  /* the attribute is there */
	SELECTOR_IS,   /* is the value */
	SELECTOR_WORD, /* the value is one of its words */
	SELECTOR_BEGINS,
	SELECTOR_ENDS,
	SELECTOR_CONTAINS
};

struct selector_step {
	struct span tag; /* empty: any */
	bool child;      /* of the step before; else anywhere inside it */
	struct {
		struct span name, value;
		enum selector_how how;
	} test[SELECTOR_TESTS];
	size_t n;
};

struct selector_path {
	struct selector_step step[SELECTOR_STEPS];
	size_t n;
	struct span attr; /* the value of this attribute is meant, not the text; empty: the text */
};

/* Spans are views into the text it was read from. */
struct selector {
	struct selector_path path[SELECTOR_PATHS]; /* any of them */
	size_t n;
};

/* False: not understood; *at is then the byte where it stopped making sense. */
bool selector_read(struct span s, struct selector *out, size_t *at);

#endif
