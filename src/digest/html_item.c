/* html_item: one item of the HTML digest: a table row with its priority left, and right what it is, its
 * title, who printed it, the passage, the reason, and what the priority is made of. About two kilobytes plus
 * its words, since a mail reader cuts the whole at 100 KB: colours and sizes are set once on the cell and
 * inherited. */
#include "digest/html_priv.h"

#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"

#include "base/banned.h"

enum { TITLE_MAX_CP = 300, SCORE_PX = 44, SCORE_FULL = 100, PARTS = 4 };

void html_esc(struct str *o, struct span s)
{
	for (size_t i = 0; i < s.n; i++)
		switch (s.p[i]) {
		case '&':
			str_adds(o, "&amp;");
			break;
		case '<':
			str_adds(o, "&lt;");
			break;
		case '>':
			str_adds(o, "&gt;");
			break;
		case '"':
			str_adds(o, "&quot;");
			break;
		case '\'':
			str_adds(o, "&#39;");
			break;
		default:
			str_addc(o, s.p[i]);
		}
}

void html_word(const struct digest *d, struct str *o, const char *text)
{
	html_esc(o, span_of(word(d, text)));
}

/* Escapes what words.c wrote and empties it. */
void html_take(struct str *o, struct str *s)
{
	html_esc(o, str_span(s));
	str_clear(s);
}

/* An address as an attribute: what is not plain printable ASCII is percent-encoded, so that nothing hides in
 * it. */
static void esc_url(struct str *o, const char *url)
{
	for (const char *p = url; *p; p++) {
		unsigned char c = (unsigned char)*p;
		if (c == '&')
			str_adds(o, "&amp;");
		else if (c <= ' ' || c >= 0x7F || strchr("\"'<>\\^`{|}", c))
			str_addf(o, "%%%02X", c);
		else
			str_addc(o, (char)c);
	}
}

/* lang="…" when it is a language tag. */
static void lang_attribute(struct str *o, const char *lang)
{
	enum { TAG_MAX_BYTES = 35 }; /* RFC 5646, 4.4.1 */
	size_t n = 0;
	while (lang && n <= TAG_MAX_BYTES && lang[n] &&
		strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-", lang[n]))
		n++;
	if (n && n <= TAG_MAX_BYTES && !lang[n])
		str_addf(o, " lang=\"%s\"", lang);
}

/* A part of the priority; the colours stand on light and dark ground. */
struct part {
	const char *label, *color;
	int points;
};

/* The number, and a bar as long as its points of a hundred, in the colours of its parts. Where gradients are
 * unknown it is missing. */
static void item_score(const struct digest *d, const struct item *it, const struct part *p, struct str *o)
{
	str_adds(o, "<td class=\"score\" width=\"62\" valign=\"top\" style=\"width:62px;padding:18px 18px "
		    "18px 0\">"
		    "<div class=\"big num navy\" style=\"" SERIF "font-size:28px;line-height:1.1;color:" NAVY
		    "\">");
	str_addf(o,
		"%d</div><div class=\"mute\" style=\"font-size:12px;line-height:1.4;color:" MUTED
		";white-space:nowrap\">",
		it->priority.total);
	html_word(d, o, N_("priority"));
	str_addf(o,
		"</div><div class=\"bar\" "
		"style=\"width:%dpx;height:5px;margin-top:5px;font-size:0;background:linear-gradient(90deg",
		SCORE_PX);
	int from = 0;
	for (size_t i = 0; i < PARTS; i++) {
		int to = from + (p[i].points > 0 ? p[i].points : 0) * SCORE_PX / SCORE_FULL;
		to = to > SCORE_PX ? SCORE_PX : to;
		str_addf(o, ",%s %dpx %dpx", p[i].color, from, to);
		from = to;
	}
	str_addf(o, ",#b6c2ce55 %dpx)\"></div></td>", from);
}

static void item_meta(const struct digest *d, const struct item *it, struct str *o)
{
	static const char *const due[] = {"", " class=\"ink\" style=\"color:" INK "\"",
		" class=\"amber\" style=\"color:" AMBER ";font-weight:600\"",
		" class=\"red\" style=\"color:" RED ";font-weight:600\""};
	struct str s = {0};
	str_adds(o,
		"<span class=\"navy\" style=\"border:1px solid " NAVY
		";border-radius:3px;padding:1px 7px;font-weight:600;color:" NAVY ";white-space:nowrap\">");
	tell_capital(&s, word(d, label_action(it->action)));
	html_take(o, &s);
	str_adds(o, "</span>&ensp;");
	tell_capital(&s, word(d, label_topic(it->topic)));
	html_take(o, &s);
	enum due when = tell_due(d, &s, it);
	if (when != DUE_NONE) {
		str_addf(o, " · <span%s>", due[when]);
		html_take(o, &s);
		str_adds(o, "</span>");
	}
	if (tell_state(d, &s, it)) {
		str_addf(o, " · <span%s>", it->returning ? due[DUE_SOON] : "");
		html_take(o, &s);
		str_adds(o, "</span>");
	}
	str_addf(o, " · #%lld\n", (long long)it->number);
	str_release(&s);
}

static void safe_part(struct str *o, struct span text, size_t from, size_t to)
{
	struct str s = {0};
	show_safe(&s, span_cut(text, from, to), true);
	html_take(o, &s);
	str_release(&s);
}

/* The words of a passage with its marks. */
static void marked(struct str *o, const struct passage *p, const char *color)
{
	size_t at = 0;
	for (size_t i = 0; i < p->n; i++) {
		safe_part(o, p->text, at, p->mark[i].from);
		str_addf(o, "<mark style=\"background:#ffec9e;color:%s;padding:0 2px\">", color);
		safe_part(o, p->text, p->mark[i].from, p->mark[i].to);
		str_adds(o, "</mark>");
		at = p->mark[i].to;
	}
	safe_part(o, p->text, at, p->text.n);
}

static void item_title(const struct digest *d, const struct item *it, const struct passage *p, struct str *o)
{
	struct str s = {0};
	bool link = link_ok(it->url), named = it->title && *it->title;
	str_adds(o, "<h3 class=\"ink\" dir=\"auto\"");
	lang_attribute(o, named ? it->lang : d->lang);
	str_adds(o, " style=\"margin:5px 0 3px;" SERIF "font-size:18px;line-height:1.35;");
	str_adds(o, "font-weight:700;color:" INK "\">");
	if (link) {
		str_adds(o, "<a rel=\"noreferrer\" style=\"color:" NAVY ";text-decoration:none\" href=\"");
		esc_url(o, it->url);
		str_adds(o, "\">");
	}
	if (p && utf8_count(p->text) <= TITLE_MAX_CP)
		marked(o, p, link ? NAVY : INK);
	else
		tell_short(&s, named ? it->title : word(d, N_("(no title)")), TITLE_MAX_CP);
	html_take(o, &s);
	str_adds(o, link ? "</a></h3>\n" : "</h3>\n");
	str_release(&s);
}

/* Who, how often, when; and the language when it is another than the reader's. */
static void item_line(const struct digest *d, const struct item *it, struct str *o)
{
	enum { LANG_SHOWN = 12 };
	struct str s = {0};
	tell_sources(d, &s, it);
	if (it->first_seen > 0) {
		str_adds(&s, " · ");
		digest_time(d, &s, it->first_seen);
	}
	html_take(o, &s);
	if (it->lang && *it->lang && (!d->lang || strncmp(it->lang, d->lang, 2) != 0)) {
		tell_short(&s, it->lang, LANG_SHOWN);
		str_adds(o, " · <span class=\"line\" style=\"border:1px solid " LINE
			    ";border-radius:3px;padding:0 5px\">");
		html_take(o, &s);
		str_adds(o, "</span>");
	}
	str_addc(o, '\n');
	str_release(&s);
}

static void item_quote(const struct digest *d, enum passage_kind kind, const struct passage *p, struct str *o)
{
	if (kind == PASSAGE_MASKED) {
		str_adds(o, "<p style=\"margin:8px 0 0;font-size:14px;font-style:italic\">");
		html_word(d, o, N_("The passage is kept out of digests; it may concern private persons."));
		str_adds(o, "</p>\n");
	}
	if (kind != PASSAGE_SHOWN && !(kind == PASSAGE_TITLE && p->lead.n))
		return;
	str_adds(o, "<blockquote class=\"quote ink\" dir=\"auto\"");
	lang_attribute(o, p->lang);
	str_adds(o, " style=\"margin:9px 0 0;padding:8px 12px;border-left:3px solid #b4c3d1;");
	str_adds(o, "background:#f5f7f9;font-size:15px;line-height:1.6;color:" INK "\">");
	if (kind == PASSAGE_SHOWN) {
		str_adds(o, p->cut_front ? "… " : "");
		marked(o, p, INK);
	} else {
		safe_part(o, p->lead, 0, p->lead.n);
	}
	str_adds(o, p->cut_back || p->lead_cut ? " …</blockquote>\n" : "</blockquote>\n");
}

static void item_why(const struct digest *d, const struct item *it, const struct part *p, struct str *o)
{
	struct str s = {0};
	str_adds(o, "<div style=\"margin-top:8px\">");
	tell_reason(d, &s, it);
	if (s.n) {
		html_word(d, o, N_("Why"));
		str_adds(o, ": <span class=\"ink\" style=\"font-size:14px;color:" INK "\">");
		html_take(o, &s);
		str_adds(o, "</span><br>\n");
	}
	for (size_t i = 0; i < PARTS; i++) {
		str_addf(o, "%s<span aria-hidden=\"true\" style=\"color:%s\">■</span>&nbsp;",
			i ? "&ensp;" : "", p[i].color);
		html_word(d, o, p[i].label);
		str_addf(o, "&nbsp;%d", p[i].points);
	}
	str_adds(o, "</div></td></tr></table>\n");
	str_release(&s);
}

void html_item(const struct digest *d, const struct item *it, bool first, struct str *o)
{
	const struct part p[PARTS] = {{N_("rule"), "#2c68a0", it->priority.rule},
		{N_("place"), "#5f97c4", it->priority.place}, {N_("spread"), "#9dc0dc", it->priority.spread},
		{N_("source"), "#98a4b1", it->priority.source}};
	struct passage passage;
	enum passage_kind kind = item_passage(it, &passage);
	str_adds(o, TABLE " class=\"item line\" style=\"border-top:");
	str_adds(o, first ? "0\"><tr>" : "1px solid " LINE "\"><tr>");
	item_score(d, it, p, o);
	str_adds(o, "<td class=\"mute num\" valign=\"top\" style=\"padding:18px "
		    "0;font-size:13px;line-height:1.6;");
	str_adds(o, "overflow-wrap:anywhere;word-break:break-word;color:" MUTED "\">");
	item_meta(d, it, o);
	item_title(d, it, kind == PASSAGE_TITLE ? &passage : NULL, o);
	item_line(d, it, o);
	item_quote(d, kind, &passage, o);
	item_why(d, it, p, o);
}
