#!/bin/sh
# Killed at every write: the next scan ends with the same queue as an undisturbed one, nothing lost, nothing doubled, archive readable.
. "$(dirname "$0")/lib.sh"
need_shared hostile/kill-at-every-write.sh
command -v strace >/dev/null || skip 'no strace'
unset SOATIN_NOW
mkdir -p "$tmp/www"
python3 - "$tmp/www" <<'PY'
import sys
www = sys.argv[1]
items = []
for i in range(20):
    rumour = "Tin khẩn chưa kiểm chứng: vỡ đê ở Hải Phòng, dân phải di dời ngay." if i % 4 == 0 else "Chợ hoa Hải Phòng đông khách cuối tuần."
    page = i < 3  # three entries send for their pages
    body = "<p>%s Số %d. Người dân quận Lê Chân cho biết đã nghe từ sáng.</p>" % (rumour, i)
    items.append("<item><title>Bản tin số %d: %s</title><link>http://127.0.0.1:PORT/bai%d.html</link><guid>g%d</guid>%s</item>"
                 % (i, rumour, i, i, "<description>%s</description>" % rumour if page else "<content:encoded><![CDATA[%s]]></content:encoded>" % body))
    if page:
        open("%s/bai%d.html" % (www, i), "w").write("<html><head><title>Bản tin số %d</title></head><body><article><h1>Bản tin số %d</h1>%s</article></body></html>" % (i, i, body * 4))
open(www + "/feed.xml", "w").write('<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Thử</title><link>http://127.0.0.1/</link>%s</channel></rss>' % "".join(items))
PY
python3 -u - "$tmp/www" >"$tmp/port" 2>/dev/null <<'PY' &
import functools, http.server, sys
s = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(http.server.SimpleHTTPRequestHandler, directory=sys.argv[1]))
print(s.server_address[1], flush=True)
s.serve_forever()
PY
for _ in 1 2 3 4 5 6 7 8 9 10; do [ -s "$tmp/port" ] && break; sleep 0.2; done
port=$(cat "$tmp/port")
sed -i "s/PORT/$port/g" "$tmp/www/feed.xml"
mkdir -p "$tmp/config/soatin"
printf 'places: [hai-phong]\ngap_ms: 0\n' >"$tmp/config/soatin/soatin.yaml"
cat >"$tmp/feeds.yaml" <<YAML
- {id: thu, name: Thử, url: 'http://127.0.0.1:$port/feed.xml', kind: provincial, country: VN, lang: vi, allow_private: true}
YAML
run="$soatin scan --force --cron --feeds $tmp/feeds.yaml"
cat >"$tmp/state" <<'SH'
#!/bin/sh
# the queue without its times: articles, items, events, source
db=$1/soatin/queue.db
[ "$(sqlite3 "$db" 'PRAGMA integrity_check')" = ok ] || { echo damaged; exit 1; }
sqlite3 "$db" "SELECT id, source, has_text, json_extract(line, '$.title'), json_extract(line, '$.text') FROM article ORDER BY id;
	SELECT count(*), count(DISTINCT story) FROM item; SELECT state, title, copies, sources FROM item ORDER BY title;
	SELECT what, count(*) FROM event GROUP BY what; SELECT count(*) FROM article_version; SELECT id, body_digest, errors FROM source"
for f in "$1"/soatin/archive/*.warc.gz; do gzip -t "$f" 2>/dev/null || echo "archive damaged"; done
SH
chmod +x "$tmp/state"
$run || fail "the undisturbed scan ended with $?"
"$tmp/state" "$tmp/data" >"$tmp/want"
[ "$(grep -c thu "$tmp/want")" -ge 20 ] || { cat "$tmp/want"; fail 'not 20 articles'; }
grep -q '^found|' "$tmp/want" || { tail -20 "$tmp/want"; fail 'nothing was flagged'; }
cat >"$tmp/check" <<SH
#!/bin/sh
"$tmp/state" "$tmp/data" >"$tmp/got" 2>&1 && cmp -s "$tmp/want" "$tmp/got"
SH
chmod +x "$tmp/check"
STEP=${STEP:-1} "$shared/hostile/kill-at-every-write.sh" "rm -rf $tmp/data" "$run" "$tmp/check" >"$tmp/out" 2>&1 || { cat "$tmp/out"; diff "$tmp/want" "$tmp/got"; fail 'something was lost or doubled'; }
grep -q 'bad 0' "$tmp/out" || fail "$(cat "$tmp/out")"
cat "$tmp/out"
