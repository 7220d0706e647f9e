/* read: typed readers over the tree of yaml.c. Each says at the value what was expected, never just
 * "invalid"; an unknown key is most often a slip of the finger, so the nearest known one is named. */
#include "conf/conf.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/str.h"

#include "base/banned.h"

enum {
	KEY_MAX = 32,   /* bytes of a key that spelling is compared on */
	LIST_MAX = 200, /* bytes of a list of words in a message */
};

struct conf *conf_get(const struct conf *map, const char *key)
{
	if (map->kind != CONF_MAP)
		return NULL;
	for (struct conf *c = map->child; c; c = c->next)
		if (span_is(c->key, key))
			return c;
	return NULL;
}

int conf_fault(const struct conf *at, struct err *e, const char *text, const char *a, const char *b)
{
	err_set(e, ERR_CONF, text, a, b);
	return err_at(e, at->file, at->line, at->col);
}

/* ---- keys ---- */

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Edits (one byte in, out, other, or two swapped) from a to b; SIZE_MAX for keys of no ordinary length. */
static size_t distance(struct span a, struct span b)
{
	size_t row[3][KEY_MAX + 1];
	if (a.n > KEY_MAX || b.n > KEY_MAX)
		return SIZE_MAX;
	for (size_t j = 0; j <= b.n; j++)
		row[0][j] = j;
	for (size_t i = 1; i <= a.n; i++) {
		size_t *now = row[i % 3], *before = row[(i + 2) % 3], *two = row[(i + 1) % 3];
		now[0] = i;
		for (size_t j = 1; j <= b.n; j++) {
			size_t other = before[j - 1] + (a.p[i - 1] != b.p[j - 1]);
			now[j] = least(other, least(before[j], now[j - 1]) + 1);
			if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] && a.p[i - 2] == b.p[j - 1])
				now[j] = least(now[j], two[j - 2] + 1);
		}
	}
	return row[a.n % 3][b.n];
}

const char *conf_nearest(struct span word, const char *const *known)
{
	const char *best = NULL;
	size_t least_edits = word.n < 4 ? 2 : 3; /* must stay below this */
	for (; *known; known++) {
		size_t d = distance(word, span_of(*known));
		if (d < least_edits) {
			best = *known;
			least_edits = d;
		}
	}
	return best;
}

int conf_fault_name(
	const struct conf *at, struct err *e, const char *text, const char *name, const char *const *known)
{
	const char *near = conf_nearest(span_of(name), known);
	conf_fault(at, e, text, name, near);
	return near ? err_todo(e, N_("did you mean \"%2\"?")) : -1;
}

/* "a, b, c" of a list, cut at a whole word. */
static void list_words(const char *const *words, char out[LIST_MAX])
{
	size_t n = 0;
	out[0] = 0;
	for (; *words; words++) {
		size_t m = strlen(*words);
		if (n + m + 8 > LIST_MAX) {
			snprintf(out + n, LIST_MAX - n, ", …");
			return;
		}
		n += (size_t)snprintf(out + n, LIST_MAX - n, "%s%s", n ? ", " : "", *words);
	}
}

static bool among(struct span word, const char *const *known)
{
	for (; *known; known++)
		if (span_is(word, *known))
			return true;
	return false;
}

int conf_only(const struct conf *map, const char *const *known, struct err *e)
{
	char list[LIST_MAX];
	if (map->kind != CONF_MAP) {
		if (map->null)
			return 0;
		list_words(known, list);
		return conf_fault(
			map, e, N_("\"key: value\" lines were expected here; known keys: %1"), list, NULL);
	}
	for (const struct conf *c = map->child; c; c = c->next) {
		if (among(c->key, known))
			continue;
		const char *near = conf_nearest(c->key, known);
		list_words(known, list);
		if (near)
			err_set(e, ERR_CONF, N_("unknown key \"%1\"; did you mean \"%2\"?"), c->key.p, near);
		else
			err_set(e, ERR_CONF, N_("unknown key \"%1\"; known keys: %2"), c->key.p, list);
		return err_at(e, c->file, c->key_line, c->key_col);
	}
	return 0;
}

/* ---- values ---- */

/* 1: *out is the scalar under the key; 0: missing or without a value; -1: not a scalar. */
static int scalar_of(const struct conf *map, const char *key, struct conf **out, struct err *e)
{
	struct conf *c = conf_get(map, key);
	if (!c || c->null)
		return 0;
	if (c->kind != CONF_SCALAR) {
		const char *text = c->kind == CONF_LIST
					   ? N_("\"%1\" must be one value, not a list")
					   : N_("\"%1\" must be one value, not \"key: value\" lines");
		return conf_fault(c, e, text, key, NULL);
	}
	*out = c;
	return 1;
}

int conf_text(const struct conf *map, const char *key, const char **out, struct err *e)
{
	struct conf *c = NULL;
	int rc = scalar_of(map, key, &c, e);
	if (c)
		*out = c->text.p;
	return rc < 0 ? -1 : 0;
}

int conf_need_text(const struct conf *map, const char *key, const char **out, struct err *e)
{
	struct conf *c = NULL;
	int rc = scalar_of(map, key, &c, e);
	if (rc < 0)
		return -1;
	if (rc == 0) {
		const struct conf *at = conf_get(map, key);
		return conf_fault(at ? at : map, e,
			at ? N_("\"%1\" must not be empty") : N_("\"%1\" is missing"), key, NULL);
	}
	if (!span_trim(c->text).n)
		return conf_fault(c, e, N_("\"%1\" must not be empty"), key, NULL);
	*out = c->text.p;
	return 0;
}

int conf_int(const struct conf *map, const char *key, int64_t min, int64_t max, int64_t *out, struct err *e)
{
	struct conf *c = NULL;
	int64_t v;
	int rc = scalar_of(map, key, &c, e);
	if (!c)
		return rc;
	if (!span_to_int64(c->text, &v) || v < min || v > max) {
		char range[48];
		snprintf(range, sizeof range, "%lld..%lld", (long long)min, (long long)max);
		return conf_fault(c, e, N_("\"%1\" must be a whole number (%2)"), key, range);
	}
	*out = v;
	return 0;
}

int conf_bool(const struct conf *map, const char *key, bool *out, struct err *e)
{
	struct conf *c = NULL;
	int rc = scalar_of(map, key, &c, e);
	if (!c)
		return rc;
	bool yes = span_is(c->text, "true");
	if (!yes && !span_is(c->text, "false"))
		return conf_fault(c, e, N_("\"%1\" must be true or false, not \"%2\""), key, c->text.p);
	*out = yes;
	return 0;
}

int conf_duration(const struct conf *map, const char *key, int64_t *seconds, struct err *e)
{
	struct conf *c = NULL;
	int64_t v;
	int rc = scalar_of(map, key, &c, e);
	if (!c)
		return rc;
	if (!duration_parse(c->text, &v))
		return conf_fault(c, e,
			N_("\"%1\" must be a length of time such as 45s, 90m, 4h or 30d, not \"%2\""), key,
			c->text.p);
	*seconds = v;
	return 0;
}

int conf_date(const struct conf *map, const char *key, int64_t *days, struct err *e)
{
	struct conf *c = NULL;
	struct stamp s;
	int rc = scalar_of(map, key, &c, e);
	if (!c)
		return rc;
	if (!stamp_parse_rfc3339(c->text, &s) || !s.date_only)
		return conf_fault(
			c, e, N_("\"%1\" must be a date written as 2026-11-22, not \"%2\""), key, c->text.p);
	*days = s.at / 86400 - (s.at % 86400 < 0);
	return 0;
}

int conf_word(const struct conf *map, const char *key, const char *const *words, int *out, struct err *e)
{
	struct conf *c = NULL;
	char list[LIST_MAX];
	int rc = scalar_of(map, key, &c, e);
	if (!c)
		return rc;
	for (int i = 0; words[i]; i++) {
		if (span_is(c->text, words[i])) {
			*out = i;
			return 0;
		}
	}
	list_words(words, list);
	return conf_fault(c, e, N_("\"%1\" must be one of: %2"), key, list);
}

int conf_texts(
	struct arena *a, const struct conf *map, const char *key, const char ***out, size_t *n, struct err *e)
{
	struct conf *c = conf_get(map, key);
	if (!c || c->null)
		return 0;
	if (c->kind == CONF_MAP)
		return conf_fault(c, e, N_("\"%1\" must be a list of texts"), key, NULL);
	size_t count = c->kind == CONF_LIST ? c->n : 1, i = 0;
	const char **list = arena_array(a, const char *, count + 1);
	for (struct conf *item = c->kind == CONF_LIST ? c->child : c; i < count; item = item->next) {
		if (item->kind != CONF_SCALAR)
			return conf_fault(item, e, N_("\"%1\" must be a list of texts"), key, NULL);
		if (!span_trim(item->text).n)
			return conf_fault(item, e, N_("an item of \"%1\" is empty"), key, NULL);
		list[i++] = item->text.p;
	}
	*out = list;
	*n = count;
	return 0;
}
