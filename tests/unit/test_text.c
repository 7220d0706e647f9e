/* test_text: folding, cutting, the lexicon. The tables of expected forms are in tests/golden/text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/str.h"
#include "base/utf8.h"
#include "text/text.h"

static struct arena arena;

static int clear(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static struct text fold(const char *s)
{
	struct text t;
	text_fold(&arena, span_of(s), &t, NULL);
	return t;
}

static char *unescape(struct span s)
{
	struct str out = {0};
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] == 'n') {
			str_addc(&out, '\n');
			i++;
		} else if (s.p[i] == '\\' && i + 1 < s.n && (s.p[i + 1] == 'r' || s.p[i + 1] == 't')) {
			str_addc(&out, s.p[++i] == 'r' ? '\r' : '\t');
		} else if (s.p[i] == '\\' && i + 5 < s.n && s.p[i + 1] == 'u') {
			char hex[5] = {s.p[i + 2], s.p[i + 3], s.p[i + 4], s.p[i + 5], 0};
			str_add_utf8(&out, (uint32_t)strtoull(hex, NULL, 16));
			i += 5;
		} else {
			str_addc(&out, s.p[i]);
		}
	}
	char *p = arena_dup(&arena, str_span(&out));
	str_release(&out);
	return p;
}

/* A text folded from bytes that may hold NUL. */
static struct text fold_escaped(struct span in)
{
	struct text t;
	struct str raw = {0};
	str_adds(&raw, unescape(in));
	size_t nul = span_find(in, SPAN("\\u0000"), 0);
	if (nul != SIZE_MAX) {
		str_clear(&raw);
		str_add(&raw, span_cut(in, 0, nul));
		str_addc(&raw, '\0');
		str_add(&raw, span_cut(in, nul + 6, in.n));
	}
	struct span kept = arena_span(&arena, str_span(&raw));
	str_release(&raw);
	text_fold(&arena, kept, &t, NULL);
	return t;
}

static void golden(const char *name, void (*show)(const struct text *t, struct str *out))
{
	char path[512];
	struct span rest, line, in;
	struct err e = {0};
	snprintf(path, sizeof path, "%s/tests/golden/text/%s", getenv("SOATIN_TEST_SRC"), name);
	assert_int_equal(file_read(&arena, path, CONF_FILE_MAX, &rest, &e), 0);
	int lines = 0, bad = 0;
	while (span_next(&rest, '\n', &line)) {
		if (line.n == 0 || line.p[0] == '#')
			continue;
		struct str got = {0};
		span_next(&line, '\t', &in);
		struct text t = fold_escaped(in);
		show(&t, &got);
		char *want = unescape(line);
		if (!span_is(str_span(&got), want)) {
			print_error("%s: %.*s\n want %s\n got  %.*s\n", name, (int)in.n, in.p, want,
				(int)got.n, got.p);
			bad++;
		}
		str_release(&got);
		lines++;
	}
	assert_true(lines > 5);
	assert_int_equal(bad, 0);
}

static void show_folded(const struct text *t, struct str *out)
{
	str_add(out, t->folded);
}

static void show_sentences(const struct text *t, struct str *out)
{
	for (size_t i = 0; i < t->n_sentences; i++) {
		if (i)
			str_addc(out, '|');
		str_add(out, span_cut(t->folded, t->sentences[i].start, t->sentences[i].end));
	}
}

static void show_words(const struct text *t, struct str *out)
{
	for (size_t i = 0; i < t->n_words; i++) {
		if (i)
			str_addc(out, '|');
		str_add(out, span_cut(t->folded, t->words[i].start, t->words[i].end));
	}
}

static void folds_to_one_form(void **state)
{
	(void)state;
	golden("fold.tsv", show_folded);
}

static void cuts_sentences(void **state)
{
	(void)state;
	golden("sentences.tsv", show_sentences);
}

static void cuts_words(void **state)
{
	(void)state;
	golden("words.tsv", show_words);
}

static void maps_back_to_the_original(void **state)
{
	(void)state;
	struct text t = fold("\u201CHoa\u0300 Bình\u201D  vo\u031B\u0303\u200B ?");
	assert_true(span_is(t.folded, "\"hòa bình\" vỡ ?"));
	size_t at = span_find(t.folded, SPAN("vỡ"), 0);
	uint32_t from = t.map[at], to = t.map[at + strlen("vỡ")];
	assert_true(span_eq(span_cut(t.original, from, to), SPAN("vo\u031B\u0303\u200B")));
	at = span_find(t.folded, SPAN("òa"), 0);
	assert_int_equal(t.map[at + 2], 3 + 2); /* the a, whose mark moved to the o */
	assert_int_equal(text_code_points(&t, 1), 1);
	assert_int_equal(text_code_points(&t, (uint32_t)t.folded.n), utf8_count(t.original));
	for (size_t i = 0; i < t.folded.n; i++)
		assert_true(t.map[i] <= t.map[i + 1] && t.map[i + 1] <= t.original.n);
}

static void counts_code_points_anywhere(void **state)
{
	(void)state;
	struct str s = {0};
	for (int i = 0; i < 500; i++)
		str_adds(&s, "Hà 内 a ");
	struct text t;
	text_fold(&arena, str_span(&s), &t, NULL);
	for (uint32_t i = 0; i <= t.folded.n; i += 7)
		assert_int_equal(text_code_points(&t, i), utf8_count(span_cut(t.original, 0, t.map[i])));
	str_release(&s);
}

static void flags_tell_limits_and_case(void **state)
{
	(void)state;
	const int seen = TEXT_WORD_START | TEXT_WORD_END | TEXT_UPPER;
	struct text t = fold("Đà Nẵng, 河内");
	assert_int_equal(t.flags[0] & seen, TEXT_WORD_START | TEXT_UPPER);
	assert_int_equal(t.flags[strlen("đ")] & seen, 0);
	assert_int_equal(t.flags[strlen("đà")] & seen, TEXT_WORD_END);
	assert_int_equal(t.flags[strlen("đà ")] & seen, TEXT_WORD_START | TEXT_UPPER);
	assert_int_equal(t.flags[strlen("đà nẵng, 河")] & seen, TEXT_WORD_START | TEXT_WORD_END);
	assert_int_equal(t.flags[t.folded.n], TEXT_WORD_END);
}

/* The machine for ordinary text and the careful way must agree: an invisible character behind the first
 * letter sends a word the careful way to its end. */
static void both_ways_agree(void **state)
{
	(void)state;
	static const char *const pieces[] = {"o", "a", "e", "u", "y", "i", "q", "g", "h", "n", "ò", "Ỏ", "ã",
		"ạ", "È", "ủ", "ũ", "ý", "Ỵ", "ì", "ĩ", "Ự", "ớ", "Đ", "x", "2", "1.2", ",", ".", "-", " ",
		"Я", "é", "ß", "Ð", "”"};
	const size_t n = sizeof pieces / sizeof *pieces;
	uint32_t seed = 11;
	for (int round = 0; round < 60000; round++) {
		struct str plain = {0}, careful = {0};
		struct arena own = {0};
		struct text a, b;
		bool both_runs = round % 32 == 0;
		for (int i = 0, length = both_runs ? 120 : 1 + round % 7; i < length; i++) {
			seed = seed * 1664525 + 1013904223;
			str_adds(&plain, pieces[(seed >> 16) % n]);
			str_adds(&careful, pieces[(seed >> 16) % n]);
			str_adds(&careful, "\u200B");
		}
		text_fold(&own, str_span(&plain), &a, NULL);
		text_fold(&own, str_span(&careful), &b, NULL);
		if (!span_eq(a.folded, b.folded))
			print_error("%s: %s, carefully %s\n", plain.p, a.folded.p, b.folded.p);
		assert_true(span_eq(a.folded, b.folded) && a.n_words == b.n_words);
		assert_memory_equal(a.flags, b.flags, a.folded.n + 1);
		for (size_t k = 0; k < a.n_words; k++)
			assert_true(a.words[k].start == b.words[k].start && a.words[k].end == b.words[k].end);
		text_fold(&own, a.folded, &b, NULL);
		assert_true(both_runs || span_eq(a.folded, b.folded));
		str_release(&plain);
		str_release(&careful);
		arena_release(&own);
	}
}

static void positions_are_found(void **state)
{
	(void)state;
	struct text t = fold("Một hai. Ba.\nBốn.");
	uint32_t four = (uint32_t)span_find(t.folded, SPAN("bốn"), 0);
	assert_int_equal(text_sentence_at(&t, 0), 0);
	assert_int_equal(text_sentence_at(&t, four), 2);
	assert_int_equal(text_paragraph_at(&t, four), 1);
	assert_int_equal(text_word_at(&t, four), 3);
	assert_int_equal(t.words[3].sentence, 2);
	assert_int_equal(t.words[3].paragraph, 1);
	assert_int_equal(t.n_paragraphs, 2);
}

/* Every word is found by the code point it begins at, and the next one from the code point behind that. */
static void words_are_found_by_code_point(void **state)
{
	(void)state;
	struct str s = {0};
	for (int i = 0; i < 40; i++)
		str_adds(&s, "Vỡ đập, bà  con cha\u0323y — 1.200\n\nHoà \u200BBình 河内 ");
	struct text t;
	text_fold(&arena, str_span(&s), &t, NULL);
	for (size_t k = 0; k < t.n_words; k++) {
		uint32_t at = text_code_points(&t, t.words[k].start);
		assert_int_equal(text_word_from_code_point(&t, at), k);
		assert_int_equal(text_word_from_code_point(&t, at + 1), k + 1);
	}
	assert_int_equal(text_word_from_code_point(&t, 0), 0);
	assert_int_equal(text_word_from_code_point(&t, UINT32_MAX), t.n_words);
	str_release(&s);
}

static void marks_are_seen_per_paragraph(void **state)
{
	(void)state;
	struct text t = fold("Tin vỡ đập.\nTin vo dap o Hai Phong.\nÀ Hai Phong, les pluies.\nCà Mau");
	assert_true(text_paragraph_marked(&t, 0));
	assert_false(text_paragraph_marked(&t, 1));
	assert_false(text_paragraph_marked(&t, 2));
	assert_true(text_paragraph_marked(&t, 3));
	t = fold("Tin vo dap o Hai Phong");
	assert_false(text_paragraph_marked(&t, 0));
	assert_true(span_is(text_unmark(&arena, SPAN("vỡ đập ở đà nẵng, 河内")), "vo dap o da nang, 河内"));
}

static void languages_are_told(void **state)
{
	(void)state;
	static const char *const cases[][2] = {{"vi", "Hải Phòng bác tin đồn vỡ đập."},
		{"vi", "Tin khan: vo dap, ba con cua xa nay chay ngay"}, {"vi", "dan keu troi vi nuoc man"},
		{"vi", "DAT QUANH HO SE CHUYEN THANH DAT O TU QUY 1/2027, GIAY DA KY XONG CHI CHO DONG DAU. "
		       "EM "
		       "CON 6 NEN GIA RE, ANH CHI CHOT SOM KEO LO, MAI LA HET. AI CAN INBOX EM GUI SO DO, DI "
		       "XEM CUOI TUAN NAY CO XE DUA DON"},
		{"vi", "o que giup nhau quet don, ghe nghi em"}, {"id", "dari desa di tepi kota"},
		{"it", "il treno per la citta non va"},
		{"en", "Da Nang, Hai Phong and Can Tho were cut off by the flood"},
		{"en", "The dam in Hải Phòng did not burst, officials said on Monday."},
		{"zh", "越南海防市和海阳省合并。"}, {"ja", "ハノイの空港で火事があった。"},
		{"ko", "하노이에서 열린 북미 정상회담."}, {"th", "ฝนตกหนักในกรุงฮานอย"},
		{"ru", "Власти Ханоя опровергли слухи."}, {"km", "ទីក្រុងហានូយ"},
		{"fr", "Les autorités de Hanoï ont démenti dans la journée."},
		{"de", "Die Behörden in Hanoi haben das nicht bestätigt."}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct text t = fold(cases[i][1]);
		assert_non_null(text_language(&t));
		assert_string_equal(text_language(&t), cases[i][0]);
	}
	struct text t = fold("12%");
	assert_null(text_language(&t));
}

static void marks_are_capped(void **state)
{
	(void)state;
	struct str s = {0};
	struct report rep = {0};
	struct text t;
	str_adds(&s, "a");
	for (int i = 0; i < MARKS_RUN_MAX; i++)
		str_adds(&s, i % 2 ? "\u0316" : "\u0323");
	text_fold(&arena, str_span(&s), &t, &rep);
	assert_int_equal(rep.list.n, 0);
	str_adds(&s, "\u0323");
	text_fold(&arena, str_span(&s), &t, &rep);
	assert_int_equal(rep.list.n, 1);
	assert_int_equal(rep.list.p[0].id, R_TEXT_MARKS_CAPPED);
	for (int i = 0; i < 20000; i++)
		str_adds(&s, i % 2 ? "\u0316" : "\u0323");
	assert_true(s.n > 40000);
	clock_t best = CLOCKS_PER_SEC;
	for (int i = 0; i < 5; i++) { /* the best of some: others use this machine, too */
		clock_t from = clock();
		text_fold(&arena, str_span(&s), &t, &rep);
		clock_t took = clock() - from;
		best = took < best ? took : best;
	}
	assert_true(best < CLOCKS_PER_SEC / 200); /* 5 ms */
	assert_true(t.folded.n < 100);
	report_release(&rep);
	str_release(&s);
}

static void long_runs_take_no_time(void **state)
{
	(void)state;
	static const char *const runs[] = {
		".", "\"", "!\"", "a.", "...\u2026", " .", "\n", "- ", "\u200B", "\u3000", "hoà", "1."};
	for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
		struct str s = {0};
		struct text t;
		str_adds(&s, "a");
		while (s.n < 200000)
			str_adds(&s, runs[i]);
		str_adds(&s, "b");
		clock_t from = clock();
		text_fold(&arena, str_span(&s), &t, NULL);
		assert_true(clock() - from < CLOCKS_PER_SEC / 4);
		str_release(&s);
	}
}

/* Ill-formed bytes must not reach here, but must do no harm if they do. */
static void survives_anything(void **state)
{
	(void)state;
	uint32_t seed = 1;
	char b[64];
	for (int round = 0; round < 20000; round++) {
		size_t n = (size_t)round % sizeof b;
		for (size_t i = 0; i < n; i++) {
			seed = seed * 1664525 + 1013904223;
			b[i] = (char)(seed >> 24);
		}
		struct text t;
		text_fold(&arena, (struct span){b, n}, &t, NULL);
		for (size_t i = 0; i < t.folded.n; i++)
			assert_true(t.map[i] <= t.map[i + 1] && t.map[i] <= n);
		for (size_t k = 0; k < t.n_words; k++)
			assert_true(t.words[k].start < t.words[k].end && t.words[k].end <= t.folded.n);
		if (round % 256 == 0)
			arena_release(&arena);
	}
}

static void growing_texts_keep_their_bytes(void **state)
{
	(void)state;
	struct str s = {0}, want = {0};
	for (int i = 0; i < 2000; i++) {
		str_adds(&s, "\u0587ùyn "); /* two code points for one; a tone that needs a longer letter */
		str_adds(&want, "\u0565\u0582uỳn ");
	}
	struct text t;
	text_fold(&arena, str_span(&s), &t, NULL);
	assert_true(t.folded.n > s.n);
	assert_int_equal(t.n_words, 2000);
	assert_true(span_eq(t.folded, span_cut(str_span(&want), 0, want.n - 1)));
	str_release(&s);
	str_release(&want);
}

static void note_hit(const struct lexicon_hit *h, void *ctx)
{
	str_addf(ctx, "%u:%u-%u ", h->id, h->start, h->end);
}

static void lexicon_finds_whole_words(void **state)
{
	(void)state;
	static const char *const words[] = {"hải phòng", "hải phòng xanh", "phòng", "tp.hcm", "河内",
		"bà rịa - vũng tàu", "#tin", "hải", "c++"};
	struct lexicon *x = lexicon_new();
	for (uint32_t i = 0; i < sizeof words / sizeof *words; i++)
		lexicon_add(x, span_of(words[i]), i);
	lexicon_add(x, SPAN("hải phòng"), 40);
	lexicon_seal(x);
	static const char *const cases[][2] = {{"Hải Phòng", "0:0-12 40:0-12 7:0-5 2:6-12 "},
		{"Hải Phòng xanh", "1:0-17 0:0-12 40:0-12 7:0-5 2:6-12 "}, {"hải phòngx", "7:0-5 "},
		{"Hải. Phòng", "7:0-5 2:7-13 "}, {"hải\nphòng", "0:0-12 40:0-12 7:0-5 2:6-12 "},
		{"Hải\nPhòng", "7:0-5 2:6-12 "}, {"TP.HCM TP HCM", "3:0-6 "}, {"在河内市", "4:3-9 "},
		{"Bà Rịa – Vũng Tàu", "5:0-22 "}, {"tin #tin", "6:4-8 "}, {"C++ c", "8:0-3 "}, {"", ""}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct str got = {0};
		struct text t = fold(cases[i][0]);
		lexicon_scan(x, &t, note_hit, &got);
		if (!span_is(str_span(&got), cases[i][1]))
			print_error("%s: %s\n", cases[i][0], got.p ? got.p : "");
		assert_true(span_is(str_span(&got), cases[i][1]));
		str_release(&got);
	}
	lexicon_free(x);
}

static void lexicon_holds_many(void **state)
{
	(void)state;
	struct lexicon *x = lexicon_new();
	struct str text = {0}, got = {0};
	for (uint32_t i = 0; i < 5000; i++) {
		char w[32];
		snprintf(w, sizeof w, "a%u b%u", i % 70, i);
		lexicon_add(x, span_of(w), i);
		str_addf(&text, "%s z ", w);
	}
	lexicon_seal(x);
	struct text t;
	text_fold(&arena, str_span(&text), &t, NULL);
	lexicon_scan(x, &t, note_hit, &got);
	size_t hits = 0;
	for (size_t i = 0; i < got.n; i++)
		hits += got.p[i] == ' ';
	assert_int_equal(hits, 5000);
	str_release(&text);
	str_release(&got);
	lexicon_free(x);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test_teardown(folds_to_one_form, clear),
		cmocka_unit_test_teardown(cuts_sentences, clear),
		cmocka_unit_test_teardown(cuts_words, clear),
		cmocka_unit_test_teardown(maps_back_to_the_original, clear),
		cmocka_unit_test_teardown(counts_code_points_anywhere, clear),
		cmocka_unit_test_teardown(flags_tell_limits_and_case, clear),
		cmocka_unit_test(both_ways_agree), cmocka_unit_test_teardown(positions_are_found, clear),
		cmocka_unit_test_teardown(words_are_found_by_code_point, clear),
		cmocka_unit_test_teardown(marks_are_seen_per_paragraph, clear),
		cmocka_unit_test_teardown(languages_are_told, clear),
		cmocka_unit_test_teardown(marks_are_capped, clear),
		cmocka_unit_test_teardown(long_runs_take_no_time, clear),
		cmocka_unit_test_teardown(survives_anything, clear),
		cmocka_unit_test_teardown(growing_texts_keep_their_bytes, clear),
		cmocka_unit_test_teardown(lexicon_finds_whole_words, clear),
		cmocka_unit_test_teardown(lexicon_holds_many, clear)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
