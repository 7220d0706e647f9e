#!/bin/sh
# A source that fails costs itself alone: one line naming source, address, what happened and what to do, status 1; its old items stay.
. "$(dirname "$0")/lib.sh"
command -v openssl >/dev/null || skip 'no openssl'
command -v sqlite3 >/dev/null || skip 'no sqlite3'
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout "$tmp/key" -out "$tmp/cert" 2>/dev/null
python3 -u "$src/tests/cli/fault_server.py" "$tmp/cert" "$tmp/key" >"$tmp/ports" 2>/dev/null &
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do [ -s "$tmp/ports" ] && break; sleep 0.2; done
read -r http https <"$tmp/ports"
mkdir -p "$tmp/config/soatin"
printf 'places: [hai-phong]\ngap_ms: 0\nper_host: 8\n' >"$tmp/config/soatin/soatin.yaml"

# id|address that fails|what the line must say
cat >"$tmp/faults" <<EOF
dns|http://name.invalid/feed.xml|is not known (DNS)
tls|https://localhost:$https/good/tls|(TLS)
not-tls|https://localhost:$http/good/not-tls|(TLS)
refused|http://127.0.0.1:1/feed.xml|refused the connection
missing|http://127.0.0.1:$http/status/404|not found (404)
gone|http://127.0.0.1:$http/status/410|gone for good (410)
broken|http://127.0.0.1:$http/status/500|(500)
empty|http://127.0.0.1:$http/empty/x|the answer is empty
blank|http://127.0.0.1:$http/blank/x|empty
html|http://127.0.0.1:$http/html/x|an HTML page, not a feed
short|http://127.0.0.1:$http/short/x|cut short
drop|http://127.0.0.1:$http/drop/x|without an answer
noise|http://127.0.0.1:$http/noise/x|not XML
loop|http://127.0.0.1:$http/loop/x|redirects
cut|http://127.0.0.1:$http/cut/cut|cut short
EOF
while IFS='|' read -r id url says; do
	printf -- "- {id: %s, name: %s, url: 'http://127.0.0.1:%s/good/%s', kind: provincial, country: VN, lang: vi, allow_private: true}\n" "$id" "$id" "$http" "$id" >>"$tmp/good.yaml"
	printf -- "- {id: %s, name: %s, url: '%s', kind: provincial, country: VN, lang: vi, allow_private: true}\n" "$id" "$id" "$url" >>"$tmp/bad.yaml"
done <"$tmp/faults"
printf -- "- {id: fine, name: fine, url: 'http://127.0.0.1:%s/good/fine', kind: provincial, country: VN, lang: vi, allow_private: true}\n" "$http" >>"$tmp/bad.yaml"

status 0 "$soatin" scan --feeds "$tmp/good.yaml" >"$tmp/out" 2>"$tmp/err"
[ ! -s "$tmp/err" ] || fail "a good scan spoke: $(cat "$tmp/err")"
kept() { sqlite3 "$tmp/data/soatin/queue.db" 'SELECT source, id, story, line FROM article' | sort; }
kept >"$tmp/before"
[ "$(wc -l <"$tmp/before")" = 45 ] || fail "$(wc -l <"$tmp/before") articles to keep, not 45"
status 1 "$soatin" scan --force --feeds "$tmp/bad.yaml" >"$tmp/out" 2>"$tmp/err"
n=0
while IFS='|' read -r id url says; do
	n=$((n + 1))
	grep "^soatin: $id: " "$tmp/err" >"$tmp/line" || fail "nothing said of $id: $(cat "$tmp/err")"
	[ "$(wc -l <"$tmp/line")" = 1 ] || fail "more than a line: $(cat "$tmp/line")"
	holds "$tmp/line" "$url:"
	holds "$tmp/line" "$says"
	grep -q '; .\|asked for again' "$tmp/line" || fail "not said what to do: $(cat "$tmp/line")"
done <"$tmp/faults"
[ "$(wc -l <"$tmp/err")" = "$n" ] || fail "not $n lines: $(cat "$tmp/err")"
grep -q "^$((n + 1)) sources, 0 unchanged, $n errors, .* 3 new, 0 updated" "$tmp/out" || fail "$(cat "$tmp/out")"
"$soatin" queue --json --all --source fine | grep -q . || fail 'the one good source brought nothing'
kept >"$tmp/after"
[ -z "$(comm -23 "$tmp/before" "$tmp/after")" ] || fail "an article went: $(comm -23 "$tmp/before" "$tmp/after" | head -3)"

# a source that goes on failing goes on being told; one that is mended is quiet again
status 1 "$soatin" scan --force --feeds "$tmp/bad.yaml" cut html missing fine >"$tmp/out" 2>"$tmp/err"
[ "$(wc -l <"$tmp/err")" = 3 ] || fail "not three lines: $(cat "$tmp/err")"
status 0 "$soatin" scan --force --feeds "$tmp/good.yaml" >"$tmp/out" 2>"$tmp/err"
[ ! -s "$tmp/err" ] || fail "mended sources spoke: $(cat "$tmp/err")"
