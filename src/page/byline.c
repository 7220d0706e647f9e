/* byline: who wrote it. Machines are told first, then come links to authors' pages and what is named a byline
 * around the headline, then lines that begin like one, then a name alone under the article. Several names may
 * share a line, a role or a day may stand beside them, and the outlet signs for its staff: what is left after
 * all that is a name. Part of head.h; names.c says what is one. */
#include "page/head.h"

#include <string.h>

#include "base/utf8.h"
#include "page/letters.h"
#include "page/names.h"
#include "page/tags.h"

#include "base/banned.h"

enum {
	AUTHORS_MAX = 12,
	SIGNATURE_BYTES = 60,
	LINE_BYTES = 160,
	NAMED_BYTES = 120,
	SIGNATURE_WORDS = 8,
	NEXT_LINES = 3,
	HEAD_LINES = 2,
	NAME_OF_THREE = 9,
	NAME_OF_EIGHT = 24,
	ENDING_MIN = 6,
	SIGNS_MAX = 12,  /* bytes of four signs */
	ENDING_MAX = 45, /* of a name in Chinese signs, and the desk before it */
	BEHIND_LINES = 8
};

struct authors {
	struct arena *a;
	const struct meta *m;
	const char *host; /* of the page; may be NULL */
	const char **list;
	size_t n;
	bool strict; /* a single word is no name: the line says more than that */
	bool told;   /* to machines: lists of names, without towns */
};

static bool single_word(struct span s)
{
	return s.n > 3 && span_find_byte(s, ' ', 0) == SIZE_MAX && span_find_byte(s, '.', 0) == SIZE_MAX &&
	       (unsigned char)s.p[0] < 0xE0;
}

static void add_author(struct authors *x, struct span s)
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
static void add_authors(struct authors *x, struct span s)
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
			add_author(x, part);
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
		add_authors(x, names_of_link(element_text(v, e)));
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
			add_authors(x, view_text(v, k));
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
			add_authors(x, by ? rest : line);
		x->strict = false;
	}
}

/* One of the parts of a line begins like a byline: "22.11.2026 - Text: Anna Wels". */
static void take_part(struct authors *x, struct span line)
{
	struct span part, rest;
	while (x->n == 0 && names_next_part(&line, &part))
		if (names_behind_by(part, &rest) && rest.n)
			add_authors(x, rest);
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
			add_authors(x, rest);
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
			add_authors(x, name);
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
			add_authors(x, rest);
	}
}

static size_t first_mark(struct span s, const char *const *marks, size_t n)
{
	size_t best = SIZE_MAX;
	for (size_t i = 0; i < n; i++) {
		size_t at = span_find(s, span_of(marks[i]), 0);
		best = at < best ? at : best;
	}
	return best;
}

/* "林青 何小满": Chinese names may be parted by blanks, when each has two signs or more. */
static void add_signs(struct authors *x, struct span names)
{
	struct span rest = names, word;
	bool parted = true;
	size_t n = 0;
	while (span_next(&rest, ' ', &word)) {
		parted = parted && word.n >= ENDING_MIN && word.n <= SIGNS_MAX;
		n++;
	}
	rest = names;
	if (!parted || n < 2)
		add_authors(x, names);
	while (parted && n > 1 && span_next(&rest, ' ', &word))
		add_authors(x, word);
}

/* "本报讯（记者林青、通讯员何小满）…", "（某社記者林雨霏河灣25日電）…": behind the word, up to the bracket;
 * what a town and a day follow is a name of three signs. */
static void take_chinese_head(struct authors *x, struct span head)
{
	static const char *const words[] = {"记者", "記者"};
	static const char *const open[] = {"（", "(", "〔", "【"};
	static const char *const close[] = {"）", ")", "〕", "】", "／", "/"};
	size_t at = first_mark(head, words, 2), from = first_mark(head, open, 4);
	struct span name = at == SIZE_MAX || from > at ? (struct span){NULL, 0}
						       : span_trim(span_cut(head, at + 6, head.n));
	size_t end = first_mark(name, close, 6);
	if (end == SIZE_MAX)
		return;
	name = span_cut(name, 0, end);
	if (letters_digits(name))
		name = span_ends(name, "電") || span_ends(name, "电") ? span_cut(name, 0, NAME_OF_THREE)
								      : (struct span){NULL, 0};
	add_signs(x, name);
}

/* "某社某地11月22日电 (林青 何小满)…": names alone in brackets behind the cable. */
static void take_cable_head(struct authors *x, struct span head)
{
	static const char *const cables[] = {"日电", "日電"};
	size_t at = first_mark(head, cables, 2), open;
	struct span rest = at == SIZE_MAX ? (struct span){NULL, 0}
					  : span_trim(span_cut(head, at + strlen("日电"), head.n));
	open = span_starts(rest, "(") ? 1 : span_starts(rest, "（") ? strlen("（") : 0;
	rest = span_cut(rest, open, rest.n);
	size_t full = span_find(rest, SPAN("）"), 0), half = span_find(rest, SPAN(")"), 0),
	       end = full < half ? full : half;
	struct span names = open && end != SIZE_MAX ? span_cut(rest, 0, end) : (struct span){NULL, 0};
	if (names.n && names.n <= NAMED_BYTES && !letters_digits(names) && (unsigned char)names.p[0] >= 0xE4)
		add_signs(x, names);
}

/* "(산솔=들녘뉴스) 홍가람 기자 = …", "[들녘뉴스 홍가람·이새봄 기자] …": the word before. */
static void take_korean_head(struct authors *x, struct span head)
{
	static const char *const ends[] = {"=", "]", ")", "＝"};
	size_t at = span_find(head, SPAN("기자"), 0);
	struct span rest = at == SIZE_MAX ? (struct span){NULL, 0}
					  : span_trim(span_cut(head, at + strlen("기자"), head.n)),
		    name = span_trim(span_cut(head, 0, at == SIZE_MAX ? 0 : at));
	if (first_mark(rest, ends, 4) != 0)
		return;
	for (size_t i = name.n; i-- > 0;)
		if (strchr(" =[(]", name.p[i])) {
			name = span_cut(name, i + 1, name.n);
			break;
		}
	add_authors(x, name);
}

/* "…요구하고 있습니다. 새물방송 표가람입니다.": how reports for television end. */
static void take_korean_tail(struct authors *x, struct span line)
{
	static const char *const outlets[] = {"뉴스", "방송", "NEWS"};
	size_t stop = span_ends(line, "입니다.") ? line.n - 1 : 0;
	while (stop > 0 && line.p[stop - 1] != '.' && line.p[stop - 1] != '?')
		stop--;
	struct span last = span_trim(span_cut(line, stop, line.n - strlen("입니다.")));
	size_t blank = last.n;
	while (blank > 0 && last.p[blank - 1] != ' ')
		blank--;
	struct span before = span_trim(span_cut(last, 0, blank)), name = span_cut(last, blank, last.n);
	bool alone = before.n == 0;
	for (size_t i = 0; i < sizeof outlets / sizeof *outlets; i++)
		alone = alone || span_ends(before, outlets[i]);
	if (stop > 0 && alone && name.n >= NAME_OF_THREE && name.n <= SIGNS_MAX)
		add_author(x, name);
}

static size_t last_of(struct span s, struct span word)
{
	size_t last = SIZE_MAX;
	for (size_t at = 0; (at = span_find(s, word, at)) != SIZE_MAX; at += word.n)
		last = at;
	return last;
}

/* "地域報道部・東海林佑": who stands behind a desk. */
static struct span behind_desk(struct span s)
{
	static const char *const desks[] = {"部", "局", "室", "課", "班"};
	size_t dot = last_of(s, SPAN("・"));
	for (size_t i = 0; dot != SIZE_MAX && i < sizeof desks / sizeof *desks; i++)
		if (span_ends(span_cut(s, 0, dot), desks[i]))
			return span_cut(s, dot + strlen("・"), s.n);
	return s;
}

/* "文・榎木まどか、写真・早瀬岳" */
static void add_ending(struct authors *x, struct span name)
{
	if (span_find(name, SPAN("、"), 0) != SIZE_MAX)
		add_authors(x, name);
	else if (behind_desk(name).n <= NAME_OF_EIGHT)
		add_author(x, behind_desk(name));
}

/* "…と話した。【岸本ゆず】": Japanese and Chinese articles end with the name, in brackets. */
static void take_ending(struct authors *x, struct span line)
{
	static const char *const pairs[][2] = {{"（", "）"}, {"【", "】"}, {"(", ")"}};
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		size_t n = strlen(pairs[i][0]), at = last_of(line, span_of(pairs[i][0]));
		struct span name =
			at == SIZE_MAX ? (struct span){NULL, 0} : span_cut(line, at + n, line.n - n);
		bool last = (at == 0 && i != 1) ||
			    (at != SIZE_MAX && span_ends(span_trim(span_cut(line, 0, at)), "。"));
		if (last && span_ends(line, pairs[i][1]) && name.n >= ENDING_MIN && name.n <= ENDING_MAX &&
			(unsigned char)name.p[0] >= 0xE3 && !words_see_also(name))
			add_ending(x, name);
	}
}

/* Behind the article, in its own line or piece of one: "마동하 기자", up to the first box. */
static void take_signed(struct authors *x, const struct view *v, uint32_t from)
{
	uint32_t to = from;
	while (to < v->blocks.n && to < from + BEHIND_LINES && !words_box_heading(view_text(v, to)) &&
		!(v->blocks.p[to].flags & (VIEW_IN_TEASER | WORD_COMMENT)))
		to++;
	for (uint32_t i = view_first_at(v, from); i < v->elements.n && v->elements.p[i].b0 < to && x->n == 0;
		i++) {
		const struct view_element *e = &v->elements.p[i];
		struct span piece = element_text(v, e);
		if (e->t1 > e->t0 && piece.n <= NAMED_BYTES / 2 && names_is_signed(piece))
			add_author(x, piece);
	}
}

const char **head_authors(struct arena *a, const struct view *v, const struct meta *m, const char *host,
	const uint32_t at[4], size_t *n)
{
	uint32_t headline = at[0], from = at[1], to = at[2], end = at[3];
	struct authors x = {a, m, host, arena_array(a, const char *, AUTHORS_MAX), 0, false, true};
	for (size_t i = 0; i < m->json_authors.list.n; i++)
		add_authors(&x, utf8_prefix(span_of(m->json_authors.list.p[i]), LINE_BYTES));
	bool told = x.n > 0;
	for (size_t i = 0; i < m->authors.list.n && (x.n == 0 || m->authors.list.p[i]) && !told; i++)
		add_authors(&x, utf8_prefix(span_of(m->authors.list.p[i]), 200));
	x.told = false;
	drop_editors(&x, v, to);
	uint32_t near = headline != UINT32_MAX && headline < from ? headline : from > 6 ? from - 6 : 0;
	near = near > 3 ? near - 3 : 0;
	uint32_t far = to + 4 < v->blocks.n ? to + 4 : (uint32_t)v->blocks.n;
	uint32_t top =
		from + 3 < far ? from + 3 : far; /* names further down are of those who are quoted, too */
	if (x.n == 0)
		take_links(&x, v, near, top, true);
	else
		take_coauthors(&x, v, near, top);
	take_named(&x, v, near, top);
	take_bylines(&x, v, near, top, headline);
	take_beside_outlet(&x, v, near, top);
	take_pieces(&x, v, near, top);
	for (uint32_t i = from, lines = 0; i < to && lines < HEAD_LINES; lines += v->blocks.p[i++].keep)
		if (v->blocks.p[i].keep && x.n == 0) {
			take_chinese_head(&x, utf8_prefix(view_text(v, i), LINE_BYTES));
			take_cable_head(&x, utf8_prefix(view_text(v, i), LINE_BYTES));
			take_korean_head(&x, utf8_prefix(view_text(v, i), LINE_BYTES));
		}
	if (x.n == 0)
		take_links(&x, v, top, far, true);
	take_named(&x, v, top, far);
	take_bylines(&x, v, to > near ? to - 1 : to, far, headline);
	if (x.n == 0)
		take_signed(&x, v, to);
	for (uint32_t i = to; i < far && x.n == 0; i++)
		if (is_signature(v, i, i < end))
			add_authors(&x, view_text(v, i));
	if (x.n == 0 && to > from)
		take_korean_tail(&x, view_text(v, to - 1));
	for (uint32_t i = to > from ? to - 1 : to; i < far && i < end && x.n == 0; i++)
		take_ending(&x, view_text(v, i));
	*n = x.n;
	return x.list;
}
