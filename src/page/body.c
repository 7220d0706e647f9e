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
#include "page/body.h"

#include <string.h>

#include "base/utf8.h"

#include "base/banned.h"

#define LINKED(b) ((float)(b)->link / (float)((b)->n ? (b)->n : 1))

enum {
	PROSE_MIN = 80,
	BIG_PROSE = 200,
	BIO_MAX = 600,
	COUNTER_MAX = 20,
	LEAD_MIN = 40,
	NEAR_ELEMENTS = 8
}; /* bytes; elements */

struct finder {
	struct view *v;
	const struct body_hints *h;
	VEC(float) sum;      /* sum.p[i]: weights of the blocks before i */
	VEC(uint32_t) prose; /* the same for bytes of running text */
	VEC(uint32_t) h1;    /* and for <h1> */
	uint32_t total;      /* bytes of running text */
	uint32_t e0, e1;     /* the body: elements [e0, e1) … */
	uint32_t b0, b1;     /* … and blocks [b0, b1) */
};

/* Running text: long enough, hardly linked, with a sentence in it. */
static bool is_prose(const struct view_block *b)
{
	return b->n - b->link >= PROSE_MIN && LINKED(b) < 0.4f && b->stops > 0 && b->tag != VIEW_HEADING &&
	       b->tag != VIEW_H1;
}

static float weigh(const struct view_block *b)
{
	if (b->cut)
		return b->n > PROSE_MIN ? -0.6f : -0.3f;
	if (b->flags & VIEW_IN_FIGURE)
		return 0;
	if (is_prose(b)) {
		float w = 0.6f + (float)(b->n - b->link) * (1 - LINKED(b)) / 100.0f;
		if (w > 8)
			w = 8;
		if (b->tag == VIEW_LI || b->flags & VIEW_IN_TABLE)
			w *= 0.5f;
		return w;
	}
	if (LINKED(b) >= 0.5f)
		return b->n > PROSE_MIN ? -0.7f : -0.5f;
	if (b->tag == VIEW_HEADING || b->tag == VIEW_H1)
		return 0;
	return b->n >= 30 && b->stops ? 0.15f : -0.15f;
}

static void sum_up(struct finder *f)
{
	f->sum.n = f->prose.n = f->h1.n = 0;
	uint32_t h1 = 0;
	float sum = 0;
	f->total = 0;
	for (size_t i = 0; i <= f->v->blocks.n; i++) {
		vec_push(&f->sum, sum);
		vec_push(&f->prose, f->total);
		vec_push(&f->h1, h1);
		if (i == f->v->blocks.n)
			break;
		struct view_block *b = &f->v->blocks.p[i];
		b->weight = weigh(b);
		h1 += b->tag == VIEW_H1;
		sum += b->weight;
		f->total += is_prose(b) && !b->cut ? b->n : 0;
	}
}

static float score(const struct finder *f, const struct view_element *x)
{
	return f->sum.p[x->b1] - f->sum.p[x->b0];
}

static uint32_t prose_in(const struct finder *f, const struct view_element *x)
{
	return f->prose.p[x->b1] - f->prose.p[x->b0];
}

static void cut_range(struct view *v, uint32_t b0, uint32_t b1)
{
	for (uint32_t i = b0; i < b1; i++)
		v->blocks.p[i].cut = true;
}

static uint32_t name_of(const struct view_element *x)
{
	uint32_t h = 2166136261u;
	struct span c = node_attr(x->node, "class");
	for (size_t i = 0; i < c.n; i++)
		h = (h ^ (unsigned char)c.p[i]) * 16777619u;
	return (h ^ (uint32_t)x->tag) * 16777619u;
}

static bool is_box(const struct view_element *x)
{
	bool never = view_is_inline(x->tag) || x->tag == VIEW_HEADING || x->tag == VIEW_H1 ||
		     x->tag == VIEW_MAIN || x->tag == VIEW_BODY;
	return (x->flags & (VIEW_IS_BOX | WORD_BOX)) != 0 && !(x->flags & VIEW_IS_BODY) && !never &&
	       x->b1 > x->b0;
}

/* May a box that holds much of the page's running text still be one? Readers write more than the author, but
 * behind him; asides and footers are what they say as long as something is left; talk of cookies is never
 * news. */
static bool is_large_box(const struct finder *f, const struct view_element *x)
{
	uint32_t prose = prose_in(f, x);
	if (f->h1.p[x->b1] > f->h1.p[x->b0] && prose >= BIG_PROSE)
		return false;
	if (x->flags & WORD_COMMENT)
		return prose * 10 <= f->total * 8 && f->prose.p[x->b0] > 0;
	bool named = x->tag == VIEW_NAV || x->tag == VIEW_FOOTER || x->tag == VIEW_ASIDE;
	return x->flags & WORD_CONSENT || (named && f->total - prose >= BIG_PROSE);
}

enum { NAMES = 1024 };

/* Boxes by their tag or the names they carry, when all of that name hold less than a third of the running
 * text: some sites call each piece of the article a widget. Readers may write more than the author, but they
 * do it behind him. */
static void cut_named_boxes(struct finder *f)
{
	struct view *v = f->v;
	uint32_t share[NAMES] = {0};
	for (uint32_t i = 0; i < v->elements.n; i++)
		if (is_box(&v->elements.p[i]) && prose_in(f, &v->elements.p[i]))
			share[name_of(&v->elements.p[i]) % NAMES] += prose_in(f, &v->elements.p[i]);
	for (uint32_t i = 0; i < v->elements.n;) {
		const struct view_element *x = &v->elements.p[i];
		uint32_t prose = is_box(x) ? prose_in(f, x) : 0;
		bool headline = f->h1.p[x->b1] > f->h1.p[x->b0] && prose >= BIG_PROSE;
		bool large = prose && is_large_box(f, x);
		for (uint32_t k = x->b0; large && x->flags & WORD_COMMENT && k < x->b1; k++)
			v->blocks.p[k].flags |= WORD_COMMENT;
		if (is_box(x) && !headline &&
			(prose == 0 || large || share[name_of(x) % NAMES] * 3 <= f->total)) {
			cut_range(v, x->b0, x->b1);
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
		if (names == 0 || x->b0 >= x->b1 || prose_in(f, x) * 3 > f->total + 300)
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

static bool is_teaser(const struct finder *f, uint32_t number)
{
	const struct view *v = f->v;
	const struct view_element *x = &v->elements.p[number];
	bool title = false;
	if (view_is_inline(x->tag) || x->b1 - x->b0 < 2 || x->b1 - x->b0 > 8 || prose_in(f, x) > 700)
		return false;
	for (uint32_t b = x->b0; b < x->b1 && b < x->b0 + 3; b++)
		title = title || (LINKED(&v->blocks.p[b]) > 0.8f && v->blocks.p[b].n >= 15);
	for (uint32_t i = number + 1; title && i < x->end; i++)
		if (v->elements.p[i].tag == VIEW_A)
			return is_own_link(f, &v->elements.p[i]);
	return false;
}

static void cut_teasers(struct finder *f)
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
		uint32_t name = name_of(x), slot = (name ^ x->parent * 2654435761u) % NAMES;
		if (seen[slot].name != name || seen[slot].parent != x->parent)
			seen[slot].times = seen[slot].prose = 0;
		seen[slot].name = name;
		seen[slot].parent = x->parent;
		seen[slot].times++;
		seen[slot].prose += prose_in(f, x);
		vec_push(&found, i);
	}
	vec_each (i, &found) {
		const struct view_element *x = &v->elements.p[*i];
		uint32_t name = name_of(x), slot = (name ^ x->parent * 2654435761u) % NAMES;
		if (seen[slot].name == name && seen[slot].parent == x->parent && seen[slot].times >= 3 &&
			seen[slot].prose * 3 <= f->total * 2)
			cut_range(v, x->b0, x->b1);
	}
	vec_release(&found);
}

/* Pages that go on with the next article when scrolled: the neighbours of the <article> that holds the
 * headline. */
static void cut_next_articles(struct finder *f)
{
	struct view *v = f->v;
	uint32_t own = UINT32_MAX;
	for (uint32_t i = 0; i < v->elements.n; i++) {
		const struct view_element *x = &v->elements.p[i];
		if (x->tag == VIEW_ARTICLE && f->h->headline >= x->b0 && f->h->headline < x->b1)
			own = i;
	}
	if (own == UINT32_MAX || prose_in(f, &v->elements.p[own]) < BIG_PROSE)
		return;
	for (uint32_t i = v->elements.p[own].end; i < v->elements.n; i++) {
		const struct view_element *x = &v->elements.p[i];
		if (x->tag == VIEW_ARTICLE && x->parent == v->elements.p[own].parent)
			cut_range(v, x->b0, x->b1);
	}
}

static uint32_t best_element(const struct finder *f)
{
	uint32_t best = 0;
	float top = 0;
	for (uint32_t i = 0; i < f->v->elements.n; i++) {
		float s = score(f, &f->v->elements.p[i]);
		if (s > 0 && s >= top) {
			top = s;
			best = i;
		}
	}
	while (best && view_is_inline(f->v->elements.p[best].tag))
		best = f->v->elements.p[best].parent;
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
		uint32_t prose = prose_in(f, x);
		uint32_t need = prose_in(f, &v->elements.p[best]) / 100 * (x->flags & VIEW_IS_BODY ? 60 : 85);
		if (prose >= need && prose >= most && score(f, x) > 0) {
			most = prose;
			choice = i;
		}
	}
	return choice;
}

/* When the best element holds less than a third of the page's running text, the smallest one around it that
 * calls itself an article and holds much more: lists of links in the text may have torn it. */
static uint32_t wider_body(const struct finder *f, uint32_t body)
{
	const struct view *v = f->v;
	uint32_t prose = prose_in(f, &v->elements.p[body]);
	if (prose * 3 >= f->total)
		return body;
	for (uint32_t i = body; i > 0; i = v->elements.p[i].parent) {
		const struct view_element *x = &v->elements.p[i];
		bool named = says_body(x) || x->tag == VIEW_ARTICLE || x->tag == VIEW_MAIN;
		if (named && prose_in(f, x) >= 3 * prose && prose_in(f, x) * 2 >= f->total)
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
	uint32_t name = name_of(x), missed = 0;
	f->e0 = body;
	f->e1 = x->end;
	for (uint32_t i = body; body && i-- > x->parent + 1 && missed < NEAR_ELEMENTS;) {
		const struct view_element *y = &v->elements.p[i];
		if (y->parent != x->parent)
			continue;
		missed++;
		if (name_of(y) != name || score(f, y) <= 0)
			continue;
		f->e0 = i;
		missed = 0;
	}
	missed = 0;
	for (uint32_t i = x->end; body && i < v->elements.p[x->parent].end && missed < NEAR_ELEMENTS;
		i = v->elements.p[i].end) {
		const struct view_element *y = &v->elements.p[i];
		missed++;
		if (name_of(y) != name || score(f, y) <= 0)
			continue;
		f->e1 = y->end;
		missed = 0;
	}
	f->b0 = v->elements.p[f->e0].b0;
	f->b1 = x->b1;
	for (uint32_t i = x->end; i < f->e1; i = v->elements.p[i].end)
		f->b1 = v->elements.p[i].b1;
}

/* ---- inside the body ---- */

static bool is_short(const struct view_block *b)
{
	return b->n < PROSE_MIN;
}

/* Lists, tables and other pieces that are links for the most part. */
static void cut_linked_pieces(struct finder *f)
{
	struct view *v = f->v;
	for (uint32_t i = f->e0 + (f->e0 + 1 < f->e1 ? 1 : 0); i < f->e1;) {
		const struct view_element *x = &v->elements.p[i];
		uint32_t n = 0, link = 0, links = 0;
		bool piece = x->tag == VIEW_LIST || x->tag == VIEW_DIV || x->tag == VIEW_SECTION ||
			     x->tag == VIEW_TABLE || x->tag == VIEW_ARTICLE || x->tag == VIEW_OTHER ||
			     x->tag == VIEW_BLOCKQUOTE;
		for (uint32_t b = x->b0; piece && b < x->b1; b++) {
			n += v->blocks.p[b].n;
			link += v->blocks.p[b].link;
			links += v->blocks.p[b].links;
		}
		if (piece && n && link * 2 > n &&
			prose_in(f, x) * 4 <= f->prose.p[f->b1] - f->prose.p[f->b0] &&
			(links > 1 || link * 10 > n * 8)) {
			cut_range(v, x->b0, x->b1);
			i = x->end;
		} else {
			i++;
		}
	}
}

/* From a heading like "Tin liên quan" on, up to the next running text, what is linked belongs to the box. */
static void cut_headed_boxes(struct finder *f)
{
	struct view *v = f->v;
	bool inside = false;
	for (uint32_t i = f->b0; i < f->b1; i++) {
		struct view_block *b = &v->blocks.p[i];
		if (b->cut)
			continue;
		if (words_box_heading(view_text(v, i)))
			inside = b->cut = true;
		else if (LINKED(b) < 0.5f && (is_prose(b) || b->tag == VIEW_HEADING))
			inside = false;
		else if (inside && LINKED(b) >= 0.5f)
			b->cut = true;
	}
}

static bool is_reference(const struct view *v, uint32_t i)
{
	const struct view_block *b = &v->blocks.p[i];
	struct span line = view_text(v, i);
	if (b->n > 400)
		return false;
	bool whole = LINKED(b) > 0.8f;
	if (whole && (b->tag == VIEW_P || b->tag == VIEW_DIV || b->tag == VIEW_HEADING ||
			     b->tag == VIEW_OTHER || b->tag == VIEW_LI))
		return true;
	return words_see_also(line) &&
	       (LINKED(b) > 0.35f || (b->n < 200 && span_find_byte(line, ':', 0) < 40));
}

static bool has_digit(struct span s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] >= '0' && s.p[i] <= '9')
			return true;
	return false;
}

/* "Image 2 of 5". */
static bool is_counter(struct span s)
{
	size_t digits = 0, runs = 0;
	for (size_t i = 0; i < s.n; i++) {
		bool digit = s.p[i] >= '0' && s.p[i] <= '9';
		runs += digit && digits == 0;
		digits = digit ? digits + 1 : 0;
	}
	return s.n < COUNTER_MAX && runs == 2 && digits &&
	       (span_find(s, SPAN(" of "), 0) != SIZE_MAX || span_find(s, SPAN(" von "), 0) != SIZE_MAX ||
		       span_find_byte(s, '/', 0) != SIZE_MAX);
}

static void cut_lines(struct finder *f)
{
	struct view *v = f->v;
	for (uint32_t i = f->b0; i < f->b1; i++) {
		struct view_block *b = &v->blocks.p[i];
		if (b->cut)
			continue;
		struct span line = view_text(v, i);
		bool meta = (b->flags & (WORD_META | WORD_AUTHOR | WORD_DATE)) != 0 && is_short(b);
		if (words_credit(line))
			b->flags |= WORD_CAPTION;
		bool caption = (b->flags & (VIEW_IN_FIGURE | WORD_CAPTION)) != 0;
		bool heading = b->tag == VIEW_HEADING && words_see_also(line);
		bool dated = b->n < PROSE_MIN && words_byline(line) && has_digit(line);
		bool again = span_eq(line, f->h->title) || is_counter(line);
		b->cut = meta || dated || caption || heading || again || is_reference(v, i) ||
			 words_page_talk(line) || line.p[0] == '<';
	}
}

/* A sentence, if need be with a link in it: the article may begin or end with it. */
static bool is_sentence(const struct view_block *b)
{
	return b->n >= LEAD_MIN && b->stops > 0 && LINKED(b) < 0.6f && b->tag != VIEW_H1 &&
	       b->tag != VIEW_HEADING;
}

/* Behind the article: how to reach the author, who he is. */
static bool is_about_author(const struct finder *f, uint32_t i)
{
	struct span line = view_text(f->v, i);
	if (line.n > BIO_MAX)
		return false;
	for (size_t k = 0; k < f->h->n_authors; k++) {
		struct span name = span_of(f->h->authors[k]);
		size_t at = name.n > 5 ? span_find(line, name, 0) : SIZE_MAX;
		if (at < 10)
			return true;
	}
	return words_contact(line);
}

/* What stands before the first and behind the last running text: the headline, dates, lists of tags. Headings
 * and short lines between paragraphs stay. */
static void trim_ends(struct finder *f)
{
	struct view *v = f->v;
	uint32_t i = f->b0, k = f->b1;
	uint32_t headline = f->h->headline;
	if (headline >= i && headline < k &&
		(f->prose.p[headline] - f->prose.p[i]) * 4 <= f->prose.p[k] - f->prose.p[i]) {
		cut_range(v, i, headline + 1);
		i = headline + 1;
	}
	while (i < k &&
		(v->blocks.p[i].cut || !is_sentence(&v->blocks.p[i]) || words_byline(view_text(v, i))))
		v->blocks.p[i++].cut = true;
	while (k > i) {
		struct view_block *b = &v->blocks.p[k - 1];
		bool sentence = b->stops &&
				(LINKED(b) < 0.3f || (b->n - b->link >= LEAD_MIN && LINKED(b) < 0.6f)) &&
				b->tag != VIEW_HEADING && !words_byline(view_text(v, k - 1)) &&
				!is_about_author(f, k - 1);
		if (!b->cut && sentence)
			break;
		b->cut = true;
		k--;
	}
}

/* ---- before the body ---- */

static void plain_key(struct span s, char out[64], size_t *n)
{
	*n = 0;
	for (size_t i = 0; i < s.n && *n < 60; i++)
		if ((unsigned char)s.p[i] > '@')
			out[(*n)++] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] | 32) : s.p[i];
}

/* Do both begin with the same letters? */
static bool same_start(struct span a, struct span b)
{
	char x[64], y[64];
	size_t n, m;
	plain_key(a, x, &n);
	plain_key(b, y, &m);
	size_t k = n < m ? n : m;
	return k >= 20 && memcmp(x, y, k) == 0;
}

static bool is_lead(const struct finder *f, uint32_t i)
{
	const struct view_block *b = &f->v->blocks.p[i];
	struct span line = view_text(f->v, i);
	if (b->n < LEAD_MIN || LINKED(b) > 0.3f || b->tag == VIEW_H1 || same_start(line, f->h->title))
		return false;
	if (b->stops && f->h->description.n && same_start(line, f->h->description))
		return true;
	if (b->cut || b->flags & (VIEW_IN_FIGURE | WORD_CAPTION | WORD_META) || words_byline(line) ||
		words_credit(line) || words_page_talk(line))
		return false;
	if (b->flags & WORD_LEAD && b->stops)
		return true;
	return is_prose(b);
}

static uint32_t find_lead(struct finder *f)
{
	struct view *v = f->v;
	uint32_t to = f->b0, lead = UINT32_MAX;
	uint32_t from = f->h->headline < to ? f->h->headline + 1 : to > 12 ? to - 12 : 0;
	if (to - from > 40)
		from = to - 40;
	for (uint32_t i = from; i < to; i++) {
		if (!is_lead(f, i))
			continue;
		v->blocks.p[i].keep = true;
		if (lead == UINT32_MAX)
			lead = i;
	}
	return lead;
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

void body_prepare(struct view *v)
{
	struct finder f = {.v = v};
	sum_up(&f);
	hand_down(&f);
	cut_named_boxes(&f);
	vec_release(&f.sum);
	vec_release(&f.prose);
	vec_release(&f.h1);
}

size_t body_find(struct view *v, const struct body_hints *h, uint32_t *lead, uint32_t *container)
{
	struct finder f = {.v = v, .h = h};
	size_t n = 0;
	*lead = UINT32_MAX;
	*container = 0;
	sum_up(&f);
	cut_teasers(&f);
	cut_next_articles(&f);
	sum_up(&f);
	if (f.total > 0) {
		uint32_t body = wider_body(&f, named_body(&f, best_element(&f)));
		set_body(&f, body);
		cut_headed_boxes(&f);
		cut_linked_pieces(&f);
		cut_lines(&f);
		trim_ends(&f);
		*lead = find_lead(&f);
		*container = body;
		n = keep_body(&f);
	}
	vec_release(&f.sum);
	vec_release(&f.prose);
	vec_release(&f.h1);
	return n;
}
