/* tags: what an element is, by its tag and what its attributes say. Within page/ only. */
#ifndef PAGE_TAGS_H
#define PAGE_TAGS_H

#include "page/view.h"

enum view_tag tags_find(struct span name);
/* VIEW_* and WORD_* of the element itself: is it a box, hidden, a figure, named a lead …? */
unsigned tags_flags(struct words *words, const struct node *n, enum view_tag tag);
/* Does it set its lines to the right, as signatures stand? */
bool tags_set_right(const struct node *n);

#endif
