/* explain: a view after the article was found -> struct page_why. Within page/ only. */
#ifndef PAGE_EXPLAIN_H
#define PAGE_EXPLAIN_H

#include "page/page.h"
#include "page/view.h"

void explain_page(struct arena *a, const struct view *v, uint32_t container, struct page_why *out);

#endif
