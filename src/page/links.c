/* links: which links of a front or section page lead to articles. See page.h. Where the source says which, it
 * is asked; else each address gets points for what a reader goes by: a title long enough to be one, a
 * heading, an address like those of the other titles, neighbours made alike; less in menus and footers. The
 * addresses are counted once, however many pictures and titles lead to them. No site is known here. */
#include "page/page.h"

#include <string.h>

#include "base/hash.h"
#include "base/limits.h"
#include "base/map.h"
#include "base/url.h"
#include "base/utf8.h"
#include "page/index.h"
#include "page/select.h"
#include "page/shape.h"
#include "page/view.h"

#include "base/banned.h"

enum {
	TITLE_LONG = 30, /* letters of a headline; East Asian ones count double */
	TITLE_FAIR = 20,
	TITLE_SHORT = 12,
	ENOUGH = 4,     /* points */
	ALIKE_MIN = 3,  /* neighbours of one make, addresses of one form */
	MAKES = 1024,   /* slots of a table by hash */
	MENU_SHARE = 2, /* a menu holds less than one part in so many of the page's text */
	CANDIDATES_MAX = 5000,
	LISTED_MAX = 200
};

struct candidate {
	const char *url;
	struct span title;
	struct shape shape;
	uint32_t make; /* the elements around it, hashed */
	bool heading, menu;
	int points;
};

struct finder {
	struct arena *a;
	const char *base, *own; /* own: identity of the page itself */
	struct span host;       /* empty: links may lead anywhere */
	struct view *v;
	struct map by_identity; /* -> struct candidate */
	VEC(struct candidate *) list;
};

/* ---- one link ---- */

static struct span text_of(const struct view *v, const struct view_element *x)
{
	return span_trim((struct span){v->text.p + x->t0, x->t1 - x->t0});
}

/* The title in a link that holds more: its heading, else its longest line; in one without text what its
 * picture shows. */
static struct span title_of(const struct view *v, uint32_t number)
{
	const struct view_element *a = &v->elements.p[number];
	struct span best = {NULL, 0}, shown = text_of(v, a);
	for (uint32_t i = number + 1; i < a->end; i++) {
		const struct view_element *x = &v->elements.p[i];
		if ((x->tag == VIEW_HEADING || x->tag == VIEW_H1) && text_of(v, x).n)
			return text_of(v, x);
		if (!shown.n && !best.n && x->tag == VIEW_IMG)
			best = span_trim(node_attr(x->node, "alt"));
	}
	if (!shown.n)
		return best.n ? best : span_trim(node_attr(a->node, "title"));
	for (uint32_t b = a->b0; b < a->b1; b++) {
		const struct view_block *block = &v->blocks.p[b];
		uint32_t from = block->at > a->t0 ? block->at : a->t0;
		uint32_t to = block->at + block->n < a->t1 ? block->at + block->n : a->t1;
		if (to > from && to - from > best.n)
			best = span_trim((struct span){v->text.p + from, to - from});
	}
	return best.n ? best : shown;
}

/* Letters, those of East Asian scripts twice; 0 for a single word. */
static size_t title_length(struct span s)
{
	size_t n = 0, at = 0;
	bool blank = false, wide = false;
	while (at < s.n) {
		uint32_t c = utf8_next(s, &at, NULL);
		bool w = c >= 0x1100 && c < 0xFFE0 && !(c >= 0x1E00 && c < 0x2E80);
		n += w ? 2 : 1;
		wide |= w;
		blank |= c == ' ';
	}
	return blank || wide || n > TITLE_LONG ? n : 0;
}

static bool named_menu(struct span names)
{
	static const char *const menus[] = {
		"menu", "navbar", "navigation", "breadcrumb", "footer", "pagination", "paging", "copyright"};
	static const char *const words[] = {"nav", "pager", "social", "lang", "topbar"};
	for (size_t i = 0; i < sizeof menus / sizeof *menus; i++)
		if (span_find_ci(names, menus[i], 0) != SIZE_MAX)
			return true;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t n = strlen(words[i]);
		for (size_t at = 0; (at = span_find_ci(names, words[i], at)) != SIZE_MAX; at += n) {
			bool begins = at == 0 || strchr(" -_", names.p[at - 1]);
			if (begins && (at + n == names.n || strchr(" -_", names.p[at + n])))
				return true;
		}
	}
	return false;
}

static bool is_menu(const struct finder *f, const struct view_element *x, bool in_article)
{
	if (x->tag == VIEW_NAV || x->tag == VIEW_FOOTER || x->tag == VIEW_FORM)
		return true;
	if (x->tag == VIEW_BODY || x->tag == VIEW_MAIN || x->tag == VIEW_ARTICLE || in_article)
		return false;
	bool named = x->tag == VIEW_HEADER || named_menu(node_attr(x->node, "class")) ||
		     named_menu(node_attr(x->node, "id"));
	return named && (x->t1 - x->t0) < f->v->text.n / MENU_SHARE;
}

/* What stands around the link: is it a menu, in a heading, and how is it made? */
static void look_around(const struct finder *f, uint32_t number, struct candidate *c)
{
	const struct view_element *x = &f->v->elements.p[number];
	bool in_article = false;
	for (uint32_t i = number + 1; i < x->end; i++)
		c->heading |=
			f->v->elements.p[i].tag == VIEW_HEADING && text_of(f->v, &f->v->elements.p[i]).n;
	for (unsigned up = 0;; up++) {
		if (up < 3) {
			struct span names = node_attr(x->node, "class");
			c->make = (uint32_t)hash64(names, hash64(x->node->tag, c->make));
		}
		c->heading |= (x->tag == VIEW_HEADING || x->tag == VIEW_H1) && x->b1 - x->b0 <= 1;
		in_article |= x->tag == VIEW_ARTICLE;
		c->menu |= is_menu(f, x, in_article);
		if (x->parent == (uint32_t)(x - f->v->elements.p))
			break;
		x = &f->v->elements.p[x->parent];
	}
}

/* Another link to an address that is known: the longer title is its title. */
static void join(struct candidate *c, const struct candidate *more)
{
	if (more->menu == c->menu ? more->title.n > c->title.n : c->menu) {
		c->title = more->title;
		c->make = more->make;
	}
	c->heading |= more->heading;
	c->menu &= more->menu;
}

static void take(struct finder *f, uint32_t number, struct span href)
{
	char *url = href.n && href.p[0] != '#' ? url_resolve(f->a, f->base ? f->base : "", href) : NULL;
	if (!url || !url_is_web(url) || f->list.n >= CANDIDATES_MAX)
		return;
	struct span whole = span_of(url);
	url[span_cut(whole, 0, span_find_byte(whole, '#', 0)).n] = 0;
	char *identity = url_identity(f->a, url);
	if (f->host.n && !shape_same_site(span_of(url_host(f->a, url)), f->host))
		return;
	if (f->own && strcmp(identity, f->own) == 0)
		return;
	struct candidate found = {
		.url = url, .title = title_of(f->v, number), .shape = shape_of(span_of(url))};
	look_around(f, number, &found);
	struct candidate *known = map_get(&f->by_identity, span_of(identity));
	if (known) {
		join(known, &found);
		return;
	}
	struct candidate *c = arena_new(f->a, struct candidate);
	*c = found;
	map_put(&f->by_identity, span_of(identity), c);
	vec_push(&f->list, c);
}

/* ---- all of them ---- */

static bool strong(const struct candidate *c)
{
	return !c->menu && c->shape.kind != SHAPE_NEVER && title_length(c->title) >= TITLE_FAIR;
}

struct tally {
	unsigned strong, numbered; /* titles; those that lead to a numbered address */
	unsigned makes[MAKES], forms[MAKES];
};

static int points_for_address(const struct candidate *c, const struct tally *t)
{
	static const int of_kind[] = {
		[SHAPE_PLAIN] = -1, [SHAPE_WORDS] = 1, [SHAPE_SENTENCE] = 2, [SHAPE_NUMBERED] = 2};
	int points = of_kind[c->shape.kind];
	unsigned alike = t->forms[c->shape.form % MAKES];
	if (alike >= ALIKE_MIN && alike * 4 > t->strong)
		points++;
	if (c->shape.kind != SHAPE_NUMBERED && t->numbered >= ALIKE_MIN && t->numbered * 10 > t->strong * 7)
		points -= 3; /* here articles have numbers */
	return points;
}

static int points_of(const struct candidate *c, const struct tally *t)
{
	size_t n = title_length(c->title);
	int points = n >= TITLE_LONG ? 3 : n >= TITLE_FAIR ? 2 : n >= TITLE_SHORT ? 1 : -2;
	if (c->shape.kind == SHAPE_NEVER)
		return -ENOUGH;
	points += c->heading ? 2 : 0;
	points += c->menu ? -4 : 0;
	points += t->makes[c->make % MAKES] >= ALIKE_MIN ? 1 : 0;
	return points + points_for_address(c, t);
}

static void weigh(struct finder *f)
{
	struct tally *t = arena_new(f->a, struct tally);
	vec_each (p, &f->list) {
		const struct candidate *c = *p;
		if (!strong(c))
			continue;
		t->strong++;
		t->numbered += c->shape.kind == SHAPE_NUMBERED;
		t->makes[c->make % MAKES]++;
		t->forms[c->shape.form % MAKES]++;
	}
	vec_each (p, &f->list)
		(*p)->points = points_of(*p, t);
}

static void find(struct finder *f)
{
	for (uint32_t i = 0; i < f->v->elements.n; i++)
		if (f->v->elements.p[i].tag == VIEW_A)
			take(f, i, span_trim(node_attr(f->v->elements.p[i].node, "href")));
	weigh(f);
}

/* What the source names: the links in it, or the value of the attribute. */
static void find_asked(struct finder *f, const struct selector *asked)
{
	for (uint32_t i = 0; i < f->v->elements.n; i++) {
		const struct view_element *x = &f->v->elements.p[i];
		const struct selector_path *p = select_match(asked, x->node);
		if (!p)
			continue;
		for (size_t k = 0; p->attr.n && k < x->node->n_attrs; k++)
			if (span_eq(x->node->attrs[k].name, p->attr))
				take(f, i, span_trim(x->node->attrs[k].value));
		for (uint32_t k = i; !p->attr.n && k < x->end; k++)
			if (f->v->elements.p[k].tag == VIEW_A)
				take(f, k, span_trim(node_attr(f->v->elements.p[k].node, "href")));
	}
	vec_each (c, &f->list)
		(*c)->points = ENOUGH;
}

static void give(struct finder *f, struct page_links *out, struct report *rep)
{
	out->link = arena_array(f->a, struct page_link, f->list.n + 1);
	vec_each (c, &f->list) {
		if ((*c)->points < ENOUGH)
			continue;
		if (out->n == SECTION_LINKS_MAX) {
			report_add(rep, R_PAGE_LINKS_CUT, 1, 1, arena_printf(f->a, "%d", SECTION_LINKS_MAX),
				NULL);
			break;
		}
		struct span title = utf8_prefix((*c)->title, TITLE_MAX);
		out->link[out->n++] = (struct page_link){(*c)->url, title.n ? arena_dup(f->a, title) : NULL};
	}
	if (!out->n)
		report_add(rep, R_PAGE_NO_LINKS, 1, 1, NULL, NULL);
}

/* The page's own address, what lies on its host, and what its links are of. */
static void set_home(struct finder *f, const char *url)
{
	f->base = url;
	for (const struct node *n = f->v->root; n && !node_is(n, "body"); n = node_after(n, f->v->root))
		if (node_is(n, "base") && node_attr(n, "href").n)
			f->base = url_resolve(f->a, url ? url : "", node_attr(n, "href"));
	f->own = url ? url_identity(f->a, url) : NULL;
	f->host = span_of(url ? url_host(f->a, url) : NULL);
}

const char **index_links(struct arena *a, struct view *v, const char *base, size_t *n)
{
	struct finder f = {.a = a, .v = v};
	set_home(&f, base);
	find(&f);
	const char **out = arena_array(a, const char *, LISTED_MAX);
	*n = 0;
	vec_each (c, &f.list)
		if ((*c)->points >= ENOUGH && *n < LISTED_MAX)
			out[(*n)++] = (*c)->url;
	vec_release(&f.list);
	map_release(&f.by_identity);
	return out;
}

/* ---- the page ---- */

static void read_head(struct finder *f, struct page_links *out)
{
	for (uint32_t i = 0; i < f->v->elements.n; i++) {
		const struct node *n = f->v->elements.p[i].node;
		if (node_is(n, "html") && node_attr(n, "lang").n)
			out->lang = arena_dup(f->a, span_trim(node_attr(n, "lang")));
		if (node_is(n, "body"))
			break;
	}
	for (const struct node *n = f->v->root; n && !node_is(n, "body"); n = node_after(n, f->v->root))
		if (node_is(n, "title") && n->first && !out->title)
			out->title = arena_dup(f->a, utf8_prefix(span_trim(n->first->text), TITLE_MAX));
}

int page_links(struct arena *a, struct span utf8, const struct page_hints *h, struct page_links *out,
	struct report *rep, struct err *e)
{
	struct node *root;
	struct view v = {0};
	struct selector asked = {0};
	size_t at;
	struct finder f = {.a = a, .v = &v};
	*out = (struct page_links){0};
	if (markup_html(a, utf8, &root, rep, e) != 0)
		return -1;
	bool is_asked = h->links && selector_read(span_of(h->links), &asked, &at);
	view_build(&v, root, NULL, 0);
	read_head(&f, out);
	set_home(&f, h->url);
	if (is_asked) {
		f.host = (struct span){NULL, 0};
		find_asked(&f, &asked);
	} else {
		find(&f);
	}
	give(&f, out, rep);
	vec_release(&f.list);
	map_release(&f.by_identity);
	view_release(&v);
	return 0;
}
