/* show: what people see is made harmless here, for every output: terminal, mail, HTML, CSV. A title may hold
 * an escape sequence, a bidi override that turns "moc.example" around, a line break that would begin a new
 * mail header. Controls are dropped, bidi controls and invisible characters too, and what is ill-formed shows
 * as U+FFFD. */
#include "digest/digest.h"

#include "base/utf8.h"

#include "base/banned.h"

struct range {
	uint32_t from, to;
};

static bool in_ranges(uint32_t cp, const struct range *r, size_t n)
{
	size_t lo = 0, hi = n;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (cp > r[mid].to)
			lo = mid + 1;
		else if (cp < r[mid].from)
			hi = mid;
		else
			return true;
	}
	return false;
}

/* Format characters that hide or turn text (general category Cf, Unicode 15), line and paragraph separators,
 * tags. U+200D stays out of the list: emoji and some scripts join with it. */
static bool hidden(uint32_t cp)
{
	static const struct range list[] = {{0xAD, 0xAD}, {0x34F, 0x34F}, {0x61C, 0x61C}, {0x115F, 0x1160},
		{0x17B4, 0x17B5}, {0x180B, 0x180F}, {0x200B, 0x200C}, {0x200E, 0x200F}, {0x2028, 0x202E},
		{0x2060, 0x206F}, {0x3164, 0x3164}, {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}, {0xFFF9, 0xFFFB},
		{0xE0000, 0xE0FFF}};
	return in_ranges(cp, list, sizeof list / sizeof *list);
}

void show_safe(struct str *out, struct span s, bool one_line)
{
	size_t at = 0;
	bool blank = false;
	while (at < s.n) {
		size_t from = at;
		uint32_t cp = utf8_next(s, &at, NULL);
		if (cp == '\n' || cp == '\t' || cp == '\r' || cp == 0x85 || cp == 0x2028 || cp == 0x2029) {
			bool line = cp != '\t' && !one_line;
			if (line && cp != '\r')
				str_addc(out, '\n');
			else if (!line && !blank)
				str_addc(out, ' ');
			blank = true;
			continue;
		}
		if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || hidden(cp))
			continue;
		blank = cp == ' ';
		if (cp == 0xFFFD)
			str_add_utf8(out, cp);
		else
			str_add(out, span_cut(s, from, at));
	}
}

bool show_closes(uint32_t cp)
{
	static const uint32_t list[] = {0x2019, 0x201D, 0x2026, 0x3001, 0x3002, 0x300B, 0x300D, 0x300F,
		0x3011, 0x3015, 0x30FC, 0xFF01, 0xFF09, 0xFF0C, 0xFF1A, 0xFF1B, 0xFF1F};
	for (size_t i = 0; i < sizeof list / sizeof *list; i++)
		if (cp == list[i])
			return true;
	return cp && cp < 0x80 && strchr(",.!?:;)\"*", (char)cp);
}

/* Columns as terminals draw them: Unicode 15 EastAsianWidth W and F, and emoji presentation; marks take none.
 */
int show_width(struct span s)
{
	static const struct range wide[] = {{0x1100, 0x115F}, {0x231A, 0x231B}, {0x2329, 0x232A},
		{0x23E9, 0x23EC}, {0x2614, 0x2615}, {0x2648, 0x2653}, {0x26A1, 0x26A1}, {0x2705, 0x2705},
		{0x2728, 0x2728}, {0x274C, 0x274C}, {0x2753, 0x2755}, {0x2757, 0x2757}, {0x2E80, 0x303E},
		{0x3041, 0x33FF}, {0x3400, 0x4DBF}, {0x4E00, 0xA4CF}, {0xA960, 0xA97F}, {0xAC00, 0xD7A3},
		{0xF900, 0xFAFF}, {0xFE10, 0xFE19}, {0xFE30, 0xFE6F}, {0xFF01, 0xFF60}, {0xFFE0, 0xFFE6},
		{0x16FE0, 0x18DFF}, {0x1B000, 0x1B2FF}, {0x1F004, 0x1F004}, {0x1F0CF, 0x1F0CF},
		{0x1F18E, 0x1F18E}, {0x1F191, 0x1F19A}, {0x1F200, 0x1F320}, {0x1F32D, 0x1F5FF},
		{0x1F600, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x1FA70, 0x1FAFF},
		{0x20000, 0x3FFFD}};
	static const struct range none[] = {{0x300, 0x36F}, {0x483, 0x489}, {0x591, 0x5BD}, {0x610, 0x61A},
		{0x64B, 0x65F}, {0xE31, 0xE31}, {0xE34, 0xE3A}, {0xE47, 0xE4E}, {0xEB1, 0xEB1},
		{0xEB4, 0xEBC}, {0xEC8, 0xECD}, {0x17B7, 0x17BD}, {0x17C6, 0x17C6}, {0x17C9, 0x17D3},
		{0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x20D0, 0x20FF}, {0x302A, 0x302D},
		{0x3099, 0x309A}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}};
	size_t at = 0;
	int columns = 0;
	while (at < s.n) {
		uint32_t cp = utf8_next(s, &at, NULL);
		if (cp >= 0x300 && in_ranges(cp, none, sizeof none / sizeof *none))
			continue;
		columns += 1 + (cp >= 0x1100 && in_ranges(cp, wide, sizeof wide / sizeof *wide));
	}
	return columns;
}
