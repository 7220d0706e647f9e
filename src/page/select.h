/* select: the elements that a source's selectors mean. Within page/ only. */
#ifndef PAGE_SELECT_H
#define PAGE_SELECT_H

#include "base/selector.h"
#include "markup/markup.h"

/* The path that means the element; NULL when none does. */
const struct selector_path *select_match(const struct selector *s, const struct node *n);
/* Takes what is meant out of the tree. Returns how many elements. */
size_t select_remove(const struct selector *s, struct node *root);

#endif
