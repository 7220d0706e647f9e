/* dates: when it was published. What machines are told counts, in the zone that readers are shown; without
 * that, elements and lines around the headline, those named a date first; then the address; then any line
 * that looks like a date. Part of head.h. */
#include "page/head.h"

#include <string.h>

#include "base/banned.h"

enum {
	DATE_BYTES = 120,
	DATES_MAX = 100,
	DATED_WORDS = 12,
	ABOVE = 6,
	BELOW = 16,
	BEHIND = 8 /* blocks */,
	LINE_WORDS = 40
};

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

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Four digits from 19.. or 20.. with none beside them, Chinese and Korean ones with their sign behind. */
static bool has_year(struct span w)
{
	for (size_t i = 0; i + 4 <= w.n; i++)
		if (((w.p[i] == '2' && w.p[i + 1] == '0') || (w.p[i] == '1' && w.p[i + 1] == '9')) &&
			is_digit(w.p[i + 2]) && is_digit(w.p[i + 3]) && (i == 0 || !is_digit(w.p[i - 1])) &&
			(i + 4 == w.n || !is_digit(w.p[i + 4])))
			return true;
	return false;
}

static struct span strip_marks(struct span s)
{
	while (s.n && strchr("(),.:;[]|-", s.p[0]))
		s = span_cut(s, 1, s.n);
	while (s.n && strchr("(),.:;[]|-", s.p[s.n - 1]))
		s = span_cut(s, 0, s.n - 1);
	return s;
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

/* "Ann WellsOct 17, 2026": what two elements on two lines of the screen become. */
static struct span behind_run_on(struct span s, size_t n)
{
	for (size_t i = 1; i < n && i < s.n; i++)
		if (s.p[i - 1] >= 'a' && s.p[i - 1] <= 'z' && s.p[i] >= 'A' && s.p[i] <= 'Z')
			return span_cut(s, i, s.n);
	return (struct span){NULL, 0};
}

/* The first date inside a longer line: "Stand - 12.11.2021 (seit 5.11.)", "HUẾ (22/11/2026) ...". Ends with a
 * year, begins at most three words before it; what follows is taken along while it is an hour. */
static bool date_inside(struct span line, const char *country, const char *lang, struct stamp *out)
{
	struct span words[LINE_WORDS], rest = line, w;
	size_t n = 0;
	while (n < LINE_WORDS && span_next(&rest, ' ', &w))
		if (w.n)
			words[n++] = w;
	for (size_t j = 0; j < n; j++) {
		if (!has_year(words[j]))
			continue;
		for (size_t k = 0; k <= 3 && k <= j; k++) {
			const char *from = words[j - k].p, *to = words[j].p + words[j].n;
			struct span s = strip_marks((struct span){from, (size_t)(to - from)});
			bool read = try_date(s, country, lang, out) ||
				    try_date(behind_run_on(s, words[j - k].n), country, lang, out);
			if (!read || (k == 0 && out->date_only && s.n < 8))
				continue;
			for (size_t m = j + 3 < n ? j + 3 : n - 1; m > j; m--) {
				struct stamp hour;
				struct span more = {s.p, (size_t)(words[m].p + words[m].n - s.p)};
				if (try_date(strip_marks(more), country, lang, &hour) && !hour.date_only) {
					*out = hour;
					break;
				}
			}
			return true;
		}
	}
	return false;
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
	return date_inside(line, country, lang, out);
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

/* "/2026/11/22/", "/2026-11-22-", "/20261122" in an address. The byte behind its end is NUL. */
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
		if (sep && c.month == 0 && try_date(span_cut(s, i, i + 11), NULL, "en", out))
			return true; /* "/2026/nov/22/" */
		if (!civil_valid(&c) || (!sep && digit(s, at) && at - i != 8))
			continue;
		*out = (struct stamp){.at = civil_to_seconds(&c, 0), .known = true, .date_only = true};
		return sane(*out);
	}
	return false;
}

/* Is the shown time that instant in some zone? Then the zone is told's. */
static bool same_instant(struct span line, const char *country, const char *lang, struct stamp *told)
{
	struct stamp shown;
	if (!date_of_line(line, country, lang, &shown) || shown.date_only)
		return false;
	int64_t minutes = (shown.at + shown.zone * 60) / 60 - told->at / 60;
	if (minutes == 0 || minutes < -12 * 60 || minutes > 14 * 60 || minutes % 15 != 0)
		return false;
	told->zone = (int)minutes;
	told->zone_known = true;
	return true;
}

/* Machines are told UTC, readers the time of the place: when the shown date is the same instant in some zone,
 * that zone is kept. */
static void as_shown(const struct view *v, const char *country, const char *lang, uint32_t near, uint32_t far,
	struct stamp *told)
{
	if (told->date_only || told->zone != 0)
		return;
	for (uint32_t i = 0; i < v->elements.n; i++) {
		const struct view_element *x = &v->elements.p[i];
		if (x->tag != VIEW_TIME && !(x->flags & WORD_DATE))
			continue;
		if (x->b0 >= near && x->b0 < far &&
			(same_instant(node_attr(x->node, "datetime"), country, lang, told) ||
				same_instant(span_trim((struct span){v->text.p + x->t0, x->t1 - x->t0}),
					country, lang, told)))
			return;
	}
	for (uint32_t i = near; i < far && i < near + DATES_MAX; i++) {
		if (looks_dated(&v->blocks.p[i], view_text(v, i)) &&
			same_instant(view_text(v, i), country, lang, told))
			return;
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

bool head_date_in(struct span s, const struct page_hints *h, struct stamp *out)
{
	return date_of_line(span_trim(s), h->country, h->lang, out) && sane(*out);
}

void head_date(const struct view *v, struct meta *m, const struct page_hints *h, uint32_t headline,
	uint32_t from, uint32_t to)
{
	const char *country = h->country, *lang = h->lang ? h->lang : m->lang;
	uint32_t n = (uint32_t)v->blocks.n;
	if (headline >= from)
		headline = UINT32_MAX; /* the title of a box further down */
	uint32_t near = headline != UINT32_MAX ? headline : from;
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
