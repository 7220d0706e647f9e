/* names: what people type to mean a command, a source, a rule, a place; and what to say of a name that is
 * none: the nearest one, or those it is the beginning of. */
#include "cli/names.h"

#include <string.h>

#include "base/banned.h"

enum { BEGINNINGS = 8 }; /* more names are a list, which --help has */

/* `"a", "b"` of those that begin so; "" for none or too many. */
static void beginnings(const char *word, const char *const *known, struct str *out)
{
	size_t n = 0;
	for (; *word && *known; known++) {
		if (!span_starts(span_of(*known), word))
			continue;
		if (++n > BEGINNINGS) {
			str_clear(out);
			return;
		}
		str_addf(out, "%s\"%s\"", out->n ? ", " : "", *known);
	}
}

int cli_unknown(struct cli *c, const char *word, const char *const *known, const char *text, const char *a,
	const char *b)
{
	struct str near = {0};
	const char *nearest = conf_nearest(span_of(word), known);
	if (nearest)
		str_addf(&near, "\"%s\"", nearest);
	else
		beginnings(word, known, &near);
	if (!near.n)
		return cli_usage(c, text, a, b);
	say(c, text, a, b);
	say(c, N_("did you mean %1?"), near.p, NULL);
	str_release(&near);
	c->status = EXIT_USAGE;
	return EXIT_USAGE;
}

int cli_unknown_command(struct cli *c, const char *text, const char *word, const struct command *table)
{
	size_t n = 0;
	while (table[n].name)
		n++;
	const char **known = arena_array(&c->arena, const char *, n + 1);
	for (size_t i = 0; i < n; i++)
		known[i] = table[i].name;
	return cli_unknown(c, word, known, text, word, c->command);
}

int cli_one_of(struct cli *c, const char *option, const char *word, const char *const *known)
{
	struct str all = {0};
	for (const char *const *k = known; *k; k++) {
		if (strcmp(*k, word) == 0) {
			str_release(&all);
			return EXIT_OK;
		}
		str_addf(&all, "%s%s", all.n ? ", " : "", *k);
	}
	cli_unknown(c, word, known, N_("there is no %1; there are: %2"),
		arena_printf(&c->arena, "%s %s", option, word), all.p);
	str_release(&all);
	return EXIT_USAGE;
}

int cli_no_source(struct cli *c, const struct source_list *l, const char *id)
{
	const char **known = arena_array(&c->arena, const char *, l->n + 1);
	for (size_t i = 0; i < l->n; i++)
		known[i] = l->p[i].id;
	return cli_unknown(
		c, id, known, N_("no source is called %1; \"soatin feeds list\" shows them"), id, NULL);
}

int cli_no_rule(struct cli *c, const struct ruleset *s, const char *id)
{
	const struct rule_info *rules;
	size_t n = ruleset_rules(s, &rules);
	const char **known = arena_array(&c->arena, const char *, n + 1);
	for (size_t i = 0; i < n; i++)
		known[i] = rules[i].id;
	return cli_unknown(
		c, id, known, N_("no rule is called %1; \"soatin rules list\" shows them"), id, NULL);
}

const struct place_unit *cli_place(struct cli *c, const struct gazetteer *g, const char *name)
{
	const struct place_unit *all, *u = NULL;
	size_t n = gazetteer_units(g, &all);
	for (size_t i = 0; i < n; i++)
		if (strcmp(all[i].slug, name) == 0 || strcmp(all[i].name, name) == 0)
			u = &all[i];
	if (!u) {
		cli_unknown(c, name, gazetteer_slugs(g, &c->arena),
			N_("no place is called %1; \"soatin places\" lists them"), name, NULL);
		return NULL;
	}
	if (u->exists)
		return u;
	say(c, N_("%1 is part of another unit today: use --place %2"), u->name, u->now);
	c->status = EXIT_USAGE;
	return NULL;
}
