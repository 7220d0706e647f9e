#!/bin/sh
# A clock that jumps ahead by years and comes back: sources are asked again, what came in and was decided stays, lists and digests work.
. "$(dirname "$0")/lib.sh"
command -v sqlite3 >/dev/null || skip 'no sqlite3'
! grep -q __asan_init "$soatin" || skip 'nothing can be preloaded before a sanitizer'
cc -shared -fPIC -O2 -o "$tmp/clock.so" "$src/tests/cli/clock.c" 2>/dev/null || skip 'no compiler'
unset SOATIN_NOW
at() { # SECONDS COMMAND…: with the clock that much ahead
	ahead=$1
	shift
	CLOCK_AHEAD=$ahead LD_PRELOAD=$tmp/clock.so "$@"
}
years=126000000
python3 -u "$src/tests/cli/fault_server.py" >"$tmp/ports" 2>"$tmp/asked" &
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do [ -s "$tmp/ports" ] && break; sleep 0.2; done
read -r port <"$tmp/ports"
mkdir -p "$tmp/config/soatin"
printf 'places: [hai-phong]\ngap_ms: 0\n' >"$tmp/config/soatin/soatin.yaml"
printf -- "- {id: a, name: A, kind: provincial, lang: vi, url: 'http://127.0.0.1:%s/calm/a', allow_private: true}\n" "$port" >"$tmp/feeds.yaml"
db=$tmp/data/soatin/queue.db
asked() { grep -c /calm/a "$tmp/asked" || true; }
# the clock is asked of the library: otherwise nothing below tests anything
[ "$(at $years "$soatin" queue stats 2>&1 | wc -l)" -ge 1 ] || fail 'no word'

# a server's wish to be left alone for an hour holds for the hour
"$soatin" scan --feeds "$tmp/feeds.yaml" >/dev/null
"$soatin" scan --feeds "$tmp/feeds.yaml" >/dev/null
[ "$(asked)" = 1 ] || fail "asked $(asked) times within the hour"
# four years ahead
at $years "$soatin" scan --feeds "$tmp/feeds.yaml" >/dev/null
[ "$(asked)" = 2 ] || fail "asked $(asked) times, not 2, after the jump"
at $years "$soatin" scan --force --feeds "$tmp/feeds.yaml" >/dev/null
at $years "$soatin" take 1 --who an >/dev/null
at $years "$soatin" queue --json >"$tmp/ahead"
at $years "$soatin" digest >/dev/null
# a new source meets the wrong clock, and is not forgotten for four years when the clock is right again
printf -- "- {id: b, name: B, kind: provincial, lang: vi, url: 'http://127.0.0.1:%s/calm/b', allow_private: true}\n" "$port" >>"$tmp/feeds.yaml"
at $years "$soatin" scan --feeds "$tmp/feeds.yaml" >/dev/null
[ "$(grep -c /calm/b "$tmp/asked")" = 1 ] || fail 'the new source was not asked'
[ "$(sqlite3 "$db" "SELECT next_ask > unixepoch() + $years FROM source WHERE id = 'b'")" = 1 ] || fail 'the clock did not jump for the scan'
"$soatin" scan --feeds "$tmp/feeds.yaml" >/dev/null
[ "$(grep -c /calm/b "$tmp/asked")" = 2 ] || fail 'a source waits for a time that only the wrong clock will see'
# nothing lost, nothing doubled; what was decided stays; every view works
[ "$(sqlite3 "$db" 'PRAGMA integrity_check' 'SELECT count(*), count(DISTINCT id) FROM article')" = "ok
6|6" ] || fail 'articles lost or doubled'
"$soatin" queue --json --state taken --who an >"$tmp/taken"
[ -s "$tmp/taken" ] || fail 'the decision is lost'
for cmd in queue 'queue --json' 'show 1' digest 'digest --html' 'queue stats' 'feeds list' 'queue export' 'reopen 1 --who an'; do
	# shellcheck disable=SC2086
	status 0 "$soatin" $cmd >"$tmp/out"
	[ -s "$tmp/out" ] || [ "$cmd" = 'reopen 1 --who an' ] || fail "$cmd: nothing"
done
# before 1970, and at the end of time
for now in 1969-12-31T23:59:59Z 1970-01-01T00:00:00Z 9999-12-31T23:59:59Z; do
	for cmd in queue 'show 1' digest "scan --no-archive --replay $day"; do
		got=0
		# shellcheck disable=SC2086
		SOATIN_NOW=$now "$soatin" --queue "$tmp/other.db" $cmd >"$tmp/out" 2>"$tmp/err" || got=$?
		[ "$got" -le 2 ] || [ "$got" = 65 ] || fail "$now: $cmd: status $got: $(cat "$tmp/err")"
	done
done
