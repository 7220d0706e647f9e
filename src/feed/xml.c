/* xml: RSS, RDF, Atom, CDF and sitemaps. One state machine over markup's events: each open element has a
 * place (in the feed, in an entry, in a person, in what is skipped); a word of ours in that place (words.c)
 * says what to do. The text of a field is gathered until the field's end; elements inside it, as XHTML
 * content has them and careless RSS too, are written back as HTML. */
#include <string.h>

#include "base/i18n.h"
#include "base/limits.h"
#include "base/url.h"
#include "feed/words.h"
#include "markup/markup.h"

#include "base/banned.h"

enum { RANK_MAIL = 3, RANK_CREATOR }; /* of authors in words.c */
enum { CACHE = 128 };                 /* words met, by the address of their name; a power of two */

struct level {
	unsigned where;            /* IN_* of its children; 0: skipped */
	bool entry;                /* this element began the entry */
	const struct word *person; /* it is; NULL: none */
	const char *base;          /* in the arena; NULL none */
	const char *lang;
};

struct gather {                  /* the field being read */
	const struct word *word; /* NULL: none */
	unsigned depth;          /* of its element */
	enum form form;
	bool xml; /* children are markup: text is escaped */
	bool base64;
	bool ignore; /* binary, or it stands elsewhere */
	struct str s;
};

struct cached {
	const char *name, *ns;
	size_t name_n, ns_n;
	unsigned where;
	const struct word *word;
	enum ns space;
};

struct reading {
	struct making *m;
	struct markup_place place; /* set by markup/ */
	struct parts entry;
	bool in_entry, seen_root, html;
	struct level level[DEPTH_MAX + 1]; /* level[0] is the document */
	unsigned depth;
	struct gather g;
	struct span root_ns; /* in the arena */
	bool atom;
	struct str name, mail;     /* of the person being read */
	const struct word *author; /* that gave the entry's */
	bool guid_is_link;
	int64_t period, frequency;
	struct cached cache[CACHE];
};

/* ---- attributes ---- */

static struct span attr(const struct markup_attr *a, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (!a[i].ns.n && span_is_ci(a[i].name, name))
			return a[i].value;
	return (struct span){NULL, 0};
}

static struct span attr_ns(const struct markup_attr *a, size_t n, enum ns ns, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (a[i].ns.n && span_is_ci(a[i].name, name) && word_ns(a[i].ns) == ns)
			return a[i].value;
	return (struct span){NULL, 0};
}

static const struct level *here(const struct reading *r)
{
	return &r->level[r->depth];
}

static struct parts *parts_here(struct reading *r)
{
	return r->in_entry ? &r->entry : &r->m->head;
}

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

static void put_address(struct reading *r, enum slot slot, struct span address, int rank)
{
	char *url = feed_address(r->m, here(r)->base, address);
	if (url)
		parts_put(parts_here(r), slot, span_of(url), rank, FORM_PLAIN);
}

/* ---- gathering the text of a field ---- */

static bool type_is_text(struct span type)
{
	return span_starts_ci(type, "text/") || span_is_ci(type, "text") || span_is_ci(type, "html") ||
	       span_is_ci(type, "xhtml") || span_ends(type, "+xml") || span_ends(type, "/xml") || !type.n;
}

/* What an Atom text construct holds; in RSS everything is HTML. */
static void gather_form(struct reading *r, enum ns ns, const struct markup_attr *a, size_t n)
{
	struct gather *g = &r->g;
	bool atom = ns == NS_ATOM || (r->atom && ns == NS_CORE);
	g->form = !atom || g->xml ? FORM_HTML : FORM_PLAIN;
	if (!n) /* nothing more is said, as a rule */
		return;
	struct span type = span_trim(attr(a, n, "type")), mode = span_trim(attr(a, n, "mode"));
	bool html = span_is_ci(type, "html") || span_is_ci(type, "text/html") ||
		    span_is_ci(type, "application/xhtml+xml");
	g->form = !atom || html || g->xml ? FORM_HTML : FORM_PLAIN;
	g->xml |= span_is_ci(type, "xhtml") || span_is_ci(type, "application/xhtml+xml");
	if (g->xml)
		g->form = FORM_HTML;
	g->base64 = span_is_ci(mode, "base64") || (atom && !type_is_text(type) && !mode.n);
	if (g->base64 && !html && !type_is_text(type) && !g->xml && g->word->slot == SLOT_TEXT)
		g->ignore = true; /* a picture, a recording */
	if (g->base64 && g->form == FORM_PLAIN)
		g->form = FORM_RAW;
	if (attr(a, n, "src").n && g->word->slot == SLOT_TEXT) {
		put_address(r, SLOT_LINK, attr(a, n, "src"), 1);
		g->ignore = true;
	}
}

static void gather_begin(
	struct reading *r, const struct word *w, enum ns ns, const struct markup_attr *a, size_t n)
{
	str_clear(&r->g.s);
	r->g = (struct gather){
		.word = w, .depth = r->depth, .s = r->g.s, .form = FORM_PLAIN, .xml = ns == NS_XHTML};
	if (w->slot == SLOT_TITLE || w->slot == SLOT_SUMMARY || w->slot == SLOT_TEXT)
		gather_form(r, ns, a, n);
}

static void put_escaped(struct str *out, struct span s, bool quotes)
{
	size_t from = 0;
	for (size_t i = 0; i < s.n; i++) {
		const char *as = s.p[i] == '<'             ? "&lt;"
				 : s.p[i] == '&'           ? "&amp;"
				 : s.p[i] == '"' && quotes ? "&quot;"
							   : NULL;
		if (!as)
			continue;
		str_add(out, span_cut(s, from, i));
		str_adds(out, as);
		from = i + 1;
	}
	str_add(out, span_cut(s, from, s.n));
}

/* An element inside a field, written back. Only what a reader of the text can need of its attributes. */
static void gather_start(struct gather *g, struct span name, const struct markup_attr *a, size_t n)
{
	static const char *const kept[] = {"href", "src", "alt"};
	if (g->form == FORM_PLAIN) { /* said to be plain, and is not */
		struct str was = g->s;
		g->s = (struct str){0};
		put_escaped(&g->s, str_span(&was), false);
		str_release(&was);
		g->form = FORM_HTML;
	}
	str_addc(&g->s, '<');
	str_add(&g->s, name);
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
		struct span v = attr(a, n, kept[i]);
		if (!v.n)
			continue;
		str_addf(&g->s, " %s=\"", kept[i]);
		put_escaped(&g->s, v, true);
		str_addc(&g->s, '"');
	}
	str_addc(&g->s, '>');
}

static void gather_end(struct gather *g, struct span name)
{
	static const char *const leaves[] = {"br", "hr", "img", "wbr", "input"};
	for (size_t i = 0; i < sizeof leaves / sizeof *leaves; i++)
		if (span_is_ci(name, leaves[i]))
			return;
	str_adds(&g->s, "</");
	str_add(&g->s, name);
	str_addc(&g->s, '>');
}

static int sextet(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

static void undo_base64(struct str *s)
{
	size_t to = 0;
	unsigned bits = 0, n = 0;
	for (size_t i = 0; i < s->n; i++) {
		int v = sextet(s->p[i]);
		if (v < 0)
			continue;
		bits = bits << 6 | (unsigned)v;
		n += 6;
		if (n < 8)
			continue;
		n -= 8;
		s->p[to++] = (char)(bits >> n & 0xFF);
	}
	if (s->n)
		str_truncate(s, to);
}

/* ---- fields ---- */

/* <link href= rel= type=>: the alternate is the article; an HTML one the best of several. RSS's own link that
 * is written like Atom's says more than one that is not. */
static void link_by_attributes(
	struct reading *r, const struct word *w, enum ns ns, const struct markup_attr *a, size_t n)
{
	struct span rel = span_trim(attr(a, n, "rel")), type = attr(a, n, "type"), href = attr(a, n, "href");
	if (span_is_ci(rel, "enclosure") && r->in_entry)
		parts_enclosure(r->m, &r->entry, here(r)->base, href, type, attr(a, n, "length"), false);
	else if (!rel.n || span_is_ci(rel, "alternate") || w->slot != SLOT_LINK)
		put_address(r, w->slot, href,
			w->rank + (span_find_ci(type, "html", 0) != SIZE_MAX ? 1
					  : type.n                           ? -1
					  : ns == NS_CORE                    ? 1
									     : 0));
	else if (span_is_ci(rel, "self"))
		put_address(r, w->slot, href, 1);
}

static void enclosure(struct reading *r, enum ns ns, const struct markup_attr *a, size_t n)
{
	struct span medium = attr(a, n, "medium"), type = attr(a, n, "type"), url = attr(a, n, "url");
	bool picture = span_is_ci(medium, "image") || span_starts_ci(type, "image/");
	if (ns != NS_MEDIA || !picture)
		parts_enclosure(r->m, &r->entry, here(r)->base, url.n ? url : attr(a, n, "href"), type,
			ns == NS_MEDIA ? attr(a, n, "filesize") : attr(a, n, "length"), ns == NS_MEDIA);
}

/* RSS's guid is an address unless it says no; Atom's id may be one, and stands in when there is no link. A
 * relative id is against the rules and would not be unique. */
static void put_guid(struct reading *r, const struct word *w, struct span s)
{
	struct url u;
	bool relative = r->atom && span_find_byte(s, '/', 0) != SIZE_MAX && !url_split(span_trim(s), &u);
	char *absolute = relative && here(r)->base ? url_resolve(r->m->a, here(r)->base, s) : NULL;
	parts_put(parts_here(r), SLOT_GUID, absolute ? span_of(absolute) : s, w->rank, FORM_PLAIN);
	parts_here(r)->guid_is_link = r->guid_is_link;
}

/* RSS's author is a mail address by rule, and then Dublin Core's creator says more; as a name both are alike,
 * and the one that comes first counts. */
static void put_author(struct reading *r, const struct word *w, struct span name)
{
	struct parts *p = parts_here(r);
	bool mail = span_find_byte(name, '@', 0) != SIZE_MAX && span_find_byte(name, ' ', 0) == SIZE_MAX;
	int rank = w->act != ACT_PERSON || r->atom ? w->rank : mail ? RANK_MAIL : RANK_CREATOR;
	if (p->n_authors && rank <= p->author_rank && r->author != w)
		return;
	r->author = w;
	parts_author(p, name, rank);
}

static void person_end(struct reading *r, const struct word *w)
{
	struct span name = span_trim(str_span(&r->name));
	put_author(r, w, name.n ? name : span_trim(str_span(&r->mail)));
	str_clear(&r->name);
	str_clear(&r->mail);
}

static void number(struct span s, int64_t max, int64_t *out)
{
	int64_t v;
	if (span_to_int64(span_trim(s), &v) && v > 0 && v <= max)
		*out = v;
}

static int64_t period_seconds(struct span s)
{
	static const struct {
		const char *name;
		int64_t seconds;
	} periods[] = {{"hourly", 3600}, {"daily", 86400}, {"weekly", 604800}, {"monthly", 2592000},
		{"yearly", 31536000}};
	for (size_t i = 0; i < sizeof periods / sizeof *periods; i++)
		if (span_is_ci(span_trim(s), periods[i].name))
			return periods[i].seconds;
	return 0;
}

/* The language of the text is the entry's, rather than that of its title. */
static void put_lang(struct reading *r, enum slot slot)
{
	int rank = slot == SLOT_TEXT ? 4 : slot == SLOT_SUMMARY ? 3 : slot == SLOT_TITLE ? 2 : 0;
	if (here(r)->lang && rank)
		parts_put(&r->entry, SLOT_LANG, span_of(here(r)->lang), rank, FORM_PLAIN);
}

static void skip_hour(struct feed *f, struct span s)
{
	int64_t h;
	if (span_to_int64(span_trim(s), &h) && h >= 0 && h <= 24) /* 24 is midnight in old feeds */
		f->skip_hours |= 1U << h % 24;
}

static void skip_day(struct feed *f, struct span s)
{
	static const char *const days[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
	for (unsigned i = 0; i < sizeof days / sizeof *days; i++)
		if (span_starts_ci(span_trim(s), days[i]))
			f->skip_days |= 1U << i;
}

/* RSS with a description and a summary that differ: neither is lost, the longer or else the second one is the
 * text. */
static void second_summary(struct reading *r, const struct word *w)
{
	struct parts *p = parts_here(r);
	struct value *first = &p->slot[SLOT_SUMMARY];
	struct span a = span_trim(str_span(&first->s)), b = span_trim(str_span(&r->g.s));
	if (first->rank != w->rank || w->ns != NS_CORE || !b.n || span_eq(a, b))
		return;
	if (a.n / 2 <= b.n) {
		parts_put(p, SLOT_TEXT, b, 1, r->g.form);
	} else {
		parts_put(p, SLOT_TEXT, a, 1, first->form);
		first->rank = 0;
	}
}

/* The gathered field has ended. */
static void store(struct reading *r)
{
	struct gather *g = &r->g;
	const struct word *w = g->word;
	int64_t minutes = 0;
	if (g->base64 && !g->ignore)
		undo_base64(&g->s);
	struct span s = str_span(&g->s);
	g->word = NULL;
	if (g->ignore)
		return;
	switch (w->act) {
	case ACT_TEXT:
		if (g->form == FORM_PLAIN)
			g->form = form_of_plain(s);
		if (w->slot == SLOT_SUMMARY && !r->atom)
			second_summary(r, w);
		parts_take(parts_here(r), w->slot, &g->s, w->rank, g->form);
		if (r->in_entry)
			put_lang(r, w->slot);
		break;
	case ACT_DATE:
		parts_put(parts_here(r), w->slot, s, w->rank, FORM_PLAIN);
		if (r->atom)
			parts_put(parts_here(r), SLOT_UPDATED, s, 1, FORM_PLAIN);
		break;
	case ACT_LINK:
		put_address(r, w->slot, s, w->rank);
		break;
	case ACT_GUID:
		put_guid(r, w, s);
		break;
	case ACT_PERSON: /* without children: RSS */
		str_add(&r->name, s);
		break;
	case ACT_NAME:
		if (w->ns == NS_CORE)
			str_add(&r->name, s);
		else
			put_author(r, w, span_trim(s));
		break;
	case ACT_MAIL:
		str_add(&r->mail, s);
		break;
	case ACT_TTL:
		number(s, 60 * 24 * 365, &minutes);
		r->m->out->ttl = minutes * 60;
		break;
	case ACT_PERIOD:
		r->period = period_seconds(s);
		break;
	case ACT_FREQUENCY:
		number(s, 1000, &r->frequency);
		break;
	case ACT_HOUR:
		skip_hour(r->m->out, s);
		break;
	case ACT_DAY:
		skip_day(r->m->out, s);
		break;
	case ACT_SKIP:
	case ACT_ROOT:
	case ACT_FEED:
	case ACT_ENTRY:
	case ACT_INTO:
	case ACT_SOURCE:
	case ACT_ENCLOSURE:
	case ACT_HTML:
		break;
	}
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
	struct span about = attr_ns(a, n, NS_RDF, "about");
	if (about.n)
		parts_put(&r->entry, SLOT_GUID, about, 2, FORM_PLAIN);
	put_address(r, SLOT_LINK, attr(a, n, "href"), 2); /* CDF */
	parts_put(&r->entry, SLOT_UPDATED, attr(a, n, "lastmod"), 2, FORM_PLAIN);
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
		if (w->act == ACT_FEED && attr(a, n, "href").n)
			put_address(r, SLOT_LINK, attr(a, n, "href"), 2);
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
		gather_begin(r, w, ns, a, n);
		break;
	case ACT_ENCLOSURE:
		enclosure(r, ns, a, n);
		l->where = IN_ENTRY;
		break;
	case ACT_LINK:
		if (attr(a, n, "href").n ||
			(attr(a, n, "rel").n && !span_is_ci(attr(a, n, "rel"), "alternate")))
			link_by_attributes(r, w, ns, a, n);
		else
			gather_begin(r, w, ns, a, n);
		break;
	case ACT_GUID:
		r->guid_is_link = !span_is_ci(span_trim(attr(a, n, "ispermalink")), "false");
		gather_begin(r, w, ns, a, n);
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
		gather_begin(r, w, ns, a, n);
		break;
	case ACT_SKIP:
		break;
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
	if (!g->word || g->ignore)
		return;
	if (g->word->act == ACT_PERSON && r->depth != g->depth)
		return;
	if (g->xml || (g->form == FORM_HTML && r->depth > g->depth))
		put_escaped(&g->s, text, false);
	else
		str_add(&g->s, text);
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
		store(r);
	else if (r->g.word)
		gather_end(&r->g, name);
	if (r->level[r->depth].person)
		person_end(r, r->level[r->depth].person);
	if (r->level[r->depth].entry)
		entry_end(r);
	r->depth--;
}

static void reset(void *ctx)
{
	struct reading *r = ctx;
	r->depth = 0;
	r->in_entry = r->seen_root = r->html = r->atom = false;
	r->level[0] = (struct level){.where = IN_NOTHING, .base = r->m->hints->url};
	r->g.word = NULL;
	r->period = r->frequency = 0;
	r->m->entries.n = 0;
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
