/* dateline: see dateline.h. A line may be a date, hold one among other words ("Stand - 12.11.2021 (seit
 * 5.11.)"), or two of them, one of which says when the page was changed: words in front tell which. Numbers
 * of laws, cars and rooms are no dates: what is read inside a line ends with a year of four digits. */
#include "page/dateline.h"
#include "page/letters.h"

#include <string.h>

#include "base/banned.h"

enum {
	DATE_BYTES = 120,
	DIGITS_MIN = 5 /* a year and a day */,
	ERA_DIGITS_MIN = 2 /* "令和元年5月1日" */,
	DATED_WORDS = 12,
	TWO_DATES_WORDS = 20,
	LINE_WORDS = 40,
	HEAD_BYTES = 100,
	LABEL_AT = 12 /* bytes before the label of a date */,
	DAY_DIGITS = 8,
	MINUTE_DIGITS = 12,
	ID_DIGITS = 20,
	YEAR_MIN = 1995,
	YEAR_MAX = 2100
};

/* The letters of words in capitals that are not ASCII stand there a second time. */
static const char *const updated[] = {"updated", "last update", "modified", "last edited", "cập nhật",
	"Cập nhật", "CẬP NHẬT", "sửa lần cuối", "ngày sửa", "sửa lúc", "aktualisiert", "geändert",
	"mis à jour", "Mis à jour", "mise à jour", "modifié", "actualizado", "actualizada", "atualizado",
	"atualizada", "aggiornat", "uppdaterad", "oppdatert", "opdateret", "bijgewerkt", "gewijzigd",
	"päivitetty", "zaktualizowan", "aktualizacja", "aktualizov", "güncelle", "diperbarui", "обновлено",
	"Обновлено", "оновлено", "Оновлено", "изменено", "更新", "最終更新", "수정", "업데이트", "อัปเดต",
	"تحديث"};
static const char *const published[] = {"published", "posted", "first publ", "created", "đăng lúc",
	"Đăng lúc", "ngày đăng", "ngày tạo", "đăng ngày", "Đăng ngày", "xuất bản", "Xuất bản",
	"veröffentlicht", "erstellt", "publié", "publicado", "publicada", "pubblicat", "publicerad",
	"publisert", "offentliggjort", "gepubliceerd", "geplaatst", "julkaistu", "opublikowan", "publikov",
	"yayın", "giriş", "diterbitkan", "опубликован", "Опубликован", "发布", "發布", "发表", "發表", "公開",
	"掲載", "配信", "입력", "등록", "승인", "작성"};

#define N(list) (sizeof(list) / sizeof *(list))

/* Where the first of the words stands in s; behind it in *end. */
static size_t find_word(struct span s, const char *const *list, size_t n, size_t *end)
{
	size_t best = SIZE_MAX;
	for (size_t i = 0; i < n; i++) {
		size_t at = span_find_ci(s, list[i], 0);
		if (at < best) {
			best = at;
			*end = at + strlen(list[i]);
		}
	}
	return best;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "令和8年", "民國115年": the years of an era have fewer digits. */
static bool has_era(struct span s)
{
	static const char *const eras[] = {"令和", "平成", "民國", "民国"};
	for (size_t i = 0; i < N(eras); i++) {
		size_t at = span_find(s, span_of(eras[i]), 0);
		if (at != SIZE_MAX && span_find(span_cut(s, at, s.n), SPAN("年"), 0) != SIZE_MAX)
			return true;
	}
	return false;
}

static size_t digits_min(struct span s)
{
	return has_era(s) ? ERA_DIGITS_MIN : DIGITS_MIN;
}

bool dateline_sane(struct stamp s)
{
	struct civil c = civil_from(s.at, s.zone);
	return s.known && c.year >= YEAR_MIN && c.year <= YEAR_MAX;
}

bool dateline_exact(struct span s, const struct date_hints *h, struct stamp *out)
{
	struct stamp got = {0};
	if (s.n > DATE_BYTES || letters_digits(s) < digits_min(s) ||
		!date_read(s, h->country, h->lang, &got) || !dateline_sane(got))
		return false;
	*out = got;
	return true;
}

/* Thai letters: the year may be one of the Buddhist era. */
static bool is_thai(struct span s)
{
	return span_find(s, SPAN("\xE0\xB8"), 0) != SIZE_MAX;
}

/* Four digits from 19.. or 20.. with none beside them, Chinese and Korean ones with their sign behind. */
static bool has_year(struct span w, bool thai)
{
	for (size_t i = 0; i + 4 <= w.n; i++)
		if (((w.p[i] == '2' && (w.p[i + 1] == '0' || (thai && w.p[i + 1] == '5'))) ||
			    (w.p[i] == '1' && w.p[i + 1] == '9')) &&
			is_digit(w.p[i + 2]) && is_digit(w.p[i + 3]) && (i == 0 || !is_digit(w.p[i - 1])) &&
			(i + 4 == w.n || !is_digit(w.p[i + 4])))
			return true;
	return false;
}

bool dateline_of_page(struct span line)
{
	static const char *const words[] = {"hôm nay", "today", "heute", "aujourd", "oggi", "сегодня",
		"Сегодня", "今天是", "本日", "오늘", "hari ini", "giấy phép", "cấp ngày", "©", "copyright",
		"licen", "all rights", "trang chủ", "Trang chủ", "hotline"};
	size_t end;
	return find_word(line, words, N(words), &end) != SIZE_MAX;
}

/* "22/11", "11/2026", but not the page "1/121" of a list. */
static bool has_slash(struct span s)
{
	for (size_t at = 0; (at = span_find_byte(s, '/', at)) != SIZE_MAX; at++) {
		size_t n = 0;
		while (at + 1 + n < s.n && is_digit(s.p[at + 1 + n]))
			n++;
		if (n != 3)
			return true;
	}
	return false;
}

bool dateline_looks(struct span line, unsigned words)
{
	size_t end;
	bool two = words <= TWO_DATES_WORDS && find_word(line, updated, N(updated), &end) != SIZE_MAX;
	return (words <= DATED_WORDS || two) && letters_digits(line) >= digits_min(line) &&
	       (has_year(line, is_thai(line)) || has_era(line) || has_slash(line));
}

static struct span strip_marks(struct span s)
{
	while (s.n && strchr("(),.:;[]|-", s.p[0]))
		s = span_cut(s, 1, s.n);
	while (s.n && strchr("(),.:;[]|-", s.p[s.n - 1]))
		s = span_cut(s, 0, s.n - 1);
	return s;
}

/* "Ann WellsOct 17, 2026": what two elements on two lines of the screen become. */
static struct span behind_run_on(struct span s, size_t n)
{
	for (size_t i = 1; i < n && i < s.n; i++)
		if (s.p[i - 1] >= 'a' && s.p[i - 1] <= 'z' && s.p[i] >= 'A' && s.p[i] <= 'Z')
			return span_cut(s, i, s.n);
	return (struct span){NULL, 0};
}

/* A day is followed by its hour, up to three words further. */
static void take_hour(const struct span *words, size_t n, size_t j, struct span day,
	const struct date_hints *h, struct stamp *out)
{
	for (size_t m = j + 3 < n ? j + 3 : n - 1; m > j; m--) {
		struct stamp hour;
		struct span more = {day.p, (size_t)(words[m].p + words[m].n - day.p)};
		if (dateline_exact(strip_marks(more), h, &hour) && !hour.date_only) {
			*out = hour;
			return;
		}
	}
}

/* The first date inside a longer line. Ends with a year, begins at most three words before it. */
static bool date_inside(struct span line, const struct date_hints *h, struct stamp *out)
{
	struct span words[LINE_WORDS], rest = line, w;
	bool thai = is_thai(line);
	size_t n = 0;
	while (n < LINE_WORDS && span_next(&rest, ' ', &w))
		if (w.n)
			words[n++] = w;
	for (size_t j = 0; j < n; j++)
		for (size_t k = has_year(words[j], thai) || has_era(words[j]) ? (j < 3 ? j : 3) + 1 : 0;
			k-- > 0;) {
			const char *from = words[j - k].p, *to = words[j].p + words[j].n;
			struct span s = strip_marks((struct span){from, (size_t)(to - from)});
			bool read = dateline_exact(s, h, out) ||
				    dateline_exact(behind_run_on(s, words[j - k].n), h, out);
			if (!read)
				continue;
			take_hour(words, n, j, s, h, out);
			return true;
		}
	return false;
}

/* The line as a whole, else the first of its parts that is a date. */
static bool date_of_part(struct span line, const struct date_hints *h, struct stamp *out)
{
	struct span rest = line, part;
	if (dateline_exact(line, h, out))
		return true;
	while (line.n <= DATE_BYTES && span_next(&rest, '|', &part)) {
		size_t dash = span_find(part, SPAN(" - "), 0);
		if (dateline_exact(span_trim(part), h, out) ||
			(dash != SIZE_MAX && dateline_exact(span_cut(part, 0, dash), h, out)) ||
			(dash != SIZE_MAX && dateline_exact(span_cut(part, dash + 3, part.n), h, out)))
			return true;
	}
	return date_inside(line, h, out);
}

bool dateline_updated(struct span line, const struct date_hints *h, struct stamp *out)
{
	size_t end = 0, other = 0;
	if (find_word(line, updated, N(updated), &end) == SIZE_MAX)
		return false;
	struct span s = span_trim(span_cut(line, end, line.n));
	return date_of_part(span_trim(span_cut(s, 0, find_word(s, published, N(published), &other))), h, out);
}

bool dateline_says_published(struct span line)
{
	size_t end, other, at = find_word(line, published, N(published), &end);
	return at != SIZE_MAX && at <= LABEL_AT &&
	       find_word(span_cut(line, 0, at), updated, N(updated), &other) == SIZE_MAX;
}

bool dateline_read(struct span line, const struct date_hints *h, bool updates, struct stamp *out)
{
	size_t end = 0, other = 0, at = find_word(line, published, N(published), &end),
	       change = find_word(line, updated, N(updated), &other);
	if (change == SIZE_MAX)
		return date_of_part(line, h, out);
	if (at != SIZE_MAX && at > change && date_of_part(span_trim(span_cut(line, end, line.n)), h, out))
		return true;
	struct span before = span_trim(span_cut(line, 0, change));
	if (date_of_part(before, h, out))
		return true;
	return updates && dateline_updated(line, h, out);
}

static bool ends_with_year(struct span s)
{
	return s.n >= 4 && has_year(span_cut(s, s.n - 4, s.n), false);
}

bool dateline_head(struct span line, const struct date_hints *h, struct stamp *out)
{
	static const char *const ends[] = {") ", "). ", " – ", " — ", " - ", "): "};
	struct span s = span_cut(line, 0, HEAD_BYTES);
	for (size_t i = 0; i < N(ends); i++) {
		struct span part = span_cut(s, 0, span_find(s, span_of(ends[i]), 0));
		size_t open = span_find_byte(part, '(', 0);
		if (part.n < s.n && ends_with_year(part) &&
			date_inside(span_cut(part, open == SIZE_MAX ? 0 : open + 1, part.n), h, out) &&
			out->date_only)
			return true;
	}
	return false;
}

/* ---- the address ---- */

/* The number at i of at most `most` digits, no digit before or behind it; moves *i behind it. -1: none. */
static int number_at(struct span s, size_t *i, size_t least, size_t most)
{
	size_t at = *i;
	int v = 0;
	if (at && is_digit(s.p[at - 1]))
		return -1;
	for (; at < s.n && is_digit(s.p[at]) && at - *i <= most; at++)
		v = v * 10 + s.p[at] - '0';
	if (at - *i < least || at - *i > most)
		return -1;
	*i = at;
	return v;
}

static bool take_day(int year, int month, int day, struct stamp *out)
{
	struct civil c = {.year = year, .month = month, .day = day};
	if (!civil_valid(&c))
		return false;
	*out = (struct stamp){.at = civil_to_seconds(&c, 0), .known = true, .date_only = true};
	return dateline_sane(*out);
}

/* Three numbers with the same mark between them, the year first or last; months may be named. */
static bool parted_day(struct span s, size_t i, const char *lang, struct stamp *out)
{
	static const struct date_hints en = {.lang = "en"};
	size_t at = i;
	int a = number_at(s, &at, 1, 4), b, c;
	if (a < 0 || at + 3 >= s.n || (s.p[at] != '/' && s.p[at] != '-' && s.p[at] != '_'))
		return false;
	char mark = s.p[at];
	if (a > YEAR_MIN && mark != '_' && dateline_exact(span_cut(s, i, i + 11), &en, out) &&
		s.p[at + 1] > '9')
		return true; /* "/2026/nov/22/" */
	at++;
	b = number_at(s, &at, 1, 2);
	if (b < 0 || at + 1 >= s.n || s.p[at++] != mark || (c = number_at(s, &at, 1, 4)) < 0)
		return false;
	if (a > YEAR_MIN)
		return take_day(a, b, c, out);
	bool us = lang && span_starts_ci(span_of(lang), "en") && b <= 12 && a <= 12; /* nobody knows */
	return c > YEAR_MIN && !us && take_day(c, b, a, out);
}

/* "/20261122/", "-20261122063000.htm": eight digits, or what is more of an hour and a minute. */
static bool compact_day(struct span s, size_t i, struct stamp *out)
{
	size_t n = i;
	while (n < s.n && is_digit(s.p[n]))
		n++;
	n -= i;
	struct stamp got;
	if (i == 0 || is_digit(s.p[i - 1]) || s.p[i] != '2' ||
		(n != DAY_DIGITS && (n < MINUTE_DIGITS || n > ID_DIGITS)) ||
		!date_read(
			span_cut(s, i, i + (n == DAY_DIGITS ? DAY_DIGITS : MINUTE_DIGITS)), NULL, NULL, &got))
		return false;
	struct civil c = civil_from(got.at, got.zone);
	return take_day((int)c.year, c.month, c.day, out);
}

bool dateline_address(struct span url, const char *lang, struct stamp *out)
{
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 1; i + 7 < url.n; i++)
			if (is_digit(url.p[i]) &&
				(pass ? compact_day(url, i, out) : parted_day(url, i, lang, out)))
				return true;
	return false;
}
