/* read: one document -> its articles. This is what `soatin read` and the workers do; it keeps no state
 * between documents, so that any part of an archive can be read on any machine. A page that a feed entry led
 * to carries that entry with it (Soatin-Entry), and the two become one article here: title, address and date
 * as the feed has them, text as the page has it. */
#include <string.h>

#include "base/i18n.h"
#include "base/limits.h"
#include "base/url.h"
#include "base/utf8.h"
#include "feed/feed.h"
#include "page/page.h"
#include "scan/scan.h"

#include "base/banned.h"

/* Other tools keep the chunks in their records; ours name the coding, too, but have undone it. */
static struct span body_of(struct arena *a, const struct warc_http *http)
{
	struct span body = http->body;
	struct str whole;
	if (!span_is_ci(warc_http_header(http->head, "Transfer-Encoding"), "chunked"))
		return body;
	str_init(&whole, BODY_MAX);
	if (warc_http_unchunk(http->body, &whole))
		body = arena_span(a, str_span(&whole));
	str_release(&whole);
	return body;
}

bool document_of_record(
	struct arena *a, const struct warc_record *rec, const char *file, struct document *out)
{
	struct warc_http http;
	struct stamp when;
	struct err ignored = {0};
	const struct json *doc;
	*out = (struct document){.evidence.offset = -1};
	if (!span_is(rec->type, "response") || !warc_http_parse(rec->block, &http))
		return false;
	if (http.status < 200 || http.status > 299)
		return false;
	out->body = body_of(a, &http);
	out->content_type = http.content_type;
	out->content_encoding = http.content_encoding;
	out->url = arena_dup(a, rec->uri);
	out->cut = rec->truncated.n > 0;
	if (rec->as.n)
		out->as = arena_dup(a, rec->as);
	out->entry = rec->entry;
	if (stamp_parse_rfc3339(rec->date, &when))
		out->fetched = when.at;
	if (rec->source.n && json_read(a, rec->source, &doc, &ignored) == 0)
		source_read(doc, &out->source);
	if (!out->source.id)
		out->source.id = url_host(a, out->url);
	if (rec->digest.n)
		out->evidence.digest = arena_dup(a, rec->digest);
	if (rec->file.n && span_find_byte(rec->file, '/', 0) == SIZE_MAX) {
		out->evidence.file = arena_dup(a, rec->file);
		out->evidence.offset = rec->file_offset;
	} else if (file) {
		out->evidence.file = file;
		out->evidence.offset = rec->offset;
	}
	return true;
}

static const char *cut_text(struct arena *a, const char *s, size_t max)
{
	struct span t = span_of(s);
	return t.n > max ? arena_dup(a, utf8_prefix(t, max)) : s;
}

/* What every article gets from its document. */
static void provenance(struct arena *a, const struct document *d, struct article *x)
{
	x->source = d->source;
	x->source.content = x->source.remove = x->source.date = x->source.links = NULL;
	x->fetched = d->fetched;
	x->evidence = d->evidence;
	x->from = d->from;
	x->title = cut_text(a, x->title, TITLE_MAX);
	x->summary = cut_text(a, x->summary, SUMMARY_MAX);
	x->text = cut_text(a, x->text, TEXT_MAX);
	if (!x->lang)
		x->lang = d->source.lang;
	article_set_id(a, x);
}

/* Of a feed above the limit the beginning is taken; one that swells like no text does, or whose compression
 * broke off by itself, is none of which a part could be trusted. */
static int read_feed(struct arena *a, const struct document *d, const struct decoded *text,
	struct reading *out, struct report *rep, struct err *e)
{
	struct feed_hints h = {d->url, d->content_type, d->source.country, d->source.lang,
		d->cut      ? d->body.n
		: text->cut ? BODY_MAX
			    : 0};
	struct feed f = {0};
	if (text->cut == DECODE_BOMB || (text->cut == DECODE_SHORT && !d->cut))
		return decode_refuse(text->cut, e);
	if (feed_read(a, text->text, &h, &f, rep, e) < 0)
		return -1;
	out->is_feed = true;
	out->format = f.format;
	out->title = f.title;
	out->link = f.link;
	out->lang = f.lang;
	out->ttl = f.ttl;
	out->skip_hours = f.skip_hours;
	out->skip_days = f.skip_days;
	out->articles = f.entries;
	out->n = f.n;
	for (size_t i = 0; i < f.n; i++) {
		if (!f.entries[i]->lang)
			f.entries[i]->lang = f.lang;
		provenance(a, d, f.entries[i]);
	}
	return 0;
}

const char *document_as(const struct source_conf *x)
{
	return x->as && strcmp(x->as, "page") == 0 ? "section" : x->as;
}

struct source document_source(const struct source_conf *x)
{
	return (struct source){
		x->id, x->name, x->kind, x->country, x->lang, x->content, x->remove, x->date, x->links};
}

/* A page with links to articles: to be fetched, as the entries of a feed without texts. */
static int read_section(struct arena *a, const struct document *d, struct span text, struct reading *out,
	struct report *rep, struct err *e)
{
	struct page_hints h = {.url = d->url, .links = d->source.links};
	struct page_links l;
	if (page_links(a, text, &h, &l, rep, e) < 0)
		return -1;
	out->is_feed = true;
	out->format = "section";
	out->title = l.title;
	out->link = d->url;
	out->lang = l.lang;
	out->articles = arena_array(a, struct article *, l.n + 1);
	for (size_t i = 0; i < l.n; i++) {
		struct article *x = arena_new(a, struct article);
		x->evidence.offset = -1;
		x->url = l.link[i].url;
		x->title = l.link[i].title;
		x->lang = l.lang;
		provenance(a, d, x);
		out->articles[out->n++] = x;
	}
	return 0;
}

static const char *entry_text(const struct json *entry, const char *key)
{
	struct span s = json_get_string(entry, key);
	return s.n ? s.p : NULL;
}

/* The entry that led to the page, as an article; false when there is none or it cannot be read. */
static bool read_entry(struct arena *a, struct span json, struct article *out)
{
	const struct json *doc;
	struct err ignored = {0};
	*out = (struct article){.evidence.offset = -1};
	if (!json.n || json_read(a, json, &doc, &ignored) < 0)
		return false;
	const struct json *authors = json_get(doc, "authors");
	out->url = entry_text(doc, "url");
	out->title = entry_text(doc, "title");
	out->summary = entry_text(doc, "summary");
	out->guid = entry_text(doc, "guid");
	out->authors = json_len(authors) ? arena_array(a, const char *, json_len(authors)) : NULL;
	for (size_t i = 0; i < json_len(authors); i++)
		if (json_kind(json_at(authors, i)) == JSON_STRING)
			out->authors[out->n_authors++] = json_string(json_at(authors, i)).p;
	stamp_parse_rfc3339(json_get_string(doc, "published"), &out->published);
	return true;
}

static void merge(struct article *page, const struct article *entry)
{
	if (entry->url)
		page->url = entry->url;
	if (entry->title)
		page->title = entry->title;
	if (!page->summary)
		page->summary = entry->summary;
	page->guid = entry->guid;
	if (entry->published.known)
		page->published = entry->published;
	if (!page->n_authors) {
		page->authors = entry->authors;
		page->n_authors = entry->n_authors;
	}
}

static int read_page(struct arena *a, const struct document *d, struct span text, struct reading *out,
	struct report *rep, struct err *e)
{
	struct article entry, *x = arena_new(a, struct article);
	bool led = read_entry(a, d->entry, &entry);
	const struct source *s = &d->source;
	struct page_hints h = {
		d->url, s->country, s->lang, led ? entry.title : NULL, s->content, s->remove, s->date, NULL};
	x->evidence.offset = -1;
	out->why = d->why ? arena_new(a, struct page_why) : NULL;
	if ((d->why ? page_explain(a, text, &h, x, out->why, rep, e) : page_read(a, text, &h, x, rep, e)) < 0)
		return -1;
	if (!x->url)
		x->url = d->url;
	if (led)
		merge(x, &entry);
	provenance(a, d, x);
	article_take_remarks(a, x, rep);
	out->format = "page";
	out->articles = arena_array(a, struct article *, 1);
	out->articles[0] = x;
	out->n = 1;
	return 0;
}

/* Nobody said what it is: JSON and XML that is no (X)HTML is a feed, the rest a page. */
static bool looks_like_feed(struct span text)
{
	struct span s = span_trim(span_cut(text, 0, 4096));
	if (s.n && (s.p[0] == '{' || s.p[0] == '['))
		return true;
	static const char *const roots[] = {
		"<rss", "<feed", "<rdf:RDF", "<channel", "<urlset", "<sitemapindex"};
	for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
		if (span_find_ci(s, roots[i], 0) != SIZE_MAX)
			return true;
	return span_starts(s, "<?xml") && span_find_ci(s, "<html", 0) == SIZE_MAX;
}

/* A page that is too long or was cut short tells by its beginning. */
static void tell_cut(struct arena *a, struct span text, struct report *rep)
{
	long line, col;
	if (text.n > BODY_MAX) /* markup/ says it */
		return;
	utf8_place(text, text.n, &line, &col);
	report_add(rep, R_PAGE_CUT, line, col, arena_printf(a, "%zu", text.n), NULL);
}

int read_document(struct reader *r, struct arena *a, const struct document *d, struct reading *out,
	struct report *rep, struct err *e)
{
	struct decoded text;
	*out = (struct reading){0};
	if (!d->body.n) {
		err_set(e, ERR_DATA, N_("the answer is empty"), NULL, NULL);
		return err_todo(e, N_("old items stay; look whether the address still carries the feed"));
	}
	if (decode_start(r->decode, a, d->body, d->content_encoding, d->content_type, d->cut, &text, rep, e) <
		0)
		return -1;
	out->charset = text.charset;
	bool section = d->as && strcmp(d->as, "section") == 0;
	if (d->as ? !section && strcmp(d->as, "page") != 0 : looks_like_feed(text.text))
		return read_feed(a, d, &text, out, rep, e);
	if (d->cut || text.cut)
		tell_cut(a, text.text, rep);
	return section ? read_section(a, d, text.text, out, rep, e) : read_page(a, d, text.text, out, rep, e);
}
