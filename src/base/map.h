/* map: byte string -> pointer, open addressing, keys copied. Keys may come from outside: the hash is seeded
 * per map. */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/span.h"

struct map {
	struct map_slot *slots; /* private */
	size_t n, cap;          /* n: entries */
	uint64_t seed;
};

void *map_get(const struct map *m, struct span key); /* NULL when missing */
void *map_put(struct map *m, struct span key,
	void *value); /* the value it replaces or NULL; value must not be NULL */
/* Steps through all entries in no particular order: start with *at = 0; false at the end. */
bool map_next(const struct map *m, size_t *at, struct span *key, void **value);
void map_release(struct map *m); /* frees the keys, not the values; accepts a zeroed struct */

#endif
