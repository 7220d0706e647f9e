/* trim: what of the body is not read as the article, and the lead that stands before it. */
#include "page/body_priv.h"

#include <string.h>

#include "base/banned.h"

enum {
	LIST_HEADINGS = 3,
	BIO_MAX = 600,
	COUNTER_MAX = 20,
	LEAD_HEADING_MIN = 70,
	CAPTION_MAX = 500,
	PICTURE_LINE_MAX = 200,
	PIECES_MIN = 2,
	INITIALS_MAX = 12,
	TEASER_BLOCKS = 4,
	TEASER_TITLE = 25
}; /* bytes */

/* ---- inside the body ---- */

static bool is_short(const struct view_block *b)
{
	return b->n < PROSE_MIN;
}

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

/* From a heading like "Tin liên quan" on, up to the next running text, what is linked belongs to the box. */
void body_cut_headed_boxes(struct finder *f)
{
	struct view *v = f->v;
	bool inside = false;
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

/* Is the whole line in italics, or set in the middle? */
static bool is_set_apart(const struct view *v, uint32_t i)
{
	const struct view_block *b = &v->blocks.p[i];
	for (uint32_t k = view_first_at(v, i); k < v->elements.p[b->element].end; k++) {
		const struct view_element *x = &v->elements.p[k];
		if (x->b0 > i)
			return false;
		struct span style = node_attr(x->node, "style");
		bool middle = span_is_ci(node_attr(x->node, "align"), "center") ||
			      (span_find_ci(style, "text-align", 0) != SIZE_MAX &&
				      span_find_ci(style, "center", 0) != SIZE_MAX);
		if (x->b0 == i && x->t1 - x->t0 >= b->n &&
			(middle || node_is(x->node, "i") || node_is(x->node, "em")))
			return true;
	}
	return false;
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
			apart += is_set_apart(v, i);
		}
	if (apart * 2 > prose)
		return;
	for (uint32_t i = f->e0; i < f->e1; i++) {
		const struct view_element *x = &v->elements.p[i];
		if (x->b0 <= f->b0 || x->b0 >= f->b1 || x->b0 == looked || !is_below(v, x, x->b0))
			continue;
		looked = x->b0;
		struct view_block *b = &v->blocks.p[x->b0];
		if (b->n <= PICTURE_LINE_MAX && b->link == 0 && b->tag != VIEW_HEADING &&
			f->prose.p[x->b0] > f->prose.p[f->b0] && is_set_apart(v, x->b0))
			b->flags |= WORD_CAPTION;
	}
}

static bool has_digit(struct span s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] >= '0' && s.p[i] <= '9')
			return true;
	return false;
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

void body_cut_lines(struct finder *f)
{
	struct view *v = f->v;
	unsigned list = 0;
	mark_picture_tables(f);
	mark_picture_lines(f);
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
				       has_digit(line));
		if (words_credit(line))
			b->flags |= WORD_CAPTION;
		bool caption = (b->flags & (VIEW_IN_FIGURE | WORD_CAPTION)) != 0;
		bool heading = b->tag == VIEW_HEADING && words_see_also(line);
		bool dated = b->n < PROSE_MIN && words_byline(line) && has_digit(line);
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

/* Some papers set their lead as a second headline, but end it like a sentence. */
static bool is_lead_heading(const struct view *v, const struct view_block *b)
{
	return b->tag == VIEW_HEADING && b->n >= LEAD_HEADING_MIN && b->stops > 0 &&
	       v->text.p[b->at + b->n - 1] == '.' && body_linked(b) < 0.3f;
}

/* A sentence, if need be with a link in it: the article may begin or end with it. */
static bool is_sentence(const struct view *v, const struct view_block *b)
{
	if (b->tag == VIEW_HEADING)
		return is_lead_heading(v, b);
	return b->n >= LEAD_MIN && b->stops > 0 && body_linked(b) < 0.6f && b->tag != VIEW_H1;
}

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
	if (b->n < LEAD_MIN || body_linked(b) > 0.3f || b->tag == VIEW_H1 || same_start(line, f->h->title))
		return false;
	if (f->h->description.n && same_start(line, f->h->description))
		return true;
	if (b->cut || b->flags & (VIEW_IN_FIGURE | WORD_CAPTION | WORD_META) || words_byline(line) ||
		words_credit(line) || words_page_talk(line))
		return false;
	if (b->flags & WORD_LEAD)
		return true;
	return body_is_prose(b) || is_lead_heading(f->v, b);
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
	return words_contact(line) || words_end_note(line);
}

/* "Dear readers," "The court's reasons:": what it opens follows. */
static bool opens(const struct view *v, uint32_t i)
{
	const struct view_block *b = &v->blocks.p[i];
	char c = v->text.p[b->at + b->n - 1];
	return !b->cut && (c == ':' || c == ',') && b->links == 0 && b->words > 1;
}

/* "M.K": who wrote it. */
static bool is_initials(struct span s)
{
	size_t stops = 0, capitals = 0;
	for (size_t i = 0; i < s.n; i++) {
		stops += s.p[i] == '.' && i > 0 && s.p[i - 1] != '.';
		capitals += s.p[i] >= 'A' && s.p[i] <= 'Z';
		if (s.p[i] != '.' && !(s.p[i] >= 'A' && s.p[i] <= 'Z') && (unsigned char)s.p[i] < 0x80)
			return false;
	}
	return s.n <= INITIALS_MAX && stops && capitals;
}

static bool begins(const struct view *v, uint32_t i)
{
	const struct view_block *b = &v->blocks.p[i];
	return !b->cut && is_sentence(v, b) && !words_byline(view_text(v, i));
}

/* Does the piece open with a short line, and is there running text in it? */
static bool is_headed_piece(const struct finder *f, const struct view_element *x)
{
	return x->b1 > x->b0 + 1 && body_prose(f, x) && !body_is_prose(&f->v->blocks.p[x->b0]);
}

/* Live reports: pieces of one make, each with its hour and a heading; chapters, each with a heading. The
 * first of them begins with those, not with its running text. */
static uint32_t first_of_piece(const struct finder *f, uint32_t from, uint32_t first)
{
	const struct view *v = f->v;
	for (uint32_t i = f->e0; first > from && i < f->e1 && v->elements.p[i].b0 <= first; i++) {
		const struct view_element *x = &v->elements.p[i];
		uint32_t alike = x->b1 > x->b0 && v->blocks.p[x->b0].tag == VIEW_HEADING;
		if (x->b0 < from || x->b0 == first || x->b1 <= first || view_is_inline(x->tag) ||
			!is_headed_piece(f, x))
			continue;
		for (uint32_t k = x->end; k < v->elements.p[x->parent].end; k = v->elements.p[k].end)
			alike += body_name(&v->elements.p[k]) == body_name(x) &&
				 is_headed_piece(f, &v->elements.p[k]);
		if (alike >= PIECES_MIN)
			return x->b0;
	}
	return first;
}

/* What stands before the first and behind the last running text: the headline, dates, lists of tags. Headings
 * and short lines between paragraphs stay. */
void body_trim_ends(struct finder *f)
{
	struct view *v = f->v;
	uint32_t i = f->b0, k = f->b1;
	uint32_t headline = f->h->headline;
	if (headline >= i && headline < k &&
		(f->prose.p[headline] - f->prose.p[i]) * 4 <= f->prose.p[k] - f->prose.p[i]) {
		body_cut(v, i, headline + 1, VIEW_CUT_EDGE);
		i = headline + 1;
	}
	uint32_t first = i;
	while (first < k && !is_lead(f, first) && !begins(v, first))
		first++;
	while (first > i && opens(v, first - 1))
		first--;
	first = first_of_piece(f, i, first);
	body_cut(v, i, first, VIEW_CUT_EDGE);
	i = first;
	while (k > i) {
		struct view_block *b = &v->blocks.p[k - 1];
		bool sentence =
			b->stops && !is_initials(view_text(v, k - 1)) &&
			(body_linked(b) < 0.3f || (b->n - b->link >= LEAD_MIN && body_linked(b) < 0.6f) ||
				(b->n - b->link >= PROSE_MIN && body_linked(b) < 0.8f)) &&
			b->tag != VIEW_HEADING && !words_byline(view_text(v, k - 1)) &&
			!is_about_author(f, k - 1);
		bool item = b->tag == VIEW_LI && b->links == 0 && b->words >= 3 &&
			    !(b->flags & (WORD_META | WORD_DATE));
		if (!b->cut && (sentence || item))
			break;
		k--;
		body_cut(v, k, k + 1, VIEW_CUT_EDGE);
	}
}

/* ---- before the body ---- */

uint32_t body_find_lead(struct finder *f)
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
