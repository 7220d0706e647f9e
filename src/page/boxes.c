/* boxes: what is cut before the body is chosen: pieces whose names say that they are something else, teasers,
 * the next article. Names only decide about pieces that hold a small part of the running text; repetition
 * decides without any name. */
#include "page/body_priv.h"
#include "page/dateline.h"

#include <string.h>

#include "base/banned.h"

/* A teaser leads somewhere; what some call one is the lead of the article itself. */
static bool leads_away(const struct view *v, const struct view_element *x)
{
	for (uint32_t i = x->b0; i < x->b1; i++)
		if (v->blocks.p[i].link)
			return true;
	return false;
}

static bool is_box(const struct view *v, const struct view_element *x)
{
	bool never = view_is_inline(x->tag) || span_is(x->node->tag, "tr") || x->tag == VIEW_HEADING ||
		     x->tag == VIEW_H1 || x->tag == VIEW_MAIN || x->tag == VIEW_BODY;
	if (never || x->flags & VIEW_IS_BODY || x->b1 == x->b0)
		return false;
	return (x->flags & (VIEW_IS_BOX | WORD_BOX)) != 0 || (x->flags & WORD_TEASER && leads_away(v, x));
}

/* Posts from elsewhere that the article quotes are part of it, whatever the pieces around them are called. */
static bool is_quote(const struct view *v, const struct view_element *x)
{
	for (uint32_t i = x->b0; i < x->b1; i++)
		if (!(v->blocks.p[i].flags & VIEW_IN_QUOTE))
			return false;
	return x->b1 > x->b0;
}

/* May a box that holds much of the page's running text still be one? Readers write more than the author, but
 * behind him; asides and footers are what they say as long as something is left; talk of cookies is never
 * news. */
static bool is_large_box(const struct finder *f, const struct view_element *x)
{
	uint32_t prose = body_prose(f, x);
	if (f->h1.p[x->b1] > f->h1.p[x->b0] && prose >= BIG_PROSE)
		return false;
	if (x->flags & WORD_COMMENT)
		return prose * 10 <= f->total * 8 && f->prose.p[x->b0] > 0;
	bool named = x->tag == VIEW_NAV || x->tag == VIEW_FOOTER || x->tag == VIEW_ASIDE;
	return x->flags & WORD_CONSENT || (named && f->total - prose >= BIG_PROSE);
}

enum { NAMES = 1024, TITLE_MIN = 15 /* bytes */, COVERED_MAX = 100 /* elements */, OPENING = 6 /* blocks */ };

/* Boxes by their tag or the names they carry, when all of that name hold less than a third of the running
 * text: some sites call each piece of the article a widget. Readers may write more than the author, but they
 * do it behind him. */
static void cut_named_boxes(struct finder *f)
{
	struct view *v = f->v;
	uint32_t share[NAMES] = {0};
	for (uint32_t i = 0; i < v->elements.n; i++)
		if (is_box(v, &v->elements.p[i]) && body_prose(f, &v->elements.p[i]))
			share[body_name(&v->elements.p[i]) % NAMES] += body_prose(f, &v->elements.p[i]);
	for (uint32_t i = 0; i < v->elements.n;) {
		const struct view_element *x = &v->elements.p[i];
		uint32_t prose = is_box(v, x) ? body_prose(f, x) : 0;
		bool headline = f->h1.p[x->b1] > f->h1.p[x->b0] && prose >= BIG_PROSE;
		bool large = prose && is_large_box(f, x);
		for (uint32_t k = x->b0; large && x->flags & WORD_COMMENT && k < x->b1; k++)
			v->blocks.p[k].flags |= WORD_COMMENT;
		if (is_box(v, x) && !headline && !is_quote(v, x) &&
			(prose == 0 || large || share[body_name(x) % NAMES] * 3 <= f->total)) {
			body_cut(v, x->b0, x->b1, x->flags & WORD_COMMENT ? VIEW_CUT_COMMENT : VIEW_CUT_BOX);
			i = x->end;
		} else {
			i++;
		}
	}
}

static void hand_down(struct finder *f)
{
	struct view *v = f->v;
	for (uint32_t i = 0; i < v->elements.n; i++) {
		const struct view_element *x = &v->elements.p[i];
		unsigned names = x->flags & VIEW_WORDS;
		if (names == 0 || x->b0 >= x->b1 || body_prose(f, x) * 3 > f->total + 300)
			continue;
		const struct view_block *b = &v->blocks.p[x->b0];
		if (view_is_inline(x->tag) && (x->t1 - x->t0) * 10 < b->n * 6)
			continue;
		for (uint32_t k = x->b0; k < x->b1; k++)
			v->blocks.p[k].flags |= names;
	}
}

/* ---- teasers: three or more neighbours of one make, each with a title that links to another page of the
 * site ---- */

static bool is_own_link(const struct finder *f, const struct view_element *a)
{
	struct span href = span_trim(node_attr(a->node, "href"));
	size_t at = span_find(href, SPAN("//"), 0);
	if (at == SIZE_MAX || at > 7 || f->h->host.n == 0)
		return href.n > 0 && href.p[0] != '#';
	return span_starts(span_cut(href, at + 2, href.n), "www.") ||
	       span_find_ci(span_cut(href, at + 2, at + 60), f->h->host.p, 0) != SIZE_MAX;
}

/* A link without anything in it, laid over the whole piece. */
static bool is_cover(const struct view *v, uint32_t number)
{
	const struct view_element *a = &v->elements.p[number];
	struct span href = span_trim(node_attr(a->node, "href"));
	return a->tag == VIEW_A && a->t1 == a->t0 && a->end == number + 1 &&
	       (span_starts(href, "/") || span_starts_ci(href, "http"));
}

/* The line that is its title, if a link covers it. */
static uint32_t covered_title(const struct view *v, const struct view_element *x)
{
	for (uint32_t i = x->b0; i < x->b1 && i < x->b0 + 3; i++)
		if (v->blocks.p[i].n >= TITLE_MIN)
			return i;
	return UINT32_MAX;
}

static bool is_covered(const struct view *v, uint32_t number)
{
	const struct view_element *x = &v->elements.p[number];
	uint32_t title = covered_title(v, x);
	struct span href = {NULL, 0};
	if (x->end - number > COVERED_MAX)
		return false;
	for (uint32_t i = number + 1; title != UINT32_MAX && i < x->end; i++) {
		if (!is_cover(v, i))
			continue;
		if (href.n && !span_eq(node_attr(v->elements.p[i].node, "href"), href))
			return false; /* buttons */
		href = node_attr(v->elements.p[i].node, "href");
	}
	return href.n && v->blocks.p[title].link == 0 && !body_is_prose(&v->blocks.p[title]);
}

static bool is_teaser(const struct finder *f, uint32_t number)
{
	const struct view *v = f->v;
	const struct view_element *x = &v->elements.p[number];
	bool title = false;
	if (view_is_inline(x->tag) || x->b1 - x->b0 < 2 || x->b1 - x->b0 > 8 || body_prose(f, x) > 700)
		return false;
	for (uint32_t b = x->b0; b < x->b1 && b < x->b0 + 3 && !body_is_prose(&v->blocks.p[b]); b++)
		title = title || (body_linked(&v->blocks.p[b]) > 0.8f && v->blocks.p[b].n >= TITLE_MIN);
	title = title || is_covered(v, number);
	for (uint32_t i = number + 1; title && i < x->end; i++)
		if (v->elements.p[i].tag == VIEW_A)
			return is_own_link(f, &v->elements.p[i]);
	return false;
}

void body_cut_teasers(struct finder *f)
{
	struct view *v = f->v;
	struct {
		uint32_t parent, name, times, prose;
	} seen[NAMES] = {0};
	VEC(uint32_t) found = {0};
	for (uint32_t i = 1; i < v->elements.n; i++) {
		const struct view_element *x = &v->elements.p[i];
		if (!is_teaser(f, i))
			continue;
		uint32_t name = body_name(x), slot = (name ^ x->parent * 2654435761u) % NAMES;
		if (seen[slot].name != name || seen[slot].parent != x->parent)
			seen[slot].times = seen[slot].prose = 0;
		seen[slot].name = name;
		seen[slot].parent = x->parent;
		seen[slot].times++;
		seen[slot].prose += body_prose(f, x);
		vec_push(&found, i);
	}
	vec_each (i, &found) {
		const struct view_element *x = &v->elements.p[*i];
		uint32_t name = body_name(x), slot = (name ^ x->parent * 2654435761u) % NAMES;
		bool teaser =
			seen[slot].name == name && seen[slot].parent == x->parent && seen[slot].times >= 3;
		if (teaser && is_covered(v, *i))
			v->blocks.p[covered_title(v, x)].link = v->blocks.p[covered_title(v, x)].n;
		for (uint32_t b = x->b0; teaser && b < x->b1; b++)
			v->blocks.p[b].flags |= VIEW_IN_TEASER;
		if (teaser && f->total - seen[slot].prose >= PROSE_MIN)
			body_cut(v, x->b0, x->b1, VIEW_CUT_TEASER);
	}
	vec_release(&found);
}

/* ---- pages that go on with the next article when scrolled ---- */

/* The innermost element around the headline with an article's worth of running text. */
static uint32_t around_headline(const struct finder *f, bool article)
{
	uint32_t own = UINT32_MAX;
	for (uint32_t i = 1; i < f->v->elements.n; i++) {
		const struct view_element *x = &f->v->elements.p[i];
		if ((x->tag == VIEW_ARTICLE || !article) && f->h->headline >= x->b0 &&
			f->h->headline < x->b1 && (article || body_prose(f, x) >= BIG_PROSE))
			own = i;
	}
	return own != UINT32_MAX && body_prose(f, &f->v->elements.p[own]) >= BIG_PROSE ? own : UINT32_MAX;
}

/* Does it open with a heading, a day close behind, and go on with running text? */
static bool is_whole_article(const struct finder *f, const struct view_element *x)
{
	const struct view *v = f->v;
	bool heading = false;
	if (body_prose(f, x) < BIG_PROSE)
		return false;
	for (uint32_t i = x->b0; i < x->b1 && i < x->b0 + OPENING; i++) {
		const struct view_block *b = &v->blocks.p[i];
		if (body_is_prose(b))
			return false;
		if (heading && dateline_looks(view_text(v, i), b->words))
			return true;
		heading = heading || b->tag == VIEW_H1 || b->tag == VIEW_HEADING;
	}
	return false;
}

/* The neighbours of the <article> that holds the headline; of what else holds it, when they are articles as
 * it is, of the same make. */
void body_cut_next_articles(struct finder *f)
{
	struct view *v = f->v;
	uint32_t own = around_headline(f, true);
	bool named = own != UINT32_MAX;
	own = named ? own : around_headline(f, false);
	if (own == UINT32_MAX || (!named && (v->blocks.p[f->h->headline].tag != VIEW_H1 ||
						    !is_whole_article(f, &v->elements.p[own]))))
		return;
	const struct view_element *first = &v->elements.p[own];
	for (uint32_t i = first->end; i < v->elements.p[first->parent].end; i = v->elements.p[i].end) {
		const struct view_element *x = &v->elements.p[i];
		if (named ? x->tag == VIEW_ARTICLE
			  : body_name(x) == body_name(first) && is_whole_article(f, x))
			body_cut(v, x->b0, x->b1, VIEW_CUT_NEXT);
	}
}

void body_prepare(struct view *v)
{
	struct finder f = {.v = v};
	body_sum_up(&f);
	hand_down(&f);
	uint32_t before = f.total;
	cut_named_boxes(&f);
	body_sum_up(&f);
	for (size_t i = 0; f.total < BIG_PROSE && before > 4 * BIG_PROSE && i < v->blocks.n; i++)
		v->blocks.p[i].cut = v->blocks.p[i].flags & (WORD_COMMENT | WORD_CONSENT)
					     ? VIEW_CUT_COMMENT
					     : VIEW_CUT_NONE; /* names took it all: they lie */
	body_release(&f);
}
