/* store: what the workers gave reaches the queue here, many articles to a transaction, a source's validators
 * in the same one as its last article. Nothing is written for what did not change. */
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "scan/run_priv.h"

#include "base/banned.h"

enum {
	BATCH_ARTICLES = 5000,
	BATCH_MS = 1000
}; /* a transaction: as large as one is cheap, as old as a reader may wait */

void tell_fault(struct run *r, struct source_job *j, const char *source, const struct err *e, bool page)
{
	r->totals->failed++;
	if (health_news(r, j, page ? 'p' : 's', e->text, e->arg[0], e->arg[1]) && r->on->fault)
		r->on->fault(r->on->ctx, source, e);
}

void tell_notice(struct run *r, const struct source_job *j, const struct err *what)
{
	if (r->on->notice)
		r->on->notice(r->on->ctx, j->conf->id, what);
}

/* How much is no news: the same again with another number is the same. */
static const char *but_numbers(const char *arg)
{
	int64_t n;
	return span_to_int64(span_of(arg), &n) ? "" : arg;
}

void tell_report(struct run *r, const struct task_tag *t, const struct report *rep)
{
	for (size_t i = 0; i < rep->list.n; i++) {
		const struct remark *m = &rep->list.p[i];
		bool bad = remark_level(m->id) == LEVEL_ERROR;
		r->totals->failed += bad;
		if (bad && !health_news(r, t->job, t->page ? 'p' : 's', remark_name(m->id), but_numbers(m->a),
				   but_numbers(m->b)))
			continue;
		if (r->on->remark)
			r->on->remark(r->on->ctx, t->name, t->url, m);
	}
}

static int begin(struct run *r)
{
	if (r->open || r->fatal->kind)
		return r->fatal->kind ? -1 : 0;
	if (queue_begin(r->queue, r->fatal) < 0)
		return -1;
	r->open = true;
	r->in_batch = 0;
	r->batch_since = clock_monotonic_ms();
	return 0;
}

void store_pause(struct run *r, bool at_end)
{
	if (!r->open)
		return;
	bool due =
		at_end || r->in_batch >= BATCH_ARTICLES || clock_monotonic_ms() - r->batch_since >= BATCH_MS;
	if (!due)
		return;
	if (!r->fatal->kind && queue_commit(r->queue, r->fatal) == 0) {
		r->open = false;
		return;
	}
	queue_rollback(r->queue);
	r->open = false;
}

static void count(struct run *r, const struct article *x, enum stored what)
{
	struct scan_totals *t = r->totals;
	t->articles++;
	t->added += what == STORED_NEW;
	t->updated += what == STORED_UPDATED;
	bool live = false;
	for (size_t i = 0; i < x->n_flags; i++)
		live |= !x->flags[i].trial;
	t->flagged += live;
}

void store_article(struct run *r, const struct task_tag *t, const struct article *x, struct span line)
{
	enum stored what;
	if (x->kind && strcmp(x->kind, "index") == 0)
		return; /* a front page is no article */
	if (!x->title && !x->summary && !x->text)
		return; /* nor is an address alone */
	int64_t now = x->fetched ? x->fetched : t->now;
	if (begin(r) < 0 || queue_store_line(r->queue, x, line, now, &what, r->fatal) < 0)
		return;
	r->in_batch++;
	count(r, x, what);
}

static void read_article(struct run *r, const struct task_tag *t, struct span line, article_fn *to)
{
	struct article x;
	struct err e = {0};
	if (article_read(&r->line, line, &x, &e) == 0) {
		to(r, t, &x, line);
	} else {
		err_at(&e, t->url, 0, 0);
		tell_fault(r, t->job, t->name, &e, t->page);
	}
	arena_clear(&r->line);
}

void take_article(struct run *r, const struct task_tag *t, struct span line, article_fn *to)
{
	if (r->fatal->kind)
		return;
	if (r->plan->article)
		r->plan->article(r->plan->ctx, (struct span){line.p, line.n + 1});
	read_article(r, t, line, to);
}

static void store_stub(struct run *r, const struct task_tag *t, const struct article *x, struct span line)
{
	struct article stub = *x;
	struct str s = {0};
	(void)line;
	stub.kind = "stub";
	article_write(&stub, &s);
	store_article(r, t, &stub, span_trim(str_span(&s)));
	str_release(&s);
}

void store_held(struct run *r, const struct task_tag *t, const char *line, bool looked_at)
{
	if (line && r->queue && !r->fatal->kind)
		read_article(r, t, span_of(line), looked_at ? store_stub : store_article);
}

void store_list(struct run *r, const struct task_tag *t, const struct article *x)
{
	struct article list = {.id = x->id,
		.url = x->url,
		.source = x->source,
		.kind = "index",
		.title = x->title,
		.lang = x->lang,
		.fetched = x->fetched,
		.evidence = x->evidence};
	enum stored what;
	if (r->queue && begin(r) == 0 &&
		queue_store(r->queue, &list, x->fetched ? x->fetched : t->now, &what, r->fatal) == 0)
		r->in_batch++;
}

void store_source(struct run *r, struct source_job *j)
{
	if (!r->queue || !j->changed || begin(r) < 0)
		return;
	if (queue_source_put(r->queue, j->conf->id, &j->state, r->fatal) == 0)
		r->in_batch++;
}
