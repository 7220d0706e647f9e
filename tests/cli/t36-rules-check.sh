#!/bin/sh
# t36-rules-check: a rule that flags ordinary news is too broad; two rules that find each other's examples are told.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

# rule ID WORDS WHEN: a whole rule
rule() {
	cat <<END
- id: $1
  title: Thử
  action: explain
  status: live
  owner: Phòng thử
  created: 2026-11-01
  review_by: 2027-11-01
  weight: 10
  why: thử
  do: thử
  terms:
    tax: {words: [$2]}
    claim: {use: rumour}
  when: $3
  tests:
    - {hit: 'Nghe đồn thuế mới ở Hà Nội.'}
    - {hit: 'Có tin đồn về thuế ở Huế.'}
    - {miss: 'Không có gì.'}
END
}

# the shipped set flags next to nothing of the ordinary items, and has no double
"$soatin" rules check >"$tmp/out" 2>"$tmp/err"
grep -Eq '^ordinary items: [1-9][0-9]{2,}, flagged: [01]$' "$tmp/out" || fail "$(cat "$tmp/out")"
[ ! -s "$tmp/err" ] || fail "$(cat "$tmp/err")"

mkdir "$tmp/own"
rule du-lich.rong 'thuế, khách, giá' 'tax and place or claim and tax' >"$tmp/own/a.yaml"
status 2 "$soatin" rules check "$tmp/own" >"$tmp/out" 2>"$tmp/err"
holds "$tmp/err" "$tmp/own/a.yaml:1: rule du-lich.rong is too broad: it flags ordinary news as \""
holds "$tmp/err" 'join it with more, or nearer, words'
holds "$tmp/out" 'tests: 3, failed: 0'
rule du-lich.hep 'thuế, khách, giá' 'tax near 1 sentence claim and place' >"$tmp/own/a.yaml"
"$soatin" rules check "$tmp/own" >"$tmp/out" 2>"$tmp/err"
grep -q 'flagged: 0$' "$tmp/out" || fail "$(cat "$tmp/out")"

# what flags too much of what the office has stored is told, when there are articles enough
stored() {
	awk -v n="$1" 'BEGIN {for (i = 0; i < n; i++) printf "{\"v\": 1, \"id\": \"a%d\", \"source\": {\"id\": \"s\"}, \"title\": \"Tin số %d\", \"text\": \"%s Hà Nội.\"}\n", i, i, i % 50 ? "Trời mưa nhẹ ở" : "Nghe đồn thuế mới ở"}' |
		"$soatin" match --unchecked | "$soatin" queue import 2>/dev/null
}
"$soatin" init --place ha-noi >/dev/null
stored 900
"$soatin" rules check "$tmp/own" >"$tmp/out" 2>"$tmp/err"
holds "$tmp/out" 'stored articles of 30 days: 900, flagged: 18'
stored 1100
status 1 "$soatin" rules check "$tmp/own" >"$tmp/out" 2>"$tmp/err"
holds "$tmp/out" 'stored articles of 30 days: 1100, flagged: 22'
holds "$tmp/err" "$tmp/own/a.yaml:1: rule du-lich.hep is too broad: it flags 20 of 1,000 stored articles; \"soatin rules try\" shows some"
rm "$XDG_DATA_HOME/soatin/queue.db"

rule du-lich.khac 'thuế' 'tax near 9 words claim' >"$tmp/own/b.yaml"
status 1 "$soatin" rules check "$tmp/own" >"$tmp/out" 2>"$tmp/err"
holds "$tmp/err" "rules du-lich.hep and du-lich.khac find each other's examples: are they one?"
# one that finds less than the other does is no double
rule du-lich.khac 'thuế' 'tax near 9 words claim' | sed 's/Nghe đồn thuế mới ở Hà Nội/Nghe đồn thuế mới/' >"$tmp/own/b.yaml"
"$soatin" rules check "$tmp/own" >"$tmp/out" 2>"$tmp/err"
[ ! -s "$tmp/err" ] || fail "$(cat "$tmp/err")"

# an expression that no word leads to is told with what it costs; one with a word is not
rule du-lich.khac 'thuế' 'tax near 9 words claim' | sed "s/{words: \[thuế\]}/{words: thuế, regex: '\\\\w{2,9} \\\\w{2,9} [a-z]{3}[x-z]'}/; s/Nghe đồn thuế mới ở Hà Nội/Nghe đồn thuế mới/" >"$tmp/own/b.yaml"
status 1 "$soatin" rules check "$tmp/own" >"$tmp/out" 2>"$tmp/err"
grep -Eq "b.yaml:12:[0-9]+: rule du-lich.khac runs a regular expression on whole paragraphs, .*: [0-9]+\.[0-9] ms for a megabyte of text; let it begin" "$tmp/err" ||
	fail "$(cat "$tmp/err" "$tmp/own/b.yaml")"
sed -i 's/\[x-z\]/[x-z] đường/' "$tmp/own/b.yaml"
"$soatin" rules check "$tmp/own" >"$tmp/out" 2>"$tmp/err"
[ ! -s "$tmp/err" ] || fail "$(cat "$tmp/err")"
