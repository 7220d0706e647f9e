/* err: a fault, that is, the reason why a step cannot go on. Lives on the caller's stack, holds nothing that
 * needs freeing. Rule: a function that returns -1 has set e->kind, and one that returns 0 has not. Written
 * once, where it happens; callers only add the place (err_at). Printed, translated, in cli/say.c and nowhere
 * else. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "base/span.h"

#define MUST_USE __attribute__((warn_unused_result))

/* Each kind has its exit status (sysexits.h after 2). */
enum err_kind {
	ERR_NONE = 0,
	ERR_USAGE,   /* 2: the command line */
	ERR_CONF,    /* 2: configuration, rules, feeds, places */
	ERR_DATA,    /* 65: bad input data, damaged database */
	ERR_UNAVAIL, /* 69: a server, a mail host cannot be reached */
	ERR_SYSTEM,  /* 71: fork, seccomp, memory */
	ERR_CREATE,  /* 73: an output file cannot be created */
	ERR_IO,      /* 74: reading or writing failed */
	ERR_BUSY,    /* 75: somebody else holds the lock */
	ERR_LIMIT,   /* 65: a limit of limits.h was reached */
};

struct err {
	enum err_kind kind;
	int sys;          /* errno, 0 when it says nothing */
	char where[512];  /* source, URL or file */
	long line, col;   /* from 1; 0 unknown; col counts code points */
	const char *text; /* N_() text, static, with %1 %2 */
	const char *todo; /* N_() text or NULL: what to do about it */
	char arg[2][256]; /* arguments of both texts, cut at a code point if need be */
};

/* Sets the fault (the first one stays: a second call on a set err changes nothing). Returns -1, so `return
 * err_set(e, …);`. text must be a N_() literal. a and b may be NULL. */
int err_set(struct err *e, enum err_kind kind, const char *text, const char *a, const char *b);
int err_sys(struct err *e, enum err_kind kind, int errnum, const char *text, const char *a); /* with errno */
int err_todo(struct err *e, const char *todo); /* adds what to do; returns -1 */
int err_at(struct err *e, const char *where, long line,
	long col); /* adds the place unless one is known; returns -1 */
int err_exit_status(const struct err *e);
void err_clear(struct err *e);
/* Puts text with %1 %2 replaced into out. `text` may be translated already. Used by cli/ and tests. */
struct str;
void err_format(struct str *out, const char *text, const char *a, const char *b);

#endif
