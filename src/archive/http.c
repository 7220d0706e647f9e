/* http: the answer inside a response record: status line, headers, body. Lenient about line ends, strict
 * about what it is: a block that does not begin with an HTTP status line is no answer. */
#include "archive/archive.h"

#include "base/banned.h"

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "HTTP/1.1 200 OK", "HTTP/2 200": the three digits, or 0. */
static int status_of(struct span head)
{
	size_t at = span_find_byte(span_cut(head, 0, 16), ' ', 0);
	if (!span_starts(head, "HTTP/") || at == SIZE_MAX || head.n < at + 4)
		return 0;
	const char *p = head.p + at + 1;
	if (!digit(p[0]) || !digit(p[1]) || !digit(p[2]) || (head.n > at + 4 && digit(p[3])))
		return 0;
	return (p[0] - '0') * 100 + (p[1] - '0') * 10 + (p[2] - '0');
}

/* Length of status line and headers with the blank line; all of it when there is no blank line. */
static size_t head_length(struct span s)
{
	for (size_t at = span_find_byte(s, '\n', 0); at != SIZE_MAX; at = span_find_byte(s, '\n', at + 1)) {
		if (at + 1 < s.n && s.p[at + 1] == '\n')
			return at + 2;
		if (at + 2 < s.n && s.p[at + 1] == '\r' && s.p[at + 2] == '\n')
			return at + 3;
	}
	return s.n;
}

struct span warc_http_header(struct span head, const char *name)
{
	struct span line;
	while (span_next(&head, '\n', &line)) {
		size_t colon = span_find_byte(line, ':', 0);
		if (colon != SIZE_MAX && span_is_ci(span_trim(span_cut(line, 0, colon)), name))
			return span_trim(span_cut(line, colon + 1, line.n));
	}
	return (struct span){0};
}

bool warc_http_parse(struct span block, struct warc_http *out)
{
	*out = (struct warc_http){.status = status_of(block)};
	if (!out->status)
		return false;
	size_t n = head_length(block);
	out->head = span_cut(block, 0, n);
	out->body = span_cut(block, n, block.n);
	out->content_type = warc_http_header(out->head, "Content-Type");
	out->content_encoding = warc_http_header(out->head, "Content-Encoding");
	return true;
}

static int hex(char c)
{
	if (digit(c))
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "1f40;name=value" -> its number; false when it is none or larger than any record. */
static bool chunk_size(struct span line, size_t *out)
{
	size_t n = 0, i = 0;
	for (; i < line.n && hex(line.p[i]) >= 0; i++) {
		if (i == 8)
			return false;
		n = n * 16 + (size_t)hex(line.p[i]);
	}
	struct span rest = span_trim(span_cut(line, i, line.n));
	*out = n;
	return i > 0 && (!rest.n || rest.p[0] == ';');
}

bool warc_http_unchunk(struct span body, struct str *out)
{
	size_t at = 0, before = out->n, n;
	for (;;) {
		size_t end = span_find_byte(body, '\n', at);
		if (end == SIZE_MAX || !chunk_size(span_cut(body, at, end), &n))
			break;
		if (n == 0)
			return !out->full;
		at = end + 1;
		if (body.n - at < n)
			break;
		str_add(out, span_cut(body, at, at + n));
		at += n;
		if (at < body.n && body.p[at] == '\r')
			at++;
		if (at >= body.n || body.p[at] != '\n')
			break;
		at++;
	}
	str_truncate(out, before);
	return false;
}
