/* pool: worker processes, and which record each has. A worker gets two records ahead, so that it never waits
 * for the parent; it answers in order, so its oldest record is the one it works on. An answer is a line about
 * the record, its articles, each handed on as it comes, and a line again: nothing is held but the line that
 * is being read, and of long lines one at a time. When results are wanted in order, the worker whose turn it
 * is alone is read; the others wait at their pipes. When a worker dies or is too slow, its oldest record
 * alone is put aside and told; what else it had goes to the worker that is forked in its place. */
#include <errno.h>
#include <fcntl.h>
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

enum { AHEAD = 2, READ_CHUNK = 262144, LINE_LARGE = 1 << 20, FILE_WEIGHT = 131072 };

struct task {
	struct task *next;
	void *tag;
	struct str bytes; /* the record; of one whose block lies in a file, what stands before it */
	int file;         /* -1: none */
	size_t block;     /* bytes in the file */
	size_t sent;
	uint64_t seq;
	/* the answer */
	bool begun;  /* its first line is there */
	size_t left; /* articles to come */
	struct record_result result;
	struct arena arena; /* of the result */
};

struct list {
	struct task *first, *last;
	size_t n;
};

struct worker {
	struct jail_child child;
	struct list tasks;
	struct str in;
	size_t looked; /* bytes of `in` that hold no line end */
	int64_t since; /* ms, when it last got on */
	bool deaf;
};

struct pool {
	struct pool_setup s;
	struct list waiting;
	struct worker worker[POOL_FDS_MAX / 2];
	int n;
	struct worker *large; /* whose line is a large one; NULL: nobody's */
	size_t pending, backlog;
	uint64_t next_seq, turn; /* turn: of the record to be delivered next */
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
	if (t->file >= 0)
		close(t->file);
	str_release(&t->bytes);
	report_release(&t->result.report);
	arena_release(&t->arena);
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
		str_init(&p->worker[i].in, LINE_MAX_BYTES);
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

static size_t weight(const struct task *t)
{
	return t->bytes.n + (t->file >= 0 ? FILE_WEIGHT : 0);
}

int pool_add(struct pool *p, const struct warc_record *r, int file, void *tag, struct err *e)
{
	struct task *t = xcalloc(1, sizeof *t);
	t->file = -1;
	str_init(&t->bytes, WARC_RECORD_MAX + 65536);
	if (file >= 0) {
		warc_write_head(&t->bytes, r);
		t->block = r->block.n;
		t->file = fcntl(file, F_DUPFD_CLOEXEC, 0);
		if (t->file < 0) {
			err_sys(e, ERR_SYSTEM, errno, N_("an answer cannot be passed on"), NULL);
			goto fail;
		}
	} else if (warc_write(&t->bytes, r, false, e) < 0) {
		goto fail;
	}
	t->tag = tag;
	t->seq = p->next_seq++;
	push(&p->waiting, t);
	p->pending++;
	p->backlog += weight(t);
	return 0;
fail:
	task_free(t);
	return -1;
}

/* --- results --- */

/* The worker's oldest record is done with. */
static void finish(struct pool *p, struct worker *w)
{
	struct task *t = shift(&w->tasks);
	p->backlog -= weight(t);
	p->pending--;
	p->turn++;
	w->since = clock_monotonic_ms();
	p->s.done(p->s.ctx, t->tag, &t->result);
	task_free(t);
}

static void tell_death(int status, bool slow, struct report *rep)
{
	char how[64];
	if (slow)
		snprintf(how, sizeof how, "%s", N_("no answer in time"));
	else if (WIFSIGNALED(status))
		snprintf(how, sizeof how, "%s", strsignal(WTERMSIG(status)));
	else
		snprintf(how, sizeof how, "status %d", WEXITSTATUS(status));
	report_add(rep, R_SCAN_WORKER_DIED, 0, 0, how, NULL);
}

static void bury(struct pool *p, struct worker *w, bool slow)
{
	int status = jail_end(&w->child, true);
	str_release(&w->in);
	w->looked = 0;
	w->deaf = false;
	if (p->large == w)
		p->large = NULL;
	for (struct task *t = w->tasks.first; t; t = t->next)
		t->sent = 0;
	if (w->tasks.n) {
		tell_death(status, slow, &w->tasks.first->result.report);
		finish(p, w);
	}
}

/* False: this is not what a worker says. */
static bool take_line(struct pool *p, struct worker *w, struct span line)
{
	struct task *t = w->tasks.first;
	struct err bad = {0};
	if (!t)
		return false;
	w->since = clock_monotonic_ms();
	if (t->left) {
		p->s.article(p->s.ctx, t->tag, &t->result, line);
		t->left--;
		return true;
	}
	if (!record_line_is(line) || record_line_read(&t->arena, line, &t->result, &bad) < 0)
		return false;
	if (t->begun) {
		finish(p, w);
		return true;
	}
	t->begun = true;
	t->left = t->result.n;
	return true;
}

/* Its oldest record may be delivered: always, unless results are wanted in order. */
static bool has_turn(const struct pool *p, const struct worker *w)
{
	return !p->s.ordered || !w->tasks.n || w->tasks.first->seq == p->turn;
}

static bool take_lines(struct pool *p, struct worker *w)
{
	size_t begin = 0, end, from = w->looked;
	while (has_turn(p, w) && (end = span_find_byte(str_span(&w->in), '\n', from)) != SIZE_MAX) {
		if (!take_line(p, w, span_cut(str_span(&w->in), begin, end)))
			return false;
		begin = from = end + 1;
	}
	size_t left = w->in.n - begin;
	if (begin && left)
		memmove(w->in.p, w->in.p + begin, left);
	str_truncate(&w->in, left);
	w->looked = has_turn(p, w) ? left : 0;
	if (p->large == w && left <= LINE_LARGE) {
		p->large = NULL;
		if (!left)
			str_release(&w->in);
	}
	return true;
}

/* --- workers --- */

/* Of lines that are large only one is read at a time. */
static bool may_read(const struct pool *p, const struct worker *w)
{
	return has_turn(p, w) && (w->in.n <= LINE_LARGE || !p->large || p->large == w);
}

/* False when the worker is gone, or talks nonsense. */
static bool receive(struct pool *p, struct worker *w)
{
	if (!take_lines(p, w)) /* what came before its turn */
		return false;
	while (may_read(p, w)) {
		char *to = str_room(&w->in, READ_CHUNK);
		if (!to)
			return false;
		ssize_t n = read(w->child.from, to, READ_CHUNK);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n < 0 && errno == EAGAIN;
		str_grew(&w->in, (size_t)n);
		if (w->in.n > LINE_LARGE)
			p->large = w;
		if (!take_lines(p, w))
			return false;
	}
	return true;
}

static size_t size_of(const struct task *t)
{
	return t->file < 0 ? t->bytes.n : t->bytes.n + t->block + WARC_END.n;
}

/* What is to be sent of it next: from memory, or from its file by way of `room`. */
static struct span next_piece(const struct task *t, char *room, size_t n)
{
	size_t at = t->sent;
	if (at < t->bytes.n)
		return span_cut(str_span(&t->bytes), at, t->bytes.n);
	at -= t->bytes.n;
	if (at >= t->block)
		return span_cut(WARC_END, at - t->block, WARC_END.n);
	ssize_t got = pread(t->file, room, n < t->block - at ? n : t->block - at, (off_t)at);
	return (struct span){room, got > 0 ? (size_t)got : 0};
}

/* A worker that does not take it any more is dead; how far it came is told by what it wrote. */
static void send_tasks(struct worker *w)
{
	char room[READ_CHUNK];
	for (struct task *t = w->tasks.first; t && !w->deaf; t = t->next) {
		while (t->sent < size_of(t)) {
			struct span s = next_piece(t, room, sizeof room);
			ssize_t n = s.n ? write(w->child.to, s.p, s.n) : -1;
			if (n < 0 && s.n && errno == EINTR)
				continue;
			w->deaf = n < 0 && !(s.n && errno == EAGAIN);
			if (n < 0)
				return;
			t->sent += (size_t)n;
		}
	}
}

static bool has_unsent(const struct worker *w)
{
	return !w->deaf && w->tasks.last && w->tasks.last->sent < size_of(w->tasks.last);
}

unsigned pool_poll(struct pool *p, struct pollfd *fds, unsigned max)
{
	unsigned n = 0;
	for (int i = 0; i < p->n && n + 2 <= max; i++) {
		struct worker *w = &p->worker[i];
		if (!w->child.pid || !w->tasks.n)
			continue;
		if (may_read(p, w))
			fds[n++] = (struct pollfd){.fd = w->child.from, .events = POLLIN};
		if (has_unsent(w))
			fds[n++] = (struct pollfd){.fd = w->child.to, .events = POLLOUT};
	}
	return n;
}

static int hand_out(struct pool *p, struct worker *w, struct err *e)
{
	while (w->tasks.n < AHEAD && p->waiting.first) {
		if (!w->tasks.n)
			w->since = clock_monotonic_ms();
		push(&w->tasks, shift(&p->waiting));
	}
	return w->tasks.n && !w->child.pid ? jail_spawn(&w->child, worker_run, &p->s, e) : 0;
}

static int serve(struct pool *p, struct worker *w, struct err *e)
{
	if (hand_out(p, w, e) < 0)
		return -1;
	if (!w->child.pid)
		return 0;
	if (!may_read(p, w)) /* it waits for us */
		w->since = clock_monotonic_ms();
	send_tasks(w);
	bool alive = receive(p, w);
	bool slow = alive && w->tasks.n && clock_monotonic_ms() - w->since > WORKER_WALL_SECONDS * 1000;
	if (!alive || slow)
		bury(p, w, slow);
	return 0;
}

int pool_io(struct pool *p, struct err *e)
{
	uint64_t turn;
	do {
		turn = p->turn;
		for (int i = 0; i < p->n; i++)
			if (serve(p, &p->worker[i], e) < 0)
				return -1;
	} while (p->s.ordered && p->turn != turn); /* it may now be that of a worker already seen to */
	return 0;
}
