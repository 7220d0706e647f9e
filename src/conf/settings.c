/* settings: the configuration file. Everything in it may be left out; what stands there is checked here, so
 * that a wrong address or a slip in a key is told with its line when the program starts and not in the middle
 * of a scan. */
#include "conf/conf.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/limits.h"
#include "base/url.h"

#include "base/banned.h"

enum {
	GAP_MS_DEFAULT =
		1000, /* between two requests to one host; what crawlers that nobody complains about keep */
	GAP_MS_MAX = 600000,
	PER_HOST_MAX = 16,
	TIMEOUT_MAX = 600,  /* seconds */
	ZONE_DEFAULT = 420, /* minutes: the clock of Việt Nam */
	ZONE_HOURS_MAX = 14,
};

static const char *const keys[] = {"places", "language", "zone", "feeds", "rules", "own_places", "queue",
	"archive", "user_agent", "contact", "proxy", "per_host", "gap_ms", "timeout", "robots", "mail", NULL};
static const char *const mail_keys[] = {"from", "to", "smtp", "user", "password_file", NULL};
static const char *const languages[] = {"vi", "en", NULL};

struct loader {
	struct arena *a;
	const char *dir; /* of the file, absolute */
	struct settings *s;
	struct err *e;
};

void settings_default(struct settings *s)
{
	*s = (struct settings){
		.language = "vi",
		.per_host = FETCH_PER_HOST,
		.gap_ms = GAP_MS_DEFAULT,
		.timeout = FETCH_SECONDS,
		.robots = true,
		.zone_minutes = ZONE_DEFAULT,
	};
}

/* ---- values that only this file has ---- */

/* Relative paths count from the folder of the configuration. */
static int path_of(struct loader *l, const struct conf *at, const char **path)
{
	if (*path && span_starts(span_of(*path), "~"))
		return conf_fault(at, l->e, N_("\"~\" is not understood here: write the whole path, not %1"),
			*path, NULL);
	if (*path && **path != '/')
		*path = path_join(l->a, l->dir, *path);
	return 0;
}

static int read_path(struct loader *l, const struct conf *map, const char *key, const char **out)
{
	const char *path = NULL;
	if (conf_text(map, key, &path, l->e) < 0)
		return -1;
	if (path && path_of(l, conf_get(map, key), &path) < 0)
		return -1;
	if (path)
		*out = path;
	return 0;
}

static int read_paths(struct loader *l, const struct conf *map, const char *key, const char ***out, size_t *n)
{
	if (conf_texts(l->a, map, key, out, n, l->e) < 0)
		return -1;
	for (size_t i = 0; i < *n; i++)
		if (path_of(l, conf_get(map, key), &(*out)[i]) < 0)
			return -1;
	return 0;
}

static bool digit_pair(struct span s, size_t at, int *out)
{
	int64_t v;
	struct span pair = span_cut(s, at, at + 2);
	if (pair.n != 2 || pair.p[0] < '0' || pair.p[0] > '9' || !span_to_int64(pair, &v))
		return false;
	*out = (int)v;
	return true;
}

static int read_zone(struct loader *l, const struct conf *map)
{
	const char *text = NULL;
	int h, m;
	if (conf_text(map, "zone", &text, l->e) < 0)
		return -1;
	if (!text)
		return 0;
	struct span s = span_of(text);
	bool good = s.n == 6 && (s.p[0] == '+' || s.p[0] == '-') && s.p[3] == ':' && digit_pair(s, 1, &h) &&
		    digit_pair(s, 4, &m) && h <= ZONE_HOURS_MAX && m < 60;
	if (!good)
		return conf_fault(conf_get(map, "zone"), l->e,
			N_("\"%1\" must be hours and minutes as +07:00, not \"%2\""), "zone", text);
	l->s->zone_minutes = (s.p[0] == '-' ? -1 : 1) * (h * 60 + m);
	return 0;
}

/* What goes into a header of a request or a mail must be one line. */
static int read_line(struct loader *l, const struct conf *map, const char *key, const char **out)
{
	const char *text = NULL;
	if (conf_text(map, key, &text, l->e) < 0)
		return -1;
	if (text && strpbrk(text, "\n\t"))
		return conf_fault(conf_get(map, key), l->e, N_("\"%1\" must be one line"), key, NULL);
	if (text && *text)
		*out = text;
	return 0;
}

static bool address(const char *s)
{
	const char *at = strchr(s, '@');
	return at && at != s && at[1] && !strpbrk(s, " <>,;\n\t") && !strchr(at + 1, '@');
}

static int check_address(struct loader *l, const struct conf *at, const char *s)
{
	if (!s || address(s))
		return 0;
	return conf_fault(at, l->e, N_("not a mail address: %1"), s, NULL);
}

static int read_proxy(struct loader *l, const struct conf *map)
{
	static const char *const schemes[] = {"http://", "https://", "socks5://", "socks5h://"};
	const char *proxy = NULL;
	if (read_line(l, map, "proxy", &proxy) < 0)
		return -1;
	l->s->http_proxy = l->s->https_proxy = proxy;
	if (!proxy)
		return 0;
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
		if (span_starts(span_of(proxy), schemes[i]))
			return 0;
	return conf_fault(conf_get(map, "proxy"), l->e,
		N_("\"%1\" must begin with http://, https://, socks5:// or socks5h://, not \"%2\""), "proxy",
		proxy);
}

/* ---- the parts ---- */

static int read_smtp(struct loader *l, const struct conf *mail)
{
	struct settings *s = l->s;
	if (read_line(l, mail, "smtp", &s->mail.smtp) < 0 || read_line(l, mail, "user", &s->mail.user) < 0)
		return -1;
	struct span at = span_of(s->mail.smtp);
	if (s->mail.smtp && !span_starts(at, "smtp://") && !span_starts(at, "smtps://"))
		return conf_fault(conf_get(mail, "smtp"), l->e,
			N_("\"%1\" must begin with smtp:// or smtps://, not \"%2\""), "smtp", s->mail.smtp);
	if (s->mail.user && !conf_get(mail, "password_file"))
		return conf_fault(conf_get(mail, "user"), l->e,
			N_("\"user\" needs \"password_file\" beside it"), NULL, NULL);
	return read_path(l, mail, "password_file", &s->mail.password_file);
}

static int read_mail(struct loader *l, const struct conf *map)
{
	struct conf *mail = conf_get(map, "mail");
	struct settings *s = l->s;
	if (!mail)
		return 0;
	if (conf_only(mail, mail_keys, l->e) < 0 || read_line(l, mail, "from", &s->mail.from) < 0 ||
		conf_texts(l->a, mail, "to", &s->mail.to, &s->mail.n_to, l->e) < 0)
		return -1;
	if (check_address(l, conf_get(mail, "from"), s->mail.from) < 0)
		return -1;
	const struct conf *to = conf_get(mail, "to");
	const struct conf *item = to && to->kind == CONF_LIST ? to->child : to;
	for (size_t i = 0; i < s->mail.n_to; i++, item = item->next)
		if (check_address(l, item, s->mail.to[i]) < 0)
			return -1;
	return read_smtp(l, mail);
}

static int read_network(struct loader *l, const struct conf *map)
{
	struct settings *s = l->s;
	if (read_line(l, map, "user_agent", &s->user_agent) < 0 ||
		read_line(l, map, "contact", &s->contact) < 0 || read_proxy(l, map) < 0 ||
		conf_int(map, "per_host", 1, PER_HOST_MAX, &s->per_host, l->e) < 0 ||
		conf_int(map, "gap_ms", 0, GAP_MS_MAX, &s->gap_ms, l->e) < 0 ||
		conf_duration(map, "timeout", &s->timeout, l->e) < 0 ||
		conf_bool(map, "robots", &s->robots, l->e) < 0)
		return -1;
	if (s->timeout < 1 || s->timeout > TIMEOUT_MAX)
		return conf_fault(conf_get(map, "timeout"), l->e, N_("\"%1\" must be between 1s and 10m"),
			"timeout", NULL);
	return 0;
}

static int read_settings(struct loader *l, const struct conf *map)
{
	struct settings *s = l->s;
	int language = -1;
	if (conf_only(map, keys, l->e) < 0 ||
		conf_texts(l->a, map, "places", &s->places, &s->n_places, l->e) < 0 ||
		conf_word(map, "language", languages, &language, l->e) < 0)
		return -1;
	s->places_at = conf_get(map, "places");
	if (language >= 0)
		s->language = languages[language];
	if (read_zone(l, map) < 0 || read_paths(l, map, "feeds", &s->feeds, &s->n_feeds) < 0 ||
		read_paths(l, map, "rules", &s->rules, &s->n_rules) < 0 ||
		read_paths(l, map, "own_places", &s->own_places, &s->n_own_places) < 0 ||
		read_path(l, map, "queue", &s->queue) < 0 || read_path(l, map, "archive", &s->archive) < 0)
		return -1;
	return read_network(l, map) < 0 || read_mail(l, map) < 0 ? -1 : 0;
}

/* The folder a file lies in, absolute and without links. */
static const char *folder_of(struct arena *a, const char *path)
{
	char *copy = arena_strdup(a, path), *slash = strrchr(copy, '/');
	if (slash)
		*slash = 0;
	char *whole = realpath(!slash ? "." : *copy ? copy : "/", NULL);
	const char *dir = whole ? arena_strdup(a, whole) : copy;
	free(whole);
	return dir;
}

int settings_load(struct arena *a, const char *path, struct settings *out, struct err *e)
{
	struct conf *map;
	settings_default(out);
	if (conf_load(a, path, &map, e) < 0)
		return -1;
	struct loader l = {.a = a, .dir = folder_of(a, path), .s = out, .e = e};
	if (read_settings(&l, map) < 0)
		return -1;
	out->file = map->file;
	return 0;
}
