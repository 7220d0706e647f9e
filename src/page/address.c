/* address: the page's own address, as the page gives it. Several are told: rel=canonical, OpenGraph, JSON-LD,
 * links to share it. Copies of an agency's or a sister paper's article name the original as canonical: when
 * two are told on different hosts, the page's own is the host that the page was asked from, else the one that
 * most of its links point to. Part of head.h. */
#include "page/head.h"

#include <string.h>

#include "base/limits.h"
#include "base/str.h"
#include "base/url.h"

#include "base/banned.h"

enum { OWN_LINKS = 5 }; /* fewer do not make a host the page's own */

static const char *web_address(struct arena *a, const char *base, const char *given)
{
	const char *url = given ? url_resolve(a, base ? base : "", span_of(given)) : NULL;
	return url && url_is_web(url) ? url : NULL;
}

static struct span bare_host(struct arena *a, const char *url)
{
	struct span host = span_of(url ? url_host(a, url) : NULL);
	return span_starts(host, "www.") ? span_cut(host, 4, host.n) : host;
}

static size_t links_to(const struct view *v, struct span host)
{
	size_t n = 0;
	for (uint32_t i = 0; host.n && i < v->elements.n; i++) {
		struct span href = v->elements.p[i].tag == VIEW_A ? node_attr(v->elements.p[i].node, "href")
								  : (struct span){NULL, 0};
		size_t at = span_find(span_cut(href, 0, 200), host, 0);
		n += at != SIZE_MAX && at < 24;
	}
	return n;
}

static int hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

static void unescape(struct span s, struct str *out)
{
	str_init(out, URL_MAX);
	for (size_t i = 0; i < s.n; i++) {
		bool coded = s.p[i] == '%' && i + 2 < s.n && hex(s.p[i + 1]) >= 0 && hex(s.p[i + 2]) >= 0;
		str_addc(out, coded ? (char)(hex(s.p[i + 1]) * 16 + hex(s.p[i + 2])) : s.p[i]);
		i += coded ? 2 : 0;
	}
}

/* "…sharer.php?u=https%3A%2F%2F…": the address that is shared. */
static const char *shared_address(struct arena *a, struct span href)
{
	static const char *const ways[] = {
		"sharer", "share?", "/intent/", "sharearticle", "/submit?", "zalo"};
	static const char *const keys[] = {"?u=", "&u=", "?url=", "&url=", "&amp;url=", "?link="};
	bool share = false;
	struct str s = {0};
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
		share = share || span_find_ci(href, ways[i], 0) != SIZE_MAX;
	for (size_t i = 0; share && i < sizeof keys / sizeof *keys; i++) {
		size_t at = span_find(href, span_of(keys[i]), 0);
		if (at == SIZE_MAX)
			continue;
		struct span v = span_cut(href, at + strlen(keys[i]), href.n);
		v = span_cut(v, 0, span_find_byte(v, '&', 0));
		v = span_cut(v, 0, span_find_byte(v, '\'', 0));
		unescape(v, &s);
		const char *url = s.n && !s.full ? arena_dup(a, str_span(&s)) : NULL;
		str_release(&s);
		return url && url_is_web(url) ? url : NULL;
	}
	return NULL;
}

/* Nothing was told: what the page asks its readers to share, what the headline links to. */
static const char *shown_address(struct arena *a, const struct view *v, const char *base, uint32_t headline)
{
	const char *shared = NULL;
	for (uint32_t i = 0; i < v->elements.n; i++) {
		const struct view_element *x = &v->elements.p[i];
		struct span href =
			x->tag == VIEW_A ? span_trim(node_attr(x->node, "href")) : (struct span){NULL, 0};
		if (href.n == 0)
			continue;
		bool title = x->b0 == headline && x->b0 < v->blocks.n && href.p[0] != '#' &&
			     v->blocks.p[headline].link * 10 > v->blocks.p[headline].n * 9;
		const char *url = title ? web_address(a, base, arena_dup(a, href)) : NULL;
		if (url)
			return url;
		if (!shared &&
			(!v->blocks.n || x->b0 >= v->blocks.n || !(v->blocks.p[x->b0].flags & WORD_TEASER)))
			shared = shared_address(a, href);
	}
	return shared;
}

bool head_is_front(const char *url)
{
	struct url u;
	return !url_split(span_of(url), &u) || (u.path.n <= 1 && u.query.n == 0);
}

const char *head_address(
	struct arena *a, const struct view *v, const struct meta *m, const char *asked, uint32_t headline)
{
	const char *given[] = {web_address(a, asked, m->canonical), web_address(a, asked, m->og_url),
		web_address(a, asked, m->other_url)};
	const char *first = given[0] ? given[0] : given[1];
	if (!first && given[2] && !head_is_front(given[2]))
		first = given[2];
	if (!first)
		return shown_address(a, v, asked, headline);
	if (given[0] && head_is_front(given[0]) && given[1] && !head_is_front(given[1]))
		return given[1];
	struct span host = bare_host(a, given[0]), other = bare_host(a, given[1]);
	if (!given[0] || !given[1] || span_eq(host, other) || head_is_front(given[1]))
		return first;
	struct span own = bare_host(a, asked);
	if (own.n)
		return span_eq(own, other) ? given[1] : first;
	size_t n = links_to(v, host);
	return n < OWN_LINKS || links_to(v, other) >= n ? given[1] : first;
}
