/* load: files and folders -> one rule set. Shared lists first, since rules name them; then the rules; then
 * what official sources are and when a claim counts as answered; last the lexicon and which list wakes which
 * rule. The YAML trees stay in the set's arena: faults found late still know their line. */

#include "rule/rule_priv.h"

#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/limits.h"

#include "base/banned.h"

/* A VEC with a name. */
struct paths {
	const char **p;
	size_t n, cap;
};

/* All files the given paths stand for, each once, in the order they are to be read. */
struct sources {
	struct paths terms, rules, official;
	size_t own_terms; /* so many of terms lie beside rules; the others are of how->shared */
};

static void add_once(struct paths *v, const char *path)
{
	for (size_t i = 0; i < v->n; i++)
		if (strcmp(v->p[i], path) == 0)
			return;
	vec_push(v, path);
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

/* What lies beside: the shared lists and the official sources of this folder. */
static int find_beside(struct arena *a, const char *dir, struct sources *s, struct err *e)
{
	char **names;
	size_t n;
	if (dir_list(a, path_join(a, dir, "terms"), ".yaml", &names, &n, e) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		add_once(&s->terms, names[i]);
	const char *official = path_join(a, dir, "official.yaml");
	if (file_exists(official))
		add_once(&s->official, official);
	return 0;
}

static int find_files(struct arena *a, const char *path, struct sources *s, struct err *e)
{
	struct stat st;
	char **names;
	size_t n;
	if (stat(path, &st) < 0 || !S_ISDIR(st.st_mode)) {
		const char *slash = strrchr(path, '/');
		const char *dir = slash ? arena_dup(a, (struct span){path, (size_t)(slash - path)}) : ".";
		add_once(&s->rules, arena_strdup(a, path));
		return find_beside(a, *dir ? dir : "/", s, e);
	}
	if (dir_list(a, path, ".yaml", &names, &n, e) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (strcmp(base_name(names[i]), "official.yaml") != 0)
			add_once(&s->rules, names[i]);
	return find_beside(a, path, s, e);
}

static int load_rules(struct loading *l, const char *path)
{
	struct conf *file;
	if (conf_load(l->a, path, &file, l->e) < 0)
		return -1;
	if (file->kind != CONF_LIST)
		return conf_fault(
			file, l->e, N_("expected rules, each beginning with \"- id:\""), NULL, NULL);
	for (const struct conf *c = file->child; c; c = c->next) {
		if (l->rules.n == RULES_MAX)
			return conf_fault(c, l->e, N_("more rules than a set may hold"), NULL, NULL);
		if (rule_parse(l, c, vec_add(&l->rules)) < 0)
			return -1;
	}
	return 0;
}

static int load_files(struct loading *l, const struct sources *from)
{
	struct conf *file;
	for (size_t i = 0; i < from->terms.n; i++) {
		l->yield = i >= from->own_terms;
		if (conf_load(l->a, from->terms.p[i], &file, l->e) < 0 || lists_parse(l, file) < 0)
			return -1;
	}
	if (pending_parse(l) < 0)
		return -1;
	if (from->official.n) {
		if (conf_load(l->a, from->official.p[0], &file, l->e) < 0)
			return -1;
		l->official = file;
	}
	for (size_t i = 0; i < from->rules.n; i++)
		if (load_rules(l, from->rules.p[i]) < 0)
			return -1;
	return official_parse(l);
}

static int by_id(const void *a, const void *b)
{
	return strcmp(((const struct rule *)a)->info->id, ((const struct rule *)b)->info->id);
}

/* Which list or expression wakes which rule. A rule none can wake (one that rests on a regular expression of
 * which no word is known) is always looked at. */
static void seal_wakes(struct loading *l)
{
	struct ruleset *s = l->set;
	size_t all = s->n_lists + s->n_regex;
	struct wakers *of = arena_array(l->a, struct wakers, s->n + 1);
	s->wakes = arena_alloc(l->a, sizeof *s->wakes * (all + 1));
	s->always = arena_array(l->a, uint32_t, s->n + 1);
	for (uint32_t r = 0; r < s->n; r++) {
		if (!s->rules[r].runs)
			continue;
		if (!node_needs(l->a, s->rules[r].when.root, s->n_lists, &of[r])) {
			of[r].n = 0;
			s->always[s->n_always++] = r;
		}
		for (size_t k = 0; k < of[r].n; k++)
			s->wakes[of[r].p[k]].n++;
	}
	for (size_t i = 0; i < all; i++) {
		s->wakes[i].p = s->wakes[i].n ? arena_array(l->a, uint32_t, s->wakes[i].n) : NULL;
		s->wakes[i].n = 0;
	}
	for (uint32_t r = 0; r < s->n; r++)
		for (size_t k = 0; k < of[r].n; k++)
			s->wakes[of[r].p[k]].p[s->wakes[of[r].p[k]].n++] = r;
}

static void mark_list(struct list *x)
{
	if (!x)
		return;
	x->used = true;
	mark_list(x->except);
}

static void mark_used(const struct condition *c)
{
	for (size_t i = 0; i < c->n_terms; i++) {
		const struct term *t = &c->terms[i];
		for (size_t k = 0; k < t->n_lists; k++)
			mark_list(t->lists[k]);
		for (size_t k = 0; k < t->n_regex; k++)
			t->regex[k]->used = true;
		mark_list(t->except);
	}
}

static void seal(struct loading *l)
{
	struct ruleset *s = l->set;
	for (size_t i = 0; i < l->rules.n; i++)
		mark_used(&l->rules.p[i].when);
	mark_used(&s->answered);
	lists_seal(l);
	s->n = l->rules.n;
	s->rules = arena_array(l->a, struct rule, s->n + 1);
	s->infos = arena_array(l->a, struct rule_info, s->n + 1);
	for (size_t i = 0; i < s->n; i++)
		s->rules[i] = l->rules.p[i];
	if (s->n)
		qsort(s->rules, s->n, sizeof *s->rules, by_id);
	for (size_t i = 0; i < s->n; i++) {
		s->infos[i] = *s->rules[i].info;
		s->rules[i].info = &s->infos[i];
	}
	s->regex = l->regex.p;
	s->n_regex = l->regex.n;
	s->literals = literals_new(l->a, s->regex, s->n_regex);
	seal_wakes(l);
}

int ruleset_load(const char *const *paths, size_t n, const struct gazetteer *g, const struct rule_load *how,
	struct ruleset **out, struct err *e)
{
	struct ruleset *s = xcalloc(1, sizeof *s);
	struct loading l = {.set = s, .a = &s->arena, .hot = &s->hot, .how = how, .e = e};
	struct sources from = {0};
	int rc = -1;
	s->places = g;
	*out = NULL;
	for (size_t i = 0; i < n; i++)
		if (find_files(l.a, paths[i], &from, e) < 0)
			goto done;
	from.own_terms = from.terms.n;
	if (how->shared && find_beside(l.a, how->shared, &from, e) < 0)
		goto done;
	if (load_files(&l, &from) < 0 || mutes_apply(s, how, e) < 0)
		goto done;
	seal(&l);
	rc = 0;
done:
	s->regex = l.regex.p;
	s->n_regex = l.regex.n;
	vec_release(&l.pending);
	vec_release(&l.lists);
	vec_release(&l.rules);
	vec_release(&from.terms);
	vec_release(&from.rules);
	vec_release(&from.official);
	map_release(&l.shared);
	map_release(&l.points);
	map_release(&l.clauses);
	map_release(&l.ids);
	map_release(&l.signs);
	map_release(&l.terms);
	map_release(&l.parts);
	if (rc < 0)
		ruleset_free(s);
	else
		*out = s;
	return rc;
}

void ruleset_free(struct ruleset *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->n_regex; i++)
		regex_free(s->regex[i]);
	literals_free(s->literals);
	free(s->regex);
	free(s->lists);
	lexicon_free(s->lexicon);
	arena_release(&s->hot);
	arena_release(&s->arena);
	free(s);
}

size_t ruleset_rules(const struct ruleset *s, const struct rule_info **out)
{
	*out = s->infos;
	return s->n;
}
