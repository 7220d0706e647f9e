/* digest_mail: sends the digest, to each recipient once per day (or per part of a day, when the period is
 * shorter). What was begun and what was taken stands in the queue, by recipient: the Message-ID is stored
 * before anything is sent, and a recipient is marked when the server has taken the mail. So a run that was
 * killed or turned away is repeated with the same mail, and only to those who lack it. */
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "cli/cli.h"
#include "cli/digest.h"

#include "base/banned.h"

enum { DAY = 86400, HOUR = 3600, ID_DIGITS = 20, PASSWORD_MAX = 4096 };

static int lacking(struct digest_run *r, const char *key, struct err *e)
{
	err_set(e, ERR_CONF, N_("no %1 in the configuration"), key, NULL);
	err_todo(e, N_("add it under mail: in the configuration file, soatin-config(5)"));
	return err_at(e, cli_config_path(r->c), 0, 0);
}

int digest_addresses(struct digest_run *r, struct err *e)
{
	const struct settings *s = &r->c->settings;
	r->from = s->mail.from;
	if (!r->from)
		return lacking(r, "mail.from", e);
	if (!r->to.n)
		r->to = (struct texts){s->mail.to, s->mail.n_to};
	if (!r->to.n)
		return lacking(r, "mail.to", e);
	for (size_t i = 0; i < r->to.n; i++)
		if (!mail_address_ok(r->to.p[i]))
			return err_set(e, ERR_USAGE, N_("\"%1\" is no mail address"), r->to.p[i], NULL);
	if (!mail_address_ok(r->from))
		return err_set(e, ERR_CONF, N_("\"%1\" is no mail address"), r->from, NULL);
	return 0;
}

static void put_day(const struct digest_run *r, struct str *s, const char *format)
{
	struct civil t = civil_from(r->c->now, r->d.zone_minutes);
	str_addf(s, format, (int)t.year, t.month, t.day);
}

const char *digest_new_id(struct digest_run *r)
{
	char hex[SHA256_HEX + 1], host[256] = "";
	struct str s = {0};
	gethostname(host, sizeof host - 1);
	str_addf(&s, "%s\n%s\n%lld\n%lld\n%ld", host, cli_queue_path(r->c), (long long)clock_now(),
		(long long)clock_monotonic_ms(), (long)getpid());
	sha256_hex(str_span(&s), hex);
	str_clear(&s);
	put_day(r, &s, "%04d%02d%02d.");
	str_addf(&s, "%.*s%s", ID_DIGITS, hex, strrchr(r->from, '@'));
	const char *id = arena_dup(&r->c->arena, str_span(&s));
	str_release(&s);
	return id;
}

/* Which mail this is: the day, the part of it when the period is shorter than a day, the recipient. */
static const char *mail_key(struct digest_run *r, const char *to)
{
	int64_t length = r->d.now - r->d.since, into = (r->c->now + r->d.zone_minutes * 60) % DAY;
	struct str s = {0};
	length = length < HOUR ? HOUR : length;
	put_day(r, &s, "digest %04d-%02d-%02d");
	str_addf(&s, "/%lld %s", length >= DAY ? 0LL : (long long)(into / length), to);
	if (r->again)
		str_addf(&s, " again %s", digest_new_id(r));
	const char *key = arena_dup(&r->c->arena, str_span(&s));
	str_release(&s);
	return key;
}

/* Recipients still to be served, with their keys and the one Message-ID of the mail. */
struct sending {
	const char **to, **key;
	bool *refused;
	size_t n;
	const char *id;
};

static int begin(struct digest_run *r, struct sending *m, struct err *e)
{
	struct arena *a = &r->c->arena;
	m->to = arena_array(a, const char *, r->to.n);
	m->key = arena_array(a, const char *, r->to.n);
	m->refused = arena_array(a, bool, r->to.n);
	m->id = digest_new_id(r);
	for (size_t i = 0; i < r->to.n; i++) {
		const char *key = mail_key(r, r->to.p[i]), *stored = NULL;
		bool sent = false;
		for (size_t k = 0; k < i && !sent; k++)
			sent = strcmp(r->to.p[k], r->to.p[i]) == 0; /* named twice */
		if (sent)
			continue;
		if (queue_mail_begin(r->queue, key, m->id, r->c->now, &sent, &stored, a, e) < 0)
			return -1;
		if (stored)
			m->id = stored;
		if (sent)
			continue;
		m->to[m->n] = r->to.p[i];
		m->key[m->n++] = key;
	}
	return 0;
}

static int read_password(struct digest_run *r, const char **out, struct err *e)
{
	const char *file = r->c->settings.mail.password_file;
	struct span s;
	*out = NULL;
	if (!r->c->settings.mail.user || !file)
		return 0;
	if (file_read(&r->c->arena, file, PASSWORD_MAX, &s, e) < 0)
		return -1;
	s = span_cut(s, 0, span_find_byte(s, '\n', 0)); /* its first line */
	*out = arena_dup(&r->c->arena, span_trim(s));
	return 0;
}

static int deliver(struct digest_run *r, const struct sending *m, struct err *e)
{
	const struct settings *set = &r->c->settings;
	const struct digest_mail head = {r->from, r->to.p, r->to.n, m->id};
	struct smtp smtp = {.url = set->mail.smtp,
		.user = set->mail.user,
		.from = r->from,
		.to = m->to,
		.n_to = m->n,
		.refused = m->refused};
	struct str s = {0};
	if (read_password(r, &smtp.password, e) < 0)
		return -1;
	digest_mime(&r->d, &head, &s);
	int rc = smtp_send(&smtp, str_span(&s), e);
	str_release(&s);
	return rc;
}

int digest_send(struct digest_run *r, struct err *e)
{
	struct sending m = {0};
	struct err marking = {0};
	if (digest_addresses(r, e) < 0)
		return -1;
	if (!r->c->settings.mail.smtp)
		return lacking(r, "mail.smtp", e);
	if (begin(r, &m, e) < 0)
		return -1;
	if (!m.n) {
		say(r->c, N_("this digest was sent already; --again sends it once more"), NULL, NULL);
		return EXIT_OK;
	}
	int rc = deliver(r, &m, e);
	for (size_t i = 0; rc >= 0 && i < m.n; i++)
		if (!m.refused[i] && queue_mail_sent(r->queue, m.key[i], r->c->now, &marking) < 0)
			return say_err(r->c, NULL, &marking);
	if (rc <= 0)
		return rc;
	say_err(r->c, NULL, e);
	return EXIT_SOME;
}
