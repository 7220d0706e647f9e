/* meta: see meta.h. One walk over the tree; a table says which meta names mean what, the better ones first:
 * of two sources for the same thing the one higher in the table wins. */
#include "page/meta.h"

#include <string.h>

#include "base/limits.h"
#include "base/str.h"
#include "base/url.h"
#include "page/country.h"
#include "page/ld.h"

#include "base/banned.h"

enum what {
	TITLE,
	OTHER_TITLE,
	SITE,
	DESCRIPTION,
	PUBLISHED,
	DATED,
	UPDATED,
	AUTHOR,
	URL,
	OTHER_URL,
	LANG,
	TYPE,
	LABEL,
	LABELLED,
	WHAT_COUNT
};

/* meta name/property/itemprop in lower case without the marks between its words, by falling trust: the first
 * entry found wins. */
static const struct {
	const char *name;
	enum what what;
} names[] = {{"ogtitle", TITLE}, {"articletitle", TITLE}, {"twittertitle", OTHER_TITLE},
	{"parselytitle", OTHER_TITLE}, {"sailthrutitle", OTHER_TITLE}, {"dctitle", OTHER_TITLE},
	{"dctermstitle", OTHER_TITLE}, {"title", OTHER_TITLE}, {"headline", OTHER_TITLE},
	{"ogsitename", SITE}, {"sitename", SITE}, {"applicationname", SITE}, {"twittersite", SITE},
	{"publisher", SITE}, {"dcpublisher", SITE}, {"ogdescription", DESCRIPTION},
	{"description", DESCRIPTION}, {"twitterdescription", DESCRIPTION}, {"dcdescription", DESCRIPTION},
	{"articlepublishedtime", PUBLISHED}, {"ogarticlepublishedtime", PUBLISHED},
	{"articlepublished", PUBLISHED}, {"datepublished", PUBLISHED}, {"parselypubdate", PUBLISHED},
	{"sailthrudate", PUBLISHED}, {"pubdate", PUBLISHED}, {"publishdate", PUBLISHED},
	{"publicationdate", PUBLISHED}, {"ptime", PUBLISHED}, {"cxenseparserecspublishtime", PUBLISHED},
	{"rnewsdatepublished", PUBLISHED}, {"dcdateissued", PUBLISHED}, {"dctermsissued", PUBLISHED},
	{"citationpublicationdate", PUBLISHED}, {"citationdate", PUBLISHED},
	{"articledateoriginal", PUBLISHED}, {"articledate", PUBLISHED}, {"ogpubdate", PUBLISHED},
	{"ogpublishedtime", PUBLISHED}, {"originalpublishdate", PUBLISHED}, {"publishedat", PUBLISHED},
	{"vrpublishedtime", PUBLISHED}, {"btpubdate", PUBLISHED}, {"publisheddate", PUBLISHED},
	{"publishtime", PUBLISHED}, {"pubtime", PUBLISHED}, {"articlepublishdate", PUBLISHED},
	{"articlepublicationdate", PUBLISHED}, {"publishedtime", PUBLISHED}, {"firstpublished", PUBLISHED},
	{"firstpublisheddate", PUBLISHED}, {"pubdatetime", PUBLISHED}, {"displaydate", PUBLISHED},
	{"ogpublishdate", PUBLISHED}, {"newsdate", PUBLISHED}, {"articlepublicationtime", PUBLISHED},
	{"firstpublicationdate", PUBLISHED}, {"dcdatepublished", PUBLISHED},
	{"prismpublicationdate", PUBLISHED}, {"schemadatepublished", PUBLISHED}, {"publishedon", PUBLISHED},
	{"datepublication", PUBLISHED}, {"articlecreatedate", PUBLISHED}, {"wdatepublished", PUBLISHED},
	{"contentpublisheddate", PUBLISHED}, {"dctermscreated", DATED}, {"dcdatecreated", DATED},
	{"dccreated", DATED}, {"datecreated", DATED}, {"lastpubdate", DATED}, {"releasedate", DATED},
	{"articlepostdate", DATED}, {"dcdate", DATED}, {"dctermsdate", DATED}, {"date", DATED},
	{"created", DATED}, {"videoreleasedate", DATED}, {"dctermsissueddate", DATED},
	{"articlecreated", DATED}, {"datecreation", DATED}, {"createdate", DATED}, {"createdtime", DATED},
	{"articledatecreated", DATED}, {"creationdate", DATED}, {"postdate", DATED}, {"dateupdate", UPDATED},
	{"articlemodifiedtime", UPDATED}, {"ogupdatedtime", UPDATED}, {"ogarticlemodifiedtime", UPDATED},
	{"datemodified", UPDATED}, {"dctermsmodified", UPDATED}, {"dcdatemodified", UPDATED},
	{"lastmod", UPDATED}, {"lastmodified", UPDATED}, {"revisiondate", UPDATED}, {"moddate", UPDATED},
	{"articleupdated", UPDATED}, {"lastupdated", UPDATED}, {"lastupdate", UPDATED},
	{"updatedtime", UPDATED}, {"updatetime", UPDATED}, {"modifieddate", UPDATED},
	{"datelastmodified", UPDATED}, {"articlemodified", UPDATED}, {"updateddate", UPDATED},
	{"articleupdatedtime", UPDATED}, {"author", AUTHOR}, {"articleauthor", AUTHOR},
	{"parselyauthor", AUTHOR}, {"sailthruauthor", AUTHOR}, {"byl", AUTHOR}, {"dccreator", AUTHOR},
	{"dctermscreator", AUTHOR}, {"citationauthor", AUTHOR}, {"articleauthorname", AUTHOR},
	{"ogarticleauthor", AUTHOR}, {"ogauthor", AUTHOR}, {"dccontributor", AUTHOR},
	{"cxenseparseauthor", AUTHOR}, {"authors", AUTHOR}, {"articleauthors", AUTHOR}, {"bylines", AUTHOR},
	{"byline", AUTHOR}, {"authorname", AUTHOR}, {"reporter", AUTHOR}, {"dcauthor", AUTHOR},
	{"dableauthor", AUTHOR}, {"dablearticleauthor", AUTHOR}, {"twitterlabel1", LABEL},
	{"twitterdata1", LABELLED}, {"ogurl", URL}, {"twitterurl", OTHER_URL}, {"vrcanonical", OTHER_URL},
	{"contentlanguage", LANG}, {"oglocale", LANG}, {"dclanguage", LANG}, {"language", LANG},
	{"inlanguage", LANG}, {"ogtype", TYPE}};

enum {
	N_NAMES = sizeof names / sizeof *names,
	NAMES_MAX = 12,
	AUTHOR_BYTES = 200,
	KEY_BYTES = 64,
	ITEMPROP = 2 /* of the keys below */
};

struct found { /* one author meta; those of microdata rank last, and only the first counts: pictures have them
		  too */
	size_t rank;
	struct span value;
};

struct reading {
	struct arena *a;
	const char *country, *lang;
	struct meta *out;
	struct span value[N_NAMES]; /* first value of each name */
	struct span canonical, html_lang, title;
	VEC(struct found) found;
	VEC(struct span) scripts; /* JSON-LD */
};

static const char *plain(struct arena *a, struct span s, size_t max)
{
	struct str t;
	str_init(&t, TEXT_MAX);
	markup_text(s, true, &t);
	const char *p = t.n ? arena_dup(a, span_trim(span_cut(str_span(&t), 0, max))) : NULL;
	str_release(&t);
	return p;
}

/* Lower case, without the marks between words: "DC.date.issued", "dc:date_issued" -> "dcdateissued". */
static struct span squeeze_key(struct span key, char room[KEY_BYTES])
{
	size_t n = 0;
	for (size_t i = 0; i < key.n && n < KEY_BYTES; i++)
		if (!strchr("-_.: ", key.p[i]))
			room[n++] = key.p[i] >= 'A' && key.p[i] <= 'Z' ? (char)(key.p[i] | 32) : key.p[i];
	return (struct span){room, n};
}

static void take_meta(struct reading *r, const struct node *n)
{
	static const char *const keys[] = {"property", "name", "itemprop", "http-equiv"};
	struct span value = span_trim(node_attr(n, "content"));
	for (size_t k = 0; value.n && k < sizeof keys / sizeof *keys; k++) {
		char room[KEY_BYTES];
		struct span key = squeeze_key(node_attr(n, keys[k]), room);
		for (size_t i = 0; key.n && i < N_NAMES; i++) {
			if (!span_is(key, names[i].name))
				continue;
			if (r->value[i].n == 0)
				r->value[i] = value;
			if (names[i].what == AUTHOR && value.n <= AUTHOR_BYTES && r->found.n < NAMES_MAX &&
				!span_starts(value, "http"))
				vec_push(&r->found, ((struct found){k == ITEMPROP ? i + N_NAMES : i, value}));
		}
		if (span_ends(key, "ld+json"))
			vec_push(&r->scripts, value);
	}
}

/* The language is known before the first date is read. */
static void take_html(struct reading *r, const struct node *n)
{
	r->html_lang = span_trim(node_attr(n, "lang"));
	if (r->html_lang.n == 0)
		r->html_lang = span_trim(node_attr(n, "xml:lang"));
	if (!r->lang && r->html_lang.n)
		r->lang = arena_dup(r->a, span_cut(r->html_lang, 0, AUTHOR_BYTES));
}

static void take_node(struct reading *r, const struct node *n)
{
	if (node_is(n, "meta")) {
		take_meta(r, n);
	} else if (node_is(n, "link")) {
		if (r->canonical.n == 0 && span_is_ci(span_trim(node_attr(n, "rel")), "canonical"))
			r->canonical = span_trim(node_attr(n, "href"));
	} else if (node_is(n, "script")) {
		if (n->first)
			vec_push(&r->scripts, n->first->text);
	} else if (node_is(n, "title")) {
		if (r->title.n == 0 && n->first)
			r->title = n->first->text;
	} else if (node_is(n, "html")) {
		take_html(r, n);
	}
}

static struct span best(const struct reading *r, enum what what)
{
	for (size_t i = 0; i < N_NAMES; i++)
		if (names[i].what == what && r->value[i].n)
			return r->value[i];
	return (struct span){NULL, 0};
}

bool meta_stamp(struct span s, const char *country, const char *lang, struct stamp *to, struct stamp *other)
{
	*other = (struct stamp){0};
	s = span_trim(s);
	if (!date_read(s, country, lang, to))
		return false;
	struct civil c = civil_from(to->at, to->zone);
	size_t sep = s.n > 2 && strchr("/-.", s.p[1]) ? 1 : 2;
	int day = c.day;
	if (s.n < 8 || !strchr("/-.", s.p[sep]) || day > 12 || day == c.month)
		return true;
	c.day = c.month;
	c.month = day;
	*other = *to;
	other->at = civil_to_seconds(&c, to->zone);
	return true;
}

static void best_stamp(const struct reading *r, enum what what, struct stamp *to, struct stamp *other)
{
	for (size_t i = 0; !to->known && i < N_NAMES; i++)
		if (names[i].what == what && r->value[i].n)
			meta_stamp(r->value[i], r->country, r->lang, to, other);
}

static void first(struct reading *r, const char **to, struct span s, size_t max)
{
	if (!*to && s.n)
		*to = plain(r->a, s, max);
}

/* Cards for Twitter name what they show in two lines. */
static void labelled_author(struct reading *r)
{
	static const char *const labels[] = {"written by", "author", "by", "verfasst von", "geschrieben von",
		"von", "autor", "escrito por", "écrit par", "scritto da", "por", "skriven av", "skrevet av",
		"geschreven door", "tác giả", "được viết bởi", "viết bởi", "ditulis oleh", "yazan", "автор",
		"написано автором", "napisane przez", "作者", "著者", "執筆者", "글쓴이"};
	struct span label = best(r, LABEL), value = best(r, LABELLED);
	for (size_t i = 0; value.n && i < sizeof labels / sizeof *labels; i++)
		if (span_is_ci(label, labels[i])) {
			const char *s = plain(r->a, value, AUTHOR_BYTES);
			if (s)
				vec_push(&r->out->authors.list, s);
			return;
		}
}

/* By rank, with NULL between the ranks: a page may name its outlet in one and the author in the next. */
static void take_authors(struct reading *r)
{
	for (size_t rank = 0; rank < 2 * N_NAMES; rank++) {
		size_t before = r->out->authors.list.n;
		vec_each (f, &r->found) {
			const char *s = f->rank == rank ? plain(r->a, f->value, AUTHOR_BYTES) : NULL;
			if (s && (rank < N_NAMES || r->out->authors.list.n == before))
				vec_push(&r->out->authors.list, s);
		}
		if (r->out->authors.list.n > before)
			vec_push(&r->out->authors.list, NULL);
	}
	labelled_author(r);
}

static const char *home(const struct reading *r, const char *url)
{
	struct span addresses[] = {span_of(url), r->canonical, best(r, URL)};
	const char *host = NULL;
	for (size_t i = 0; !host && i < sizeof addresses / sizeof *addresses; i++)
		if (span_starts_ci(addresses[i], "http"))
			host = url_host(r->a, arena_dup(r->a, addresses[i]));
	return country_of(r->html_lang, best(r, LANG), span_of(host));
}

void meta_read(struct arena *a, const struct node *root, const char *country, const char *lang,
	const char *url, struct meta *out)
{
	struct reading *r = arena_new(a, struct reading);
	*r = (struct reading){.a = a, .country = country, .lang = lang, .out = out};
	for (const struct node *n = root; n; n = node_after(n, root))
		if (n->tag.n)
			take_node(r, n);
	struct stamp other;
	r->country = out->country = country ? country : home(r, url);
	first(r, &out->og_title, best(r, TITLE), TITLE_MAX);
	first(r, &out->page_title, r->title, TITLE_MAX);
	ld_read(a, r->scripts.p, r->scripts.n, r->country, r->lang, out);
	best_stamp(r, PUBLISHED, &out->published, &out->other_day);
	best_stamp(r, DATED, &out->dated, &other);
	best_stamp(r, UPDATED, &out->updated, &other);
	first(r, &out->other_title, best(r, OTHER_TITLE), TITLE_MAX);
	first(r, &out->site, best(r, SITE), TITLE_MAX);
	const char *description = out->description,
		   *language = out->lang; /* of JSON-LD, wrong more often than the page's own */
	out->description = out->lang = NULL;
	first(r, &out->description, best(r, DESCRIPTION), SUMMARY_MAX);
	first(r, &out->lang, r->html_lang, TITLE_MAX);
	first(r, &out->lang, best(r, LANG), TITLE_MAX);
	out->description = out->description ? out->description : description;
	out->lang = out->lang ? out->lang : language;
	first(r, &out->og_url, best(r, URL), URL_MAX);
	first(r, &out->canonical, r->canonical, URL_MAX);
	first(r, &out->type, best(r, TYPE), TITLE_MAX);
	first(r, &out->other_url, best(r, OTHER_URL), URL_MAX);
	take_authors(r);
	vec_release(&r->found);
	vec_release(&r->scripts);
}

void meta_release(struct meta *m)
{
	vec_release(&m->json_authors.list);
	vec_release(&m->authors.list);
	vec_release(&m->outlets.list);
}
