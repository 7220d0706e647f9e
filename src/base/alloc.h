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

#endif
