/* sense: which of two places of one name is meant, Hà Nam or Henan. A mention may say so itself: "tỉnh Hà Nam
 * (Trung Quốc)", "UBND tỉnh Hà Nam", "Phủ Lý, Hà Nam". One that does decides for those that follow, until
 * another does; those before the first follow the first. A writer names the foreign one in full when he first
 * comes to it, so that one which stands bare in the text before it is ours.
 *
 * Weaker signs say something of one mention alone. With a word for China in its sentence it is likely to be
 * there: not where the article names a part of the province, and "tỉnh" outweighs it where it names any place
 * of Vietnam. With Vietnam or another of its places in the sentence it is likely to be ours. */
#include "place/place_priv.h"

#include "base/banned.h"

/* What the article says of the candidate's name so far; NULL: nothing yet. */
static struct twin *twin_of(const struct finder *f, const struct candidate *c)
{
	struct whole *w = f->whole;
	for (size_t i = 0; i < w->n_twins; i++)
		if (w->twins[i].name == c->entry[0]->index && w->twins[i].part == candidate_is_part(c))
			return &w->twins[i];
	return NULL;
}

static struct twin *twin_abroad(const struct finder *f, const struct candidate *c, enum sense s)
{
	struct whole *w = f->whole;
	struct twin *t = twin_of(f, c);
	if (!t && w->n_twins < TWINS_MAX) {
		t = &w->twins[w->n_twins++];
		*t = (struct twin){.name = c->entry[0]->index, .part = candidate_is_part(c)};
	}
	if (t && s > t->abroad)
		t->abroad = s;
	return t;
}

void mark_sense(const struct finder *f, struct candidate *c, enum sense s)
{
	c->sense = s;
	if (s >= SENSE_LIKELY_ABROAD)
		twin_abroad(f, c, s);
	else if (!candidate_is_part(c))
		f->whole->home[candidate_unit(f, c)] = 1;
}

/* Does the article name a part of the unit, or an office that only ours has? */
static bool at_home(const struct finder *f, const struct candidate *c)
{
	return !candidate_is_part(c) && f->whole->home[candidate_unit(f, c)];
}

/* Or another place of Vietnam? */
static bool names_vietnam(const struct finder *f, const struct candidate *c)
{
	return place_in_article(f, f->g->units.p[candidate_unit(f, c)].now) || at_home(f, c);
}

static bool same_name(const struct candidate *a, const struct candidate *b)
{
	return a->entry[0]->kind == b->entry[0]->kind && a->entry[0]->index == b->entry[0]->index;
}

/* Is the word for China in the sentence that of another mention there: "Hà Nam và tỉnh Hà Nam (Trung Quốc)"?
 */
static bool said_of_another(const struct finder *f, size_t i)
{
	const struct candidate *c = f->found.p;
	for (size_t k = i > NEIGHBOURS ? i - NEIGHBOURS : 0; k < f->found.n && k < i + NEIGHBOURS; k++)
		if (c[k].sentence == c[i].sentence && c[k].sense == SENSE_ABROAD && same_name(&c[k], &c[i]))
			return true;
	return false;
}

/* What it is when the word for another country in its sentence is disregarded. */
static void restore(const struct finder *f, struct candidate *c)
{
	decide(c, c->here, c->here_why);
	if (c->verdict == VERDICT_YES)
		accept(f, c);
}

static void weigh_sentence(struct finder *f)
{
	for (size_t i = 0; i < f->found.n; i++) {
		struct candidate *c = &f->found.p[i];
		if (c->verdict != VERDICT_ELSEWHERE)
			continue;
		if (place_in_sentence(f, i) || said_of_another(f, i))
			restore(f, c);
		else
			mark_sense(f, c, SENSE_LIKELY_ABROAD);
	}
}

static void say(struct twin *t, enum sense now, const char *why)
{
	t->now = now;
	t->why = why;
}

/* The article is about another country where a scene of it is named and nothing of Vietnam. */
static void set_scene(struct finder *f, struct candidate *c)
{
	for (size_t k = 0; k < f->whole->n_scenes; k++) {
		const struct cue *cue = f->whole->scenes[k];
		if (!cue_concerns(f, cue, c) || names_vietnam(f, c) || f->whole->vietnam)
			continue;
		struct twin *t = twin_abroad(f, c, SENSE_ABROAD);
		if (t && !t->now)
			say(t, SENSE_ABROAD, cue->why);
	}
}

/* May the mention be a place, and does it not say itself which? */
static bool is_open(const struct candidate *c)
{
	return !c->sense && (c->verdict == VERDICT_YES || c->verdict == VERDICT_DOUBT);
}

/* What the sentence says of an open mention: with a place of the same province it is ours; with another, or
 * Vietnam, most likely, but an embassy speaks of Henan, too. */
static enum sense sense_in_sentence(const struct finder *f, size_t i)
{
	const struct candidate *c = f->found.p;
	uint32_t now = f->g->units.p[candidate_unit(f, &c[i])].now;
	for (size_t k = i > NEIGHBOURS ? i - NEIGHBOURS : 0; k < f->found.n && k < i + NEIGHBOURS; k++)
		if (c[k].sentence == c[i].sentence && c[k].verdict == VERDICT_YES &&
			!same_name(&c[k], &c[i]) && f->g->units.p[candidate_unit(f, &c[k])].now == now)
			return SENSE_HERE;
	return place_in_sentence(f, i) || vietnam_in_sentence(f, &c[i]) ? SENSE_LIKELY_HERE : SENSE_OPEN;
}

/* Does it say which one the others are? */
static bool speaks(const struct candidate *c, const struct twin *t)
{
	return c->sense > SENSE_LIKELY_HERE || (c->sense && t->abroad < SENSE_ABROAD);
}

/* Finds what the first qualified mention says, for those before it. */
static void find_first(struct finder *f)
{
	for (size_t i = 0; i < f->found.n; i++) {
		struct candidate *c = &f->found.p[i];
		if (is_open(c))
			set_scene(f, c);
		struct twin *t = twin_of(f, c);
		if (!t)
			continue;
		if (c->verdict == VERDICT_ELSEWHERE && t->abroad == SENSE_LIKELY_ABROAD && at_home(f, c)) {
			restore(f, c);
			c->sense = SENSE_HERE;
		}
		bool open = is_open(c);
		if (open)
			c->sense = sense_in_sentence(f, i);
		bool ours = c->sense == SENSE_ABROAD && (t->bare || at_home(f, c));
		if (!t->now && speaks(c, t))
			say(t, ours ? SENSE_HERE : c->sense, c->why);
		t->bare |= open && c->sense <= SENSE_LIKELY_HERE && f->field == FIELD_TEXT;
	}
}

static void follow(struct finder *f)
{
	vec_each (c, &f->found) {
		struct twin *t = twin_of(f, c);
		if (t && speaks(c, t))
			say(t, c->sense, c->why);
		if (!t || !is_open(c))
			continue;
		if (t->now == SENSE_ABROAD ||
			(t->now == SENSE_LIKELY_ABROAD && !(c->strong && names_vietnam(f, c))))
			withdraw(f, c, VERDICT_NO, t->why);
	}
}

void judge_senses(struct finder *f, size_t n)
{
	for (size_t k = 0; k < n; k++)
		weigh_sentence(&f[k]);
	if (!f->whole->n_twins && !f->whole->n_scenes)
		return;
	for (size_t k = 0; k < n; k++)
		find_first(&f[k]);
	for (size_t k = 0; k < n; k++)
		follow(&f[k]);
}
