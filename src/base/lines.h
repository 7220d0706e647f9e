/* lines: a stream read line by line, as it comes; memory as much as the longest line, whatever its length. */
#ifndef BASE_LINES_H
#define BASE_LINES_H

#include "base/err.h"
#include "base/str.h"

struct lines {
	int fd;           /* borrowed */
	const char *name; /* for errors; borrowed */
	size_t max;       /* bytes of a line */
	struct str in;    /* private, as what follows: read, not given out */
	size_t from, looked;
	bool end;
};

enum { LINES_END, LINES_LINE, LINES_LONG };

void lines_open(struct lines *l, int fd, const char *name, size_t max);
void lines_close(struct lines *l); /* not the descriptor */
/* The next line, without its end; it stays until the next call. LINES_LONG: it was longer than `max` and is
 * passed over. The last line need not have an end. -1: reading failed. */
MUST_USE int lines_next(struct lines *l, struct span *out, struct err *e);
/* The first byte that is not white space, without taking it (or white space, when `max` bytes of it come
 * first); 0: there is none. -1: reading failed. */
MUST_USE int lines_peek(struct lines *l, struct err *e);
/* All that is left, as one. LINES_LONG: it is longer than `max`, and passed over. */
MUST_USE int lines_rest(struct lines *l, size_t max, struct span *out, struct err *e);

#endif
