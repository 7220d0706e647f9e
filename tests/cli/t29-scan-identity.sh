#!/bin/sh
# Which entry is which: by the address without tracking parameters, else by the guid of its source, else by its words. One that comes
# again is not stored again; one that was changed is an update, with its old text kept and shown.
. "$(dirname "$0")/lib.sh"
mkdir "$tmp/www"
serve paper.py "$tmp/www"
export no_proxy=127.0.0.1
printf 'gap_ms: 0\nfeeds: [f.yaml]\nrules: [%s]\n' "$src/tests/cli/rule.yaml" >"$tmp/c.yaml"
for id in a b; do
	printf -- '- {id: %s, name: Báo %s, kind: blog, url: "http://127.0.0.1:%s/%s", allow_private: true}\n' $id $id "$port" $id >>"$tmp/f.yaml"
done
run() { "$soatin" --config "$tmp/c.yaml" "$@"; }
# feed NAME ITEM…: each an <item>'s inside
feed() {
	name=$1
	shift
	printf '<rss version="2.0"><channel><title>t</title>%s</channel></rss>' "$(printf '<item>%s</item>' "$@")" >"$tmp/www/$name"
}
# scan NEW UPDATED: how many articles must be new, and how many updated
scan() {
	status 0 run scan --no-archive --no-pages >"$tmp/out" 2>"$tmp/err"
	holds "$tmp/out" ", $1 new, $2 updated"
}
link() { printf '<title>%s</title><link>https://bao.example/%s</link>' "$2" "$1"; }
guid() { printf '<title>%s</title><guid isPermaLink="false">%s</guid>' "$2" "$1"; }
feed b "$(link tin-0 'Tin khác')"

# the address: whatever tracks it, its fragment and scheme, and a guid that changes at every request
feed a "$(link tin-1 'Tin một')<guid isPermaLink=\"false\">x1</guid>"
scan 2 0
feed a "$(link 'tin-1?utm_source=rss&amp;utm_medium=feed' 'Tin một')<guid isPermaLink=\"false\">x2</guid>"
scan 0 0
feed a "<title>Tin một</title><link>http://bao.example/tin-1?fbclid=abc#dau</link>"
scan 0 0
feed a "$(link 'tin-1?trang=2' 'Tin một')" # a parameter that means something
scan 1 0
feed b "$(link tin-0 'Tin khác')" "$(link tin-1 'Tin một')" # another feed has it, too
scan 0 0

# the guid, of its source alone
feed a "$(guid g1 'Tin hai')" "$(guid g2 'Tin ba')"
scan 2 0
feed a "$(guid g2 'Tin ba')" "$(guid g1 'Tin hai')"
scan 0 0
feed b "$(link tin-0 'Tin khác')" "$(guid g1 'Tin của báo khác')"
scan 1 0

# the words
feed a '<title>Tin bốn</title><description>Không địa chỉ.</description>' '<title>Tin năm</title>'
scan 2 0
feed a '<title>Tin năm</title>' '<title>Tin bốn</title><description>Không địa chỉ.</description>'
scan 0 0
feed a '<title>Tin năm nữa</title>'
scan 1 0

# changed: an update, its item stays one, the old text is kept; back again writes no third
text() { printf '<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">%s</content:encoded>' "$1"; }
feed a "$(link de 'Vỡ đê trong đêm')$(text 'Vỡ đê ở xã ven sông lúc nửa đêm, hai nhà trôi.')"
scan 1 0
feed a "$(link de 'Vỡ đê trong đêm')$(text 'Vỡ đê ở xã ven sông lúc nửa đêm, nhiều nhà hư hại, theo lời người dân.')"
scan 0 1
feed a "$(link de 'Vỡ đê trong đêm')$(text 'Vỡ đê ở xã ven sông lúc nửa đêm, hai nhà trôi.')"
scan 0 0
run queue --json --all >"$tmp/items"
[ "$(wc -l <"$tmp/items")" = 1 ] || fail "$(cat "$tmp/items")"
run show --json 1 >"$tmp/item"
python3 - "$tmp/item" <<'PY' || fail "$(cat "$tmp/item")"
import json, sys
x = json.load(open(sys.argv[1], encoding="utf-8"))
assert x["copies"] == 1 and len(x["articles"]) == 1, x
one = x["articles"][0]
assert "nhiều nhà hư hại" in one["text"], one
old = x["versions"]
assert len(old) == 1 and "hai nhà trôi" in old[0]["text"] and old[0]["id"] == one["id"], old
PY
run show 1 >"$tmp/item"
holds "$tmp/item" 'nhiều nhà hư hại'
holds "$tmp/item" 'hai nhà trôi'
