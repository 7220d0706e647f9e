#!/bin/sh
# One host is asked by two requests at once and one a second unless the configuration says otherwise: its feeds, its robots.txt and its
# pages together; another host does not wait for it.
. "$(dirname "$0")/lib.sh"
mkdir "$tmp/www"
serve paper.py "$tmp/www"
export no_proxy='*'
feed() { printf '<rss version="2.0"><channel><title>t</title>%s</channel></rss>' "$1" >"$tmp/www/feed"; }
feed "<item><title>Một</title><link>http://127.0.0.1:$port/mot</link></item><item><title>Hai</title><link>http://127.0.0.1:$port/hai</link></item>"
for page in mot hai; do
	printf '<html><head><title>Tin</title></head><body><article><h1>Tin</h1><p>%s</p></article></body></html>' "$(yes 'Lời văn của bài này đủ dài.' | head -n 20)" >"$tmp/www/$page"
done
# slow FEED2 PAGES: how long these answers take
slow() { for x in "feed2 $1" "mot $2" "hai $2"; do printf '200\nX-Delay: %s\n' "${x#* }" >"$tmp/www/${x% *}.head"; done; }
printf 'User-agent: *\nAllow: /\n' >"$tmp/www/robots.txt"
cp "$tmp/www/feed" "$tmp/www/feed2"
printf '{}' >"$tmp/www/other"
follow() { printf -- '- {id: %s, name: X, kind: blog, url: "http://%s:%s/%s", allow_private: true}\n' "$1" "$2" "$port" "$3"; }
{ follow a 127.0.0.1 feed; follow b 127.0.0.1 feed2; follow c 127.0.0.2 other; } >"$tmp/f.yaml"
# scan SETTINGS PYTHON: one scan into a queue of its own; what must hold of x: per host (path, second, busy), s: all of them
scan() {
	: >"$tmp/www/log"
	rm -rf "$tmp/data"
	printf 'feeds: [f.yaml]\nrules: [%s]\n%s' "$src/tests/cli/rule.yaml" "$1" >"$tmp/c.yaml"
	status 1 "$soatin" --config "$tmp/c.yaml" scan --no-archive >"$tmp/out" 2>"$tmp/err" # "other" is no feed
	python3 - "$tmp/www/log" "$2" <<'PY' || fail "$1"
import json, sys
s = [json.loads(x) for x in open(sys.argv[1])]
start = s[0]["at"]
x = {}
for r in s:
	x.setdefault(r["headers"]["host"].split(":")[0], []).append((r["path"], r["at"] - start, r["busy"]))
one = [r[1] for r in x["127.0.0.1"]]
gaps = [b - a for a, b in zip(one, one[1:])]
most = max(r[2] for r in x["127.0.0.1"])
paths = sorted(r[0] for r in x["127.0.0.1"])
assert paths == ["/feed", "/feed2", "/hai", "/mot", "/robots.txt"], paths
assert eval(sys.argv[2]), (gaps, most, x)
PY
}
# five requests, two at once, a second apart: the last one waits for feed2 or the page before it
slow 3.6 1.7
scan '' 'most == 2 and min(gaps) > 0.95 and max(gaps) > 1.3 and x["127.0.0.2"][0][1] < 0.9'
slow 0.6 0.6
scan 'gap_ms: 300
' 'most == 2 and 0.28 < min(gaps) < 0.9'
slow 1.5 1.5
scan 'gap_ms: 0
per_host: 5
' 'most >= 3 and min(gaps) < 0.25'
slow 0.2 0.2
scan 'gap_ms: 0
per_host: 1
' 'most == 1'
