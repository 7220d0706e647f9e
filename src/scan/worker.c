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

enum { CHUNK = 65536, WRITE_AT = 262144 };

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
	for (size_t i = 0; i < rep->list.n; i++)
		put_remark(&w, &rep->list.p[i]);
	json_end_array(&w);
	if (fault->kind)
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

static bool pass_on(int fd, struct str *lines, size_t from)
{
	bool ok = lines->n < from || fd_write_all(fd, str_span(lines)) == 0;
	if (lines->n >= from)
		str_clear(lines);
	return ok;
}

/* False: nobody reads what it writes. */
static bool one_record(
	const struct pool_setup *s, const struct warc_record *r, struct arena *a, int fd, struct str *out)
{
	struct document d;
	struct reading reading = {0};
	struct report rep = {0};
	struct err fault = {0};
	bool ok = true;
	if (has(r->uri, s->crash_on))
		abort();
	if (!document_of_record(a, r, NULL, &d))
		err_set(&fault, ERR_DATA, N_("the record holds no document"), NULL, NULL);
	else if (read_document(s->reader, a, &d, &reading, &rep, &fault) < 0)
		reading.n = 0;
	for (size_t i = 0; i < reading.n && s->matcher; i++)
		match_article(s->matcher, a, reading.articles[i], &rep);
	record_line_write(&reading, &rep, &fault, out);
	for (size_t i = 0; i < reading.n && ok; i++) {
		article_write(reading.articles[i], out);
		ok = pass_on(fd, out, WRITE_AT);
	}
	report_release(&rep);
	return ok && pass_on(fd, out, 0);
}

int worker_run(int in, int out, void *ctx)
{
	const struct pool_setup *s = ctx;
	struct str buf, lines;
	struct arena a = {0};
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
		bool heard = one_record(s, &r, &a, out, &lines);
		jail_cpu_budget(0);
		if (!heard)
			break;
		arena_clear(&a);
		memmove(buf.p, buf.p + used, buf.n - used);
		str_truncate(&buf, buf.n - used);
	}
	if (s->matcher)
		rule_matcher_free(s->matcher->rule);
	arena_release(&a);
	str_release(&buf);
	str_release(&lines);
	return rc;
}
