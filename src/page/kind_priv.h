/* kind_priv: what the files of kind.h share. */
#ifndef PAGE_KIND_PRIV_H
#define PAGE_KIND_PRIV_H

#include "page/head.h"
#include "page/kind.h"

enum {
	WALL_NEAR = 10, /* blocks between the text and the wall behind it */
	FEW_LINKS = 3,
	HEADLINE_BYTES = 33, /* where words are not spaced */
	INDEX_TITLE = 25     /* bytes of a linked title */
};

struct counts {
	size_t titles, teasers; /* lines that are a linked title; of those inside teasers */
	size_t kept, announced; /* bytes of text; of it teasers and what stands behind a linked title */
	size_t boxed;           /* titles in menus */
	size_t linked;          /* bytes of linked titles */
	size_t lines, listed;   /* kept lines; bytes of running text in teasers that were not kept */
	size_t days;            /* linked titles with a day beside them */
	size_t rows, row_bytes; /* of tables: with a linked title in one of their cells */
	uint32_t first, last;   /* kept lines so far */
	bool first_announced;   /* the first line of it */
	bool digest;            /* what is announced is so by "read on" behind it */
	bool dated;             /* a date stands before it */
	bool wall, error;
	bool elsewhere; /* the headline leads to another page */
	bool *opens;    /* by block: it begins with a linked title, or belongs to one */
};

void kind_count(const struct view *v, const struct kind_hints *h, struct counts *c);
/* Is the line a title that leads elsewhere? */
bool kind_is_title(const struct view *v, const struct view_block *b);
/* A headline as articles have it, not the name of a section. */
bool kind_has_headline(const struct view *v, const struct kind_hints *h);

#endif
