/* tag: HTML bytes -> text, start tags, end tags; and what is known of the tags. The tokenizer behind
 * markup_html() and markup_text(): it takes every input, reads each byte a bounded number of times and never
 * goes back. Within markup/ only. */
#ifndef MARKUP_TAG_H
#define MARKUP_TAG_H

#include "base/limits.h"
#include "base/span.h"

enum {
	TAG_BLOCK = 1,     /* begins and ends a line */
	TAG_VOID = 2,      /* has no content */
	TAG_RAW = 4,       /* its content is not markup: up to its end tag */
	TAG_DROP = 8,      /* nothing in it is read by a reader */
	TAG_OPTIONAL = 16, /* its end tag may be missing */
	TAG_CELL = 32,     /* stands beside its like in a line */
};

enum { TAG_NAME_MAX = 32 }; /* bytes of a tag's name; longer names are cut */

enum tag_kind {
	TAG_END_OF_INPUT,
	TAG_TEXT,
	TAG_START,
	TAG_END,
	TAG_OTHER /* comments, declarations: nothing to read */
};

struct tag_attr {
	struct span name, value; /* as written: case and entities not undone */
};

struct tag {
	enum tag_kind kind;
	struct span text;        /* TAG_TEXT: as written */
	char name[TAG_NAME_MAX]; /* lower case */
	size_t name_n;
	unsigned flags;  /* TAG_* above */
	size_t n_attrs;  /* within ATTRS_MAX and TAG_MAX; the excess is left out … */
	bool attrs_left; /* … which this tells */
	struct tag_attr attrs[ATTRS_MAX];
};

struct tag_scan {
	struct span s;
	size_t at;
	bool no_comment_end; /* private: no "-->" is left */
	struct {
		size_t from, at;
	} quote[2]; /* private: from `from` on the next " or ' stands at `at` (SIZE_MAX: nowhere) */
	struct {
		char name[TAG_NAME_MAX];
	} gone[16]; /* private: names whose end tag is not found any more */
	size_t n_gone;
};

void tag_scan_init(struct tag_scan *x, struct span s);
void tag_next(struct tag_scan *x, struct tag *out);
/* After a start tag: the bytes up to its end tag `</name`, the scan moves behind that end tag. With `nested`,
 * inner elements of the same name are counted. False when there is no end tag: nothing moves. */
bool tag_content(struct tag_scan *x, const struct tag *t, bool nested, struct span *content);
unsigned tag_flags(struct span name);
struct span tag_name(const struct tag *t);

#endif
