/* words: see words.h. Dates of Dublin Core and Atom, titles of Media RSS … compete for the same slots; ranks
 * say which is best. RSS has no name space and Atom elements stand in RSS as RSS ones in Atom, so that both
 * are looked up in one list (NS_CORE). */
#include "feed/words.h"

#include <string.h>

#include "base/banned.h"

static const struct {
	const char *uri; /* without scheme, in lower case, without trailing marks */
	enum ns ns;
} spaces[] = {
	{"www.w3.org/2005/atom", NS_ATOM},
	{"purl.org/atom/ns", NS_ATOM},
	{"www.w3.org/1999/02/22-rdf-syntax-ns", NS_RDF},
	{"purl.org/dc/elements/1.1", NS_DC},
	{"purl.org/dc/elements/1.0", NS_DC},
	{"purl.org/metadata/dublin_core", NS_DC},
	{"purl.org/dc/terms", NS_DCTERMS},
	{"purl.org/rss/1.0/modules/content", NS_CONTENT},
	{"search.yahoo.com/mrss", NS_MEDIA},
	{"search.yahoo.com/rss", NS_MEDIA},
	{"video.search.yahoo.com/mrss", NS_MEDIA},
	{"tools.search.yahoo.com/mrss", NS_MEDIA},
	{"www.rssboard.org/media-rss", NS_MEDIA},
	{"www.itunes.com/dtds/podcast-1.0.dtd", NS_ITUNES},
	{"example.com/dtds/podcast-1.0.dtd", NS_ITUNES},
	{"www.w3.org/1999/xhtml", NS_XHTML},
	{"www.google.com/schemas/sitemap-news/0.9", NS_NEWS},
	{"prismstandard.org/namespaces/1.2/basic", NS_PRISM},
	{"prismstandard.org/namespaces/2.0/basic", NS_PRISM},
	{"prismstandard.org/namespaces/basic/2.0", NS_PRISM},
	{"rssnamespace.org/feedburner/ext/1.0", NS_FEEDBURNER},
	{"purl.org/rss/1.0/modules/syndication", NS_SY},
	{"www.w3.org/xml/1998/namespace", NS_XML},
	{"purl.org/rss/1.0", NS_CORE},
	{"my.netscape.com/rdf/simple/0.9", NS_CORE},
	{"channel.netscape.com/rdf/simple/0.9", NS_CORE},
	{"my.netscape.com/publish/formats/rss-0.91.dtd", NS_CORE},
	{"backend.userland.com/rss", NS_CORE},
	{"backend.userland.com/rss2", NS_CORE},
	{"backend.userland.com/rss091", NS_CORE},
	{"blogs.law.harvard.edu/tech/rss", NS_CORE},
	{"purl.org/net/rss1.1", NS_CORE},
	{"www.sitemaps.org/schemas/sitemap/0.9", NS_CORE},
};

/* clang-format off */
static const struct word words[] = {
	/* roots */
	{NS_CORE, "rss", IN_NOTHING, ACT_ROOT, 0, 0},
	{NS_RDF, "rdf", IN_NOTHING, ACT_ROOT, 0, 0},
	{NS_CORE, "rdf", IN_NOTHING, ACT_ROOT, 0, 0},
	{NS_CORE, "feed", IN_NOTHING, ACT_ROOT, 0, 0},
	{NS_CORE, "channel", IN_NOTHING | IN_FEED, ACT_FEED, 0, 0},
	{NS_CORE, "urlset", IN_NOTHING, ACT_ROOT, 0, 0},
	{NS_CORE, "sitemapindex", IN_NOTHING, ACT_ROOT, 0, 0},
	{NS_CORE, "html", IN_NOTHING, ACT_HTML, 0, 0},
	{NS_XHTML, "html", IN_NOTHING, ACT_HTML, 0, 0},
	/* entries */
	{NS_CORE, "item", IN_FEED | IN_ENTRY, ACT_ENTRY, 0, 0},
	{NS_CORE, "entry", IN_NOTHING | IN_FEED | IN_ENTRY, ACT_ENTRY, 0, 0},
	{NS_CORE, "url", IN_FEED, ACT_ENTRY, 0, 0},
	{NS_CORE, "sitemap", IN_FEED, ACT_ENTRY, 0, 0},
	{NS_CORE, "items", IN_FEED, ACT_INTO, 0, 0}, /* RSS 1.1 */
	/* RSS and Atom */
	{NS_CORE, "title", IN_FEED | IN_ENTRY, ACT_TEXT, SLOT_TITLE, 5},
	{NS_CORE, "link", IN_FEED | IN_ENTRY, ACT_LINK, SLOT_LINK, 5},
	{NS_CORE, "guid", IN_ENTRY, ACT_GUID, SLOT_GUID, 5},
	{NS_CORE, "id", IN_FEED | IN_ENTRY, ACT_GUID, SLOT_GUID, 5},
	{NS_CORE, "description", IN_ENTRY, ACT_TEXT, SLOT_SUMMARY, 5},
	{NS_CORE, "summary", IN_ENTRY, ACT_TEXT, SLOT_SUMMARY, 5},
	{NS_CORE, "abstract", IN_ENTRY, ACT_TEXT, SLOT_SUMMARY, 3},
	{NS_CORE, "content", IN_ENTRY, ACT_TEXT, SLOT_TEXT, 4},
	{NS_CORE, "fullitem", IN_ENTRY, ACT_TEXT, SLOT_TEXT, 3},
	{NS_CORE, "body", IN_ENTRY, ACT_TEXT, SLOT_TEXT, 2},
	{NS_CORE, "pubdate", IN_ENTRY, ACT_TEXT, SLOT_PUBLISHED, 5},
	{NS_CORE, "published", IN_ENTRY, ACT_TEXT, SLOT_PUBLISHED, 5},
	{NS_CORE, "issued", IN_ENTRY, ACT_TEXT, SLOT_PUBLISHED, 4},
	{NS_CORE, "created", IN_ENTRY, ACT_TEXT, SLOT_PUBLISHED, 2},
	{NS_CORE, "date", IN_ENTRY, ACT_TEXT, SLOT_PUBLISHED, 1},
	{NS_CORE, "updated", IN_ENTRY, ACT_TEXT, SLOT_UPDATED, 5},
	{NS_CORE, "modified", IN_ENTRY, ACT_TEXT, SLOT_UPDATED, 5},
	{NS_CORE, "author", IN_FEED | IN_ENTRY, ACT_PERSON, 0, 5},
	{NS_CORE, "source", IN_ENTRY, ACT_SOURCE, 0, 0},
	{NS_CORE, "author", IN_SOURCE, ACT_PERSON, 0, 1},
	{NS_CORE, "name", IN_PERSON, ACT_NAME, 0, 0},
	{NS_CORE, "email", IN_PERSON, ACT_MAIL, 0, 0},
	{NS_CORE, "language", IN_FEED, ACT_TEXT, SLOT_LANG, 6},
	{NS_CORE, "enclosure", IN_ENTRY, ACT_ENCLOSURE, 0, 0},
	{NS_CORE, "ttl", IN_FEED, ACT_TTL, 0, 0},
	{NS_CORE, "skiphours", IN_FEED, ACT_INTO, 0, 0},
	{NS_CORE, "hour", IN_FEED, ACT_HOUR, 0, 0},
	{NS_CORE, "skipdays", IN_FEED, ACT_INTO, 0, 0},
	{NS_CORE, "day", IN_FEED, ACT_DAY, 0, 0},
	{NS_CORE, "loc", IN_ENTRY, ACT_LINK, SLOT_LINK, 5},
	{NS_CORE, "lastmod", IN_ENTRY, ACT_TEXT, SLOT_UPDATED, 5},
	/* modules */
	{NS_DC, "title", IN_FEED | IN_ENTRY, ACT_TEXT, SLOT_TITLE, 3},
	{NS_DC, "creator", IN_ENTRY, ACT_NAME, 0, 4},
	{NS_DC, "author", IN_ENTRY, ACT_NAME, 0, 2},
	{NS_DC, "date", IN_ENTRY, ACT_DATE, SLOT_PUBLISHED, 3},
	{NS_DC, "description", IN_ENTRY, ACT_TEXT, SLOT_SUMMARY, 2},
	{NS_DC, "language", IN_FEED | IN_ENTRY, ACT_TEXT, SLOT_LANG, 5},
	{NS_DC, "identifier", IN_ENTRY, ACT_TEXT, SLOT_GUID, 1},
	{NS_DCTERMS, "created", IN_ENTRY, ACT_TEXT, SLOT_PUBLISHED, 2},
	{NS_DCTERMS, "issued", IN_ENTRY, ACT_TEXT, SLOT_PUBLISHED, 3},
	{NS_DCTERMS, "modified", IN_ENTRY, ACT_TEXT, SLOT_UPDATED, 4},
	{NS_DCTERMS, "abstract", IN_ENTRY, ACT_TEXT, SLOT_SUMMARY, 2},
	{NS_PRISM, "publicationdate", IN_ENTRY, ACT_TEXT, SLOT_PUBLISHED, 2},
	{NS_CONTENT, "encoded", IN_ENTRY, ACT_TEXT, SLOT_TEXT, 5},
	{NS_XHTML, "body", IN_ENTRY, ACT_TEXT, SLOT_TEXT, 4},
	{NS_XHTML, "div", IN_ENTRY, ACT_TEXT, SLOT_TEXT, 1},
	{NS_MEDIA, "group", IN_ENTRY, ACT_INTO, 0, 0},
	{NS_MEDIA, "content", IN_ENTRY, ACT_ENCLOSURE, 0, 0},
	{NS_MEDIA, "title", IN_ENTRY, ACT_TEXT, SLOT_TITLE, 1},
	{NS_MEDIA, "description", IN_ENTRY, ACT_TEXT, SLOT_SUMMARY, 1},
	{NS_ITUNES, "author", IN_ENTRY, ACT_NAME, 0, 1},
	{NS_ITUNES, "summary", IN_ENTRY, ACT_TEXT, SLOT_SUMMARY, 1},
	{NS_ITUNES, "title", IN_ENTRY, ACT_TEXT, SLOT_TITLE, 2},
	{NS_FEEDBURNER, "origlink", IN_ENTRY, ACT_LINK, SLOT_CANONICAL, 5},
	{NS_NEWS, "news", IN_ENTRY, ACT_INTO, 0, 0},
	{NS_NEWS, "publication", IN_ENTRY, ACT_INTO, 0, 0},
	{NS_NEWS, "title", IN_ENTRY, ACT_TEXT, SLOT_TITLE, 4},
	{NS_NEWS, "publication_date", IN_ENTRY, ACT_TEXT, SLOT_PUBLISHED, 4},
	{NS_NEWS, "language", IN_ENTRY, ACT_TEXT, SLOT_LANG, 6},
	{NS_SY, "updateperiod", IN_FEED, ACT_PERIOD, 0, 0},
	{NS_SY, "updatefrequency", IN_FEED, ACT_FREQUENCY, 0, 0},
};
/* clang-format on */

enum ns word_ns(struct span uri)
{
	if (!uri.n)
		return NS_CORE;
	if (span_starts_ci(uri, "http://"))
		uri = span_cut(uri, 7, uri.n);
	else if (span_starts_ci(uri, "https://"))
		uri = span_cut(uri, 8, uri.n);
	while (uri.n && (uri.p[uri.n - 1] == '/' || uri.p[uri.n - 1] == '#'))
		uri.n--;
	for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
		if (span_is_ci(uri, spaces[i].uri))
			return spaces[i].ns;
	return span_find_ci(uri, "sitemap/0.", 0) != SIZE_MAX ? NS_CORE : NS_OTHER;
}

const struct word *word_find(enum ns ns, struct span name, unsigned where)
{
	if (ns == NS_ATOM)
		ns = NS_CORE;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (words[i].ns == ns && words[i].where & where && span_is_ci(name, words[i].name))
			return &words[i];
	return ns == NS_DCTERMS ? word_find(NS_DC, name, where) : NULL; /* it has all of those again */
}

struct span word_attr(const struct markup_attr *a, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (!a[i].ns.n && span_is_ci(a[i].name, name))
			return a[i].value;
	return (struct span){NULL, 0};
}

struct span word_attr_ns(const struct markup_attr *a, size_t n, enum ns ns, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (a[i].ns.n && span_is_ci(a[i].name, name) && word_ns(a[i].ns) == ns)
			return a[i].value;
	return (struct span){NULL, 0};
}
