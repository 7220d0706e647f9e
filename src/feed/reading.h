/* reading: an XML feed being read; what xml.c (elements) and fields.c (their contents) share. Within feed/
 * only. */
#ifndef FEED_READING_H
#define FEED_READING_H

#include "base/limits.h"
#include "feed/gather.h"

struct level {
	unsigned where;            /* IN_* of its children; 0: skipped */
	bool entry;                /* this element began the entry */
	const struct word *person; /* it is; NULL: none */
	const char *base;          /* in the arena; NULL none */
	const char *lang;
};

enum { CACHE = 128 }; /* words met, by the address of their name; a power of two */

struct cached {
	const char *name, *ns;
	size_t name_n, ns_n;
	unsigned where;
	const struct word *word;
	enum ns space;
};

struct reading {
	struct making *m;
	struct markup_place place; /* set by markup/ */
	size_t remarks;            /* made before */
	struct arena_mark before;  /* where the arena stood */
	struct parts entry;
	bool in_entry, seen_root, html, cdf, case_told;
	struct level level[DEPTH_MAX + 1]; /* level[0] is the document */
	unsigned depth;
	struct gather g;
	struct span root_ns;       /* in the arena */
	bool atom;                 /* its elements without a name space are Atom's */
	struct str name, mail;     /* of the person being read */
	const struct word *author; /* that gave the entry's */
	bool guid_is_link;
	int64_t period, frequency;
	struct cached cache[CACHE];
};

static inline const struct level *reading_here(const struct reading *r)
{
	return &r->level[r->depth];
}

static inline struct parts *reading_parts(struct reading *r) /* what the fields are of */
{
	return r->in_entry ? &r->entry : &r->m->head;
}

void field_address(struct reading *r, enum slot slot, struct span address, int rank);
/* The element that has begun is a field. */
void field_begin(struct reading *r, const struct word *w, enum ns ns, const struct markup_attr *a, size_t n);
/* <link> and enclosures, by their attributes. */
void field_link(struct reading *r, const struct word *w, enum ns ns, const struct markup_attr *a, size_t n);
void field_enclosure(struct reading *r, enum ns ns, const struct markup_attr *a, size_t n);
void field_end(struct reading *r); /* the field in r->g is whole */
void field_person_end(struct reading *r, const struct word *w);

#endif
