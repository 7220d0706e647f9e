/* kind_counts: see kind_priv.h. What of a page are titles that lead elsewhere, and what of its text they
 * announce: by the teaser around it, by a title right before it, by one in the same piece or line. */
#include "page/kind_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "page/body_priv.h"
#include "page/dateline.h"
#include "page/letters.h"

#include "base/banned.h"

enum {
	TITLE_LINKS = 2, /* more are tags */
	MENU_LEVELS = 16,
	PIECE_BLOCKS = 10,
	PIECE_ELEMENTS = 60,
	NEAR_TITLE = 3, /* blocks between a linked title and what it announces */
	DAY_BEFORE = 1, /* blocks between it and the day of what it leads to */
	DAY_BEHIND = 3,
	DAY_DIGITS = 4,   /* "11-22" */
	BETWEEN_MAX = 60, /* bytes of each: a date, a section */
	HEADLINE_WORDS = 7,
	DENSE_TITLE = 18 /* bytes, where a sign is a word */
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

bool kind_is_title(const struct view *v, const struct view_block *b)
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
		if (a->t0 != b->at || kind_is_title(v, b) || b->flags & WORD_COMMENT)
			continue;
		c->opens[a->b0] = true;
		c->titles += !b->cut;
	}
}

/* A headline as articles have it, not the name of a section. */
bool kind_has_headline(const struct view *v, const struct kind_hints *h)
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
	if (h->headline == UINT32_MAX || !kind_is_title(v, &v->blocks.p[h->headline]))
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
		if (a->tag != VIEW_A || a->b0 >= v->blocks.n || !kind_is_title(v, &v->blocks.p[a->b0]))
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
		if (in_menu(v, b) || b->cut == VIEW_CUT_HEADED)
			return false; /* so does no box within the text */
		if (kind_is_title(v, b) || (c->opens[k - 1] && b->n - b->link <= BETWEEN_MAX))
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
	if (!kind_is_title(v, b))
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
	if (kind_is_title(v, b) || b->flags & WORD_COMMENT)
		return;
	c->wall = c->wall || (i <= c->last + WALL_NEAR && words_wall(view_text(v, i)));
	c->error = c->error || (b->tag != VIEW_LI && words_error(view_text(v, i)));
}

void kind_count(const struct view *v, const struct kind_hints *h, struct counts *c)
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
