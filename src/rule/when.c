/* when: the language of conditions -> a tree. Recursive descent, one function a level:
 *
 *   or      = and { "or" and }
 *   and     = not { "and" not }
 *   not     = "not" not | near
 *   near    = in { ["not"] "near" N unit in | "before" N unit in }
 *   in      = primary { "in" part { "|" part } }
 *   primary = "(" or ")" | N "of" "(" or { "," or } ")" | "same" "sentence" "(" or { "," or } ")"
 *           | "place" | "unplaced" | TERM | "source.kind" test | "lang" test | "age" "<"|">" 3d
 *           | "claim" | "official"
 *   test    = "is" WORD | "in" "(" WORD { "," WORD } ")"
 *
 * `near` and `before` keep their left side, the occurrences that have the other nearby; so a chain narrows
 * the first word. A TERM may be a shared condition, which is read in its place. "claim" and "official" exist
 * in the condition of official.yaml alone. Depth and size are bounded. */

#include "rule/rule_priv.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/limits.h"
#include "base/utf8.h"

#include "base/banned.h"

enum {
	LINE_WIDTH = 140
}; /* a condition that ends before this column stands on one line: then columns can be told */

struct parser {
	struct loading *l;
	struct arena *a;
	const struct conf *at;
	struct condition *c;
	const struct clause *in; /* whose words are read; NULL: the rule's */
	struct err *e;
	struct span s;
	size_t i;          /* behind the token at hand */
	struct span token; /* at hand; empty at the end */
	int depth;
	bool answering;
};

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
	       c == '_' || c == '.' || (unsigned char)c >= 0x80;
}

static void next(struct parser *p)
{
	while (p->i < p->s.n && (p->s.p[p->i] == ' ' || p->s.p[p->i] == '\n' || p->s.p[p->i] == '\t'))
		p->i++;
	size_t from = p->i;
	while (p->i < p->s.n && is_word(p->s.p[p->i]))
		p->i++;
	if (p->i == from && p->i < p->s.n)
		p->i++;
	p->token = span_cut(p->s, from, p->i);
}

/* A fault at the token at hand; %1 is the token, %2 is b. */
static int fault(struct parser *p, const char *text, const char *b)
{
	const char *token = p->token.n ? arena_dup(p->a, p->token) : N_("the end");
	size_t before = p->token.n ? (size_t)(p->token.p - p->s.p) : p->s.n;
	conf_fault(p->at, p->e, text, token, b);
	long col = p->at->col + p->at->quoted + (long)utf8_count(span_cut(p->s, 0, before));
	if (p->at->col > 0 && p->at->col + (long)p->s.n < LINE_WIDTH &&
		span_find_byte(p->s, '\n', 0) == SIZE_MAX)
		p->e->col = col;
	return -1;
}

static bool is(const struct parser *p, const char *word)
{
	return span_is(p->token, word);
}

static bool take(struct parser *p, const char *word)
{
	if (!is(p, word))
		return false;
	next(p);
	return true;
}

static int need(struct parser *p, const char *word)
{
	if (!take(p, word))
		return fault(p, N_("expected \"%2\" in the condition, not \"%1\""), word);
	return 0;
}

static struct node *node_new(struct parser *p, enum node_kind kind)
{
	struct node *n = arena_new(p->l->hot, struct node);
	n->kind = kind;
	p->c->n_nodes++;
	return n;
}

static int add_child(struct parser *p, struct node *n, struct node *child)
{
	if (p->c->n_nodes > RULE_NODES_MAX)
		return fault(p, N_("the condition is too long before \"%1\""), NULL);
	if ((n->n & (n->n - 1)) == 0) { /* full at each power of two */
		struct node **more = arena_array(p->l->hot, struct node *, n->n ? n->n * 2 : 1);
		for (size_t i = 0; i < n->n; i++)
			more[i] = n->child[i];
		n->child = more;
	}
	n->child[n->n++] = child;
	return 0;
}

static int need_positional(struct parser *p, const struct node *n, const char *what)
{
	if (!node_is_positional(n))
		return fault(p,
			N_("\"%2\" needs words that stand somewhere on both sides, not \"not\", source.kind, "
			   "lang or age (before "
			   "\"%1\")"),
			what);
	return 0;
}

static int parse_or(struct parser *p, struct node **out);

static int parse_list(struct parser *p, struct node *n)
{
	struct node *child;
	if (need(p, "(") < 0)
		return -1;
	do {
		if (parse_or(p, &child) < 0 || add_child(p, n, child) < 0)
			return -1;
	} while (take(p, ","));
	return need(p, ")");
}

static int parse_of(struct parser *p, int64_t count, struct node **out)
{
	struct node *n = *out = node_new(p, NODE_OF);
	n->count = count;
	if (need(p, "of") < 0 || parse_list(p, n) < 0)
		return -1;
	if (count < 1 || (size_t)count > n->n)
		return fault(p,
			N_("\"N of (…)\" can never hold before \"%1\": count from 1 to the number of its "
			   "parts"),
			NULL);
	return 0;
}

static int parse_same(struct parser *p, struct node **out)
{
	struct node *n = *out = node_new(p, NODE_SAME);
	next(p);
	if (need(p, "sentence") < 0 || parse_list(p, n) < 0)
		return -1;
	for (size_t i = 0; i < n->n; i++)
		if (need_positional(p, n->child[i], "same sentence") < 0)
			return -1;
	if (n->n < 2)
		return fault(p, N_("\"same sentence (…)\" needs two or more parts (before \"%1\")"), NULL);
	return 0;
}

static int check_kind(struct parser *p, const struct node *n)
{
	static const char *const kinds[] = {"national", "provincial", "agency", "foreign", "foreign-language",
		"official", "search", "blog", NULL};
	if (n->kind != NODE_SOURCE)
		return 0;
	for (const char *const *k = kinds; *k; k++)
		if (is(p, *k))
			return 0;
	return fault(p,
		N_("\"%1\" is no kind of source; use national, provincial, agency, foreign, "
		   "foreign-language, official, search "
		   "or blog"),
		NULL);
}

static int parse_word(struct parser *p, struct node *n)
{
	if (!p->token.n || !is_word(p->token.p[0]))
		return fault(p, N_("expected a word, not \"%1\""), NULL);
	if (check_kind(p, n) < 0)
		return -1;
	n->words[n->n_words++] = arena_span(p->a, p->token);
	next(p);
	return 0;
}

static int parse_test(struct parser *p, enum node_kind kind, struct node **out)
{
	struct node *n = *out = node_new(p, kind);
	n->words = arena_array(p->a, struct span, RULE_TERMS_MAX);
	next(p);
	if (take(p, "is"))
		return parse_word(p, n);
	if (!take(p, "in"))
		return fault(p, N_("expected \"is\" or \"in\", not \"%1\""), NULL);
	if (need(p, "(") < 0)
		return -1;
	do {
		if (n->n_words == RULE_TERMS_MAX)
			return fault(p, N_("too many words before \"%1\""), NULL);
		if (parse_word(p, n) < 0)
			return -1;
	} while (take(p, ","));
	return need(p, ")");
}

static int parse_age(struct parser *p, struct node **out)
{
	struct node *n = *out = node_new(p, NODE_AGE);
	next(p);
	n->less = is(p, "<");
	if (!take(p, "<") && !take(p, ">"))
		return fault(p, N_("expected \"<\" or \">\" and a time as 3d, not \"%1\""), NULL);
	if (!duration_parse(p->token, &n->count))
		return fault(p, N_("expected a time as 3d or 12h, not \"%1\""), NULL);
	next(p);
	return 0;
}

static bool has_terms_of(const struct condition *c, size_t n, const struct clause *x)
{
	for (size_t i = 0; i < n; i++)
		if (c->terms[i].of == x)
			return true;
	return false;
}

/* The terms of the clause, and of those it names, join those of the condition, once. */
static void take_terms(struct condition *c, const struct clause *x)
{
	size_t before = c->n_terms;
	for (size_t i = 0; i < x->own.n_terms; i++) {
		struct term t = x->own.terms[i];
		t.wanted = false;
		t.of = t.of ? t.of : x;
		if (!has_terms_of(c, before, t.of))
			c->terms[c->n_terms++] = t;
	}
}

static int parse_clause(struct parser *p, const struct clause *x, struct node **out)
{
	struct parser inner = {.l = p->l,
		.a = p->a,
		.at = x->when,
		.c = p->c,
		.in = x,
		.e = p->e,
		.s = x->when->text,
		.depth = p->depth};
	take_terms(p->c, x);
	next(&inner);
	if (parse_or(&inner, out) < 0)
		return -1;
	next(p);
	return 0;
}

static int no_term(struct parser *p)
{
	const char **known = arena_array(p->a, const char *, p->c->n_terms + 1);
	for (size_t i = 0, n = 0; i < p->c->n_terms; i++)
		if (p->c->terms[i].of == p->in)
			known[n++] = p->c->terms[i].name;
	const char *near = conf_nearest(p->token, known);
	fault(p, N_("there is no term \"%1\" under terms:"), near);
	return near ? err_todo(p->e, N_("did you mean \"%2\"?")) : -1;
}

static int parse_term(struct parser *p, struct node **out)
{
	for (size_t i = 0; i < p->c->n_terms; i++) {
		struct term *t = &p->c->terms[i];
		if (t->of != p->in || !is(p, t->name))
			continue;
		struct node *n = *out = node_new(p, NODE_TERM);
		n->term = t;
		t->used = true;
		next(p);
		return 0;
	}
	const struct clause *x = map_get(&p->l->clauses, p->token);
	if (x)
		return parse_clause(p, x, out);
	if (p->token.n && is_word(p->token.p[0]))
		return no_term(p);
	return fault(p, N_("expected a term, \"place\" or \"(\", not \"%1\""), NULL);
}

static int parse_single(struct parser *p, enum node_kind kind, struct node **out)
{
	*out = node_new(p, kind);
	next(p);
	return 0;
}

static int parse_primary(struct parser *p, struct node **out)
{
	int64_t count;
	if (take(p, "("))
		return parse_or(p, out) < 0 ? -1 : need(p, ")");
	if (span_to_int64(p->token, &count)) {
		next(p);
		return parse_of(p, count, out);
	}
	if (is(p, "same"))
		return parse_same(p, out);
	if (is(p, "place"))
		return parse_single(p, NODE_PLACE, out);
	if (is(p, "unplaced"))
		return parse_single(p, NODE_UNPLACED, out);
	if (is(p, "source.kind"))
		return parse_test(p, NODE_SOURCE, out);
	if (is(p, "lang"))
		return parse_test(p, NODE_LANG, out);
	if (is(p, "age"))
		return parse_age(p, out);
	if (p->answering && is(p, "claim"))
		return parse_single(p, NODE_CLAIM, out);
	if (p->answering && is(p, "official"))
		return parse_single(p, NODE_OFFICIAL, out);
	return parse_term(p, out);
}

static int parse_zone(struct parser *p, unsigned *zones)
{
	static const struct {
		const char *name;
		unsigned zone;
	} known[] = {{"title", ZONE_TITLE}, {"lead", ZONE_LEAD}, {"body", ZONE_BODY},
		{"captions", ZONE_CAPTIONS}, {"url", ZONE_URL}};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (take(p, known[i].name)) {
			*zones |= known[i].zone;
			return 0;
		}
	return fault(p, N_("\"%1\" is no part of an article; use title, lead, body, captions, url"), NULL);
}

static int parse_in(struct parser *p, struct node **out)
{
	if (parse_primary(p, out) < 0)
		return -1;
	while (take(p, "in")) {
		struct node *n = node_new(p, NODE_IN);
		if (add_child(p, n, *out) < 0)
			return -1;
		do {
			if (parse_zone(p, &n->zones) < 0)
				return -1;
		} while (take(p, "|"));
		if (need_positional(p, *out, "in") < 0)
			return -1;
		/* the lead is the summary and the head of the body, so either may hold the other's words */
		unsigned can = node_zones(*out);
		if (can & (ZONE_LEAD | ZONE_BODY))
			can |= ZONE_LEAD | ZONE_BODY;
		if (!(can & n->zones))
			return fault(p,
				N_("this can never match: the term is looked for in other parts of the "
				   "article (before \"%1\")"),
				NULL);
		*out = n;
	}
	return 0;
}

static int parse_distance(struct parser *p, struct node *n)
{
	if (!span_to_int64(p->token, &n->count) || n->count < 0 || n->count > RULE_DISTANCE_MAX)
		return fault(p, N_("expected a number of words or sentences, not \"%1\""), NULL);
	next(p);
	n->sentences = is(p, "sentence") || is(p, "sentences");
	if (!n->sentences && !is(p, "word") && !is(p, "words"))
		return fault(p, N_("expected \"words\" or \"sentences\", not \"%1\""), NULL);
	next(p);
	return 0;
}

/* "not" belongs to "near" when "near" follows at once. */
static bool take_apart(struct parser *p)
{
	struct parser ahead = *p;
	next(&ahead);
	if (!is(p, "not") || !is(&ahead, "near"))
		return false;
	next(p);
	next(p);
	return true;
}

static int parse_near(struct parser *p, struct node **out)
{
	if (parse_in(p, out) < 0)
		return -1;
	for (;;) {
		enum node_kind kind = NODE_NEAR;
		if (take(p, "before"))
			kind = NODE_BEFORE;
		else if (take_apart(p))
			kind = NODE_APART;
		else if (!take(p, "near"))
			return 0;
		struct node *n = node_new(p, kind), *right;
		const char *name = kind == NODE_BEFORE ? "before" : "near";
		if (parse_distance(p, n) < 0 || need_positional(p, *out, name) < 0 ||
			parse_in(p, &right) < 0 || need_positional(p, right, name) < 0 ||
			add_child(p, n, *out) < 0 || add_child(p, n, right) < 0)
			return -1;
		*out = n;
	}
}

static int parse_not(struct parser *p, struct node **out)
{
	struct node *child;
	if (!take(p, "not"))
		return parse_near(p, out);
	if (++p->depth > RULE_DEPTH_MAX)
		return fault(p, N_("the condition is nested too deeply at \"%1\""), NULL);
	struct node *n = *out = node_new(p, NODE_NOT);
	int rc = parse_not(p, &child) < 0 ? -1 : add_child(p, n, child);
	p->depth--;
	return rc;
}

/* One operand of "and" or "or", with its words as written. */
static int parse_operand(struct parser *p, struct node **out)
{
	size_t from = p->i - p->token.n;
	if (parse_not(p, out) < 0)
		return -1;
	(*out)->text = span_trim(span_cut(p->s, from, p->i - p->token.n));
	return 0;
}

static int parse_and(struct parser *p, struct node **out)
{
	size_t from = p->i - p->token.n;
	if (parse_operand(p, out) < 0)
		return -1;
	if (!is(p, "and"))
		return 0;
	struct node *n = node_new(p, NODE_AND), *child = *out;
	if (add_child(p, n, child) < 0)
		return -1;
	while (take(p, "and"))
		if (parse_operand(p, &child) < 0 || add_child(p, n, child) < 0)
			return -1;
	n->text = span_trim(span_cut(p->s, from, p->i - p->token.n));
	*out = n;
	return 0;
}

static int parse_or(struct parser *p, struct node **out)
{
	struct node *child;
	int rc = -1;
	if (++p->depth > RULE_DEPTH_MAX)
		return fault(p, N_("the condition is nested too deeply at \"%1\""), NULL);
	if (parse_and(p, out) < 0)
		return -1;
	if (is(p, "or")) {
		struct node *n = node_new(p, NODE_OR);
		if (add_child(p, n, *out) < 0)
			goto done;
		while (take(p, "or"))
			if (parse_and(p, &child) < 0 || add_child(p, n, child) < 0)
				goto done;
		*out = n;
	}
	rc = 0;
done:
	p->depth--;
	return rc;
}

int when_parse(struct loading *l, const struct conf *at, struct condition *c, bool answering)
{
	struct parser p = {
		.l = l, .a = l->a, .at = at, .c = c, .e = l->e, .s = at->text, .answering = answering};
	if (at->kind != CONF_SCALAR || !at->text.n)
		return conf_fault(at, l->e,
			N_("expected a condition, as \"dam near 1 sentence place and rumour\""), NULL, NULL);
	next(&p);
	if (parse_or(&p, &c->root) < 0)
		return -1;
	c->root->text = span_trim(p.s);
	if (p.token.n)
		return fault(
			&p, N_("expected \"and\", \"or\" or the end of the condition, not \"%1\""), NULL);
	node_mark_wanted(c->root);
	node_number(l, c->root);
	for (size_t i = 0; i < c->n_terms; i++)
		if (!c->terms[i].used)
			return conf_fault(c->terms[i].at, l->e,
				N_("the term \"%1\" is not used in the condition"), c->terms[i].name, NULL);
	return 0;
}
