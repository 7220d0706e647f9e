/* out: standard output. Errors are sticky in stdio and looked at once, at the end: a full disk must not end
 * with status 0. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/cli_priv.h"

#include "base/banned.h"

void out_text(struct span s)
{
	if (s.n)
		fwrite(s.p, 1, s.n, stdout);
}

void out_str(struct str *s)
{
	out_text(str_span(s));
	str_clear(s);
}

int out_end(struct cli *c, int status)
{
	struct err e = {0};
	errno = 0;
	bool written = fflush(stdout) == 0 && !ferror(stdout);
	int why = errno;
	out_pager_end(c);
	if (written || c->pager)
		return status;
	/* errno is 0 when an earlier write failed: stdio keeps that it did, not why */
	err_sys(&e, ERR_IO, why, N_("cannot write to standard output"), NULL);
	err_todo(&e, N_("what was printed is not whole"));
	return say_err(c, NULL, &e);
}

bool out_is_terminal(void)
{
	return isatty(STDOUT_FILENO);
}

int out_width(void)
{
	struct winsize w;
	int64_t columns;
	const char *set = getenv("COLUMNS");
	if (set && span_to_int64(span_of(set), &columns) && columns >= 20 && columns <= 1000)
		return (int)columns;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_col >= 20)
		return w.ws_col;
	return 0;
}

bool cli_color(struct cli *c, const char *when)
{
	if (strcmp(when, "always") == 0)
		c->color = 1;
	else if (strcmp(when, "never") == 0)
		c->color = -1;
	else if (strcmp(when, "auto") == 0)
		c->color = 0;
	else
		return false;
	return true;
}

bool out_color(const struct cli *c)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
	if (c->color)
		return c->color > 0;
	return out_is_terminal() && !(no && *no) && !(term && strcmp(term, "dumb") == 0);
}
