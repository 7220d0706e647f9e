/* arena: memory that is freed all at once. One per article, one per loaded rule set, one per run.
 * A zeroed struct arena is ready for use. What lives in it is never freed alone. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/span.h"
#include <stdarg.h>

struct arena {
	struct arena_block *head, *spare; /* private */
	size_t used;                      /* bytes handed out since the last clear */
};

void *arena_alloc(struct arena *a, size_t n);    /* zeroed, aligned for any type */
void *arena_raw(struct arena *a, size_t n);      /* not zeroed: for large buffers that are written in full */
char *arena_dup(struct arena *a, struct span s); /* copy, NUL-terminated */
struct span arena_span(struct arena *a, struct span s); /* copy, NUL-terminated too */
char *arena_strdup(struct arena *a, const char *s);     /* NULL gives NULL */
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Where an arena stands; going back to it drops what came to live in it since, whose room is used again. */
struct arena_mark {
	struct arena_block *head, *behind; /* private */
	size_t head_used, used;
};
struct arena_mark arena_mark(const struct arena *a);
void arena_back(struct arena *a, struct arena_mark to);
void arena_clear(struct arena *a);   /* everything in it is gone; some blocks are kept for the next article */
void arena_release(struct arena *a); /* all memory back; accepts a zeroed struct */

#define arena_new(a, type)      ((type *)arena_alloc((a), sizeof(type)))
#define arena_array(a, type, n) ((type *)arena_alloc((a), sizeof(type) * (size_t)(n)))

#endif
