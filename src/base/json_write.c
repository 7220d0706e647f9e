/* json_write: the writing half of json.h. */
#include "base/json.h"
#include "base/utf8.h"

#include <string.h>

#include "base/banned.h"

enum { SHORT = 48 }; /* bytes of a string that is looked at one by one */

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
		str_add(out, (struct span){(const char[]){'\\', (char)c}, 2});
	else
		str_addf(out, "\\u%04x", c);
}

/* Does a character begin with this byte that may have to be escaped? In well-formed text U+0080 to U+009F
 * begin with C2, U+2028 and U+2029 with E2; in other text any byte beyond ASCII is to be looked at. */
static bool is_odd(unsigned char c, bool well_formed)
{
	return c < 0x20 || c == '"' || c == '\\' || c == 0x7F ||
	       (c >= 0x80 && (!well_formed || c == 0xC2 || c == 0xE2));
}

/* The next odd byte of well-formed text, or one less than sixteen bytes before it or the end. */
static size_t next_odd(struct span s, size_t at)
{
	typedef unsigned char lanes __attribute__((vector_size(16)));
	for (; s.n - at >= sizeof(lanes); at += sizeof(lanes)) {
		lanes v;
		uint64_t half[2];
		memcpy(&v, s.p + at, sizeof v);
		lanes odd = (lanes)(v < 0x20) | (lanes)(v == '"') | (lanes)(v == '\\') | (lanes)(v == 0x7F) |
			    (lanes)(v == 0xC2) | (lanes)(v == 0xE2);
		memcpy(half, &odd, sizeof odd);
		if (half[0] | half[1])
			break;
	}
	return at;
}

/* Most strings are short and plain: one look at each byte. False: this one is not. */
static bool quote_plain(struct str *out, struct span s)
{
	char *to = s.n <= SHORT ? str_room(out, s.n + 2) : NULL;
	if (!to)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (is_odd((unsigned char)s.p[i], false))
			return false;
		to[i + 1] = s.p[i];
	}
	to[0] = to[s.n + 1] = '"';
	str_grew(out, s.n + 2);
	return true;
}

static void quote(struct str *out, struct span s)
{
	if (quote_plain(out, s))
		return;
	size_t from = 0, at = 0;
	bool well_formed = utf8_valid(s);
	str_addc(out, '"');
	while (at < s.n) {
		at = well_formed ? next_odd(s, at) : at;
		while (at < s.n && !is_odd((unsigned char)s.p[at], well_formed))
			at++;
		if (at == s.n)
			break;
		size_t here = at, bad = 0;
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
	size_t n = strlen(key);
	separate(w);
	char *to = str_room(w->out, n + 3);
	if (to) {
		to[0] = to[n + 1] = '"';
		memcpy(to + 1, key, n);
		to[n + 2] = ':';
		str_grew(w->out, n + 3);
	}
	w->comma = false;
}

void json_put_string(struct json_writer *w, struct span s)
{
	separate(w);
	quote(w->out, s);
}

void json_put_int(struct json_writer *w, int64_t v)
{
	separate(w);
	str_add_int(w->out, v);
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

void json_put_raw(struct json_writer *w, struct span json)
{
	separate(w);
	str_add(w->out, json);
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
