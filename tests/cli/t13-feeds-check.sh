#!/bin/sh
# feeds check: asks a server of our own and says which source answers; show and discover by address.
. "$(dirname "$0")/lib.sh"
cat >"$tmp/server.py" <<'PY'
import http.server, sys
day = sys.argv[1]
class H(http.server.BaseHTTPRequestHandler):
	def do_GET(self):
		p = self.path
		if p == "/moved":
			self.send_response(301); self.send_header("Location", "/feed.xml"); self.end_headers(); return
		body, kind = b"", "text/html"
		if p == "/feed.xml": body, kind = open(day + "/tin-bien/feed.xml", "rb").read(), "application/rss+xml"
		elif p == "/bomb.xml": body, kind = open(day + "/xom-mang/bomb.xml", "rb").read(), "application/rss+xml"
		elif p == "/": body = b'<html><head><link rel="alternate" type="application/rss+xml" href="feed.xml"></head><body><a href="/a">x</a></body></html>'
		self.send_response(200 if body else 404)
		self.send_header("Content-Type", kind); self.send_header("Content-Length", str(len(body))); self.end_headers()
		self.wfile.write(body)
	def log_message(self, *a): pass
s = http.server.ThreadingHTTPServer(("127.0.0.1", 0), H)
print(s.server_port, flush=True)
s.serve_forever()
PY
python3 "$tmp/server.py" "$src/feeds/sample/day" >"$tmp/port" &
for _ in $(seq 100); do [ -s "$tmp/port" ] && break; sleep 0.05; done
base=http://127.0.0.1:$(cat "$tmp/port")
export no_proxy=127.0.0.1
printf 'gap_ms: 0\n' >"$tmp/c.yaml"
for id in good:feed.xml gone:none bomb:bomb.xml moved:moved; do
	printf -- '- {id: %s, name: X, kind: blog, url: "%s/%s", allow_private: true}\n' "${id%%:*}" "$base" "${id#*:}"
done >"$tmp/f.yaml"
printf -- '- {id: front, name: X, kind: blog, as: page, url: "%s/", allow_private: true}\n' "$base" >>"$tmp/f.yaml"
printf -- '- {id: shut, name: X, kind: blog, url: "%s/feed.xml"}\n' "$base" >>"$tmp/f.yaml"
printf -- '- {id: "off", name: X, kind: blog, url: "%s/feed.xml", enabled: false}\n' "$base" >>"$tmp/f.yaml"
run() { "$soatin" --config "$tmp/c.yaml" "$@"; }

status 1 run feeds check --feeds "$tmp/f.yaml" --json >"$tmp/out" 2>"$tmp/err"
[ ! -s "$tmp/err" ] || fail "$(cat "$tmp/err")"
python3 - "$tmp/out" "$base" <<'PY'
import json, sys
got = {}
for line in open(sys.argv[1], encoding="utf-8"):
	x = json.loads(line)
	got[x["id"]] = x
assert list(got) == ["good", "gone", "bomb", "moved", "front", "shut"], list(got) # in the order of the file; "off" is not asked
assert got["good"]["ok"] and got["good"]["entries"] == 24 and got["good"]["newest"].startswith("2026-11-23T"), got["good"]
assert not got["gone"]["ok"] and got["gone"]["status"] == 404 and got["gone"]["error"], got["gone"]
assert not got["bomb"]["ok"] and got["bomb"]["error"], got["bomb"]
assert got["moved"]["ok"] and got["moved"]["moved"] == sys.argv[2] + "/feed.xml", got["moved"]
assert got["front"]["ok"], got["front"]
assert not got["shut"]["ok"], got["shut"] # a private address, and the source may not
PY
status 0 run feeds check --feeds "$tmp/f.yaml" good >"$tmp/out"
holds "$tmp/out" '24'
status 0 run feeds check "$base/feed.xml" >"$tmp/out"
status 1 run feeds check --csv "$base/none" >"$tmp/out"
holds "$tmp/out" "$base/none,error"
status 2 run feeds check --feeds "$tmp/f.yaml" nobody 2>"$tmp/err"
holds "$tmp/err" 'nobody'

status 0 run feeds show --json "$base/feed.xml" >"$tmp/out"
holds "$tmp/out" '"title":"Tin mới nhất - Tin Biển"'
status 69 run feeds show "$base/none" 2>"$tmp/err"
holds "$tmp/err" 404
[ "$(run feeds discover "$base/")" = "$base/feed.xml" ] || fail 'discover by address'
