/* fuzz_place: any bytes as an article, all the way: decode, fold, tokenise, places. The first byte says what
 * the document claims to be. Beyond not crashing: what decode gives is UTF-8, mentions stand in order and
 * within the text, their words are there as printed, each names a unit of the gazetteer, and places does the
 * same twice. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "decode/decode.h"
#include "place/place.h"

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
	if (!holds)
		abort();
}

static struct gazetteer *gazetteer(void)
{
	static struct gazetteer *g; /* loaded once */
	const char *paths[] = {SOATIN_PLACES};
	struct err e = {0};
	if (!g && gazetteer_load(paths, 1, &g, &e))
		abort();
	return g;
}

static struct decode *decoder(void)
{
	static struct decode *d;
	struct err e = {0};
	if (!d && decode_new(&d, &e))
		abort();
	return d;
}

static void check_mentions(const struct gazetteer *g, struct article *x, const struct text *t)
{
	uint32_t last = 0, points = (uint32_t)utf8_count(t->original);
	for (size_t i = 0; i < x->n_mentions; i++) {
		const struct mention *m = &x->mentions[i];
		check(m->field == FIELD_TEXT && m->start >= last && m->start < m->end && m->end <= points);
		check(gazetteer_unit(g, m->place) && gazetteer_unit(g, m->now) && m->why && *m->form);
		check(m->sentence < t->n_sentences);
		check(span_find(t->original, span_of(m->form), 0) != SIZE_MAX);
		last = m->end;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const labels[] = {"", "utf-8", "windows-1258", "viscii", "tcvn", "gb18030", "big5",
		"euc-kr", "shift_jis", "windows-1251"};
	struct gazetteer *g = gazetteer();
	struct arena a = {0};
	struct report rep = {0};
	struct folded_article f = {0};
	struct article x = {0};
	if (!size)
		return 0;
	const char *label = labels[data[0] % (sizeof labels / sizeof *labels)];
	struct decoded d;
	struct err e = {0};
	if (decode_body(decoder(), &a, (struct span){(const char *)data + 1, size - 1}, span_of(""),
		    span_of(arena_printf(&a, "text/plain; charset=%s", label)), &d, &rep, &e))
		goto done;
	check(utf8_valid(d.text));
	x.text = arena_dup(&a, d.text);
	article_fold(&a, &x, &f, &rep);
	place_find(g, &a, &f, &x);
	check_mentions(g, &x, &f.field[FIELD_TEXT]);
	size_t n = x.n_mentions;
	place_find(g, &a, &f, &x);
	check(n == x.n_mentions);
done:
	arena_release(&a);
	report_release(&rep);
	return 0;
}
