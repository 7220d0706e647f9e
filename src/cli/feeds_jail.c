/* feeds_jail: reading for `soatin feeds`. What strangers wrote is read in a child that can neither open a
 * file nor connect; it hands back one JSON object, whose shape this program made. */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/jail.h"
#include "base/limits.h"
#include "cli/feeds.h"
#include "feed/feed.h"
#include "markup/markup.h"

#include "base/banned.h"

enum { CHUNK = 65536 };

/* ---- in the child ---- */

struct job {
	struct cli *c;
	struct reader *reader;
	const struct document *d;
	enum feeds_what what;
	const char *tell;
};

static void put_or_null(struct json_writer *w, const char *key, const char *s)
{
	json_key(w, key);
	if (s)
		json_put_string(w, span_of(s));
	else
		json_put_null(w);
}

static void put_reading(const struct reading *r, struct str *out)
{
	struct json_writer w = {out, false};
	json_begin_object(&w);
	put_or_null(&w, "title", r->title);
	put_or_null(&w, "link", r->link);
	put_or_null(&w, "language", r->lang);
	put_or_null(&w, "encoding", r->charset);
	put_or_null(&w, "format", r->format);
	json_key(&w, "entries");
	json_begin_array(&w);
	for (size_t i = 0; i < r->n; i++) {
		if (i)
			str_addc(out, ',');
		article_write(r->articles[i], out);
		str_truncate(out, out->n - 1); /* its newline */
	}
	json_end_array(&w);
	json_end_object(&w);
	str_addc(out, '\n');
}

static void put_fault(const struct err *e, struct str *out)
{
	struct str line = {0};
	struct json_writer w = {out, false};
	say_fault(&line, e);
	str_clear(out);
	json_begin_object(&w);
	json_field(&w, "error", line.p);
	json_field_int(&w, "status", err_exit_status(e));
	json_end_object(&w);
	str_addc(out, '\n');
	str_release(&line);
}

static int discover(const struct job *j, struct arena *a, struct str *out, struct report *rep, struct err *e)
{
	struct decoded text;
	struct reading reading;
	struct json_writer w = {out, false};
	size_t n = 0;
	if (decode_start(j->reader->decode, a, j->d->body, j->d->content_encoding, j->d->content_type,
		    j->d->cut, &text, rep, e) < 0)
		return -1;
	const char **found = feed_discover(a, text.text, j->d->url, &n),
		   *self[1] = {j->d->url ? j->d->url : j->d->from};
	struct err not_a_feed = {0};
	struct document d = *j->d;
	d.as = "feed";
	if (n == 0 && read_document(j->reader, a, &d, &reading, rep, &not_a_feed) == 0) {
		found = self; /* the address is that of a feed already */
		n = 1;
	}
	json_begin_object(&w);
	json_key(&w, "feeds");
	json_begin_array(&w);
	for (size_t i = 0; i < n; i++)
		json_put_string(&w, span_of(found[i]));
	json_end_array(&w);
	json_end_object(&w);
	str_addc(out, '\n');
	return 0;
}

/* ---- OPML: a tree of <outline>, those with an address are feeds ---- */

struct outlines {
	struct str *out;
	struct json_writer w;
	size_t n;
};

static void outlines_reset(void *ctx)
{
	struct outlines *o = ctx;
	str_clear(o->out);
	o->w = (struct json_writer){o->out, false};
	o->n = 0;
	json_begin_object(&o->w);
	json_key(&o->w, "outlines");
	json_begin_array(&o->w);
}

static void outlines_start(
	void *ctx, struct span name, struct span ns, const struct markup_attr *attrs, size_t n)
{
	struct outlines *o = ctx;
	struct span url = {0}, title = {0}, text = {0};
	(void)ns;
	if (!span_is_ci(name, "outline"))
		return;
	for (size_t i = 0; i < n; i++) {
		if (span_is_ci(attrs[i].name, "xmlUrl"))
			url = attrs[i].value;
		else if (span_is_ci(attrs[i].name, "title"))
			title = attrs[i].value;
		else if (span_is_ci(attrs[i].name, "text"))
			text = attrs[i].value;
	}
	url = span_trim(url);
	title = span_trim(span_trim(title).n ? title : text);
	if (!url.n || ++o->n > ENTRIES_MAX)
		return;
	json_begin_object(&o->w);
	json_key(&o->w, "url");
	json_put_string(&o->w, url);
	json_key(&o->w, "title");
	json_put_string(&o->w, title);
	json_end_object(&o->w);
}

static void outlines_ignore_text(void *ctx, struct span text)
{
	(void)ctx;
	(void)text;
}

static void outlines_ignore_end(void *ctx, struct span name, struct span ns)
{
	(void)ctx;
	(void)name;
	(void)ns;
}

static int read_opml(const struct job *j, struct arena *a, struct str *out, struct report *rep, struct err *e)
{
	static const struct markup_events on = {
		.start = outlines_start, .text = outlines_ignore_text, .end = outlines_ignore_end};
	struct decoded text;
	struct outlines o = {.out = out};
	if (decode_body(j->reader->decode, a, j->d->body, j->d->content_encoding, j->d->content_type, &text,
		    rep, e) < 0)
		return -1;
	outlines_reset(&o);
	if (markup_xml(text.text, &on, outlines_reset, &o, rep, e) < 0)
		return -1;
	json_end_array(&o.w);
	json_end_object(&o.w);
	str_addc(out, '\n');
	return 0;
}

static int read_in_jail(int in, int out, void *ctx)
{
	const struct job *j = ctx;
	struct arena a = {0};
	struct str s = {0};
	struct report rep = {0};
	struct err e = {0};
	struct reading reading;
	int rc;
	(void)in;
	j->c->status = EXIT_OK;
	jail_cpu_budget(WORKER_CPU_SECONDS);
	if (j->what == FEEDS_DISCOVER) {
		rc = discover(j, &a, &s, &rep, &e);
	} else if (j->what == FEEDS_OPML) {
		rc = read_opml(j, &a, &s, &rep, &e);
	} else {
		rc = read_document(j->reader, &a, j->d, &reading, &rep, &e);
		if (rc == 0)
			put_reading(&reading, &s);
	}
	if (rc == 0 && s.full)
		rc = err_set(&e, ERR_LIMIT, N_("more text than can be shown at once"), NULL, NULL);
	if (rc < 0)
		put_fault(&e, &s);
	if (j->tell)
		say_report(j->c, NULL, j->tell, &rep);
	if (fd_write_all(out, str_span(&s)) < 0)
		return EXIT_SOME;
	return j->c->status;
}

/* ---- and around it ---- */

/* All the child writes, until it ends or its time is over. False: its time is over. */
static bool collect(int fd, struct str *out)
{
	int64_t until = clock_monotonic_ms() + (int64_t)WORKER_WALL_SECONDS * 1000;
	for (;;) {
		int64_t left = until - clock_monotonic_ms();
		struct pollfd p = {.fd = fd, .events = POLLIN};
		if (left <= 0)
			return false;
		if (poll(&p, 1, (int)left) <= 0)
			continue;
		char *to = str_room(out, CHUNK);
		ssize_t n = to ? read(fd, to, CHUNK) : 0;
		if (n > 0)
			str_grew(out, (size_t)n);
		else if (n == 0)
			return !out->full;
		else if (errno != EAGAIN && errno != EINTR)
			return true;
	}
}

int feeds_read(struct cli *c, struct reader *r, const struct document *d, enum feeds_what what,
	const char *tell, struct str *json, struct err *e)
{
	struct job job = {c, r, d, what, tell};
	struct jail_child child;
	if (!r->decode && decode_new(&r->decode, e) < 0)
		return -1;
	(void)gettext(""); /* the catalogue is opened here, since the child cannot */
	if (jail_spawn(&child, read_in_jail, &job, e) < 0)
		return -1;
	bool whole = collect(child.from, json);
	int status = jail_end(&child, !whole);
	if (whole && WIFEXITED(status) && WEXITSTATUS(status) <= EXIT_SOME)
		return WEXITSTATUS(status);
	err_set(e, ERR_DATA, N_("reading it took too much time or memory and was given up"), NULL, NULL);
	return err_at(e, tell, 0, 0);
}
