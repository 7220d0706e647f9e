/* fuzz_text: any bytes as a text. Beyond not crashing: the folded text is UTF-8, folding it again changes
 * nothing, the map climbs, words and sentences tile the text in order, and the lexicon finds exactly what a
 * search word by word finds. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "text/text.h"

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { PHRASES = 12 };

static void check(bool holds)
{
	if (!holds)
		abort();
}

static void check_folded(struct arena *a, const struct text *t)
{
	check(utf8_valid(t->folded));
	for (size_t i = 0; i < t->folded.n; i++)
		check(t->map[i] <= t->map[i + 1] && t->map[i + 1] <= t->original.n);
	if (t->folded.n && span_find_byte(t->folded, '\n', 0) == SIZE_MAX)
		check(span_eq(text_fold_word(a, t->folded, NULL), t->folded));
	uint32_t last = 0;
	for (uint32_t i = 0; i <= t->folded.n; i += 17) {
		uint32_t points = text_code_points(t, i);
		check(points >= last);
		last = points;
	}
}

static void check_words(const struct text *t)
{
	uint32_t end = 0;
	for (size_t k = 0; k < t->n_words; k++) {
		const struct text_word *w = &t->words[k];
		check(w->start >= end && w->end > w->start && w->end <= t->folded.n);
		check(t->flags[w->start] & TEXT_WORD_START && t->flags[w->end] & TEXT_WORD_END);
		check(w->sentence < t->n_sentences && w->paragraph < t->n_paragraphs);
		check(w->start >= t->sentences[w->sentence].start && w->end <= t->sentences[w->sentence].end);
		check(w->start >= t->paragraphs[w->paragraph].start &&
			w->end <= t->paragraphs[w->paragraph].end);
		check(text_word_at(t, w->start) == k && text_sentence_at(t, w->start) == w->sentence);
		end = w->end;
	}
}

struct hits {
	size_t n;
	uint64_t sum; /* of all hits, in no order */
	uint32_t start;
};

static void note(const struct lexicon_hit *h, void *ctx)
{
	struct hits *x = ctx;
	check(h->start >= x->start);
	x->start = h->start;
	x->n++;
	x->sum += (uint64_t)h->start * 31 + (uint64_t)h->end * 1000003 + h->id * 7;
}

/* Phrases of one to three words taken from the text itself. */
static void check_lexicon(const struct text *t)
{
	struct lexicon *x = lexicon_new();
	struct span phrase[PHRASES];
	struct hits got = {0}, want = {0};
	size_t n = 0;
	for (size_t k = 0; k < PHRASES && t->n_words; k++) {
		size_t first = (k * 7 + t->folded.n) % t->n_words, last = first + k % 3;
		if (last >= t->n_words || t->words[first].paragraph != t->words[last].paragraph)
			continue;
		phrase[n] = span_cut(t->folded, t->words[first].start, t->words[last].end);
		lexicon_add(x, phrase[n], (uint32_t)n);
		n++;
	}
	lexicon_seal(x);
	lexicon_scan(x, t, note, &got);
	for (size_t p = 0; p < n; p++)
		for (size_t k = 0; k < t->n_words; k++) {
			size_t from = t->words[k].start, to = from + phrase[p].n;
			bool whole = to <= t->folded.n && t->flags[to] & TEXT_WORD_END &&
				     span_eq(span_cut(t->folded, from, to), phrase[p]);
			for (size_t j = k; whole && j < t->n_words && t->words[j].start < to; j++)
				whole = t->words[j].end <= to;
			want.start = 0; /* these come phrase by phrase */
			if (whole)
				note(&(struct lexicon_hit){(uint32_t)from, (uint32_t)to, (uint32_t)p,
					     (uint32_t)k},
					&want);
		}
	check(got.n == want.n && got.sum == want.sum);
	lexicon_free(x);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = {0};
	struct text t;
	struct report rep = {0};
	text_fold(&a, (struct span){(const char *)data, size}, &t, &rep);
	if (utf8_valid((struct span){(const char *)data, size})) {
		check_folded(&a, &t);
		check_words(&t);
		if (t.n_words < 500)
			check_lexicon(&t);
	}
	(void)text_language(&t);
	arena_release(&a);
	report_release(&rep);
	return 0;
}
