/* language: which language a text is in, by its script first, then by Vietnamese letters, then by small words
 * that no neighbour language has. Vietnamese without its marks is known by its syllables, too: in a
 * message its small words are those of others ("dan", "o", "la"). A guess for choosing rules and readers,
 * made on the first few thousand bytes. */
#include <string.h>

#include "text/classes.h"
#include "text/text_priv.h"

#include "base/banned.h"

enum { SAMPLE = 6000, LETTERS_MIN = 12, LETTERS_CLEAR = 600, BLOCK = 64 };
enum { WORD_BYTES = 8, WORDS_MAX = 24, WORDS_MIN = 4, WORDS_BEGIN = 40, WORDS_CLEAR = 300 };

static const struct script {
	const char *lang;
	uint32_t lo, hi;
} scripts[] = {{"th", 0xE00, 0xE7F}, {"lo", 0xE80, 0xEFF}, {"km", 0x1780, 0x17FF}, {"my", 0x1000, 0x109F},
	{"ru", 0x400, 0x52F}, {"el", 0x370, 0x3FF}, {"ar", 0x600, 0x6FF}, {"he", 0x590, 0x5FF},
	{"hi", 0x900, 0x97F}, {"ko", 0xAC00, 0xD7A3}, {"ja", 0x3041, 0x30FF}, {"zh", 0x4E00, 0x9FFF}};
enum { SCRIPTS = sizeof scripts / sizeof *scripts, KOREAN = SCRIPTS - 3, JAPANESE, CHINESE };

static const struct stop_words {
	const char *lang;
	char word[WORDS_MAX][WORD_BYTES];
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

/* The small words by their first letter, so that a word of the text is held against few of them. */
struct small_words {
	uint64_t key[LANGS * WORDS_MAX]; /* its bytes */
	uint8_t lang[LANGS * WORDS_MAX], next[LANGS * WORDS_MAX], head[26];
	uint8_t n; /* numbers count from 1 */
};

static uint64_t key_of(struct span w)
{
	uint64_t key = 0;
	for (size_t i = 0; i < w.n; i++)
		key |= (uint64_t)(uint8_t)w.p[i] << 8 * i;
	return key;
}

static void small_words_fill(struct small_words *s)
{
	for (uint8_t l = 0; l < LANGS; l++)
		for (size_t i = 0; i < WORDS_MAX && stop_words[l].word[i][0]; i++) {
			const char *w = stop_words[l].word[i];
			uint8_t *head = &s->head[w[0] - 'a'];
			s->key[s->n] = key_of((struct span){w, WORD_BYTES});
			s->lang[s->n] = l;
			s->next[s->n] = *head;
			*head = ++s->n;
		}
}

enum { PART_BYTES = 4 };

/* Is it one of the parts? */
static bool one_of(const char (*list)[PART_BYTES], size_t n, const char *p, size_t length)
{
	char part[PART_BYTES] = {0};
	if (length > PART_BYTES)
		return false;
	memcpy(part, p, length);
	for (size_t i = 0; i < n; i++)
		if (memcmp(list[i], part, PART_BYTES) == 0)
			return true;
	return false;
}

static bool vowel(char c)
{
	return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

/* Could it be a Vietnamese syllable without its marks? An opening, vowels, an ending. */
static bool syllable(struct span w)
{
	static const char openings[][PART_BYTES] = {"", "b", "c", "ch", "d", "g", "gh", "gi", "h", "k", "kh",
		"l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu", "r", "s", "t", "th", "tr", "v", "x"};
	static const char vowels[][PART_BYTES] = {"a", "ai", "ao", "au", "ay", "e", "eo", "eu", "i", "ia",
		"ie", "ieu", "iu", "o", "oa", "oai", "oay", "oe", "oi", "u", "ua", "uay", "ue", "ui", "uo",
		"uoi", "uou", "uu", "uy", "uya", "uye", "y", "ye", "yeu"};
	static const char endings[][PART_BYTES] = {"", "c", "ch", "m", "n", "ng", "nh", "p", "t"};
	size_t at = 0, from;
	while (at < w.n && !vowel(w.p[at]))
		at++;
	bool q = at && w.p[at - 1] == 'q', g = at && w.p[at - 1] == 'g';
	if (at + 1 < w.n && vowel(w.p[at + 1]) && ((q && w.p[at] == 'u') || (g && w.p[at] == 'i')))
		at++;
	for (from = at; at < w.n && vowel(w.p[at]);)
		at++;
	return one_of(openings, sizeof openings / PART_BYTES, w.p, from) &&
	       one_of(vowels, sizeof vowels / PART_BYTES, w.p + from, at - from) &&
	       one_of(endings, sizeof endings / PART_BYTES, w.p + at, w.n - at);
}

/* Is it made of nothing but such syllables? The beginning tells; other languages are seen in a few words. */
static bool of_syllables(const struct text *t)
{
	unsigned words = 0, others = 0;
	for (size_t k = 0; k < t->n_words && k < WORDS_BEGIN && others * 10 <= WORDS_BEGIN; k++) {
		struct span w = span_cut(t->folded, t->words[k].start, t->words[k].end);
		bool letters = w.p[0] >= 'a' && w.p[0] <= 'z';
		words += letters;
		others += letters && !syllable(w);
	}
	return words >= WORDS_MIN && others * 10 <= words;
}

static const char *by_words(const struct text *t)
{
	struct small_words small = {0};
	unsigned seen[LANGS] = {0}, best = 0;
	if (of_syllables(t))
		return "vi";
	small_words_fill(&small);
	for (size_t k = 0; k < t->n_words && k < WORDS_CLEAR; k++) {
		struct span w = span_cut(t->folded, t->words[k].start, t->words[k].end);
		if (w.n > WORD_BYTES || w.p[0] < 'a' || w.p[0] > 'z')
			continue;
		uint64_t key = key_of(w);
		for (unsigned i = small.head[w.p[0] - 'a']; i; i = small.next[i - 1])
			seen[small.lang[i - 1]] += small.key[i - 1] == key;
	}
	for (unsigned l = 1; l < LANGS; l++)
		if (seen[l] > seen[best])
			best = l;
	return seen[best] ? stop_words[best].lang : NULL;
}

/* How many letters were seen: of Latin scripts, and of others; and what Vietnamese alone, or it too, has. */
struct letters {
	unsigned seen[SCRIPTS], latin, other, strong, weak;
};

/* A character beyond ASCII. False: it is no letter. */
static inline bool see(struct letters *l, uint32_t c)
{
	uint32_t class = fold_entry(c);
	if (!(class & FOLD_WORD))
		return false;
	l->strong += (class & FOLD_STRONG) != 0;
	l->weak += (class & FOLD_WEAK) != 0;
	bool latin = (c >= 0xC0 && c < 0x250) || (c >= 0x1E00 && c < 0x1F00);
	l->latin += latin;
	for (unsigned k = 0; !latin && k < SCRIPTS; k++)
		if (c >= scripts[k].lo && c <= scripts[k].hi) {
			l->seen[k]++;
			l->other++;
		}
	return true;
}

/* All characters that begin in the next BLOCK bytes: nobody guesses which of them are beyond ASCII. */
static void see_block(struct letters *l, struct span s, size_t at)
{
	const uint8_t *p = (const uint8_t *)s.p + at;
	uint64_t w, heads = 0;
	unsigned small = 0;
	size_t len;
	for (size_t k = 0; k < BLOCK; k++)
		small += (uint8_t)(p[k] - 'a') < 26;
	l->latin += small;
	for (size_t k = 0; k < BLOCK; k += sizeof w) {
		memcpy(&w, p + k, sizeof w);
		w = le64toh(w);
		w = (w & w << 1) >> 7 & 0x0101010101010101u;
		heads |= (w * 0x0102040810204080u >> 56) << k;
	}
	for (; heads; heads &= heads - 1)
		see(l, decode_at(p, s.n - at, (size_t)__builtin_ctzll(heads), &len));
}

const char *text_language(const struct text *t)
{
	struct letters l = {0};
	struct span s = t->folded;
	size_t i = 0, len;
	for (; l.latin + BLOCK < LETTERS_CLEAR && i + BLOCK <= s.n && i + BLOCK <= SAMPLE; i += BLOCK)
		see_block(&l, s, i);
	while (i < s.n && (s.p[i] & 0xC0) == 0x80)
		i++;
	for (; i < s.n && i < SAMPLE; i += len) {
		uint32_t c = decode_at((const uint8_t *)s.p, s.n, i, &len);
		if (c < 0x80) {
			l.latin += c >= 'a' && c <= 'z';
			continue;
		}
		unsigned other = l.other;
		if (see(&l, c) && l.latin >= LETTERS_CLEAR && !other && l.strong * 8 >= l.latin)
			return "vi"; /* nothing that follows would change that */
	}
	if (l.latin + l.other * 3 < LETTERS_MIN)
		return NULL;
	const char *lang = l.other ? by_script(l.seen, l.latin) : NULL;
	if (lang)
		return lang;
	if (l.strong * 12 >= l.latin || (l.strong && (l.strong + l.weak) * 6 >= l.latin))
		return "vi";
	return by_words(t);
}
