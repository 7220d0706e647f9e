/* coding: content codings undone. zlib checks the trailer, so that a body cut short is known; the output is
 * bounded by BODY_MAX, since a megabyte of gzip can hold a gigabyte, and how it swelled up to there tells a
 * large text from a bomb. Servers send gzip without saying so (a sitemap.xml.gz is such a file by right), and
 * raw deflate where the standard wants zlib's wrapping: both are found by trying. */
#include "decode/decode_priv.h"

#define ZLIB_CONST
#include <zlib.h>

#include "base/i18n.h"
#include "base/limits.h"
#include "base/utf8.h"

#include "base/banned.h"

enum { WINDOW_GZIP = 15 + 16, WINDOW_ZLIB = 15, WINDOW_RAW = -15 };

static bool looks_gzip(struct span s)
{
	return s.n > 10 && (unsigned char)s.p[0] == 0x1F && (unsigned char)s.p[1] == 0x8B && s.p[2] == 8;
}

/* Inflates one stream. Returns Z_STREAM_END when its trailer was right; moves *in behind it. */
static int inflate_stream(z_stream *z, struct str *out)
{
	int rc = Z_OK;
	while (rc == Z_OK) {
		size_t left;
		char *room = coding_room(out, &left);
		if (!room)
			return Z_MEM_ERROR;
		z->next_out = (unsigned char *)room;
		z->avail_out = (unsigned)left;
		rc = inflate(z, Z_NO_FLUSH);
		str_grew(out, left - z->avail_out);
		if (rc == Z_OK && z->avail_in == 0 && z->avail_out)
			return Z_BUF_ERROR;
	}
	return rc;
}

/* All members of a gzip file, or one zlib or raw stream. What follows the last one is no part of the body. */
static int inflate_all(struct span *in, int window, struct str *out)
{
	z_stream z = {.next_in = (const unsigned char *)in->p, .avail_in = (unsigned)in->n};
	if (inflateInit2(&z, window) != Z_OK)
		return Z_MEM_ERROR;
	int rc = inflate_stream(&z, out);
	while (rc == Z_STREAM_END && window == WINDOW_GZIP &&
		looks_gzip((struct span){(const char *)z.next_in, z.avail_in})) {
		if (inflateReset(&z) != Z_OK)
			break;
		rc = inflate_stream(&z, out);
	}
	inflateEnd(&z);
	*in = span_cut(*in, in->n - z.avail_in, in->n);
	return rc;
}

static enum unpacked unpack_zlib(struct span *in, int window, struct str *out)
{
	struct span again = *in;
	int rc = inflate_all(in, window, out);
	if (rc == Z_DATA_ERROR && window == WINDOW_ZLIB && out->n == 0) {
		*in = again;
		rc = inflate_all(in, WINDOW_RAW, out);
	}
	return rc == Z_STREAM_END  ? UNPACKED
	       : rc == Z_MEM_ERROR ? UNPACK_LARGE
	       : rc == Z_BUF_ERROR ? UNPACK_CUT
				   : UNPACK_BAD;
}

static enum unpacked unpack_gzip(struct span *in, struct str *out)
{
	return unpack_zlib(in, WINDOW_GZIP, out);
}

static enum unpacked unpack_deflate(struct span *in, struct str *out)
{
	return unpack_zlib(in, WINDOW_ZLIB, out);
}

static const struct coding {
	const char *name, *alias;
	enum unpacked (*unpack)(struct span *in, struct str *out);
} gzip = {"gzip", "x-gzip", unpack_gzip},
  codings[] = {{"gzip", "x-gzip", unpack_gzip}, {"deflate", "deflate", unpack_deflate},
	  {"br", "brotli", unpack_brotli}, {"zstd", "zstd", unpack_zstd}};

int decode_refuse(enum decode_cut cut, struct err *e)
{
	return cut == DECODE_SHORT
		       ? err_set(e, ERR_DATA, N_("compressed body is cut short"), NULL, NULL)
		       : err_set(e, ERR_LIMIT, N_("body is larger than the limit when unpacked"), NULL, NULL);
}

static int unpack(
	struct arena *a, struct span *body, const struct coding *c, enum decode_cut *cut, struct err *e)
{
	struct span rest = *body;
	struct str out;
	int result = -1;
	enum decode_cut how = DECODE_WHOLE;
	str_init(&out, (size_t)BODY_MAX + 1); /* one more, to tell "just full" from "too much" */
	enum unpacked rc = c->unpack(&rest, &out);
	if (rc == UNPACK_LARGE || out.n > BODY_MAX)
		how = (body->n - rest.n) * UNPACK_RATIO_MAX < out.n ? DECODE_BOMB : DECODE_LARGE;
	else if (rc == UNPACK_CUT)
		how = DECODE_SHORT;
	if (how == DECODE_WHOLE && rc != UNPACKED) {
		err_set(e, ERR_DATA, N_("body is said to be %1 and is not"), c->name, NULL);
	} else if (how == DECODE_SHORT && !out.n) {
		decode_refuse(how, e);
	} else {
		*cut = how > *cut ? how : *cut;
		*body = arena_span(a, span_cut(str_span(&out), 0, BODY_MAX));
		result = 0;
	}
	str_release(&out);
	return result;
}

static int undo_one(struct arena *a, struct span name, struct span *body, enum decode_cut *cut, struct err *e)
{
	if (!name.n || span_is_ci(name, "identity"))
		return 0;
	for (size_t i = 0; i < sizeof codings / sizeof *codings; i++)
		if (span_is_ci(name, codings[i].name) || span_is_ci(name, codings[i].alias))
			return unpack(a, body, &codings[i], cut, e);
	return err_set(
		e, ERR_DATA, N_("unknown content coding: %1"), arena_dup(a, utf8_prefix(name, 40)), NULL);
}

int coding_undo(struct arena *a, struct span body, struct span names, struct span *out, enum decode_cut *cut,
	struct report *rep, struct err *e)
{
	struct span list[CODINGS_MAX], part;
	size_t n = 0;
	while (span_next(&names, ',', &part)) {
		if (n == CODINGS_MAX)
			return err_set(e, ERR_DATA, N_("too many content codings"), NULL, NULL);
		list[n++] = span_trim(part);
	}
	while (n > 0)
		if (undo_one(a, list[--n], &body, cut, e))
			return -1;
	if (looks_gzip(body)) {
		if (unpack(a, &body, &gzip, cut, e))
			return -1;
		report_add(rep, R_DECODE_GZIP_UNLABELLED, 1, 1, NULL, NULL);
	}
	*out = body;
	return 0;
}
