/* dates: when it was published. What machines are told counts, in the zone that readers are shown; without
 * that, elements and lines around the headline, those named a date first; then the address; then any line
 * that looks like a date, and the day at the head of the text. What is said to be the day of a change counts
 * only where nothing else is said. Part of head.h; dateline.c reads a line. */
#include "page/dateline.h"
#include "page/head.h"

#include <string.h>

#include "base/banned.h"

enum {
	DATES_MAX = 100,
	ABOVE = 6,
	BELOW = 16,
	NEXT_TO = 3,
	BEHIND = 8 /* blocks */,
	OPENING = 3,
	LABEL_WORDS = 12,
	LABELS_BEHIND = 24,
	SHOWN_BYTES = 60,
	HEADING_WORDS = 5,
	BYLINE_WORDS = 24,
	PIECE_BYTES = 40,
	DAY = 86400,
	ZONE_LEAST = -11 * 60,
	ZONE_MOST = 14 * 60 /* minutes: where people live */
};

/* Where to look. All are blocks: near <= split <= far around the headline, split is the headline itself;
 * [from, to) the article's text; last: a few behind it. */
struct place {
	const struct view *v;
	struct date_hints h;
	uint32_t near, split, far, from, to, last;
	uint32_t headline;
	uint32_t above;  /* the first of the lines above the headline that may be of the article */
	const char *url; /* the page came from; may be NULL */
};

/* The first of the lines above the headline, `most` at most; today's date stands further up, with a menu
 * between. */
static uint32_t above_headline(const struct place *p, uint32_t most)
{
	uint32_t i = p->split;
	while (i > 0 && i + most > p->split) {
		const struct view_block *b = &p->v->blocks.p[i - 1];
		if (b->link * 2 > b->n && !dateline_looks(view_text(p->v, i - 1), b->words))
			break;
		i--;
	}
	return i;
}

/* ---- elements ---- */

static bool of_change(struct span name)
{
	return span_find_ci(name, "update", 0) != SIZE_MAX || span_find_ci(name, "modif", 0) != SIZE_MAX;
}

/* datetime, content, title, and what scripts are left: data-date, data-timestamp, data-publish … */
static bool holds_date(struct span name)
{
	return span_is(name, "datetime") || span_is(name, "content") || span_is(name, "title") ||
	       (span_starts(name, "data-") && !of_change(name) &&
		       (span_find(name, SPAN("date"), 0) != SIZE_MAX ||
			       span_find(name, SPAN("time"), 0) != SIZE_MAX ||
			       span_find(name, SPAN("publish"), 0) != SIZE_MAX));
}

static struct span shown_text(const struct place *p, const struct view_element *x)
{
	return span_trim((struct span){p->v->text.p + x->t0, x->t1 - x->t0});
}

/* How far the attributes (2) or the text (1) of it are a date. */
static int date_of_element(
	const struct place *p, const struct view_element *x, bool updates, struct stamp *out)
{
	for (size_t i = 0; i < x->node->n_attrs; i++)
		if (holds_date(x->node->attrs[i].name) && dateline_exact(x->node->attrs[i].value, &p->h, out))
			return 2;
	return x->t1 - x->t0 <= SHOWN_BYTES && dateline_read(shown_text(p, x), &p->h, updates, out);
}

static bool is_dated(const struct view_element *x)
{
	return x->tag == VIEW_TIME || x->flags & WORD_DATE;
}

/* Of readers' words, of another article: cut as such, or linked behind the text. */
static bool is_others(const struct place *p, uint32_t block)
{
	if (block >= p->v->blocks.n)
		return false;
	const struct view_block *b = &p->v->blocks.p[block];
	bool linked = block >= p->to && (b->link * 2 > b->n || (b->links && b->flags & VIEW_IN_LIST));
	return linked || b->flags & WORD_COMMENT || b->cut == VIEW_CUT_COMMENT || b->cut == VIEW_CUT_TEASER ||
	       b->cut == VIEW_CUT_HEADED || b->cut == VIEW_CUT_NEXT;
}

static int rank_element(const struct place *p, const struct view_element *x)
{
	struct span prop = node_attr(x->node, "itemprop");
	bool named = span_is_ci(prop, "datePublished");
	int rank = x->b0 >= p->near && x->b0 < p->far ? 3 : 1;
	rank += named ? 3 : 0;
	rank -= of_change(node_attr(x->node, "class")) || of_change(prop);
	rank -= !named && x->b0 < (x->tag == VIEW_TIME ? p->above : p->split);
	return rank < 3 ? 0 : 2 * rank;
}

/* <time>, itemprop dates and what is named a date, around the headline; today's date stands above many. */
static bool date_of_elements(const struct place *p, const struct meta *m, struct stamp *out)
{
	int best = 0;
	(void)m;
	for (uint32_t i = 0; i < p->v->elements.n; i++) {
		const struct view_element *x = &p->v->elements.p[i];
		struct stamp got = {0};
		int rank = is_dated(x) && !is_others(p, x->b0) ? rank_element(p, x) : 0, how;
		if (rank + 1 < best || rank == 0 || (how = date_of_element(p, x, false, &got)) == 0)
			continue;
		if (rank + how > best) {
			best = rank + how;
			*out = got;
		}
	}
	return best > 0;
}

/* ---- lines ---- */

/* By its looks, and no caption, no headline, not of the page. */
static bool is_date_line(const struct place *p, uint32_t i)
{
	const struct view_block *b = &p->v->blocks.p[i];
	struct span line = view_text(p->v, i);
	bool heading = b->tag == VIEW_H1 || b->tag == VIEW_HEADING;
	bool looks = dateline_looks(line, b->words) ||
		     (b->words <= BYLINE_WORDS && (words_byline(line) || dateline_says_published(line)));
	return looks && i != p->headline && b->cut != VIEW_CUT_CAPTION &&
	       !(heading && b->words > HEADING_WORDS) && !dateline_of_page(line);
}

/* Lines whose names speak of dates, or of authors, or (no names) any that look like a date. */
static bool date_of_lines(
	const struct place *p, uint32_t near, uint32_t far, unsigned names, bool updates, struct stamp *out)
{
	for (uint32_t i = near; i < far && i < near + DATES_MAX; i++) {
		const struct view_block *b = &p->v->blocks.p[i];
		struct span line = view_text(p->v, i);
		bool wanted = names ? (b->flags & names) != 0 && !dateline_of_page(line) : is_date_line(p, i);
		if (wanted && !b->keep && !is_others(p, i) && dateline_read(line, &p->h, updates, out))
			return true;
	}
	return false;
}

static bool named_line(const struct place *p, bool updates, struct stamp *out)
{
	return date_of_lines(p, p->split, p->far, WORD_DATE, updates, out) ||
	       date_of_lines(p, p->split, p->far, WORD_AUTHOR | WORD_META, updates, out) ||
	       date_of_lines(p, p->above, p->split, WORD_DATE | WORD_AUTHOR, updates, out);
}

static bool date_of_named(const struct place *p, const struct meta *m, struct stamp *out)
{
	(void)m;
	return named_line(p, false, out);
}

/* "Ngày đăng: 22/11/2026" wherever it stands, or the date in the line behind such a label. */
static bool date_of_labelled(const struct place *p, const struct meta *m, struct stamp *out)
{
	(void)m;
	for (uint32_t i = p->near; i < p->last + LABELS_BEHIND && i < p->v->blocks.n; i++) {
		const struct view_block *b = &p->v->blocks.p[i];
		struct span line = view_text(p->v, i);
		if (b->words > BYLINE_WORDS || is_others(p, i) || !dateline_says_published(line))
			continue;
		if (dateline_read(line, &p->h, false, out))
			return true;
		if (b->words <= 2 && i + 1 < p->v->blocks.n &&
			dateline_exact(view_text(p->v, i + 1), &p->h, out))
			return true;
	}
	return false;
}

/* Between headline and text. */
static bool line_between(const struct place *p, bool updates, struct stamp *out)
{
	return date_of_lines(p, p->split, p->from < p->far ? p->from : p->far, 0, updates, out);
}

static bool date_between(const struct place *p, const struct meta *m, struct stamp *out)
{
	(void)m;
	return line_between(p, false, out);
}

/* "Ann WellsNov 22, 20264 Comments": an element within a short line that is a date and nothing else. */
static bool date_of_piece(const struct place *p, const struct meta *m, struct stamp *out)
{
	(void)m;
	for (uint32_t i = 0; i < p->v->elements.n; i++) {
		const struct view_element *x = &p->v->elements.p[i];
		if (x->b0 < p->split || x->b0 >= p->from + OPENING || x->b0 >= p->v->blocks.n ||
			x->t1 - x->t0 > PIECE_BYTES || !view_is_inline(x->tag) || x->tag == VIEW_A ||
			p->v->blocks.p[x->b0].words > LABEL_WORDS || is_others(p, x->b0))
			continue;
		if (dateline_exact(shown_text(p, x), &p->h, out))
			return true;
	}
	return false;
}

/* Above the headline, in the text, and the days of changes. */
static bool date_around(const struct place *p, const struct meta *m, struct stamp *out)
{
	uint32_t far = p->to < p->far ? p->to : p->far, above = above_headline(p, NEXT_TO);
	(void)m;
	return named_line(p, true, out) || line_between(p, true, out) ||
	       date_of_lines(p, p->split, far, 0, false, out) ||
	       date_of_lines(p, above, p->split, 0, false, out) || date_of_lines(p, above, far, 0, true, out);
}

/* The text may open with its date, or be followed by it. */
static bool date_of_text(const struct place *p, const struct meta *m, struct stamp *out)
{
	(void)m;
	for (uint32_t i = p->from; i < p->to && i < p->from + OPENING; i++) {
		const struct view_block *b = &p->v->blocks.p[i];
		struct span line = view_text(p->v, i);
		if (b->keep && (dateline_looks(line, b->words) ? dateline_read(line, &p->h, true, out)
							       : dateline_head(line, &p->h, out)))
			return true;
	}
	return date_of_lines(p, p->to, p->last, 0, true, out);
}

static bool date_of_addresses(const struct place *p, const struct meta *m, struct stamp *out)
{
	const char *urls[] = {m->canonical, m->og_url, p->url};
	for (size_t i = 0; i < sizeof urls / sizeof *urls; i++)
		if (dateline_address(span_of(urls[i]), p->h.lang, out))
			return true;
	return false;
}

/* "Press conference (19 November 2026)": what it is about, most of the time. */
static bool date_of_headline(const struct place *p, const struct meta *m, struct stamp *out)
{
	(void)m;
	return p->headline != UINT32_MAX && p->v->blocks.p[p->headline].words <= HEADING_WORDS &&
	       dateline_looks(view_text(p->v, p->headline), p->v->blocks.p[p->headline].words) &&
	       dateline_read(view_text(p->v, p->headline), &p->h, true, out);
}

/* ---- what machines are told ---- */

static bool date_told(const struct place *p, const struct meta *m, struct stamp *out)
{
	(void)p;
	*out = m->dated;
	return dateline_sane(m->dated);
}

static bool date_of_change(const struct place *p, const struct meta *m, struct stamp *out)
{
	(void)p;
	*out = m->updated;
	return dateline_sane(m->updated);
}

static bool same_day(struct stamp a, struct stamp b)
{
	struct civil x = civil_from(a.at, a.zone), y = civil_from(b.at, b.zone);
	return a.known && b.known && x.year == y.year && x.month == y.month && x.day == y.day;
}

/* The day whose first instant it is, where that is another than in Greenwich. */
static bool is_midnight(struct stamp shown, struct stamp told)
{
	return told.at % (15 * 60) == 0 && !same_day(shown, told);
}

/* Is what is shown the same instant in some zone, or the day that begins with it? Then that zone is kept. */
static bool same_instant(const struct place *p, struct span line, struct stamp *told)
{
	struct stamp shown;
	if (!dateline_read(line, &p->h, true, &shown) || (shown.date_only && !is_midnight(shown, *told)))
		return false;
	int64_t minutes = (shown.at + shown.zone * 60) / 60 - told->at / 60;
	if (minutes < ZONE_LEAST || minutes > ZONE_MOST || minutes % 15 != 0)
		return false;
	told->zone = (int)minutes;
	told->zone_known = true;
	return true;
}

/* Machines are told UTC, readers the time of the place. */
static void as_shown(const struct place *p, struct stamp *told)
{
	if (!told->known || !told->zone_known || told->date_only || told->zone != 0)
		return;
	for (uint32_t i = 0; i < p->v->elements.n; i++) {
		const struct view_element *x = &p->v->elements.p[i];
		if (!is_dated(x) || x->b0 < p->near || x->b0 >= p->far)
			continue;
		bool zoned = same_instant(p, node_attr(x->node, "datetime"), told) && told->zone != 0;
		if (zoned || same_instant(p, shown_text(p, x), told))
			return;
	}
	for (uint32_t i = p->near; i < p->far && i < p->near + DATES_MAX; i++)
		if (is_date_line(p, i) && same_instant(p, view_text(p->v, i), told))
			return;
	if (p->h.country && strcmp(p->h.country, "VN") == 0) {
		told->zone = 7 * 60;
		told->zone_known = true;
	}
}

/* "05/10/2026" may be of May or of October: what readers are shown decides, and no page is changed months
 * before it is published. */
static void right_way_round(const struct place *p, struct meta *m)
{
	struct stamp shown = {0}, *told = &m->published;
	if (!m->other_day.known)
		return;
	bool other = named_line(p, true, &shown)
			     ? same_day(shown, m->other_day)
			     : same_day(m->updated, m->other_day) ||
				       (m->updated.known && told->at > m->updated.at + DAY &&
					       m->other_day.at <= m->updated.at + DAY);
	if (other)
		*told = m->other_day;
}

/* The hour of a day known so far, when a line shows both. */
static void add_hour(const struct place *p, struct stamp *day)
{
	for (uint32_t i = p->split; day->known && day->date_only && i < p->far && i < p->split + DATES_MAX;
		i++) {
		struct span line = view_text(p->v, i);
		struct stamp shown;
		if (is_date_line(p, i) && dateline_read(line, &p->h, true, &shown) && !shown.date_only &&
			same_day(shown, *day))
			*day = shown;
	}
}

/* An hour of nobody knows which zone would be told as one of Greenwich, and may be of another day there. */
static void without_doubt(struct stamp *s)
{
	if (!s->known || s->zone_known || s->date_only)
		return;
	s->at -= ((s->at % DAY) + DAY) % DAY;
	s->date_only = true;
}

/* The day of a change, where only readers are told: an element or a line that says so. */
static bool change_of_elements(const struct place *p, struct stamp *out)
{
	for (uint32_t i = 0; i < p->v->elements.n; i++) {
		const struct view_element *x = &p->v->elements.p[i];
		bool change =
			of_change(node_attr(x->node, "class")) || of_change(node_attr(x->node, "itemprop"));
		if (change && is_dated(x) && x->b0 >= p->near && x->b0 < p->far && !is_others(p, x->b0) &&
			date_of_element(p, x, true, out))
			return true;
	}
	return false;
}

static bool change_of_lines(const struct place *p, struct stamp *out)
{
	for (uint32_t i = p->split; i < p->far && i < p->split + DATES_MAX; i++)
		if (!p->v->blocks.p[i].keep && is_date_line(p, i) &&
			dateline_updated(view_text(p->v, i), &p->h, out))
			return true;
	return false;
}

static void find_update(const struct place *p, struct meta *m)
{
	struct stamp got;
	if (m->updated.known)
		return;
	if ((change_of_elements(p, &got) && got.at > m->published.at) ||
		(change_of_lines(p, &got) && got.at > m->published.at))
		m->updated = got;
}

static void find_date(const struct place *p, struct meta *m)
{
	static bool (*const ways[])(const struct place *, const struct meta *, struct stamp *) = {
		date_of_elements, date_of_named, date_of_labelled, date_between, date_of_piece, date_told,
		date_of_addresses, date_around, date_of_text, date_of_headline, date_of_change};
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		struct stamp got = {0};
		if (ways[i](p, m, &got)) {
			m->published = got;
			return;
		}
	}
}

bool head_date_in(struct span s, const struct page_hints *h, struct stamp *out)
{
	const struct date_hints hints = {h->country, h->lang};
	return dateline_read(span_trim(s), &hints, true, out) && dateline_sane(*out);
}

void head_date(const struct view *v, struct meta *m, const struct page_hints *h, uint32_t headline,
	uint32_t from, uint32_t to)
{
	uint32_t n = (uint32_t)v->blocks.n;
	struct place p = {.v = v,
		.h = {h->country, h->lang ? h->lang : m->lang},
		.url = h->url,
		.from = from,
		.to = to,
		.last = to + BEHIND < n ? to + BEHIND : n};
	if (headline >= from)
		headline = UINT32_MAX; /* the title of a box further down */
	p.headline = headline;
	p.near = headline != UINT32_MAX ? headline : from;
	p.far = headline != UINT32_MAX && headline + BELOW > from + ABOVE ? headline + BELOW : from + ABOVE;
	p.near = p.near > ABOVE ? p.near - ABOVE : 0;
	p.far = p.far < n ? p.far : n;
	p.split = headline != UINT32_MAX && headline < p.far ? headline : p.near;
	p.above = above_headline(&p, ABOVE);
	if (dateline_sane(m->published)) {
		right_way_round(&p, m);
	} else {
		m->published = (struct stamp){0};
		find_date(&p, m);
		add_hour(&p, &m->published);
	}
	as_shown(&p, &m->published);
	find_update(&p, m);
	without_doubt(&m->published);
	without_doubt(&m->updated);
}
