/* init: the first configuration, for one place. It asks nothing: what most offices leave alone stands in the
 * file behind "#". */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/file.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/names.h"

#include "base/banned.h"

/* "an-giang, bac-ninh, …": the units of today, for the message that asks for one. */
static const char *today_units(struct cli *c, const struct gazetteer *g)
{
	const struct place_unit *u;
	struct str s = {0};
	size_t n = gazetteer_units(g, &u);
	for (size_t i = 0; i < n; i++)
		if (u[i].exists)
			str_addf(&s, "%s%s", s.n ? ", " : "", u[i].slug);
	const char *list = arena_dup(&c->arena, str_span(&s));
	str_release(&s);
	return list;
}

/* The unit of today to watch, or NULL (told). */
static const struct place_unit *choose(struct cli *c, const struct gazetteer *g, const char *name)
{
	if (name)
		return cli_place(c, g, name);
	say(c, N_("which place? Say it with --place"), NULL, NULL);
	say(c, N_("the places are: %1"), today_units(c, g), NULL);
	return NULL;
}

static void put(struct str *s, const char *text, const char *a)
{
	err_format(s, _(text), a, NULL);
	str_addc(s, '\n');
}

static void tell(struct cli *c, const char *file, const char *archive)
{
	struct str s = {0};
	const char *day = path_join(&c->arena, c->data, "feeds/sample/2026-11-23.warc.gz");
	char *whole = realpath(day, NULL); /* to be read by people: without "..", when it is there */
	put(&s, N_("Written: %1"), file);
	put(&s, N_("The queue will be in: %1"), cli_queue_path(c));
	put(&s, N_("The archive will be in: %1"), archive);
	str_addc(&s, '\n');
	put(&s, N_("What to do next:"), NULL);
	put(&s, N_("  soatin --queue try.db scan --replay %1"), whole ? whole : day);
	put(&s,
		N_("      try it out on a recorded day of invented news about Hải Phòng, without the "
		   "network, in a queue of its own"),
		NULL);
	put(&s, N_("  soatin --queue try.db queue"), NULL);
	put(&s, N_("      see what was flagged"), NULL);
	put(&s, N_("  soatin feeds check"), NULL);
	put(&s, N_("      see which sources answer from here"), NULL);
	put(&s, N_("  soatin scan"), NULL);
	put(&s, N_("      fetch, read, match and queue: the daily job"), NULL);
	out_str(&s);
	str_release(&s);
	free(whole);
}

static int write_all(struct cli *c, const struct place_unit *u, const char *lang, struct err *e)
{
	const char *file = cli_config_path(c);
	const char *text = settings_template(&c->arena, u->slug, u->name, lang);
	if (dir_make_above(file, e) < 0 || file_replace(file, span_of(text), e) < 0 || cli_settings(c, e) < 0)
		return -1;
	const char *archive = cli_archive_dir(c);
	if (dir_make_above(cli_queue_path(c), e) < 0 || dir_make(archive, e) < 0)
		return -1;
	tell(c, file, archive);
	return 0;
}

int cmd_init(struct cli *c, int argc, char **argv)
{
	const char *place = NULL, *lang = c->lang;
	bool force = false;
	const struct opt opts[] = {{OPT_TEXT, 'p', "place", N_("PLACE"),
					   N_("the province or city to watch, as hai-phong"), &place},
		{OPT_TEXT, 0, "lang", N_("LANG"), N_("language of the file and of digests: vi or en"), &lang},
		{OPT_FLAG, 'f', "force", NULL, N_("write over an existing configuration"), &force},
		{.type = OPT_END}};
	int n = cli_options(
		c, argc, argv, opts, NULL, N_("Writes a first configuration and makes the folders for it."));
	if (n < 0)
		return c->status;
	if (n > 0)
		return cli_usage(c, N_("unexpected operand %1"), argv[1], NULL);
	if (strcmp(lang, "vi") != 0 && strcmp(lang, "en") != 0)
		return cli_usage(c, N_("--lang takes vi or en, not %1"), lang, NULL);
	const char *file = cli_config_path(c), *data = path_join(&c->arena, c->data, "rules/places");
	if (!force && file_exists(file)) {
		say(c, N_("%1 exists already; --force writes over it"), file, NULL);
		return EX_CANTCREAT;
	}
	struct gazetteer *g = NULL;
	struct err e = {0};
	int status = EXIT_OK;
	const struct place_unit *u;
	if (gazetteer_load(&data, 1, &g, &e) < 0)
		return say_err(c, NULL, &e);
	if (!(u = choose(c, g, place)))
		status = EXIT_USAGE;
	else if (write_all(c, u, lang, &e) < 0)
		status = say_err(c, NULL, &e);
	gazetteer_free(g);
	return status;
}
