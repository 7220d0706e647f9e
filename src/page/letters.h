/* letters: capitals and small letters, bare letters, for comparing names and titles. Within page/ only. */
#ifndef PAGE_LETTERS_H
#define PAGE_LETTERS_H

#include "base/span.h"

uint32_t letter_small(uint32_t c);    /* of Latin, Greek and Cyrillic capitals; others stay */
bool letter_is_small(uint32_t c);     /* Latin, Greek, Cyrillic */
uint32_t letter_bare(uint32_t c);     /* a small Latin letter without its marks: "ế" -> "e"; others stay */
bool letter_is_mark(uint32_t c);      /* punctuation, blanks: no part of a word */
size_t letters_digits(struct span s); /* how many digits of ASCII */
/* Small letters and digits alone; bare: without their marks, as hosts have them. NUL behind; yields the
 * bytes. */
size_t letters_squeeze(struct span s, bool bare, char *out, size_t size);

#endif
