/* bench_rule: how many MB of article text a second of CPU the rules read, folding and place finding left out.
 * usage: bench_rule RULES… < TEXT   (TEXT: one article a line; each line is matched as its own article, again
 * and again for 2 s) With `-n N` before RULES the shipped rules are joined by N made ones: an event of two
 * made words, carried by rumour. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/limits.h"
#include "rule/rule.h"

#include "base/banned.h"

static double cpu(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Two syllables that stand in no list, different for each number. */
static const char *made_rules(struct arena *a, int64_t n)
{
	static const char *const syllables[] = {"bãi", "cầu", "đình", "gạch", "hầm", "kênh", "lúa", "mía",
		"ngói", "ổi", "phà", "quặng", "rươi", "sân", "trâu", "ươm", "vườn", "xưởng", "yến", "đồi"};
	const size_t k = sizeof syllables / sizeof *syllables;
	struct str s = {0};
	for (int64_t i = 0; i < n; i++) {
		size_t r = (size_t)i;
		str_addf(&s,
			"- id: thien-tai.made-%" PRId64
			"\n  title: t\n  action: clarify\n  status: live\n  owner: o\n  created: 2026-01-01\n"
			"  review_by: 2027-01-01\n  weight: 10\n  why: w\n  do: d\n  terms:\n    event: "
			"{words: [%s %s, %s %s %s]}\n"
			"    claim: {use: [rumour, unverified]}\n  when: event near 1 sentence claim near 2 "
			"sentences place\n",
			i, syllables[r % k], syllables[r / k % k], syllables[(r + 7) % k],
			syllables[(r / k + 3) % k], syllables[r * 7 % k]);
	}
	const char *path = arena_printf(a, "/tmp/bench-rule-%d.yaml", (int)getpid());
	struct err e = {0};
	if (file_replace(path, str_span(&s), &e) < 0)
		exit(1);
	str_release(&s);
	return path;
}

static void run(const struct ruleset *s, struct span text)
{
	struct arena a = {0}, scratch = {0};
	struct report rep = {0};
	struct rule_matcher *m = rule_matcher_new(s);
	struct span line;
	size_t n = 0, bytes = 0, flags = 0;
	struct folded_article *f = arena_array(&a, struct folded_article, 100000);
	struct article *x = arena_array(&a, struct article, 100000);
	while (n < 100000 && span_next(&text, '\n', &line)) {
		if (!line.n)
			continue;
		x[n].text = arena_dup(&a, line);
		article_fold(&a, &x[n], &f[n], &rep);
		bytes += line.n;
		n++;
	}
	double from = cpu(), took = 0;
	size_t rounds = 0;
	while (took < 2) {
		for (size_t i = 0; i < n; i++) {
			rule_match(m, &scratch, &f[i], &x[i], 0, &rep);
			flags += x[i].n_flags;
			arena_clear(&scratch);
		}
		rounds++;
		took = cpu() - from;
	}
	printf("%zu articles, %.2f MB: %.1f MB/s of CPU, %.1f us an article, %zu flags a round\n", n,
		(double)bytes / 1e6, (double)bytes * (double)rounds / took / 1e6,
		took * 1e6 / (double)(n * rounds), flags / rounds);
	rule_matcher_free(m);
	report_release(&rep);
	arena_release(&scratch);
	arena_release(&a);
}

int main(int argc, char **argv)
{
	struct arena a = {0};
	struct span text;
	struct err e = {0};
	struct ruleset *s;
	int64_t made = 0;
	int at = 1;
	if (argc > 2 && strcmp(argv[1], "-n") == 0 && span_to_int64(span_of(argv[2]), &made))
		at = 3;
	const char **paths = arena_array(&a, const char *, argc);
	size_t n = 0;
	for (; at < argc; at++)
		paths[n++] = argv[at];
	const char *file = made ? made_rules(&a, made) : NULL;
	struct rule_load how = {.unchecked = true, .shared = n ? paths[0] : NULL};
	if (file)
		paths[n++] = file;
	double from = cpu();
	int rc = ruleset_load(paths, n, NULL, &how, &s, &e);
	if (file)
		unlink(file);
	if (rc < 0 || file_read(&a, "-", 1 << 28, &text, &e) < 0) {
		fprintf(stderr, "%s:%ld: %s [%s]\n", e.where, e.line, e.text, e.arg[0]);
		return 1;
	}
	const struct rule_info *info;
	printf("%zu rules loaded in %.1f ms\n", ruleset_rules(s, &info), (cpu() - from) * 1e3);
	run(s, text);
	ruleset_free(s);
	arena_release(&a);
	return 0;
}
