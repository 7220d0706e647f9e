/* given: what a worker made of a record. The articles of a page are stored; those of a feed are, too, or send
 * for their page, which comes back the same way with its entry; a sitemap leads to pages and to further
 * sitemaps. A section page leads to
 * pages alone. When nothing of a source is out any more, it is settled. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/limits.h"
#include "base/url.h"
#include "base/utf8.h"
#include "scan/run_priv.h"

#include "base/banned.h"

enum { STUB_HOURS = 12 };

/* --- sources --- */

/* Is the source a page with links to articles? */
static bool is_section(const struct source_job *j)
{
	return strcmp(j->conf->as, "page") == 0;
}

void job_settle(struct run *r, struct source_job *j)
{
	if (!j->feed_done || j->pages)
		return;
	if (j->ask_again) { /* what failed may work next time: the feed is to be read again */
		j->state.etag = j->state.last_modified = j->state.body_digest = NULL;
		j->changed = true;
	}
	if (is_section(j))
		health_dates(j, 0);
	health_end(r, j);
	store_source(r, j);
	r->done++;
	if (r->on->progress)
		r->on->progress(r->on->ctx, r->done, r->n_jobs);
}

/* --- entries --- */

/* What shows for a link is no title: it is cut, or says "more". */
static char *entry_json(const struct article *x, bool link)
{
	struct str out = {0};
	struct json_writer w = {&out, false};
	char when[STAMP_MAX];
	struct span summary = utf8_prefix(span_of(x->summary), ENTRY_CONTEXT_MAX / 2);
	json_begin_object(&w);
	json_field(&w, "url", x->url);
	json_field_opt(&w, "title", link ? NULL : x->title);
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
 * nor an earlier one has it. A page that was next to nothing may still be written. */
static bool needs_page(struct run *r, const struct source_job *j, const struct article *x)
{
	bool has = false;
	if (r->plan->no_pages || !j->conf->pages || x->text || !url_is_web(x->url))
		return false;
	if (r->queue && queue_has_page(r->queue, x->id, r->plan->now - (int64_t)STUB_HOURS * 3600, &has,
				r->fatal) < 0)
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

/* A sitemap names every page there is: those of the last days are enough, and not all at once. Nor all that a
 * section leads to, should somebody fill it with links. */
static bool may_send(struct run *r, const struct task_tag *t, const struct article *x)
{
	struct source_job *j = t->job;
	bool map = strcmp(j->conf->as, "sitemap") == 0 || is_section(j);
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
	if (!is_section(j))
		health_entry(j, x, t->now);
	bool page = needs_page(r, j, x);
	if (page && map_get(&r->seen, span_of(x->id)))
		return;
	if (page && may_send(r, t, x)) {
		map_put(&r->seen, span_of(x->id), r);
		j->pages++;
		ask(r, j, x->url, request_tag_new(j, entry_json(x, is_section(j)), xmemdup0(line.p, line.n)),
			false);
	} else if (r->queue) {
		store_article(r, t, x, line);
	}
}

/* --- records --- */

/* The record of a sitemap that another one led to. */
static void part_done(struct task_tag *t, const struct record_result *res)
{
	t->job->ask_again |= res->fault.kind || res->report.count[R_SCAN_WORKER_DIED];
	t->job->pages--;
}

static void feed_lost(struct run *r, const struct task_tag *t, const struct record_result *res)
{
	const unsigned *told = res->report.count;
	enum remark_id id = told[R_FEED_CUT_SHORT]  ? R_FEED_CUT_SHORT
			    : told[R_PAGE_NO_LINKS] ? R_PAGE_NO_LINKS
						    : R_SCAN_WORKER_DIED;
	struct err why = res->fault;
	for (size_t i = 0; !why.kind && i < res->report.list.n; i++) {
		const struct remark *m = &res->report.list.p[i];
		if (m->id == id)
			err_set(&why, ERR_DATA, remark_text(id), m->a, m->b);
	}
	if (!why.kind)
		err_set(&why, ERR_DATA, remark_text(id), NULL, NULL);
	health_unread(r, t->job, t->now, &why);
}

static void feed_done(struct run *r, struct task_tag *t, struct record_result *res)
{
	struct source_job *j = t->job;
	const unsigned *told = res->report.count;
	bool lost = res->fault.kind || told[R_SCAN_WORKER_DIED] || told[R_SCAN_RECORD_BAD] ||
		    told[R_FEED_CUT_SHORT] || told[R_PAGE_NO_LINKS];
	health_feed(j, res, t->now, is_section(j));
	if (lost)
		feed_lost(r, t, res);
	j->feed_done = true;
}

static void store_page(struct run *r, const struct task_tag *t, const struct article *x, struct span line)
{
	bool list = x->kind && strcmp(x->kind, "index") == 0;
	if (t->job && is_section(t->job) && !list)
		health_entry(t->job, x, t->now);
	if (!list)
		store_article(r, t, x, line);
	else if (t->job && strcmp(t->job->conf->as, "feed") == 0)
		store_held(r, t, t->entry_line, true);
	else
		store_list(r, t, x);
}

static void page_done(struct run *r, struct task_tag *t, struct record_result *res)
{
	if (!res->n)
		store_held(r, t, t->entry_line, false);
	t->job->pages--;
}

void record_article(void *ctx, void *tag, const struct record_result *res, struct span line)
{
	struct run *r = ctx;
	const struct task_tag *t = tag;
	bool leads = t->depth || res->is_feed; /* its entries may have pages */
	if (t->page)
		take_article(r, t, line, store_page);
	else if (leads || r->queue)
		take_article(r, t, line, leads ? store_or_send : store_article);
}

void record_done(void *ctx, void *tag, struct record_result *res)
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
		part_done(t, res);
	else
		feed_done(r, t, res);
	job_settle(r, t->job);
	store_pause(r, false);
	free(t->entry_line);
	free(t);
}
