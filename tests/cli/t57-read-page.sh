#!/bin/sh
# read --as page: NDJSON in a pipe, a readable page on a terminal, why each line is text or not; what a source says of its pages.
. "$(dirname "$0")/lib.sh"

cat >"$tmp/trang.html" <<'EOF'
<html lang=vi><head><title>Nước sông lên nhanh ở hạ lưu | Tin Ví Dụ</title><meta name=author content="Thu Hà"></head><body>
<nav><a href=/>Trang chủ</a></nav><h1>Nước sông lên nhanh ở hạ lưu</h1><span class=date>21/11/2026 06:30</span>
<div class=noi-dung><p>Chiều 20/11, mực nước sông tại trạm Đáp Cầu lên mức báo động ba, tỉnh đã cho di dời 120 hộ dân ở bãi.</p>
<p>Theo <a href="https://tinh.example/ban">Ban chỉ huy</a>, các tuyến đê vẫn an toàn, lực lượng xung kích trực suốt đêm.</p>
<div class=tin-lien-quan><a href=/b>Lũ trên sông Thương đang xuống</a></div></div>
<aside><div class=hop><p>Đoạn trong hộp cũng đủ dài để là một đoạn văn, có cả dấu phẩy, và nói chuyện khác hẳn.</p></div></aside></body></html>
EOF

"$soatin" read --as page "$tmp/trang.html" >"$tmp/json" || fail "read"
holds "$tmp/json" '"title":"Nước sông lên nhanh ở hạ lưu"'
holds "$tmp/json" '"authors":["Thu Hà"]'

"$soatin" read --as page --why "$tmp/trang.html" >"$tmp/why" || fail "read --why"
holds "$tmp/why" 'text: html > body > div.noi-dung'
holds "$tmp/why" '+ Chiều 20/11, mực nước sông'
holds "$tmp/why" '- [a box, going by its name or tag] Lũ trên sông Thương đang xuống'

# On a terminal.
if command -v script >/dev/null; then
	COLUMNS=60 script -qec "'$soatin' read --as page '$tmp/trang.html'" /dev/null >"$tmp/shown" </dev/null
	holds "$tmp/shown" 'Nước sông lên nhanh ở hạ lưu'
	holds "$tmp/shown" 'Thu Hà · 2026-11-21 06:30'
	holds "$tmp/shown" '[1] https://tinh.example/ban'
	grep -q '"v":1' "$tmp/shown" && fail "NDJSON on a terminal"
	printf '%s' '<html lang="zh"><h1>云溪县加固四百米河堤完工通车</h1><p>2026年11月25日 10:20</p><p>记者从云溪县水务局获悉，南湾村四百米河堤加固工程日前完工，比原计划提前两周，六十多户村民陆续返家。</p><p>县里还新设了四个自动水位站，数据每小时发送到村干部的手机上。</p>' >"$tmp/zh.html"
	COLUMNS=42 script -qec "'$soatin' read --as page '$tmp/zh.html'" /dev/null >"$tmp/shown" </dev/null
	holds "$tmp/shown" '  2026-11-25'
	grep -q '10:20' "$tmp/shown" && fail "an hour of nobody knows which zone"
	tr -d '\r' <"$tmp/shown" | grep -qx '  记者从云溪县水务局获悉，南湾村四百米河堤' || fail "no line breaks between signs"
	COLUMNS=40 script -qec "'$soatin' read --as page --why '$tmp/trang.html'" /dev/null </dev/null | tr -d '\r' >"$tmp/shown"
	LC_ALL=C.UTF-8 grep -E '.{41}' "$tmp/shown" && fail "--why does not wrap"
	grep -qx '  Đáp Cầu lên mức báo động ba, tỉnh đã' "$tmp/shown" || fail "what is wrapped is indented"
	{
		printf '%s' '<html lang="vi"><title>Xã hội</title><h1>Xã hội</h1>'
		for i in 1 2 3 4 5 6 7; do
			printf '%s' "<div class=t><h2><a href=https://tin.example/xa-hoi/bai-viet-so-$i.html>Bài thứ $i trong mục xã hội hôm nay</a></h2><p>Đoạn tóm tắt của bài thứ $i đủ dài để là một đoạn văn, có dấu phẩy, có dấu chấm, như mọi đoạn.</p></div>"
		done
	} >"$tmp/muc.html"
	COLUMNS=60 script -qec "'$soatin' read --as page '$tmp/muc.html'" /dev/null >"$tmp/shown" </dev/null 2>&1
	holds "$tmp/shown" 'A list of articles, none itself: soatin feeds add --as'
	holds "$tmp/shown" '[7] https://tin.example/xa-hoi/bai-viet-so-7.html'
	"$soatin" read --as page --why "$tmp/muc.html" 2>&1 | grep -qx 'A list of articles, none itself: soatin feeds add --as page ADDRESS follows it.' || fail "--why of a list"
	script -qec "'$soatin' read --json --as page '$tmp/trang.html'" /dev/null </dev/null | grep -q '"v":1' || fail "--json on a terminal"
fi

# A source that says where its text is.
mkdir -p "$tmp/feeds"
cat >"$tmp/feeds/a.yaml" <<'EOF'
- id: vi-du
  name: Tin Ví Dụ
  url: https://tin.example/
  as: page
  kind: provincial
  country: VN
  content: div.hop
EOF
printf 'feeds: [%s]\n' "$tmp/feeds" >"$tmp/config.yaml"
"$soatin" --config "$tmp/config.yaml" read --as page --source vi-du "$tmp/trang.html" >"$tmp/json" || fail "read --source"
holds "$tmp/json" '"text":"Đoạn trong hộp'
holds "$tmp/json" '"source":{"id":"vi-du","name":"Tin Ví Dụ","kind":"provincial","country":"VN"}'
status 2 "$soatin" --config "$tmp/config.yaml" read --as page --source khong-co "$tmp/trang.html" 2>"$tmp/err"
holds "$tmp/err" 'no source is called khong-co'
status 65 "$soatin" --config "$tmp/config.yaml" read --as page http://127.0.0.1:9/ 2>"$tmp/err"
holds "$tmp/err" "private address"
