/* guess: which charset bytes may be in that are not UTF-8 and carry no label (or a false one). No letter
 * frequencies of languages: the scripts show in the shape of the bytes. In East Asian charsets every byte
 * above 0x7F has its partner, which chance does not do to single letters; Cyrillic, Hebrew and Thai are
 * nearly all above 0x7F and differ in which rows they use; legacy Vietnamese has many such letters, a tone
 * byte behind its vowel (windows-1258) or its own byte for the đ at the start of a word. windows-1252
 * remains. */
#include "decode/decode_priv.h"

#include <string.h>

#include "base/banned.h"

enum {
	SAMPLE = 65536,
	FEW = 8, /* bytes above 0x7F below which nothing can be told */
};

struct shape {
	size_t letters, high;     /* ASCII letters outside tags; bytes above 0x7F */
	size_t joined;            /* of them behind another one: words of a script that is not Latin */
	size_t row[16];           /* those bytes by their upper half */
	size_t top;               /* FB to FF */
	size_t tones, tones_lost; /* 1258's tone bytes behind a vowel, and elsewhere */
	size_t d_tcvn, d_viscii;  /* AE and F0 at the start of a word */
	size_t thai, no_thai;     /* Thai vowels and tone marks; bytes that are nothing in Thai */
};

static bool letter(unsigned char c)
{
	return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool vowel(unsigned char c)
{
	return c && strchr("aeiouyAEIOUY\xE2\xE3\xEA\xF4\xF5\xFD\xC2\xC3\xCA\xD4\xD5\xDD", c);
}

static void look(struct span s, struct shape *x)
{
	bool tag = false;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i], before = i ? (unsigned char)s.p[i - 1] : ' ';
		unsigned char after = i + 1 < s.n ? (unsigned char)s.p[i + 1] : ' ';
		tag = c == '<' || (tag && c != '>');
		x->letters += letter(c) && !tag;
		if (c < 0x80)
			continue;
		bool starts = !letter(before) && before < 0x80 && (letter(after) || after >= 0x80);
		x->high++;
		x->joined += before >= 0x80;
		x->row[c >> 4]++;
		x->top += c >= 0xFB;
		x->thai += (c >= 0xD0 && c <= 0xDA) || (c >= 0xE0 && c <= 0xE9);
		x->no_thai += c < 0xA1 || (c >= 0xDB && c <= 0xDE) || c >= 0xFC;
		x->d_tcvn += starts && c == 0xAE;
		x->d_viscii += starts && c == 0xF0;
		if (strchr("\xCC\xD2\xDE\xEC\xF2", c))
			*(vowel(before) ? &x->tones : &x->tones_lost) += 1;
	}
}

/* ---- two bytes a character ---- */

struct pairs {
	size_t n, lost;          /* pairs; bytes without a partner */
	size_t low_trail;        /* of them with a second byte below 0x80 */
	size_t kana, hangul_row; /* A4 and A5; B0 to C8 */
	size_t first_row;        /* B0 to D7: the common characters of GB 2312 */
	size_t big5_row;         /* A4 to C6: those of Big5 */
	size_t beyond;           /* what GB 2312 has no place for, and its successors have */
};

static void pair_up(struct span s, struct pairs *x)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i], t = i + 1 < s.n ? (unsigned char)s.p[i + 1] : 0;
		if (c < 0x80)
			continue;
		if (c < 0xA1 || c == 0xFF || !(t >= 0xA1 || (t >= 0x40 && t < 0x7F))) {
			x->lost++;
			continue;
		}
		i++;
		x->n++;
		x->low_trail += t < 0x80;
		x->kana += c == 0xA4 || c == 0xA5;
		x->hangul_row += c >= 0xB0 && c <= 0xC8;
		x->first_row += c >= 0xB0 && c <= 0xD7;
		x->big5_row += c >= 0xA4 && c <= 0xC6;
		x->beyond += c > 0xF7 || t < 0xA1;
	}
}

static const char *by_pairs(struct span s)
{
	struct pairs x = {0};
	pair_up(s, &x);
	if (x.n < FEW / 2 || x.lost * 20 > x.n)
		return NULL;
	if (x.low_trail * 10 >
		x.n) /* Latin letters behind accented ones do that too, but are not of these rows */
		return x.low_trail * 10 < x.n * 8 && x.big5_row * 10 > x.n * 6 ? "big5" : NULL;
	if (x.kana * 5 > x.n)
		return "euc-jp";
	if (x.hangul_row * 10 > x.n * 9)
		return "euc-kr";
	if (x.first_row * 10 <= x.n * 6)
		return NULL;
	return x.beyond || x.lost ? "gb18030" : "gb2312";
}

/* Shift_JIS: kana are 82 9F..F1 and 83 40..96, and there is no Japanese text without them. */
static bool is_shift_jis(struct span s)
{
	size_t n = 0, kana = 0, lost = 0;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i], t = i + 1 < s.n ? (unsigned char)s.p[i + 1] : 0;
		if (c < 0x80 || (c >= 0xA1 && c <= 0xDF))
			continue;
		if (c == 0x80 || c == 0xA0 || c > 0xFC || t < 0x40 || t == 0x7F || t > 0xFC) {
			lost++;
			continue;
		}
		i++;
		n++;
		kana += (c == 0x82 && t >= 0x9F) || (c == 0x83 && t <= 0x96);
	}
	return n >= FEW / 2 && kana * 4 > n && lost * 20 < n;
}

/* ---- one byte a letter ---- */

static bool is_thai(const struct shape *x)
{
	size_t consonants = x->row[0xA] + x->row[0xB] + x->row[0xC];
	return x->joined * 2 > x->high && consonants * 3 > x->high && x->thai * 3 > x->high &&
	       x->no_thai * 100 < x->high;
}

/* Nearly all letters above 0x7F: which script. */
static const char *by_rows(const struct shape *x)
{
	size_t c = x->row[0xC] + x->row[0xD], e = x->row[0xE] + x->row[0xF];
	if (x->joined * 2 < x->high || x->row[8] + x->row[9] > x->high / 10)
		return NULL;
	if (c * 10 > x->high * 7)
		return "koi8-r"; /* its small letters */
	if (e * 10 > x->high * 7)
		return x->top || c * 50 > x->high
			       ? "windows-1251"
			       : "windows-1255"; /* Hebrew has nothing at the top, no capitals */
	return NULL;
}

static const char *vietnamese(const struct shape *x)
{
	if (x->tones >= 3 && x->tones > x->tones_lost * 4)
		return "windows-1258";
	if (x->high * 8 < x->letters ||
		x->joined * 2 > x->high) /* about every fourth letter of Vietnamese has a mark */
		return NULL;
	if (x->d_tcvn >= 2 && x->d_tcvn > x->d_viscii * 4)
		return "tcvn5712-1";
	return x->d_viscii >= 2 && x->d_viscii > x->d_tcvn * 4 ? "viscii" : NULL;
}

const struct charset *charset_behind_latin(struct span s)
{
	struct shape x = {0};
	s = span_cut(s, 0, SAMPLE);
	bool font = span_find_ci(s, ".vntime", 0) != SIZE_MAX || span_find_ci(s, ".vnarial", 0) != SIZE_MAX;
	look(s, &x);
	const char *name = font && x.d_tcvn >= 2 && x.d_tcvn > x.d_viscii * 4 ? "tcvn5712-1" : vietnamese(&x);
	return name && strcmp(name, "windows-1258") != 0 ? charset_named(name) : NULL;
}

const struct charset *charset_guess(struct span s)
{
	struct shape x = {0};
	const char *name = NULL;
	s = span_cut(s, 0, SAMPLE);
	look(s, &x);
	if (x.high >= FEW)
		name = is_thai(&x) ? "tis-620" : is_shift_jis(s) ? "shift_jis" : by_pairs(s);
	if (!name)
		name = vietnamese(&x);
	if (!name && x.high >= FEW)
		name = by_rows(&x);
	return charset_named(name ? name : "windows-1252");
}
