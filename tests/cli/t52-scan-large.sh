#!/bin/sh
# Feeds that are too much, made on the fly: of 50 MB, packed or not, the first 8 are read and a remark says so; of 30,000 and of 100,000
# items the first 5,000 are kept with a remark; as a scan reads them and as "feeds show" does. What swells like no text does is refused.
# No process takes more than 64 MB, and a small source beside them is unaffected.
. "$(dirname "$0")/lib.sh"
cat >"$tmp/server.py" <<'PY'
import http.server, random, zlib
head, tail = b"<rss version='2.0'><channel><title>t</title>", b"</channel></rss>"
def item(i, text=""): return ("<item><title>Tin %d</title><guid>%d</guid>%s</item>" % (i, i, text)).encode()
words = " ".join(random.Random(1).choices("nước sông đê trường bến chợ huyện xã mưa gió biển tàu người dân khẩn cấp".split(), k=200000))
def large():
	yield head
	for i in range(1 << 30): yield item(i, "<description>%s</description>" % words[i * 977 % 500000:][:7000])
def bomb():
	yield head + item(0)
	while True: yield b" " * (1 << 20)
class H(http.server.BaseHTTPRequestHandler):
	def do_GET(self):
		name = self.path[1:]
		packed = zlib.compressobj(wbits=31) if name.startswith("gz") else None
		self.send_response(200)
		if name.startswith("whole"): # its length is said; "open", "gz": it ends when it ends
			self.send_header("Content-Length", str(50 << 20))
		if packed: self.send_header("Content-Encoding", "gzip")
		self.end_headers()
		try:
			if name.endswith("50mb") or name.endswith("bomb"):
				left = 50 << 20
				for part in large() if name.endswith("50mb") else bomb():
					part = part[:left]
					left -= len(part)
					self.wfile.write(packed.compress(part) if packed else part)
					if not left: break
				if packed: self.wfile.write(packed.flush())
			elif name == "small": self.wfile.write(head + b"".join(map(item, range(3))) + tail)
			else:
				text = "<description>%s</description>" % ("Lời văn. " * 12) if name == "30000" else ""
				self.wfile.write(head + b"".join(item(i, text) for i in range(int(name))) + tail)
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
for x in whole50mb open50mb gz50mb gzbomb 30000 100000 small; do
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

peak "$soatin" --config "$tmp/c.yaml" scan --no-archive --articles >"$tmp/articles" 2>"$tmp/err"
[ "$got" = 1 ] || fail "status $got: $(cat "$tmp/err")"
n=0
for x in whole open gz; do
	k=$(grep -c "\"id\":\"s${x}50mb\"" "$tmp/articles") || fail "nothing of s${x}50mb"
	[ "$k" -gt 500 ] || fail "$k articles of s${x}50mb"
	[ "$(grep -c "soatin: s${x}50mb: .*: feed is too big, more than 8388608 bytes .*; its first $k articles kept" "$tmp/err")" = 1 ] || fail "$(cat "$tmp/err")"
	n=$((n + k))
done
[ "$(grep -c "soatin: sgzbomb: .*: body is larger than the limit when unpacked" "$tmp/err")" = 1 ] || fail "$(cat "$tmp/err")"
for x in 30000 100000; do
	[ "$(grep -c "soatin: s$x: .*: more than 5000 entries; the rest left out" "$tmp/err")" = 1 ] || fail "$(cat "$tmp/err")"
done
[ "$(wc -l <"$tmp/err")" = 6 ] || fail "$(cat "$tmp/err")"
[ "$(wc -l <"$tmp/articles")" = $((n + 10003)) ] || fail "$(wc -l <"$tmp/articles") articles"
within
"$soatin" --config "$tmp/c.yaml" feeds list --json >"$tmp/list"
python3 - "$tmp/list" <<'PY' || fail "$(cat "$tmp/list")"
import json, sys
got = {x["id"]: x["state"] for x in map(json.loads, open(sys.argv[1]))}
assert [x for x in got if got[x] != "ok"] == ["sgzbomb"] and len(got) == 7, got
PY
# as it came the second time, it is not read again; one that was refused is
status 1 "$soatin" --config "$tmp/c.yaml" scan --no-archive --force --feeds "$tmp/f.yaml" >"$tmp/out" 2>"$tmp/err"
[ "$(wc -l <"$tmp/err")" = 1 ] || fail "$(cat "$tmp/err")"
holds "$tmp/out" '7 sources, 6 unchanged, 1 error'
peak "$soatin" --config "$tmp/c.yaml" feeds show --json swhole50mb >"$tmp/out" 2>"$tmp/err"
[ "$got" = 1 ] || fail "status $got: $(cat "$tmp/err")"
holds "$tmp/err" 'feed is too big, more than 8388608 bytes'
grep -q '"title":"Tin 500"' "$tmp/out" || fail 'no entries shown'
within

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
