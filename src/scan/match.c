/* match: an article -> the same with mentions, flags, priority parts and fingerprint. Stateless: what `soatin
 * match` and the workers do. */
#include "scan/scan.h"
#include "story/story.h"

#include "base/banned.h"

void match_article(struct matcher *m, struct arena *a, struct article *x, struct report *rep)
{
	struct folded_article f;
	struct fingerprint print;
	char hex[STORY_HEX + 1];
	int64_t now = x->fetched ? x->fetched : m->now;
	article_fold(a, x, &f, rep);
	x->mentions = NULL;
	x->n_mentions = 0;
	x->flags = NULL;
	x->n_flags = 0;
	x->priority.rule = x->priority.place = x->priority.source = x->priority.spread = 0;
	place_find(m->gazetteer, a, &f, x);
	rule_match(m->rule, a, &f, x, now, rep);
	if (!x->lang) {
		const char *lang = text_language(&f.field[FIELD_TEXT]);
		if (!lang)
			lang = text_language(&f.field[FIELD_SUMMARY]);
		x->lang = lang ? lang : text_language(&f.field[FIELD_TITLE]);
	}
	const struct text *body = x->text && *x->text ? &f.field[FIELD_TEXT] : &f.field[FIELD_SUMMARY];
	story_fingerprint(&f.field[FIELD_TITLE], body, &print);
	fingerprint_format(&print, hex);
	x->fingerprint = *hex ? arena_strdup(a, hex) : NULL;
	x->matched = true;
}
