/* passage: what was flagged, in its place: a window of some 160 characters before and behind the first quote
 * of the item's flag in the leading article, cut at word limits, with every quote in it marked.
 *
 * What an item that is only referred quotes may name private persons, minors or the sick, and a digest is
 * forwarded: its passage is masked. Forged papers, scams and maps are referred too, but quoting them harms
 * nobody and warns the reader. */
#include "digest/digest_priv.h"

#include <string.h>

#include "base/utf8.h"

#include "base/banned.h"

enum {
	AROUND = 160,      /* code points to each side */
	QUOTE_SHOWN = 320, /* code points of a quote; a longer one is cut */
	WORD_REACH = 24,   /* bytes within which a word limit is looked for */
};

static bool masked(const struct item *it)
{
	static const char *const harmless[] = {"gia-mao", "lua-dao", "chu-quyen"};
	if (!it->action || strcmp(it->action, "refer") != 0)
		return false;
	for (size_t i = 0; it->topic && i < sizeof harmless / sizeof *harmless; i++)
		if (strcmp(it->topic, harmless[i]) == 0)
			return false;
	return true;
}

/* The flag the item stands for, else the first that counts. */
static const struct flag *item_flag(const struct item *it)
{
	const struct article *x = it->articles[0];
	const struct flag *any = NULL;
	for (size_t i = 0; i < x->n_flags; i++) {
		const struct flag *f = &x->flags[i];
		if (f->trial || !f->n_quotes)
			continue;
		if (it->rule && f->rule && strcmp(it->rule, f->rule) == 0)
			return f;
		if (!any)
			any = f;
	}
	return any;
}

/* The title is shown anyway, so a quote elsewhere says more. */
static const struct quote *first_quote(const struct flag *f)
{
	static const enum field order[] = {FIELD_TEXT, FIELD_SUMMARY, FIELD_CAPTIONS, FIELD_TITLE};
	for (size_t o = 0; o < sizeof order / sizeof *order; o++) {
		const struct quote *best = NULL;
		for (size_t i = 0; i < f->n_quotes; i++)
			if (f->quotes[i].field == order[o] && f->quotes[i].end > f->quotes[i].start &&
				(!best || f->quotes[i].start < best->start))
				best = &f->quotes[i];
		if (best)
			return best;
	}
	return NULL;
}

static bool blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* From byte `at` on, the start of the next word; `at` itself when none begins within reach (a text without
 * spaces). */
static size_t word_after(struct span s, size_t at, size_t stop)
{
	if (at == 0 || blank(s.p[at - 1]))
		return at;
	size_t limit = at + WORD_REACH < stop ? at + WORD_REACH : stop;
	for (size_t i = at; i < limit; i++)
		if (blank(s.p[i]))
			return i + 1;
	return at;
}

static size_t word_before(struct span s, size_t at, size_t stop)
{
	if (at >= s.n || blank(s.p[at]))
		return at;
	size_t limit = at > stop + WORD_REACH ? at - WORD_REACH : stop;
	for (size_t i = at; i > limit; i--)
		if (blank(s.p[i - 1]))
			return i - 1;
	return at;
}

/* The window as byte offsets of s around the quote's bytes [from, to). */
static void window(struct span s, size_t cp, size_t from, size_t to, size_t *start, size_t *end)
{
	*start = word_after(s, utf8_offset(s, cp > AROUND ? cp - AROUND : 0), from);
	size_t far = to + utf8_offset(span_cut(s, to, s.n), AROUND);
	*end = word_before(s, far, to);
	while (*start < from && blank(s.p[*start]))
		++*start;
	while (*end > to && blank(s.p[*end - 1]))
		--*end;
}

/* Puts the marks in order and joins those that touch. */
static void tidy_marks(struct passage *p)
{
	size_t kept = 0;
	for (size_t i = 1; i < p->n; i++)
		for (size_t j = i; j > 0 && p->mark[j].from < p->mark[j - 1].from; j--) {
			struct mark other = p->mark[j];
			p->mark[j] = p->mark[j - 1];
			p->mark[j - 1] = other;
		}
	for (size_t i = 0; i < p->n; i++) {
		struct mark *last = kept ? &p->mark[kept - 1] : NULL;
		if (!last || p->mark[i].from > last->to)
			p->mark[kept++] = p->mark[i];
		else if (p->mark[i].to > last->to)
			last->to = p->mark[i].to;
	}
	p->n = kept;
}

static void mark_quotes(
	const struct flag *f, enum field field, struct span s, size_t start, size_t end, struct passage *p)
{
	for (size_t i = 0; i < f->n_quotes && p->n < PASSAGE_MARKS; i++) {
		const struct quote *q = &f->quotes[i];
		if (q->field != field || q->end <= q->start)
			continue;
		size_t from = utf8_offset(s, q->start), to = utf8_offset(s, q->end);
		from = from < start ? start : from;
		to = to > end ? end : to;
		if (from < to)
			p->mark[p->n++] = (struct mark){from - start, to - start};
	}
	tidy_marks(p);
}

enum passage_kind item_passage(const struct item *it, struct passage *out)
{
	*out = (struct passage){0};
	if (!it->n_articles || !it->articles[0])
		return PASSAGE_NONE;
	const struct flag *f = item_flag(it);
	const struct quote *q = f ? first_quote(f) : NULL;
	if (!q)
		return PASSAGE_NONE;
	struct span s = span_of(article_field(it->articles[0], q->field));
	if (!utf8_valid(s) || utf8_offset(s, q->start) >= s.n)
		return PASSAGE_NONE;
	if (masked(it))
		return PASSAGE_MASKED;
	size_t start, end, last = q->end - q->start > QUOTE_SHOWN ? q->start + QUOTE_SHOWN : q->end;
	window(s, q->start, utf8_offset(s, q->start), utf8_offset(s, last), &start, &end);
	out->text = span_cut(s, start, end);
	out->lang = it->articles[0]->lang;
	out->cut_front = start > 0;
	out->cut_back = end < s.n;
	mark_quotes(f, q->field, s, start, end, out);
	return PASSAGE_SHOWN;
}
