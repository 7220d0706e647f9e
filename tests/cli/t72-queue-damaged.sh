#!/bin/sh
# A damaged database is refused before anything is written: status 65, the backup named, the bytes as they were; by every command.
. "$(dirname "$0")/lib.sh"
command -v sqlite3 >/dev/null || skip 'no sqlite3'
"$soatin" init --place hai-phong >/dev/null 2>&1
status 1 "$soatin" scan --replay "$day" >/dev/null 2>&1
db=$tmp/data/soatin/queue.db
"$soatin" queue backup "$db.backup-2026-11-22" >/dev/null 2>&1
sqlite3 "$db" 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null 2>&1
cp "$db" "$tmp/whole.db"
size=$(stat -c %s "$db")

# each DB with every command: `refused NAME TEXT` works on what stands in $db
refused() {
	rm -f "$db-wal" "$db-shm"
	sum=$(sha256sum <"$db")
	for cmd in "scan --replay $day" "scan --feeds $tmp/f.yaml" queue 'queue --json' 'show 1' 'take 1' 'answer 1 -r https://x.example/' 'dismiss 1 -m no' 'refer 1 --to x' 'reopen 1' 'note 1 -m x' \
		digest 'digest --html' 'queue stats' 'queue export' "queue import $tmp/none.ndjson" "queue backup $tmp/out.db"; do
		got=0
		# shellcheck disable=SC2086
		"$soatin" $cmd >"$tmp/out" 2>"$tmp/err" </dev/null || got=$?
		[ "$got" = 65 ] || fail "$1: $cmd: status $got: $(cat "$tmp/err")"
		[ ! -s "$tmp/out" ] || fail "$1: $cmd printed"
		[ "$(wc -l <"$tmp/err")" = 1 ] || fail "$1: $cmd: not one line: $(cat "$tmp/err")"
		holds "$tmp/err" "$2"
		[ -z "${3:-}" ] || holds "$tmp/err" "$3"
		[ "$(sha256sum <"$db")" = "$sum" ] || fail "$1: $cmd wrote to the database"
		[ ! -s "$db-wal" ] || fail "$1: $cmd wrote a log"
		[ ! -e "$tmp/out.db" ] || fail "$1: $cmd made a copy of it"
	done
}
printf -- "- {id: a, name: A, kind: national, url: 'http://127.0.0.1:1/'}\n" >"$tmp/f.yaml"
: >"$tmp/none.ndjson"

# in the middle: two pages of rubbish
dd if=/dev/urandom of="$db" bs=16384 seek=$((size / 16384 / 2)) count=2 conv=notrunc 2>/dev/null
refused middle 'is damaged' 'queue.db.backup-2026-11-22'
# one bit inside a page of an index or a table
cp "$tmp/whole.db" "$db"
printf '\377\377\377\377' | dd of="$db" bs=1 seek=$((16384 * 3 + 8)) conv=notrunc 2>/dev/null
refused cell 'is damaged' 'queue.db.backup-2026-11-22'
# cut off
head -c $((size / 2)) "$tmp/whole.db" >"$db"
refused half 'is damaged' 'queue.db.backup-2026-11-22'
head -c 5000 "$tmp/whole.db" >"$db"
refused cut 'queue.db.backup-2026-11-22'
# not SQLite at all
cp "$day" "$db"
refused other 'is not a queue: not a database' 'queue.db.backup-2026-11-22'
# another program's, and a newer version's
rm -f "$db"
sqlite3 "$db" 'CREATE TABLE bookmarks (url TEXT)'
refused foreign 'is a database of another program'
cp "$tmp/whole.db" "$db"
sqlite3 "$db" 'PRAGMA user_version = 99'
refused newer 'was written by a newer version of this program; update this program'
# no backup beside it
rm "$db.backup-2026-11-22"
head -c $((size / 2)) "$tmp/whole.db" >"$db"
refused alone 'is damaged; there is no backup beside it'
