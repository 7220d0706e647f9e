/* event: what happens to items. An event is added, never changed, and its item's state is brought up to it.
 * People's decisions pass through queue_event(), which holds them against what the state allows. */
#include "queue/queue_priv.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"

#include "base/banned.h"

/* The columns of the item that repeat what its events say. */
static int fold(struct queue *q, int64_t item, struct err *e)
{
	sqlite3_stmt *s = db_stmt(q,
		"UPDATE item SET (state, came_back, who, opened, decided) = (SELECT f.state, f.came_back, "
		"f.who, "
		"f.opened, f.decided FROM folded f WHERE f.number = ?1) WHERE number = ?1",
		e);
	if (!s)
		return -1;
	db_int(s, 1, item);
	item_forget(q);
	return db_run(q, s, e);
}

int event_add(struct queue *q, int64_t item, int64_t at, const char *who, const char *what, const char *why,
	const char *detail, struct err *e)
{
	sqlite3_stmt *s = db_stmt(
		q, "INSERT INTO event (item, at, who, what, why, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6)", e);
	if (!s)
		return -1;
	db_int(s, 1, item);
	db_int(s, 2, at);
	db_text(s, 3, who);
	db_text(s, 4, what);
	db_text(s, 5, why);
	db_text(s, 6, detail);
	if (db_run(q, s, e) < 0)
		return -1;
	bool decides = strcmp(what, "copy") != 0 && strcmp(what, "note") != 0 && strcmp(what, "merge") != 0;
	return decides ? fold(q, item, e) : 0;
}

/* --- decisions --- */

const char *const item_states[] = {"new", "taken", "answered", "dismissed", "referred", NULL};

static const char *const allowed[] = {
	[ITEM_NEW] = "take, answer, dismiss, refer, note",
	[ITEM_TAKEN] = "answer, dismiss, refer, reopen, note",
	[ITEM_ANSWERED] = "reopen, note",
	[ITEM_DISMISSED] = "reopen, note",
	[ITEM_REFERRED] = "answer, reopen, note",
};

const char *item_allowed(enum item_state s)
{
	return allowed[s];
}

static bool in_list(const char *list, const char *word)
{
	struct span rest = span_of(list), part;
	while (span_next(&rest, ',', &part))
		if (span_is(span_trim(part), word))
			return true;
	return false;
}

static int refuse(enum item_state s, int64_t number, struct err *e)
{
	static const char *const texts[] = {
		[ITEM_NEW] = N_("item %1 is new; possible now: %2"),
		[ITEM_TAKEN] = N_("item %1 is taken; possible now: %2"),
		[ITEM_ANSWERED] = N_("item %1 is answered; possible now: %2"),
		[ITEM_DISMISSED] = N_("item %1 is dismissed; possible now: %2"),
		[ITEM_REFERRED] = N_("item %1 is referred; possible now: %2"),
	};
	struct str n;
	str_init(&n, 0);
	str_addf(&n, "%lld", (long long)number);
	err_set(e, ERR_USAGE, texts[s], n.p, allowed[s]);
	str_release(&n);
	return -1;
}

static int state_of(struct queue *q, int64_t number, enum item_state *out, struct err *e)
{
	char n[2][24];
	sqlite3_stmt *s = db_stmt(q, "SELECT state, coalesce(merged, 0) FROM item WHERE number = ?1", e);
	if (!s)
		return -1;
	db_int(s, 1, number);
	int rc = db_step(q, s, e);
	int64_t merged = rc > 0 ? db_col_int(s, 1) : 0;
	*out = ITEM_NEW;
	for (int i = 0; rc > 0 && item_states[i]; i++)
		if (span_is(db_col(s, 0), item_states[i]))
			*out = (enum item_state)i;
	db_done(s);
	snprintf(n[0], sizeof n[0], "%lld", (long long)number);
	snprintf(n[1], sizeof n[1], "%lld", (long long)merged);
	if (rc < 0)
		return -1;
	if (rc == 0)
		return err_set(e, ERR_USAGE, N_("there is no item %1"), n[0], NULL);
	if (merged)
		return err_set(e, ERR_USAGE, N_("item %1 has become part of item %2"), n[0], n[1]);
	return 0;
}

static bool blank(const char *s)
{
	return span_trim(span_of(s)).n == 0;
}

static int check_event(const struct item_event *ev, struct err *e)
{
	static const char people[] = "take, answer, dismiss, refer, reopen, note";
	if (!ev->what || !in_list(people, ev->what))
		return err_set(e, ERR_USAGE, N_("unknown step \"%1\"; there are: %2"), ev->what, people);
	if (blank(ev->who))
		return err_set(e, ERR_USAGE, N_("a decision needs the name of who decides"), NULL, NULL);
	if (strcmp(ev->what, "dismiss") == 0 && blank(ev->why))
		return err_set(e, ERR_USAGE, N_("to dismiss needs a reason"), NULL, NULL);
	if (strcmp(ev->what, "note") == 0 && blank(ev->why))
		return err_set(e, ERR_USAGE, N_("a note needs a text"), NULL, NULL);
	struct json *doc = NULL;
	int rc = ev->detail ? json_parse(span_of(ev->detail), &doc, e) : 0;
	json_free(doc);
	return rc;
}

int queue_event(
	struct queue *q, int64_t number, const struct item_event *ev, enum item_state *now, struct err *e)
{
	bool mine = false;
	enum item_state before = ITEM_NEW;
	if (check_event(ev, e) < 0 || db_enter(q, &mine, e) < 0)
		return -1;
	int rc = state_of(q, number, &before, e);
	if (rc == 0 && !in_list(allowed[before], ev->what))
		rc = refuse(before, number, e);
	if (rc == 0)
		rc = event_add(
			q, number, ev->at, ev->who, ev->what, blank(ev->why) ? NULL : ev->why, ev->detail, e);
	if (rc == 0)
		rc = state_of(q, number, now, e);
	return db_leave(q, mine, rc, e);
}
