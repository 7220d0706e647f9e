/* view: see view.h. One walk over the tree. Text goes into one buffer; a block begins at its first visible
 * character and ends where an element that stands on its own line begins or ends, at two line breaks, or at
 * one line break when enough text stands before it. */
#include "page/view.h"

#include "base/utf8.h"
#include "page/letters.h"
#include "page/tags.h"

#include "base/banned.h"

enum { LINK_MAX = 1200 /* of text one link may hold */, LINE_LEAST = 60 }; /* bytes */

/* What the walk carries: per level, what is handed down. */
struct walk {
	struct view *v;
	uint32_t element; /* number of the innermost element */
	uint32_t holder;  /* of the innermost element that is a block */
	unsigned flags;   /* all flags around */
	unsigned links;   /* open <a> */
	unsigned strong;  /* open <b>, <strong> */
	unsigned skip;    /* inside what is not shown */
	bool open;        /* a block is being written */
	bool space;       /* white space due before the next character */
	bool broken;      /* a <br> since the last character */
	bool named;       /* an element named a title, a lead, a date has just ended */
	bool ended;       /* a named piece of a line has */
	bool new_link;
	const struct node *const *reveal;
	size_t n_reveal;
};

bool view_is_inline(enum view_tag t)
{
	return t == VIEW_INLINE || t == VIEW_A || t == VIEW_TIME;
}

static bool own_line(enum view_tag t)
{
	return t != VIEW_INLINE && t != VIEW_A && t != VIEW_TIME && t != VIEW_IMG && t != VIEW_BR &&
	       t != VIEW_SKIP && t != VIEW_CELL && t != VIEW_BUTTON;
}

static void end_block(struct walk *w)
{
	w->space = w->broken = w->named = w->ended = false;
	if (!w->open)
		return;
	struct view_block *b = &w->v->blocks.p[w->v->blocks.n - 1];
	w->open = false;
	b->n = (uint32_t)w->v->text.n - b->at;
	if (b->n == 0)
		w->v->blocks.n--;
	else
		str_addc(&w->v->text, '\n');
}

static struct view_block *begin_block(struct walk *w)
{
	struct view_block *b = vec_add(&w->v->blocks);
	b->element = w->holder;
	b->at = (uint32_t)w->v->text.n;
	b->flags = w->flags;
	b->tag = w->v->elements.p[w->holder].tag;
	w->open = true;
	return b;
}

static bool is_blank(uint32_t c)
{
	return c <= ' ' || c == 0xA0 || c == 0x7F || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
	       c == 0x2029 || c == 0x202F || c == 0x3000;
}

static bool is_nothing(uint32_t c)
{
	return c == 0xAD || c == 0x200B || c == 0x2060 || c == 0xFEFF || c == 0xFFFC;
}

static bool is_stop(uint32_t c)
{
	return c == '.' || c == ',' || c == '!' || c == '?' || c == ';' || c == 0x3002 || c == 0xFF0C ||
	       c == 0xFF01 || c == 0xFF1F || c == 0x3001 || c == 0x2026 || c == 0x60C || c == 0x61B ||
	       c == 0x61F || c == 0x6D4 || c == 0x964 || c == 0x965 || c == 0x104A || c == 0x104B ||
	       c == 0x17D4 || c == 0x17D5 || c == 0xFF61 || c == 0xFF64 || (c >= 0x1361 && c <= 0x1368);
}

/* Thai and Lao have no mark for it: sentences and their parts end with a blank. */
static bool is_stopless(uint32_t c)
{
	return c >= 0xE00 && c < 0xF00;
}

static void put(struct walk *w, struct span s, struct view_block *b)
{
	size_t before = w->v->text.n;
	if (w->space && before > b->at)
		str_addc(&w->v->text, ' ');
	w->space = w->broken = w->named = w->ended = false;
	str_add(&w->v->text, s);
	uint32_t n = (uint32_t)(w->v->text.n - before);
	b->link += w->links ? n : 0;
	b->strong += w->strong ? n : 0;
}

/* "<span class=place>Hà Nội</span>Sáng nay": styles part what the markup does not. A small letter before a
 * capital tells. */
static bool runs_on(const struct walk *w, struct span s)
{
	struct span before = str_span(&w->v->text);
	size_t at = before.n, next = 0;
	if (!w->open || !w->ended || s.n == 0 || at == 0)
		return false;
	while (at-- > 0 && ((unsigned char)before.p[at] & 0xC0) == 0x80)
		;
	uint32_t c = utf8_next(s, &next, NULL);
	return letter_is_small(utf8_next(before, &at, NULL)) && letter_small(c) != c;
}

static void take_text(struct walk *w, struct span s)
{
	struct view_block *b = w->open ? &w->v->blocks.p[w->v->blocks.n - 1] : NULL;
	w->space = w->space || runs_on(w, s);
	for (size_t at = 0; at < s.n;) {
		size_t from = at;
		uint32_t c = 0, last = 0;
		unsigned stops = 0;
		while (at < s.n) {
			size_t here = at;
			c = (unsigned char)s.p[at] < 0x80 ? (unsigned char)s.p[at++]
							  : utf8_next(s, &at, NULL);
			if (is_blank(c) || is_nothing(c)) {
				stops += is_blank(c) && is_stopless(last);
				at = here;
				break;
			}
			last = c;
			stops += is_stop(c);
		}
		if (at > from) {
			bool fresh = !b;
			if (!b)
				b = begin_block(w);
			if (w->new_link) {
				b->links++;
				w->new_link = false;
			}
			if (b->words < UINT16_MAX)
				b->words = (uint16_t)(b->words + (w->space || fresh ? 1 : 0));
			if (stops < (unsigned)(UINT16_MAX - b->stops))
				b->stops = (uint16_t)(b->stops + stops);
			put(w, span_cut(s, from, at), b);
		}
		while (at < s.n) {
			size_t here = at;
			c = utf8_next(s, &at, NULL);
			if (is_blank(c))
				w->space = true;
			else if (!is_nothing(c)) {
				at = here;
				break;
			}
		}
	}
}

static bool is_bold(const struct node *n)
{
	return node_is(n, "b") || node_is(n, "strong");
}

/* Classes that hide are trusted on elements that hold little; body and its like carry any class. */
static bool hides(const struct view_element *x)
{
	bool large = x->tag == VIEW_BODY || x->tag == VIEW_MAIN || x->tag == VIEW_ARTICLE ||
		     node_is(x->node, "html");
	return !large && (x->flags & (VIEW_IS_HIDDEN | WORD_HIDDEN)) != 0;
}

/* A heading that links to itself is no link. */
static bool within_page(const struct walk *w, const struct node *a)
{
	enum view_tag holder = w->v->elements.p[w->holder].tag;
	struct span href = span_trim(node_attr(a, "href"));
	return (holder == VIEW_HEADING || holder == VIEW_H1) && (href.n == 0 || href.p[0] == '#');
}

static bool is_revealed(const struct walk *w, const struct node *n)
{
	for (size_t i = 0; i < w->n_reveal; i++)
		if (w->reveal[i] == n)
			return true;
	return false;
}

static void count_hidden(struct view *v, const struct node *n)
{
	size_t bytes = 0;
	for (const struct node *t = n; t; t = node_after(t, n))
		bytes += t->tag.n == 0 && t->parent && !node_is(t->parent, "script") ? span_trim(t->text).n
										     : 0;
	if (bytes > v->hidden) {
		v->hidden = bytes;
		v->most_hidden = n;
	}
}

/* A menu in the cell before, say: no part of a title. */
static bool only_links(const struct walk *w)
{
	const struct view_block *b = w->open ? &w->v->blocks.p[w->v->blocks.n - 1] : NULL;
	return b && b->links && b->link * 10 >= (w->v->text.n - b->at) * 9;
}

/* The caption of a picture, between it and the text of one paragraph: a line of its own. */
static bool is_caption(const struct walk *w, const struct view_element *x)
{
	return x->tag == VIEW_INLINE && (x->flags & (WORD_CAPTION | WORD_META)) == WORD_CAPTION &&
	       !(w->flags & VIEW_IN_FIGURE) && !(w->v->elements.p[w->holder].flags & WORD_CAPTION);
}

static bool enter(struct walk *w, struct node *n)
{
	enum view_tag tag = tags_find(n->tag);
	struct view_element *x = vec_add(&w->v->elements);
	x->node = n;
	x->tag = tag;
	x->parent = w->element;
	x->flags = tags_flags(&w->v->words, n, tag);
	if (own_line(tag) || is_caption(w, x) ||
		(tag == VIEW_INLINE && x->flags & WORD_TITLE && (w->broken || only_links(w))))
		end_block(w);
	x->b0 = (uint32_t)w->v->blocks.n - (w->open ? 1 : 0);
	x->t0 = (uint32_t)w->v->text.n;
	w->element = (uint32_t)w->v->elements.n - 1;
	if (tag == VIEW_BR) {
		if (w->broken || w->named ||
			(w->open && w->v->text.n - w->v->blocks.p[w->v->blocks.n - 1].at > LINE_LEAST))
			end_block(w);
		w->space = w->broken = true;
	} else if (tag == VIEW_CELL) {
		w->space = true;
	} else if (tag == VIEW_A && !within_page(w, n)) {
		w->links++;
		w->new_link = true;
	} else if (is_bold(n)) {
		w->strong++;
	}
	if (tag == VIEW_SKIP || tag == VIEW_HEAD || tag == VIEW_BUTTON)
		return false;
	if (!hides(x) || is_revealed(w, n))
		return true;
	count_hidden(w->v, n);
	return false;
}

/* A link over several long blocks is one that was never closed. */
static void forgive_link(struct view *v, const struct view_element *a)
{
	if (a->t1 - a->t0 < LINK_MAX || a->b1 - a->b0 < 3)
		return;
	for (uint32_t i = a->b0; i < a->b1; i++)
		v->blocks.p[i].link = v->blocks.p[i].links = 0;
}

static void leave(struct walk *w, uint32_t number)
{
	struct view_element *x = &w->v->elements.p[number];
	if (own_line(x->tag) || is_caption(w, x))
		end_block(w);
	x->b1 = (uint32_t)w->v->blocks.n;
	w->named = w->named || (x->tag == VIEW_INLINE && x->t0 < w->v->text.n &&
				       x->flags & (WORD_TITLE | WORD_LEAD | WORD_DATE | WORD_AUTHOR));
	x->t1 = (uint32_t)w->v->text.n;
	w->ended = w->ended || (x->tag == VIEW_INLINE && x->t0 < x->t1 && node_attr(x->node, "class").n);
	x->end = (uint32_t)w->v->elements.n;
	if (x->tag == VIEW_A && !within_page(w, x->node)) {
		w->links--;
		forgive_link(w->v, x);
	} else if (is_bold(x->node))
		w->strong--;
	w->element = x->parent;
}

/* Recomputes what is handed down: cheaper than a stack, since it is one step up or down. */
static void hand_down(struct walk *w, unsigned above, uint32_t holder_above, uint32_t number)
{
	const struct view_element *x = &w->v->elements.p[number];
	bool own = own_line(x->tag);
	w->flags = above | (own ? x->flags & ~(unsigned)(VIEW_WORDS | VIEW_IS_BOX) : 0);
	w->holder = own ? number : holder_above;
}

void view_build(struct view *v, struct node *root, const struct node *const *reveal, size_t n_reveal)
{
	struct level {
		unsigned flags;
		uint32_t holder;
	};
	VEC(struct level) levels = {0};
	struct walk w = {.v = v, .reveal = reveal, .n_reveal = n_reveal};
	struct node *n = root;
	str_init(&v->text, 0);
	str_room(&v->text, 1); /* spans are cut from it on a page without text, too */
	str_grew(&v->text, 0);
	v->root = root;
	words_init(&v->words);
	while (n) {
		bool down = false;
		if (n->tag.n) {
			vec_push(&levels, ((struct level){w.flags, w.holder}));
			down = enter(&w, n);
			hand_down(&w, levels.p[levels.n - 1].flags, levels.p[levels.n - 1].holder, w.element);
		} else {
			take_text(&w, n->text);
		}
		if (down && n->first) {
			n = n->first;
			continue;
		}
		for (;; n = n->parent) {
			if (n->tag.n) {
				leave(&w, w.element);
				w.flags = levels.p[levels.n - 1].flags;
				w.holder = levels.p[--levels.n].holder;
			}
			if (n == root || n->next)
				break;
		}
		n = n == root ? NULL : n->next;
	}
	vec_release(&levels);
}

void view_release(struct view *v)
{
	str_release(&v->text);
	vec_release(&v->elements);
	vec_release(&v->blocks);
}

struct span view_text(const struct view *v, size_t block)
{
	const struct view_block *b = &v->blocks.p[block];
	return (struct span){v->text.p + b->at, b->n};
}

bool view_inside(const struct view *v, uint32_t inner, uint32_t outer)
{
	return inner >= outer && inner < v->elements.p[outer].end;
}

uint32_t view_first_at(const struct view *v, uint32_t i)
{
	uint32_t lo = 0, hi = (uint32_t)v->elements.n;
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		if (v->elements.p[mid].b0 < i)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

bool view_line_is(const struct view *v, uint32_t block, bool (*passes)(const struct node *))
{
	const struct view_block *b = &v->blocks.p[block];
	for (uint32_t i = view_first_at(v, block); i < v->elements.p[b->element].end; i++) {
		const struct view_element *x = &v->elements.p[i];
		if (x->b0 > block)
			return false;
		if (x->b0 == block && x->t1 - x->t0 >= b->n && passes(x->node))
			return true;
	}
	return false;
}
