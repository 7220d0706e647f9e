/* json: see json.h. A struct json is a json_object of json-c under another name, so that no other room sees
 * the library. */
#include "base/json.h"

#include <json-c/json.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/limits.h"
#include "base/utf8.h"

#include "base/banned.h"

static struct json_object *raw(const struct json *v)
{
	union {
		const struct json *from;
		struct json_object *to;
	} u = {.from = v};
	return u.to;
}

/* json-c takes some 800 bytes for an object and 60 for any other value: 8 MB of "{}," would be 2 GB. So both
 * are counted first; strings are stepped over, as far as they are strings. */
static bool too_much(struct span s)
{
	size_t objects = 0, values = 0;
	bool string = false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (string && c == '\\')
			i++;
		else if (c == '"')
			string = !string;
		else if (!string) {
			objects += c == '{';
			values += c == ',';
		}
	}
	return objects > JSON_OBJECTS_MAX || values > JSON_VALUES_MAX;
}

int json_parse(struct span s, struct json **out, struct err *e)
{
	int rc = -1;
	struct json_object *v = NULL;
	struct json_tokener *t = json_tokener_new_ex(JSON_DEPTH_MAX);
	*out = NULL;
	if (!t)
		return err_set(e, ERR_SYSTEM, N_("out of memory"), NULL, NULL);
	json_tokener_set_flags(
		t, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8 | JSON_TOKENER_ALLOW_TRAILING_CHARS);
	if (s.n > LINE_MAX_BYTES || too_much(s)) {
		err_set(e, ERR_LIMIT, N_("JSON document is larger than the limit"), NULL, NULL);
		goto done;
	}
	v = json_tokener_parse_ex(t, s.p ? s.p : "", (int)s.n);
	if (json_tokener_get_error(t) == json_tokener_continue && !v)
		v = json_tokener_parse_ex(t, "", -1);
	size_t end = json_tokener_get_parse_end(t);
	if (json_tokener_get_error(t) != json_tokener_success) {
		err_set(e, ERR_DATA, N_("not JSON: %1"), json_tokener_error_desc(json_tokener_get_error(t)),
			NULL);
		err_at(e, NULL, 1, (long)end + 1);
		goto done;
	}
	if (span_trim(span_cut(s, end, s.n)).n) {
		err_set(e, ERR_DATA, N_("something follows the JSON value"), NULL, NULL);
		err_at(e, NULL, 1, (long)end + 1);
		goto done;
	}
	*out = (struct json *)v;
	v = NULL;
	rc = 0;
done:
	json_object_put(v);
	json_tokener_free(t);
	return rc;
}

void json_free(struct json *doc)
{
	json_object_put((struct json_object *)doc);
}

enum json_kind json_kind(const struct json *v)
{
	switch (json_object_get_type(raw(v))) {
	case json_type_boolean:
		return JSON_BOOL;
	case json_type_double:
		return JSON_REAL;
	case json_type_int:
		return JSON_INT;
	case json_type_object:
		return JSON_OBJECT;
	case json_type_array:
		return JSON_ARRAY;
	case json_type_string:
		return JSON_STRING;
	case json_type_null:
	default:
		return JSON_NULL;
	}
}

const struct json *json_get(const struct json *object, const char *key)
{
	struct json_object *v = NULL;
	if (json_kind(object) != JSON_OBJECT || !json_object_object_get_ex(raw(object), key, &v))
		return NULL;
	return (const struct json *)v;
}

struct span json_string(const struct json *v)
{
	if (json_kind(v) != JSON_STRING)
		return (struct span){NULL, 0};
	return (struct span){json_object_get_string(raw(v)), (size_t)json_object_get_string_len(raw(v))};
}

struct span json_get_string(const struct json *object, const char *key)
{
	return json_string(json_get(object, key));
}

int64_t json_int(const struct json *v)
{
	enum json_kind k = json_kind(v);
	return k == JSON_INT || k == JSON_REAL ? json_object_get_int64(raw(v)) : 0;
}

double json_real(const struct json *v)
{
	enum json_kind k = json_kind(v);
	return k == JSON_INT || k == JSON_REAL ? json_object_get_double(raw(v)) : 0;
}

bool json_is_true(const struct json *v)
{
	return json_kind(v) == JSON_BOOL && json_object_get_boolean(raw(v));
}

size_t json_len(const struct json *array)
{
	return json_kind(array) == JSON_ARRAY ? json_object_array_length(raw(array)) : 0;
}

const struct json *json_at(const struct json *array, size_t i)
{
	return i < json_len(array) ? (const struct json *)json_object_array_get_idx(raw(array), i) : NULL;
}

bool json_next(const struct json *object, size_t *at, struct span *key, const struct json **value)
{
	if (json_kind(object) != JSON_OBJECT)
		return false;
	/* json-c keeps insertion order in a linked list; *at holds the entry reached, 1 marks the end. */
	struct lh_entry *entry =
		*at == 0 ? json_object_get_object(raw(object))->head : (struct lh_entry *)*at;
	if (*at == 1 || !entry)
		return false;
	*key = span_of((const char *)lh_entry_k(entry));
	*value = (const struct json *)lh_entry_v(entry);
	*at = entry->next ? (size_t)(uintptr_t)entry->next : 1;
	return true;
}

static void separate(struct json_writer *w)
{
	if (w->comma)
		str_addc(w->out, ',');
	w->comma = true;
}

void json_begin_object(struct json_writer *w)
{
	separate(w);
	str_addc(w->out, '{');
	w->comma = false;
}

void json_end_object(struct json_writer *w)
{
	str_addc(w->out, '}');
	w->comma = true;
}

void json_begin_array(struct json_writer *w)
{
	separate(w);
	str_addc(w->out, '[');
	w->comma = false;
}

void json_end_array(struct json_writer *w)
{
	str_addc(w->out, ']');
	w->comma = true;
}

static void escape(struct str *out, unsigned c)
{
	static const char *const named[] = {
		['\b'] = "\\b", ['\t'] = "\\t", ['\n'] = "\\n", ['\f'] = "\\f", ['\r'] = "\\r"};
	if (c < sizeof named / sizeof *named && named[c])
		str_adds(out, named[c]);
	else if (c == '"' || c == '\\')
		str_addf(out, "\\%c", (int)c);
	else
		str_addf(out, "\\u%04x", c);
}

static void quote(struct str *out, struct span s)
{
	size_t from = 0, at = 0;
	str_addc(out, '"');
	while (at < s.n) {
		unsigned char c = (unsigned char)s.p[at];
		size_t here = at, bad = 0;
		if (c >= 0x20 && c != '"' && c != '\\' && c < 0x7F) {
			at++;
			continue;
		}
		uint32_t cp = utf8_next(s, &at, &bad);
		if (cp >= 0xA0 && cp != 0x2028 && cp != 0x2029 && !bad)
			continue;
		str_add(out, span_cut(s, from, here));
		if (bad)
			str_add_utf8(out, 0xFFFD);
		else
			escape(out, cp);
		from = at;
	}
	str_add(out, span_cut(s, from, s.n));
	str_addc(out, '"');
}

void json_key_span(struct json_writer *w, struct span key)
{
	separate(w);
	quote(w->out, key);
	str_addc(w->out, ':');
	w->comma = false;
}

void json_key(struct json_writer *w, const char *key)
{
	json_key_span(w, span_of(key));
}

void json_put_string(struct json_writer *w, struct span s)
{
	separate(w);
	quote(w->out, s);
}

void json_put_int(struct json_writer *w, int64_t v)
{
	separate(w);
	str_addf(w->out, "%lld", (long long)v);
}

void json_put_bool(struct json_writer *w, bool v)
{
	separate(w);
	str_adds(w->out, v ? "true" : "false");
}

void json_put_null(struct json_writer *w)
{
	separate(w);
	str_adds(w->out, "null");
}

void json_put_value(struct json_writer *w, const struct json *v)
{
	size_t at = 0;
	struct span key;
	const struct json *child;
	switch (json_kind(v)) {
	case JSON_NULL:
		json_put_null(w);
		break;
	case JSON_BOOL:
		json_put_bool(w, json_is_true(v));
		break;
	case JSON_INT:
		json_put_int(w, json_int(v));
		break;
	case JSON_REAL:
		separate(w);
		str_adds(w->out, json_object_to_json_string_ext(raw(v), JSON_C_TO_STRING_PLAIN));
		break;
	case JSON_STRING:
		json_put_string(w, json_string(v));
		break;
	case JSON_ARRAY:
		json_begin_array(w);
		for (size_t i = 0; i < json_len(v); i++)
			json_put_value(w, json_at(v, i));
		json_end_array(w);
		break;
	case JSON_OBJECT:
		json_begin_object(w);
		while (json_next(v, &at, &key, &child)) {
			json_key_span(w, key);
			json_put_value(w, child);
		}
		json_end_object(w);
		break;
	}
}

void json_field(struct json_writer *w, const char *key, const char *s)
{
	json_key(w, key);
	if (s)
		json_put_string(w, span_of(s));
	else
		json_put_null(w);
}

void json_field_opt(struct json_writer *w, const char *key, const char *s)
{
	if (s && *s)
		json_field(w, key, s);
}

void json_field_int(struct json_writer *w, const char *key, int64_t v)
{
	json_key(w, key);
	json_put_int(w, v);
}
