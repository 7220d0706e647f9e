/* kind: is a page an article, a list of articles, or next to nothing? Within page/ only. */
#ifndef PAGE_KIND_H
#define PAGE_KIND_H

#include "page/meta.h"
#include "page/view.h"

struct kind_hints {
	const struct meta *meta;
	struct span title;
	size_t shown;        /* bytes of text found */
	uint32_t headline;   /* number of its block; UINT32_MAX: unknown */
	const char *address; /* of the page; may be NULL */
	bool dated;          /* a headline is shown, and when it was published is known */
	bool told_date;      /* machines are told a day */
	bool asked;          /* the source says what the text is */
	bool from_json;      /* the text is not the page's but its articleBody */
};

/* After body_find(): "article", "index" or "stub". */
const char *kind_of(const struct view *v, const struct kind_hints *h);
/* Is the headline a link to another page? Then it is that page's. */
bool kind_headline_elsewhere(const struct view *v, const struct kind_hints *h);

#endif
