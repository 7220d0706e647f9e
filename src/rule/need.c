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

#include "rule/rule_priv.h"

#include <string.h>

#include "base/utf8.h"

#include "base/banned.h"

enum {
	SET_MAX = 256,  /* strings grown at once */
	BYTES_MAX = 96, /* of one string */
	EDGE = '\x01',  /* in a string: \b */
	DEPTH_MAX = 40,
	CLASS_MAX = 8, /* bytes of a class whose characters are taken one by one */
};

struct strings {
	struct span *p;
	size_t n;
};

struct groups {
	struct need v[RULE_NEEDS_MAX];
	size_t n;
};

static const uint32_t ANY = UINT32_MAX; /* number of characters */

/* What is known of a part of the pattern: all the texts it can match, in the order they are tried, or only
 * what these must hold; the gap of the first group begins where the part does. */
struct part {
	bool exact;
	bool dot;            /* is one */
	bool ends;           /* it ends where a word may begin, whatever it matches */
	uint32_t most, rest; /* characters of a match; those behind the word of the last group */
	bool chain;          /* the groups are whole words, with gaps between them, and nothing else */
	enum opening digits; /* what it begins with */
	struct strings set;
	struct groups groups;
};

struct reader {
	struct arena *a;
	struct span s;
	size_t i;
	int depth;
	bool odd; /* looks around, sets flags, does not go back: the order and the texts alone do not tell */
};

/* How often an atom may stand. */
struct count {
	uint32_t least, most; /* UINT32_MAX: any number */
	bool lazy, holds;     /* ? or + behind it */
};

static uint32_t sum(uint32_t x, uint32_t y)
{
	return x > ANY - y ? ANY : x + y;
}

static uint32_t product(uint32_t x, uint32_t y)
{
	return x && y > ANY / x ? ANY : x * y;
}

static uint32_t larger(uint32_t x, uint32_t y)
{
	return x > y ? x : y;
}

/* Characters of the longest. */
static uint32_t longest(const struct strings *set)
{
	size_t most = 0;
	for (size_t i = 0; i < set->n; i++) {
		size_t n = utf8_count(set->p[i]);
		for (size_t k = 0; k < set->p[i].n; k++)
			n -= set->p[i].p[k] == EDGE;
		most = n > most ? n : most;
	}
	return (uint32_t)most;
}

static struct strings one(struct arena *a, struct span s)
{
	struct strings set = {arena_array(a, struct span, 1), 1};
	set.p[0] = s;
	return set;
}

static char at(const struct reader *r, size_t ahead)
{
	return r->i + ahead < r->s.n ? r->s.p[r->i + ahead] : 0;
}

/* Every string of x followed by every string of y; false when that is too many or too long. */
static bool multiply(struct arena *a, const struct strings *x, const struct strings *y, struct strings *out)
{
	if (x->n * y->n > SET_MAX)
		return false;
	*out = (struct strings){arena_array(a, struct span, x->n * y->n + 1), 0};
	for (size_t i = 0; i < x->n; i++)
		for (size_t k = 0; k < y->n; k++) {
			if (x->p[i].n + y->p[k].n > BYTES_MAX)
				return false;
			char *to = arena_alloc(a, BYTES_MAX);
			if (x->p[i].n)
				memcpy(to, x->p[i].p, x->p[i].n);
			if (y->p[k].n)
				memcpy(to + x->p[i].n, y->p[k].p, y->p[k].n);
			out->p[out->n++] = (struct span){to, x->p[i].n + y->p[k].n};
		}
	return true;
}

/* What a group's words leave out of the strings they are taken from: bytes before and behind, at most. */
struct margin {
	uint32_t before, behind;
};

/* The part of a string that begins at a sure word start, without edges; empty: none, or too short. *leads is
 * taken back when it is not the beginning of the string. */
static struct span usable(struct arena *a, struct span s, bool *leads, struct margin *out)
{
	size_t from = 0;
	for (; from < s.n; from++) {
		unsigned char c = (unsigned char)s.p[from];
		if ((c & 0xC0) == 0x80 || !literal_starts(c))
			continue;
		bool everywhere = c >= 0x80 && !literal_letter(s.p + from, s.n - from);
		if (everywhere || (from && !literal_starts((unsigned char)s.p[from - 1])))
			break;
	}
	for (size_t i = 0; i < from; i++)
		*leads = *leads && s.p[i] == EDGE;
	char *to = arena_alloc(a, s.n + 1);
	size_t n = 0;
	for (size_t i = from; i < s.n; i++)
		if (s.p[i] != EDGE)
			to[n++] = s.p[i];
	size_t all = n;
	while (n && to[n - 1] == ' ')
		n--;
	out->before = larger(out->before, (uint32_t)from);
	out->behind = larger(out->behind, (uint32_t)(all - n));
	return n >= LITERAL_BYTES_MIN ? (struct span){to, n} : (struct span){0};
}

static size_t shortest(const struct need *g)
{
	size_t least = SIZE_MAX;
	for (size_t i = 0; i < g->n; i++)
		least = g->words[i].n < least ? g->words[i].n : least;
	return least;
}

/* Which of two groups lets fewer paragraphs through, as far as lengths tell. */
static bool rarer(const struct need *x, const struct need *y)
{
	return shortest(x) * 4 + y->n > shortest(y) * 4 + x->n;
}

static void group_add(struct groups *to, const struct need *g)
{
	if (to->n < RULE_NEEDS_MAX)
		to->v[to->n++] = *g;
}

/* One of these strings is in every match. False: their words are of no use. */
static bool strings_add(
	struct arena *a, struct groups *to, const struct strings *set, bool leads, struct margin *out)
{
	struct need g = {.words = arena_array(a, struct span, set->n + 1), .leads = leads};
	*out = (struct margin){0};
	for (size_t i = 0; i < set->n; i++) {
		struct span word = usable(a, set->p[i], &g.leads, out);
		if (!word.n)
			return false;
		bool known = false;
		for (size_t k = 0; k < g.n; k++)
			known = known || span_eq(g.words[k], word);
		if (!known)
			g.words[g.n++] = word;
	}
	if (g.n)
		group_add(to, &g);
	return g.n;
}

static const struct need *best_of(const struct groups *g)
{
	const struct need *best = NULL;
	for (size_t i = 0; i < g->n; i++)
		if (!best || rarer(&g->v[i], best))
			best = &g->v[i];
	return best;
}

static void read_alternatives(struct reader *r, struct part *out);

static void unknown(struct part *out, uint32_t most)
{
	*out = (struct part){.most = most};
}

static void exactly(struct reader *r, struct part *out, struct span s)
{
	*out = (struct part){.exact = true, .set = one(r->a, s)};
	out->most = longest(&out->set);
}

/* Behind the ) that closes what is open at the moment; classes and escapes inside are passed over whole. */
static void skip_group(struct reader *r)
{
	int open = 1;
	bool class = false;
	for (; r->i < r->s.n && open; r->i++) {
		char c = r->s.p[r->i];
		if (c == '\\')
			r->i++;
		else if (class)
			class = c != ']';
		else if (c == '[')
			class = true;
		else
			open += (c == '(') - (c == ')');
	}
}

static void skip_class(struct reader *r)
{
	r->i += at(r, 1) == '^' ? 2 : 1;
	r->i++; /* a ] that comes first is itself */
	while (r->i < r->s.n && r->s.p[r->i] != ']') {
		struct span posix = span_cut(r->s, r->i, r->s.n);
		size_t end = span_starts(posix, "[:") ? span_find(r->s, SPAN(":]"), r->i) : SIZE_MAX;
		r->i = end != SIZE_MAX ? end + 2 : r->i + (r->s.p[r->i] == '\\' ? 2 : 1);
	}
	r->i++;
}

/* [?!]: a few characters, each written as itself, are as many strings; anything else is unknown. */
static void read_class(struct reader *r, struct part *out)
{
	size_t from = r->i;
	skip_class(r);
	unknown(out, 1);
	struct span all = span_cut(r->s, from + 1, r->i - 1);
	if (span_is(all, "0-9"))
		out->digits = OPENS_DIGIT;
	if (!all.n || all.n > CLASS_MAX || all.p[0] == '^')
		return;
	out->set = (struct strings){arena_array(r->a, struct span, all.n), 0};
	for (size_t i = 0; i < all.n; i++) {
		if (strchr("\\-[", all.p[i]))
			return;
		if (((unsigned char)all.p[i] & 0xC0) == 0x80)
			out->set.p[out->set.n - 1].n++;
		else
			out->set.p[out->set.n++] = (struct span){all.p + i, 1};
	}
	out->exact = true;
}

static void read_escape(struct reader *r, struct part *out)
{
	char c = at(r, 1);
	r->i += 2;
	bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
	if (!letter) {
		exactly(r, out, span_cut(r->s, r->i - 1, r->i));
	} else if (c == 'b') {
		exactly(r, out, SPAN("\x01"));
	} else if (c == 's') {
		exactly(r, out, SPAN(" ")); /* white space is one blank in folded text */
	} else {
		unknown(out, strchr("dDwWSNhHvVpPx", c) ? 1 : ANY);
		out->digits = c == 'd' ? OPENS_DIGIT : OPENS_ANY;
		if (strchr("pPxoNgk", c) && (at(r, 0) == '{' || at(r, 0) == '<' || at(r, 0) == '\'')) {
			char close = at(r, 0) == '{' ? '}' : at(r, 0) == '<' ? '>' : '\'';
			while (r->i < r->s.n && r->s.p[r->i] != close)
				r->i++;
			r->i++;
		} else if (c == 'p' || c == 'P') {
			r->i++;
		} else if (c == 'x' || c == 'g' || (c >= '0' && c <= '9')) {
			while (r->i < r->s.n && strchr("0123456789abcdef-", r->s.p[r->i]))
				r->i++;
		}
	}
}

static void read_group(struct reader *r, struct part *out)
{
	r->i++;
	if (at(r, 0) == '?') {
		r->i++;
		bool behind = at(r, 0) == '<' && (at(r, 1) == '=' || at(r, 1) == '!');
		if (at(r, 0) == '=' || at(r, 0) == '!' || behind) {
			r->odd = true;
			skip_group(r);
			exactly(r, out, SPAN(""));
			return;
		}
		if (at(r, 0) == '<' || at(r, 0) == '\'' || span_starts(span_cut(r->s, r->i, r->s.n), "P<")) {
			while (r->i < r->s.n && r->s.p[r->i] != '>' &&
				!(r->s.p[r->i] == '\'' && at(r, 1) != '\''))
				r->i++;
			r->i++;
		} else if (at(r, 0) == ':' || at(r, 0) == '>' || at(r, 0) == '|') {
			r->odd = r->odd || at(r, 0) == '>';
			r->i++;
		} else { /* flags, conditions, recursion */
			bool flags = false;
			r->odd = true;
			size_t from = r->i;
			while (at(r, 0) == 'i' || at(r, 0) == 's' || at(r, 0) == 'm')
				r->i++;
			flags = r->i > from && at(r, 0) == ')';
			if (flags)
				r->i++;
			else
				skip_group(r);
			if (flags)
				exactly(r, out, SPAN(""));
			else
				unknown(out, ANY);
			return;
		}
	}
	if (++r->depth > DEPTH_MAX) {
		skip_group(r);
		unknown(out, ANY);
	} else {
		read_alternatives(r, out);
		r->i++;
	}
	r->depth--;
}

static void read_atom(struct reader *r, struct part *out)
{
	char c = at(r, 0);
	if (c == '\\') {
		read_escape(r, out);
	} else if (c == '(') {
		read_group(r, out);
	} else if (c == '[') {
		read_class(r, out);
	} else if (c == '.') {
		r->i++;
		unknown(out, 1);
		out->dot = true;
	} else if (c == '^' || c == '$') {
		r->i++;
		r->odd = true;
		exactly(r, out, SPAN("\x01"));
	} else {
		size_t from = r->i++;
		while (r->i < r->s.n && ((unsigned char)r->s.p[r->i] & 0xC0) == 0x80)
			r->i++;
		exactly(r, out, span_cut(r->s, from, r->i));
	}
}

static bool read_number(struct span s, uint32_t *n)
{
	int64_t v;
	if (!span_to_int64(s, &v) || v < 0 || v >= UINT32_MAX)
		return false;
	*n = (uint32_t)v;
	return true;
}

/* {2}, {2,}, {2,5}. What has blanks or begins with a comma some versions of PCRE2 take for text and some for
 * a count; anything else is text, and read next. */
static struct count read_braces(struct reader *r)
{
	struct count n = {1, UINT32_MAX, false, false};
	size_t end = r->i + 1;
	while (end < r->s.n &&
		(r->s.p[end] == ',' || r->s.p[end] == ' ' || (r->s.p[end] >= '0' && r->s.p[end] <= '9')))
		end++;
	if (end == r->i + 1 || end >= r->s.n || r->s.p[end] != '}')
		return (struct count){1, 1, false, false};
	struct span high = span_cut(r->s, r->i + 1, end), low = {0};
	bool range = span_find_byte(high, ',', 0) != SIZE_MAX;
	span_next(&high, ',', &low);
	bool good = read_number(low, &n.least);
	if (!range)
		n.most = n.least;
	else if (high.n)
		good = good && read_number(high, &n.most);
	r->i = end + 1;
	if (good)
		return n;
	r->odd = true;
	return (struct count){0, UINT32_MAX, false, false};
}

static struct count read_quantifier(struct reader *r)
{
	struct count n = {1, 1, false, false};
	char c = at(r, 0);
	if (c == '*' || c == '+' || c == '?') {
		n.least = c == '+';
		n.most = c == '?' ? 1 : UINT32_MAX;
		r->i++;
	} else if (c == '{') {
		n = read_braces(r);
	} else {
		return n;
	}
	n.lazy = at(r, 0) == '?';
	n.holds = at(r, 0) == '+';
	r->i += n.lazy || n.holds;
	return n;
}

/* Each string is one of whole words: \b, then letters, then \b, and letters stand beside the \b. */
static bool is_plain(const struct strings *set)
{
	for (size_t i = 0; i < set->n; i++) {
		struct span s = set->p[i];
		if (s.n < 3 || s.p[0] != EDGE || s.p[s.n - 1] != EDGE)
			return false;
		struct span inner = span_cut(s, 1, s.n - 1);
		if (span_find_byte(inner, EDGE, 0) != SIZE_MAX || !literal_letter(inner.p, inner.n))
			return false;
		size_t last = inner.n - 1;
		while (last && ((unsigned char)inner.p[last] & 0xC0) == 0x80)
			last--;
		if (!literal_letter(inner.p + last, inner.n - last))
			return false;
	}
	return true;
}

/* A sequence as it is read. */
struct growing {
	struct strings cur; /* known exactly, since the last part that is not */
	struct groups groups;
	bool broken; /* something was unknown */
	bool chain;  /* so far; then dots are what stands before cur */
	struct gap dots;
	bool ends;      /* what stands before cur ends where a word may begin */
	uint32_t most;  /* characters of a match so far */
	uint32_t apart; /* those since the last group's word, or since the beginning, up to cur */
	enum opening digits;
};

/* What was grown becomes a group. */
static void flush(struct reader *r, struct growing *g, bool leads)
{
	size_t before = g->groups.n;
	struct margin out;
	bool useful = strings_add(r->a, &g->groups, &g->cur, leads, &out);
	bool added = g->groups.n > before;
	g->chain = g->chain && added && is_plain(&g->cur);
	if (added)
		g->groups.v[before].gap =
			g->chain ? g->dots : (struct gap){.most = sum(g->apart, out.before)};
	g->apart = useful ? out.behind : sum(g->apart, longest(&g->cur));
	g->cur = one(r->a, SPAN(""));
}

/* Each of them ends where a word may begin; one without a character ends as what stands before does. */
static bool end_words(const struct strings *set, bool before)
{
	for (size_t i = 0; i < set->n; i++) {
		struct span s = set->p[i];
		if (s.n ? literal_starts((unsigned char)s.p[s.n - 1]) : !before)
			return false;
	}
	return true;
}

/* The strings of an atom that may be left out, too: first with it, then without. */
static void add_nothing(struct reader *r, struct strings *set)
{
	struct strings with = {arena_array(r->a, struct span, set->n + 1), set->n + 1};
	memcpy(with.p, set->p, set->n * sizeof *with.p);
	with.p[set->n] = SPAN("");
	*set = with;
}

/* Every match goes on behind the first part, whatever it was. */
static enum opening opening_of(const struct growing *g, const struct part *atom, uint32_t least)
{
	bool edge = g->cur.n == 1 && span_is(g->cur.p[0], "\x01");
	bool first = !g->broken && g->cur.n == 1 && (edge || !g->cur.p[0].n);
	if (!first || !least)
		return OPENS_ANY;
	return edge && atom->digits ? OPENS_EDGE_DIGIT : atom->digits;
}

static bool ends_word(const struct part *x)
{
	return x->exact ? end_words(&x->set, false) : x->ends;
}

/* Takes in an atom that is not known exactly. */
static void take_unknown(struct growing *g, const struct part *atom, const struct count *n)
{
	size_t groups = n->least ? atom->groups.n : 0;
	for (size_t i = 0; i < groups; i++) {
		struct need more = atom->groups.v[i];
		more.leads = false;
		more.gap = (struct gap){.most = i ? more.gap.most : sum(g->apart, more.gap.most)};
		group_add(&g->groups, &more);
	}
	g->apart = groups ? sum(atom->rest, product(n->most - 1, atom->most))
			  : sum(g->apart, product(n->most, atom->most));
}

/* Takes in an atom that is not grown further: it is unknown, or is too much, or stands more than once. */
static void break_off(
	struct reader *r, struct growing *g, struct part *atom, const struct count *n, bool grown)
{
	enum opening digits = grown ? OPENS_ANY : opening_of(g, atom, n->least);
	const struct strings edge = one(r->a, SPAN("\x01")), nothing = one(r->a, SPAN(""));
	bool before = end_words(&g->cur, g->ends), ends = ends_word(atom) && (n->least || before);
	flush(r, g, !g->broken);
	g->digits = g->broken ? g->digits : digits;
	g->broken = true;
	g->chain = g->chain && atom->dot && !n->holds;
	g->dots = (struct gap){n->least, n->most, n->lazy};
	bool goes_on = atom->exact && n->least && !grown;
	if (goes_on && !(before && multiply(r->a, &edge, &atom->set, &g->cur)))
		g->cur = atom->set;
	if (goes_on && n->most == 1) {
		g->ends = before;
		return;
	}
	if (goes_on)
		flush(r, g, false);
	if (atom->exact && n->least)
		g->apart = sum(g->apart, product(n->most - 1, atom->most));
	else
		take_unknown(g, atom, n);
	g->ends = ends;
	g->cur = ends ? edge : nothing;
}

static void read_sequence(struct reader *r, struct part *out)
{
	struct growing g = {.cur = one(r->a, SPAN("")), .chain = true};
	while (r->i < r->s.n && at(r, 0) != '|' && at(r, 0) != ')') {
		struct part atom;
		struct strings more;
		bool blank = at(r, 0) == '\\' && at(r, 1) == 's';
		read_atom(r, &atom);
		struct count n = read_quantifier(r);
		r->odd = r->odd || (!atom.dot && (n.lazy || n.holds));
		if (blank && n.least == 1)
			n.most = 1;
		if (atom.exact && n.least == 0 && n.most == 1 && atom.set.n < SET_MAX) {
			add_nothing(r, &atom.set);
			n.least = 1;
		}
		bool grown = atom.exact && n.least >= 1 && multiply(r->a, &g.cur, &atom.set, &more);
		g.most = sum(g.most, product(n.most, atom.most));
		if (grown)
			g.cur = more;
		if (!grown || n.most != 1)
			break_off(r, &g, &atom, &n, grown);
	}
	bool ends = end_words(&g.cur, g.ends);
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
static void unite(struct reader *r, const struct part *x, struct part *to)
{
	struct groups mine = x->groups, one_of = {0};
	struct need all;
	struct margin any;
	if (x->exact)
		(void)strings_add(r->a, &mine, &x->set, false, &any);
	const struct need *new = best_of(&mine), *old = best_of(&to->groups);
	to->exact = false;
	if (new &&old &&new->n + old->n <= SET_MAX * 2) {
		all = (struct need){.words = arena_array(r->a, struct span, new->n + old->n),
			.n = new->n + old->n,
			.gap = {.most = to->most}};
		memcpy(all.words, old->words, old->n * sizeof *all.words);
		memcpy(all.words + old->n, new->words, new->n * sizeof *all.words);
		group_add(&one_of, &all);
	}
	to->groups = one_of;
	to->rest = to->most;
}

static void read_alternatives(struct reader *r, struct part *out)
{
	read_sequence(r, out);
	while (at(r, 0) == '|') {
		struct part x;
		r->i++;
		read_sequence(r, &x);
		out->chain = false;
		out->most = larger(out->most, x.most);
		out->ends = ends_word(out) && ends_word(&x);
		if (x.digits != out->digits)
			out->digits = x.digits && out->digits ? OPENS_DIGIT : OPENS_ANY;
		if (out->exact && x.exact && out->set.n + x.set.n <= SET_MAX) {
			struct strings both = {
				arena_array(r->a, struct span, out->set.n + x.set.n), out->set.n};
			memcpy(both.p, out->set.p, out->set.n * sizeof *both.p);
			memcpy(both.p + both.n, x.set.p, x.set.n * sizeof *both.p);
			both.n += x.set.n;
			out->set = both;
			continue;
		}
		struct margin any;
		if (out->exact)
			(void)strings_add(r->a, &out->groups, &out->set, false, &any);
		unite(r, &x, out);
	}
}

/* The rarest first, or the one that leads. */
static void best_first(struct regex *re)
{
	for (size_t i = 1; i < re->n_needs; i++)
		if (!re->needs[0].leads && rarer(&re->needs[i], &re->needs[0])) {
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
		(void)strings_add(&scratch, &all.groups, &all.set, true, &any);
		all.chain = all.groups.n == 1 && is_plain(&all.set);
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
