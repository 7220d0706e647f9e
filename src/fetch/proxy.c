/* proxy: which proxy a request goes through. libcurl could read the environment itself, but the guard must
 * know: the address that is connected to is then the proxy's, which may be private and is the operator's own
 * choice. So the same variables are read here, once, and libcurl is told. Lower case only for http_proxy,
 * since a CGI client could set HTTP_PROXY. */
#define ALLOW_GETENV
#include "fetch/fetch_priv.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/url.h"

#include "base/banned.h"

struct proxies {
	char *http, *https;
	char *none; /* hosts asked directly: names, with their subdomains; "*": all */
};

static const char *env(const char *a, const char *b)
{
	const char *v = getenv(a);
	if (!v && b)
		v = getenv(b);
	return v && *v ? v : NULL;
}

struct proxies *proxies_new(const char *setting)
{
	struct proxies *p = xcalloc(1, sizeof *p);
	if (setting) {
		p->http = xstrdup(*setting ? setting : NULL);
		p->https = xstrdup(*setting ? setting : NULL);
		return p;
	}
	const char *all = env("all_proxy", "ALL_PROXY"), *http = env("http_proxy", NULL),
		   *https = env("https_proxy", "HTTPS_PROXY");
	p->http = xstrdup(http ? http : all);
	p->https = xstrdup(https ? https : all);
	p->none = xstrdup(env("no_proxy", "NO_PROXY"));
	return p;
}

void proxies_free(struct proxies *p)
{
	if (!p)
		return;
	free(p->http);
	free(p->https);
	free(p->none);
	free(p);
}

static bool names(struct span entry, struct span host)
{
	if (span_is(entry, "*"))
		return true;
	while (entry.n && entry.p[0] == '.')
		entry = span_cut(entry, 1, entry.n);
	if (!entry.n || entry.n > host.n)
		return false;
	struct span tail = span_cut(host, host.n - entry.n, host.n);
	for (size_t i = 0; i < entry.n; i++)
		if ((entry.p[i] | 0x20) != (tail.p[i] | 0x20))
			return false;
	return host.n == entry.n || host.p[host.n - entry.n - 1] == '.';
}

const char *proxy_for(const struct proxies *p, const char *url)
{
	struct url u;
	struct span list = span_of(p->none), part, item;
	if (!url_split(span_of(url), &u))
		return NULL;
	struct span host = u.host;
	if (host.n >= 2 && host.p[0] == '[')
		host = span_cut(host, 1, host.n - 1);
	while (span_next(&list, ',', &part))
		while (span_next(&part, ' ', &item))
			if (names(span_trim(item), host))
				return NULL;
	return span_is_ci(u.scheme, "https") ? p->https : p->http;
}
