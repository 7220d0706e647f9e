/* gather: the text of the field being read. Within feed/ only. */
#ifndef FEED_GATHER_H
#define FEED_GATHER_H

#include "feed/words.h"

struct gather {
	const struct word *word; /* of the field; NULL: none is read */
	unsigned depth;          /* of its element */
	enum form form;
	bool xml; /* children are markup: text is escaped */
	bool base64;
	bool ignore; /* binary, or it stands elsewhere */
	struct str s;
};

/* The element at `depth` is a field; `atom`: its attributes mean what Atom says they do. */
void gather_begin(struct gather *g, const struct word *w, unsigned depth, enum ns ns, bool atom,
	const struct markup_attr *a, size_t n);
/* Elements inside the field, and the text of either. */
void gather_start(struct gather *g, struct span name, const struct markup_attr *a, size_t n);
void gather_end(struct gather *g, struct span name);
void gather_text(struct gather *g, struct span text, unsigned depth);
/* The field's end: its text is in g->s until the next one begins. False: there is nothing to keep. */
bool gather_finish(struct gather *g);

#endif
