/* words: the sentences of the digest, the same for text and HTML: dates as the reader's language writes them,
 * counts, what an item is, who printed it, why it was flagged. Everything that came from outside passes
 * show_safe() here. */
#include "digest/digest_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/url.h"
#include "base/utf8.h"
#include "base/vec.h"

#include "base/banned.h"

enum {
	SOURCES_SHOWN = 4, /* names; more are counted */
	NAME_MAX_CP = 60,
	REASON_MAX_CP = 200,
	SOON = 2 * 3600, /* seconds left from which an item is soon due */
};

const char *word(const struct digest *d, const char *text)
{
	return d->tr && *text ? d->tr(text) : text; /* gettext("") is the catalogue's header */
}

void tell(const struct digest *d, struct str *out, const char *text, const char *a, const char *b)
{
	err_format(out, word(d, text), a, b);
}

/* Simple upper case of the letters Vietnamese and English begin words with. */
static uint32_t upper(uint32_t cp)
{
	if ((cp >= 'a' && cp <= 'z') || (cp >= 0xE0 && cp <= 0xFE && cp != 0xF7))
		return cp - 0x20;
	bool even_upper = (cp >= 0x100 && cp < 0x138) || (cp >= 0x14A && cp < 0x178) || cp == 0x1A1 ||
			  (cp >= 0x1EA0 && cp < 0x1F00);
	if (even_upper)
		return cp & ~(uint32_t)1;
	return cp == 0x1B0 ? 0x1AF : cp;
}

void tell_capital(struct str *out, const char *text)
{
	struct str safe = {0};
	size_t at = 0;
	show_safe(&safe, span_of(text), true);
	struct span s = str_span(&safe);
	if (s.n)
		str_add_utf8(out, upper(utf8_next(s, &at, NULL)));
	str_add(out, span_cut(s, at, s.n));
	str_release(&safe);
}

void tell_short(struct str *out, const char *text, size_t max)
{
	struct str safe = {0};
	show_safe(&safe, span_of(text), true);
	struct span s = span_trim(str_span(&safe));
	size_t end = utf8_offset(s, max);
	str_add(out, span_cut(s, 0, end));
	if (end < s.n)
		str_adds(out, "…");
	str_release(&safe);
}

void tell_count(const struct digest *d, struct str *out, int64_t n)
{
	label_number(d->lang, n, out);
}

static bool vietnamese(const struct digest *d)
{
	return d->lang && strcmp(d->lang, "vi") == 0;
}

static void date_of(const struct digest *d, struct str *out, const struct civil *t)
{
	static const char *const months[] = {N_("January"), N_("February"), N_("March"), N_("April"),
		N_("May"), N_("June"), N_("July"), N_("August"), N_("September"), N_("October"),
		N_("November"), N_("December")};
	if (vietnamese(d))
		str_addf(out, "%02d/%02d/%lld", t->day, t->month, (long long)t->year);
	else
		str_addf(out, "%d %s %lld", t->day, word(d, months[t->month - 1]), (long long)t->year);
}

void tell_date(const struct digest *d, struct str *out, int64_t at)
{
	struct civil t = civil_from(at, d->zone_minutes);
	date_of(d, out, &t);
}

void tell_day(const struct digest *d, struct str *out, int64_t at)
{
	static const char *const days[] = {N_("Sunday"), N_("Monday"), N_("Tuesday"), N_("Wednesday"),
		N_("Thursday"), N_("Friday"), N_("Saturday")};
	struct civil t = civil_from(at, d->zone_minutes);
	str_addf(out, "%s, ", word(d, days[t.weekday]));
	date_of(d, out, &t);
}

void digest_time(const struct digest *d, struct str *out, int64_t at)
{
	struct civil t = civil_from(at, d->zone_minutes);
	date_of(d, out, &t);
	str_addf(out, vietnamese(d) ? " %02d:%02d" : ", %02d:%02d", t.hour, t.minute);
}

void tell_heading(const struct digest *d, struct str *out)
{
	struct str place = {0};
	if (d->place_name && *d->place_name) {
		tell_short(&place, d->place_name, NAME_MAX_CP);
		tell(d, out, N_("News watch: %1"), place.p, NULL);
	} else {
		str_adds(out, word(d, N_("News watch")));
	}
	str_release(&place);
}

void tell_period(const struct digest *d, struct str *out)
{
	struct str from = {0}, to = {0};
	digest_time(d, &from, d->since);
	digest_time(d, &to, d->now);
	tell(d, out, N_("From %1 to %2"), from.p, to.p);
	str_release(&from);
	str_release(&to);
}

static struct span source_name(const struct source *s)
{
	return span_of(s->name && *s->name ? s->name : s->id);
}

static bool seen_before(const struct item *it, size_t i)
{
	for (size_t j = 0; j < i; j++)
		if (span_eq(source_name(&it->articles[j]->source), source_name(&it->articles[i]->source)))
			return true;
	return false;
}

/* Without articles all that is known is the address of the leading one. */
static void tell_host(struct str *out, const char *url)
{
	struct url u;
	if (url_is_web(url) && url_split(span_of(url), &u))
		show_safe(out, u.host, true);
}

void tell_sources(const struct digest *d, struct str *out, const struct item *it)
{
	size_t names = 0;
	struct str n = {0};
	int64_t copies = it->copies > (int64_t)it->n_articles ? it->copies : (int64_t)it->n_articles;
	for (size_t i = 0; i < it->n_articles; i++) {
		if (seen_before(it, i) || !source_name(&it->articles[i]->source).n ||
			names++ >= SOURCES_SHOWN)
			continue;
		str_adds(out, names > 1 ? ", " : "");
		tell_short(out, source_name(&it->articles[i]->source).p, NAME_MAX_CP);
	}
	if (!names)
		tell_host(out, it->url);
	if (names > SOURCES_SHOWN)
		str_addf(out, " +%zu", names - SOURCES_SHOWN);
	tell_count(d, &n, copies > 0 ? copies : 1);
	str_adds(out, " · ");
	tell(d, out, copies > 1 ? N_("%1 copies") : N_("%1 copy"), n.p, NULL);
	str_release(&n);
}

void tell_reason(const struct digest *d, struct str *out, const struct item *it)
{
	const char *title = d->rule_title && it->rule ? d->rule_title(it->rule, d->ctx) : NULL;
	tell_short(out, title && *title ? title : it->rule, REASON_MAX_CP);
}

void tell_parts(const struct digest *d, struct str *out, const struct item *it)
{
	str_addf(out, "%s %d + %s %d + %s %d + %s %d", word(d, N_("rule")), it->priority.rule,
		word(d, N_("place")), it->priority.place, word(d, N_("spread")), it->priority.spread,
		word(d, N_("source")), it->priority.source);
}

void say_left_out(const struct digest *d, struct str *out, size_t n)
{
	struct str count = {0};
	tell_count(d, &count, (int64_t)n);
	tell(d, out, n == 1 ? N_("%1 more item is not shown here.") : N_("%1 more items are not shown here."),
		count.p, NULL);
	str_release(&count);
}

static bool open_state(const struct item *it)
{
	return it->state == ITEM_NEW || it->state == ITEM_TAKEN || it->returning;
}

enum due tell_due(const struct digest *d, struct str *out, const struct item *it)
{
	struct str count = {0};
	int64_t n;
	if (!it->due || !open_state(it) || item_settled(it))
		return DUE_NONE;
	const char *text = label_left(it->due - d->now, &n);
	tell_count(d, &count, n);
	tell(d, out, text, count.p, NULL);
	str_release(&count);
	if (it->due < d->now)
		return DUE_OVER;
	return it->due - d->now <= SOON ? DUE_SOON : DUE_LATER;
}

bool tell_state(const struct digest *d, struct str *out, const struct item *it)
{
	static const char *const states[] = {
		N_("new"), N_("taken"), N_("answered"), N_("dismissed"), N_("referred")};
	struct str who = {0};
	size_t before = out->n;
	if (it->returning) {
		str_adds(out, word(d, N_("returning")));
	} else if (it->state == ITEM_TAKEN && it->who && *it->who) {
		tell_short(&who, it->who, NAME_MAX_CP);
		tell(d, out, N_("taken by %1"), who.p, NULL);
	} else if (it->state != ITEM_NEW) {
		str_adds(out, word(d, states[it->state]));
	}
	str_release(&who);
	return out->n > before;
}

void digest_figures(const struct digest *d, struct figure out[FIGURES])
{
	const struct queue_counts *c = &d->counts;
	const struct figure list[FIGURES] = {{word(d, N_("New")), c->state[ITEM_NEW], false},
		{word(d, N_("Overdue")), c->overdue, true},
		{word(d, N_("Answered")), c->state[ITEM_ANSWERED], false},
		{word(d, N_("Returning")), c->returning, false},
		{word(d, N_("Failing sources")), c->sources_failing, true}};
	memcpy(out, list, sizeof list);
}

static int more_items(const void *a, const void *b)
{
	const struct topic_count *x = a, *y = b;
	if (x->n != y->n)
		return x->n < y->n ? 1 : -1;
	return strcmp(x->topic, y->topic);
}

size_t digest_topics(const struct digest *d, struct topic_count out[TOPICS_SHOWN + 1])
{
	VEC(struct topic_count) all = {0};
	for (size_t i = 0; i < d->n_items; i++) {
		const char *topic = d->items[i].topic ? d->items[i].topic : "";
		size_t k = 0;
		while (k < all.n && strcmp(all.p[k].topic, topic) != 0)
			k++;
		if (k == all.n)
			*vec_add(&all) = (struct topic_count){topic, 0};
		all.p[k].n++;
	}
	if (all.n)
		qsort(all.p, all.n, sizeof *all.p, more_items);
	size_t n = all.n < TOPICS_SHOWN ? all.n : TOPICS_SHOWN;
	if (n)
		memcpy(out, all.p, n * sizeof *out);
	if (n < all.n) {
		out[n] = (struct topic_count){0};
		for (size_t k = n; k < all.n; k++)
			out[n].n += all.p[k].n;
		n++;
	}
	vec_release(&all);
	return n;
}

bool item_settled(const struct item *it)
{
	return it->answered_by_source && !it->returning;
}

bool link_ok(const char *url)
{
	struct url u;
	return url_is_web(url) && url_split(span_of(url), &u) && !u.user.p;
}
