/* fuzz_json: any text as a JSON Feed, without what decode/ does to it before: a "{" is put before inputs that
 * do not look like JSON, so that no input is spent on the other formats. */
#include <stdint.h>
#include <stdlib.h>

#include "base/str.h"
#include "feed/feed.h"
#include "fuzz/article.h"

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span body = {(const char *)data, size};
	struct feed_hints h = {.url = "https://tin.example/feed.json", .country = "VN", .lang = "vi"};
	struct arena a = {0};
	struct report rep = {0};
	struct err e = {0};
	struct str text = {0};
	struct feed f;
	if (!utf8_valid(body))
		return 0; /* decode/ promises it */
	if (!size || (data[0] != '{' && data[0] != '['))
		str_addc(&text, '{');
	str_add(&text, body);
	int rc = feed_read(&a, str_span(&text), &h, &f, &rep, &e);
	check((rc == -1) == (e.kind != ERR_NONE));
	for (size_t i = 0; rc == 0 && i < f.n; i++)
		check_article(&a, f.entries[i]);
	str_release(&text);
	report_release(&rep);
	arena_release(&a);
	return 0;
}
