#!/bin/sh
# A worker that dies costs the one record, which is named; everything else arrives.
. "$(dirname "$0")/lib.sh"
"$soatin" init --place hai-phong >/dev/null
status 1 "$soatin" scan --replay "$day" --articles >"$tmp/whole" 2>/dev/null
XDG_DATA_HOME=$tmp/crash SOATIN_TEST_CRASH=nanwan.example status 1 "$soatin" scan --replay "$day" --articles >"$tmp/crash.out" 2>"$tmp/err"
holds "$tmp/err" 'nanwan'
holds "$tmp/err" 'the record is put aside'
lacks "$tmp/crash.out" '"id":"nanwan"'
grep -v '"id":"nanwan"' "$tmp/whole" >"$tmp/rest"
same "$tmp/rest" "$tmp/crash.out"
[ -s "$tmp/rest" ] || fail 'nothing left'
