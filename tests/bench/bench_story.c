/* bench_story FILE (of near_copies.py): for each way of copying the share of copies that agree with their
 * original in so many of the 32 minima, and the most alike of two different originals: what the limit in
 * story.c was chosen by. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/vec.h"
#include "story/story.h"

#include "base/banned.h"

enum { MOST = 1 << 28, LIMITS_FROM = 8, LIMITS_TO = 16, KIND_MAX = 64 };

struct copy {
	char kind[KIND_MAX];
	int64_t original;
	struct fingerprint print;
};

static void read_line(struct arena *a, struct span line, struct copy *out)
{
	struct span part[4] = {{NULL, 0}};
	struct text title, body;
	struct report rep = {0};
	for (int i = 0; i < 4; i++)
		if (!span_next(&line, '\t', &part[i]))
			break;
	snprintf(out->kind, sizeof out->kind, "%.*s", (int)part[0].n, part[0].p);
	if (!span_to_int64(part[1], &out->original))
		out->original = 0;
	text_fold(a, part[2], &title, &rep);
	text_fold(a, part[3], &body, &rep);
	story_fingerprint(&title, &body, &out->print);
	report_release(&rep);
}

static int agree(const struct copy *a, const struct copy *b)
{
	return (int)(story_resemblance(&a->print, &b->print) * STORY_HASHES + 0.5);
}

int main(int argc, char **argv)
{
	struct arena a = {0};
	struct span file, line;
	struct err e = {0};
	VEC(struct copy) all = {0};
	if (argc != 2 || file_read(&a, argv[1], MOST, &file, &e) < 0) {
		fprintf(stderr, "usage: near_copies.py > FILE; bench_story FILE\n");
		return 2;
	}
	while (span_next(&file, '\n', &line))
		if (line.n)
			read_line(&a, line, vec_add(&all));
	size_t originals = 0;
	int alike = 0;
	while (originals < all.n && strcmp(all.p[originals].kind, "original") == 0)
		originals++;
	for (size_t i = 0; i < originals; i++)
		for (size_t k = 0; k < i; k++)
			alike = agree(&all.p[i], &all.p[k]) > alike ? agree(&all.p[i], &all.p[k]) : alike;
	printf("%zu originals; the most alike of two agree in %d\n%-28s", originals, alike,
		"minima that agree");
	for (int k = LIMITS_FROM; k <= LIMITS_TO; k += 2)
		printf("%6d", k);
	for (size_t i = originals; i < all.n;) {
		int found[LIMITS_TO + 1] = {0}, n = 0;
		const char *kind = all.p[i].kind;
		for (; i < all.n && strcmp(all.p[i].kind, kind) == 0; i++, n++)
			for (int k = LIMITS_FROM; k <= LIMITS_TO; k += 2)
				found[k] += agree(&all.p[i], &all.p[all.p[i].original]) >= k;
		printf("\n%-28s", kind);
		for (int k = LIMITS_FROM; k <= LIMITS_TO; k += 2)
			printf("%6.2f", (double)found[k] / n);
	}
	printf("\n");
	vec_release(&all);
	arena_release(&a);
	return 0;
}
