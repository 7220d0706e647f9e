/* country: see country.h. A language alone tells no country: papers abroad write in it, too, and broadcasters
 * in many. It must be borne out by the end of the host's name or by the region behind the language, and the
 * host must not be another country's. Only languages whose countries have one time each are known here. */
#include "page/country.h"

#include <string.h>

#include "base/banned.h"

static const struct {
	const char *lang, *country;
} pairs[] = {{"vi", "VN"}, {"ko", "KR"}, {"ja", "JP"}, {"zh", "CN"}, {"zh", "TW"}, {"zh", "HK"}, {"zh", "MO"},
	{"zh", "SG"}};

enum { N_PAIRS = sizeof pairs / sizeof *pairs, CODE = 2 /* letters */ };

/* "ko-KR", "zh-Hant-TW": the two letters behind the last mark; the whole where there is none. */
static struct span last_part(struct span s, const char *marks)
{
	size_t at = s.n;
	while (at > 0 && !strchr(marks, s.p[at - 1]))
		at--;
	return span_cut(s, at, s.n);
}

static bool is_region(struct span tag, const char *country)
{
	return tag.n > CODE && span_is_ci(last_part(tag, "-_"), country);
}

static bool is_language(struct span tag, const char *lang)
{
	return span_starts_ci(tag, lang) && (tag.n == CODE || tag.p[CODE] == '-' || tag.p[CODE] == '_');
}

const char *country_of(struct span lang, struct span locale, struct span host)
{
	struct span end = last_part(host, ".");
	bool national = end.n == CODE && end.n < host.n;
	for (size_t i = 0; i < N_PAIRS; i++) {
		const char *country = pairs[i].country;
		bool theirs = national && span_is_ci(end, country);
		bool region = is_region(lang, country) || (lang.n <= CODE && is_region(locale, country));
		if (is_language(lang.n ? lang : locale, pairs[i].lang) && (theirs || (region && !national)))
			return country;
	}
	return NULL;
}
