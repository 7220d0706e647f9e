/* fetch, private: one request over its hops (transfer), what it borrows while it runs (slot), and the queue
 * of each host. */
#ifndef FETCH_FETCH_PRIV_H
#define FETCH_FETCH_PRIV_H

#include "fetch/fetch.h"

#include <curl/curl.h>
#include <netinet/in.h>
#include <stdio.h>

#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"

/* Why we stopped a transfer ourselves. */
enum stop {
	STOP_NONE,
	STOP_PRIVATE, /* the address connected to */
	STOP_HEADERS, /* above the cap */
	STOP_LENGTH,  /* Content-Length is none */
	STOP_LENGTHS, /* two that differ */
	STOP_DISK,    /* the temporary file failed */
	STOP_ENOUGH,  /* the body is longer than is wanted; no fault */
};

/* A libcurl handle with its buffers; taken for one hop. */
struct slot {
	CURL *easy;
	bool busy;
	struct curl_slist *headers;
	struct str answer; /* head and body; of a large body nothing until it is whole */
	FILE *spool;       /* temporary, unlinked: the body so far; NULL: it is in `answer` */
	size_t spooled;    /* bytes in it */
	struct slot *next;
};

struct transfer {
	struct fetch *fetch;
	struct fetch_request request; /* its strings live in the arena */
	struct arena arena;
	struct transfer *next; /* in a queue or the list of landed ones */
	CURLcode landed;       /* how a landed one ended */
	struct host *host;
	struct slot *slot;      /* while running */
	struct site *robots_of; /* it asks for this site's robots.txt; NULL: for what somebody wants */
	bool site_silent;       /* disallowed since the site's robots.txt is not to be had */

	/* the way so far */
	const char *first; /* the address asked for, cleaned; NULL: it is none */
	const char *url;   /* of this hop */
	const char *user;  /* "name:password" of the address asked for, or NULL */
	const char *permanent;
	bool only_permanent; /* every hop so far was 301 or 308 */
	int hops;
	int64_t left_ms, started_ms; /* of the time for all hops */

	/* this hop */
	bool home;         /* to the host first asked */
	bool allowed;      /* may lie on a private address */
	const char *proxy; /* NULL: none */
	enum stop stop;
	bool asked;        /* there was a connection, and the request went out */
	bool met_private;  /* an address was refused */
	int status;        /* by its status line; 0: not seen */
	bool head_done;    /* what comes now is the body or trailers */
	size_t head_n;     /* bytes of the answer that are its head, once it is done */
	size_t head_bytes; /* informational heads, trailers and all */
	int64_t length;    /* Content-Length, -1: none */
};

enum host_state { HOST_IDLE, HOST_READY, HOST_ASLEEP };

struct host {
	struct host *next; /* in the list of ready or of sleeping ones */
	enum host_state state;
	int64_t wakes_ms, asked_ms; /* asked_ms: when its last request began */
	int64_t gap_ms;             /* Crawl-delay, 0: none */
	int running;
	int silent;                     /* requests in a row without an answer */
	struct transfer *first, **last; /* waiting */
};

struct fetch {
	CURLM *multi;
	CURLSH *share;           /* cookies and TLS sessions of this run */
	struct fetch_settings s; /* defaults filled in */
	fetch_done_fn *done;
	void *ctx;

	struct map hosts; /* "name:port" -> struct host */
	struct host *ready, **ready_last, *asleep, **asleep_last;
	struct host *slow;           /* asleep for a Crawl-delay, the first to wake first */
	struct map sites;            /* "scheme://name:port" -> struct site */
	struct transfer *broken;     /* with an address that is none, to be told */
	struct transfer *disallowed; /* by robots.txt, to be told */
	struct slot *slots;          /* free ones */
	VEC(struct slot *) all;
	struct transfer *landed, **landed_last; /* whole, with a spooled body: told one a step */
	size_t pending, waiting;
	int running; /* landed ones, too */
	size_t cookie_bytes;
	unsigned long ended;
	struct curl_waitfd *extra;
	unsigned extra_cap;
};

/* --- fetch.c --- */
void fetch_queue(struct fetch *f, struct transfer *t); /* on the host of t->url, once robots.txt is known */
void host_slow_down(struct fetch *f, struct host *h, int64_t gap_ms);
void transfers_free(struct transfer *list);
void fetch_ended(
	struct fetch *f, struct transfer *t, const struct fetch_answer *a); /* calls back and frees t */

/* --- site.c --- */
/* Has to wait for the site's robots.txt, or may not be asked: then it is kept, and comes back by itself. */
bool site_holds(struct fetch *f, struct transfer *t);
void site_answered(struct fetch *f, struct transfer *t, const struct fetch_answer *a);
void sites_free(struct fetch *f);

/* --- robots.c --- */
struct robots;
struct robots *robots_read(struct span text, const char *token);
void robots_free(struct robots *r);                         /* accepts NULL */
bool robots_allow(const struct robots *r, const char *url); /* NULL: everything */
int64_t robots_delay_ms(const struct robots *r);            /* capped; 0: none */

/* --- transfer.c --- */
struct transfer *transfer_new(struct fetch *f, const struct fetch_request *r);
void transfer_free(struct transfer *t); /* not running */
struct slot *slot_new(struct fetch *f, struct err *e);
void slot_clear(struct slot *s); /* nothing of its answer is left */
void slot_free(struct slot *s);
void transfer_aim(struct transfer *t); /* at t->url: whether it is home, allowed, by a proxy */
MUST_USE int transfer_start(struct transfer *t, struct slot *s, struct err *e);
struct span transfer_head(const struct transfer *t); /* as far as it came */
struct span transfer_body(const struct transfer *t);
void transfer_load(struct transfer *t); /* a spooled body comes back into memory; it may fail as STOP_DISK */

/* --- verdict.c --- */
/* What the end of a hop means: the transfer is queued again for the next hop, or its answer is told. The slot
 * is still held. */
void transfer_judge(struct transfer *t, CURLcode code);
void transfer_give_up(struct transfer *t); /* its host does not answer; not running */
/* The address of this hop is itself a private one: refused without asking anybody, and the only guard when a
 * proxy resolves. */
bool transfer_forbidden(struct transfer *t);
void transfer_refuse(struct transfer *t);   /* forbidden, or no address at all; not running */
void transfer_disallow(struct transfer *t); /* by robots.txt; not running */
bool transfer_silent(const struct transfer *t, CURLcode code); /* the host did not answer at all */

/* --- header.c --- */
struct span header_get(struct span head, const char *name); /* first value, trimmed; p == NULL when absent */
char *header_printable(struct arena *a, struct span value); /* NULL: absent, empty, or not to be printed */
int64_t header_retry_after(struct span value, int64_t now); /* seconds, 0: none; capped */
int64_t header_max_age(struct span value);                  /* of Cache-Control; -1: none */
int header_status(struct span line);                        /* of a status line, 0: it is none */

/* --- address.c --- */
bool sockaddr_private(const struct sockaddr *sa);
/* The host of an address is written as a number, in any form that the system takes ("0177.0.0.1",
 * "2130706433", "[::1]"), or means this machine by its name, and lies where nobody may be led. */
bool host_literally_private(struct span host);
/* Absolute, percent-encoded, http or https, without fragment, name and password; NULL when it cannot be.
 * *user: "name:password", percent-encoded as written, NULL when none; user may be NULL. In the arena. */
char *url_clean(struct arena *a, const char *base, struct span ref, char **user);
char *url_host_port(struct arena *a, const char *url); /* "name:port", lower case, the default port written */

/* --- proxy.c --- */
const char *proxy_for(const struct fetch_settings *s, const char *url); /* NULL: none */

#endif
