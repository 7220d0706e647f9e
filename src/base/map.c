/* map: see map.h. Linear probing at load <= 1/2; no deletion, since nobody needs it. */
#include "base/map.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/hash.h"

#include "base/banned.h"

struct map_slot {
	char *key;
	size_t n;
	uint64_t hash;
	void *value;
};

static struct map_slot *find(const struct map *m, struct span key, uint64_t h)
{
	size_t i = h & (m->cap - 1);
	while (m->slots[i].key &&
		!(m->slots[i].hash == h && span_eq((struct span){m->slots[i].key, m->slots[i].n}, key)))
		i = (i + 1) & (m->cap - 1);
	return &m->slots[i];
}

void *map_get(const struct map *m, struct span key)
{
	return m->cap ? find(m, key, hash64(key, m->seed))->value : NULL;
}

static void grow(struct map *m)
{
	struct map old = *m;
	if (!m->cap)
		m->seed = (uint64_t)(uintptr_t)m * 0x9E3779B97F4A7C15u;
	m->cap = m->cap ? m->cap * 2 : 16;
	m->slots = xcalloc(m->cap, sizeof *m->slots);
	for (size_t i = 0; i < old.cap; i++) {
		struct map_slot *s = &old.slots[i];
		if (s->key)
			*find(m, (struct span){s->key, s->n}, s->hash) = *s;
	}
	free(old.slots);
}

void *map_put(struct map *m, struct span key, void *value)
{
	if (m->n * 2 >= m->cap)
		grow(m);
	uint64_t h = hash64(key, m->seed);
	struct map_slot *s = find(m, key, h);
	void *before = s->value;
	if (!s->key) {
		*s = (struct map_slot){xmemdup0(key.p, key.n), key.n, h, NULL};
		m->n++;
	}
	s->value = value;
	return before;
}

bool map_next(const struct map *m, size_t *at, struct span *key, void **value)
{
	for (; *at < m->cap; ++*at) {
		struct map_slot *s = &m->slots[*at];
		if (!s->key)
			continue;
		*key = (struct span){s->key, s->n};
		*value = s->value;
		++*at;
		return true;
	}
	return false;
}

void map_release(struct map *m)
{
	for (size_t i = 0; i < m->cap; i++)
		free(m->slots[i].key);
	free(m->slots);
	*m = (struct map){0};
}
