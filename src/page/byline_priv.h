/* byline_priv: what the files about bylines share. */
#ifndef PAGE_BYLINE_PRIV_H
#define PAGE_BYLINE_PRIV_H

#include "page/head.h"

enum { LINE_BYTES = 160, NAMED_BYTES = 120, BEHIND_LINES = 8 };

struct authors {
	struct arena *a;
	const struct meta *m;
	const char *host; /* of the page; may be NULL */
	const char **list;
	size_t n;
	bool strict; /* a single word is no name: the line says more than that */
	bool told;   /* to machines: lists of names, without towns */
};

/* Adds what is a name, once; all of a line: "A, B and C" -> three. */
void byline_add(struct authors *x, struct span s);
void byline_add_all(struct authors *x, struct span s);

/* byline_signs.c */
void byline_of_head(struct authors *x, struct span line);   /* of one of the article's first lines */
void byline_of_ending(struct authors *x, struct span line); /* its last, or one behind it */
void byline_of_report(struct authors *x, struct span line); /* its last, "…있습니다. 홍가람입니다." */
void byline_behind(struct authors *x, const struct view *v, uint32_t from); /* lines behind it */

#endif
