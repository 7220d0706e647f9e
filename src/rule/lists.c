/* lists: words and where they stand. A term is a name for things that mean the same to one rule: words of its
 * own, shared lists of rules/terms/, regular expressions. All words of all lists go into one lexicon, so that
 * an article is scanned once whatever the number of rules; a word knows the lists it stands in, and
 * occurrences are kept by list.
 *
 * Words are folded as the text is. Their unmarked forms (tin don, vo dap) are looked for in unmarked passages
 * only, and only for phrases: a single unmarked syllable is a word of another language too often (don, cam,
 * ban). */

#include "rule/rule_priv.h"

#include <string.h>

#include "base/i18n.h"
#include "base/limits.h"

#include "base/banned.h"

static const char *const reserved[] = {"and", "or", "not", "near", "before", "in", "is", "of", "same",
	"sentence", "sentences", "word", "words", "place", "unplaced", "lang", "age", "title", "lead", "body",
	"url", "captions", NULL};

/* a-z, 0-9, -, _; the name of a term may not be a word of the language of conditions besides. */
static bool name_is_good(struct span s, bool term)
{
	if (!s.n || s.p[0] < 'a' || s.p[0] > 'z')
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '-' ||
			    s.p[i] == '_'))
			return false;
	for (const char *const *w = reserved; term && *w; w++)
		if (span_is(s, *w))
			return false;
	return true;
}

static int word_add(struct loading *l, struct list *x, const struct conf *at)
{
	if (at->kind != CONF_SCALAR)
		return conf_fault(at, l->e, N_("expected a word or phrase"), NULL, NULL);
	size_t words;
	struct span folded = text_fold_word(l->a, at->text, &words);
	if (!words || folded.n > RULE_WORD_MAX)
		return conf_fault(at, l->e,
			N_("\"%1\" cannot be looked for: it has no letters, or is too long"), at->text.p,
			NULL);
	x->words[x->n++] = folded;
	return 0;
}

/* A list of the words under `key` of `map`; NULL when the key is missing. */
static int list_read(
	struct loading *l, const struct conf *map, const char *key, const char *name, struct list **out)
{
	const struct conf *at = conf_get(map, key);
	*out = NULL;
	if (!at)
		return 0;
	if (at->kind == CONF_MAP || at->null)
		return conf_fault(at, l->e, N_("expected a list of words"), NULL, NULL);
	struct list *x = arena_new(l->a, struct list);
	x->name = name;
	x->at = at;
	x->words = arena_array(l->a, struct span, at->kind == CONF_LIST ? at->n + 1 : 1);
	if (at->kind == CONF_SCALAR && word_add(l, x, at) < 0)
		return -1;
	for (const struct conf *c = at->kind == CONF_LIST ? at->child : NULL; c; c = c->next)
		if (word_add(l, x, c) < 0)
			return -1;
	if (!x->n)
		return conf_fault(at, l->e, N_("the list of words is empty"), NULL, NULL);
	x->number = (uint32_t)l->lists.n;
	vec_push(&l->lists, x);
	*out = x;
	return 0;
}

static int term_zones(struct loading *l, const struct conf *at, unsigned *zones)
{
	static const struct {
		const char *name;
		unsigned zone;
	} known[] = {{"title", ZONE_TITLE}, {"lead", ZONE_LEAD}, {"body", ZONE_BODY},
		{"captions", ZONE_CAPTIONS}, {"url", ZONE_URL}};
	const char **names = NULL;
	size_t n = 0;
	if (conf_texts(l->a, at, "in", &names, &n, l->e) < 0)
		return -1;
	*zones = n ? 0 : ZONE_READ;
	for (size_t i = 0; i < n; i++) {
		unsigned zone = 0;
		for (size_t k = 0; k < sizeof known / sizeof *known; k++)
			if (strcmp(names[i], known[k].name) == 0)
				zone = known[k].zone;
		if (!zone)
			return conf_fault(conf_get(at, "in"), l->e,
				N_("\"%1\" is no part of an article; use title, lead, body, captions, "
				   "url"),
				names[i], NULL);
		*zones |= zone;
	}
	return 0;
}

static int term_regex(struct loading *l, const struct conf *at, struct term *t)
{
	const struct conf *re = conf_get(at, "regex");
	if (!re)
		return 0;
	size_t n = re->kind == CONF_LIST ? re->n : 1;
	t->regex = arena_array(l->hot, struct regex *, n + 1);
	for (const struct conf *c = re->kind == CONF_LIST ? re->child : re; c;
		c = re->kind == CONF_LIST ? c->next : NULL) {
		if (c->kind != CONF_SCALAR || !c->text.n)
			return conf_fault(
				c, l->e, N_("expected a regular expression, in single quotes"), NULL, NULL);
		struct regex **r = &t->regex[t->n_regex];
		if (regex_compile(l, c, c->text.p, r) < 0)
			return -1;
		(*r)->zones = t->zones;
		(*r)->number = (uint32_t)l->regex.n;
		vec_push(&l->regex, *r);
		t->n_regex++;
	}
	return 0;
}

static int no_shared(
	struct loading *l, const struct map *of, const struct conf *at, const char *text, const char *name)
{
	size_t n = 0, i = 0;
	struct span key;
	void *value;
	const char **known = arena_array(l->a, const char *, of->n + 1);
	while (map_next(of, &i, &key, &value))
		known[n++] = arena_dup(l->a, key);
	return conf_fault_name(at, l->e, text, name, known);
}

/* The lists that `use` and `words` name, into `out`, which has room for them. */
static int lists_named(
	struct loading *l, const struct conf *at, const char *name, struct list **out, size_t *n_out)
{
	const struct conf *use = conf_get(at, "use");
	const char **names = NULL;
	size_t n = 0;
	struct list *own;
	if (conf_texts(l->a, at, "use", &names, &n, l->e) < 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		struct list *x = map_get(&l->shared, span_of(names[i]));
		if (!x)
			return no_shared(
				l, &l->shared, use, N_("there is no list \"%1\" in terms/"), names[i]);
		out[(*n_out)++] = x;
	}
	if (list_read(l, at, "words", name, &own) < 0)
		return -1;
	if (own)
		out[(*n_out)++] = own;
	return 0;
}

/* How many lists `use` and `words` may name. */
static size_t lists_room(const struct conf *at)
{
	const struct conf *use = conf_get(at, "use");
	return 2 + (use ? use->n : 0);
}

/* Words that add points, or take some away: a list of {add: 20, words: [...]}. */
static int points_parse(struct loading *l, const struct conf *at, const char *name, struct points *out)
{
	static const char *const known[] = {"add", "words", "use", NULL};
	size_t room = 1;
	for (const struct conf *c = at->child; c; c = c->next)
		room += lists_room(c);
	out->lists = arena_array(l->hot, struct list *, room);
	out->add = arena_array(l->hot, int, room);
	for (const struct conf *c = at->child; c; c = c->next) {
		int64_t add = 0;
		size_t from = out->n;
		if (c->kind == CONF_MAP &&
			(conf_only(c, known, l->e) < 0 ||
				conf_int(c, "add", -RULE_POINTS_MAX, RULE_POINTS_MAX, &add, l->e) < 0 ||
				lists_named(l, c, name, out->lists, &out->n) < 0))
			return -1;
		if (!add || out->n == from)
			return conf_fault(c, l->e,
				N_("expected words with points, as {add: 20, words: [...]}"), NULL, NULL);
		for (size_t i = from; i < out->n; i++)
			out->add[i] = (int)add;
		if (conf_get(c, "words"))
			out->lists[out->n - 1]->weighed = true;
	}
	return 0;
}

/* A term of points: its own, or shared ones that it names. */
static int term_points(struct loading *l, const struct conf *at, struct term *t)
{
	const struct conf *points = conf_get(at, "points");
	struct points own = {0};
	const struct points *p = &own;
	if (points->kind == CONF_SCALAR)
		p = map_get(&l->points, points->text);
	else if (points_parse(l, points, t->name, &own) < 0)
		return -1;
	if (!p)
		return no_shared(
			l, &l->points, points, N_("there are no points \"%1\" in terms/"), points->text.p);
	t->lists = p->lists;
	t->points = p->add;
	t->n_lists = p->n;
	t->within = RULE_POINTS_WITHIN;
	if (conf_int(at, "at_least", 1, RULE_POINTS_REACH, &t->at_least, l->e) < 0 ||
		conf_int(at, "within", 1, RULE_DISTANCE_MAX, &t->within, l->e) < 0)
		return -1;
	if (!t->at_least)
		return conf_fault(at, l->e, N_("term \"%1\" needs at_least: the points that make it occur"),
			t->name, NULL);
	return 0;
}

static int term_lists(struct loading *l, const struct conf *at, struct term *t)
{
	t->lists = arena_array(l->hot, struct list *, lists_room(at));
	return lists_named(l, at, t->name, t->lists, &t->n_lists);
}

static int term_parse(struct loading *l, const struct conf *at, struct term *t)
{
	static const char *const plain[] = {"in", "words", "use", "regex", "except", NULL};
	static const char *const weighed[] = {"in", "points", "at_least", "within", "except", NULL};
	t->name = arena_dup(l->a, at->key);
	t->at = at;
	if (!name_is_good(at->key, true)) {
		conf_fault(at, l->e,
			N_("\"%1\" is no good name for a term: use a-z, 0-9 and -, and no word of the "
			   "language of "
			   "conditions"),
			t->name, NULL);
		l->e->line = at->key_line;
		l->e->col = at->key_col;
		return -1;
	}
	if (at->kind != CONF_MAP)
		return conf_fault(at, l->e, N_("term \"%1\" needs words:, use: or regex:"), t->name, NULL);
	bool has_points = conf_get(at, "points");
	if (conf_only(at, has_points ? weighed : plain, l->e) < 0 || term_zones(l, at, &t->zones) < 0 ||
		(has_points ? term_points(l, at, t) : term_lists(l, at, t)) < 0 || term_regex(l, at, t) < 0 ||
		list_read(l, at, "except", t->name, &t->except) < 0)
		return -1;
	if (!t->n_lists && !t->n_regex)
		return conf_fault(at, l->e, N_("term \"%1\" needs words:, use: or regex:"), t->name, NULL);
	return 0;
}

static void sign_number(struct str *s, char what, int64_t number)
{
	str_addc(s, what);
	str_add_int(s, number);
}

/* Terms of one name that find the same are one, in whatever rule. */
static void number_term(struct loading *l, struct term *t)
{
	struct str s = {0};
	str_adds(&s, t->name);
	sign_number(&s, ' ', t->zones);
	for (size_t i = 0; i < t->n_lists; i++)
		sign_number(&s, 'l', t->lists[i]->number);
	for (size_t i = 0; t->points && i < t->n_lists; i++)
		sign_number(&s, 'p', t->points[i]);
	sign_number(&s, ' ', t->at_least);
	sign_number(&s, ' ', t->within);
	for (size_t i = 0; i < t->n_regex; i++)
		sign_number(&s, 'r', t->regex[i]->number);
	if (t->except)
		sign_number(&s, 'e', t->except->number);
	uintptr_t known = (uintptr_t)map_get(&l->terms, str_span(&s));
	t->number = (uint32_t)(known ? known - 1 : l->terms.n);
	if (!known)
		map_put(&l->terms, str_span(&s), (void *)((uintptr_t)t->number + 1));
	str_release(&s);
}

int terms_parse(struct loading *l, const struct conf *map, struct condition *c)
{
	if (map->kind != CONF_MAP || !map->n || map->n > RULE_TERMS_MAX)
		return conf_fault(
			map, l->e, N_("expected terms, each a name with words:, use: or regex:"), NULL, NULL);
	c->terms = arena_array(l->hot, struct term, map->n + l->clause_terms);
	for (const struct conf *t = map->child; t; t = t->next)
		if (term_parse(l, t, &c->terms[c->n_terms++]) < 0)
			return -1;
	for (size_t i = 0; i < c->n_terms; i++)
		number_term(l, &c->terms[i]);
	return 0;
}

/* A name that a shared list or condition goes by; 1: it is taken, and passed over. */
static int shared_name(struct loading *l, const struct conf *at, const char **id)
{
	if (conf_need_text(at, "id", id, l->e) < 0)
		return -1;
	if (!name_is_good(span_of(*id), conf_get(at, "when")))
		return conf_fault(conf_get(at, "id"), l->e, N_("\"%1\" is no good name: use a-z, 0-9 and -"),
			*id, NULL);
	const struct list *list = map_get(&l->shared, span_of(*id));
	const struct clause *clause = map_get(&l->clauses, span_of(*id));
	const struct points *points = map_get(&l->points, span_of(*id));
	if (!list && !clause && !points)
		return 0;
	if (l->yield)
		return 1;
	return conf_fault(conf_get(at, "id"), l->e, N_("the list \"%1\" stands already in %2"), *id,
		list     ? list->at->file
		: clause ? clause->at->file
			 : points->at->file);
}

/* Parsed when all lists are known: those of an office may use the shipped ones. */
static int clause_parse(struct loading *l, const struct conf *at)
{
	static const char *const known[] = {"id", "title", "terms", "when", NULL};
	struct clause *x = arena_new(l->a, struct clause);
	const struct conf *terms = conf_get(at, "terms");
	int rc = conf_only(at, known, l->e) < 0 ? -1 : shared_name(l, at, &x->name);
	if (rc != 0)
		return rc < 0 ? -1 : 0;
	x->at = at;
	x->when = conf_get(at, "when");
	if (!terms)
		return conf_fault(at, l->e, N_("the shared condition \"%1\" has no terms:"), x->name, NULL);
	if (terms_parse(l, terms, &x->own) < 0 || when_parse(l, x->when, &x->own, false) < 0)
		return -1;
	l->clause_terms += x->own.n_terms;
	map_put(&l->clauses, span_of(x->name), x);
	return 0;
}

/* Parsed when all lists are known, as shared conditions are. */
static int shared_points(struct loading *l, const struct conf *at)
{
	static const char *const known[] = {"id", "title", "points", NULL};
	struct points *x = arena_new(l->a, struct points);
	const char *id = NULL;
	int rc = conf_only(at, known, l->e) < 0 ? -1 : shared_name(l, at, &id);
	if (rc != 0)
		return rc < 0 ? -1 : 0;
	x->at = at;
	if (points_parse(l, conf_get(at, "points"), id, x) < 0)
		return -1;
	map_put(&l->points, span_of(id), x);
	return 0;
}

int pending_parse(struct loading *l)
{
	for (int conditions = 0; conditions < 2; conditions++) /* which use the points */
		for (size_t i = 0; i < l->pending.n; i++) {
			const struct pending *p = &l->pending.p[i];
			bool is_condition = !conf_get(p->at, "points");
			l->yield = p->yield;
			if (is_condition != conditions)
				continue;
			if ((is_condition ? clause_parse(l, p->at) : shared_points(l, p->at)) < 0)
				return -1;
		}
	return 0;
}

static int shared_parse(struct loading *l, const struct conf *at)
{
	static const char *const known[] = {"id", "title", "words", "except", NULL};
	const char *id = NULL;
	struct list *x;
	if (at->kind != CONF_MAP)
		return conf_fault(at, l->e, N_("expected a list of words with id and words"), NULL, NULL);
	if (conf_get(at, "when") || conf_get(at, "points")) {
		vec_push(&l->pending, ((struct pending){at, l->yield}));
		return 0;
	}
	int rc = conf_only(at, known, l->e) < 0 ? -1 : shared_name(l, at, &id);
	if (rc != 0)
		return rc < 0 ? -1 : 0;
	if (list_read(l, at, "words", id, &x) < 0)
		return -1;
	if (!x)
		return conf_fault(at, l->e, N_("the list \"%1\" has no words"), id, NULL);
	if (list_read(l, at, "except", id, &x->except) < 0)
		return -1;
	map_put(&l->shared, span_of(id), x);
	return 0;
}

int lists_parse(struct loading *l, const struct conf *file)
{
	if (file->kind != CONF_LIST)
		return conf_fault(
			file, l->e, N_("expected lists of words, each beginning with \"- id:\""), NULL, NULL);
	for (const struct conf *c = file->child; c; c = c->next)
		if (shared_parse(l, c) < 0)
			return -1;
	return 0;
}

/* A word stands in a list. */
struct standing {
	uint32_t word, list;
};

/* What lists_seal() gathers. */
struct sealing {
	struct map seen[2]; /* word -> its number + 1; those of unmarked paragraphs */
	struct arena scratch;
	VEC(struct word) words;
	VEC(struct standing) all;
	struct lexicon *lexicon;
};

/* The word stands in the list. `unmarked` ones are kept apart, since the same letters may also be somebody's
 * marked form. */
static void stand(struct sealing *s, struct span w, bool unmarked, uint32_t list)
{
	struct map *seen = &s->seen[unmarked];
	uintptr_t number = (uintptr_t)map_get(seen, w);
	if (!number) {
		vec_push(&s->words, ((struct word){.unmarked = unmarked}));
		number = s->words.n;
		map_put(seen, w, (void *)number);
		lexicon_add(s->lexicon, w, (uint32_t)(number - 1));
	}
	s->words.p[number - 1].n++;
	vec_push(&s->all, ((struct standing){(uint32_t)(number - 1), list}));
}

/* The lists of all words, one word behind the other: half a table is half the wait for memory. */
static void lay_out(struct loading *l, struct sealing *s)
{
	struct ruleset *set = l->set;
	uint32_t from = 0;
	set->n_words = s->words.n;
	set->words = arena_array(l->a, struct word, s->words.n + 1);
	set->word_lists = arena_array(l->a, uint32_t, s->all.n + 1);
	for (size_t i = 0; i < s->words.n; i++) {
		set->words[i] = (struct word){from, 0, s->words.p[i].unmarked};
		from += s->words.p[i].n;
	}
	for (size_t i = 0; i < s->all.n; i++) {
		struct word *w = &set->words[s->all.p[i].word];
		set->word_lists[w->from + w->n++] = s->all.p[i].list;
	}
}

void lists_seal(struct loading *l)
{
	struct ruleset *set = l->set;
	struct sealing s = {.lexicon = lexicon_new()};
	for (size_t i = 0; i < l->lists.n; i++) {
		const struct list *x = l->lists.p[i];
		for (size_t k = 0; x->used && k < x->n; k++) {
			stand(&s, x->words[k], false, x->number);
			struct span bare = text_unmark(&s.scratch, x->words[k]);
			if (!span_eq(bare, x->words[k]) && span_find_byte(bare, ' ', 0) != SIZE_MAX)
				stand(&s, bare, true, x->number);
		}
	}
	lexicon_seal(s.lexicon);
	lay_out(l, &s);
	set->lexicon = s.lexicon;
	set->lists = l->lists.p;
	set->n_lists = l->lists.n;
	l->lists.p = NULL;
	l->lists.n = l->lists.cap = 0;
	vec_release(&s.words);
	vec_release(&s.all);
	map_release(&s.seen[false]);
	map_release(&s.seen[true]);
	arena_release(&s.scratch);
}
