/* language: which language a text is in, by its script first, then by Vietnamese letters, then by small words
 * that no neighbour language has. A guess for choosing rules and readers, made on the first few thousand
 * bytes. */
#include <string.h>

#include "text/classes.h"
#include "text/text_priv.h"

#include "base/banned.h"

enum { SAMPLE = 6000, LETTERS_MIN = 12, WORDS_MAX = 24 };

static const struct script {
	const char *lang;
	uint32_t lo, hi;
} scripts[] = {{"th", 0xE00, 0xE7F}, {"lo", 0xE80, 0xEFF}, {"km", 0x1780, 0x17FF}, {"my", 0x1000, 0x109F},
	{"ru", 0x400, 0x52F}, {"el", 0x370, 0x3FF}, {"ar", 0x600, 0x6FF}, {"he", 0x590, 0x5FF},
	{"hi", 0x900, 0x97F}, {"ko", 0xAC00, 0xD7A3}, {"ja", 0x3041, 0x30FF}, {"zh", 0x4E00, 0x9FFF}};
enum { SCRIPTS = sizeof scripts / sizeof *scripts, KOREAN = SCRIPTS - 3, JAPANESE, CHINESE };

static const struct stop_words {
	const char *lang;
	const char *const word[WORDS_MAX];
} stop_words[] = {
	{"en", {"the", "of", "and", "to", "in", "is", "was", "for", "that", "with", "has", "have", "from",
		       "are", "were", "said", "by", "on"}},
	{"vi", {"cua", "va", "khong", "nguoi", "duoc", "nhung", "cac", "trong", "voi", "cho", "tai", "nay",
		       "da", "mot", "theo", "tin", "xa", "dang", "sau", "khi", "tinh", "ngay", "nam"}},
	{"fr", {"le", "les", "des", "et", "dans", "est", "une", "du", "pour", "que", "qui", "sur", "au",
		       "aux", "avec", "par", "en", "la"}},
	{"de", {"der", "die", "und", "das", "ist", "von", "den", "mit", "nicht", "auf", "ein", "eine", "dem",
		       "wurde", "im", "zu", "des"}},
	{"es", {"el", "los", "las", "del", "que", "una", "por", "con", "para", "se", "su", "fue", "al",
		       "como", "en", "la", "y"}},
	{"id", {"yang", "dan", "di", "dari", "untuk", "dengan", "ini", "itu", "pada", "tidak", "akan",
		       "dalam", "kota", "telah"}},
	{"pt", {"o", "os", "as", "que", "em", "uma", "um", "para", "com", "foi", "da", "do", "dos", "das",
		       "e", "no", "na"}},
	{"it", {"il", "di", "che", "della", "per", "una", "con", "gli", "del", "nel", "sono", "alla", "ha",
		       "le", "la"}},
};
enum { LANGS = sizeof stop_words / sizeof *stop_words };

static const char *by_script(const unsigned *seen, unsigned latin)
{
	unsigned best = 0;
	if (seen[JAPANESE] * 10 > seen[CHINESE]) { /* kana among ideographs */
		if (seen[JAPANESE] + seen[CHINESE] > latin / 2 &&
			seen[JAPANESE] + seen[CHINESE] > seen[KOREAN])
			return "ja";
	}
	for (unsigned i = 1; i < SCRIPTS; i++)
		if (seen[i] > seen[best])
			best = i;
	return seen[best] > latin / 2 ? scripts[best].lang
				      : NULL; /* a foreign letter says more than a Latin one */
}

static const char *by_words(const struct text *t)
{
	unsigned seen[LANGS] = {0}, best = 0;
	for (size_t k = 0; k < t->n_words && t->words[k].end <= SAMPLE; k++) {
		struct span w = span_cut(t->folded, t->words[k].start, t->words[k].end);
		for (unsigned l = 0; l < LANGS; l++)
			for (unsigned i = 0; i < WORDS_MAX && stop_words[l].word[i]; i++)
				seen[l] += span_is(w, stop_words[l].word[i]);
	}
	for (unsigned l = 1; l < LANGS; l++)
		if (seen[l] > seen[best])
			best = l;
	return seen[best] ? stop_words[best].lang : NULL;
}

const char *text_language(const struct text *t)
{
	unsigned seen[SCRIPTS] = {0}, latin = 0, other = 0, strong = 0, weak = 0;
	size_t len;
	for (size_t i = 0; i < t->folded.n && i < SAMPLE; i += len) {
		uint32_t c = decode_at((const uint8_t *)t->folded.p, t->folded.n, i, &len),
			 class = fold_entry(c);
		if (!(class & FOLD_WORD))
			continue;
		strong += (class & FOLD_STRONG) != 0;
		weak += (class & FOLD_WEAK) != 0;
		latin += (c >= 'a' && c <= 'z') || (c >= 0xC0 && c < 0x250) || (c >= 0x1E00 && c < 0x1F00);
		for (unsigned k = 0; c >= 0x370 && k < SCRIPTS; k++)
			if (c >= scripts[k].lo && c <= scripts[k].hi) {
				seen[k]++;
				other++;
			}
	}
	if (latin + other * 3 < LETTERS_MIN)
		return NULL;
	const char *lang = other ? by_script(seen, latin) : NULL;
	if (lang)
		return lang;
	if (strong * 12 >= latin || (strong && (strong + weak) * 6 >= latin))
		return "vi";
	return by_words(t);
}
