/* phrases_priv: what the files with lists of phrases share. */
#ifndef PAGE_PHRASES_PRIV_H
#define PAGE_PHRASES_PRIV_H

#include "page/words.h"

enum { LINE_BYTES = 200, HEADING_BYTES = 90, TALK_BYTES = 420 };

/* The line in lower case, white space as it is; false when it is longer than max. out has room for three
 * times as much. */
bool phrases_fold(struct span line, char *out, size_t max, struct span *folded);
/* Without the marks around it. */
struct span phrases_trim(struct span s);

#endif
