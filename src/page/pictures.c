/* pictures: captions that nothing marks as such, by where they stand and how they are set; and stories told
 * in captions. */
#include "page/body_priv.h"

#include "base/banned.h"

enum {
	CAPTION_MAX = 500,
	LINE_MAX_BYTES = 200,
	STORY_CAPTIONS = 3,
	STORY_TEXT = 1000,
	STORY_MIN = 60 /* bytes of a caption that tells */
};

/* A table around a picture and a line or two: how editors of old set a picture with its caption. */
static void mark_picture_tables(struct finder *f)
{
	struct view *v = f->v;
	for (uint32_t i = f->e0; i < f->e1; i++) {
		const struct view_element *x = &v->elements.p[i];
		bool picture = false;
		if (x->tag != VIEW_TABLE || x->b1 == x->b0 || x->b1 - x->b0 > 3 ||
			x->t1 - x->t0 > CAPTION_MAX)
			continue;
		for (uint32_t k = i + 1; k < x->end && !picture; k++)
			picture = v->elements.p[k].tag == VIEW_IMG;
		for (uint32_t b = x->b0; picture && b < x->b1; b++)
			v->blocks.p[b].flags |= WORD_CAPTION;
	}
}

static bool names_picture(const struct node *n)
{
	static const char *const words[] = {"img", "image", "photo", "figure", "picture"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (span_find_ci(node_attr(n, "class"), words[i], 0) != SIZE_MAX)
			return true;
	return false;
}

/* The same in a piece of its own: a picture, and a line that is no sentence. */
static void mark_picture_pieces(struct finder *f)
{
	struct view *v = f->v;
	uint32_t from = f->h->headline < f->b0 ? view_first_at(v, f->h->headline + 1) : f->e0;
	for (uint32_t i = from; i < f->e1; i++) {
		const struct view_element *x = &v->elements.p[i];
		bool picture = false;
		if (x->tag != VIEW_DIV || x->b1 != x->b0 + 1 || x->t1 - x->t0 > LINE_MAX_BYTES)
			continue;
		struct view_block *b = &v->blocks.p[x->b0];
		for (uint32_t k = i + 1; k < x->end && !picture; k++)
			picture = v->elements.p[k].tag == VIEW_IMG && v->elements.p[k].t0 == x->t0;
		struct span line = view_text(v, x->b0);
		bool sentence = span_ends(line, "。") || span_ends(line, ".") || span_ends(line, "”") ||
				span_ends(line, "…");
		sentence = sentence && !names_picture(x->node);
		if (picture && !sentence && b->links == 0 && b->tag != VIEW_HEADING && b->tag != VIEW_H1 &&
			!(b->flags & (WORD_TITLE | WORD_META)))
			b->flags |= WORD_CAPTION;
	}
}

static bool is_set_apart(const struct node *n)
{
	struct span style = node_attr(n, "style");
	return node_is(n, "i") || node_is(n, "em") || span_is_ci(node_attr(n, "align"), "center") ||
	       (span_find_ci(style, "text-align", 0) != SIZE_MAX &&
		       span_find_ci(style, "center", 0) != SIZE_MAX);
}

/* Right below a picture? */
static bool is_below(const struct view *v, const struct view_element *picture, uint32_t i)
{
	return picture->tag == VIEW_IMG && picture->b0 == i && picture->t0 <= v->blocks.p[i].at;
}

/* What stands right below a picture, in italics or in the middle: its caption, unless nothing was said yet,
 * or the text is set like that as well. */
static void mark_picture_lines(struct finder *f)
{
	struct view *v = f->v;
	size_t prose = 0, apart = 0;
	uint32_t looked = UINT32_MAX; /* many pictures may stand above one line */
	for (uint32_t i = f->b0; i < f->b1; i++)
		if (body_is_prose(&v->blocks.p[i]) && !v->blocks.p[i].cut) {
			prose++;
			apart += view_line_is(v, i, is_set_apart);
		}
	if (apart * 2 > prose)
		return;
	for (uint32_t i = f->e0; i < f->e1; i++) {
		const struct view_element *x = &v->elements.p[i];
		if (x->b0 <= f->b0 || x->b0 >= f->b1 || x->b0 == looked || !is_below(v, x, x->b0))
			continue;
		looked = x->b0;
		struct view_block *b = &v->blocks.p[x->b0];
		if (b->n <= LINE_MAX_BYTES && b->link == 0 && b->tag != VIEW_HEADING &&
			f->prose.p[x->b0] > f->prose.p[f->b0] && view_line_is(v, x->b0, is_set_apart))
			b->flags |= WORD_CAPTION;
	}
}

void body_mark_captions(struct finder *f)
{
	mark_picture_tables(f);
	mark_picture_pieces(f);
	mark_picture_lines(f);
}

/* A caption that says more than who is seen. */
static bool is_telling(const struct view *v, const struct view_block *b, uint32_t container)
{
	return !b->keep && b->flags & (VIEW_IN_FIGURE | WORD_CAPTION) && b->n > STORY_MIN && b->stops &&
	       (b->cut == VIEW_CUT_CAPTION || b->cut == VIEW_CUT_EDGE || !b->cut) &&
	       view_inside(v, b->element, container);
}

/* In what the page calls its article, or the body of it? */
static bool in_article(const struct view *v, uint32_t i)
{
	for (; i > 0; i = v->elements.p[i].parent)
		if (v->elements.p[i].flags & VIEW_IS_BODY || v->elements.p[i].tag == VIEW_ARTICLE)
			return true;
	return false;
}

void body_keep_captions(struct view *v, uint32_t *container)
{
	size_t text = 0, captions = 0, n = 0, own = 0;
	if (v->elements.p[*container].tag == VIEW_P) /* a lone paragraph among pictures */
		*container = v->elements.p[*container].parent;
	vec_each (b, &v->blocks) {
		bool telling = is_telling(v, b, *container);
		text += b->keep ? b->n : 0;
		captions += telling ? b->n : 0;
		n += telling;
		own += telling && in_article(v, b->element);
	}
	bool told = n >= STORY_CAPTIONS && captions > text && text < STORY_TEXT;
	if (!told && !(text == 0 && own == n && n > 0)) /* a picture, and what it shows */
		return;
	vec_each (b, &v->blocks)
		if (is_telling(v, b, *container)) {
			b->keep = true;
			b->cut = VIEW_CUT_NONE;
		}
}
