/* page: an article's HTML page -> title, lead, text, date, authors, canonical address, language. */
#ifndef PAGE_PAGE_H
#define PAGE_PAGE_H

#include "news/news.h"

struct page_hints {
	const char *url;            /* address the page came from; may be NULL */
	const char *country, *lang; /* of the source; may be NULL */
	const char *title;          /* as the feed gave it; helps to find the headline; may be NULL */
	/* Of the source, base/selector.h; may be NULL, and count for nothing when they cannot be read: what
	 * holds the text, what is not part of it, what holds the date of publication. */
	const char *content, *remove, *date;
	const char *links; /* what holds the links to its articles, for page_links() */
};

/* Why a page's text is what it is. Everything lives in the arena. */
struct page_line {
	struct span text;
	const char *cut; /* why it is no part of the text, English, N_(); NULL: it is */
};

struct page_why {
	const char *chosen; /* the element that holds the text, "html > body > div.body"; NULL: none */
	bool asked;         /* it is what `content` named */
	size_t removed;     /* elements that `remove` named */
	bool from_json;     /* the text is the articleBody that machines are given */
	struct page_line *lines;
	size_t n;
};

/* Fills *out; everything lives in the arena.
 * kind: "article"; "index", a list of articles; "stub", next to nothing. The last two are no fault:
 * R_PAGE_NO_TEXT says so. text: what a reader reads as the article, lead first, one paragraph a line; never
 * what is hidden, unless the page hides all of its text until a script has run. When the page shows less than
 * half of the articleBody it gives to machines, that is the text. summary: the lead as shown, else the page's
 * description. captions: of pictures, one a line. authors: people, desks and agencies, never the outlet nor
 * who edited the text. published: in the zone that readers are shown; a day without its hour where nobody can
 * know the zone. links: what the text points to; of a list its articles. -1: out of memory. */
MUST_USE int page_read(struct arena *a, struct span utf8, const struct page_hints *h, struct article *out,
	struct report *rep, struct err *e);

/* The same, and why; all lines that the page shows, in their order. */
MUST_USE int page_explain(struct arena *a, struct span utf8, const struct page_hints *h, struct article *out,
	struct page_why *why, struct report *rep, struct err *e);

/* A page that leads to articles: a front page, a section. */
struct page_links {
	const char *title, *lang; /* of the page; may be NULL */
	struct page_link {
		const char *url, *title; /* what is shown for it; NULL: nothing */
	} * link;
	size_t n;
};

/* In the order of the page, each address once, at most SECTION_LINKS_MAX. With h->links all that it names,
 * wherever they lead; without it those that look like articles of the same site. R_PAGE_NO_LINKS: there are
 * none. -1 as above. */
MUST_USE int page_links(struct arena *a, struct span utf8, const struct page_hints *h, struct page_links *out,
	struct report *rep, struct err *e);

#endif
