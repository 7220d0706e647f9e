/* smtp: hands a finished message to a mail server, by libcurl, which only sends it. The one thing libcurl
 * does not tell is which recipients were refused: with CURLOPT_MAIL_RCPT_ALLLOWFAILS one refused of two still
 * ends as CURLE_OK. So the dialogue is read along: each RCPT TO that goes out, and the answer that comes
 * after it. */
#include "digest/digest.h"

#include <curl/curl.h>
#include <string.h>

#include "base/i18n.h"
#include "base/url.h"
#include "base/vec.h"

#include "base/banned.h"

enum { SECONDS = 30, ANSWER_MAX = 200, MAIL_URL_MAX = 1024 };

#if LIBCURL_VERSION_NUM >= 0x080200
#define RCPT_ALLOW_FAILS CURLOPT_MAIL_RCPT_ALLOWFAILS
#else
#define RCPT_ALLOW_FAILS CURLOPT_MAIL_RCPT_ALLLOWFAILS
#endif

struct dialogue {
	struct span message;
	size_t at; /* of message, read so far */
	const struct smtp *s;
	size_t asked; /* RCPT TO commands so far: recipient asked - 1 is being answered */
	bool answering;
	struct str refused; /* addresses, ", " between */
	struct str answer;  /* the last refusal, or the last line with a code of 400 and above */
	size_t n_refused, n_later;
};

static size_t give(char *to, size_t size, size_t n, void *ctx)
{
	struct dialogue *t = ctx;
	size_t room = size * n, left = t->message.n - t->at;
	size_t take = left < room ? left : room;
	memcpy(to, t->message.p + t->at, take);
	t->at += take;
	return take;
}

static size_t drop(char *p, size_t size, size_t n, void *ctx)
{
	(void)p;
	(void)ctx;
	return size * n;
}

/* One line of the server. "250-…" is followed by more. */
static void heard(struct dialogue *t, struct span l)
{
	int64_t code = 0;
	l = span_trim(l);
	if (l.n < 3 || !span_to_int64(span_cut(l, 0, 3), &code))
		return;
	if (code >= 400) {
		str_clear(&t->answer);
		show_safe(&t->answer, l, true);
	}
	if (!t->answering || (l.n > 3 && l.p[3] == '-'))
		return;
	t->answering = false;
	if (code < 400 || t->asked == 0 || t->asked > t->s->n_to)
		return;
	str_adds(&t->refused, t->n_refused++ ? ", " : "");
	show_safe(&t->refused, span_of(t->s->to[t->asked - 1]), true);
	t->n_later += code < 500;
	if (t->s->refused)
		t->s->refused[t->asked - 1] = true;
}

static int overhear(CURL *c, curl_infotype type, char *data, size_t n, void *ctx)
{
	struct dialogue *t = ctx;
	struct span s = {data, n}, l;
	(void)c;
	if (type == CURLINFO_HEADER_OUT) {
		t->answering = span_starts_ci(s, "RCPT TO:");
		t->asked += t->answering;
	} else if (type == CURLINFO_HEADER_IN) {
		while (span_next(&s, '\n', &l))
			heard(t, l);
	}
	return 0;
}

static bool loopback(const struct url *u)
{
	return span_is_ci(u->host, "localhost") || span_starts(u->host, "127.") || span_is(u->host, "[::1]");
}

/* Which encryption: smtps has its own; on loopback none is asked for; with a password nothing goes in the
 * clear. */
static curl_usessl encryption(const struct smtp *s, const struct url *u)
{
	if (span_is_ci(u->scheme, "smtps"))
		return CURLUSESSL_ALL;
	if (loopback(u))
		return CURLUSESSL_NONE;
	return s->user ? CURLUSESSL_ALL : CURLUSESSL_TRY;
}

static int check(const struct smtp *s, struct url *u, struct err *e)
{
	if (!s->url || !url_split(span_of(s->url), u) || !u->host.n || strlen(s->url) > MAIL_URL_MAX ||
		!(span_is_ci(u->scheme, "smtp") || span_is_ci(u->scheme, "smtps"))) {
		err_set(e, ERR_CONF, N_("\"%1\" is no mail server address"), s->url, NULL);
		return err_todo(e, N_("write it as smtp://host:port or smtps://host:port"));
	}
	if (u->user.p) { /* it would stand in messages */
		err_set(e, ERR_CONF, N_("the mail server's address must not hold a user or password"), NULL,
			NULL);
		return err_todo(e, N_("write them as mail.user and mail.password_file"));
	}
	if (!mail_address_ok(s->from))
		return err_set(e, ERR_CONF, N_("\"%1\" is no mail address"), s->from, NULL);
	for (size_t i = 0; i < s->n_to; i++)
		if (!mail_address_ok(s->to[i]))
			return err_set(e, ERR_CONF, N_("\"%1\" is no mail address"), s->to[i], NULL);
	if (!s->n_to)
		return err_set(e, ERR_CONF, N_("no recipient for the mail"), NULL, NULL);
	return 0;
}

static bool setup(
	CURL *c, const struct smtp *s, const struct url *u, struct dialogue *t, struct curl_slist *rcpt)
{
	long seconds = s->timeout > 0 ? s->timeout : SECONDS;
	CURLcode bad = CURLE_OK;
#define SET(option, value) bad = bad ? bad : curl_easy_setopt(c, option, value)
	SET(CURLOPT_URL, s->url);
	SET(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	SET(CURLOPT_PROXY, "");
	SET(CURLOPT_USE_SSL, (long)encryption(s, u));
	SET(CURLOPT_NOSIGNAL, 1L);
	SET(CURLOPT_CONNECTTIMEOUT, seconds);
	SET(CURLOPT_TIMEOUT, seconds);
	SET(CURLOPT_MAIL_FROM, s->from);
	SET(CURLOPT_MAIL_RCPT, rcpt);
	SET(RCPT_ALLOW_FAILS, 1L);
	if (s->user) {
		SET(CURLOPT_USERNAME, s->user);
		SET(CURLOPT_PASSWORD, s->password ? s->password : "");
	}
	SET(CURLOPT_UPLOAD, 1L);
	SET(CURLOPT_READFUNCTION, give);
	SET(CURLOPT_READDATA, t);
	SET(CURLOPT_WRITEFUNCTION, drop);
	SET(CURLOPT_VERBOSE, 1L); /* for overhear(); nothing is printed */
	SET(CURLOPT_DEBUGFUNCTION, overhear);
	SET(CURLOPT_DEBUGDATA, t);
#undef SET
	return bad == CURLE_OK;
}

/* libcurl's words are English and may name its own options; those for what happens to an office are ours. */
static const char *reason(CURLcode rc)
{
	static const struct {
		CURLcode code;
		const char *text;
	} reasons[] = {{CURLE_COULDNT_RESOLVE_HOST, N_("the name of the mail server is not known (DNS)")},
		{CURLE_COULDNT_CONNECT, N_("no connection to the mail server")},
		{CURLE_OPERATION_TIMEDOUT, N_("the mail server does not answer in time")},
		{CURLE_SSL_CONNECT_ERROR, N_("no secure connection to the mail server (TLS)")},
		{CURLE_PEER_FAILED_VERIFICATION, N_("the certificate of the mail server is not trusted")},
		{CURLE_USE_SSL_FAILED, N_("the mail server offers no encryption")},
		{CURLE_LOGIN_DENIED, N_("name or password are wrong")},
		{CURLE_SEND_ERROR, N_("the connection broke off")},
		{CURLE_RECV_ERROR, N_("the connection broke off")},
		{CURLE_GOT_NOTHING, N_("the connection broke off")},
		{CURLE_WEIRD_SERVER_REPLY, N_("it does not answer as a mail server does")}};
	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
		if (reasons[i].code == rc)
			return reasons[i].text;
	return curl_easy_strerror(rc);
}

/* Refused in words of the server's: for now (4xx), or for good. */
static int refused(const struct dialogue *t, bool later, struct err *e)
{
	if (later) {
		err_set(e, ERR_UNAVAIL, N_("mail not taken for now: %1"), t->answer.p, NULL);
		return err_todo(e, N_("run the command again later; the same mail is sent, never twice"));
	}
	if (t->n_refused)
		return err_set(e, ERR_CONF, N_("mail refused for %1: %2"), t->refused.p, t->answer.p);
	return err_set(e, ERR_CONF, N_("mail refused: %1"), t->answer.p, NULL);
}

static int outcome(const struct dialogue *t, CURLcode rc, long code, struct err *e)
{
	if (rc == CURLE_OK && !t->n_refused)
		return 0;
	if (rc == CURLE_OK) {
		err_set(e, t->n_later ? ERR_UNAVAIL : ERR_CONF, N_("mail refused for %1: %2"), t->refused.p,
			t->answer.p);
		return 1;
	}
	if (t->answer.n && (code >= 400 || t->n_refused))
		return refused(t, code < 500 || t->n_later > 0, e);
	if (rc == CURLE_USE_SSL_FAILED || rc == CURLE_LOGIN_DENIED)
		return err_set(e, ERR_CONF,
			N_("the mail server refused the log-in or offers no encryption: %1"), reason(rc),
			NULL);
	err_set(e, ERR_UNAVAIL, N_("mail not sent: %1"), reason(rc), NULL);
	return err_todo(e, N_("run the command again later; the same mail is sent, never twice"));
}

int smtp_send(const struct smtp *s, struct span message, struct err *e)
{
	struct dialogue t = {.message = message, .s = s};
	struct curl_slist *rcpt = NULL;
	struct url u;
	CURL *c = NULL;
	long code = 0;
	int rc = -1;
	for (size_t i = 0; s->refused && i < s->n_to; i++)
		s->refused[i] = false;
	if (check(s, &u, e) < 0)
		return -1;
	for (size_t i = 0; i < s->n_to; i++) {
		struct curl_slist *more = curl_slist_append(rcpt, s->to[i]);
		if (!more)
			goto done;
		rcpt = more;
	}
	c = curl_easy_init();
	if (!c || !setup(c, s, &u, &t, rcpt))
		goto done;
	CURLcode result = curl_easy_perform(c);
	curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &code);
	rc = outcome(&t, result, code, e);
done:
	if (rc < 0 && e->kind == ERR_NONE)
		err_set(e, ERR_SYSTEM, N_("the mail library cannot be set up"), NULL, NULL);
	if (rc != 0)
		err_at(e, s->url, 0, 0);
	curl_easy_cleanup(c);
	curl_slist_free_all(rcpt);
	str_release(&t.refused);
	str_release(&t.answer);
	return rc;
}
