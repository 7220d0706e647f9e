/* html: the digest as one HTML file, for a browser, for paper, and as the second part of the mail.
 *
 * Mail readers decide the form: one column of at most 600 px of presentation tables, every style that matters
 * written on the element (some readers drop <style>), no script, no picture, nothing fetched. <style> only
 * adds what may be missing: narrow screens, dark mode, print, and in the file form (not in mail) a second
 * column on wide screens. Letters with two marks (ễ, Ự) need air: line height is 1.3 in titles and 1.55 in
 * text, and labels are not set in capitals. Every colour pair has a contrast of at least 4.5 to 1.
 *
 * Words come from words.c, already safe to show; here they are escaped. An address becomes a link only when
 * link_ok(). */
#include "digest/html_priv.h"

#include <string.h>

#include "base/i18n.h"
#include "base/limits.h"

#include "base/banned.h"

enum { NOTICES_MAX = 20, NOTICE_MAX_CP = 300, BAR_PERCENT = 100 };

static const char style_common[] = "*{box-sizing:border-box}"
				   "body,td,th{-webkit-text-size-adjust:100%;text-size-adjust:100%}"
				   ".num{font-variant-numeric:lining-nums tabular-nums}"
				   "h3 a:hover{text-decoration:underline!important}"
				   "a:focus-visible{outline:2px solid " NAVY ";outline-offset:2px}";

static const char style_narrow[] = "@media (max-width:480px){"
				   ".page{padding:0!important}"
				   ".pad{padding-left:16px!important;padding-right:16px!important}"
				   ".fig{padding-right:4px!important;font-size:12px!important}"
				   ".fig+.fig{padding-left:8px!important}"
				   ".score{padding-right:12px!important}"
				   "h1{font-size:24px!important}}";

static const char style_dark[] = "@media (prefers-color-scheme:dark){"
				 ".page,body{background:#11161b!important}"
				 ".sheet{background:#1a2128!important;border-color:#6fa9d8!important}"
				 "h1,h3,.ink,.text{color:#e8edf2!important}"
				 "h3 a{color:#cfe4f7!important}"
				 ".mute{color:#a8b3bf!important}"
				 "h2,.navy{color:#9ccbf0!important;border-color:#6fa9d8!important}"
				 ".line,.fig{border-color:#35404c!important}"
				 ".red{color:#ffa69e!important}"
				 ".amber{color:#f2bd72!important}"
				 ".quote{background:#222b34!important;border-color:#5c748a!important}"
				 "mark{background:#5c4700!important;color:#fff4d1!important}}";

static const char style_print[] = "@media print{@page{margin:15mm}"
				  "body,.page,.sheet{background:#fff!important}"
				  ".page{padding:0!important}"
				  ".sheet{max-width:none!important}"
				  ".pad{padding-left:0!important;padding-right:0!important}"
				  ".item,.r-side .pad{break-inside:avoid}"
				  "h2,h3{break-after:avoid}"
				  "h3 a::after{content:\" \" attr(href);font:400 11px/1.4 sans-serif;"
				  "color:" MUTED ";overflow-wrap:anywhere}"
				  "mark,.bar,td{-webkit-print-color-adjust:exact;print-color-adjust:exact}}";

/* The file form on a wide screen: figures over both columns, items left, topics and notices right. */
static const char style_wide[] = "@media screen and (min-width:960px){"
				 ".page{padding:32px 24px!important}"
				 ".sheet{display:block;max-width:1120px!important}"
				 ".sheet>tbody{display:grid;grid-template-columns:minmax(0,1fr) 360px}"
				 ".sheet>tbody>tr{display:contents}"
				 ".sheet>tbody>tr>td{display:block}"
				 ".r-head,.r-foot{grid-column:1/-1}"
				 ".r-main{padding-bottom:24px}"
				 ".r-side{border-left:1px solid " LINE ";margin:14px 0 24px}"
				 ".r-side>div:first-child{padding-top:0!important}"
				 ".pad{padding-left:36px!important;padding-right:36px!important}"
				 ".r-side .pad{padding-left:28px!important}"
				 "h1{font-size:34px!important}"
				 "h3{font-size:20px!important}"
				 ".quote{font-size:16px!important}"
				 ".big{font-size:32px!important}"
				 ".fig{padding-right:24px!important;font-size:14px!important}}"
				 "@media screen and (min-width:960px) and (prefers-color-scheme:dark){"
				 ".r-side{border-color:#35404c}}";

static void style(bool mail, struct str *o)
{
	str_adds(o, "<style>:root{color-scheme:light dark;supported-color-schemes:light dark}");
	str_adds(o, style_common);
	str_adds(o, style_narrow);
	str_adds(o, style_dark);
	if (!mail)
		str_adds(o, style_wide);
	str_adds(o, style_print);
	str_adds(o, "</style>\n");
}

static void head(const struct digest *d, bool mail, struct str *o)
{
	struct str s = {0};
	str_addf(o, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
		d->lang && *d->lang == 'v' ? "vi" : "en");
	str_adds(o, "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
		    "<meta name=\"color-scheme\" content=\"light dark\">\n<meta "
		    "name=\"supported-color-schemes\" content=\"light dark\">\n"
		    "<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
	tell_heading(d, &s);
	str_adds(&s, " – ");
	tell_date(d, &s, d->now);
	html_take(o, &s);
	str_adds(o, "</title>\n");
	style(mail, o);
	str_adds(o, "</head>\n<body style=\"margin:0;padding:0;background:#edf0f3\">\n"
		    "<div class=\"page\" style=\"background:#edf0f3;padding:24px 8px;" SANS
		    "font-size:15px;line-height:1.55;color:" INK "\">\n"
		    "<!--[if mso]><table role=\"presentation\" align=\"center\" "
		    "width=\"600\"><tr><td><![endif]-->\n" TABLE
		    " class=\"sheet\" style=\"max-width:600px;margin:0 "
		    "auto;background:#ffffff;border-top:4px solid " NAVY "\">\n");
	str_release(&s);
}

static void figures(const struct digest *d, struct str *o)
{
	struct figure f[FIGURES];
	struct str s = {0};
	digest_figures(d, f);
	str_adds(o, "<table width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" "
		    "style=\"margin-top:20px\" aria-label=\"");
	html_word(d, o, N_("Counts"));
	str_adds(o, "\">\n<tr>");
	for (size_t i = 0; i < FIGURES; i++) {
		str_addf(o,
			"<th scope=\"col\" class=\"fig mute\" width=\"20%%\" style=\"padding:0 8px 0 "
			"%s;text-align:left;"
			"vertical-align:bottom;font-size:13px;line-height:1.35;font-weight:400;color:" MUTED
			";border-left:%s\">",
			i ? "12px" : "0", i ? "1px solid " LINE : "0");
		html_esc(o, span_of(f[i].label));
		str_adds(o, "</th>");
	}
	str_adds(o, "</tr>\n<tr>");
	for (size_t i = 0; i < FIGURES; i++) {
		bool red = f[i].bad && f[i].n > 0;
		const char *tone = red ? "red" : f[i].n ? "ink" : "mute";
		const char *color = red ? RED : f[i].n ? INK : MUTED;
		str_addf(o, "<td class=\"fig\" style=\"padding:0 8px 0 %s;border-left:%s\">",
			i ? "12px" : "0", i ? "1px solid " LINE : "0");
		str_addf(o,
			"<span class=\"big num %s\" style=\"" SERIF
			"font-size:27px;line-height:1.25;color:%s\">",
			tone, color);
		tell_count(d, &s, f[i].n);
		html_take(o, &s);
		str_adds(o, "</span></td>");
	}
	str_adds(o, "</tr>\n</table>\n");
	str_release(&s);
}

static void masthead(const struct digest *d, struct str *o)
{
	struct str s = {0}, n = {0};
	str_adds(o,
		"<tr><td class=\"r-head\"><div class=\"pad\" style=\"padding:24px 28px 22px\">\n<h1 "
		"style=\"margin:0;" SERIF "font-size:28px;line-height:1.3;font-weight:700;color:" INK "\">");
	tell_heading(d, &s);
	html_take(o, &s);
	str_adds(o, "</h1>\n<p class=\"mute\" style=\"margin:4px 0 0;font-size:14px;color:" MUTED
		    "\"><strong class=\"ink\" style=\"color:" INK ";font-weight:600\">");
	tell_day(d, &s, d->now);
	html_take(o, &s);
	str_adds(o, "</strong><br>");
	tell_period(d, &s);
	html_take(o, &s);
	if (d->counts.articles > 0) {
		tell_count(d, &n, d->counts.articles);
		str_adds(&s, " · ");
		tell(d, &s, d->counts.articles == 1 ? N_("%1 article read") : N_("%1 articles read"), n.p,
			NULL);
		html_take(o, &s);
	}
	str_adds(o, "</p>\n");
	figures(d, o);
	str_adds(o, "</div></td></tr>\n<tr><td class=\"r-main\">\n");
	str_release(&s);
	str_release(&n);
}

/* Opens a part of the page; the caller closes its <div>. */
static void section(const struct digest *d, struct str *o, const char *text)
{
	str_adds(o, "<div class=\"pad\" style=\"padding:14px 28px 0\">\n<h2 class=\"navy\" "
		    "style=\"margin:0;padding:0 0 7px;font-size:16px;"
		    "line-height:1.4;font-weight:600;color:" NAVY ";border-bottom:2px solid " NAVY "\">");
	html_word(d, o, text);
	str_adds(o, "</h2>\n");
}

static size_t items(const struct digest *d, bool settled, size_t max, struct str *o)
{
	struct str one = {0};
	size_t left = 0, told = 0;
	for (size_t i = 0; i < d->n_items; i++) {
		if (item_settled(&d->items[i]) != settled)
			continue;
		str_clear(&one);
		html_item(d, &d->items[i], told == 0, &one);
		if (left || (max && o->n + one.n > max)) {
			left++;
			continue;
		}
		if (!told++)
			section(d, o, settled ? N_("Denied or corrected already") : N_("To be looked at"));
		str_add(o, str_span(&one));
	}
	if (told)
		str_adds(o, "</div>\n");
	str_release(&one);
	return left;
}

static void topic_row(const struct digest *d, const struct topic_count *t, size_t most, struct str *o)
{
	struct str s = {0}, name = {0};
	size_t percent = t->n * BAR_PERCENT / most;
	tell_short(&name, word(d, t->topic ? label_topic(t->topic) : N_("other topics")), 60);
	tell_capital(&s, name.p ? name.p : "");
	str_adds(o, "<tr><th scope=\"row\" class=\"text\" style=\"padding:4px 12px 4px "
		    "0;text-align:left;font-weight:400;font-size:14px;"
		    "line-height:1.4;color:" INK "\">");
	html_take(o, &s);
	str_addf(o, "</th><td class=\"ink num\" width=\"34\" style=\"padding:4px 10px 4px "
		    "0;text-align:right;font-size:14px;color:" INK "\">");
	tell_count(d, &s, (int64_t)t->n);
	html_take(o, &s);
	str_addf(o,
		"</td><td width=\"40%%\" aria-hidden=\"true\" style=\"padding:4px 0\"><table "
		"role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" "
		"border=\"0\" width=\"%zu%%\"><tr><td height=\"10\" "
		"style=\"padding:0;font-size:0;line-height:0;background:" BLUE "\"></td></tr>"
		"</table></td></tr>\n",
		percent ? percent : 1);
	str_release(&s);
	str_release(&name);
}

static void topics(const struct digest *d, struct str *o)
{
	struct topic_count t[TOPICS_SHOWN + 1];
	size_t n = digest_topics(d, t), most = 1;
	static const char th[] =
		"style=\"padding:8px 10px 2px "
		"0;font-size:13px;font-weight:400;white-space:nowrap;color:" MUTED ";text-align:";
	if (!n)
		return;
	for (size_t i = 0; i < n; i++)
		most = t[i].n > most ? t[i].n : most;
	section(d, o, N_("Topics"));
	str_adds(o, "<table width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\">\n<tr>");
	str_addf(o, "<th scope=\"col\" class=\"mute\" %sleft\">", th);
	html_word(d, o, N_("Topic"));
	str_addf(o, "</th><th scope=\"col\" class=\"mute\" %sright\">", th);
	html_word(d, o, N_("Items"));
	str_adds(o, "</th><td></td></tr>\n");
	for (size_t i = 0; i < n; i++)
		topic_row(d, &t[i], most, o);
	str_adds(o, "</table>\n</div>\n");
}

static void notices(const struct digest *d, struct str *o)
{
	struct str s = {0};
	if (!d->n_notices)
		return;
	section(d, o, N_("Notices"));
	str_adds(o, "<ul style=\"margin:10px 0 0;padding:0 0 0 18px\">\n");
	for (size_t i = 0; i < d->n_notices && i < NOTICES_MAX; i++) {
		str_adds(o,
			"<li class=\"text\" style=\"margin:0 0 6px;font-size:14px;line-height:1.5;color:" INK
			";overflow-wrap:anywhere\">");
		tell_short(&s, d->notices[i], NOTICE_MAX_CP);
		html_take(o, &s);
		str_adds(o, "</li>\n");
	}
	if (d->n_notices > NOTICES_MAX)
		str_addf(o, "<li class=\"mute\" style=\"font-size:14px;color:" MUTED "\">+ %zu</li>\n",
			d->n_notices - NOTICES_MAX);
	str_adds(o, "</ul></div>\n");
	str_release(&s);
}

static void foot(const struct digest *d, struct str *o)
{
	str_adds(o, "</td></tr>\n<tr><td class=\"r-side\">\n");
	topics(d, o);
	notices(d, o);
	str_adds(o, "</td></tr>\n<tr><td class=\"r-foot\"><div class=\"pad mute\" style=\"padding:14px 28px "
		    "24px;font-size:13px;line-height:1.6;color:" MUTED
		    "\"><div class=\"line\" style=\"border-top:1px solid " LINE ";padding-top:12px\">");
	html_word(d, o, N_("To see an item whole: soatin show NUMBER"));
	str_adds(o, "<br>");
	html_word(d, o, N_("soatin proposes, people decide. It judges no person and no opinion."));
	str_adds(o, "</div></div></td></tr>\n</table>\n<!--[if "
		    "mso]></td></tr></table><![endif]-->\n</div>\n</body>\n</html>\n");
}

static void remark_line(struct str *o, struct str *s)
{
	str_adds(o, "<div class=\"pad text\" style=\"padding:18px 28px;font-size:15px;color:" INK "\">");
	html_take(o, s);
	str_adds(o, "</div>\n");
}

void html_form(const struct digest *d, bool mail, size_t max, struct str *out)
{
	struct str tail = {0}, s = {0};
	enum { ROOM = 1024 }; /* two section headings and the line that counts what is left out */
	foot(d, &tail);
	head(d, mail, out);
	masthead(d, out);
	size_t room = max > tail.n + ROOM ? max - tail.n - ROOM : max ? 1 : 0;
	size_t left = items(d, false, room, out);
	left += items(d, true, left ? 1 : room, out);
	if (left) {
		say_left_out(d, &s, left);
		remark_line(out, &s);
	}
	if (!d->n_items) {
		str_adds(&s, word(d, N_("Nothing new to look at.")));
		remark_line(out, &s);
	}
	str_add(out, str_span(&tail));
	str_release(&s);
	str_release(&tail);
}

void digest_html(const struct digest *d, struct str *out)
{
	html_form(d, false, DIGEST_HTML_MAX, out);
}
