#!/bin/sh
# t30-rules: rules are listed, checked with the place of every fault, and explained.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

# list: one line a rule, in three forms
"$soatin" rules list --csv >"$tmp/list.csv"
"$soatin" rules list --json >"$tmp/list.ndjson"
[ "$(wc -l <"$tmp/list.csv")" = $(($(wc -l <"$tmp/list.ndjson") + 1)) ] || fail 'CSV and NDJSON differ in rules'
head -n 1 "$tmp/list.csv" | grep -q '^id,topic,action,status,weight,review_by,title' || fail 'CSV heading'
holds "$tmp/list.ndjson" '"id":"thien-tai.vo-dap"'
"$soatin" rules >"$tmp/list.txt"
holds "$tmp/list.txt" thien-tai.vo-dap

# check: the shipped set holds
"$soatin" rules check >"$tmp/out" 2>"$tmp/err"
holds "$tmp/out" 'failed: 0'
[ ! -s "$tmp/err" ] || fail "check talks: $(cat "$tmp/err")"
# … and after the reviews are due, that is said and is status 1
SOATIN_NOW=2027-06-01T08:00:00+07:00 status 1 "$soatin" rules check >"$tmp/out" 2>"$tmp/err"
holds "$tmp/err" 'thien-tai.vo-dap was to be reviewed by 2027-05-22'

# an office's own rule uses the shipped lists; its failing test and its faults are told with their place
mkdir "$tmp/own"
cat >"$tmp/own/r.yaml" <<'END'
- id: du-lich.thu
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
    hang: {words: [hang động]}
    claim: {use: rumour}
  when: hang near 5 words claim
  tests:
    - {hit: 'Nghe đồn có hang động mới.'}
    - {miss: 'Tin đồn nhiều lắm. Còn ở nơi đó có một hang động.'}
    - {miss: 'Nghe đồn về hang động.'}
END
status 2 "$soatin" rules check "$tmp/own" >"$tmp/out" 2>"$tmp/err"
holds "$tmp/err" "$tmp/own/r.yaml:18"
holds "$tmp/err" 'rule du-lich.thu finds what it should leave alone: Nghe đồn về hang động.'
holds "$tmp/out" 'rules: 1, tests: 3, failed: 1'
holds "$tmp/err" "why: soatin rules explain --rules $tmp/own/r.yaml --rule du-lich.thu TEXT"
# not found is not "no answer seen", nor is an answer seen "not found"
sed "s/{miss: 'Nghe đồn về hang động.'}/{answered: 'UBND tỉnh bác thông tin sập hang.'}/; s/Nghe đồn có hang động mới/UBND tỉnh bác tin đồn về hang động/" "$tmp/own/r.yaml" >"$tmp/own/bad.yaml"
status 2 "$soatin" rules check "$tmp/own/bad.yaml" >"$tmp/out" 2>"$tmp/err"
holds "$tmp/err" 'rule du-lich.thu sees an answer where there is none: UBND tỉnh bác tin đồn về hang động.'
holds "$tmp/err" 'rule du-lich.thu misses what it should find: UBND tỉnh bác thông tin sập hang.'
sed 's/near 5 words claim/near 5 words rumour/' "$tmp/own/r.yaml" >"$tmp/own/bad.yaml"
status 2 "$soatin" rules check "$tmp/own/bad.yaml" >"$tmp/out" 2>"$tmp/err"
holds "$tmp/err" "$tmp/own/bad.yaml:14:27: there is no term \"rumour\" under terms:"
sed 's/words: \[hang động\]/regex: "Hang động"/' "$tmp/own/r.yaml" >"$tmp/own/bad.yaml"
status 2 "$soatin" rules check "$tmp/own/bad.yaml" 2>"$tmp/err"
holds "$tmp/err" 'write "hang"'

# explain: what held and on which words; nothing of the text reaches the terminal raw
printf 'Nghe đồn vỡ đập \033[31mở Khánh Hòa.' >"$tmp/text"
"$soatin" rules explain - <"$tmp/text" >"$tmp/out"
holds "$tmp/out" 'thien-tai.vo-dap'
holds "$tmp/out" 'burst: "vỡ đập" (text 9)'
grep -A4 '^  told: yes$' "$tmp/out" | grep -q '^    +  carried$' || fail "the shared condition is not told: $(cat "$tmp/out")"
lacks "$tmp/out" "$(printf '\033')"
# those that flag it first, and what holds of them; of the others, words that were found; the whole of one when it is asked for
sed -n 1p "$tmp/out" | grep -q ': yes$' || fail "not a rule that flags it: $(head -1 "$tmp/out")"
sed -n '/^Not flagged/,$p' "$tmp/out" >"$tmp/misses"
grep -q '^thien-tai.xa-lu  ' "$tmp/misses" || fail 'no word of a rule that does not flag it'
! grep -qE ': (yes|no|nothing)$' "$tmp/misses" || fail 'more than words of a rule that does not flag it'
! sed '/^Not flagged/,$d' "$tmp/out" | grep -qE ': (no|nothing)$' || fail 'what does not hold of a rule that flags it'
"$soatin" rules explain --rule thien-tai.vo-dap - <"$tmp/text" >"$tmp/one"
grep -q '^    film: nothing$' "$tmp/one" || fail 'not the whole of the rule asked for'
"$soatin" rules explain --rule thien-tai.vo-dap --title 'Hà Nội' 'Nghe đồn vỡ đập' | grep -q 'place: "Hà Nội" (title 0)' || fail 'title'
"$soatin" rules explain --rule phan-anh.dat-boi-thuong 'trời đẹp' | grep -q 'complaint: nothing' || fail 'nothing'
status 2 "$soatin" rules explain --rule thien-tai.nothing x 2>"$tmp/err"
holds "$tmp/err" 'no rule is called thien-tai.nothing'
status 2 "$soatin" rules explain 2>"$tmp/err"
# an item of the queue
"$soatin" init --place hai-phong >/dev/null
"$soatin" scan --replay "$day" >/dev/null 2>&1 || true
"$soatin" rules explain '#1' >"$tmp/out"
"$soatin" show 1 --json | python3 -c 'import json, sys
print(json.dumps(json.load(sys.stdin)["articles"][0]))' | "$soatin" rules explain - >"$tmp/same"
same "$tmp/out" "$tmp/same"
grep -q 'thien-tai.vo-dap .*: yes' "$tmp/out" || fail 'an item is not explained'
status 2 "$soatin" rules explain 999 2>"$tmp/err"
holds "$tmp/err" '999'
