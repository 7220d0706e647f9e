/* fuzz_decode: any bytes as a body. Beyond not crashing: what comes out is UTF-8 without NUL, within the
 * limit, and its charset is named; a fault is set if and only if decoding failed. */
#include <stdint.h>
#include <stdlib.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "decode/decode.h"

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
	if (!holds)
		abort();
}

/* As a server would label it: the first line of an input may hold "content-type|content-coding". */
static struct span labels(struct span s, struct span *type, struct span *coding)
{
	size_t end = span_find_byte(s, '\n', 0);
	struct span line = span_cut(s, 0, end), rest = span_cut(s, end == SIZE_MAX ? s.n : end + 1, s.n);
	*type = *coding = (struct span){NULL, 0};
	if (end == SIZE_MAX || end > 200 || !span_next(&line, '|', type) || !line.p)
		return *type = (struct span){NULL, 0}, s;
	*coding = line;
	return rest;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct decode *d; /* the converters are slow to load */
	struct span body = {(const char *)data, size}, type, coding;
	struct arena a = {0};
	struct report rep = {0};
	struct err e = {0};
	struct decoded out, start;
	check(d || decode_new(&d, &e) == 0);
	body = labels(body, &type, &coding);
	int rc = decode_body(d, &a, body, coding, type, &out, &rep, &e);
	check((rc == -1) == (e.kind != ERR_NONE));
	if (rc == 0) {
		check(utf8_valid(out.text) && out.charset);
		check(span_find_byte(out.text, 0, 0) == SIZE_MAX);
	}
	bool whole = rc == 0;
	err_clear(&e);
	rc = decode_start(d, &a, body, coding, type, false, &start, &rep, &e);
	check((rc == -1) == (e.kind != ERR_NONE));
	check(!whole || (rc == 0 && !start.cut && span_eq(start.text, out.text)));
	report_release(&rep);
	arena_release(&a);
	return 0;
}
