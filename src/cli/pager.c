/* pager: what is longer than the terminal is shown from its beginning, since the most urgent stands there. As
 * git does it: $PAGER, else less, which prints what fits at once and ends. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/cli.h"
#include "cli/cli_priv.h"

#include "base/banned.h"

enum { COPY_BYTES = 65536 };

/* In the child: never returns. Where there is no less, the text goes to the terminal as it is. */
static _Noreturn void become_pager(const char *pager, const char *hint)
{
	struct str less = {0};
	char buf[COPY_BYTES];
	ssize_t n;
	str_addf(&less, "FRXPs%s$", hint);
	setenv("LESS", less.p, 0);
	setenv("LESSCHARSET", "utf-8", 0);
	if (pager)
		execl("/bin/sh", "sh", "-c", pager, (char *)NULL);
	else
		execlp("less", "less", (char *)NULL);
	while ((n = read(STDIN_FILENO, buf, sizeof buf)) > 0)
		if (fd_write_all(STDOUT_FILENO, (struct span){buf, (size_t)n}) < 0)
			break;
	_exit(0);
}

void out_pager(struct cli *c)
{
	const char *pager = getenv("PAGER"), *term = getenv("TERM");
	int to[2], width = out_width();
	if (c->pager || !out_is_terminal() || (pager && (!*pager || strcmp(pager, "cat") == 0)) || !term ||
		strcmp(term, "dumb") == 0 || pipe(to) < 0)
		return;
	c->color = out_color(c) ? 1 : -1; /* asked while standard output is the terminal */
	if (width)
		setenv("COLUMNS", arena_printf(&c->arena, "%d", width), 1);
	fflush(stdout);
	c->pager = fork();
	if (c->pager == 0) {
		dup2(to[0], STDIN_FILENO);
		close(to[0]);
		close(to[1]);
		/* less counts the bytes of its prompt: ASCII in every language */
		become_pager(pager, _("[space] more, [q] enough"));
	}
	if (c->pager > 0) {
		dup2(to[1], STDOUT_FILENO);
		signal(SIGPIPE, SIG_IGN); /* who has seen enough may leave before the end */
	} else {
		c->pager = 0;
	}
	close(to[0]);
	close(to[1]);
}

void out_pager_end(struct cli *c)
{
	if (!c->pager)
		return;
	signal(SIGINT, SIG_IGN); /* Ctrl-C is for the pager now */
	signal(SIGQUIT, SIG_IGN);
	fclose(stdout);
	while (waitpid(c->pager, NULL, 0) < 0 && errno == EINTR)
		;
}
