/* match: an article -> its flags. One scan a field finds all words of all rules; the lists with an occurrence
 * wake the rules that could hold; only these are evaluated. Then, for each that holds, the condition of
 * official.yaml says whether the article itself carries the answer. */

#include "rule/rule_priv.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/limits.h"
#include "base/url.h"

#include "base/banned.h"

/* Parts of the priority; soatin-rules.5 prints these tables. */
static const struct {
	const char *kind;
	int reach;
} source_reach[] = {
	{"agency", 10},
	{"national", 10},
	{"foreign", 8},
	{"official", 8},
	{"foreign-language", 6},
	{"provincial", 6},
	{"search", 4},
	{"blog", 3},
};
static const struct {
	const char *as;
	int weight;
} place_weight[] = {{"province", 15}, {"part", 10}, {"metonym", 8}};
enum { PLACE_TITLE_MORE = 5, SOURCE_UNKNOWN = 2 };

static void on_found(uint32_t regex, const struct spot *at, bool is_match, void *ctx)
{
	struct rule_matcher *m = ctx;
	struct spots *s = &m->spots[regex];
	struct hits *h = &m->by_regex[regex];
	if (!s->v.n && !h->v.n)
		vec_push(&m->spotted, regex);
	if (is_match)
		(void)hits_add(h, RULE_HITS_MAX, at->field, at->start, at->end);
	else
		vec_push(&s->v, *at);
}

struct rule_matcher *rule_matcher_new(const struct ruleset *s)
{
	struct rule_matcher *m = xcalloc(1, sizeof *m);
	m->set = s;
	m->by_list = xcalloc(s->n_lists + 1, sizeof *m->by_list);
	m->candidate = xcalloc(s->n + 1, 1);
	m->by_regex = xcalloc(s->n_regex + 1, sizeof *m->by_regex);
	m->regex_state = xcalloc(s->n_regex + 1, 1);
	m->spots = xcalloc(s->n_regex + 1, sizeof *m->spots);
	m->at = xcalloc(s->n_parts + 1, sizeof *m->at);
	m->last_line = xcalloc(s->n_words + 1, sizeof *m->last_line);
	literal_scan_init(&m->literals, s->literals, s->n_regex);
	m->literals.found = on_found;
	m->literals.ctx = m;
	return m;
}

void rule_matcher_free(struct rule_matcher *m)
{
	if (!m)
		return;
	for (size_t i = 0; i < m->set->n_lists; i++)
		vec_release(&m->by_list[i].v);
	for (size_t i = 0; i < m->set->n_regex; i++)
		vec_release(&m->by_regex[i].v);
	for (size_t i = 0; i < m->set->n_regex; i++)
		vec_release(&m->spots[i].v);
	free(m->spots);
	literal_scan_release(&m->literals);
	vec_release(&m->spotted);
	vec_release(&m->used);
	vec_release(&m->woken);
	regex_engine_free(m->engine);
	vec_release(&m->touched);
	free(m->at);
	free(m->last_line);
	free(m->by_list);
	free(m->candidate);
	free(m->by_regex);
	free(m->regex_state);
	arena_release(&m->scratch);
	free(m);
}

struct scan {
	struct rule_matcher *m;
	enum field field;
};

static void on_hit(const struct lexicon_hit *h, void *ctx)
{
	struct scan *s = ctx;
	struct rule_matcher *m = s->m;
	const struct word *w = &m->set->words[h->id];
	const struct text *t = &m->f->field[s->field];
	if (w->unmarked && text_paragraph_marked(t, t->words[h->word].paragraph))
		return;
	const uint32_t *lists = m->set->word_lists + w->from;
	for (uint32_t i = 0; i < w->n; i++) {
		struct hits *to = &m->by_list[lists[i]];
		if (!to->v.n)
			vec_push(&m->touched, lists[i]);
		struct hit *new =
			hits_add(to, m->set->lists[lists[i]]->weighed ? RULE_POINTS_HITS : RULE_HITS_MAX,
				s->field, h->start, h->end);
		if (new) {
			new->word = h->word;
			new->id = h->id & 0x1fffffff;
		}
	}
}

/* The host, or a domain above it, is on the list of official sources. */
static bool is_official(const struct ruleset *s, const struct article *x)
{
	struct url u;
	if (x->source.kind && strcmp(x->source.kind, "official") == 0)
		return true;
	if (!x->url || !url_split(span_of(x->url), &u))
		return false;
	for (size_t i = 0; i < s->n_domains; i++) {
		size_t n = strlen(s->domains[i]);
		if (u.host.n < n || !span_is_ci(span_cut(u.host, u.host.n - n, u.host.n), s->domains[i]))
			continue;
		if (u.host.n == n || u.host.p[u.host.n - n - 1] == '.')
			return true;
	}
	return false;
}

const char *language_of(struct rule_matcher *m)
{
	const struct folded_article *f = m->f;
	const struct article *x = m->x;
	if (m->lang_known)
		return m->lang;
	const char *lang = x->lang;
	if (!lang && f->field[FIELD_TEXT].n_words)
		lang = text_language(&f->field[FIELD_TEXT]);
	if (!lang)
		lang = text_language(&f->field[FIELD_TITLE]);
	m->lang_known = true;
	return m->lang = lang ? lang : x->source.lang;
}

void match_begin(struct rule_matcher *m, const struct folded_article *f, const struct article *x, int64_t now)
{
	m->f = f;
	m->x = x;
	m->now = now;
	m->article++;
	m->place_known = false;
	m->lang_known = false;
	regex_engine_begin(m->engine);
	m->official = is_official(m->set, x);
	for (enum field i = 0; i < FIELD_COUNT; i++) {
		struct scan s = {m, i};
		lexicon_scan(m->set->lexicon, &f->field[i], on_hit, &s);
		literals_scan(m->set->literals, &m->literals, &f->field[i], i);
	}
}

void match_end(struct rule_matcher *m, struct report *rep)
{
	const char *told = NULL; /* lists of one name are one to people: words of all points */
	for (size_t i = 0; i < m->touched.n; i++) {
		struct hits *h = &m->by_list[m->touched.p[i]];
		const struct list *x = m->set->lists[m->touched.p[i]];
		if (h->cut && !(x->weighed && told && strcmp(told, x->name) == 0))
			report_add(rep, R_RULE_HITS_CUT, 0, 0, told = x->name, NULL);
		h->v.n = 0;
		h->cut = false;
	}
	m->touched.n = 0;
	for (size_t i = 0; i < m->used.n; i++) {
		uint32_t r = m->used.p[i];
		m->by_regex[r].v.n = 0;
		m->by_regex[r].cut = false;
		m->regex_state[r] &= REGEX_JIT | REGEX_FAST;
	}
	for (size_t i = 0; i < m->spotted.n; i++) {
		m->spots[m->spotted.p[i]].v.n = 0;
		m->by_regex[m->spotted.p[i]].v.n = 0;
	}
	m->used.n = m->spotted.n = 0;
	arena_clear(&m->scratch);
}

struct quote *quotes_from(const struct rule_matcher *m, struct arena *a, const struct set *s, size_t *n)
{
	*n = s->n < RULE_QUOTES_MAX ? s->n : RULE_QUOTES_MAX;
	struct quote *q = arena_array(a, struct quote, *n + 1);
	for (size_t i = 0; i < *n; i++) {
		const struct pos *p = &s->p[i];
		const struct text *t = &m->f->field[p->field];
		q[i] = (struct quote){p->term ? p->term->name : NULL, p->field, text_code_points(t, p->start),
			text_code_points(t, p->end)};
	}
	return q;
}

bool claim_answered(struct rule_matcher *m, const struct set *why, const char **failed)
{
	struct run run = run_new(m);
	run.claim = *why;
	bool holds = m->set->answered.root && node_eval(&run, m->set->answered.root);
	*failed = run.failed;
	return holds && !run.failed;
}

bool match_rule(
	struct rule_matcher *m, const struct rule *r, struct arena *a, struct flag *out, struct report *rep)
{
	struct run run = run_new(m);
	struct set why;
	bool holds = node_eval(&run, r->when.root);
	if (run.failed) {
		report_add(rep, R_RULE_FAILED, 0, 0, r->info->id, run.failed);
		return false;
	}
	if (!holds)
		return false;
	node_collect(&run, r->when.root, &why, CLAIM_MAX);
	*out = (struct flag){.rule = r->info->id,
		.action = r->info->action,
		.topic = r->info->topic,
		.weight = r->info->weight,
		.due = r->info->due,
		.trial = r->status == STATUS_TRIAL};
	out->quotes = quotes_from(m, a, &why, &out->n_quotes);
	const char *failed;
	out->answered = claim_answered(m, &why, &failed);
	if (failed)
		report_add(rep, R_RULE_FAILED, 0, 0, "official.yaml", failed);
	if (out->answered)
		out->weight /= 2;
	return true;
}

static bool is_muted(const struct rule_matcher *m, const struct flag *f, struct report *rep)
{
	const struct mute *why = mute_of(m->set, f->rule, m->x);
	char day[STAMP_MAX];
	if (!why)
		return false;
	stamp_format((struct stamp){.at = why->until * 86400, .known = true, .date_only = true}, day);
	report_add(rep, R_RULE_MUTED, 0, 0, f->rule, day);
	return true;
}

static void set_priority(struct article *x)
{
	x->priority.rule = x->priority.place = x->priority.source = 0;
	if (!x->n_flags)
		return;
	for (size_t i = 0; i < x->n_flags; i++)
		if (!x->flags[i].trial && x->flags[i].weight > x->priority.rule)
			x->priority.rule = x->flags[i].weight;
	for (size_t i = 0; i < x->n_mentions; i++) {
		const struct mention *n = &x->mentions[i];
		int weight = n->watched && n->field == FIELD_TITLE ? PLACE_TITLE_MORE : 0;
		for (size_t k = 0; n->watched && n->as && k < sizeof place_weight / sizeof *place_weight; k++)
			weight += strcmp(n->as, place_weight[k].as) == 0 ? place_weight[k].weight : 0;
		if (weight > x->priority.place)
			x->priority.place = weight;
	}
	x->priority.source = SOURCE_UNKNOWN;
	for (size_t k = 0; x->source.kind && k < sizeof source_reach / sizeof *source_reach; k++)
		if (strcmp(x->source.kind, source_reach[k].kind) == 0)
			x->priority.source = source_reach[k].reach;
}

static void wake(struct rule_matcher *m, uint32_t rule)
{
	if (!m->candidate[rule])
		vec_push(&m->woken, rule);
	m->candidate[rule] = 1;
}

static void wake_all(struct rule_matcher *m, uint32_t by)
{
	for (size_t k = 0; k < m->set->wakes[by].n; k++)
		wake(m, m->set->wakes[by].p[k]);
}

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

void rule_match(struct rule_matcher *m, struct arena *a, const struct folded_article *f, struct article *x,
	int64_t now, struct report *rep)
{
	const struct ruleset *s = m->set;
	VEC(struct flag) flags = {0};
	match_begin(m, f, x, now);
	for (size_t i = 0; i < s->n_always; i++)
		wake(m, s->always[i]);
	for (size_t i = 0; i < m->touched.n; i++)
		wake_all(m, m->touched.p[i]);
	for (size_t i = 0; i < m->spotted.n; i++)
		wake_all(m, (uint32_t)s->n_lists + m->spotted.p[i]);
	if (m->woken.n)
		qsort(m->woken.p, m->woken.n, sizeof *m->woken.p, by_number);
	for (size_t i = 0; i < m->woken.n; i++) {
		struct flag flag;
		m->candidate[m->woken.p[i]] = 0;
		if (match_rule(m, &s->rules[m->woken.p[i]], a, &flag, rep) && !is_muted(m, &flag, rep))
			vec_push(&flags, flag);
	}
	m->woken.n = 0;
	match_end(m, rep);
	x->n_flags = flags.n;
	x->flags = arena_array(a, struct flag, flags.n + 1);
	for (size_t i = 0; i < flags.n; i++)
		x->flags[i] = flags.p[i];
	vec_release(&flags);
	set_priority(x);
}
