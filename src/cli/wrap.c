/* wrap: text for a terminal, broken between words at a width; Chinese and Japanese, which have no blanks,
 * between signs. */
#include "base/utf8.h"
#include "cli/cli.h"
#include "digest/digest.h"

#include "base/banned.h"

enum { INDENT = 2, WIDTH_DEFAULT = 80, LINE_BYTES = 4096 /* more fills any line */ };

/* Columns of a word, its escape sequences not counted. */
static int word_width(struct span w)
{
	struct str plain = {0};
	bool escape = false;
	for (size_t i = 0; i < w.n; i++) {
		escape = escape || w.p[i] == '\033';
		if (!escape)
			str_addc(&plain, w.p[i]);
		else if (w.p[i] == 'm')
			escape = false;
	}
	int width = show_width(str_span(&plain));
	str_release(&plain);
	return width;
}

/* Chinese and Japanese signs, and marks as wide as they are. */
static bool is_sign(uint32_t c)
{
	return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFF00 && c <= 0xFF60);
}

/* How much of a word goes into the columns left: words without blanks between them break at any sign. */
static size_t fitting(struct span word, int columns)
{
	size_t best = 0;
	uint32_t before = 0;
	for (size_t at = 0; at < word.n;) {
		size_t here = at;
		uint32_t c = utf8_next(word, &at, NULL);
		if (here && (is_sign(c) || is_sign(before)) && !show_closes(c)) {
			if (word_width(span_cut(word, 0, here)) > columns)
				break;
			best = here;
		}
		before = c;
	}
	return best;
}

void wrap_at(struct str *out, struct span text, int at, int indent, int width)
{
	if (!width)
		width = out_width() ? out_width() : WIDTH_DEFAULT;
	int room = width - at, used = 0;
	struct span word;
	while (span_next(&text, ' ', &word)) {
		int columns = word_width(utf8_prefix(word, LINE_BYTES));
		while (used + (used != 0) + columns > room) {
			size_t n = fitting(word, room - used - (used != 0));
			if (n == 0 && used == 0)
				break; /* longer than a line: an address, say */
			if (n)
				str_adds(out, used ? " " : "");
			str_add(out, span_cut(word, 0, n));
			str_addf(out, "\n%*s", indent, "");
			word = span_cut(word, n, word.n);
			columns = word_width(utf8_prefix(word, LINE_BYTES));
			room = width - indent;
			used = 0;
		}
		str_adds(out, used ? " " : "");
		used += columns + (used != 0);
		str_add(out, word);
	}
	str_addc(out, '\n');
}

void wrap_add(struct str *out, struct span text)
{
	if (text.n)
		str_addf(out, "%*s", INDENT, "");
	wrap_at(out, text, INDENT, INDENT, 0);
}
