/* ld: JSON-LD as pages have it. Within page/ only. */
#ifndef PAGE_LD_H
#define PAGE_LD_H

#include "page/meta.h"

/* Adds what the scripts of a page say to *out (first come, first kept), which knows the page's titles. Of
 * script that cannot be read even after repairs the dates and the author are taken. */
void ld_read(struct arena *a, const struct span *scripts, size_t n, const char *country, const char *lang,
	struct meta *out);

#endif
