/* say: the one place where faults and remarks are put into words, in the reader's language, for stderr. What
 * comes from outside is made safe to show. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/cli.h"
#include "digest/digest.h"

#include "base/banned.h"

static void line_out(struct str *s)
{
	struct str safe = {0};
	show_safe(&safe, str_span(s), true);
	str_addc(&safe, '\n');
	fflush(stdout);
	if (fd_write_all(STDERR_FILENO, str_span(&safe)) < 0) {
		/* nobody left to tell */
	}
	str_release(&safe);
	str_release(s);
}

static void put_place(struct str *s, const char *source, const char *where, long line, long col)
{
	str_adds(s, "soatin: ");
	if (source && *source && (!where || strcmp(source, where) != 0))
		str_addf(s, "%s: ", source);
	if (where && *where)
		str_adds(s, where);
	if (line)
		str_addf(s, ":%ld", line);
	if (line && col)
		str_addf(s, ":%ld", col);
	if ((where && *where) || line)
		str_adds(s, ": ");
}

/* An argument is mostly a name or a number. One that is a text of ours says more in the reader's language; a
 * blank tells it from keys. */
static const char *arg_word(const char *a)
{
	return a && strchr(a, ' ') ? _(a) : a;
}

void say_fault(struct str *s, const struct err *e)
{
	const char *a = arg_word(e->arg[0]), *b = arg_word(e->arg[1]);
	err_format(s, e->text ? _(e->text) : "?", a, b);
	if (e->sys)
		str_addf(s, ": %s", strerror(e->sys));
	if (e->todo) {
		str_adds(s, "; ");
		err_format(s, _(e->todo), a, b);
	}
}

void say_kept(struct str *out, const char *kept, bool translated)
{
	struct arena a = {0};
	struct span rest = span_of(kept), part;
	const char *f[3] = {kept, "…", "…"};
	for (size_t i = 0; i < 3 && span_next(&rest, '\t', &part); i++)
		f[i] = arena_dup(&a, part);
	if (translated)
		err_format(out, _(f[0]), arg_word(f[1]), arg_word(f[2]));
	else
		err_format(out, f[0], f[1], f[2]);
	arena_release(&a);
}

int say_err(struct cli *c, const char *source, const struct err *e)
{
	struct str s = {0};
	(void)c;
	put_place(&s, source, e->where, e->line, e->col);
	say_fault(&s, e);
	line_out(&s);
	return err_exit_status(e);
}

void say_remark(struct cli *c, const char *source, const char *where, const struct remark *r)
{
	struct str s = {0};
	(void)c;
	put_place(&s, source, where, r->line, r->col);
	err_format(&s, _(remark_text(r->id)), arg_word(r->a), arg_word(r->b));
	if (r->times > 1)
		str_addf(&s, " (×%u)", r->times);
	line_out(&s);
}

void say_report(struct cli *c, const char *source, const char *where, const struct report *r)
{
	for (size_t i = 0; i < r->list.n; i++) {
		if (remark_level(r->list.p[i].id) == LEVEL_NOTE)
			continue;
		say_remark(c, source, where, &r->list.p[i]);
		if (remark_level(r->list.p[i].id) == LEVEL_ERROR && c->status == EXIT_OK)
			c->status = EXIT_SOME;
	}
}

void say(struct cli *c, const char *text, const char *a, const char *b)
{
	struct str s = {0};
	(void)c;
	str_adds(&s, "soatin: ");
	err_format(&s, _(text), a, b);
	line_out(&s);
}

bool stderr_is_terminal(void)
{
	return isatty(STDERR_FILENO);
}
