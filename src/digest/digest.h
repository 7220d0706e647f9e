/* digest: items -> what people read elsewhere: plain text, HTML (one file, no script, no remote anything), a ready MIME message. */
#ifndef DIGEST_DIGEST_H
#define DIGEST_DIGEST_H

#include "base/str.h"
#include "queue/queue.h"

struct digest {
	const char *lang;        /* "vi" or "en": dates, numbers; words come through tr */
	const char *(*tr)(const char *text); /* gettext of cli/, for N_() texts */
	const char *place_name;  /* of the watched place, NULL: all */
	int zone_minutes;
	int64_t since, now;
	const struct item *items; /* most urgent first */
	size_t n_items;
	struct queue_counts counts;
	const char *const *notices; /* lines about failing sources and the like, already in the reader's language */
	size_t n_notices;
};

void digest_text(const struct digest *d, int width, struct str *out);  /* columns; 0: 72 */
void digest_html(const struct digest *d, struct str *out); /* the whole document; above DIGEST_HTML_MAX items are left out and counted */
struct digest_mail {
	const char *from;
	const char *const *to;
	size_t n_to;
	const char *message_id;  /* without <> */
};
/* RFC 5322 message with text and HTML parts, CRLF line ends, deterministic for the same input. Header text is encoded (RFC 2047)
 * and can never hold a line break. */
void digest_mime(const struct digest *d, const struct digest_mail *m, struct str *out);

struct smtp {
	const char *url;         /* smtp://host:port, smtps://… */
	const char *user, *password; /* NULL: none */
	const char *from;
	const char *const *to;
	size_t n_to;
	int timeout;             /* seconds; 0: 30 */
};
/* Sends it. A refused recipient among accepted ones is a remark-like fault in *e with rc 1 (sent to the others); 4xx: ERR_UNAVAIL to be
 * tried again with the same Message-ID; returns 0 sent to all, 1 sent to some, -1 not sent. */
MUST_USE int smtp_send(const struct smtp *s, struct span message, struct err *e);

/* Display safety, for every output people see: control characters (C0, C1, DEL), bidi controls and invisible characters of `s` replaced
 * by a visible or empty form; line breaks become one space when one_line. */
void show_safe(struct str *out, struct span s, bool one_line);
int show_width(struct span s); /* terminal columns (East Asian wide = 2, combining = 0) */

#endif
