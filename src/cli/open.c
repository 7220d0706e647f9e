/* open: what commands need, opened on demand: configuration, places, rules, sources, queue. Paths follow the
 * XDG base directories. */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/file.h"
#include "cli/cli.h"
#include "cli/cli_priv.h"

#include "base/banned.h"

static char *xdg(struct cli *c, const char *variable, const char *below_home, const char *name)
{
	const char *dir = getenv(variable), *home = getenv("HOME");
	if (!dir || dir[0] != '/') /* relative values are to be ignored, says the specification */
		dir = path_join(&c->arena, home && *home ? home : ".", below_home);
	return path_join(&c->arena, path_join(&c->arena, dir, "soatin"), name);
}

const char *cli_config_path(struct cli *c)
{
	return c->config_file ? c->config_file : xdg(c, "XDG_CONFIG_HOME", ".config", "soatin.yaml");
}

const char *cli_mutes_path(struct cli *c)
{
	const char *config = cli_config_path(c), *slash = strrchr(config, '/');
	const char *dir =
		slash ? arena_dup(&c->arena, (struct span){config, (size_t)(slash - config + 1)}) : "";
	return arena_printf(&c->arena, "%smutes.yaml", dir);
}

static const char *variable(const char *name, const char *other)
{
	const char *v = getenv(name);
	if (!v && other)
		v = getenv(other);
	return v && *v ? v : NULL;
}

/* The variables that curl reads. http_proxy in small letters only, since a CGI client could set HTTP_PROXY.
 */
static void proxies_by_environment(struct settings *s)
{
	const char *all = variable("all_proxy", "ALL_PROXY"), *http = variable("http_proxy", NULL),
		   *https = variable("https_proxy", "HTTPS_PROXY");
	s->http_proxy = http ? http : all;
	s->https_proxy = https ? https : all;
	s->no_proxy = variable("no_proxy", "NO_PROXY");
}

int cli_settings(struct cli *c, struct err *e)
{
	const char *path = cli_config_path(c);
	if (c->has_settings)
		return 0;
	settings_default(&c->settings);
	if (c->config_file || file_exists(path)) {
		if (settings_load(&c->arena, path, &c->settings, e) < 0)
			return -1;
		if (!c->asked_language && c->settings.language)
			cli_language(c, c->settings.language);
	}
	if (!c->settings.http_proxy)
		proxies_by_environment(&c->settings);
	c->has_settings = true;
	return 0;
}

/* The fault is at the first watched place that the gazetteer does not know. */
static void at_place(const struct settings *s, const struct gazetteer *g, struct err *e)
{
	const struct conf *at = s->places_at;
	if (at && at->kind == CONF_LIST)
		at = at->child;
	for (size_t i = 0; at && i < s->n_places && gazetteer_unit(g, s->places[i]); i++)
		at = at->next;
	err_at(e, s->file, at ? at->line : 0, at ? at->col : 0);
}

int cli_gazetteer(struct cli *c, struct gazetteer **out, struct err *e)
{
	if (cli_settings(c, e) < 0)
		return -1;
	const struct settings *s = &c->settings;
	const char **paths = arena_array(&c->arena, const char *, s->n_own_places + 1);
	paths[0] = path_join(&c->arena, c->data, "rules/places");
	for (size_t i = 0; i < s->n_own_places; i++)
		paths[i + 1] = s->own_places[i];
	if (gazetteer_load(paths, s->n_own_places + 1, out, e) < 0)
		return -1;
	if (gazetteer_watch(*out, s->places, s->n_places, e) < 0) {
		at_place(s, *out, e);
		gazetteer_free(*out);
		*out = NULL;
		return -1;
	}
	return 0;
}

int cli_rules(struct cli *c, const struct gazetteer *g, const struct texts *own, bool unchecked,
	struct ruleset **out, struct err *e)
{
	const char *shipped = path_join(&c->arena, c->data, "rules");
	struct rule_load how = {.unchecked = unchecked,
		.today = (c->now + 25200) / 86400,
		.shared = shipped,
		.mutes = cli_mutes_path(c)};
	struct texts from = {&shipped, 1};
	const struct rule_info *all;
	if (cli_settings(c, e) < 0)
		return -1;
	if (own && own->n)
		from = *own;
	else if (c->settings.n_rules)
		from = (struct texts){c->settings.rules, c->settings.n_rules};
	if (ruleset_load(from.p, from.n, g, &how, out, e) < 0)
		return -1;
	if (ruleset_rules(*out, &all)) {
		alloc_trim();
		return 0;
	}
	ruleset_free(*out); /* nothing would ever be flagged, and nobody would know why */
	*out = NULL;
	err_set(e, ERR_CONF, N_("no rules in %1"), from.p[0], NULL);
	return err_todo(e, N_("name a file or folder that holds rules"));
}

/* The watched places' names joined by OR, for search feeds. */
static char *search_query(struct cli *c, const struct gazetteer *g)
{
	struct str s = {0};
	for (size_t i = 0; i < c->settings.n_places; i++) {
		const struct place_unit *u = gazetteer_unit(g, c->settings.places[i]);
		str_addf(&s, "%s\"%s\"", i ? " OR " : "", u ? u->name : c->settings.places[i]);
	}
	char *q = arena_dup(&c->arena, s.n ? str_span(&s) : SPAN("Việt Nam"));
	str_release(&s);
	return q;
}

int cli_sources(struct cli *c, const struct gazetteer *g, const struct texts *own, struct source_list *out,
	struct err *e)
{
	const char *shipped = path_join(&c->arena, c->data, "feeds");
	if (cli_settings(c, e) < 0)
		return -1;
	const char *query = search_query(c, g);
	if (own && own->n)
		return sources_load(&c->arena, own->p, own->n, &c->settings, query, out, e);
	if (c->settings.n_feeds)
		return sources_load(
			&c->arena, c->settings.feeds, c->settings.n_feeds, &c->settings, query, out, e);
	return sources_load(&c->arena, &shipped, 1, &c->settings, query, out, e);
}

const char *cli_queue_path(struct cli *c)
{
	const char *path = c->queue_file ? c->queue_file : c->settings.queue;
	return path ? path : xdg(c, "XDG_DATA_HOME", ".local/share", "queue.db");
}

int cli_queue(struct cli *c, enum queue_mode mode, struct queue **out, struct err *e)
{
	if (cli_settings(c, e) < 0)
		return -1;
	const char *path = cli_queue_path(c);
	if (mode == QUEUE_WRITE && dir_make_above(path, e) < 0)
		return -1;
	return queue_open(path, mode, out, e);
}

const char *cli_archive_dir(struct cli *c)
{
	return c->settings.archive ? c->settings.archive : xdg(c, "XDG_DATA_HOME", ".local/share", "archive");
}
