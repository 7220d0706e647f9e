/* head: see head.h. Headlines: what is shown large counts before what is written for search engines, when
 * both are about the same thing. Outlets put their name around the title in every possible way, so parts are
 * compared instead of patterns kept. */
#include "page/head.h"

#include <string.h>

#include "base/limits.h"
#include "base/url.h"
#include "base/utf8.h"

#include "base/banned.h"

enum { TITLE_MIN = 8, TITLE_LONG = 400, WORDS_MAX = 64, SITE_WORDS = 5, TITLES_MAX = 2000 };

/* ---- likeness ---- */

static bool word_byte(char c)
{
	return (unsigned char)c >= 0x80 || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

static size_t hash_words(struct span s, uint32_t *out)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n && n < WORDS_MAX;) {
		uint32_t h = 2166136261u;
		size_t from = i;
		for (; i < s.n && word_byte(s.p[i]); i++)
			h = (h ^ (unsigned char)((unsigned char)s.p[i] < 0x80 ? s.p[i] | 32 : s.p[i])) *
			    16777619u;
		if (i > from)
			out[n++] = h;
		else
			i++;
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

static size_t word_count(struct span s)
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

static bool is_site(struct span part, const struct meta *m, const char *host)
{
	if (m->site && head_likeness(part, span_of(m->site)) >= 0.6f)
		return true;
	for (size_t i = 0; i < m->outlets.list.n; i++)
		if (head_likeness(part, span_of(m->outlets.list.p[i])) >= 0.6f)
			return true;
	char squeezed[64];
	size_t n = 0;
	for (size_t i = 0; i < part.n && n < sizeof squeezed - 1; i++)
		if (word_byte(part.p[i]))
			squeezed[n++] = part.p[i];
	squeezed[n] = 0;
	return host && n >= 3 && span_find_ci(span_of(host), squeezed, 0) != SIZE_MAX;
}

static struct span strip_site(struct span title, const struct meta *m, const char *host)
{
	for (int turn = 0; turn < 3; turn++) {
		size_t n = 0, at = last_separator(title, &n);
		if (at == SIZE_MAX || at < TITLE_MIN)
			return title;
		struct span tail = span_trim(span_cut(title, at + n, title.n));
		bool site = is_site(tail, m, host);
		if (!site && !(tail.n * 3 < at && word_count(tail) <= SITE_WORDS && n > 1 &&
				     title.p[at + 1] != '-'))
			return title;
		title = span_trim(span_cut(title, 0, at));
	}
	return title;
}

/* The headline among the blocks that could be it: the one most like what the page calls itself. */
static uint32_t shown_title(const struct view *v, struct span named)
{
	uint32_t best = UINT32_MAX;
	float top = 0;
	unsigned looked = 0;
	for (uint32_t i = 0; i < v->blocks.n && looked < TITLES_MAX; i++) {
		const struct view_block *b = &v->blocks.p[i];
		bool large =
			b->tag == VIEW_H1 ||
			(b->tag == VIEW_HEADING && !(b->flags & (VIEW_IS_BOX | WORD_BOX | WORD_TEASER))) ||
			b->flags & WORD_TITLE;
		if (!large || b->n < TITLE_MIN || b->n > TITLE_LONG)
			continue;
		looked++;
		float like = named.n ? head_likeness(view_text(v, i), named) : 0.5f;
		if (word_count(view_text(v, i)) < 3 && named.n > 40)
			like *= 0.5f;
		like += b->tag == VIEW_H1 ? 0.25f : b->flags & WORD_TITLE ? 0.05f : 0;
		like -= b->flags & (VIEW_IS_BOX | WORD_BOX) ? 0.1f : 0;
		if (like > top + 0.01f && like >= (b->tag == VIEW_H1 ? 0.7f : 0.75f)) {
			top = like;
			best = i;
		}
	}
	return best;
}

/* The only <h1>, whatever machines are told: papers test several headlines at once. */
static uint32_t lone_title(const struct view *v)
{
	uint32_t found = UINT32_MAX;
	for (uint32_t i = 0; i < v->blocks.n; i++) {
		const struct view_block *b = &v->blocks.p[i];
		if (b->tag != VIEW_H1 || b->cut || b->n < 2 * TITLE_MIN || b->n > TITLE_LONG || b->words < 3)
			continue;
		if (found != UINT32_MAX && !span_eq(view_text(v, i), view_text(v, found)))
			return UINT32_MAX;
		found = found == UINT32_MAX ? i : found;
	}
	return found;
}

/* A kicker may stand in the headline element: then the shorter form, when machines are told it. */
static struct span without_kicker(struct span shown, const struct meta *m)
{
	const char *names[] = {m->headline, m->og_title};
	for (size_t i = 0; i < 2; i++) {
		struct span s = span_of(names[i]);
		if (s.n >= TITLE_MIN && s.n * 2 >= shown.n && s.n < shown.n &&
			(span_ends(shown, names[i]) || span_starts(shown, names[i])))
			return s;
	}
	return shown;
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
		for (uint32_t k = i + 1; last != '.' && last != ':' && k < i + 6 && k < v->blocks.n; k++)
			if (v->blocks.p[k].n > 100 && v->blocks.p[k].stops &&
				v->blocks.p[k].link * 3 < v->blocks.p[k].n)
				return i;
	}
	return UINT32_MAX;
}

const char *head_title(struct arena *a, const struct view *v, const struct meta *m,
	const struct page_hints *h, uint32_t *block)
{
	const char *address = m->canonical && url_is_web(m->canonical) ? m->canonical
			      : m->og_url                              ? m->og_url
								       : h->url;
	const char *host = address ? url_host(a, address) : NULL;
	const char *given = h->title && *h->title ? h->title
			    : m->headline         ? m->headline
			    : m->og_title         ? m->og_title
						  : m->page_title;
	struct span named = given ? strip_site(span_of(given), m, host) : (struct span){NULL, 0};
	*block = shown_title(v, named);
	if (*block == UINT32_MAX && m->page_title)
		*block = shown_title(v, strip_site(span_of(m->page_title), m, host));
	if (*block == UINT32_MAX)
		*block = lone_title(v);
	if (*block == UINT32_MAX && !m->headline && !m->og_title && !h->title)
		*block = bold_title(v);
	struct span title = *block != UINT32_MAX ? without_kicker(view_text(v, *block), m) : named;
	if (title.n == 0 && m->other_title)
		title = span_of(m->other_title);
	return title.n ? arena_dup(a, utf8_prefix(title, TITLE_MAX)) : NULL;
}

/* ---- authors ---- */

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
	if (s.n < AUTHOR_MIN || s.n > AUTHOR_BYTES || x->n >= AUTHORS_MAX || word_count(s) > 6 ||
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

/* ---- date ---- */

enum { DATE_BYTES = 120, DATES_MAX = 100, DATED_WORDS = 12, ABOVE = 6, BELOW = 16, BEHIND = 8 /* blocks */ };

static bool sane(struct stamp s)
{
	struct civil c = civil_from(s.at, s.zone);
	return s.known && c.year >= 1995 && c.year <= 2100;
}

static bool try_date(struct span s, const char *country, const char *lang, struct stamp *out)
{
	struct stamp got = {0};
	if (s.n < 6 || s.n > DATE_BYTES || !date_read(s, country, lang, &got) || !sane(got))
		return false;
	*out = got;
	return true;
}

/* <time datetime> and itemprop dates, those around the headline first. */
static bool date_of_elements(const struct view *v, const char *country, const char *lang, uint32_t near,
	uint32_t far, struct stamp *out)
{
	int best = 0;
	for (uint32_t i = 0; i < v->elements.n; i++) {
		const struct view_element *x = &v->elements.p[i];
		if (x->tag != VIEW_TIME && !(x->flags & WORD_DATE))
			continue;
		static const char *const attrs[] = {"datetime", "content", "data-datetime", "data-date",
			"data-time", "data-timestamp", "title"};
		struct stamp got = {0};
		for (size_t k = 0; k < sizeof attrs / sizeof *attrs && !got.known; k++)
			try_date(node_attr(x->node, attrs[k]), country, lang, &got);
		int rank = x->b0 >= near && x->b0 < far ? 3 : 1;
		rank += span_is_ci(node_attr(x->node, "itemprop"), "datePublished") ? 3 : 0;
		if (span_find_ci(node_attr(x->node, "class"), "update", 0) != SIZE_MAX ||
			span_find_ci(node_attr(x->node, "class"), "modif", 0) != SIZE_MAX)
			rank--;
		if (got.known && rank > best) {
			best = rank;
			*out = got;
		}
	}
	return best >= 3;
}

/* Does the line look like a date and little else? Names of cars and laws have numbers too. */
static bool looks_dated(const struct view_block *b, struct span line)
{
	size_t digits = 0, run = 0;
	bool year = false;
	for (size_t i = 0; i < line.n; i++) {
		run = line.p[i] >= '0' && line.p[i] <= '9' ? run + 1 : 0;
		digits += run > 0;
		year = year || (run == 4 && (span_starts(span_cut(line, i - 3, line.n), "20") ||
						    span_starts(span_cut(line, i - 3, line.n), "19")));
	}
	return digits >= 5 && (year || span_find_byte(line, '/', 0) != SIZE_MAX) && b->words <= DATED_WORDS;
}

/* The line as a whole, else the first of its parts that is a date. */
static bool date_of_line(struct span line, const char *country, const char *lang, struct stamp *out)
{
	struct span rest = line, part;
	if (try_date(line, country, lang, out))
		return true;
	while (line.n <= DATE_BYTES && span_next(&rest, '|', &part)) {
		size_t dash = span_find(part, SPAN(" - "), 0);
		if (try_date(span_trim(part), country, lang, out) ||
			(dash != SIZE_MAX && try_date(span_cut(part, 0, dash), country, lang, out)) ||
			(dash != SIZE_MAX && try_date(span_cut(part, dash + 3, part.n), country, lang, out)))
			return true;
	}
	return false;
}

/* Lines whose names speak of dates, else of authors, else any that look like it. */
static bool date_of_blocks(const struct view *v, const char *country, const char *lang, uint32_t near,
	uint32_t far, unsigned names, struct stamp *out)
{
	for (uint32_t i = near; i < far && i < near + DATES_MAX; i++) {
		const struct view_block *b = &v->blocks.p[i];
		if (b->flags & WORD_COMMENT || b->keep ||
			(names ? !(b->flags & names) : !looks_dated(b, view_text(v, i))))
			continue;
		if (date_of_line(view_text(v, i), country, lang, out))
			return true;
	}
	return false;
}

static bool digit(struct span s, size_t i)
{
	return i < s.n && s.p[i] >= '0' && s.p[i] <= '9';
}

/* "/2026/11/22/", "/2026-11-22-", "/20261122" in an address. */
static bool date_of_address(const char *url, struct stamp *out)
{
	struct span s = span_of(url);
	for (size_t i = 1; i + 8 < s.n; i++) {
		if (digit(s, i - 1) || s.p[i] != '2' || s.p[i + 1] != '0' || !digit(s, i + 2) ||
			!digit(s, i + 3))
			continue;
		struct civil c = {.year = 2000 + 10 * (s.p[i + 2] - '0') + s.p[i + 3] - '0'};
		size_t at = i + 4;
		int *part[] = {&c.month, &c.day};
		bool sep = s.p[at] == '/' || s.p[at] == '-';
		for (size_t k = 0; k < 2; k++) {
			at += sep && (s.p[at] == '/' || s.p[at] == '-') ? 1 : 0;
			for (int d = 0; d < 2 && digit(s, at); d++)
				*part[k] = *part[k] * 10 + s.p[at++] - '0';
		}
		if (!civil_valid(&c) || (!sep && digit(s, at) && at - i != 8))
			continue;
		*out = (struct stamp){.at = civil_to_seconds(&c, 0), .known = true, .date_only = true};
		return sane(*out);
	}
	return false;
}

/* Machines are told UTC, readers the time of the place: when the shown date is the same instant in some zone,
 * that zone is kept. */
static void as_shown(const struct view *v, const char *country, const char *lang, uint32_t near, uint32_t far,
	struct stamp *told)
{
	if (told->date_only || told->zone != 0)
		return;
	for (uint32_t i = near; i < far && i < near + DATES_MAX; i++) {
		struct stamp shown;
		if (!looks_dated(&v->blocks.p[i], view_text(v, i)) ||
			!date_of_line(view_text(v, i), country, lang, &shown) || shown.date_only)
			continue;
		int64_t minutes = (shown.at + shown.zone * 60) / 60 - told->at / 60;
		if (minutes != 0 && minutes >= -12 * 60 && minutes <= 14 * 60 && minutes % 15 == 0) {
			told->zone = (int)minutes;
			told->zone_known = true;
			return;
		}
	}
	if (country && strcmp(country, "VN") == 0) {
		told->zone = 7 * 60;
		told->zone_known = true;
	}
}

/* The hour of a day known so far, when a line shows both. */
static void add_hour(const struct view *v, const char *country, const char *lang, uint32_t near, uint32_t far,
	struct stamp *day)
{
	struct civil c = civil_from(day->at, day->zone);
	for (uint32_t i = near; day->known && day->date_only && i < far && i < near + DATES_MAX; i++) {
		struct stamp shown;
		if (!looks_dated(&v->blocks.p[i], view_text(v, i)) ||
			!date_of_line(view_text(v, i), country, lang, &shown) || shown.date_only)
			continue;
		struct civil s = civil_from(shown.at, shown.zone);
		if (s.year == c.year && s.month == c.month && s.day == c.day)
			*day = shown;
	}
}

static void find_date(const struct view *v, struct meta *m, const char *country, const char *lang,
	const char *url, const uint32_t at[5])
{
	struct stamp *to = &m->published;
	uint32_t near = at[0], split = at[1], far = at[2], behind = at[3], last = at[4];
	const char *urls[] = {m->canonical, m->og_url, url};
	if (date_of_elements(v, country, lang, near, far, to) ||
		date_of_blocks(v, country, lang, split, far, WORD_DATE, to) ||
		date_of_blocks(v, country, lang, split, far, WORD_AUTHOR | WORD_META, to) ||
		date_of_blocks(v, country, lang, near, split, WORD_DATE, to))
		return;
	for (size_t i = 0; i < 3; i++)
		if (urls[i] && date_of_address(urls[i], to))
			return;
	if (date_of_blocks(v, country, lang, split, far, 0, to) ||
		date_of_blocks(v, country, lang, near, split, 0, to) ||
		date_of_blocks(v, country, lang, behind, last, 0, to))
		return;
	if (m->updated.known && sane(m->updated))
		*to = m->updated;
}

void head_date(const struct view *v, struct meta *m, const struct page_hints *h, uint32_t headline,
	uint32_t from, uint32_t to)
{
	const char *country = h->country, *lang = h->lang ? h->lang : m->lang;
	uint32_t n = (uint32_t)v->blocks.n;
	uint32_t near = headline != UINT32_MAX && headline < from ? headline : from;
	uint32_t far =
		headline != UINT32_MAX && headline + BELOW > from + ABOVE ? headline + BELOW : from + ABOVE;
	near = near > ABOVE ? near - ABOVE : 0;
	far = far < n ? far : n;
	uint32_t split = headline != UINT32_MAX && headline < far
				 ? headline
				 : near; /* today's date stands above many headlines */
	if (m->published.known && sane(m->published)) {
		as_shown(v, country, lang, near, far, &m->published);
		return;
	}
	m->published = (struct stamp){0};
	find_date(v, m, country, lang, h->url,
		(const uint32_t[]){near, split, far, to, to + BEHIND < n ? to + BEHIND : n});
	add_hour(v, country, lang, split, far, &m->published);
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
