/* kind: see kind.h. A list shows by what its text is made of: pieces of one make, each with a title that
 * leads elsewhere, none larger than the rest. Walls and errors (paywall, consent, "not found" with status
 * 200) show by little text and by what they say. What machines are told breaks ties only: front pages of many
 * papers call themselves articles. */
#include "page/kind.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "page/body_priv.h"
#include "page/dateline.h"
#include "page/head.h"
#include "page/letters.h"

#include "base/banned.h"

enum {
	ARTICLE_MIN = 140, /* bytes of text; less is none */
	WALL_MAX = 700,    /* bytes of text that a wall may show of an article */
	WALL_NEAR = 10,    /* blocks behind it */
	INDEX_LINKS = 20,
	BYSTANDER_MAX = 1600, /* bytes */
	BYSTANDER_LINES = 4,
	SOME_LINKS = 6,
	FEW_LINKS = 3,
	TOPIC_LINES = 2,
	TITLE_LINKS = 2, /* more are tags */
	STORY_LINES = 3,
	STORY_BYTES = 400, /* of lines under a headline that nothing announces: no list */
	MENU_LEVELS = 16,
	PIECE_BLOCKS = 10,
	PIECE_ELEMENTS = 60,
	NEAR_TITLE = 3, /* blocks between a linked title and what it announces */
	DAY_BEFORE = 1, /* blocks between it and the day of what it leads to */
	DAY_BEHIND = 3,
	DAY_DIGITS = 4,   /* "11-22" */
	BETWEEN_MAX = 60, /* bytes of each: a date, a section */
	HEADLINE_WORDS = 7,
	NAME_WORDS = 5,
	NEAR_TEXT = 8,       /* blocks above it */
	HEADLINE_BYTES = 33, /* where words are not spaced */
	INDEX_TITLE = 25,    /* bytes of a linked title */
	DENSE_TITLE = 18     /* where a sign is a word */
};

struct counts {
	size_t titles, teasers; /* lines that are a linked title; of those inside teasers */
	size_t kept, announced; /* bytes of text; of it teasers and what stands behind a linked title */
	size_t boxed;           /* titles in menus */
	size_t linked;          /* bytes of linked titles */
	size_t lines, listed;   /* kept lines; bytes of running text in teasers that were not kept */
	size_t days;            /* linked titles with a day beside them */
	size_t rows, row_bytes; /* of tables: with a linked title in one of their cells */
	uint32_t first, last;   /* kept lines so far */
	bool first_announced;   /* the first line of it */
	bool digest;            /* what is announced is so by "read on" behind it */
	bool dated;             /* a date stands before it */
	bool wall, error;
	bool elsewhere; /* the headline leads to another page */
	bool *opens;    /* by block: it begins with a linked title, or belongs to one */
};

static uint32_t title_min(const struct view *v, uint32_t at)
{
	return at >= v->text.n || (unsigned char)v->text.p[at] < 0xE3 ? INDEX_TITLE : DENSE_TITLE;
}

/* Without the day that stands before or behind a title: "[2026-11-22] ·". */
static uint32_t without_day(struct span line)
{
	static const char marks[] = "0123456789-/.:[]() ";
	size_t from = 0, to = line.n;
	while (from < to && strchr(marks, line.p[from]))
		from++;
	while (to > from && strchr(marks, line.p[to - 1]))
		to--;
	return letters_digits(span_cut(line, 0, from)) + letters_digits(span_cut(line, to, line.n)) >=
			       DAY_DIGITS
		       ? (uint32_t)(to - from)
		       : (uint32_t)line.n;
}

static bool is_linked_title(const struct view *v, const struct view_block *b)
{
	if (b->link < title_min(v, b->at) || b->links > TITLE_LINKS)
		return false;
	return b->link * 10 > b->n * 8 ||
	       b->link * 10 > without_day((struct span){v->text.p + b->at, b->n}) * 8;
}

static bool in_menu(const struct view *v, const struct view_block *b)
{
	uint32_t i = b->element;
	for (unsigned level = 0; b->cut == VIEW_CUT_BOX && i && level < MENU_LEVELS; level++) {
		const struct view_element *x = &v->elements.p[i];
		if (x->tag == VIEW_NAV || span_find_ci(node_attr(x->node, "class"), "menu", 0) != SIZE_MAX ||
			span_find_ci(node_attr(x->node, "id"), "menu", 0) != SIZE_MAX)
			return true;
		i = x->parent;
	}
	return false;
}

/* Lines that begin with a linked title: a table of teasers, say. */
static void mark_openings(const struct view *v, struct counts *c)
{
	for (size_t i = 0; i < v->elements.n; i++) {
		const struct view_element *a = &v->elements.p[i];
		if (a->tag != VIEW_A || a->t1 - a->t0 < title_min(v, a->t0) || a->b0 >= v->blocks.n)
			continue;
		const struct view_block *b = &v->blocks.p[a->b0];
		if (a->t0 != b->at || is_linked_title(v, b) || b->flags & WORD_COMMENT)
			continue;
		c->opens[a->b0] = true;
		c->titles += !b->cut;
	}
}

/* A headline as articles have it, not the name of a section. */
static bool has_headline(const struct view *v, const struct kind_hints *h)
{
	if (h->headline == UINT32_MAX)
		return false;
	const struct view_block *b = &v->blocks.p[h->headline];
	bool spaced = (unsigned char)v->text.p[b->at] < 0xE3;
	return b->link * 2 < b->n && (spaced ? b->words >= HEADLINE_WORDS : b->n >= HEADLINE_BYTES);
}

/* Is it the page's own address? That of a link, without host and query. */
static bool is_own(struct span href, const struct kind_hints *h)
{
	size_t path = span_find(href, SPAN("://"), 0);
	path = path == SIZE_MAX ? 0 : span_find_byte(href, '/', path + 3);
	href = span_cut(href, path == SIZE_MAX ? href.n : path, span_find_byte(href, '?', 0));
	return href.n <= 1 || href.p[0] == '#' || span_find(span_of(h->address), href, 0) != SIZE_MAX;
}

static struct span href_of(const struct view_element *a)
{
	return span_trim(node_attr(a->node, "href"));
}

bool kind_headline_elsewhere(const struct view *v, const struct kind_hints *h)
{
	if (h->headline == UINT32_MAX || !is_linked_title(v, &v->blocks.p[h->headline]))
		return false;
	for (size_t i = 0; i < v->elements.n; i++)
		if (v->elements.p[i].tag == VIEW_A && v->elements.p[i].b0 == h->headline)
			return !is_own(href_of(&v->elements.p[i]), h);
	return false;
}

/* Pieces that begin with a linked title and lead there once more, by a picture or "read on": all of their
 * lines are announced. */
static void mark_pieces(const struct view *v, const struct kind_hints *h, struct counts *c)
{
	for (size_t i = 0; i < v->elements.n; i++) {
		const struct view_element *a = &v->elements.p[i];
		if (a->tag != VIEW_A || a->b0 >= v->blocks.n || !is_linked_title(v, &v->blocks.p[a->b0]))
			continue;
		uint32_t number = v->elements.p[v->blocks.p[a->b0].element].parent, times = 0;
		const struct view_element *piece = &v->elements.p[number];
		if (piece->b1 - piece->b0 > PIECE_BLOCKS || a->b0 > piece->b0 + 1 ||
			piece->end - number > PIECE_ELEMENTS || is_own(href_of(a), h))
			continue;
		for (uint32_t k = number; k < piece->end; k++)
			times += v->elements.p[k].tag == VIEW_A &&
				 span_eq(href_of(&v->elements.p[k]), href_of(a));
		for (uint32_t b = a->b0 + 1; times > 1 && b < piece->b1; b++)
			c->opens[b] = true;
	}
}

/* Does a linked title announce the line? */
static bool is_announced(const struct view *v, uint32_t i, const struct kind_hints *h, const struct counts *c)
{
	if (v->blocks.p[i].flags & VIEW_IN_TEASER || c->opens[i])
		return true;
	for (uint32_t k = i; k > 0 && i - k < NEAR_TITLE; k--) {
		const struct view_block *b = &v->blocks.p[k - 1];
		if (k - 1 == h->headline)
			return c->elsewhere;
		if (in_menu(v, b))
			return false;
		if (is_linked_title(v, b) || (c->opens[k - 1] && b->n - b->link <= BETWEEN_MAX))
			return true;
		if (b->n > BETWEEN_MAX || b->keep)
			return false;
	}
	return false;
}

/* Text that a link like "Read on" follows is announced by it: of a digest, whose titles lead nowhere. */
static void count_digest(const struct view *v, struct counts *c)
{
	size_t links = 0, bytes = 0, last = SIZE_MAX;
	for (size_t i = 0; i < v->blocks.n; i++) {
		const struct view_block *b = &v->blocks.p[i];
		if (b->keep) {
			last = i;
		} else if (b->link == b->n && last != SIZE_MAX && words_read_on(view_text(v, i))) {
			links++;
			bytes += v->blocks.p[last].n;
			last = SIZE_MAX;
		}
	}
	if (links >= FEW_LINKS && bytes * 10 >= c->kept * 8) {
		c->titles += links;
		c->announced = c->kept;
		c->first_announced = c->digest = true;
	}
}

/* Lists of articles say of each when it was published. */
static bool has_day(const struct view *v, uint32_t title)
{
	uint32_t from = title > DAY_BEFORE ? title - DAY_BEFORE : 0;
	for (uint32_t i = from; i <= title + DAY_BEHIND && i < v->blocks.n; i++)
		if (i != title && dateline_looks(view_text(v, i), v->blocks.p[i].words))
			return true;
	return false;
}

/* Of a table, with a linked title in one of its cells. */
static bool is_row(const struct view *v, const struct view_block *b)
{
	return b->flags & VIEW_IN_TABLE && b->links && b->links <= TITLE_LINKS &&
	       b->link >= title_min(v, b->at);
}

/* Of titles that lead elsewhere: how many, where they stand, and whether a day stands beside them. */
static void count_links(const struct view *v, uint32_t i, struct counts *c)
{
	const struct view_block *b = &v->blocks.p[i];
	if (is_row(v, b)) {
		c->rows++;
		c->row_bytes += b->link;
	}
	if (!is_linked_title(v, b))
		return;
	bool menu = in_menu(v, b);
	c->titles++;
	c->boxed += menu;
	c->linked += menu ? 0 : b->link;
	c->teasers += (b->flags & VIEW_IN_TEASER) != 0;
	c->days += b->cut != VIEW_CUT_BOX && has_day(v, i);
}

/* Of the text that was found, and of that in teasers which is none of it. */
static void count_text(const struct view *v, uint32_t i, const struct kind_hints *h, struct counts *c)
{
	const struct view_block *b = &v->blocks.p[i];
	uint32_t from = h->headline == UINT32_MAX ? 0 : h->headline;
	if (!c->kept && i >= from && i != h->headline && b->link * 2 < b->n && !is_row(v, b))
		c->dated = c->dated || dateline_looks(view_text(v, i), b->words);
	if (!b->keep) {
		c->listed += b->flags & VIEW_IN_TEASER && body_is_prose(b) ? b->n : 0;
		return;
	}
	bool announced = is_announced(v, i, h, c);
	c->first_announced = c->first_announced || (announced && !c->kept);
	c->announced += announced ? b->n : 0;
	c->first = c->lines ? c->first : i;
	c->kept += b->n;
	c->lines++;
	c->last = i;
}

/* What says that there is a wall, or no article at all. */
static void count_refusals(const struct view *v, uint32_t i, struct counts *c)
{
	const struct view_block *b = &v->blocks.p[i];
	if (is_linked_title(v, b) || b->flags & WORD_COMMENT)
		return;
	c->wall = c->wall || (i <= c->last + WALL_NEAR && words_wall(view_text(v, i)));
	c->error = c->error || (b->tag != VIEW_LI && words_error(view_text(v, i)));
}

static void count(const struct view *v, const struct kind_hints *h, struct counts *c)
{
	c->opens = xcalloc(v->blocks.n + 1, sizeof *c->opens);
	c->elsewhere = kind_headline_elsewhere(v, h);
	mark_openings(v, c);
	mark_pieces(v, h, c);
	for (uint32_t i = 0; i < v->blocks.n; i++) {
		count_links(v, i, c);
		count_text(v, i, h, c);
		count_refusals(v, i, c);
	}
	free(c->opens);
	count_digest(v, c);
}

/* Too short for a headline, and a link of the page has that name. */
static bool is_section_name(const struct view *v, const struct kind_hints *h)
{
	return !has_headline(v, h) && h->title.n && head_is_section(v, h->title);
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
	       (!has_headline(v, h) || (c->teasers >= SOME_LINKS && c->listed > 3 * c->kept));
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
	if (c->kept && c->announced * 10 >= c->kept * 6 && (c->first_announced || !has_headline(v, h)))
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
	bool begun = c->kept && !c->announced && !c->elsewhere && has_headline(v, h);
	return words_error(h->title) || (c->wall && begun);
}

/* Enough text, and something that says it is one: machines are told, it has a day, a headline, is more than
 * the titles around it. */
static bool is_article(const struct view *v, const struct kind_hints *h, const struct counts *c, bool told)
{
	if (h->shown < ARTICLE_MIN)
		return false;
	if (told || h->dated || (has_headline(v, h) && !c->first_announced))
		return true;
	if (h->headline != UINT32_MAX && !c->announced && c->lines >= STORY_LINES && h->shown >= STORY_BYTES)
		return true;
	return c->titles - c->boxed < INDEX_LINKS || h->shown > c->titles * INDEX_TITLE;
}

/* Does a headline stand over the text, or as good as? Without one the page has to have a name as articles do.
 */
static bool is_headed(const struct view *v, const struct kind_hints *h, const struct counts *c)
{
	size_t between = 0, all = 0;
	bool spaced = h->title.n && (unsigned char)h->title.p[0] < 0xE3;
	for (uint32_t i = c->first > NEAR_TEXT ? c->first - NEAR_TEXT : 0; h->title.n && i < c->first; i++)
		if (span_eq(view_text(v, i), h->title))
			return true;
	if (h->headline == UINT32_MAX)
		return spaced ? head_word_count(h->title) >= NAME_WORDS : h->title.n >= HEADLINE_BYTES;
	if (c->first < h->headline || (is_section_name(v, h) && c->first > h->headline + WALL_NEAR))
		return false;
	for (uint32_t i = h->headline + 1; i < c->first; i++) {
		bool title = is_linked_title(v, &v->blocks.p[i]);
		all += title;
		between += title && !v->blocks.p[i].cut;
	}
	return between < FEW_LINKS && (has_headline(v, h) || all < SOME_LINKS);
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
	count(v, h, &c);
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
