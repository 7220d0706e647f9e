/* check: what a rule must hold beyond its grammar. The line this program keeps stands here in code:
 * complaints are explained at most, a rebuttal needs its source, nothing is flagged for who says it. And what
 * saves work: a condition that some word must wake, tests that show what the rule finds and what it leaves
 * alone. */

#include "rule/rule_priv.h"

#include <string.h>

#include "base/i18n.h"

#include "base/banned.h"

/* Must some term occur for this to be true? */
static bool wants_words(const struct node *n)
{
	size_t wanting = 0, parts = n->kind == NODE_APART || n->kind == NODE_IN ? 1 : n->n;
	if (n->kind == NODE_TERM)
		return true;
	if (n->kind == NODE_NOT)
		return false;
	for (size_t i = 0; i < parts; i++)
		wanting += wants_words(n->child[i]);
	if (n->kind == NODE_OR)
		return wanting == n->n;
	if (n->kind == NODE_OF)
		return n->n - wanting < (size_t)n->count;
	return wanting > 0;
}

static bool shares_a_word(const struct list *x, const struct list *y)
{
	for (size_t i = 0; i < x->n; i++)
		for (size_t k = 0; k < y->n; k++)
			if (span_eq(x->words[i], y->words[k]))
				return true;
	return false;
}

static int check_complaint(struct loading *l, const struct rule *r)
{
	const struct list *complaint = map_get(&l->shared, SPAN("complaint"));
	if (r->action == ACTION_MONITOR || r->action == ACTION_EXPLAIN)
		return 0;
	if (strcmp(r->info->topic, "phan-anh") == 0)
		return conf_fault(conf_get(r->at, "action"), l->e,
			N_("complaints are explained, never more: use \"action: explain\" or "
			   "\"monitor\""),
			NULL, NULL);
	for (size_t i = 0; complaint && i < r->when.n_terms; i++) {
		const struct term *t = &r->when.terms[i];
		for (size_t k = 0; t->wanted && k < t->n_lists; k++)
			if (!(t->points && t->points[k] < 0) &&
				(t->lists[k] == complaint || shares_a_word(t->lists[k], complaint)))
				return conf_fault(t->at, l->e,
					N_("the term \"%1\" holds words of complaint, and a complaint is "
					   "explained, never "
					   "more: use \"action: explain\", or take them out"),
					t->name, NULL);
	}
	return 0;
}

static int check_tests(struct loading *l, const struct rule *r)
{
	size_t of[3] = {0};
	for (size_t i = 0; i < r->n_tests; i++)
		of[r->tests[i].kind]++;
	if (l->how->unchecked || r->status != STATUS_LIVE ||
		((of[TEST_HIT] || of[TEST_ANSWERED]) && of[TEST_MISS]))
		return 0;
	return conf_fault(r->at, l->e,
		N_("the live rule \"%1\" needs at least one test with hit: and one with miss: (or use "
		   "\"status: "
		   "trial\")"),
		r->info->id, NULL);
}

static void sign_list(struct str *s, const struct list *x)
{
	for (size_t i = 0; x && i < x->n; i++) {
		str_add(s, x->words[i]);
		str_addc(s, '\t');
	}
	str_addc(s, '\n');
}

/* All that decides what a rule finds, as one text: equal texts find the same. */
static void sign(struct str *s, const struct rule *r)
{
	str_add(s, r->when.root->text);
	for (size_t i = 0; i < r->when.n_terms; i++) {
		const struct term *t = &r->when.terms[i];
		str_addf(s, "\n%s %u\n", t->name, t->zones);
		if (t->of) { /* the same in every rule */
			str_addf(s, "%u\n", t->number);
			continue;
		}
		for (size_t k = 0; t->points && k < t->n_lists; k++)
			str_addf(s, "%d\n", t->points[k]);
		for (size_t k = 0; k < t->n_lists; k++)
			sign_list(s, t->lists[k]);
		sign_list(s, t->except);
		for (size_t k = 0; k < t->n_regex; k++)
			str_addf(s, "%s\n", t->regex[k]->pattern);
	}
}

static int check_copy(struct loading *l, const struct rule *r)
{
	struct str s = {0};
	if (!r->runs || l->how->unchecked)
		return 0;
	sign(&s, r);
	const char *first = map_put(&l->signs, str_span(&s), (void *)(uintptr_t)r->info->id);
	str_release(&s);
	if (first)
		return conf_fault(conf_get(r->at, "when"), l->e,
			N_("the rule \"%1\" finds the same as \"%2\""), r->info->id, first);
	return 0;
}

int rule_check(struct loading *l, const struct rule *r)
{
	if (r->action == ACTION_REBUT && !r->n_references)
		return conf_fault(conf_get(r->at, "action"), l->e,
			N_("a rule that rebuts needs references: the primary source it rests on"), NULL,
			NULL);
	if (!wants_words(r->when.root))
		return conf_fault(conf_get(r->at, "when"), l->e,
			N_("this condition can hold without any of its terms: it would judge the "
			   "source or the place, not what is said"),
			NULL, NULL);
	if (check_complaint(l, r) < 0 || check_copy(l, r) < 0)
		return -1;
	return check_tests(l, r);
}
