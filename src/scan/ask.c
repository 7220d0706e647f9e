/* ask: sources and pages are asked for here, and what they answer is kept and passed on: a record of its
 * bytes in the archive, then to a worker. What is as before, and what failed, goes no further. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/i18n.h"
#include "base/limits.h"
#include "base/url.h"
#include "scan/run_priv.h"

#include "base/banned.h"

/* --- requests --- */
/* May what was meant for `own` (a password in a header) go to `url`, where it moved? */
static bool same_host(struct run *r, const char *own, const char *url)
{
	const char *x = url_host(&r->arena, own), *y = url_host(&r->arena, url);
	bool open = span_starts_ci(span_of(own), "https:") && !span_starts_ci(span_of(url), "https:");
	return x && y && strcmp(x, y) == 0 && !open;
}

/* Was what is known of it cut off where it would not be now? Then there is more to be had, though nothing
 * changed. */
static bool cut_elsewhere(const struct source_job *j)
{
	struct span known = span_of(j->state.body_digest);
	size_t at = span_find_byte(known, '/', 0);
	int64_t max = j->conf->max_bytes ? j->conf->max_bytes : BODY_MAX, n;
	return at != SIZE_MAX && !(span_to_int64(span_cut(known, at + 1, known.n), &n) && n == max);
}

void ask(struct run *r, struct source_job *j, const char *url, struct request_tag *t, bool conditional)
{
	const struct source_conf *c = j->conf;
	struct fetch_request q = {.url = url,
		.headers = c->headers,
		.n_headers = c->n_headers,
		.user_agent = c->user_agent,
		.max_bytes = (size_t)c->max_bytes,
		.robots = t->entry && c->robots && r->plan->settings->robots,
		.tag = t};
	if (conditional && !cut_elsewhere(j)) {
		q.etag = j->state.etag;
		q.last_modified = j->state.last_modified;
	}
	if (!t->entry && health_moved(j) && !same_host(r, c->url, url))
		q.n_headers = 0;
	if (c->allow_private)
		q.allow_host = url_host(&r->arena, c->url);
	fetch_add(r->fetch, &q);
}

struct request_tag *request_tag_new(struct source_job *j, char *entry, char *entry_line)
{
	struct request_tag *t = xcalloc(1, sizeof *t);
	*t = (struct request_tag){j, entry, entry_line, 0};
	return t;
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

static int print_record(int fd, const struct warc_record *rec)
{
	struct str head = {0};
	warc_write_head(&head, rec);
	bool ok = fd_write_all(fd, str_span(&head)) == 0 && fd_write_all(fd, rec->block) == 0 &&
		  fd_write_all(fd, WARC_END) == 0;
	str_release(&head);
	return ok ? 0 : -1;
}

/* The answer becomes a record: in the archive (or on the pipe), then to a worker. */
static int pass_on(
	struct run *r, const struct fetch_answer *a, const char *digest, struct request_tag *t, struct err *e)
{
	char when[STAMP_MAX], named[SHA256_HEX + 8];
	int rc;
	clock_format_utc(a->when, when);
	snprintf(named, sizeof named, "sha256:%s", digest);
	struct warc_record rec = {.type = SPAN("response"),
		.uri = span_of(a->url),
		.date = span_of(when),
		.digest = span_of(named),
		.ip = span_of(a->ip),
		.truncated = a->cut ? SPAN("length") : SPAN(""),
		.content_type = SPAN("application/http;msgtype=response"),
		.source = span_of(source_json(r, &t->job->source)),
		.as = span_of(t->entry ? "page" : document_as(t->job->conf)),
		.entry = span_of(t->entry),
		.block = {a->head.p, a->head.n + a->body.n},
		.offset = -1};
	if (r->archive) {
		if (archive_add(r->archive, &rec, &rec.file_offset, e) < 0)
			return -1;
		rec.file = span_of(archive_name(r->archive));
	}
	if (!r->queue) {
		if (print_record(r->fd, &rec) < 0)
			return err_sys(e, ERR_IO, errno, N_("cannot write the records"), NULL);
		if (t->entry) /* a page leads to nothing further */
			return 0;
	}
	struct task_tag *k = xcalloc(1, sizeof *k);
	*k = (struct task_tag){t->job, t->job->conf->id, arena_strdup(&r->arena, a->url), t->entry_line,
		t->entry != NULL, t->depth, a->when};
	rc = pool_add(r->pool, &rec, -1, k, e);
	if (rc < 0)
		free(k);
	else
		t->entry_line = NULL; /* the task has it now */
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
	const char *known = j->state.body_digest, *now;
	char digest[SHA256_HEX + 1];
	struct err e = {0};
	sha256_hex(a->body, digest);
	now = a->cut ? arena_printf(&r->arena, "%s/%zu", digest, a->body.n) : digest;
	if (known && strcmp(known, now) == 0 && !j->state.errors && r->queue) {
		source_unchanged(r, j, a);
		return;
	}
	health_answered(r, j, a, now);
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
	store_held(r, &here, t->entry_line, false);
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

void answer_came(const struct fetch_answer *a, void *ctx)
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
