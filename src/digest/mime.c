/* mime: the digest as a mail, RFC 5322 and 2045 to 2047, made here and not by the mail library, which writes
 * raw UTF-8 in headers and random boundaries. The same input gives the same bytes, so that a mail sent again
 * is the same mail.
 *
 * Headers: text goes through show_safe() on one line and is encoded when it is not plain ASCII; an encoded
 * word is at most 75 bytes and never splits a character. Addresses and ids lose every byte that is not a
 * plain one. So nothing from outside can end a header. Bodies are quoted-printable: lines of at most 76,
 * ASCII, CRLF; "=_" in the boundary cannot occur in them. */
#include "digest/digest_priv.h"

#include <string.h>

#include "base/hash.h"
#include "base/i18n.h"
#include "base/limits.h"
#include "base/utf8.h"

#include "base/banned.h"

enum {
	WORD_MAX = 75,    /* bytes of an encoded word, RFC 2047, 2 */
	WORD_FRAME = 12,  /* of "=?UTF-8?B?" and "?=" */
	WORD_MIN = 20,    /* bytes that hold any one character */
	HEADER_LINE = 76, /* bytes of a folded header line */
	QP_LINE = 76,     /* bytes of a quoted-printable line, its "=" included */
	HASH_SHOWN = 16,
};

static bool plain_header(struct span s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < 0x20 || s.p[i] > 0x7E)
			return false;
	return span_find(s, SPAN("=?"), 0) == SIZE_MAX;
}

static void base64(struct str *out, struct span s)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	for (size_t i = 0; i < s.n; i += 3) {
		uint32_t v = 0;
		for (size_t k = 0; k < 3; k++)
			v = v << 8 | (i + k < s.n ? (unsigned char)s.p[i + k] : 0);
		for (size_t k = 0; k < 4; k++)
			str_addc(out, i + k > s.n ? '=' : digits[v >> (18 - 6 * k) & 63]);
	}
}

void mime_header_text(struct str *out, struct span text, size_t column)
{
	struct str safe = {0};
	show_safe(&safe, text, true);
	struct span s = span_trim(str_span(&safe));
	if (plain_header(s) && column + s.n <= HEADER_LINE) {
		str_add(out, s);
		str_release(&safe);
		return;
	}
	size_t room = column < HEADER_LINE ? HEADER_LINE - column : 0;
	while (s.n) {
		if (room < WORD_MIN) {
			str_adds(out, "\r\n ");
			room = WORD_MAX;
		}
		struct span piece =
			utf8_prefix(s, ((room < WORD_MAX ? room : WORD_MAX) - WORD_FRAME) / 4 * 3);
		str_adds(out, "=?UTF-8?B?");
		base64(out, piece);
		str_adds(out, "?=");
		s = span_cut(s, piece.n, s.n);
		room = 0;
	}
	str_release(&safe);
}

void mime_quoted_printable(struct str *out, struct span s)
{
	size_t column = 0;
	for (size_t at = 0; at < s.n;) {
		size_t next = at;
		if (s.p[at] == '\n' || (s.p[at] == '\r' && at + 1 < s.n && s.p[at + 1] == '\n')) {
			str_adds(out, "\r\n");
			at += s.p[at] == '\r' ? 2 : 1;
			column = 0;
			continue;
		}
		utf8_next(s, &next, NULL);
		unsigned char c = (unsigned char)s.p[at];
		bool line_ends = next == s.n || s.p[next] == '\n' || s.p[next] == '\r';
		bool raw = next == at + 1 && c >= ' ' && c <= '~' && c != '=' && !(c == ' ' && line_ends);
		size_t width = raw ? 1 : 3 * (next - at);
		if (column + width > QP_LINE - 1) {
			str_adds(out, "=\r\n");
			column = 0;
		}
		for (; at < next; at++)
			raw ? str_addc(out, s.p[at]) : str_addf(out, "=%02X", (unsigned char)s.p[at]);
		column += width;
	}
}

/* Bytes of an address or id that may stand in a header; the rest ends or comments it. */
static bool plain_byte(char c)
{
	return c > ' ' && c <= '~' && !strchr("<>()[],;:\\\"", c);
}

bool mail_address_ok(const char *address)
{
	enum { ADDRESS_MAX = 254 }; /* bytes, RFC 5321, 4.5.3.1.3 without <> */
	const char *at = address ? strchr(address, '@') : NULL;
	if (!at || at == address || !at[1] || strchr(at + 1, '@') || strlen(address) > ADDRESS_MAX)
		return false;
	for (const char *p = address; *p; p++)
		if (!plain_byte(*p))
			return false;
	return true;
}

static void put_plain(struct str *out, const char *s)
{
	for (; s && *s; s++)
		if (plain_byte(*s))
			str_addc(out, *s);
}

static void domain_of(struct str *out, const char *address)
{
	const char *at = address ? strrchr(address, '@') : NULL;
	size_t before = out->n;
	put_plain(out, at ? at + 1 : "");
	if (out->n == before)
		str_adds(out, "localhost");
}

static void put_date(const struct digest *d, struct str *out)
{
	static const char days[] = "SunMonTueWedThuFriSat", months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	struct civil t = civil_from(d->now, d->zone_minutes);
	int zone = d->zone_minutes < 0 ? -d->zone_minutes : d->zone_minutes;
	str_addf(out, "Date: %.3s, %d %.3s %04d %02d:%02d:%02d %c%02d%02d\r\n", days + 3 * t.weekday, t.day,
		months + 3 * (t.month - 1), (int)t.year, t.hour, t.minute, t.second,
		d->zone_minutes < 0 ? '-' : '+', zone / 60, zone % 60);
}

/* Soát tin Hải Phòng 23/11/2026: Mới 7, Quá hạn 1 */
static void put_subject(const struct digest *d, struct str *out)
{
	struct str s = {0};
	struct figure f[FIGURES];
	enum { IN_SUBJECT = 2 }; /* new, overdue */
	tell_heading(d, &s);
	str_adds(&s, " – ");
	tell_date(d, &s, d->now);
	digest_figures(d, f);
	for (size_t i = 0; i < IN_SUBJECT; i++) {
		str_addf(&s, "%s%s ", i ? ", " : ": ", f[i].label);
		tell_count(d, &s, f[i].n);
	}
	str_adds(out, "Subject: ");
	mime_header_text(out, str_span(&s), strlen("Subject: "));
	str_adds(out, "\r\n");
	str_release(&s);
}

static void put_addresses(const struct digest *d, const struct digest_mail *m, struct str *out)
{
	str_adds(out, "From: ");
	mime_header_text(out, span_of(word(d, N_("News watch"))), strlen("From: "));
	str_adds(out, " <");
	put_plain(out, m->from);
	str_adds(out, ">\r\nTo: ");
	for (size_t i = 0; i < m->n_to; i++) {
		str_adds(out, i ? ",\r\n <" : "<");
		put_plain(out, m->to[i]);
		str_addc(out, '>');
	}
	str_adds(out, m->n_to ? "\r\n" : "undisclosed-recipients:;\r\n");
}

/* The mails of one day and place hang on one root, which is never sent, so that readers show them together.
 */
static void put_ids(const struct digest *d, const struct digest_mail *m, struct str *out)
{
	struct civil t = civil_from(d->now, d->zone_minutes);
	struct str domain = {0}, key = {0};
	char hex[SHA256_HEX + 1];
	domain_of(&domain, m->from);
	str_addf(&key, "%s\n%s", d->place_name ? d->place_name : "", m->from ? m->from : "");
	sha256_hex(str_span(&key), hex);
	str_adds(out, "Message-ID: <");
	put_plain(out, m->message_id);
	str_addf(out, ">\r\nReferences: <digest.%04d%02d%02d.%.*s@%s>\r\n", (int)t.year, t.month, t.day,
		HASH_SHOWN, hex, domain.p);
	str_addf(out, "List-Id: <soatin-digest.%s>\r\n", domain.p);
	str_release(&domain);
	str_release(&key);
}

static void put_part(
	const struct digest *d, const char *boundary, const char *type, struct span body, struct str *out)
{
	str_addf(out, "--%s\r\nContent-Type: %s; charset=UTF-8\r\nContent-Language: %s\r\n", boundary, type,
		d->lang && strcmp(d->lang, "vi") == 0 ? "vi" : "en");
	str_adds(out, "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
	mime_quoted_printable(out, body);
	str_adds(out, "\r\n");
}

void digest_mime(const struct digest *d, const struct digest_mail *m, struct str *out)
{
	struct str text = {0}, html = {0}, key = {0}, boundary = {0};
	char hex[SHA256_HEX + 1];
	text_form(d, 0, DIGEST_TEXT_MAX, &text);
	html_form(d, true, DIGEST_HTML_MAX, &html);
	str_addf(&key, "%s\n", m->message_id ? m->message_id : "");
	str_add(&key, str_span(&text));
	sha256_hex(str_span(&key), hex);
	str_addf(&boundary, "=_soatin_%.*s", HASH_SHOWN, hex);
	put_date(d, out);
	put_addresses(d, m, out);
	put_subject(d, out);
	put_ids(d, m, out);
	str_adds(out, "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n");
	str_addf(out, "Content-Type: multipart/alternative; boundary=\"%s\"\r\n\r\n", boundary.p);
	put_part(d, boundary.p, "text/plain", str_span(&text), out);
	put_part(d, boundary.p, "text/html", str_span(&html), out);
	str_addf(out, "--%s--\r\n", boundary.p);
	str_release(&text);
	str_release(&html);
	str_release(&key);
	str_release(&boundary);
}
