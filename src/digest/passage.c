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
	LEAD_SHOWN = 240,
	WORD_REACH = 24,      /* bytes within which a word limit is looked for */
	SENTENCE_REACH = 120, /* bytes within which a sentence's limit is */
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

/* Does a sentence end before byte `at`? A full stop, and so on, with a blank behind it, or a paragraph's end.
 */
static bool sentence_ends(struct span s, size_t at)
{
	if (at == 0 || at >= s.n || s.p[at - 1] == '\n' || s.p[at] == '\n')
		return true;
	struct span before = span_cut(s, 0, at);
	if (span_ends(before, "。") || span_ends(before, "！") || span_ends(before, "？"))
		return true;
	return blank(s.p[at]) && strchr(".!?", s.p[at - 1]);
}

static size_t skip_blank(struct span s, size_t at, size_t stop)
{
	while (at < stop && blank(s.p[at]))
		at++;
	return at;
}

/* Where the last quote that begins before `end` ends: no sentence limit before it cuts it off. */
static size_t last_quote(const struct flag *f, enum field field, struct span s, size_t to, size_t end)
{
	for (size_t i = 0; i < f->n_quotes; i++) {
		const struct quote *q = &f->quotes[i];
		if (q->field != field || utf8_offset(s, q->start) >= end)
			continue;
		size_t stop = utf8_offset(s, q->end);
		to = stop > to ? stop : to;
	}
	return to < end ? to : end;
}

/* The window as bytes of s around the first quote, [from, to) in code points: whole sentences when their
 * limits are near the window's, else whole words. */
static void window(const struct flag *f, const struct quote *q, struct span s, struct passage *p,
	size_t *start, size_t *end)
{
	uint32_t last = q->end - q->start > QUOTE_SHOWN ? q->start + QUOTE_SHOWN : q->end;
	size_t from = utf8_offset(s, q->start), to = utf8_offset(s, last);
	*start = word_after(s, utf8_offset(s, q->start > AROUND ? q->start - AROUND : 0), from);
	p->cut_front = *start > 0;
	for (size_t i = *start - p->cut_front; p->cut_front && i <= from && i < *start + SENTENCE_REACH; i++)
		if (sentence_ends(s, i)) {
			*start = i;
			p->cut_front = false;
		}
	*start = skip_blank(s, *start, from);
	*end = word_before(s, to + utf8_offset(span_cut(s, to, s.n), AROUND), to);
	p->cut_back = *end < s.n;
	to = last_quote(f, q->field, s, to, *end);
	for (size_t i = *end; p->cut_back && i >= to && i + SENTENCE_REACH > *end; i--)
		if (sentence_ends(s, i)) {
			*end = i;
			p->cut_back = false;
		}
	while (*end > to && blank(s.p[*end - 1]))
		--*end;
}

/* What the article begins with, for a passage that is the title itself. */
static void lead_of(const struct article *x, struct passage *p)
{
	struct span s =
		span_trim(span_of(x->summary && *x->summary ? x->summary : article_field(x, FIELD_TEXT)));
	if (!utf8_valid(s))
		return;
	size_t end = word_before(s, utf8_offset(s, LEAD_SHOWN), 0);
	p->lead = span_cut(s, 0, end);
	p->lead_cut = end < s.n;
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
	size_t start = 0, end = s.n;
	if (q->field == FIELD_TITLE)
		lead_of(it->articles[0], out);
	else
		window(f, q, s, out, &start, &end);
	out->text = span_cut(s, start, end);
	out->lang = it->articles[0]->lang;
	mark_quotes(f, q->field, s, start, end, out);
	return q->field == FIELD_TITLE ? PASSAGE_TITLE : PASSAGE_SHOWN;
}
