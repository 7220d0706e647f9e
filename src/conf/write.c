/* write: a source as it stands in a feeds file, for what adds sources, and the keys of other files that
 * commands write. What is written here, the readers read back equal. */
#include "conf/conf.h"

#include <string.h>

#include "base/str.h"
#include "base/url.h"

#include "base/banned.h"

enum { ID_MAX = 64, KEYS_WIDTH = 2 };

/* Plain where YAML lets it be, else in single quotes; breaks and tabs, which these cannot hold, become
 * blanks. */
static void put_scalar(struct str *out, const char *text)
{
	struct span s = span_trim(span_of(text));
	bool plain = s.n && !strchr("[]{}&*!|>%@`\"'#,?:-~=", s.p[0]) && s.p[s.n - 1] != ':';
	for (size_t i = 0; i < s.n && plain; i++)
		plain = s.p[i] != '\n' && s.p[i] != '\t' && !(s.p[i] == ':' && s.p[i + 1] == ' ') &&
			!(s.p[i] == ' ' && i + 1 < s.n && s.p[i + 1] == '#');
	if (!plain)
		str_addc(out, '\'');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\'' && !plain)
			str_addc(out, '\'');
		str_addc(out, s.p[i] == '\n' || s.p[i] == '\t' ? ' ' : s.p[i]);
	}
	if (!plain)
		str_addc(out, '\'');
}

void conf_write_key(struct str *out, const char *key, const char *text)
{
	if (!text || !*text)
		return;
	str_addf(out, "%*s%s: ", KEYS_WIDTH, "", key);
	put_scalar(out, text);
	str_addc(out, '\n');
}

void source_conf_write(const struct source_conf *x, struct str *out)
{
	str_addf(out, "- id: %s\n", x->id);
	conf_write_key(out, "name", x->name);
	conf_write_key(out, "url", x->url);
	if (x->as && strcmp(x->as, "feed") != 0)
		conf_write_key(out, "as", x->as);
	conf_write_key(out, "links", x->links);
	conf_write_key(out, "kind", x->kind);
	conf_write_key(out, "country", x->country);
	conf_write_key(out, "lang", x->lang);
	conf_write_key(out, "place", x->place);
	conf_write_key(out, "evidence", x->evidence);
	if (!x->enabled)
		conf_write_key(out, "enabled", "false");
	if (x->allow_private)
		conf_write_key(out, "allow_private", "true");
}

/* ---- an id for an address ---- */

static void put_slug(struct str *out, struct span s)
{
	for (size_t i = 0; i < s.n && out->n < ID_MAX; i++) {
		char c = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + 32) : s.p[i];
		bool good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
		if (good)
			str_addc(out, c);
		else if (out->n && out->p[out->n - 1] != '-')
			str_addc(out, '-');
	}
	while (out->n && out->p[out->n - 1] == '-')
		str_truncate(out, out->n - 1);
}

/* Names of files that say nothing but "feed". */
static bool says_nothing(struct span s)
{
	static const char *const names[] = {
		"", "rss", "feed", "feeds", "atom", "index", "home", "xml", "all", "news", "default"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (span_is_ci(s, names[i]))
			return true;
	return false;
}

char *source_id_for(struct arena *a, const char *url)
{
	struct url u;
	struct str s = {0};
	struct span part, last = {0};
	url_split(span_of(url), &u);
	struct span host = span_starts_ci(u.host, "www.") ? span_cut(u.host, 4, u.host.n) : u.host;
	put_slug(&s, host);
	while (span_next(&u.path, '/', &part))
		if (part.n)
			last = part;
	last = span_cut(last, 0, span_find_byte(last, '.', 0));
	if (!says_nothing(last) && s.n < ID_MAX) {
		if (s.n)
			str_addc(&s, '-');
		put_slug(&s, last);
	}
	if (!s.n)
		str_adds(&s, "source");
	char *id = arena_dup(a, str_span(&s));
	str_release(&s);
	return id;
}
