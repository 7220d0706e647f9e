/* meta: what a page says of itself to machines: JSON-LD, OpenGraph, meta and link elements, microdata. Within
 * page/ only. */
#ifndef PAGE_META_H
#define PAGE_META_H

#include "base/arena.h"
#include "base/vec.h"
#include "markup/markup.h"
#include "news/news.h"

struct meta_names {
	VEC(const char *) list;
};

/* All strings are plain text in one line, in the arena; NULL when absent. */
struct meta {
	const char *headline; /* JSON-LD */
	const char *og_title, *page_title, *other_title;
	const char *site; /* name of the outlet */
	const char *description;
	const char *body; /* JSON-LD articleBody, with line breaks */
	const char *canonical, *og_url, *other_url, *lang, *type;
	const char *country; /* whose time its hours are in, ISO 3166-1; NULL: unknown */
	struct stamp published, updated;
	struct stamp
		other_day;  /* published with day and month the other way round, where both can be meant */
	struct stamp dated; /* what less is trusted of: "date", Dublin Core: often the last change */
	struct meta_names json_authors, authors, /* authors: of meta elements, NULL between kinds of them */
		outlets;                         /* outlets: publishers and organisations, never authors */
	bool has_article;                        /* JSON-LD speaks of an article */
	bool titled;                             /* … and by the page's title */
	unsigned n_articles;                     /* … of how many */
};

/* country and lang, of the source, and url, the page's address, help to read dates; may be NULL. */
void meta_read(struct arena *a, const struct node *root, const char *country, const char *lang,
	const char *url, struct meta *out);
/* Reads a date; other: the same with day and month the other way round, when both can be meant. */
bool meta_stamp(struct span s, const char *country, const char *lang, struct stamp *to, struct stamp *other);
void meta_release(struct meta *m);

#endif
