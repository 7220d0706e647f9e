/* mute: what an office does not want to hear for a while: one rule, from one source or from all, until a day.
 * The file is the office's own, so it outlives every update of the rules. It is changed by adding or cutting
 * whole entries: comments stay. */

#include "rule/rule_priv.h"

#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/limits.h"
#include "base/str.h"

#include "base/banned.h"

static int read_entry(const struct conf *at, struct mute *m, struct err *e)
{
	static const char *const keys[] = {"rule", "source", "until", "why", NULL};
	*m = (struct mute){.line = at->line};
	if (conf_only(at, keys, e) < 0 || conf_need_text(at, "rule", &m->rule, e) < 0 ||
		conf_text(at, "source", &m->source, e) < 0 || conf_text(at, "why", &m->why, e) < 0)
		return -1;
	if (!conf_get(at, "until"))
		return conf_fault(at, e, N_("a mute ends some day: say until when, as \"until: 2026-12-31\""),
			NULL, NULL);
	return conf_date(at, "until", &m->until, e);
}

static int read_entries(struct arena *a, const struct conf *file, struct mute **out, size_t *n, struct err *e)
{
	*out = arena_array(a, struct mute, file->n + 1);
	*n = 0;
	if (file->null)
		return 0;
	if (file->kind != CONF_LIST)
		return conf_fault(file, e, N_("expected mutes, each beginning with \"- rule:\""), NULL, NULL);
	for (const struct conf *c = file->child; c; c = c->next)
		if (read_entry(c, &(*out)[(*n)++], e) < 0)
			return -1;
	return 0;
}

int mutes_load(struct arena *a, const char *path, struct mute **out, size_t *n, struct err *e)
{
	struct conf *file;
	*out = NULL;
	*n = 0;
	if (!file_exists(path))
		return 0;
	if (conf_load(a, path, &file, e) < 0)
		return -1;
	return read_entries(a, file, out, n, e);
}

/* ---- in force ---- */

int mutes_apply(struct ruleset *s, const struct rule_load *how, struct err *e)
{
	size_t n;
	if (!how->mutes)
		return 0;
	if (mutes_load(&s->arena, how->mutes, &s->mutes, &n, e) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (s->mutes[i].until >= how->today)
			s->mutes[s->n_mutes++] = s->mutes[i];
	return 0;
}

const struct mute *mute_of(const struct ruleset *s, const char *rule, const struct article *x)
{
	for (size_t i = 0; i < s->n_mutes; i++) {
		const struct mute *m = &s->mutes[i];
		bool here = !m->source || (x->source.id && strcmp(m->source, x->source.id) == 0);
		if (here && strcmp(m->rule, rule) == 0)
			return m;
	}
	return NULL;
}

/* ---- changing the file ---- */

static bool same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

/* Appends `text` without the entry that begins in line `gone` (from 1; 0: none): that line and the indented
 * ones below it. */
static void add_without(struct str *out, struct span text, long gone)
{
	struct span line;
	bool cut = false;
	for (long n = 1; text.n && span_next(&text, '\n', &line); n++) {
		cut = n == gone || (cut && line.n && (line.p[0] == ' ' || line.p[0] == '\t'));
		if (cut)
			continue;
		str_add(out, line);
		str_addc(out, '\n');
	}
}

/* The text of the file without this mute; *left: how many mutes stay. */
static int without(struct arena *a, const char *path, const struct mute *gone, struct str *out, bool *found,
	size_t *left, struct err *e)
{
	struct span text = {0};
	struct mute *m;
	size_t n, i = 0;
	if (mutes_load(a, path, &m, &n, e) < 0)
		return -1;
	if (file_exists(path) && file_read(a, path, CONF_FILE_MAX, &text, e) < 0)
		return -1;
	while (i < n && !(strcmp(m[i].rule, gone->rule) == 0 && same(m[i].source, gone->source)))
		i++;
	*found = i < n;
	*left = n - *found;
	add_without(out, text, *found ? m[i].line : 0);
	return 0;
}

static void add_entry(struct str *out, const struct mute *m)
{
	char day[STAMP_MAX];
	stamp_format((struct stamp){.at = m->until * 86400, .known = true, .date_only = true}, day);
	str_addf(out, "- rule: %s\n", m->rule);
	conf_write_key(out, "source", m->source);
	conf_write_key(out, "until", day);
	conf_write_key(out, "why", m->why);
}

/* Does the text hold so many mutes? One written by hand in another style may not when lines were cut. */
static int check_text(struct arena *a, const char *path, struct span text, size_t want, struct err *e)
{
	struct conf *file;
	struct mute *m;
	size_t n;
	if (conf_parse(a, path, text, &file, e) < 0 || read_entries(a, file, &m, &n, e) < 0)
		return -1;
	if (n == want)
		return 0;
	err_set(e, ERR_CONF, N_("this file has a style of its own; change it by hand"), NULL, NULL);
	return err_at(e, path, 0, 0);
}

/* Writes the file without the mute `gone`, and with `added` unless it is NULL. */
static int change(
	const char *path, const struct mute *gone, const struct mute *added, bool *found, struct err *e)
{
	struct arena a = {0};
	struct str text = {0};
	size_t left;
	int rc = without(&a, path, gone, &text, found, &left, e);
	if (rc == 0 && added)
		add_entry(&text, added);
	if (rc == 0 && (added || *found))
		rc = check_text(&a, path, str_span(&text), left + (added != NULL), e);
	if (rc == 0 && (added || *found))
		rc = file_replace(path, str_span(&text), e);
	str_release(&text);
	arena_release(&a);
	return rc;
}

int mutes_put(const char *path, const struct mute *m, struct err *e)
{
	bool found;
	return change(path, m, m, &found, e);
}

int mutes_drop(const char *path, const char *rule, const char *source, bool *found, struct err *e)
{
	struct mute gone = {.rule = rule, .source = source};
	return change(path, &gone, NULL, found, e);
}
