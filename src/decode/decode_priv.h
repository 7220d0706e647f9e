/* decode, private: the steps between the files of this room. */
#ifndef DECODE_DECODE_PRIV_H
#define DECODE_DECODE_PRIV_H

#include "base/str.h"
#include "decode/decode.h"

/* Undoes the codings named (last first) and one that is not named; *out points into the arena, or is the body
 * as it came. Of what is too large or ends too soon it is the beginning, and *cut says so. */
MUST_USE int coding_undo(struct arena *a, struct span body, struct span names, struct span *out,
	enum decode_cut *cut, struct report *rep, struct err *e);

/* Room for the next piece of an unpacked body, up to the limit of `out`; NULL: it is full. */
char *coding_room(struct str *out, size_t *left);
enum unpacked { UNPACKED, UNPACK_CUT, UNPACK_BAD, UNPACK_LARGE };
/* *in moves behind what was read of it. */
enum unpacked unpack_brotli(struct span *in, struct str *out);
enum unpacked unpack_zstd(struct span *in, struct str *out); /* all frames */

/* How the bytes of a charset relate to others; what the decision needs to know. */
enum charset_kind {
	CHARSET_UTF8,
	CHARSET_WIDE,   /* UTF-16, UTF-32: own decoder */
	CHARSET_SINGLE, /* one byte a character, ASCII below 0x80 */
	CHARSET_MULTI,  /* several bytes a character, or a legacy Vietnamese one: short texts may be valid
			   UTF-8 by chance */
	CHARSET_OTHER,  /* not a superset of ASCII */
};

struct charset {
	const char *name;  /* lower case, as reported */
	const char *iconv; /* NULL: decoded here */
	enum charset_kind kind;
};

extern const struct charset charsets[];
extern const size_t charsets_n;

const struct charset *charset_find(
	struct span label); /* NULL when unknown; aliases, quotes and blanks forgiven */
const struct charset *charset_named(const char *name); /* one of the table, by its name */
/* Appends `in` as UTF-8, U+FFFD for what is ill-formed; yields how often. */
size_t charset_convert(struct decode *d, const struct charset *c, struct span in, struct str *out);

/* What a byte string looks like as UTF-8. */
struct utf8_look {
	size_t two, more; /* well-formed sequences of two bytes, of three and four */
	size_t bad;       /* maximal ill-formed subparts */
	size_t nul;
};
void utf8_look(struct span s, struct utf8_look *out);

/* The likeliest charset of bytes that are not UTF-8 and carry no (true) label. */
const struct charset *charset_guess(struct span s);
/* What pages made with Vietnamese fonts (".VnTime") are that call themselves Latin-1; NULL: that they are. */
const struct charset *charset_behind_latin(struct span s);

#endif
