/* rules_trial: the articles of the queue are dealt to workers as lines, BLOCK at a time and in turn, so that
 * each worker knows the number of the article it holds. A worker reads articles as those of a scan do, in the
 * same jail, and answers once, at the end, with one line of JSON: counts, and the first samples of each rule.
 */
#include "cli/rules_trial.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/jail.h"
#include "base/limits.h"
#include "base/lines.h"

#include "base/banned.h"

enum { BLOCK = 64, CHUNK = 1 << 17, WORKERS_MAX = 8 };

struct dealing {
	struct jail_child child[WORKERS_MAX];
	struct str out[WORKERS_MAX]; /* lines not yet written to it */
	size_t n, lines;
};

void trial_init(struct trial *t, const struct rules_open *r, int64_t now)
{
	*t = (struct trial){.open = r, .now = now};
	t->n = ruleset_rules(r->set, &t->rules);
	t->tried = arena_array(&t->arena, struct tried, t->n + 1);
}

void trial_release(struct trial *t)
{
	arena_release(&t->arena);
}

/* --- counting --- */

/* Samples stay in the order of their articles. */
static void add_sample(struct trial *t, struct tried *r, int64_t at, struct span title)
{
	size_t i = r->n_samples;
	while (i && r->samples[i - 1].at > at)
		i--;
	if (i == TRIAL_SAMPLES)
		return;
	r->n_samples += r->n_samples < TRIAL_SAMPLES;
	memmove(r->samples + i + 1, r->samples + i, (r->n_samples - i - 1) * sizeof *r->samples);
	r->samples[i] = (struct trial_sample){at, arena_span(&t->arena, title)};
}

static bool has_flag(const struct flag *f, size_t n, const char *rule)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(f[i].rule, rule) == 0)
			return true;
	return false;
}

static void count(struct trial *t, size_t rule, const struct article *x, const struct flag *was, size_t n_was,
	int64_t at)
{
	struct tried *r = &t->tried[rule];
	const char *id = t->rules[rule].id;
	bool before = has_flag(was, n_was, id);
	if (!has_flag(x->flags, x->n_flags, id)) {
		r->less += before;
		return;
	}
	for (size_t i = 0; i < x->n_flags; i++)
		if (strcmp(x->flags[i].rule, id) == 0)
			*(x->flags[i].answered ? &r->answered : &r->open) += 1;
	r->more += !before;
	if (!before)
		add_sample(t, r, at, span_of(x->title ? x->title : x->url ? x->url : x->id));
}

static void try_article(
	struct trial *t, struct rule_matcher *m, struct arena *a, struct span line, int64_t at)
{
	struct article x;
	struct err e = {0};
	struct report rep = {0};
	struct folded_article f;
	if (article_read(a, line, &x, &e) < 0) {
		t->broken++;
		return;
	}
	const struct flag *was = x.flags;
	size_t n_was = x.n_flags;
	article_fold(a, &x, &f, &rep);
	place_find(t->open->places, a, &f, &x);
	rule_match(m, a, &f, &x, t->now, &rep);
	for (size_t i = 0; i < t->n; i++)
		count(t, i, &x, was, n_was, at);
	t->articles++;
	t->flagged += x.n_flags > 0;
	report_release(&rep);
}

/* --- what a worker answers --- */

static void put_tried(struct json_writer *w, const struct tried *r)
{
	json_begin_object(w);
	json_field_int(w, "open", r->open);
	json_field_int(w, "answered", r->answered);
	json_field_int(w, "more", r->more);
	json_field_int(w, "less", r->less);
	json_key(w, "samples");
	json_begin_array(w);
	for (size_t i = 0; i < r->n_samples; i++) {
		json_put_int(w, r->samples[i].at);
		json_put_string(w, r->samples[i].title);
	}
	json_end_array(w);
	json_end_object(w);
}

static void answer(const struct trial *t, struct str *out)
{
	struct json_writer w = {out, false};
	json_begin_object(&w);
	json_field_int(&w, "articles", t->articles);
	json_field_int(&w, "flagged", t->flagged);
	json_field_int(&w, "broken", t->broken);
	json_key(&w, "rules");
	json_begin_array(&w);
	for (size_t i = 0; i < t->n; i++)
		put_tried(&w, &t->tried[i]);
	json_end_array(&w);
	json_end_object(&w);
}

static int64_t number(const struct json *v, const char *key)
{
	return json_int(json_get(v, key));
}

static int add_answer(struct trial *t, struct span text, struct err *e)
{
	struct arena a = {0};
	const struct json *v = NULL;
	int rc = json_read(&a, text, &v, e);
	const struct json *rules = json_get(v, "rules");
	t->articles += number(v, "articles");
	t->flagged += number(v, "flagged");
	t->broken += number(v, "broken");
	for (size_t i = 0; i < t->n && i < json_len(rules); i++) {
		const struct json *one = json_at(rules, i), *samples = json_get(one, "samples");
		struct tried *r = &t->tried[i];
		r->open += number(one, "open");
		r->answered += number(one, "answered");
		r->more += number(one, "more");
		r->less += number(one, "less");
		for (size_t k = 0; k + 1 < json_len(samples); k += 2)
			add_sample(t, r, json_int(json_at(samples, k)), json_string(json_at(samples, k + 1)));
	}
	arena_release(&a);
	return rc;
}

/* --- the worker --- */

struct task {
	struct trial *trial;
	size_t worker, workers; /* the how manieth of how many */
	size_t lines;           /* had so far */
};

static void try_line(struct task *k, struct rule_matcher *m, struct arena *a, struct span line)
{
	size_t block = k->lines / BLOCK * k->workers + k->worker;
	try_article(k->trial, m, a, line, (int64_t)(block * BLOCK + k->lines % BLOCK));
	k->lines++;
	arena_clear(a);
}

static int worker(int in, int out, void *ctx)
{
	struct task *k = ctx;
	struct arena a = {0};
	struct str text = {0};
	struct rule_matcher *m = rule_matcher_new(k->trial->open->set);
	struct lines from;
	struct span line;
	struct err e = {0};
	int got;
	lines_open(&from, in, "-", LINE_MAX_BYTES);
	while ((got = lines_next(&from, &line, &e)) == LINES_LINE)
		try_line(k, m, &a, line);
	answer(k->trial, &text);
	int rc = got == LINES_END && fd_write_all(out, str_span(&text)) == 0 ? 0 : 1;
	rule_matcher_free(m);
	arena_release(&a);
	lines_close(&from);
	str_release(&text);
	return rc;
}

/* --- dealing --- */

static int lost(struct err *e)
{
	return err_set(e, ERR_SYSTEM, N_("a worker process ended before its work"), NULL, NULL);
}

static int hand_over(struct dealing *d, size_t w, struct err *e)
{
	int rc = fd_write_all(d->child[w].to, str_span(&d->out[w]));
	str_clear(&d->out[w]);
	return rc < 0 ? lost(e) : 0;
}

struct dealer {
	struct dealing *d;
	struct err *e;
};

static int deal(struct span line, const char *story, void *ctx)
{
	(void)story;
	struct dealer *x = ctx;
	size_t w = x->d->lines++ / BLOCK % x->d->n;
	str_add(&x->d->out[w], line);
	str_addc(&x->d->out[w], '\n');
	return x->d->out[w].n >= CHUNK ? hand_over(x->d, w, x->e) : 0;
}

static int start(struct dealing *d, struct trial *t, struct err *e)
{
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	size_t n = cpus < 1 ? 1 : cpus > WORKERS_MAX ? WORKERS_MAX : (size_t)cpus;
	for (; d->n < n; d->n++) {
		struct task k = {t, d->n, n, 0};
		if (jail_spawn(&d->child[d->n], worker, &k, e) < 0)
			return -1;
		fcntl(d->child[d->n].to, F_SETFL, 0); /* here the parent may wait */
		fcntl(d->child[d->n].from, F_SETFL, 0);
	}
	return 0;
}

static int collect(struct dealing *d, size_t w, struct trial *t, struct err *e)
{
	struct str text = {0};
	ssize_t n = -1;
	if (hand_over(d, w, e) < 0)
		return -1;
	close(d->child[w].to);
	d->child[w].to = -1;
	for (char *to; (to = str_room(&text, CHUNK)) && (n = read(d->child[w].from, to, CHUNK)) != 0;) {
		if (n < 0 && errno != EINTR)
			break;
		str_grew(&text, n < 0 ? 0 : (size_t)n);
	}
	int rc = jail_end(&d->child[w], false) == 0 && n == 0 ? add_answer(t, str_span(&text), e) : lost(e);
	str_release(&text);
	return rc;
}

int trial_run(struct trial *t, struct cli *c, int64_t since, struct err *e)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
	struct dealing d = {0};
	struct dealer x = {&d, e};
	struct queue *q = NULL;
	sigaction(SIGPIPE, &ignore, &before); /* a worker that dies is found out by its answer */
	int rc = start(&d, t, e);
	if (rc == 0)
		rc = cli_queue(c, QUEUE_READ, &q, e);
	if (rc == 0)
		rc = queue_each_article(q, since, deal, &x, e);
	queue_close(q);
	for (size_t w = 0; w < d.n; w++) {
		if (rc == 0)
			rc = collect(&d, w, t, e);
		jail_end(&d.child[w], true);
		str_release(&d.out[w]);
	}
	sigaction(SIGPIPE, &before, NULL);
	return rc;
}
