/* url: see url.h. Splitting follows the regular expression of RFC 3986, appendix B; resolving follows 5.2.2
 * to 5.3. */
#include "base/url.h"

#include <string.h>

#include "base/limits.h"
#include "base/str.h"

#include "base/banned.h"

static bool alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool scheme_char(char c)
{
	return alpha(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
}

static struct span take_until(struct span *s, const char *stops)
{
	size_t i = s->n;
	for (; *stops; stops++) {
		const char *found = i ? memchr(s->p, *stops, i) : NULL;
		if (found)
			i = (size_t)(found - s->p);
	}
	struct span part = {s->p, i};
	s->p += i;
	s->n -= i;
	return part;
}

static void split_authority(struct span auth, struct url *u)
{
	size_t at = SIZE_MAX;
	for (size_t i = 0; i < auth.n; i++)
		if (auth.p[i] == '@')
			at = i;
	if (at != SIZE_MAX) {
		u->user = span_cut(auth, 0, at);
		auth = (struct span){auth.p + at + 1, auth.n - at - 1};
	}
	size_t colon = SIZE_MAX; /* behind the "]" of an IPv6 address, if there is one */
	for (size_t i = auth.n; i-- > 0 && auth.p[i] != ']';)
		if (auth.p[i] == ':')
			colon = i;
	u->host = auth;
	if (colon != SIZE_MAX) {
		u->port = (struct span){auth.p + colon + 1, auth.n - colon - 1};
		u->host.n = colon;
	}
}

static void split_rest(struct span s, struct url *u)
{
	if (span_starts(s, "//")) {
		s.p += 2;
		s.n -= 2;
		split_authority(take_until(&s, "/?#"), u);
	}
	u->path = take_until(&s, "?#");
	if (s.n && s.p[0] == '?') {
		s.p++;
		s.n--;
		u->query = take_until(&s, "#");
	}
	if (s.n) {
		u->fragment = (struct span){s.p + 1, s.n - 1};
	}
}

bool url_split(struct span s, struct url *out)
{
	size_t i = 0;
	*out = (struct url){0};
	if (s.n && alpha(s.p[0]))
		while (i < s.n && scheme_char(s.p[i]))
			i++;
	bool absolute = i > 0 && i < s.n && s.p[i] == ':';
	if (absolute) {
		out->scheme = (struct span){s.p, i};
		s.p += i + 1;
		s.n -= i + 1;
	}
	split_rest(s, out);
	return absolute;
}

/* What no address may hold: blanks, controls, DEL, quotes and angle brackets, and raw non-ASCII. */
static bool odd(char at)
{
	unsigned char c = (unsigned char)at;
	static const char marks[128] = {['"'] = 1,
		['<'] = 1,
		['>'] = 1,
		['\\'] = 1,
		['^'] = 1,
		['`'] = 1,
		['{'] = 1,
		['|'] = 1,
		['}'] = 1,
		[0x7F] = 1};
	return c <= 0x20 || c >= 0x80 || marks[c];
}

/* Puts s, what is odd percent-encoded. */
static void put_encoded(struct str *out, struct span s)
{
	size_t from = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (!odd(s.p[i]))
			continue;
		str_add(out, span_cut(s, from, i));
		str_addf(out, "%%%02X", (unsigned char)s.p[i]);
		from = i + 1;
	}
	str_add(out, span_cut(s, from, s.n));
}

/* Is it already as it would be put? Nearly all addresses are. */
static bool is_put(struct span s)
{
	size_t host = span_starts(s, "https://") ? 8 : span_starts(s, "http://") ? 7 : 0, i = host;
	while (i < s.n && ((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') ||
				  s.p[i] == '.' || s.p[i] == '-'))
		i++;
	if (!host || i == host || (i < s.n && s.p[i] != '/'))
		return false;
	for (; i < s.n; i++)
		if (odd(s.p[i]) || (s.p[i] == '.' && s.p[i - 1] == '/'))
			return false;
	return true;
}

static void put_lower(struct str *out, struct span s)
{
	size_t from = out->n;
	str_add(out, s);
	for (size_t i = from; i < out->n; i++)
		if (out->p[i] >= 'A' && out->p[i] <= 'Z')
			out->p[i] = (char)(out->p[i] + 32);
}

/* RFC 3986, 5.2.4 on the path that begins at out->p + from. */
static void remove_dots(struct str *out, size_t from)
{
	struct str done;
	str_init(&done, URL_MAX * 4);
	struct span rest = span_cut(str_span(out), from, out->n), part;
	bool rooted = rest.n && rest.p[0] == '/';
	if (!rooted || span_find(rest, SPAN("/."), 0) == SIZE_MAX)
		return;
	rest.p++;
	rest.n--;
	while (span_next(&rest, '/', &part)) {
		bool last = rest.p == NULL;
		if (span_is(part, "..")) {
			while (done.n && done.p[done.n - 1] != '/')
				str_truncate(&done, done.n - 1);
			if (done.n)
				str_truncate(&done, done.n - 1);
		} else if (!span_is(part, ".")) {
			str_addc(&done, '/');
			str_add(&done, part);
			continue;
		}
		if (last)
			str_addc(&done, '/');
	}
	str_truncate(out, from);
	str_add(out, str_span(&done));
	str_release(&done);
}

static void put_path(struct str *out, const struct url *base, const struct url *ref)
{
	size_t from = out->n;
	if (ref->path.n == 0) {
		put_encoded(out, base->path);
	} else if (ref->path.p[0] == '/') {
		put_encoded(out, ref->path);
	} else {
		size_t cut = 0;
		for (size_t i = 0; i < base->path.n; i++)
			if (base->path.p[i] == '/')
				cut = i + 1;
		if (cut)
			put_encoded(out, span_cut(base->path, 0, cut));
		else if (base->host.p)
			str_addc(out, '/');
		put_encoded(out, ref->path);
	}
	remove_dots(out, from);
}

static void put_authority(struct str *out, const struct url *u)
{
	if (!u->host.p)
		return;
	str_adds(out, "//");
	if (u->user.p) {
		put_encoded(out, u->user);
		str_addc(out, '@');
	}
	put_lower(out, u->host);
	if (u->port.n) {
		str_addc(out, ':');
		str_add(out, u->port);
	}
}

char *url_resolve(struct arena *a, const char *base_url, struct span ref)
{
	struct url base = {0}, r;
	struct str out;
	char *result = NULL;
	str_init(&out, URL_MAX * 4);
	ref = span_trim(ref);
	if (!ref.n || ref.n > URL_MAX)
		return NULL;
	if (is_put(ref))
		return arena_dup(a, ref);
	bool absolute = url_split(ref, &r);
	if (base_url && !absolute)
		url_split(span_of(base_url), &base);
	str_room(&out, ref.n + 32);  /* as a rule it is enough */
	if (absolute && !r.host.p) { /* mailto:, javascript:, data: … are kept as they are */
		put_lower(&out, r.scheme);
		str_addc(&out, ':');
		put_encoded(&out, span_cut(ref, r.scheme.n + 1, ref.n));
		goto done;
	}
	struct span scheme = absolute ? r.scheme : base.scheme;
	if (scheme.n) {
		put_lower(&out, scheme);
		str_addc(&out, ':');
	}
	bool own_authority = absolute || r.host.p;
	put_authority(&out, own_authority ? &r : &base);
	if (own_authority) {
		size_t from = out.n;
		put_encoded(&out, r.path);
		remove_dots(&out, from);
	} else {
		put_path(&out, &base, &r);
	}
	struct span query = !own_authority && !r.path.n && !r.query.p ? base.query : r.query;
	if (query.p) {
		str_addc(&out, '?');
		put_encoded(&out, query);
	}
	if (r.fragment.p) {
		str_addc(&out, '#');
		put_encoded(&out, r.fragment);
	}
done:
	if (!out.full && out.n <= URL_MAX)
		result = arena_dup(a, str_span(&out));
	str_release(&out);
	return result;
}

bool url_is_web(const char *url)
{
	struct url u;
	return url && url_split(span_of(url), &u) &&
	       (span_is_ci(u.scheme, "http") || span_is_ci(u.scheme, "https")) && u.host.n > 0;
}

/* Parameters that tell where a reader came from, never which article is meant. */
static bool tracking(struct span param)
{
	static const char *const names[] = {"fbclid", "gclid", "yclid", "msclkid", "dclid", "igshid",
		"mc_cid", "mc_eid", "zarsrc", "at_medium", "at_campaign", "cmpid", "ocid"};
	struct span name = span_cut(param, 0, span_find_byte(param, '=', 0));
	if (span_starts_ci(name, "utm_"))
		return true;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (span_is_ci(name, names[i]))
			return true;
	return false;
}

static void put_query(struct str *out, struct span query)
{
	struct span param;
	char sep = '?';
	while (span_next(&query, '&', &param)) {
		if (!param.n || tracking(param))
			continue;
		str_addc(out, sep);
		str_add(out, param);
		sep = '&';
	}
}

char *url_identity(struct arena *a, const char *url)
{
	struct url u;
	struct str out;
	if (!url_is_web(url))
		return arena_strdup(a, url);
	url_split(span_of(url), &u);
	str_init(&out, URL_MAX * 4);
	str_adds(&out, "https://");
	put_lower(&out, u.host);
	if (u.port.n && !span_is(u.port, "80") && !span_is(u.port, "443")) {
		str_addc(&out, ':');
		str_add(&out, u.port);
	}
	if (u.path.n)
		str_add(&out, u.path);
	else
		str_addc(&out, '/');
	put_query(&out, u.query);
	char *result = arena_dup(a, str_span(&out));
	str_release(&out);
	return result;
}

char *url_host(struct arena *a, const char *url)
{
	struct url u;
	struct str out;
	if (!url || !url_split(span_of(url), &u) || !u.host.n)
		return NULL;
	str_init(&out, URL_MAX);
	put_lower(&out, u.host);
	if (u.port.n) {
		str_addc(&out, ':');
		str_add(&out, u.port);
	}
	char *result = arena_dup(a, str_span(&out));
	str_release(&out);
	return result;
}
