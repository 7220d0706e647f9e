/* names_words: lists of the words around names. Within page/ only. */
#ifndef PAGE_NAMES_WORDS_H
#define PAGE_NAMES_WORDS_H

#include "base/span.h"

enum name_list {
	NAME_ROLE,      /* "editor" */
	NAME_SIGN,      /* "기자", behind a name at once */
	NAME_ROLE_PART, /* "senior" */
	NAME_NEVER,     /* "admin": no name */
	NAME_DAY,       /* "monday": begins a date */
	NAME_DESK,      /* "newsroom" */
	NAME_PAPER,     /* "Tribune" */
	NAME_MEDIUM,    /* "신문", at the end of a name */
	NAME_TALK,      /* within what is no name */
	NAME_EDITOR,    /* the same, and no names follow */
	NAME_PARTICLE   /* "von" */
};

bool name_word_is(struct span s, enum name_list list);
bool name_word_begins(struct span s, enum name_list list);
size_t name_word_ends(struct span s, enum name_list list); /* bytes of the word; 0: none */
bool name_words_within(struct span s, enum name_list list);
/* The longest "by", "Tác giả" … at the beginning; 0: none. */
size_t name_by_length(struct span s);

#endif
