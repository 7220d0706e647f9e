#!/bin/sh
# take, answer, dismiss, refer, reopen, note; show tells what was done.
. "$(dirname "$0")/lib.sh"
export SOATIN_NOW=2026-11-23T14:00:00+07:00
export LOGNAME=truc-ban
status 65 "$soatin" take 1 2>"$tmp/err"
[ ! -e "$XDG_DATA_HOME/soatin/queue.db" ] || fail 'a decision made a queue'
"$soatin" init --place hai-phong >/dev/null
"$soatin" scan --replay "$day" >/dev/null 2>&1 || [ $? = 1 ] || fail 'scan'
state() { "$soatin" show "$1" --json | sed 's/.*"number":[0-9]*,"state":"\([a-z]*\)".*/\1/'; }

"$soatin" take 1 '#3' >"$tmp/out"
holds "$tmp/out" 'item 1: taken'
holds "$tmp/out" 'item 3: taken'
[ "$(state 1)" = taken ] || fail 'take'
"$soatin" queue --who truc-ban -0 | tr '\0' '\n' | grep -qx 1 || fail '--who'
status 2 "$soatin" take 1 2>"$tmp/err"
holds "$tmp/err" 'item 1 is taken; possible now: answer, dismiss, refer, reopen, note'

# a reason is needed, and a label that exists
status 2 "$soatin" dismiss 3 2>"$tmp/err"
holds "$tmp/err" '-m REASON'
[ "$(state 3)" = taken ] || fail 'dismissed without a reason'
status 2 "$soatin" note 3 -m ' ' 2>"$tmp/err"
status 2 "$soatin" answer 1 --label true 2>"$tmp/err"
holds "$tmp/err" 'fake, false, verified, corrected'
status 2 "$soatin" answer one 2>"$tmp/err"
status 2 "$soatin" answer 2>"$tmp/err"
status 2 "$soatin" answer 999 2>"$tmp/err"
holds "$tmp/err" 'there is no item 999'

"$soatin" answer 1 --reply https://cong.example/bac-tin --label 'tin giả' --source 'Chi cục Thủy lợi' \
	--source https://so.example/muc-nuoc --who an -m 'đã đăng bác tin' >/dev/null
"$soatin" show 1 --json >"$tmp/one"
/usr/bin/python3 - "$tmp/one" <<'END' || fail 'show --json'
import json, sys
i = json.load(open(sys.argv[1], encoding="utf-8"))
assert i["state"] == "answered" and i["who"] == "an"
last = i["events"][-1]
assert last["what"] == "answer" and last["why"] == "đã đăng bác tin" and last["at"] == "2026-11-23T07:00:00Z"
assert last["detail"] == {"label": "fake", "reply": "https://cong.example/bac-tin",
                          "sources": ["Chi cục Thủy lợi", "https://so.example/muc-nuoc"]}
assert [e["what"] for e in i["events"]] == ["found", "copy", "copy", "take", "answer"]
assert len(i["articles"]) == 3 and i["articles"][0]["url"] == i["url"]
for q in i["articles"][0]["flags"][0]["quotes"]:
    assert i["articles"][0][q["field"]][q["start"]:q["end"]]
END
"$soatin" show 1 >"$tmp/one"
for text in 'Item 1: Hoang mang trước tin vỡ đê' 'answered (an)' '«vỡ đê' 'thien-tai.vo-dap' 'https://cong.example/bac-tin' 'Chi cục Thủy lợi' \
	'đã đăng bác tin' 'Xóm Mạng' 'truc-ban: taken'; do
	holds "$tmp/one" "$text"
done

"$soatin" show 1 --claim-review --author 'Sở Ngoại vụ' >"$tmp/claim"
/usr/bin/python3 - "$tmp/claim" <<'END' || fail 'ClaimReview'
import json, sys
r = json.load(open(sys.argv[1], encoding="utf-8"))
assert r["@context"] == "https://schema.org" and r["@type"] == "ClaimReview"
assert r["url"] == "https://cong.example/bac-tin" and r["datePublished"] == "2026-11-23T07:00:00Z"
assert r["author"] == {"@type": "Organization", "name": "Sở Ngoại vụ"}
assert r["reviewRating"]["alternateName"] == "Tin giả" and r["reviewRating"]["ratingValue"] == 1
assert len(r["itemReviewed"]["appearance"]) == 3 and r["claimReviewed"].startswith("Hoang mang")
END
status 2 "$soatin" show 3 --claim-review 2>"$tmp/err"
holds "$tmp/err" 'item 3 has no answer with a label'

# several at once: those that can go through do, the rest is told
got=0
"$soatin" dismiss 1 3 5 -m 'không liên quan' >"$tmp/out" 2>"$tmp/err" || got=$?
[ "$got" = 1 ] || fail "status $got for a part"
holds "$tmp/err" 'item 1 is answered; possible now: reopen, note'
holds "$tmp/out" 'item 3: dismissed'
holds "$tmp/out" 'item 5: dismissed'
"$soatin" queue -0 --topic du-lich | xargs -0 "$soatin" refer --to 'Sở Du lịch' >"$tmp/out"
holds "$tmp/out" ': referred'
"$soatin" reopen 1 -m 'còn bản khác' >/dev/null
[ "$(state 1)" = new ] || fail 'reopen'
"$soatin" note 1 -m 'đã gọi chi cục' >"$tmp/out"
holds "$tmp/out" 'item 1: new'

# how the rules did
"$soatin" queue stats --csv >"$tmp/stats"
grep -q '^lua-dao.dat-phong,2,0,1,1,0.50,0.09,0.91' "$tmp/stats" || { cat "$tmp/stats"; fail 'stats'; }

# what people write is shown harmlessly too
"$soatin" note 1 -m "$(printf 'xin\033[2Jchào\nhai')" --who "$(printf 'a\033[31mn')" >/dev/null
"$soatin" show 1 >"$tmp/one"
grep -q "$(printf '\033')" "$tmp/one" && fail 'ESC came through a note'
status 2 "$soatin" show nothing 2>"$tmp/err"
status 2 "$soatin" show 2>"$tmp/err"
