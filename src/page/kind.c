/* kind: see kind.h. A list shows by what its text is made of: pieces of one make, each with a title that
 * leads elsewhere, none larger than the rest. Walls and errors (paywall, consent, "not found" with status
 * 200) show by little text and by what they say. What machines are told breaks ties only: front pages of many
 * papers call themselves articles. kind_counts.c counts, here is judged. */
#include "page/kind_priv.h"
#include "page/names.h"

#include <string.h>

#include "base/banned.h"

enum {
	ARTICLE_MIN = 140, /* bytes of text; less is none */
	WALL_MAX = 700,    /* bytes of text that a wall may show of an article */
	INDEX_LINKS = 20,
	BYSTANDER_MAX = 1600, /* bytes */
	BYSTANDER_LINES = 4,
	SOME_LINKS = 6,
	TOPIC_LINES = 2,
	STORY_LINES = 3,
	STORY_BYTES = 400, /* of lines under a headline that nothing announces: no list */
	NAME_WORDS = 5,
	NEAR_TEXT = 8 /* blocks above it */
};

/* Too short for a headline, and a link of the page has that name. */
static bool is_section_name(const struct view *v, const struct kind_hints *h)
{
	return !kind_has_headline(v, h) && h->title.n && head_is_section(v, h->title);
}

/* Do machines get one article? What is told of another page's does not count: of several, of one whose
 * headline leads there, of one in a digest; unless it has the title of this page. That of a list is one of
 * its name: short, or each of its pieces has a day. */
static bool is_told(const struct view *v, const struct kind_hints *h, const struct counts *c)
{
	const struct meta *m = h->meta;
	bool pieces = c->announced * 10 >= c->kept * 8 && c->titles >= SOME_LINKS;
	if (m->titled)
		return m->has_article && !(pieces && (c->days >= SOME_LINKS || is_section_name(v, h)));
	return m->has_article && m->n_articles < FEW_LINKS && !c->elsewhere && !c->digest;
}

/* Does the text end in what the page calls an article, apart from all teasers? */
static bool is_apart(const struct view *v, const struct counts *c)
{
	for (uint32_t i = c->kept ? v->blocks.p[c->last].element : 0; i > 0; i = v->elements.p[i].parent) {
		const struct view_element *x = &v->elements.p[i];
		bool teaser = false;
		if (x->tag != VIEW_ARTICLE && !(x->flags & VIEW_IS_BODY))
			continue;
		for (uint32_t b = x->b0; b < x->b1; b++)
			teaser = teaser || v->blocks.p[b].flags & VIEW_IN_TEASER;
		return !teaser;
	}
	return false;
}

/* Pages about one matter say in a paragraph what they are about, and then list what was written on it: below
 * the name of the matter, without a day. */
static bool is_topic(const struct view *v, const struct kind_hints *h, const struct counts *c)
{
	return c->lines <= TOPIC_LINES && c->teasers >= FEW_LINKS && c->listed > c->kept && !c->dated &&
	       !h->told_date && !is_apart(v, c) &&
	       (!kind_has_headline(v, h) || (c->teasers >= SOME_LINKS && c->listed > 3 * c->kept));
}

/* Announcements of an office: a table of titles, a line about it and no day of its own. */
static bool is_register(const struct kind_hints *h, const struct counts *c)
{
	return c->rows >= SOME_LINKS && c->row_bytes > h->shown && c->lines <= TOPIC_LINES && !c->dated &&
	       !h->told_date;
}

static bool is_list(const struct view *v, const struct kind_hints *h, const struct counts *c)
{
	if (is_told(v, h, c) || h->from_json)
		return false;
	if (is_register(h, c))
		return true;
	if (c->titles < FEW_LINKS)
		return false;
	if (is_topic(v, h, c) || (h->shown < ARTICLE_MIN && c->teasers >= FEW_LINKS))
		return true;
	if (c->kept && c->announced * 10 >= c->kept * 6 && (c->first_announced || !kind_has_headline(v, h)))
		return true;
	return c->titles >= (h->address ? SOME_LINKS : INDEX_LINKS) && c->elsewhere &&
	       c->announced * 10 >= c->kept * 4;
}

/* Titles and no headline over any of what is said, and no day: a short text among longer titles, or what
 * calls itself a site. */
static bool is_nameless_front(const struct kind_hints *h, const struct counts *c)
{
	const char *type = h->meta->type;
	if (h->headline != UINT32_MAX || h->told_date || c->titles < SOME_LINKS)
		return false;
	if (h->address && head_is_front(h->address))
		return true;
	bool site = type && strcmp(type, "website") == 0;
	return (site || c->lines <= TOPIC_LINES) && c->linked > h->shown;
}

/* Little text, and words of a page that does not give more. */
static bool is_refusal(const struct kind_hints *h, const struct counts *c, bool told)
{
	return h->shown < WALL_MAX && (words_error(h->title) || c->wall || (c->error && !told));
}

/* Whatever else is offered below: an error by its title, a wall right behind the first lines under a
 * headline.
 */
static bool is_plain_refusal(const struct view *v, const struct kind_hints *h, const struct counts *c)
{
	if (h->shown >= WALL_MAX)
		return false;
	bool begun = c->kept && !c->announced && !c->elsewhere && kind_has_headline(v, h);
	return words_error(h->title) || (c->wall && begun);
}

/* Enough text, and something that says it is one: machines are told, it has a day, a headline, is more than
 * the titles around it. */
static bool is_article(const struct view *v, const struct kind_hints *h, const struct counts *c, bool told)
{
	if (h->shown < ARTICLE_MIN)
		return false;
	if (told || h->dated || (kind_has_headline(v, h) && !c->first_announced))
		return true;
	if (h->headline != UINT32_MAX && !c->announced && c->lines >= STORY_LINES && h->shown >= STORY_BYTES)
		return true;
	return c->titles - c->boxed < INDEX_LINKS || h->shown > c->titles * INDEX_TITLE;
}

/* A front page goes by the name of its outlet. */
static bool is_outlets(const struct kind_hints *h)
{
	const char *site = h->meta->site;
	return names_is_medium(h->title) || names_ends_medium(h->title) || (site && span_is(h->title, site));
}

/* Does a headline stand over the text, or as good as? Without one the page has to have a name as articles do.
 */
static bool is_headed(const struct view *v, const struct kind_hints *h, const struct counts *c)
{
	size_t between = 0, all = 0;
	bool spaced = h->title.n && (unsigned char)h->title.p[0] < 0xE3;
	if (is_outlets(h))
		return false;
	for (uint32_t i = c->first > NEAR_TEXT ? c->first - NEAR_TEXT : 0; h->title.n && i < c->first; i++)
		if (span_eq(view_text(v, i), h->title))
			return true;
	if (h->headline == UINT32_MAX)
		return spaced ? head_word_count(h->title) >= NAME_WORDS : h->title.n >= HEADLINE_BYTES;
	if (c->first < h->headline || (is_section_name(v, h) && c->first > h->headline + WALL_NEAR))
		return false;
	for (uint32_t i = h->headline + 1; i < c->first; i++) {
		bool title = kind_is_title(v, &v->blocks.p[i]);
		all += title;
		between += title && !v->blocks.p[i].cut;
	}
	return between < FEW_LINKS && (kind_has_headline(v, h) || all < SOME_LINKS);
}

/* A greeting, a column, what an outlet says of itself, among the titles of a list. */
static bool is_bystander(const struct view *v, const struct kind_hints *h, const struct counts *c)
{
	return (c->titles - c->boxed >= SOME_LINKS || c->rows >= SOME_LINKS) && h->shown <= BYSTANDER_MAX &&
	       c->lines <= BYSTANDER_LINES && !h->told_date && !is_told(v, h, c) && !is_apart(v, c) &&
	       !is_headed(v, h, c);
}

const char *kind_of(const struct view *v, const struct kind_hints *h)
{
	struct counts c = {0};
	if (h->asked && h->shown)
		return "article";
	kind_count(v, h, &c);
	bool told = is_told(v, h, &c) || (h->meta->type && strcmp(h->meta->type, "article") == 0);
	if (is_plain_refusal(v, h, &c))
		return "stub";
	if (is_list(v, h, &c))
		return "index";
	if (is_refusal(h, &c, told))
		return "stub";
	if (!told && is_nameless_front(h, &c))
		return "index";
	if (is_bystander(v, h, &c))
		return "index";
	if (is_article(v, h, &c, told))
		return "article";
	return c.titles >= SOME_LINKS ? "index" : "stub";
}
