#!/bin/sh
# t35-rules-mute: a muted rule flags nothing, for one source or all, until its last day; the file keeps what people wrote into it.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
rule=thien-tai.vo-dap
file=$XDG_CONFIG_HOME/soatin/mutes.yaml
line='{"v":1,"id":"a","source":{"id":"SRC"},"text":"Nghe đồn vỡ đập ở Hải Phòng, bà con chạy ngay."}'
flags() { printf '%s\n' "$line" | sed "s/SRC/$1/" | "$soatin" match | grep -c "\"rule\":\"$rule\"" || true; }

"$soatin" init --place hai-phong >/dev/null
[ "$(flags bbc-vi)" = 1 ] || fail 'nothing to mute'

# wrong usage is told, with the way out, and writes nothing
status 2 "$soatin" rules mute $rule 2>"$tmp/err"
holds "$tmp/err" 'until when?'
status 2 "$soatin" rules mute thien-tai.nothing --until 2026-12-31 2>"$tmp/err"
holds "$tmp/err" 'no rule is called thien-tai.nothing'
status 2 "$soatin" rules mute $rule --source nowhere --until 2026-12-31 2>"$tmp/err"
holds "$tmp/err" 'no source is called nowhere'
status 2 "$soatin" rules mute $rule --until tomorrow 2>"$tmp/err"
holds "$tmp/err" 'option --until takes a day as 2026-12-31 or 31/12/2026, not "tomorrow"'
status 2 "$soatin" rules mute $rule --until 2026-11-22 2>"$tmp/err"
holds "$tmp/err" '2026-11-22 is over already'
status 2 "$soatin" rules mute $rule --off 2>"$tmp/err"
holds "$tmp/err" 'is not muted so'
[ ! -e "$file" ] || fail 'wrong usage wrote a file'

# one source
"$soatin" rules mute $rule --source bbc-vi --until 2026-12-31 --why 'nó viết: diễn tập' 2>/dev/null
[ "$(flags bbc-vi)" = 0 ] || fail 'muted, and heard'
[ "$(flags rfi-vi)" = 1 ] || fail 'another source is muted with it'
"$soatin" rules explain --rule $rule "$(printf '%s' "$line" | sed s/SRC/bbc-vi/)" >"$tmp/out"
holds "$tmp/out" 'muted until 2026-12-31: nothing is flagged'
# the last day counts, the next does not (the office's day, UTC+7)
export SOATIN_NOW=2026-12-31T23:59:59+07:00
[ "$(flags bbc-vi)" = 0 ] || fail 'the last day is not muted'
export SOATIN_NOW=2027-01-01T00:00:00+07:00
[ "$(flags bbc-vi)" = 1 ] || fail 'muted for longer than it was to be'
export SOATIN_NOW=2026-11-23T14:00:00+07:00

# a second one; putting one again replaces it; comments stay
sed -i '1i # của phòng' "$file"
"$soatin" rules mute $rule --until 2026-11-30 2>/dev/null
[ "$(flags rfi-vi)" = 0 ] || fail 'muted for all, and heard'
"$soatin" rules mute $rule --source bbc-vi --until 2027-01-31 2>/dev/null
"$soatin" rules mute --csv | tr -d '\r' >"$tmp/csv"
printf 'rule,source,until,why\n%s,,2026-11-30,\n%s,bbc-vi,2027-01-31,\n' $rule $rule >"$tmp/want"
same "$tmp/csv" "$tmp/want"
holds "$file" '# của phòng'
"$soatin" rules mute $rule --off 2>/dev/null
[ "$(flags rfi-vi)" = 1 ] || fail 'not heard again'
[ "$(flags bbc-vi)" = 0 ] || fail 'lifting one lifted the other'

# a broken file is told with its place, and stops what would use it
printf -- '- rule: %s\n  till: 2026-12-31\n' $rule >"$file"
status 2 "$soatin" match </dev/null 2>"$tmp/err"
holds "$tmp/err" "mutes.yaml:2:3: unknown key \"till\""
printf -- '- rule: %s\n' $rule >"$file"
status 2 "$soatin" match </dev/null 2>"$tmp/err"
holds "$tmp/err" 'mutes.yaml:1:3: a mute ends some day'
# one in a style that lines cannot be cut from is left as it is
printf -- '[{rule: %s, until: 2026-12-31},\n {rule: x.y, until: 2026-12-31}]\n' $rule >"$file"
cp "$file" "$tmp/before"
status 2 "$soatin" rules mute $rule --until 2026-11-22 2>"$tmp/err"
holds "$tmp/err" '2026-11-22 is over already'
status 2 "$soatin" rules mute $rule --off 2>"$tmp/err"
holds "$tmp/err" "change it by hand"
same "$file" "$tmp/before"
