#!/bin/sh
# Feeds that are too much, made on the fly: 50 MB are refused whole with a word; of 30,000 and of 100,000 items the first 5,000 are kept
# with a remark, as a scan reads them and as "feeds show" does; no process takes more than 64 MB, and a small source beside them is unaffected.
. "$(dirname "$0")/lib.sh"
cat >"$tmp/server.py" <<'PY'
import http.server
head, tail = b"<rss version='2.0'><channel><title>t</title>", b"</channel></rss>"
def items(n, text=""): return head + b"".join(("<item><title>Tin %d</title><guid>%d</guid>%s</item>" % (i, i, text)).encode() for i in range(n)) + tail
class H(http.server.BaseHTTPRequestHandler):
	def do_GET(self):
		name = self.path[1:]
		self.send_response(200)
		if name.startswith("whole"): # its length is said; "open": it ends when it ends
			self.send_header("Content-Length", str(50 << 20))
		self.end_headers()
		try:
			if name.endswith("50mb"):
				part = items(1000, "<description>%s</description>" % ("Lời văn dài. " * 60))[len(head):-len(tail)]
				sent = self.wfile.write(head)
				while sent < (50 << 20): sent += self.wfile.write(part[:(50 << 20) - sent])
			elif name == "small": self.wfile.write(items(3))
			else: self.wfile.write(items(int(name), "<description>%s</description>" % ("Lời văn. " * 12) if name == "30000" else ""))
		except OSError: pass
	def log_message(self, *a): pass
s = http.server.ThreadingHTTPServer(("127.0.0.1", 0), H)
print(s.server_port, flush=True)
s.serve_forever()
PY
python3 "$tmp/server.py" >"$tmp/port" &
for _ in $(seq 100); do [ -s "$tmp/port" ] && break; sleep 0.05; done
export no_proxy=127.0.0.1
printf 'gap_ms: 0\nper_host: 16\nfeeds: [f.yaml]\nrules: [%s]\n' "$src/tests/cli/rule.yaml" >"$tmp/c.yaml"
for x in whole50mb open50mb 30000 100000 small; do
	printf -- '- {id: s%s, name: X, kind: blog, url: "http://127.0.0.1:%s/%s", allow_private: true, pages: false}\n' $x "$(cat "$tmp/port")" $x
done >"$tmp/f.yaml"
exec 3>&1
# peak COMMAND…: runs it; $kb: what its largest process held
peak() {
	python3 - "$tmp/kb" "$@" <<'PY' && got=0 || got=$?
import os, resource, subprocess, sys
status = subprocess.run(sys.argv[2:]).returncode
open(sys.argv[1], "w").write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
sys.exit(status)
PY
	kb=$(cat "$tmp/kb")
	echo "$kb KB at the most: $*" >&3
}
within() { grep -q __asan_init "$soatin" || [ "$kb" -le 65536 ] || fail "$kb KB"; }

peak "$soatin" --config "$tmp/c.yaml" scan --no-archive >"$tmp/out" 2>"$tmp/err"
[ "$got" = 1 ] || fail "status $got: $(cat "$tmp/err")"
for x in whole open; do
	[ "$(grep -c "soatin: s${x}50mb: .*the answer is too big, more than 8388608 bytes" "$tmp/err")" = 1 ] || fail "$(cat "$tmp/err")"
done
for x in 30000 100000; do
	[ "$(grep -c "soatin: s$x: .*: more than 5000 entries; the rest left out" "$tmp/err")" = 1 ] || fail "$(cat "$tmp/err")"
done
[ "$(wc -l <"$tmp/err")" = 4 ] || fail "$(cat "$tmp/err")"
holds "$tmp/out" '10,003 articles, 10,003 new'
within
"$soatin" --config "$tmp/c.yaml" feeds list --json >"$tmp/list"
python3 - "$tmp/list" <<'PY' || fail "$(cat "$tmp/list")"
import json, sys
got = {x["id"]: x["state"] for x in map(json.loads, open(sys.argv[1]))}
assert got == {"swhole50mb": "failing", "sopen50mb": "failing", "s30000": "ok", "s100000": "ok", "ssmall": "ok"}, got
PY

# a file in hand, the same
python3 -c 'import sys, urllib.request
sys.stdout.buffer.write(urllib.request.build_opener(urllib.request.ProxyHandler({})).open(sys.argv[1]).read())' \
	"http://127.0.0.1:$(cat "$tmp/port")/100000" >"$tmp/100000.xml"
peak "$soatin" feeds show --json "$tmp/100000.xml" >"$tmp/out" 2>"$tmp/err"
[ "$got" = 1 ] || fail "status $got: $(cat "$tmp/err")"
holds "$tmp/err" 'more than 5000 entries'
head -n 1 "$tmp/out" | python3 -c 'import json, sys
assert [x["title"] for x in json.load(sys.stdin)["entries"]] == ["Tin %d" % i for i in range(5000)]' || fail 'the first 5,000'
within
