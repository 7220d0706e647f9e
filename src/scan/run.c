/* run: the daily job over the network. One loop: transfers end, their bytes are archived and go to a worker,
 * the worker's articles come back and are stored; an entry without text sends for its page, which takes the
 * same way. The network never waits for the disk for long, and memory stays flat: when workers fall behind,
 * the loop serves them alone. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/i18n.h"
#include "base/limits.h"
#include "base/url.h"
#include "base/utf8.h"
#include "scan/run_priv.h"

#include "base/banned.h"

enum { BACKLOG_MAX = 8 << 20, STEP_MS = 1000 };
/* --- common parts --- */

int run_start(struct run *r, pool_done_fn *done, bool ordered, struct err *e)
{
	const struct scan_plan *p = r->plan;
	if (decode_new(&r->reader.decode, e) < 0)
		return -1;
	r->matcher = (struct matcher){p->gazetteer, p->rules, NULL, p->now};
	struct pool_setup s = {
		&r->reader, p->rules ? &r->matcher : NULL, p->workers, ordered, p->crash_on, done, r};
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
	arena_release(&r->arena);
}

int run_pool(struct run *r, int timeout_ms, struct err *e)
{
	struct pollfd fds[POOL_FDS_MAX];
	if (pool_io(r->pool, NULL, 0, e) < 0)
		return -1;
	unsigned n = pool_poll(r->pool, fds, POOL_FDS_MAX);
	if (n)
		poll(fds, n, timeout_ms);
	if (pool_io(r->pool, fds, n, e) < 0)
		return -1;
	return r->fatal->kind ? -1 : 0;
}

/* --- requests --- */

struct request_tag {
	struct source_job *job;
	char *entry;      /* page: Soatin-Entry JSON; NULL: the source itself */
	char *entry_line; /* page: the entry's own article */
	int depth;        /* a sitemap that another one led to */
};

/* May what was meant for `own` (a password in a header) go to `url`, where it moved? */
static bool same_host(struct run *r, const char *own, const char *url)
{
	const char *x = url_host(&r->arena, own), *y = url_host(&r->arena, url);
	bool open = span_starts_ci(span_of(own), "https:") && !span_starts_ci(span_of(url), "https:");
	return x && y && strcmp(x, y) == 0 && !open;
}

static void ask(struct run *r, struct source_job *j, const char *url, struct request_tag *t, bool conditional)
{
	const struct source_conf *c = j->conf;
	struct fetch_request q = {.url = url,
		.headers = c->headers,
		.n_headers = c->n_headers,
		.user_agent = c->user_agent,
		.max_bytes = (size_t)c->max_bytes,
		.start_does = t->entry || strcmp(c->as, "page") == 0,
		.robots = t->entry && c->robots && r->plan->settings->robots,
		.tag = t};
	if (conditional) {
		q.etag = j->state.etag;
		q.last_modified = j->state.last_modified;
	}
	if (!t->entry && health_moved(j) && !same_host(r, c->url, url))
		q.n_headers = 0;
	if (c->allow_private)
		q.allow_host = url_host(&r->arena, c->url);
	fetch_add(r->fetch, &q);
}

static struct request_tag *request_tag_new(struct source_job *j, char *entry, char *entry_line)
{
	struct request_tag *t = xcalloc(1, sizeof *t);
	*t = (struct request_tag){j, entry, entry_line, 0};
	return t;
}

static void job_settle(struct run *r, struct source_job *j)
{
	if (!j->feed_done || j->pages)
		return;
	if (j->ask_again) { /* what failed may work next time: the feed is to be read again */
		j->state.etag = j->state.last_modified = j->state.body_digest = NULL;
		j->changed = true;
	}
	health_end(r, j);
	store_source(r, j);
	r->done++;
	if (r->on->progress)
		r->on->progress(r->on->ctx, r->done, r->n_jobs);
}

/* --- records --- */

static char *source_json(struct run *r, const struct source *s)
{
	struct str out = {0};
	struct json_writer w = {&out, false};
	source_write(s, &w);
	char *text = arena_dup(&r->arena, str_span(&out));
	str_release(&out);
	return text;
}

/* The answer becomes a record: in the archive (or on the pipe), then to a worker. */
static int pass_on(
	struct run *r, const struct fetch_answer *a, const char *digest, struct request_tag *t, struct err *e)
{
	struct str block = {0};
	char when[STAMP_MAX], named[SHA256_HEX + 8];
	int rc = -1;
	clock_format_utc(a->when, when);
	str_room(&block, a->head.n + a->body.n);
	str_add(&block, a->head);
	str_add(&block, a->body);
	snprintf(named, sizeof named, "sha256:%s", digest);
	struct warc_record rec = {.type = SPAN("response"),
		.uri = span_of(a->url),
		.date = span_of(when),
		.digest = span_of(named),
		.ip = span_of(a->ip),
		.truncated = a->cut ? SPAN("length") : SPAN(""),
		.content_type = SPAN("application/http;msgtype=response"),
		.source = span_of(source_json(r, &t->job->source)),
		.as = span_of(t->entry ? "page" : t->job->conf->as),
		.entry = span_of(t->entry),
		.block = str_span(&block),
		.offset = -1};
	if (r->archive) {
		if (archive_add(r->archive, &rec, &rec.file_offset, e) < 0)
			goto done;
		rec.file = span_of(archive_name(r->archive));
	}
	if (!r->queue) {
		struct str out = {0};
		rc = warc_write(&out, &rec, false, e);
		if (rc == 0 && fd_write_all(r->fd, str_span(&out)) < 0)
			rc = err_sys(e, ERR_IO, errno, N_("cannot write the records"), NULL);
		str_release(&out);
		if (rc < 0 || t->entry) /* a page leads to nothing further */
			goto done;
	}
	struct task_tag *k = xcalloc(1, sizeof *k);
	*k = (struct task_tag){t->job, t->job->conf->id, arena_strdup(&r->arena, a->url), t->entry_line,
		t->entry != NULL, t->depth, a->when};
	rc = pool_add(r->pool, &rec, k, e);
	if (rc < 0)
		free(k);
	else
		t->entry_line = NULL; /* the task has it now */
done:
	str_release(&block);
	return rc;
}

/* --- answers of sources --- */

static void source_failed(struct run *r, struct source_job *j, const struct fetch_answer *a)
{
	struct err told = a->err;
	err_todo(&told, N_("what it brought before stays; if this lasts, look at the address in a browser"));
	tell_fault(r, j, j->conf->id, &told, false);
	health_failed(r, j, a);
	j->feed_done = true;
	job_settle(r, j);
}

/* A source that answered as before. */
static void source_unchanged(struct run *r, struct source_job *j, const struct fetch_answer *a)
{
	r->totals->unchanged++;
	health_unchanged(r, j, a);
	j->feed_done = true;
	job_settle(r, j);
}

static void source_answered(struct run *r, struct request_tag *t, const struct fetch_answer *a)
{
	struct source_job *j = t->job;
	const char *known = j->state.body_digest;
	char digest[SHA256_HEX + 1];
	struct err e = {0};
	sha256_hex(a->body, digest);
	if (known && strcmp(known, digest) == 0 && !j->state.errors && r->queue) {
		source_unchanged(r, j, a);
		return;
	}
	health_answered(r, j, a, digest);
	if (pass_on(r, a, digest, t, &e) < 0) {
		*r->fatal = e;
		j->feed_done = true;
	}
}

/* --- answers of pages --- */

static bool may_pass(const struct fetch_answer *a)
{
	return a->result == FETCH_FAILED || a->status == 429 || a->status >= 500;
}

/* When a site is not asked at all, one word is enough for all its pages. */
static void tell_page_fault(
	struct run *r, struct source_job *j, const struct task_tag *here, const struct fetch_answer *a)
{
	struct report rep = {0};
	if (a->result == FETCH_DISALLOWED) {
		report_add(&rep, R_SCAN_ROBOTS, 0, 0, a->err.arg[0], NULL);
		tell_report(r, here, &rep);
		report_release(&rep);
		return;
	}
	bool asked = a->status || *a->ip;
	if (!asked && j->page_fault == a->err.text)
		return;
	j->page_fault = asked ? NULL : a->err.text;
	tell_fault(r, j, j->conf->id, &a->err, true);
}

static void page_failed(struct run *r, struct request_tag *t, const struct fetch_answer *a)
{
	struct source_job *j = t->job;
	const struct task_tag here = {j, j->conf->id, a->url, NULL, true, 0, a->when};
	tell_page_fault(r, j, &here, a);
	j->ask_again |= may_pass(a);
	store_held(r, &here, t->entry_line);
	j->pages--;
	job_settle(r, j);
}

static void page_answered(struct run *r, struct request_tag *t, const struct fetch_answer *a)
{
	char digest[SHA256_HEX + 1];
	struct err e = {0};
	sha256_hex(a->body, digest);
	if (pass_on(r, a, digest, t, &e) < 0) {
		*r->fatal = e;
	} else if (!r->queue && t->entry) {
		t->job->pages--;
		job_settle(r, t->job);
	}
}

static void fetched(const struct fetch_answer *a, void *ctx)
{
	struct run *r = ctx;
	struct request_tag *t = a->request->tag;
	if (r->fatal->kind) {
		/* the run is ending: only tidy up */
	} else if (!t->entry && !t->depth) {
		if (a->result == FETCH_OK)
			source_answered(r, t, a);
		else if (a->result == FETCH_NOT_MODIFIED)
			source_unchanged(r, t->job, a);
		else
			source_failed(r, t->job, a);
	} else if (a->result != FETCH_OK) {
		page_failed(r, t, a);
	} else {
		page_answered(r, t, a);
	}
	free(t->entry);
	free(t->entry_line);
	free(t);
}

/* --- what workers gave --- */

static char *entry_json(const struct article *x)
{
	struct str out = {0};
	struct json_writer w = {&out, false};
	char when[STAMP_MAX];
	struct span summary = utf8_prefix(span_of(x->summary), ENTRY_CONTEXT_MAX / 2);
	json_begin_object(&w);
	json_field(&w, "url", x->url);
	json_field_opt(&w, "title", x->title);
	if (summary.n) {
		json_key(&w, "summary");
		json_put_string(&w, summary);
	}
	stamp_format(x->published, when);
	json_field_opt(&w, "published", when);
	json_field_opt(&w, "guid", x->guid);
	if (x->n_authors) {
		json_key(&w, "authors");
		json_begin_array(&w);
		for (size_t i = 0; i < x->n_authors; i++)
			json_put_string(&w, span_of(x->authors[i]));
		json_end_array(&w);
	}
	json_end_object(&w);
	return str_detach(&out);
}

/* Does this entry need its page? Only when it has no text of its own, has an address, and neither this run
 * nor an earlier one has it. */
static bool needs_page(struct run *r, const struct source_job *j, const struct article *x)
{
	bool has = false;
	if (r->plan->no_pages || !j->conf->pages || x->text || !url_is_web(x->url))
		return false;
	if (r->queue && queue_has_text(r->queue, x->id, &has, r->fatal) < 0)
		return false;
	return !has;
}

static bool seen_before(struct run *r, const char *key)
{
	return map_put(&r->seen, span_of(key), r) != NULL;
}

/* Too old to be news, by its own word. */
static bool is_old(const struct article *x, int64_t now)
{
	const struct stamp *at = x->published.known ? &x->published : &x->updated;
	return at->known && at->at < now - (int64_t)SITEMAP_DAYS * 86400;
}

/* A sitemap that leads to another one: a part of the source, with its bounds. */
static void send_for_part(struct run *r, const struct task_tag *t, const struct article *x)
{
	struct source_job *j = t->job;
	if (!url_is_web(x->url) || t->depth >= SITEMAP_DEPTH_MAX || is_old(x, t->now))
		return;
	if (j->maps >= SITEMAPS_MAX) {
		j->ask_again = true;
		return;
	}
	if (strcmp(x->url, j->conf->url) == 0 || seen_before(r, arena_printf(&r->arena, "%s %s", j->conf->id,
									url_identity(&r->arena, x->url))))
		return;
	struct request_tag *q = request_tag_new(j, NULL, NULL);
	q->depth = t->depth + 1;
	j->maps++;
	j->pages++;
	ask(r, j, x->url, q, false);
}

/* A sitemap names every page there is: those of the last days are enough, and not all at once. */
static bool may_send(struct run *r, const struct task_tag *t, const struct article *x)
{
	struct source_job *j = t->job;
	bool map = strcmp(j->conf->as, "sitemap") == 0;
	if (map && is_old(x, t->now))
		return false;
	if (map && j->map_pages >= SITEMAP_PAGES_MAX) {
		j->ask_again = true;
		return false;
	}
	j->map_pages += map;
	return !r->fatal->kind;
}

static void store_or_send(struct run *r, const struct task_tag *t, const struct article *x, struct span line)
{
	struct source_job *j = t->job;
	if (x->kind && strcmp(x->kind, "index") == 0) {
		send_for_part(r, t, x);
		return;
	}
	health_entry(j, x, t->now);
	bool page = needs_page(r, j, x);
	if (page && map_get(&r->seen, span_of(x->id)))
		return;
	if (page && may_send(r, t, x)) {
		map_put(&r->seen, span_of(x->id), r);
		j->pages++;
		ask(r, j, x->url, request_tag_new(j, entry_json(x), xmemdup0(line.p, line.n)), false);
	} else if (r->queue) {
		store_article(r, t, x, line);
	}
}

/* The record of a sitemap that another one led to. */
static void part_done(struct run *r, struct task_tag *t, struct record_result *res)
{
	each_article(r, t, res->articles, store_or_send);
	t->job->ask_again |= res->fault.kind || res->report.count[R_SCAN_WORKER_DIED];
	t->job->pages--;
}

static void feed_done(struct run *r, struct task_tag *t, struct record_result *res)
{
	struct source_job *j = t->job;
	const unsigned *told = res->report.count;
	bool lost = res->fault.kind || told[R_SCAN_WORKER_DIED] || told[R_SCAN_RECORD_BAD] ||
		    told[R_FEED_CUT_SHORT];
	if (res->is_feed)
		each_article(r, t, res->articles, store_or_send);
	else if (r->queue)
		store_lines(r, t, res->articles);
	health_feed(j, res, t->now);
	if (lost) {
		enum remark_id id = told[R_FEED_CUT_SHORT] ? R_FEED_CUT_SHORT : R_SCAN_WORKER_DIED;
		health_unread(r, j, t->now, res->fault.kind ? res->fault.text : remark_text(id));
	}
	j->feed_done = true;
}

static void page_done(struct run *r, struct task_tag *t, struct record_result *res)
{
	if (res->n)
		store_lines(r, t, res->articles);
	else
		store_held(r, t, t->entry_line);
	t->job->pages--;
}

static void record_done(void *ctx, void *tag, struct record_result *res)
{
	struct run *r = ctx;
	struct task_tag *t = tag;
	tell_report(r, t, &res->report);
	if (res->fault.kind) {
		err_at(&res->fault, t->url, 0, 0);
		if (!t->page)
			err_todo(&res->fault, N_("what it brought before stays; look whether the address "
						 "still carries the feed"));
		tell_fault(r, t->job, t->name, &res->fault, t->page);
	}
	if (t->page)
		page_done(r, t, res);
	else if (t->depth)
		part_done(r, t, res);
	else
		feed_done(r, t, res);
	job_settle(r, t->job);
	store_pause(r, false);
	free(t->entry_line);
	free(t);
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
		*j = (struct source_job){.conf = c,
			.source = {c->id, c->name, c->kind, c->country, c->lang, c->content, c->remove,
				c->date}};
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

static int start_network(struct run *r, struct err *e)
{
	const struct settings *s = r->plan->settings;
	struct fetch_settings f = {.user_agent = s->user_agent,
		.proxy = s->proxy,
		.per_host = (int)s->per_host,
		.gap_ms = (int)s->gap_ms,
		.timeout = (int)s->timeout};
	if (!f.user_agent)
		f.user_agent =
			s->contact ? arena_printf(&r->arena, "soatin/%s (+%s)", r->plan->version, s->contact)
				   : arena_printf(&r->arena, "soatin/%s", r->plan->version);
	return fetch_new(&f, fetched, r, &r->fetch, e);
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
		if (fetch_step(r->fetch, fds, n, STEP_MS, e) < 0 || pool_io(r->pool, fds, n, e) < 0)
			return -1;
		store_pause(r, false);
	}
	return r->fatal->kind ? -1 : 0;
}

static int run_live(struct run *r, struct err *e)
{
	struct err closing = {0};
	int rc = -1;
	if (load_jobs(r, e) < 0 || open_archive(r, e) < 0 || run_start(r, record_done, false, e) < 0 ||
		start_network(r, e) < 0)
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
