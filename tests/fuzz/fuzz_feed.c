/* fuzz_feed: any bytes as the answer of a feed's server. Beyond not crashing: whatever comes out is
 * well-formed UTF-8, an article can be written and read again, and a fault is set if and only if reading
 * failed. */
#include <stdint.h>
#include <stdlib.h>

#include "decode/decode.h"
#include "feed/feed.h"
#include "fuzz/article.h"

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

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
	struct decoded text;
	struct feed f;
	check(d || decode_new(&d, &e) == 0);
	body = labels(body, &type, &coding);
	if (decode_body(d, &a, body, coding, type, &text, &rep, &e) == 0) {
		check(e.kind == ERR_NONE && utf8_valid(text.text));
		for (size_t cut_at = 0; cut_at <= size + 1;
			cut_at += size + 1) { /* whole, then as a beginning */
			struct feed_hints h = {.url = "https://tin.example/rss/?a",
				.content_type = type,
				.country = "VN",
				.cut_at = cut_at};
			err_clear(&e);
			int rc = feed_read(&a, text.text, &h, &f, &rep, &e);
			check((rc == -1) == (e.kind != ERR_NONE));
			for (size_t i = 0; rc == 0 && i < f.n; i++)
				check_article(&a, f.entries[i]);
		}
	} else {
		check(e.kind != ERR_NONE);
	}
	report_release(&rep);
	arena_release(&a);
	return 0;
}
