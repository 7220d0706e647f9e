/* alloc: see alloc.h. The exit is here because nothing sensible can be unwound without memory; the queue is safe since every
 * change to it is one transaction. */
#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/banned.h"

static void *checked(void *p)
{
	static const char msg[] = "soatin: out of memory\n";
	if (!p) {
		ssize_t ignored = write(STDERR_FILENO, msg, sizeof msg - 1);
		(void)ignored;
		_exit(EX_OSERR);
	}
	return p;
}

void *xmalloc(size_t n)
{
	return checked(malloc(n ? n : 1));
}

void *xcalloc(size_t n, size_t size)
{
	return checked(calloc(n ? n : 1, size ? size : 1));
}

void *xrealloc(void *p, size_t n)
{
	return checked(realloc(p, n ? n : 1));
}

char *xmemdup0(const void *p, size_t n)
{
	char *out = xmalloc(n + 1);
	if (n)
		memcpy(out, p, n);
	out[n] = 0;
	return out;
}

char *xstrdup(const char *s)
{
	return s ? xmemdup0(s, strlen(s)) : NULL;
}
