/* counted: how often the program asks for memory. Link with -Wl,--wrap= for the three. */
#ifndef TESTS_BENCH_COUNTED_H
#define TESTS_BENCH_COUNTED_H

#include <stddef.h>

static size_t allocations;

void *__real_xmalloc(size_t n);
void *__real_xcalloc(size_t n, size_t size);
void *__real_xrealloc(void *p, size_t n);
void *__wrap_xmalloc(size_t n);
void *__wrap_xcalloc(size_t n, size_t size);
void *__wrap_xrealloc(void *p, size_t n);

void *__wrap_xmalloc(size_t n)
{
	allocations++;
	return __real_xmalloc(n);
}

void *__wrap_xcalloc(size_t n, size_t size)
{
	allocations++;
	return __real_xcalloc(n, size);
}

void *__wrap_xrealloc(void *p, size_t n)
{
	allocations++;
	return __real_xrealloc(p, n);
}

#endif
