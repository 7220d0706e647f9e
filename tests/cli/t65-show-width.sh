#!/bin/sh
# show: no line but an address is wider than the terminal; reasons stand under their rule, what was written under its event.
. "$(dirname "$0")/lib.sh"
"$soatin" init --place hai-phong --lang vi >/dev/null
"$soatin" scan --replay "$day" >/dev/null 2>&1 || true
"$soatin" answer 1 --who trực -l fake -m 'đã đăng câu trả lời trên cổng thông tin của thành phố lúc chín giờ, kèm ảnh của đoạn đê' \
	--reply 'Đoạn đê tả sông Thái Bình không vỡ, mực nước thấp hơn báo động 1, dân các thôn ven đê vẫn ở nhà' >/dev/null
for columns in 60 80; do
	# shellcheck disable=SC2046 # numbers
	COLUMNS=$columns "$soatin" show $("$soatin" queue --state all --answered -0 | tr '\0' ' ') >"$tmp/out"
	grep -v 'https\{0,1\}://' "$tmp/out" >"$tmp/text"
	python3 - "$tmp/text" $columns <<-'END' || fail "wider than $columns columns"
		import sys, unicodedata as u
		width = lambda l: sum(0 if u.combining(c) or u.category(c) == "Cf" else 1 + (u.east_asian_width(c) in "WF") for c in l)
		wide = [l for l in open(sys.argv[1], encoding="utf-8").read().split("\n") if width(l) > int(sys.argv[2])]
		sys.exit("\n".join(wide) or None)
	END
done
COLUMNS=60 "$soatin" show 1 >"$tmp/out"
after() { grep -A1 -F -e "$1" "$tmp/out" | sed -n 2p; } # the line after that one
case $(after '  Tin vỡ đập, vỡ đê chưa kiểm chứng (thien-tai.vo-dap)') in '    why: '*) ;; *) fail 'a reason does not stand under its rule' ;; esac
case $(after '    reply: Đoạn đê tả sông') in '      '*) ;; *) fail 'a reply is not indented' ;; esac
LANGUAGE=vi "$soatin" show 1 >"$tmp/out"
holds "$tmp/out" '    nhãn: tin giả'
