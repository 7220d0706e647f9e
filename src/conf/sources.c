/* sources: the list of feeds and pages to follow. Files are lists of sources; an id stands once over all of
 * them, since the queue remembers under it what a source answered last. */
#include "conf/conf.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/limits.h"
#include "base/map.h"
#include "base/selector.h"
#include "base/str.h"
#include "base/url.h"
#include "base/vec.h"

#include "base/banned.h"

enum { ID_MAX = 64 }; /* bytes of an id: it is a column of tables */

static const char *const keys[] = {"id", "name", "url", "as", "kind", "country", "lang", "place", "evidence",
	"enabled", "allow_private", "pages", "robots", "interval", "max_bytes", "headers", "user_agent",
	"content", "remove", "date", "links", NULL};
static const char *const as_words[] = {"feed", "page", "sitemap", NULL};
const char *const source_kinds[] = {"national", "provincial", "agency", "foreign", "foreign-language",
	"official", "search", "blog", NULL};

struct loader {
	struct arena *a;
	const struct settings *s;
	const char *query;
	struct map ids; /* id -> struct source_conf */
	VEC(struct source_conf *) list;
	struct err *e;
};

/* ---- one value ---- */

static bool only(const char *s, const char *marks)
{
	for (; *s; s++)
		if (!(*s >= 'a' && *s <= 'z') && !(*s >= '0' && *s <= '9') && !strchr(marks, *s))
			return false;
	return true;
}

static int read_id(struct loader *l, const struct conf *map, struct source_conf *x)
{
	if (conf_need_text(map, "id", &x->id, l->e) < 0)
		return -1;
	if (!only(x->id, "-") || strlen(x->id) > ID_MAX)
		return conf_fault(conf_get(map, "id"), l->e,
			N_("an id holds a-z, 0-9 and \"-\" only, at most 64: \"%1\""), x->id, NULL);
	return 0;
}

/* An address with {query} in it becomes a search for the watched places; without a query there is nothing to
 * search for, and the source is left out (x->url NULL). */
static int read_url(struct loader *l, const struct conf *map, struct source_conf *x)
{
	const char *hole;
	if (conf_need_text(map, "url", &x->url, l->e) < 0)
		return -1;
	struct conf *at = conf_get(map, "url");
	if (!url_is_web(x->url) || strpbrk(x->url, " \n\t"))
		return conf_fault(at, l->e, N_("not an address that begins with http:// or https://: %1"),
			x->url, NULL);
	hole = strstr(x->url, "{query}");
	if (hole && strcmp(x->kind, "search") != 0)
		return conf_fault(at, l->e, N_("{query} needs \"kind: search\""), NULL, NULL);
	if (hole && (!l->query || !*l->query)) {
		x->url = NULL;
		return 0;
	}
	if (hole) {
		struct str s = {0};
		str_add(&s, (struct span){x->url, (size_t)(hole - x->url)});
		for (const char *p = l->query; *p; p++) {
			bool plain = (*p >= '0' && *p <= '9') || (*p >= 'A' && *p <= 'Z') ||
				     (*p >= 'a' && *p <= 'z') || strchr("-._~", *p);
			str_addf(&s, plain ? "%c" : "%%%02X", (unsigned char)*p);
		}
		str_adds(&s, hole + strlen("{query}"));
		x->url = arena_dup(l->a, str_span(&s));
		str_release(&s);
	}
	if (strlen(x->url) > URL_MAX)
		return conf_fault(at, l->e, N_("address too long"), NULL, NULL);
	return 0;
}

static int read_word(
	struct loader *l, const struct conf *map, const char *key, const char *const *words, const char **out)
{
	int i = -1;
	if (conf_word(map, key, words, &i, l->e) < 0)
		return -1;
	if (i >= 0)
		*out = words[i];
	return 0;
}

static int read_country(struct loader *l, const struct conf *map, struct source_conf *x)
{
	if (conf_text(map, "country", &x->country, l->e) < 0 || conf_text(map, "lang", &x->lang, l->e) < 0)
		return -1;
	const char *c = x->country;
	if (c && !(strlen(c) == 2 && c[0] >= 'A' && c[0] <= 'Z' && c[1] >= 'A' && c[1] <= 'Z'))
		return conf_fault(conf_get(map, "country"), l->e,
			N_("a country is two capital letters as VN or GB, not \"%1\""), c, NULL);
	if (x->lang && !only(x->lang, "-ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
		return conf_fault(conf_get(map, "lang"), l->e,
			N_("a language is a tag as vi, en or zh-Hans, not \"%1\""), x->lang, NULL);
	return 0;
}

/* "Name: value"; the name as RFC 9110 has it. */
static bool header(const char *s)
{
	const char *colon = strchr(s, ':');
	if (!colon || colon == s || strpbrk(s, "\n\t"))
		return false;
	for (const char *p = s; p < colon; p++)
		if (*p <= ' ' || *p >= 0x7F || strchr("\"(),/;<=>?@[\\]{}", *p))
			return false;
	return true;
}

static int read_headers(struct loader *l, const struct conf *map, struct source_conf *x)
{
	if (conf_texts(l->a, map, "headers", &x->headers, &x->n_headers, l->e) < 0 ||
		conf_text(map, "user_agent", &x->user_agent, l->e) < 0)
		return -1;
	const struct conf *list = conf_get(map, "headers");
	const struct conf *at = list && list->kind == CONF_LIST ? list->child : list;
	for (size_t i = 0; i < x->n_headers; i++, at = at->next)
		if (!header(x->headers[i]))
			return conf_fault(at, l->e, N_("a header is written as 'Name: value', not \"%1\""),
				x->headers[i], NULL);
	if (x->user_agent && strpbrk(x->user_agent, "\n\t"))
		return conf_fault(
			conf_get(map, "user_agent"), l->e, N_("\"%1\" must be one line"), "user_agent", NULL);
	return 0;
}

/* How its pages are read where the general way fails. */
static int read_selectors(struct loader *l, const struct conf *map, struct source_conf *x)
{
	const struct {
		const char *key;
		const char **to;
	} keys_of[] = {
		{"content", &x->content}, {"remove", &x->remove}, {"date", &x->date}, {"links", &x->links}};
	for (size_t i = 0; i < sizeof keys_of / sizeof *keys_of; i++) {
		struct selector s;
		size_t at;
		if (conf_text(map, keys_of[i].key, keys_of[i].to, l->e) < 0)
			return -1;
		const char *text = *keys_of[i].to;
		if (text && !selector_read(span_of(text), &s, &at))
			return conf_fault(conf_get(map, keys_of[i].key), l->e,
				N_("\"%1\" is no selector: \"%2\""), keys_of[i].key, text);
	}
	if (x->links && strcmp(x->as, "page") != 0)
		return conf_fault(conf_get(map, "links"), l->e,
			N_("\"links\" belongs to a source with \"as: page\""), NULL, NULL);
	return 0;
}

/* ---- one source ---- */

static int read_source(struct loader *l, const struct conf *map, struct source_conf *x)
{
	*x = (struct source_conf){.as = "feed",
		.enabled = true,
		.pages = true,
		.robots = true,
		.file = map->file,
		.line = map->line,
		.col = map->col};
	if (conf_only(map, keys, l->e) < 0 || read_id(l, map, x) < 0 ||
		conf_need_text(map, "name", &x->name, l->e) < 0 ||
		read_word(l, map, "as", as_words, &x->as) < 0 ||
		conf_need_text(map, "kind", &x->kind, l->e) < 0 ||
		read_word(l, map, "kind", source_kinds, &x->kind) < 0 || read_url(l, map, x) < 0 ||
		read_country(l, map, x) < 0 || conf_text(map, "place", &x->place, l->e) < 0 ||
		conf_text(map, "evidence", &x->evidence, l->e) < 0)
		return -1;
	if (conf_bool(map, "enabled", &x->enabled, l->e) < 0 ||
		conf_bool(map, "allow_private", &x->allow_private, l->e) < 0 ||
		conf_bool(map, "pages", &x->pages, l->e) < 0 ||
		conf_bool(map, "robots", &x->robots, l->e) < 0 ||
		conf_duration(map, "interval", &x->interval, l->e) < 0 ||
		conf_int(map, "max_bytes", 1, BODY_MAX, &x->max_bytes, l->e) < 0)
		return -1;
	return read_selectors(l, map, x) < 0 ? -1 : read_headers(l, map, x);
}

/* The paper of a province nobody here watches is not read. */
static bool concerns(const struct settings *s, const char *place)
{
	if (!place || !s || s->n_places == 0)
		return true;
	for (size_t i = 0; i < s->n_places; i++)
		if (strcmp(s->places[i], place) == 0)
			return true;
	return false;
}

static int add_source(struct loader *l, const struct conf *map)
{
	struct source_conf *x = arena_new(l->a, struct source_conf);
	if (read_source(l, map, x) < 0)
		return -1;
	struct source_conf *first = map_put(&l->ids, span_of(x->id), x);
	if (first) {
		const char *where = arena_printf(l->a, "%s:%ld", first->file, first->line);
		return conf_fault(
			conf_get(map, "id"), l->e, N_("the id \"%1\" is already taken, in %2"), x->id, where);
	}
	if (x->url && concerns(l->s, x->place))
		vec_push(&l->list, x);
	return 0;
}

static int load_file(struct loader *l, const char *path)
{
	struct conf *list;
	if (conf_load(l->a, path, &list, l->e) < 0)
		return -1;
	if (list->null)
		return 0;
	if (list->kind != CONF_LIST)
		return conf_fault(list, l->e,
			N_("a feeds file is a list: every source begins with \"- id: …\""), NULL, NULL);
	for (const struct conf *c = list->child; c; c = c->next)
		if (add_source(l, c) < 0)
			return -1;
	return 0;
}

int sources_load(struct arena *a, const char *const *paths, size_t n_paths, const struct settings *s,
	const char *query, struct source_list *out, struct err *e)
{
	struct loader l = {.a = a, .s = s, .query = query, .e = e};
	int rc = -1;
	*out = (struct source_list){0};
	for (size_t i = 0; i < n_paths; i++) {
		char **files;
		size_t n;
		if (conf_files(a, paths[i], &files, &n, e) < 0)
			goto done;
		for (size_t k = 0; k < n; k++)
			if (load_file(&l, files[k]) < 0)
				goto done;
	}
	out->p = arena_array(a, struct source_conf, l.list.n + 1);
	for (size_t i = 0; i < l.list.n; i++)
		out->p[out->n++] = *l.list.p[i];
	rc = 0;
done:
	map_release(&l.ids);
	vec_release(&l.list);
	return rc;
}
