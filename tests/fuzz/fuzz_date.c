/* fuzz_date: any bytes as a date; the first one says of which country and language the source is. What is
 * known is known well: written as RFC 3339 and read again it is the same instant, and its zone is one of the
 * earth. */
#include <stdint.h>
#include <stdlib.h>

#include "news/news.h"

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
	if (!holds)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const countries[] = {NULL, "VN", "US", "KR", "??"}, *const langs[] = {NULL, "vi",
										       "en", "ru"};
	unsigned pick = size ? data[0] : 0;
	struct span s = {(const char *)data + (size ? 1 : 0), size ? size - 1 : 0};
	struct stamp out = {.known = true}, again;
	char text[STAMP_MAX];
	bool known = date_read(s, countries[pick % 5], langs[pick / 5 % 4], &out);
	check(known == out.known);
	if (!known)
		return 0;
	stamp_format(out, text);
	check(out.zone >= -14 * 60 && out.zone <= 14 * 60);
	check(stamp_parse_rfc3339(span_of(text), &again) && again.known);
	check(out.date_only || again.at == out.at);
	return 0;
}
