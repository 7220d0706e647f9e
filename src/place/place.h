/* place: folded text -> mentions of provinces, their parts, metonyms. The gazetteer and the cues are data
 * (the folder rules/places); soatin-places.5. Longest match wins and consumes its words. */
#ifndef PLACE_PLACE_H
#define PLACE_PLACE_H

#include "conf/conf.h"
#include "news/news.h"
#include "text/text.h"

struct gazetteer;

/* One unit, for listings and lookups. */
struct place_unit {
	const char *slug, *iso, *name, *name_en; /* slug as `hai-phong` */
	const char *now;  /* slug of the unit it belongs to today (its own when it still exists) */
	const char *type; /* "municipality" "province"; of today's unit, or as it was in June 2025 */
	bool exists;      /* one of the 34 */
};

MUST_USE int gazetteer_load(const char *const *paths, size_t n, struct gazetteer **out, struct err *e);
void gazetteer_free(struct gazetteer *g);
size_t gazetteer_units(const struct gazetteer *g, const struct place_unit **out);
/* NULL-terminated, in the arena. */
const char *const *gazetteer_slugs(const struct gazetteer *g, struct arena *a);
const struct place_unit *gazetteer_unit(const struct gazetteer *g, const char *slug); /* NULL when unknown */
/* From now on these slugs (and the former units that belong to them today) are watched; n == 0: all. Unknown
 * slug: ERR_CONF that suggests the nearest. */
MUST_USE int gazetteer_watch(struct gazetteer *g, const char *const *slugs, size_t n, struct err *e);

/* The fields of one article, folded; made once and shared by place/ and rule/. */
struct folded_article {
	struct text field[FIELD_COUNT];
};
void article_fold(struct arena *a, const struct article *x, struct folded_article *out, struct report *rep);

/* Sets x->mentions (in the arena), ordered by field and start: title, summary, text, captions; addresses are
 * not searched. A metonym (a club, a company, a government) is a mention but never watched. */
void place_find(
	const struct gazetteer *g, struct arena *a, const struct folded_article *f, struct article *x);
/* The same, with the names that were read as something else: `as` is then "nothing". For people who ask why.
 */
void place_explain(const struct gazetteer *g, struct arena *a, const struct folded_article *f,
	struct mention **out, size_t *n);

#endif
