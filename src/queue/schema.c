/* schema: the tables, as SQL, one text a version; `user_version` in the file says how far it is. Columns and
 * meanings are in soatin-queue.5. Three ideas:
 *   - an event is written once and never changed (triggers refuse it); what an item's state is follows from
 * its events alone (view `folded`), and event_add() sets the columns of `item` that repeat it for speed from
 * that view in the same transaction;
 *   - an article is one line of NDJSON and the few columns that are asked for; the line comes last, so that
 * the others are found without walking the pages it spills over;
 *   - `print` holds what finds copies: fingerprints in the order they came, so that adding one touches one
 * page. */
#include "queue/queue_priv.h"

#include "base/banned.h"

static const char *const version_1[] = {
	"CREATE TABLE article ("
	" n INTEGER PRIMARY KEY,"
	" id TEXT NOT NULL UNIQUE,"
	" source TEXT NOT NULL,"
	" first_seen INTEGER NOT NULL,"
	" changed INTEGER NOT NULL,"
	" hash BLOB NOT NULL,"
	" has_text INTEGER NOT NULL,"
	" size INTEGER NOT NULL,"
	" level INTEGER NOT NULL CHECK (level IN (0, 1, 2)),"
	" story INTEGER,"
	" published INTEGER,"
	" p_rule INTEGER NOT NULL, p_place INTEGER NOT NULL, p_source INTEGER NOT NULL,"
	" line TEXT NOT NULL) STRICT;"
	"CREATE INDEX article_story ON article (story) WHERE story IS NOT NULL;"
	"CREATE INDEX article_seen ON article (first_seen);",

	"CREATE TABLE article_version ("
	" article INTEGER NOT NULL REFERENCES article,"
	" hash BLOB NOT NULL,"
	" seen INTEGER NOT NULL,"
	" level INTEGER NOT NULL,"
	" line TEXT NOT NULL,"
	" UNIQUE (article, hash)) STRICT;",

	"CREATE TABLE flag ("
	" article INTEGER NOT NULL REFERENCES article,"
	" rule TEXT NOT NULL,"
	" topic TEXT NOT NULL, action TEXT NOT NULL,"
	" weight INTEGER NOT NULL, due INTEGER NOT NULL, answered INTEGER NOT NULL,"
	" PRIMARY KEY (article, rule)) STRICT, WITHOUT ROWID;",

	"CREATE TABLE place ("
	" article INTEGER NOT NULL REFERENCES article,"
	" place TEXT NOT NULL,"
	" PRIMARY KEY (article, place)) STRICT, WITHOUT ROWID;",

	"CREATE TABLE print ("
	" seen INTEGER NOT NULL,"
	" article INTEGER NOT NULL REFERENCES article,"
	" flagged INTEGER NOT NULL,"
	" hashes BLOB NOT NULL,"
	" PRIMARY KEY (seen, article)) STRICT, WITHOUT ROWID;",

	"CREATE TABLE item ("
	" number INTEGER PRIMARY KEY,"
	" story INTEGER UNIQUE,"
	" merged INTEGER REFERENCES item,"
	" state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'taken', 'answered', 'dismissed', "
	"'referred')),"
	" came_back INTEGER NOT NULL DEFAULT 0,"
	" who TEXT,"
	" opened INTEGER NOT NULL DEFAULT 0,"
	" decided INTEGER NOT NULL DEFAULT 0,"
	" lead INTEGER REFERENCES article,"
	" title TEXT, url TEXT, lang TEXT, rule TEXT, topic TEXT, action TEXT,"
	" answered INTEGER NOT NULL DEFAULT 0,"
	" p_rule INTEGER NOT NULL DEFAULT 0, p_place INTEGER NOT NULL DEFAULT 0,"
	" p_spread INTEGER NOT NULL DEFAULT 0, p_source INTEGER NOT NULL DEFAULT 0,"
	" priority INTEGER GENERATED ALWAYS AS (p_rule + p_place + p_spread + p_source) VIRTUAL,"
	" first_seen INTEGER NOT NULL DEFAULT 0, last_seen INTEGER NOT NULL DEFAULT 0,"
	" due_in INTEGER NOT NULL DEFAULT 0,"
	" due INTEGER GENERATED ALWAYS AS (CASE WHEN due_in > 0 AND NOT answered THEN opened + due_in ELSE 0 "
	"END) VIRTUAL,"
	" copies INTEGER NOT NULL DEFAULT 0, sources INTEGER NOT NULL DEFAULT 0,"
	" CHECK ((story IS NULL) = (merged IS NOT NULL))) STRICT;"
	"CREATE INDEX item_state ON item (state);",

	"CREATE TABLE event ("
	" n INTEGER PRIMARY KEY,"
	" item INTEGER NOT NULL REFERENCES item,"
	" at INTEGER NOT NULL,"
	" who TEXT NOT NULL CHECK (who <> ''),"
	" what TEXT NOT NULL CHECK (what IN ('found', 'copy', 'take', 'answer', 'dismiss', 'refer', "
	"'reopen', 'note', 'return',"
	"  'withdraw', 'merge')),"
	" why TEXT,"
	" detail TEXT) STRICT;"
	"CREATE INDEX event_item ON event (item, n);"
	"CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT raise(ABORT, 'events are never "
	"changed'); END;"
	"CREATE TRIGGER event_remains BEFORE DELETE ON event BEGIN SELECT raise(ABORT, 'events are never "
	"deleted'); END;",

	/* Each of these events says the state by itself, whatever came before; so the last one decides. */
	"CREATE VIEW folded AS SELECT i.number,"
	" CASE s.what WHEN 'take' THEN 'taken' WHEN 'answer' THEN 'answered' WHEN 'refer' THEN 'referred'"
	"  WHEN 'dismiss' THEN 'dismissed' WHEN 'withdraw' THEN 'dismissed' ELSE 'new' END AS state,"
	" coalesce((SELECT r.what FROM event r WHERE r.item = i.number AND r.what <> 'copy'"
	"  AND r.what IN ('return', 'answer', 'dismiss', 'refer', 'withdraw')"
	"  ORDER BY r.n DESC LIMIT 1), '') = 'return' AS came_back,"
	" CASE WHEN s.what IN ('take', 'answer', 'dismiss', 'refer') THEN s.who END AS who,"
	" coalesce((SELECT o.at FROM event o WHERE o.item = i.number AND o.what <> 'copy'"
	"  AND o.what IN ('found', 'reopen', 'return') ORDER BY o.n DESC LIMIT 1), 0) AS opened,"
	" CASE WHEN s.what IN ('answer', 'dismiss', 'refer', 'withdraw') THEN s.at ELSE 0 END AS decided"
	" FROM item i JOIN event s ON s.n = (SELECT max(l.n) FROM event l WHERE l.item = i.number"
	"  AND l.what <> 'copy' AND l.what NOT IN ('note', 'merge'));",

	"CREATE TRIGGER event_folds AFTER INSERT ON event WHEN NEW.what NOT IN ('copy', 'note', 'merge') "
	"BEGIN"
	" UPDATE item SET (state, came_back, who, opened, decided) ="
	"  (SELECT f.state, f.came_back, f.who, f.opened, f.decided FROM folded f WHERE f.number = NEW.item)"
	"  WHERE number = NEW.item;"
	" END;",

	"CREATE TABLE source ("
	" id TEXT PRIMARY KEY,"
	" etag TEXT, last_modified TEXT, body_digest TEXT,"
	" next_ask INTEGER NOT NULL, last_ok INTEGER NOT NULL, last_change INTEGER NOT NULL,"
	" failing_since INTEGER NOT NULL, errors INTEGER NOT NULL, gone INTEGER NOT NULL,"
	" last_error TEXT) STRICT, WITHOUT ROWID;",

	"CREATE TABLE scan ("
	" n INTEGER PRIMARY KEY,"
	" started INTEGER NOT NULL, ended INTEGER NOT NULL,"
	" sources INTEGER NOT NULL, unchanged INTEGER NOT NULL, failed INTEGER NOT NULL, articles INTEGER "
	"NOT NULL,"
	" added INTEGER NOT NULL, updated INTEGER NOT NULL, flagged INTEGER NOT NULL, items INTEGER NOT "
	"NULL) STRICT;",

	"CREATE TABLE mail ("
	" key TEXT PRIMARY KEY,"
	" message_id TEXT NOT NULL,"
	" begun INTEGER NOT NULL, sent INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;",

	NULL};

/* The health of sources; and what decides about an item found among thousands of copies. */
static const char *const version_2[] = {"ALTER TABLE source ADD COLUMN address TEXT;"
					"ALTER TABLE source ADD COLUMN moved TEXT;"
					"ALTER TABLE source ADD COLUMN moves INTEGER NOT NULL DEFAULT 0;"
					"ALTER TABLE source ADD COLUMN newest INTEGER NOT NULL DEFAULT 0;"
					"ALTER TABLE source ADD COLUMN rhythm INTEGER NOT NULL DEFAULT 0;"
					"ALTER TABLE source ADD COLUMN ttl INTEGER NOT NULL DEFAULT 0;"
					"ALTER TABLE source ADD COLUMN skip_hours INTEGER NOT NULL DEFAULT 0;"
					"ALTER TABLE source ADD COLUMN skip_days INTEGER NOT NULL DEFAULT 0;"
					"ALTER TABLE source ADD COLUMN told TEXT;",

	"CREATE INDEX event_decides ON event (item, n) WHERE what <> 'copy';"
	/* all that an item is computed from, so that the articles themselves, a page each, are not read; in
	 * the order they come, so that a copy is added at one place */
	"DROP INDEX article_story;"
	"CREATE INDEX article_story ON article (story, first_seen, published, level, p_rule, p_place, "
	"p_source, "
	"source, id) WHERE story IS NOT NULL;",
	NULL};

/* The item is brought up to the event by event_add(): a statement with a trigger copies each page before it
 * changes it, for a copy of a story three in vain. */
static const char *const version_3[] = {"DROP TRIGGER event_folds;", NULL};

const char *const *const queue_migrations[] = {version_1, version_2, version_3, NULL};

int64_t queue_schema_version(void)
{
	int64_t n = 0;
	while (queue_migrations[n])
		n++;
	return n;
}
