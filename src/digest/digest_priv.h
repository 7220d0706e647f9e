/* digest_priv: what the forms of the digest share: words, and the passage of an item. Texts made here are
 * safe to show (show_safe) and on one line; HTML escapes them on top. */
#ifndef DIGEST_DIGEST_PRIV_H
#define DIGEST_DIGEST_PRIV_H

#include "digest/digest.h"

const char *word(const struct digest *d, const char *text);
void tell(const struct digest *d, struct str *out, const char *text, const char *a,
	const char *b);                               /* translated, with %1 %2 */
void tell_capital(struct str *out, const char *text); /* first letter in upper case (Latin) */
/* At most `max` code points of `text`, made safe, "…" when cut. */
void tell_short(struct str *out, const char *text, size_t max);
void tell_count(const struct digest *d, struct str *out, int64_t n);
void tell_day(const struct digest *d, struct str *out,
	int64_t at); /* Thứ Hai, 23/11/2026 | Monday, 23 November 2026 */
void tell_date(const struct digest *d, struct str *out, int64_t at); /* 23/11/2026 | 23 November 2026 */
void tell_heading(const struct digest *d, struct str *out);          /* "Soát tin Hải Phòng" */
void tell_period(const struct digest *d, struct str *out);           /* from … to … */
void tell_sources(
	const struct digest *d, struct str *out, const struct item *it); /* names and number of copies */
void tell_reason(const struct digest *d, struct str *out, const struct item *it);
void tell_parts(
	const struct digest *d, struct str *out, const struct item *it); /* "rule 40 + place 15 + …" */
void say_left_out(const struct digest *d, struct str *out, size_t n);

enum due { DUE_NONE, DUE_LATER, DUE_SOON, DUE_OVER };
enum due tell_due(const struct digest *d, struct str *out,
	const struct item *it); /* time left; closed items have none */
/* State words other than "new": "returning", "taken by …", "answered". False when there is nothing to say. */
bool tell_state(const struct digest *d, struct str *out, const struct item *it);

/* The five figures on top. */
enum { FIGURES = 5 };
struct figure {
	const char *label; /* translated */
	int64_t n;
	bool bad; /* worth a warning colour when not 0 */
};
void digest_figures(const struct digest *d, struct figure out[FIGURES]);

/* Items per topic, most first: all of the closed list; what does not fit is summed up under an id of NULL. */
enum { TOPICS_SHOWN = 16 };
struct topic_count {
	const char *topic;
	size_t n;
};
size_t digest_topics(const struct digest *d, struct topic_count out[TOPICS_SHOWN + 1]);

/* What was flagged, in its place. SHOWN: a window of the leading article around the first quote. TITLE: the
 * title alone holds the quotes; `text` is the title and `lead` what the article begins with. MASKED: not to
 * be shown. */
enum { PASSAGE_MARKS = 12 };
struct passage {
	struct span text; /* view into the article's field, not yet made safe */
	const char *lang;
	struct mark {
		size_t from, to; /* bytes of text; in order, not overlapping */
	} mark[PASSAGE_MARKS];
	size_t n;
	bool cut_front, cut_back; /* in the middle of a sentence */
	struct span lead;
	bool lead_cut;
};
enum passage_kind { PASSAGE_NONE, PASSAGE_SHOWN, PASSAGE_TITLE, PASSAGE_MASKED };
enum passage_kind item_passage(const struct item *it, struct passage *out);

/* Is this item only there because a competent body has denied or corrected it already? Such items stand in a
 * part of their own. */
bool item_settled(const struct item *it);
bool link_ok(const char *url); /* http or https, a host, nobody's name before it */

/* Forms with a limit in bytes (0: none): items beyond it are left out and counted. */
void text_form(const struct digest *d, int width, size_t max, struct str *out);
void html_form(const struct digest *d, bool mail, size_t max, struct str *out);

/* RFC 2047: `text` (made safe first) as encoded words, folded; plain when it needs no encoding. `column` is
 * where the line stands. */
void mime_header_text(struct str *out, struct span text, size_t column);
void mime_quoted_printable(struct str *out, struct span text); /* line breaks "\n" become CRLF */

#endif
