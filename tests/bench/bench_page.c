/* bench_page: pages given as files -> articles as NDJSON, for measuring page_read() alone. Usage: bench_page
 * FILE... */
#include <stdio.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/str.h"
#include "decode/decode.h"
#include "page/page.h"

#include "base/banned.h"

static int read_one(struct decode *d, struct arena *a, const char *name, struct report *rep, struct err *e)
{
	struct span body;
	struct str line;
	struct decoded text;
	struct article x = {.from = name};
	const struct page_hints h = {0};
	int rc = -1;
	str_init(&line, 0);
	if (file_read(a, name, BODY_MAX, &body, e) == 0 &&
		decode_body(d, a, body, SPAN(""), SPAN("text/html"), &text, rep, e) == 0 &&
		page_read(a, text.text, &h, &x, rep, e) == 0) {
		article_set_id(a, &x);
		article_take_remarks(a, &x, rep);
		article_write(&x, &line);
		fwrite(line.p, 1, line.n, stdout);
		rc = 0;
	}
	str_release(&line);
	return rc;
}

int main(int argc, char **argv)
{
	struct arena a = {0};
	struct decode *d;
	struct err e = {0};
	int bad = decode_new(&d, &e) != 0;
	for (int i = 1; i < argc && !bad; i++) {
		struct report rep = {0};
		if (read_one(d, &a, argv[i], &rep, &e) != 0)
			fprintf(stderr, "%s: %s\n", argv[i], e.text);
		err_clear(&e);
		report_release(&rep);
		arena_clear(&a);
	}
	arena_release(&a);
	decode_free(d);
	return bad;
}
