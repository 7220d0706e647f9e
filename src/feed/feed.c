/* feed: see feed.h. What the bytes begin with says which reader they go to; the Content-Type, wrong too
 * often, is not asked. */
#include "feed/feed_priv.h"

#include <string.h>

#include "base/i18n.h"
#include "base/url.h"
#include "markup/markup.h"

#include "base/banned.h"

enum { HEAD = 65536, OFFERS_MAX = 50 };

/* <link rel="alternate" type="application/rss+xml" href> and its kin. */
static bool offers_feed(const struct node *n)
{
	static const char *const types[] = {"application/rss+xml", "application/atom+xml",
		"application/rdf+xml", "application/feed+json", "application/json", "text/xml",
		"application/xml"};
	struct span type = span_trim(node_attr(n, "type")), rel = node_attr(n, "rel");
	if (!node_is(n, "link") || span_find_ci(rel, "alternate", 0) == SIZE_MAX ||
		span_find_ci(rel, "stylesheet", 0) != SIZE_MAX)
		return false;
	type = span_trim(span_cut(type, 0, span_find_byte(type, ';', 0)));
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (span_is_ci(type, types[i]))
			return true;
	return false;
}

const char **feed_discover(struct arena *a, struct span utf8_html, const char *base, size_t *n)
{
	const char **found = arena_array(a, const char *, OFFERS_MAX + 1);
	struct node *root = NULL;
	struct report rep = {0};
	struct err e = {0};
	*n = 0;
	if (markup_html(a, utf8_html, &root, &rep, &e) == 0) {
		for (const struct node *x = root; x && *n < OFFERS_MAX; x = node_after(x, root)) {
			if (node_is(x, "base") && node_attr(x, "href").n)
				base = url_resolve(a, base, node_attr(x, "href"));
			const char *url = offers_feed(x) ? url_resolve(a, base, node_attr(x, "href")) : NULL;
			for (size_t i = 0; url && i < *n; i++)
				if (strcmp(found[i], url) == 0)
					url = NULL;
			if (url)
				found[(*n)++] = url;
		}
	}
	report_release(&rep);
	return found;
}

/* A page, by its first element; what a doctype says is believed only of what is no feed. */
static bool looks_html(struct span s)
{
	static const char *const feeds[] = {"<?xml", "<rss", "<feed", "<rdf:"};
	bool html = false;
	for (;;) { /* comments may stand before it */
		s = span_trim(s);
		bool comment = span_starts(s, "<!--"), doctype = span_starts_ci(s, "<!doctype html");
		size_t end = comment   ? span_find(s, SPAN("-->"), 4)
			     : doctype ? span_find_byte(s, '>', 0)
				       : SIZE_MAX;
		html |= doctype;
		if (end == SIZE_MAX)
			break;
		s = span_cut(s, end + (comment ? 3 : 1), s.n);
	}
	for (size_t i = 0; i < sizeof feeds / sizeof *feeds; i++)
		html = html && !span_starts_ci(s, feeds[i]);
	return html || span_starts_ci(s, "<html") || span_starts_ci(s, "<head");
}

/* A plain list of addresses, one a line; "#" begins a remark. */
static bool looks_list(struct span s)
{
	struct span line;
	size_t n = 0;
	while (span_next(&s, '\n', &line)) {
		line = span_trim(line);
		if (!line.n || line.p[0] == '#')
			continue;
		if (!(span_starts_ci(line, "http://") || span_starts_ci(line, "https://")))
			return false;
		for (size_t i = 0; i < line.n; i++)
			if ((unsigned char)line.p[i] <= ' ' || line.p[i] == '<')
				return false;
		n++;
	}
	return n > 0;
}

static void read_list(struct making *m, struct span s)
{
	struct parts entry = {0};
	struct span line;
	m->out->format = "list";
	for (m->place = (struct markup_place){1, 1}; span_next(&s, '\n', &line); m->place.line++) {
		line = span_trim(line);
		char *url = line.n && line.p[0] != '#' ? feed_address(m, m->hints->url, line) : NULL;
		if (!url)
			continue;
		parts_clear(&entry);
		entry.place = m->place;
		parts_put(&entry, SLOT_LINK, span_of(url), 1, FORM_PLAIN);
		if (!making_add(m, &entry))
			break;
	}
	parts_release(&entry);
}

/* Up to the end of the last whole line. */
static struct span whole_lines(struct span s)
{
	while (s.n && s.p[s.n - 1] != '\n')
		s.n--;
	return s;
}

static void not_a_feed(struct arena *a, struct span utf8, const char *base, struct err *e)
{
	size_t n;
	const char **found = feed_discover(a, utf8, base, &n);
	err_clear(e);
	err_set(e, ERR_DATA, N_("an HTML page, not a feed"), n ? found[0] : NULL, NULL);
	if (n)
		err_todo(e, N_("the page names this feed: %1"));
}

static int nothing_whole(struct arena *a, size_t cut_at, struct err *e)
{
	err_clear(e);
	err_set(e, ERR_LIMIT, N_("too big, more than %2 bytes, and no whole article in its beginning"), NULL,
		arena_printf(a, "%zu", cut_at));
	return err_todo(e, N_("raise max_bytes for this source, or follow a feed of one section instead"));
}

int feed_read(struct arena *a, struct span utf8, const struct feed_hints *h, struct feed *out,
	struct report *rep, struct err *e)
{
	struct making m = {.a = a, .hints = h, .rep = rep, .out = out};
	struct span s = span_trim(utf8), lines = h->cut_at ? whole_lines(utf8) : utf8;
	int rc = -1;
	*out = (struct feed){0};
	if (!s.n)
		return err_set(e, ERR_DATA, N_("empty: no feed, no page"), NULL, NULL);
	bool json = s.p[0] == '{' || s.p[0] == '[', page = looks_html(s);
	if (!page && looks_list(lines)) {
		read_list(&m, lines);
		out->partial = h->cut_at > 0;
		rc = 0;
	} else if (!page) {
		rc = json ? feed_json(&m, utf8, e) : feed_xml(&m, utf8, e);
		page = rc < 0 && !json && e->kind == ERR_DATA &&
		       span_find_ci(span_cut(s, 0, HEAD), "<html", 0) != SIZE_MAX;
	}
	bool none = rc == 0 ? out->partial && !m.entries.n : e->kind == ERR_DATA;
	if (page)
		not_a_feed(a, utf8, h->url, e);
	else if (h->cut_at && none)
		rc = nothing_whole(a, h->cut_at, e);
	else if (rc == 0)
		making_finish(&m);
	making_release(&m);
	return rc;
}
