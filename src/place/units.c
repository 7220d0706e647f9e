/* units: listing the units, looking one up, choosing the watched ones. */
#include <string.h>

#include "base/i18n.h"
#include "place/place_priv.h"

#include "base/banned.h"

size_t gazetteer_units(const struct gazetteer *g, const struct place_unit **out)
{
	*out = g->pub.p;
	return g->pub.n;
}

const struct place_unit *gazetteer_unit(const struct gazetteer *g, const char *slug)
{
	size_t i = (size_t)(uintptr_t)map_get(&g->slugs, span_of(slug));
	return i ? &g->pub.p[i - 1] : NULL;
}

const char *const *gazetteer_slugs(const struct gazetteer *g, struct arena *a)
{
	const char **slugs = arena_array(a, const char *, g->pub.n + 1);
	for (size_t i = 0; i < g->pub.n; i++)
		slugs[i] = g->pub.p[i].slug;
	return slugs;
}

static int unknown(const struct gazetteer *g, const char *slug, struct err *e)
{
	struct arena a = {0};
	const char *near = conf_nearest(span_of(slug), gazetteer_slugs(g, &a));
	if (near)
		err_set(e, ERR_CONF, N_("unknown place \"%1\"; did you mean \"%2\"?"), slug, near);
	else
		err_set(e, ERR_CONF, N_("unknown place \"%1\""), slug, NULL);
	err_todo(e, N_("\"soatin places\" lists the places"));
	arena_release(&a);
	return -1;
}

int gazetteer_watch(struct gazetteer *g, const char *const *slugs, size_t n, struct err *e)
{
	for (size_t i = 0; i < n; i++)
		if (!gazetteer_unit(g, slugs[i]))
			return unknown(g, slugs[i], e);
	vec_each (u, &g->units) {
		u->watched = n == 0;
		for (size_t i = 0; i < n; i++)
			u->watched |= strcmp(u->pub.slug, slugs[i]) == 0 || strcmp(u->pub.now, slugs[i]) == 0;
	}
	return 0;
}
