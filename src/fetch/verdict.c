/* verdict: what the end of a hop means. Either another hop, or the answer; and when it is a failure, in words
 * that say what happened and what to do. libcurl's own messages are not used: they may hold what the server
 * sent. */
#include "fetch/fetch_priv.h"

#include <errno.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/limits.h"
#include "base/url.h"

#include "base/banned.h"

/* --- words --- */

struct words {
	int code; /* CURLcode or status */
	enum err_kind kind;
	const char *text, *todo;
};

static const struct words by_code[] = {
	{CURLE_COULDNT_RESOLVE_HOST, ERR_UNAVAIL, N_("the name %1 is not known (DNS)"),
		N_("check the address, then the network and its name server")},
	{CURLE_COULDNT_RESOLVE_PROXY, ERR_UNAVAIL, N_("the name of the proxy is not known (DNS)"),
		N_("check the proxy's address")},
	{CURLE_COULDNT_CONNECT, ERR_UNAVAIL, N_("no connection to %1"), NULL},
	{CURLE_PROXY, ERR_UNAVAIL, N_("the proxy does not let us through to %1"),
		N_("check the proxy's address and its rules")},
	{CURLE_URL_MALFORMAT, ERR_CONF, N_("not a web address"), N_("write it as https://host/path")},
	{CURLE_PARTIAL_FILE, ERR_UNAVAIL, N_("the answer is cut short"), NULL},
	{CURLE_GOT_NOTHING, ERR_UNAVAIL, N_("%1 closed the connection without an answer"), NULL},
	{CURLE_SEND_ERROR, ERR_UNAVAIL, N_("the connection to %1 broke off"), NULL},
	{CURLE_RECV_ERROR, ERR_UNAVAIL, N_("the connection to %1 broke off"), NULL},
	{CURLE_UNSUPPORTED_PROTOCOL, ERR_DATA, N_("the answer is not HTTP"),
		N_("check the address and its port")},
	{CURLE_WEIRD_SERVER_REPLY, ERR_DATA, N_("the answer is not proper HTTP"), NULL},
	{CURLE_HTTP2, ERR_UNAVAIL, N_("the answer is not proper HTTP"), NULL},
	{CURLE_HTTP2_STREAM, ERR_UNAVAIL, N_("the connection to %1 broke off"), NULL},
	{CURLE_SSL_CONNECT_ERROR, ERR_UNAVAIL, N_("no secure connection to %1 (TLS)"), NULL},
	{CURLE_BAD_CONTENT_ENCODING, ERR_DATA, N_("the answer is packed too often, or in a way not known"),
		NULL},
	{CURLE_OUT_OF_MEMORY, ERR_LIMIT, N_("a header line is too long"), NULL}, /* libcurl's word for it */
};

static const struct words by_status[] = {
	{304, ERR_DATA, N_("\"not modified\" (304), though nothing was known before"), NULL},
	{400, ERR_UNAVAIL, N_("the server does not understand the request (400)"), N_("check the address")},
	{401, ERR_UNAVAIL, N_("the server wants a name and password (401)"),
		N_("give them in the source's headers: (Authorization)")},
	{403, ERR_UNAVAIL, N_("the server refuses (403)"),
		N_("ask the site's owner, or leave the source out")},
	{404, ERR_UNAVAIL, N_("not found (404)"), N_("check the address")},
	{407, ERR_UNAVAIL, N_("the proxy wants a name and password (407)"),
		N_("give them in the proxy's address")},
	{410, ERR_UNAVAIL, N_("gone for good (410)"), N_("remove the source")},
	{429, ERR_UNAVAIL, N_("asked too often (429)"), N_("ask this source less often (interval:)")},
	{451, ERR_UNAVAIL, N_("withheld for legal reasons (451)"), NULL},
	{503, ERR_UNAVAIL, N_("the server is out of service for now (503)"), NULL},
};

static const struct words by_stop[] = {
	{STOP_PRIVATE, ERR_DATA, N_("%1 lies on a private address, where no source may lead"),
		N_("if it is yours, allow it for this source (allow_private: true)")},
	{STOP_HEADERS, ERR_LIMIT, N_("the headers are longer than %2 bytes"), NULL},
	{STOP_LENGTH, ERR_DATA, N_("the Content-Length is not a length"), NULL},
	{STOP_LENGTHS, ERR_DATA, N_("two lengths that differ"), NULL},
	{STOP_DISK, ERR_IO, N_("the answer cannot be kept in a temporary file"),
		N_("see whether the disk that holds /tmp is full")},
};

static const struct words *find(const struct words *w, size_t n, int code)
{
	for (size_t i = 0; i < n; i++)
		if (w[i].code == code)
			return &w[i];
	return NULL;
}
#define FIND(table, code) find((table), sizeof(table) / sizeof *(table), (int)(code))

static void say(struct err *e, const struct words *w, const char *a, const char *b)
{
	static const struct words other = {
		0, ERR_UNAVAIL, N_("the transfer from %1 failed (libcurl error %2)"), NULL};
	if (!w)
		w = &other;
	err_set(e, w->kind, w->text, a, b);
	if (w->todo)
		err_todo(e, w->todo);
}

static const char *number(struct arena *a, int64_t n)
{
	return arena_printf(a, "%lld", (long long)n);
}

/* --- failures --- */

static void say_certificate(CURL *c, struct err *e, const char *host)
{
	enum {
		X509_EXPIRED = 10,
		X509_SELF_SIGNED = 18,
		X509_SELF_SIGNED_IN_CHAIN = 19
	}; /* OpenSSL's X509_V_ERR_… */
	long why = 0;
	curl_easy_getinfo(c, CURLINFO_SSL_VERIFYRESULT, &why);
	if (why == X509_EXPIRED)
		err_set(e, ERR_UNAVAIL, N_("the certificate of %1 has expired (TLS)"), host, NULL);
	else if (why == X509_SELF_SIGNED || why == X509_SELF_SIGNED_IN_CHAIN)
		err_set(e, ERR_UNAVAIL, N_("the certificate of %1 is signed by nobody we trust (TLS)"), host,
			NULL);
	else
		err_set(e, ERR_UNAVAIL, N_("the certificate of %1 is not valid for it, or not trusted (TLS)"),
			host, NULL);
	err_todo(e, N_("check the address; nothing is read from a server that cannot prove who it is"));
}

static void say_time(const struct transfer *t, struct err *e, const char *host, struct arena *a)
{
	if (!t->asked)
		err_set(e, ERR_UNAVAIL, N_("no connection to %1 in time"), host, NULL);
	else if (!t->status)
		err_set(e, ERR_UNAVAIL, N_("%1 did not answer in time"), host, NULL);
	else
		err_set(e, ERR_UNAVAIL,
			N_("the answer did not end in time: timed out, or slower than %2 bytes a second"),
			host, number(a, FETCH_LOW_SPEED));
}

/* The number that the words may name: the limit, or libcurl's error. */
static const char *limit_of(const struct transfer *t, struct arena *a, CURLcode code)
{
	return number(a, t->stop == STOP_HEADERS ? HEADERS_MAX : (int64_t)code);
}

static void say_connect(const struct transfer *t, struct err *e, const char *host)
{
	long sys = 0;
	curl_easy_getinfo(t->slot->easy, CURLINFO_OS_ERRNO, &sys);
	e->sys = (int)sys;
	if (t->proxy) {
		err_set(e, ERR_UNAVAIL, N_("no connection to %1 by the proxy"), host, NULL);
		err_todo(e, N_("check the proxy's address and its rules"));
	} else if (sys == ECONNREFUSED) {
		err_set(e, ERR_UNAVAIL, N_("%1 refused the connection"), host, NULL);
		e->sys = 0; /* the same again */
	} else {
		say(e, FIND(by_code, CURLE_COULDNT_CONNECT), host, NULL);
	}
}

/* libcurl has one code for a connection that broke, for chunks that are none and for a proxy that says no;
 * the system has an error only for the first. */
static CURLcode told_apart(const struct transfer *t, CURLcode code)
{
	long sys = 0, by_proxy = 0;
	curl_easy_getinfo(t->slot->easy, CURLINFO_OS_ERRNO, &sys);
	curl_easy_getinfo(t->slot->easy, CURLINFO_HTTP_CONNECTCODE, &by_proxy);
	if (code == CURLE_RECV_ERROR && !t->asked && by_proxy >= 300)
		return CURLE_PROXY;
	return code == CURLE_RECV_ERROR && !sys && t->head_done ? CURLE_WEIRD_SERVER_REPLY : code;
}

static enum fetch_result say_failure(struct transfer *t, CURLcode code, struct err *e)
{
	struct arena *a = &t->arena;
	const char *host = url_host(a, t->url);
	code = told_apart(t, code);
	bool refused = t->stop == STOP_PRIVATE || (t->met_private && code == CURLE_COULDNT_CONNECT);
	const struct words *w = t->stop ? FIND(by_stop, t->stop) : FIND(by_code, code);
	if (refused)
		say(e, FIND(by_stop, STOP_PRIVATE), host, NULL);
	else if (!t->stop && code == CURLE_OPERATION_TIMEDOUT)
		say_time(t, e, host, a);
	else if (!t->stop && (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CERTPROBLEM))
		say_certificate(t->slot->easy, e, host);
	else if (!t->stop && code == CURLE_COULDNT_CONNECT)
		say_connect(t, e, host);
	else
		say(e, w, host, limit_of(t, a, code));
	return refused ? FETCH_REFUSED : FETCH_FAILED;
}

/* --- redirects --- */

static bool redirects(int status)
{
	return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

static enum fetch_result refuse(struct err *e, enum err_kind kind, const char *text, const char *arg)
{
	err_set(e, kind, text, arg, NULL);
	err_todo(e, N_("check the address"));
	return FETCH_REFUSED;
}

/* Where the answer leads: t->url moves there (FETCH_OK), or it may not be followed. */
static enum fetch_result next_hop(struct transfer *t, struct err *e)
{
	struct arena *a = &t->arena;
	struct span where = header_get(transfer_head(t), "Location");
	if (!where.n) {
		err_set(e, ERR_DATA, N_("a redirect (%1) that does not say where to"), number(a, t->status),
			NULL);
		return FETCH_STATUS;
	}
	if (++t->hops > REDIRECTS_MAX)
		return refuse(e, ERR_LIMIT, N_("more than %1 redirects"), number(a, REDIRECTS_MAX));
	const char *to = url_clean(a, t->url, where, NULL);
	if (!to)
		return refuse(e, ERR_DATA,
			N_("redirected to what is no http or https address, or too long a one"), NULL);
	t->only_permanent = t->only_permanent && (t->status == 301 || t->status == 308);
	if (t->only_permanent)
		t->permanent = to;
	t->url = to;
	t->left_ms -= clock_monotonic_ms() - t->started_ms;
	return FETCH_OK;
}

/* --- the answer --- */

static void fill(struct transfer *t, struct fetch_answer *out)
{
	struct arena *a = &t->arena;
	struct span head = transfer_head(t);
	out->status = t->status;
	out->head = head;
	out->body = transfer_body(t);
	out->content_type = header_printable(a, header_get(head, "Content-Type"));
	out->content_encoding = header_printable(a, header_get(head, "Content-Encoding"));
	out->etag = header_printable(a, header_get(head, "ETag"));
	out->last_modified = header_printable(a, header_get(head, "Last-Modified"));
	out->retry_after = header_retry_after(header_get(head, "Retry-After"), out->when);
	out->max_age = header_max_age(header_get(head, "Cache-Control"));
}

static enum fetch_result say_status(struct transfer *t, struct fetch_answer *out)
{
	const struct words *w = FIND(by_status, t->status);
	const char *status = number(&t->arena, t->status);
	if (w)
		say(&out->err, w, status, NULL);
	else
		err_set(&out->err, ERR_UNAVAIL,
			t->status >= 500 ? N_("the server has a fault of its own (%1)")
					 : N_("answered with status %1"),
			status, NULL);
	return FETCH_STATUS;
}

static enum fetch_result classify(struct transfer *t, struct fetch_answer *out)
{
	const struct fetch_request *r = &t->request;
	if (t->status == 304 && (r->etag || r->last_modified))
		return FETCH_NOT_MODIFIED;
	if (t->status < 200 || t->status >= 300 || t->status == 206)
		return say_status(t, out);
	if (!out->body.n) {
		err_set(&out->err, ERR_DATA, N_("the answer is empty"), NULL, NULL);
		return FETCH_FAILED;
	}
	return FETCH_OK;
}

static void begin(struct transfer *t, struct fetch_answer *out)
{
	*out = (struct fetch_answer){.request = &t->request,
		.url = t->url ? t->url : "",
		.permanent_url = t->permanent,
		.ip = "",
		.max_age = -1,
		.when = clock_now()};
}

static void tell(struct transfer *t, struct fetch_answer *out)
{
	if (out->err.kind)
		err_at(&out->err, t->first ? t->first : "", 0, 0);
	fetch_ended(t->fetch, t, out);
}

void transfer_judge(struct transfer *t, CURLcode code)
{
	struct fetch_answer out;
	struct err e = {0};
	char *ip = NULL;
	bool enough = t->stop == STOP_ENOUGH, page_matters = t->status < 300;
	begin(t, &out);
	out.cut = enough && page_matters;
	/* The status says it all, whatever became of the page under it. */
	if (enough || (t->head_done && !page_matters && !t->stop)) {
		t->stop = STOP_NONE;
		code = CURLE_OK;
	}
	curl_easy_getinfo(t->slot->easy, CURLINFO_PRIMARY_IP, &ip);
	if (ip && !t->met_private)
		out.ip = arena_strdup(&t->arena, ip);
	if (code == CURLE_OK && !t->stop && redirects(t->status)) {
		out.result = next_hop(t, &e);
		if (out.result == FETCH_OK) {
			fetch_queue(t->fetch, t);
			return;
		}
		fill(t, &out);
		out.err = e;
	} else if (code == CURLE_OK && !t->stop && t->head_done) {
		fill(t, &out);
		out.result = classify(t, &out);
	} else {
		out.status = t->status;
		out.result = say_failure(t, code == CURLE_OK ? CURLE_UNSUPPORTED_PROTOCOL : code, &out.err);
	}
	tell(t, &out);
}

bool transfer_silent(const struct transfer *t, CURLcode code)
{
	return !t->status && !t->met_private &&
	       (code == CURLE_OPERATION_TIMEDOUT || code == CURLE_COULDNT_CONNECT ||
		       code == CURLE_COULDNT_RESOLVE_HOST);
}

void transfer_give_up(struct transfer *t)
{
	struct fetch_answer out;
	begin(t, &out);
	out.result = FETCH_FAILED;
	err_set(&out.err, ERR_UNAVAIL, N_("not asked: %1 has not answered %2 times in a row"),
		url_host(&t->arena, t->url), number(&t->arena, t->fetch->s.give_up));
	tell(t, &out);
}

bool transfer_forbidden(struct transfer *t)
{
	struct url u;
	return t->url && !t->allowed && url_split(span_of(t->url), &u) && host_literally_private(u.host);
}

void transfer_refuse(struct transfer *t)
{
	struct fetch_answer out;
	begin(t, &out);
	if (t->url) {
		out.result = FETCH_REFUSED;
		say(&out.err, FIND(by_stop, STOP_PRIVATE), url_host(&t->arena, t->url), NULL);
	} else {
		out.result = FETCH_FAILED;
		say(&out.err, FIND(by_code, CURLE_URL_MALFORMAT), NULL, NULL);
	}
	tell(t, &out);
}

void transfer_disallow(struct transfer *t)
{
	struct fetch_answer out;
	const char *host = url_host(&t->arena, t->url);
	begin(t, &out);
	out.result = t->site_silent ? FETCH_FAILED : FETCH_DISALLOWED;
	if (t->site_silent)
		err_set(&out.err, ERR_UNAVAIL, N_("not asked: %1 does not give its robots.txt"), host, NULL);
	else
		err_set(&out.err, ERR_DATA, N_("not asked: robots.txt of %1 does not allow it"), host, NULL);
	err_todo(&out.err, N_("if you may all the same, set robots: false for this source"));
	tell(t, &out);
}
