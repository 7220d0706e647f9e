#!/bin/sh
# SIGTERM and SIGINT during a scan, a worker stopped for a moment and for good, two scans at once: nothing lost, nothing doubled.
. "$(dirname "$0")/lib.sh"
command -v sqlite3 >/dev/null || skip 'no sqlite3'
command -v pgrep >/dev/null || skip 'no pgrep'
python3 -u "$src/tests/cli/fault_server.py" >"$tmp/ports" 2>/dev/null &
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do [ -s "$tmp/ports" ] && break; sleep 0.2; done
read -r port <"$tmp/ports"
mkdir -p "$tmp/config/soatin"
printf 'places: [hai-phong]\ngap_ms: 0\nper_host: 8\n' >"$tmp/config/soatin/soatin.yaml"
source_line() { printf -- "- {id: %s, name: %s, kind: provincial, lang: vi, url: 'http://127.0.0.1:%s/%s/%s', allow_private: true}\n" "$1" "$1" "$port" "$2" "$1"; }
{ source_line a good; source_line b good; source_line c slow; } >"$tmp/feeds.yaml"
sed 's|/slow/|/good/|' "$tmp/feeds.yaml" >"$tmp/quick.yaml"
state() {
	sqlite3 "$tmp/data/soatin/queue.db" 'PRAGMA integrity_check' "SELECT id, source, json_extract(line, '$.text') FROM article ORDER BY id" \
		'SELECT state, copies, sources FROM item' 'SELECT what, count(*) FROM event GROUP BY what' 'SELECT id, body_digest FROM source'
	for f in "$tmp/data/soatin/archive"/*.warc.gz; do gzip -t "$f" || echo 'archive damaged'; done
}
"$soatin" scan --workers 1 --force --feeds "$tmp/quick.yaml" >/dev/null
state >"$tmp/want"
start() {
	rm -rf "$tmp/data"
	env --default-signal=INT "$soatin" scan --workers 1 --force --feeds "$tmp/feeds.yaml" >"$tmp/out" 2>"$tmp/err" &
	pid=$!
	worker=
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		sleep 0.1
		worker=$(pgrep -P $pid) && break
	done
	[ -n "$worker" ] || fail 'no worker came up'
}
ended() { # the scan's status is in $got
	got=0
	wait $pid || got=$?
}
again() {
	status 0 "$soatin" scan --workers 1 --force --feeds "$tmp/quick.yaml" >/dev/null
	state >"$tmp/got"
	same "$tmp/want" "$tmp/got"
}

# two at once: the second says so and changes nothing; readers and officers go on
start
status 75 "$soatin" scan --feeds "$tmp/feeds.yaml" >"$tmp/out2" 2>"$tmp/err2"
holds "$tmp/err2" 'another scan is running'
holds "$tmp/err2" 'try again when it has ended'
[ "$(wc -l <"$tmp/err2")" = 1 ] || fail "not one line: $(cat "$tmp/err2")"
sleep 1.5
"$soatin" queue --json >"$tmp/seen"
[ -s "$tmp/seen" ] || fail 'what came in first cannot be seen while the scan waits'
"$soatin" take 1 --who an >/dev/null
ended
[ "$got" = 0 ] || fail "the first scan ended with $got: $(cat "$tmp/err")"
"$soatin" queue --json --state taken >"$tmp/seen"
[ -s "$tmp/seen" ] || fail 'the decision taken during the scan is lost'

# ended by a signal while it waits for a source
for sig in TERM INT; do
	start
	kill -$sig $pid
	ended
	[ "$got" -gt 128 ] || [ "$got" = 1 ] || fail "SIG$sig: status $got"
	sleep 0.2
	case $(ps -o state= -p "$worker") in "" | Z*) ;; *) false ;; esac || fail "SIG$sig: the worker lives on"
	again
done

# a worker stopped for a moment
start
kill -STOP "$worker"
sleep 4
kill -CONT "$worker"
ended
[ "$got" = 0 ] || fail "stopped for a moment: status $got: $(cat "$tmp/err")"
state >"$tmp/got"
same "$tmp/want" "$tmp/got"

# and for good: its record is put aside and told, asked for again, the scan goes on
start
sleep 1.5 # the quick ones are read; the slow one comes after 3 s
kill -STOP "$worker"
ended
[ "$got" = 1 ] || fail "stopped for good: status $got: $(cat "$tmp/err")"
[ "$(wc -l <"$tmp/err")" = 1 ] || fail "not one line: $(cat "$tmp/err")"
holds "$tmp/err" "soatin: c: http://127.0.0.1:$port/slow/c: worker died on this record (no answer in time); the record is put aside"
again
