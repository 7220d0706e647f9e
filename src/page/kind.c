/* kind: see kind.h. A list shows by what its text is made of: pieces of one make, each with a title that
 * leads elsewhere, none larger than the rest. Walls and errors (paywall, consent, "not found" with status
 * 200) show by little text and by what they say. What machines are told breaks ties only: front pages of many
 * papers call themselves articles. */
#include "page/kind.h"

#include <string.h>

#include "base/banned.h"

enum {
	ARTICLE_MIN = 140, /* bytes of text; less is none */
	WALL_MAX = 700,    /* bytes of text that a wall may show of an article */
	WALL_NEAR = 10,    /* blocks behind it */
	INDEX_LINKS = 20,
	FEW_LINKS = 3,
	INDEX_TITLE = 25 /* bytes of a linked title */
};

struct counts {
	size_t titles, teasers; /* lines that are a linked title; of those inside teasers */
	size_t kept, in_teaser; /* bytes of text; of it inside teasers */
	size_t largest;         /* bytes of the longest kept line */
	bool wall, error;
};

static void count(const struct view *v, struct counts *c)
{
	uint32_t last = 0;
	for (uint32_t i = 0; i < v->blocks.n; i++) {
		const struct view_block *b = &v->blocks.p[i];
		bool title = b->link >= INDEX_TITLE && b->link * 10 > b->n * 8;
		c->titles += title;
		c->teasers += title && b->flags & VIEW_IN_TEASER;
		c->kept += b->keep ? b->n : 0;
		c->in_teaser += b->keep && b->flags & VIEW_IN_TEASER ? b->n : 0;
		c->largest = b->keep && b->n > c->largest ? b->n : c->largest;
		last = b->keep ? i : last;
		if (title || b->flags & WORD_COMMENT)
			continue;
		c->wall = c->wall || (i <= last + WALL_NEAR && words_wall(view_text(v, i)));
		c->error = c->error || (b->tag != VIEW_LI && words_error(view_text(v, i)));
	}
}

const char *kind_of(const struct view *v, const struct kind_hints *h)
{
	struct counts c = {0};
	const struct meta *m = h->meta;
	bool told = m->has_article || (m->type && strcmp(m->type, "article") == 0);
	if (h->asked && h->shown)
		return "article";
	count(v, &c);
	if (h->shown < ARTICLE_MIN && c.teasers >= FEW_LINKS && !m->has_article)
		return "index";
	if (c.kept && c.in_teaser * 10 >= c.kept * 6 && c.titles >= FEW_LINKS && !m->has_article &&
		!h->from_json)
		return "index";
	if (h->shown < WALL_MAX && (words_error(h->title) || (c.error && !told)))
		return "stub";
	if (h->shown < WALL_MAX && c.wall)
		return "stub";
	if (h->shown >= ARTICLE_MIN &&
		(told || h->dated || c.titles < INDEX_LINKS || h->shown > c.titles * INDEX_TITLE))
		return "article";
	return c.titles >= INDEX_LINKS ? "index" : "stub";
}
