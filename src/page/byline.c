/* byline: who wrote it. Machines are told first, then what is named a byline around the headline, then a name
 * alone under the article. Several names may share a line, a role or a day may stand beside them, and the
 * outlet signs for its staff: what is left after all that is a name. Part of head.h. */
#include "page/head.h"

#include <string.h>

#include "base/utf8.h"

#include "base/banned.h"

enum { AUTHORS_MAX = 12, AUTHOR_MIN = 2, AUTHOR_BYTES = 60, SIGNATURE_BYTES = 60 };

struct authors {
	struct arena *a;
	const struct meta *m;
	const char **list;
	size_t n;
};

static struct span drop_words_before(struct span s)
{
	static const char *const before[] = {"by ", "by: ", "by:", "von ", "par ", "por ", "di ", "theo ",
		"tác giả: ", "tác giả:", "bài, ảnh: ", "bài và ảnh: ", "bài: ", "tin: ", "nguồn: ",
		"written by ", "words by ", "text: ", "story by ",
		"author: ", "autor: ", "redaktion: ", "af ", "av ", "reported by ", "thực hiện: ", "nhóm pv ",
		"text by "};
	bool again = true;
	while (again) {
		again = false;
		for (size_t i = 0; i < sizeof before / sizeof *before; i++)
			if (span_starts_ci(s, before[i])) {
				s = span_trim(span_cut(s, strlen(before[i]), s.n));
				again = true;
			}
	}
	return s;
}

static bool is_no_name(const struct authors *x, struct span name)
{
	static const char *const days[] = {"thứ ", "chủ nhật", "monday", "tuesday", "wednesday", "thursday",
		"friday", "saturday", "sunday"};
	for (size_t i = 0; i < sizeof days / sizeof *days; i++)
		if (span_starts_ci(name, days[i]) || span_starts(name, "Chủ Nhật"))
			return true;
	static const char *const roles[] = {"admin", "administrator", "editor", "staff", "redaktion",
		"tổng hợp", "ban biên tập", "pv", "guest", "newsroom", "webmaster"};
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
		if (span_is_ci(name, roles[i]))
			return true;
	if (x->m->site && head_likeness(name, span_of(x->m->site)) >= 0.99f)
		return true;
	for (size_t i = 0; i < x->m->outlets.list.n; i++)
		if (head_likeness(name, span_of(x->m->outlets.list.p[i])) >= 0.99f)
			return true;
	return span_starts_ci(name, "báo ") || span_starts_ci(name, "đài ") ||
	       span_starts_ci(name, "tạp chí ") || span_find_byte(name, '/', 0) != SIZE_MAX ||
	       span_ends(name, ".vn") || span_ends(name, ".com");
}

static void add_author(struct authors *x, struct span s)
{
	s = span_trim(s);
	size_t open = span_find_byte(s, '(', 0);
	if (open != SIZE_MAX && open > 0)
		s = span_trim(span_cut(s, 0, open));
	s = drop_words_before(s);
	while (s.n && strchr(".,;:-|*\"", s.p[s.n - 1]))
		s = span_trim(span_cut(s, 0, s.n - 1));
	while (s.n && strchr(".,;:-|*@\"", s.p[0]))
		s = span_trim(span_cut(s, 1, s.n));
	if (s.n < AUTHOR_MIN || s.n > AUTHOR_BYTES || x->n >= AUTHORS_MAX || head_word_count(s) > 6 ||
		is_no_name(x, s))
		return;
	for (size_t i = 0; i < s.n; i++)
		if ((s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '@')
			return;
	for (size_t i = 0; i < x->n; i++)
		if (span_is_ci(s, x->list[i]))
			return;
	x->list[x->n++] = arena_dup(x->a, s);
}

/* "A, B and C" -> three. */
static void add_authors(struct authors *x, struct span s)
{
	static const char *const seps[] = {", ", " and ", " & ", " und ", " và ", "; ", " – ", " - ", " | ",
		" et ", " y ", " · ", " • "};
	size_t best = SIZE_MAX, n = 0;
	for (size_t i = 0; i < sizeof seps / sizeof *seps; i++) {
		size_t at = span_find(s, span_of(seps[i]), 0);
		if (at < best) {
			best = at;
			n = strlen(seps[i]);
		}
	}
	add_author(x, span_cut(s, 0, best));
	if (best != SIZE_MAX)
		add_authors(x, span_cut(s, best + n, s.n));
}

/* A name alone under the article, in bold or at the right. */
static bool is_signature(const struct view *v, uint32_t i)
{
	const struct view_block *b = &v->blocks.p[i];
	struct span line = view_text(v, i), style = node_attr(v->elements.p[b->element].node, "style");
	bool right = span_find_ci(style, "right", 0) != SIZE_MAX ||
		     span_is_ci(node_attr(v->elements.p[b->element].node, "align"), "right");
	bool marked = right || b->strong * 10 >= b->n * 5 || b->flags & WORD_AUTHOR;
	return marked && b->n <= SIGNATURE_BYTES && b->words >= 2 && b->words <= 7 && b->link * 2 < b->n &&
	       b->tag != VIEW_HEADING && !b->keep && !words_box_heading(line) &&
	       span_find_byte(line, ':', 0) == SIZE_MAX && !(b->flags & (WORD_COMMENT | VIEW_IN_FIGURE));
}

const char **head_authors(struct arena *a, const struct view *v, const struct meta *m, uint32_t headline,
	uint32_t from, uint32_t to, uint32_t end, size_t *n)
{
	struct authors x = {a, m, arena_array(a, const char *, AUTHORS_MAX), 0};
	for (size_t i = 0; i < m->json_authors.list.n; i++)
		add_authors(&x, utf8_prefix(span_of(m->json_authors.list.p[i]), 120));
	for (size_t i = 0; i < m->authors.list.n && x.n == 0; i++)
		add_authors(&x, utf8_prefix(span_of(m->authors.list.p[i]), 200));
	uint32_t near = headline != UINT32_MAX && headline < from ? headline : from > 6 ? from - 6 : 0;
	near = near > 3 ? near - 3 : 0;
	uint32_t far = to + 4 < v->blocks.n ? to + 4 : (uint32_t)v->blocks.n;
	for (uint32_t i = near; i < far && x.n == 0; i++) {
		const struct view_block *b = &v->blocks.p[i];
		if (b->flags & WORD_AUTHOR && b->n < 120 && b->tag != VIEW_TIME && !(b->flags & WORD_COMMENT))
			add_authors(&x, view_text(v, i));
	}
	for (uint32_t i = to; i < far && i < end && x.n == 0; i++)
		if (is_signature(v, i))
			add_authors(&x, view_text(v, i));
	*n = x.n;
	return x.list;
}
