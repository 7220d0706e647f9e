/* run: the daily job over the network. One loop: transfers end, their bytes are archived and go to a worker
 * (ask.c), the worker's articles come back and are stored, or send for their pages (given.c). The network
 * never waits for the disk for long, and memory stays flat: when workers fall behind, the loop serves them
 * alone. */
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/limits.h"
#include "scan/run_priv.h"

#include "base/banned.h"

enum { BACKLOG_MAX = 2 << 20, STEP_MS = 1000 };

int run_start(struct run *r, pool_article_fn *article, pool_done_fn *done, bool ordered, struct err *e)
{
	const struct scan_plan *p = r->plan;
	if (decode_new(&r->reader.decode, e) < 0)
		return -1;
	r->matcher = (struct matcher){p->gazetteer, p->rules, NULL, p->now};
	struct pool_setup s = {&r->reader, p->rules ? &r->matcher : NULL, p->workers, ordered, p->crash_on,
		article, done, r};
	r->pool = pool_new(&s);
	return 0;
}

void run_stop(struct run *r)
{
	for (size_t i = 0; r->jobs && i < r->n_jobs; i++) {
		vec_release(&r->jobs[i].dates);
		str_release(&r->jobs[i].telling);
	}
	fetch_free(r->fetch);
	pool_free(r->pool);
	decode_free(r->reader.decode);
	map_release(&r->seen);
	arena_release(&r->line);
	arena_release(&r->arena);
}

int run_pool(struct run *r, int timeout_ms, struct err *e)
{
	struct pollfd fds[POOL_FDS_MAX];
	if (pool_io(r->pool, e) < 0)
		return -1;
	unsigned n = pool_poll(r->pool, fds, POOL_FDS_MAX);
	if (n)
		poll(fds, n, timeout_ms);
	if (pool_io(r->pool, e) < 0)
		return -1;
	return r->fatal->kind ? -1 : 0;
}

/* --- the run --- */

static int load_jobs(struct run *r, struct err *e)
{
	const struct source_list *l = r->plan->sources;
	r->jobs = arena_array(&r->arena, struct source_job, l->n ? l->n : 1);
	for (size_t i = 0; i < l->n; i++) {
		const struct source_conf *c = &l->p[i];
		struct source_job *j = &r->jobs[r->n_jobs];
		if (!c->enabled)
			continue;
		*j = (struct source_job){.conf = c, .source = document_source(c)};
		if (r->queue && queue_source_get(r->queue, &r->arena, c->id, &j->state, e) < 0)
			return -1;
		health_begin(j);
		r->n_jobs++;
	}
	return 0;
}

static void ask_sources(struct run *r)
{
	r->totals->sources = (int64_t)r->n_jobs;
	for (size_t i = 0; i < r->n_jobs; i++) {
		struct source_job *j = &r->jobs[i];
		if (!r->plan->force && health_rests(j, r->plan->now)) {
			r->totals->unchanged++;
			r->done++;
			continue;
		}
		ask(r, j, health_moved(j) ? j->state.moved : j->conf->url, request_tag_new(j, NULL, NULL),
			r->queue != NULL);
	}
}

struct fetch_settings scan_manners(struct arena *a, const struct settings *s, const char *version)
{
	struct fetch_settings f = {.user_agent = s->user_agent,
		.http_proxy = s->http_proxy,
		.https_proxy = s->https_proxy,
		.no_proxy = s->no_proxy,
		.per_host = (int)s->per_host,
		.gap_ms = (int)s->gap_ms,
		.timeout = (int)s->timeout};
	if (!f.user_agent)
		f.user_agent = s->contact ? arena_printf(a, "soatin/%s (+%s)", version, s->contact)
					  : arena_printf(a, "soatin/%s", version);
	return f;
}

static int start_network(struct run *r, struct err *e)
{
	struct fetch_settings f = scan_manners(&r->arena, r->plan->settings, r->plan->version);
	return fetch_new(&f, answer_came, r, &r->fetch, e);
}

static int open_archive(struct run *r, struct err *e)
{
	struct report rep = {0};
	struct civil c = civil_from(r->plan->now, (int)r->plan->settings->zone_minutes);
	struct task_tag here = {.url = r->plan->archive_dir};
	if (!r->plan->archive_dir || !r->queue)
		return 0;
	char *day = arena_printf(&r->arena, "%04d-%02d-%02d", (int)c.year, c.month, c.day);
	int rc =
		archive_open(r->plan->archive_dir, day, r->plan->version, r->plan->now, &r->archive, &rep, e);
	tell_report(r, &here, &rep);
	report_release(&rep);
	return rc;
}

static int loop(struct run *r, struct err *e)
{
	struct pollfd fds[POOL_FDS_MAX];
	while (fetch_pending(r->fetch) || pool_pending(r->pool)) {
		if (r->fatal->kind)
			return -1;
		if (pool_backlog(r->pool) > BACKLOG_MAX || !fetch_pending(r->fetch)) {
			if (run_pool(r, STEP_MS, e) < 0)
				return -1;
			continue;
		}
		unsigned n = pool_poll(r->pool, fds, POOL_FDS_MAX);
		if (fetch_step(r->fetch, fds, n, STEP_MS, e) < 0 || pool_io(r->pool, e) < 0)
			return -1;
		store_pause(r, false);
	}
	return r->fatal->kind ? -1 : 0;
}

static int run_live(struct run *r, struct err *e)
{
	struct err closing = {0};
	int rc = -1;
	if (load_jobs(r, e) < 0 || open_archive(r, e) < 0 ||
		run_start(r, record_article, record_done, false, e) < 0 || start_network(r, e) < 0)
		goto done;
	ask_sources(r);
	rc = loop(r, e);
done:
	if (archive_close(r->archive, rc < 0 ? &closing : e) < 0)
		rc = -1;
	return rc;
}

static int run_any(struct run *r, struct err *e)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
	sigaction(SIGPIPE, &ignore,
		&before); /* a worker that dies is found out by its answer, not by a signal */
	r->fatal = e;
	r->totals->started = r->plan->now;
	int rc = r->plan->replay ? replay_run(r, e) : run_live(r, e);
	if (rc == 0 && e->kind)
		rc = -1;
	store_pause(r, true);
	if (e->kind)
		rc = -1;
	run_stop(r);
	sigaction(SIGPIPE, &before, NULL);
	return rc;
}

int scan_run(const struct scan_plan *p, struct queue *q, const struct scan_events *on,
	struct scan_totals *out, struct err *e)
{
	struct run r = {.plan = p, .queue = q, .fd = -1, .on = on, .totals = out};
	*out = (struct scan_totals){0};
	if (run_any(&r, e) < 0)
		return -1;
	out->ended = p->replay ? p->now : clock_now();
	if (!out->added && !out->updated)
		return 0; /* a scan that changed nothing writes nothing */
	return queue_note_scan(q, out, e);
}

int scan_fetch(const struct scan_plan *p, int fd, const struct scan_events *on, struct scan_totals *out,
	struct err *e)
{
	struct run r = {.plan = p, .fd = fd, .on = on, .totals = out};
	*out = (struct scan_totals){0};
	return run_any(&r, e);
}
