/* fetch: the door, and whose turn it is. Every host (name and port) has its own queue; a host is ready when a
 * request waits, fewer than per_host run and its gap is over. Ready hosts take turns, one request each, so
 * that one host with a thousand pages holds nobody up. After each start a host sleeps for the gap; as the gap
 * is the same for all, the sleepers are in waking order by themselves, and all of this is lists: a step costs
 * what it starts, however many hosts wait. A redirect waits its turn at the host it leads to. */
#include "fetch/fetch_priv.h"

#include <errno.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/limits.h"

#include "base/banned.h"

enum { COOKIES_MAX = 1 << 20 }; /* bytes of Set-Cookie seen, then the jar of this run is emptied */

/* --- lists --- */

static void push_host(struct host ***last, struct host *h, enum host_state state)
{
	h->state = state;
	h->next = NULL;
	**last = h;
	*last = &h->next;
}

static struct host *pop_host(struct host **first, struct host ***last)
{
	struct host *h = *first;
	*first = h->next;
	if (!*first)
		*last = first;
	h->state = HOST_IDLE;
	return h;
}

static struct transfer *pop_transfer(struct transfer **first, struct transfer ***last)
{
	struct transfer *t = *first;
	*first = t->next;
	if (!*first)
		*last = first;
	return t;
}

/* --- hosts --- */

static struct host *host_of(struct fetch *f, struct span key)
{
	struct host *h = map_get(&f->hosts, key);
	if (!h) {
		h = xcalloc(1, sizeof *h);
		h->last = &h->first;
		map_put(&f->hosts, key, h);
	}
	return h;
}

/* Into the list of those who sleep longer than the rest, by when they wake; there are few. */
static void sleep_slowly(struct fetch *f, struct host *h)
{
	struct host **at = &f->slow;
	h->state = HOST_ASLEEP;
	h->wakes_ms = h->asked_ms + h->gap_ms;
	while (*at && (*at)->wakes_ms <= h->wakes_ms)
		at = &(*at)->next;
	h->next = *at;
	*at = h;
}

static void host_look(struct fetch *f, struct host *h)
{
	if (h->state == HOST_IDLE && h->first && h->running < f->s.per_host)
		push_host(&f->ready_last, h, HOST_READY);
}

static void host_started(struct fetch *f, struct host *h)
{
	h->running++;
	h->asked_ms = f->s.gap_ms || h->gap_ms || f->sites.n ? clock_monotonic_ms() : 0;
	if (h->gap_ms > f->s.gap_ms) {
		sleep_slowly(f, h);
	} else if (f->s.gap_ms > 0) {
		h->wakes_ms = h->asked_ms + f->s.gap_ms;
		push_host(&f->asleep_last, h, HOST_ASLEEP);
	} else {
		host_look(f, h);
	}
}

static void wake_hosts(struct fetch *f)
{
	int64_t now = f->asleep || f->slow ? clock_monotonic_ms() : 0;
	while (f->asleep && f->asleep->wakes_ms <= now) {
		struct host *h = pop_host(&f->asleep, &f->asleep_last);
		if (h->asked_ms + h->gap_ms > now)
			sleep_slowly(f, h);
		else
			host_look(f, h);
	}
	while (f->slow && f->slow->wakes_ms <= now) {
		struct host *h = f->slow;
		f->slow = h->next;
		h->state = HOST_IDLE;
		host_look(f, h);
	}
}

void host_slow_down(struct fetch *f, struct host *h, int64_t gap_ms)
{
	if (gap_ms <= h->gap_ms)
		return;
	h->gap_ms = gap_ms;
	if (h->state == HOST_IDLE)
		sleep_slowly(f, h);
}

/* A host that answers nobody must not cost every request behind it the full time. */
static void host_heard(struct fetch *f, struct host *h, bool silent)
{
	h->silent = silent ? h->silent + 1 : 0;
	if (f->s.give_up < 0 || h->silent < f->s.give_up)
		return;
	while (h->first) {
		struct transfer *t = pop_transfer(&h->first, &h->last);
		f->waiting--;
		transfer_give_up(t);
	}
}

void fetch_queue(struct fetch *f, struct transfer *t)
{
	t->host = host_of(f, span_of(url_host_port(&t->arena, t->url)));
	t->slot = NULL;
	t->next = NULL;
	if (site_holds(f, t))
		return;
	if (t->hops) { /* already under way: before those that have not begun */
		t->next = t->host->first;
		if (!t->host->first)
			t->host->last = &t->next;
		t->host->first = t;
	} else {
		*t->host->last = t;
		t->host->last = &t->next;
	}
	f->waiting++;
	host_look(f, t->host);
}

/* --- slots --- */

static struct slot *slot_take(struct fetch *f, struct err *e)
{
	struct slot *s = f->slots;
	if (s) {
		f->slots = s->next;
	} else if ((s = slot_new(f, e)) != NULL) {
		vec_push(&f->all, s);
	}
	return s;
}

static void slot_give(struct fetch *f, struct slot *s)
{
	slot_clear(s);
	if (f->cookie_bytes > COOKIES_MAX) {
		curl_easy_setopt(s->easy, CURLOPT_COOKIELIST, "ALL");
		f->cookie_bytes = 0;
	}
	s->busy = false;
	s->next = f->slots;
	f->slots = s;
}

/* --- running --- */

static int start(struct fetch *f, struct transfer *t, struct err *e)
{
	transfer_aim(t);
	if (transfer_forbidden(t)) {
		transfer_refuse(t);
		return 0;
	}
	struct slot *s = slot_take(f, e);
	if (!s)
		return -1;
	s->busy = true;
	f->running++;
	struct host *h = t->host;
	if (transfer_start(t, s, e) < 0)
		return -1;
	host_started(f, h);
	return 0;
}

static int start_ready(struct fetch *f, struct err *e)
{
	while (f->broken) {
		struct transfer *t = f->broken;
		f->broken = t->next;
		transfer_refuse(t);
	}
	while (f->disallowed) {
		struct transfer *t = f->disallowed;
		f->disallowed = t->next;
		transfer_disallow(t);
	}
	wake_hosts(f);
	while (f->ready && f->running < f->s.parallel) {
		struct host *h = pop_host(&f->ready, &f->ready_last);
		struct transfer *t = pop_transfer(&h->first, &h->last);
		f->waiting--;
		if (start(f, t, e) < 0)
			return -1;
		host_look(f, h); /* nothing when it sleeps or is ready again */
	}
	return 0;
}

static void end(struct fetch *f, struct transfer *t, CURLcode code)
{
	struct slot *s = t->slot;
	struct host *h = t->host;
	bool silent = transfer_silent(t, code);
	f->running--;
	h->running--;
	transfer_judge(t, code);
	slot_give(f, s);
	host_heard(f, h, silent);
	host_look(f, h);
}

/* Of those with a large body one a step, so that whoever takes them can say when it is enough. */
static void end_landed(struct fetch *f)
{
	if (!f->landed)
		return;
	struct transfer *t = pop_transfer(&f->landed, &f->landed_last);
	if (t->landed == CURLE_OK || t->stop == STOP_ENOUGH)
		transfer_load(t);
	end(f, t, t->landed);
}

static void collect(struct fetch *f)
{
	CURLMsg *m;
	int left;
	while ((m = curl_multi_info_read(f->multi, &left)) != NULL) {
		CURLcode code = m->data.result;
		CURL *easy = m->easy_handle;
		char *private = NULL;
		if (m->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(easy, CURLINFO_PRIVATE, &private);
		struct transfer *t = (struct transfer *)(void *)private;
		curl_multi_remove_handle(f->multi, easy);
		if (!t->slot->spool) {
			end(f, t, code);
			continue;
		}
		t->landed = code;
		t->next = NULL;
		*f->landed_last = t;
		f->landed_last = &t->next;
	}
	end_landed(f);
}

void fetch_ended(struct fetch *f, struct transfer *t, const struct fetch_answer *a)
{
	if (t->robots_of)
		site_answered(f, t, a);
	else
		f->done(a, f->ctx);
	f->pending--;
	f->ended++;
	transfer_free(t);
}

static int fault(struct err *e, CURLMcode rc)
{
	return err_set(e, ERR_SYSTEM, N_("libcurl failed: %1"), curl_multi_strerror(rc), NULL);
}

static int run(struct fetch *f, struct err *e)
{
	int running;
	if (start_ready(f, e) < 0)
		return -1;
	CURLMcode rc = curl_multi_perform(f->multi, &running);
	if (rc != CURLM_OK)
		return fault(e, rc);
	collect(f);
	return start_ready(f, e);
}

/* Until the next sleeper wakes, if that could start something. */
static int time_to_wait(const struct fetch *f, int timeout_ms)
{
	if ((!f->asleep && !f->slow) || !f->waiting || f->running >= f->s.parallel)
		return timeout_ms;
	int64_t wakes = f->asleep ? f->asleep->wakes_ms : INT64_MAX;
	int64_t ms =
		(f->slow && f->slow->wakes_ms < wakes ? f->slow->wakes_ms : wakes) - clock_monotonic_ms();
	return ms < 0 ? 0 : ms < timeout_ms ? (int)ms : timeout_ms;
}

static int wait_for(struct fetch *f, struct pollfd *extra, unsigned n, int timeout_ms, struct err *e)
{
	if (n > f->extra_cap) {
		f->extra = xrealloc(f->extra, n * sizeof *f->extra);
		f->extra_cap = n;
	}
	for (unsigned i = 0; i < n; i++)
		f->extra[i] = (struct curl_waitfd){.fd = extra[i].fd,
			.events = (short)((extra[i].events & POLLIN ? CURL_WAIT_POLLIN : 0) |
					  (extra[i].events & POLLPRI ? CURL_WAIT_POLLPRI : 0) |
					  (extra[i].events & POLLOUT ? CURL_WAIT_POLLOUT : 0))};
	CURLMcode rc = curl_multi_poll(f->multi, f->extra, n, timeout_ms, NULL);
	if (rc != CURLM_OK)
		return fault(e, rc);
	if (n && poll(extra, n, 0) < 0 && errno != EINTR) /* libcurl passes on no hang-up */
		return err_sys(e, ERR_SYSTEM, errno, N_("cannot wait for input"), NULL);
	return 0;
}

int fetch_step(struct fetch *f, struct pollfd *extra, unsigned n, int timeout_ms, struct err *e)
{
	unsigned long ended = f->ended;
	for (unsigned i = 0; i < n; i++)
		extra[i].revents = 0;
	if (start_ready(f, e) < 0)
		return -1;
	if (!f->pending && !n)
		return 0;
	if (wait_for(f, extra, n, f->ended != ended || f->landed ? 0 : time_to_wait(f, timeout_ms), e) < 0)
		return -1;
	return run(f, e);
}

size_t fetch_pending(const struct fetch *f)
{
	return f->pending;
}

void fetch_add(struct fetch *f, const struct fetch_request *r)
{
	struct transfer *t = transfer_new(f, r);
	f->pending++;
	if (t->url) {
		fetch_queue(f, t);
	} else {
		t->next = f->broken;
		f->broken = t;
	}
}

/* --- life --- */

static int open_multi(struct fetch *f, struct err *e)
{
	if (curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK) {
		f->multi = curl_multi_init();
		f->share = curl_share_init();
	}
	if (!f->multi || !f->share ||
		curl_multi_setopt(f->multi, CURLMOPT_MAXCONNECTS, 2L * f->s.parallel) != CURLM_OK ||
		curl_share_setopt(f->share, CURLSHOPT_SHARE, CURL_LOCK_DATA_COOKIE) != CURLSHE_OK ||
		curl_share_setopt(f->share, CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION) != CURLSHE_OK)
		return err_set(e, ERR_SYSTEM, N_("libcurl cannot be set up"), NULL, NULL);
	return 0;
}

int fetch_new(
	const struct fetch_settings *s, fetch_done_fn *done, void *ctx, struct fetch **out, struct err *e)
{
	struct fetch *f = xcalloc(1, sizeof *f);
	f->s = *s;
	f->s.parallel = s->parallel > 0 ? s->parallel : FETCH_PARALLEL;
	f->s.per_host = s->per_host > 0 ? s->per_host : FETCH_PER_HOST;
	f->s.give_up = s->give_up ? s->give_up : FETCH_HOST_FAILURES;
	f->s.timeout = s->timeout > 0 ? s->timeout : FETCH_SECONDS;
	f->done = done;
	f->ctx = ctx;
	f->ready_last = &f->ready;
	f->asleep_last = &f->asleep;
	f->landed_last = &f->landed;
	if (open_multi(f, e) < 0) {
		fetch_free(f);
		return -1;
	}
	*out = f;
	return 0;
}

void transfers_free(struct transfer *t)
{
	while (t) {
		struct transfer *next = t->next;
		transfer_free(t);
		t = next;
	}
}

void fetch_free(struct fetch *f)
{
	struct span key;
	void *host;
	size_t at = 0;
	if (!f)
		return;
	vec_each (s, &f->all) {
		char *private = NULL;
		if ((*s)->busy) {
			curl_easy_getinfo((*s)->easy, CURLINFO_PRIVATE, &private);
			curl_multi_remove_handle(f->multi, (*s)->easy);
			transfer_free((struct transfer *)(void *)private);
		}
		slot_free(*s);
	}
	vec_release(&f->all);
	while (map_next(&f->hosts, &at, &key, &host)) {
		transfers_free(((struct host *)host)->first);
		free(host);
	}
	map_release(&f->hosts);
	sites_free(f);
	transfers_free(f->broken);
	transfers_free(f->disallowed);
	if (f->multi)
		curl_multi_cleanup(f->multi);
	if (f->share)
		curl_share_cleanup(f->share);
	free(f->extra);
	free(f);
	curl_global_cleanup();
}
