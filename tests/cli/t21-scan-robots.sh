#!/bin/sh
# scan and robots.txt: the page a paper does not want fetched is not asked for, its entry is filed all the same; the feed is asked
# anyway; "robots: false" for a source and for all.
. "$(dirname "$0")/lib.sh"
cat >"$tmp/server.py" <<'PY'
import http.server, sys
log = open(sys.argv[1], "a", buffering=1)
ITEM = "<item><title>Tin %s</title><link>http://127.0.0.1:%d/%s/1.html</link><guid>%s</guid></item>"
class H(http.server.BaseHTTPRequestHandler):
	def do_GET(self):
		log.write(self.path + "\n")
		status, body = 200, b""
		if self.path == "/robots.txt": body = b"User-agent: *\nDisallow: /private/\nDisallow: /feed.xml\n"
		elif self.path == "/feed.xml": body = ("<rss version='2.0'><channel><title>t</title>" + "".join(ITEM % (x, s.server_port, x, x) for x in ("private", "open")) + "</channel></rss>").encode()
		else: body = ("<html><body><article><h1>Tin</h1><p>%s</p></article></body></html>" % ("Lời văn của bài này đủ dài để là một bài báo. " * 12)).encode()
		self.send_response(status); self.send_header("Content-Length", str(len(body))); self.end_headers(); self.wfile.write(body)
	def log_message(self, *a): pass
s = http.server.ThreadingHTTPServer(("127.0.0.1", 0), H)
print(s.server_port, flush=True)
s.serve_forever()
PY
python3 "$tmp/server.py" "$tmp/log" >"$tmp/port" &
for _ in $(seq 100); do [ -s "$tmp/port" ] && break; sleep 0.05; done
port=$(cat "$tmp/port")
export no_proxy=127.0.0.1
# try NAME SETTING SOURCE-KEY: one scan into a queue of its own; $tmp/asked: what the server was asked
try() {
	printf 'gap_ms: 0\nqueue: %s.db\n%s\n' "$1" "$2" >"$tmp/c.yaml"
	printf -- '- {id: x, name: X, kind: blog, url: "http://127.0.0.1:%s/feed.xml", allow_private: true%s}\n' "$port" "$3" >"$tmp/f.yaml"
	: >"$tmp/log"
	status 0 "$soatin" --config "$tmp/c.yaml" scan --feeds "$tmp/f.yaml" --no-archive >"$tmp/said" 2>"$tmp/err"
	[ ! -s "$tmp/err" ] || fail "$1 said: $(cat "$tmp/err")"
	sort "$tmp/log" >"$tmp/asked"
	holds "$tmp/said" '2 articles'
}
printf '/feed.xml\n/open/1.html\n/robots.txt\n' >"$tmp/kept"
printf '/feed.xml\n/open/1.html\n/private/1.html\n' >"$tmp/all"
try keep '' ''
same "$tmp/asked" "$tmp/kept"
try own '' ', robots: false'
same "$tmp/asked" "$tmp/all"
try every 'robots: false' ''
same "$tmp/asked" "$tmp/all"
