#!/bin/sh
# feeds list after a scan: what the queue remembers of each source is shown.
. "$(dirname "$0")/lib.sh"
python3 -c '
import http.server, sys
feed = open(sys.argv[1], "rb").read()
class H(http.server.BaseHTTPRequestHandler):
	def do_GET(self):
		body = feed if self.path == "/feed.xml" else b""
		self.send_response(200 if body else 410 if self.path == "/gone" else 404)
		self.send_header("Content-Type", "application/rss+xml"); self.send_header("Content-Length", str(len(body))); self.end_headers()
		self.wfile.write(body)
	def log_message(self, *a): pass
s = http.server.ThreadingHTTPServer(("127.0.0.1", 0), H)
print(s.server_port, flush=True)
s.serve_forever()' "$src/feeds/sample/day/hanwol/feed.json" >"$tmp/port" &
for _ in $(seq 100); do [ -s "$tmp/port" ] && break; sleep 0.05; done
base=http://127.0.0.1:$(cat "$tmp/port")
export no_proxy=127.0.0.1
printf 'gap_ms: 0\nfeeds: [f.yaml]\n' >"$tmp/c.yaml"
for id in good:feed.xml bad:missing lost:gone; do
	printf -- '- {id: %s, name: X, kind: blog, url: "%s/%s", allow_private: true}\n' "${id%%:*}" "$base" "${id#*:}"
done >"$tmp/f.yaml"
printf -- '- {id: "off", name: X, kind: blog, url: "%s/feed.xml", enabled: false}\n' "$base" >>"$tmp/f.yaml"

status 1 "$soatin" --config "$tmp/c.yaml" scan --no-pages --no-archive >/dev/null 2>"$tmp/err"
"$soatin" --config "$tmp/c.yaml" feeds list --json >"$tmp/out"
python3 - "$tmp/out" <<'PY'
import json, sys
got = {x["id"]: x for x in map(json.loads, open(sys.argv[1], encoding="utf-8"))}
assert got["good"]["state"] == "ok" and got["good"]["last_ok"] and got["good"]["errors"] == 0, got["good"]
assert got["bad"]["state"] == "failing" and got["bad"]["errors"] == 1 and "404" in got["bad"]["last_error"], got["bad"]
assert "last_ok" not in got["bad"], got["bad"]
assert got["lost"]["state"] == "gone", got["lost"]
assert got["off"]["state"] == "off", got["off"]
PY
COLUMNS=100 "$soatin" --config "$tmp/c.yaml" feeds list >"$tmp/out"
holds "$tmp/out" failing
holds "$tmp/out" 404
"$soatin" --config "$tmp/c.yaml" feeds list --csv | tr -d '\r' >"$tmp/out"
grep -q '^bad,X,blog,failing,,1,' "$tmp/out" || fail "$(cat "$tmp/out")"
