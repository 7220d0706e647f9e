/* url: web addresses as RFC 3986 has them, with the repairs that feeds need (white space, raw UTF-8). */
#ifndef BASE_URL_H
#define BASE_URL_H

#include "base/arena.h"

struct url {
	struct span scheme, user, host, port, path, query,
		fragment; /* views into what was split; absent parts have p == NULL */
};

bool url_split(struct span s, struct url *out); /* false when it has no scheme and is thus relative */
/* `ref` against `base` (RFC 3986, 5.2): absolute when base is; blanks trimmed, inner white space and control
 * characters percent-encoded, dot segments removed. In the arena. NULL when longer than URL_MAX or ref is
 * empty. */
char *url_resolve(struct arena *a, const char *base, struct span ref);
bool url_is_web(const char *url); /* http or https with a host */
/* The address as an identity: scheme https, host in lower case, default port dropped, fragment dropped,
 * tracking parameters (utm_*, fbclid, gclid, …) dropped, a bare trailing "?" dropped. In the arena. */
char *url_identity(struct arena *a, const char *url);
/* "host" or "host:port" (port only when written), lower case, in the arena; NULL when there is none. */
char *url_host(struct arena *a, const char *url);

#endif
