#!/bin/sh
# as: page. A site without a feed: its section page leads to articles, which are fetched once; menus, other hosts and private addresses are
# not; a list it led to is remembered; `links:` says which links are meant, and the guard holds for them; and all is bounded.
. "$(dirname "$0")/lib.sh"
unset SOATIN_NOW
cat >"$tmp/server.py" <<'PY'
import http.server, sys, threading, time
log = open(sys.argv[1], "a", buffering=1)
titles = ["Tàu cá Cửa Cấm về bến sau ba ngày biển động", "Chợ đêm Bạch Đằng mở lại từ cuối tuần này", "Xã đảo Vân Hải có điện lưới quốc gia",
	"Học sinh trường Hạ Lý làm bản đồ điểm ngập", "Cầu tạm qua sông Rế hạn chế xe trên năm tấn", "Ngư dân thả rùa biển về vùng nước sâu"]
extra = []
def link(n, title): return '<div class="tin"><a href="/tin/%s-%d.html"><img src="/a.jpg"></a><h3><a href="/tin/%s-%d.html?utm_source=home">%s</a></h3><p>Tóm tắt.</p></div>' % (
	"bai", n, "bai", n, title)
def section(*more): return """<html lang=vi><head><title>Đời sống - Báo Cửa Cấm</title></head><body><nav><a href=/>Trang chủ</a> <a href=/thoi-su>Thời sự trong tỉnh</a>
<a href=/kinh-te-bien-va-hai-dao-xa.html>Kinh tế biển và hải đảo xa</a></nav><h1>Đời sống</h1>%s%s
<div class=quang-cao><a href="http://127.0.0.1:%d/tin/khuyen-mai-lon-nhat-nam-99999.html">Khuyến mãi lớn nhất năm ở phố cảng</a>
<a href="http://10.1.2.3/tin/may-noi-bo-cua-toa-soan-12345.html">Máy nội bộ của tòa soạn, không ai được hỏi</a>
<a href="https://khac.example/tin/bai-cua-bao-khac-12345.html">Bài của báo khác, không phải của báo này</a></div>
<p><a href="/doi-song/trang-2.html">Trang sau</a> <a href="/tag/bien">biển</a></p>
<footer><a href="/chinh-sach-bao-mat-thong-tin-ban-doc.html">Chính sách bảo mật thông tin bạn đọc</a></footer></body></html>""" % (
	"".join(link(10000 + i, t) for i, t in enumerate(titles + extra)), "".join(more), canary.server_port)
def page(path): return """<html lang=vi><head><title>Tin %s | Báo Cửa Cấm</title></head><body><article><h1>Tin %s</h1><time datetime="%s">hôm nay</time><p>%s</p></article></body></html>""" % (
	path, path, time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 7200)), ("Đây là lời văn của bài %s, đủ dài để là một bài báo. " % path) * 12)
class H(http.server.BaseHTTPRequestHandler):
	def do_GET(self):
		log.write(("canary " if self.server is canary else "") + self.path + "\n")
		p, status, body = self.path.split("?")[0], 200, None
		if p == "/robots.txt": body = ""
		elif p == "/them": extra.append("Kho muối Bàng La đón mẻ đầu vụ mới"); body = "."
		elif p == "/doi-song": body = section(link(20000, "Chuyên đề: chuyện làng biển qua ảnh"), link(20001, "Trang đang hỏng, mai mới có bài đọc")) + "<!-- %f -->" % time.time()
		elif p == "/tin/bai-20000.html": body = section()
		elif p == "/tin/bai-20001.html": status, body = 503, "x"
		elif p == "/rong": body = "<html><body><p>Không có gì ở đây cả.</p></body></html>"
		elif p == "/nhieu": body = "<html><body>" + "".join(link(30000 + i, "Tin dài thứ %d trong ngày hôm nay của báo" % i) for i in range(250)) + "</body></html>"
		elif p == "/chon": body = section('<ul id=muc><li><a href="/vt?so=7">Văn thư</a><li><a href="http://10.1.2.3/noi-bo">Nội bộ</a><li><a href="http://127.0.0.1:%d/x">Cổng khác</a></ul>' % canary.server_port)
		else: body = page(self.path)
		body = body.encode()
		self.send_response(status); self.send_header("Content-Type", "text/html; charset=utf-8"); self.send_header("Content-Length", str(len(body)))
		self.end_headers(); self.wfile.write(body)
	def log_message(self, *a): pass
s, canary = [http.server.ThreadingHTTPServer(("127.0.0.1", 0), H) for _ in "12"]
threading.Thread(target=canary.serve_forever, daemon=True).start()
print(s.server_port, flush=True)
s.serve_forever()
PY
python3 "$tmp/server.py" "$tmp/log" >"$tmp/port" &
for _ in $(seq 100); do [ -s "$tmp/port" ] && break; sleep 0.05; done
base=http://127.0.0.1:$(cat "$tmp/port")
export no_proxy=127.0.0.1
printf 'gap_ms: 0\nfeeds: [f.yaml]\n' >"$tmp/c.yaml"
run() { "$soatin" --config "$tmp/c.yaml" "$@"; }
# the_source ID PATH [KEYS]: the only source
the_source() { printf -- '- {id: %s, name: X, kind: provincial, as: page, url: "%s%s", allow_private: true%s}\n' "$1" "$base" "$2" "${3:-}" >"$tmp/f.yaml"; }
scan() {
	want_status=$1
	shift
	: >"$tmp/log"
	status "$want_status" run scan --no-archive "$@" >"$tmp/out" 2>"$tmp/err"
	LC_ALL=C sort "$tmp/log" >"$tmp/asked"
}

the_source doi-song /doi-song
scan 1 # one page is broken
{
	for i in 0 1 2 3 4 5; do echo "/tin/bai-1000$i.html?utm_source=home"; done
	printf '%s\n' '/tin/bai-20000.html?utm_source=home' '/tin/bai-20001.html?utm_source=home' /doi-song /robots.txt
} | sed 's/?utm_source=home//' | LC_ALL=C sort >"$tmp/want"
sed -i 's/?utm_source=home//' "$tmp/asked"
same "$tmp/asked" "$tmp/want"
holds "$tmp/out" '7 articles, 7 new' # the broken page by its title; the list is no article
holds "$tmp/err" 503
scan 1 -f
printf '%s\n' /doi-song /robots.txt /tin/bai-20001.html >"$tmp/want"
same "$tmp/asked" "$tmp/want"
holds "$tmp/out" '0 new'
run feeds list --json >"$tmp/list"
holds "$tmp/list" '"state":"ok"'
python3 - "$tmp/list" <<'PY'
import datetime, json, sys
x = json.load(open(sys.argv[1]))
age = datetime.datetime.now(datetime.timezone.utc) - datetime.datetime.fromisoformat(x["newest"].replace("Z", "+00:00"))
assert 7000 < age.total_seconds() < 9000, x  # of its articles, not of the page
PY
python3 -c 'import sys, urllib.request; urllib.request.build_opener(urllib.request.ProxyHandler({})).open(sys.argv[1] + "/them")' "$base"
scan 1 -f
printf '%s\n' /doi-song /robots.txt /tin/bai-10006.html /tin/bai-20001.html >"$tmp/want"
same "$tmp/asked" "$tmp/want"
holds "$tmp/out" '1 new'

# looking at it, by address and by id; asking it; a feeds file out of it
run feeds show --as page "$base/doi-song" >"$tmp/out"
holds "$tmp/out" 'entries: 9'
holds "$tmp/out" 'Kho muối Bàng La đón mẻ đầu vụ mới'
run feeds show --json doi-song >"$tmp/out"
holds "$tmp/out" '"format":"section"'
run feeds check --json >"$tmp/out"
holds "$tmp/out" '"entries":9'
run feeds show --as page --links 'h3 > a' "$base/doi-song" >"$tmp/out"
holds "$tmp/out" 'entries: 9'
status 2 run feeds show --links 'h3 >' "$base/doi-song" 2>"$tmp/err"
holds "$tmp/err" 'h3 >'
status 2 run feeds add "$base/doi-song" 2>"$tmp/err"
holds "$tmp/err" 'leads to 9 articles; --as page'
run feeds add --links '//h3/a' --kind provincial "$base/doi-song#dau" >"$tmp/new.yaml" 2>"$tmp/err"
holds "$tmp/new.yaml" 'as: page'
holds "$tmp/new.yaml" 'links: //h3/a'
holds "$tmp/new.yaml" 'name: Đời sống - Báo Cửa Cấm'
run feeds list --feeds "$tmp/new.yaml" >"$tmp/out"
status 65 run feeds add --as page "$base/rong" 2>"$tmp/err"
holds "$tmp/err" 'leads to no article'

# a source that says which; what is private is not asked for, on the own host's other ports neither
the_source chon /chon ', links: "#muc a"'
scan 1
printf '%s\n' /chon /robots.txt '/vt?so=7' >"$tmp/want"
same "$tmp/asked" "$tmp/want"
holds "$tmp/err" 'private address'
printf -- '- {id: x, name: X, kind: blog, url: "%s/x", links: a}\n' "$base" >"$tmp/f.yaml"
status 2 run feeds list 2>"$tmp/err"
holds "$tmp/err" 'belongs to a source with "as: page"'

# nothing on it: told, and it counts as failing
the_source rong /rong
scan 1
holds "$tmp/err" 'leads to no article'
run feeds list --json >"$tmp/list"
holds "$tmp/list" '"state":"failing"'

# and no more than so many
the_source nhieu /nhieu
scan 0
[ "$(grep -c '/tin/' "$tmp/asked")" = 200 ] || fail "$(grep -c '/tin/' "$tmp/asked") pages"
holds "$tmp/out" '200 new'
scan 0 -f
[ "$(grep -c '/tin/' "$tmp/asked")" = 0 ] || fail "$(grep -c '/tin/' "$tmp/asked") pages at the second time"
