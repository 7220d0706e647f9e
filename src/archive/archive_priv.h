/* archive, private: the pieces the files of this room share. */
#ifndef ARCHIVE_ARCHIVE_PRIV_H
#define ARCHIVE_ARCHIVE_PRIV_H

#include "archive/archive.h"

#include <sys/types.h>
#include <zlib.h>

/* --- warc.c: one record, uncompressed --- */

enum warc_state {
	WARC_MORE,  /* the bytes so far are the beginning of a record */
	WARC_WHOLE, /* a record */
	WARC_BAD,   /* not a record; `why` says why */
	WARC_LARGE, /* a record above WARC_RECORD_MAX; `used` is its full length */
};

struct warc_look {
	size_t head;   /* bytes to the end of the blank line, line breaks before the version included; 0: not
			  seen yet */
	uint64_t used; /* all bytes of the record; of WARC_LARGE too */
	const char *why; /* N_() */
	struct warc_record record;
};

/* What stands at the beginning of buf? `end`: nothing comes behind it, so that the line breaks behind the
 * block may be missing. */
enum warc_state warc_look(struct span buf, bool end, struct warc_look *out);

/* --- gzip.c: one member a record --- */

/* Our members say their own length, in the extra field "sl" that WARC 0.9 proposed: compressed and plain
 * length of the member, 32 bits each. Other readers ignore it; ours need not inflate a member to find the
 * next one. */
enum { GZIP_HEAD = 24, GZIP_TAIL = 8 };

struct deflater {
	z_stream z;
	bool ready;
};
/* A record, by its head and block. */
MUST_USE int gzip_put_member(
	struct deflater *d, struct str *out, struct span head, struct span block, struct err *e);
void deflater_release(struct deflater *d); /* accepts a zeroed struct */

bool gzip_is_head(struct span s);     /* the first bytes of a member: at least three of them, plausible */
bool gzip_begins_head(struct span s); /* all of s is the beginning of the head of one of our members */
uint32_t gzip_said_length(
	struct span head); /* of one of our members (GZIP_HEAD bytes at least); 0: not said */

enum gzip_end {
	GZIP_ENDS,    /* at *end */
	GZIP_CUT,     /* all bytes up to the end of the file are right, but more belong to it */
	GZIP_DAMAGED, /* not (or no longer) a member */
	GZIP_UNREAD,  /* read() failed, errno */
};
enum gzip_end gzip_find_end(int fd, int64_t from, int64_t *end); /* by inflating */

#endif
