/* bench_rule: how many MB of article text a second of CPU the rules read, folding and place finding left out,
 * beside what else could be done: PCRE2 with its JIT, rule by rule and document by document, and libyara
 * (where it was there at build time). The other two run for so many seconds and no longer; what PCRE2 found
 * is compared with ours, pair by pair. usage: bench_rule [-p PATTERNS.tsv] [-y RULES.yar] [-s SECONDS] [-t
 * SHARED] RULES CORPUS.ndjson PATTERNS.tsv: id, tab, regular expression; SHARED: a folder whose terms/ and
 * official.yaml the rules use. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#ifdef HAVE_YARA
#include <yara.h>
#endif

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "base/limits.h"
#include "rule/rule.h"

#include "base/banned.h"

enum { ROUNDS = 3 };

struct doc {
	struct article x;
	struct folded_article f;
	const char **hits; /* ids of the rules that ours found */
	size_t n_hits;
};

struct corpus {
	struct arena arena;
	VEC(struct doc) docs;
	size_t bytes; /* of folded text */
};

static double cpu(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int fail(const struct err *e)
{
	fprintf(stderr, "%s:%ld: %s [%s]\n", e->where, e->line, e->text, e->arg[0]);
	return 1;
}

static int corpus_read(struct corpus *c, const char *path, struct err *e)
{
	struct span all, line;
	struct report rep = {0};
	if (file_read(&c->arena, path, 1 << 30, &all, e) < 0)
		return -1;
	while (span_next(&all, '\n', &line)) {
		struct json *doc;
		if (!line.n)
			continue;
		if (json_parse(line, &doc, e) < 0)
			return -1;
		struct doc *d = vec_add(&c->docs);
		d->x.text = arena_dup(&c->arena, json_get_string(doc, "text"));
		json_free(doc);
	}
	vec_each (d, &c->docs) {
		article_fold(&c->arena, &d->x, &d->f, &rep);
		c->bytes += d->f.field[FIELD_TEXT].folded.n;
	}
	report_release(&rep);
	return 0;
}

/* Three rounds, the median; the first also keeps what was found. */
static double run_ours(const struct ruleset *s, struct corpus *c, size_t *flags)
{
	struct arena scratch = {0};
	struct report rep = {0};
	struct rule_matcher *m = rule_matcher_new(s);
	double took[ROUNDS];
	*flags = 0;
	for (int round = 0; round < ROUNDS; round++) {
		double from = cpu();
		vec_each (d, &c->docs) {
			rule_match(m, round ? &scratch : &c->arena, &d->f, &d->x, 0, &rep);
			if (round == 0) {
				d->n_hits = d->x.n_flags;
				d->hits = arena_array(&c->arena, const char *, d->n_hits + 1);
				for (size_t i = 0; i < d->n_hits; i++)
					d->hits[i] = d->x.flags[i].rule;
				*flags += d->n_hits;
			}
			arena_clear(&scratch);
		}
		took[round] = cpu() - from;
	}
	rule_matcher_free(m);
	report_release(&rep);
	arena_release(&scratch);
	double a = took[0], b = took[1], d = took[2];
	double median = a < b ? (b < d ? b : a < d ? d : a) : (a < d ? a : b < d ? d : b);
	return (double)c->bytes / 1e6 / median;
}

struct pattern {
	const char *id;
	pcre2_code *code;
};

static int patterns_read(struct arena *a, const char *path, struct pattern **out, size_t *n, struct err *e)
{
	struct span all, line, id;
	if (file_read(a, path, 1 << 28, &all, e) < 0)
		return -1;
	*out = arena_array(a, struct pattern, RULES_MAX);
	*n = 0;
	while (span_next(&all, '\n', &line) && *n < RULES_MAX) {
		int code;
		PCRE2_SIZE where;
		if (!line.n)
			continue;
		span_next(&line, '\t', &id);
		struct pattern *p = &(*out)[*n];
		p->id = arena_dup(a, id);
		p->code =
			pcre2_compile((PCRE2_SPTR)line.p, line.n, PCRE2_UTF | PCRE2_UCP, &code, &where, NULL);
		if (!p->code)
			continue;
		pcre2_jit_compile(p->code, PCRE2_JIT_COMPLETE);
		++*n;
	}
	return 0;
}

static bool ours_has(const struct doc *d, const char *id)
{
	for (size_t i = 0; i < d->n_hits; i++)
		if (strcmp(d->hits[i], id) == 0)
			return true;
	return false;
}

/* Rule by rule on whole documents, until the time is up. */
static void run_pcre2(struct corpus *c, const char *path, double seconds, double ours)
{
	struct arena a = {0};
	struct pattern *p;
	struct err e = {0};
	size_t n, docs = 0, bytes = 0, pairs = 0, missed = 0, more = 0;
	if (patterns_read(&a, path, &p, &n, &e) < 0) {
		(void)fail(&e);
		return;
	}
	pcre2_match_data *data = pcre2_match_data_create(1, NULL);
	double from = cpu();
	for (; docs < c->docs.n && cpu() - from < seconds; docs++) {
		const struct doc *d = &c->docs.p[docs];
		struct span t = d->f.field[FIELD_TEXT].folded;
		size_t found = 0;
		for (size_t i = 0; i < n; i++)
			if (pcre2_jit_match(p[i].code, (PCRE2_SPTR)t.p, t.n, 0, 0, data, NULL) >= 0) {
				found++;
				missed += !ours_has(d, p[i].id);
			}
		more += d->n_hits + missed > found + missed ? d->n_hits - found : 0;
		pairs += found;
		bytes += t.n;
	}
	double speed = (double)bytes / 1e6 / (cpu() - from);
	printf("PCRE2 JIT one by one: %.3f MB/s on %zu articles; ours is %.0f times as fast; %zu pairs, ours "
	       "lacks "
	       "%zu, has %zu more\n",
		speed, docs, ours / speed, pairs, missed, more);
	for (size_t i = 0; i < n; i++)
		pcre2_code_free(p[i].code);
	pcre2_match_data_free(data);
	arena_release(&a);
}

#ifdef HAVE_YARA
static int on_yara(YR_SCAN_CONTEXT *c, int message, void *data, void *ctx)
{
	(void)c;
	(void)data;
	*(size_t *)ctx += message == CALLBACK_MSG_RULE_MATCHING;
	return CALLBACK_CONTINUE;
}

static void run_yara(struct corpus *c, const char *path, double seconds, double ours)
{
	YR_COMPILER *compiler;
	YR_RULES *rules;
	size_t docs = 0, bytes = 0, pairs = 0;
	FILE *f = fopen(path, "r");
	if (!f || yr_initialize() != ERROR_SUCCESS || yr_compiler_create(&compiler) != ERROR_SUCCESS)
		return;
	printf("yara: %d faults in its rules\n", yr_compiler_add_file(compiler, f, NULL, path));
	fclose(f);
	yr_compiler_get_rules(compiler, &rules);
	double from = cpu();
	for (; docs < c->docs.n && cpu() - from < seconds; docs++) {
		struct span t = c->docs.p[docs].f.field[FIELD_TEXT].folded;
		yr_rules_scan_mem(rules, (const uint8_t *)t.p, t.n, 0, on_yara, &pairs, 0);
		bytes += t.n;
	}
	double speed = (double)bytes / 1e6 / (cpu() - from);
	printf("libyara: %.3f MB/s on %zu articles; ours is %.0f times as fast; %zu pairs\n", speed, docs,
		ours / speed, pairs);
	yr_rules_destroy(rules);
	yr_compiler_destroy(compiler);
	yr_finalize();
}
#else
static void run_yara(struct corpus *c, const char *path, double seconds, double ours)
{
	(void)c;
	(void)path;
	(void)seconds;
	(void)ours;
	printf("libyara was not there at build time\n");
}
#endif

static int usage(void)
{
	fprintf(stderr, "usage: bench_rule [-p PATTERNS.tsv] [-y RULES.yar] [-s SECONDS] [-t SHARED] RULES "
			"CORPUS.ndjson\n");
	return 2;
}

int main(int argc, char **argv)
{
	const char *tsv = NULL, *yar = NULL, *shared = NULL;
	int64_t seconds = 10;
	int opt;
	struct corpus c = {0};
	struct err e = {0};
	struct ruleset *s;
	while ((opt = getopt(argc, argv, "p:y:s:t:")) != -1) {
		if (opt == 'p')
			tsv = optarg;
		else if (opt == 'y')
			yar = optarg;
		else if (opt == 't')
			shared = optarg;
		else if (opt != 's' || !span_to_int64(span_of(optarg), &seconds))
			return usage();
	}
	if (argc - optind != 2)
		return usage();
	const char *rules[] = {argv[optind]};
	struct rule_load how = {.unchecked = true, .shared = shared};
	double from = cpu();
	if (ruleset_load(rules, 1, NULL, &how, &s, &e) < 0)
		return fail(&e);
	double loaded = cpu() - from;
	if (corpus_read(&c, argv[optind + 1], &e) < 0)
		return fail(&e);
	const struct rule_info *info;
	size_t flags;
	printf("%zu rules loaded in %.1f ms; %zu articles, %.1f MB folded\n", ruleset_rules(s, &info),
		loaded * 1e3, c.docs.n, (double)c.bytes / 1e6);
	double ours = run_ours(s, &c, &flags);
	struct rusage u;
	getrusage(RUSAGE_SELF, &u);
	printf("soatin: %.1f MB/s, %zu flags, peak memory with the corpus %ld MB\n", ours, flags,
		u.ru_maxrss / 1024);
	if (tsv)
		run_pcre2(&c, tsv, (double)seconds, ours);
	if (yar)
		run_yara(&c, yar, (double)seconds, ours);
	ruleset_free(s);
	vec_release(&c.docs);
	arena_release(&c.arena);
	return 0;
}
