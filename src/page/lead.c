/* lead: what may open an article, inside the body or before it. */
#include "page/body_priv.h"
#include "page/dateline.h"

#include <string.h>

#include "base/banned.h"

enum {
	HEADING_MIN = 70, /* bytes */
	SAME_MIN = 20,    /* letters */
	NAMED_MIN = 24,   /* bytes of what is named a lead: eight signs */
	KEY_BYTES = 64,
	NEAR_BODY = 12, /* blocks, where no headline is */
	FAR_HEAD = 40   /* blocks between headline and body */
};

bool body_is_lead_heading(const struct view *v, const struct view_block *b)
{
	return b->tag == VIEW_HEADING && b->n >= HEADING_MIN && b->stops > 0 &&
	       v->text.p[b->at + b->n - 1] == '.' && body_linked(b) < 0.3f;
}

static void plain_key(struct span s, char out[KEY_BYTES], size_t *n)
{
	*n = 0;
	for (size_t i = 0; i < s.n && *n < KEY_BYTES; i++)
		if ((unsigned char)s.p[i] > '@')
			out[(*n)++] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] | 32) : s.p[i];
}

/* Do both begin with the same letters? */
static bool same_start(struct span a, struct span b)
{
	char x[KEY_BYTES], y[KEY_BYTES];
	size_t n, m;
	plain_key(a, x, &n);
	plain_key(b, y, &m);
	size_t k = n < m ? n : m;
	return k >= SAME_MIN && memcmp(x, y, k) == 0;
}

/* Signs of three bytes: fewer of them say as much. */
static bool is_dense(struct span line)
{
	size_t wide = 0;
	for (size_t i = 0; i < line.n; i++)
		wide += (unsigned char)line.p[i] >= 0xE3;
	return wide * 6 >= line.n;
}

/* Is it the first line of what the page calls an article, or its body? */
static bool opens_body(const struct finder *f, uint32_t i)
{
	for (uint32_t k = view_first_at(f->v, i); k < f->v->elements.n && f->v->elements.p[k].b0 == i; k++) {
		const struct view_element *x = &f->v->elements.p[k];
		if ((x->flags & VIEW_IS_BODY || x->tag == VIEW_ARTICLE) && body_prose(f, x) >= BIG_PROSE)
			return true;
	}
	return false;
}

/* May it be a lead by its name, or by its place? Where signs are as wide as words, that is a subtitle. */
static bool is_named_lead(const struct finder *f, uint32_t i)
{
	const struct view_block *b = &f->v->blocks.p[i];
	if (b->flags & WORD_LEAD)
		return true;
	return b->links == 0 && b->tag != VIEW_HEADING && is_dense(view_text(f->v, i)) && opens_body(f, i) &&
	       !dateline_looks(view_text(f->v, i), b->words);
}

bool body_is_lead(const struct finder *f, uint32_t i)
{
	const struct view_block *b = &f->v->blocks.p[i];
	struct span line = view_text(f->v, i);
	uint32_t least = b->flags & WORD_LEAD && is_dense(line) ? NAMED_MIN : LEAD_MIN;
	if (b->n < least || body_linked(b) > 0.3f || b->tag == VIEW_H1 || same_start(line, f->h->title))
		return false;
	if (f->h->description.n && same_start(line, f->h->description))
		return true;
	if (b->cut || b->flags & (VIEW_IN_FIGURE | WORD_CAPTION | WORD_META) || words_byline(line) ||
		words_credit(line) || words_page_talk(line))
		return false;
	if (is_named_lead(f, i))
		return true;
	return body_is_prose(b) || body_is_lead_heading(f->v, b);
}

uint32_t body_find_lead(struct finder *f)
{
	struct view *v = f->v;
	uint32_t to = f->b0, lead = UINT32_MAX;
	uint32_t from = f->h->headline < to ? f->h->headline + 1 : to > NEAR_BODY ? to - NEAR_BODY : 0;
	if (to - from > FAR_HEAD)
		from = to - FAR_HEAD;
	for (uint32_t i = from; i < to; i++) {
		if (!body_is_lead(f, i))
			continue;
		v->blocks.p[i].keep = true;
		if (lead == UINT32_MAX)
			lead = i;
	}
	return lead;
}
