#!/bin/sh
# fetch | read | match over a real server: an entry with only a summary has its page's text, in a record that says which entry led to it.
. "$(dirname "$0")/lib.sh"
mkdir "$tmp/www"
cat >"$tmp/www/tin.html" <<'HTML'
<!doctype html><html lang="vi"><head><title>Đê Văn Úc an toàn - Báo Thử</title></head><body><nav><a href="/">Trang chủ</a></nav>
<article><h1>Đê Văn Úc an toàn</h1><p class="sapo">Sở Nông nghiệp và Môi trường Hải Phòng khẳng định đê Văn Úc không vỡ.</p>
<p>Sáng nay, đoàn kiểm tra đã đi dọc tuyến đê và không ghi nhận sự cố nào. Mực nước trên sông đang xuống chậm.</p>
<p>Người dân hai xã ven sông đã trở lại sinh hoạt bình thường, các trường học mở cửa từ đầu giờ chiều.</p></article>
<footer>Báo Thử</footer></body></html>
HTML
python3 -u - "$tmp/www" >"$tmp/port" 2>/dev/null <<'PY' &
import functools, http.server, sys
s = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(http.server.SimpleHTTPRequestHandler, directory=sys.argv[1]))
print(s.server_address[1], flush=True)
s.serve_forever()
PY
for _ in 1 2 3 4 5 6 7 8 9 10; do [ -s "$tmp/port" ] && break; sleep 0.2; done
at=http://127.0.0.1:$(cat "$tmp/port")
cat >"$tmp/www/feed.xml" <<XML
<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Báo Thử</title><link>$at/</link>
<item><title>Đê Văn Úc an toàn</title><link>$at/tin.html?utm_source=rss</link><guid>1</guid><description>Bản tóm tắt.</description>
<pubDate>Mon, 23 Nov 2026 06:30:00 +0700</pubDate></item>
<item><title>Trang đã mất</title><link>$at/mat.html</link><guid>2</guid><description>Chỉ còn bản tóm tắt về Hải Phòng.</description></item>
</channel></rss>
XML
status 1 "$soatin" fetch "$at/feed.xml" >"$tmp/warc" 2>"$tmp/err"
holds "$tmp/err" "$at/mat.html"
holds "$tmp/err" '404'
"$soatin" read <"$tmp/warc" | "$soatin" match >"$tmp/articles"
[ "$(wc -l <"$tmp/articles")" = 3 ] || fail "$(wc -l <"$tmp/articles") articles, not 3"
tail -n 1 "$tmp/articles" >"$tmp/last"
holds "$tmp/last" 'không ghi nhận sự cố nào'
holds "$tmp/last" '"guid":"1"'
holds "$tmp/last" '"published":"2026-11-23T06:30:00+07:00"'
holds "$tmp/last" '"place":"hai-phong"'
lacks "$tmp/last" 'Trang chủ'
# the entry and its page are the same article
[ "$(head -n 1 "$tmp/articles" | cut -c1-32)" = "$(cut -c1-32 "$tmp/last")" ] || fail 'entry and page have different ids'
# private addresses are refused unless named: a source without allow_private asks nobody
printf -- "- {id: rieng, name: Riêng, url: '%s/feed.xml', kind: national}\n" "$at" >"$tmp/feeds.yaml"
status 1 "$soatin" fetch --feeds "$tmp/feeds.yaml" >"$tmp/none" 2>"$tmp/err"
[ ! -s "$tmp/none" ] || fail 'a private address was asked'
holds "$tmp/err" 'rieng'
