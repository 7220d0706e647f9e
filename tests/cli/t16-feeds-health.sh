#!/bin/sh
# A month in the life of a source, as "scan --cron" tells it and "feeds list" shows it: last success, last change, errors in a row, the
# usual time between two items, silence. The clock moves; what lasts is told once, and so is its end.
. "$(dirname "$0")/lib.sh"
! grep -q __asan_init "$soatin" || skip 'nothing can be preloaded before a sanitizer'
cc -shared -fPIC -O2 -o "$tmp/clock.so" "$src/tests/cli/clock.c" 2>/dev/null || skip 'no compiler'
unset SOATIN_NOW
mkdir "$tmp/www"
serve paper.py "$tmp/www"
export no_proxy=127.0.0.1
printf 'gap_ms: 0\nfeeds: [f.yaml]\nrules: [%s]\n' "$src/tests/cli/rule.yaml" >"$tmp/c.yaml"
printf -- '- {id: bao, name: Báo, kind: blog, url: "http://127.0.0.1:%s/bao", allow_private: true}\n' "$port" >"$tmp/f.yaml"
began=$(date +%s)
# news HOURS: the feed as it is that many hours after the beginning, three items an hour for a day before
news() {
	python3 -c '
import sys, time
now = int(sys.argv[1]) + int(sys.argv[2]) * 3600
print("<rss version=\"2.0\"><channel><title>t</title>" + "".join("<item><title>Tin %d</title><guid>%d</guid><pubDate>%s</pubDate></item>" % (
	at, at, time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(at))) for at in range(now - 60, now - 86400, -1200)) + "</channel></rss>")' "$began" "$1" >"$tmp/www/bao"
}
answers() { if [ "$1" = 200 ]; then rm -f "$tmp/www/bao.head"; else echo "$1" >"$tmp/www/bao.head"; fi; }
# scan HOURS WORDS…: that many hours after the beginning; every line said holds the next of the words, and there is no other
scan() {
	hours=$1
	shift
	: >"$tmp/www/log"
	got=0
	CLOCK_AHEAD=$((hours * 3600)) LD_PRELOAD=$tmp/clock.so "$soatin" --config "$tmp/c.yaml" scan --cron --no-archive --no-pages >"$tmp/out" 2>"$tmp/err" || got=$?
	[ "$got" -le 1 ] || fail "status $got: $(cat "$tmp/err")"
	[ "$(wc -l <"$tmp/err")" = $# ] || fail "after $hours hours: $(cat "$tmp/err")"
	for words; do holds "$tmp/err" "$words"; done
	CLOCK_AHEAD=$((hours * 3600)) LD_PRELOAD=$tmp/clock.so "$soatin" --config "$tmp/c.yaml" feeds list --json >"$tmp/list"
	CLOCK_AHEAD=$((hours * 3600)) LD_PRELOAD=$tmp/clock.so COLUMNS=140 "$soatin" --config "$tmp/c.yaml" feeds list >"$tmp/table"
}
# is KEY=VALUE…: what the list says; times as hours after the beginning, rounded; "-": not there
is() {
	python3 -c '
import calendar, json, sys, time
x = json.load(open(sys.argv[1]))
for want in sys.argv[3:]:
	key, value = want.split("=", 1)
	got = x.get(key, "-")
	if isinstance(got, str) and got.endswith("Z"):
		got = round((calendar.timegm(time.strptime(got, "%Y-%m-%dT%H:%M:%SZ")) - int(sys.argv[2])) / 3600)
	assert str(got) == value, (key, got, value, x)' "$tmp/list" "$began" "$@" || fail "after $hours hours"
}
asked() { [ "$(wc -l <"$tmp/www/log")" = "$1" ] || fail "after $hours hours: asked $(wc -l <"$tmp/www/log") times"; }

# well
news 0
scan 0
is state=ok errors=0 last_ok=0 last_change=0 newest=0 rhythm=1200 last_error=- failing_since=-
scan 7 # as before: a success, no change
is state=ok last_ok=7 last_change=0 newest=0
news 8
scan 8
is state=ok last_ok=8 last_change=8 newest=8

# failing: told once, another failure is another word; it rests longer each time, and is asked again in the end
answers 500
scan 9 500
is state=failing errors=1 last_ok=8 failing_since=9 next_ask=-
holds "$tmp/table" 'the server has a fault of its own (500)'
[ "$got" = 1 ] || fail "status $got"
scan 10
is errors=2 failing_since=9
asked 1
scan 10
asked 0
is errors=2
for h in 11 12 14; do scan $h; asked 1; done
is errors=5 failing_since=9 last_ok=8
answers 403
scan 20 403
is errors=6 failing_since=9
scan 40
asked 1
is errors=7
answers 200

# it answers again, and has had nothing new for days: told once, and so is that it has
scan 100 'bao: works again' 'bao: nothing new for 3 days, usually 3 an hour'
is state=silent errors=0 last_ok=100 last_error=- failing_since=- newest=8 rhythm=1200
[ "$got" = 0 ] || fail "status $got"
scan 225
is state=silent last_ok=225
holds "$tmp/table" 'nothing new for 9 days, usually 3 an hour'
news 226
scan 226 'bao: has news again'
is state=ok last_ok=226 last_change=226 newest=226
lacks "$tmp/table" 'nothing new'
scan 227
