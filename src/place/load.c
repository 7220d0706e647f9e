/* load: the files of rules/places into a gazetteer. Every file may hold any of the lists; units first,
 * since parts and cues name them by slug, so all files are read before any list but `units`. */
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "place/place_priv.h"

#include "base/banned.h"

struct loader {
	struct gazetteer *g;
	struct err *e;
	VEC(struct conf *) roots;
};

typedef int reader(struct loader *l, const struct conf *item);

static int each(struct loader *l, const char *key, reader *read)
{
	vec_each (root, &l->roots) {
		struct conf *list = conf_get(*root, key);
		if (!list)
			continue;
		if (list->kind != CONF_LIST)
			return conf_fault(list, l->e, N_("\"%1\" must be a list"), key, NULL);
		for (const struct conf *item = list->child; item; item = item->next)
			if (read(l, item))
				return -1;
	}
	return 0;
}

static int texts(struct loader *l, const struct conf *map, const char *key, const char ***out, size_t *n)
{
	*out = NULL;
	*n = 0;
	return conf_texts(&l->g->arena, map, key, out, n, l->e);
}

static uint32_t unit_index(const struct gazetteer *g, const char *slug)
{
	return (uint32_t)(uintptr_t)map_get(&g->slugs, span_of(slug)) - 1; /* UINT32_MAX when unknown */
}

static int need_unit(struct loader *l, const struct conf *at, const char *slug, uint32_t *out)
{
	*out = unit_index(l->g, slug);
	if (*out == UINT32_MAX)
		return conf_fault(at, l->e, N_("unknown unit \"%1\""), slug, NULL);
	return 0;
}

/* ---- units */

static int read_unit(struct loader *l, const struct conf *item)
{
	static const char *const known[] = {"slug", "iso", "name", "en", "type", "now", "names", "words",
		"given", "doubtful", "namesake", "loud", "plain", NULL};
	static const char *const types[] = {"municipality", "province", NULL};
	struct unit u = {0};
	int type = 1;
	const char *now = NULL;
	if (conf_only(item, known, l->e) || conf_need_text(item, "slug", &u.pub.slug, l->e) ||
		conf_need_text(item, "iso", &u.pub.iso, l->e) ||
		conf_need_text(item, "name", &u.pub.name, l->e) ||
		conf_need_text(item, "en", &u.pub.name_en, l->e) ||
		conf_word(item, "type", types, &type, l->e) || conf_text(item, "now", &now, l->e))
		return -1;
	if (map_get(&l->g->slugs, span_of(u.pub.slug)))
		return conf_fault(item, l->e, N_("unit \"%1\" is there already"), u.pub.slug, NULL);
	u.pub.type = types[type];
	u.pub.exists = !now;
	u.pub.now = now ? now : u.pub.slug;
	u.watched = true;
	map_put(&l->g->slugs, span_of(u.pub.slug), (void *)(uintptr_t)(l->g->units.n + 1));
	vec_push(&l->g->units, u);
	return 0;
}

/* What single forms are, from the lists beside the names: folded form -> TRAIT_ bits. */
static int read_traits(struct loader *l, const struct conf *item, struct map *out)
{
	static const struct {
		const char *key;
		unsigned bit;
	} lists[] = {{"words", TRAIT_WORD}, {"given", TRAIT_GIVEN}, {"doubtful", TRAIT_DOUBTFUL},
		{"namesake", TRAIT_NAMESAKE}, {"loud", TRAIT_LOUD}, {"plain", TRAIT_PLAIN},
		{"known", TRAIT_KNOWN}};
	for (size_t k = 0; k < sizeof lists / sizeof *lists; k++) {
		const char **forms;
		size_t n;
		if (texts(l, item, lists[k].key, &forms, &n))
			return -1;
		for (size_t i = 0; i < n; i++) {
			struct span folded = text_fold_word(&l->g->arena, span_of(forms[i]), NULL);
			unsigned bits = (unsigned)(uintptr_t)map_get(out, folded) | lists[k].bit;
			map_put(out, folded, (void *)(uintptr_t)bits);
		}
	}
	return 0;
}

static int read_languages(struct loader *l, const struct conf *names, uint32_t unit, const struct map *traits)
{
	for (const struct conf *lang = names->child; lang; lang = lang->next) {
		const char **forms;
		size_t n;
		if (texts(l, names, arena_dup(&l->g->arena, lang->key), &forms, &n))
			return -1;
		for (size_t i = 0; i < n; i++) {
			struct span folded = text_fold_word(&l->g->arena, span_of(forms[i]), NULL);
			struct entry e = {.kind = KIND_UNIT, .index = unit};
			e.traits = (unsigned)(uintptr_t)map_get(traits, folded); /* and so of its variants */
			form_add(l->g, e, forms[i], span_is(lang->key, "vi") ? FORM_VARIANTS : FORM_CASES,
				traits);
		}
	}
	return 0;
}

static int read_names(struct loader *l, const struct conf *item)
{
	struct map traits = {0};
	const char *slug = NULL;
	uint32_t unit;
	struct conf *names = conf_get(item, "names");
	if (conf_need_text(item, "slug", &slug, l->e) || need_unit(l, item, slug, &unit) ||
		need_unit(l, item, l->g->units.p[unit].pub.now, &l->g->units.p[unit].now))
		return -1;
	if (!names || names->kind != CONF_MAP)
		return conf_fault(item, l->e, N_("missing key \"%1\""), "names", NULL);
	int rc = read_traits(l, item, &traits) || read_languages(l, names, unit, &traits) ? -1 : 0;
	map_release(&traits);
	return rc;
}

/* ---- parts, phrases, words */

static int add_parts(struct loader *l, const struct conf *item, const char *key, uint32_t unit, unsigned bits,
	const struct map *traits)
{
	const char **forms;
	size_t n;
	if (texts(l, item, key, &forms, &n))
		return -1;
	for (size_t i = 0; i < n; i++) {
		struct span folded = text_fold_word(&l->g->arena, span_of(forms[i]), NULL);
		struct entry e = {.kind = KIND_PART, .index = (uint32_t)l->g->parts.n, .traits = bits};
		e.traits |= (unsigned)(uintptr_t)map_get(traits, folded); /* and so of its variants */
		*vec_add(&l->g->parts) = (struct part){forms[i], unit};
		form_add(l->g, e, forms[i], strcmp(key, "foreign") == 0 ? FORM_CASES : FORM_VARIANTS, traits);
	}
	return 0;
}

static int read_part(struct loader *l, const struct conf *item)
{
	static const char *const known[] = {"unit", "names", "shared", "foreign", "given", "known", NULL};
	struct map traits = {0};
	const char *slug = NULL;
	uint32_t unit;
	if (conf_only(item, known, l->e) || conf_need_text(item, "unit", &slug, l->e) ||
		need_unit(l, conf_get(item, "unit"), slug, &unit))
		return -1;
	int rc = read_traits(l, item, &traits) || add_parts(l, item, "names", unit, 0, &traits) ||
				 add_parts(l, item, "shared", unit, TRAIT_SHARED, &traits) ||
				 add_parts(l, item, "foreign", unit, 0, &traits)
			 ? -1
			 : 0;
	map_release(&traits);
	return rc;
}

/* Forms of one list that all mean the same entry. */
static int add_forms(struct loader *l, const struct conf *map, const char *key, struct entry e)
{
	const char **forms;
	size_t n;
	if (texts(l, map, key, &forms, &n))
		return -1;
	for (size_t i = 0; i < n; i++)
		form_add(l->g, e, forms[i], 0, NULL);
	return 0;
}

static int add_words(struct loader *l, const struct conf *map, const char *key, struct map *out)
{
	const char **words;
	size_t n;
	if (texts(l, map, key, &words, &n))
		return -1;
	for (size_t i = 0; i < n; i++) {
		struct span folded = text_fold_word(&l->g->arena, span_of(words[i]), NULL);
		map_put(out, folded, l->g);
		map_put(out, text_unmark(&l->g->arena, folded), l->g);
	}
	return 0;
}

static int read_phrase(struct loader *l, const struct conf *item)
{
	static const char *const known[] = {"why", "words", "not_before", NULL};
	struct entry e = {.kind = KIND_PHRASE, .index = (uint32_t)l->g->phrases.n};
	struct phrase_list *p = vec_add(&l->g->phrases);
	return conf_only(item, known, l->e) || conf_need_text(item, "why", &p->why, l->e) ||
			       add_words(l, item, "not_before", &p->not_before) ||
			       add_forms(l, item, "words", e)
		       ? -1
		       : 0;
}

/* ---- cues */

static int add_units(struct loader *l, const struct conf *item, const char *key, struct cue *c, bool except)
{
	const char **slugs;
	size_t n;
	if (texts(l, item, key, &slugs, &n))
		return -1;
	for (size_t i = 0; i < n; i++) {
		uint32_t unit;
		if (need_unit(l, item, slugs[i], &unit))
			return -1;
		if (except)
			vec_push(&c->except, unit);
		else
			vec_push(&c->units, unit);
	}
	return 0;
}

static int read_cue(struct loader *l, const struct conf *item)
{
	static const char *const known[] = {"why", "before", "after", "behind", "sentence", "paired", "chain",
		"title", "article", "reads", "units", "except", "names", "only", "small", "foreign",
		"goes_on", "single", "one", "within", "breaks", "unless", NULL};
	static const char *const sides[] = {
		"before", "after", "behind", "sentence", "paired", "chain", "title", "article", NULL};
	static const char *const reads[] = {
		"province", "part", "likely", "maybe", "metonym", "nothing", "abroad", NULL};
	static const char *const only[] = {
		"all", "given", "words", "sure", "doubtful", "units", "parts", "half", "namesake", NULL};
	struct entry e = {.kind = KIND_CUE, .index = (uint32_t)l->g->cues.n};
	struct cue *c = vec_add(&l->g->cues);
	int side = 0, read = -1, which = 0;
	c->within = 1;
	while (sides[side] && !conf_get(item, sides[side]))
		side++;
	if (!sides[side])
		return conf_fault(item, l->e, N_("a cue needs one of: %1"),
			"before, after, behind, sentence, paired, chain, title, article", NULL);
	if (conf_only(item, known, l->e) || conf_need_text(item, "why", &c->why, l->e) ||
		conf_word(item, "reads", reads, &read, l->e) || conf_word(item, "only", only, &which, l->e) ||
		conf_bool(item, "small", &c->small, l->e) || conf_bool(item, "foreign", &c->foreign, l->e) ||
		conf_bool(item, "goes_on", &c->goes_on, l->e) ||
		conf_bool(item, "single", &c->single, l->e) || conf_bool(item, "one", &c->one, l->e) ||
		conf_int(item, "within", 1, 12, &c->within, l->e))
		return -1;
	if (read < 0)
		return conf_fault(item, l->e, N_("missing key \"%1\""), "reads", NULL);
	c->side = (enum side)side;
	c->reads = (enum reads)read;
	c->only = (enum only)which;
	if (add_units(l, item, "units", c, false) || add_units(l, item, "except", c, true) ||
		add_words(l, item, "names", &c->names) || add_words(l, item, "breaks", &c->breaks) ||
		add_forms(l, item, sides[side], e))
		return -1;
	e.kind = KIND_UNLESS;
	return add_forms(l, item, "unless", e);
}

static int read_people(struct loader *l, const struct conf *root)
{
	static const char *const known[] = {"surnames", "rare", NULL};
	struct conf *people = conf_get(root, "people");
	if (!people)
		return 0;
	return conf_only(people, known, l->e) ||
			       add_forms(l, people, "surnames", (struct entry){.kind = KIND_SURNAME}) ||
			       add_forms(l, people, "rare", (struct entry){.kind = KIND_RARE})
		       ? -1
		       : 0;
}

static int load_root(struct loader *l, const char *path)
{
	static const char *const known[] = {"units", "parts", "cues", "phrases", "vietnam", "people",
		"numbers", "numbered", "many", NULL};
	struct conf *root = NULL;
	if (conf_load(&l->g->arena, path, &root, l->e) || conf_only(root, known, l->e))
		return -1;
	vec_push(&l->roots, root);
	return 0;
}

static int load_path(struct loader *l, const char *path)
{
	char **files = NULL;
	size_t n = 0;
	if (span_ends(span_of(path), ".yaml") || span_ends(span_of(path), ".yml"))
		return load_root(l, path);
	if (dir_list(&l->g->arena, path, ".yaml", &files, &n, l->e))
		return -1;
	for (size_t i = 0; i < n; i++)
		if (load_root(l, files[i]))
			return -1;
	return 0;
}

static int load_all(struct loader *l)
{
	if (each(l, "units", read_unit) || each(l, "units", read_names) || each(l, "parts", read_part) ||
		each(l, "phrases", read_phrase) || each(l, "cues", read_cue))
		return -1;
	vec_each (root, &l->roots)
		if (add_forms(l, *root, "vietnam", (struct entry){.kind = KIND_VIETNAM}) ||
			read_people(l, *root) || add_words(l, *root, "numbers", &l->g->numbers) ||
			add_words(l, *root, "numbered", &l->g->numbered) ||
			add_words(l, *root, "many", &l->g->many))
			return -1;
	if (l->g->units.n == 0)
		return err_set(
			l->e, ERR_CONF, N_("no places were found; the list of units is missing"), NULL, NULL);
	return 0;
}

int gazetteer_load(const char *const *paths, size_t n, struct gazetteer **out, struct err *e)
{
	struct loader l = {.g = xcalloc(1, sizeof *l.g), .e = e};
	int rc = 0;
	l.g->names = lexicon_new();
	l.g->near = lexicon_new();
	lexicon_over_lines(l.g->names);
	for (size_t i = 0; i < n && rc == 0; i++)
		rc = load_path(&l, paths[i]);
	if (rc == 0)
		rc = load_all(&l);
	vec_release(&l.roots);
	if (rc) {
		gazetteer_free(l.g);
		return -1;
	}
	lexicon_seal(l.g->names);
	lexicon_seal(l.g->near);
	map_release(&l.g->forms);
	arena_release(&l.g->scratch);
	vec_each (u, &l.g->units)
		vec_push(&l.g->pub, u->pub);
	*out = l.g;
	return 0;
}

void gazetteer_free(struct gazetteer *g)
{
	if (!g)
		return;
	lexicon_free(g->names);
	lexicon_free(g->near);
	vec_each (c, &g->cues) {
		vec_release(&c->units);
		vec_release(&c->except);
		map_release(&c->names);
		map_release(&c->breaks);
	}
	vec_release(&g->entries);
	vec_release(&g->units);
	vec_release(&g->parts);
	vec_each (p, &g->phrases)
		map_release(&p->not_before);
	vec_release(&g->phrases);
	vec_release(&g->cues);
	vec_release(&g->pub);
	map_release(&g->slugs);
	map_release(&g->numbers);
	map_release(&g->numbered);
	map_release(&g->many);
	map_release(&g->forms);
	arena_release(&g->scratch);
	arena_release(&g->arena);
	free(g);
}
