/* sheet: rows and columns for people (a table as wide as the terminal) and for other programs (CSV, TSV). A
 * table is laid out when it is complete: a column that holds nothing is left out, the stretching one takes
 * what is left and is cut with an ellipsis, and where that would leave too little of it, spare columns go
 * first, from the right. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "base/vec.h"
#include "cli/cli.h"
#include "digest/digest.h"

#include "base/banned.h"

struct cell {
	char *text;
	const char *style;
	int width;
};

struct sheet {
	enum sheet_format format;
	const struct sheet_column *cols;
	size_t n, at; /* at: column of the next cell */
	bool color;
	VEC(struct cell) cells;
};

static void csv_put(struct span s)
{
	struct str out = {0};
	bool formula = s.n && strchr("=+-@\t\r", s.p[0]);
	bool quote = formula;
	for (size_t i = 0; i < s.n && !quote; i++)
		quote = strchr(",\"\r\n\t ", s.p[i]) != NULL;
	if (quote)
		str_addc(&out, '"');
	if (formula)
		str_addc(&out, '\'');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			str_addc(&out, '"');
		str_addc(&out, s.p[i]);
	}
	if (quote)
		str_addc(&out, '"');
	out_str(&out);
	str_release(&out);
}

static void tsv_put(struct span s)
{
	struct str out = {0};
	for (size_t i = 0; i < s.n; i++) {
		static const char from[] = "\t\r\n\\", to[] = "trn\\";
		const char *at = s.p[i] ? strchr(from, s.p[i]) : NULL;
		if (at)
			str_addf(&out, "\\%c", to[at - from]);
		else
			str_addc(&out, s.p[i]);
	}
	out_str(&out);
	str_release(&out);
}

static void data_put(struct sheet *s, const char *text)
{
	struct str safe = {0};
	if (s->at)
		out_text(s->format == SHEET_CSV ? SPAN(",") : SPAN("\t"));
	/* control and bidi characters go, line breaks stay: both formats can hold them */
	show_safe(&safe, span_of(text), false);
	if (s->format == SHEET_CSV)
		csv_put(str_span(&safe));
	else
		tsv_put(str_span(&safe));
	str_release(&safe);
	if (++s->at == s->n) {
		s->at = 0;
		out_text(s->format == SHEET_CSV ? SPAN("\r\n") : SPAN("\n"));
	}
}

static void table_put(struct sheet *s, const char *text, const char *style)
{
	struct str safe = {0};
	show_safe(&safe, span_of(text), true);
	int width = show_width(str_span(&safe));
	vec_push(&s->cells, ((struct cell){str_detach(&safe), style, width}));
	s->at = (s->at + 1) % s->n;
}

struct sheet *sheet_new(const struct cli *c, enum sheet_format f, const struct sheet_column *cols, size_t n)
{
	struct sheet *s = xcalloc(1, sizeof *s);
	*s = (struct sheet){.format = f, .cols = cols, .n = n, .color = out_color(c)};
	for (size_t i = 0; i < n; i++) {
		if (f == SHEET_TABLE)
			table_put(s, _(cols[i].title), "1");
		else
			data_put(s, cols[i].key);
	}
	return s;
}

void sheet_cell(struct sheet *s, const char *shown, const char *data, const char *style)
{
	if (s->format == SHEET_TABLE)
		table_put(s, shown ? shown : "", style);
	else
		data_put(s, data ? data : shown ? shown : "");
}

/* The longest beginning of at most `width` columns, one of them for the ellipsis. */
static size_t cut_to(const char *text, int width)
{
	struct span s = span_of(text);
	size_t at = 0, good = 0;
	while (at < s.n) {
		utf8_next(s, &at, NULL);
		if (show_width(span_cut(s, 0, at)) > width - 1)
			break;
		good = at;
	}
	return good;
}

static void pad(struct str *out, int n)
{
	for (; n > 0; n--)
		str_addc(out, ' ');
}

/* `at`: the column of the terminal it begins in. */
static void put_cell(const struct sheet *s, const struct cell *c, const struct sheet_column *col, int at,
	int width, bool last, struct str *out)
{
	struct span text = span_of(c->text);
	int shown = c->width;
	bool cut = shown > width;
	if (cut && last && (col->how & SHEET_WRAP) && span_find_byte(text, ' ', 0) != SIZE_MAX) {
		wrap_at(out, text, at, at, at + width);
		return;
	}
	if (cut) {
		text.n = cut_to(c->text, width);
		shown = show_width(text) + 1;
	}
	if ((col->how & SHEET_RIGHT))
		pad(out, width - shown);
	if (s->color && c->style)
		str_addf(out, "\033[%sm", c->style);
	str_add(out, text);
	if (cut)
		str_adds(out, "…");
	if (s->color && c->style)
		str_adds(out, "\033[0m");
	if (!(col->how & SHEET_RIGHT) && !last)
		pad(out, width - shown);
	str_adds(out, last ? "\n" : "  ");
}

enum {
	LEFT_OUT = -1,
	NARROW = 16,
	ROOMY = 36
}; /* NARROW: a column below tells nothing; ROOMY: a title that can be read */

static int total_width(const struct sheet *s, const int *width)
{
	int total = -2;
	for (size_t i = 0; i < s->n; i++)
		total += width[i] == LEFT_OUT ? 0 : width[i] + 2;
	return total;
}

static void measure(const struct sheet *s, int *width)
{
	bool *filled = xcalloc(s->n, sizeof *filled);
	for (size_t i = 0; i < s->cells.n; i++) {
		const struct cell *c = &s->cells.p[i];
		if (c->width > width[i % s->n])
			width[i % s->n] = c->width;
		filled[i % s->n] |= i >= s->n && c->width;
	}
	for (size_t i = 0; i < s->n; i++)
		if (!filled[i] && s->cells.n > s->n)
			width[i] = LEFT_OUT;
	free(filled);
}

/* Takes from the stretching columns, none below `least`, what the table is too wide by. */
static void shrink(const struct sheet *s, int *width, int room, int least)
{
	for (size_t i = 0; i < s->n; i++) {
		int over = total_width(s, width) - room, spare = width[i] - least;
		if ((s->cols[i].how & SHEET_STRETCH) && over > 0 && spare > 0)
			width[i] -= over < spare ? over : spare;
	}
}

static void layout(const struct sheet *s, int *width)
{
	int room = out_width();
	measure(s, width);
	if (!room)
		return;
	shrink(s, width, room, ROOMY);
	for (size_t i = s->n; i-- > 0 && total_width(s, width) > room;)
		if (s->cols[i].how & SHEET_SPARE)
			width[i] = LEFT_OUT;
	shrink(s, width, room, NARROW);
}

void sheet_free(struct sheet *s)
{
	struct str out = {0};
	if (s->format == SHEET_TABLE && s->cells.n) {
		int *width = xcalloc(s->n, sizeof *width);
		layout(s, width);
		size_t last = s->n - 1;
		while (last > 0 && width[last] == LEFT_OUT)
			last--;
		int at = 0;
		for (size_t i = 0; i < s->cells.n; i++) {
			size_t k = i % s->n;
			if (width[k] == LEFT_OUT)
				continue;
			put_cell(s, &s->cells.p[i], &s->cols[k], at, width[k], k == last, &out);
			at = k == last ? 0 : at + width[k] + 2;
		}
		out_str(&out);
		free(width);
	}
	for (size_t i = 0; i < s->cells.n; i++)
		free(s->cells.p[i].text);
	vec_release(&s->cells);
	str_release(&out);
	free(s);
}
