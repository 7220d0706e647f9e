/* rules_trial: rules tried on all stored articles, by as many workers as there are processors. */
#ifndef CLI_RULES_TRIAL_H
#define CLI_RULES_TRIAL_H

#include "cli/rules.h"
#include "queue/queue.h"

enum { TRIAL_SAMPLES = 10 };

struct trial_sample {
	int64_t at; /* the how manieth stored article, from 0 */
	struct span title;
};

/* What came of one rule. */
struct tried {
	int64_t open, answered;
	int64_t more, less;                         /* not flagged by it so far; flagged by it so far only */
	struct trial_sample samples[TRIAL_SAMPLES]; /* the first of more */
	size_t n_samples;
};

struct trial {
	const struct rules_open *open;
	int64_t now;
	const struct rule_info *rules;
	struct tried *tried; /* by number of the rule */
	size_t n;
	int64_t articles, flagged, broken;
	struct arena arena; /* all above */
};

void trial_init(struct trial *t, const struct rules_open *r, int64_t now);
/* Tries the rules on what the queue has since then. The same numbers and samples however many workers. */
MUST_USE int trial_run(struct trial *t, struct cli *c, int64_t since, struct err *e);
void trial_release(struct trial *t);

#endif
