/* err: see err.h. */
#include "base/err.h"

#include <string.h>
#include <sysexits.h>

#include "base/str.h"
#include "base/utf8.h"

#include "base/banned.h"

static void put(char *to, size_t size, const char *from)
{
	struct span s = utf8_prefix(span_of(from), size - 1);
	if (s.n)
		memcpy(to, s.p, s.n);
	to[s.n] = 0;
}

int err_set(struct err *e, enum err_kind kind, const char *text, const char *a, const char *b)
{
	if (e->kind)
		return -1;
	e->kind = kind;
	e->text = text;
	put(e->arg[0], sizeof e->arg[0], a);
	put(e->arg[1], sizeof e->arg[1], b);
	return -1;
}

int err_sys(struct err *e, enum err_kind kind, int errnum, const char *text, const char *a)
{
	if (!e->kind)
		e->sys = errnum;
	return err_set(e, kind, text, a, NULL);
}

int err_todo(struct err *e, const char *todo)
{
	if (!e->todo)
		e->todo = todo;
	return -1;
}

int err_at(struct err *e, const char *where, long line, long col)
{
	if (!e->where[0] && where)
		put(e->where, sizeof e->where, where);
	if (!e->line) {
		e->line = line;
		e->col = col;
	}
	return -1;
}

int err_exit_status(const struct err *e)
{
	switch (e->kind) {
	case ERR_NONE:
		return 0;
	case ERR_USAGE:
	case ERR_CONF:
		return 2;
	case ERR_DATA:
	case ERR_LIMIT:
		return EX_DATAERR;
	case ERR_UNAVAIL:
		return EX_UNAVAILABLE;
	case ERR_SYSTEM:
		return EX_OSERR;
	case ERR_CREATE:
		return EX_CANTCREAT;
	case ERR_IO:
		return EX_IOERR;
	case ERR_BUSY:
		return EX_TEMPFAIL;
	}
	return EX_SOFTWARE;
}

void err_clear(struct err *e)
{
	memset(e, 0, sizeof *e);
}

void err_format(struct str *out, const char *text, const char *a, const char *b)
{
	for (const char *p = text; *p; p++) {
		if (p[0] == '%' && (p[1] == '1' || p[1] == '2')) {
			str_adds(out, p[1] == '1' ? (a ? a : "") : (b ? b : ""));
			p++;
		} else {
			str_addc(out, *p);
		}
	}
}
