/* fields: what becomes of the fields of an entry (or of the feed's head) that the XML formats have: links,
 * persons, texts, dates, and what the feed asks of those who fetch it. */
#include "base/i18n.h"
#include "base/url.h"
#include "feed/reading.h"

#include "base/banned.h"

enum { RANK_MAIL = 3, RANK_CREATOR }; /* of authors in words.c */

void field_address(struct reading *r, enum slot slot, struct span address, int rank)
{
	char *url = feed_address(r->m, reading_here(r)->base, address);
	if (url)
		parts_put(reading_parts(r), slot, span_of(url), rank, FORM_PLAIN);
}

void field_begin(struct reading *r, const struct word *w, enum ns ns, const struct markup_attr *a, size_t n)
{
	gather_begin(&r->g, w, r->depth, ns, ns == NS_ATOM || (r->atom && ns == NS_CORE), a, n);
	if (w->act == ACT_TEXT && w->slot == SLOT_TEXT &&
		word_attr(a, n, "src").n) { /* it stands elsewhere */
		field_address(r, SLOT_LINK, word_attr(a, n, "src"), 1);
		r->g.ignore = true;
	}
}

/* RFC 4287, 4.2.7.2: a registered name and its address are the same. */
static struct span relation(struct span rel)
{
	static const char registry[] = "http://www.iana.org/assignments/relation/";
	rel = span_trim(rel);
	return span_starts_ci(rel, registry) ? span_cut(rel, sizeof registry - 1, rel.n) : rel;
}

/* <link href= rel= type=>: the alternate is the article; an HTML one the best of several. RSS's own link that
 * is written like Atom's says more than one that is not. */
void field_link(struct reading *r, const struct word *w, enum ns ns, const struct markup_attr *a, size_t n)
{
	struct span rel = relation(word_attr(a, n, "rel")), type = word_attr(a, n, "type"),
		    href = word_attr(a, n, "href");
	if (span_is_ci(rel, "enclosure") && r->in_entry)
		parts_enclosure(
			r->m, &r->entry, reading_here(r)->base, href, type, word_attr(a, n, "length"), false);
	else if (!rel.n || span_is_ci(rel, "alternate") || w->slot != SLOT_LINK)
		field_address(r, w->slot, href,
			w->rank + (span_find_ci(type, "html", 0) != SIZE_MAX ? 1
					  : type.n                           ? -1
					  : ns == NS_CORE                    ? 1
									     : 0));
	else if (span_is_ci(rel, "self") || span_is_ci(rel, "amphtml")) /* better than none */
		field_address(r, w->slot, href, 1);
}

void field_enclosure(struct reading *r, enum ns ns, const struct markup_attr *a, size_t n)
{
	struct span medium = word_attr(a, n, "medium"), type = word_attr(a, n, "type"),
		    url = word_attr(a, n, "url");
	bool picture = span_is_ci(medium, "image") || span_starts_ci(type, "image/");
	if (ns != NS_MEDIA || !picture)
		parts_enclosure(r->m, &r->entry, reading_here(r)->base, url.n ? url : word_attr(a, n, "href"),
			type, ns == NS_MEDIA ? word_attr(a, n, "filesize") : word_attr(a, n, "length"),
			ns == NS_MEDIA);
}

/* RSS's guid is an address unless it says no; Atom's id may be one, and stands in when there is no link. A
 * relative id is against the rules and would not be unique. */
static void put_guid(struct reading *r, const struct word *w, struct span s)
{
	struct url u;
	bool relative = r->atom && span_find_byte(s, '/', 0) != SIZE_MAX && !url_split(span_trim(s), &u);
	char *absolute =
		relative && reading_here(r)->base ? url_resolve(r->m->a, reading_here(r)->base, s) : NULL;
	parts_put(reading_parts(r), SLOT_GUID, absolute ? span_of(absolute) : s, w->rank, FORM_PLAIN);
	reading_parts(r)->guid_is_link = r->guid_is_link;
}

/* RSS's author is a mail address by rule, and then Dublin Core's creator says more; as a name both are alike,
 * and the one that comes first counts. */
static void put_author(struct reading *r, const struct word *w, struct span name)
{
	struct parts *p = reading_parts(r);
	bool mail = span_find_byte(name, '@', 0) != SIZE_MAX && span_find_byte(name, ' ', 0) == SIZE_MAX;
	int rank = w->act != ACT_PERSON || r->atom ? w->rank : mail ? RANK_MAIL : RANK_CREATOR;
	if (p->n_authors && rank <= p->author_rank && r->author != w)
		return;
	r->author = w;
	parts_author(p, name, rank);
}

void field_person_end(struct reading *r, const struct word *w)
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
	if (reading_here(r)->lang && rank)
		parts_put(&r->entry, SLOT_LANG, span_of(reading_here(r)->lang), rank, FORM_PLAIN);
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
	struct parts *p = reading_parts(r);
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
void field_end(struct reading *r)
{
	struct gather *g = &r->g;
	const struct word *w = g->word;
	int64_t minutes = 0;
	if (!gather_finish(g))
		return;
	struct span s = str_span(&g->s);
	switch (w->act) {
	case ACT_TEXT:
		if (g->form == FORM_PLAIN)
			g->form = form_of_plain(s);
		if (w->slot == SLOT_SUMMARY && !r->atom)
			second_summary(r, w);
		parts_take(reading_parts(r), w->slot, &g->s, w->rank, g->form);
		if (r->in_entry)
			put_lang(r, w->slot);
		break;
	case ACT_DATE:
		parts_put(reading_parts(r), w->slot, s, w->rank, FORM_PLAIN);
		if (r->atom)
			parts_put(reading_parts(r), SLOT_UPDATED, s, 1, FORM_PLAIN);
		break;
	case ACT_LINK:
		field_address(r, w->slot, s, w->rank);
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
