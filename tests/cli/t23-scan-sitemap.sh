#!/bin/sh
# as: sitemap. An index leads to its sitemaps, without a loop; new addresses become pages to fetch, old ones and known ones do not; a
# plain list of addresses does as well; and both are fetched in portions.
. "$(dirname "$0")/lib.sh"
unset SOATIN_NOW
cat >"$tmp/server.py" <<'PY'
import http.server, sys, time
log = open(sys.argv[1], "a", buffering=1)
def day(n): return time.strftime("%Y-%m-%d", time.gmtime(time.time() - n * 86400))
def urlset(*urls): return '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">%s</urlset>' % "".join(urls)
def url(path, age=None, title=None): return "<url><loc>%s%s</loc>%s%s</url>" % (base, path, "<lastmod>%s</lastmod>" % day(age) if age is not None else "",
	"<news:news><news:title>%s</news:title></news:news>" % title if title else "")
def index(*maps): return '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">%s</sitemapindex>' % "".join(
	"<sitemap><loc>%s%s</loc>%s</sitemap>" % (base, p, "<lastmod>%s</lastmod>" % day(a) if a is not None else "") for p, a in maps)
def page(path): return "<html><head><title>Tin %s</title></head><body><article><h1>Tin %s</h1><p>%s</p></article></body></html>" % (path, path,
	("Đây là lời văn của bài %s, đủ dài để là một bài báo. " % path) * 12)
class H(http.server.BaseHTTPRequestHandler):
	def do_GET(self):
		log.write(self.path + "\n")
		p, status = self.path, 200
		body = {"/index.xml": lambda: index(("/index.xml", 0), ("/a.xml", 0), ("/b.xml", None), ("/old.xml", 30), ("/deep1.xml", 0), ("/a.xml#x", 0)),
			"/a.xml": lambda: urlset(url("/bai/1", 0), url("/bai/2", 6), url("/bai/3", 9), url("/bai/4", 9, "Tin cũ có tên")),
			"/b.xml": lambda: urlset(url("/bai/5"), url("/bai/1"), url("/bai/6", 1, "Tin có tên"), url("/hong", 0)),
			"/deep1.xml": lambda: index(("/deep2.xml", 0), ("/index.xml", 0)),
			"/deep2.xml": lambda: index(("/deep3.xml", 0)), "/deep3.xml": lambda: index(("/deep4.xml", 0)),
			"/many.xml": lambda: index(*[("/part%d.xml" % i, None) for i in range(51)]),
			"/list.txt": lambda: "".join("%s/trang/%d\n" % (base, i) for i in range(201)),
			"/robots.txt": lambda: "", "/hong": lambda: ""}.get(p, lambda: urlset() if p.startswith("/part") or p == "/deep4.xml" else page(p))().encode()
		if p == "/hong": status = 404
		self.send_response(status); self.send_header("Content-Length", str(len(body))); self.end_headers(); self.wfile.write(body)
	def log_message(self, *a): pass
s = http.server.ThreadingHTTPServer(("127.0.0.1", 0), H)
base = "http://127.0.0.1:%d" % s.server_port
print(s.server_port, flush=True)
s.serve_forever()
PY
python3 "$tmp/server.py" "$tmp/log" >"$tmp/port" &
for _ in $(seq 100); do [ -s "$tmp/port" ] && break; sleep 0.05; done
base=http://127.0.0.1:$(cat "$tmp/port")
export no_proxy=127.0.0.1
printf 'gap_ms: 0\nfeeds: [f.yaml]\n' >"$tmp/c.yaml"
# scan STATUS PATH: scans that sitemap; $tmp/asked: the paths asked for, sorted
scan() {
	printf -- '- {id: s%s, name: X, kind: blog, as: sitemap, url: "%s%s", allow_private: true}\n' "$(echo "$2" | tr -cd a-z)" "$base" "$2" >"$tmp/f.yaml"
	: >"$tmp/log"
	status "$1" "$soatin" --config "$tmp/c.yaml" scan --no-archive >"$tmp/out" 2>"$tmp/err"
	LC_ALL=C sort "$tmp/log" >"$tmp/asked"
}
scan 1 /index.xml
printf '%s\n' /a.xml /b.xml /bai/1 /bai/2 /bai/5 /bai/6 /deep1.xml /deep2.xml /deep3.xml /hong /index.xml /robots.txt >"$tmp/want"
sed -i '/deep3/d' "$tmp/want"
printf '/deep3.xml\n' >>"$tmp/want"
LC_ALL=C sort -o "$tmp/want" "$tmp/want"
same "$tmp/asked" "$tmp/want"
holds "$tmp/out" '5 articles, 5 new'
grep -c . "$tmp/err" | grep -qx 1 || fail "$(cat "$tmp/err")"
holds "$tmp/err" "/hong"
"$soatin" --config "$tmp/c.yaml" scan --no-archive -f >"$tmp/out" 2>"$tmp/err" || true
holds "$tmp/out" '0 new'

# in portions: all of it in the end
scan 0 /many.xml
[ "$(grep -c part "$tmp/asked")" = 50 ] || fail "$(grep -c part "$tmp/asked") sitemaps"
scan 0 /list.txt
[ "$(grep -c trang "$tmp/asked")" = 200 ] || fail "$(grep -c trang "$tmp/asked") pages"
holds "$tmp/out" '200 articles, 200 new'
scan 0 /list.txt
[ "$(grep -c trang "$tmp/asked")" = 1 ] || fail "$(grep -c trang "$tmp/asked") pages at the second time"
holds "$tmp/out" '1 new'
scan 0 /list.txt
lacks "$tmp/asked" trang
