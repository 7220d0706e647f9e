#!/bin/sh
# t34-rules-try: rules are tried on stored articles, with what is new and what is gone; statistics of rules.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

"$soatin" init --place hai-phong >/dev/null
status 2 "$soatin" rules try 2>"$tmp/err"
holds "$tmp/err" 'which rules?'
status 1 "$soatin" scan --replay "$day" >/dev/null 2>&1
sed '/^- id: thien-tai.xa-lu/,$d' "$src/rules/thien-tai.yaml" >"$tmp/one.yaml"

# the live rule finds what it found
"$soatin" rules try "$tmp/one.yaml" --csv >"$tmp/csv" 2>"$tmp/err"
holds "$tmp/csv" 'rule,open,answered,per_1000,new,gone'
grep -Eq '^thien-tai.vo-dap,[1-9][0-9]*,[0-9]+,[0-9.]+,0,0.?$' "$tmp/csv" || fail "$(cat "$tmp/csv")"
grep -Eq '[1-9][0-9]* stored articles, [1-9][0-9]* of them flagged' "$tmp/err" || fail "$(cat "$tmp/err")"
# another one is all new, with samples; the same id with a narrower condition shows what is gone
sed 's/thien-tai.vo-dap/thien-tai.khac/' "$tmp/one.yaml" >"$tmp/other.yaml"
"$soatin" rules try "$tmp/other.yaml" --csv 2>/dev/null | tr -d '\r' | awk -F, '$1 == "thien-tai.khac" && $5 == $2 + $3 && $6 == 0 {ok = 1} END {exit !ok}' ||
	fail "a rule under a new id is not all new"
"$soatin" rules try "$tmp/other.yaml" >"$tmp/out" 2>/dev/null
[ "$(grep -c '^  ' "$tmp/out")" -ge 1 ] || fail "no samples: $(cat "$tmp/out")"
lacks "$tmp/out" "$(printf '\033')"
sed 's/not film/not film and age < 1s/' "$tmp/one.yaml" >"$tmp/narrow.yaml"
"$soatin" rules try "$tmp/narrow.yaml" --csv 2>/dev/null | tr -d '\r' | awk -F, '$1 == "thien-tai.vo-dap" && $6 > 0 {ok = 1} END {exit !ok}' ||
	fail 'nothing is gone'
"$soatin" rules stats --csv >"$tmp/stats"
holds "$tmp/stats" 'rule,items,open,confirmed,dismissed,precision'
holds "$tmp/stats" thien-tai.vo-dap
