/* transfer: one hop of one request through libcurl, which is asked for as little as possible: no redirects of
 * its own, no decoding, no other protocol, no HTTP/0.9. What it hands over is counted here, since its own
 * limits do not stop an endless body or a flood of headers.
 *
 * The guard stands at two places. Before a connection is made, the address it would go to is looked at (a
 * name that resolves to another address a moment later gains nothing). Before a request is sent, the address
 * of the connection is looked at again: it may be one that was made for a source which is allowed to lie
 * there. */
#include "fetch/fetch_priv.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/limits.h"
#include "base/url.h"

#include "base/banned.h"

enum { BUFFER = 32768, ERROR_BODY_MAX = 65536 };
#define CODINGS "gzip, deflate, br, zstd" /* what decode/ undoes */

/* --- what libcurl calls --- */

static curl_socket_t on_open(void *ctx, curlsocktype purpose, struct curl_sockaddr *a)
{
	struct transfer *t = ctx;
	if (purpose != CURLSOCKTYPE_IPCXN)
		return CURL_SOCKET_BAD;
	if (!t->proxy && !t->allowed && sockaddr_private(&a->addr)) {
		t->met_private = true;
		return CURL_SOCKET_BAD;
	}
	return socket(a->family, a->socktype | SOCK_CLOEXEC, a->protocol);
}

static int on_request(void *ctx, char *ip, char *local_ip, int port, int local_port)
{
	struct transfer *t = ctx;
	(void)local_ip;
	(void)port;
	(void)local_port;
	t->asked = true;
	if (t->proxy || t->allowed || !fetch_address_private(ip))
		return CURL_PREREQFUNC_OK;
	t->stop = STOP_PRIVATE;
	return CURL_PREREQFUNC_ABORT;
}

static bool stop(struct transfer *t, enum stop why)
{
	t->stop = why;
	return false;
}

static bool take_length(struct transfer *t, struct span value)
{
	int64_t n;
	if (!span_to_int64(value, &n) || n < 0)
		return stop(t, STOP_LENGTH);
	if (t->length >= 0 && t->length != n)
		return stop(t, STOP_LENGTHS);
	t->length = n;
	return true;
}

/* The blank line. An informational head makes room for the next one. */
static void end_head(struct transfer *t)
{
	if (t->status < 200)
		return;
	t->head_done = true;
	t->head_n = t->slot->answer.n;
}

static bool take_line(struct transfer *t, struct span line)
{
	t->head_bytes += line.n;
	if (t->head_bytes > HEADERS_MAX)
		return stop(t, STOP_HEADERS);
	if (t->head_done)
		return true;
	struct span text = span_trim(line);
	if (span_starts(text, "HTTP/")) {
		str_clear(&t->slot->answer);
		t->status = header_status(text);
		t->length = -1;
	}
	str_add(&t->slot->answer, line);
	if (!text.n)
		end_head(t);
	if (span_starts_ci(text, "set-cookie:"))
		t->fetch->cookie_bytes += text.n;
	if (span_starts_ci(text, "content-length:"))
		return take_length(t, span_trim(span_cut(text, 15, text.n)));
	return true;
}

static size_t on_header(char *p, size_t size, size_t n, void *ctx)
{
	return take_line(ctx, (struct span){p, size * n}) ? size * n : 0;
}

struct span transfer_head(const struct transfer *t)
{
	struct span all = str_span(&t->slot->answer);
	return t->head_done ? span_cut(all, 0, t->head_n) : all;
}

struct span transfer_body(const struct transfer *t)
{
	struct span all = str_span(&t->slot->answer);
	return span_cut(all, t->head_done ? t->head_n : all.n, all.n);
}

/* Many large answers at once, or many that come drop by drop, must not fill the memory: from FETCH_SPOOL_AT
 * on a body goes to a file without a name. */
static bool spool(struct transfer *t, struct span more)
{
	struct slot *s = t->slot;
	if (!s->spool) {
		struct span body = transfer_body(t);
		s->spool = tmpfile();
		if (!s->spool || fwrite(body.p, 1, body.n, s->spool) != body.n)
			return stop(t, STOP_DISK);
		s->spooled = body.n;
		str_truncate(&s->answer, t->head_n);
	}
	if (fwrite(more.p, 1, more.n, s->spool) != more.n)
		return stop(t, STOP_DISK);
	s->spooled += more.n;
	return true;
}

static bool take_body(struct transfer *t, struct span more)
{
	struct slot *s = t->slot;
	if (s->spool || s->answer.n - t->head_n + more.n > FETCH_SPOOL_AT)
		return spool(t, more);
	str_add(&s->answer, more);
	return true;
}

void transfer_load(struct transfer *t)
{
	struct slot *s = t->slot;
	rewind(s->spool);
	char *to = str_room(&s->answer, s->spooled);
	if (!to || fread(to, 1, s->spooled, s->spool) != s->spooled)
		t->stop = STOP_DISK;
	else
		str_grew(&s->answer, s->spooled);
}

void slot_clear(struct slot *s)
{
	if (s->answer.cap > 2 * FETCH_SPOOL_AT)
		str_release(&s->answer);
	str_clear(&s->answer);
	if (s->spool)
		fclose(s->spool);
	s->spool = NULL;
	s->spooled = 0;
}

static size_t on_body(char *p, size_t size, size_t n, void *ctx)
{
	struct transfer *t = ctx;
	size_t have = t->slot->answer.n - t->head_n + t->slot->spooled;
	bool wanted = t->status >= 200 && t->status < 300;
	size_t max = !wanted ? ERROR_BODY_MAX : t->request.max_bytes ? t->request.max_bytes : BODY_MAX;
	n *= size;
	if (n <= max - have)
		return take_body(t, (struct span){p, n}) ? n : 0;
	if (take_body(t, (struct span){p, max - have}))
		stop(t, STOP_ENOUGH);
	return 0;
}

/* --- handles --- */

static CURLcode set_up(CURL *c, const struct fetch *f)
{
	const struct {
		CURLoption option;
		long value;
	} numbers[] = {
		{CURLOPT_NOSIGNAL, 1},
		{CURLOPT_FOLLOWLOCATION, 0},
		{CURLOPT_HTTP_CONTENT_DECODING, 0},
		{CURLOPT_HTTP09_ALLOWED, 0},
		{CURLOPT_SUPPRESS_CONNECT_HEADERS, 1},
		{CURLOPT_BUFFERSIZE, BUFFER},
		{CURLOPT_CONNECTTIMEOUT, FETCH_CONNECT_SECONDS},
		{CURLOPT_LOW_SPEED_LIMIT, FETCH_LOW_SPEED},
		{CURLOPT_LOW_SPEED_TIME, FETCH_LOW_SECONDS},
		{CURLOPT_HTTPAUTH, CURLAUTH_BASIC},
	};
	CURLcode rc = CURLE_OK;
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers && rc == CURLE_OK; i++)
		rc = curl_easy_setopt(c, numbers[i].option, numbers[i].value);
	if (rc == CURLE_OK)
		rc = curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
	if (rc == CURLE_OK)
		rc = curl_easy_setopt(c, CURLOPT_NOPROXY, ""); /* proxy.c has decided */
	if (rc == CURLE_OK)
		rc = curl_easy_setopt(c, CURLOPT_COOKIEFILE, ""); /* in memory */
	if (rc == CURLE_OK)
		rc = curl_easy_setopt(c, CURLOPT_SHARE, f->share);
	if (rc == CURLE_OK)
		rc = curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, on_header);
	if (rc == CURLE_OK)
		rc = curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);
	if (rc == CURLE_OK)
		rc = curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, on_open);
	if (rc == CURLE_OK)
		rc = curl_easy_setopt(c, CURLOPT_PREREQFUNCTION, on_request);
	return rc;
}

struct slot *slot_new(struct fetch *f, struct err *e)
{
	struct slot *s = xcalloc(1, sizeof *s);
	s->easy = curl_easy_init();
	if (!s->easy || set_up(s->easy, f) != CURLE_OK) {
		slot_free(s);
		err_set(e, ERR_SYSTEM, N_("libcurl cannot be set up"), NULL, NULL);
		return NULL;
	}
	return s;
}

void slot_free(struct slot *s)
{
	if (s->easy)
		curl_easy_cleanup(s->easy);
	curl_slist_free_all(s->headers);
	slot_clear(s);
	str_release(&s->answer);
	free(s);
}

/* --- one hop --- */

static bool one_line(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s < 0x20 || *s == 0x7F)
			return false;
	return true;
}

static void add_header(struct transfer *t, const char *name, const char *value)
{
	struct str line;
	if (!value || !*value || !one_line(value))
		return;
	str_init(&line, 0);
	str_adds(&line, name);
	str_adds(&line, value);
	struct curl_slist *list = curl_slist_append(t->slot->headers, line.p);
	if (list)
		t->slot->headers = list;
	str_release(&line);
}

static void put_headers(struct transfer *t)
{
	const struct fetch_request *r = &t->request;
	curl_slist_free_all(t->slot->headers);
	t->slot->headers = NULL;
	add_header(t, "Accept: ",
		"application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, "
		"text/html;q=0.8, */*;q=0.5");
	add_header(t, "If-None-Match: ", r->etag);
	add_header(t, "If-Modified-Since: ", r->last_modified);
	for (size_t i = 0; i < r->n_headers && t->home; i++)
		add_header(t, "", r->headers[i]);
}

/* The name and password of the address asked for. */
static void put_user(struct transfer *t)
{
	CURL *c = t->slot->easy;
	char *user = t->home && t->user ? curl_easy_unescape(c, t->user, 0, NULL) : NULL;
	curl_easy_setopt(c, CURLOPT_USERPWD, user); /* NULL forgets the last one's */
	curl_free(user);
}

static bool same_host(struct transfer *t)
{
	struct url a, b;
	if (strcmp(url_host_port(&t->arena, t->url), url_host_port(&t->arena, t->first)) == 0)
		return !span_starts(span_of(t->first), "https:") || span_starts(span_of(t->url), "https:");
	/* the usual step from http to https of one host, default ports */
	url_split(span_of(t->first), &a);
	url_split(span_of(t->url), &b);
	return span_eq(a.host, b.host) && !a.port.n && !b.port.n && span_is(a.scheme, "http") &&
	       span_is(b.scheme, "https");
}

static bool is_allowed(struct transfer *t)
{
	struct url u;
	const char *allow = t->request.allow_host;
	if (!allow)
		return false;
	if (span_is_ci(span_of(allow), url_host_port(&t->arena, t->url)))
		return true;
	/* written without its port: the default port of the scheme */
	url_split(span_of(t->url), &u);
	return !u.port.n && span_is_ci(u.host, allow);
}

void transfer_aim(struct transfer *t)
{
	t->home = same_host(t);
	t->allowed = is_allowed(t);
	t->proxy = proxy_for(&t->fetch->s, t->url);
}

int transfer_start(struct transfer *t, struct slot *s, struct err *e)
{
	CURL *c = s->easy;
	const char *agent = t->request.user_agent;
	t->slot = s;
	t->started_ms = clock_monotonic_ms();
	t->stop = STOP_NONE;
	t->asked = t->met_private = t->head_done = false;
	t->status = 0;
	t->head_bytes = 0;
	t->length = -1;
	t->head_n = 0;
	put_headers(t);
	put_user(t);
	if (curl_easy_setopt(c, CURLOPT_PRIVATE, t) != CURLE_OK ||
		curl_easy_setopt(c, CURLOPT_URL, t->url) != CURLE_OK ||
		curl_easy_setopt(c, CURLOPT_USERAGENT, agent ? agent : t->fetch->s.user_agent) != CURLE_OK ||
		curl_easy_setopt(c, CURLOPT_PROXY, t->proxy ? t->proxy : "") != CURLE_OK ||
		curl_easy_setopt(c, CURLOPT_HTTPHEADER, s->headers) != CURLE_OK ||
		curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, t->robots_of ? "identity" : CODINGS) !=
			CURLE_OK ||
		curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, (long)(t->left_ms > 1 ? t->left_ms : 1)) !=
			CURLE_OK ||
		curl_easy_setopt(c, CURLOPT_WRITEDATA, t) != CURLE_OK ||
		curl_easy_setopt(c, CURLOPT_HEADERDATA, t) != CURLE_OK ||
		curl_easy_setopt(c, CURLOPT_OPENSOCKETDATA, t) != CURLE_OK ||
		curl_easy_setopt(c, CURLOPT_PREREQDATA, t) != CURLE_OK ||
		curl_multi_add_handle(t->fetch->multi, c) != CURLM_OK)
		return err_set(e, ERR_SYSTEM, N_("libcurl cannot be set up"), NULL, NULL);
	return 0;
}

/* --- the request --- */

struct transfer *transfer_new(struct fetch *f, const struct fetch_request *r)
{
	struct transfer *t = xcalloc(1, sizeof *t);
	struct arena *a = &t->arena;
	char *user = NULL;
	t->fetch = f;
	t->request = *r;
	t->request.url = arena_strdup(a, r->url ? r->url : "");
	t->request.etag = arena_strdup(a, r->etag);
	t->request.last_modified = arena_strdup(a, r->last_modified);
	t->request.allow_host = arena_strdup(a, r->allow_host);
	t->request.user_agent = arena_strdup(a, r->user_agent);
	const char **headers = arena_array(a, const char *, r->n_headers + 1);
	for (size_t i = 0; i < r->n_headers; i++)
		headers[i] = arena_strdup(a, r->headers[i]);
	t->request.headers = headers;
	t->first = t->url = url_clean(a, NULL, span_of(t->request.url), &user);
	t->user = user;
	t->only_permanent = true;
	t->left_ms = f->s.timeout * (int64_t)1000;
	return t;
}

void transfer_free(struct transfer *t)
{
	arena_release(&t->arena);
	free(t);
}
