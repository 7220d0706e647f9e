/* news: the records that travel. An article is one NDJSON line, "v": 1, soatin-article(5). All pointers are
 * NUL-terminated UTF-8 in the article's arena; NULL means
 * absent. Offsets count code points in the field they name. */
#ifndef NEWS_NEWS_H
#define NEWS_NEWS_H

#include "base/clock.h"
#include "base/json.h"
#include "base/report.h"

struct source {
	const char *id, *name, *kind, *country, *lang;
	const char *content, *remove, *date,
		*links; /* how its pages are read, base/selector.h; travel with records, never with articles
			 */
};

/* The fields that are searched and quoted. The lead is the summary; the body is the text. */
enum field { FIELD_TITLE, FIELD_SUMMARY, FIELD_TEXT, FIELD_CAPTIONS, FIELD_URL, FIELD_COUNT };
extern const char *const field_names[FIELD_COUNT]; /* "title" "summary" "text" "captions" "url" */

struct mention {
	const char *place, *iso,
		*now;     /* slug as written, its ISO code, slug of the unit it belongs to today */
	const char *form; /* the words as printed */
	const char *as;   /* "province" "part" "metonym" */
	const char *why;  /* "name", or the cue that decided */
	enum field field;
	uint32_t start, end; /* code points */
	uint32_t sentence;   /* number of the sentence in its field, from 0 */
	bool watched;        /* not written; set by place/ for rule/ */
};

struct quote {
	const char *term;
	enum field field;
	uint32_t start, end; /* code points */
};

struct flag {
	const char *rule, *action, *topic;
	int weight;
	int64_t due;   /* seconds from first sight; 0: none */
	bool answered; /* a competent body denies or corrects it in the same article */
	bool trial;    /* counted, never queued */
	struct quote *quotes;
	size_t n_quotes;
};

struct enclosure {
	const char *url, *type;
	int64_t length; /* bytes; -1 unknown */
};

struct evidence {
	const char *file;   /* WARC file name, or NULL */
	int64_t offset;     /* of the record in it, bytes; -1 unknown */
	const char *digest; /* "sha256:…" of the body as received */
};

struct article {
	const char *id; /* 16 hex digits; article_set_id() */
	const char *url, *canonical, *guid;
	unsigned twin; /* the how manieth other entry of its feed with this guid, from 2; else 0 (not written)
			*/
	bool address_shared; /* other entries of its feed have the same url and are not the same: it does not
				identify (not written) */
	struct source source;
	const char *kind; /* "article" (NULL means that), "index", "stub" */
	const char *title, *summary, *text, *captions;
	const char **authors;
	size_t n_authors;
	const char **links; /* addresses the text points to */
	size_t n_links;
	struct enclosure *enclosures;
	size_t n_enclosures;
	struct stamp published, updated;
	int64_t fetched; /* seconds UTC; 0 unknown */
	const char *lang;
	struct evidence evidence;
	const char *from; /* file name as given, when read from named files */
	struct mention *mentions;
	size_t n_mentions;
	struct flag *flags;
	size_t n_flags;
	const char *fingerprint; /* of the story, story/; NULL when too short */
	const char *story;       /* cluster id, set by the queue */
	struct {
		int rule, place, spread, source;
	} priority;   /* parts; total is their sum */
	bool matched; /* mentions, flags and priority have been decided and are written even when empty */
	const char **remarks; /* "MARKUP_REPAIRED 3:14 text" lines, English */
	size_t n_remarks;
	const struct json
		*unknown; /* object whose keys we do not know: written again as they came; may be NULL */
};

/* Sets id from the article's identity: the address without tracking parameters (base/url.h) unless shared,
 * else guid + twin + source, else title + text; first 16 hex digits of its SHA-256. By address first, since
 * the same article found by another feed must have the same id and guids are per feed. */
void article_set_id(struct arena *a, struct article *x);
/* Reads one line. Offsets outside their field, a missing "v" or another version are faults (ERR_DATA). */
MUST_USE int article_read(struct arena *a, struct span line, struct article *out, struct err *e);
/* Appends one line with its newline. Keys stand in the fixed order of soatin-article(5). */
void article_write(const struct article *x, struct str *out);
/* The remarks of a report become the article's remarks (copied). */
void article_take_remarks(struct arena *a, struct article *x, const struct report *r);
const char *article_field(const struct article *x, enum field f); /* "" when absent */
void source_write(const struct source *s, struct json_writer *w); /* as one JSON object */
void source_read(const struct json *v, struct source *out);       /* its strings stand in v's document */

/* Reads a date in any of the forms feeds and pages use (RFC 822, ISO 8601, "Thứ Hai, 22/11/2026 - 06:30
 * GMT+7", epoch seconds …), one date and nothing else of weight in it. Without a zone it is taken to be in
 * the zone of `country` (ISO 3166-1, of the source), when that country has one, else in UTC with zone_known
 * false. country and lang (may be NULL) also decide whether 05/06/2026 is in June. False, and out->known
 * false, when it cannot be read or is no real date. */
bool date_read(struct span s, const char *country, const char *lang, struct stamp *out);

#endif
