/* story: which articles are copies of one story. A fingerprint (MinHash over word shingles of the folded
 * text) per article; two are copies when their estimated resemblance reaches STORY_SAME. */
#ifndef STORY_STORY_H
#define STORY_STORY_H

#include "text/text.h"

enum { STORY_HASHES = 32, STORY_HEX = STORY_HASHES * 8 }; /* 32-bit minima; 256 hex digits as text */

struct fingerprint {
	uint32_t min[STORY_HASHES];
	bool known; /* false: too short to tell */
};

void story_fingerprint(const struct text *title, const struct text *body, struct fingerprint *out);
void fingerprint_format(const struct fingerprint *f, char out[STORY_HEX + 1]); /* "" when not known */
bool fingerprint_parse(struct span s, struct fingerprint *out);
/* Estimated resemblance, 0 to 1. */
double story_resemblance(const struct fingerprint *a, const struct fingerprint *b);
bool story_same(const struct fingerprint *a, const struct fingerprint *b);

#endif
