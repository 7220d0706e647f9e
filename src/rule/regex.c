/* regex: the only file that knows PCRE2. A pattern runs on folded text, so it is written in lower case; its
 * letters are folded as the text is (hoá = hóa). What it sees at once is a paragraph, cut at PARAGRAPH_MAX: a
 * match limit alone does not bound the time of a quadratic pattern, a short subject does. The longest text
 * that every match must hold is looked for first, which is many times faster than PCRE2. The JIT compiler
 * runs at first use, since most rules meet no article that needs them. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "rule/rule_priv.h"

#include <string.h>
#include <time.h>

#include "base/i18n.h"
#include "base/limits.h"
#include "base/utf8.h"

#include "base/banned.h"

enum {
	LITERAL_MIN = 3, /* bytes; a shorter one is no help */
	JIT_STACK_MIN = 32768,
	JIT_STACK_MAX = 524288, /* bytes; PCRE2's own 32 KB is little for alternatives in a loop */
	NEST_MAX = 32,
	STEPS_MANY = 1 << 24,
	STEPS_FREE = 15000, /* more from one place: the clock is looked at */
	CALLS_A_LOOK = 1024,
	BYTES_A_LOOK = 1 << 16, /* given to expressions that are not guarded */
	OUT_OF_TIME = -10000,   /* none of PCRE2's codes */
};

struct regex_engine {
	pcre2_match_context *context, *guarded;
	int64_t until, deadline; /* thread time in microseconds: for this paragraph; for the article, 0: not
				    yet told */
	unsigned calls;
	size_t bytes; /* since the clock was looked at */
	bool fast;    /* the expression at hand has JIT code */
	pcre2_match_data *data;
	pcre2_jit_stack *stack;
};

/* The pattern on its way to PCRE2. */
struct writer {
	struct arena *a;
	const struct conf *at;
	struct err *e;
	const char *p; /* as written */
	size_t n, i;
	struct str out;
	struct str run, best; /* literal text at the top level: at hand, longest so far */
	int depth;
	bool class, alternatives;
	uint64_t choices; /* by depth: is there more than one way to match what is open? */
	uint64_t steps;   /* that a match may take from one place, roughly: what loops multiply to */
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

static bool is_letter(char c)
{
	return (unsigned char)c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
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

static bool has_upper(struct span raw)
{
	struct arena scratch = {0};
	struct text t;
	bool upper = false;
	text_fold(&scratch, raw, &t, NULL);
	for (size_t k = 0; k < t.folded.n; k++)
		upper = upper || t.flags[k] & TEXT_UPPER;
	arena_release(&scratch);
	return upper;
}

static int put_letters(struct writer *w)
{
	size_t from = w->i;
	while (w->i < w->n && is_letter(w->p[w->i]))
		w->i++;
	struct span raw = {w->p + from, w->i - from};
	if (has_upper(raw))
		return fault_at(w,
			N_("capital letters in \"%1\" can never match, since text is compared in "
			   "lower case; write \"%2\""),
			arena_dup(w->a, raw), arena_dup(w->a, text_fold_word(w->a, raw)));
	struct span folded = text_fold_word(w->a, raw);
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

/* Where the escape at w->i ends. */
static size_t escape_end(const struct writer *w, char c)
{
	size_t end = w->i + 2;
	char close = end >= w->n ? 0 : w->p[end] == '{' ? '}' : w->p[end] == '<' ? '>' : 0;
	if (close && strchr("pPxoNgk", c)) {
		while (end < w->n && w->p[end - 1] != close)
			end++;
	} else if (c == 'x') {
		for (int k = 0; k < 2 && end < w->n && strchr("0123456789abcdefABCDEF", w->p[end]); k++)
			end++;
	} else if (c == 'g' || (c >= '0' && c <= '9')) {
		while (end < w->n && ((w->p[end] >= '0' && w->p[end] <= '9') || w->p[end] == '-'))
			end++;
	} else if ((c == 'p' || c == 'P') && end < w->n) {
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
	size_t end = escape_end(w, c);
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
	size_t end = w->i + (span_starts(rest, "(?") ? 2 : 1); /* that ? repeats nothing */
	bool named =
		span_starts(rest, "(?P<") || (span_starts(rest, "(?<") && rest.n > 3 && is_letter(rest.p[3]));
	while (named && end < w->n && w->p[end - 1] != '>')
		end++;
	str_add(&w->out, (struct span){w->p + w->i, end - w->i});
	w->i = end;
	return 0;
}

/* What a quantifier multiplies the ways of matching by. */
static void count_steps(struct writer *w, char c)
{
	uint64_t times = c == '?' ? 2 : PARAGRAPH_MAX;
	size_t end = span_find_byte((struct span){w->p, w->n}, '}', w->i);
	if (c == '{' && end != SIZE_MAX) {
		struct span all = {w->p + w->i + 1, end - w->i - 1}, low;
		int64_t high = 0;
		span_next(&all, ',', &low);
		bool open = w->p[end - 1] == ',';
		bool exactly = !open && !all.n;
		times = !open && span_to_int64(exactly ? low : all, &high) && high >= 0 ? (uint64_t)high + 1
											: PARAGRAPH_MAX;
		times = exactly ? 1 : times;
	}
	bool loop = times > 2;
	if (loop && w->i && w->p[w->i - 1] == ')' && w->choices >> (w->depth + 1) & 1)
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
		/* a ] right behind [ or [^ is the character itself; PCRE2 sees the same bytes, only the run
		 * is ours */
		w->class =
			c != ']' || w->p[w->i - 1] == '[' || (w->p[w->i - 1] == '^' && w->p[w->i - 2] == '[');
	} else if (c == '[') {
		w->class = true;
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

/* {2,3}: the digits and the comma are no text. */
static void skip_count(struct writer *w)
{
	while (w->i < w->n && w->p[w->i - 1] != '}')
		str_addc(&w->out, w->p[w->i++]);
}

static int rewrite(struct writer *w)
{
	while (w->i < w->n) {
		bool count = !w->class && w->p[w->i] == '{' && w->i + 1 < w->n && w->p[w->i + 1] >= '0' &&
			     w->p[w->i + 1] <= '9';
		if (put_one(w) < 0)
			return -1;
		if (count)
			skip_count(w);
	}
	run_ends(w);
	return 0;
}

/* Is it tried only at places that are known? */
static bool anchored(const struct regex *r)
{
	return leads(r) || r->digits;
}

static int compile(struct writer *w, struct regex *r)
{
	int code;
	PCRE2_SIZE where;
	uint32_t least = 0;
	pcre2_compile_context *c = pcre2_compile_context_create(NULL);
	pcre2_set_parens_nest_limit(c, NEST_MAX);
	r->code = pcre2_compile((PCRE2_SPTR)w->out.p, w->out.n,
		PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | (r->guarded ? PCRE2_AUTO_CALLOUT : 0) |
			(anchored(r) ? PCRE2_ANCHORED : 0),
		&code, &where, c);
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
	*out = r;
	return rc;
}

int64_t thread_us(void)
{
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* Stops a match whose time is up. */
static int on_callout(pcre2_callout_block *b, void *ctx)
{
	struct regex_engine *g = ctx;
	(void)b;
	if (++g->calls % CALLS_A_LOOK != 0)
		return 0;
	return thread_us() > g->until ? PCRE2_ERROR_CALLOUT : 0;
}

struct regex_engine *regex_engine_new(void)
{
	struct regex_engine *g = xcalloc(1, sizeof *g);
	g->context = pcre2_match_context_create(NULL);
	g->data = pcre2_match_data_create(1, NULL); /* the whole match alone */
	g->stack = pcre2_jit_stack_create(JIT_STACK_MIN, JIT_STACK_MAX, NULL);
	pcre2_set_match_limit(g->context, RULE_MATCH_LIMIT);
	pcre2_jit_stack_assign(g->context, NULL, g->stack);
	g->guarded = pcre2_match_context_copy(g->context);
	pcre2_set_callout(g->guarded, on_callout, g);
	return g;
}

void regex_engine_free(struct regex_engine *g)
{
	if (!g)
		return;
	pcre2_jit_stack_free(g->stack);
	pcre2_match_data_free(g->data);
	pcre2_match_context_free(g->context);
	pcre2_match_context_free(g->guarded);
	free(g);
}

void regex_engine_begin(struct regex_engine *g)
{
	if (!g)
		return;
	g->deadline = 0;
	g->bytes = 0;
}

/* Before each paragraph: guarded ones look at the clock, others now and then. False: the article's time is
 * up. */
static bool may_go_on(struct regex_engine *g, const struct regex *r, size_t n)
{
	g->bytes += n;
	if (!r->guarded && g->bytes < BYTES_A_LOOK)
		return true;
	int64_t now = thread_us();
	g->bytes = 0;
	g->deadline = g->deadline ? g->deadline : now + RULE_ARTICLE_TIME;
	g->until = now + RULE_REGEX_TIME;
	return now < g->deadline;
}

static int match_at(struct regex_engine *g, const struct regex *r, struct span piece, size_t at)
{
	pcre2_match_context *c = r->guarded ? g->guarded : g->context;
	if (g->fast)
		return pcre2_jit_match(
			r->code, (PCRE2_SPTR)piece.p, piece.n, at, PCRE2_NO_UTF_CHECK, g->data, c);
	return pcre2_match(r->code, (PCRE2_SPTR)piece.p, piece.n, at, PCRE2_NO_UTF_CHECK, g->data, c);
}

/* The first place from `at` on where a match may begin. */
static size_t next_place(const struct regex *r, struct span piece, size_t at)
{
	while (at < piece.n && ((unsigned char)piece.p[at] & 0xC0) == 0x80)
		at++;
	for (; r->digits && at < piece.n; at++) {
		unsigned char c = (unsigned char)piece.p[at];
		if (c < 0x80 ? (c < '0' || c > '9')
			     : (c < 0xC0 || literal_letter(piece.p + at, piece.n - at)))
			continue;
		unsigned char before = at ? (unsigned char)piece.p[at - 1] : ' ';
		if (r->digits != OPENS_EDGE_DIGIT || before >= 0x80 || !literal_starts(before))
			break;
	}
	return at;
}

/* All matches in one piece of a paragraph, wherever they begin. 0, or PCRE2's negative code. */
static int find_in_piece(struct regex_engine *g, const struct regex *r, struct span piece, enum field field,
	uint32_t base, struct hits *out)
{
	for (size_t at = 0; (at = next_place(r, piece, at)) < piece.n;) {
		int rc = match_at(g, r, piece, at);
		if (rc < 0 && rc != PCRE2_ERROR_NOMATCH)
			return rc;
		if (rc < 0 && !anchored(r))
			return 0;
		const PCRE2_SIZE none[2] = {at, at};
		const PCRE2_SIZE *v = rc < 0 ? none : pcre2_get_ovector_pointer(g->data);
		if (v[1] > v[0] && !hits_add(out, field, base + (uint32_t)v[0], base + (uint32_t)v[1]))
			return 0;
		at = v[1] > v[0] ? v[1] : v[1] + 1;
	}
	return 0;
}

/* What a regular expression sees at once of a paragraph. */
static struct span piece_at(struct span whole, size_t at)
{
	struct span piece = span_cut(whole, at, whole.n);
	if (piece.n <= PARAGRAPH_MAX)
		return piece;
	piece = utf8_prefix(piece, PARAGRAPH_MAX);
	const char *blank = memrchr(piece.p, ' ', piece.n);
	if (blank && blank > piece.p)
		piece.n = (size_t)(blank - piece.p);
	return piece;
}

/* Tries the places of one paragraph where a word stands that every match begins with; returns how many spots
 * those were, or PCRE2's negative code. */
static int find_at_spots(struct regex_engine *g, const struct regex *r, const struct text *t,
	const struct spot *s, size_t n, struct hits *out)
{
	struct text_range p = t->paragraphs[s->paragraph];
	struct span whole = span_cut(t->folded, p.start, p.end), piece = piece_at(whole, 0);
	size_t from = 0, behind = 0, i = 0; /* of the piece; of the last match */
	if (!may_go_on(g, r, whole.n))
		return OUT_OF_TIME;
	for (; i < n && s[i].field == s->field && s[i].paragraph == s->paragraph; i++) {
		size_t at = s[i].start - p.start;
		if (at < behind || (i && s[i].start == s[i - 1].start))
			continue;
		while (at >= from + piece.n) {
			from += piece.n;
			piece = piece_at(whole, from);
		}
		int rc = match_at(g, r, piece, at - from);
		if (rc < 0 && rc != PCRE2_ERROR_NOMATCH)
			return rc;
		if (rc < 0)
			continue;
		const PCRE2_SIZE *v = pcre2_get_ovector_pointer(g->data);
		uint32_t base = p.start + (uint32_t)from;
		behind = from + v[1];
		if (v[1] > v[0] && !hits_add(out, s->field, base + (uint32_t)v[0], base + (uint32_t)v[1]))
			break;
	}
	return (int)i;
}

static int find_in_paragraph(struct regex_engine *g, const struct regex *r, const struct text *t,
	struct text_range p, enum field field, struct hits *out)
{
	struct span whole = span_cut(t->folded, p.start, p.end);
	size_t at = 0;
	if (!may_go_on(g, r, whole.n))
		return OUT_OF_TIME;
	while (at < whole.n) {
		struct span piece = piece_at(whole, at);
		int rc = find_in_piece(g, r, piece, field, p.start + (uint32_t)at, out);
		if (rc < 0)
			return rc;
		at += piece.n;
	}
	return 0;
}

static bool field_wanted(unsigned zones, enum field f)
{
	static const unsigned of[FIELD_COUNT] = {[FIELD_TITLE] = ZONE_TITLE,
		[FIELD_SUMMARY] = ZONE_LEAD,
		[FIELD_TEXT] = ZONE_LEAD | ZONE_BODY,
		[FIELD_CAPTIONS] = ZONE_CAPTIONS,
		[FIELD_URL] = ZONE_URL};
	return zones & of[f];
}

static int find_in_field(struct regex_engine *g, const struct regex *r, const struct text *t,
	enum field field, struct hits *out)
{
	if (!r->literal.n) {
		for (size_t i = 0; i < t->n_paragraphs; i++) {
			int rc = find_in_paragraph(g, r, t, t->paragraphs[i], field, out);
			if (rc < 0)
				return rc;
		}
		return 0;
	}
	size_t at = 0;
	while ((at = span_find(t->folded, r->literal, at)) != SIZE_MAX) {
		struct text_range p = t->paragraphs[text_paragraph_at(t, (uint32_t)at)];
		int rc = find_in_paragraph(g, r, t, p, field, out);
		if (rc < 0)
			return rc;
		at = p.end > at ? p.end : at + 1;
	}
	return 0;
}

const char *regex_find(struct rule_matcher *m, const struct regex *r, struct hits *out)
{
	if (!m->engine)
		m->engine = regex_engine_new();
	if (!(m->regex_state[r->number] & REGEX_JIT)) {
		/* without it pcre2_match interprets */
		bool fast = pcre2_jit_compile(r->code, PCRE2_JIT_COMPLETE) == 0;
		m->regex_state[r->number] |= fast ? REGEX_JIT | REGEX_FAST : REGEX_JIT;
	}
	m->engine->fast = m->regex_state[r->number] & REGEX_FAST;
	int rc = 0;
	for (enum field f = 0; rc >= 0 && !r->n_needs && f < FIELD_COUNT; f++) {
		const struct text *t = &m->f->field[f];
		if (t->n_paragraphs && field_wanted(r->zones, f))
			rc = find_in_field(m->engine, r, t, f, out);
	}
	const struct spots *s = &m->spots[r->number];
	for (size_t i = 0; rc >= 0 && i < s->v.n; i++) {
		enum field f = s->v.p[i].field;
		const struct text *t = &m->f->field[f];
		if (!field_wanted(r->zones, f))
			continue;
		if (leads(r)) {
			rc = find_at_spots(m->engine, r, t, &s->v.p[i], s->v.n - i, out);
			i += rc > 0 ? (size_t)rc - 1 : 0;
		} else {
			rc = find_in_paragraph(m->engine, r, t, t->paragraphs[s->v.p[i].paragraph], f, out);
		}
	}
	if (rc >= 0)
		return NULL;
	if (rc == PCRE2_ERROR_CALLOUT)
		return N_("it took too long on one paragraph");
	if (rc == OUT_OF_TIME)
		return N_("the time for one article is used up");
	char *why = arena_alloc(&m->scratch, 128);
	pcre2_get_error_message(rc, (PCRE2_UCHAR *)why, 128);
	return why;
}

void regex_free(struct regex *r)
{
	pcre2_code_free(r->code);
	r->code = NULL;
}

enum { SEEDS_MAX = 48, SEED_BYTES = 48, BYTE_REPEATED = 8 };

/* Texts to repeat: usual ones, and what the pattern itself is made of: its letters one by one, and its runs
 * of letters, with and without a blank. */
struct seeds {
	char text[SEEDS_MAX][SEED_BYTES];
	size_t n;
};

static void seed_add(struct seeds *s, struct span text, const char *behind)
{
	if (s->n == SEEDS_MAX || !text.n || text.n + strlen(behind) >= SEED_BYTES)
		return;
	char *to = s->text[s->n];
	memcpy(to, text.p, text.n);
	memcpy(to + text.n, behind, strlen(behind) + 1);
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->text[i], to) == 0)
			return;
	s->n++;
}

static void seeds_of(struct seeds *s, const char *pattern)
{
	static const char *const usual[] = {" ", "a", "aaaa ", "ab", "1", "đ", "tin đồn ", "a, ", ". ", "_"};
	for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
		seed_add(s, span_of(usual[i]), "");
	size_t n = strlen(pattern), i = 0;
	while (i < n) {
		size_t from = i;
		while (i < n && (is_letter(pattern[i]) || pattern[i] == ' '))
			i++;
		struct span run = {pattern + from, i - from};
		seed_add(s, run, "");
		seed_add(s, run, " ");
		seed_add(s, utf8_prefix(run, run.n > 4 ? 4 : run.n), "");
		struct span first = utf8_prefix(run, run.n && (unsigned char)run.p[0] >= 0x80 ? 3 : 1);
		seed_add(s, first, "");
		i += i == from;
	}
}

/* The worst of one hostile paragraph: `seed` again and again. */
static int64_t time_of(
	struct regex_engine *g, const struct regex *r, const char *seed, struct str *s, struct hits *found)
{
	uint32_t last_is = 0, last = 0;
	int64_t best = INT64_MAX; /* of three, since others use the machine too */
	/* PCRE2 gives up at once when the last byte every match needs is nowhere: so it stands at the very
	 * end */
	pcre2_pattern_info(r->code, PCRE2_INFO_LASTCODETYPE, &last_is);
	pcre2_pattern_info(r->code, PCRE2_INFO_LASTCODEUNIT, &last);
	str_clear(s);
	while (s->n + strlen(seed) + 2 < PARAGRAPH_MAX)
		str_adds(s, seed);
	str_addc(s, '\x01');
	if (last_is && last < 0x80)
		str_addc(s, (char)last);
	for (int k = 0; k < 3 && best > RULE_REGEX_SLOW / BYTE_REPEATED; k++) {
		int64_t from = thread_us();
		g->until = from + RULE_REGEX_TIME;
		found->v.n = 0;
		int rc = find_in_piece(g, r, str_span(s), FIELD_TEXT, 0, found);
		int64_t took = thread_us() - from;
		if (rc < 0)
			return -1;
		best = took < best ? took : best;
	}
	return best;
}

int64_t regex_worst_time(const struct regex *r)
{
	struct regex_engine *g = regex_engine_new();
	struct seeds seeds = {.n = 0};
	struct str s;
	struct hits found = {0};
	int64_t worst = 0;
	str_init(&s, PARAGRAPH_MAX);
	seeds_of(&seeds, r->pattern);
	(void)pcre2_jit_compile(r->code, PCRE2_JIT_COMPLETE);
	for (size_t i = 0; worst >= 0 && i < seeds.n; i++) {
		int64_t took = time_of(g, r, seeds.text[i], &s, &found);
		worst = took < 0 ? -1 : took > worst ? took : worst;
	}
	vec_release(&found.v);
	str_release(&s);
	regex_engine_free(g);
	return worst;
}
