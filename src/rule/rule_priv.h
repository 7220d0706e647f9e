/* rule_priv: what the files of rule/ share. How it fits: load.c reads the files; a rule (parse.c) has terms,
 * and these have lists of words (lists.c; all words of all rules go into one lexicon) and regular expressions
 * (regex.c); its `when` (when.c) becomes a tree of nodes; check.c holds the whole to the policy. An article
 * is scanned once a field (match.c) for the words of lists and those that expressions need (need.c,
 * literal.c); lists that occur and expressions that may match (chain.c) wake rules, and a woken rule's tree
 * is evaluated (eval.c) over the positions of its words (set.c) and of what its expressions find (search.c).
 */
#ifndef RULE_RULE_PRIV_H
#define RULE_RULE_PRIV_H

#include "base/map.h"
#include "base/vec.h"
#include "rule/rule.h"

/* Where in the article; a set of bits. The lead is the summary and the head of the body. */
enum {
	ZONE_TITLE = 1,
	ZONE_LEAD = 2,
	ZONE_BODY = 4,
	ZONE_CAPTIONS = 8,
	ZONE_URL = 16,
	ZONE_READ = ZONE_TITLE | ZONE_LEAD | ZONE_BODY | ZONE_CAPTIONS, /* what a reader reads */
};

/* A list of words: a shared one of terms/, or the words of one term. Occurrences inside one of `except` do
 * not count. */
struct list {
	const char *name;
	const struct conf *at;
	struct span *words; /* folded */
	size_t n;
	struct list *except; /* may be NULL */
	uint32_t number;     /* of all lists of the set */
	bool used;           /* by a condition; others are not looked for */
	bool weighed;        /* its words have points */
};

/* Between two words: so many characters, the most or (lazy) the fewest tried first. */
struct gap {
	uint32_t least, most;
	bool lazy;
};

/* Words one of which every match of a regular expression holds. */
struct need {
	struct span *words;
	size_t n;
	bool leads;     /* every match begins with one of them */
	struct gap gap; /* of a chain: to the need before */
};

/* What every match begins with; edge: no letter or digit stands before. */
enum opening { OPENS_ANY, OPENS_DIGIT, OPENS_EDGE_DIGIT };

struct regex {
	const char *pattern; /* as written */
	struct pcre2_real_code_8 *code;
	struct need *needs; /* one of each; the one that leads, or the rarest, first */
	size_t n_needs; /* 0: none could be told; when the first leads, a match is tried where it stands */
	bool chain;     /* matches these words whole, in this order and with these gaps, and nothing else */
	enum opening digits;
	struct span
		literal; /* must occur in every match; empty: unknown. Asked for where there are no needs */
	bool guarded;    /* may take more than a short time on some text: the clock is looked at */
	bool used;       /* by a condition; others are not looked for */
	const struct conf *at;
	unsigned zones; /* of its term */
	uint32_t number;
};

/* Lists whose words add points, or take some away. */
struct points {
	const struct conf *at;
	struct list **lists;
	int *add; /* by list */
	size_t n;
};

struct term {
	const char *name;
	const struct conf *at;
	struct list **lists;
	size_t n_lists;
	int *points;         /* weighed: what a word of each list adds; NULL: one occurrence is enough */
	int64_t at_least;    /* weighed: points that make it occur, */
	int64_t within;      /* within so many sentences */
	struct list *except; /* may be NULL */
	struct regex **regex;
	size_t n_regex;
	unsigned zones;
	const struct clause *of; /* the shared condition it came with; NULL: the rule's own */
	uint32_t number;         /* terms of the same name that find the same have the same */
	bool used, wanted; /* named in `when`; and so that it must or may occur (not only under `not`) */
};

enum node_kind {
	NODE_TERM,
	NODE_PLACE,
	NODE_UNPLACED, /* the article names no place that is known */
	NODE_CLAIM,
	NODE_OFFICIAL,
	NODE_SOURCE,
	NODE_LANG,
	NODE_AGE,
	NODE_AND,
	NODE_OR,
	NODE_NOT,
	NODE_OF,
	NODE_NEAR,
	NODE_APART,
	NODE_BEFORE,
	NODE_SAME,
	NODE_IN,
};

struct node {
	enum node_kind kind;
	uint32_t number;  /* of all parts of the set; those that say the same have the same */
	bool claims;      /* speaks of the claim, which is another each time */
	bool dear;        /* asks a regular expression: other parts are looked at first */
	struct span text; /* as written */
	struct term *term;
	struct node **child;
	size_t n;
	int64_t count;      /* of: how many; near, before: the distance; age: seconds */
	bool sentences;     /* the distance counts sentences, not words */
	bool less;          /* age < */
	unsigned zones;     /* in */
	struct span *words; /* source.kind, lang: any of these */
	size_t n_words;
};

struct condition {
	struct node *root;
	uint32_t n_nodes; /* as written, for the limit */
	struct term *terms;
	size_t n_terms;
};

/* A condition of terms/ that rules name as they name a term. Its terms are copied into the condition that
 * uses it, its text is read there again: so a rule is one tree over one array of terms. */
struct clause {
	const char *name;
	const struct conf *at, *when;
	struct condition own;
};

enum action { ACTION_MONITOR, ACTION_EXPLAIN, ACTION_CLARIFY, ACTION_REBUT, ACTION_REFER };
enum status { STATUS_TRIAL, STATUS_LIVE, STATUS_RETIRED };
enum test_kind { TEST_HIT, TEST_MISS, TEST_ANSWERED };

struct rule_test {
	enum test_kind kind;
	const char *text, *title, *place, *source, *lang, *url; /* place and on: may be NULL */
	const struct conf *at;
};

struct rule {
	struct rule_info *info;
	enum action action;
	enum status status;
	const struct conf *at;
	struct condition when;
	const char **references;
	size_t n_references;
	struct rule_test *tests;
	size_t n_tests;
	bool runs; /* live or on trial, not expired */
};

/* One word of the lexicon; it stands in the lists word_lists[from] and the n - 1 behind it. */
struct word {
	uint32_t from, n;
	bool unmarked; /* counts in unmarked paragraphs only */
};

struct ruleset {
	struct arena arena;
	struct arena hot; /* conditions, terms, expressions: what matching walks through lies together */
	const struct gazetteer *places; /* borrowed; may be NULL: no mentions */
	struct rule *rules;             /* by id */
	struct rule_info *infos;
	size_t n;
	struct list **lists;
	size_t n_lists;
	struct regex **regex;
	size_t n_regex;
	struct literals *literals; /* what the expressions need */
	struct word *words;
	uint32_t *word_lists;
	size_t n_words;
	struct lexicon *lexicon;
	struct {
		uint32_t *p;
		size_t n;
	} * wakes; /* by list, then by expression: rules that are looked at when a word of it occurs, or when
		      the words it needs stand in one paragraph */
	uint32_t *always; /* rules that no list wakes */
	size_t n_always;
	uint32_t n_parts;          /* of all conditions, each once */
	struct condition answered; /* root NULL: nothing is ever answered */
	const char **domains;      /* of official sources */
	size_t n_domains;
	struct mute *mutes; /* those in force */
	size_t n_mutes;
};

/* A shared condition, or shared points, still to be parsed. */
struct pending {
	const struct conf *at;
	bool yield;
};

/* What is gathered while files are read. */
struct loading {
	struct ruleset *set;
	struct arena *a, *hot; /* the set's */
	const struct rule_load *how;
	struct map shared;   /* name -> struct list */
	struct map points;   /* name -> struct points */
	struct map clauses;  /* name -> struct clause */
	size_t clause_terms; /* of all clauses: room for them in a condition */
	struct map ids;      /* rule id -> struct conf of the first */
	struct map signs;    /* what a rule finds, as text -> its id */
	struct map terms;    /* what a term finds, and its name -> its number + 1 */
	struct map parts;    /* what a part of a condition says -> its number + 1 */
	VEC(struct pending) pending;
	VEC(struct rule) rules;
	VEC(struct list *) lists;
	VEC(struct regex *) regex;
	const struct conf *official; /* the first official.yaml */
	bool yield; /* reading shared lists of how->shared: ids that are taken are passed over */
	struct err *e;
};

/* parse.c */
MUST_USE int rule_parse(struct loading *l, const struct conf *at, struct rule *r);
MUST_USE int official_parse(struct loading *l);
/* lists.c */
MUST_USE int lists_parse(struct loading *l, const struct conf *file);
MUST_USE int pending_parse(struct loading *l); /* shared points and conditions */
MUST_USE int terms_parse(struct loading *l, const struct conf *map, struct condition *c);
void lists_seal(struct loading *l);
/* regex.c */
MUST_USE int regex_compile(struct loading *l, const struct conf *at, const char *pattern, struct regex **out);
void regex_free(struct regex *r);
size_t escape_end(struct span pattern, size_t at); /* of the escape whose \ stands at `at` */
/* when.c */
MUST_USE int when_parse(struct loading *l, const struct conf *at, struct condition *c, bool answering);
/* mute.c */
MUST_USE int mutes_apply(struct ruleset *s, const struct rule_load *how, struct err *e);
const struct mute *mute_of(const struct ruleset *s, const char *rule, const struct article *x);
/* check.c */
MUST_USE int rule_check(struct loading *l, const struct rule *r);
/* node.c */
bool node_is_positional(const struct node *n);
unsigned node_zones(const struct node *n); /* where an occurrence of it can lie */
void node_mark_wanted(const struct node *n);
void node_number(struct loading *l, struct node *n);
/* What must occur for the condition to be true: one of these lists, or what one of these expressions needs.
 */
struct wakers {
	uint32_t *p; /* numbers of lists; of expressions, with n_lists added */
	size_t n;
	size_t words; /* in all of them: the fewer the better */
};
/* False: none can be named. */
bool node_needs(struct arena *a, const struct node *n, size_t n_lists, struct wakers *out);
/* need.c */
enum { RULE_NEEDS_MAX = 6 };
void regex_needs(struct arena *a, struct span pattern, struct regex *out);
/* Is it tried only where the words stand that every match begins with? Then it is compiled anchored. */
static inline bool leads(const struct regex *r)
{
	return r->n_needs && r->needs[0].leads;
}
/* Is it tried only at places that are known? */
static inline bool anchored(const struct regex *r)
{
	return leads(r) || r->digits;
}
/* A letter of a pattern. */
static inline bool is_letter(char c)
{
	return (unsigned char)c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* A paragraph worth running an expression on. */
struct spot {
	enum field field;
	uint32_t paragraph;
	uint32_t start, end; /* of the word that was met */
};

/* literal.c */
enum { LITERAL_BYTES_MIN = 3 };
struct literals;
/* What the words mean: by expression its needs, one behind the other, each as GROUP_HEAD numbers and those of
 * its words; by word of a first need the expressions wakes[from[word]] to wakes[from[word + 1]]. */
enum { GROUP_N, GROUP_LEAST, GROUP_MOST, GROUP_LAZY, GROUP_HEAD };
struct literal_plan {
	struct literal_needs {
		uint32_t *groups;
		uint8_t n;
		bool leads, chain; /* struct regex says what they mean */
	} * of;
	uint32_t *from, *wakes;
	uint32_t n_first; /* words from this on are of no first need */
};
struct literal_met {
	uint32_t word, start, end;
	uint32_t before; /* of the same word in this paragraph: its index + 1; 0: none */
};
/* The scan's memory. Words that are met get running numbers: what was remembered in a paragraph before is
 * told by its number. */
struct literal_scan {
	uint64_t begin; /* the number of the paragraph's first */
	VEC(struct literal_met) met;
	uint64_t *last; /* by word: where it was met last */
	struct literal_tried {
		uint64_t state;  /* chain.c */
		uint32_t behind; /* the last match */
	} * tried;               /* by expression */
	void (*found)(uint32_t regex, const struct spot *where, bool is_match, void *ctx);
	void *ctx;
};
bool literal_starts(unsigned char c);
bool literal_letter(const char *p, size_t n);
int literal_whole(struct span text, size_t start, size_t end);
struct literals *literals_new(struct arena *a, struct regex *const *regex, size_t n);
void literals_free(struct literals *x);
void literal_scan_init(struct literal_scan *s, const struct literals *x, size_t n_regex);
void literal_scan_release(struct literal_scan *s);
void literals_scan(const struct literals *x, struct literal_scan *s, const struct text *t, enum field field);
/* chain.c: what the words met in a paragraph mean; calls found(). */
void literals_decide(const struct literal_plan *plan, struct literal_scan *s, const struct text *t,
	enum field field, uint32_t paragraph);

/* One occurrence, and what came of a node. */
struct pos {
	uint8_t field;                /* enum field */
	int16_t points;               /* of a term of points; else 0 */
	uint32_t start, end;          /* bytes in folded */
	uint32_t word, word_end;      /* numbers, end exclusive; the first may be WORD_UNKNOWN */
	uint32_t sentence, paragraph; /* these and word are set in a set that is located */
	uint32_t reach; /* index of the one that ends last among those of the same field up to here */
	const struct term *term; /* NULL: a place or the claim */
};

struct set {
	struct pos *p; /* by field and start */
	size_t n;
	bool located;
};

struct outcome {
	uint64_t article; /* it is known for this one; 0: for none */
	uint64_t run;     /* and for this run alone, if not 0 */
	bool is, united;  /* united: set is filled in, for what joins parts */
	struct set set;
};

#define WORD_UNKNOWN UINT32_MAX

struct hit {
	uint32_t field : 3; /* enum field */
	uint32_t id : 29;   /* of the lexicon; not of an expression's */
	uint32_t start, end;
	uint32_t top;  /* the greatest end of this field up to here */
	uint32_t word; /* number of its first, or WORD_UNKNOWN */
};

struct hits {
	VEC(struct hit) v;
	bool cut; /* more than are kept */
};

struct spots {
	VEC(struct spot) v;
};

struct rule_matcher {
	const struct ruleset *set;
	struct arena scratch;
	struct hits *by_list;
	VEC(uint32_t) touched; /* lists with hits */
	uint8_t *candidate;    /* by rule */
	VEC(uint32_t) woken;   /* rules that are candidates */
	struct hits *by_regex;
	uint8_t *regex_state; /* REGEX_* bits */
	struct literal_scan literals;
	struct spots *spots;         /* by expression: paragraphs that hold what it needs */
	VEC(uint32_t) spotted, used; /* expressions with spots; with a state of this article */
	struct regex_engine *engine;
	struct outcome *at;  /* by number of a part; shared parts are evaluated once an article */
	uint32_t *last_line; /* by word of the lexicon, for weigh.c: the line behind its last occurrence; 0 */
	/* the article at hand */
	uint64_t article; /* the how manieth */
	uint64_t runs;    /* begun so far */
	const struct folded_article *f;
	const struct article *x;
	int64_t now;
	const char *lang;
	bool lang_known;
	bool official;
	struct set place;
	bool place_known;
};

enum { CLAIM_MAX = 32 }; /* occurrences that stand for the claim when an answer is looked for near it */
enum { REGEX_JIT = 1, REGEX_DONE = 2, REGEX_FAILED = 4, REGEX_FAST = 8 };

struct run {
	struct rule_matcher *m;
	uint64_t number; /* from run_new() */
	struct set claim;
	const char *failed; /* why this condition could not be decided */
};

/* set.c */
void set_seal(struct set *s); /* sorts, drops doubles, sets `reach` */
const struct set *locate(const struct rule_matcher *m, struct set *s);
bool in_zones(const struct rule_matcher *m, enum field field, uint32_t start, unsigned zones);
struct hit *hits_add(struct hits *h, size_t max, enum field field, uint32_t start, uint32_t end);
/* Does it not count: outside the term's zones, or in an `except` of its list or term? */
bool hit_excepted(
	const struct rule_matcher *m, const struct term *t, const struct list *x, const struct hit *hit);
void term_eval(struct run *r, const struct term *t, struct set *out);
const struct set *places_of(struct rule_matcher *m);
/* What of `in` makes a count for this near, before or same-sentence node; NULL: nothing. */
const struct pos *witness(
	const struct rule_matcher *m, const struct node *n, const struct pos *a, const struct set *in);
/* weigh.c: a term whose words have points; its occurrences are those that reach enough together. Returns the
 * most points that stand together. */
int64_t term_weigh(struct rule_matcher *m, const struct term *t, struct set *out);
/* eval.c */
struct run run_new(struct rule_matcher *m);
bool node_eval(struct run *r, const struct node *n);
const char *language_of(struct rule_matcher *m); /* of the article; may be NULL */
/* The occurrences that made a true condition true, by field and start. */
void node_collect(struct run *r, const struct node *n, struct set *out, size_t max);
/* search.c: finds all occurrences in the article at hand; NULL or why it failed. */
struct regex_engine *regex_engine_new(void);
void regex_engine_free(struct regex_engine *g);
void regex_engine_begin(struct regex_engine *g); /* a new article; accepts NULL */
int64_t thread_us(void);                         /* CPU time of this thread */
/* The longest time in microseconds the pattern needs on a hostile paragraph; -1 when the match limit stops
 * it. */
int64_t regex_worst_time(const struct regex *r);
const char *regex_find(struct rule_matcher *m, const struct regex *r, struct hits *out);
/* match.c: as rule_match(), but only this rule; for the tests beside the rules. */
void match_begin(
	struct rule_matcher *m, const struct folded_article *f, const struct article *x, int64_t now);
void match_end(struct rule_matcher *m, struct report *rep);
/* Whether the article answers what `why` claims. *failed: why that could not be decided, or NULL. */
bool claim_answered(struct rule_matcher *m, const struct set *why, const char **failed);
struct quote *quotes_from(const struct rule_matcher *m, struct arena *a, const struct set *s, size_t *n);
bool match_rule(
	struct rule_matcher *m, const struct rule *r, struct arena *a, struct flag *out, struct report *rep);

#endif
