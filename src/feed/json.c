/* json: JSON Feed 1.0 and 1.1. Much of what calls itself so is not: numbers as ids, one author in place of a
 * list, null anywhere; the readers of base/json take all that as absent or are asked twice. What base/json
 * refuses may be a feed all the same: one cut short keeps its whole items, and what stands behind a whole
 * document is no part of it. */
#include "base/i18n.h"
#include "base/json.h"
#include "base/url.h"
#include "feed/feed_priv.h"

#include "base/banned.h"

/* Where an item begins; base/json.h does not tell. It is sought on from the one before: the next "{" that
 * stands in the list. */
struct finder {
	struct span s;
	size_t at;
	unsigned depth;            /* open brackets */
	struct markup_place place; /* of at */
};

static void find_step(struct finder *f)
{
	char c = f->s.p[f->at++];
	f->place.col += ((unsigned char)c & 0xC0) != 0x80;
	if (c == '\n') {
		f->place.line++;
		f->place.col = 1;
	}
}

static void find_string_end(struct finder *f)
{
	while (f->at < f->s.n && f->s.p[f->at] != '"') {
		if (f->s.p[f->at] == '\\' && f->at + 1 < f->s.n)
			find_step(f);
		find_step(f);
	}
	if (f->at < f->s.n)
		find_step(f);
}

/* Into the list of the items. */
static void find_items(struct finder *f)
{
	while (f->at < f->s.n) {
		size_t from = f->at;
		char c = f->s.p[f->at];
		find_step(f);
		if (c == '"') {
			find_string_end(f);
			struct span rest = span_trim(span_cut(f->s, f->at, f->s.n));
			if (f->depth == 1 && span_is(span_cut(f->s, from, f->at), "\"items\"") && rest.n &&
				rest.p[0] == ':')
				break;
		}
		if (c == '{' || c == '[')
			f->depth++;
		else if ((c == '}' || c == ']') && f->depth)
			f->depth--;
	}
}

/* One step, behind a whole string or bracket. */
static char find_token(struct finder *f)
{
	char c = f->s.p[f->at];
	find_step(f);
	if (c == '"')
		find_string_end(f);
	else if (c == '{' || c == '[')
		f->depth++;
	else if (c == '}' || c == ']')
		f->depth -= f->depth > 0;
	return c;
}

static struct markup_place find_item(struct finder *f)
{
	while (f->at < f->s.n) {
		struct markup_place here = f->place;
		if (find_token(f) == '{' && f->depth == 3)
			return here;
	}
	return f->place;
}

/* ---- what is no JSON as it stands ---- */

/* The document without what follows it; or, cut short, up to the end of its last whole item, and closed.
 * False: neither. */
static bool mend(struct making *m, struct span s, struct str *out)
{
	struct finder f = {.s = s, .place = {1, 1}};
	size_t whole = 0; /* the end of the last item that is */
	find_items(&f);
	while (f.at < s.n && f.depth)
		if (find_token(&f) == '}' && f.depth == 2)
			whole = f.at;
	if (f.depth == 0 && f.at < s.n) {
		report_add(m->rep, R_MARKUP_JUNK, f.place.line, f.place.col, NULL, NULL);
		str_add(out, span_cut(s, 0, f.at));
	} else if (f.depth && whole) {
		m->out->partial = true;
		str_add(out, span_cut(s, 0, whole));
		str_adds(out, "]}");
	}
	return out->n > 0;
}

static int parse(struct making *m, struct span s, struct json **doc, struct err *e)
{
	struct str mended = {0};
	struct err again = {0};
	int rc = json_parse(s, doc, e);
	if (rc < 0 && mend(m, s, &mended) && json_parse(str_span(&mended), doc, &again) == 0) {
		err_clear(e);
		rc = 0;
	}
	str_release(&mended);
	return rc;
}

/* ---- items ---- */

/* A string, or a number as it is written: ids, dates and lengths are both. */
static void put(
	struct parts *p, enum slot slot, const struct json *object, const char *key, int rank, enum form form)
{
	const struct json *v = json_get(object, key);
	struct str number = {0};
	struct json_writer w = {&number, false};
	if (json_kind(v) == JSON_INT || json_kind(v) == JSON_REAL)
		json_put_value(&w, v);
	parts_put(p, slot, number.n ? str_span(&number) : json_string(v), rank, form);
	str_release(&number);
}

static void put_address(struct making *m, struct parts *p, enum slot slot, struct span address, int rank)
{
	char *url = feed_address(m, m->hints->url, address);
	if (url)
		parts_put(p, slot, span_of(url), rank, FORM_PLAIN);
}

/* "authors": [{"name"}], and "author": {"name"} of version 1.0; a bare string is met too. */
static void take_authors(struct parts *p, const struct json *object)
{
	const struct json *list = json_get(object, "authors"), *one = json_get(object, "author");
	size_t n = json_len(list);
	for (size_t i = 0; i < (n ? n : 1); i++) {
		const struct json *who = n ? json_at(list, i) : one;
		struct span name =
			json_kind(who) == JSON_STRING ? json_string(who) : json_get_string(who, "name");
		parts_author(p, name.n ? name : json_get_string(who, "url"), 1);
	}
}

static void take_attachments(struct making *m, struct parts *p, const struct json *item)
{
	const struct json *list = json_get(item, "attachments");
	for (size_t i = 0; i < json_len(list); i++) {
		const struct json *x = json_at(list, i), *size = json_get(x, "size_in_bytes");
		const char *bytes = json_kind(size) == JSON_INT
					    ? arena_printf(m->a, "%lld", (long long)json_int(size))
					    : NULL;
		parts_enclosure(m, p, m->hints->url, json_get_string(x, "url"),
			json_get_string(x, "mime_type"), bytes ? span_of(bytes) : json_string(size), false);
	}
}

static void take_item(struct making *m, struct parts *p, const struct json *item)
{
	parts_clear(p);
	p->place = m->place;
	put(p, SLOT_GUID, item, "id", 1, FORM_PLAIN);
	p->guid_is_link = true;
	put_address(m, p, SLOT_LINK, json_get_string(item, "url"), 2);
	put_address(m, p, SLOT_LINK, json_get_string(item, "external_url"), 1);
	put(p, SLOT_TITLE, item, "title", 1, form_of_plain(json_get_string(item, "title")));
	put(p, SLOT_SUMMARY, item, "summary", 1, form_of_plain(json_get_string(item, "summary")));
	put(p, SLOT_TEXT, item, "content_html", 2, FORM_HTML);
	put(p, SLOT_TEXT, item, "content_text", 1, FORM_PLAIN);
	put(p, SLOT_PUBLISHED, item, "date_published", 1, FORM_PLAIN);
	put(p, SLOT_UPDATED, item, "date_modified", 1, FORM_PLAIN);
	put(p, SLOT_LANG, item, "language", 1, FORM_PLAIN);
	take_authors(p, item);
	take_attachments(m, p, item);
	making_add(m, p);
}

int feed_json(struct making *m, struct span utf8, struct err *e)
{
	struct json *doc = NULL;
	struct parts entry = {0};
	struct finder f = {.s = utf8, .place = {1, 1}};
	int rc = -1;
	if (parse(m, utf8, &doc, e))
		goto done;
	const struct json *items = json_get(doc, "items");
	bool named = span_find_ci(json_get_string(doc, "version"), "jsonfeed", 0) != SIZE_MAX;
	if (json_kind(items) != JSON_ARRAY && !(named && json_kind(doc) == JSON_OBJECT)) {
		err_set(e, ERR_DATA, N_("JSON, but not a feed"), NULL, NULL);
		goto done;
	}
	m->out->format = "json";
	m->head.place = f.place;
	put(&m->head, SLOT_TITLE, doc, "title", 1, FORM_PLAIN);
	put(&m->head, SLOT_LANG, doc, "language", 1, FORM_PLAIN);
	put_address(m, &m->head, SLOT_LINK, json_get_string(doc, "home_page_url"), 2);
	take_authors(&m->head, doc);
	find_items(&f);
	for (size_t i = 0; i < json_len(items); i++) {
		if (json_kind(json_at(items, i)) != JSON_OBJECT)
			continue;
		m->place = find_item(&f);
		take_item(m, &entry, json_at(items, i));
	}
	rc = 0;
done:
	parts_release(&entry);
	json_free(doc);
	return rc;
}
