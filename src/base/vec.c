/* vec: the call behind the macros of vec.h. */
#include "base/vec.h"

#include "base/alloc.h"

#include "base/banned.h"

void *vec_grow_(void *p, size_t *cap, size_t size)
{
	*cap = *cap ? *cap * 2 : 8;
	return xrealloc(p, *cap * size);
}
