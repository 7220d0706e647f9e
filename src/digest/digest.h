/* digest: items -> what people read elsewhere: plain text, HTML (one file, no script, no remote anything), a
 * ready MIME message. */
#ifndef DIGEST_DIGEST_H
#define DIGEST_DIGEST_H

#include "base/str.h"
#include "queue/queue.h"

struct digest {
	const char *lang;                    /* "vi" or "en": dates, numbers; words come through tr */
	const char *(*tr)(const char *text); /* gettext of cli/, for N_() texts; NULL: as they stand */
	const char *place_name;              /* of the watched place, NULL: all */
	int zone_minutes;
	int64_t since, now;
	const struct item
		*items; /* most urgent first; `articles` filled by queue_item() where passages are wanted */
	size_t n_items;
	struct queue_counts counts;
	const char *const
		*notices; /* lines about failing sources and the like, already in the reader's language */
	size_t n_notices;
	/* Title of a rule, given as the reason; NULL (the function or its answer): the rule's id is. */
	const char *(*rule_title)(const char *rule, void *ctx);
	void *ctx;
};

void digest_text(const struct digest *d, int width, struct str *out); /* columns; 0: 72 */
/* The whole document, laid out for screens and paper; at most DIGEST_HTML_MAX bytes, items beyond are left
 * out and counted. */
void digest_html(const struct digest *d, struct str *out);
/* "23/11/2026 06:30" in "vi", else "23 November 2026, 06:30", for notices. */
void digest_time(const struct digest *d, struct str *out, int64_t at);
struct digest_mail {
	const char *from;
	const char *const *to;
	size_t n_to;
	const char *message_id; /* without <> */
};
/* RFC 5322 message with text and HTML parts, CRLF line ends, deterministic for the same input. Header text is
 * encoded (RFC 2047) and can never hold a line break. Addresses must have passed mail_address_ok(); bytes
 * that it refuses are dropped. The HTML part is the one-column form of digest_html(). */
void digest_mime(const struct digest *d, const struct digest_mail *m, struct str *out);
/* local@domain of printable ASCII, without quotes, spaces and the characters that end an address in a header.
 */
bool mail_address_ok(const char *address);

struct smtp {
	const char *url;             /* smtp://host:port, smtps://… */
	const char *user, *password; /* NULL: none; with them a connection that is not encrypted is refused,
					but on loopback */
	const char *from;
	const char *const *to;
	size_t n_to;
	int timeout;   /* seconds; 0: 30 */
	bool *refused; /* n_to, or NULL: out: which recipients were refused */
};
/* Sends it. A refused recipient among accepted ones is a remark-like fault in *e with rc 1 (sent to the
 * others); 4xx: ERR_UNAVAIL to be tried again with the same Message-ID; returns 0 sent to all, 1 sent to
 * some, -1 not sent. What will not get better by itself (5xx, log-in refused, an address or URL that is none)
 * is ERR_CONF. The fault names the recipients and quotes the server's answer. */
MUST_USE int smtp_send(const struct smtp *s, struct span message, struct err *e);

/* Words for what is stored as an id; N_() texts, to be translated. An unknown id is returned as it is; NULL
 * gives "". */
const char *label_action(const char *action);
const char *label_topic(const char *topic);
const char *label_state(const char *state);
const char *label_claim(const char *label); /* fake false verified corrected */
/* "%1 h left", "%1 d over" …, to be translated, for seconds left (negative: over); *n is its %1. */
const char *label_left(int64_t seconds, int64_t *n);
void label_number(const char *lang, int64_t v, struct str *out); /* 1.234 in "vi", else 1,234 */

/* Display safety, for every output people see: control characters (C0, C1, DEL), bidi controls and invisible
 * characters of `s` replaced by a visible or empty form; line breaks become one space when one_line. */
void show_safe(struct str *out, struct span s, bool one_line);
int show_width(struct span s); /* terminal columns (East Asian wide = 2, combining = 0) */
bool show_closes(uint32_t cp); /* a sign that no line begins with */

#endif
