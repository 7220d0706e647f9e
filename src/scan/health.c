/* health: what a scan remembers of each source for the next one. When it may be asked again: as its server
 * and its feed wish, within limits, as its owner says, and more rarely while it fails, spread out so that
 * sources that failed together do not come back together, but never not at all (a 410 alone stops it). Where
 * it is asked: what redirects permanently, three times to the same place, is asked there, until that fails.
 * And what has been said of it, so that a nightly run says each thing once. Nothing is written when nothing
 * changed, but for a sign of life every few hours. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/hash.h"
#include "base/i18n.h"
#include "base/limits.h"
#include "base/url.h"
#include "scan/run_priv.h"

#include "base/banned.h"

enum { HOUR = 3600, DAY = 86400 };
/* The longest time a server's wish (max-age, ttl, skipHours) keeps a source from being asked: news of the
 * morning must be there by noon. And the shortest that is worth a note when nothing else changed. */
enum { QUIET_MAX = 6 * HOUR, QUIET_MIN = 600 };
/* After the second failure in a row: 15 minutes, doubled each time, at most half a day; a quarter more or
 * less. */
enum { BACKOFF_FIRST = 900, BACKOFF_MAX = 12 * HOUR };
enum { MOVES_NEEDED = 3, MOVED_FAILURES = 3 };
/* A source is silent after so many times its usual gap, but not within two days: weekends. */
enum { SILENT_GAPS = 4, SILENT_MIN = 2 * DAY, RHYTHM_ENTRIES = 4 };
enum { TOLD_MAX = 8192 }; /* bytes; what does not fit is told again */

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t most(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* --- before it is asked --- */

void health_begin(struct source_job *j)
{
	struct source_state *s = &j->state;
	if (s->address && strcmp(s->address, j->conf->url) != 0) /* another address: another source */
		*s = (struct source_state){
			.last_change = s->last_change, .newest = s->newest, .rhythm = s->rhythm};
	s->address = j->conf->url;
}

bool health_moved(const struct source_job *j)
{
	return j->state.moved && j->state.moves >= MOVES_NEEDED;
}

/* A time further away than whatever sets it can reach was written by a clock that was wrong. */
static bool not_yet(const struct source_job *j, int64_t now)
{
	int64_t wait = j->state.next_ask - now;
	return wait > 0 && wait <= most(RETRY_AFTER_MAX, j->conf->interval);
}

bool health_rests(const struct source_job *j, int64_t now)
{
	const struct source_state *s = &j->state;
	struct civil c = civil_from(now, 0);
	int64_t weekday = (now / DAY + 3) % 7; /* 1970 began on a Thursday; 0: Monday */
	bool skip = (s->skip_hours >> c.hour & 1) || (s->skip_days >> weekday & 1);
	return s->gone || not_yet(j, now) || (skip && !s->errors && now < s->last_ok + QUIET_MAX);
}

/* --- what came of it --- */

/* How long its server, its feed and its owner want it left alone. */
static int64_t quiet_for(const struct source_job *j, const struct fetch_answer *a)
{
	int64_t wish = least(most(a->max_age, j->state.ttl), QUIET_MAX);
	return most(most(wish, 0), most(j->conf->interval, a->retry_after));
}

/* A permanent redirect counts when it leads to the same place again. */
static void note_move(struct run *r, struct source_job *j, const struct fetch_answer *a)
{
	struct source_state *s = &j->state;
	struct url own;
	const char *to = a->permanent_url;
	bool secret = url_split(span_of(j->conf->url), &own) && own.user.n; /* not to be left behind */
	if (health_moved(j) && !to)
		return; /* asked there already, and it is the place */
	if (!to || secret) {
		if (s->moved)
			j->changed = true;
		s->moved = NULL;
		s->moves = 0;
		return;
	}
	bool same = s->moved && strcmp(s->moved, to) == 0;
	s->moves = same ? s->moves + 1 : 1;
	s->moved = arena_strdup(&r->arena, to);
	j->changed = true;
	if (s->moves == MOVES_NEEDED) {
		struct err e = {0};
		err_set(&e, ERR_DATA, N_("has moved for good to %1, and is asked there from now on"), to,
			NULL);
		err_todo(&e, N_("write the new address into the feeds file"));
		tell_notice(r, j, &e);
	}
}

/* In the form that cli/say.c reads (say_kept): what belongs into the text is told with it. */
static const char *keep(struct run *r, const struct err *fault)
{
	return arena_printf(&r->arena, "%s\t%s\t%s", fault->text, fault->arg[0], fault->arg[1]);
}

void health_failed(struct run *r, struct source_job *j, const struct fetch_answer *a)
{
	struct source_state *s = &j->state;
	char errors[STAMP_MAX];
	int64_t wait = 0;
	s->errors++;
	if (!s->failing_since)
		s->failing_since = a->when;
	if (s->errors > 1) {
		wait = least((int64_t)BACKOFF_FIRST << least(s->errors - 2, 10), BACKOFF_MAX);
		clock_format_utc(s->failing_since + s->errors, errors); /* another one each time */
		uint64_t dice = hash64(span_of(j->conf->id), hash64(span_of(errors), 0));
		wait += wait / 4 - (int64_t)(dice % (uint64_t)(wait / 2 + 1));
	}
	wait = most(wait, a->retry_after);
	s->next_ask = wait ? a->when + wait : 0;
	s->gone = a->status == 410;
	s->last_error = keep(r, &a->err);
	if (a->status == 304) /* an answer to a question nobody asked: ask without conditions next time */
		s->etag = s->last_modified = NULL;
	if (health_moved(j) && s->errors >= MOVED_FAILURES) { /* the old address may know better */
		s->moved = NULL;
		s->moves = s->next_ask = 0;
		s->gone = false;
	}
	j->changed = true;
}

/* What was told of what it brought holds as long as it brings the same. Of its silence anew. */
static void still_told(struct source_job *j)
{
	struct span rest = span_of(j->state.told), one;
	while (span_next(&rest, '\n', &one)) {
		if (!one.n || one.p[0] == 'q')
			continue;
		str_add(&j->telling, one);
		str_addc(&j->telling, '\n');
	}
}

void health_unchanged(struct run *r, struct source_job *j, const struct fetch_answer *a)
{
	struct source_state *s = &j->state;
	int64_t quiet = quiet_for(j, a);
	if (!s->errors)
		still_told(j);
	if (s->errors || a->when - s->last_ok >= QUIET_MAX) {
		s->errors = s->failing_since = s->next_ask = 0;
		s->last_error = NULL;
		s->last_ok = a->when;
		j->changed = true;
	}
	if (quiet >= QUIET_MIN || j->conf->interval) {
		s->next_ask = a->when + quiet;
		j->changed = true;
	}
	note_move(r, j, a);
}

void health_answered(struct run *r, struct source_job *j, const struct fetch_answer *a, const char *digest)
{
	struct source_state *s = &j->state;
	s->etag = arena_strdup(&r->arena, a->etag);
	s->last_modified = arena_strdup(&r->arena, a->last_modified);
	s->body_digest = arena_strdup(&r->arena, digest);
	s->last_ok = s->last_change = a->when;
	s->errors = s->failing_since = 0;
	s->last_error = NULL;
	s->gone = false;
	s->ttl = s->skip_hours = s->skip_days = 0; /* the feed says them anew */
	int64_t quiet = quiet_for(j, a);
	s->next_ask = quiet ? a->when + quiet : 0;
	j->changed = true;
	note_move(r, j, a);
}

/* It answered, and could not be read: asked for again soon, it may be mended. */
void health_unread(struct run *r, struct source_job *j, int64_t now, const struct err *fault)
{
	struct source_state *s = &j->state;
	s->errors++;
	s->next_ask = 0;
	if (!s->failing_since)
		s->failing_since = now;
	s->etag = s->last_modified = s->body_digest = NULL;
	s->last_error = keep(r, fault);
}

/* --- what its feed says --- */

void health_entry(struct source_job *j, const struct article *x, int64_t now)
{
	const struct stamp *at = x->published.known ? &x->published : &x->updated;
	if (at->known && at->at <= now)
		vec_push(&j->dates, at->at);
}

static int newest_first(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x < y) - (x > y);
}

/* The median gap; when most entries come in heaps, how often one comes on the whole. */
static int64_t rhythm_of(int64_t *dates, size_t n)
{
	int64_t whole = dates[0] - dates[n - 1];
	for (size_t i = 0; i + 1 < n; i++)
		dates[i] -= dates[i + 1];
	qsort(dates, n - 1, sizeof *dates, newest_first);
	return most(dates[(n - 1) / 2] ? dates[(n - 1) / 2] : whole / (int64_t)(n - 1), 1);
}

void health_dates(struct source_job *j, int64_t otherwise)
{
	struct source_state *s = &j->state;
	int64_t newest = s->newest, rhythm = s->rhythm;
	if (j->dates.n)
		qsort(j->dates.p, j->dates.n, sizeof *j->dates.p, newest_first);
	s->newest = most(s->newest, j->dates.n ? j->dates.p[0] : otherwise);
	if (j->dates.n >= RHYTHM_ENTRIES)
		s->rhythm = rhythm_of(j->dates.p, j->dates.n);
	j->changed |= s->newest != newest || s->rhythm != rhythm;
	vec_release(&j->dates);
}

void health_feed(struct source_job *j, const struct record_result *res, int64_t now, bool section)
{
	struct source_state *s = &j->state;
	s->ttl = res->ttl;
	s->skip_hours = res->skip_hours;
	s->skip_days = res->skip_days;
	if (res->ttl)
		s->next_ask = most(s->next_ask, now + least(res->ttl, QUIET_MAX));
	if (!section)
		health_dates(j, res->n ? now : 0);
}

bool source_silence(const struct source_state *s, int64_t now, struct err *out)
{
	char days[24], often[24];
	int64_t silent = now - s->newest;
	if (!s->newest || !s->rhythm || s->errors || s->gone ||
		silent < most(SILENT_GAPS * s->rhythm, SILENT_MIN))
		return false;
	bool hourly = s->rhythm <= HOUR, daily = s->rhythm <= DAY;
	int64_t rate = hourly ? HOUR / s->rhythm : daily ? DAY / s->rhythm : (s->rhythm + DAY / 2) / DAY;
	snprintf(days, sizeof days, "%lld", (long long)(silent / DAY));
	snprintf(often, sizeof often, "%lld", (long long)rate);
	err_set(out, ERR_DATA,
		hourly  ? N_("nothing new for %1 days, usually %2 an hour")
		: daily ? N_("nothing new for %1 days, usually %2 a day")
			: N_("nothing new for %1 days, usually one in %2 days"),
		days, often);
	return true;
}

/* --- what has been said --- */

/* A line of what is told: 's' of the source, 'p' of a page, 'q' of its silence. */
static bool in_lines(const char *lines, struct span line)
{
	struct span rest = span_of(lines), one;
	while (span_next(&rest, '\n', &one))
		if (span_eq(one, line))
			return true;
	return false;
}

bool health_news(
	struct run *r, struct source_job *j, char what, const char *text, const char *a, const char *b)
{
	struct str line = {0};
	if (!j || !r->plan->once)
		return true;
	str_addf(&line, "%c%s\t%s\t%s", what, text, a, b);
	for (size_t i = 0; i < line.n; i++)
		if (line.p[i] == '\n')
			line.p[i] = ' ';
	bool now = in_lines(j->telling.p, str_span(&line)), before = in_lines(j->state.told, str_span(&line));
	if (!now && j->telling.n + line.n < TOLD_MAX) {
		str_add(&j->telling, str_span(&line));
		str_addc(&j->telling, '\n');
	}
	str_release(&line);
	return !now && !before;
}

static bool has_line(const char *lines, char what)
{
	struct span rest = span_of(lines), one;
	while (span_next(&rest, '\n', &one))
		if (one.n && one.p[0] == what)
			return true;
	return false;
}

/* Everything of this run is said: what is no longer so, and that nothing comes. */
void health_end(struct run *r, struct source_job *j)
{
	struct source_state *s = &j->state;
	struct err e = {0}, silence = {0};
	if (!r->plan->once || !r->queue)
		return;
	if (has_line(s->told, 's') && !has_line(j->telling.p, 's')) {
		err_set(&e, ERR_DATA, N_("works again"), NULL, NULL);
		tell_notice(r, j, &e);
	}
	bool silent = source_silence(s, r->plan->now, &silence), was = has_line(s->told, 'q');
	if (silent && health_news(r, j, 'q', "", "", "") && !was)
		tell_notice(r, j, &silence);
	if (!silent && was && !s->errors) {
		err_clear(&e);
		err_set(&e, ERR_DATA, N_("has news again"), NULL, NULL);
		tell_notice(r, j, &e);
	}
	const char *told = j->telling.n ? arena_dup(&r->arena, str_span(&j->telling)) : NULL;
	if (!told != !s->told || (told && strcmp(told, s->told) != 0))
		j->changed = true;
	s->told = told;
	str_release(&j->telling);
}
