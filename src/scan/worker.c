/* worker: a jailed process that turns WARC records into articles. It speaks the formats of `soatin read` and
 * `soatin match`; before the articles of each record comes one line {"record":{…}} with their number, the
 * remarks and, when there is one, the fault, so that the parent knows what to do with them and needs to hold
 * no more than one. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/jail.h"
#include "base/limits.h"
#include "scan/scan_priv.h"

#include "base/banned.h"

enum { CHUNK = 65536, WRITE_AT = 262144, KEPT_MAX = 4 << 20 /* bytes: what is larger is given back */ };

static void put_remark(struct json_writer *w, const struct remark *r)
{
	json_begin_array(w);
	json_put_string(w, span_of(remark_name(r->id)));
	json_put_int(w, r->line);
	json_put_int(w, r->col);
	json_put_string(w, span_of(r->a));
	json_put_string(w, span_of(r->b));
	json_put_int(w, r->times);
	json_end_array(w);
}

static void put_fault(struct json_writer *w, const struct err *e)
{
	json_key(w, "fault");
	json_begin_object(w);
	json_field_int(w, "kind", e->kind);
	json_field_int(w, "sys", e->sys);
	json_field_int(w, "line", e->line);
	json_field_int(w, "col", e->col);
	json_field(w, "text", e->text);
	json_field_opt(w, "todo", e->todo);
	json_field(w, "a", e->arg[0]);
	json_field(w, "b", e->arg[1]);
	json_end_object(w);
}

void record_line_write(
	const struct reading *reading, const struct report *rep, const struct err *fault, struct str *out)
{
	struct json_writer w = {out, false};
	json_begin_object(&w);
	json_key(&w, "record");
	json_begin_object(&w);
	json_key(&w, "feed");
	json_put_bool(&w, reading->is_feed);
	json_field_int(&w, "ttl", reading->ttl);
	if (reading->skip_hours || reading->skip_days) {
		json_field_int(&w, "skip_hours", reading->skip_hours);
		json_field_int(&w, "skip_days", reading->skip_days);
	}
	json_field_int(&w, "articles", (int64_t)reading->n);
	json_key(&w, "remarks");
	json_begin_array(&w);
	for (size_t i = 0; rep && i < rep->list.n; i++)
		put_remark(&w, &rep->list.p[i]);
	json_end_array(&w);
	if (fault && fault->kind)
		put_fault(&w, fault);
	json_end_object(&w);
	json_end_object(&w);
	str_addc(out, '\n');
}

bool record_line_is(struct span line)
{
	return span_starts(line, "{\"record\":");
}

static void get_fault(const struct json *f, struct err *out)
{
	const char *text = json_get_string(f, "text").p, *todo = json_get_string(f, "todo").p;
	if (!f)
		return;
	err_set(out, (enum err_kind)json_int(json_get(f, "kind")), text ? text : "",
		json_get_string(f, "a").p, json_get_string(f, "b").p);
	out->sys = (int)json_int(json_get(f, "sys"));
	out->line = (long)json_int(json_get(f, "line"));
	out->col = (long)json_int(json_get(f, "col"));
	out->todo = todo;
}

int record_line_read(struct arena *a, struct span line, struct record_result *out, struct err *e)
{
	const struct json *doc;
	if (json_read(a, line, &doc, e) < 0)
		return -1;
	const struct json *r = json_get(doc, "record"), *list = json_get(r, "remarks");
	int64_t n = json_int(json_get(r, "articles"));
	out->n = n > 0 ? (size_t)n : 0;
	out->is_feed = json_is_true(json_get(r, "feed"));
	out->ttl = json_int(json_get(r, "ttl"));
	out->skip_hours = json_int(json_get(r, "skip_hours"));
	out->skip_days = json_int(json_get(r, "skip_days"));
	for (size_t i = 0; i < json_len(list); i++) {
		const struct json *m = json_at(list, i);
		enum remark_id id;
		if (!remark_by_name(json_string(json_at(m, 0)), &id))
			continue;
		report_add(&out->report, id, (long)json_int(json_at(m, 1)), (long)json_int(json_at(m, 2)),
			json_string(json_at(m, 3)).p, json_string(json_at(m, 4)).p);
	}
	get_fault(json_get(r, "fault"), &out->fault);
	return 0;
}

static bool has(struct span s, const char *part)
{
	return part && *part && span_find(s, span_of(part), 0) != SIZE_MAX;
}

static void clear(struct arena *a)
{
	if (a->used > KEPT_MAX)
		arena_release(a);
	else
		arena_clear(a);
}

static bool pass_on(int fd, struct str *lines, size_t from)
{
	if (lines->n < from)
		return true;
	bool ok = fd_write_all(fd, str_span(lines)) == 0;
	if (lines->cap > KEPT_MAX)
		str_release(lines);
	str_clear(lines);
	return ok;
}

/* A record as read, until it is answered. */
struct done {
	struct reading reading;
	struct report report;
	struct err fault;
};

static void read_record(
	const struct pool_setup *s, const struct warc_record *r, struct arena *a, struct done *out)
{
	struct document d;
	*out = (struct done){0};
	if (has(r->uri, s->crash_on))
		abort();
	if (!document_of_record(a, r, NULL, &d))
		err_set(&out->fault, ERR_DATA, N_("the record holds no document"), NULL, NULL);
	else if (read_document(s->reader, a, &d, &out->reading, &out->report, &out->fault) < 0)
		out->reading.n = 0;
}

/* False: nobody reads what it writes. */
static bool answer(const struct pool_setup *s, struct done *d, struct arena *a, int fd, struct str *out)
{
	bool ok = true;
	record_line_write(&d->reading, NULL, NULL, out);
	for (size_t i = 0; i < d->reading.n && ok; i++) {
		if (s->matcher)
			match_article(s->matcher, a, d->reading.articles[i], &d->report);
		article_write(d->reading.articles[i], out);
		ok = pass_on(fd, out, WRITE_AT);
		clear(a);
	}
	record_line_write(&d->reading, &d->report, &d->fault, out);
	report_release(&d->report);
	return ok && pass_on(fd, out, 0);
}

static void drop(struct str *buf, size_t n)
{
	struct str rest = {.max = buf->max};
	if (buf->cap <= KEPT_MAX) {
		memmove(buf->p, buf->p + n, buf->n - n);
		str_truncate(buf, buf->n - n);
		return;
	}
	str_add(&rest, span_cut(str_span(buf), n, buf->n));
	str_release(buf);
	*buf = rest;
}

int worker_run(int in, int out, void *ctx)
{
	const struct pool_setup *s = ctx;
	struct str buf, lines;
	struct arena record = {0}, article = {0};
	int rc = 1;
	str_init(&buf, WARC_RECORD_MAX + 2 * CHUNK);
	str_init(&lines, 0);
	if (s->matcher)
		s->matcher->rule = rule_matcher_new(s->matcher->rules);
	for (;;) {
		struct warc_record r;
		struct err e = {0};
		size_t used = 0;
		int got = warc_take(str_span(&buf), &used, &r, &e);
		if (got < 0)
			break;
		if (got == 0) {
			char *to = str_room(&buf, CHUNK);
			ssize_t n = to ? read(in, to, CHUNK) : -1;
			if (n > 0)
				str_grew(&buf, (size_t)n);
			else if (n == 0 || errno != EINTR) {
				rc = n == 0 && buf.n == 0 ? 0 : 1;
				break;
			}
			continue;
		}
		jail_cpu_budget(WORKER_CPU_SECONDS);
		struct done d;
		read_record(s, &r, &record, &d);
		drop(&buf, used); /* an article lies in the arena, all of it */
		bool heard = answer(s, &d, &article, out, &lines);
		jail_cpu_budget(0);
		clear(&record);
		if (!heard)
			break;
	}
	if (s->matcher)
		rule_matcher_free(s->matcher->rule);
	arena_release(&record);
	arena_release(&article);
	str_release(&buf);
	str_release(&lines);
	return rc;
}
