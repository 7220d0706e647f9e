/* head: see head.h. Headlines: what is shown large counts before what is written for search engines, when
 * both are about the same thing. Outlets put their name around the title in every possible way, so parts are
 * compared instead of patterns kept. */
#include "page/head.h"

#include <string.h>

#include "base/limits.h"
#include "base/url.h"
#include "base/utf8.h"
#include "page/dateline.h"
#include "page/letters.h"
#include "page/names.h"

#include "base/banned.h"

enum {
	TITLE_MIN = 8,
	TITLE_LONG = 400,
	WORDS_MAX = 64,
	SITE_WORDS = 5,
	TITLES_MAX = 2000,
	SECTIONS_MAX = 4000,
	BOARD_WORDS = 3,
	DATED_NEAR = 3,   /* blocks */
	DATED_BYTES = 60, /* of a line between a title and its date */
	UNSPACED_MIN = 24 /* bytes: eight Chinese characters */
};

/* ---- likeness ---- */

static size_t hash_words(struct span s, uint32_t *out)
{
	size_t n = 0;
	for (size_t at = 0; at < s.n && n < WORDS_MAX;) {
		uint32_t h = 2166136261u, c = 0;
		bool any = false;
		while (at < s.n && !letter_is_mark(c = letter_small(utf8_next(s, &at, NULL)))) {
			h = (h ^ c) * 16777619u;
			any = true;
		}
		if (any)
			out[n++] = h;
	}
	return n;
}

float head_likeness(struct span a, struct span b)
{
	uint32_t x[WORDS_MAX], y[WORDS_MAX];
	size_t n = hash_words(a, x), m = hash_words(b, y), same = 0;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < m; k++)
			if (x[i] == y[k]) {
				y[k] = 0;
				same++;
				break;
			}
	size_t less = n < m ? n : m;
	return less ? (float)same / (float)less : 0;
}

/* ---- title ---- */

size_t head_word_count(struct span s)
{
	uint32_t x[WORDS_MAX];
	return hash_words(s, x);
}

/* The last separator in s that stands between blanks; its length in *n. */
static size_t last_separator(struct span s, size_t *n)
{
	static const char *const seps[] = {" | ", " - ", " – ", " — ", " :: ", " » ", " • ", " · ", " ｜ ",
		" // ", " / ", "｜", "_", " |", " < "};
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
	if (n && title.n > n + TITLE_MIN && span_ends(title, m->site) &&
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

/* Is there a link of that name, as to the section a page belongs to? */
static bool is_section(const struct view *v, struct span name)
{
	for (uint32_t i = 0; i < v->elements.n && i < SECTIONS_MAX; i++) {
		const struct view_element *x = &v->elements.p[i];
		if (x->tag == VIEW_A && x->t1 - x->t0 >= name.n && x->t1 - x->t0 <= name.n + 2 &&
			span_eq(span_trim((struct span){v->text.p + x->t0, x->t1 - x->t0}), name))
			return true;
	}
	return false;
}

static struct span strip_site(const struct view *v, struct span title, const struct meta *m, const char *host)
{
	title = strip_leading(strip_joined(title, m), m, host);
	for (int turn = 0; turn < 3; turn++) {
		size_t n = 0, at = last_separator(title, &n);
		if (at == SIZE_MAX || at < TITLE_MIN)
			return title;
		struct span tail = span_trim(span_cut(title, at + n, title.n));
		bool site = is_site(tail, m, host) ||
			    (turn && head_word_count(tail) <= SITE_WORDS && is_section(v, tail));
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
	if (at == SIZE_MAX || at == 0 || !is_site(span_trim(span_cut(title, at + n, title.n)), m, host))
		return title;
	return strip_site(v, span_trim(span_cut(title, 0, at)), m, host);
}

/* Words are parted by blanks, but not in Chinese and Japanese. */
static bool is_spaced(struct span s)
{
	return s.n && (unsigned char)s.p[0] < 0xE3;
}

/* The outlet's own name in a headline element. */
static bool is_masthead(struct span s, struct span named, const struct meta *m)
{
	size_t n = head_word_count(s);
	if (n >= head_word_count(named))
		return false;
	return names_is_medium(s) || (m->site && n <= head_word_count(span_of(m->site)) &&
					     head_likeness(s, span_of(m->site)) >= 0.99f);
}

/* The headline among the blocks that could be it: the one most like what the page calls itself. */
static uint32_t shown_title(const struct view *v, struct span named, const struct meta *m)
{
	uint32_t best = UINT32_MAX;
	float top = 0;
	unsigned looked = 0;
	for (uint32_t i = 0; i < v->blocks.n && looked < TITLES_MAX; i++) {
		const struct view_block *b = &v->blocks.p[i];
		bool large = b->tag == VIEW_H1 ||
			     (b->tag == VIEW_HEADING && !b->cut && !(b->flags & WORD_TEASER)) ||
			     b->flags & WORD_TITLE;
		if (!large || b->n < TITLE_MIN || b->n > TITLE_LONG || is_masthead(view_text(v, i), named, m))
			continue;
		looked++;
		float like = named.n ? head_likeness(view_text(v, i), named) : 0.5f;
		if (head_word_count(view_text(v, i)) < 3 && named.n > 40 &&
			(is_spaced(view_text(v, i)) || b->n * 2 < named.n))
			like *= 0.5f;
		like += b->tag == VIEW_H1 ? 0.25f : b->flags & WORD_TITLE ? 0.05f : 0;
		like -= b->cut ? 0.1f : 0;
		if (like > top + 0.01f && like >= (b->tag == VIEW_H1 ? 0.7f : 0.75f)) {
			top = like;
			best = i;
		}
	}
	return best;
}

/* The only <h1>, whatever machines are told: papers test several headlines at once. */
static uint32_t lone_title(const struct view *v, struct span named, const struct meta *m)
{
	uint32_t found = UINT32_MAX;
	for (uint32_t i = 0; i < v->blocks.n; i++) {
		const struct view_block *b = &v->blocks.p[i];
		if (b->tag != VIEW_H1 || b->cut || b->n < 2 * TITLE_MIN || b->n > TITLE_LONG ||
			is_masthead(view_text(v, i), named, m) ||
			(b->words < 3 && is_spaced(view_text(v, i))))
			continue;
		if (found != UINT32_MAX && !span_eq(view_text(v, i), view_text(v, found)))
			return UINT32_MAX;
		found = found == UINT32_MAX ? i : found;
	}
	return found;
}

/* A kicker may stand in the headline element: then the shorter form, when machines are told it. */
static struct span without_kicker(struct span shown, struct span named, const struct meta *m)
{
	struct span names[] = {span_of(m->headline), span_of(m->og_title), named};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct span s = names[i];
		if (s.n < TITLE_MIN || s.n * 2 < shown.n || s.n >= shown.n)
			continue;
		bool ends = span_eq(span_cut(shown, shown.n - s.n, shown.n), s);
		bool begins = i < 2 && span_eq(span_cut(shown, 0, s.n), s);
		if (ends || begins)
			return s;
	}
	return shown;
}

/* The first line that is named a title, where no other is. */
static uint32_t named_title(const struct view *v)
{
	for (uint32_t i = 0; i < v->blocks.n; i++) {
		const struct view_block *b = &v->blocks.p[i];
		if (b->flags & WORD_TITLE && !b->cut && b->n >= 2 * TITLE_MIN && b->n <= TITLE_LONG &&
			b->words >= 3 && b->link * 2 < b->n)
			return i;
	}
	return UINT32_MAX;
}

/* Are there as many lines of running text close behind it? */
static bool is_followed(const struct view *v, uint32_t i, unsigned lines)
{
	for (uint32_t k = i + 1; k < i + 6 && k < v->blocks.n && lines; k++)
		lines -= v->blocks.p[k].n > 100 && v->blocks.p[k].stops &&
			 v->blocks.p[k].link * 3 < v->blocks.p[k].n;
	return lines == 0;
}

/* Where the page is called by its outlet only: the first heading over running text. */
static uint32_t heading_title(const struct view *v)
{
	for (uint32_t i = 0; i + 1 < v->blocks.n && i < TITLES_MAX; i++) {
		const struct view_block *b = &v->blocks.p[i];
		if (b->tag == VIEW_HEADING && !b->cut && b->n >= 2 * TITLE_MIN && b->n <= TITLE_LONG / 2 &&
			b->link == 0 && (b->words > SITE_WORDS || !is_spaced(view_text(v, i))) &&
			is_followed(v, i, 2))
			return i;
	}
	return UINT32_MAX;
}

/* Pages without any headline element: the first line in bold or large type that is no sentence, followed by
 * running text. */
static uint32_t bold_title(const struct view *v)
{
	for (uint32_t i = 0; i + 1 < v->blocks.n && i < TITLES_MAX; i++) {
		const struct view_block *b = &v->blocks.p[i];
		if (b->n < 20 || b->n > TITLE_LONG / 2 || b->cut || b->link * 2 > b->n ||
			b->strong * 10 < b->n * 9)
			continue;
		char last = v->text.p[b->at + b->n - 1];
		if (last != '.' && last != ':' && is_followed(v, i, 1))
			return i;
	}
	return UINT32_MAX;
}

/* Says one of the lines close below when the text was published or changed? */
static bool is_dated_below(const struct view *v, uint32_t i)
{
	static const struct date_hints none = {NULL, NULL};
	struct stamp when;
	for (uint32_t k = i + 1; k <= i + DATED_NEAR && k < v->blocks.n; k++) {
		if (dateline_says_published(view_text(v, k)) ||
			dateline_updated(view_text(v, k), &none, &when))
			return true;
		if (v->blocks.p[k].n > DATED_BYTES)
			break;
	}
	return false;
}

/* Portals of tables name nothing: the line right above the first that says when the
 * text was published. */
static uint32_t dated_title(const struct view *v)
{
	for (uint32_t i = 0; i + 2 < v->blocks.n && i < TITLES_MAX; i++) {
		const struct view_block *b = &v->blocks.p[i];
		struct span line = view_text(v, i);
		if (b->n < 2 * TITLE_MIN || b->n > TITLE_LONG || b->cut || b->link * 2 > b->n ||
			(is_spaced(line) ? b->words < 3 : b->n < UNSPACED_MIN) ||
			dateline_looks(line, b->words) || dateline_of_page(line) || words_byline(line) ||
			!is_dated_below(v, i))
			continue;
		if (is_followed(v, i, 1))
			return i;
	}
	return UINT32_MAX;
}

/* Boards call each of their pages by their own name: the heading of the piece, where one is dated. */
static uint32_t below_board(const struct view *v, uint32_t block)
{
	struct span name = view_text(v, block);
	if (head_word_count(name) > BOARD_WORDS || !is_section(v, name))
		return block;
	uint32_t piece = dated_title(v);
	return piece != UINT32_MAX && v->blocks.p[piece].tag == VIEW_HEADING ? piece : block;
}

/* The block that shows the title; UINT32_MAX: none. */
static uint32_t find_title(
	const struct view *v, const struct meta *m, struct span named, const char *host, bool told)
{
	uint32_t block = shown_title(v, named, m);
	if (block == UINT32_MAX && m->page_title)
		block = shown_title(v, strip_site(v, span_of(m->page_title), m, host), m);
	if (block == UINT32_MAX)
		block = lone_title(v, named, m);
	if (block != UINT32_MAX && !told)
		block = below_board(v, block);
	if (block == UINT32_MAX && !told)
		block = named_title(v);
	if (block == UINT32_MAX && !told)
		block = dated_title(v);
	if (block == UINT32_MAX && !told && head_word_count(named) < SITE_WORDS && is_spaced(named))
		block = heading_title(v);
	return block == UINT32_MAX && !told ? bold_title(v) : block;
}

static const char *title_told(const struct meta *m, const struct page_hints *h)
{
	const char *given[] = {
		h->title && *h->title ? h->title : NULL, m->headline, m->og_title, m->page_title};
	for (size_t i = 0; i < sizeof given / sizeof *given; i++)
		if (given[i])
			return i < 3 || !names_is_medium(span_of(given[i])) ? given[i] : NULL;
	return NULL;
}

const char *head_title(struct arena *a, const struct view *v, const struct meta *m,
	const struct page_hints *h, uint32_t *block)
{
	const char *address = m->canonical && url_is_web(m->canonical) ? m->canonical
			      : m->og_url                              ? m->og_url
								       : h->url;
	const char *host = address ? url_host(a, address) : NULL, *given = title_told(m, h);
	struct span named = given ? strip_site(v, span_of(given), m, host) : (struct span){NULL, 0};
	*block = find_title(v, m, named, host, m->headline || m->og_title || h->title);
	struct span title = *block != UINT32_MAX ? without_kicker(view_text(v, *block), named, m) : named;
	if (title.n == 0 && m->other_title)
		title = span_of(m->other_title);
	return title.n ? arena_dup(a, utf8_prefix(title, TITLE_MAX)) : NULL;
}

/* ---- language ---- */

bool head_vietnamese(struct span text)
{
	size_t vi = 0, letters = 0;
	text = utf8_prefix(text, 8000);
	for (size_t at = 0; at < text.n;) {
		uint32_t c = utf8_next(text, &at, NULL);
		letters += c > '@';
		vi += (c >= 0x1EA0 && c <= 0x1EF9) || c == 0x1A1 || c == 0x1B0 || c == 0x111;
	}
	return letters > 60 && vi * 20 > letters;
}

const char *head_lang(struct arena *a, const struct meta *m, const struct page_hints *h, struct span text)
{
	if (head_vietnamese(text))
		return "vi";
	const char *lang = m->lang ? m->lang : h->lang;
	if (!lang)
		return NULL;
	char *out = arena_strdup(a, lang);
	size_t n = 0;
	for (; (out[n] | 32) >= 'a' && (out[n] | 32) <= 'z'; n++)
		out[n] = (char)(out[n] | 32);
	out[n] = 0;
	return n == 2 || n == 3 ? out : NULL;
}
