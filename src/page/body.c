/* body: see body.h. Each block gets a weight, above zero when it reads like news, below when it is like a
 * menu. An element's score is the sum over the blocks it covers, so that the best element is the smallest one
 * that holds the news and as little else as possible: no rule about depth or parents is needed, and a body
 * torn into several pieces is found by what encloses the pieces.
 *
 *   weigh -> cut boxes by name and tag -> best element -> cut what is not read inside it -> the lead before
 * it
 *
 * Names (class, id, tag) only ever decide about pieces that hold a small part of the page's running text:
 * "article-with-sidebar" on the body element must not cost us the page. */
#include "page/body_priv.h"
#include "page/select.h"

#include "base/banned.h"

enum { NEAR_ELEMENTS = 8, OWN_PROSE = 400 };

static uint32_t best_between(const struct finder *f, uint32_t from, uint32_t to)
{
	uint32_t best = from;
	float top = 0;
	for (uint32_t i = from; i < to; i++) {
		float s = body_score(f, &f->v->elements.p[i]);
		if (s > 0 && s >= top) {
			top = s;
			best = i;
		}
	}
	while (best && view_is_inline(f->v->elements.p[best].tag))
		best = f->v->elements.p[best].parent;
	return best;
}

/* The innermost element around the headline that calls itself an article and holds running text. */
static uint32_t own_article(const struct finder *f)
{
	uint32_t own = UINT32_MAX;
	for (uint32_t i = 0; f->h->headline != UINT32_MAX && i < f->v->elements.n; i++) {
		const struct view_element *x = &f->v->elements.p[i];
		bool named = x->tag == VIEW_ARTICLE || x->tag == VIEW_MAIN ||
			     (x->flags & WORD_KIND && !view_is_inline(x->tag));
		if (named && x->b0 <= f->h->headline && x->b1 > f->h->headline &&
			body_prose(f, x) >= OWN_PROSE && body_score(f, x) > 0)
			own = i;
	}
	return own;
}

/* Readers' words and lists of other articles may outweigh a short article, but lie outside of what holds the
 * headline. */
static uint32_t best_element(const struct finder *f)
{
	const struct view *v = f->v;
	uint32_t best = best_between(f, 0, (uint32_t)v->elements.n), own = own_article(f);
	if (own != UINT32_MAX && !view_inside(v, best, own) && !view_inside(v, own, best))
		best = best_between(f, own, v->elements.p[own].end);
	return best;
}

static bool says_body(const struct view_element *x)
{
	return x->flags & VIEW_IS_BODY || (x->flags & WORD_KIND && x->flags & WORD_BODY);
}

/* An element that calls itself the article's body and holds most of what the best one holds is taken in its
 * place. */
static uint32_t named_body(const struct finder *f, uint32_t best)
{
	const struct view *v = f->v;
	uint32_t choice = best, most = 0;
	for (uint32_t i = 0; i < v->elements.n; i++) {
		const struct view_element *x = &v->elements.p[i];
		if (!says_body(x) || !(view_inside(v, i, best) || view_inside(v, best, i)))
			continue;
		uint32_t prose = body_prose(f, x);
		uint32_t need =
			body_prose(f, &v->elements.p[best]) / 100 * (x->flags & VIEW_IS_BODY ? 60 : 85);
		if (prose >= need && prose >= most && body_score(f, x) > 0) {
			most = prose;
			choice = i;
		}
	}
	return choice;
}

static bool in_box(const struct view *v, uint32_t i)
{
	for (; i > 0; i = v->elements.p[i].parent)
		if (v->elements.p[i].flags & (VIEW_IS_BOX | WORD_BOX))
			return true;
	return false;
}

/* Results and rankings are content without running text. When what reads best lies in a box, what the page
 * itself calls the article's body is taken, if it says as much in its own words. */
static uint32_t told_body(const struct finder *f, uint32_t best)
{
	const struct view *v = f->v;
	if (!in_box(v, best))
		return best;
	for (uint32_t i = 0; i < v->elements.n; i++) {
		const struct view_element *x = &v->elements.p[i];
		uint32_t own = 0;
		if (!(x->flags & VIEW_IS_BODY) || in_box(v, i))
			continue;
		for (uint32_t b = x->b0; b < x->b1; b++)
			own += v->blocks.p[b].cut ? 0 : v->blocks.p[b].n - v->blocks.p[b].link;
		if (own >= OWN_PROSE && own >= body_prose(f, &v->elements.p[best]) / 2)
			return i;
	}
	return best;
}

/* Is there no running text but what other articles are announced by? */
static bool all_in_teasers(const struct finder *f)
{
	uint32_t teasers = 0;
	vec_each (b, &f->v->blocks)
		teasers += b->flags & VIEW_IN_TEASER && !b->cut && body_is_prose(b) ? b->n : 0;
	return teasers == f->total;
}

/* Appointments, results, lists of names: a page without any running text whose article's body, as it calls
 * that itself, says something all the same. UINT32_MAX: none. */
static uint32_t wordless_body(const struct finder *f)
{
	const struct view *v = f->v;
	for (uint32_t i = 0; f->h->headline != UINT32_MAX && i < v->elements.n; i++) {
		const struct view_element *x = &v->elements.p[i];
		uint32_t own = 0;
		if (!says_body(x) || in_box(v, i) || x->b0 <= f->h->headline)
			continue;
		for (uint32_t b = x->b0; b < x->b1; b++)
			own += v->blocks.p[b].cut || v->blocks.p[b].flags & VIEW_IN_TABLE
				       ? 0
				       : v->blocks.p[b].n - v->blocks.p[b].link;
		if (own >= BIG_PROSE && own * 2 >= x->t1 - x->t0)
			return i;
	}
	return UINT32_MAX;
}

/* When the best element holds less than a third of the page's running text, the smallest one around it that
 * calls itself an article and holds much more: lists of links in the text may have torn it. */
static uint32_t wider_body(const struct finder *f, uint32_t body)
{
	const struct view *v = f->v;
	uint32_t prose = body_prose(f, &v->elements.p[body]);
	if (prose * 3 >= f->total)
		return body;
	for (uint32_t i = body; i > 0; i = v->elements.p[i].parent) {
		const struct view_element *x = &v->elements.p[i];
		bool named = says_body(x) || x->tag == VIEW_ARTICLE || x->tag == VIEW_MAIN;
		if (named && body_prose(f, x) >= 3 * prose && body_prose(f, x) * 2 >= f->total)
			return i;
	}
	return body;
}

/* The body's elements: the best one, and its neighbours of the same make that hold running text. A short
 * article cut into pieces may weigh less than the links around it, so that one piece wins over what encloses
 * them all. */
static void set_body(struct finder *f, uint32_t body)
{
	struct view *v = f->v;
	const struct view_element *x = &v->elements.p[body];
	uint32_t name = body_name(x), missed = 0;
	f->e0 = body;
	f->e1 = x->end;
	for (uint32_t i = body; body && i-- > x->parent + 1 && missed < NEAR_ELEMENTS;) {
		const struct view_element *y = &v->elements.p[i];
		if (y->parent != x->parent)
			continue;
		missed++;
		if (body_name(y) != name || body_score(f, y) <= 0)
			continue;
		f->e0 = i;
		missed = 0;
	}
	missed = 0;
	for (uint32_t i = x->end; body && i < v->elements.p[x->parent].end && missed < NEAR_ELEMENTS;
		i = v->elements.p[i].end) {
		const struct view_element *y = &v->elements.p[i];
		missed++;
		if (body_name(y) != name || body_score(f, y) <= 0)
			continue;
		f->e1 = y->end;
		missed = 0;
	}
	f->b0 = v->elements.p[f->e0].b0;
	f->b1 = x->b1;
	for (uint32_t i = x->end; i < f->e1; i = v->elements.p[i].end)
		f->b1 = v->elements.p[i].b1;
}

/* What the source names as the text: from the first such element to the last; what stands between them is no
 * part of it, and boxes by name inside them are. False when the page has none. */
static bool asked_body(struct finder *f, uint32_t *body)
{
	struct view *v = f->v;
	uint32_t first = UINT32_MAX, end = 0;
	for (uint32_t i = 0; f->h->content && i < v->elements.n;) {
		const struct view_element *x = &v->elements.p[i];
		if (x->b1 == x->b0 || !select_match(f->h->content, x->node)) {
			i++;
			continue;
		}
		for (uint32_t b = x->b0; b < x->b1; b++)
			v->blocks.p[b].cut = VIEW_CUT_NONE;
		if (first == UINT32_MAX) {
			first = f->e0 = i;
			f->b0 = x->b0;
		} else {
			body_cut(v, f->b1, x->b0, VIEW_CUT_ASKED);
		}
		f->b1 = x->b1;
		f->e1 = end = i = x->end;
	}
	*body = first;
	return end > 0;
}

static size_t keep_body(struct finder *f)
{
	struct view *v = f->v;
	size_t n = 0;
	for (uint32_t i = 0; i < v->blocks.n; i++) {
		struct view_block *b = &v->blocks.p[i];
		if (i >= f->b0 && i < f->b1)
			b->keep = !b->cut;
		n += b->keep ? b->n : 0;
	}
	return n;
}

/* UINT32_MAX: none. */
static uint32_t choose_body(const struct finder *f)
{
	uint32_t wordless = all_in_teasers(f) ? wordless_body(f) : UINT32_MAX;
	if (f->total == 0 || wordless != UINT32_MAX)
		return wordless;
	return told_body(f, wider_body(f, named_body(f, best_element(f))));
}

size_t body_find(struct view *v, const struct body_hints *h, uint32_t *lead, uint32_t *container)
{
	struct finder f = {.v = v, .h = h};
	size_t n = 0;
	*lead = UINT32_MAX;
	*container = 0;
	body_sum_up(&f);
	body_cut_teasers(&f);
	body_cut_next_articles(&f);
	body_sum_up(&f);
	uint32_t body;
	bool asked = asked_body(&f, &body);
	if (asked)
		body_sum_up(&f);
	else
		body = choose_body(&f);
	if (body != UINT32_MAX) {
		if (!asked)
			set_body(&f, body);
		body_cut_headed_boxes(&f);
		body_cut_linked_pieces(&f);
		body_cut_lines(&f);
		if (asked || body_prose(&f, &v->elements.p[body]))
			body_trim_ends(&f);
		*lead = asked ? UINT32_MAX : body_find_lead(&f);
		*container = body;
		n = keep_body(&f);
	}
	body_release(&f);
	return n;
}
