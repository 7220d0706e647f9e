/* need: which words must stand in a paragraph for a regular expression to match there. The pattern is read
 * once more, by our own small grammar, into groups: every match holds one word of each group. "\bhà
 * nội\b.{0,80} \b(?:tin giả|bịa đặt)\b" yields {hà nội} and {tin giả, bịa đặt}. Texts are grown as long as
 * they are known exactly (a set of strings, multiplied by alternatives and optional parts); where something
 * unknown comes (a dot, a class, a loop) what was grown becomes a group and growing begins anew. Look-around
 * is passed over: it takes no room.
 *
 * A word is of use only when it surely begins where a word of the text begins, since only there the scan
 * looks (literal.c): behind \b, a blank or a sign, or by being of a script that is looked at everywhere. So
 * "vỡ đập" without \b yields "đập". When every match begins with a word of the first group, the expression
 * need be tried only where one stands; when it begins with a digit, only where digits stand. A pattern
 * that yields no group is run on every paragraph that holds its longest plain piece; that is the price of
 * leaving out \b.
 *
 * Whole words with nothing but dots between them, as in the example, are a chain: the words' places alone
 * decide whether it matches, and PCRE2 is not asked (chain.c). Of others it is reckoned how far a word can
 * stand behind the one before, so that PCRE2 is asked only where all of them stand near enough. */

#include "rule/need.h"

#include <string.h>

#include "base/banned.h"

static char at(const struct reader *r, size_t ahead)
{
	return r->i + ahead < r->s.n ? r->s.p[r->i + ahead] : 0;
}

/* A sequence as it is read. */
struct growing {
	struct texts cur; /* known exactly, since the last part that is not */
	struct groups groups;
	bool broken; /* something was unknown */
	bool chain;  /* so far; then dots are what stands before cur */
	struct gap dots;
	bool starts;    /* a word may begin where cur begins */
	uint32_t most;  /* characters of a match so far */
	uint32_t apart; /* those since the last group's word, or since the beginning, up to cur */
	enum opening digits;
};

/* What was grown becomes a group. */
static void flush(struct reader *r, struct growing *g, bool leads)
{
	size_t before = g->groups.n;
	struct margin out;
	bool useful = groups_add_texts(r->a, &g->groups, &g->cur, g->starts, leads, &out);
	bool added = g->groups.n > before;
	g->chain = g->chain && added && texts_plain(&g->cur);
	if (added)
		g->groups.v[before].gap =
			g->chain ? g->dots : (struct gap){.most = sum(g->apart, out.before)};
	g->apart = useful ? out.behind : sum(g->apart, texts_longest(&g->cur));
	g->cur = texts_one(r->a, SPAN(""));
}

/* Every match goes on behind the first part, whatever it was. */
static enum opening opening_of(const struct growing *g, const struct part *atom, uint32_t least)
{
	bool edge = g->cur.n == 1 && span_is(g->cur.p[0], EDGE_TEXT);
	bool first = !g->broken && g->cur.n == 1 && (edge || !g->cur.p[0].n);
	if (!first || !least)
		return OPENS_ANY;
	return edge && atom->digits ? OPENS_EDGE_DIGIT : atom->digits;
}

static bool ends_word(const struct part *x)
{
	return x->exact ? texts_end_words(&x->set, false) : x->ends;
}

/* Takes in an atom that is not known exactly. */
static void take_unknown(struct growing *g, const struct part *atom, const struct count *n)
{
	size_t groups = n->least ? atom->groups.n : 0;
	for (size_t i = 0; i < groups; i++) {
		struct need more = atom->groups.v[i];
		more.leads = false;
		more.gap = (struct gap){.most = i ? more.gap.most : sum(g->apart, more.gap.most)};
		groups_add(&g->groups, &more);
	}
	g->apart = groups ? sum(atom->rest, product(n->most - 1, atom->most))
			  : sum(g->apart, product(n->most, atom->most));
}

/* Takes in an atom that is not grown further: it is unknown, or is too much, or stands more than once. */
static void break_off(
	struct reader *r, struct growing *g, struct part *atom, const struct count *n, bool grown)
{
	enum opening digits = grown ? OPENS_ANY : opening_of(g, atom, n->least);
	bool starts = texts_end_words(&g->cur, g->starts);
	flush(r, g, !g->broken);
	g->digits = g->broken ? g->digits : digits;
	g->broken = true;
	g->chain = g->chain && atom->dot && !n->holds;
	g->dots = (struct gap){n->least, n->most, n->lazy};
	g->starts = starts;
	bool known = atom->exact && n->least, follows = known && !grown;
	if (follows)
		g->cur = atom->set;
	if (follows && n->most == 1)
		return;
	if (follows)
		flush(r, g, false);
	if (known)
		g->apart = sum(g->apart, product(n->most - 1, atom->most));
	else
		take_unknown(g, atom, n);
	g->starts = ends_word(atom) && (n->least || starts);
}

static void read_sequence(struct reader *r, struct part *out)
{
	struct growing g = {.cur = texts_one(r->a, SPAN("")), .chain = true, .starts = r->starts};
	while (r->i < r->s.n && at(r, 0) != '|' && at(r, 0) != ')') {
		struct part atom;
		struct texts more;
		bool blank = at(r, 0) == '\\' && at(r, 1) == 's';
		r->starts = texts_end_words(&g.cur, g.starts);
		read_atom(r, &atom);
		struct count n = read_quantifier(r);
		r->odd = r->odd || (!atom.dot && (n.lazy || n.holds));
		if (blank && n.least == 1)
			n.most = 1;
		if (atom.exact && n.least == 0 && n.most == 1 && atom.set.n < TEXTS_MAX) {
			texts_add_nothing(r->a, &atom.set);
			n.least = 1;
		}
		bool grown = atom.exact && n.least >= 1 && texts_multiply(r->a, &g.cur, &atom.set, &more);
		g.most = sum(g.most, product(n.most, atom.most));
		if (grown)
			g.cur = more;
		if (!grown || n.most != 1)
			break_off(r, &g, &atom, &n, grown);
	}
	bool ends = texts_end_words(&g.cur, g.starts);
	if (g.broken)
		flush(r, &g, false);
	*out = (struct part){.exact = !g.broken,
		.ends = ends,
		.chain = g.broken && g.chain,
		.digits = g.digits,
		.most = g.most,
		.rest = g.apart,
		.set = g.cur,
		.groups = g.groups};
}

/* Of alternatives, one group: the best of each; it stands anywhere in the part. */
static void unite(struct reader *r, const struct part *x, bool starts, struct part *to)
{
	struct groups mine = x->groups, one_of = {0};
	struct need all;
	struct margin any;
	if (x->exact)
		(void)groups_add_texts(r->a, &mine, &x->set, starts, false, &any);
	const struct need *new = groups_best(&mine), *old = groups_best(&to->groups);
	to->exact = false;
	if (new &&old &&new->n + old->n <= TEXTS_MAX * 2) {
		all = (struct need){.words = arena_array(r->a, struct span, new->n + old->n),
			.n = new->n + old->n,
			.gap = {.most = to->most}};
		memcpy(all.words, old->words, old->n * sizeof *all.words);
		memcpy(all.words + old->n, new->words, new->n * sizeof *all.words);
		groups_add(&one_of, &all);
	}
	to->groups = one_of;
	to->rest = to->most;
}

void read_alternatives(struct reader *r, struct part *out)
{
	bool starts = r->starts;
	read_sequence(r, out);
	while (at(r, 0) == '|') {
		struct part x;
		r->i++;
		r->starts = starts;
		read_sequence(r, &x);
		out->chain = false;
		out->most = larger(out->most, x.most);
		out->ends = ends_word(out) && ends_word(&x);
		if (x.digits != out->digits)
			out->digits = x.digits && out->digits ? OPENS_DIGIT : OPENS_ANY;
		if (out->exact && x.exact && out->set.n + x.set.n <= TEXTS_MAX) {
			struct texts both = {
				arena_array(r->a, struct span, out->set.n + x.set.n), out->set.n};
			memcpy(both.p, out->set.p, out->set.n * sizeof *both.p);
			memcpy(both.p + both.n, x.set.p, x.set.n * sizeof *both.p);
			both.n += x.set.n;
			out->set = both;
			continue;
		}
		struct margin any;
		if (out->exact)
			(void)groups_add_texts(r->a, &out->groups, &out->set, starts, false, &any);
		unite(r, &x, starts, out);
	}
}

/* The rarest first, or the one that leads. */
static void best_first(struct regex *re)
{
	for (size_t i = 1; i < re->n_needs; i++)
		if (!re->needs[0].leads && need_rarer(&re->needs[i], &re->needs[0])) {
			struct need first = re->needs[0];
			re->needs[0] = re->needs[i];
			re->needs[i] = first;
		}
}

void regex_needs(struct arena *a, struct span pattern, struct regex *out)
{
	struct arena scratch = {0};
	struct reader r = {.a = &scratch, .s = pattern};
	struct part all;
	read_alternatives(&r, &all);
	if (all.exact) {
		struct margin any;
		(void)groups_add_texts(&scratch, &all.groups, &all.set, false, true, &any);
		all.chain = all.groups.n == 1 && texts_plain(&all.set);
	}
	out->needs = arena_array(a, struct need, all.groups.n + 1);
	for (size_t i = 0; r.i >= pattern.n && i < all.groups.n; i++) {
		const struct need *from = &all.groups.v[i];
		struct need *to = &out->needs[out->n_needs++];
		*to = *from;
		to->words = arena_array(a, struct span, from->n);
		for (size_t k = 0; k < from->n; k++)
			to->words[k] = arena_span(a, from->words[k]);
	}
	out->chain = out->n_needs && all.chain && !r.odd;
	out->digits = r.i >= pattern.n && !leads(out) ? all.digits : OPENS_ANY;
	if (!out->chain)
		best_first(out);
	arena_release(&scratch);
}
