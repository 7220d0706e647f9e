#!/bin/sh
# queue: the recorded day as a table, NDJSON, CSV, TSV and numbers; filters; nothing from outside reaches the terminal unmade.
. "$(dirname "$0")/lib.sh"
export SOATIN_NOW=2026-11-23T14:00:00+07:00
esc=$(printf '\033')

status 65 "$soatin" queue 2>"$tmp/err"
holds "$tmp/err" 'soatin scan'
[ ! -e "$XDG_DATA_HOME/soatin/queue.db" ] || fail 'reading made a queue'

"$soatin" init --place hai-phong >/dev/null
"$soatin" scan --replay "$day" >/dev/null 2>&1 || [ $? = 1 ] || fail 'scan'

"$soatin" queue >"$tmp/table"
holds "$tmp/table" 'Hoang mang trước tin vỡ đê sông Thái Bình ở Hải Phòng'
grep -q "$esc" "$tmp/table" && fail 'ESC in a table that is no terminal'
lacks "$tmp/table" 'Sở Y tế Hải Phòng bác tin phong tỏa' # answered by the body itself
"$soatin" queue --answered >"$tmp/answered"
holds "$tmp/answered" 'Sở Y tế Hải Phòng bác tin phong tỏa'
# a right-to-left override in a title is gone, in every form
printf '\342\200\256' >"$tmp/rlo"
for form in '' --csv --tsv; do
	# shellcheck disable=SC2086
	"$soatin" queue $form >"$tmp/out"
	grep -qF -f "$tmp/rlo" "$tmp/out" && fail "bidi override in queue $form"
done
# in colour: our own sequences and no others (titles hold "ESC [31m")
"$soatin" --color=always queue >"$tmp/color"
grep -qF "${esc}[1m" "$tmp/color" || fail 'no colour though asked for'
grep -qF "${esc}[31m" "$tmp/color" && fail "a title's escape sequence came through"
# cut to the terminal
COLUMNS=80 "$soatin" queue >"$tmp/narrow"
holds "$tmp/narrow" '…'

# most urgent first: priority falls
"$soatin" queue --json --answered >"$tmp/items"
/usr/bin/python3 - "$tmp/items" <<'END' || fail 'NDJSON'
import json, sys
items = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
assert len(items) > 20
totals = [i["priority"]["total"] for i in items]
assert totals == sorted(totals, reverse=True)
for i in items:
    assert i["v"] == 1 and i["state"] == "new" and i["returning"] is False
    assert i["priority"]["total"] == sum(i["priority"]["parts"].values())
    assert i["copies"] >= i["sources"] >= 1
    assert "articles" not in i
top = items[0]
assert top["copies"] == 3 and top["sources"] == 3 and top["priority"]["parts"]["spread"] == 10
END

# CSV as RFC 4180, and no cell that a spreadsheet would run
"$soatin" queue --csv --all >"$tmp/csv"
/usr/bin/python3 - "$tmp/csv" <<'END' || fail 'CSV'
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8", newline="")))
assert len(rows) > 20
assert any(r["title"].startswith("'=cmd|") for r in rows), "the formula title is there, quoted"
for r in rows:
    assert None not in r and None not in r.values()
    for v in r.values():
        assert not v or v[0] not in "=+-@\t\r", v
END
"$soatin" queue --tsv --all >"$tmp/tsv"
awk -F '\t' 'NF != 17 { exit 1 }' "$tmp/tsv" || fail 'TSV: a row of another length'

# filters
one() { "$soatin" queue -0 "$@" | tr '\0' '\n' | wc -l; }
[ "$(one --topic lua-dao)" -ge 2 ] || fail '--topic'
[ "$(one --topic nothing)" = 0 ] || fail '--topic nothing'
[ "$(one --source east-gulf)" -ge 4 ] || fail '--source'
[ "$(one --rule thien-tai.vo-dap)" -ge 2 ] || fail '--rule'
[ "$(one VỠ đê thái bình)" = 1 ] || fail 'words'
[ "$(one vỡ đê nowhere)" = 0 ] || fail 'words that do not all occur'
[ "$(one --limit 3)" = 3 ] || fail '--limit'
[ "$(one --since 2026-11-25)" = 0 ] || fail '--since'
[ "$(one --state taken)" = 0 ] || fail '--state'
[ "$(one --state new,taken)" = "$(one)" ] || fail '--state list'
status 2 "$soatin" queue --state finished 2>"$tmp/err"
holds "$tmp/err" 'unknown state "finished"'
status 2 "$soatin" queue --json --csv 2>"$tmp/err"
status 2 "$soatin" queue --limit x 2>"$tmp/err"

# a full disk is told
if [ -e /dev/full ]; then
	status 74 "$soatin" queue >/dev/full 2>"$tmp/err"
fi

# a second scan of the same changes nothing
cp "$XDG_DATA_HOME/soatin/queue.db" "$tmp/before.db"
"$soatin" scan --replay "$day" >/dev/null 2>&1 || [ $? = 1 ] || fail 'second scan'
"$soatin" queue --json --answered >"$tmp/again"
same "$tmp/items" "$tmp/again"
