/* lines: what inside the body is not read as the article: boxes under a heading, pieces of links, and single
 * lines: who and when, captions, references, talk. */
#include "page/body_priv.h"
#include "page/letters.h"
#include "page/names.h"

#include <string.h>

#include "base/banned.h"

enum {
	LIST_HEADINGS = 3,
	COUNTER_MAX = 20, /* bytes */
	TEASER_BLOCKS = 4,
	BOX_BLOCKS = 12,
	TEASER_TITLE = 25 /* bytes */
};

/* Lists, tables and other pieces that are links for the most part. */
void body_cut_linked_pieces(struct finder *f)
{
	struct view *v = f->v;
	for (uint32_t i = f->e0 + (f->e0 + 1 < f->e1 ? 1 : 0); i < f->e1;) {
		const struct view_element *x = &v->elements.p[i];
		uint32_t n = 0, link = 0, links = 0;
		bool piece = x->tag == VIEW_LIST || x->tag == VIEW_DIV || x->tag == VIEW_SECTION ||
			     x->tag == VIEW_TABLE || x->tag == VIEW_ARTICLE || x->tag == VIEW_OTHER;
		for (uint32_t b = x->b0; piece && b < x->b1; b++) {
			n += v->blocks.p[b].n;
			link += v->blocks.p[b].link;
			links += v->blocks.p[b].links;
		}
		if (piece && n && link * 2 > n &&
			body_prose(f, x) * 4 <= f->prose.p[f->b1] - f->prose.p[f->b0] &&
			(links > 1 || link * 10 > n * 8)) {
			body_cut(v, x->b0, x->b1, VIEW_CUT_LINKED);
			i = x->end;
		} else {
			i++;
		}
	}
}

/* A small piece that opens with the heading of a box is that box, whether it links or not. */
static void cut_headed_pieces(struct finder *f)
{
	for (uint32_t i = f->e0 + 1; i < f->e1; i++) {
		const struct view_element *x = &f->v->elements.p[i];
		bool piece = x->tag == VIEW_DIV || x->tag == VIEW_SECTION || x->tag == VIEW_ASIDE;
		bool own = f->h->headline >= x->b0 && f->h->headline < x->b1;
		if (piece && !own && x->b1 > x->b0 + 1 && x->b1 - x->b0 <= BOX_BLOCKS &&
			words_box_heading(view_text(f->v, x->b0)) &&
			body_prose(f, x) * 4 <= f->prose.p[f->b1] - f->prose.p[f->b0])
			body_cut(f->v, x->b0, x->b1, VIEW_CUT_HEADED);
	}
}

/* From a heading like "Tin liên quan" on, up to the next running text, what is linked belongs to the box. */
void body_cut_headed_boxes(struct finder *f)
{
	struct view *v = f->v;
	bool inside = false;
	cut_headed_pieces(f);
	for (uint32_t i = f->b0; i < f->b1; i++) {
		struct view_block *b = &v->blocks.p[i];
		if (b->cut)
			continue;
		bool listed = b->flags & VIEW_IN_LIST && b->links > 0 && b->n < 3 * PROSE_MIN;
		if (words_box_heading(view_text(v, i))) {
			inside = true;
			b->cut = VIEW_CUT_HEADED;
		} else if (inside && (listed || body_linked(b) >= 0.5f))
			b->cut = VIEW_CUT_HEADED;
		else if (body_is_prose(b) || b->tag == VIEW_HEADING)
			inside = false;
	}
}

static bool is_reference(const struct view *v, uint32_t i)
{
	const struct view_block *b = &v->blocks.p[i];
	struct span line = view_text(v, i);
	if (b->n > 400)
		return false;
	bool whole = body_linked(b) > 0.8f;
	if (b->link == b->n && words_read_on(line))
		return true;
	if (whole && (b->tag == VIEW_P || b->tag == VIEW_DIV || b->tag == VIEW_HEADING ||
			     b->tag == VIEW_OTHER || b->tag == VIEW_LI))
		return true;
	return words_see_also(line) &&
	       (body_linked(b) > 0.35f || (b->n < 200 && span_find_byte(line, ':', 0) < 40));
}

/* A tag that was escaped, not <a title>. */
static bool is_markup(struct span s)
{
	return s.n > 2 && s.p[0] == '<' &&
	       (s.p[1] == '/' || s.p[1] == '!' || ((s.p[1] | 32) >= 'a' && (s.p[1] | 32) <= 'z'));
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

/* Linked headings, each over running text: an article that is a list, of films or of places. */
static bool is_list_heading(const struct finder *f, uint32_t i)
{
	const struct view *v = f->v;
	return v->blocks.p[i].tag == VIEW_HEADING && !v->blocks.p[i].cut &&
	       !(v->blocks.p[i].flags & VIEW_IN_TEASER) && i + 1 < f->b1 && !v->blocks.p[i + 1].cut &&
	       body_is_prose(&v->blocks.p[i + 1]) && body_linked(&v->blocks.p[i]) > 0.8f;
}

/* A box of its own: a linked title and a line or two about another article. */
static bool is_lone_teaser(const struct finder *f, uint32_t i)
{
	const struct view_element *x = &f->v->elements.p[i];
	const struct view_block *title = &f->v->blocks.p[x->b0];
	bool box = x->tag == VIEW_DIV || x->tag == VIEW_SECTION || x->tag == VIEW_ARTICLE;
	return box && title->tag == VIEW_HEADING && x->b1 - x->b0 > 1 && x->b1 - x->b0 <= TEASER_BLOCKS &&
	       title->links == 1 && title->n >= TEASER_TITLE && body_linked(title) > 0.8f &&
	       body_prose(f, x) * 4 <= f->prose.p[f->b1] - f->prose.p[f->b0];
}

/* Several of them are an article that is a list. */
static void cut_lone_teasers(struct finder *f)
{
	uint32_t n = 0;
	for (int cut = 0; cut < 2 && n < LIST_HEADINGS; cut++)
		for (uint32_t i = f->e0 + 1; i < f->e1; i++) {
			const struct view_element *x = &f->v->elements.p[i];
			if (x->b1 > x->b0 && is_lone_teaser(f, i)) {
				n += !cut;
				if (cut)
					body_cut(f->v, x->b0, x->b1, VIEW_CUT_REFERENCE);
				i = x->end - 1;
			}
		}
}

static bool is_short(const struct view_block *b)
{
	return b->n < PROSE_MIN;
}

void body_cut_lines(struct finder *f)
{
	struct view *v = f->v;
	unsigned list = 0;
	body_mark_captions(f);
	cut_lone_teasers(f);
	for (uint32_t i = f->b0; i < f->b1; i++)
		list += is_list_heading(f, i);
	for (uint32_t i = f->b0; i < f->b1; i++) {
		struct view_block *b = &v->blocks.p[i];
		if (b->cut)
			continue;
		struct span line = view_text(v, i);
		bool meta = (b->flags & (WORD_META | WORD_AUTHOR | WORD_DATE)) != 0 && is_short(b);
		meta = meta || ((b->flags & (WORD_AUTHOR | WORD_DATE)) != 0 && b->n < 2 * PROSE_MIN &&
				       letters_digits(line));
		if (words_credit(line))
			b->flags |= WORD_CAPTION;
		bool caption = (b->flags & (VIEW_IN_FIGURE | WORD_CAPTION)) != 0;
		bool heading = b->tag == VIEW_HEADING && words_see_also(line);
		bool dated = b->n < PROSE_MIN && words_byline(line) && letters_digits(line);
		dated = dated || (b->n < PROSE_MIN && names_is_signed(line));
		bool again = span_eq(line, f->h->title) || is_counter(line);
		b->cut = meta || dated                                                ? VIEW_CUT_BYLINE
			 : caption                                                    ? VIEW_CUT_CAPTION
			 : again                                                      ? VIEW_CUT_TITLE
			 : list >= LIST_HEADINGS && is_list_heading(f, i) && !heading ? VIEW_CUT_NONE
			 : heading || is_reference(v, i)                              ? VIEW_CUT_REFERENCE
			 : words_page_talk(line) || is_markup(line)                   ? VIEW_CUT_TALK
										      : VIEW_CUT_NONE;
	}
}
