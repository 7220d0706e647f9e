/* article: the record that travels, to and from one NDJSON line (soatin-article.5). What is read stands in
 * the JSON document, which lives in the article's arena: its strings, and `unknown`, the keys of other tools,
 * which are written again as they came. The order of keys is fixed, so that equal articles are equal bytes.
 */
#include "news/news.h"

#include <string.h>

#include "base/hash.h"
#include "base/i18n.h"
#include "base/limits.h"
#include "base/url.h"
#include "base/utf8.h"

#include "base/banned.h"

enum { VERSION = 1, ID_DIGITS = 16 };

const char *const field_names[FIELD_COUNT] = {"title", "summary", "text", "captions", "url"};

/* Keys we know; everything else passes through. */
static const char *const known[] = {"v", "id", "url", "canonical", "guid", "source", "kind", "title",
	"summary", "text", "captions", "authors", "links", "enclosures", "published", "updated", "fetched",
	"lang", "evidence", "from", "mentions", "flags", "fingerprint", "story", "priority", "remarks"};

const char *article_field(const struct article *x, enum field f)
{
	const char *s = NULL;
	switch (f) {
	case FIELD_TITLE:
		s = x->title;
		break;
	case FIELD_SUMMARY:
		s = x->summary;
		break;
	case FIELD_TEXT:
		s = x->text;
		break;
	case FIELD_CAPTIONS:
		s = x->captions;
		break;
	case FIELD_URL:
		s = x->url;
		break;
	case FIELD_COUNT:
		break;
	}
	return s ? s : "";
}

void article_set_id(struct arena *a, struct article *x)
{
	struct str s;
	char hex[SHA256_HEX + 1];
	str_init(&s, 0);
	if (url_is_web(x->url) && !x->address_shared) {
		str_adds(&s, url_identity(a, x->url));
	} else if (x->guid && *x->guid) {
		str_addf(&s, "guid\n%s\n%s", x->source.id ? x->source.id : "", x->guid);
		if (x->twin)
			str_addf(&s, "#%u", x->twin);
	} else {
		str_addf(&s, "text\n%s\n%s\n%s", article_field(x, FIELD_TITLE),
			article_field(x, FIELD_SUMMARY), article_field(x, FIELD_TEXT));
	}
	sha256_hex(str_span(&s), hex);
	x->id = arena_dup(a, (struct span){hex, ID_DIGITS});
	str_release(&s);
}

/* --- writing --- */

static void put_stamp(struct json_writer *w, const char *key, struct stamp s, bool always)
{
	char text[STAMP_MAX];
	stamp_format(s, text);
	if (*text)
		json_field(w, key, text);
	else if (always)
		json_field(w, key, NULL);
}

static void put_texts(struct json_writer *w, const char *key, const char *const *p, size_t n)
{
	json_key(w, key);
	json_begin_array(w);
	for (size_t i = 0; i < n; i++)
		json_put_string(w, span_of(p[i]));
	json_end_array(w);
}

void source_write(const struct source *s, struct json_writer *w)
{
	json_begin_object(w);
	json_field_opt(w, "id", s->id);
	json_field_opt(w, "name", s->name);
	json_field_opt(w, "kind", s->kind);
	json_field_opt(w, "country", s->country);
	json_field_opt(w, "lang", s->lang);
	json_field_opt(w, "content", s->content);
	json_field_opt(w, "remove", s->remove);
	json_field_opt(w, "date", s->date);
	json_field_opt(w, "links", s->links);
	json_end_object(w);
}

static void put_range(struct json_writer *w, enum field f, uint32_t start, uint32_t end)
{
	json_field(w, "field", field_names[f]);
	json_field_int(w, "start", start);
	json_field_int(w, "end", end);
}

static void put_mention(struct json_writer *w, const struct mention *m)
{
	json_begin_object(w);
	json_field(w, "place", m->place);
	json_field(w, "iso", m->iso);
	json_field(w, "now", m->now);
	json_field(w, "form", m->form);
	json_field(w, "as", m->as);
	json_field(w, "why", m->why);
	put_range(w, m->field, m->start, m->end);
	json_field_int(w, "sentence", m->sentence);
	json_end_object(w);
}

static void put_flag(struct json_writer *w, const struct flag *f)
{
	json_begin_object(w);
	json_field(w, "rule", f->rule);
	json_field(w, "action", f->action);
	json_field(w, "topic", f->topic);
	json_field_int(w, "weight", f->weight);
	if (f->due)
		json_field_int(w, "due", f->due);
	json_field(w, "state", f->answered ? "answered" : "open");
	if (f->trial) {
		json_key(w, "trial");
		json_put_bool(w, true);
	}
	json_key(w, "quotes");
	json_begin_array(w);
	for (size_t i = 0; i < f->n_quotes; i++) {
		json_begin_object(w);
		json_field(w, "term", f->quotes[i].term);
		put_range(w, f->quotes[i].field, f->quotes[i].start, f->quotes[i].end);
		json_end_object(w);
	}
	json_end_array(w);
	json_end_object(w);
}

static void put_matches(const struct article *x, struct json_writer *w)
{
	json_key(w, "mentions");
	json_begin_array(w);
	for (size_t i = 0; i < x->n_mentions; i++)
		put_mention(w, &x->mentions[i]);
	json_end_array(w);
	json_key(w, "flags");
	json_begin_array(w);
	for (size_t i = 0; i < x->n_flags; i++)
		put_flag(w, &x->flags[i]);
	json_end_array(w);
	json_field_opt(w, "fingerprint", x->fingerprint);
	json_field_opt(w, "story", x->story);
	json_key(w, "priority");
	json_begin_object(w);
	json_field_int(
		w, "total", x->priority.rule + x->priority.place + x->priority.spread + x->priority.source);
	json_key(w, "parts");
	json_begin_object(w);
	json_field_int(w, "rule", x->priority.rule);
	json_field_int(w, "place", x->priority.place);
	json_field_int(w, "spread", x->priority.spread);
	json_field_int(w, "source", x->priority.source);
	json_end_object(w);
	json_end_object(w);
}

static void put_provenance(const struct article *x, struct json_writer *w)
{
	char when[STAMP_MAX];
	put_stamp(w, "published", x->published, true);
	put_stamp(w, "updated", x->updated, true);
	if (x->fetched) {
		clock_format_utc(x->fetched, when);
		json_field(w, "fetched", when);
	}
	json_field_opt(w, "lang", x->lang);
	if (x->evidence.file || x->evidence.digest) {
		json_key(w, "evidence");
		json_begin_object(w);
		json_field_opt(w, "file", x->evidence.file);
		if (x->evidence.file && x->evidence.offset >= 0)
			json_field_int(w, "offset", x->evidence.offset);
		json_field_opt(w, "digest", x->evidence.digest);
		json_end_object(w);
	}
	json_field_opt(w, "from", x->from);
}

static void put_enclosures(const struct article *x, struct json_writer *w)
{
	json_key(w, "enclosures");
	json_begin_array(w);
	for (size_t i = 0; i < x->n_enclosures; i++) {
		json_begin_object(w);
		json_field(w, "url", x->enclosures[i].url);
		json_field_opt(w, "type", x->enclosures[i].type);
		if (x->enclosures[i].length >= 0)
			json_field_int(w, "length", x->enclosures[i].length);
		json_end_object(w);
	}
	json_end_array(w);
}

void article_write(const struct article *x, struct str *out)
{
	struct json_writer w = {out, false};
	size_t at = 0;
	struct span key;
	const struct json *value;
	json_begin_object(&w);
	json_field_int(&w, "v", VERSION);
	json_field(&w, "id", x->id ? x->id : "");
	json_field(&w, "url", x->url);
	json_field_opt(&w, "canonical", x->canonical);
	json_field_opt(&w, "guid", x->guid);
	json_key(&w, "source");
	source_write(&x->source, &w);
	json_field_opt(&w, "kind", x->kind);
	json_field_opt(&w, "title", x->title);
	json_field_opt(&w, "summary", x->summary);
	json_field_opt(&w, "text", x->text);
	json_field_opt(&w, "captions", x->captions);
	put_texts(&w, "authors", x->authors, x->n_authors);
	if (x->n_links)
		put_texts(&w, "links", x->links, x->n_links);
	if (x->n_enclosures)
		put_enclosures(x, &w);
	put_provenance(x, &w);
	if (x->matched)
		put_matches(x, &w);
	if (x->n_remarks)
		put_texts(&w, "remarks", x->remarks, x->n_remarks);
	while (json_next(x->unknown, &at, &key, &value)) {
		bool ours = false;
		for (size_t i = 0; i < sizeof known / sizeof *known && !ours; i++)
			ours = span_is(key, known[i]);
		if (ours)
			continue;
		json_key_span(&w, key);
		json_put_value(&w, value);
	}
	json_end_object(&w);
	str_addc(out, '\n');
}

void article_take_remarks(struct arena *a, struct article *x, const struct report *r)
{
	const char **all = arena_array(a, const char *, x->n_remarks + r->list.n);
	if (x->n_remarks)
		memcpy(all, x->remarks, x->n_remarks * sizeof *all);
	for (size_t i = 0; i < r->list.n; i++) {
		const struct remark *m = &r->list.p[i];
		struct str s;
		str_init(&s, 0);
		str_addf(&s, "%s %ld:%ld ", remark_name(m->id), m->line, m->col);
		err_format(&s, remark_text(m->id), m->a, m->b);
		if (m->times > 1)
			str_addf(&s, " (%u times)", m->times);
		all[x->n_remarks++] = arena_dup(a, str_span(&s));
		str_release(&s);
	}
	x->remarks = all;
}

/* --- reading --- */

/* A view into the document, which puts a NUL behind it. */
static const char *get_text(const struct json *v, const char *key)
{
	return json_get_string(v, key).p;
}

static const char **get_texts(struct arena *a, const struct json *v, size_t *n)
{
	size_t len = json_len(v);
	const char **p = len ? arena_array(a, const char *, len) : NULL;
	*n = 0;
	for (size_t i = 0; i < len; i++)
		if (json_kind(json_at(v, i)) == JSON_STRING)
			p[(*n)++] = json_string(json_at(v, i)).p;
	return p;
}

void source_read(const struct json *v, struct source *out)
{
	out->id = get_text(v, "id");
	out->name = get_text(v, "name");
	out->kind = get_text(v, "kind");
	out->country = get_text(v, "country");
	out->lang = get_text(v, "lang");
	out->content = get_text(v, "content");
	out->remove = get_text(v, "remove");
	out->date = get_text(v, "date");
	out->links = get_text(v, "links");
}

/* How many code points each field has, once somebody asked. */
struct lengths {
	const struct article *x;
	size_t n[FIELD_COUNT];
	bool known[FIELD_COUNT];
};

static size_t length_of(struct lengths *l, enum field f)
{
	if (!l->known[f])
		l->n[f] = utf8_count(span_of(article_field(l->x, f)));
	l->known[f] = true;
	return l->n[f];
}

static int get_range(struct lengths *l, const struct json *v, enum field *field, uint32_t *start,
	uint32_t *end, struct err *e)
{
	struct span name = json_get_string(v, "field");
	int f = 0;
	while (f < FIELD_COUNT && !span_is(name, field_names[f]))
		f++;
	if (f == FIELD_COUNT)
		return err_set(e, ERR_DATA, N_("an offset names no field of an article"), NULL, NULL);
	int64_t from = json_int(json_get(v, "start")), to = json_int(json_get(v, "end"));
	if (from < 0 || to < from || (uint64_t)to > length_of(l, (enum field)f))
		return err_set(
			e, ERR_DATA, N_("an offset lies outside its field \"%1\""), field_names[f], NULL);
	*field = (enum field)f;
	*start = (uint32_t)from;
	*end = (uint32_t)to;
	return 0;
}

static int get_mentions(
	struct arena *a, const struct json *v, struct lengths *l, struct article *x, struct err *e)
{
	size_t n = json_len(v);
	x->mentions = n ? arena_array(a, struct mention, n) : NULL;
	for (size_t i = 0; i < n; i++) {
		const struct json *o = json_at(v, i);
		struct mention *m = &x->mentions[x->n_mentions];
		if (get_range(l, o, &m->field, &m->start, &m->end, e) < 0)
			return -1;
		m->place = get_text(o, "place");
		m->iso = get_text(o, "iso");
		m->now = get_text(o, "now");
		m->form = get_text(o, "form");
		m->as = get_text(o, "as");
		m->why = get_text(o, "why");
		m->sentence = (uint32_t)json_int(json_get(o, "sentence"));
		x->n_mentions++;
	}
	return 0;
}

static int get_quotes(struct arena *a, const struct json *v, struct lengths *l, struct flag *f, struct err *e)
{
	size_t n = json_len(v);
	f->quotes = n ? arena_array(a, struct quote, n) : NULL;
	for (size_t i = 0; i < n; i++) {
		struct quote *q = &f->quotes[f->n_quotes];
		if (get_range(l, json_at(v, i), &q->field, &q->start, &q->end, e) < 0)
			return -1;
		q->term = get_text(json_at(v, i), "term");
		f->n_quotes++;
	}
	return 0;
}

static int get_flags(
	struct arena *a, const struct json *v, struct lengths *l, struct article *x, struct err *e)
{
	size_t n = json_len(v);
	x->flags = n ? arena_array(a, struct flag, n) : NULL;
	for (size_t i = 0; i < n; i++) {
		const struct json *o = json_at(v, i);
		struct flag *f = &x->flags[x->n_flags];
		f->rule = get_text(o, "rule");
		f->action = get_text(o, "action");
		f->topic = get_text(o, "topic");
		f->weight = (int)json_int(json_get(o, "weight"));
		f->due = json_int(json_get(o, "due"));
		f->answered = span_is(json_get_string(o, "state"), "answered");
		f->trial = json_is_true(json_get(o, "trial"));
		if (get_quotes(a, json_get(o, "quotes"), l, f, e) < 0)
			return -1;
		x->n_flags++;
	}
	return 0;
}

static void get_enclosures(struct arena *a, const struct json *v, struct article *x)
{
	size_t n = json_len(v);
	x->enclosures = n ? arena_array(a, struct enclosure, n) : NULL;
	for (size_t i = 0; i < n; i++) {
		const struct json *o = json_at(v, i);
		if (!json_get_string(o, "url").n)
			continue;
		struct enclosure *c = &x->enclosures[x->n_enclosures++];
		c->url = get_text(o, "url");
		c->type = get_text(o, "type");
		c->length = json_get(o, "length") ? json_int(json_get(o, "length")) : -1;
	}
}

static void get_plain(struct arena *a, const struct json *o, struct article *x)
{
	const struct json *ev = json_get(o, "evidence"), *parts = json_get(json_get(o, "priority"), "parts");
	struct stamp fetched = {0};
	x->id = get_text(o, "id");
	x->url = get_text(o, "url");
	x->canonical = get_text(o, "canonical");
	x->guid = get_text(o, "guid");
	source_read(json_get(o, "source"), &x->source);
	x->kind = get_text(o, "kind");
	x->title = get_text(o, "title");
	x->summary = get_text(o, "summary");
	x->text = get_text(o, "text");
	x->captions = get_text(o, "captions");
	x->authors = get_texts(a, json_get(o, "authors"), &x->n_authors);
	x->links = get_texts(a, json_get(o, "links"), &x->n_links);
	get_enclosures(a, json_get(o, "enclosures"), x);
	stamp_parse_rfc3339(json_get_string(o, "published"), &x->published);
	stamp_parse_rfc3339(json_get_string(o, "updated"), &x->updated);
	if (stamp_parse_rfc3339(json_get_string(o, "fetched"), &fetched))
		x->fetched = fetched.at;
	x->lang = get_text(o, "lang");
	x->evidence.file = get_text(ev, "file");
	x->evidence.offset = json_get(ev, "offset") ? json_int(json_get(ev, "offset")) : -1;
	x->evidence.digest = get_text(ev, "digest");
	x->from = get_text(o, "from");
	x->fingerprint = get_text(o, "fingerprint");
	x->story = get_text(o, "story");
	x->priority.rule = (int)json_int(json_get(parts, "rule"));
	x->priority.place = (int)json_int(json_get(parts, "place"));
	x->priority.spread = (int)json_int(json_get(parts, "spread"));
	x->priority.source = (int)json_int(json_get(parts, "source"));
	x->remarks = get_texts(a, json_get(o, "remarks"), &x->n_remarks);
}

int article_read(struct arena *a, struct span line, struct article *out, struct err *e)
{
	const struct json *doc;
	*out = (struct article){.evidence.offset = -1};
	if (json_read(a, line, &doc, e) < 0)
		return -1;
	if (json_kind(doc) != JSON_OBJECT || !json_get(doc, "v"))
		return err_set(e, ERR_DATA, N_("not an article: no \"v\" key"), NULL, NULL);
	if (json_int(json_get(doc, "v")) != VERSION)
		return err_set(e, ERR_DATA,
			N_("an article of another format version; this program reads version 1"), NULL, NULL);
	get_plain(a, doc, out);
	struct lengths lengths = {.x = out};
	if (get_mentions(a, json_get(doc, "mentions"), &lengths, out, e) < 0 ||
		get_flags(a, json_get(doc, "flags"), &lengths, out, e) < 0)
		return -1;
	out->matched = json_get(doc, "mentions") || json_get(doc, "flags");
	out->unknown = doc;
	return 0;
}
