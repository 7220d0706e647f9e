/* text: UTF-8 -> its one canonical form, with a map back, cut into words, sentences and paragraphs; and the
 * scan for many words at once that places and rules share. DESIGN: NFC, invisible and bidi characters
 * dropped, exotic spaces and dashes unified, case folded, Vietnamese tone marks in one place (hoà = hòa, thuỷ
 * = thủy; qu- and gi- as the spelling rules have them), runs of combining marks capped at MARKS_RUN_MAX. */
#ifndef TEXT_TEXT_H
#define TEXT_TEXT_H

#include "base/arena.h"
#include "base/report.h"

struct text_word {
	uint32_t start, end;          /* bytes in folded */
	uint32_t sentence, paragraph; /* numbers from 0 */
};

struct text_range {
	uint32_t start, end; /* bytes in folded */
};

struct text {
	struct span original; /* borrowed */
	struct span folded;   /* in the arena; white space runs are one U+0020, paragraphs end in \n */
	const uint32_t *map;  /* folded.n + 1 entries: byte offset in folded -> byte offset in original */
	const struct text_word *words;
	const uint32_t *hashes; /* by word: of its letters, the same in every text and on every machine */
	size_t n_words;
	const struct text_range *sentences;
	size_t n_sentences;
	const struct text_range *paragraphs;
	size_t n_paragraphs;
	const uint8_t *flags;            /* folded.n + 1 entries, TEXT_* bits per byte */
	const uint8_t *paragraph_marked; /* private: text_paragraph_marked() */
	const uint32_t *points;          /* private: text_code_points() */
};

enum {
	TEXT_WORD_START = 1,   /* a word may begin at this byte (UAX #29; every ideograph, kana, hangul, Thai
				  letter too) */
	TEXT_WORD_END = 2,     /* a word may have ended before this byte */
	TEXT_UPPER = 4,        /* the original character at this byte was upper case */
	TEXT_STRONG = 8,       /* private: a letter only Vietnamese writes */
	TEXT_WEAK = 16,        /* private: a Vietnamese letter that others write too */
	TEXT_POINTS_STEP = 64, /* private: bytes of the original between two entries of `points` */
};

/* Folds `utf8` (valid). Linear; no allocation per word. */
void text_fold(struct arena *a, struct span utf8, struct text *out, struct report *rep);
/* Folds a short string alone (a name, a rule's word), in the arena. *words, which may be NULL: how many words
 * it has. */
struct span text_fold_word(struct arena *a, struct span utf8, size_t *words);
/* The same with all Vietnamese marks taken off (đ -> d), for matching unmarked passages only. Works on folded
 * text. */
struct span text_unmark(struct arena *a, struct span folded);
/* Does the paragraph (number) carry Vietnamese marks? A marked article may have an unmarked passage and the
 * other way round. */
bool text_paragraph_marked(const struct text *t, uint32_t paragraph);
/* Is it Vietnamese with marks throughout, not a foreign or unmarked passage with a marked name in it? */
bool text_paragraph_vietnamese(const struct text *t, uint32_t paragraph);
/* Folded byte offset -> code points in the original field. */
uint32_t text_code_points(const struct text *t, uint32_t folded_offset);
/* Number of the first word that begins at this code point of the original field or behind it. */
size_t text_word_from_code_point(const struct text *t, uint32_t code_point);
uint32_t text_sentence_at(const struct text *t, uint32_t folded_offset);
uint32_t text_paragraph_at(const struct text *t, uint32_t folded_offset);
size_t text_word_at(
	const struct text *t, uint32_t folded_offset); /* number of the word at or after the offset */
/* "vi", "en", "zh", "ko", "ja", "th", "km", "lo", "ru", … or NULL when too short to tell. Static. */
const char *text_language(const struct text *t);

/* lexicon: many folded words and phrases -> all their whole-word occurrences in one pass. */
struct lexicon;
struct lexicon *lexicon_new(void);
void lexicon_add(struct lexicon *x, struct span folded,
	uint32_t id); /* several ids per word allowed; before lexicon_seal() */
void lexicon_add_text(struct lexicon *x, const struct text *folded, uint32_t id); /* the same, cut already */
void lexicon_over_lines(struct lexicon *x); /* its words may be broken by the end of a line */
void lexicon_seal(struct lexicon *x);
void lexicon_free(struct lexicon *x);

struct lexicon_hit {
	uint32_t start, end; /* bytes in folded */
	uint32_t id;
	uint32_t word; /* number of its first word */
};

/* Calls hit() for every occurrence whose start and end are word limits, by rising start, longer first. */
void lexicon_scan(const struct lexicon *x, const struct text *t,
	void (*hit)(const struct lexicon_hit *h, void *ctx), void *ctx);
/* The same, of those that begin with one of the words [from, to). */
void lexicon_scan_words(const struct lexicon *x, const struct text *t, size_t from, size_t to,
	void (*hit)(const struct lexicon_hit *h, void *ctx), void *ctx);
/* Calls phrase() for every word and phrase it holds, in the order they were added. */
void lexicon_each(
	const struct lexicon *x, void (*phrase)(struct span folded, uint32_t id, void *ctx), void *ctx);

#endif
