/* custom: what documents that say too little mean by custom: the prefixes of the name spaces feeds use, and
 * where a document begins that has junk before it. */
#include <string.h>

#include "markup/xml_priv.h"

#include "base/banned.h"

enum { JUNK_MAX = 65536 }; /* bytes that may stand before the document */

static const char *const customary[][2] = {
	{"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
	{"dc", "http://purl.org/dc/elements/1.1/"},
	{"dcterms", "http://purl.org/dc/terms/"},
	{"content", "http://purl.org/rss/1.0/modules/content/"},
	{"atom", "http://www.w3.org/2005/Atom"},
	{"atom10", "http://www.w3.org/2005/Atom"},
	{"media", "http://search.yahoo.com/mrss/"},
	{"itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd"},
	{"slash", "http://purl.org/rss/1.0/modules/slash/"},
	{"sy", "http://purl.org/rss/1.0/modules/syndication/"},
	{"wfw", "http://wellformedweb.org/CommentAPI/"},
	{"feedburner", "http://rssnamespace.org/feedburner/ext/1.0"},
	{"xhtml", "http://www.w3.org/1999/xhtml"},
	{"news", "http://www.google.com/schemas/sitemap-news/0.9"},
	{"image", "http://www.google.com/schemas/sitemap-image/1.1"},
};

struct span xml_customary(struct span prefix)
{
	for (size_t i = 0; i < sizeof customary / sizeof *customary; i++)
		if (span_is_ci(prefix, customary[i][0]))
			return span_of(customary[i][1]);
	return prefix;
}

/* Tags a document may begin with, for those without a declaration that have junk before them. Comments may
 * speak of them. */
static size_t root_at(struct span head)
{
	static const char *const roots[] = {"<rss", "<feed", "<rdf:RDF", "<atom:feed", "<urlset",
		"<sitemapindex", "<channel", "<RDF", "<!DOCTYPE", "<html"};
	for (size_t at = 0; (at = span_find_byte(head, '<', at)) != SIZE_MAX; at++) {
		struct span rest = span_cut(head, at, head.n);
		size_t end = span_starts(rest, "<!--") ? span_find(rest, SPAN("-->"), 4) : SIZE_MAX;
		if (end != SIZE_MAX)
			at += end;
		for (size_t i = 0; end == SIZE_MAX && i < sizeof roots / sizeof *roots; i++)
			if (span_starts_ci(rest, roots[i]))
				return at;
	}
	return SIZE_MAX;
}

/* Behind the XML declarations at `at`, if any; some documents have two. */
static size_t behind_declarations(struct span s, size_t at)
{
	for (;;) {
		size_t i = at;
		while (i < s.n && (s.p[i] == ' ' || (s.p[i] >= '\t' && s.p[i] <= '\r')))
			i++;
		struct span rest = span_cut(s, i, s.n);
		size_t end = span_starts(rest, "<?xml") && rest.n > 5 && strchr(" \t\r\n?", rest.p[5])
				     ? span_find(rest, SPAN("?>"), 5)
				     : SIZE_MAX;
		if (end == SIZE_MAX)
			return at ? at : i;
		at = i + end + 2;
	}
}

/* Is what stands here junk, and not the start of a document? Text, or the markup of a server's error message.
 */
static bool junk(struct span s)
{
	static const char *const tags[] = {
		"<br", "<b>", "<p>", "<div", "<font", "<pre", "<script", "<center", "<span"};
	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
		if (span_starts_ci(s, tags[i]))
			return true;
	return s.n && s.p[0] != '<';
}

size_t xml_begin(struct span s)
{
	size_t at = behind_declarations(s, 0);
	if (at && span_starts(span_trim(s), "<?xml"))
		return at;
	struct span head = span_cut(s, at, JUNK_MAX);
	size_t root = root_at(head), declaration = span_find(head, SPAN("<?xml "), 0);
	if (declaration < root)
		return behind_declarations(s, at + declaration);
	return junk(head) && root != SIZE_MAX ? at + root : at;
}

bool xml_begins_well(struct span s, size_t begin)
{
	struct span before = span_cut(s, 0, begin);
	return !begin || (span_starts(before, "<?xml") && span_find(before, SPAN("<?xml"), 1) == SIZE_MAX);
}
