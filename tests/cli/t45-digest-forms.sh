#!/bin/sh
# digest: text, HTML and the mail of one recorded day; what decides the form; what is told when there is nothing.
. "$(dirname "$0")/lib.sh"
unset LANGUAGE

mkdir -p "$XDG_CONFIG_HOME/soatin"
cat >"$XDG_CONFIG_HOME/soatin/soatin.yaml" <<-END
	places: [hai-phong]
	language: vi
	mail:
	  from: soat-tin@tinh.example
	  to: [truc-ban@tinh.example, lanh-dao@tinh.example]
	  smtp: smtp://127.0.0.1:9
END
export SOATIN_NOW=2026-11-23T11:30:00+07:00

# no queue yet: a word, no digest
got=0
"$soatin" digest >"$tmp/out" 2>"$tmp/err" || got=$?
[ "$got" != 0 ] || fail "status 0 without a queue"
[ -s "$tmp/err" ] || fail "a missing queue is not told"

status 1 "$soatin" scan --replay "$day" >/dev/null 2>&1 # some sources of that day fail

"$soatin" digest >"$tmp/text"
holds "$tmp/text" "Hải Phòng"
holds "$tmp/text" "https://tin-bien.example/hoang-mang-tin-vo-de-song-thai-binh-202611230630417.htm"
holds "$tmp/text" "23/11/2026"
awk -v c="$(printf '\033')" 'index($0, c) { exit 1 }' "$tmp/text" || fail "ESC in the text"

"$soatin" digest --html >"$tmp/a.html"
"$soatin" digest -o "$tmp/b.html"
same "$tmp/a.html" "$tmp/b.html"
holds "$tmp/a.html" '<html lang="vi">'
holds "$tmp/a.html" '<mark'
lacks "$tmp/a.html" '<script'
[ "$(wc -c <"$tmp/a.html")" -le 102400 ] || fail "HTML above its limit"

"$soatin" digest -o "$tmp/c.eml"
holds "$tmp/c.eml" "To: <truc-ban@tinh.example>,"
if [ -x /usr/bin/python3 ]; then
	/usr/bin/python3 "$src/tests/unit/check_mail.py" "$tmp/c.eml" || fail "the mail has defects"
fi

# a month later the period holds nothing, but what is open past its time is not forgotten
SOATIN_NOW=2026-12-30T08:00:00+07:00 "$soatin" digest >"$tmp/later"
holds "$tmp/later" "https://tin-bien.example/hoang-mang-tin-vo-de-song-thai-binh-202611230630417.htm"
lacks "$tmp/later" "so-y-te-hai-phong-bac-tin-phong-toa"

# all forms at once is nothing anybody means
status 2 "$soatin" digest --text --html 2>/dev/null
status 2 "$soatin" digest --since tomorrow 2>/dev/null
status 74 "$soatin" digest >/dev/full 2>/dev/null

