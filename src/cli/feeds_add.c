/* feeds_add: a new source from an address. What the feed says of itself (title, language) fills in what the
 * person did not say. */
#include <string.h>
#include <sysexits.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/url.h"
#include "cli/feeds.h"
#include "cli/names.h"

#include "base/banned.h"

struct wanted {
	const char *to, *id, *name, *kind, *place, *as, *links;
};

static bool taken(const struct source_list *l, const char *id)
{
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->p[i].id, id) == 0)
			return true;
	return false;
}

static const char *free_id(struct cli *c, const struct source_list *l, const char *url)
{
	const char *base = source_id_for(&c->arena, url), *id = base;
	for (int n = 2; taken(l, id); n++)
		id = arena_printf(&c->arena, "%.*s-%d", 58, base, n); /* stays within 64 */
	return id;
}

/* A language tag as feeds write them, or NULL. */
static const char *tag(struct cli *c, struct span s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-", s.p[i]))
			return NULL;
	return s.n >= 2 && s.n <= 35 ? arena_dup(&c->arena, s) : NULL;
}

/* What a feed, or a page with links to articles, says of itself, and how many entries it has. */
static int ask_document(
	struct cli *c, const char *url, struct feeds_look *how, struct source_conf *x, size_t *entries)
{
	struct str json = {0}, title = {0};
	struct json *doc = NULL;
	int status = feeds_look(c, how, url, FEEDS_READ, &json, &doc);
	if (status <= EXIT_SOME) {
		struct span s = span_trim(json_get_string(doc, "title"));
		for (size_t i = 0; i < s.n; i++)
			if ((unsigned char)s.p[i] >= ' ' && s.p[i] != 0x7F)
				str_addc(&title, s.p[i]);
		if (title.n)
			x->name = arena_dup(&c->arena, str_span(&title));
		x->lang = tag(c, json_get_string(doc, "language"));
		x->allow_private = how->at_private;
		*entries = json_len(json_get(doc, "entries"));
		status = EXIT_OK;
	}
	json_free(doc);
	str_release(&json);
	str_release(&title);
	return status;
}

/* A page without a feed: does it lead to articles? */
static void offer_page(struct cli *c, const char *url)
{
	struct feeds_look how = {.section = true};
	struct source_conf x = {0};
	size_t n = 0;
	int status = ask_document(c, url, &how, &x, &n);
	if (status <= EXIT_SOME && n)
		say(c, N_("%1 offers no feed, but leads to %2 articles; --as page follows its links"), url,
			arena_printf(&c->arena, "%zu", n));
	else
		say(c, N_("%1 offers no feed"), url, NULL);
}

/* The address of the feed behind the one given: itself, or the only one its page offers. Returns an exit
 * status. */
static int find(struct cli *c, const char *given, const char **url)
{
	struct feeds_look how = {0};
	struct str json = {0};
	struct json *doc = NULL;
	int status = feeds_look(c, &how, given, FEEDS_DISCOVER, &json, &doc);
	const struct json *found = json_get(doc, "feeds");
	if (status <= EXIT_SOME && json_len(found) != 1) {
		if (json_len(found))
			say(c, N_("%1 offers several feeds; add one of them:"), given, NULL);
		else
			offer_page(c, given);
		for (size_t i = 0; i < json_len(found); i++)
			say(c, "  %1", arena_dup(&c->arena, json_string(json_at(found, i))), NULL);
		status = EXIT_USAGE;
	} else if (status <= EXIT_SOME) {
		*url = arena_dup(&c->arena, json_string(json_at(found, 0)));
		status = EXIT_OK;
	}
	json_free(doc);
	str_release(&json);
	return status;
}

/* Appends to the file, and reads it all again: what cannot be read back is not left behind. */
static int append(struct cli *c, const char *path, const struct source_conf *x, struct err *e)
{
	struct span before = {0};
	struct str s = {0};
	struct source_list l;
	int rc = -1;
	if (file_exists(path) && (sources_load(&c->arena, &path, 1, NULL, "x", &l, e) < 0 ||
					 file_read(&c->arena, path, CONF_FILE_MAX, &before, e) < 0))
		return -1;
	str_add(&s, before);
	if (s.n && s.p[s.n - 1] != '\n')
		str_addc(&s, '\n');
	if (s.n)
		str_addc(&s, '\n');
	source_conf_write(x, &s);
	if (file_replace(path, str_span(&s), e) < 0)
		goto done;
	rc = sources_load(&c->arena, &path, 1, NULL, "x", &l, e);
	if (rc < 0) {
		struct err ignored = {0};
		if (file_replace(path, before, &ignored) < 0)
			err_todo(e, N_("the file could not be put back as it was"));
	}
done:
	str_release(&s);
	return rc;
}

/* Is the source among those a scan reads? */
static bool is_read(struct cli *c, const char *id)
{
	struct texts none = {0};
	struct source_list l = {0};
	return feeds_load(c, &none, &l) == EXIT_OK && taken(&l, id);
}

static int put(struct cli *c, const struct wanted *w, const struct source_conf *x)
{
	struct err e = {0};
	struct str s = {0};
	if (!w->to) {
		source_conf_write(x, &s);
		out_str(&s);
		str_release(&s);
		return EXIT_OK;
	}
	if (append(c, w->to, x, &e) < 0)
		return say_err(c, NULL, &e);
	say(c, N_("%1 added to %2"), x->id, w->to);
	if (x->allow_private)
		say(c, N_("its host has a private address; \"allow_private: true\" was added for it"), NULL,
			NULL);
	if (!is_read(c, x->id))
		say(c, N_("a scan does not read %1 yet: name it under \"feeds:\" in %2"), w->to,
			cli_config_path(c));
	return EXIT_OK;
}

/* The sources a scan reads, and those of the file to add to, which may be none of its. Returns an exit
 * status. */
static int followed(struct cli *c, const char *to, struct source_list *out)
{
	struct texts none = {0};
	struct source_list own = {0};
	struct err e = {0};
	int status = feeds_load(c, &none, out);
	if (status != EXIT_OK || !to || !file_exists(to))
		return status;
	if (sources_load(&c->arena, &to, 1, NULL, "x", &own, &e) < 0)
		return say_err(c, NULL, &e);
	struct source_conf *all = arena_array(&c->arena, struct source_conf, out->n + own.n + 1);
	memcpy(all, out->p, out->n * sizeof *all);
	memcpy(all + out->n, own.p, own.n * sizeof *all);
	*out = (struct source_list){all, out->n + own.n};
	return EXIT_OK;
}

static int make(struct cli *c, const struct wanted *w, const char *given)
{
	struct source_conf x = {.kind = w->kind,
		.place = w->place,
		.as = w->as,
		.links = w->links,
		.enabled = true,
		.pages = true,
		.robots = true};
	struct source_list all = {0};
	struct feeds_look how = {.links = w->links};
	size_t entries = 0;
	int status = followed(c, w->to, &all);
	x.url = given;
	how.section = strcmp(w->as, "page") == 0;
	if (status == EXIT_OK && !how.section)
		status = find(c, given, &x.url);
	if (status == EXIT_OK)
		status = ask_document(c, x.url, &how, &x, &entries);
	if (status == EXIT_OK && how.section && !entries) {
		say(c, N_("%1 leads to no article; say with --links what holds its links"), given, NULL);
		status = EX_DATAERR;
	}
	if (status != EXIT_OK)
		return status;
	for (size_t i = 0; i < all.n; i++)
		if (strcmp(all.p[i].url, x.url) == 0) {
			say(c, N_("%1 is followed already, as %2"), x.url, all.p[i].id);
			return EX_CANTCREAT;
		}
	x.id = w->id ? w->id : free_id(c, &all, x.url);
	if (w->id && taken(&all, w->id))
		return cli_usage(c, N_("the id %1 is taken"), w->id, NULL);
	if (w->name || !x.name)
		x.name = w->name ? w->name : url_host(&c->arena, x.url);
	return put(c, w, &x);
}

/* Puts the short name in place of what was typed. */
static bool place_known(struct cli *c, const char **slug)
{
	struct gazetteer *g = NULL;
	struct err e = {0};
	if (!*slug)
		return true;
	if (cli_gazetteer(c, &g, &e) < 0) {
		say_err(c, NULL, &e);
		return false;
	}
	const struct place_unit *u = cli_place(c, g, *slug);
	if (u)
		*slug = arena_strdup(&c->arena, u->slug);
	gazetteer_free(g);
	return u != NULL;
}

int feeds_add(struct cli *c, int argc, char **argv)
{
	struct wanted w = {.kind = "blog", .as = "feed"};
	const struct opt opts[] = {
		{OPT_TEXT, 0, "to", N_("FILE"), N_("add it to this feeds file; printed by default"), &w.to},
		{OPT_TEXT, 0, "id", N_("ID"), N_("its id; made of its address by default"), &w.id},
		{OPT_TEXT, 0, "name", N_("NAME"), N_("its name; what it calls itself by default"), &w.name},
		{OPT_TEXT, 0, "kind", N_("KIND"), N_("its kind, as in soatin-feeds(5); blog by default"),
			&w.kind},
		{OPT_TEXT, 0, "place", N_("PLACE"), N_("the province it is the paper of"), &w.place},
		{OPT_TEXT, 0, "as", N_("KIND"), N_("feed (the default) or page"), &w.as},
		{OPT_TEXT, 0, "links", N_("SELECTOR"), N_("what holds the links of a page; found by default"),
			&w.links},
		{.type = OPT_END}};
	bool section;
	int n = cli_options(c, argc, argv, opts, N_("URL"),
		N_("Makes a source of an address: that of a feed, or of a page that offers one."));
	if (n < 0)
		return c->status;
	if (n != 1)
		return cli_usage(c, N_("one address is needed"), NULL, NULL);
	if (!url_is_web(argv[1]))
		return cli_usage(c, N_("%1 is no web address; write it as https://host/path"), argv[1], NULL);
	if (!feeds_section(c, w.as, w.links, &section))
		return EXIT_USAGE;
	w.as = section ? "page" : "feed";
	if (!feeds_kind(c, w.kind) || !place_known(c, &w.place))
		return EXIT_USAGE;
	return make(c, &w, argv[1]);
}
