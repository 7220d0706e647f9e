/* reader: WARC from a descriptor, record by record, plain or gzip. `text` holds what is decoded and not yet
 * given out; for gzip that is never more than one member, so a member's end is a record's end.
 *
 * Damage costs one record. gzip: the next member begins where the damaged one says it ends, or else at the
 * next thing that looks like a member's head, looked for behind the damaged one's own (when the input is a
 * file, and a few times only: no file may make the reader go over it again and again). Plain: the next record
 * begins at the next line "WARC/1.". After a record that is cut short by the end of the file nothing is
 * searched for: what stands inside an unfinished answer is the answer's own bytes. */
#include "archive/archive_priv.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/limits.h"

#include "base/banned.h"

enum { CHUNK = 65536, GZIP = 15 + 16, DISCARD_MAX = 16 * WARC_RECORD_MAX, REREADS_MAX = 8 };

enum filled {
	FILL_FAULT = -1,
	FILL_END, /* of the input (plain) or of the member (gzip): no more comes for this record */
	FILL_MORE,
	FILL_BROKEN, /* the member is damaged */
};

struct warc_reader {
	int fd;
	bool begun, gzip, dry; /* dry: read() came to the end */
	char in[CHUNK];
	size_t in_at, in_n;
	int64_t base; /* offset in the file of in[0]; -1: a pipe */
	z_stream z;
	bool z_ready, inside; /* inside: between head and end of a member */
	int64_t member;       /* offset of the member being read */
	int rereads;
	int64_t left; /* bytes of it still to be read, by its own word; -1: it does not say */
	struct str text;
	size_t at;         /* of the next record in text */
	int64_t text_base; /* plain: offset of text.p[0] */
	uint64_t skip;     /* plain: bytes of an oversized record to drop */
};

struct warc_reader *warc_reader_new(int fd)
{
	struct warc_reader *r = xcalloc(1, sizeof *r);
	r->fd = fd;
	r->base = (int64_t)lseek(fd, 0, SEEK_CUR);
	r->text_base = r->base;
	return r;
}

void warc_reader_free(struct warc_reader *r)
{
	if (!r)
		return;
	if (r->z_ready)
		inflateEnd(&r->z);
	str_release(&r->text);
	free(r);
}

/* --- raw input --- */

static size_t in_left(const struct warc_reader *r)
{
	return r->in_n - r->in_at;
}

static void in_took(struct warc_reader *r, size_t n)
{
	r->in_at += n;
}

static int64_t in_offset(const struct warc_reader *r)
{
	return r->base < 0 ? -1 : r->base + (int64_t)r->in_at;
}

/* At least `want` bytes in the buffer unless the input ends before. want is small. */
static int in_need(struct warc_reader *r, size_t want, struct err *e)
{
	while (in_left(r) < want && !r->dry) {
		if (r->in_at) {
			memmove(r->in, r->in + r->in_at, in_left(r));
			if (r->base >= 0)
				r->base += (int64_t)r->in_at;
			r->in_n -= r->in_at;
			r->in_at = 0;
		}
		ssize_t n = read(r->fd, r->in + r->in_n, CHUNK - r->in_n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_sys(e, ERR_IO, errno, N_("cannot read the WARC file"), NULL);
		r->dry = n == 0;
		r->in_n += (size_t)n;
	}
	return 0;
}

static struct span in_span(const struct warc_reader *r)
{
	return (struct span){r->in + r->in_at, in_left(r)};
}

/* --- decoded text --- */

static enum filled fill_plain(struct warc_reader *r, struct err *e)
{
	if (in_need(r, 1, e) < 0)
		return FILL_FAULT;
	if (!in_left(r))
		return FILL_END;
	size_t n = in_left(r);
	if (r->skip) {
		size_t drop = r->skip < n ? (size_t)r->skip : n;
		in_took(r, drop);
		r->skip -= drop;
		r->text_base = in_offset(r);
		return FILL_MORE;
	}
	str_add(&r->text, in_span(r));
	in_took(r, n);
	return FILL_MORE;
}

static enum filled fill_gzip(struct warc_reader *r, struct err *e)
{
	if (!r->inside)
		return FILL_END;
	if (in_need(r, 1, e) < 0)
		return FILL_FAULT;
	size_t n = in_left(r);
	if (r->left >= 0 && (int64_t)n > r->left)
		n = (size_t)r->left;
	char *to = n ? str_room(&r->text, CHUNK) : NULL;
	if (!to) { /* the file ends, or the member by its own word, and the stream does not */
		r->inside = false;
		return FILL_BROKEN;
	}
	r->z.next_in = (unsigned char *)r->in + r->in_at;
	r->z.avail_in = (unsigned)n;
	r->z.next_out = (unsigned char *)to;
	r->z.avail_out = CHUNK;
	int rc = inflate(&r->z, Z_NO_FLUSH);
	size_t took = n - r->z.avail_in;
	in_took(r, took);
	if (r->left >= 0)
		r->left -= (int64_t)took;
	str_grew(&r->text, CHUNK - r->z.avail_out);
	r->inside = rc == Z_OK || rc == Z_BUF_ERROR;
	if (rc == Z_STREAM_END) {
		r->left = -1; /* it ended where it ended */
		return FILL_MORE;
	}
	return r->inside ? FILL_MORE : FILL_BROKEN;
}

static void drop_text(struct warc_reader *r)
{
	str_clear(&r->text);
	r->at = 0;
	r->text_base = in_offset(r);
}

static int remark(struct report *rep, const char *why)
{
	report_add(rep, R_ARCHIVE_RECORD_BAD, 0, 0, why, NULL);
	return 0;
}

/* --- moving on --- */

/* A damaged member that did not say its length may have been taken for longer than it is: back to just behind
 * where it began. */
static int go_back(struct warc_reader *r, struct err *e)
{
	if (r->left >= 0 || r->base < 0 || r->rereads == REREADS_MAX)
		return 0;
	r->rereads++;
	r->base = r->member + 1;
	r->in_at = r->in_n = 0;
	r->dry = false;
	if (lseek(r->fd, (off_t)r->base, SEEK_SET) < 0)
		return err_sys(e, ERR_IO, errno, N_("cannot read the WARC file"), NULL);
	return 0;
}

/* To the next member: over what a damaged one says is still its own, then, unless one begins right there, to
 * the next head. 1: inside a member; 0: end. told: the remark for what is stepped over has been made. */
static int next_member(struct warc_reader *r, bool told, struct report *rep, struct err *e)
{
	drop_text(r);
	while (r->left > 0) {
		if (in_need(r, 1, e) < 0)
			return -1;
		if (!in_left(r))
			break;
		size_t n = (int64_t)in_left(r) < r->left ? in_left(r) : (size_t)r->left;
		in_took(r, n);
		r->left -= (int64_t)n;
	}
	for (;;) {
		if (in_need(r, GZIP_HEAD, e) < 0)
			return -1;
		if (!in_left(r))
			return 0;
		if (gzip_is_head(in_span(r)))
			break;
		if (!told)
			remark(rep, N_("bytes that are no record"));
		told = true;
		in_took(r, 1);
		size_t magic = span_find_byte(in_span(r), '\x1f', 0);
		in_took(r, magic == SIZE_MAX ? in_left(r) : magic);
	}
	if (r->z_ready ? inflateReset(&r->z) != Z_OK : inflateInit2(&r->z, GZIP) != Z_OK)
		return err_set(e, ERR_SYSTEM, N_("out of memory"), NULL, NULL);
	r->z_ready = r->inside = true;
	r->member = in_offset(r);
	uint32_t said = gzip_said_length(in_span(r));
	r->left = said ? (int64_t)said : -1;
	return 1;
}

/* What has been given out makes room. */
static void forget(struct warc_reader *r)
{
	if (r->at == 0)
		return;
	size_t keep = r->text.n - r->at;
	if (keep)
		memmove(r->text.p, r->text.p + r->at, keep);
	if (r->base >= 0)
		r->text_base += (int64_t)r->at;
	str_truncate(&r->text, keep);
	r->at = 0;
}

/* One record a member: the rest of it is the bad record's. A member that says its length is left at once
 * (next_member() skips it), and one that inflates without end is given up. */
static int discard_member(struct warc_reader *r, struct err *e)
{
	for (size_t n = 0; r->inside && r->left < 0 && n < DISCARD_MAX; n += r->text.n) {
		str_clear(&r->text);
		if (fill_gzip(r, e) == FILL_FAULT)
			return -1;
	}
	r->inside = false;
	drop_text(r);
	return 1;
}

/* Plain: the next line that begins a record, behind the first byte of text. Keeps reading until it is found.
 */
static int next_version(struct warc_reader *r, struct err *e)
{
	static const struct span mark = {"\nWARC/1.", 8};
	for (;;) {
		size_t found = span_find(str_span(&r->text), mark, r->at);
		if (found != SIZE_MAX) {
			r->at = found + 1;
			return 1;
		}
		if (r->text.n - r->at > mark.n)
			r->at = r->text.n - mark.n;
		forget(r);
		enum filled f = fill_plain(r, e);
		if (f != FILL_MORE)
			return f == FILL_FAULT ? -1 : 0;
	}
}

/* Over a record that cannot be given out. 1: another may follow; 0: end. */
static int step_over(struct warc_reader *r, enum warc_state state, const struct warc_look *look,
	struct report *rep, struct err *e)
{
	remark(rep, look->why);
	if (r->gzip)
		return discard_member(r, e);
	if (state == WARC_LARGE) {
		size_t have = r->text.n - r->at;
		if (look->used <= have) {
			r->at += (size_t)look->used;
			return 1;
		}
		r->skip = look->used - have;
		drop_text(r);
		return 1;
	}
	if (r->at < r->text.n)
		r->at++;
	return next_version(r, e);
}

static int begin(struct warc_reader *r, struct err *e)
{
	r->begun = true;
	r->left = -1;
	str_init(&r->text, (size_t)WARC_RECORD_MAX + WARC_HEAD_MAX + 4 * CHUNK);
	if (in_need(r, 8, e) < 0)
		return -1;
	struct span s = in_span(r);
	r->gzip = gzip_is_head(s);
	while (!r->gzip && s.n && (s.p[0] == '\r' || s.p[0] == '\n'))
		s = span_cut(s, 1, s.n);
	if (!r->gzip && s.n && !span_starts(s, "WARC/"))
		return err_set(e, ERR_DATA, N_("not a WARC file"), NULL, NULL);
	return 0;
}

static void skip_breaks(struct warc_reader *r)
{
	while (r->at < r->text.n && (r->text.p[r->at] == '\r' || r->text.p[r->at] == '\n'))
		r->at++;
}

/* The text is used up and no more comes for it. 1: another record may follow; 0: end. */
static int at_end(struct warc_reader *r, enum filled f, struct report *rep, struct err *e)
{
	if (f == FILL_BROKEN)
		remark(rep, r->dry && !in_left(r) ? N_("it is cut short") : N_("it is damaged"));
	else if (r->at < r->text.n)
		remark(rep, N_("it is cut short"));
	if (!r->gzip)
		return 0;
	if (f == FILL_BROKEN && go_back(r, e) < 0)
		return -1;
	return next_member(r, f == FILL_BROKEN, rep, e);
}

int warc_next(struct warc_reader *r, struct warc_record *out, struct report *rep, struct err *e)
{
	bool end = false;
	if (!r->begun && begin(r, e) < 0)
		return -1;
	forget(r);
	for (;;) {
		struct warc_look look;
		skip_breaks(r);
		struct span rest = span_cut(str_span(&r->text), r->at, r->text.n);
		enum warc_state state = warc_look(rest, end, &look);
		/* a member that holds this record alone is read to its checksum before the record is believed
		 */
		if (state == WARC_WHOLE && r->inside && look.used == rest.n)
			state = WARC_MORE;
		if (state == WARC_WHOLE) {
			*out = look.record;
			out->offset = r->gzip ? r->member : r->base < 0 ? -1 : r->text_base + (int64_t)r->at;
			r->at += (size_t)look.used;
			return 1;
		}
		int go;
		if (state == WARC_MORE) {
			forget(r);
			enum filled f = r->gzip ? fill_gzip(r, e) : fill_plain(r, e);
			if (f == FILL_FAULT)
				return -1;
			if (f == FILL_MORE)
				continue;
			if (f == FILL_END && !end && rest.n) {
				end = true; /* the line breaks at the end may be missing */
				continue;
			}
			go = at_end(r, f, rep, e);
		} else {
			go = step_over(r, state, &look, rep, e);
		}
		end = false;
		if (go <= 0)
			return go;
	}
}
