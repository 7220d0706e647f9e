/* charset: the white list of charsets, their aliases, and the conversion. What iconv calls itself is never
 * asked for by a label from outside: a label is looked up here (UTF-7 and ISO-2022-CN-EXT are charsets to
 * glibc, and traps). UTF-8, UTF-16 and UTF-32 are decoded here, since glibc lets F4 90 80 80 pass. Labels
 * mean what the web takes them to mean: iso-8859-1 is windows-1252, gb2312 is gb18030, shift_jis is CP932.
 * glibc composes the tone marks of windows-1258 and TCVN while it decodes. */
#include "decode/decode_priv.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/utf8.h"

#include "base/banned.h"

const struct charset charsets[] = {
	{"utf-8", NULL, CHARSET_UTF8},
	{"utf-16le", NULL, CHARSET_WIDE},
	{"utf-16be", NULL, CHARSET_WIDE},
	{"utf-32le", NULL, CHARSET_WIDE},
	{"utf-32be", NULL, CHARSET_WIDE},
	{"us-ascii", "CP1252", CHARSET_SINGLE},
	{"iso-8859-1", "CP1252", CHARSET_SINGLE},
	{"windows-1252", "CP1252", CHARSET_SINGLE},
	{"windows-1258", "CP1258", CHARSET_MULTI},
	{"viscii", "VISCII", CHARSET_MULTI},
	{"tcvn5712-1", "TCVN5712-1", CHARSET_MULTI},
	{"iso-8859-2", "ISO-8859-2", CHARSET_SINGLE},
	{"iso-8859-3", "ISO-8859-3", CHARSET_SINGLE},
	{"iso-8859-4", "ISO-8859-4", CHARSET_SINGLE},
	{"iso-8859-5", "ISO-8859-5", CHARSET_SINGLE},
	{"iso-8859-6", "ISO-8859-6", CHARSET_SINGLE},
	{"iso-8859-7", "ISO-8859-7", CHARSET_SINGLE},
	{"iso-8859-8", "ISO-8859-8", CHARSET_SINGLE},
	{"iso-8859-9", "CP1254", CHARSET_SINGLE},
	{"iso-8859-10", "ISO-8859-10", CHARSET_SINGLE},
	{"iso-8859-13", "ISO-8859-13", CHARSET_SINGLE},
	{"iso-8859-14", "ISO-8859-14", CHARSET_SINGLE},
	{"iso-8859-15", "ISO-8859-15", CHARSET_SINGLE},
	{"iso-8859-16", "ISO-8859-16", CHARSET_SINGLE},
	{"windows-1250", "CP1250", CHARSET_SINGLE},
	{"windows-1251", "CP1251", CHARSET_SINGLE},
	{"windows-1253", "CP1253", CHARSET_SINGLE},
	{"windows-1254", "CP1254", CHARSET_SINGLE},
	{"windows-1255", "CP1255", CHARSET_SINGLE},
	{"windows-1256", "CP1256", CHARSET_SINGLE},
	{"windows-1257", "CP1257", CHARSET_SINGLE},
	{"koi8-r", "KOI8-R", CHARSET_SINGLE},
	{"koi8-u", "KOI8-U", CHARSET_SINGLE},
	{"ibm437", "IBM437", CHARSET_SINGLE},
	{"ibm850", "IBM850", CHARSET_SINGLE},
	{"ibm852", "IBM852", CHARSET_SINGLE},
	{"ibm866", "IBM866", CHARSET_SINGLE},
	{"macintosh", "MACINTOSH", CHARSET_SINGLE},
	{"x-mac-cyrillic", "MAC-CYRILLIC", CHARSET_SINGLE},
	{"tis-620", "CP874", CHARSET_SINGLE},
	{"gb18030", "GB18030", CHARSET_MULTI},
	{"gb2312", "GB18030", CHARSET_MULTI}, /* as guessed; as a label an alias */
	{"big5", "BIG5-HKSCS", CHARSET_MULTI},
	{"euc-tw", "EUC-TW", CHARSET_MULTI},
	{"euc-kr", "UHC", CHARSET_MULTI},
	{"euc-jp", "EUC-JP-MS", CHARSET_MULTI},
	{"shift_jis", "CP932", CHARSET_MULTI},
	{"iso-2022-jp", "ISO-2022-JP-2", CHARSET_OTHER},
	{"ibm037", "IBM037", CHARSET_OTHER},
};
const size_t charsets_n = sizeof charsets / sizeof *charsets;

/* Compared without case, "-", "_" and blanks; each names one of the table. */
/* clang-format off */
static const char *const aliases[][2] = {
	{"unicode", "utf-8"}, {"utf8mb4", "utf-8"}, {"utf8mb3", "utf-8"}, {"unicode11utf8", "utf-8"},
	{"xutf8", "utf-8"}, {"utf16", "utf-16le"}, {"ucs2", "utf-16le"}, {"iso10646ucs2", "utf-16le"},
	{"utf32", "utf-32le"}, {"ucs4", "utf-32le"}, {"iso10646ucs4", "utf-32le"}, {"ascii", "us-ascii"},
	{"ansix3.41968", "us-ascii"}, {"iso646us", "us-ascii"}, {"646", "us-ascii"}, {"us", "us-ascii"},
	{"latin1", "iso-8859-1"}, {"l1", "iso-8859-1"}, {"88591", "iso-8859-1"},
	{"iso88591", "iso-8859-1"}, {"cp819", "iso-8859-1"}, {"cp1252", "windows-1252"},
	{"xcp1252", "windows-1252"}, {"ansi", "windows-1252"}, {"win1252", "windows-1252"},
	{"cp1258", "windows-1258"}, {"xcp1258", "windows-1258"}, {"win1258", "windows-1258"},
	{"viscii1.11", "viscii"}, {"visciif", "viscii"}, {"csviscii", "viscii"}, {"xviscii", "viscii"},
	{"tcvn", "tcvn5712-1"}, {"tcvn3", "tcvn5712-1"}, {"tcvn5712", "tcvn5712-1"},
	{"tcvn57121:1993", "tcvn5712-1"}, {"xviettcvn5712", "tcvn5712-1"}, {"xviettcvn", "tcvn5712-1"},
	{"vn3", "tcvn5712-1"}, {"abc", "tcvn5712-1"}, {"latin2", "iso-8859-2"}, {"latin3", "iso-8859-3"},
	{"latin4", "iso-8859-4"}, {"cyrillic", "iso-8859-5"}, {"arabic", "iso-8859-6"},
	{"greek", "iso-8859-7"}, {"hebrew", "iso-8859-8"}, {"iso88598i", "iso-8859-8"},
	{"latin5", "iso-8859-9"}, {"latin6", "iso-8859-10"}, {"latin9", "iso-8859-15"},
	{"cp1250", "windows-1250"}, {"xcp1250", "windows-1250"}, {"cp1251", "windows-1251"},
	{"win1251", "windows-1251"}, {"xcp1251", "windows-1251"}, {"cp1253", "windows-1253"},
	{"cp1254", "windows-1254"}, {"cp1255", "windows-1255"}, {"cp1256", "windows-1256"},
	{"cp1257", "windows-1257"}, {"koi8", "koi8-r"}, {"koi", "koi8-r"}, {"koi8ru", "koi8-u"},
	{"cp437", "ibm437"}, {"437", "ibm437"}, {"cp850", "ibm850"}, {"850", "ibm850"},
	{"cp866", "ibm866"}, {"866", "ibm866"}, {"mac", "macintosh"}, {"macroman", "macintosh"},
	{"xmacroman", "macintosh"}, {"windows874", "tis-620"}, {"cp874", "tis-620"},
	{"iso885911", "tis-620"}, {"dos874", "tis-620"}, {"gbk", "gb18030"}, {"gb2312", "gb18030"},
	{"gb23121980", "gb18030"}, {"gb231280", "gb18030"}, {"xgbk", "gb18030"}, {"euccn", "gb18030"},
	{"chinese", "gb18030"}, {"cp936", "gb18030"}, {"ms936", "gb18030"}, {"windows936", "gb18030"},
	{"big5hkscs", "big5"}, {"bigfive", "big5"}, {"xxbig5", "big5"}, {"cnbig5", "big5"},
	{"cp950", "big5"}, {"ksc56011987", "euc-kr"}, {"ksc5601", "euc-kr"}, {"ksx1001", "euc-kr"},
	{"korean", "euc-kr"}, {"uhc", "euc-kr"}, {"cp949", "euc-kr"}, {"ms949", "euc-kr"},
	{"windows949", "euc-kr"}, {"xeucjp", "euc-jp"}, {"ujis", "euc-jp"}, {"sjis", "shift_jis"},
	{"xsjis", "shift_jis"}, {"mskanji", "shift_jis"}, {"cp932", "shift_jis"},
	{"windows31j", "shift_jis"}, {"ms932", "shift_jis"}, {"csiso2022jp", "iso-2022-jp"},
	{"latin8", "iso-8859-14"}, {"latin10", "iso-8859-16"}, {"l2", "iso-8859-2"},
	{"l3", "iso-8859-3"}, {"l4", "iso-8859-4"}, {"l5", "iso-8859-9"}, {"l6", "iso-8859-10"},
	{"l9", "iso-8859-15"}, {"csisolatin1", "iso-8859-1"}, {"csisolatin2", "iso-8859-2"},
	{"csisolatin5", "iso-8859-9"}, {"csisolatin9", "iso-8859-15"}, {"iso88591:1987", "iso-8859-1"},
	{"iso88592:1987", "iso-8859-2"}, {"iso88595:1988", "iso-8859-5"},
	{"iso88597:1987", "iso-8859-7"}, {"iso88599:1989", "iso-8859-9"}, {"isoir100", "iso-8859-1"},
	{"isoir101", "iso-8859-2"}, {"csisolatincyrillic", "iso-8859-5"},
	{"csisolatinarabic", "iso-8859-6"}, {"asmo708", "iso-8859-6"}, {"ecma114", "iso-8859-6"},
	{"csisolatingreek", "iso-8859-7"}, {"ecma118", "iso-8859-7"}, {"elot928", "iso-8859-7"},
	{"csisolatinhebrew", "iso-8859-8"}, {"visual", "iso-8859-8"}, {"logical", "iso-8859-8"},
	{"cskoi8r", "koi8-r"}, {"csibm866", "ibm866"}, {"cp852", "ibm852"}, {"852", "ibm852"},
	{"csmacintosh", "macintosh"}, {"maccyrillic", "x-mac-cyrillic"},
	{"xmacukrainian", "x-mac-cyrillic"}, {"macukrainian", "x-mac-cyrillic"},
	{"win1250", "windows-1250"}, {"win1256", "windows-1256"}, {"csgb2312", "gb18030"},
	{"csiso58gb231280", "gb18030"}, {"isoir58", "gb18030"}, {"csbig5", "big5"},
	{"cseuckr", "euc-kr"}, {"csksc56011987", "euc-kr"}, {"isoir149", "euc-kr"},
	{"cseucpkdfmtjapanese", "euc-jp"}, {"eucjis", "euc-jp"}, {"csshiftjis", "shift_jis"},
	{"iso2022jp2", "iso-2022-jp"}, {"iso2022jpms", "iso-2022-jp"}, {"tis6202533", "tis-620"},
	{"cp037", "ibm037"}, {"037", "ibm037"}, {"ebcdiccpus", "ibm037"},
};
/* clang-format on */

struct decode {
	iconv_t cd[sizeof charsets / sizeof *charsets]; /* (iconv_t)0: none needed */
};

int decode_new(struct decode **out, struct err *e)
{
	struct decode *d = xcalloc(1, sizeof *d);
	*out = NULL;
	for (size_t i = 0; i < charsets_n; i++) {
		if (!charsets[i].iconv)
			continue;
		d->cd[i] = iconv_open("UTF-8", charsets[i].iconv);
		if (d->cd[i] == (iconv_t)-1) { // NOLINT(performance-no-int-to-ptr): POSIX spells it so
			d->cd[i] = NULL;
			err_sys(e, ERR_SYSTEM, errno, N_("this system's iconv does not know the charset %1"),
				charsets[i].name);
			decode_free(d);
			return -1;
		}
	}
	*out = d;
	return 0;
}

void decode_free(struct decode *d)
{
	if (!d)
		return;
	for (size_t i = 0; i < charsets_n; i++)
		if (d->cd[i])
			iconv_close(d->cd[i]);
	free(d);
}

const struct charset *charset_named(const char *name)
{
	for (size_t i = 0; i < charsets_n; i++)
		if (strcmp(charsets[i].name, name) == 0)
			return &charsets[i];
	return NULL;
}

/* The label without case, "-", "_", blanks and quotes, in a buffer of 40; false when longer. */
static bool plain_label(struct span label, char out[40])
{
	size_t n = 0;
	for (size_t i = 0; i < label.n; i++) {
		char c = label.p[i];
		if (strchr("-_ \t\"'", c))
			continue;
		if (n == 39)
			return false;
		out[n++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
	}
	out[n] = 0;
	return n > 0;
}

const struct charset *charset_find(struct span label)
{
	char want[40], have[40];
	if (memchr(label.p ? label.p : "", 0, label.n) || !plain_label(label, want))
		return NULL;
	for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
		if (strcmp(aliases[i][0], want) == 0)
			return charset_named(aliases[i][1]);
	for (size_t i = 0; i < charsets_n; i++)
		if (plain_label(span_of(charsets[i].name), have) && strcmp(have, want) == 0)
			return &charsets[i];
	return NULL;
}

static size_t from_utf8(struct span in, struct str *out)
{
	size_t bad = 0, at = 0, from = 0;
	while (at < in.n) {
		size_t here = at, before = bad;
		utf8_next(in, &at, &bad);
		if (bad == before)
			continue;
		str_add(out, span_cut(in, from, here));
		str_add_utf8(out, 0xFFFD);
		from = at;
	}
	str_add(out, span_cut(in, from, in.n));
	return bad;
}

static uint32_t unit(const unsigned char *p, size_t width, bool big)
{
	uint32_t v = 0;
	for (size_t i = 0; i < width; i++)
		v = v << 8 | p[big ? i : width - 1 - i];
	return v;
}

static size_t from_wide(struct span in, size_t width, bool big, struct str *out)
{
	const unsigned char *p = (const unsigned char *)in.p;
	size_t bad = in.n % width != 0, at = 0;
	while (at + width <= in.n) {
		uint32_t v = unit(p + at, width, big);
		at += width;
		if (width == 2 && v >= 0xD800 && v < 0xDC00 && at + 2 <= in.n) {
			uint32_t low = unit(p + at, 2, big);
			if (low >= 0xDC00 && low < 0xE000) {
				v = 0x10000 + ((v - 0xD800) << 10) + (low - 0xDC00);
				at += 2;
			}
		}
		bad += v > 0x10FFFF || (v >= 0xD800 && v < 0xE000);
		str_add_utf8(out, v);
	}
	if (in.n % width)
		str_add_utf8(out, 0xFFFD);
	return bad;
}

/* Signs of Big5 that glibc leaves out of BIG5-HKSCS, "／" among them: Taiwanese bylines are full of it. */
static uint32_t left_out(const char *p, size_t left)
{
	static const struct {
		unsigned char bytes[2];
		uint32_t c;
	} signs[] = {{{0xA1, 0x5A}, 0x2574}, {{0xA1, 0xC3}, 0xFFE3}, {{0xA1, 0xC5}, 0x02CD},
		{{0xA1, 0xFE}, 0xFF0F}, {{0xA2, 0x40}, 0xFF3C}, {{0xA2, 0xCC}, 0x5341},
		{{0xA2, 0xCE}, 0x5345}};
	for (size_t i = 0; left >= 2 && i < sizeof signs / sizeof *signs; i++)
		if (memcmp(p, signs[i].bytes, 2) == 0)
			return signs[i].c;
	return 0;
}

static size_t from_iconv(iconv_t cd, bool big5, struct span in, struct str *out)
{
	union {
		const char *from;
		char *to; /* iconv() does not write there, its prototype only says so */
	} u = {.from = in.p};
	size_t left = in.n, bad = 0;
	iconv(cd, NULL, NULL, NULL, NULL);
	while (left && !out->full) {
		size_t want = left + left / 2 + 16, room = want;
		char *to = str_room(out, want), *at = to;
		if (!to)
			break;
		size_t rc = iconv(cd, &u.to, &left, &at, &room);
		str_grew(out, want - room);
		if (rc != (size_t)-1 || errno == E2BIG)
			continue;
		uint32_t c = big5 ? left_out(u.from, left) : 0;
		str_add_utf8(out, c ? c : 0xFFFD);
		bad += !c;
		u.to += c ? 2 : 1;
		left -= c ? 2 : 1;
	}
	char *to = str_room(out, 16), *at = to;
	size_t room = 16;
	if (to && iconv(cd, NULL, NULL, &at, &room) !=
			  (size_t)-1) /* the letter that waited for its tone mark */
		str_grew(out, 16 - room);
	return bad;
}

size_t charset_convert(struct decode *d, const struct charset *c, struct span in, struct str *out)
{
	bool wide = strncmp(c->name, "utf-16", 6) == 0;
	switch (c->kind) {
	case CHARSET_UTF8:
		return from_utf8(in, out);
	case CHARSET_WIDE:
		return from_wide(in, wide ? 2 : 4, c->name[6] == 'b', out);
	case CHARSET_SINGLE:
	case CHARSET_MULTI:
	case CHARSET_OTHER:
		break;
	}
	return from_iconv(d->cd[c - charsets], strcmp(c->name, "big5") == 0, in, out);
}
