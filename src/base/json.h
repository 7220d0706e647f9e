/* json: JSON in (json.c) and out (json_write.c, which streams into a str without an allocation per value).
 * Strings are UTF-8 and may hold NUL. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct json; /* one value of a parsed document; belongs to the document */

enum json_kind { JSON_NULL, JSON_BOOL, JSON_INT, JSON_REAL, JSON_STRING, JSON_ARRAY, JSON_OBJECT };

/* Parses one whole value; anything but white space behind it is an error (ERR_DATA, e->col = byte offset +
 * 1). As strict as RFC 8259, but that control characters may stand in strings as they are. Ill-formed UTF-8
 * and nesting above JSON_DEPTH_MAX are errors; half a surrogate pair is U+FFFD; of members of one name the
 * last counts. The document lives in a. */
MUST_USE int json_read(struct arena *a, struct span s, const struct json **out, struct err *e);
/* The same in memory of its own, freed with json_free(). */
MUST_USE int json_parse(struct span s, struct json **out, struct err *e);
void json_free(struct json *doc); /* accepts NULL */

/* All readers accept NULL and the wrong kind: they yield NULL, empty, 0 or false. Spans live as long as the
 * document, and a NUL stands behind each. */
enum json_kind json_kind(const struct json *v);
const struct json *json_get(const struct json *object, const char *key);
struct span json_string(const struct json *v);
struct span json_get_string(const struct json *object, const char *key);
int64_t json_int(const struct json *v);
double json_real(const struct json *v);
bool json_is_true(const struct json *v);
size_t json_len(const struct json *array);
const struct json *json_at(const struct json *array, size_t i);
/* Steps through an object in the order written: start with *at = 0; false at the end. */
bool json_next(const struct json *object, size_t *at, struct span *key, const struct json **value);

/* The writer. Calls nest as the value does; inside an object each value is preceded by json_key(). Ill-formed
 * UTF-8 is written as U+FFFD; control characters, DEL, U+2028 and U+2029 are escaped; nothing else is, so
 * that people can read it. */
struct json_writer {
	struct str *out;
	bool comma; /* private */
};

void json_begin_object(struct json_writer *w);
void json_end_object(struct json_writer *w);
void json_begin_array(struct json_writer *w);
void json_end_array(struct json_writer *w);
void json_key(struct json_writer *w, const char *key); /* one that needs no escape */
void json_key_span(struct json_writer *w, struct span key);
void json_put_string(struct json_writer *w, struct span s);
void json_put_int(struct json_writer *w, int64_t v);
void json_put_bool(struct json_writer *w, bool v);
void json_put_null(struct json_writer *w);
void json_put_raw(struct json_writer *w, struct span json); /* a value that is JSON already */
void json_put_value(
	struct json_writer *w, const struct json *v); /* a parsed value, compact; numbers as they came */
/* key + value in one call; the _opt form writes nothing when s is NULL or "". */
void json_field(struct json_writer *w, const char *key, const char *s);
void json_field_opt(struct json_writer *w, const char *key, const char *s);
void json_field_int(struct json_writer *w, const char *key, int64_t v);

#endif
