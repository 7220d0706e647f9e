#!/bin/sh
# places: lists the units, names the places of a text, explains itself.
. "$(dirname "$0")/lib.sh"

"$soatin" places --tsv >"$tmp/units"
[ "$(wc -l <"$tmp/units")" = 64 ] || fail "not 63 units"
[ "$(awk -F'\t' 'NR > 1 && $1 == $6' "$tmp/units" | wc -l)" = 34 ] || fail "not 34 of today"
holds "$tmp/units" "$(printf 'thai-binh\tVN-20\tThái Bình\tThai Binh\tprovince\thung-yen')"

"$soatin" places --json 'Cháy trên phố Huế,' 'Hải Phòng' >"$tmp/json"
[ "$(wc -l <"$tmp/json")" = 1 ] || fail "a street was taken for Huế"
holds "$tmp/json" '"place":"hai-phong","iso":"VN-HP","now":"hai-phong","form":"Hải Phòng","as":"province","why":"name","start":19,"end":28'

printf 'Đoàn đến Hải Dương. CLB Nam Định thua.' | "$soatin" places --csv - >"$tmp/csv"
printf 'form,place,now,as,start\r\n"Hải Dương",hai-duong,hai-phong,province,9\r\n"Nam Định",nam-dinh,ninh-binh,metonym,24\r\n' >"$tmp/want"
same "$tmp/csv" "$tmp/want"

"$soatin" places --why --tsv 'Nguyễn Thái Bình ở phường Hải Dương' >"$tmp/why"
holds "$tmp/why" "$(printf 'Thái Bình\t\t\tnothing\tperson\t7')"
holds "$tmp/why" "$(printf 'Hải Dương\t\t\tnothing\tward\t26')"

printf '\377\376 Hải Phòng' | "$soatin" places --json - >"$tmp/bad"
holds "$tmp/bad" '"start":3'
status 2 "$soatin" places --nonsense 2>/dev/null
