/* forms: from a name as the gazetteer has it to the forms it is met in. Folding already makes one of case,
 * dashes, spaces and the place of tone marks; here are added: without marks, with a hyphen between syllables
 * (Sài-gòn), in one word (Haiphong), a dash between names with and without spaces, and the cases of Russian
 * nouns. */
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "place/place_priv.h"

#include "base/banned.h"

static enum script script_of(struct span folded)
{
	size_t at = 0;
	uint32_t c = folded.n ? utf8_next(folded, &at, NULL) : 0;
	if (c < 0x530 || (c >= 0x1E00 && c < 0x2000))
		return SCRIPT_CASED;
	if (c >= 0x30A0 && c <= 0x30FF)
		return SCRIPT_KATAKANA;
	return c >= 0xAC00 && c <= 0xD7A3 ? SCRIPT_HANGUL : SCRIPT_PLAIN;
}

/* Bits of the words written with a capital. TP before another word is written small as often. */
static uint32_t capitals_of(const struct text *t)
{
	uint32_t bits = 0;
	for (size_t k = 0; k < t->n_words && k < 32; k++) {
		struct span w = span_cut(t->folded, t->words[k].start, t->words[k].end);
		bool city = k + 1 < t->n_words && (span_is(w, "tp") || span_is(w, "t") || span_is(w, "p"));
		if (t->flags[t->words[k].start] & TEXT_UPPER && !city)
			bits |= 1u << k;
	}
	return bits;
}

/* Does it belong into the lexicon `near`? */
static bool is_near(const struct gazetteer *g, const struct entry *e)
{
	if (e->kind == KIND_SURNAME || e->kind == KIND_RARE)
		return true;
	if (e->kind != KIND_CUE)
		return false;
	enum side side = g->cues.p[e->index].side;
	return side != SIDE_SENTENCE && side != SIDE_BEHIND && side < SIDE_TITLE;
}

/* What every step needs to know: where to, what it stands for, and what is known of single forms. */
struct adder {
	struct gazetteer *g;
	struct entry e;
	const struct map *traits;
};

static void add(const struct adder *x, struct span form)
{
	struct gazetteer *g = x->g;
	struct entry e = x->e;
	struct text t;
	text_fold(&g->scratch, form, &t, NULL);
	struct span folded = t.folded;
	struct str key = {0};
	e.traits |= x->traits ? (unsigned)(uintptr_t)map_get(x->traits, folded) : 0;
	e.script = script_of(folded);
	e.capitals = capitals_of(&t);
	str_add(&key, folded);
	const uint32_t meaning[] = {e.kind, e.index, e.traits & TRAIT_UNMARKED};
	str_add(&key, (struct span){(const char *)meaning, sizeof meaning});
	if (!map_get(&g->forms, str_span(&key))) {
		map_put(&g->forms, str_span(&key), g);
		bool near = is_near(g, &e);
		lexicon_add_text(near ? g->near : g->names, &t, (uint32_t)g->entries.n);
		if (near && folded.n > g->reach)
			g->reach = folded.n;
		*vec_add(&g->entries) = e;
	}
	str_release(&key);
}

/* The form with every `from` replaced by `to`. */
static struct span replaced(struct arena *a, struct span form, const char *from, const char *to)
{
	struct str out = {0};
	struct span needle = span_of(from);
	size_t at = 0, hit;
	while ((hit = span_find(form, needle, at)) != SIZE_MAX) {
		str_add(&out, span_cut(form, at, hit));
		str_adds(&out, to);
		at = hit + needle.n;
	}
	str_add(&out, span_cut(form, at, form.n));
	struct span s = arena_span(a, str_span(&out));
	str_release(&out);
	return s;
}

/* Without marks. Capitals are kept, though text_unmark() works on folded text. */
static struct span unmarked(struct arena *a, struct span form)
{
	struct text t;
	struct str out = {0};
	text_fold(a, form, &t, NULL);
	struct span plain = text_unmark(a, t.folded);
	size_t words = 0;
	for (size_t i = 0; i < plain.n; i++) {
		bool starts = i == 0 ||
			      !((plain.p[i - 1] >= 'a' && plain.p[i - 1] <= 'z') || (plain.p[i - 1] & 0x80));
		bool letter = (plain.p[i] >= 'a' && plain.p[i] <= 'z') || (plain.p[i] & 0x80);
		bool upper =
			starts && letter && words < t.n_words && t.flags[t.words[words].start] & TEXT_UPPER;
		words += starts && letter;
		str_addc(&out, (char)(upper && !(plain.p[i] & 0x80) ? plain.p[i] - 32 : plain.p[i]));
	}
	struct span s = arena_span(a, str_span(&out));
	str_release(&out);
	return s;
}

static void add_cases(const struct adder *x, struct span form)
{
	static const struct {
		const char *ending;
		const char *cases[6];
	} table[] = {{"й", {"я", "ю", "ем", "е"}}, {"ь", {"я", "ю", "ем", "е", "и", "ью"}},
		{"а", {"ы", "и", "е", "у", "ой"}}};
	size_t n = sizeof table / sizeof *table;
	for (size_t i = 0; i < n; i++) {
		if (!span_ends(form, table[i].ending))
			continue;
		struct span stem = span_cut(form, 0, form.n - strlen(table[i].ending));
		for (size_t k = 0; k < 6 && table[i].cases[k]; k++)
			add(x, span_of(arena_printf(
				       &x->g->scratch, "%.*s%s", (int)stem.n, stem.p, table[i].cases[k])));
		return;
	}
	static const char *const hard[] = {"а", "у", "ом", "е"};
	static const char *const vowels[] = {"о", "у", "е", "и", "ы", "э", "ю", "я", "ё"};
	for (size_t i = 0; i < sizeof vowels / sizeof *vowels; i++)
		if (span_ends(form, vowels[i]))
			return;
	for (size_t i = 0; i < sizeof hard / sizeof *hard; i++)
		add(x, span_of(arena_printf(&x->g->scratch, "%.*s%s", (int)form.n, form.p, hard[i])));
}

static bool cyrillic(struct span form)
{
	return form.n > 1 && ((uint8_t)form.p[0] == 0xD0 || (uint8_t)form.p[0] == 0xD1);
}

/* The form as it stands and, when it has two syllables, with a hyphen and in one word (of
 * parts only the unmarked form is).
 */
static void add_variants(const struct adder *x, struct span form)
{
	add(x, form);
	size_t space = span_find_byte(form, ' ', 0);
	if (span_find(form, SPAN(" - "), 0) != SIZE_MAX) {
		add(x, replaced(&x->g->scratch, form, " - ", "-"));
		add(x, replaced(&x->g->scratch, form, " - ", " -"));
		add(x, replaced(&x->g->scratch, form, " - ", "- "));
		add(x, replaced(&x->g->scratch, form, " - ", " "));
		return;
	}
	if (space == SIZE_MAX || span_find_byte(form, ' ', space + 1) != SIZE_MAX)
		return;
	add(x, replaced(&x->g->scratch, form, " ", "-"));
	struct adder joined = *x;
	joined.e.traits |= TRAIT_JOINED;
	if (x->e.kind == KIND_UNIT || x->e.traits & TRAIT_UNMARKED)
		add(&joined, replaced(&x->g->scratch, form, " ", ""));
}

void form_add(struct gazetteer *g, struct entry e, const char *form, unsigned how, const struct map *traits)
{
	struct adder x = {g, e, traits};
	struct span s = span_of(form), folded = text_fold_word(&g->scratch, s, NULL),
		    plain = text_unmark(&g->scratch, folded);
	bool latin = folded.n && script_of(folded) == SCRIPT_CASED && !cyrillic(folded),
	     varies = how & FORM_VARIANTS && latin;
	if (varies)
		add_variants(&x, s);
	else
		add(&x, s);
	if (how & FORM_CASES && cyrillic(folded))
		add_cases(&x, s);
	x.e.traits |= TRAIT_UNMARKED;
	if (latin && !span_eq(folded, plain))
		s = unmarked(&g->scratch, s);
	if (latin && varies) /* Long An, too: the same with and without marks, but not in one word */
		add_variants(&x, s);
	else if (latin && !span_eq(folded, plain))
		add(&x, s);
	arena_clear(&g->scratch);
}
