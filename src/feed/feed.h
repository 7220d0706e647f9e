/* feed: markup -> entries. RSS 0.9x, 1.0 (RDF), 2.0, Atom, CDF, JSON Feed, sitemaps with and without news,
 * plain lists of addresses. */
#ifndef FEED_FEED_H
#define FEED_FEED_H

#include "news/news.h"

struct feed {
	const char *format; /* "rss" "rdf" "atom" "json" "sitemap" "list" */
	const char *title, *link, *lang;
	int64_t ttl;         /* seconds, 0: none */
	uint32_t skip_hours; /* bits of the hours (GMT) and days (0: Monday) it asks to be left alone */
	uint32_t skip_days;
	struct article **entries; /* in the arena, in feed order; id, source and fetched not yet set; kind
				     "index" those of a sitemap index */
	size_t n;
	bool partial; /* cut short, or cut off at cut_at: whole entries kept */
};

struct feed_hints {
	const char *url;            /* base of relative addresses; may be NULL */
	struct span content_type;   /* as HTTP gave it; a hint only, the bytes decide */
	const char *country, *lang; /* of the source; for dates without zone; may be NULL */
	size_t cut_at; /* it is the beginning of a feed of more bytes than these; 0: it is whole */
};

/* -1 with ERR_DATA: not a feed (e->todo suggests the feed a page links to, when it does); with ERR_LIMIT:
 * refused, or the beginning of a feed that holds no whole entry. An entry's summary and text are plain text;
 * text only when the feed gives the whole article (content:encoded, atom:content, content_html). */
MUST_USE int feed_read(struct arena *a, struct span utf8, const struct feed_hints *h, struct feed *out,
	struct report *rep, struct err *e);
/* Addresses of feeds an HTML page offers (<link rel="alternate">), resolved against base; NULL-terminated, in
 * the arena. */
const char **feed_discover(struct arena *a, struct span utf8_html, const char *base, size_t *n);

#endif
