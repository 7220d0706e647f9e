/* ends: where the article begins and ends inside the body. */
#include "page/body_priv.h"
#include "page/dateline.h"
#include "page/tags.h"

#include "base/banned.h"

enum {
	BIO_MAX = 600,
	INITIALS_MAX = 12 /* bytes */,
	PIECES_MIN = 2,
	WIDE_MIN = 9,     /* bytes of "各单位：" */
	SIGNED_MAX = 90,  /* bytes of an office's name */
	SIGNED_LINES = 3, /* that sign, and the day */
	DAY_MAX = 40
};

/* A sentence, if need be with a link in it: the article may begin or end with it. */
static bool is_sentence(const struct view *v, const struct view_block *b)
{
	if (b->tag == VIEW_HEADING)
		return body_is_lead_heading(v, b);
	return b->n >= LEAD_MIN && b->stops > 0 && body_linked(b) < 0.6f && b->tag != VIEW_H1;
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
	struct span line = view_text(v, i);
	char c = line.p[line.n - 1];
	bool wide = span_ends(line, "：") && line.n > WIDE_MIN;
	return !b->cut && (((c == ':' || c == ',') && b->words > 1) || wide) && b->links == 0;
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
	struct span line = view_text(v, i);
	bool day = b->n < PROSE_MIN && dateline_looks(line, b->words) && !span_ends(line, "。");
	return !b->cut && is_sentence(v, b) && !day && !words_byline(line);
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

/* The first line of the article at or behind i. */
static uint32_t first_line(const struct finder *f, uint32_t i, uint32_t end)
{
	uint32_t first = i;
	while (first < end && !body_is_lead(f, first) && !begins(f->v, first))
		first++;
	while (first > i && opens(f->v, first - 1))
		first--;
	return first_of_piece(f, i, first);
}

/* May the article end with it? */
static bool is_last(const struct finder *f, uint32_t i)
{
	const struct view_block *b = &f->v->blocks.p[i];
	struct span line = view_text(f->v, i);
	uint32_t own = b->n - b->link;
	if (b->cut || (b->n <= SIGNED_MAX && !span_ends(line, ".") && view_line_is(f->v, i, tags_set_right)))
		return false;
	if (b->tag == VIEW_LI && b->links == 0 && b->words >= 3 && !(b->flags & (WORD_META | WORD_DATE)))
		return true;
	bool unlinked = body_linked(b) < 0.3f || (own >= LEAD_MIN && body_linked(b) < 0.6f) ||
			(own >= PROSE_MIN && body_linked(b) < 0.8f);
	return b->stops && unlinked && b->tag != VIEW_HEADING && !is_initials(line) && !words_byline(line) &&
	       !is_about_author(f, i);
}

/* "2026年11月6日" */
static bool is_day_of_signs(struct span s)
{
	size_t year = span_find(s, SPAN("年"), 0), month = span_find(s, SPAN("月"), 0);
	return s.n <= DAY_MAX && year != SIZE_MAX && month != SIZE_MAX && month > year && span_ends(s, "日");
}

/* Notices of offices end with who signs, and the day: the end behind those, if they stand at i. */
static uint32_t behind_signature(const struct finder *f, uint32_t i)
{
	for (uint32_t k = i; k < f->b1 && k < i + SIGNED_LINES; k++) {
		const struct view_block *b = &f->v->blocks.p[k];
		struct span line = view_text(f->v, k);
		if (b->cut || b->links || b->n > SIGNED_MAX || span_find(line, SPAN("："), 0) != SIZE_MAX ||
			is_about_author(f, k))
			return i;
		if (is_day_of_signs(line))
			return k > i ? k + 1 : i;
	}
	return i;
}

/* Where an article ends by what is said there, unless as much follows as stood before. */
static uint32_t before_tail(const struct finder *f, uint32_t from, uint32_t to)
{
	for (uint32_t i = from; i < to; i++) {
		uint32_t before = f->prose.p[i] - f->prose.p[from], behind = f->prose.p[to] - f->prose.p[i];
		if (before >= BIG_PROSE && behind <= before && words_tail(view_text(f->v, i)))
			return i;
	}
	return to;
}

/* What stands before the first and behind the last running text: the headline, dates, lists of tags. Headings
 * and short lines between paragraphs stay. */
void body_trim_ends(struct finder *f)
{
	uint32_t from = f->b0, to = f->b1, headline = f->h->headline;
	bool within = headline >= from && headline < to;
	const struct view_block *b = within ? &f->v->blocks.p[headline] : NULL;
	uint32_t share = b && (b->tag == VIEW_H1 || b->flags & WORD_TITLE) ? 2 : 4;
	if (within && (f->prose.p[headline] - f->prose.p[from]) * share <= f->prose.p[to] - f->prose.p[from])
		from = headline + 1;
	from = first_line(f, from, to);
	body_cut(f->v, f->b0, from, VIEW_CUT_EDGE);
	to = before_tail(f, from, to);
	while (to > from && !is_last(f, to - 1))
		to--;
	body_cut(f->v, behind_signature(f, to), f->b1, VIEW_CUT_EDGE);
}
