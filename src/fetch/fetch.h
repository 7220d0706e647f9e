/* fetch: URL -> bytes. HTTP(S) only, many at once (libcurl's multi interface), polite per host, and guarded:
 * every hop's address is checked as connected to. Redirects are followed and counted here, not by libcurl.
 * The body is kept exactly as sent (content coding not undone): it is evidence, and unpacking hostile bytes
 * is the worker's business (decode/). */
#ifndef FETCH_FETCH_H
#define FETCH_FETCH_H

#include "base/arena.h"
#include "base/err.h"
#include <poll.h>

struct fetch_settings {
	const char *user_agent; /* required */
	/* For http and for https addresses, as libcurl takes them; NULL: none. The hosts that are asked
	 * directly, with their subdomains, between commas or blanks; "*": all. */
	const char *http_proxy, *https_proxy, *no_proxy;
	int parallel; /* transfers at once; 0: FETCH_PARALLEL */
	int per_host; /* 0: FETCH_PER_HOST */
	int gap_ms;   /* least time between two requests to one host (name and port) */
	int timeout;  /* seconds from connect to last byte, all hops together; 0: FETCH_SECONDS */
	/* Requests in a row that a host did not answer, then the rest of its queue fails unasked. 0:
	 * FETCH_HOST_FAILURES; -1: never. */
	int give_up;
};

struct fetch_request {
	const char *url; /* a name and password in it are sent to that host as Basic, shown nowhere */
	const char *etag, *last_modified; /* validators of the last answer, verbatim; NULL: unconditional */
	/* "host:port" that may lie on a private address: exactly this name and port; or NULL. */
	const char *allow_host;
	/* "Name: value", n_headers of them; sent to the host of `url`, to no other one on the way. */
	const char *const *headers;
	size_t n_headers;
	const char *user_agent; /* NULL: the setting */
	size_t max_bytes;       /* of a longer body these are the answer; 0: BODY_MAX */
	/* Asked only where robots.txt lets "soatin" (RFC 9309), on every hop, no faster than its Crawl-delay.
	 * The file is fetched once in a run for each site. */
	bool robots;
	void *tag; /* the caller's */
};

enum fetch_result {
	FETCH_OK,           /* 2xx with a body (not 206) */
	FETCH_NOT_MODIFIED, /* 304 to a conditional request */
	FETCH_STATUS,       /* another status; err says which and what to do */
	FETCH_REFUSED,      /* the guard: scheme, private address, too many redirects */
	FETCH_DISALLOWED,   /* robots.txt says no: not asked */
	FETCH_FAILED,       /* DNS, TLS, connection, time, endless headers, cut short, empty */
};

/* An answer; everything in it lives until the callback returns. */
struct fetch_answer {
	const struct fetch_request *request;
	enum fetch_result result;
	struct err err; /* set unless FETCH_OK or FETCH_NOT_MODIFIED; where = url */
	int status;     /* HTTP status of the last hop, 0: none */
	/* Of the last hop; safe to print: percent-encoded, without name, password and fragment. */
	const char *url;
	/* Where 301 and 308 alone led, up to the first temporary hop. NULL: nothing is permanent. */
	const char *permanent_url;
	const char *ip;   /* address connected to, "" when none */
	struct span head; /* status line and headers of the last hop, as sent, with the blank line; the body
			     stands right behind it */
	bool cut;         /* body is only the first max_bytes of what there was */
	struct span body; /* as sent; chunking undone, content coding not; of FETCH_STATUS the first 64 KiB */
	/* NULL when not sent or not printable UTF-8. */
	const char *content_type, *content_encoding, *etag, *last_modified;
	int64_t retry_after; /* seconds from now, 0: none; capped at RETRY_AFTER_MAX */
	int64_t max_age;     /* Cache-Control: max-age in seconds, 0 also for no-cache; -1: none */
	int64_t when;        /* seconds UTC, end of the answer */
};

struct fetch;
typedef void fetch_done_fn(const struct fetch_answer *answer, void *ctx);

/* The strings of the settings stay where they are as long as the fetch. */
MUST_USE int fetch_new(
	const struct fetch_settings *s, fetch_done_fn *done, void *ctx, struct fetch **out, struct err *e);
void fetch_free(struct fetch *f); /* running transfers are dropped without a callback */
/* Queues a request; its strings are copied, the request the callback sees is the copy. A bad address is told
 * through the callback. */
void fetch_add(struct fetch *f, const struct fetch_request *r);
size_t fetch_pending(const struct fetch *f); /* queued and running */
/* Works for at most timeout_ms, returns sooner when something happened: a transfer ended (callbacks run
 * inside) or one of the n extra descriptors is ready (their revents are filled). */
MUST_USE int fetch_step(struct fetch *f, struct pollfd *extra, unsigned n, int timeout_ms, struct err *e);

/* Is this the numeric form of an address nobody may be led to: loopback, private, link-local, CGNAT,
 * multicast, reserved, documentation, IPv4-mapped forms of these …? (IANA special-purpose registries)
 * What is no address counts as private. */
bool fetch_address_private(const char *numeric);

#endif
