#!/bin/sh
# names: a command, verb, option, source, rule, place, topic or action that is none is told with the one that was meant, and is never
# taken for "nothing found"; options of every command stand before or behind its name.
. "$(dirname "$0")/lib.sh"
"$soatin" init --place hai-phong --lang en >/dev/null
"$soatin" scan --replay "$day" >/dev/null 2>&1 || true
wrong() { # MEANT COMMAND…
	meant=$1
	shift
	status 2 "$soatin" "$@" >"$tmp/out" 2>"$tmp/err"
	holds "$tmp/err" "did you mean $meant?"
	[ ! -s "$tmp/out" ] || fail "data was printed for: $*"
}
wrong '"queue"' quue
wrong '"list"' feeds lst
wrong '"explain"' rules explian
wrong '"--json"' queue --jsn
wrong '"--json"' queue --js
wrong '"--state"' queue --sate=new
wrong '"--version"' --versoin
wrong '"--color"' queue --colour=always
wrong '"thien-tai"' queue --topic thientai
wrong '"rebut"' queue --action rebutt
wrong '"hai-phong"' queue --place haiphong
wrong '"hai-phong", "hai-duong"' init --force --place hai
wrong '"hai-phong"' feeds add --place haiphong https://x.example/
wrong '"national"' feeds add --kind natoinal https://x.example/
wrong '"bao-hai-phong"' scan bao-haiphong
wrong '"bao-hai-phong"' feeds check bao-haiphong
wrong '"tuoi-tre-tin-moi-nhat", "tuoi-tre-phap-luat"' feeds show tuoi
wrong '"bao-hai-phong"' read --source bao-haiphong x.html
wrong '"thien-tai.vo-dap"' rules explain --rule thien-tai.vodap x
wrong '"thien-tai.vo-dap"' rules mute thien-tai.vo-dp --until 2026-12-31

# nothing is near: how to get help; a closed list is told
status 2 "$soatin" frobnicate 2>"$tmp/err"
holds "$tmp/err" 'try "soatin --help"'
status 2 "$soatin" queue --topic x 2>"$tmp/err"
holds "$tmp/err" 'there is no --topic x; there are: thien-tai, dich-benh'

# places by their name, too
"$soatin" queue --place 'Hải Phòng' -0 >"$tmp/by-name"
"$soatin" queue --place hai-phong -0 >"$tmp/by-slug"
same "$tmp/by-name" "$tmp/by-slug"
[ -s "$tmp/by-name" ] || fail 'no item names Hải Phòng'
status 2 "$soatin" queue --place hai-duong 2>"$tmp/err"
holds "$tmp/err" 'use --place hai-phong'

# options of every command, behind its name
"$soatin" --color always queue >"$tmp/before"
"$soatin" queue --color=always >"$tmp/behind"
same "$tmp/before" "$tmp/behind"
grep -q "$(printf '\033')" "$tmp/behind" || fail 'no colour'
status 65 "$soatin" queue --queue "$tmp/none.db" 2>"$tmp/err"
holds "$tmp/err" "$tmp/none.db"
printf 'places: [da-nang]\nlanguage: vi\nqueue: %s\n' "$tmp/other.db" >"$tmp/other.yaml"
status 65 env -u LANGUAGE "$soatin" queue --config "$tmp/other.yaml" 2>"$tmp/err"
holds "$tmp/err" "chưa có hàng chờ ở $tmp/other.db"
