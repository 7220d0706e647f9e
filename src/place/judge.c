/* judge: what a name is where it stands. Cues beside it decide first, the longest before any other: "thành
 * phố Huế" is the city, "phố Huế" a street. Then people ("Nguyễn Thái Bình"), then house numbers ("ở 95 Hải
 * Phòng"). What is left is the place when it is written as a name; a name in doubt (an everyday word in
 * capitals, 河南) needs a sign, and may get it from its neighbours. */
#include <string.h>

#include "place/place_priv.h"

#include "base/banned.h"

void decide(struct candidate *c, enum verdict v, const char *why)
{
	c->verdict = v;
	c->why = why;
}

/* What a cue beside the name says at once; false: nothing yet. */
static bool obey(struct finder *f, struct candidate *c, const struct cue *cue)
{
	if (!cue)
		return false;
	switch (cue->reads) {
	case READS_PROVINCE:
		if (candidate_is_part(c) && c->n > 1)
			return false;
		decide(c, VERDICT_YES, cue->why);
		c->strong = true;
		mark_sense(f, c, SENSE_HERE);
		return true;
	case READS_PART:
		if (candidate_is_part(c) && c->n > 1) /* two units have a Phong Điền */
			return false;
		decide(c, candidate_is_part(c) ? VERDICT_YES : VERDICT_NO, cue->why);
		return true;
	case READS_LIKELY:
		c->strong = c->weak = true;
		return false;
	case READS_MAYBE:
		c->weak = true;
		return false;
	case READS_METONYM:
		decide(c, VERDICT_METONYM, cue->why);
		return true;
	case READS_ABROAD:
		mark_sense(f, c, SENSE_ABROAD);
		decide(c, VERDICT_NO, cue->why);
		return true;
	case READS_NOTHING:
		decide(c, VERDICT_NO, cue->why);
		return true;
	}
	return false;
}

/* At the head of its sentence with a colon, dash or bracket behind. */
static bool dateline(const struct finder *f, const struct candidate *c)
{
	size_t at = c->end;
	if (at < f->t->folded.n && f->t->folded.p[at] == ' ')
		at++;
	return c->start <= f->t->sentences[c->sentence].start + 1 && at < f->t->folded.n &&
	       memchr(":-(", f->t->folded.p[at], 3);
}

/* Behind a comma, a dash, a bracket, as in an address; or before a colon. */
static bool set_off(const struct finder *f, const struct candidate *c)
{
	const char *p = f->t->folded.p;
	return (c->end < f->t->folded.n && p[c->end] == ':') ||
	       (c->start >= 2 && f->t->words[0].start < c->start && memchr(",-(;:", p[c->start - 2], 5));
}

/* Alone in brackets. */
static bool in_brackets(const struct finder *f, const struct candidate *c)
{
	const char *p = f->t->folded.p;
	uint32_t before = c->start - (c->start > 1 && p[c->start - 1] == ' '),
		 after = c->end + (p[c->end] == ' ');
	return before > 0 && p[before - 1] == '(' && p[after] == ')';
}

/* Written small. Where everything is, only words and what may be two words without marks need a sign; parts
 * that few know a better one ("gia lam": very dear, "di linh kien": parts of machines). */
static unsigned needs_small(const struct finder *f, const struct candidate *c, bool plain)
{
	bool word = c->traits & TRAIT_WORD, unmarked = !text_paragraph_marked(f->t, c->paragraph);
	if (c->tune != TUNE_QUIET)
		return word || plain ? NEED_STRONG : NEED_WEAK;
	if (candidate_is_part(c) && (plain || (unmarked && !(c->traits & TRAIT_KNOWN))))
		return NEED_STRONG;
	bool two_words = unmarked && c->traits & (TRAIT_PLAIN | TRAIT_SHARED) && !(c->traits & TRAIT_JOINED);
	return word || two_words ? NEED_WEAK : 0;
}

/* What the way it is written leaves in doubt. */
static unsigned needs(struct finder *f, const struct candidate *c)
{
	bool word = c->traits & TRAIT_WORD, loud = c->traits & TRAIT_LOUD;
	bool plain = c->traits & TRAIT_UNMARKED && !(c->traits & TRAIT_JOINED);
	unsigned need = 0;
	if (c->traits & TRAIT_SHARED)
		need |= NEED_UNIT;
	if (c->traits & TRAIT_NAMESAKE)
		need |= NEED_WEAK;
	if (c->traits & TRAIT_DOUBTFUL)
		need |= NEED_VIETNAM | (word ? NEED_STRONG : 0);
	if (c->entry[0]->script != SCRIPT_CASED)
		return need;
	if (plain && candidate_is_part(c) && !(c->traits & TRAIT_KNOWN) && !in_vietnamese(f))
		need |= NEED_VIETNAM; /* Sin Ho is a Korean, too */
	if (c->shape == SHAPE_SMALL)
		need |= needs_small(f, c, plain);
	if (c->shape == SHAPE_HALF && (word || plain) && !dateline(f, c))
		need |= plain || loud ? NEED_STRONG : NEED_WEAK;
	bool plain_case = c->tune == TUNE_LOUD || (c->tune == TUNE_TITLE && !set_off(f, c));
	if (c->shape == SHAPE_PROPER && loud && plain_case && !dateline(f, c))
		need |= NEED_WEAK;
	return need;
}

/* Is the cue for certain units only? It knows more than a general one: tỉnh Hà Nam (Trung Quốc). */
static bool special(const struct cue *cue)
{
	return cue && (cue->units.n || cue->names.n) &&
	       (cue->reads == READS_NOTHING || cue->reads == READS_ABROAD);
}

/* The verdict on the candidate alone, its sentence left aside. */
static void judge_alone(struct finder *f, struct candidate *c)
{
	c->need = needs(f, c);
	c->weak |= in_brackets(f, c);
	const struct cue *before = cue_beside(f, c, SIDE_BEFORE), *after = cue_beside(f, c, SIDE_AFTER);
	if (special(after) && obey(f, c, after))
		return;
	if (before && before->reads == READS_PROVINCE && c->need & NEED_VIETNAM) {
		c->strong = c->weak = true;
		before = NULL;
		c->need = 0; /* 越南 right before */
	}
	if (obey(f, c, before) || obey(f, c, after))
		return;
	const struct cue *cue = cue_paired(f, c);
	cue = cue ? cue : cue_behind(f, c);
	cue = cue ? cue : cue_in_chain(f, c);
	if (obey(f, c, cue)) {
		if (cue->side == SIDE_BEHIND && f->whole->n_brands < BRANDS_MAX)
			f->whole->brands[f->whole->n_brands++] =
				(struct brand){candidate_unit(f, c), goes_on_with(f, c)};
		return;
	}
	if (behind_surname(f, c))
		decide(c, VERDICT_NO, "person");
	else if (behind_house_number(f, c))
		decide(c, VERDICT_NO, "street");
	else if (!candidate_is_part(c) && in_quotes(f, c))
		decide(c, VERDICT_NO, "nickname");
	else
		decide(c, c->need ? VERDICT_DOUBT : VERDICT_YES, "name");
}

static uint32_t *presence(const struct finder *f, const struct candidate *c)
{
	return &f->whole->present[f->g->units.p[candidate_unit(f, c)].now];
}

void accept(const struct finder *f, struct candidate *c)
{
	c->verdict = VERDICT_YES;
	++*presence(f, c);
	if (candidate_is_part(c))
		f->whole->home[candidate_unit(f, c)] = 1;
}

void withdraw(const struct finder *f, struct candidate *c, enum verdict v, const char *why)
{
	*presence(f, c) -= c->verdict == VERDICT_YES;
	decide(c, v, why);
}

void judge(struct finder *f, struct candidate *c)
{
	judge_alone(f, c);
	const struct cue *cue =
		c->verdict == VERDICT_YES || c->verdict == VERDICT_DOUBT ? cue_in_sentence(f, c) : NULL;
	if (cue) {
		c->here = c->verdict;
		c->here_why = c->why;
		decide(c, VERDICT_ELSEWHERE, cue->why);
	} else if (c->verdict == VERDICT_YES) {
		accept(f, c);
	}
}
