/* regex: a pattern as it is written -> a compiled expression. It runs on folded text, so it is written in
 * lower case; its letters are folded as the text is (hoá = hóa). How many ways a match may be tried is
 * reckoned on the way: where it may be many, the clock is looked at behind each choice while it runs
 * (search.c). Not before each item, as PCRE2's own automatic callouts have it: those keep it from comparing
 * words as wholes. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "rule/rule_priv.h"

#include <string.h>

#include "base/i18n.h"
#include "base/limits.h"
#include "base/utf8.h"

#include "base/banned.h"

enum {
	LITERAL_MIN = 3, /* bytes; a shorter one is no help */
	NEST_MAX = 32,
	STEPS_MANY = 1 << 24,
	STEPS_FREE = 15000, /* more from one place: the clock is looked at */
};

/* The pattern on its way to PCRE2. */
struct writer {
	struct arena *a;
	const struct conf *at;
	struct err *e;
	struct arena scratch; /* of the letters at hand */
	const char *p;        /* as written */
	size_t n, i;
	struct str out;
	struct str run, best; /* literal text at the top level: at hand, longest so far */
	int depth;
	bool class, alternatives;
	size_t class_from; /* of the class at hand: a ] here is itself, and does not end it */
	uint64_t choices;  /* by depth: is there more than one way to match what is open? */
	uint64_t steps;    /* that a match may take from one place, roughly: what loops multiply to */
	uint64_t before[NEST_MAX + 1]; /* by depth: the steps before what is open */
	VEC(size_t) looks;             /* where in out a choice ends */
};

static int fault_at(struct writer *w, const char *text, const char *a, const char *b)
{
	return conf_fault(w->at, w->e, text, a, b);
}

static void run_ends(struct writer *w)
{
	if (w->run.n > w->best.n) {
		str_clear(&w->best);
		str_add(&w->best, str_span(&w->run));
	}
	str_clear(&w->run);
}

static bool is_quantifier(char c)
{
	return c == '?' || c == '*' || c == '+' || c == '{';
}

/* A quantifier binds the last character of the run: only one that asks for at least one keeps it. */
static void run_quantified(struct writer *w)
{
	if (w->run.n && w->p[w->i] != '+') {
		size_t cut = w->run.n - 1;
		while (cut && ((unsigned char)w->run.p[cut] & 0xC0) == 0x80)
			cut--;
		str_truncate(&w->run, cut);
	}
	run_ends(w);
}

static bool has_upper(const struct text *t)
{
	for (size_t k = 0; k < t->folded.n; k++)
		if (t->flags[k] & TEXT_UPPER)
			return true;
	return false;
}

static int put_letters(struct writer *w)
{
	size_t from = w->i;
	while (w->i < w->n && is_letter(w->p[w->i]))
		w->i++;
	struct span raw = {w->p + from, w->i - from};
	struct text t;
	arena_clear(&w->scratch);
	text_fold(&w->scratch, raw, &t, NULL);
	if (has_upper(&t))
		return fault_at(w,
			N_("capital letters in \"%1\" can never match, since text is compared in "
			   "lower case; write \"%2\""),
			arena_dup(w->a, raw), arena_dup(w->a, t.folded));
	struct span folded = t.folded;
	bool bound = w->class || (w->i < w->n && is_quantifier(w->p[w->i]));
	if (bound && !span_eq(folded, raw))
		return fault_at(w,
			N_("\"%1\" can never match in this place; write \"%2\", as the text is spelt when "
			   "compared"),
			arena_dup(w->a, raw), arena_dup(w->a, folded));
	str_add(&w->out, folded);
	if (!w->class && !w->depth)
		str_add(&w->run, folded);
	return 0;
}

size_t escape_end(struct span p, size_t at)
{
	char c = at + 1 < p.n ? p.p[at + 1] : 0;
	size_t end = at + 2;
	char open = end < p.n ? p.p[end] : 0;
	char close = open == '{' ? '}' : open == '<' ? '>' : open;
	if ((open == '{' && strchr("pPxoNgk", c)) || ((open == '<' || open == '\'') && strchr("gk", c))) {
		while (++end < p.n && p.p[end] != close)
			;
		end += end < p.n;
	} else if (c == 'x') {
		for (int k = 0; k < 2 && end < p.n && strchr("0123456789abcdefABCDEF", p.p[end]); k++)
			end++;
	} else if (c == 'g' || (c >= '0' && c <= '9')) {
		while (end < p.n && ((p.p[end] >= '0' && p.p[end] <= '9') || p.p[end] == '-'))
			end++;
	} else if ((c == 'p' || c == 'P') && end < p.n) {
		end++;
	}
	return end;
}

static int put_escape(struct writer *w)
{
	char c = w->i + 1 < w->n ? w->p[w->i + 1] : 0;
	if (c == 0 || strchr("QEKCcGAzZ", c) || (unsigned char)c >= 0x80)
		return fault_at(w, N_("\\%1 is not allowed in a pattern"),
			(const char[]){(unsigned char)c < 0x80 ? c : 0, 0}, NULL);
	size_t end = escape_end((struct span){w->p, w->n}, w->i);
	if ((c >= '1' && c <= '9') || c == 'g' || c == 'k')
		w->steps = STEPS_MANY;
	str_add(&w->out, (struct span){w->p + w->i, end - w->i});
	w->i = end;
	if (!w->class && !w->depth && !is_letter(c) && !(c >= '0' && c <= '9'))
		str_addc(&w->run, c);
	else
		run_ends(w);
	return 0;
}

/* (?x) and its like: blanks would mean nothing. */
static bool sets_extended(struct span rest)
{
	for (size_t i = 2;
		span_starts(rest, "(?") && i < rest.n && (is_letter(rest.p[i]) || rest.p[i] == '-'); i++)
		if (rest.p[i] == 'x')
			return rest.p[2] != 'P';
	return false;
}

/* (?R), (?1), (?&name), (?P>name), (?(condition)…): time that loops do not tell. */
static bool recurses(struct span rest)
{
	char c = rest.n > 2 && rest.p[1] == '?' ? rest.p[2] : 0;
	return c == 'R' || c == '&' || c == '(' || c == '+' || c == '-' || (c >= '0' && c <= '9') ||
	       (c == 'P' && rest.n > 3 && rest.p[3] == '>');
}

static int put_open(struct writer *w)
{
	struct span rest = {w->p + w->i, w->n - w->i};
	if (span_starts(rest, "(i?)"))
		return fault_at(w,
			N_("\"(i?)\" is a group with an optional i; capitals and small letters are one "
			   "already, so leave it out"),
			NULL, NULL);
	if (span_starts(rest, "(*"))
		return fault_at(w, N_("(*…) is not allowed in a pattern"), NULL, NULL);
	if (span_starts(rest, "(?C"))
		return fault_at(w, N_("(?C) is not allowed in a pattern"), NULL, NULL);
	if (span_starts(rest, "(?#"))
		return fault_at(w, N_("(?#) is not allowed in a pattern; write a YAML comment"), NULL, NULL);
	if (sets_extended(rest))
		return fault_at(w, N_("(?x) is not allowed in a pattern"), NULL, NULL);
	if (recurses(rest))
		w->steps = STEPS_MANY;
	run_ends(w);
	if (++w->depth >= NEST_MAX)
		return fault_at(w, N_("groups are nested too deeply"), NULL, NULL);
	w->choices &= ~(1ull << w->depth);
	w->before[w->depth] = w->steps;
	size_t end = w->i + (span_starts(rest, "(?") ? 2 : 1); /* that ? repeats nothing */
	bool named =
		span_starts(rest, "(?P<") || (span_starts(rest, "(?<") && rest.n > 3 && is_letter(rest.p[3]));
	while (named && end < w->n && w->p[end - 1] != '>')
		end++;
	str_add(&w->out, (struct span){w->p + w->i, end - w->i});
	w->i = end;
	return 0;
}

/* What a group that stands n times multiplies the ways by: those of its inside to the power of n, of which
 * the first time is counted already. */
static uint64_t ways_again(const struct writer *w, int64_t n)
{
	uint64_t before = w->before[w->depth + 1], inside = before ? w->steps / before : 1, all = 1;
	for (; n > 1 && inside > 1 && all < STEPS_MANY; n--)
		all *= inside < STEPS_MANY ? inside : STEPS_MANY;
	return all < STEPS_MANY ? all : STEPS_MANY;
}

/* What a quantifier multiplies the ways of matching by. */
static void count_steps(struct writer *w, char c)
{
	uint64_t times = c == '?' ? 2 : PARAGRAPH_MAX;
	bool group = w->i && w->p[w->i - 1] == ')', exactly = false;
	size_t end = span_find_byte((struct span){w->p, w->n}, '}', w->i);
	if (c == '{' && end != SIZE_MAX) {
		struct span all = {w->p + w->i + 1, end - w->i - 1}, low;
		int64_t high = 0;
		span_next(&all, ',', &low);
		bool open = w->p[end - 1] == ',';
		exactly = !open && !all.n;
		times = !open && span_to_int64(exactly ? low : all, &high) && high >= 0 ? (uint64_t)high + 1
											: PARAGRAPH_MAX;
		times = !exactly ? times : group ? ways_again(w, high) : 1;
	}
	bool loop = times > 2 && !exactly;
	if (loop && group && w->choices >> (w->depth + 1) & 1)
		times = STEPS_MANY; /* ways of the inside, to the power of the loop */
	if (times > 1)
		w->choices |= 1ull << w->depth;
	w->steps = w->steps > STEPS_MANY ? w->steps : w->steps * times;
}

static int put_one(struct writer *w)
{
	char c = w->p[w->i];
	if (c == '\\')
		return put_escape(w);
	if (is_letter(c))
		return put_letters(w);
	if (!w->class && c == '(')
		return put_open(w);
	if (w->class) {
		w->class = c != ']' || w->i == w->class_from;
	} else if (c == '[') {
		w->class = true;
		w->class_from = w->i + (w->i + 1 < w->n && w->p[w->i + 1] == '^' ? 2 : 1);
		run_ends(w);
	} else if (c == ')') {
		w->depth -= w->depth > 0;
		if (w->choices >> (w->depth + 1) & 1)
			w->choices |= 1ull << w->depth;
		run_ends(w);
	} else if (c == '|') {
		w->alternatives = w->alternatives || w->depth <= 0;
		w->choices |= 1ull << w->depth;
		run_ends(w);
	} else if (is_quantifier(c)) {
		count_steps(w, c);
		run_quantified(w);
	} else if (c == '.' || c == '^' || c == '$') {
		run_ends(w);
	} else if (!w->depth) {
		str_addc(&w->run, c);
	}
	str_addc(&w->out, c);
	w->i++;
	return 0;
}

/* {2,3}, or what some version of PCRE2 takes for a count; a brace that nothing closes is text. */
static bool is_count(const struct writer *w)
{
	size_t end = w->i + 1;
	while (end < w->n && (w->p[end] == ',' || w->p[end] == ' ' || (w->p[end] >= '0' && w->p[end] <= '9')))
		end++;
	return w->p[w->i] == '{' && end > w->i + 1 && end < w->n && w->p[end] == '}';
}

/* The digits and the comma are no text. */
static void skip_count(struct writer *w)
{
	while (w->i < w->n && w->p[w->i - 1] != '}')
		str_addc(&w->out, w->p[w->i++]);
}

/* Does a choice end with the byte that is next: a quantifier, or a group with alternatives? */
static bool is_choice(const struct writer *w)
{
	char c = w->p[w->i];
	if (w->class)
		return false;
	return c == '?' || c == '*' || c == '+' || is_count(w) || (c == ')' && w->choices >> w->depth & 1);
}

static bool goes_on(const struct writer *w)
{
	return w->i < w->n && is_quantifier(w->p[w->i]);
}

static int rewrite(struct writer *w)
{
	while (w->i < w->n) {
		bool count = !w->class && is_count(w), choice = is_choice(w);
		if (put_one(w) < 0)
			return -1;
		if (count)
			skip_count(w);
		if (choice && !goes_on(w))
			vec_push(&w->looks, w->out.n);
	}
	run_ends(w);
	return 0;
}

/* The pattern with a callout behind each choice. */
static struct span with_looks(const struct writer *w)
{
	struct str s = {0};
	size_t from = 0;
	for (size_t i = 0; i < w->looks.n; from = w->looks.p[i++]) {
		str_add(&s, span_cut(str_span(&w->out), from, w->looks.p[i]));
		str_adds(&s, "(?C)");
	}
	str_add(&s, span_cut(str_span(&w->out), from, w->out.n));
	struct span kept = arena_span(w->a, str_span(&s));
	str_release(&s);
	return kept;
}

static int compile(struct writer *w, struct regex *r)
{
	int code;
	PCRE2_SIZE where;
	uint32_t least = 0;
	const uint32_t how =
		PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | (anchored(r) ? PCRE2_ANCHORED : 0);
	pcre2_compile_context *c = pcre2_compile_context_create(NULL);
	pcre2_set_parens_nest_limit(c, NEST_MAX);
	r->code = pcre2_compile((PCRE2_SPTR)w->out.p, w->out.n, how, &code, &where, c);
	if (r->code && r->guarded) {
		struct span guarded = with_looks(w);
		pcre2_code_free(r->code);
		r->code = pcre2_compile((PCRE2_SPTR)guarded.p, guarded.n, how, &code, &where, c);
	}
	pcre2_compile_context_free(c);
	if (!r->code) {
		PCRE2_UCHAR why[128];
		pcre2_get_error_message(code, why, sizeof why);
		return fault_at(w, N_("the regular expression does not compile at character %2: %1"),
			(const char *)why,
			arena_printf(w->a, "%zu", utf8_count(utf8_prefix(str_span(&w->out), where)) + 1));
	}
	pcre2_pattern_info(r->code, PCRE2_INFO_MINLENGTH, &least);
	if (least == 0) {
		pcre2_code_free(r->code);
		r->code = NULL;
		return fault_at(w,
			N_("the regular expression can match nothing at all, and so would match everywhere"),
			NULL, NULL);
	}
	return 0;
}

int regex_compile(struct loading *l, const struct conf *at, const char *pattern, struct regex **out)
{
	struct writer w = {.a = l->a, .at = at, .e = l->e, .p = pattern, .n = strlen(pattern), .steps = 1};
	struct regex *r = arena_new(l->hot, struct regex);
	int rc = -1;
	r->pattern = pattern;
	r->at = at;
	if (w.n > RULE_REGEX_MAX) {
		fault_at(&w, N_("the regular expression is too long"), NULL, NULL);
		goto done;
	}
	if (rewrite(&w) < 0)
		goto done;
	r->guarded = w.steps > STEPS_FREE;
	regex_needs(l->a, str_span(&w.out), r);
	if (compile(&w, r) < 0)
		goto done;
	if (!w.alternatives && w.best.n >= LITERAL_MIN)
		r->literal = arena_span(l->a, str_span(&w.best));
	rc = 0;
done:
	str_release(&w.out);
	str_release(&w.run);
	str_release(&w.best);
	vec_release(&w.looks);
	arena_release(&w.scratch);
	*out = r;
	return rc;
}

void regex_free(struct regex *r)
{
	pcre2_code_free(r->code);
	r->code = NULL;
}
