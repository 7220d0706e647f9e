/* place_priv: what the files of place/ share and nobody else sees. */
#ifndef PLACE_PLACE_PRIV_H
#define PLACE_PLACE_PRIV_H

#include "base/map.h"
#include "base/vec.h"
#include "place/place.h"

/* What a form of the lexicon stands for. */
enum kind { KIND_UNIT, KIND_PART, KIND_PHRASE, KIND_CUE, KIND_UNLESS, KIND_VIETNAM, KIND_SURNAME, KIND_RARE };

enum script { SCRIPT_CASED, SCRIPT_PLAIN, SCRIPT_KATAKANA, SCRIPT_HANGUL };

enum trait {
	TRAIT_WORD = 1,      /* an everyday word when written small */
	TRAIT_GIVEN = 2,     /* people have this name */
	TRAIT_DOUBTFUL = 4,  /* something else, unless Vietnam is spoken of */
	TRAIT_NAMESAKE = 8,  /* a person, unless a word for a city stands with it */
	TRAIT_SHARED = 16,   /* a part whose name occurs elsewhere */
	TRAIT_UNMARKED = 32, /* the form without marks: only in passages that carry none */
	TRAIT_JOINED = 64,   /* in one word */
	TRAIT_LOUD = 128,    /* an everyday word when written all in capitals, too */
	TRAIT_PLAIN = 256,   /* without marks an everyday word */
	TRAIT_KNOWN = 512,   /* a part the world knows without marks */
};

struct entry {
	enum kind kind;
	enum script script;
	unsigned traits;
	uint32_t capitals; /* bit k: word k of the form is written with a capital */
	uint32_t index;    /* of the unit, part, phrase or cue */
};

struct unit {
	struct place_unit pub;
	uint32_t now; /* index of the unit it belongs to today */
	bool watched;
};

struct part {
	const char *name;
	uint32_t unit;
};

enum side {
	SIDE_BEFORE,
	SIDE_AFTER,
	SIDE_BEHIND,
	SIDE_SENTENCE,
	SIDE_PAIRED,
	SIDE_CHAIN,
	SIDE_TITLE,
	SIDE_ARTICLE
};
enum reads {
	READS_PROVINCE,
	READS_PART,
	READS_LIKELY,
	READS_MAYBE,
	READS_METONYM,
	READS_NOTHING,
	READS_ABROAD
};
enum only {
	ONLY_ALL,
	ONLY_GIVEN,
	ONLY_WORDS,
	ONLY_SURE,
	ONLY_DOUBTFUL,
	ONLY_UNITS,
	ONLY_PARTS,
	ONLY_HALF,
	ONLY_NAMESAKE
};

struct cue {
	const char *why;
	enum side side;
	enum reads reads;
	enum only only;
	int64_t within;
	bool small, foreign, goes_on, single, one;
	VEC(uint32_t) units, except; /* empty: all, none */
	struct map names;            /* folded; empty: all */
	struct map breaks;           /* words that end a search `behind` */
};

/* Words that only look as if a name were in them; not before one of these. */
struct phrase_list {
	const char *why;
	struct map not_before;
};

struct gazetteer {
	struct arena arena;
	struct arena scratch;  /* while a form is being added */
	struct lexicon *names; /* scanned throughout: names, and what is looked for in a whole sentence */
	struct lexicon *near;  /* scanned around names alone: what touches them, surnames */
	VEC(struct entry) entries;
	VEC(struct unit) units;
	VEC(struct part) parts;
	VEC(struct phrase_list) phrases;
	VEC(struct cue) cues;
	VEC(struct place_unit) pub; /* the listing */
	struct map slugs;           /* slug -> index + 1 */
	struct map numbers;         /* words that a street number follows */
	struct map many;            /* words that say that more than one follows */
	struct map numbered;        /* words that number anything, houses among it */
	struct map forms;           /* form and kind and index -> seen */
	size_t reach;               /* bytes of the longest form in `near` */
};

/* forms.c: adds a form with the variants the program makes of it. `traits`: folded form -> TRAIT_ bits, or
 * NULL. */
enum { FORM_CASES = 1, FORM_VARIANTS = 2 }; /* Russian cases; hyphen, one word */
void form_add(struct gazetteer *g, struct entry e, const char *form, unsigned how, const struct map *traits);

/* A place in the text where an entry of the lexicon stands. */
struct sight {
	uint32_t start, end;
	const struct entry *entry;
	uint32_t word; /* number of its first */
};

enum verdict { VERDICT_NO, VERDICT_YES, VERDICT_METONYM, VERDICT_DOUBT, VERDICT_ELSEWHERE };
enum need {
	NEED_STRONG = 1,  /* a word for a province, or a list of places */
	NEED_WEAK = 2,    /* or at least a preposition of place */
	NEED_VIETNAM = 4, /* Vietnam in the sentence, or in the article with NEED_STRONG met */
	NEED_UNIT = 8,    /* its unit named nearby */
};

/* Ours or one of another country, when a mention says so. */
enum sense { SENSE_OPEN, SENSE_LIKELY_HERE, SENSE_HERE, SENSE_LIKELY_ABROAD, SENSE_ABROAD };

enum { ALTERNATIVES = 4, NEIGHBOURS = 40 };
enum {
	CUE_BYTES = 96,
	LIST_GAP = 8
}; /* how far before a name a cue may begin; the most between two in a list */

/* How a form, and the passage around it, is written. */
enum shape { SHAPE_PROPER, SHAPE_HALF, SHAPE_SMALL };
enum tune {
	TUNE_MIXED, /* as usual */
	TUNE_TITLE, /* every word with a capital */
	TUNE_LOUD,  /* all in capitals */
	TUNE_QUIET, /* no capital at all */
};

struct candidate {
	uint32_t start, end, word, sentence, paragraph;
	enum tune tune;
	enum shape shape;
	const struct entry *entry[ALTERNATIVES]; /* what it may be; several parts may share a name */
	size_t n;
	unsigned traits;
	enum verdict verdict;
	unsigned need;
	enum sense sense;
	bool strong, weak; /* signs seen */
	const char *why;
	enum verdict here; /* ELSEWHERE: what it is if the sentence is about Vietnam after all */
	const char *here_why;
};

/* A name that goes on: the Xanh of a company Hải Phòng Xanh. */
struct brand {
	uint32_t unit;
	struct span next; /* the word behind */
};

enum { BRANDS_MAX = 16, SCENES_MAX = 8, TWINS_MAX = 16 };

/* A name that another country has, too, as far as the article was read. */
struct twin {
	uint32_t name; /* index of the unit or part */
	bool part;
	enum sense abroad; /* the most that a mention said */
	enum sense now;    /* what the last qualified mention said, and why */
	const char *why;
	bool bare; /* it stood in the text, unqualified */
};

/* What the fields of an article tell each other. */
struct whole {
	bool vietnam;      /* it speaks of Vietnam somewhere */
	uint32_t *present; /* by unit: times named for certain, by the number of today's unit */
	uint8_t *home;     /* by unit: it is ours, by a part that is named or an office */
	struct twin twins[TWINS_MAX];
	size_t n_twins;
	const struct cue *scenes[SCENES_MAX];
	size_t n_scenes;
	struct brand brands[BRANDS_MAX];
	size_t n_brands;
};

/* One field. */
struct finder {
	const struct gazetteer *g;
	const struct text *t;
	enum field field;
	struct whole *whole;
	VEC(struct sight)
	names, wide, cues; /* `cues`: what touches a name; `wide`: what may stand farther off */
	VEC(struct candidate) found;
	uint32_t last_end;
	enum { NOT_ASKED, VIETNAMESE, FOREIGN } language; /* with or without marks */
};

/* find.c: is the field in Vietnamese, with or without marks, or too short to tell? */
bool in_vietnamese(struct finder *f);

/* case.c: how a form is written here. */
enum shape case_shape(const struct text *t, const struct sight *s);
enum tune case_tune(const struct text *t, size_t word);
bool script_allows(const struct text *t, const struct sight *s);

/* around.c: what stands beside a candidate; NULL and false: nothing of the kind */
uint32_t candidate_unit(const struct finder *f, const struct candidate *c);
bool candidate_is_part(const struct candidate *c);
const struct cue *cue_beside(const struct finder *f, const struct candidate *c, enum side side);
const struct cue *cue_behind(const struct finder *f, const struct candidate *c);
const struct cue *cue_in_sentence(const struct finder *f, const struct candidate *c);
const struct cue *cue_paired(const struct finder *f, const struct candidate *c);
size_t cue_from(const struct finder *f, uint32_t offset); /* number of the first of `cues` from there on */
struct span goes_on_with(
	const struct finder *f, const struct candidate *c); /* a word with a capital, nobody's name */
const struct cue *cue_in_chain(const struct finder *f, const struct candidate *c);
bool list_gap(const struct text *t, uint32_t from, uint32_t to); /* ", " " và " and the like */
bool vietnam_in_sentence(const struct finder *f, const struct candidate *c);
bool cue_concerns(const struct finder *f, const struct cue *cue, const struct candidate *c);

/* people.c */
bool behind_surname(const struct finder *f, const struct candidate *c);
bool behind_house_number(const struct finder *f, const struct candidate *c);
bool in_quotes(const struct finder *f, const struct candidate *c);

/* judge.c: the verdict on a candidate alone */
void judge(struct finder *f, struct candidate *c);
void decide(struct candidate *c, enum verdict v, const char *why);
/* A place for certain: its unit is present in the article; and no longer. */
void accept(const struct finder *f, struct candidate *c);
void withdraw(const struct finder *f, struct candidate *c, enum verdict v, const char *why);

/* sense.c */
void mark_sense(const struct finder *f, struct candidate *c, enum sense s);
void judge_senses(struct finder *f, size_t n); /* after all n fields were judged: Henan or Hà Nam */

/* together.c */
bool place_in_sentence(const struct finder *f, size_t i);    /* beside candidate i */
bool place_in_article(const struct finder *f, uint32_t but); /* of another of today's units */
void judge_together(struct finder *f, size_t n);             /* after that: what needs the neighbours */

#endif
