/* rule: rule files -> a compiled set; folded article + mentions -> flags. soatin-rules.5, DESIGN.md
 * section 7. */
#ifndef RULE_RULE_H
#define RULE_RULE_H

#include "conf/conf.h"
#include "news/news.h"
#include "place/place.h"

struct ruleset;

extern const char *const rule_topics[];  /* the closed lists, NULL at the end */
extern const char *const rule_actions[]; /* monitor explain clarify rebut refer */

struct rule_load {
	bool unchecked;     /* load live rules without tests, and do not run the tests */
	int64_t today;      /* days since 1970-01-01: expired rules are left out */
	const char *shared; /* folder whose terms/ and official.yaml serve rules that lie elsewhere; lists
			       beside a rule file go first; NULL: none */
	const char *mutes;  /* the office's mutes, see below; NULL or a missing file: none */
};

/* One rule, for listings. */
struct rule_info {
	const char *id, *title, *action, *topic, *status, *owner, *why, *todo, *file;
	long line;
	int weight;
	int64_t due, created, review_by, expires; /* due in seconds; dates in days since 1970, 0 unknown */
	size_t tests;
	bool expired, review_due;
};

/* Reads files and folders (all *.yaml in them; terms/ and official.yaml beside them are found by themselves).
 * The gazetteer is borrowed and must outlive the set. Any fault: ERR_CONF with file, line, column, nothing
 * loaded. */
MUST_USE int ruleset_load(const char *const *paths, size_t n, const struct gazetteer *g,
	const struct rule_load *how, struct ruleset **out, struct err *e);
void ruleset_free(struct ruleset *s);
size_t ruleset_rules(const struct ruleset *s, const struct rule_info **out);
/* Runs the tests that stand beside the rules; calls failed() for each that does not hold, with the kind of
 * mistake: "hit" not found, "miss" found, "open" found as answered, "answered" found as open, "slow" an
 * expression. Returns how many failed. */
size_t ruleset_test(const struct ruleset *s, size_t *ran,
	void (*failed)(const struct rule_info *r, const char *file, long line, long col, const char *kind,
		const char *text, void *ctx),
	void *ctx);

/* Calls told() for each regular expression that is run on every paragraph, since it yields no word or piece
 * of text which must stand in what it matches, and for each that is run on whole paragraphs, since no word
 * must begin it, and takes long. With what that costs, measured on the texts of all tests; 0 where there are
 * none. */
void ruleset_wordless(const struct ruleset *s,
	void (*told)(const struct rule_info *r, const char *file, long line, long col, int64_t us_a_megabyte,
		void *ctx),
	void *ctx);

/* What rules find in ordinary news: `path` is a file or folder of YAML lists of {title, text, lang}, every
 * place counts as watched. */
struct rule_survey {
	struct arena arena;
	size_t items, flagged;
	struct rule_found_count {
		size_t n;
		const char *example; /* title of the first; NULL when n is 0 */
	} * found;                   /* in the order of ruleset_rules() */
};
MUST_USE int ruleset_survey(
	const struct ruleset *s, const char *path, struct rule_survey *out, struct err *e);
void rule_survey_release(struct rule_survey *x);
/* Calls told() for each two rules of which each finds every example (hit, answered) of the other, two at
 * least. Returns how many pairs. */
size_t ruleset_overlaps(const struct ruleset *s,
	void (*told)(const struct rule_info *a, const struct rule_info *b, void *ctx), void *ctx);

/* The office does not want to hear a rule for a while: its flags are left out, with a remark, where the
 * article is of this source (NULL: of any). The file is a list of {rule, source, until, why}; soatin-rules.5.
 */
struct mute {
	const char *rule, *source, *why; /* source, why: may be NULL */
	int64_t until;                   /* the last muted day, days since 1970-01-01 */
	long line;                       /* where it stands */
};
/* All of them, those that are over too, in file order; in the arena. */
MUST_USE int mutes_load(struct arena *a, const char *path, struct mute **out, size_t *n, struct err *e);
/* Writes the file with the mute added; one of the same rule and source makes place for it. */
MUST_USE int mutes_put(const char *path, const struct mute *m, struct err *e);
/* Writes the file without the mute of this rule and source; *found: there was one. */
MUST_USE int mutes_drop(const char *path, const char *rule, const char *source, bool *found, struct err *e);

/* Per-process matching state (PCRE2 contexts, scratch); one per worker. */
struct rule_matcher;
struct rule_matcher *rule_matcher_new(const struct ruleset *s);
void rule_matcher_free(struct rule_matcher *m);
/* Sets x->flags (in the arena), ordered by rule id, and the rule, place and source parts of x->priority. A
 * rule that fails on this article is a remark, never "no match". `now` decides `age`. */
void rule_match(struct rule_matcher *m, struct arena *a, const struct folded_article *f, struct article *x,
	int64_t now, struct report *rep);

/* How one rule came out on one article: which words were found where, and which parts of its condition held.
 */
struct rule_found {
	const char *term;
	struct quote *quotes; /* at most RULE_QUOTES_MAX; their term is this one, or NULL for a place */
	size_t n_quotes, n;   /* n: all occurrences */
	int64_t points,
		at_least; /* of a term of points: the most that stand together, and what is asked; else 0 */
};
struct rule_part {
	const char *text; /* as written in `when` */
	bool holds;
};
/* A shared condition of terms/ that the rule names, or that one of these names. */
struct rule_shared {
	const char *name;
	bool holds;
	struct rule_part *parts; /* what `or`, or `and`, joins at its top; or the whole */
	size_t n_parts;
	struct rule_found *found; /* its own terms */
	size_t n_found;
};
struct rule_explanation {
	const struct rule_info *rule;
	bool holds, answered;
	const char *failed;       /* why it could not be decided, or NULL */
	const struct mute *mute;  /* holds, but nothing is flagged because of this; or NULL */
	struct rule_found *found; /* its own terms in the order written, then the places watched */
	size_t n_found;
	struct rule_part *parts; /* what `and` joins at the top, or the whole */
	size_t n_parts;
	struct rule_shared *shared;
	size_t n_shared;
};
/* Calls tell() by rule id for every rule that holds or has an occurrence of a term that its condition wants;
 * when id is given, for that rule alone, whatever is found. Everything lives in the arena. False: no rule has
 * this id. */
bool rule_explain(struct rule_matcher *m, struct arena *a, const struct folded_article *f,
	const struct article *x, int64_t now, const char *id,
	void (*tell)(const struct rule_explanation *r, void *ctx), void *ctx);

#endif
