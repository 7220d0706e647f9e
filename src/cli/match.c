/* match: articles or plain text -> articles with mentions and flags, as a filter. Memory stays flat: one line
 * at a time. */
#include <string.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/lines.h"
#include "base/utf8.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "scan/scan.h"

#include "base/banned.h"

struct match_run {
	struct cli *c;
	struct matcher matcher;
	struct arena arena; /* of the article at hand */
	struct str line;
	const char *path;
	long number; /* of the line */
};

static void match_put(struct match_run *m, struct article *x)
{
	struct report rep = {0};
	match_article(&m->matcher, &m->arena, x, &rep);
	article_write(x, &m->line);
	out_str(&m->line);
	say_report(m->c, x->source.id, x->url ? x->url : x->id, &rep);
	report_release(&rep);
}

static void match_line(struct match_run *m, struct span line)
{
	struct article x;
	struct err e = {0};
	if (!span_trim(line).n)
		return;
	if (article_read(&m->arena, line, &x, &e) == 0) {
		match_put(m, &x);
	} else {
		long col = e.line ? e.col : 0;
		e.line = 0;
		err_at(&e, m->path, m->number, col);
		say_err(m->c, NULL, &e);
		m->c->status = EXIT_SOME;
	}
	arena_clear(&m->arena);
}

static void match_text(struct match_run *m, struct span text)
{
	struct article x = {.evidence.offset = -1};
	size_t bad = 0, at = 0;
	struct str clean = {0};
	while (at < text.n)
		str_add_utf8(&clean, utf8_next(text, &at, &bad));
	x.text = arena_dup(&m->arena, str_span(&clean));
	x.from = strcmp(m->path, "-") == 0 ? NULL : m->path;
	str_release(&clean);
	article_set_id(&m->arena, &x);
	match_put(m, &x);
	arena_clear(&m->arena);
}

static void left_out(struct match_run *m, const char *text)
{
	struct err e = {0};
	err_set(&e, ERR_LIMIT, text, NULL, NULL);
	err_at(&e, m->path, m->number, 0);
	say_err(m->c, NULL, &e);
	m->c->status = EXIT_SOME;
}

static int match_lines(struct match_run *m, struct lines *in, struct err *e)
{
	struct span line;
	int got;
	while ((got = lines_next(in, &line, e)) > 0) {
		m->number++;
		if (got == LINES_LONG)
			left_out(m, N_("line is longer than the limit and is left out"));
		else
			match_line(m, line);
	}
	return got;
}

static int match_whole(struct match_run *m, struct lines *in, struct err *e)
{
	struct span text;
	int got = lines_rest(in, TEXT_MAX, &text, e);
	if (got == LINES_LONG)
		left_out(m, N_("the text is longer than the limit and is left out"));
	else if (got == LINES_LINE && text.n)
		match_text(m, text);
	return got < 0 ? -1 : 0;
}

static int match_stream(struct match_run *m, int fd, bool as_text, struct err *e)
{
	struct lines in;
	lines_open(&in, fd, m->path, LINE_MAX_BYTES);
	int first = as_text ? 0 : lines_peek(&in, e);
	int rc = first < 0 ? -1 : first == '{' ? match_lines(m, &in, e) : match_whole(m, &in, e);
	lines_close(&in);
	return rc;
}

static int match_path(struct match_run *m, const char *path, bool as_text, struct err *e)
{
	int fd = file_open(path, e);
	if (fd < 0)
		return -1;
	m->path = path;
	m->number = 0;
	int rc = match_stream(m, fd, as_text, e);
	file_close(fd);
	return rc;
}

int cmd_match(struct cli *c, int argc, char **argv)
{
	struct match_run m = {.c = c};
	struct gazetteer *g = NULL;
	struct ruleset *rules = NULL;
	struct texts own = {0};
	bool unchecked = false, text = false;
	struct err e = {0};
	int status = EXIT_OK;
	const struct opt opts[] = {{OPT_LIST, 0, "rules", N_("FILE"),
					   N_("read rules from this file or folder (repeatable)"), &own},
		{OPT_FLAG, 0, "unchecked", NULL, N_("load rules without tests, too, and do not run tests"),
			&unchecked},
		{OPT_FLAG, 0, "text", NULL, N_("the input is plain text, whatever it begins with"), &text},
		{.type = OPT_END}};
	int n = cli_options(c, argc, argv, opts, N_("[FILE…]"),
		N_("Finds places and applies rules to articles (NDJSON) or to plain text, and prints the "
		   "articles."));
	if (n < 0)
		return c->status;
	if (cli_gazetteer(c, &g, &e) < 0 || cli_rules(c, g, &own, unchecked, &rules, &e) < 0) {
		status = say_err(c, NULL, &e);
		goto done;
	}
	m.matcher = (struct matcher){g, rules, rule_matcher_new(rules), c->now};
	static char standard_input[] = "-";
	if (n == 0)
		argv[++n] = standard_input;
	for (int i = 1; i <= n; i++) {
		err_clear(&e);
		if (match_path(&m, argv[i], text, &e) < 0) {
			int rc = say_err(c, NULL, &e);
			status = n == 1 ? rc : EXIT_SOME;
		}
	}
	rule_matcher_free(m.matcher.rule);
done:
	ruleset_free(rules);
	gazetteer_free(g);
	arena_release(&m.arena);
	str_release(&m.line);
	return status;
}
