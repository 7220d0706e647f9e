/* site: whose robots.txt says what. A request that has to keep to it waits at its site (scheme, name and
 * port) until the file is there, which is asked for once in a run, by the way every request takes; each hop
 * of a redirect is looked at as the first one was. What cannot be had (4xx) allows everything; when the
 * server fails or is silent, nothing is asked in this run (RFC 9309, 2.3.1). */
#include "fetch/fetch_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/limits.h"
#include "base/url.h"

#include "base/banned.h"

enum site_state { SITE_NEW, SITE_ASKED, SITE_KNOWN, SITE_SILENT };

struct site {
	enum site_state state;
	struct robots *robots;          /* NULL: everything is allowed */
	struct host *host;              /* whose turns its Crawl-delay spaces out */
	struct transfer *first, **last; /* waiting for it */
};

static struct site *site_of(struct fetch *f, struct transfer *t)
{
	struct url u;
	url_split(span_of(t->url), &u);
	const char *key = arena_printf(&t->arena, "%s://%s", span_is_ci(u.scheme, "https") ? "https" : "http",
		url_host_port(&t->arena, t->url));
	struct site *s = map_get(&f->sites, span_of(key));
	if (!s) {
		s = xcalloc(1, sizeof *s);
		s->last = &s->first;
		map_put(&f->sites, span_of(key), s);
	}
	return s;
}

/* The same host as the page, by the same rules: what may lie on a private address, and as whom we come. */
static void ask_for(struct fetch *f, struct site *s, const struct transfer *page)
{
	struct arena a = {0};
	struct fetch_request r = {.url = url_resolve(&a, page->url, SPAN("/robots.txt")),
		.allow_host = page->request.allow_host,
		.user_agent = page->request.user_agent,
		.max_bytes = ROBOTS_MAX};
	struct transfer *t = transfer_new(f, &r);
	arena_release(&a);
	s->state = SITE_ASKED;
	t->robots_of = s;
	f->pending++;
	fetch_queue(f, t);
	s->host = t->host;
}

bool site_holds(struct fetch *f, struct transfer *t)
{
	if (!t->request.robots)
		return false;
	struct site *s = site_of(f, t);
	if (s->state == SITE_NEW)
		ask_for(f, s, t);
	if (s->state == SITE_ASKED) {
		t->next = NULL;
		*s->last = t;
		s->last = &t->next;
		return true;
	}
	if (s->state == SITE_KNOWN && robots_allow(s->robots, t->url))
		return false;
	t->next = f->disallowed;
	f->disallowed = t;
	t->site_silent = s->state == SITE_SILENT;
	return true;
}

void site_answered(struct fetch *f, struct transfer *t, const struct fetch_answer *a)
{
	struct site *s = t->robots_of;
	bool empty = a->result == FETCH_FAILED && a->head.n; /* came whole, and holds nothing */
	bool silent = a->status >= 500 || (a->result == FETCH_FAILED && !empty);
	s->state = silent ? SITE_SILENT : SITE_KNOWN;
	if (a->result == FETCH_OK)
		s->robots = robots_read(a->body, "soatin");
	host_slow_down(f, s->host, robots_delay_ms(s->robots));
	struct transfer *waiting = s->first;
	s->first = NULL;
	s->last = &s->first;
	while (waiting) {
		struct transfer *next = waiting->next;
		fetch_queue(f, waiting);
		waiting = next;
	}
}

void sites_free(struct fetch *f)
{
	struct span key;
	void *site;
	size_t at = 0;
	while (map_next(&f->sites, &at, &key, &site)) {
		struct site *s = site;
		transfers_free(s->first);
		robots_free(s->robots);
		free(s);
	}
	map_release(&f->sites);
}
