/* meta: see meta.h. One walk over the tree; a table says which meta names mean what, the better ones first:
 * of two sources for the same thing the one higher in the table wins. */
#include "page/meta.h"

#include <string.h>

#include "base/limits.h"
#include "base/str.h"
#include "page/ld.h"

#include "base/banned.h"

enum what {
	TITLE,
	OTHER_TITLE,
	SITE,
	DESCRIPTION,
	PUBLISHED,
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

/* meta name/property/itemprop in lower case, by rising rank of trust downwards: the first entry found wins.
 */
static const struct {
	const char *name;
	enum what what;
} names[] = {{"og:title", TITLE}, {"twitter:title", OTHER_TITLE}, {"parsely-title", OTHER_TITLE},
	{"sailthru.title", OTHER_TITLE}, {"dc.title", OTHER_TITLE}, {"dcterms.title", OTHER_TITLE},
	{"title", OTHER_TITLE}, {"headline", OTHER_TITLE}, {"og:site_name", SITE}, {"application-name", SITE},
	{"twitter:site", SITE}, {"publisher", SITE}, {"dc.publisher", SITE}, {"og:description", DESCRIPTION},
	{"description", DESCRIPTION}, {"twitter:description", DESCRIPTION}, {"dc.description", DESCRIPTION},
	{"article:published_time", PUBLISHED}, {"og:article:published_time", PUBLISHED},
	{"article:published", PUBLISHED}, {"datepublished", PUBLISHED}, {"parsely-pub-date", PUBLISHED},
	{"sailthru.date", PUBLISHED}, {"pubdate", PUBLISHED}, {"publishdate", PUBLISHED},
	{"publish-date", PUBLISHED}, {"publish_date", PUBLISHED}, {"publication_date", PUBLISHED},
	{"ptime", PUBLISHED}, {"cxenseparse:recs:publishtime", PUBLISHED}, {"rnews:datepublished", PUBLISHED},
	{"dc.date.issued", PUBLISHED}, {"dcterms.issued", PUBLISHED}, {"dcterms.created", PUBLISHED},
	{"dc.date.created", PUBLISHED}, {"dc.created", PUBLISHED}, {"citation_publication_date", PUBLISHED},
	{"citation_date", PUBLISHED}, {"article.published", PUBLISHED}, {"article_date_original", PUBLISHED},
	{"articledate", PUBLISHED}, {"og:pubdate", PUBLISHED}, {"og:published_time", PUBLISHED},
	{"original-publish-date", PUBLISHED}, {"datecreated", PUBLISHED}, {"date_published", PUBLISHED},
	{"published_at", PUBLISHED}, {"vr:published_time", PUBLISHED}, {"lastpubdate", PUBLISHED},
	{"release_date", PUBLISHED}, {"article:post_date", PUBLISHED}, {"dc.date", PUBLISHED},
	{"dcterms.date", PUBLISHED}, {"date", PUBLISHED}, {"bt:pubdate", PUBLISHED}, {"created", PUBLISHED},
	{"video:release_date", PUBLISHED}, {"published-date", PUBLISHED}, {"pub_date", PUBLISHED},
	{"publish_time", PUBLISHED}, {"pubtime", PUBLISHED}, {"dateupdate", UPDATED},
	{"article:modified_time", UPDATED}, {"og:updated_time", UPDATED},
	{"og:article:modified_time", UPDATED}, {"datemodified", UPDATED}, {"dcterms.modified", UPDATED},
	{"dc.date.modified", UPDATED}, {"lastmod", UPDATED}, {"last-modified", UPDATED},
	{"revision_date", UPDATED}, {"moddate", UPDATED}, {"article:updated", UPDATED}, {"author", AUTHOR},
	{"article:author", AUTHOR}, {"parsely-author", AUTHOR}, {"sailthru.author", AUTHOR}, {"byl", AUTHOR},
	{"dc.creator", AUTHOR}, {"dcterms.creator", AUTHOR}, {"citation_author", AUTHOR},
	{"article:author_name", AUTHOR}, {"og:article:author", AUTHOR}, {"og:author", AUTHOR},
	{"dc.contributor", AUTHOR}, {"cxenseparse:author", AUTHOR}, {"article.author", AUTHOR},
	{"twitter:label1", LABEL}, {"twitter:data1", LABELLED}, {"og:url", URL}, {"twitter:url", OTHER_URL},
	{"vr:canonical", OTHER_URL}, {"content-language", LANG}, {"og:locale", LANG}, {"dc.language", LANG},
	{"language", LANG}, {"inlanguage", LANG}, {"og:type", TYPE}};

enum {
	N_NAMES = sizeof names / sizeof *names,
	NAMES_MAX = 12,
	AUTHOR_BYTES = 200,
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

static void take_meta(struct reading *r, const struct node *n)
{
	static const char *const keys[] = {"property", "name", "itemprop", "http-equiv"};
	struct span value = span_trim(node_attr(n, "content"));
	for (size_t k = 0; value.n && k < sizeof keys / sizeof *keys; k++) {
		struct span key = span_trim(node_attr(n, keys[k]));
		for (size_t i = 0; key.n && i < N_NAMES; i++) {
			if (!span_is_ci(key, names[i].name))
				continue;
			if (r->value[i].n == 0)
				r->value[i] = value;
			if (names[i].what == AUTHOR && value.n <= AUTHOR_BYTES && r->found.n < NAMES_MAX &&
				!span_starts(value, "http"))
				vec_push(&r->found, ((struct found){k == ITEMPROP ? i + N_NAMES : i, value}));
		}
	}
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
			ld_read(r->a, n->first->text, r->country, r->lang, r->out);
	} else if (node_is(n, "title")) {
		if (r->title.n == 0 && n->first)
			r->title = n->first->text;
	} else if (node_is(n, "html")) {
		r->html_lang = span_trim(node_attr(n, "lang"));
		if (r->html_lang.n == 0)
			r->html_lang = span_trim(node_attr(n, "xml:lang"));
	}
}

static struct span best(const struct reading *r, enum what what)
{
	for (size_t i = 0; i < N_NAMES; i++)
		if (names[i].what == what && r->value[i].n)
			return r->value[i];
	return (struct span){NULL, 0};
}

static void best_stamp(const struct reading *r, enum what what, struct stamp *to)
{
	for (size_t i = 0; !to->known && i < N_NAMES; i++)
		if (names[i].what == what && r->value[i].n)
			date_read(r->value[i], r->country, r->lang, to);
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

void meta_read(
	struct arena *a, const struct node *root, const char *country, const char *lang, struct meta *out)
{
	struct reading *r = arena_new(a, struct reading);
	*r = (struct reading){.a = a, .country = country, .lang = lang, .out = out};
	for (const struct node *n = root; n; n = node_after(n, root))
		if (n->tag.n)
			take_node(r, n);
	best_stamp(r, PUBLISHED, &out->published);
	best_stamp(r, UPDATED, &out->updated);
	first(r, &out->og_title, best(r, TITLE), TITLE_MAX);
	first(r, &out->other_title, best(r, OTHER_TITLE), TITLE_MAX);
	first(r, &out->page_title, r->title, TITLE_MAX);
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
}

void meta_release(struct meta *m)
{
	vec_release(&m->json_authors.list);
	vec_release(&m->authors.list);
	vec_release(&m->outlets.list);
}
