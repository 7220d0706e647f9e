/* title: the headline. What is shown large counts before what is written for search engines, when both are
 * about the same thing. Part of head.h. */
#include "page/head.h"

#include <string.h>

#include "base/limits.h"
#include "base/url.h"
#include "base/utf8.h"
#include "page/dateline.h"
#include "page/names.h"

#include "base/banned.h"

enum {
	TITLE_LEAST = 8,
	TITLE_LONG = 400, /* bytes */
	SITE_WORDS = 5,
	TITLES_MAX = 2000,
	BOARD_WORDS = 3,
	BOARD_BYTES = 18, /* "보도자료", "通知公告" */
	MENU_BLOCKS = 3,
	DATED_NEAR = 3,   /* blocks */
	DATED_BYTES = 60, /* of a line between a title and its date */
	LABEL_BYTES = 16,
	UNSPACED_MIN = 24 /* bytes: eight Chinese characters */
};

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

bool head_leads_home(const struct view *v, uint32_t block)
{
	const struct view_block *b = &v->blocks.p[block];
	if (b->link < b->n)
		return false;
	for (uint32_t i = view_first_at(v, block); i < v->elements.n && v->elements.p[i].b0 == block; i++) {
		struct span href = span_trim(node_attr(v->elements.p[i].node, "href"));
		if (v->elements.p[i].tag == VIEW_A)
			return span_is(href, "/") || span_is(href, "./") || span_starts(href, "/index.") ||
			       span_starts(href, "index.");
	}
	return false;
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
		if (!large || b->n < TITLE_LEAST || b->n > TITLE_LONG ||
			is_masthead(view_text(v, i), named, m) || head_leads_home(v, i))
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
		if (b->tag != VIEW_H1 || b->cut || b->n < 2 * TITLE_LEAST || b->n > TITLE_LONG ||
			is_masthead(view_text(v, i), named, m) || head_leads_home(v, i) ||
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
		if (s.n < TITLE_LEAST || s.n * 2 < shown.n || s.n >= shown.n)
			continue;
		bool ends = span_eq(span_cut(shown, shown.n - s.n, shown.n), s);
		struct span rest = span_trim(span_cut(shown, s.n, shown.n));
		bool quoted = rest.n && rest.p[0] == '"'; /* which ended the attribute */
		bool begins = i < 2 && !quoted && span_eq(span_cut(shown, 0, s.n), s);
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
		if (b->flags & WORD_TITLE && !b->cut && b->n >= 2 * TITLE_LEAST && b->n <= TITLE_LONG &&
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
		if (b->tag == VIEW_HEADING && !b->cut && b->n >= 2 * TITLE_LEAST && b->n <= TITLE_LONG / 2 &&
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

/* "您的位置：首页 - 新闻 - 正文", "ホーム > くらし > …": the way to the page. */
static bool is_path(struct span line)
{
	static const char *const begins[] = {"当前位置", "您的位置", "您现在的位置", "您当前的位置",
		"您所在的位置", "您当前所在位置", "目前位置", "現在位置", "現在地", "현재위치", "Trang chủ",
		"Bạn đang ở"};
	static const char *const marks[] = {" > ", " >> ", " » ", " › ", "＞", " / "};
	for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
		if (span_starts(line, begins[i]))
			return true;
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		size_t at = span_find(line, span_of(marks[i]), 0);
		if (at != SIZE_MAX && span_find(line, span_of(marks[i]), at + 1) != SIZE_MAX)
			return true;
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
		if (b->n < 2 * TITLE_LEAST || b->n > TITLE_LONG || b->cut || b->link * 2 > b->n ||
			(is_spaced(line) ? b->words < 3 : b->n < UNSPACED_MIN) ||
			dateline_looks(line, b->words) || dateline_of_page(line) || is_path(line) ||
			words_byline(line) || !is_dated_below(v, i))
			continue;
		if (is_followed(v, i, 1))
			return i;
	}
	return UINT32_MAX;
}

/* Boards call each of their pages by their own name, and schools set theirs over all: the heading of the
 * piece, where one is dated. */
static uint32_t below_board(const struct view *v, uint32_t block)
{
	struct span name = view_text(v, block);
	uint32_t piece = dated_title(v);
	if (piece == UINT32_MAX || piece <= block)
		return block;
	const struct view_block *b = &v->blocks.p[piece];
	bool board = head_word_count(name) <= BOARD_WORDS && head_is_section(v, name);
	bool far = piece > block + MENU_BLOCKS || (head_word_count(name) <= 1 && name.n <= BOARD_BYTES);
	for (uint32_t i = block; far && i < piece; i++)
		far = v->blocks.p[i].n <= TITLE_LONG / 2;
	bool titled = b->tag == VIEW_HEADING || b->flags & WORD_TITLE;
	return titled && (board || far) ? piece : block;
}

/* Boards set a text's title in a table, beside the word for it. */
static uint32_t beside_label(const struct view *v, struct span *title)
{
	static const char *const labels[] = {"제목", "제 목", "标题", "标　题", "標題", "件名", "タイトル",
		"tiêu đề", "Tiêu đề", "Tiêu đề:", "标题：", "標題："};
	for (uint32_t i = 0; i < v->elements.n; i++) {
		const struct view_element *x = &v->elements.p[i];
		struct span label = span_trim((struct span){v->text.p + x->t0, x->t1 - x->t0});
		if (x->end >= v->elements.n || x->t1 - x->t0 > LABEL_BYTES ||
			!(node_is(x->node, "th") || node_is(x->node, "td") || node_is(x->node, "dt")))
			continue;
		const struct view_element *value = &v->elements.p[x->end];
		*title = span_trim((struct span){v->text.p + value->t0, value->t1 - value->t0});
		if (value->parent != x->parent || node_is(value->node, "th") || value->b0 >= v->blocks.n ||
			title->n < TITLE_LEAST || title->n > TITLE_LONG || v->blocks.p[value->b0].links)
			continue;
		for (size_t k = 0; k < sizeof labels / sizeof *labels; k++)
			if (span_is(label, labels[k]))
				return value->b0;
	}
	return UINT32_MAX;
}

/* Portals set their own name as the headline of each page, and the text's in a line that is named a title or
 * stands over its day. */
static uint32_t below_portal(const struct view *v, uint32_t block)
{
	if (!names_is_medium(view_text(v, block)))
		return block;
	uint32_t piece = named_title(v);
	piece = piece != UINT32_MAX ? piece : dated_title(v);
	return piece != UINT32_MAX ? piece : block;
}

/* The block that shows the title; UINT32_MAX: none. */
static uint32_t find_title(
	const struct view *v, const struct meta *m, struct span named, const char *host, bool told)
{
	uint32_t block = shown_title(v, named, m);
	if (block == UINT32_MAX && m->page_title)
		block = shown_title(v, head_strip_site(v, span_of(m->page_title), m, host), m);
	if (block == UINT32_MAX)
		block = lone_title(v, named, m);
	if (block != UINT32_MAX && !told)
		block = below_portal(v, below_board(v, block));
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
	struct span named = given ? head_strip_site(v, span_of(given), m, host) : (struct span){NULL, 0};
	bool told = m->headline || m->og_title || h->title;
	struct span title = {NULL, 0};
	*block = told ? UINT32_MAX : beside_label(v, &title);
	if (*block == UINT32_MAX) {
		*block = find_title(v, m, named, host, told);
		title = *block != UINT32_MAX ? without_kicker(view_text(v, *block), named, m) : named;
	}
	if (title.n == 0 && m->other_title)
		title = span_of(m->other_title);
	return title.n ? arena_dup(a, utf8_prefix(title, TITLE_MAX)) : NULL;
}
