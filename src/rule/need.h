/* need.h: what need.c and its two helpers share: need_words.c takes words from sets of texts, need_atom.c
 * reads the pattern part by part. */
#ifndef RULE_NEED_H
#define RULE_NEED_H

#include "rule/rule_priv.h"

enum { TEXTS_MAX = 256, EDGE = '\x01' /* in a text: \b */ };
#define EDGE_TEXT "\x01"

static const uint32_t ANY = UINT32_MAX; /* number of characters */

/* All that a part of a pattern can match, in the order it is tried. */
struct texts {
	struct span *p;
	size_t n;
};

/* Every match holds a word of each, in this order. */
struct groups {
	struct need v[RULE_NEEDS_MAX];
	size_t n;
};

/* What is known of a part of the pattern: all the texts it can match, in the order they are tried, or only
 * what these must hold; the gap of the first group begins where the part does. */
struct part {
	bool exact;
	bool dot;            /* is one */
	bool ends;           /* it ends where a word may begin, whatever it matches */
	uint32_t most, rest; /* characters of a match; those behind the word of the last group */
	bool chain;          /* the groups are whole words, with gaps between them, and nothing else */
	enum opening digits; /* what it begins with */
	struct texts set;
	struct groups groups;
};

struct reader {
	struct arena *a;
	struct span s;
	size_t i;
	int depth;
	bool starts; /* a word may begin where the part begins that is read next */
	bool odd; /* looks around, sets flags, does not go back: the order and the texts alone do not tell */
};

/* How often an atom may stand. */
struct count {
	uint32_t least, most; /* UINT32_MAX: any number */
	bool lazy, holds;     /* ? or + behind it */
};

/* What a group's words leave out of the texts they are taken from: bytes before and behind, at most. */
struct margin {
	uint32_t before, behind;
};

static inline uint32_t sum(uint32_t x, uint32_t y)
{
	return x > ANY - y ? ANY : x + y;
}

static inline uint32_t product(uint32_t x, uint32_t y)
{
	return x && y > ANY / x ? ANY : x * y;
}

static inline uint32_t larger(uint32_t x, uint32_t y)
{
	return x > y ? x : y;
}

/* need_words.c */
struct texts texts_one(struct arena *a, struct span s);
uint32_t texts_longest(const struct texts *set); /* characters */
/* Every text of x followed by every text of y; false when that is too many or too long. */
bool texts_multiply(struct arena *a, const struct texts *x, const struct texts *y, struct texts *out);
void texts_add_nothing(struct arena *a, struct texts *set); /* a part that may be left out */
bool texts_plain(const struct texts *set);                  /* whole words, each between \b and \b */
/* Does each of them end where a word may begin? One without a character ends as what stands before does. */
bool texts_end_words(const struct texts *set, bool before);
bool need_rarer(const struct need *x, const struct need *y); /* lets x fewer paragraphs through? */
void groups_add(struct groups *to, const struct need *g);
/* One of these texts is in every match; `starts`: a word may begin where they begin. False: their words are
 * of no use. */
bool groups_add_texts(struct arena *a, struct groups *to, const struct texts *set, bool starts, bool leads,
	struct margin *out);
const struct need *groups_best(const struct groups *g); /* NULL: there is none */
/* need_atom.c */
void read_atom(struct reader *r, struct part *out);
struct count read_quantifier(struct reader *r);
/* need.c */
void read_alternatives(struct reader *r, struct part *out);

#endif
