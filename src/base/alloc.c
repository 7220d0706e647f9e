/* alloc: see alloc.h. The exit is here because nothing sensible can be unwound without memory; the queue is
 * safe since every change to it is one transaction.
 *
 * The libraries' allocations come here, too: malloc(), calloc() and realloc() of the whole process are the
 * ones below, which ask the next in line (the C library's, or what was preloaded) and end the process when
 * there is nothing left. Without that, measured with an allocator that fails at the n-th call, libfyaml
 * crashes, libxml2 goes round in circles, and a file that is whole is told as broken. */
#include "base/alloc.h"

#include <dlfcn.h>
#include <malloc.h>
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

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define OWN_MALLOC 0 /* a sanitizer's has to be the one that is called */
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define OWN_MALLOC 0
#endif
#endif
#ifndef OWN_MALLOC
#define OWN_MALLOC 1
#endif

#if OWN_MALLOC
/* The function behind ours. Looked up at each first use, before main() or any thread. */
union next {
	void *found;
	void *(*malloc)(size_t);
	void *(*calloc)(size_t, size_t);
	void *(*realloc)(void *, size_t);
};

static void look_up(union next *f, const char *name)
{
	if (!f->found)
		f->found = dlsym(RTLD_NEXT, name);
}

void *malloc(size_t n)
{
	static union next next;
	look_up(&next, "malloc");
	return checked(next.malloc(n));
}

void *calloc(size_t n, size_t size)
{
	static union next next;
	look_up(&next, "calloc");
	return checked(next.calloc(n, size));
}

void *realloc(void *p, size_t n)
{
	static union next next;
	look_up(&next, "realloc");
	p = next.realloc(p, n);
	return n ? checked(p) : p; /* none for nothing is no failure */
}
#endif

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

void alloc_return_large(void)
{
	enum { LARGE = 131072 };
	mallopt(M_MMAP_THRESHOLD, LARGE);
}

void alloc_trim(void)
{
	malloc_trim(0);
}
