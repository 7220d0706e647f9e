/* utf8: decoding, encoding and counting of UTF-8 as Unicode 15 table 3-7 defines it (no surrogates, no
 * overlong forms, nothing above U+10FFFF). What a text means is the room text/'s business; this is about
 * bytes. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/span.h"

/* Decodes one code point at s.p[*at], moves *at behind it. Ill-formed: returns U+FFFD and moves over the
 * maximal ill-formed subpart (Unicode 15, section 3.9, "substitution of maximal subparts"); *bad, when given,
 * is counted up. */
uint32_t utf8_next(struct span s, size_t *at, size_t *bad);
size_t utf8_encode(uint32_t cp, char out[4]); /* bytes written; surrogates and > 10FFFF become U+FFFD */
bool utf8_valid(struct span s);
size_t utf8_count(struct span s); /* code points; s must be valid */
/* Byte offset of code point number `cp` (clamped to s.n); s must be valid. */
size_t utf8_offset(struct span s, size_t cp);
/* The longest prefix of at most `max` bytes that cuts no code point. */
struct span utf8_prefix(struct span s, size_t max);

/* Line and column (both from 1, in code points) of the byte at `at`. */
void utf8_place(struct span s, size_t at, long *line, long *col);

#endif
