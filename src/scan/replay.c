/* replay: a recorded file instead of the network. The same records go to the same workers; an entry whose
 * page is in the file is stored as the page gives it and not before, as in the run that was recorded. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "scan/run_priv.h"

#include "base/banned.h"

enum { BACKLOG_MAX = 8 << 20 }; /* bytes of records read ahead of the workers */

/* An entry whose page is in the file is stored with its page. */
static void store_unless_later(
	struct run *r, const struct task_tag *t, const struct article *x, struct span line)
{
	if (t->page || x->text || !map_get(&r->seen, span_of(x->id)))
		store_article(r, t, x, line);
}

static void replayed_article(void *ctx, void *tag, const struct record_result *res, struct span line)
{
	(void)res;
	take_article(ctx, tag, line, store_unless_later);
}

static void replayed(void *ctx, void *tag, struct record_result *res)
{
	struct run *r = ctx;
	struct task_tag *t = tag;
	tell_report(r, t, &res->report);
	if (res->fault.kind) {
		err_at(&res->fault, t->url, 0, 0);
		tell_fault(r, NULL, t->name, &res->fault, t->page);
	}
	store_pause(r, false);
	r->done++;
	if (r->on->progress)
		r->on->progress(r->on->ctx, r->done, r->n_jobs);
	free(t);
}

/* A recorded answer that is no success is a fault of its source, as it was on the day. */
static void tell_status(struct run *r, const struct warc_record *rec, const char *name)
{
	struct warc_http http;
	struct err e = {0};
	char status[16];
	if (!span_is(rec->type, "response") || !warc_http_parse(rec->block, &http) || http.status == 304)
		return;
	snprintf(status, sizeof status, "%d", http.status);
	err_set(&e, ERR_UNAVAIL, N_("the server answered with status %1"), status, NULL);
	err_at(&e, arena_dup(&r->arena, rec->uri), 0, 0);
	tell_fault(r, NULL, name, &e, false);
}

static int one_record(struct run *r, struct warc_record *rec, const char *file, struct err *e)
{
	struct document d;
	struct arena a = {0};
	int rc = 0;
	if (!span_is(rec->type, "response"))
		return 0;
	bool has = document_of_record(&a, rec, file, &d);
	const struct json *doc;
	struct err ignored = {0};
	struct source src = {0};
	if (rec->source.n && json_read(&a, rec->source, &doc, &ignored) == 0)
		source_read(doc, &src);
	const char *name = arena_strdup(&r->arena, src.id ? src.id : has ? d.source.id : NULL);
	if (!has) {
		tell_status(r, rec, name);
		goto done;
	}
	struct task_tag *t = xcalloc(1, sizeof *t);
	t->name = name;
	t->url = arena_dup(&r->arena, rec->uri);
	t->page = d.as && strcmp(d.as, "page") == 0;
	t->now = d.fetched ? d.fetched : r->plan->now;
	rec->file = span_of(file);
	rec->file_offset = rec->offset;
	r->totals->sources += !t->page;
	rc = pool_add(r->pool, rec, -1, t, e);
	if (rc < 0)
		free(t);
done:
	arena_release(&a);
	return rc;
}

/* First pass: which entries have their page in the file? Second pass (feed): the records go to the workers.
 */
static int pass(struct run *r, const char *path, bool index, struct err *e)
{
	const char *slash = strrchr(path, '/'), *file = slash ? slash + 1 : path;
	struct report rep = {0};
	struct warc_record rec;
	struct task_tag here = {.url = path};
	bool any = false;
	int rc = -1, got;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return err_sys(e, errno == ENOENT ? ERR_DATA : ERR_IO, errno, N_("cannot open %1"), path);
	struct warc_reader *w = warc_reader_new(fd);
	while ((got = warc_next(w, &rec, &rep, e)) > 0) {
		any = true;
		if (index) {
			struct json *doc = NULL;
			struct err ignored = {0};
			struct article x = {0};
			if (rec.entry.n && json_parse(rec.entry, &doc, &ignored) == 0) {
				x.url = arena_dup(&r->arena, json_get_string(doc, "url"));
				article_set_id(&r->arena, &x);
				map_put(&r->seen, span_of(x.id), r);
			}
			json_free(doc);
			r->n_jobs += span_is(rec.type, "response");
			continue;
		}
		if (one_record(r, &rec, file, e) < 0)
			goto done;
		while (pool_backlog(r->pool) > BACKLOG_MAX)
			if (run_pool(r, 1000, e) < 0)
				goto done;
	}
	if (got == 0 && !any && !rep.list.n)
		got = err_set(e, ERR_DATA, N_("no records in it"), NULL, NULL);
	if (got < 0) {
		err_at(e, path, 0, 0);
		goto done;
	}
	while (!index && pool_pending(r->pool))
		if (run_pool(r, 1000, e) < 0)
			goto done;
	rc = 0;
done:
	if (!index)
		tell_report(r, &here, &rep);
	report_release(&rep);
	warc_reader_free(w);
	close(fd);
	return rc;
}

int replay_run(struct run *r, struct err *e)
{
	if (run_start(r, replayed_article, replayed, true, e) < 0)
		return -1;
	if (pass(r, r->plan->replay, true, e) < 0 || pass(r, r->plan->replay, false, e) < 0)
		return -1;
	return 0;
}
