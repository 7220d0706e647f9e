#!/bin/sh
# feeds add, import, export: from an address or another reader's list to a feeds file and back.
. "$(dirname "$0")/lib.sh"
cat >"$tmp/server.py" <<'PY'
import http.server
pages = {
	"/rss/thoi-su.rss": ("application/rss+xml", '<rss version="2.0"><channel><title>Báo: "Biển" # 1</title><language>vi-VN</language>'
		'<item><title>x</title><link>/a</link></item></channel></rss>'),
	"/one": ("text/html", '<html><head><link rel="alternate" type="application/rss+xml" href="/rss/thoi-su.rss"></head></html>'),
	"/two": ("text/html", '<html><head><link rel="alternate" type="application/rss+xml" href="/rss/a.rss">'
		'<link rel="alternate" type="application/rss+xml" href="/rss/b.rss"></head></html>'),
	"/none": ("text/html", "<html><body><p>x</p></body></html>"),
	**dict.fromkeys(("/muc", "/muc/muc"), ("text/html", "<html><body>" + "".join('<h3><a href="/tin-%d.html">Tàu cá về bến sau ngày gió lớn thứ %d</a></h3>' % (1000 + i, i)
		for i in range(4)) + "</body></html>")),
}
class H(http.server.BaseHTTPRequestHandler):
	def do_GET(self):
		kind, body = pages.get(self.path, ("text/html", ""))
		body = body.encode()
		self.send_response(200 if body else 404)
		self.send_header("Content-Type", kind); self.send_header("Content-Length", str(len(body))); self.end_headers()
		self.wfile.write(body)
	def log_message(self, *a): pass
s = http.server.ThreadingHTTPServer(("127.0.0.1", 0), H)
print(s.server_port, flush=True)
s.serve_forever()
PY
python3 "$tmp/server.py" >"$tmp/port" &
for _ in $(seq 100); do [ -s "$tmp/port" ] && break; sleep 0.05; done
base=http://127.0.0.1:$(cat "$tmp/port")
export no_proxy=127.0.0.1
printf 'gap_ms: 0\nfeeds: [own.yaml]\n' >"$tmp/c.yaml"
printf '# ours' >"$tmp/own.yaml"
run() { "$soatin" --config "$tmp/c.yaml" feeds "$@"; }

run add "$base/one" >"$tmp/out" # printed when no file is named
holds "$tmp/out" '- id: 127-0-0-1-thoi-su'
holds "$tmp/out" "name: 'Báo: \"Biển\" # 1'"
holds "$tmp/out" "url: $base/rss/thoi-su.rss"
[ "$(cat "$tmp/own.yaml")" = '# ours' ] || fail 'add wrote without being told where'

status 0 run add --to "$tmp/own.yaml" --kind provincial --place hai-phong "$base/rss/thoi-su.rss" 2>"$tmp/err"
holds "$tmp/err" "127-0-0-1-thoi-su added to $tmp/own.yaml"
lacks "$tmp/err" 'does not read'
holds "$tmp/own.yaml" '# ours'
holds "$tmp/own.yaml" 'allow_private: true'
holds "$tmp/err" 'private address'
run list --json >"$tmp/out"
holds "$tmp/out" '"name":"Báo: \"Biển\" # 1"'
holds "$tmp/out" '"kind":"provincial"'
holds "$tmp/out" '"lang":"vi-VN"'
status 73 run add "$base/one" 2>"$tmp/err"
holds "$tmp/err" 'followed already, as 127-0-0-1-thoi-su'

status 2 run add "$base/two" 2>"$tmp/err"
holds "$tmp/err" "$base/rss/a.rss"
holds "$tmp/err" "$base/rss/b.rss"
status 2 run add "$base/none" 2>"$tmp/err"
holds "$tmp/err" 'offers no feed'
status 2 run add "$base/muc" 2>"$tmp/err"
holds "$tmp/err" 'offers no feed, but leads to 4 articles; --as page'
status 65 run add --as page "$base/none" 2>"$tmp/err"
status 0 run add --as page --to "$tmp/other.yaml" "$base/muc" 2>"$tmp/err"
holds "$tmp/err" 'does not read'
holds "$tmp/other.yaml" 'as: page'
# a file that no scan reads yet: another source of the site gets an id of its own, the same one is told
status 73 run add --as page --to "$tmp/other.yaml" "$base/muc" 2>"$tmp/err"
holds "$tmp/err" 'followed already, as 127-0-0-1-muc'
status 0 run add --as page --to "$tmp/other.yaml" "$base/muc/muc" 2>"$tmp/err"
holds "$tmp/err" '127-0-0-1-muc-2 added to'
# what is no address is told with how one is written; a list is a file or an address, never a source
status 2 run add baochi.example 2>"$tmp/err"
holds "$tmp/err" 'baochi.example is no web address; write it as https://host/path'
status 65 run import nofile 2>"$tmp/err"
holds "$tmp/err" 'soatin: cannot open nofile'
status 69 run add http://127.0.0.1:1/ 2>"$tmp/err"
holds "$tmp/err" 'refused the connection'
lacks "$tmp/err" 'Connection refused' # twice the same
# a page in a file leads nowhere without its address
printf '<h3><a href="/tin-1001.html">Tàu cá về bến sau ngày gió lớn thứ nhất</a></h3>' >"$tmp/page.html"
status 65 run show --as page "$tmp/page.html" >/dev/null 2>"$tmp/err"
holds "$tmp/err" '--base URL'
run show --as page --base "$base/" "$tmp/page.html" >"$tmp/out" 2>"$tmp/err"
holds "$tmp/out" "$base/tin-1001.html"
status 2 run add --kind press "$base/one" 2>"$tmp/err"
holds "$tmp/err" 'provincial'
status 2 run add --place atlantis "$base/one" 2>/dev/null
status 69 run add "$base/missing" 2>/dev/null
printf 'not: a list\n' >"$tmp/bad.yaml"
cp "$tmp/bad.yaml" "$tmp/kept.yaml"
status 2 run add --to "$tmp/bad.yaml" --as page "$base/muc" 2>"$tmp/err"
same "$tmp/bad.yaml" "$tmp/kept.yaml"

cat >"$tmp/in.opml" <<'X'
<?xml version="1.0"?>
<opml version="1.0"><head><title>t</title></head><body>
<outline text="Báo chí"><outline text="Biển &amp; Đảo" type="rss" xmlUrl="https://a.example/rss/bien.xml?x=1&amp;y=2"/>
<outline title="Hai" text="" xmlUrl="https://a.example/rss/bien.xml"/><outline text="Lại" xmlUrl="https://a.example/rss/bien.xml"/></outline>
<outline text="thư" xmlUrl="mailto:x@a.example"/><outline text="không có"/>
</body></opml>
X
status 1 run import --kind national "$tmp/in.opml" >"$tmp/in.yaml" 2>"$tmp/err" # one is no address, which is told
holds "$tmp/err" 'mailto:'
"$soatin" feeds list --json --feeds "$tmp/in.yaml" >"$tmp/out"
[ "$(wc -l <"$tmp/out")" = 2 ] || fail "$(cat "$tmp/out")"
holds "$tmp/out" '"id":"a-example-bien","name":"Biển & Đảo","url":"https://a.example/rss/bien.xml?x=1&y=2"'
holds "$tmp/out" '"id":"a-example-bien-2","name":"Hai"'
"$soatin" feeds export --feeds "$tmp/in.yaml" >"$tmp/back.opml"
"$soatin" feeds import --kind national "$tmp/back.opml" >"$tmp/again.yaml"
same "$tmp/in.yaml" "$tmp/again.yaml"
"$soatin" feeds export | python3 -c 'import sys, xml.dom.minidom as d
n = len(d.parse(sys.stdin).getElementsByTagName("outline"))
assert n >= 81, n'
status 65 run import "$src/feeds/README.md" 2>"$tmp/err"
holds "$tmp/err" README.md
