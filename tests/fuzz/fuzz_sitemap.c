/* fuzz_sitemap: any text as a sitemap, an index of sitemaps or one with news, without what decode/ does to it
 * before: what begins with no tag is put into one, so that no input is spent on the other formats. */
#include <stdint.h>
#include <stdlib.h>

#include "base/str.h"
#include "feed/feed.h"
#include "fuzz/article.h"

#include "base/banned.h"

#define NEWS "http://www.google.com/schemas/sitemap-news/0.9"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const roots[] = {
		"<urlset xmlns:news=\"" NEWS "\"><url>", "<sitemapindex><sitemap>", "<urlset><url><loc>"};
	struct span body = {(const char *)data, size};
	struct feed_hints h = {.url = "https://tin.example/sitemap.xml", .country = "VN", .lang = "vi"};
	struct arena a = {0};
	struct report rep = {0};
	struct err e = {0};
	struct str text = {0};
	struct feed f;
	if (!utf8_valid(body))
		return 0; /* decode/ promises it */
	if (!span_starts(span_trim(body), "<"))
		str_adds(&text, roots[size % 3]);
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
