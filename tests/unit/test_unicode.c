/* test_unicode: Unicode's own test files against text/, where Debian's unicode-data package has them (15.0.0
 * on Debian 12; the version is printed). Most lines must come out as Unicode has them. Where text/ differs by
 * design, the difference must be of one of the classes below, each recognised by its characters and not by
 * its line; what belongs to none fails. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <utf8proc.h>

#include "base/str.h"
#include "base/utf8.h"
#include "text/classes.h"
#include "text/text.h"

#include "base/banned.h"

#define FOLDER "/usr/share/unicode/"

enum { POINTS_MAX = 96, LINE_MAX_BYTES = 4096 };

/* One line of a break test: code points, and whether a break stands before each, and behind the last. */
struct sample {
	uint32_t c[POINTS_MAX];
	bool broken[POINTS_MAX + 1];
	size_t n, at[POINTS_MAX + 1]; /* byte offsets */
	struct str utf8;
	struct arena arena;
	struct text text;
};

static FILE *open_data(const char *path, bool packed)
{
	char command[256];
	if (access(path, R_OK) != 0)
		return NULL;
	snprintf(command, sizeof command, packed ? "bzip2 -dc %s" : "cat %s", path);
	return popen(command, "r");
}

static void put_point(struct str *s, uint32_t c)
{
	uint8_t bytes[4];
	utf8proc_ssize_t n = utf8proc_encode_char((utf8proc_int32_t)c, bytes);
	str_add(s, (struct span){(char *)bytes, (size_t)n});
}

static uint32_t hex(struct span s)
{
	uint32_t c = 0;
	for (size_t i = 0; i < s.n; i++)
		c = c * 16 + (uint32_t)(s.p[i] <= '9' ? s.p[i] - '0' : (s.p[i] | 32) - 'a' + 10);
	return c;
}

/* False: no sample in this line. */
static bool sample_read(struct sample *x, struct span line)
{
	struct span word;
	struct arena keep = x->arena;
	struct str s = x->utf8;
	*x = (struct sample){.arena = keep, .utf8 = s};
	str_clear(&x->utf8);
	arena_clear(&x->arena);
	size_t comment = span_find_byte(line, '#', 0);
	line = span_trim(span_cut(line, 0, comment == SIZE_MAX ? line.n : comment));
	while (line.n && span_next(&line, ' ', &word)) {
		if (span_is(word, "÷") || span_is(word, "×")) {
			x->broken[x->n] = span_is(word, "÷");
		} else if (x->n < POINTS_MAX) {
			x->at[x->n] = x->utf8.n;
			x->c[x->n] = hex(word);
			put_point(&x->utf8, x->c[x->n++]);
		}
	}
	x->at[x->n] = x->utf8.n;
	if (x->n)
		text_fold(&x->arena, str_span(&x->utf8), &x->text, NULL);
	return x->n > 0;
}

static void sample_print(const struct sample *x, size_t at, const char *what)
{
	print_error("%s before number %zu of", what, at);
	for (size_t i = 0; i < x->n; i++)
		print_error(" %04X", (unsigned)x->c[i]);
	print_error("\n");
}

static bool is(uint32_t c, uint32_t class)
{
	return (fold_entry(c) & class) != 0;
}

/* The word of ours that a code point went into; SIZE_MAX: none. */
static size_t word_of(const struct sample *x, size_t point)
{
	for (size_t k = 0; k < x->text.n_words; k++) {
		const struct text_word *w = &x->text.words[k];
		if (x->at[point] >= x->text.map[w->start] && x->at[point] < x->text.map[w->end])
			return k;
	}
	return SIZE_MAX;
}

static bool unspaced(uint32_t c)
{
	return is(c, FOLD_ALONE);
}

/* ---- words: between any two letters, digits or marks, with only dropped characters between them */

enum word_class {
	WORD_SAME,  /* as Unicode has it */
	WORD_ALONE, /* every letter of a script without spaces may begin a word, kana and Hangul too */
	WORD_MARK,  /* a mark behind a space or punctuation belongs to no word */
	WORD_CLASSES
};

static enum word_class word_class(const struct sample *x, size_t i, size_t k, bool broken)
{
	bool ours = word_of(x, i) != word_of(x, k);
	if (ours == broken)
		return WORD_SAME;
	if (ours && (unspaced(x->c[i]) || unspaced(x->c[k])))
		return WORD_ALONE;
	if (ours && (word_of(x, i) == SIZE_MAX || word_of(x, k) == SIZE_MAX) &&
		(is(x->c[i], FOLD_EXTEND) || is(x->c[k], FOLD_EXTEND)))
		return WORD_MARK;
	return WORD_CLASSES;
}

/* Reads the samples of a file, each given to look(), and ends the test: every class must have been met, the
 * one behind the last never. */
static void walk(const char *path, void (*look)(const struct sample *x, size_t *seen), const char *what,
	const char *const *names, size_t classes, size_t lines_min)
{
	size_t seen[16] = {0}, lines = 0;
	struct sample x = {0};
	char line[LINE_MAX_BYTES];
	FILE *f = open_data(path, false);
	if (!f)
		skip();
	for (bool first = true; fgets(line, sizeof line, f); first = false) {
		if (first)
			print_message("%s", line);
		if (sample_read(&x, span_of(line))) {
			look(&x, seen);
			lines++;
		}
	}
	pclose(f);
	for (size_t c = 0; c < classes; c++)
		print_message("# %s, %s: %zu\n", what, names[c], seen[c]);
	assert_int_equal(seen[classes], 0);
	for (size_t c = 0; c < classes; c++)
		assert_true(seen[c] > 0);
	assert_true(lines >= lines_min);
	str_release(&x.utf8);
	arena_release(&x.arena);
}

/* The next code point behind i that is of one of the classes, or of none when `class` is 0 and not dropped;
 * whether Unicode breaks before it. x->n: none. */
static size_t next_of(const struct sample *x, size_t i, uint32_t class, bool *broken)
{
	*broken = false;
	while (++i < x->n) {
		*broken |= x->broken[i];
		if (class ? is(x->c[i], class) : !is(x->c[i], FOLD_DROP))
			break;
	}
	return i;
}

static void look_at_words(const struct sample *x, size_t *seen)
{
	bool broken;
	for (size_t i = 0, k; i + 1 < x->n; i = k) {
		k = next_of(x, i, 0, &broken);
		if (k == x->n || !is(x->c[i], FOLD_WORD) || !is(x->c[k], FOLD_WORD))
			continue;
		enum word_class c = word_class(x, i, k, broken);
		seen[c]++;
		if (c == WORD_CLASSES)
			sample_print(x, k, "words differ");
	}
}

static void words_break_as_unicode_has_them(void **state)
{
	(void)state;
	static const char *const names[] = {
		"as Unicode has it", "script without spaces", "mark without a letter"};
	walk(FOLDER "auxiliary/WordBreakTest.txt", look_at_words, "words", names, WORD_CLASSES, 1800);
}

/* ---- graphemes: no word begins or ends within one */

enum grapheme_class {
	GRAPHEME_SAME,
	GRAPHEME_ALONE, /* letters of a script without spaces that Unicode takes together: Hangul jamo, Thai
			   am */
	GRAPHEME_SIGN,  /* a sign that is no letter: Arabic number signs before digits, skin tones behind a
			   letter */
	GRAPHEME_CLASSES
};

static void look_at_graphemes(const struct sample *x, size_t *seen)
{
	bool broken;
	for (size_t i = 0, k; i + 1 < x->n; i = k) {
		k = next_of(x, i, 0, &broken);
		if (k == x->n || broken || is(x->c[i], FOLD_DROP))
			continue;
		size_t before = word_of(x, i), behind = word_of(x, k);
		enum grapheme_class c = before == behind                         ? GRAPHEME_SAME
					: unspaced(x->c[i]) && unspaced(x->c[k]) ? GRAPHEME_ALONE
					: !is(x->c[i], FOLD_WORD) || !is(x->c[k], FOLD_WORD)
						? GRAPHEME_SIGN
						: GRAPHEME_CLASSES;
		seen[c]++;
		if (c == GRAPHEME_CLASSES)
			sample_print(x, k, "a grapheme is divided");
	}
}

static void graphemes_stay_whole(void **state)
{
	(void)state;
	static const char *const names[] = {"whole", "script without spaces", "sign beside a letter"};
	walk(FOLDER "auxiliary/GraphemeBreakTest.txt", look_at_graphemes, "graphemes", names,
		GRAPHEME_CLASSES, 600);
}

/* ---- sentences: between any two letters or digits */

enum sentence_class {
	SENTENCE_SAME,
	SENTENCE_INITIAL, /* a full stop behind one letter or an abbreviation ends none */
	SENTENCE_TIGHT,   /* nor does one without space behind it */
	SENTENCE_CLASSES
};

static uint32_t sentence_of(const struct sample *x, size_t point)
{
	size_t w = word_of(x, point);
	return w == SIZE_MAX ? UINT32_MAX : x->text.words[w].sentence;
}

static enum sentence_class sentence_class(const struct sample *x, size_t i, size_t k, bool broken)
{
	bool ours = sentence_of(x, i) != sentence_of(x, k), space = false, point = false;
	if (ours == broken)
		return SENTENCE_SAME;
	for (size_t j = i + 1; j < k; j++) {
		space |= is(x->c[j], FOLD_SPACE);
		point |= x->c[j] == '.' || x->c[j] == 0x2024 || x->c[j] == 0xFF0E;
	}
	if (ours)
		return SENTENCE_CLASSES;
	if (point && !space)
		return SENTENCE_TIGHT;
	return point ? SENTENCE_INITIAL : SENTENCE_CLASSES;
}

static void look_at_sentences(const struct sample *x, size_t *seen)
{
	bool broken;
	for (size_t i = 0, k; i + 1 < x->n; i = k) {
		k = next_of(x, i, FOLD_WORD, &broken);
		if (k == x->n || !is(x->c[i], FOLD_WORD) || is(x->c[i], FOLD_EXTEND) ||
			is(x->c[k], FOLD_EXTEND))
			continue;
		enum sentence_class c = sentence_class(x, i, k, broken);
		seen[c]++;
		if (c == SENTENCE_CLASSES)
			sample_print(x, k, "sentences differ");
	}
}

static void sentences_break_as_unicode_has_them(void **state)
{
	(void)state;
	static const char *const names[] = {
		"as Unicode has it", "initial or abbreviation", "no space behind the stop"};
	walk(FOLDER "auxiliary/SentenceBreakTest.txt", look_at_sentences, "sentences", names,
		SENTENCE_CLASSES, 500);
}

/* ---- normal forms: c2 = NFC(c1) = NFC(c3), c4 = NFC(c5), and the bytes of utf8proc's NFC with case folding
 */

enum form_class {
	FORM_SAME,
	FORM_UNIFIED, /* a space, dash, quotation mark or full-width form of which there is one here */
	FORM_DROPPED, /* an invisible character */
	FORM_CLASSES
};

static void read_column(struct span column, struct str *out)
{
	struct span word;
	str_clear(out);
	while (column.n && span_next(&column, ' ', &word))
		put_point(out, hex(word));
}

/* Why the canonical form differs from what utf8proc makes of the same text. */
static enum form_class form_class(struct span text, struct span ours)
{
	enum form_class why = FORM_CLASSES;
	utf8proc_uint8_t *u = NULL, *nfc = NULL; /* first, for the iota below folds to a letter */
	utf8proc_ssize_t n = utf8proc_map(
		(const uint8_t *)text.p, (utf8proc_ssize_t)text.n, &nfc, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	n = utf8proc_map(nfc, n, &u, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
	free(nfc);
	struct span theirs = {(char *)u, n < 0 ? 0 : (size_t)n};
	if (span_eq(theirs, ours))
		why = FORM_SAME;
	for (size_t at = 0; why == FORM_CLASSES && at < theirs.n;) {
		uint32_t c = utf8_next(theirs, &at, NULL), class = fold_entry(c);
		if (class & FOLD_DROP)
			why = FORM_DROPPED;
		else if (class & FOLD_SPACE || (c >= 0xFF01 && c <= 0xFF5E) ||
			 (!(class & FOLD_WORD) && fold_target(c, class) != c))
			why = FORM_UNIFIED;
	}
	free(u);
	return why;
}

static void look_at_forms(struct arena *a, struct span line, size_t *seen)
{
	struct str column = {0};
	struct span part, folded[5] = {0}, whole = line;
	for (int k = 0; k < 5 && span_next(&line, ';', &part); k++) {
		read_column(part, &column);
		folded[k] = text_fold_word(a, str_span(&column), NULL);
		enum form_class c = form_class(str_span(&column), folded[k]);
		seen[c]++;
		if (c == FORM_CLASSES)
			print_error("column %d of %.*s: %.*s\n", k + 1, (int)part.n, part.p, (int)folded[k].n,
				folded[k].p);
	}
	bool same = span_eq(folded[0], folded[1]) && span_eq(folded[1], folded[2]) &&
		    span_eq(folded[3], folded[4]);
	if (!same)
		print_error("columns differ: %.*s\n", (int)whole.n, whole.p);
	assert_true(same);
	str_release(&column);
}

static void normal_forms_are_unicodes(void **state)
{
	(void)state;
	static const char *const names[] = {
		"as utf8proc has it", "one form of spaces and punctuation", "invisible"};
	size_t seen[FORM_CLASSES + 1] = {0}, lines = 0;
	struct arena a = {0};
	char line[LINE_MAX_BYTES];
	FILE *f = open_data(FOLDER "NormalizationTest.txt.bz2", true);
	if (!f)
		skip();
	while (fgets(line, sizeof line, f)) {
		if (!lines && strstr(line, "NormalizationTest-"))
			print_message("%s# utf8proc's Unicode: %s\n", line, utf8proc_unicode_version());
		if (line[0] == '#' || line[0] == '@')
			continue;
		look_at_forms(&a, span_of(line), seen);
		arena_clear(&a);
		lines++;
	}
	pclose(f);
	for (size_t c = 0; c < FORM_CLASSES; c++)
		print_message("# normal forms, %s: %zu\n", names[c], seen[c]);
	assert_int_equal(seen[FORM_CLASSES], 0);
	assert_true(lines > 18000);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(normal_forms_are_unicodes),
		cmocka_unit_test(words_break_as_unicode_has_them), cmocka_unit_test(graphemes_stay_whole),
		cmocka_unit_test(sentences_break_as_unicode_has_them)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
