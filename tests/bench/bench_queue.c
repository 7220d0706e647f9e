/* bench_queue: CPU seconds for fingerprints and for storing articles, and again for storing the same.
 * bench_queue FILE.ndjson [FLAG_EVERY [QUEUE.db]]: each FLAG_EVERYth article (250) gets a live flag; every
 * one a mention. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "queue/queue.h"
#include "text/text.h"

#include "base/banned.h"

enum { BATCH = 2000, MOST = 2000000000 };

static double cpu(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

struct load {
	struct article *all;
	struct span *lines;
	size_t n, bytes;
};

static void prepare(struct arena *a, struct span file, size_t every, struct load *l)
{
	struct span line, rest = file;
	struct report rep = {0};
	double folding = 0, printing = 0;
	l->all = arena_array(a, struct article, 1000000);
	l->lines = arena_array(a, struct span, 1000000);
	while (l->n < 1000000 && span_next(&rest, '\n', &line)) {
		struct article *x = &l->all[l->n];
		struct arena scratch = {0};
		struct err e = {0};
		struct text title, body;
		struct fingerprint f;
		char hex[STORY_HEX + 1];
		struct str out;
		if (!line.n || article_read(a, line, x, &e) < 0)
			continue;
		x->unknown = NULL;
		double t = cpu();
		text_fold(&scratch, span_of(x->title), &title, &rep);
		text_fold(&scratch, span_of(x->text), &body, &rep);
		folding += cpu() - t;
		t = cpu();
		story_fingerprint(&title, &body, &f);
		printing += cpu() - t;
		fingerprint_format(&f, hex);
		x->fingerprint = *hex ? arena_strdup(a, hex) : NULL;
		arena_release(&scratch);
		x->id = arena_printf(a, "%016llx", (unsigned long long)(l->n * 0x9E3779B97F4A7C15u));
		x->source.id = arena_printf(a, "source-%zu", l->n % 97);
		x->mentions = arena_new(a, struct mention);
		x->mentions[0] = (struct mention){"hai-phong", "VN-HP", "hai-phong", "x", "province", "name",
			FIELD_TEXT, 0, 1, 0, true};
		x->n_mentions = 1;
		x->matched = true;
		if (l->n % every == 0) {
			x->flags = arena_new(a, struct flag);
			x->flags[0] = (struct flag){
				"thien-tai.vo-dap", "clarify", "thien-tai", 40, 14400, false, false, NULL, 0};
			x->n_flags = 1;
		}
		str_init(&out, 0);
		article_write(x, &out);
		l->lines[l->n] = arena_span(a, (struct span){out.p, out.n - 1});
		l->bytes += out.n;
		str_release(&out);
		l->n++;
	}
	printf("%zu articles, %.1f MB; fold %.2f s, fingerprint %.2f s (%.0f MB/s)\n", l->n,
		(double)l->bytes / 1e6, folding, printing, (double)l->bytes / 1e6 / printing);
	report_release(&rep);
}

static void round_of(struct queue *q, const struct load *l, const char *name)
{
	struct err e = {0};
	size_t count[3] = {0};
	double t = cpu();
	for (size_t i = 0; i < l->n && !e.kind; i++) {
		enum stored what = STORED_SAME;
		if (i % BATCH == 0 && queue_begin(q, &e) < 0)
			break;
		if (queue_store_line(q, &l->all[i], l->lines[i], 1795392000, &what, &e) == 0)
			count[what]++;
		if (!e.kind && (i % BATCH == BATCH - 1 || i == l->n - 1) && queue_commit(q, &e) < 0)
			break;
	}
	printf("%s: %.2f CPU s, %zu new, %zu updated, %zu same%s%s\n", name, cpu() - t, count[0], count[1],
		count[2], e.kind ? ": " : "", e.kind ? e.text : "");
}

int main(int argc, char **argv)
{
	struct arena a = {0};
	struct span file;
	struct err e = {0};
	struct load l = {0};
	struct queue *q = NULL;
	struct item *items;
	size_t n = 0;
	int64_t every = 250;
	const char *db = argc > 3 ? argv[3] : "/tmp/bench-queue.db";
	if (argc < 2 || file_read(&a, argv[1], MOST, &file, &e) < 0) {
		fprintf(stderr, "usage: bench_queue FILE.ndjson [FLAG_EVERY [QUEUE.db]]\n");
		return 2;
	}
	if (argc > 2)
		span_to_int64(span_of(argv[2]), &every);
	prepare(&a, file, (size_t)every, &l);
	double t = cpu();
	if (queue_open(db, QUEUE_WRITE, &q, &e) < 0)
		goto done;
	printf("open: %.3f s\n", cpu() - t);
	round_of(q, &l, "first");
	round_of(q, &l, "again");
	t = cpu();
	struct item_query all = {0};
	if (queue_list(q, &a, &all, &items, &n, &e) == 0)
		printf("list: %zu items, %.3f s\n", n, cpu() - t);
	t = cpu();
	queue_close(q);
	printf("close: %.3f s\n", cpu() - t);
	t = cpu();
	if (queue_open(db, QUEUE_WRITE, &q, &e) == 0)
		printf("open with check: %.3f s\n", cpu() - t);
done:
	queue_close(q);
	if (e.kind)
		printf("%s %s %s\n", e.text, e.arg[0], e.arg[1]);
	arena_release(&a);
	return e.kind != 0;
}
