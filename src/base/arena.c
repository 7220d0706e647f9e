/* arena: a chain of blocks, the newest in front. Blocks double from 4 KiB to 256 KiB; a larger wish gets a
 * block of its own. Clearing keeps the newest ordinary block, so that a loop over articles settles on one
 * block and does not call malloc; and those of a giant, as long as the next article wants them, since pages
 * that the system took back and gives anew cost as much as folding their text. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/alloc.h"

#include "base/banned.h"

enum { BLOCK_MIN = 4096, BLOCK_MAX = 256 * 1024, HUGE_FROM = 4 << 20, KEEP_MAX = 64 << 20 };

struct arena_block {
	struct arena_block *next;
	size_t size, used;
	alignas(max_align_t) char data[];
};

/* The first touch of a page costs as much as folding its text: fewer, larger pages. Whether the system has
 * any is its own affair. */
static void ask_for_huge_pages(void *p, size_t n)
{
	uintptr_t page = 4096, from = ((uintptr_t)p + page - 1) & ~(page - 1),
		  to = ((uintptr_t)p + n) & ~(page - 1);
	madvise((void *)from, to - from, MADV_HUGEPAGE);
}

/* The smallest spare block of at least n bytes, unless it is far too large. */
static struct arena_block *spare_take(struct arena *a, size_t n)
{
	struct arena_block **best = NULL;
	for (struct arena_block **b = &a->spare; *b; b = &(*b)->next)
		if ((*b)->size >= n && (*b)->size / 4 <= n && (!best || (*b)->size < (*best)->size))
			best = b;
	if (!best)
		return NULL;
	struct arena_block *b = *best;
	*best = b->next;
	return b;
}

static struct arena_block *block_new(struct arena *a, size_t n)
{
	size_t size = a->head ? a->head->size * 2 : BLOCK_MIN;
	if (size > BLOCK_MAX)
		size = BLOCK_MAX;
	if (size < n)
		size = n;
	struct arena_block *b = spare_take(a, size);
	if (!b) {
		b = xmalloc(sizeof *b + size);
		b->size = size;
		if (size >= HUGE_FROM)
			ask_for_huge_pages(b, size);
	}
	b->used = 0;
	if (a->head && n > BLOCK_MAX / 4) { /* a giant goes behind the head, which keeps its free room */
		b->next = a->head->next;
		a->head->next = b;
	} else {
		b->next = a->head;
		a->head = b;
	}
	return b;
}

void *arena_raw(struct arena *a, size_t n)
{
	size_t need = (n + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
	struct arena_block *b = a->head;
	if (!b || b->size - b->used < need)
		b = block_new(a, need);
	void *p = b->data + b->used;
	b->used += need;
	a->used += need;
	return p;
}

void *arena_alloc(struct arena *a, size_t n)
{
	return memset(arena_raw(a, n), 0, n);
}

char *arena_dup(struct arena *a, struct span s)
{
	char *p = arena_raw(a, s.n + 1);
	if (s.n)
		memcpy(p, s.p, s.n);
	p[s.n] = 0;
	return p;
}

struct span arena_span(struct arena *a, struct span s)
{
	return (struct span){arena_dup(a, s), s.n};
}

char *arena_strdup(struct arena *a, const char *s)
{
	return s ? arena_dup(a, span_of(s)) : NULL;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap, again;
	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	char *p = arena_alloc(a, (size_t)(n < 0 ? 0 : n) + 1);
	if (n >= 0)
		vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	return p;
}

static void blocks_free(struct arena_block *b)
{
	for (struct arena_block *next; b; b = next) {
		next = b->next;
		free(b);
	}
}

struct arena_mark arena_mark(const struct arena *a)
{
	struct arena_block *head = a->head;
	return (struct arena_mark){head, head ? head->next : NULL, head ? head->used : 0, a->used};
}

/* The blocks from *b on, up to `until`, are to spare. */
static void spare_up_to(struct arena *a, struct arena_block **b, struct arena_block *until)
{
	while (*b != until) {
		struct arena_block *one = *b;
		*b = one->next;
		one->next = a->spare;
		a->spare = one;
	}
}

/* New blocks stand before the head of then, giants right behind it, too. */
void arena_back(struct arena *a, struct arena_mark to)
{
	spare_up_to(a, &a->head, to.head);
	if (to.head) {
		spare_up_to(a, &to.head->next, to.behind);
		to.head->used = to.head_used;
	}
	a->used = to.used;
}

void arena_clear(struct arena *a)
{
	struct arena_block *keep = NULL;
	size_t spare = 0;
	blocks_free(a->spare); /* not wanted since the last time */
	a->spare = NULL;
	for (struct arena_block *b = a->head, *next; b; b = next) {
		next = b->next;
		if (!keep && b->size <= BLOCK_MAX) {
			keep = b;
		} else if (b->size <= KEEP_MAX - spare) {
			spare += b->size;
			b->next = a->spare;
			a->spare = b;
		} else {
			free(b);
		}
	}
	if (keep) {
		keep->next = NULL;
		keep->used = 0;
	}
	a->head = keep;
	a->used = 0;
}

void arena_release(struct arena *a)
{
	arena_clear(a);
	blocks_free(a->spare);
	free(a->head);
	a->spare = a->head = NULL;
}
