/* page: see page.h.
 *
 *   bytes -> tree (markup) -> what the page says to machines (meta, ld) -> what it shows (view) -> headline
 * (head)
 *         -> which blocks are the article (body) -> article
 *
 * Nothing here knows any site. When the markup yields less than the articleBody that the page gives to search
 * engines, that is taken: some pages show their text by script only. */
#include "page/page.h"

#include <string.h>

#include "base/i18n.h"
#include "base/limits.h"
#include "base/map.h"
#include "base/url.h"
#include "base/utf8.h"
#include "page/body.h"
#include "page/explain.h"
#include "page/head.h"
#include "page/index.h"
#include "page/kind.h"
#include "page/select.h"
#include "page/tags.h"

#include "base/banned.h"

enum {
	ARTICLE_MIN = 140,
	LINKS_MAX = 200,
	REPEAT_MIN = 40,
	REVEAL_MAX = 3,
	HIDDEN_MIN = 400,
	CAPTION_LEAST = 20
};

struct reading {
	struct arena *a;
	const struct page_hints *h;
	struct article *out;
	struct report *rep;
	struct selector content, remove, date;
	struct meta meta;
	struct view view;
	bool from_json;
	uint32_t headline, lead, container; /* block, block, element */
	uint32_t from, to;                  /* first kept block and the one behind the last */
};

struct repeat {
	uint32_t times, seen;
};

/* How often each long line stands in the article. */
static void count_lines(struct reading *r, struct map *lines)
{
	for (uint32_t i = 0; i < r->view.blocks.n; i++) {
		struct span line = view_text(&r->view, i);
		if (!r->view.blocks.p[i].keep || line.n < REPEAT_MIN)
			continue;
		struct repeat *x = map_get(lines, line);
		if (!x) {
			x = arena_new(r->a, struct repeat);
			*x = (struct repeat){0};
			map_put(lines, line, x);
		}
		x->times++;
	}
}

/* A long line that was kept already: some pages carry their lead or whole article twice, for two widths of
 * screen. What stands there more often is a question put to several people, unless the line before it is the
 * same again, too. */
static bool seen_before(struct reading *r, struct map *lines, struct span before, struct span line)
{
	struct repeat *x = line.n < REPEAT_MIN ? NULL : map_get(lines, line);
	if (!x || x->times < 2)
		return false;
	if (x->times == 2)
		return x->seen++ > 0;
	struct str pair;
	str_init(&pair, 0);
	str_add(&pair, before);
	str_addc(&pair, '\n');
	str_add(&pair, line);
	bool again = map_put(lines, str_span(&pair), r) != NULL;
	str_release(&pair);
	return again;
}

static void add_line(struct str *to, struct span line)
{
	if (to->n)
		str_addc(to, '\n');
	str_add(to, line);
}

/* Of a picture of the article: inside its body, or between the headline and that. */
static bool is_caption(const struct reading *r, uint32_t i)
{
	const struct view_block *b = &r->view.blocks.p[i];
	if (!(b->flags & (VIEW_IN_FIGURE | WORD_CAPTION)) || b->n <= CAPTION_LEAST)
		return false;
	bool above = r->headline != UINT32_MAX && i > r->headline &&
		     i < r->view.elements.p[r->container].b0 && b->link == 0 &&
		     (!b->cut || b->cut == VIEW_CUT_EDGE || b->cut == VIEW_CUT_CAPTION);
	return above || view_inside(&r->view, b->element, r->container);
}

static void take_text(struct reading *r)
{
	struct view *v = &r->view;
	struct str text, captions;
	struct map seen = {0};
	struct span before = {NULL, 0};
	str_init(&text, TEXT_MAX);
	str_init(&captions, SUMMARY_MAX);
	r->from = UINT32_MAX;
	count_lines(r, &seen);
	for (uint32_t i = 0; i < v->blocks.n; i++) {
		struct view_block *b = &v->blocks.p[i];
		struct span line = view_text(v, i);
		if (b->keep && seen_before(r, &seen, before, line)) {
			b->keep = false;
			b->cut = VIEW_CUT_REPEAT;
		}
		before = b->keep ? line : before;
		bool caption = is_caption(r, i);
		if (!b->keep && !caption)
			continue;
		if (b->keep)
			add_line(&text, view_text(v, i));
		if (caption)
			add_line(&captions, view_text(v, i));
		if (b->keep) {
			r->from = r->from == UINT32_MAX ? i : r->from;
			r->to = i + 1;
		}
	}
	if (text.full) {
		char number[16];
		struct str s;
		str_init(&s, sizeof number);
		str_addf(&s, "%d", TEXT_MAX);
		report_add(r->rep, R_PAGE_TEXT_CUT, 0, 0, s.p, NULL);
		str_release(&s);
	}
	r->out->text = text.n ? arena_dup(r->a, str_span(&text)) : NULL;
	r->out->captions = captions.n ? arena_dup(r->a, str_span(&captions)) : NULL;
	map_release(&seen);
	str_release(&text);
	str_release(&captions);
}

/* The articleBody given to machines, when the page shows clearly less. */
static bool prefer_json_body(struct reading *r)
{
	size_t shown = r->out->text ? strlen(r->out->text) : 0;
	bool prefer = r->meta.body && strlen(r->meta.body) > ARTICLE_MIN &&
		      shown * 2 < strlen(r->meta.body) && !(r->content.n && shown);
	if (prefer)
		r->out->text = arena_dup(r->a, utf8_prefix(span_of(r->meta.body), TEXT_MAX));
	return prefer;
}

static void take_summary(struct reading *r)
{
	struct span s = {NULL, 0};
	const struct view_block *b = r->from < r->view.blocks.n ? &r->view.blocks.p[r->from] : NULL;
	if (r->lead != UINT32_MAX)
		s = view_text(&r->view, r->lead);
	else if (b && b->keep && (b->flags & WORD_LEAD || b->strong * 10 >= b->n * 9))
		s = view_text(&r->view, r->from);
	else if (r->meta.description)
		s = span_of(r->meta.description);
	r->out->summary = s.n ? arena_dup(r->a, utf8_prefix(s, SUMMARY_MAX)) : NULL;
}

static void take_links(struct reading *r)
{
	struct view *v = &r->view;
	const struct view_element *top = &v->elements.p[r->container];
	const char *base = r->h->url ? r->h->url : r->out->canonical;
	VEC(const char *) links = {0};
	for (uint32_t i = r->container; i < top->end && links.n < LINKS_MAX; i++) {
		const struct view_element *x = &v->elements.p[i];
		struct span href =
			x->tag == VIEW_A ? span_trim(node_attr(x->node, "href")) : (struct span){NULL, 0};
		if (href.n == 0 || href.p[0] == '#' || x->b0 >= v->blocks.n || !v->blocks.p[x->b0].keep)
			continue;
		const char *url = url_resolve(r->a, base ? base : "", href);
		if (url && url_is_web(url))
			vec_push(&links, url);
	}
	r->out->n_links = links.n;
	r->out->links = links.n ? arena_array(r->a, const char *, links.n) : NULL;
	for (size_t i = 0; i < links.n; i++)
		r->out->links[i] = links.p[i];
	vec_release(&links);
}

static struct span attr_value(const struct node *n, struct span name)
{
	for (size_t i = 0; i < n->n_attrs; i++)
		if (span_eq(n->attrs[i].name, name))
			return n->attrs[i].value;
	return (struct span){NULL, 0};
}

/* The date where the source says it is: the attribute, or the text, of the first element that has one. */
static void asked_date(struct reading *r, const struct page_hints *h)
{
	struct view *v = &r->view;
	for (uint32_t i = 0; i < v->elements.n; i++) {
		const struct view_element *x = &v->elements.p[i];
		const struct selector_path *p = select_match(&r->date, x->node);
		struct stamp got;
		if (p && head_date_in(p->attr.n ? attr_value(x->node, p->attr)
						: (struct span){v->text.p + x->t0, x->t1 - x->t0},
				 h, &got)) {
			r->meta.published = got;
			return;
		}
	}
}

/* What a list shows of authors and days is one of its articles'; so is what it tells of an article. */
static void take_index(struct reading *r, const struct kind_hints *k, const char *host)
{
	struct article *x = r->out;
	x->title = index_name(r->a, &r->view, k, x->title, host);
	if (!k->told_date || r->meta.has_article) {
		x->published = x->updated = (struct stamp){0};
		x->n_authors = 0;
	}
	if (!r->meta.canonical && !r->meta.og_url)
		x->canonical = NULL;
	x->links = index_links(r->a, &r->view, r->h->url ? r->h->url : x->canonical, &x->n_links);
}

/* As the page tells it, else as it was asked for; what its headline links to may be another. */
static const char *own_address(const struct reading *r)
{
	bool told = r->meta.canonical || r->meta.og_url || !r->h->url;
	return told ? r->out->canonical : r->h->url;
}

static void read_article(struct reading *r, const struct node *root)
{
	struct article *x = r->out;
	struct page_hints h = *r->h;
	if (!h.country && head_vietnamese(str_span(&r->view.text))) {
		h.country = "VN";
		h.lang = h.lang ? h.lang : "vi";
	}
	meta_read(r->a, root, h.country, h.lang, h.url, &r->meta);
	h.country = r->meta.country;
	x->title = head_title(r->a, &r->view, &r->meta, &h, &r->headline);
	x->canonical = head_address(r->a, &r->view, &r->meta, r->h->url, r->headline);
	const char *host = x->canonical ? url_host(r->a, x->canonical)
			   : r->h->url  ? url_host(r->a, r->h->url)
					: NULL;
	const struct meta_names *names =
		r->meta.json_authors.list.n ? &r->meta.json_authors : &r->meta.authors;
	struct body_hints hints = {.title = span_of(x->title),
		.description = span_of(r->meta.description),
		.authors = names->list.p,
		.n_authors = names->list.n,
		.host = span_of(host && strncmp(host, "www.", 4) == 0 ? host + 4 : host),
		.content = r->content.n ? &r->content : NULL,
		.headline = r->headline};
	body_find(&r->view, &hints, &r->lead, &r->container);
	body_keep_captions(&r->view, &r->container);
	take_text(r);
	r->from_json = prefer_json_body(r);
	take_summary(r);
	take_links(r);
	if (r->from == UINT32_MAX)
		r->from = r->to = r->headline != UINT32_MAX ? r->headline : 0;
	if (r->date.n)
		asked_date(r, &h);
	bool told_date = r->meta.published.known || r->meta.dated.known;
	head_date(&r->view, &r->meta, &h, r->headline, r->from, r->to);
	x->published = r->meta.published;
	x->updated = r->meta.updated;
	x->authors = head_authors(r->a, &r->view, &r->meta, host,
		(const uint32_t[]){r->headline, r->from, r->to, r->view.elements.p[r->container].b1},
		&x->n_authors);
	x->lang = head_lang(r->a, &r->meta, r->h, span_of(x->text ? x->text : x->title));
	struct kind_hints k = {.meta = &r->meta,
		.title = span_of(x->title),
		.shown = x->text ? strlen(x->text) : 0,
		.headline = r->headline,
		.address = own_address(r),
		.dated = r->headline != UINT32_MAX && x->published.known,
		.told_date = told_date,
		.asked = r->content.n > 0 && !r->from_json,
		.from_json = r->from_json};
	x->kind = kind_of(&r->view, &k);
	if (strcmp(x->kind, "index") == 0)
		take_index(r, &k, host);
	if (strcmp(x->kind, "article") != 0)
		report_add(r->rep, R_PAGE_NO_TEXT, 0, 0, NULL, NULL);
}

/* Much more than is shown, or what the page calls its content. */
static bool hides_its_text(struct view *v)
{
	if (v->hidden < HIDDEN_MIN || body_shows_prose(v))
		return false;
	bool content = tags_flags(&v->words, v->most_hidden, VIEW_DIV) & (WORD_BODY | VIEW_IS_BODY);
	size_t own = 0;
	vec_each (b, &v->blocks)
		own += b->n - b->link;
	return content ? own <= v->hidden : v->text.n * 3 <= v->hidden;
}

/* Pages that hide all of their text until a script has run show it to every reader: what holds most of the
 * text is looked at again as if it were not hidden. A hidden piece of a page that shows running text stays
 * hidden. */
static void view_page(struct view *v, struct node *root)
{
	const struct node *reveal[REVEAL_MAX];
	for (size_t n = 0;; n++) {
		view_build(v, root, reveal, n);
		if (n == REVEAL_MAX || !hides_its_text(v))
			break;
		reveal[n] = v->most_hidden;
		view_release(v);
		*v = (struct view){0};
	}
	body_prepare(v);
}

static void read_selector(const char *s, struct selector *out)
{
	size_t at;
	if (s && !selector_read(span_of(s), out, &at))
		*out = (struct selector){0}; /* conf/ has refused it where it was written */
}

static int read_page(struct arena *a, struct span utf8, const struct page_hints *h, struct article *out,
	struct page_why *why, struct report *rep, struct err *e)
{
	struct node *root;
	struct reading r = {.a = a, .h = h, .out = out, .rep = rep};
	if (markup_html(a, utf8, &root, rep, e) != 0)
		return -1;
	read_selector(h->content, &r.content);
	read_selector(h->remove, &r.remove);
	read_selector(h->date, &r.date);
	size_t removed = select_remove(&r.remove, root);
	view_page(&r.view, root);
	read_article(&r, root);
	if (why) {
		explain_page(a, &r.view, r.container, why);
		why->asked = r.content.n > 0 && why->chosen &&
			     select_match(&r.content, r.view.elements.p[r.container].node);
		why->removed = removed;
		why->from_json = r.from_json;
	}
	view_release(&r.view);
	meta_release(&r.meta);
	return 0;
}

int page_read(struct arena *a, struct span utf8, const struct page_hints *h, struct article *out,
	struct report *rep, struct err *e)
{
	return read_page(a, utf8, h, out, NULL, rep, e);
}

int page_explain(struct arena *a, struct span utf8, const struct page_hints *h, struct article *out,
	struct page_why *why, struct report *rep, struct err *e)
{
	return read_page(a, utf8, h, out, why, rep, e);
}
