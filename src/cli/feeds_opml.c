/* feeds_opml: lists of feeds from and for other readers. OPML 2.0 knows a title and an address; kind and
 * place are ours to say. */
#include <string.h>

#include "base/map.h"
#include "base/url.h"
#include "cli/feeds.h"

#include "base/banned.h"

/* ---- in ---- */

/* An id nothing in `ids` has; it is entered there. */
static const char *fresh_id(struct cli *c, struct map *ids, const char *url)
{
	const char *base = source_id_for(&c->arena, url), *id = base;
	for (int n = 2; map_get(ids, span_of(id)); n++)
		id = arena_printf(&c->arena, "%.*s-%d", 58, base, n); /* stays within 64 */
	map_put(ids, span_of(id), (void *)(uintptr_t)1);
	return id;
}

static void put_outline(
	struct cli *c, struct map *ids, const struct json *o, const char *kind, struct str *out)
{
	struct source_conf x = {.url = arena_dup(&c->arena, json_get_string(o, "url")),
		.kind = kind,
		.as = "feed",
		.enabled = true,
		.pages = true,
		.robots = true};
	struct str name = {0};
	if (!url_is_web(x.url) || strpbrk(x.url, " \n\t\"<>")) {
		say(c, N_("left out, no http or https address: %1"), x.url, NULL);
		c->status = EXIT_SOME;
		return;
	}
	if (map_get(ids, span_of(x.url)))
		return;
	map_put(ids, span_of(x.url), (void *)(uintptr_t)1); /* no id looks like an address */
	struct span title = json_get_string(o, "title");
	for (size_t i = 0; i < title.n; i++)
		if ((unsigned char)title.p[i] >= ' ' && title.p[i] != 0x7F)
			str_addc(&name, title.p[i]);
	x.name = name.n ? name.p : url_host(&c->arena, x.url);
	x.id = fresh_id(c, ids, x.url);
	if (out->n)
		str_addc(out, '\n');
	source_conf_write(&x, out);
	str_release(&name);
}

int feeds_import(struct cli *c, int argc, char **argv)
{
	const char *kind = "blog";
	struct feeds_look how = {0};
	struct str json = {0}, out = {0};
	struct json *doc = NULL;
	struct map ids = {0};
	const struct opt opts[] = {{OPT_TEXT, 0, "kind", N_("KIND"),
					   N_("their kind, as in soatin-feeds(5); blog by default"), &kind},
		{.type = OPT_END}};
	int n = cli_options(
		c, argc, argv, opts, N_("FILE|URL"), N_("Prints the feeds of an OPML file as a feeds file."));
	if (n < 0)
		return c->status;
	if (n != 1)
		return cli_usage(c, N_("one file or address is needed"), NULL, NULL);
	if (!feeds_kind(c, kind))
		return EXIT_USAGE;
	int status = feeds_look(c, &how, argv[1], FEEDS_OPML, &json, &doc);
	const struct json *list = json_get(doc, "outlines");
	if (status <= EXIT_SOME && !json_len(list)) {
		say(c, N_("%1 holds no feeds"), argv[1], NULL);
		status = EXIT_SOME;
	}
	for (size_t i = 0; i < json_len(list); i++)
		put_outline(c, &ids, json_at(list, i), kind, &out);
	out_str(&out);
	map_release(&ids);
	json_free(doc);
	str_release(&json);
	str_release(&out);
	return status;
}

/* ---- out ---- */

static void put_attr(struct str *out, const char *name, const char *value)
{
	if (!value || !*value)
		return;
	str_addf(out, " %s=\"", name);
	for (const char *p = value; *p; p++) {
		switch (*p) {
		case '&':
			str_adds(out, "&amp;");
			break;
		case '<':
			str_adds(out, "&lt;");
			break;
		case '"':
			str_adds(out, "&quot;");
			break;
		default:
			str_addc(out, *p == '\n' || *p == '\t' ? ' ' : *p);
		}
	}
	str_addc(out, '"');
}

int feeds_export(struct cli *c, int argc, char **argv)
{
	struct texts files = {0};
	struct source_list l = {0};
	struct str s = {0};
	const struct opt opts[] = {{OPT_LIST, 0, "feeds", N_("FILE"),
					   N_("read sources from this file or folder (repeatable)"), &files},
		{.type = OPT_END}};
	int n = cli_options(c, argc, argv, opts, NULL,
		N_("Prints the feeds as OPML. Sources that are no feeds are left out."));
	if (n < 0)
		return c->status;
	if (n > 0)
		return cli_usage(c, N_("unexpected operand %1"), argv[1], NULL);
	int status = feeds_load(c, &files, &l);
	if (status != EXIT_OK)
		return status;
	str_adds(&s, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml "
		     "version=\"2.0\">\n<head><title>soatin</title></head>\n<body>\n");
	for (size_t i = 0; i < l.n; i++) {
		const struct source_conf *x = &l.p[i];
		if (strcmp(x->as, "feed") != 0 || !x->enabled)
			continue;
		str_adds(&s, "<outline type=\"rss\"");
		put_attr(&s, "text", x->name);
		put_attr(&s, "title", x->name);
		put_attr(&s, "xmlUrl", x->url);
		put_attr(&s, "language", x->lang);
		put_attr(&s, "category", x->kind);
		str_adds(&s, "/>\n");
	}
	str_adds(&s, "</body>\n</opml>\n");
	out_str(&s);
	str_release(&s);
	return EXIT_OK;
}
