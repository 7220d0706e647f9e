/* outlet: a title without the outlet it appeared in. Outlets put their name around the title in every
 * possible way, so parts are compared instead of patterns kept. Part of head.h. */
#include "page/head.h"

#include <string.h>

#include "page/letters.h"
#include "page/names.h"

#include "base/banned.h"

enum {
	TITLE_LEAST = 8, /* bytes */
	SITE_WORDS = 5,
	SECTIONS_MAX = 4000
};

/* The last separator in s that stands between blanks; its length in *n. */
static size_t last_separator(struct span s, size_t *n)
{
	static const char *const seps[] = {" | ", " - ", " – ", " — ", " :: ", " » ", " • ", " · ", " ｜ ",
		" // ", " / ", "｜", "丨", "│", "＿", "_", " |", " < "};
	size_t best = SIZE_MAX;
	for (size_t i = 0; i < sizeof seps / sizeof *seps; i++)
		for (size_t at = 0; (at = span_find(s, span_of(seps[i]), at)) != SIZE_MAX;
			at += strlen(seps[i]))
			if (best == SIZE_MAX || at > best) {
				best = at;
				*n = strlen(seps[i]);
			}
	return best;
}

/* What is much longer only speaks of it: "Cồn Sậy: phà chạy lại" is not "Báo Cồn Sậy". */
static bool like_outlet(struct span part, struct span outlet)
{
	return head_word_count(part) <= 2 * head_word_count(outlet) + 1 &&
	       head_likeness(part, outlet) >= 0.6f;
}

static bool is_site(struct span part, const struct meta *m, const char *host)
{
	if (names_is_medium(part) || names_ends_medium(part) || like_outlet(part, span_of(m->site)))
		return true;
	for (size_t i = 0; i < m->outlets.list.n; i++)
		if (like_outlet(part, span_of(m->outlets.list.p[i])))
			return true;
	char squeezed[64];
	size_t n = letters_squeeze(part, true, squeezed, sizeof squeezed);
	return host && n >= 3 && span_find(span_of(host), span_of(squeezed), 0) != SIZE_MAX;
}

/* "Headline-Báo Cồn Sậy": the site behind a mark without blanks. */
static struct span strip_joined(struct span title, const struct meta *m)
{
	size_t n = m->site ? strlen(m->site) : 0;
	if (n && title.n > n + TITLE_LEAST && span_ends(title, m->site) &&
		strchr("-_|:", title.p[title.n - n - 1]))
		return span_trim(span_cut(title, 0, title.n - n - 1));
	return title;
}

/* "Báo Cồn Sậy | Headline" */
static struct span strip_leading(struct span title, const struct meta *m, const char *host)
{
	static const char *const seps[] = {" | ", " - ", " – ", " :: "};
	for (size_t i = 0; i < sizeof seps / sizeof *seps; i++) {
		size_t at = span_find(title, span_of(seps[i]), 0);
		struct span rest =
			at == SIZE_MAX ? title : span_trim(span_cut(title, at + strlen(seps[i]), title.n));
		struct span part = span_cut(title, 0, at);
		bool same = m->site && head_likeness(part, span_of(m->site)) >= 0.99f &&
			    head_word_count(part) == head_word_count(span_of(m->site));
		if (at != SIZE_MAX && rest.n > part.n && (same || names_is_medium(part)) &&
			!is_site(rest, m, host))
			return rest;
	}
	return title;
}

bool head_is_section(const struct view *v, struct span name)
{
	for (uint32_t i = 0; i < v->elements.n && i < SECTIONS_MAX; i++) {
		const struct view_element *x = &v->elements.p[i];
		if (x->tag == VIEW_A && x->t1 - x->t0 >= name.n && x->t1 - x->t0 <= name.n + 2 &&
			span_eq(span_trim((struct span){v->text.p + x->t0, x->t1 - x->t0}), name))
			return true;
	}
	return false;
}

/* Is the way to the front page called by it? */
static bool names_home(const struct view *v, struct span name)
{
	for (uint32_t i = 0; i < v->elements.n && i < SECTIONS_MAX; i++) {
		const struct view_element *x = &v->elements.p[i];
		if (x->tag == VIEW_A && x->t1 - x->t0 >= name.n && x->t1 - x->t0 <= name.n + 2 &&
			span_is(span_trim(node_attr(x->node, "href")), "/") &&
			span_eq(span_trim((struct span){v->text.p + x->t0, x->t1 - x->t0}), name))
			return true;
	}
	return false;
}

struct span head_strip_site(const struct view *v, struct span title, const struct meta *m, const char *host)
{
	title = strip_leading(strip_joined(title, m), m, host);
	for (int turn = 0; turn < 3; turn++) {
		size_t n = 0, at = last_separator(title, &n);
		if (at == SIZE_MAX || at < TITLE_LEAST)
			return title;
		struct span tail = span_trim(span_cut(title, at + n, title.n));
		bool site = is_site(tail, m, host) || names_home(v, tail) ||
			    (turn && head_word_count(tail) <= SITE_WORDS && head_is_section(v, tail));
		if (!site && !(tail.n * 3 < at && head_word_count(tail) <= SITE_WORDS && n > 1 &&
				     title.p[at + 1] != '-'))
			return title;
		title = span_trim(span_cut(title, 0, at));
	}
	return title;
}

struct span head_strip_outlet(const struct view *v, struct span title, const struct meta *m, const char *host)
{
	size_t n = 0, at = last_separator(title, &n);
	struct span tail = at == SIZE_MAX ? title : span_trim(span_cut(title, at + n, title.n));
	if (at == SIZE_MAX || at == 0 || !(is_site(tail, m, host) || names_home(v, tail)))
		return title;
	return head_strip_site(v, span_trim(span_cut(title, 0, at)), m, host);
}
