/* shape: what an address alone says about the page behind it. Within page/ only. */
#ifndef PAGE_SHAPE_H
#define PAGE_SHAPE_H

#include "base/span.h"

enum shape_kind {
	SHAPE_NEVER,    /* a file, a list of pages by tag, author or number, a form */
	SHAPE_PLAIN,    /* one or two words, as sections have */
	SHAPE_WORDS,    /* some more */
	SHAPE_SENTENCE, /* a headline */
	SHAPE_NUMBERED, /* a number or a date, as most papers give their articles */
};

struct shape {
	enum shape_kind kind;
	uint32_t form; /* the same for addresses made alike: where numbers stand, how it ends */
};

struct shape shape_of(struct span url);
/* Are the two hosts one site? What stands before the name that was registered does not count. */
bool shape_same_site(struct span host, struct span other);

#endif
