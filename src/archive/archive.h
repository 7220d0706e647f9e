/* archive: WARC/1.1 (ISO 28500) in and out: the bytes as they came, as proof, and as the pipe format between
 * `soatin fetch` and `soatin read`. Files are *.warc.gz, one gzip member per record; pipes may be plain.
 *
 * Extension fields, all one line of UTF-8:
 *   Soatin-Source: {"id":…,"name":…,"kind":…,"country":…,"lang":…}   whose answer this is
 *   Soatin-As: feed | page | sitemap                                   what was asked for
 *   Soatin-Entry: {"url":…,"title":…,"summary":…,"published":…,"guid":…} the feed entry that led to this page
 *   Soatin-Evidence: OFFSET FILE                                       where the archive holds this record,
 * when it travels in a pipe A record without them is read too: its source is its host. */
#ifndef ARCHIVE_ARCHIVE_H
#define ARCHIVE_ARCHIVE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/report.h"
#include "base/str.h"

struct warc_record {
	struct span type; /* "response", "resource", "warcinfo", … */
	struct span uri, date, id, ip,
		digest;                /* date: RFC 3339 UTC as written; digest "sha256:…" of the body */
	struct span content_type;      /* of the block */
	struct span truncated;         /* why the body is only its start: "length"; empty: it is whole */
	struct span source, as, entry; /* the extension fields, empty when absent */
	struct span file;    /* Soatin-Evidence: the archive file that holds this record, when it travels in a
				pipe; empty: none */
	int64_t file_offset; /* and where in it; meaningful with file */
	struct span block;
	int64_t offset; /* of the record (its gzip member) in the file; -1 in a pipe that cannot tell */
};

/* The HTTP answer inside a response record. */
struct warc_http {
	int status;
	struct span head; /* status line and headers */
	struct span body;
	struct span content_type, content_encoding;
};

bool warc_http_parse(struct span block, struct warc_http *out); /* false: not an HTTP answer */
struct span warc_http_header(
	struct span head, const char *name); /* first value, trimmed; empty when absent */

/* Undoes chunking that the record still has: crawlers store it as it came, `soatin fetch` stores the body
 * without. True: the body was chunked, whole, and is in out; false: it was not (or out is full) and out is as
 * before. */
bool warc_http_unchunk(struct span body, struct str *out);

/* Appends the record, uncompressed (a pipe) or as one gzip member. type, date, id, digest and content_type
 * are made when empty: id from address, date and content (urn:uuid, so that the same answer has the same id
 * wherever it is written), digest from the HTTP body. On a fault out is as before. */
MUST_USE int warc_write(struct str *out, const struct warc_record *r, bool gzip, struct err *e);
/* The part of it before the block, which is to follow, and then WARC_END: for a large block that is not to be
 * copied. */
#define WARC_END SPAN("\r\n\r\n")
void warc_write_head(struct str *out, const struct warc_record *r);
/* A warcinfo record naming the software. */
MUST_USE int warc_write_info(struct str *out, const char *version, int64_t now, bool gzip, struct err *e);

/* Reading: from a descriptor (plain or gzip, found out by the first bytes), record by record. */
struct warc_reader;
struct warc_reader *warc_reader_new(int fd); /* borrows fd */
void warc_reader_free(struct warc_reader *r);
/* 1: a record (views valid until the next call); 0: end; -1: the rest is unreadable. A damaged record costs
 * itself where the next one can be found: a remark, and on. */
MUST_USE int warc_next(struct warc_reader *r, struct warc_record *out, struct report *rep, struct err *e);
/* The same over a buffer that may hold a part of the stream: 1: a record, *used bytes of it; 0: need more
 * bytes; -1: broken. Plain only; this is what workers speak. */
MUST_USE int warc_take(struct span buf, size_t *used, struct warc_record *out, struct err *e);

/* The day's file, DIR/YYYY-MM-DD.warc.gz, appended to. Opening cuts off an incomplete last member that a
 * killed run left (remark). Each add is one write() of whole members; *offset is where the record begins. */
struct archive;
MUST_USE int archive_open(const char *dir, const char *day, const char *version, int64_t now,
	struct archive **out, struct report *rep, struct err *e);
MUST_USE int archive_add(struct archive *a, const struct warc_record *r, int64_t *offset, struct err *e);
const char *archive_name(const struct archive *a);            /* the file's name without its folder */
MUST_USE int archive_close(struct archive *a, struct err *e); /* fsync; frees; accepts NULL */

#endif
