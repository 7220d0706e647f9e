#!/bin/sh
# The health of sources over many scans: what lasts is told once and so is its end, failing sources rest longer and longer, what moved
# for good is asked there, a 410 stops, a feed's own wishes are kept, silence is seen; and an edited address begins anew.
. "$(dirname "$0")/lib.sh"
cat >"$tmp/server.py" <<'PY'
import http.server, os, sys, time
home = sys.argv[1]
log = open(home + "/log", "a", buffering=1)
def mode(name):
	try: return open(home + "/mode." + name).read().strip()
	except OSError: return ""
def feed(head, ages):
	items = "".join("<item><title>Tin %d</title><description>Lời dẫn.</description><guid isPermaLink='false'>%s-%d</guid><pubDate>%s</pubDate></item>" % (
		a, head[:9], a, time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() - a * 60))) for a in ages)
	return ("<rss version='2.0'><channel><title>t</title>%s%s</channel></rss>" % (head, items)).encode()
class H(http.server.BaseHTTPRequestHandler):
	def do_GET(self):
		name = self.path.strip("/")
		log.write("%s %s\n" % (name, self.headers.get("X-Key", "-")))
		status, body, more, m = 200, b"", {}, mode(name)
		day = range(20, 24 * 60, 20)
		if m.isdigit(): status = int(m)
		elif m.startswith("to:"): status, more = 301, {"Location": m[3:]}
		elif name == "ttl": body = feed("<ttl>60</ttl>", day)
		elif name == "skip": body = feed("<skipHours>%s</skipHours>" % "".join("<hour>%d</hour>" % h for h in range(24)), day)
		elif name == "calm": more, body = {"ETag": '"1"'}, feed("<ttl>120</ttl>", day)
		elif m.startswith("n"): # so many entries, so many bytes before them
			n, pad = map(int, m[1:].split("-"))
			more, body = {"ETag": '"%s"' % m}, feed(" " * pad, day[:n])
		elif name == "old": body = feed("", [9 * 24 * 60 + x for x in day])
		else: body = feed("", day)
		if more.get("ETag") and self.headers.get("If-None-Match") == more["ETag"]: status, body = 304, b""
		self.send_response(status)
		for k, v in more.items(): self.send_header(k, v)
		if status != 304: self.send_header("Content-Length", str(len(body)))
		self.end_headers(); self.wfile.write(body)
	def log_message(self, *a): pass
s = http.server.ThreadingHTTPServer(("127.0.0.1", 0), H)
print(s.server_port, flush=True)
s.serve_forever()
PY
python3 "$tmp/server.py" "$tmp" >"$tmp/port" &
for _ in $(seq 100); do [ -s "$tmp/port" ] && break; sleep 0.05; done
base=http://127.0.0.1:$(cat "$tmp/port")
export no_proxy=127.0.0.1
printf 'gap_ms: 0\nfeeds: [f.yaml]\n' >"$tmp/c.yaml"
one_source() { printf -- '- {id: %s, name: X, kind: blog, url: "%s/%s", allow_private: true, headers: ["X-Key: k"]%s}\n' "$1" "$base" "${2:-$1}" "${3:-}"; }
# scan SECONDS-FROM-NOW [OPTION…]: $tmp/err what it said, $tmp/asked what the server was asked
scan() {
	at=$(($(date +%s) + $1))
	shift
	: >"$tmp/log"
	got=0
	SOATIN_NOW=$(date -u -d "@$at" +%Y-%m-%dT%H:%M:%SZ) "$soatin" --config "$tmp/c.yaml" scan --no-pages --no-archive "$@" >"$tmp/out" 2>"$tmp/err" || got=$?
	cut -d' ' -f1 "$tmp/log" | sort | tr '\n' ' ' >"$tmp/asked"
}
says() { [ "$(wc -l <"$tmp/err")" = "$1" ] || fail "$2: $(cat "$tmp/err")"; }
asked() { [ "$(cat "$tmp/asked")" = "$1" ] || fail "$2: asked $(cat "$tmp/asked")"; }
states() { SOATIN_NOW='' "$soatin" --config "$tmp/c.yaml" feeds list --json >"$tmp/list"; }
of() { python3 -c '
import json, sys
for x in map(json.loads, open(sys.argv[1])):
	if x["id"] == sys.argv[2]: print(eval(sys.argv[3], {"x": x}))' "$tmp/list" "$1" "$2"; }

# told once, again when it changes, and its end
{ one_source a; one_source b; } >"$tmp/f.yaml"
echo 500 >"$tmp/mode.a"
scan 0 --cron
[ "$got" = 1 ] || fail "status $got"
says 1 'the first failure'
holds "$tmp/err" ' a: '
scan 0 --cron
[ "$got" = 1 ] || fail "status $got while it lasts"
says 0 'a failure that lasts'
asked 'a b ' 'after one failure'
scan 0 --cron
asked 'b ' 'after two it rests'
scan 0 --cron -f
asked 'a b ' 'force'
echo 404 >"$tmp/mode.a"
scan 90000 --cron
says 1 'another failure'
scan 0 -f
says 1 'a scan by hand tells it all the same'
echo >"$tmp/mode.a"
scan 90000 --cron
[ "$got" = 0 ] || fail "status $got when it works again"
says 1 'its end'
holds "$tmp/err" 'a: works again'
scan 90000 --cron
says 0 'all is well'

# too large: told once, however much of it is kept, and while it stays as it is; that it is smaller again, too
one_source much much ', max_bytes: 4000' >>"$tmp/f.yaml"
echo n40-0 >"$tmp/mode.much"
scan 0 --cron
says 1 'too large'
grep -q 'much: .*feed is too big, more than 4000 bytes' "$tmp/err" || fail "$(cat "$tmp/err")"
for x in n40-0 n40-1000 n40-1000 n60-500; do
	echo $x >"$tmp/mode.much"
	scan 0 --cron
	says 0 "still too large: $x"
done
scan 0
says 0 'as it was, it is not read again'
echo n3-0 >"$tmp/mode.much"
scan 0 --cron
says 1 'small again'
holds "$tmp/err" 'much: works again'
scan 0 --cron
says 0 'and stays so'
{ one_source a; one_source b; } >"$tmp/f.yaml"

# the rests grow, differ from source to source, and never grow past half a day and a quarter
echo 503 >"$tmp/mode.a"
echo 503 >"$tmp/mode.b"
rests=
for n in 1 2 3 4 5 6 7 8 9 10 11; do
	scan 0 -f
	states
	[ "$(of a 'x["errors"]')" = $n ] || fail "errors: $(of a 'x["errors"]')"
	rests="$rests $(of a 'x.get("next_ask", "-")')/$(of b 'x.get("next_ask", "-")')"
done
python3 - "$(date +%s)" $rests <<'PY'
import calendar, sys, time
now, pairs = int(sys.argv[1]), [p.split("/") for p in sys.argv[2:]]
assert pairs[0] == ["-", "-"], pairs[0]
wait = [[calendar.timegm(time.strptime(x, "%Y-%m-%dT%H:%M:%SZ")) - now for x in p] for p in pairs[1:]]
for n, (a, b) in enumerate(wait):
	full = min(900 << n, 43200)
	assert 0.74 * full - 60 <= a <= 1.26 * full + 1, (n, a, full)
	assert 0.74 * full - 60 <= b <= 1.26 * full + 1, (n, b, full)
assert sum(abs(a - b) > 5 for a, b in wait) > 6, wait
PY
scan 60000 --cron
asked 'a b ' 'never a stop for good'

# what moves for good: after three equal answers asked there, told once; back when it fails there
echo >"$tmp/mode.b"
echo "to:$base/new" >"$tmp/mode.a"
scan 60000 -f --cron
scan 0 --cron
asked 'a b new ' 'twice'
lacks "$tmp/err" 'for good'
scan 0
asked 'a b new ' 'the third time'
holds "$tmp/err" "$base/new"
scan 0 --cron
asked 'b new ' 'asked there'
says 0 'told once'
grep -q 'new k' "$tmp/log" || fail 'its headers stay with its host'
states
[ "$(of a 'x["moved"]')" = "$base/new" ] || fail 'feeds list shows it'
echo 404 >"$tmp/mode.new"
echo >"$tmp/mode.a"
scan 0 -f
scan 0 -f
scan 0 -f
asked 'b new ' 'three failures there'
scan 0
asked 'a b ' 'the old address again'

# gone for good: said, and not asked again; another address in the file begins anew
echo 410 >"$tmp/mode.a"
scan 0 --cron
holds "$tmp/err" 'a: '
holds "$tmp/err" 410
scan 90000 --cron
asked 'b ' 'gone'
says 0 'gone is told once'
{ one_source a new; one_source b; } >"$tmp/f.yaml"
echo >"$tmp/mode.new"
scan 0 --cron
asked 'b new ' 'another address'

# what feeds wish: ttl (kept over a 304 too), skipHours for six hours at most; interval
{ one_source ttl; one_source skip; one_source calm; one_source own a ', interval: 3h'; } >"$tmp/f.yaml"
echo >"$tmp/mode.a"
scan 0
asked 'a calm skip ttl ' 'at first'
scan 3000
asked '' 'within the wishes'
scan 4000
asked 'ttl ' 'after its ttl'
scan 8000
asked 'calm ttl ' 'after two hours'
states
python3 -c '
import calendar, sys, time
left = calendar.timegm(time.strptime(sys.argv[1], "%Y-%m-%dT%H:%M:%SZ")) - time.time()
assert 7000 < left <= 7200, left' "$(of calm 'x["next_ask"]')" || fail 'a 304 leaves it alone as long'
scan 11000
asked 'a calm ttl ' 'after its interval'
scan 21000
asked 'a calm ttl ' 'skipHours'
scan 22000
asked 'a calm skip ttl ' 'six hours are the limit'

# silence: nine days, usually three an hour; told once
{ one_source old; one_source b; } >"$tmp/f.yaml"
scan 0 --cron
says 1 'silence'
holds "$tmp/err" 'old: nothing new for 9 days, usually 3 an hour'
[ "$got" = 0 ] || fail "silence is no error: $got"
scan 0 --cron
says 0 'silence is told once'
states
[ "$(of old 'x["state"]')" = silent ] || fail 'silent'
[ "$(of b '(x["state"], x["rhythm"])')" = "('ok', 1200)" ] || fail "rhythm $(of b 'x["rhythm"]')"
SOATIN_NOW='' COLUMNS=120 "$soatin" --config "$tmp/c.yaml" feeds list >"$tmp/table"
holds "$tmp/table" 'usually 3 an hour'
