/* pool: worker processes, and which record each has. A worker gets two records ahead, so that it never waits
 * for the parent; it answers in order, so its oldest record is the one it works on. When it dies or is too
 * slow, that record alone is put aside and told; what else it had goes back to the front of the line, and a
 * new worker is forked when there is work. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/jail.h"
#include "base/limits.h"
#include "scan/scan_priv.h"

#include "base/banned.h"

enum { AHEAD = 2, READ_CHUNK = 262144, ANSWER_MAX = 64 << 20 };

struct task {
	struct task *next;
	void *tag;
	struct str bytes;
	size_t sent;
	uint64_t seq;
	/* the answer, once there */
	char *lines;
	size_t n_lines;
	char *record;
	int died; /* wait status of the worker that died on it, -1: too slow */
};

struct list {
	struct task *first, *last;
	size_t n;
};

struct worker {
	struct jail_child child;
	struct list tasks;
	struct str in;
	size_t looked; /* bytes of `in` that hold no record line */
	int64_t since; /* ms, when the oldest task became the oldest */
};

struct pool {
	struct pool_setup s;
	struct list waiting, done; /* done: only when ordered, by seq */
	struct worker worker[POOL_FDS_MAX / 2];
	int n;
	size_t pending, backlog;
	uint64_t next_seq, deliver_seq;
};

static void push(struct list *l, struct task *t)
{
	t->next = NULL;
	if (l->last)
		l->last->next = t;
	else
		l->first = t;
	l->last = t;
	l->n++;
}

static struct task *shift(struct list *l)
{
	struct task *t = l->first;
	if (t) {
		l->first = t->next;
		if (!l->first)
			l->last = NULL;
		l->n--;
	}
	return t;
}

static void task_free(struct task *t)
{
	str_release(&t->bytes);
	free(t->lines);
	free(t->record);
	free(t);
}

static void list_free(struct list *l)
{
	for (struct task *t; (t = shift(l));)
		task_free(t);
}

struct pool *pool_new(const struct pool_setup *s)
{
	struct pool *p = xcalloc(1, sizeof *p);
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	p->s = *s;
	p->n = s->workers > 0 ? s->workers : (int)(cpus > 0 ? cpus : 1);
	if (p->n > POOL_FDS_MAX / 2)
		p->n = POOL_FDS_MAX / 2;
	for (int i = 0; i < p->n; i++)
		str_init(&p->worker[i].in, ANSWER_MAX);
	return p;
}

void pool_free(struct pool *p)
{
	if (!p)
		return;
	for (int i = 0; i < p->n; i++) {
		jail_end(&p->worker[i].child, p->worker[i].tasks.n > 0);
		list_free(&p->worker[i].tasks);
		str_release(&p->worker[i].in);
	}
	list_free(&p->waiting);
	list_free(&p->done);
	free(p);
}

size_t pool_pending(const struct pool *p)
{
	return p->pending;
}

size_t pool_backlog(const struct pool *p)
{
	return p->backlog;
}

int pool_add(struct pool *p, const struct warc_record *r, void *tag, struct err *e)
{
	struct task *t = xcalloc(1, sizeof *t);
	str_init(&t->bytes, WARC_RECORD_MAX + 65536);
	if (warc_write(&t->bytes, r, false, e) < 0) {
		task_free(t);
		return -1;
	}
	t->tag = tag;
	t->seq = p->next_seq++;
	push(&p->waiting, t);
	p->pending++;
	p->backlog += t->bytes.n;
	return 0;
}

/* --- results --- */

static void tell_death(const struct task *t, struct report *rep)
{
	char how[64];
	if (t->died < 0)
		snprintf(how, sizeof how, "%s", N_("no answer in time"));
	else if (WIFSIGNALED(t->died))
		snprintf(how, sizeof how, "%s", strsignal(WTERMSIG(t->died)));
	else
		snprintf(how, sizeof how, "status %d", WEXITSTATUS(t->died));
	report_add(rep, R_SCAN_WORKER_DIED, 0, 0, how, NULL);
}

static void deliver(struct pool *p, struct task *t)
{
	struct record_result r = {.articles = {t->lines, t->n_lines}};
	struct arena a = {0};
	struct err bad = {0};
	if (!t->record)
		tell_death(t, &r.report);
	else if (record_line_read(&a, span_of(t->record), &r, &bad) < 0)
		report_add(&r.report, R_SCAN_RECORD_BAD, 0, 0, bad.text, NULL);
	for (size_t at = 0; (at = span_find_byte(r.articles, '\n', at)) != SIZE_MAX; at++)
		r.n++;
	p->pending--;
	p->s.done(p->s.ctx, t->tag, &r);
	report_release(&r.report);
	arena_release(&a);
	task_free(t);
}

static void insert_by_seq(struct list *l, struct task *t)
{
	struct task **at = &l->first;
	while (*at && (*at)->seq < t->seq)
		at = &(*at)->next;
	t->next = *at;
	*at = t;
	if (!t->next)
		l->last = t;
	l->n++;
}

static void finish(struct pool *p, struct task *t)
{
	p->backlog -= t->bytes.n;
	str_release(&t->bytes);
	if (!p->s.ordered) {
		deliver(p, t);
		return;
	}
	insert_by_seq(&p->done, t);
	while (p->done.first && p->done.first->seq == p->deliver_seq) {
		p->deliver_seq++;
		deliver(p, shift(&p->done));
	}
}

/* --- workers --- */

static void bury(struct pool *p, struct worker *w, bool slow)
{
	struct task *poison = shift(&w->tasks);
	int status = jail_end(&w->child, true);
	while (w->tasks.last) { /* the others go back to the front, in their order */
		struct task *t = w->tasks.first, *before = NULL;
		for (; t->next; t = t->next)
			before = t;
		if (before)
			before->next = NULL;
		else
			w->tasks.first = NULL;
		w->tasks.last = before;
		w->tasks.n--;
		t->sent = 0;
		t->next = p->waiting.first;
		p->waiting.first = t;
		if (!p->waiting.last)
			p->waiting.last = t;
		p->waiting.n++;
	}
	str_release(&w->in);
	w->looked = 0;
	if (poison) {
		poison->died = slow ? -1 : status;
		finish(p, poison);
	}
}

/* Whole answers in w->in become results. */
static void take_answers(struct pool *p, struct worker *w)
{
	size_t begin = 0, line = w->looked;
	for (;;) {
		size_t end = span_find_byte(str_span(&w->in), '\n', line);
		if (end == SIZE_MAX)
			break;
		if (record_line_is(span_cut(str_span(&w->in), line, end)) && w->tasks.first) {
			struct task *t = shift(&w->tasks);
			t->record = xmemdup0(w->in.p + line, end - line);
			t->n_lines = line - begin;
			w->since = clock_monotonic_ms();
			if (!begin && end + 1 == w->in.n) { /* all there is: a large answer is not copied */
				t->lines = w->in.p;
				str_init(&w->in, ANSWER_MAX);
				w->looked = 0;
				finish(p, t);
				return;
			}
			t->lines = xmemdup0(w->in.p + begin, line - begin);
			begin = end + 1;
			finish(p, t);
		}
		line = end + 1;
	}
	if (begin) {
		memmove(w->in.p, w->in.p + begin, w->in.n - begin);
		str_truncate(&w->in, w->in.n - begin);
	}
	w->looked = line - begin;
}

/* False when the worker is gone. */
static bool receive(struct pool *p, struct worker *w)
{
	for (;;) {
		char *to = str_room(&w->in, READ_CHUNK);
		if (!to)
			return false;
		ssize_t n = read(w->child.from, to, READ_CHUNK);
		if (n > 0) {
			str_grew(&w->in, (size_t)n);
			take_answers(p, w);
			continue;
		}
		if (n < 0 && errno == EINTR)
			continue;
		return n < 0 && errno == EAGAIN;
	}
}

static bool send_tasks(struct worker *w)
{
	for (struct task *t = w->tasks.first; t; t = t->next) {
		while (t->sent < t->bytes.n) {
			ssize_t n = write(w->child.to, t->bytes.p + t->sent, t->bytes.n - t->sent);
			if (n < 0 && errno == EINTR)
				continue;
			if (n < 0)
				return errno == EAGAIN;
			t->sent += (size_t)n;
		}
	}
	return true;
}

static bool has_unsent(const struct worker *w)
{
	return w->tasks.last && w->tasks.last->sent < w->tasks.last->bytes.n;
}

unsigned pool_poll(struct pool *p, struct pollfd *fds, unsigned max)
{
	unsigned n = 0;
	for (int i = 0; i < p->n && n + 2 <= max; i++) {
		struct worker *w = &p->worker[i];
		if (!w->child.pid || !w->tasks.n)
			continue;
		fds[n++] = (struct pollfd){.fd = w->child.from, .events = POLLIN};
		if (has_unsent(w))
			fds[n++] = (struct pollfd){.fd = w->child.to, .events = POLLOUT};
	}
	return n;
}

static int hand_out(struct pool *p, struct worker *w, struct err *e)
{
	while (w->tasks.n < AHEAD && p->waiting.first) {
		if (!w->child.pid && jail_spawn(&w->child, worker_run, &p->s, e) < 0)
			return -1;
		if (!w->tasks.n)
			w->since = clock_monotonic_ms();
		push(&w->tasks, shift(&p->waiting));
	}
	return 0;
}

int pool_io(struct pool *p, const struct pollfd *fds, unsigned n, struct err *e)
{
	(void)fds;
	(void)n;
	for (int i = 0; i < p->n; i++) {
		struct worker *w = &p->worker[i];
		/* spread before filling up: the next waiting record goes to who has least */
		if (hand_out(p, w, e) < 0)
			return -1;
		if (!w->child.pid)
			continue;
		bool alive = send_tasks(w) && receive(p, w);
		bool slow =
			alive && w->tasks.n && clock_monotonic_ms() - w->since > WORKER_WALL_SECONDS * 1000;
		if (!alive || slow)
			bury(p, w, slow);
	}
	return 0;
}
