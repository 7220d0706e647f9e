/* weigh: a term whose words have points. No word of it decides; where the words of some sentences in a row
 * reach enough points together, those that added some are its occurrences. A word counts once a stretch,
 * however often it stands there, and words may take points away.
 *
 * A stretch begins at each sentence. An occurrence is the first of its word in the stretches that begin
 * behind the occurrence before, so it adds to a range of beginnings: two notes in a row of differences, and
 * the sums of all stretches come out in one pass. The title is read before the first sentence of summary and
 * body. */

#include "rule/rule_priv.h"

#include "base/banned.h"

/* One field, with the title before it. */
struct stretch {
	enum field field;
	uint32_t title; /* sentences of it */
	uint32_t lines; /* sentences of both */
	int32_t *sum;   /* by line: of the stretch that begins there */
	bool *enough;   /* by line: it lies in a stretch that reaches enough */
};

static bool line_of(
	const struct rule_matcher *m, const struct stretch *s, const struct hit *h, uint32_t *line)
{
	const struct text *t = &m->f->field[h->field];
	if (h->field != s->field && (h->field != FIELD_TITLE || !s->title))
		return false;
	*line = t->words[h->word].sentence + (h->field == s->field ? s->title : 0);
	return true;
}

static void add_up(struct rule_matcher *m, const struct term *t, size_t list, struct stretch *s)
{
	const struct list *x = t->lists[list];
	const struct hits *h = &m->by_list[x->number];
	uint32_t line;
	for (size_t i = 0; i < h->v.n; i++) {
		const struct hit *hit = &h->v.p[i];
		if (!line_of(m, s, hit, &line) || hit_excepted(m, t, x, hit))
			continue;
		uint32_t from = line >= t->within ? line - (uint32_t)t->within + 1 : 0;
		from = m->last_line[hit->id] > from ? m->last_line[hit->id] : from;
		m->last_line[hit->id] = line + 1;
		if (from > line)
			continue;
		s->sum[from] += t->points[list];
		s->sum[line + 1] -= t->points[list];
	}
	for (size_t i = 0; i < h->v.n; i++)
		m->last_line[h->v.p[i].id] = 0;
}

/* Differences -> sums -> which sentences count. */
static int64_t most_points(const struct term *t, struct stretch *s)
{
	int64_t sum = 0, most = 0;
	uint32_t until = 0;
	for (uint32_t line = 0; line < s->lines; line++) {
		sum += s->sum[line];
		most = sum > most ? sum : most;
		if (sum >= t->at_least)
			until = line + (uint32_t)t->within;
		s->enough[line] = line < until;
	}
	return most;
}

/* Those that added points in such a sentence; without `out` they are counted only. */
static size_t take(struct rule_matcher *m, const struct term *t, const struct stretch *s, struct pos *out)
{
	size_t n = 0;
	uint32_t line;
	for (size_t k = 0; k < t->n_lists; k++) {
		const struct hits *h = &m->by_list[t->lists[k]->number];
		for (size_t i = 0; t->points[k] > 0 && i < h->v.n; i++) {
			const struct hit *hit = &h->v.p[i];
			if (!line_of(m, s, hit, &line) || !s->enough[line] ||
				hit_excepted(m, t, t->lists[k], hit))
				continue;
			if (out)
				out[n] = (struct pos){.field = (uint8_t)hit->field,
					.points = (int16_t)t->points[k],
					.start = hit->start,
					.end = hit->end,
					.word = hit->word,
					.term = t};
			n++;
		}
	}
	return n;
}

static int64_t weigh_field(struct rule_matcher *m, const struct term *t, enum field field, struct set *out)
{
	const struct text *title = &m->f->field[FIELD_TITLE], *body = &m->f->field[field];
	struct stretch s = {.field = field};
	s.title = field != FIELD_CAPTIONS ? (uint32_t)title->n_sentences : 0;
	s.lines = s.title + (uint32_t)body->n_sentences;
	s.sum = arena_array(&m->scratch, int32_t, s.lines + 1);
	s.enough = arena_array(&m->scratch, bool, s.lines + 1);
	for (size_t i = 0; i < t->n_lists; i++)
		add_up(m, t, i, &s);
	int64_t most = most_points(t, &s);
	if (most < t->at_least)
		return most;
	/* the title's may be taken once for each field, and are sealed to one */
	struct pos *all = arena_raw(&m->scratch, (out->n + take(m, t, &s, NULL)) * sizeof *all);
	for (size_t i = 0; i < out->n; i++)
		all[i] = out->p[i];
	out->n += take(m, t, &s, all + out->n);
	out->p = all;
	return most;
}

int64_t term_weigh(struct rule_matcher *m, const struct term *t, struct set *out)
{
	int64_t most = 0;
	size_t n = 0;
	for (size_t i = 0; i < t->n_lists; i++)
		n += m->by_list[t->lists[i]->number].v.n;
	for (enum field field = FIELD_SUMMARY; n && field <= FIELD_CAPTIONS; field++) {
		if (!m->f->field[field].n_words && field != FIELD_TEXT) /* a title may stand alone */
			continue;
		int64_t points = weigh_field(m, t, field, out);
		most = points > most ? points : most;
	}
	set_seal(out);
	return most;
}
