#!/bin/sh
# init: writes a configuration that works, in the language asked for, and never over another one by itself.
. "$(dirname "$0")/lib.sh"
conf=$XDG_CONFIG_HOME/soatin/soatin.yaml

status 2 "$soatin" init 2>"$tmp/err"
holds "$tmp/err" 'which place?'
holds "$tmp/err" 'hai-phong'
status 2 "$soatin" init --place atlantis 2>"$tmp/err"
holds "$tmp/err" 'no place is called atlantis'
status 2 "$soatin" init --place hai-duong 2>"$tmp/err" # part of Hải Phòng since 1 July 2025
holds "$tmp/err" 'use --place hai-phong'
status 2 "$soatin" init --place hai-phong --lang fr 2>"$tmp/err"
[ ! -e "$conf" ] || fail 'a refused init wrote a file'

status 0 "$soatin" init --place hai-phong --lang vi >"$tmp/out"
holds "$tmp/out" "$conf"
holds "$tmp/out" 'soatin feeds check'
# what is proposed works as it stands, and leaves the office's own queue alone
sed -n 's/^  soatin --queue try.db //p' "$tmp/out" | while read -r words; do
	# shellcheck disable=SC2086
	(cd "$tmp" && "$soatin" --queue try.db $words) >"$tmp/seen" 2>/dev/null || [ $? = 1 ]
done
grep -q clarify "$tmp/seen" || fail 'nothing to see after the try'
[ ! -e "$XDG_DATA_HOME/soatin/queue.db" ] || fail "invented news in the office's queue"
holds "$conf" 'places: [hai-phong]'
holds "$conf" 'Địa phương theo dõi: Hải Phòng'
[ -d "$XDG_DATA_HOME/soatin/archive" ] || fail 'no folder for the archive'
"$soatin" feeds list --json >"$tmp/list"
holds "$tmp/list" '"id":"bao-hai-phong"'
lacks "$tmp/list" '"id":"bao-quang-ninh"'

echo '# mine' >"$conf"
status 73 "$soatin" init --place da-nang 2>"$tmp/err"
holds "$tmp/err" '--force'
[ "$(cat "$conf")" = '# mine' ] || fail 'init wrote over a configuration'
status 0 "$soatin" init --place 'Đà Nẵng' --lang en --force >/dev/null
holds "$conf" 'places: [da-nang]'
holds "$conf" 'The watched place: Đà Nẵng'

status 0 "$soatin" --config "$tmp/other.yaml" init --place hai-phong >/dev/null
holds "$tmp/other.yaml" 'places: [hai-phong]'
