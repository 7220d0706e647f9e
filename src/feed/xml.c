/* xml: RSS, RDF, Atom, CDF and sitemaps. One state machine over markup's events: each open element has a
 * place (in the feed, in an entry, in a person, in what is skipped); a word of ours in that place (words.c)
 * says what to do. The text of a field is gathered (gather.c), and stored at the field's end (fields.c). */
#include <string.h>

#include "base/i18n.h"
#include "base/url.h"
#include "feed/reading.h"

#include "base/banned.h"

/* ---- words ---- */

static enum ns space_of(const struct reading *r, struct span uri)
{
	enum ns ns = word_ns(uri);
	return ns == NS_OTHER && span_eq(uri, r->root_ns) ? NS_CORE : ns;
}

/* Names and name spaces are kept once by the parser, so their addresses tell which word it is. */
static const struct word *lookup(
	struct reading *r, struct span name, struct span uri, unsigned where, enum ns *space)
{
	uintptr_t h = (uintptr_t)name.p ^ ((uintptr_t)uri.p >> 4) ^ where;
	struct cached *c = &r->cache[(h ^ h >> 7) % CACHE];
	if (c->name != name.p || c->ns != uri.p || c->where != where || c->name_n != name.n ||
		c->ns_n != uri.n) {
		enum ns ns = space_of(r, uri);
		if (ns == NS_OTHER && where == IN_NOTHING)
			ns = NS_CORE; /* what the root calls itself, its children may */
		*c = (struct cached){name.p, uri.p, name.n, uri.n, where, word_find(ns, name, where), ns};
	}
	*space = c->space;
	return c->word;
}

/* ---- elements ---- */

static void entry_end(struct reading *r)
{
	if (!r->in_entry)
		return;
	if (r->level[r->depth].lang && !r->entry.slot[SLOT_LANG].rank)
		parts_put(&r->entry, SLOT_LANG, span_of(r->level[r->depth].lang), 1, FORM_PLAIN);
	making_add(r->m, &r->entry);
	r->in_entry = false;
}

static void entry_begin(struct reading *r, const struct markup_attr *a, size_t n)
{
	entry_end(r); /* the one before was never closed */
	parts_clear(&r->entry);
	r->in_entry = true;
	r->entry.place = r->place;
	r->level[r->depth].entry = true;
	struct span about = word_attr_ns(a, n, NS_RDF, "about");
	if (about.n)
		parts_put(&r->entry, SLOT_GUID, about, 2, FORM_PLAIN);
	field_address(r, SLOT_LINK, word_attr(a, n, "href"), 2); /* CDF */
	parts_put(&r->entry, SLOT_UPDATED, word_attr(a, n, "lastmod"), 2, FORM_PLAIN);
}

static void root(struct reading *r, struct span name, struct span ns)
{
	if (r->seen_root)
		return;
	r->seen_root = true;
	r->m->head.place = r->place;
	r->m->kind = span_is_ci(name, "sitemapindex") ? "index" : NULL; /* its entries are sitemaps */
	r->root_ns = arena_span(r->m->a, ns);
	r->atom = span_is_ci(name, "feed") || span_is_ci(name, "entry");
	r->m->out->format = r->atom                                                          ? "atom"
			    : span_is_ci(name, "rdf")                                        ? "rdf"
			    : span_is_ci(name, "urlset") || span_is_ci(name, "sitemapindex") ? "sitemap"
											     : "rss";
}

static void cdf_channel(struct reading *r, const struct markup_attr *a, size_t n)
{
	struct level *l = &r->level[r->depth];
	const char *base = url_resolve(r->m->a, l->base, word_attr(a, n, "base"));
	if (base)
		l->base = base;
	field_address(r, SLOT_LINK, word_attr(a, n, "href"), 2);
}

static void begin(struct reading *r, const struct word *w, struct span name, struct span uri, enum ns ns,
	const struct markup_attr *a, size_t n)
{
	struct level *l = &r->level[r->depth];
	switch (w->act) {
	case ACT_HTML:
		r->html = true;
		break;
	case ACT_ROOT:
	case ACT_FEED:
		root(r, name, uri);
		l->where = IN_FEED;
		if (w->act == ACT_FEED && n)
			cdf_channel(r, a, n);
		break;
	case ACT_ENTRY:
		root(r, name, uri);
		l->where = IN_ENTRY;
		entry_begin(r, a, n);
		break;
	case ACT_INTO:
		l->where = l[-1].where;
		break;
	case ACT_SOURCE:
		l->where = IN_SOURCE;
		break;
	case ACT_PERSON:
		l->where = IN_PERSON;
		l->person = w;
		str_clear(&r->name);
		str_clear(&r->mail);
		field_begin(r, w, ns, a, n);
		break;
	case ACT_ENCLOSURE:
		field_enclosure(r, ns, a, n);
		l->where = IN_ENTRY;
		break;
	case ACT_LINK:
		if (word_attr(a, n, "href").n ||
			(word_attr(a, n, "rel").n && !span_is_ci(word_attr(a, n, "rel"), "alternate")))
			field_link(r, w, ns, a, n);
		else
			field_begin(r, w, ns, a, n);
		break;
	case ACT_GUID:
		r->guid_is_link = !span_is_ci(span_trim(word_attr(a, n, "ispermalink")), "false");
		field_begin(r, w, ns, a, n);
		break;
	case ACT_NAME:
	case ACT_MAIL:
	case ACT_TEXT:
	case ACT_DATE:
	case ACT_TTL:
	case ACT_PERIOD:
	case ACT_FREQUENCY:
	case ACT_HOUR:
	case ACT_DAY:
		field_begin(r, w, ns, a, n);
		break;
	case ACT_SKIP:
		break;
	}
}

/* RSS and Atom begin their names with small letters, CDF writes what it likes. */
static void tell_case(struct reading *r, const struct word *w, struct span name)
{
	r->cdf |= w->act == ACT_FEED && r->depth == 1;
	if (w->ns != NS_CORE || r->cdf)
		return;
	if (name.p[0] >= 'A' && name.p[0] <= 'Z' && !span_is(name, "RDF")) {
		r->case_told = true;
		odd_remark(r->m, R_FEED_TAG_CASE, name, (struct span){0});
	}
}

static void on_start(void *ctx, struct span name, struct span uri, const struct markup_attr *a, size_t n)
{
	struct reading *r = ctx;
	struct level *up = &r->level[r->depth], *l = &r->level[++r->depth];
	enum ns ns;
	r->m->place = r->place;
	*l = (struct level){.base = up->base, .lang = up->lang};
	for (size_t i = 0; i < n; i++) {
		if (!a[i].ns.n || word_ns(a[i].ns) != NS_XML)
			continue;
		if (span_is(a[i].name, "base"))
			l->base = url_resolve(r->m->a, up->base, a[i].value);
		else if (span_is(a[i].name, "lang"))
			l->lang = arena_dup(r->m->a, span_trim(a[i].value));
	}
	if (!l->base)
		l->base = up->base;
	bool person = r->g.word && r->g.word->act == ACT_PERSON;
	if (r->g.word && !person) {
		gather_start(&r->g, name, a, n);
		return;
	}
	const struct word *w = up->where ? lookup(r, name, uri, up->where, &ns) : NULL;
	if (w && !r->case_told)
		tell_case(r, w, name);
	if (w)
		begin(r, w, name, uri, ns, a, n);
	else if (up->where == IN_NOTHING)
		l->where = IN_NOTHING; /* a feed may be wrapped in something */
	if (l->lang && *l->lang && w && (w->act == ACT_ROOT || w->act == ACT_FEED))
		parts_put(&r->m->head, SLOT_LANG, span_of(l->lang), 1, FORM_PLAIN);
}

static void on_text(void *ctx, struct span text)
{
	struct reading *r = ctx;
	struct gather *g = &r->g;
	if (!g->word)
		return;
	if (g->word->act == ACT_PERSON && r->depth != g->depth)
		return;
	gather_text(g, text, r->depth);
}

static bool reads(void *ctx)
{
	const struct reading *r = ctx;
	return r->g.word && !r->g.ignore;
}

static void on_end(void *ctx, struct span name, struct span uri)
{
	struct reading *r = ctx;
	(void)uri;
	if (r->g.word && r->depth == r->g.depth)
		field_end(r);
	else if (r->g.word && r->g.word->act != ACT_PERSON)
		gather_end(&r->g, name);
	if (r->level[r->depth].person)
		field_person_end(r, r->level[r->depth].person);
	if (r->level[r->depth].entry)
		entry_end(r);
	r->depth--;
}

static void reset(void *ctx)
{
	struct reading *r = ctx;
	report_back(r->m->rep, r->remarks);
	arena_back(r->m->a, r->before);
	r->root_ns = (struct span){0};
	r->depth = 0;
	r->in_entry = r->seen_root = r->html = r->atom = r->cdf = r->case_told = false;
	r->level[0] = (struct level){.where = IN_NOTHING, .base = r->m->hints->url};
	r->g.word = NULL;
	r->period = r->frequency = 0;
	r->m->entries.n = r->m->places.n = 0;
	r->m->too_many = false;
	r->m->kind = NULL;
	*r->m->out = (struct feed){0};
	parts_clear(&r->entry);
	parts_clear(&r->m->head);
	memset(r->cache, 0, sizeof r->cache);
}

int feed_xml(struct making *m, struct span utf8, struct err *e)
{
	static const struct markup_events events = {
		on_start, on_text, on_end, reads, offsetof(struct reading, place)};
	struct reading *r = xcalloc(1, sizeof *r);
	r->m = m;
	r->remarks = m->rep->list.n;
	r->before = arena_mark(m->a);
	int outcome = markup_xml(utf8, &events, reset, r, m->rep, e);
	if (outcome >= 0 && (!r->seen_root || r->html))
		outcome = err_set(e, ERR_DATA,
			r->html ? N_("an HTML page, not a feed") : N_("XML, but not a feed"), NULL, NULL);
	m->out->partial = outcome == MARKUP_PARTIAL;
	if (!m->out->ttl && r->period)
		m->out->ttl = r->period / (r->frequency ? r->frequency : 1);
	parts_release(&r->entry);
	str_release(&r->g.s);
	str_release(&r->name);
	str_release(&r->mail);
	free(r);
	return outcome < 0 ? -1 : 0;
}
