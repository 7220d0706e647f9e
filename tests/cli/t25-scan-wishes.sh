#!/bin/sh
# When a source is asked again: Cache-Control, Retry-After, ttl, skipHours and skipDays are kept, each with its cap; a permanent redirect
# counts when it leads to the same place three times in a row, a temporary one never.
. "$(dirname "$0")/lib.sh"
mkdir "$tmp/www"
serve paper.py "$tmp/www"
base=http://127.0.0.1:$port
export no_proxy=127.0.0.1
printf 'gap_ms: 0\nper_host: 16\nfeeds: [f.yaml]\nrules: [%s]\n' "$src/tests/cli/rule.yaml" >"$tmp/c.yaml"
# paper NAME CHANNEL-PART [STATUS HEADER…]: a source and what its server says
paper() {
	name=$1
	printf '<rss version="2.0"><channel><title>t</title>%s<item><title>Tin %s</title><guid>%s</guid></item></channel></rss>' "$2" "$1" "$1" >"$tmp/www/$1"
	shift 2
	[ $# = 0 ] || printf '%s\n' "$@" >"$tmp/www/$name.head"
	printf -- '- {id: %s, name: X, kind: blog, url: "%s/%s", allow_private: true}\n' "$name" "$base" "$name" >>"$tmp/f.yaml"
}
now=$(date +%s)
# scan SECONDS-FROM-NOW [OPTION…]: $tmp/asked: the sources asked, in one line
scan() {
	at=$((now + $1))
	shift
	: >"$tmp/www/log"
	SOATIN_NOW=$(date -u -d "@$at" +%Y-%m-%dT%H:%M:%SZ) "$soatin" --config "$tmp/c.yaml" scan --no-archive "$@" >"$tmp/out" 2>"$tmp/err" || [ $? = 1 ] || fail "$(cat "$tmp/err")"
	python3 -c 'import json, sys; print(*sorted(json.loads(x)["path"][1:] for x in open(sys.argv[1])))' "$tmp/www/log" >"$tmp/asked"
}
asked() { [ "$(cat "$tmp/asked")" = "$1" ] || fail "$2: asked $(cat "$tmp/asked"), not $1; $(cat "$tmp/err")"; }

paper age '' 200 'Cache-Control: public, max-age=7200'
paper agelong '' 200 'Cache-Control: max-age=604800'
paper fresh '' 200 'Cache-Control: no-cache, max-age=7200'
paper later '' 503 'Retry-After: 3600'
paper date '' 429 "Retry-After: $(LC_ALL=C date -u -d "@$((now + 5400))" '+%a, %d %b %Y %H:%M:%S GMT')"
paper huge '' 503 'Retry-After: 99999999999'
paper spare '' 200 'Retry-After: 1800'
paper ttl '<ttl>60</ttl>'
paper ttlage '<ttl>30</ttl>' 200 'Cache-Control: max-age=7200'
paper ttllong '<ttl>100000</ttl>'
paper ttlbad '<ttl>-5</ttl>'
# the hour and the weekday of 50 minutes from now, and all others
hour=$(date -u -d "@$((now + 3000))" +%H)
hour=${hour#0}
weekday=$(LC_ALL=C date -u -d "@$((now + 3000))" +%A)
others=$(for h in $(seq 0 23); do [ "$h" = "$hour" ] || printf '<hour>%d</hour>' "$h"; done)
days=$(for d in Monday Tuesday Wednesday Thursday Friday Saturday Sunday; do [ $d = "$weekday" ] || printf '<day>%s</day>' $d; done)
paper hour "<skipHours><hour>$hour</hour></skipHours>"
paper hours "<skipHours>$others</skipHours>"
paper day "<skipDays><day>$weekday</day></skipDays>"
paper days "<skipDays>$days</skipDays>"
paper alldays "<skipDays>$days<day>$weekday</day></skipDays>"
all='age agelong alldays date day days fresh hour hours huge later spare ttl ttlage ttlbad ttllong'

scan 0
asked "$all" 'at first'
scan 1700
grep -qw 'spare' "$tmp/asked" && fail 'Retry-After of an answer'
scan 3000
asked 'days fresh hours spare ttlbad' 'after 50 minutes'
scan 3700
for x in later ttl; do grep -qw $x "$tmp/asked" || fail "$x after an hour: $(cat "$tmp/asked")"; done
for x in age ttlage date; do grep -qw $x "$tmp/asked" && fail "$x after an hour"; done
scan 5500
grep -qw date "$tmp/asked" || fail "a Retry-After that is a date: $(cat "$tmp/asked")"
scan 7000
for x in age ttlage; do grep -qw $x "$tmp/asked" && fail "$x before two hours"; done
scan 7300
for x in age ttlage; do grep -qw $x "$tmp/asked" || fail "$x after two hours"; done
scan 21000
for x in agelong ttllong alldays; do grep -qw $x "$tmp/asked" && fail "$x before six hours"; done
scan 21800
for x in agelong ttllong alldays; do grep -qw $x "$tmp/asked" || fail "$x: six hours are the limit"; done
scan 86000
grep -qw huge "$tmp/asked" && fail 'a long Retry-After is kept for a day'
scan 86500
grep -qw huge "$tmp/asked" || fail 'and no longer than a day'
scan 0 --force
asked "$all" 'force'

# 301: twice to one place, then to another, is not three times; 302 is nothing
: >"$tmp/f.yaml"
paper moving '' 301 "Location: $base/one"
paper eight '' 308 "Location: $base/one"
paper once '' 302 "Location: $base/one"
paper one ''
scan 0
scan 0
for x in moving eight; do printf '301\nLocation: %s/two\n' "$base" >"$tmp/www/$x.head"; done
cp "$tmp/www/one" "$tmp/www/two"
scan 0
scan 0
asked 'eight moving once one one two two' 'the same place three times'
lacks "$tmp/err" 'for good'
scan 0
holds "$tmp/err" "moving: has moved for good to $base/two, and is asked there from now on"
scan 0
asked 'once one one two two' 'where it moved to'
SOATIN_NOW='' "$soatin" --config "$tmp/c.yaml" feeds list --json >"$tmp/list"
[ "$(grep -c "\"moved\":\"$base/two\"" "$tmp/list")" = 2 ] || fail "$(cat "$tmp/list")"
