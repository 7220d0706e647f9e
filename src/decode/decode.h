/* decode: the body as received -> valid UTF-8. Content coding undone within BODY_MAX; charset decided: BOM,
 * then valid multi-byte UTF-8 whatever the labels say, then HTTP, then the document's own label, then a
 * guess; legacy Vietnamese encodings known. What is ill-formed becomes U+FFFD and is counted; NUL bytes are
 * dropped. */
#ifndef DECODE_DECODE_H
#define DECODE_DECODE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/report.h"

/* How much of a compressed body its text is; of several codings the worst counts. */
enum decode_cut {
	DECODE_WHOLE,
	DECODE_SHORT, /* it ends too soon: up to there */
	DECODE_LARGE, /* it unpacks to more than BODY_MAX: the beginning */
	DECODE_BOMB,  /* the same, and swells to more than UNPACK_RATIO_MAX times its size */
};

struct decoded {
	struct span
		text; /* UTF-8, in the arena or the input itself when nothing had to change; without BOM */
	enum decode_cut cut; /* but for decode_start() always DECODE_WHOLE */
	const char *charset; /* the charset it was read as, lower case, static or in the arena */
};

/* Loads the converters that must exist before a process loses its files. Safe to call more than once. Returns
 * -1 when iconv knows one of the white list not at all (a crippled C library). */
struct decode;
MUST_USE int decode_new(struct decode **out, struct err *e);
void decode_free(struct decode *d);
/* content_encoding and content_type as HTTP gave them, empty when absent. */
MUST_USE int decode_body(struct decode *d, struct arena *a, struct span body, struct span content_encoding,
	struct span content_type, struct decoded *out, struct report *rep, struct err *e);
/* The same, but what unpacks to more than BODY_MAX or ends too soon is no fault yet: its beginning is read.
 * start: the body itself is the beginning of a longer one. */
MUST_USE int decode_start(struct decode *d, struct arena *a, struct span body, struct span content_encoding,
	struct span content_type, bool start, struct decoded *out, struct report *rep, struct err *e);
/* The fault that such a cut is to decode_body(); always -1. */
int decode_refuse(enum decode_cut cut, struct err *e);

#endif
