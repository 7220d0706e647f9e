/* ld: JSON-LD as pages have it. Within page/ only. */
#ifndef PAGE_LD_H
#define PAGE_LD_H

#include "page/meta.h"

/* Adds what one script says to *out (first come, first kept). Script that cannot be read even after repairs
 * is left out. */
void ld_read(struct arena *a, struct span script, const char *country, const char *lang, struct meta *out);

#endif
