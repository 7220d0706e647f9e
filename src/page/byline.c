/* byline: who wrote it. Machines are told first, then come links to authors' pages and what is named a byline
 * around the headline, then lines that begin like one, then a name alone under the article. Several names may
 * share a line, a role or a day may stand beside them, and the outlet signs for its staff: what is left after
 * all that is a name. Part of head.h; names.c says what is one, byline_signs.c knows how Chinese, Japanese
 * and Korean texts name theirs. */
#include "page/byline_priv.h"

#include <string.h>

#include "base/utf8.h"
#include "page/letters.h"
#include "page/names.h"
#include "page/tags.h"

#include "base/banned.h"

enum {
	AUTHORS_MAX = 12,
	SIGNATURE_BYTES = 60,
	SIGNATURE_WORDS = 8,
	NEXT_LINES = 3,
	HEAD_LINES = 2,
	META_BYTES = 200
};

static bool single_word(struct span s)
{
	return s.n > 3 && span_find_byte(s, ' ', 0) == SIZE_MAX && span_find_byte(s, '.', 0) == SIZE_MAX &&
	       (unsigned char)s.p[0] < 0xE0;
}

void byline_add(struct authors *x, struct span s)
{
	if (span_starts(s, "@"))
		return; /* of an account */
	s = names_clean(s);
	if (x->n >= AUTHORS_MAX || (x->strict && single_word(s)) || !names_is_name(s) ||
		names_is_outlet(s, x->m, x->host))
		return;
	for (size_t i = 0; i < x->n; i++)
		if (span_is_ci(s, x->list[i]))
			return;
	x->list[x->n++] = arena_dup(x->a, s);
}

/* Machines are told of editors, too; readers, what they are. */
static void drop_editors(struct authors *x, const struct view *v, uint32_t from)
{
	for (uint32_t i = from; x->n && i < v->blocks.n && i < from + BEHIND_LINES; i++) {
		size_t n = 0;
		if (!names_editors(view_text(v, i)))
			continue;
		for (size_t k = 0; k < x->n; k++)
			if (span_find(view_text(v, i), span_of(x->list[k]), 0) == SIZE_MAX)
				x->list[n++] = x->list[k];
		x->n = n;
	}
}

static bool all_capitals(struct span s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] >= 'a' && s.p[i] <= 'z')
			return false;
	return true;
}

/* "A, B and C" -> three. What stands behind the outlet's name is its town, behind a person's what that person
 * is, or a town again: "Von Anna Wels, Berlin". */
void byline_add_all(struct authors *x, struct span s)
{
	struct span part;
	const char *start = s.p;
	size_t before = x->n;
	bool strict = x->strict;
	if (span_find(s, SPAN("://"), 0) != SIZE_MAX || names_editors(s))
		return;
	while (names_next(&s, &part)) {
		if (span_starts(part, "in ") || span_starts(part, "on "))
			break; /* "By Ann Wells, in Business, Property" */
		if (x->n > before && names_is_office(part))
			continue;
		bool comma = !x->told && x->n > before && part.p >= start + 2 && part.p[-2] == ',';
		bool outlet = names_is_outlet(names_clean(part), x->m, x->host);
		x->strict = x->strict || outlet;
		if (!(comma && single_word(part) && !all_capitals(part)))
			byline_add(x, part);
	}
	x->strict = strict;
}

/* A name alone under the article, in bold or at the right; behind its body, at the right. */
static bool is_signature(const struct view *v, uint32_t i, bool inside)
{
	const struct view_block *b = &v->blocks.p[i];
	struct span line = view_text(v, i);
	bool marked = view_line_is(v, i, tags_set_right) ||
		      (inside && (b->strong * 10 >= b->n * 5 || b->flags & WORD_AUTHOR));
	return marked && b->n <= SIGNATURE_BYTES && (b->words >= 2 || head_word_count(line) >= 2) &&
	       b->words <= 7 && b->link * 2 < b->n && b->tag != VIEW_HEADING && !b->keep &&
	       !words_box_heading(line) && span_find_byte(line, ':', 0) == SIZE_MAX &&
	       !(b->flags & (WORD_COMMENT | VIEW_IN_FIGURE));
}

/* Links to the page of an author say so in their address. */
static bool is_author_link(const struct node *a)
{
	static const char *const parts[] = {"/author/", "/authors/", "/autor/", "/autoren/", "/auteur/",
		"/auteurs/", "/autore/", "/autores/", "/tac-gia/", "/writer/", "/writers/", "/by/", "/staff/",
		"/journalist/", "/reporter/", "/contributors/", "/profile/", "/forfatter/", "/redakteur/"};
	struct span href = node_attr(a, "href");
	if (span_find_ci(node_attr(a, "rel"), "author", 0) != SIZE_MAX)
		return true;
	for (size_t i = 0; href.n && i < sizeof parts / sizeof *parts; i++)
		if (span_find_ci(href, parts[i], 0) != SIZE_MAX)
			return true;
	return false;
}

static struct span element_text(const struct view *v, const struct view_element *e)
{
	return span_trim((struct span){v->text.p + e->t0, e->t1 - e->t0});
}

/* Within a line: itemprop, RDFa's property, a class that says so. */
static bool is_author_piece(const struct view_element *e)
{
	return view_is_inline(e->tag) &&
	       (e->flags & WORD_AUTHOR || span_is_ci(node_attr(e->node, "itemprop"), "author") ||
		       span_ends(node_attr(e->node, "property"), ":author"));
}

static void take_links(struct authors *x, const struct view *v, uint32_t near, uint32_t far, bool pieces)
{
	for (uint32_t i = 0; i < v->elements.n; i++) {
		const struct view_element *e = &v->elements.p[i];
		bool piece = pieces && is_author_piece(e);
		if ((e->tag != VIEW_A && !piece) || e->b0 < near || e->b0 >= far || e->t1 <= e->t0 ||
			e->t1 - e->t0 > SIGNATURE_BYTES || v->blocks.p[e->b0].keep ||
			v->blocks.p[e->b0].flags & (WORD_COMMENT | WORD_TEASER) ||
			(!piece && !is_author_link(e->node)))
			continue;
		x->strict = piece || !pieces;
		byline_add_all(x, names_of_link(element_text(v, e)));
		x->strict = false;
	}
}

/* A byline may link more authors than machines are told: those in the line of one who is known. */
static void take_coauthors(struct authors *x, const struct view *v, uint32_t near, uint32_t far)
{
	uint32_t line = UINT32_MAX;
	for (uint32_t i = 0; x->n && i < v->elements.n && line == UINT32_MAX; i++) {
		const struct view_element *e = &v->elements.p[i];
		if (e->tag == VIEW_A && e->b0 >= near && e->b0 < far && is_author_link(e->node) &&
			span_is_ci(element_text(v, e), x->list[0]))
			line = e->b0;
	}
	if (line != UINT32_MAX)
		take_links(x, v, line, line + 1, false);
}

/* The lines behind a "By" that stands alone. */
static void take_next_lines(struct authors *x, const struct view *v, uint32_t i)
{
	for (uint32_t k = i + 1; k <= i + NEXT_LINES && k < v->blocks.n && x->n == 0; k++)
		if (v->blocks.p[k].n < LINE_BYTES && !v->blocks.p[k].keep)
			byline_add_all(x, view_text(v, k));
}

/* Lines that are named an author's. */
static void take_named(struct authors *x, const struct view *v, uint32_t near, uint32_t far)
{
	for (uint32_t i = near; i < far && x->n == 0; i++) {
		const struct view_block *b = &v->blocks.p[i];
		struct span line = view_text(v, i), rest;
		if (!(b->flags & WORD_AUTHOR) || b->n > NAMED_BYTES || b->tag == VIEW_TIME ||
			b->flags & WORD_COMMENT)
			continue;
		bool by = names_behind_by(line, &rest);
		x->strict = !by && letters_digits(line) > 2;
		if (by && rest.n == 0)
			take_next_lines(x, v, i);
		else
			byline_add_all(x, by ? rest : line);
		x->strict = false;
	}
}

/* One of the parts of a line begins like a byline: "22.11.2026 - Text: Anna Wels". */
static void take_part(struct authors *x, struct span line)
{
	struct span part, rest;
	while (x->n == 0 && names_next_part(&line, &part))
		if (names_behind_by(part, &rest) && rest.n)
			byline_add_all(x, rest);
}

/* Lines that begin like a byline; most bytes of those in the text are a sentence's. */
static void take_bylines(
	struct authors *x, const struct view *v, uint32_t near, uint32_t far, uint32_t headline)
{
	for (uint32_t i = near; i < far && x->n == 0; i++) {
		const struct view_block *b = &v->blocks.p[i];
		struct span line = view_text(v, i), rest;
		if (i == headline || b->n > LINE_BYTES || b->tag == VIEW_TIME || b->flags & WORD_COMMENT ||
			b->cut == VIEW_CUT_TEASER || (b->link >= b->n && !names_begins_by(line)) ||
			(b->keep && b->n >= SIGNATURE_BYTES))
			continue;
		if (!names_begins_by(line))
			take_part(x, line);
		else if (names_behind_by(line, &rest) && rest.n == 0)
			take_next_lines(x, v, i);
		else if (names_behind_by(line, &rest))
			byline_add_all(x, rest);
	}
}

/* "Ann Wells • Valley Courier": whoever stands beside the outlet in a line of its own. */
static void take_beside_outlet(struct authors *x, const struct view *v, uint32_t near, uint32_t far)
{
	for (uint32_t i = near; i < far && x->n == 0; i++) {
		const struct view_block *b = &v->blocks.p[i];
		struct span line = view_text(v, i), part, name = {NULL, 0};
		bool outlet = false;
		if (b->words > SIGNATURE_WORDS || b->keep || b->link == b->n || b->tag == VIEW_H1 ||
			b->tag == VIEW_HEADING)
			continue;
		for (int n = 0; names_next_part(&line, &part); n++) {
			outlet = outlet || (n == 1 && names_is_outlet(names_clean(part), x->m, x->host));
			name = n == 0 ? part : name;
		}
		if (outlet && head_word_count(name) > 1)
			byline_add_all(x, name);
	}
}

/* "22.11.2026来源：河湾日报记者 林青": of several pieces run together, the one that begins like a byline. */
static void take_pieces(struct authors *x, const struct view *v, uint32_t near, uint32_t far)
{
	for (uint32_t i = view_first_at(v, near); i < v->elements.n && x->n == 0; i++) {
		const struct view_element *e = &v->elements.p[i];
		struct span rest;
		if (e->b0 >= far)
			break;
		const struct view_block *b = &v->blocks.p[e->b0];
		if (!view_is_inline(e->tag) || b->keep || b->n > LINE_BYTES || b->flags & WORD_COMMENT ||
			b->cut == VIEW_CUT_TEASER || b->flags & (VIEW_IN_FIGURE | WORD_CAPTION) ||
			e->t1 - e->t0 > SIGNATURE_BYTES || e->t1 - e->t0 >= b->n)
			continue;
		if (names_begins_by(element_text(v, e)) && names_behind_by(element_text(v, e), &rest))
			byline_add_all(x, rest);
	}
}

static void take_told(struct authors *x)
{
	const struct meta *m = x->m;
	x->told = true;
	for (size_t i = 0; i < m->json_authors.list.n; i++)
		byline_add_all(x, utf8_prefix(span_of(m->json_authors.list.p[i]), LINE_BYTES));
	bool told = x->n > 0;
	for (size_t i = 0; i < m->authors.list.n && (x->n == 0 || m->authors.list.p[i]) && !told; i++)
		byline_add_all(x, utf8_prefix(span_of(m->authors.list.p[i]), META_BYTES));
	x->told = false;
}

/* Around the headline, and in the first lines. */
static void take_above(
	struct authors *x, const struct view *v, uint32_t near, uint32_t top, const uint32_t at[4])
{
	if (x->n == 0)
		take_links(x, v, near, top, true);
	else
		take_coauthors(x, v, near, top);
	take_named(x, v, near, top);
	take_bylines(x, v, near, top, at[0]);
	take_beside_outlet(x, v, near, top);
	take_pieces(x, v, near, top);
	for (uint32_t i = at[1], lines = 0; i < at[2] && lines < HEAD_LINES; lines += v->blocks.p[i++].keep)
		if (v->blocks.p[i].keep && x->n == 0)
			byline_of_head(x, utf8_prefix(view_text(v, i), LINE_BYTES));
}

/* Behind the article, and at its end. */
static void take_below(
	struct authors *x, const struct view *v, uint32_t near, uint32_t far, const uint32_t at[4])
{
	uint32_t to = at[2], last = to > at[1] ? to - 1 : to;
	take_bylines(x, v, to > near ? to - 1 : to, far, at[0]);
	if (x->n == 0)
		byline_behind(x, v, to);
	for (uint32_t i = to; i < far && x->n == 0; i++)
		if (is_signature(v, i, i < at[3]))
			byline_add_all(x, view_text(v, i));
	if (x->n == 0 && last < to)
		byline_of_report(x, view_text(v, last));
	for (uint32_t i = last; i < far && i < at[3] && x->n == 0; i++)
		byline_of_ending(x, view_text(v, i));
}

const char **head_authors(struct arena *a, const struct view *v, const struct meta *m, const char *host,
	const uint32_t at[4], size_t *n)
{
	uint32_t headline = at[0], from = at[1], to = at[2];
	struct authors x = {.a = a, .m = m, .host = host, .list = arena_array(a, const char *, AUTHORS_MAX)};
	uint32_t near = headline != UINT32_MAX && headline < from ? headline : from > 6 ? from - 6 : 0;
	near = near > 3 ? near - 3 : 0;
	uint32_t far = to + 4 < v->blocks.n ? to + 4 : (uint32_t)v->blocks.n;
	uint32_t top =
		from + 3 < far ? from + 3 : far; /* names further down are of those who are quoted, too */
	take_told(&x);
	drop_editors(&x, v, to);
	take_above(&x, v, near, top, at);
	if (x.n == 0)
		take_links(&x, v, top, far, true);
	take_named(&x, v, top, far);
	take_below(&x, v, near, far, at);
	*n = x.n;
	return x.list;
}
