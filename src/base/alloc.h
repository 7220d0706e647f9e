/* alloc: the one place where memory can run out. These never return NULL: exhaustion ends the process with
 * status 71 (EX_OSERR of sysexits.h) after one line on stderr; so does exhaustion inside a library, see
 * alloc.c. What input can drive up is held by limits.h long before. */
#ifndef BASE_ALLOC_H
#define BASE_ALLOC_H

#include <stddef.h>

void *xmalloc(size_t n);
void *xcalloc(size_t n, size_t size);
void *xrealloc(void *p, size_t n);
char *xstrdup(const char *s);            /* NULL gives NULL; caller frees */
char *xmemdup0(const void *p, size_t n); /* copy + NUL; caller frees */

/* Large blocks (answers, records) go back to the system when they are freed. Called once, at the start: the C
 * library otherwise raises its threshold with the first one that is freed, and keeps those that follow. */
void alloc_return_large(void);
/* What was freed so far goes back to the system: after something large was loaded that leaves holes. */
void alloc_trim(void);

#endif
