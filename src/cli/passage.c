/* passage: what was flagged, in its place: the paragraph of each quote, or as much of a long one as is worth
 * reading, with the words that decided marked. */
#include <string.h>

#include "base/utf8.h"
#include "base/vec.h"
#include "cli/item.h"
#include "digest/digest.h"

#include "base/banned.h"

enum { AROUND = 200 };

struct range {
	size_t from, to; /* bytes */
};
struct ranges {
	struct range *p;
	size_t n, cap;
};

/* Adds a range in order, joined with those it touches. */
static void add_range(struct ranges *r, size_t from, size_t to)
{
	size_t at = 0;
	while (at < r->n && r->p[at].to < from)
		at++;
	size_t end = at;
	while (end < r->n && r->p[end].from <= to) {
		from = r->p[end].from < from ? r->p[end].from : from;
		to = r->p[end].to > to ? r->p[end].to : to;
		end++;
	}
	if (at == end) {
		vec_push(r, ((struct range){0, 0}));
		memmove(r->p + at + 1, r->p + at, (r->n - 1 - at) * sizeof *r->p);
	} else {
		memmove(r->p + at + 1, r->p + end, (r->n - end) * sizeof *r->p);
		r->n -= end - at - 1;
	}
	r->p[at] = (struct range){from, to};
}

/* The bytes around a quote that are worth reading: its paragraph, or AROUND code points to each side of it.
 */
static struct range around(struct span s, size_t from, size_t to)
{
	struct range r = {from, to};
	for (size_t n = 0; r.from > 0 && s.p[r.from - 1] != '\n' && n < AROUND;
		n += (s.p[r.from] & 0xC0) != 0x80)
		r.from--;
	for (size_t n = 0; r.to < s.n && s.p[r.to] != '\n' && n < AROUND; n += (s.p[r.to] & 0xC0) != 0x80)
		r.to++;
	while (r.from > 0 && (s.p[r.from] & 0xC0) == 0x80)
		r.from--;
	while (r.to < s.n && (s.p[r.to] & 0xC0) == 0x80)
		r.to++;
	return r;
}

static void find_ranges(
	const struct article *x, enum field f, struct span s, struct ranges *shown, struct ranges *marked)
{
	for (size_t i = 0; i < x->n_flags; i++) {
		const struct flag *g = &x->flags[i];
		for (size_t k = 0; !g->trial && k < g->n_quotes; k++) {
			if (g->quotes[k].field != f || g->quotes[k].end <= g->quotes[k].start)
				continue;
			size_t from = utf8_offset(s, g->quotes[k].start),
			       to = utf8_offset(s, g->quotes[k].end);
			struct range r = around(s, from, to);
			add_range(shown, r.from, r.to);
			add_range(marked, from, to);
		}
	}
}

/* The passage, words marked: in colour, else between « ». */
static void marked_text(
	bool color, struct span s, struct range r, const struct ranges *marked, struct str *out)
{
	size_t at = r.from;
	str_adds(out, r.from > 0 && s.p[r.from - 1] != '\n' ? "…" : "");
	for (size_t i = 0; i < marked->n; i++) {
		struct range m = marked->p[i];
		if (m.from < r.from || m.to > r.to)
			continue;
		show_safe(out, span_cut(s, at, m.from), true);
		str_adds(out, color ? "\033[1;33m" : "«");
		show_safe(out, span_cut(s, m.from, m.to), true);
		str_adds(out, color ? "\033[0m" : "»");
		at = m.to;
	}
	show_safe(out, span_cut(s, at, r.to), true);
	str_adds(out, r.to < s.n && s.p[r.to] != '\n' ? "…" : "");
}

void passages_add(const struct article *x, bool color, struct str *out)
{
	static const enum field order[] = {FIELD_TITLE, FIELD_SUMMARY, FIELD_TEXT, FIELD_CAPTIONS};
	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		struct span s = span_of(article_field(x, order[i]));
		struct ranges shown = {0}, marked = {0};
		struct str text = {0};
		if (utf8_valid(s))
			find_ranges(x, order[i], s, &shown, &marked);
		for (size_t k = 0; k < shown.n; k++) {
			struct span part = span_cut(s, shown.p[k].from, shown.p[k].to);
			if (order[i] == FIELD_SUMMARY && span_find(span_of(x->text), part, 0) != SIZE_MAX)
				continue; /* the text begins with its summary */
			str_clear(&text);
			marked_text(color, s, shown.p[k], &marked, &text);
			wrap_add(out, str_span(&text));
		}
		str_release(&text);
		vec_release(&shown);
		vec_release(&marked);
	}
}
