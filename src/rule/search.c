/* search: runs compiled expressions on the article at hand. What one sees at once is a paragraph, cut at
 * PARAGRAPH_MAX: a match limit alone does not bound the time of a quadratic pattern, a short subject does;
 * and each paragraph and each article has its time. Where needed words lead to a paragraph (literal.c), only
 * that is looked at; else the longest text that every match must hold is looked for first, which is many
 * times faster than PCRE2. The JIT compiler runs at first use, since most rules meet no article that needs
 * them. At the end what an expression takes on the most hostile of paragraphs, for rules check. */
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
	JIT_STACK_MIN = 32768,
	JIT_STACK_MAX = 524288, /* bytes; PCRE2's own 32 KB is little for alternatives in a loop */
	CALLS_A_LOOK = 1024,    /* callouts until the clock is looked at */
	BYTES_A_LOOK = 1 << 16, /* given to expressions until the clock is looked at */
	OUT_OF_TIME = -10000,   /* none of PCRE2's codes */
};

struct regex_engine {
	pcre2_match_context *context, *guarded;
	int64_t until, deadline; /* thread time in microseconds: for this paragraph; for the article; 0: not
				    yet told */
	unsigned calls;          /* on this paragraph */
	size_t bytes;            /* since the clock was looked at */
	bool fast;               /* the expression at hand has JIT code */
	pcre2_match_data *data;
	pcre2_jit_stack *stack;
};

int64_t thread_us(void)
{
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* Stops a match whose time is up. The time of a paragraph begins when the clock is first looked at: most
 * matches are done long before that. */
static int on_callout(pcre2_callout_block *b, void *ctx)
{
	struct regex_engine *g = ctx;
	(void)b;
	if (++g->calls % CALLS_A_LOOK != 0)
		return 0;
	int64_t now = thread_us();
	g->bytes = BYTES_A_LOOK;
	g->until = g->until ? g->until : now + RULE_REGEX_TIME;
	return now > g->until ? PCRE2_ERROR_CALLOUT : 0;
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

/* Before each paragraph. False: the article's time is up. */
static bool may_go_on(struct regex_engine *g, size_t n)
{
	g->bytes += n;
	g->calls = 0;
	g->until = 0;
	if (g->bytes < BYTES_A_LOOK)
		return true;
	int64_t now = thread_us();
	g->bytes = 0;
	g->deadline = g->deadline ? g->deadline : now + RULE_ARTICLE_TIME;
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
		if (v[1] > v[0] &&
			!hits_add(out, RULE_HITS_MAX, field, base + (uint32_t)v[0], base + (uint32_t)v[1]))
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
	if (!may_go_on(g, whole.n))
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
		if (v[1] > v[0] &&
			!hits_add(out, RULE_HITS_MAX, s->field, base + (uint32_t)v[0], base + (uint32_t)v[1]))
			break;
	}
	return (int)i;
}

static int find_in_paragraph(struct regex_engine *g, const struct regex *r, const struct text *t,
	struct text_range p, enum field field, struct hits *out)
{
	struct span whole = span_cut(t->folded, p.start, p.end);
	size_t at = 0;
	if (!may_go_on(g, whole.n))
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
