/* byline_signs: how Chinese, Japanese and Korean texts name their authors: in the brackets before the first
 * sentence, in those behind the last, in the last sentence of a report for television, and behind the article
 * with what they are. Part of head.h. */
#include "page/byline_priv.h"

#include <string.h>

#include "page/letters.h"
#include "page/names.h"

#include "base/banned.h"

enum {
	NAME_OF_THREE = 9, /* bytes */
	NAME_OF_EIGHT = 24,
	ENDING_MIN = 6,
	SIGNS_MAX = 12,  /* bytes of four signs */
	ENDING_MAX = 45, /* of a name, and the desk before it */
};

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
		byline_add_all(x, names);
	while (parted && n > 1 && span_next(&rest, ' ', &word))
		byline_add_all(x, word);
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
	byline_add_all(x, name);
}

void byline_of_head(struct authors *x, struct span line)
{
	take_chinese_head(x, line);
	take_cable_head(x, line);
	take_korean_head(x, line);
}

/* "…요구하고 있습니다. 새물방송 표가람입니다.": how reports for television end. */
void byline_of_report(struct authors *x, struct span line)
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
		byline_add(x, name);
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
		byline_add_all(x, name);
	else if (behind_desk(name).n <= NAME_OF_EIGHT)
		byline_add(x, behind_desk(name));
}

/* "…と話した。【岸本ゆず】": Japanese and Chinese articles end with the name, in brackets. */
void byline_of_ending(struct authors *x, struct span line)
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
void byline_behind(struct authors *x, const struct view *v, uint32_t from)
{
	uint32_t to = from;
	while (to < v->blocks.n && to < from + BEHIND_LINES && !words_box_heading(view_text(v, to)) &&
		!(v->blocks.p[to].flags & (VIEW_IN_TEASER | WORD_COMMENT)))
		to++;
	for (uint32_t i = view_first_at(v, from); i < v->elements.n && v->elements.p[i].b0 < to && x->n == 0;
		i++) {
		const struct view_element *e = &v->elements.p[i];
		struct span piece = span_trim((struct span){v->text.p + e->t0, e->t1 - e->t0});
		if (e->t1 > e->t0 && piece.n <= NAMED_BYTES / 2 && names_is_signed(piece))
			byline_add(x, piece);
	}
}
