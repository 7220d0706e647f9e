/* words: the vocabulary of the XML formats. Within feed/ only. */
#ifndef FEED_WORDS_H
#define FEED_WORDS_H

#include "feed/feed_priv.h"

enum ns {
	NS_CORE, /* none, RSS's own, the one of the root */
	NS_ATOM,
	NS_RDF,
	NS_DC,
	NS_DCTERMS,
	NS_CONTENT,
	NS_MEDIA,
	NS_ITUNES,
	NS_XHTML,
	NS_NEWS,
	NS_PRISM,
	NS_FEEDBURNER,
	NS_SY,
	NS_XML,
	NS_OTHER,
};

enum act {
	ACT_SKIP, /* and all that is in it */
	ACT_ROOT, /* of a feed: its children are looked at as those of the feed */
	ACT_FEED, /* channel */
	ACT_ENTRY,
	ACT_INTO,   /* transparent: media:group, news:news */
	ACT_SOURCE, /* the feed an Atom entry was taken from */
	ACT_PERSON, /* atom:author, or RSS's author */
	ACT_NAME,   /* in a person */
	ACT_MAIL,
	ACT_TEXT, /* its text goes to a slot */
	ACT_DATE, /* nobody says of what: in Atom, whose entries have two, it stands in for either */
	ACT_LINK,
	ACT_GUID,
	ACT_ENCLOSURE, /* enclosure, media:content */
	ACT_TTL,
	ACT_PERIOD, /* sy:updatePeriod, sy:updateFrequency */
	ACT_FREQUENCY,
	ACT_HOUR, /* in skipHours, skipDays */
	ACT_DAY,
	ACT_HTML, /* a page, not a feed */
};

enum where { IN_NOTHING = 1, IN_FEED = 2, IN_ENTRY = 4, IN_PERSON = 8, IN_SOURCE = 16 };

struct word {
	enum ns ns;
	const char *name; /* lower case */
	unsigned where;   /* IN_* bits */
	enum act act;
	enum slot slot;
	int rank;
};

enum ns word_ns(struct span uri);
const struct word *word_find(enum ns ns, struct span name, unsigned where); /* NULL: none of ours */
/* The value of an attribute without and with a name space; empty when there is none. */
struct span word_attr(const struct markup_attr *a, size_t n, const char *name);
struct span word_attr_ns(const struct markup_attr *a, size_t n, enum ns ns, const char *name);

#endif
