/* decode: the body as received -> valid UTF-8. Content coding undone within BODY_MAX; charset decided: BOM,
 * then valid multi-byte UTF-8 whatever the labels say, then HTTP, then the document's own label, then a
 * guess; legacy Vietnamese encodings known. What is ill-formed becomes U+FFFD and is counted; NUL bytes are
 * dropped. */
#ifndef DECODE_DECODE_H
#define DECODE_DECODE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/report.h"

struct decoded {
	struct span
		text; /* UTF-8, in the arena or the input itself when nothing had to change; without BOM */
	bool cut;     /* decode_start(): the beginning of what is longer, or was cut short */
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
/* The same, but what unpacks to more than BODY_MAX or ends too soon is no fault: its beginning is read. */
MUST_USE int decode_start(struct decode *d, struct arena *a, struct span body, struct span content_encoding,
	struct span content_type, struct decoded *out, struct report *rep, struct err *e);

#endif
