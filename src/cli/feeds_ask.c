/* feeds_ask: the network and the jail behind `soatin feeds`. What strangers wrote is read in a child that can neither open a file
 * nor connect; it hands back one JSON object, whose shape this program made. */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/jail.h"
#include "base/limits.h"
#include "base/url.h"
#include "cli/feeds.h"
#include "feed/feed.h"

#include "base/banned.h"

enum { STEP_MS = 500, CHUNK = 65536 };

/* ---- the network ---- */

struct asking {
	feeds_answer_fn *done;
	void *ctx;
	size_t answered, all;
};

static void on_answer(const struct fetch_answer *answer, void *ctx)
{
	struct asking *a = ctx;
	const size_t *i = answer->request->tag;
	a->answered++;
	if (stderr_is_terminal() && a->all > 1)
		dprintf(STDERR_FILENO, "\r\033[K%zu/%zu%s", a->answered, a->all, a->answered == a->all ? "\r\033[K" : "");
	a->done(a->ctx, *i, answer);
}

static void add(struct cli *c, struct fetch *f, const struct source_conf *x, size_t *index)
{
	struct fetch_request q = {.url = x->url, .headers = x->headers, .n_headers = x->n_headers, .user_agent = x->user_agent,
		.max_bytes = (size_t)x->max_bytes, .tag = index};
	if (x->allow_private)
		q.allow_host = url_host(&c->arena, x->url);
	fetch_add(f, &q);
}

int feeds_ask(struct cli *c, const struct source_list *l, feeds_answer_fn *done, void *ctx, struct err *e)
{
	struct asking asking = {.done = done, .ctx = ctx, .all = l->n};
	struct fetch *f = NULL;
	int rc = -1;
	if (cli_settings(c, e) < 0)
		return -1;
	const struct settings *s = &c->settings;
	struct fetch_settings how = {.user_agent = s->user_agent, .proxy = s->proxy, .per_host = (int)s->per_host,
		.gap_ms = (int)s->gap_ms, .timeout = (int)s->timeout};
	if (!how.user_agent)
		how.user_agent = s->contact ? arena_printf(&c->arena, "soatin/%s (+%s)", SOATIN_VERSION, s->contact)
					    : "soatin/" SOATIN_VERSION;
	if (fetch_new(&how, on_answer, &asking, &f, e) < 0)
		return -1;
	size_t *index = arena_array(&c->arena, size_t, l->n + 1);
	for (size_t i = 0; i < l->n; i++) {
		index[i] = i;
		add(c, f, &l->p[i], &index[i]);
	}
	while (fetch_pending(f))
		if (fetch_step(f, NULL, 0, STEP_MS, e) < 0)
			goto done;
	rc = 0;
done:
	fetch_free(f);
	return rc;
}

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
	feeds_fault_line(e, &line);
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
	if (decode_body(j->reader->decode, a, j->d->body, j->d->content_encoding, j->d->content_type, &text, rep, e) < 0)
		return -1;
	const char **found = feed_discover(a, text.text, j->d->url, &n), *self[1] = {j->d->url ? j->d->url : j->d->from};
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

int feeds_read(struct cli *c, struct reader *r, const struct document *d, enum feeds_what what, const char *tell,
	struct str *json, struct err *e)
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
