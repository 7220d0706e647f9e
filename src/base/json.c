/* json: the reading half of json.h. A document is one copy of its text and one array of values a container,
 * all in an arena: strings are decoded where they stand (an escape is never shorter than what it says) and
 * end in a NUL over their closing quote, so that a value is a view and nothing is allocated for it. The
 * members of a container are collected on a stack and copied out side by side when it closes.
 *
 * json-c, which was here before, makes some 800 bytes and a dozen allocations of an object; on articles this
 * takes a fifth of its time. */
#include "base/json.h"

#include <string.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "base/vec.h"

#include "base/banned.h"

enum { EXPONENT_MAX = 1000 }; /* of ten; a double ends at 308 */

struct json {
	enum json_kind kind;
	uint32_t n;     /* of text: bytes; of children: how many; of a truth: 0 or 1 */
	uint32_t n_key; /* when it is a member of an object */
	const char *key;
	union {
		const char *text; /* string, decoded; number, as written */
		const struct json *children;
	};
};

struct document {
	struct json root; /* first: what callers hold */
	struct arena arena;
};

struct parser {
	char *p, *end; /* the text, NUL behind it */
	struct arena *arena;
	VEC(struct json) open; /* members of the containers that are not closed yet */
	size_t objects, commas;
	const char *why; /* set: refused, at p */
	bool limit;      /* … for its size */
};

static bool refuse(struct parser *x, const char *why)
{
	x->why = why;
	return false;
}

static bool too_large(struct parser *x)
{
	x->limit = true;
	return refuse(x, "");
}

static void skip_blank(struct parser *x)
{
	while (*x->p == ' ' || *x->p == '\n' || *x->p == '\t' || *x->p == '\r')
		x->p++;
}

static bool take(struct parser *x, char c)
{
	skip_blank(x);
	if (*x->p != c || x->p == x->end)
		return false;
	x->p++;
	return true;
}

/* --- strings --- */

static bool hex4(const char *p, uint32_t *out)
{
	*out = 0;
	for (int i = 0; i < 4; i++) { /* the NUL behind the text is no digit */
		char c = p[i];
		bool digit = c >= '0' && c <= '9';
		if (!digit && !(c >= 'a' && c <= 'f') && !(c >= 'A' && c <= 'F'))
			return false;
		*out = *out << 4 | (uint32_t)(digit ? c - '0' : (c | 0x20) - 'a' + 10);
	}
	return true;
}

/* "\uD83D\uDE00" is one code point; half a pair stands for nothing. */
static bool unicode_escape(struct parser *x, char **to)
{
	uint32_t cp, low;
	if (!hex4(x->p, &cp))
		return refuse(x, "\\u without four hexadecimal digits");
	x->p += 4;
	if (cp >= 0xD800 && cp < 0xDC00 && x->p[0] == '\\' && x->p[1] == 'u' && hex4(x->p + 2, &low) &&
		low >= 0xDC00 && low < 0xE000) {
		cp = 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
		x->p += 6;
	}
	*to += utf8_encode(cp, *to);
	return true;
}

static bool escape(struct parser *x, char **to)
{
	static const char from[] = "\"\\/bfnrt", plain[] = "\"\\/\b\f\n\r\t";
	char c = *x->p;
	if (c == 'u') {
		x->p++;
		return unicode_escape(x, to);
	}
	const char *at = c ? strchr(from, c) : NULL;
	if (!at)
		return refuse(x, "an escape that does not exist");
	*(*to)++ = plain[at - from];
	x->p++;
	return true;
}

/* Behind the opening quote. Control characters may stand in a string as they are: web pages write them so. */
static bool string(struct parser *x, const char **text, uint32_t *n)
{
	char *from = x->p, *to = x->p, *quote = NULL;
	for (;;) {
		if (!quote || quote < x->p) /* it was escaped */
			quote = memchr(x->p, '"', (size_t)(x->end - x->p));
		if (!quote) {
			x->p = x->end;
			return refuse(x, "a string without end");
		}
		char *slash = memchr(x->p, '\\', (size_t)(quote - x->p));
		size_t run = (size_t)((slash ? slash : quote) - x->p);
		if (to != x->p)
			memmove(to, x->p, run);
		to += run;
		x->p += run + 1;
		if (!slash)
			break;
		if (!escape(x, &to))
			return false;
	}
	*to = 0;
	*text = from;
	*n = (uint32_t)(to - from);
	return true;
}

/* --- numbers and words --- */

static size_t digits(const char *p)
{
	size_t n = 0;
	while (p[n] >= '0' && p[n] <= '9')
		n++;
	return n;
}

static bool number(struct parser *x, struct json *out)
{
	const char *from = x->p, *p = from + (*from == '-');
	size_t whole = digits(p), part = 1;
	*out = (struct json){.kind = JSON_INT, .text = from};
	bool good = whole == 1 || (whole && *p != '0');
	p += whole;
	if (good && *p == '.') {
		out->kind = JSON_REAL;
		part = digits(++p);
		p += part;
	}
	if (good && part && (*p == 'e' || *p == 'E')) {
		out->kind = JSON_REAL;
		p++;
		p += *p == '+' || *p == '-';
		part = digits(p);
		p += part;
	}
	if (!good || !part)
		return refuse(x, "a number that is none");
	out->n = (uint32_t)(p - from);
	x->p += out->n;
	return true;
}

static bool word(struct parser *x, struct json *out)
{
	static const struct {
		const char *name;
		struct json value;
	} words[] = {{"true", {.kind = JSON_BOOL, .n = 1}}, {"false", {.kind = JSON_BOOL}},
		{"null", {.kind = JSON_NULL}}};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t n = strlen(words[i].name);
		if (strncmp(x->p, words[i].name, n) == 0) {
			*out = words[i].value;
			x->p += n;
			return true;
		}
	}
	return refuse(x, x->p == x->end ? "it ends too early" : "no value where one must be");
}

/* --- containers --- */

static bool value(struct parser *x, struct json *out, int depth);

static bool member(struct parser *x, bool object, int depth)
{
	struct json v;
	const char *key = NULL;
	uint32_t n = 0;
	if (object) {
		if (!take(x, '"'))
			return refuse(x, "no name where one must be");
		if (!string(x, &key, &n))
			return false;
		if (!take(x, ':'))
			return refuse(x, "no colon behind a name");
	}
	if (!value(x, &v, depth))
		return false;
	v.key = key;
	v.n_key = n;
	vec_push(&x->open, v);
	return true;
}

static bool container(struct parser *x, struct json *out, bool object, int depth)
{
	size_t first = x->open.n;
	char close = object ? '}' : ']';
	if (depth > JSON_DEPTH_MAX)
		return refuse(x, "it is nested too deep");
	if (object && ++x->objects > JSON_OBJECTS_MAX)
		return too_large(x);
	*out = (struct json){.kind = object ? JSON_OBJECT : JSON_ARRAY};
	if (take(x, close))
		return true;
	for (;;) {
		if (!member(x, object, depth))
			return false;
		if (take(x, close))
			break;
		if (!take(x, ','))
			return refuse(x, "no comma between two values");
		if (++x->commas > JSON_VALUES_MAX)
			return too_large(x);
	}
	size_t n = x->open.n - first;
	struct json *children = arena_raw(x->arena, n * sizeof *children);
	memcpy(children, x->open.p + first, n * sizeof *children);
	x->open.n = first;
	out->children = children;
	out->n = (uint32_t)n;
	return true;
}

static bool value(struct parser *x, struct json *out, int depth)
{
	skip_blank(x);
	switch (*x->p) {
	case '{':
	case '[':
		return container(x, out, *x->p++ == '{', depth + 1);
	case '"':
		x->p++;
		*out = (struct json){.kind = JSON_STRING};
		return string(x, &out->text, &out->n);
	default:
		return *x->p == '-' || digits(x->p) ? number(x, out) : word(x, out);
	}
}

static int told(const struct parser *x, const char *text, struct err *e)
{
	if (x->limit)
		return err_set(e, ERR_LIMIT, N_("JSON document is larger than the limit"), NULL, NULL);
	err_set(e, ERR_DATA, N_("not JSON: %1"), x->why, NULL);
	return err_at(e, NULL, 1, (long)(x->p - text) + 1);
}

int json_read(struct arena *a, struct span s, const struct json **out, struct err *e)
{
	*out = NULL;
	if (s.n > LINE_MAX_BYTES)
		return err_set(e, ERR_LIMIT, N_("JSON document is larger than the limit"), NULL, NULL);
	if (!utf8_valid(s))
		return err_set(e, ERR_DATA, N_("not JSON: %1"), "ill-formed UTF-8", NULL);
	struct json root;
	char *text = arena_dup(a, s);
	struct parser x = {.p = text, .end = text + s.n, .arena = a};
	if (value(&x, &root, 0)) {
		skip_blank(&x);
		if (x.p != x.end)
			refuse(&x, "something follows the value");
	}
	vec_release(&x.open);
	if (x.why)
		return told(&x, text, e);
	struct json *kept = arena_raw(a, sizeof *kept);
	*kept = root;
	*out = kept;
	return 0;
}

int json_parse(struct span s, struct json **out, struct err *e)
{
	struct document *d = xcalloc(1, sizeof *d);
	const struct json *root;
	*out = NULL;
	if (json_read(&d->arena, s, &root, e) < 0) {
		json_free(&d->root);
		return -1;
	}
	d->root = *root;
	*out = &d->root;
	return 0;
}

void json_free(struct json *doc)
{
	struct document *d = (struct document *)doc;
	if (!d)
		return;
	arena_release(&d->arena);
	free(d);
}

/* --- looking at values --- */

enum json_kind json_kind(const struct json *v)
{
	return v ? v->kind : JSON_NULL;
}

const struct json *json_get(const struct json *object, const char *key)
{
	size_t n = strlen(key);
	for (uint32_t i = json_kind(object) == JSON_OBJECT ? object->n : 0;
		i-- > 0;) { /* the last one counts */
		const struct json *v = &object->children[i];
		if (v->n_key == n && memcmp(v->key, key, n) == 0)
			return v->kind == JSON_NULL ? NULL : v;
	}
	return NULL;
}

struct span json_string(const struct json *v)
{
	return json_kind(v) == JSON_STRING ? (struct span){v->text, v->n} : (struct span){NULL, 0};
}

struct span json_get_string(const struct json *object, const char *key)
{
	return json_string(json_get(object, key));
}

static bool is_number(const struct json *v)
{
	return json_kind(v) == JSON_INT || json_kind(v) == JSON_REAL;
}

int64_t json_int(const struct json *v)
{
	int64_t n;
	if (!is_number(v))
		return 0;
	if (v->kind == JSON_INT && span_to_int64((struct span){v->text, v->n}, &n))
		return n;
	double real = json_real(v);
	if (real >= 0x1p63)
		return INT64_MAX;
	return real <= -0x1p63 ? INT64_MIN : (int64_t)real;
}

/* Other than strtod() the same in every locale; exact enough for a number of bytes or seconds. */
double json_real(const struct json *v)
{
	if (!is_number(v))
		return 0;
	const char *p = v->text + (*v->text == '-'), *end = v->text + v->n;
	int64_t shift = 0, exponent = 0;
	double n = 0;
	for (bool part = false; p < end && *p != 'e' && *p != 'E'; p++) {
		if (*p == '.') {
			part = true;
			continue;
		}
		n = n * 10 + (*p - '0');
		shift -= part;
	}
	p += p < end;
	p += p < end && *p == '+';
	if (p < end && !span_to_int64((struct span){p, (size_t)(end - p)}, &exponent))
		exponent = *p == '-' ? -EXPONENT_MAX : EXPONENT_MAX;
	exponent = exponent > EXPONENT_MAX    ? EXPONENT_MAX
		   : exponent < -EXPONENT_MAX ? -EXPONENT_MAX
					      : exponent;
	for (shift += exponent; shift > 0; shift--)
		n *= 10;
	for (; shift < 0; shift++)
		n /= 10;
	return *v->text == '-' ? -n : n;
}

bool json_is_true(const struct json *v)
{
	return json_kind(v) == JSON_BOOL && v->n;
}

size_t json_len(const struct json *array)
{
	return json_kind(array) == JSON_ARRAY ? array->n : 0;
}

const struct json *json_at(const struct json *array, size_t i)
{
	return i < json_len(array) ? &array->children[i] : NULL;
}

bool json_next(const struct json *object, size_t *at, struct span *key, const struct json **child)
{
	if (json_kind(object) != JSON_OBJECT || *at >= object->n)
		return false;
	*child = &object->children[(*at)++];
	*key = (struct span){(*child)->key, (*child)->n_key};
	return true;
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
	case JSON_REAL:
		json_put_raw(w, (struct span){v->text, v->n});
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
