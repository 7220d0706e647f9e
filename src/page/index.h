/* index: what a list of articles is called, and where it leads. Within page/ only. */
#ifndef PAGE_INDEX_H
#define PAGE_INDEX_H

#include "page/kind.h"
#include "page/page.h"

/* Its name, never the headline of one of its articles nor the outlet's behind that of a section; `title` when
 * nothing else is known. host: of the page; may be NULL. */
const char *index_name(struct arena *a, const struct view *v, const struct kind_hints *h, const char *title,
	const char *host);
/* links.c: the articles that a page leads to, in its order. base: the page's address; NULL: only what is
 * whole is an address. */
const char **index_links(struct arena *a, struct view *v, const char *base, size_t *n);

#endif
