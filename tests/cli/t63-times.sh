#!/bin/sh
# times: what the program shows as a day or a time, in either language, is what it takes; what it cannot be is told with what to write.
. "$(dirname "$0")/lib.sh"
"$soatin" init --place hai-phong --lang en >/dev/null
"$soatin" scan --replay "$day" >/dev/null 2>&1 || true
since() { "$soatin" queue --since "$1" -0 | tr '\0' ' '; }
every=$(since 2026-11-23)
later=$(since 2026-11-23T13:01:00+07:00)
{ [ -n "$later" ] && [ "$every" != "$later" ]; } || fail 'the recorded day has changed'
[ "$(since 23/11/2026)" = "$every" ] || fail 'a day as it is shown in Vietnamese'
[ "$(since '23/11/2026 13:01')" = "$later" ] || fail 'a time as it is shown in Vietnamese'
[ "$(since '2026-11-23 13:01')" = "$later" ] || fail 'a time as it is shown in English'
[ "$(since 59m)" = "$later" ] || fail 'how long ago'
# 24 what?
for wrong in 24 31/02/2026 23/11/26 '23/11/2026 25:00' 23/11 tomorrow 2026-11-23x; do
	status 2 "$soatin" digest --since "$wrong" >"$tmp/out" 2>"$tmp/err"
	holds "$tmp/err" "option --since takes a day as 2026-12-31 or 31/12/2026, or how long ago as 12h or 7d, not \"$wrong\""
	[ ! -s "$tmp/out" ] || fail "a digest since $wrong"
done
status 2 "$soatin" queue --limit ten 2>"$tmp/err"
holds "$tmp/err" 'option --limit takes a number, not "ten"'
