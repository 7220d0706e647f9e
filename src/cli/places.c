/* places: what places a text names, and why; without a text the units of the gazetteer. */
#include <string.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "digest/digest.h"

#include "base/banned.h"

struct places_run {
	struct cli *c;
	const struct gazetteer *g;
	bool json, why;
	enum sheet_format format;
};

/* The reasons of the shipped cues and of place/ in the reader's language; those of an office's own cues stay
 * as written. */
static const char *reason_word(const char *why)
{
	static const char *const reasons[] = {N_("name"), N_("province"), N_("district"), N_("in a place"),
		N_("ward"), N_("street"), N_("road"), N_("building"), N_("school"), N_("bridge"), N_("river"),
		N_("person"), N_("nickname"), N_("club"), N_("paper"), N_("company"), N_("dish"),
		N_("time zone"), N_("children's village"), N_("government"), N_("dateline"),
		N_("a Chinese city"), N_("in China"), N_("abroad"), N_("its province is not named with it"),
		N_("nothing says Vietnam"), N_("written as a common word"), N_("office"),
		N_("office of a place"), N_("people of a place"), N_("peace"), N_("old region"), N_("battle"),
		N_("football"), N_("newspaper"), N_("youth union"), N_("the Pacific"), N_("the ocean"),
		N_("Guangnan, Yunnan"), N_("Hanam, Korea"), N_("Henan"), N_("Chongqing"), N_("Changsha"),
		N_("Taiping"), N_("Kawachi"), N_("colour"), N_("everyday words"), N_("another word"),
		N_("a work or a game"), N_("lake"), N_("market"), N_("test result")};
	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
		if (strcmp(reasons[i], why) == 0)
			return _(reasons[i]);
	return why;
}

static const char *type_word(const char *type)
{
	return strcmp(type, "municipality") == 0 ? _("municipality") : _("province");
}

static const char *as_word(const char *as)
{
	static const char *const words[][2] = {{"province", N_("province")}, {"part", N_("part")},
		{"metonym", N_("not the place itself")}, {"nothing", N_("no mention")}};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i][0], as) == 0)
			return _(words[i][1]);
	return as;
}

static const char *unit_name(const struct places_run *r, const char *slug)
{
	const struct place_unit *u = gazetteer_unit(r->g, slug);
	return !u ? slug : strcmp(r->c->lang, "vi") == 0 ? u->name : u->name_en;
}

/* --- the units --- */

static void unit_json(const struct place_unit *u, struct str *out)
{
	struct json_writer w = {.out = out};
	json_begin_object(&w);
	json_field(&w, "place", u->slug);
	json_field(&w, "iso", u->iso);
	json_field(&w, "name", u->name);
	json_field(&w, "name_en", u->name_en);
	json_field(&w, "type", u->type);
	json_field(&w, "now", u->now);
	json_end_object(&w);
	str_addc(out, '\n');
}

static void list_units(const struct places_run *r)
{
	static const struct sheet_column cols[] = {{"place", N_("place"), 0}, {"iso", N_("code"), 0},
		{"name", N_("name"), SHEET_STRETCH}, {"name_en", N_("in English"), 0},
		{"type", N_("type"), SHEET_SPARE}, {"now", N_("today"), 0}};
	const struct place_unit *u;
	size_t n = gazetteer_units(r->g, &u);
	struct str line = {0};
	struct sheet *s = r->json ? NULL : sheet_new(r->c, r->format, cols, sizeof cols / sizeof *cols);
	for (size_t i = 0; i < n; i++) {
		if (r->json) {
			unit_json(&u[i], &line);
			out_str(&line);
			continue;
		}
		sheet_cell(s, u[i].slug, NULL, NULL);
		sheet_cell(s, u[i].iso, NULL, NULL);
		sheet_cell(s, u[i].name, NULL, NULL);
		sheet_cell(s, u[i].name_en, NULL, NULL);
		sheet_cell(s, type_word(u[i].type), u[i].type, NULL);
		sheet_cell(s, u[i].exists ? "" : unit_name(r, u[i].now), u[i].now, NULL);
	}
	if (s)
		sheet_free(s);
	str_release(&line);
}

/* --- the names of a text --- */

static void mention_json(const struct mention *m, struct str *out)
{
	struct json_writer w = {.out = out};
	json_begin_object(&w);
	json_field(&w, "place", m->place);
	json_field(&w, "iso", m->iso);
	json_field(&w, "now", m->now);
	json_field(&w, "form", m->form);
	json_field(&w, "as", m->as);
	json_field(&w, "why", m->why);
	json_field_int(&w, "start", m->start);
	json_field_int(&w, "end", m->end);
	json_field_int(&w, "sentence", m->sentence);
	json_end_object(&w);
	str_addc(out, '\n');
}

static void mention_row(const struct places_run *r, struct sheet *s, const struct mention *m)
{
	struct str form = {0}, at = {0};
	bool none = strcmp(m->as, "nothing") == 0;
	show_safe(&form, span_of(m->form), true);
	show_number(r->c, m->start, &at);
	sheet_cell(s, form.p, m->form, none ? "2" : "1");
	sheet_cell(s, none ? "" : unit_name(r, m->place), none ? "" : m->place, NULL);
	sheet_cell(s, strcmp(m->now, m->place) == 0 || none ? "" : unit_name(r, m->now), none ? "" : m->now,
		NULL);
	sheet_cell(s, as_word(m->as), m->as, NULL);
	if (r->why)
		sheet_cell(s, reason_word(m->why), m->why, NULL);
	sheet_cell(s, at.p, arena_printf(&r->c->arena, "%u", m->start), NULL);
	str_release(&form);
	str_release(&at);
}

static void print_mentions(const struct places_run *r, const struct mention *m, size_t n)
{
	static const struct sheet_column brief[] = {{"form", N_("words"), SHEET_STRETCH},
		{"place", N_("place"), 0}, {"now", N_("today"), 0}, {"as", N_("as"), 0},
		{"start", N_("at"), SHEET_RIGHT}};
	static const struct sheet_column full[] = {{"form", N_("words"), SHEET_STRETCH},
		{"place", N_("place"), 0}, {"now", N_("today"), 0}, {"as", N_("as"), 0},
		{"why", N_("why"), 0}, {"start", N_("at"), SHEET_RIGHT}};
	struct str line = {0};
	struct sheet *s = r->json  ? NULL
			  : r->why ? sheet_new(r->c, r->format, full, sizeof full / sizeof *full)
				   : sheet_new(r->c, r->format, brief, sizeof brief / sizeof *brief);
	for (size_t i = 0; i < n; i++) {
		if (!r->json) {
			mention_row(r, s, &m[i]);
			continue;
		}
		mention_json(&m[i], &line);
		out_str(&line);
	}
	if (s)
		sheet_free(s);
	str_release(&line);
}

static void find_in_text(const struct places_run *r, const char *text)
{
	struct folded_article f;
	struct article x = {.text = text};
	struct mention *m;
	size_t n;
	article_fold(&r->c->arena, &x, &f, NULL);
	if (r->why) {
		place_explain(r->g, &r->c->arena, &f, &m, &n);
	} else {
		place_find(r->g, &r->c->arena, &f, &x);
		m = x.mentions;
		n = x.n_mentions;
	}
	print_mentions(r, m, n);
}

/* The operands joined by spaces, or standard input for "-"; valid UTF-8. */
static int read_text(struct cli *c, int n, char **argv, const char **out, struct err *e)
{
	struct str joined = {0}, clean = {0};
	struct span raw;
	size_t at = 0, bad = 0;
	bool in = n == 1 && strcmp(argv[1], "-") == 0;
	if (in) {
		if (file_read(&c->arena, "-", TEXT_MAX, &raw, e))
			return -1;
		str_add(&joined, raw);
	}
	for (int i = 1; i <= n && !in; i++)
		str_addf(&joined, "%s%s", i > 1 ? " " : "", argv[i]);
	while (at < joined.n)
		str_add_utf8(&clean, utf8_next(str_span(&joined), &at, &bad));
	*out = arena_dup(&c->arena, str_span(&clean));
	str_release(&joined);
	str_release(&clean);
	return 0;
}

int cmd_places(struct cli *c, int argc, char **argv)
{
	struct gazetteer *g = NULL;
	struct err e = {0};
	struct places_run r = {.c = c};
	const char *text;
	bool csv = false, tsv = false;
	const struct opt opts[] = {
		{OPT_FLAG, 0, "why", NULL, N_("say how each name was read, also those that are no mention"),
			&r.why},
		{OPT_FLAG, 0, "json", NULL, N_("print NDJSON, one name or unit a line"), &r.json},
		{OPT_FLAG, 0, "csv", NULL, N_("print CSV"), &csv},
		{OPT_FLAG, 0, "tsv", NULL, N_("print tab-separated values"), &tsv}, {.type = OPT_END}};
	int n = cli_options(c, argc, argv, opts, N_("[TEXT|-]"),
		N_("Prints the places that a text names; without a text, the places that are known."));
	if (n < 0)
		return c->status;
	if (!cli_one_form(c, r.json + csv + tsv, "--json, --csv, --tsv"))
		return EXIT_USAGE;
	r.format = csv ? SHEET_CSV : tsv ? SHEET_TSV : SHEET_TABLE;
	if (cli_gazetteer(c, &g, &e) < 0 || (n > 0 && read_text(c, n, argv, &text, &e) < 0)) {
		gazetteer_free(g);
		return say_err(c, NULL, &e);
	}
	r.g = g;
	out_pager(c);
	if (n > 0)
		find_in_text(&r, text);
	else
		list_units(&r);
	gazetteer_free(g);
	return EXIT_OK;
}
