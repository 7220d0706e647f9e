#!/bin/sh
# Every article of the recorded day is what article.schema.json says, and offsets point at the words quoted.
. "$(dirname "$0")/lib.sh"
/usr/bin/python3 -c 'import jsonschema' 2>/dev/null || skip 'no python3-jsonschema'
"$soatin" init --place hai-phong >/dev/null
status 1 "$soatin" scan --replay "$day" --articles >"$tmp/articles" 2>/dev/null
/usr/bin/python3 - "$src/man/article.schema.json" "$tmp/articles" <<'PY' || fail 'an article is not as described'
import json, jsonschema, sys
check = jsonschema.Draft7Validator(json.load(open(sys.argv[1])))
bad = n = mentions = quotes = 0
for line in open(sys.argv[2], encoding="utf-8"):
    a = json.loads(line)
    n += 1
    for e in check.iter_errors(a):
        bad += 1
        print(a["id"], list(e.path), e.message[:200])
    for m in a["mentions"]:
        mentions += 1
        if m["start"] >= m["end"] or a[m["field"]][m["start"]:m["end"]] != m["form"]:
            bad += 1
            print(a["id"], "mention", m, repr(a[m["field"]][m["start"]:m["end"]]))
    for f in a["flags"]:
        for q in f["quotes"]:
            quotes += 1
            if not a[q["field"]][q["start"]:q["end"]].strip():
                bad += 1
                print(a["id"], "quote", q)
print(n, "articles", mentions, "mentions", quotes, "quotes", bad, "wrong")
sys.exit(1 if bad or not (n and mentions and quotes) else 0)
PY
# keys of other tools pass through, a line that is no article is left out and told
printf '%s\n' '{"v":1,"id":"x","text":"Vỡ đê ở Hải Phòng","their":{"a":[1,2.5,null]}}' '{"v":2}' 'junk' >"$tmp/in"
status 1 "$soatin" match "$tmp/in" >"$tmp/out" 2>"$tmp/err"
[ "$(wc -l <"$tmp/out")" = 1 ] || fail 'not one line'
holds "$tmp/out" '"their":{"a":[1,2.5,null]}'
holds "$tmp/err" "in:2: "
holds "$tmp/err" "in:3:1: "
# plain text is one article
printf 'Tin đồn vỡ đê ở Hải Phòng\nchưa được kiểm chứng.\n' | "$soatin" match >"$tmp/out"
holds "$tmp/out" '"place":"hai-phong"'
