/* conf_priv: what the files of conf/ share. */
#ifndef CONF_CONF_PRIV_H
#define CONF_CONF_PRIV_H

#include "base/str.h"

/* A complaint of libfyaml's in our words, a N_() text (%1 stands for theirs); *todo: what to do about it, or
 * NULL. */
const char *complaint(const char *msg, const char **todo);

enum block_result {
	BLOCK_OK,
	BLOCK_NO_HEADER, /* no "|" or ">" where one must be */
	BLOCK_NUMBER,    /* the header tells the indentation by a number */
	BLOCK_UNEVEN,    /* a line is indented less than the first */
};
/* The text behind "|" or ">": its lines are yaml[from, to), the header ends right before them. *line and *col
 * (from 1) are where its first character stands, counted from `from`; on BLOCK_UNEVEN the line at fault. */
enum block_result block_read(
	struct span yaml, size_t from, size_t to, struct str *out, long *line, long *col);

/* The text of a plain (quote 0) or quoted (' or ") scalar, raw as it stands between its quotes. SIZE_MAX, or
 * the offset of an escape that does not exist or stands for a control character other than a tab and a line
 * break. */
size_t flow_read(struct span raw, char quote, struct str *out);

#endif
