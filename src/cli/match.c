/* match: articles or plain text -> articles with mentions and flags, as a filter. Memory stays flat: one line
 * at a time. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "scan/scan.h"

#include "base/banned.h"

enum { CHUNK = 1 << 18 };

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
	m->number++;
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

/* What stands in the buffer: undecided, articles a line, or one text; `skip` while the rest of a line that
 * was too long goes by. */
struct intake {
	struct str in;
	enum { UNDECIDED, LINES, TEXT } kind;
	bool skip;
};

/* Matches the whole lines in the buffer; what is left begins a line. */
static void take_lines(struct match_run *m, struct intake *t)
{
	size_t from = 0, end;
	while ((end = span_find_byte(str_span(&t->in), '\n', from)) != SIZE_MAX) {
		if (!t->skip)
			match_line(m, span_cut(str_span(&t->in), from, end));
		t->skip = false;
		from = end + 1;
	}
	if (from) {
		memmove(t->in.p, t->in.p + from, t->in.n - from);
		str_truncate(&t->in, t->in.n - from);
	}
}

static void drop_long(struct match_run *m, struct intake *t)
{
	struct err e = {0};
	if (!t->skip) {
		err_set(&e, ERR_LIMIT,
			t->kind == TEXT ? N_("the text is longer than the limit and is left out")
					: N_("line is longer than the limit and is left out"),
			NULL, NULL);
		err_at(&e, m->path, ++m->number, 0);
		say_err(m->c, NULL, &e);
		m->c->status = EXIT_SOME;
	}
	t->skip = true;
	str_clear(&t->in);
}

static void took_some(struct match_run *m, struct intake *t)
{
	struct span head = span_trim(str_span(&t->in));
	if (t->kind == UNDECIDED && head.n)
		t->kind = head.p[0] == '{' ? LINES : TEXT;
	if (t->kind == LINES)
		take_lines(m, t);
	if (t->in.n > (size_t)(t->kind == TEXT ? TEXT_MAX : LINE_MAX_BYTES))
		drop_long(m, t);
}

static void took_all(struct match_run *m, struct intake *t)
{
	if (!t->in.n || t->skip)
		return;
	if (t->kind == TEXT)
		match_text(m, str_span(&t->in));
	else
		match_line(m, str_span(&t->in));
}

static int match_stream(struct match_run *m, int fd, bool as_text, struct err *e)
{
	struct intake t = {.kind = as_text ? TEXT : UNDECIDED};
	int rc = 0;
	str_init(&t.in, (size_t)LINE_MAX_BYTES + 2 * CHUNK);
	for (;;) {
		ssize_t n = read(fd, str_room(&t.in, CHUNK), CHUNK);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			rc = err_sys(e, ERR_IO, errno, N_("cannot read %1"), m->path);
		if (n <= 0)
			break;
		str_grew(&t.in, (size_t)n);
		took_some(m, &t);
	}
	if (rc == 0)
		took_all(m, &t);
	str_release(&t.in);
	return rc;
}

static int match_path(struct match_run *m, const char *path, bool as_text, struct err *e)
{
	bool in = strcmp(path, "-") == 0;
	int fd = in ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return err_sys(e, errno == ENOENT ? ERR_DATA : ERR_IO, errno, N_("cannot open %1"), path);
	m->path = path;
	m->number = 0;
	int rc = match_stream(m, fd, as_text, e);
	if (!in)
		close(fd);
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
