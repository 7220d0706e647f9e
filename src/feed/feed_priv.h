/* feed, private: what the readers of the formats collect, and what makes an entry of it. */
#ifndef FEED_FEED_PRIV_H
#define FEED_FEED_PRIV_H

#include "base/str.h"
#include "base/vec.h"
#include "feed/feed.h"
#include "markup/markup.h"

/* Fields that several elements may give; the highest rank wins, among equals the first. */
enum slot {
	SLOT_TITLE,
	SLOT_SUMMARY,
	SLOT_TEXT,
	SLOT_LINK,
	SLOT_GUID,
	SLOT_CANONICAL,
	SLOT_PUBLISHED,
	SLOT_UPDATED,
	SLOT_LANG,
	SLOT_COUNT,
};

enum form {
	FORM_HTML,  /* markup, to become plain text */
	FORM_PLAIN, /* text as it is: "<" means "<" */
	FORM_RAW,   /* came as bytes: nothing in it means anything else */
};

struct value {
	struct str s;
	int rank; /* 0: none */
	enum form form;
};

/* One entry (or the feed's own head) in the making. Zeroed is ready; the buffers are used again. */
struct parts {
	struct value slot[SLOT_COUNT];
	bool guid_is_link;
	VEC(struct str) authors;
	size_t n_authors; /* of them in use */
	int author_rank;
	VEC(struct enclosure) enclosures; /* in the arena; first those that are called so */
	size_t n_enclosures;              /* of these */
	struct markup_place place;        /* of the entry */
};

/* The feed in the making. */
struct making {
	struct arena *a;
	const struct feed_hints *hints;
	struct report *rep;
	struct feed *out;
	VEC(struct article *) entries;
	VEC(struct markup_place) places; /* of the entries */
	struct parts head;
	const char *kind; /* of its entries; NULL: articles */
	bool too_many;
	struct markup_place too_many_at; /* the first entry left out */
	struct str scratch;
	struct markup_place place; /* of the element or entry being read */
};

void parts_clear(struct parts *p);
void parts_release(struct parts *p);
void parts_put(struct parts *p, enum slot slot, struct span s, int rank, enum form form);
/* The same; the buffer changes hands: *s holds another afterwards, of any content. */
void parts_take(struct parts *p, enum slot slot, struct str *s, int rank, enum form form);
/* A person; those of a lower rank than the best are dropped. */
void parts_author(struct parts *p, struct span name, int rank);
/* url is resolved against base; without one nothing is added. media: Media RSS tells it, which as a rule
 * tells again what another element tells. */
void parts_enclosure(struct making *m, struct parts *p, const char *base, struct span url, struct span type,
	struct span length, bool media);
/* Plain by its name, and often HTML all the same. */
enum form form_of_plain(struct span s);
/* An address, resolved against base if there is one; NULL, with a remark, when it is empty or of a scheme
 * nobody should follow. In the arena. */
char *feed_address(struct making *m, const char *base, struct span address);

/* What was odd and is mended, told of m->place (odd.c). */
void odd_remark(struct making *m, enum remark_id id, struct span a, struct span b);
/* The date, when it is neither RFC 822's nor ISO 8601's; the link, when it is no whole address. */
void odd_date(struct making *m, struct span text, struct stamp read);
void odd_link(struct making *m, const char *base, struct span address, const char *url);

/* Makes an article of the parts and adds it; false when there are ENTRIES_MAX already. */
bool making_add(struct making *m, const struct parts *p);
/* Entries without an address but with the same guid get a number; those that share an address say so
 * (twins.c). */
void twins_part(struct making *m);
void twins_share(struct making *m);
/* The head, and the entries, into m->out. */
void making_finish(struct making *m);
void making_release(struct making *m);

int feed_xml(struct making *m, struct span utf8, struct err *e);
int feed_json(struct making *m, struct span utf8, struct err *e);

#endif
