/* vec: a growing array as a macro pair. `struct vec(type) v` in a struct or as a local; zeroed is ready;
 * vec_release when done. The elements are public: v.p[i], v.n. */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

/* VEC(type) name; declares an anonymous vector. */
#define VEC(type)                                                                                            \
	struct {                                                                                             \
		type *p;                                                                                     \
		size_t n, cap;                                                                               \
	}

/* Adds one zero element and yields a pointer to it. */
#define vec_add(v)                                                                                           \
	(((v)->n == (v)->cap ? (v)->p = vec_grow_((v)->p, &(v)->cap, sizeof *(v)->p) : (v)->p),              \
		vec_zero_((v)->p + (v)->n, sizeof *(v)->p), (v)->p + (v)->n++)
#define vec_push(v, x)  (*vec_add(v) = (x))
#define vec_release(v)  (free((v)->p), (v)->p = NULL, (v)->n = (v)->cap = 0)
#define vec_each(it, v) for (__typeof__((v)->p) it = (v)->p; it && it < (v)->p + (v)->n; it++)

void *vec_grow_(void *p, size_t *cap, size_t size);

/* In the header, so that a known size becomes a few stores. */
static inline void vec_zero_(void *p, size_t n)
{
	memset(p, 0, n);
}

#endif
