/* text: the digest as plain text, for a terminal, a pipe and the first part of the mail. Lines are wrapped by
 * columns, not bytes or letters: between words, at any wide character (Chinese and Japanese have no spaces),
 * and inside a word only when it is longer than the line. Addresses are never broken. */
#include "digest/digest_priv.h"

#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"

#include "base/banned.h"

enum {
	COLUMNS = 72,
	COLUMNS_MIN = 24,
	INDENT = 5,
	TITLE_MAX_CP = 300,
	NOTICES_MAX = 20,
	NOTICE_MAX_CP = 300,
	BAR = 20,
	NUMBER = 8
};

struct wrap {
	struct str *out;
	int width, indent; /* indent: of every line after the first */
	int at;            /* column */
	bool bare;         /* nothing but indent on this line yet */
};

static void indent_to(struct wrap *w, int column)
{
	for (; w->at < column; w->at++)
		str_addc(w->out, ' ');
	w->bare = true;
}

static void new_line(struct wrap *w)
{
	str_addc(w->out, '\n');
	w->at = 0;
	indent_to(w, w->indent);
}

/* May a line end behind this character? Behind a Chinese or Japanese one; Korean is written with spaces. */
static bool breakable(uint32_t cp, int columns)
{
	return columns > 1 && !(cp >= 0xAC00 && cp <= 0xD7A3) && !(cp >= 0x1100 && cp <= 0x11FF);
}

/* What stands together: one character behind which a line may end, or a run of others without a space; marks
 * and closing signs stay with what they follow. */
static struct span next_unit(struct span s, size_t *at)
{
	size_t from = *at;
	bool ends = false; /* the last letter may end a line */
	while (*at < s.n && s.p[*at] != ' ') {
		size_t next = *at;
		uint32_t cp = utf8_next(s, &next, NULL);
		int columns = show_width(span_cut(s, *at, next));
		bool stays = columns == 0 || show_closes(cp);
		if (*at > from && !stays && (ends || breakable(cp, columns)))
			break;
		if (!stays)
			ends = breakable(cp, columns);
		*at = next;
	}
	return span_cut(s, from, *at);
}

/* A unit longer than a whole line goes in pieces. */
static void put_long(struct wrap *w, struct span unit)
{
	size_t at = 0;
	while (at < unit.n) {
		size_t next = at;
		utf8_next(unit, &next, NULL);
		int columns = show_width(span_cut(unit, at, next));
		if (w->at + columns > w->width && !w->bare)
			new_line(w);
		str_add(w->out, span_cut(unit, at, next));
		w->at += columns;
		w->bare = false;
		at = next;
	}
}

/* `s` is safe to show. Spaces at a line's end are dropped. */
static void put(struct wrap *w, struct span s)
{
	size_t at = 0;
	int spaces = 0;
	while (at < s.n) {
		if (s.p[at] == ' ') {
			spaces++;
			at++;
			continue;
		}
		struct span unit = next_unit(s, &at);
		int columns = show_width(unit);
		if (!w->bare && w->at + (spaces > 0) + columns > w->width)
			new_line(w);
		else if (spaces && !w->bare) {
			str_addc(w->out, ' ');
			w->at++;
		}
		spaces = 0;
		put_long(w, unit);
	}
}

/* One paragraph at an indent. */
static void line(struct str *out, int width, int indent, struct span s)
{
	struct wrap w = {.out = out, .width = width, .indent = indent};
	indent_to(&w, indent);
	put(&w, s);
	str_addc(out, '\n');
}

static void rule_under(struct str *out, int columns, char c)
{
	for (int i = 0; i < columns; i++)
		str_addc(out, c);
	str_addc(out, '\n');
}

static void heading(const struct digest *d, struct str *out, int width, const char *text)
{
	struct span t = span_of(word(d, text));
	str_addc(out, '\n');
	line(out, width, 0, t);
	rule_under(out, show_width(t) < width ? show_width(t) : width, '-');
}

/* The words of a passage with its marks. */
static void marked(struct str *out, const struct passage *p)
{
	size_t at = 0;
	for (size_t i = 0; i < p->n; i++) {
		show_safe(out, span_cut(p->text, at, p->mark[i].from), true);
		str_addc(out, '*');
		show_safe(out, span_cut(p->text, p->mark[i].from, p->mark[i].to), true);
		str_addc(out, '*');
		at = p->mark[i].to;
	}
	show_safe(out, span_cut(p->text, at, p->text.n), true);
}

static void item_title(
	const struct digest *d, const struct item *it, const struct passage *p, struct str *out)
{
	if (p && utf8_count(p->text) <= TITLE_MAX_CP)
		marked(out, p);
	else
		tell_short(
			out, it->title && *it->title ? it->title : word(d, N_("(no title)")), TITLE_MAX_CP);
}

static void item_quote(
	const struct digest *d, enum passage_kind kind, const struct passage *p, struct str *out)
{
	if (kind == PASSAGE_SHOWN) {
		str_adds(out, p->cut_front ? "“… " : "“");
		marked(out, p);
		str_adds(out, p->cut_back ? " …”" : "”");
	} else if (kind == PASSAGE_TITLE && p->lead.n) {
		str_adds(out, "“");
		show_safe(out, p->lead, true);
		str_adds(out, p->lead_cut ? " …”" : "”");
	} else if (kind == PASSAGE_MASKED) {
		str_adds(out,
			word(d, N_("The passage is kept out of digests; it may concern private persons.")));
	}
}

/* [71] #12 làm rõ · thiên tai · còn 1 giờ */
static void item_head(const struct digest *d, const struct item *it, int width, struct str *out)
{
	struct str s = {0}, more = {0};
	str_addf(&s, "[%d] #%lld ", it->priority.total, (long long)it->number);
	show_safe(&s, span_of(word(d, label_action(it->action))), true);
	str_adds(&s, " · ");
	show_safe(&s, span_of(word(d, label_topic(it->topic))), true);
	if (tell_due(d, &more, it) != DUE_NONE)
		str_addf(&s, " · %s", more.p);
	str_clear(&more);
	if (tell_state(d, &more, it))
		str_addf(&s, " · %s", more.p);
	line(out, width, 0, str_span(&s));
	str_release(&s);
	str_release(&more);
}

static void labelled(const struct digest *d, struct str *out, int width, const char *label, struct str *value)
{
	struct str s = {0};
	if (value->n) {
		str_addf(&s, "%s: %s", word(d, label), value->p);
		line(out, width, INDENT, str_span(&s));
	}
	str_clear(value);
	str_release(&s);
}

static void item_address(const struct item *it, struct str *out)
{
	if (!it->url || !*it->url)
		return;
	str_addf(out, "%*s", INDENT, "");
	show_safe(out, span_of(it->url), true);
	str_addc(out, '\n');
}

static void item_text(const struct digest *d, const struct item *it, int width, struct str *out)
{
	struct str s = {0};
	struct passage p;
	enum passage_kind kind = item_passage(it, &p);
	item_head(d, it, width, out);
	item_title(d, it, kind == PASSAGE_TITLE ? &p : NULL, &s);
	line(out, width, INDENT, str_span(&s));
	str_clear(&s);
	item_address(it, out);
	tell_sources(d, &s, it);
	line(out, width, INDENT, str_span(&s));
	str_clear(&s);
	item_quote(d, kind, &p, &s);
	if (s.n)
		line(out, width, INDENT, str_span(&s));
	str_clear(&s);
	tell_reason(d, &s, it);
	labelled(d, out, width, N_("Why"), &s);
	tell_parts(d, &s, it);
	labelled(d, out, width, N_("Priority"), &s);
	str_release(&s);
}

static void head(const struct digest *d, int width, struct str *out)
{
	struct str s = {0};
	struct figure f[FIGURES];
	tell_heading(d, &s);
	line(out, width, 0, str_span(&s));
	int columns = show_width(str_span(&s));
	rule_under(out, columns < width ? columns : width, '=');
	str_clear(&s);
	tell_day(d, &s, d->now);
	str_adds(&s, ". ");
	tell_period(d, &s);
	str_addc(&s, '.');
	line(out, width, 0, str_span(&s));
	str_addc(out, '\n');
	str_clear(&s);
	digest_figures(d, f);
	for (size_t i = 0; i < FIGURES; i++) {
		str_addf(&s, "%s%s ", i ? " · " : "", f[i].label);
		tell_count(d, &s, f[i].n);
	}
	line(out, width, 0, str_span(&s));
	str_release(&s);
}

/* thiên tai   ######## 4 */
static void topics(const struct digest *d, int width, struct str *out)
{
	struct topic_count t[TOPICS_SHOWN + 1];
	size_t n = digest_topics(d, t), most = 0;
	int columns = 0, bar = BAR;
	struct str names[TOPICS_SHOWN + 1] = {0};
	for (size_t i = 0; i < n; i++) {
		tell_short(&names[i], word(d, t[i].topic ? label_topic(t[i].topic) : N_("other topics")),
			(size_t)width / 2);
		int w = show_width(str_span(&names[i]));
		columns = w > columns ? w : columns;
		most = t[i].n > most ? t[i].n : most;
	}
	if (bar > width - columns - NUMBER)
		bar = width - columns - NUMBER;
	if (n)
		heading(d, out, width, N_("Topics"));
	for (size_t i = 0; i < n; i++) {
		str_add(out, str_span(&names[i]));
		for (int w = show_width(str_span(&names[i])); w < columns + 2; w++)
			str_addc(out, ' ');
		for (size_t k = 0; bar > 0 && k < (t[i].n * (size_t)bar + most - 1) / most; k++)
			str_addc(out, '#');
		str_addc(out, ' ');
		tell_count(d, out, (int64_t)t[i].n);
		str_addc(out, '\n');
		str_release(&names[i]);
	}
}

static void foot(const struct digest *d, int width, struct str *out)
{
	struct str s = {0};
	topics(d, width, out);
	if (d->n_notices)
		heading(d, out, width, N_("Notices"));
	for (size_t i = 0; i < d->n_notices && i < NOTICES_MAX; i++) {
		str_adds(&s, "- ");
		tell_short(&s, d->notices[i], NOTICE_MAX_CP);
		struct wrap w = {.out = out, .width = width, .indent = 2, .bare = true};
		put(&w, str_span(&s));
		str_addc(out, '\n');
		str_clear(&s);
	}
	if (d->n_notices > NOTICES_MAX)
		str_addf(out, "+ %zu\n", d->n_notices - NOTICES_MAX);
	str_addc(out, '\n');
	line(out, width, 0, span_of(word(d, N_("To see an item whole: soatin show NUMBER"))));
	line(out, width, 0,
		span_of(word(d, N_("soatin proposes, people decide. It judges no person and no opinion."))));
	str_release(&s);
}

/* The items of one part, while they fit. Returns how many did not. */
static size_t items(const struct digest *d, bool settled, int width, size_t max, struct str *out)
{
	struct str one = {0};
	size_t left = 0, told = 0;
	for (size_t i = 0; i < d->n_items; i++) {
		if (item_settled(&d->items[i]) != settled)
			continue;
		str_clear(&one);
		item_text(d, &d->items[i], width, &one);
		if (left || (max && out->n + one.n > max)) {
			left++;
			continue;
		}
		if (!told++)
			heading(d, out, width,
				settled ? N_("Denied or corrected already") : N_("To be looked at"));
		str_addc(out, '\n');
		str_add(out, str_span(&one));
	}
	str_release(&one);
	return left;
}

void text_form(const struct digest *d, int width, size_t max, struct str *out)
{
	struct str tail = {0}, s = {0};
	int columns = width <= 0 ? COLUMNS : width < COLUMNS_MIN ? COLUMNS_MIN : width;
	foot(d, columns, &tail);
	head(d, columns, out);
	enum { ROOM = 512 }; /* headings and the line that counts what is left out */
	size_t room = max > tail.n + ROOM ? max - tail.n - ROOM : max ? 1 : 0;
	size_t left = items(d, false, columns, room, out);
	left += items(d, true, columns, left ? 1 : room, out);
	if (!d->n_items) {
		str_addc(out, '\n');
		line(out, columns, 0, span_of(word(d, N_("Nothing new to look at."))));
	}
	if (left) {
		str_addc(out, '\n');
		say_left_out(d, &s, left);
		line(out, columns, 0, str_span(&s));
	}
	str_add(out, str_span(&tail));
	str_release(&s);
	str_release(&tail);
}

void digest_text(const struct digest *d, int width, struct str *out)
{
	text_form(d, width, 0, out);
}
