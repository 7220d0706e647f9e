/* proxy: which proxy a request goes through. libcurl could read the environment itself, but the guard must
 * know: the address that is connected to is then the proxy's, which may be private and is the operator's own
 * choice. So it is decided here, and libcurl is told. */
#include "fetch/fetch_priv.h"

#include "base/url.h"

#include "base/banned.h"

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

const char *proxy_for(const struct fetch_settings *s, const char *url)
{
	struct url u;
	struct span list = span_of(s->no_proxy), part, item;
	if (!url_split(span_of(url), &u))
		return NULL;
	struct span host = u.host;
	if (host.n >= 2 && host.p[0] == '[')
		host = span_cut(host, 1, host.n - 1);
	while (span_next(&list, ',', &part))
		while (span_next(&part, ' ', &item))
			if (names(span_trim(item), host))
				return NULL;
	return span_is_ci(u.scheme, "https") ? s->https_proxy : s->http_proxy;
}
