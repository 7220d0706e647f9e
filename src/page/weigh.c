/* weigh: how much like news a block is, and the sums over elements. */
#include "page/body_priv.h"

#include <string.h>

#include "base/banned.h"

float body_linked(const struct view_block *b)
{
	return b->n ? (float)b->link / (float)b->n : 0;
}

/* Running text: long enough, hardly linked, with a sentence in it. */
bool body_is_prose(const struct view_block *b)
{
	return b->n - b->link >= PROSE_MIN && body_linked(b) < 0.4f && b->stops > 0 &&
	       b->tag != VIEW_HEADING && b->tag != VIEW_H1;
}

bool body_shows_prose(const struct view *v)
{
	size_t n = 0;
	for (size_t i = 0; i < v->blocks.n; i++)
		n += body_is_prose(&v->blocks.p[i]) ? v->blocks.p[i].n : 0;
	return n >= BIG_PROSE;
}

static float weigh(const struct view_block *b)
{
	if (b->cut)
		return b->n > PROSE_MIN ? -0.6f : -0.3f;
	if (b->flags & VIEW_IN_FIGURE)
		return 0;
	if (body_is_prose(b)) {
		float w = 0.6f + (float)(b->n - b->link) * (1 - body_linked(b)) / 100.0f;
		if (w > 8)
			w = 8;
		if (b->tag == VIEW_LI || b->flags & VIEW_IN_TABLE)
			w *= 0.5f;
		return w;
	}
	if (body_linked(b) >= 0.5f)
		return b->n > PROSE_MIN ? -0.7f : -0.5f;
	if (b->tag == VIEW_HEADING || b->tag == VIEW_H1)
		return 0;
	return b->n >= 30 && b->stops ? 0.15f : -0.15f;
}

void body_sum_up(struct finder *f)
{
	f->sum.n = f->prose.n = f->h1.n = 0;
	uint32_t h1 = 0;
	float sum = 0;
	f->total = 0;
	for (size_t i = 0; i <= f->v->blocks.n; i++) {
		vec_push(&f->sum, sum);
		vec_push(&f->prose, f->total);
		vec_push(&f->h1, h1);
		if (i == f->v->blocks.n)
			break;
		struct view_block *b = &f->v->blocks.p[i];
		b->weight = weigh(b);
		h1 += b->tag == VIEW_H1;
		sum += b->weight;
		f->total += body_is_prose(b) && !b->cut ? b->n : 0;
	}
}

float body_score(const struct finder *f, const struct view_element *x)
{
	return f->sum.p[x->b1] - f->sum.p[x->b0];
}

uint32_t body_prose(const struct finder *f, const struct view_element *x)
{
	return f->prose.p[x->b1] - f->prose.p[x->b0];
}

void body_cut(struct view *v, uint32_t b0, uint32_t b1, enum view_cut why)
{
	for (uint32_t i = b0; i < b1; i++)
		if (!v->blocks.p[i].cut)
			v->blocks.p[i].cut = (uint8_t)why;
}

/* Words with a digit number the element. */
uint32_t body_name(const struct view_element *x)
{
	uint32_t h = 2166136261u;
	struct span c = node_attr(x->node, "class"), word;
	while (span_next(&c, ' ', &word)) {
		uint32_t before = h;
		bool digit = false;
		for (size_t i = 0; i < word.n; i++) {
			h = (h ^ (unsigned char)word.p[i]) * 16777619u;
			digit = digit || (word.p[i] >= '0' && word.p[i] <= '9');
		}
		h = digit ? before : (h ^ ' ') * 16777619u;
	}
	return (h ^ (uint32_t)x->tag) * 16777619u;
}

void body_release(struct finder *f)
{
	vec_release(&f->sum);
	vec_release(&f->prose);
	vec_release(&f->h1);
}
