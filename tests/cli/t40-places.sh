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

# an office's own file: a name and a cue, ours untouched; a mistake in it is told with file, line and column
mkdir -p "$XDG_CONFIG_HOME/soatin"
printf 'own_places: [places.yaml]\n' >"$XDG_CONFIG_HOME/soatin/soatin.yaml"
own=$XDG_CONFIG_HOME/soatin/places.yaml
printf 'parts:\n  - unit: hai-phong\n    names: [Lạch Tray]\ncues:\n  - why: cargo ship\n    before: [tàu hàng]\n    reads: nothing\n' >"$own"
"$soatin" places --csv 'Sân Lạch Tray. Tàu hàng Hải Phòng. Hà Nội.' >"$tmp/own"
printf 'form,place,now,as,start\r\n"Lạch Tray",hai-phong,hai-phong,part,4\r\n"Hà Nội",ha-noi,ha-noi,province,35\r\n' >"$tmp/want"
same "$tmp/own" "$tmp/want"
printf 'parts:\n  - unit: hai-fong\n    names: [Lạch Tray]\n' >"$own"
status 2 "$soatin" places 'Hải Phòng' 2>"$tmp/told"
holds "$tmp/told" "$own:2:11: unknown unit \"hai-fong\""
printf 'parts:\n  - unit: hai-phong\n    nmaes: [Lạch Tray]\n' >"$own"
status 2 "$soatin" places 'Hải Phòng' 2>"$tmp/told"
holds "$tmp/told" "$own:3:5: "
