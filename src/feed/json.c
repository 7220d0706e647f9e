/* json: JSON Feed 1.0 and 1.1. Much of what calls itself so is not: numbers as ids, one author in place of a
 * list, null anywhere; the readers of base/json take all that as absent or are asked twice. */
#include <stdio.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/url.h"
#include "feed/feed_priv.h"

#include "base/banned.h"

static void put(
	struct parts *p, enum slot slot, const struct json *object, const char *key, int rank, enum form form)
{
	parts_put(p, slot, json_get_string(object, key), rank, form);
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
		char digits[24] = "";
		if (size)
			snprintf(digits, sizeof digits, "%lld", (long long)json_int(size));
		parts_enclosure(m, p, m->hints->url, json_get_string(x, "url"),
			json_get_string(x, "mime_type"), span_of(digits), false);
	}
}

static void take_id(struct parts *p, const struct json *item)
{
	const struct json *id = json_get(item, "id");
	char digits[24];
	if (json_kind(id) == JSON_INT) {
		snprintf(digits, sizeof digits, "%lld", (long long)json_int(id));
		parts_put(p, SLOT_GUID, span_of(digits), 1, FORM_PLAIN);
	}
	put(p, SLOT_GUID, item, "id", 1, FORM_PLAIN);
	p->guid_is_link = true;
}

static void take_item(struct making *m, struct parts *p, const struct json *item)
{
	parts_clear(p);
	take_id(p, item);
	put_address(m, p, SLOT_LINK, json_get_string(item, "url"), 2);
	put_address(m, p, SLOT_LINK, json_get_string(item, "external_url"), 1);
	put(p, SLOT_TITLE, item, "title", 1, FORM_PLAIN);
	put(p, SLOT_SUMMARY, item, "summary", 1, FORM_PLAIN);
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
	int rc = -1;
	if (json_parse(utf8, &doc, e))
		goto done;
	const struct json *items = json_get(doc, "items");
	bool named = span_find_ci(json_get_string(doc, "version"), "jsonfeed", 0) != SIZE_MAX;
	if (json_kind(items) != JSON_ARRAY && !(named && json_kind(doc) == JSON_OBJECT)) {
		err_set(e, ERR_DATA, N_("JSON, but not a feed"), NULL, NULL);
		goto done;
	}
	*m->out = (struct feed){.format = "json"};
	put(&m->head, SLOT_TITLE, doc, "title", 1, FORM_PLAIN);
	put(&m->head, SLOT_LANG, doc, "language", 1, FORM_PLAIN);
	put_address(m, &m->head, SLOT_LINK, json_get_string(doc, "home_page_url"), 2);
	for (size_t i = 0; i < json_len(items); i++)
		if (json_kind(json_at(items, i)) == JSON_OBJECT)
			take_item(m, &entry, json_at(items, i));
	rc = 0;
done:
	parts_release(&entry);
	json_free(doc);
	return rc;
}
