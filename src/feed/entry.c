/* entry: from the parts of an entry to an article. The formats differ in where a field stands; what a field
 * may hold they share: HTML in titles, addresses relative or unsafe, dates of every kind, "mail@x (Name)" for
 * a person. */
#include <string.h>

#include "base/limits.h"
#include "base/url.h"
#include "base/utf8.h"
#include "feed/feed_priv.h"
#include "markup/markup.h"

#include "base/banned.h"

enum { AUTHORS_MAX = 50, ENCLOSURES_MAX = 200 }; /* of one entry; the rest is left out */

void parts_clear(struct parts *p)
{
	for (int i = 0; i < SLOT_COUNT; i++) {
		str_clear(&p->slot[i].s);
		p->slot[i].rank = 0;
	}
	p->guid_is_link = false;
	p->n_authors = 0;
	p->author_rank = 0;
	p->enclosures.n = p->n_enclosures = 0;
	p->place = (struct markup_place){0};
}

void parts_release(struct parts *p)
{
	for (int i = 0; i < SLOT_COUNT; i++)
		str_release(&p->slot[i].s);
	vec_each (author, &p->authors)
		str_release(author);
	vec_release(&p->authors);
	vec_release(&p->enclosures);
}

/* Does a value of this rank take the slot? */
static bool wins(const struct value *v, enum slot slot, struct span s, int rank)
{
	bool date = slot == SLOT_UPDATED || slot == SLOT_PUBLISHED; /* of several the last one told */
	return (rank > v->rank || (date && rank == v->rank)) && span_trim(s).n;
}

void parts_put(struct parts *p, enum slot slot, struct span s, int rank, enum form form)
{
	struct value *v = &p->slot[slot];
	if (!wins(v, slot, s, rank))
		return;
	str_clear(&v->s);
	str_add(&v->s, s);
	v->rank = rank;
	v->form = form;
}

void parts_take(struct parts *p, enum slot slot, struct str *s, int rank, enum form form)
{
	struct value *v = &p->slot[slot];
	if (!wins(v, slot, str_span(s), rank))
		return;
	struct str was = v->s;
	*v = (struct value){*s, rank, form};
	*s = was;
}

void parts_author(struct parts *p, struct span name, int rank)
{
	name = span_trim(name);
	if (!name.n || rank < p->author_rank || p->n_authors >= AUTHORS_MAX)
		return;
	if (rank > p->author_rank)
		p->n_authors = 0;
	p->author_rank = rank;
	for (size_t i = 0; i < p->n_authors; i++)
		if (span_eq(str_span(&p->authors.p[i]), name))
			return;
	if (p->n_authors == p->authors.n)
		vec_add(&p->authors);
	struct str *s = &p->authors.p[p->n_authors++];
	str_clear(s);
	str_add(s, name);
}

/* White space runs become one blank, control characters go: for values that must stay on a line. */
static char *line_of(struct making *m, struct span s, size_t max)
{
	size_t to = 0, plain = 0;
	s = span_trim(s);
	while (plain < s.n && s.p[plain] > 0x20 && s.p[plain] < 0x7F)
		plain++;
	if (plain && plain == s.n) /* as nearly all are */
		return arena_dup(m->a, span_cut(s, 0, max));
	char *out = arena_dup(m->a, s);
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c > 0x20 && c != 0x7F)
			out[to++] = (char)c;
		else if (to && out[to - 1] != ' ' && (c == ' ' || (c >= '\t' && c <= '\r')))
			out[to++] = ' ';
	}
	out[to] = 0;
	out[utf8_prefix((struct span){out, to}, max).n] = 0;
	return *out ? out : NULL;
}

/* ---- addresses ---- */

char *feed_address(struct making *m, const char *base, struct span address)
{
	struct url u;
	if (!base && !url_split(span_trim(address), &u)) /* nothing to resolve it against: as it stands */
		return line_of(m, address, URL_MAX);
	char *url = url_resolve(m->a, base, address);
	if (url)
		odd_link(m, base, address, url);
	if (!url || span_starts(span_of(url), "http") || !url_split(span_of(url), &u))
		return url;
	static const char *const bad[] = {"javascript", "data", "file", "vbscript", "about", "blob"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		if (!span_is_ci(u.scheme, bad[i]))
			continue;
		odd_remark(m, R_FEED_LINK_UNSAFE, span_of(url), (struct span){0});
		return NULL;
	}
	return url;
}

void parts_enclosure(struct making *m, struct parts *p, const char *base, struct span url, struct span type,
	struct span length, bool media)
{
	int64_t bytes;
	char *address = feed_address(m, base, url);
	if (!address || p->enclosures.n >= ENCLOSURES_MAX)
		return;
	type = span_trim(type);
	struct enclosure x = {.url = address,
		.type = type.n ? arena_dup(m->a, type) : NULL,
		.length = span_to_int64(span_trim(length), &bytes) && bytes >= 0 ? bytes : -1};
	size_t to = media ? p->enclosures.n : p->n_enclosures, same = media ? 0 : p->n_enclosures;
	while (same < p->enclosures.n && strcmp(p->enclosures.p[same].url, address) != 0)
		same++;
	if (same < p->enclosures.n && media)
		return;
	if (same == p->enclosures.n)
		vec_add(&p->enclosures);
	for (; same > to; same--)
		p->enclosures.p[same] = p->enclosures.p[same - 1];
	p->enclosures.p[to] = x;
	p->n_enclosures += !media;
}

/* ---- text ---- */

/* "<" as it is in plain text; references are undone all the same, since they are escaped twice so often. */
static void plain_to_html(struct str *out, struct span s)
{
	struct span part;
	for (bool first = true; span_next(&s, '<', &part); first = false) {
		if (!first)
			str_adds(out, "&lt;");
		str_add(out, part);
	}
}

/* Atom's text is plain unless it says otherwise, JSON Feed's by its name; much of it is not. Is there the end
 * tag of an element of HTML in it? */
enum form form_of_plain(struct span s)
{
	static const char *const ends[] = {"p", "a", "div", "span", "b", "i", "em", "strong", "li", "ul",
		"h1", "h2", "h3", "h4", "blockquote", "figure", "table", "td"};
	for (size_t at = 0; (at = span_find(s, SPAN("</"), at)) != SIZE_MAX; at += 2)
		for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
			size_t end = at + 2 + strlen(ends[i]);
			if (end < s.n && s.p[end] == '>' && span_is_ci(span_cut(s, at + 2, end), ends[i]))
				return FORM_HTML;
		}
	return FORM_PLAIN;
}

/* The value as plain text in the arena; NULL when nothing is left of it. */
static char *text_of(struct making *m, const struct value *v, bool one_line, size_t max)
{
	struct str plain = {0};
	if (!v->rank)
		return NULL;
	if (v->form == FORM_RAW)
		return line_of(m, str_span(&v->s), max);
	str_clear(&m->scratch);
	struct span html = str_span(&v->s);
	if (v->form == FORM_PLAIN && span_find_byte(html, '<', 0) != SIZE_MAX) {
		plain_to_html(&plain, html);
		html = str_span(&plain);
	}
	bool twice = markup_text(html, one_line, &m->scratch);
	str_release(&plain);
	struct span text = utf8_prefix(str_span(&m->scratch), max);
	if (twice)
		odd_remark(m, R_FEED_ESCAPED_TWICE, text, (struct span){0});
	return text.n ? arena_dup(m->a, text) : NULL;
}

/* "duty@tinbien.example (Trực ban)", "Trực ban (duty@tinbien.example)" and "Trực ban <duty@tinbien.example>"
 * are the name in them. */
static struct span person(struct span s)
{
	size_t at = span_find_byte(s, '@', 0), open = span_find_byte(s, '(', 0);
	if (at == SIZE_MAX)
		return s;
	if (open == SIZE_MAX)
		open = span_find_byte(s, '<', 0);
	if (open == SIZE_MAX)
		return s;
	struct span before = span_trim(span_cut(s, 0, open)), inside = span_cut(s, open + 1, s.n);
	if (inside.n && (inside.p[inside.n - 1] == ')' || inside.p[inside.n - 1] == '>'))
		inside.n--;
	if (open > at)
		return s.p[open] == '(' && span_trim(inside).n ? span_trim(inside) : s;
	return before.n ? before : s;
}

static void take_authors(struct making *m, const struct parts *p, struct article *x)
{
	x->authors = p->n_authors ? arena_array(m->a, const char *, p->n_authors) : NULL;
	for (size_t i = 0; i < p->n_authors; i++) {
		struct value v = {.rank = 1, .form = FORM_PLAIN};
		struct span name = person(str_span(&p->authors.p[i]));
		str_add(&v.s, name);
		char *text = text_of(m, &v, true, TITLE_MAX);
		str_release(&v.s);
		if (text)
			x->authors[x->n_authors++] = text;
	}
}

static struct stamp date_of(struct making *m, const struct parts *p, enum slot slot)
{
	const struct value *v = &p->slot[slot];
	struct stamp s = {0};
	struct span text = span_trim(str_span(&v->s));
	if (v->rank && !date_read(text, m->hints->country, m->hints->lang, &s))
		odd_remark(m, R_FEED_DATE_UNREAD, text, (struct span){0});
	else if (v->rank)
		odd_date(m, text, s);
	return s;
}

/* ---- the article ---- */

static char *copy(struct making *m, const struct value *v)
{
	return v->rank ? line_of(m, str_span(&v->s), URL_MAX) : NULL;
}

static const char *address_of(struct making *m, const struct parts *p, const char *guid)
{
	if (p->slot[SLOT_LINK].rank)
		return copy(m, &p->slot[SLOT_LINK]);
	return p->guid_is_link && url_is_web(guid) ? guid : NULL;
}

static struct article *article_of(struct making *m, const struct parts *p)
{
	const struct value *v = p->slot;
	struct article *x = arena_new(m->a, struct article);
	x->evidence.offset = -1;
	x->kind = m->kind;
	x->title = text_of(m, &v[SLOT_TITLE], true, TITLE_MAX);
	x->summary = text_of(m, &v[SLOT_SUMMARY], false, SUMMARY_MAX);
	x->text = text_of(m, &v[SLOT_TEXT], false, TEXT_MAX);
	x->guid = copy(m, &v[SLOT_GUID]);
	x->url = address_of(m, p, x->guid);
	x->canonical = copy(m, &v[SLOT_CANONICAL]);
	x->lang = copy(m, &v[SLOT_LANG]);
	x->published = date_of(m, p, SLOT_PUBLISHED);
	x->updated = date_of(m, p, SLOT_UPDATED);
	take_authors(m, p, x);
	if (p->enclosures.n) {
		x->enclosures = arena_array(m->a, struct enclosure, p->enclosures.n);
		memcpy(x->enclosures, p->enclosures.p, p->enclosures.n * sizeof *x->enclosures);
		x->n_enclosures = p->enclosures.n;
	}
	return x;
}

bool making_add(struct making *m, const struct parts *p)
{
	if (m->entries.n >= ENTRIES_MAX) {
		if (!m->too_many)
			m->too_many_at = p->place;
		m->too_many = true;
		return false;
	}
	m->place = p->place;
	struct article *x = article_of(m, p);
	if (!x->url && !x->guid)
		odd_remark(m, R_FEED_NO_GUID, (struct span){0}, (struct span){0});
	vec_push(&m->entries, x);
	vec_push(&m->places, p->place);
	return true;
}

/* RFC 4287, 4.2.1, and JSON Feed: who wrote the feed wrote the entries that name nobody. */
static void inherit_authors(struct making *m)
{
	struct article of_feed = {0};
	bool rss = strcmp(m->out->format, "atom") != 0 && strcmp(m->out->format, "json") != 0;
	if (rss || !m->head.n_authors)
		return;
	take_authors(m, &m->head, &of_feed);
	vec_each (x, &m->entries) {
		if ((*x)->n_authors)
			continue;
		(*x)->authors = of_feed.authors;
		(*x)->n_authors = of_feed.n_authors;
	}
}

void making_finish(struct making *m)
{
	struct feed *f = m->out;
	const struct value *v = m->head.slot;
	struct markup_place end = m->too_many ? m->too_many_at : m->place;
	m->place = m->head.place;
	f->title = text_of(m, &v[SLOT_TITLE], true, TITLE_MAX);
	f->link = address_of(m, &m->head, copy(m, &v[SLOT_GUID]));
	f->lang = copy(m, &v[SLOT_LANG]);
	inherit_authors(m);
	twins_part(m);
	twins_share(m);
	f->n = m->entries.n;
	f->entries = arena_array(m->a, struct article *, f->n);
	if (f->n)
		memcpy(f->entries, m->entries.p, f->n * sizeof *f->entries);
	else if (!f->partial)
		report_add(m->rep, R_FEED_EMPTY, m->head.place.line, m->head.place.col, NULL, NULL);
	bool large = f->partial && m->hints->cut_at;
	if (f->partial)
		report_add(m->rep, large ? R_FEED_LARGE : R_FEED_CUT_SHORT, end.line, end.col,
			arena_printf(m->a, "%zu", f->n),
			large ? arena_printf(m->a, "%zu", m->hints->cut_at) : NULL);
	if (m->too_many && !large)
		report_add(m->rep, R_FEED_TOO_MANY, m->too_many_at.line, m->too_many_at.col,
			arena_printf(m->a, "%d", ENTRIES_MAX), NULL);
}

void making_release(struct making *m)
{
	parts_release(&m->head);
	vec_release(&m->entries);
	vec_release(&m->places);
	str_release(&m->scratch);
}
