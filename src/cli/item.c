/* item: items for programs (NDJSON), and the words of an item that list and show have in common. */
#include "cli/item.h"

#include <string.h>

#include "base/clock.h"

#include "base/banned.h"

enum { HOUR = 3600 };

static void put_time(struct json_writer *w, const char *key, int64_t at)
{
	char text[STAMP_MAX];
	if (!at)
		return;
	clock_format_utc(at, text);
	json_field(w, key, text);
}

static void put_bool(struct json_writer *w, const char *key, bool v)
{
	json_key(w, key);
	json_put_bool(w, v);
}

static void put_priority(struct json_writer *w, const struct item *it)
{
	json_key(w, "priority");
	json_begin_object(w);
	json_field_int(w, "total", it->priority.total);
	json_key(w, "parts");
	json_begin_object(w);
	json_field_int(w, "rule", it->priority.rule);
	json_field_int(w, "place", it->priority.place);
	json_field_int(w, "spread", it->priority.spread);
	json_field_int(w, "source", it->priority.source);
	json_end_object(w);
	json_end_object(w);
}

static void put_articles(struct json_writer *w, const char *key, struct article *const *list, size_t n)
{
	json_key(w, key);
	json_begin_array(w);
	for (size_t i = 0; i < n; i++) {
		if (i)
			str_addc(w->out, ',');
		article_write(list[i], w->out);
		str_truncate(w->out, w->out->n - 1); /* its line break */
	}
	json_end_array(w);
}

static void put_events(struct json_writer *w, const struct item *it)
{
	json_key(w, "events");
	json_begin_array(w);
	for (size_t i = 0; i < it->n_events; i++) {
		const struct item_event *ev = &it->events[i];
		struct json *detail = NULL;
		struct err ignored = {0};
		json_begin_object(w);
		put_time(w, "at", ev->at);
		json_field(w, "who", ev->who);
		json_field(w, "what", ev->what);
		json_field_opt(w, "why", ev->why);
		if (ev->detail && json_parse(span_of(ev->detail), &detail, &ignored) == 0) {
			json_key(w, "detail");
			json_put_value(w, detail);
		}
		json_free(detail);
		json_end_object(w);
	}
	json_end_array(w);
}

void item_write(const struct item *it, struct str *out)
{
	struct json_writer w = {out, false};
	json_begin_object(&w);
	json_field_int(&w, "v", 1);
	json_field_int(&w, "number", it->number);
	json_field(&w, "state", item_states[it->state]);
	put_bool(&w, "returning", it->returning);
	put_bool(&w, "answered", it->answered_by_source);
	json_field_opt(&w, "who", it->who);
	json_field(&w, "story", it->story);
	json_field_opt(&w, "title", it->title);
	json_field_opt(&w, "url", it->url);
	json_field_opt(&w, "lang", it->lang);
	json_field_opt(&w, "topic", it->topic);
	json_field_opt(&w, "rule", it->rule);
	json_field_opt(&w, "action", it->action);
	put_priority(&w, it);
	put_time(&w, "first_seen", it->first_seen);
	put_time(&w, "last_seen", it->last_seen);
	put_time(&w, "due", it->due);
	json_field_int(&w, "copies", it->copies);
	json_field_int(&w, "sources", it->sources);
	if (it->articles)
		put_articles(&w, "articles", it->articles, it->n_articles);
	if (it->versions)
		put_articles(&w, "versions", it->versions, it->n_versions);
	if (it->events)
		put_events(&w, it);
	json_end_object(&w);
}

const char *item_state_word(const struct item *it)
{
	if (it->returning && it->state == ITEM_NEW)
		return _("returning");
	if (it->answered_by_source && it->state == ITEM_NEW)
		return _("answered by the source");
	return show_state(item_states[it->state]);
}

bool item_number(const char *text, int64_t *out)
{
	return span_to_int64(span_of(text[0] == '#' ? text + 1 : text), out) && *out > 0;
}

static bool open_item(const struct item *it)
{
	return it->due && (it->state == ITEM_NEW || it->state == ITEM_TAKEN);
}

void item_left(const struct cli *c, const struct item *it, struct str *out)
{
	if (open_item(it))
		show_left(c, it->due - c->now, out);
}

const char *item_left_style(const struct cli *c, const struct item *it)
{
	if (!open_item(it))
		return NULL;
	return it->due < c->now ? "1;31" : it->due - c->now < HOUR ? "33" : NULL;
}
