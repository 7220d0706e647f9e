/* page: an article's HTML page -> title, lead, text, date, authors, canonical address, language. */
#ifndef PAGE_PAGE_H
#define PAGE_PAGE_H

#include "news/news.h"

struct page_hints {
	const char *url;            /* address the page came from; may be NULL */
	const char *country, *lang; /* of the source; may be NULL */
	const char *title;          /* as the feed gave it; helps to find the headline; may be NULL */
};

/* Fills *out (kind, title, summary, text, captions, authors, published, updated, canonical, lang, links). A
 * page without an article is no fault: kind is "index" or "stub", and a remark says why. -1: refused by
 * limits. */
MUST_USE int page_read(struct arena *a, struct span utf8, const struct page_hints *h, struct article *out,
	struct report *rep, struct err *e);

#endif
