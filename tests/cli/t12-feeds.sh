#!/bin/sh
# feeds list, show, discover: what is followed, and what a file holds.
. "$(dirname "$0")/lib.sh"
feed=$src/feeds/sample/day/tin-bien/feed.xml

"$soatin" feeds list >"$tmp/out"
holds "$tmp/out" 'never asked'
"$soatin" feeds >"$tmp/same"
same "$tmp/out" "$tmp/same"
"$soatin" feeds list --csv | head -n 1 | tr -d '\r' >"$tmp/out"
holds "$tmp/out" 'id,name,kind,state,last_ok,errors,last_error,url,as,country,lang,place'
[ "$("$soatin" feeds list --json | wc -l)" -ge 82 ] || fail 'the shipped list is short'
LANGUAGE=vi "$soatin" feeds list >"$tmp/vi"
"$soatin" feeds list --json | python3 -c '
import json, sys
for line in sys.stdin:
	x = json.loads(line)
	assert x["state"] == "never" and x["url"].startswith("https://") and "{" not in x["url"], x'

# Papers without a feed: searches for the watched places, and of the provincial papers those of these places alone.
printf 'places: [cao-bang, bac-ninh]\n' >"$tmp/two.yaml"
"$soatin" --config "$tmp/two.yaml" feeds list --json >"$tmp/out"
holds "$tmp/out" '"url":"https://news.google.com/rss/search?q=%22Cao%20B%E1%BA%B1ng%22%20OR%20%22B%E1%BA%AFc%20Ninh%22+when:2d&hl=vi'
holds "$tmp/out" '"id":"bao-cao-bang"'
lacks "$tmp/out" '"id":"bao-hai-phong"'
grep -c '"kind":"search"' "$tmp/out" | grep -qx 2 || fail "not one search a language"

"$soatin" feeds show "$feed" >"$tmp/out"
holds "$tmp/out" 'title: Tin mới nhất - Tin Biển'
holds "$tmp/out" 'entries: 24'
holds "$tmp/out" '2026-11-23 06:30'
"$soatin" feeds show --json "$feed" | python3 -c '
import json, sys
x = json.load(sys.stdin)
assert list(x) == ["title", "link", "language", "encoding", "format", "entries"], list(x)
assert x["format"] == "rss" and x["encoding"] == "utf-8" and x["language"] == "vi", x
assert len(x["entries"]) == 24 and all(a["v"] == 1 and a["id"] and a["title"] for a in x["entries"])'
printf '<rss version="2.0"><channel><item><title>x</title><link>a.html</link></item></channel></rss>' >"$tmp/rel.xml"
"$soatin" feeds show --json --base https://x.example/b/ "$tmp/rel.xml" >"$tmp/out"
holds "$tmp/out" '"url":"https://x.example/b/a.html"'

for f in tin-bien/404.html xom-mang/bomb.xml; do
	status 65 "$soatin" feeds show --json "$src/feeds/sample/day/$f" >"$tmp/out" 2>"$tmp/err"
	[ ! -s "$tmp/out" ] || fail "data for $f"
	holds "$tmp/err" "$f: "
done
status 65 "$soatin" feeds show "$tmp/missing" 2>"$tmp/err"
holds "$tmp/err" 'missing'
status 2 "$soatin" feeds show 2>/dev/null
status 2 "$soatin" feeds frobnicate 2>"$tmp/err"
holds "$tmp/err" 'frobnicate'

printf '<html><head><link rel="alternate" type="application/atom+xml" href="/f.atom"></head><body>x</body></html>' >"$tmp/p.html"
"$soatin" feeds discover --base https://x.example/ "$tmp/p.html" >"$tmp/out"
[ "$(cat "$tmp/out")" = https://x.example/f.atom ] || fail "discovered: $(cat "$tmp/out")"
[ "$("$soatin" feeds discover "$feed")" = "$feed" ] || fail 'a feed is its own feed'
status 1 "$soatin" feeds discover "$src/feeds/sample/day/tin-bien/404.html" 2>"$tmp/err"
holds "$tmp/err" 'offers no feed'
