#!/bin/sh
# The recorded day: a replay fills the queue, a second one changes nothing, the filters give the same bytes.
. "$(dirname "$0")/lib.sh"
"$soatin" init --place hai-phong >/dev/null
status 1 "$soatin" scan --replay "$day" >"$tmp/first" 2>"$tmp/err"
holds "$tmp/err" 'https://tin-bien.example/rss/du-lich.rss'
"$soatin" queue --json >"$tmp/queue1"
[ "$(wc -l <"$tmp/queue1")" -ge 15 ] || fail "only $(wc -l <"$tmp/queue1") items"
sum1=$(sha256sum <"$XDG_DATA_HOME/soatin/queue.db")
status 1 "$soatin" scan --replay "$day" >"$tmp/second" 2>/dev/null
grep -q ' 0 new, 0 updated' "$tmp/second" || fail "second replay: $(cat "$tmp/second")"
[ "$(sha256sum <"$XDG_DATA_HOME/soatin/queue.db")" = "$sum1" ] || fail 'the second replay wrote to the database'
"$soatin" queue --json >"$tmp/queue2"
same "$tmp/queue1" "$tmp/queue2"

# the filters, and the workers behind them, give the same bytes
status 1 "$soatin" read "$day" >"$tmp/read" 2>/dev/null
"$soatin" match <"$tmp/read" >"$tmp/filters"
XDG_DATA_HOME=$tmp/other status 1 "$soatin" scan --replay "$day" --articles >"$tmp/scan" 2>/dev/null
same "$tmp/filters" "$tmp/scan"
[ "$(wc -l <"$tmp/scan")" -ge 60 ] || fail "only $(wc -l <"$tmp/scan") articles"
# through a pipe of plain WARC too, but for the name of the file
gzip -dc "$day" | "$soatin" read 2>/dev/null | "$soatin" match | sed 's/"file":"[^"]*","offset":[0-9]*,//' >"$tmp/pipe" || true
sed 's/"file":"[^"]*","offset":[0-9]*,//' "$tmp/scan" >"$tmp/scan.nofile"
same "$tmp/pipe" "$tmp/scan.nofile"
# one worker or eight: the same queue
for n in 1 8; do
	XDG_DATA_HOME=$tmp/w$n status 1 "$soatin" scan --workers $n --replay "$day" >/dev/null 2>&1
	XDG_DATA_HOME=$tmp/w$n "$soatin" queue --json >"$tmp/queue-w$n"
	same "$tmp/queue1" "$tmp/queue-w$n"
done
