/* find: from a folded article to its mentions. One scan sees names and the cues that may stand far from them,
 * a second one, around the names alone, the cues that touch them; names are taken from left to right, the
 * longest first, and consume their words (Thái Bình Dương leaves no Thái Bình); each is judged alone and then
 * with the others. */
#include <string.h>

#include "base/i18n.h"
#include "place/place_priv.h"

#include "base/banned.h"

enum { LINE_BYTES = 40 }; /* a line that is broken, not a heading or a row of a table, is longer */

/* Daklak is no Vietnamese word, with or without marks around it; Samson and Bache are other words, too, and
 * the parts they would be only as #samson. */
static bool marks_allow(const struct finder *f, const struct entry *e, uint32_t start, uint32_t paragraph)
{
	if (!(e->traits & TRAIT_UNMARKED))
		return true;
	bool tag = start && f->t->folded.p[start - 1] == '#';
	if (e->traits & TRAIT_JOINED && e->kind == KIND_PART && !(e->traits & TRAIT_KNOWN))
		return tag;
	if (e->traits & TRAIT_JOINED)
		return f->t->flags[start] & TEXT_UPPER || tag || !text_paragraph_marked(f->t, paragraph);
	return !text_paragraph_vietnamese(f->t, paragraph);
}

bool in_vietnamese(struct finder *f)
{
	if (f->language == NOT_ASKED) {
		const char *lang = text_language(f->t);
		f->language = !lang || strcmp(lang, "vi") == 0 ? VIETNAMESE : FOREIGN;
	}
	return f->language == VIETNAMESE;
}

/* A name broken by the end of a line: only where the line is one of running text, and both halves have
 * capitals. */
static bool line_allows(const struct text *t, uint32_t start, uint32_t end)
{
	const char *p = memchr(t->folded.p + start, '\n', end - start);
	if (!p)
		return true;
	uint32_t at = (uint32_t)(p - t->folded.p), line = at;
	while (line && t->folded.p[line - 1] != '\n' && at - line <= LINE_BYTES)
		line--;
	return at - line > LINE_BYTES && t->flags[start] & TEXT_UPPER && t->flags[at + 1] & TEXT_UPPER;
}

/* Words that set the scene of the article. */
static void see_scene(const struct finder *f, const struct cue *cue)
{
	struct whole *w = f->whole;
	bool known = cue->side == SIDE_TITLE && f->field != FIELD_TITLE;
	for (size_t i = 0; i < w->n_scenes; i++)
		known |= w->scenes[i] == cue;
	if (!known && w->n_scenes < SCENES_MAX)
		w->scenes[w->n_scenes++] = cue;
}

/* May what was hit stand here, as far as marks and lines tell? */
static bool stands(struct finder *f, const struct lexicon_hit *h, const struct entry *e, bool name)
{
	if (e->traits & TRAIT_UNMARKED && !marks_allow(f, e, h->start, f->t->words[h->word].paragraph))
		return false;
	if (!line_allows(f->t, h->start, h->end))
		return false;
	return name || !(e->traits & TRAIT_UNMARKED) || in_vietnamese(f); /* "tờ" without its mark is "to" */
}

static void see(const struct lexicon_hit *h, void *ctx)
{
	struct finder *f = ctx;
	const struct entry *e = &f->g->entries.p[h->id];
	struct sight s = {h->start, h->end, e, h->word};
	bool name = e->kind == KIND_UNIT || e->kind == KIND_PART || e->kind == KIND_PHRASE;
	if (!stands(f, h, e, name))
		return;
	if (name)
		vec_push(&f->names, s);
	else if (e->kind == KIND_CUE && f->g->cues.p[e->index].side >= SIDE_TITLE)
		see_scene(f, &f->g->cues.p[e->index]);
	else
		vec_push(&f->wide, s);
	f->whole->vietnam |= e->kind == KIND_VIETNAM;
}

static void see_near(const struct lexicon_hit *h, void *ctx)
{
	struct finder *f = ctx;
	const struct entry *e = &f->g->entries.p[h->id];
	if (stands(f, h, e, false))
		vec_push(&f->cues, ((struct sight){h->start, h->end, e, h->word}));
}

/* Looks for cues where they can touch a name. */
static void see_cues(struct finder *f)
{
	const struct text_word *w = f->t->words;
	size_t done = 0;
	vec_each (c, &f->found) {
		size_t from = c->word, to = c->word, n = f->t->n_words, reach = f->g->reach + LIST_GAP;
		while (from > done && w[from - 1].start + reach >= c->start)
			from--;
		while (to < n && w[to].start < c->end + LIST_GAP)
			to++;
		lexicon_scan_words(f->g->near, f->t, from > done ? from : done, to, see_near, f);
		done = to > done ? to : done;
	}
}

/* The order in which meanings of the same words are taken. */
static unsigned rank(enum kind k)
{
	return k == KIND_PHRASE ? 0 : k == KIND_UNIT ? 1 : 2;
}

/* Is it no phrase after all, since the word behind begins another: Thái Bình | dương tính? */
static bool goes_on_otherwise(const struct finder *f, const struct sight *s)
{
	const struct text *t = f->t;
	const struct map *not_before = &f->g->phrases.p[s->entry->index].not_before;
	size_t k = text_word_at(t, s->end);
	return k < t->n_words && t->words[k].start == s->end + 1 &&
	       map_get(not_before, span_cut(t->folded, t->words[k].start, t->words[k].end));
}

/* May this form stand here at all, as far as its letters tell? */
static bool passes(const struct finder *f, const struct sight *s)
{
	if (s->entry->kind == KIND_PHRASE)
		return !goes_on_otherwise(f, s);
	if (!script_allows(f->t, s))
		return false;
	if (s->entry->kind == KIND_UNIT)
		return true;
	enum shape shape = case_shape(f->t, s);
	bool quiet = !(s->entry->traits & TRAIT_SHARED) && shape == SHAPE_SMALL &&
		     case_tune(f->t, s->word) == TUNE_QUIET;
	return shape == SHAPE_PROPER || quiet;
}

/* Does a name that begins in the last word of this one have the better claim? "Từ | Sơn La", "phía bắc | Ninh
 * Bình" */
static bool gives_way(const struct finder *f, size_t from, size_t to)
{
	const struct sight *s = &f->names.p[from];
	bool part = s->entry->kind == KIND_PART, proper = case_shape(f->t, s) == SHAPE_PROPER;
	if (s->entry->kind == KIND_PHRASE || (!part && proper) || s->entry->script != SCRIPT_CASED)
		return false;
	bool better = false;
	for (size_t i = to; i < f->names.n && f->names.p[i].start <= s->end + 1; i++) {
		const struct sight *next = &f->names.p[i];
		bool unit = next->entry->kind == KIND_UNIT;
		if (unit && next->start == s->end + 1) /* Lộc Ninh | Bình Phước */
			return false;
		bool overlaps = next->start < s->end && next->end > s->end && (unit || !proper);
		better |= overlaps && (case_shape(f->t, next) == SHAPE_PROPER || (unit && part && !proper));
	}
	return better;
}

/* Makes a candidate of the sights names[from, to), which have the same words. */
static void take(struct finder *f, size_t from, size_t to)
{
	const struct sight *s = &f->names.p[from];
	struct candidate c = {.start = s->start, .end = s->end, .word = s->word};
	for (unsigned r = 0; r < 3 && !c.n; r++)
		for (size_t i = from; i < to; i++)
			if (rank(f->names.p[i].entry->kind) == r && c.n < ALTERNATIVES &&
				passes(f, &f->names.p[i]))
				c.entry[c.n++] = f->names.p[i].entry;
	if (!c.n)
		return;
	f->last_end = c.end;
	if (c.entry[0]->kind == KIND_PHRASE)
		return;
	c.traits = c.entry[0]->traits;
	for (size_t i = 1; i < c.n; i++) { /* "Nha Trang" is the same without marks, and no other place */
		const struct part *parts = f->g->parts.p;
		c.traits &= c.entry[i]->traits | ~(unsigned)(TRAIT_UNMARKED | TRAIT_JOINED);
		if (c.entry[0]->kind == KIND_PART &&
			parts[c.entry[i]->index].unit != parts[c.entry[0]->index].unit)
			c.traits |= TRAIT_SHARED;
	}
	c.sentence = f->t->words[c.word].sentence;
	c.paragraph = f->t->words[c.word].paragraph;
	c.tune = case_tune(f->t, c.word);
	c.shape = case_shape(f->t, &(struct sight){c.start, c.end, c.entry[0], c.word});
	vec_push(&f->found, c);
}

static void collect(struct finder *f)
{
	for (size_t i = 0; i < f->names.n;) {
		size_t to = i + 1;
		while (to < f->names.n && f->names.p[to].start == f->names.p[i].start &&
			f->names.p[to].end == f->names.p[i].end)
			to++;
		if (f->names.p[i].start >= f->last_end && !gives_way(f, i, to))
			take(f, i, to);
		i = to;
	}
}

/* The words as printed, without what was invisible behind them. */
static const char *printed(struct arena *a, const struct text *t, uint32_t start, uint32_t end)
{
	return arena_dup(a, span_trim(span_cut(t->original, t->map[start], t->map[end])));
}

static const char *why_in_doubt(const struct candidate *c)
{
	if (c->need & NEED_UNIT)
		return N_("its province is not named with it");
	if (c->need & NEED_VIETNAM)
		return N_("nothing says Vietnam");
	return c->traits & TRAIT_NAMESAKE ? N_("person") : N_("written as a common word");
}

static void write_mention(
	const struct finder *f, struct arena *a, const struct candidate *c, struct mention *m)
{
	const struct unit *u = &f->g->units.p[candidate_unit(f, c)];
	bool named = c->verdict == VERDICT_YES, metonym = c->verdict == VERDICT_METONYM;
	*m = (struct mention){.place = u->pub.slug,
		.iso = u->pub.iso,
		.now = u->pub.now,
		.field = f->field,
		.sentence = c->sentence};
	m->as = metonym                          ? "metonym"
		: !named                         ? "nothing"
		: c->entry[0]->kind == KIND_PART ? "part"
						 : "province";
	m->why = c->verdict == VERDICT_DOUBT ? why_in_doubt(c) : c->why;
	m->form = printed(a, f->t, c->start, c->end);
	m->start = text_code_points(f->t, c->start);
	m->end = text_code_points(f->t, c->end);
	m->watched = u->watched && named;
}

/* Finds the names of one field and judges each alone. */
static void find_in(struct finder *f)
{
	lexicon_scan(f->g->names, f->t, see, f);
	collect(f);
	see_cues(f);
	vec_each (c, &f->found)
		judge(f, c);
}

/* All names of the fields that people read, or only those that are mentions. */
static void find_all(const struct gazetteer *g, struct arena *a, const struct folded_article *f,
	bool rejected, struct mention **out, size_t *n)
{
	static const enum field fields[] = {FIELD_TITLE, FIELD_SUMMARY, FIELD_TEXT, FIELD_CAPTIONS};
	enum { FIELDS = sizeof fields / sizeof *fields };
	struct whole whole = {
		.present = arena_array(a, uint32_t, g->units.n), .home = arena_array(a, uint8_t, g->units.n)};
	struct finder finder[FIELDS] = {0};
	VEC(struct mention) list = {0};
	for (size_t k = 0; k < FIELDS; k++) {
		finder[k] = (struct finder){
			.g = g, .t = &f->field[fields[k]], .field = fields[k], .whole = &whole};
		find_in(&finder[k]);
	}
	judge_senses(finder, FIELDS);
	judge_together(finder, FIELDS);
	for (size_t k = 0; k < FIELDS; k++) {
		vec_each (c, &finder[k].found)
			if (rejected || c->verdict == VERDICT_YES || c->verdict == VERDICT_METONYM)
				write_mention(&finder[k], a, c, vec_add(&list));
		vec_release(&finder[k].names);
		vec_release(&finder[k].wide);
		vec_release(&finder[k].cues);
		vec_release(&finder[k].found);
	}
	*n = list.n;
	*out = arena_array(a, struct mention, list.n + 1);
	if (list.n)
		memcpy(*out, list.p, list.n * sizeof *list.p);
	vec_release(&list);
}

void article_fold(struct arena *a, const struct article *x, struct folded_article *out, struct report *rep)
{
	for (int k = 0; k < FIELD_COUNT; k++)
		text_fold(a, span_of(article_field(x, (enum field)k)), &out->field[k], rep);
}

void place_find(const struct gazetteer *g, struct arena *a, const struct folded_article *f, struct article *x)
{
	find_all(g, a, f, false, &x->mentions, &x->n_mentions);
}

void place_explain(const struct gazetteer *g, struct arena *a, const struct folded_article *f,
	struct mention **out, size_t *n)
{
	find_all(g, a, f, true, out, n);
}
