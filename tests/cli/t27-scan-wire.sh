#!/bin/sh
# What goes over the wire in a scan: packed answers (gzip, deflate, br, zstd) are read; the second request is conditional, with the
# validators as they came; cookies are kept for the run and no longer; a source's own headers, User-Agent and size hold for it alone.
. "$(dirname "$0")/lib.sh"
mkdir "$tmp/www"
serve paper.py "$tmp/www"
base=http://127.0.0.1:$port
export no_proxy=127.0.0.1
printf 'gap_ms: 0\nper_host: 16\nfeeds: [f.yaml]\nrules: [%s]\nuser_agent: "phong-truc/1"\n' "$src/tests/cli/rule.yaml" >"$tmp/c.yaml"
follow() { printf -- '- {id: %s, name: X, kind: blog, url: "%s/%s", allow_private: true%s}\n' "$1" "$base" "$1" "${2:-}" >>"$tmp/f.yaml"; }
# feed NAME [TITLE LINK]: RSS with one entry, whole or with a page to fetch
feed() { printf '<rss version="2.0"><channel><title>t</title><item><title>Tin %s</title>%s<guid isPermaLink="false">%s</guid></item></channel></rss>' "$1" "${2:-}" "$1" >"$tmp/www/$1"; }

lines() { printf "%s\n" "$@"; }
scan() {
	want=$1
	shift
	: >"$tmp/www/log"
	status "$want" "$soatin" --config "$tmp/c.yaml" scan --no-archive "$@" >"$tmp/out" 2>"$tmp/err"
}
# of NAME HEADER: what the requests for it said there, one after another, "-" for nothing
of() { python3 -c '
import json, sys
for x in map(json.loads, open(sys.argv[1])):
	if x["path"] == "/" + sys.argv[2]: print(x["headers"].get(sys.argv[3], "-"), end=" ")' "$tmp/www/log" "$1" "$2"; }
said() { [ "$(of "$1" "$2")" = "$3 " ] || fail "$1: $2: $(of "$1" "$2"), not $3"; }

# packed as each coding allows without its program: brotli and zstd with stored blocks
python3 - "$tmp/www" <<'PY'
import gzip, struct, sys, zlib
www = sys.argv[1]
text = "<rss version='2.0'><channel><title>t</title><item><title>Tin đóng gói %s</title></item></channel></rss>"
def br(d): # a window of 16 bits, one stored block, an empty last one
	bits = 0 | 0 << 1 | 0 << 2 | (len(d) - 1) << 4 | 1 << 20 # window, not last, 4 nibbles, length - 1, stored
	return bits.to_bytes(3, "little") + d + b"\x03"
def zstd(d): # no checksum, one segment, its length in two bytes; one stored block, the last
	return b"\x28\xb5\x2f\xfd" + b"\x60" + struct.pack("<H", len(d) - 256) + struct.pack("<I", len(d) << 3 | 1)[:3] + d
for name, pack in (("gzip", gzip.compress), ("deflate", zlib.compress), ("br", br), ("zstd", zstd)):
	open("%s/%s" % (www, name), "wb").write(pack((text % name + "<!--%s-->" % ("x" * 300)).encode()))
	open("%s/%s.head" % (www, name), "w").write("200\nContent-Type: application/rss+xml; charset=utf-8\nContent-Encoding: %s\n" % name)
PY
for x in gzip deflate br zstd; do follow $x; done
scan 0 --articles
for x in gzip deflate br zstd; do holds "$tmp/out" "\"title\":\"Tin đóng gói $x\""; done
said br accept-encoding 'gzip, deflate, br, zstd'

# conditional from the second request on; nothing is stored again
: >"$tmp/f.yaml"
for x in etag weak dated plain; do feed $x; follow $x; done
lines 200 'ETag: "a,b"' >"$tmp/www/etag.head"
lines 200 'ETag: W/"no;1"' 'Last-Modified: Mon, 23 Nov 2026 06:00:00 GMT' >"$tmp/www/weak.head"
lines 200 'Last-Modified: hôm qua' >"$tmp/www/dated.head"
scan 0
holds "$tmp/out" '4 articles, 4 new'
for x in etag weak dated plain; do said $x if-none-match -; said $x if-modified-since -; done
scan 0
holds "$tmp/out" '4 sources, 4 unchanged, 0 errors'
said etag if-none-match '"a,b"'
said weak if-none-match 'W/"no;1"'
said weak if-modified-since 'Mon, 23 Nov 2026 06:00:00 GMT'
said plain if-none-match -
python3 -c '
import json, sys
got = [x["headers"].get("if-modified-since") for x in map(json.loads, open(sys.argv[1])) if x["path"] == "/dated"]
assert [x.encode("latin-1").decode() for x in got] == ["hôm qua"], got' "$tmp/www/log" || fail 'a date as it came'
feed etag '<description>Thêm một câu.</description>'
lines 200 'ETag: "2"' >"$tmp/www/etag.head"
scan 0
holds "$tmp/out" '0 new, 1 updated'

# a wall that wants its cookie: given once in a run, to the pages too, and to nobody else
: >"$tmp/f.yaml"
feed wall "<link>$base/bai</link></item><item><title>Tin hai</title><link>$base/bai-2</link>"
printf '<html><head><title>Tin</title></head><body><article><h1>Tin</h1><p>%s</p></article></body></html>' "$(yes 'Lời văn của bài này đủ dài.' | head -n 20)" >"$tmp/www/bai"
cp "$tmp/www/bai" "$tmp/www/bai-2"
for x in wall bai bai-2; do lines 200 'X-Wall: vao=1' 'X-Delay: 0.5' >"$tmp/www/$x.head"; done # both pages at once
follow wall
scan 0
said wall cookie '- vao=1'
for x in bai bai-2; do said $x cookie 'vao=1'; done
scan 0 -f
said wall cookie '- vao=1'

# its own headers, User-Agent and size
: >"$tmp/f.yaml"
for x in own usual; do feed $x "<link>$base/bai-$x</link>"; cp "$tmp/www/bai" "$tmp/www/bai-$x"; done
follow own ', headers: ["Accept-Language: vi", "X-Key: k"], user_agent: "Mozilla/5.0 (thử)"'
follow usual
feed fits
feed large
lines 200 'ETag: "L"' >"$tmp/www/large.head"
follow fits ", max_bytes: $(wc -c <"$tmp/www/fits")"
follow large ", max_bytes: $(($(wc -c <"$tmp/www/large") - 1))" # its entry is whole all the same
python3 - "$tmp/www/packed" <<'PY' # what is packed is cut as it comes
import gzip, random, sys
dice = random.Random(1)
item = "<item><title>Tin %d</title><guid>%d</guid><description>%s</description></item>"
items = [item % (i, i, "".join(dice.choices("aăâbcdđeêghiklmnoôơpqrstuưvxy", k=40))) for i in range(400)]
body = gzip.compress(("<rss version='2.0'><channel><title>t</title>%s</channel></rss>" % "".join(items)).encode())
assert len(body) > 9000, len(body)
open(sys.argv[1], "wb").write(body)
PY
lines 200 'Content-Encoding: gzip' >"$tmp/www/packed.head"
follow packed ', max_bytes: 4000'
scan 1 --articles
holds "$tmp/out" '"title":"Tin large"'
holds "$tmp/out" '"title":"Tin 50"'
lacks "$tmp/out" '"title":"Tin 399"'
holds "$tmp/err" 'soatin: packed: '
for x in own bai-own; do said $x x-key k; said $x accept-language vi; done
for x in usual bai-usual; do said $x x-key -; said $x accept-language -; said $x user-agent phong-truc/1; done
python3 -c '
import json, sys
got = {x["path"]: x["headers"]["user-agent"].encode("latin-1").decode() for x in map(json.loads, open(sys.argv[1]))}
assert got["/own"] == got["/bai-own"] == "Mozilla/5.0 (thử)", got' "$tmp/www/log" || fail 'its User-Agent'
[ "$(wc -l <"$tmp/err")" = 2 ] || fail "$(cat "$tmp/err")"
holds "$tmp/err" 'soatin: large: '
[ "$(grep -c 'feed is too big, more than' "$tmp/err")" = 2 ] || fail "$(cat "$tmp/err")"
sed -i '/^user_agent/d' "$tmp/c.yaml"
echo 'contact: truc-ban@example.org' >>"$tmp/c.yaml"
scan 0 -f usual large
said large if-none-match '"L"'
lacks "$tmp/err" large
sed -i '/id: large/s/max_bytes: [0-9]*/max_bytes: 4000/' "$tmp/f.yaml"
scan 0 -f large # what was cut off may be had now
said large if-none-match -
holds "$tmp/out" '0 unchanged'
scan 0 -f large
said large if-none-match '"L"'
scan 0 -f usual
said usual user-agent "soatin/$("$soatin" --version | sed -n '1s/^soatin //p') (+truc-ban@example.org)"
