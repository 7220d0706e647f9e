/* twins: entries of one feed that could be taken for one another, because they have one guid or one address.
 */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/map.h"
#include "base/url.h"
#include "feed/feed_priv.h"

#include "base/banned.h"

struct twin {
	const struct article *first;
	size_t times;
};

static bool same_text(const struct article *a, const struct article *b)
{
	return span_eq(span_of(a->title), span_of(b->title)) &&
	       span_eq(span_of(a->summary), span_of(b->summary)) &&
	       span_eq(span_of(a->text), span_of(b->text));
}

/* Entries without an address are told apart by their guid: another one of the same guid gets a number, so
 * that none swallows another; the same entry given twice stays one. */
void twins_part(struct making *m)
{
	struct map seen = {0};
	for (size_t i = 0; i < m->entries.n; i++) {
		struct article *x = m->entries.p[i];
		if (x->url || !x->guid)
			continue;
		struct twin *t = map_get(&seen, span_of(x->guid));
		if (!t) {
			t = arena_new(m->a, struct twin);
			*t = (struct twin){x, 1};
			map_put(&seen, span_of(x->guid), t);
		} else if (!same_text(t->first, x)) {
			x->twin = (unsigned)++t->times;
			m->place = m->places.p[i];
			odd_remark(m, R_FEED_GUID_AGAIN, span_of(x->guid), (struct span){0});
		}
	}
	map_release(&seen);
}

static bool differ(const char *a, const char *b)
{
	return !span_eq(span_of(a), span_of(b));
}

static int by_number(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return (x > y) - (x < y);
}

/* Do two of the addresses have the same path? Else none are the same, which is quickly told. */
static bool any_path_twice(const struct making *m)
{
	uint64_t *paths = arena_raw(m->a, m->entries.n * sizeof *paths);
	size_t n = 0;
	struct url u;
	for (size_t i = 0; i < m->entries.n; i++)
		if (m->entries.p[i]->url && url_split(span_of(m->entries.p[i]->url), &u))
			paths[n++] = hash64(u.path, 0);
	qsort(paths, n, sizeof *paths, by_number);
	for (size_t i = 1; i < n; i++)
		if (paths[i] == paths[i - 1])
			return true;
	return false;
}

/* A feed whose entries all lead to the same page (a site's front page, a list): there the address tells none
 * from another. */
void twins_share(struct making *m)
{
	struct map seen = {0};
	if (!any_path_twice(m))
		return;
	struct twin **of = arena_array(m->a, struct twin *, m->entries.n);
	for (size_t i = 0; i < m->entries.n; i++) {
		struct article *x = m->entries.p[i];
		if (!url_is_web(x->url))
			continue;
		struct span key = span_of(url_identity(m->a, x->url));
		of[i] = map_get(&seen, key);
		if (!of[i]) {
			of[i] = arena_new(m->a, struct twin);
			of[i]->first = x;
			map_put(&seen, key, of[i]);
		} else if (differ(of[i]->first->title, x->title) &&
			   (!x->guid || differ(of[i]->first->guid, x->guid))) {
			of[i]->times++;
		}
	}
	for (size_t i = 0; i < m->entries.n; i++)
		m->entries.p[i]->address_shared = of[i] && of[i]->times > 0;
	map_release(&seen);
}
