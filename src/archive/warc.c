/* warc: one record, written and read. A record is a version line, named fields, a blank line, Content-Length
 * bytes of block and two line breaks. Reading looks at a buffer that may hold only a part of it and never
 * keeps state, so that the pipe, the file reader and the fuzzer share one parser; nothing is believed before
 * its length is checked. */
#include "archive/archive_priv.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/hash.h"
#include "base/i18n.h"
#include "base/limits.h"

#include "base/banned.h"

/* --- writing --- */

enum { HEAD_USUAL = 2048 };

/* A field holds one line whatever came in: an address or a name must not be able to add fields. */
static void put_field(struct str *out, const char *name, struct span value)
{
	if (!value.n)
		return;
	str_adds(out, name);
	str_adds(out, ": ");
	size_t from = out->n;
	str_add(out, value);
	for (size_t i = from; i < out->n; i++)
		if ((unsigned char)out->p[i] < 0x20 || out->p[i] == 0x7F)
			out->p[i] = ' ';
	str_adds(out, "\r\n");
}

static struct span payload_of(const struct warc_record *r)
{
	struct warc_http http;
	return warc_http_parse(r->block, &http) ? http.body : r->block;
}

/* The digest of the body stands for the body, so that the body is hashed once. Version 8 is the UUID for ids
 * made this way (RFC 9562, 5.8). */
static void put_id(struct str *out, const struct warc_record *r, struct span date, struct span digest)
{
	char hex[SHA256_HEX + 1];
	struct str seed;
	struct span body = payload_of(r);
	str_init(&seed, 0);
	struct span parts[] = {r->type, r->uri, date, digest, {r->block.p, r->block.n - body.n}};
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		str_add(&seed, parts[i]);
		str_addc(&seed, '\n');
	}
	sha256_hex(str_span(&seed), hex);
	str_release(&seed);
	hex[12] = '8';
	hex[16] = "89ab"[(hex[16] >= 'a' ? hex[16] - 'a' + 10 : hex[16] - '0') & 3];
	str_addf(out, "<urn:uuid:%.8s-%.4s-%.4s-%.4s-%.12s>", hex, hex + 8, hex + 12, hex + 16, hex + 20);
}

void warc_write_head(struct str *out, const struct warc_record *r)
{
	char now[STAMP_MAX], hex[SHA256_HEX + 1];
	struct str digest, id;
	struct span date = r->date;
	struct warc_record w = *r;
	str_init(&digest, 0);
	str_init(&id, 0);
	if (!w.type.n)
		w.type = SPAN("response");
	if (!date.n) {
		clock_format_utc(clock_now(), now);
		date = span_of(now);
	}
	if (!w.digest.n && !span_is(w.type, "warcinfo")) {
		sha256_hex(payload_of(r), hex);
		str_addf(&digest, "sha256:%s", hex);
		w.digest = str_span(&digest);
	}
	if (!w.id.n) {
		put_id(&id, &w, date, w.digest.n ? w.digest : w.block);
		w.id = str_span(&id);
	}
	if (!w.content_type.n)
		w.content_type = span_is(w.type, "response") ? SPAN("application/http;msgtype=response")
							     : SPAN("application/octet-stream");
	str_adds(out, "WARC/1.1\r\n");
	put_field(out, "WARC-Type", w.type);
	put_field(out, "WARC-Target-URI", w.uri);
	put_field(out, "WARC-Date", date);
	put_field(out, "WARC-Record-ID", w.id);
	put_field(out, "WARC-IP-Address", w.ip);
	put_field(out, "WARC-Payload-Digest", w.digest);
	put_field(out, "WARC-Truncated", w.truncated);
	put_field(out, "Content-Type", w.content_type);
	put_field(out, "Soatin-Source", w.source);
	put_field(out, "Soatin-As", w.as);
	put_field(out, "Soatin-Entry", w.entry);
	if (w.file.n)
		str_addf(
			out, "Soatin-Evidence: %" PRId64 " %.*s\r\n", w.file_offset, (int)w.file.n, w.file.p);
	str_addf(out, "Content-Length: %zu\r\n\r\n", w.block.n);
	str_release(&digest);
	str_release(&id);
}

static void put_plain(struct str *out, const struct warc_record *r)
{
	str_room(out,
		r->block.n + HEAD_USUAL); /* at once: growing by doubling would leave half of it unused */
	warc_write_head(out, r);
	str_add(out, r->block);
	str_add(out, WARC_END);
}

int warc_write(struct str *out, const struct warc_record *r, bool gzip, struct err *e)
{
	struct deflater d = {0};
	struct str head;
	size_t before = out->n;
	int rc = -1;
	str_init(&head, 0);
	if (r->block.n > WARC_RECORD_MAX) {
		err_set(e, ERR_LIMIT, N_("the answer is larger than one WARC record may be"), NULL, NULL);
		goto done;
	}
	if (!gzip) {
		put_plain(out, r);
	} else {
		warc_write_head(&head, r);
		if (gzip_put_member(&d, out, str_span(&head), r->block, e) < 0)
			goto done;
	}
	if (out->full) {
		str_truncate(out, before);
		err_set(e, ERR_LIMIT, N_("no room for another WARC record"), NULL, NULL);
		goto done;
	}
	rc = 0;
done:
	deflater_release(&d);
	str_release(&head);
	return rc;
}

int warc_write_info(struct str *out, const char *version, int64_t now, bool gzip, struct err *e)
{
	char date[STAMP_MAX];
	struct str block;
	str_init(&block, 0);
	clock_format_utc(now, date);
	str_addf(&block, "software: soatin %s\r\nformat: WARC File Format 1.1\r\n", version);
	struct warc_record r = {.type = SPAN("warcinfo"),
		.date = span_of(date),
		.block = str_span(&block),
		.content_type = SPAN("application/warc-fields")};
	int rc = warc_write(out, &r, gzip, e);
	str_release(&block);
	return rc;
}

/* --- reading --- */

/* Takes one line off; false when its end is not there yet. Ends at LF, a CR before it is no part of the line.
 */
static bool take_line(struct span s, size_t *at, struct span *line)
{
	size_t end = span_find_byte(s, '\n', *at);
	if (end == SIZE_MAX)
		return false;
	*line = span_cut(s, *at, end);
	if (line->n && line->p[line->n - 1] == '\r')
		line->n--;
	*at = end + 1;
	return true;
}

static struct span without_brackets(struct span s)
{
	bool both = s.n >= 2 && s.p[0] == '<' && s.p[s.n - 1] == '>';
	return both ? span_cut(s, 1, s.n - 1) : s;
}

struct fields {
	struct warc_record *record;
	int64_t length; /* -1: none yet */
	const char *why;
};

static void take_length(struct fields *f, struct span value)
{
	int64_t n;
	if (!span_to_int64(value, &n) || n < 0)
		f->why = N_("its Content-Length is not a length");
	else if (f->length >= 0 && f->length != n)
		f->why = N_("it has two lengths that differ");
	else
		f->length = n;
}

/* "OFFSET FILE"; anything else is left out. */
static void take_evidence(struct warc_record *r, struct span value)
{
	size_t blank = span_find_byte(value, ' ', 0);
	if (blank != SIZE_MAX && span_to_int64(span_cut(value, 0, blank), &r->file_offset))
		r->file = span_cut(value, blank + 1, value.n);
}

static void take_field(struct fields *f, struct span name, struct span value)
{
	struct warc_record *r = f->record;
	const struct {
		const char *name;
		struct span *to;
	} known[] = {
		{"WARC-Type", &r->type},
		{"WARC-Target-URI", &r->uri},
		{"WARC-Date", &r->date},
		{"WARC-Record-ID", &r->id},
		{"WARC-IP-Address", &r->ip},
		{"WARC-Payload-Digest", &r->digest},
		{"WARC-Truncated", &r->truncated},
		{"Content-Type", &r->content_type},
		{"Soatin-Source", &r->source},
		{"Soatin-As", &r->as},
		{"Soatin-Entry", &r->entry},
	};
	if (span_is_ci(name, "Content-Length")) {
		take_length(f, value);
		return;
	}
	if (span_is_ci(name, "Soatin-Evidence"))
		take_evidence(r, value);
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (span_is_ci(name, known[i].name) && !known[i].to->n)
			*known[i].to = value;
}

/* The fields up to the blank line: WARC_WHOLE when they are all there. *at moves behind them. A folded value
 * keeps its first line. */
static enum warc_state take_head(struct span buf, size_t *at, struct fields *f)
{
	struct span line;
	for (;;) {
		if (!take_line(buf, at, &line))
			return buf.n > WARC_HEAD_MAX ? WARC_BAD : WARC_MORE;
		if (*at > WARC_HEAD_MAX)
			return WARC_BAD;
		if (!line.n)
			break;
		size_t colon = span_find_byte(line, ':', 0);
		if (colon != SIZE_MAX && line.p[0] != ' ' && line.p[0] != '\t')
			take_field(f, span_trim(span_cut(line, 0, colon)),
				span_trim(span_cut(line, colon + 1, line.n)));
	}
	f->record->uri =
		without_brackets(f->record->uri); /* some writers of WARC/1.0 took the grammar at its word */
	return WARC_WHOLE;
}

/* The line breaks behind the block: two, LF alone allowed; fewer when nothing follows. Negative: something
 * else stands there. */
static int take_breaks(struct span buf, size_t at, bool end, enum warc_state *state)
{
	size_t i = at;
	int breaks = 0;
	while (breaks < 2 && i < buf.n) {
		size_t cr = buf.p[i] == '\r';
		if (i + cr >= buf.n)
			break;
		if (buf.p[i + cr] != '\n')
			return -1;
		i += cr + 1;
		breaks++;
	}
	*state = breaks == 2 || end ? WARC_WHOLE : WARC_MORE;
	return (int)(breaks == 2 ? i - at : buf.n - at);
}

static bool looks_like_version(struct span s)
{
	struct span want = SPAN("WARC/1.");
	size_t n = s.n < want.n ? s.n : want.n;
	return memcmp(s.p, want.p, n) == 0;
}

static enum warc_state bad(struct warc_look *out, const char *why)
{
	out->why = why;
	return WARC_BAD;
}

enum warc_state warc_look(struct span buf, bool end, struct warc_look *out)
{
	struct fields f = {.record = &out->record, .length = -1};
	struct span line;
	size_t at = 0;
	*out = (struct warc_look){.record = {.offset = -1}};
	while (at < buf.n && (buf.p[at] == '\r' || buf.p[at] == '\n'))
		at++;
	if (at > WARC_HEAD_MAX)
		return bad(out, N_("it does not begin with WARC/1."));
	if (at == buf.n)
		return WARC_MORE;
	if (!looks_like_version(span_cut(buf, at, buf.n)))
		return bad(out, N_("it does not begin with WARC/1."));
	enum warc_state state = take_line(buf, &at, &line) ? take_head(buf, &at, &f)
				: buf.n > WARC_HEAD_MAX    ? WARC_BAD
							   : WARC_MORE;
	if (f.why)
		return bad(out, f.why);
	if (state == WARC_BAD)
		return bad(out, N_("its headers are too long"));
	if (state == WARC_MORE)
		return WARC_MORE;
	if (f.length < 0)
		return bad(out, N_("it has no Content-Length"));
	out->head = at;
	out->used = at + (uint64_t)f.length;
	if (f.length > WARC_RECORD_MAX) {
		out->why = N_("it is larger than a record may be");
		return WARC_LARGE;
	}
	if (buf.n - at < (size_t)f.length)
		return WARC_MORE;
	out->record.block = span_cut(buf, at, at + (size_t)f.length);
	int breaks = take_breaks(buf, at + (size_t)f.length, end, &state);
	if (breaks < 0)
		return bad(out, N_("its length is wrong"));
	out->used += (uint64_t)breaks;
	return state;
}

int warc_take(struct span buf, size_t *used, struct warc_record *out, struct err *e)
{
	struct warc_look look;
	switch (warc_look(buf, false, &look)) {
	case WARC_MORE:
		return 0;
	case WARC_WHOLE:
		*used = (size_t)look.used;
		*out = look.record;
		return 1;
	case WARC_BAD:
	case WARC_LARGE:
		break;
	}
	return err_set(e, ERR_DATA, N_("not a WARC record: %1"), look.why, NULL);
}
