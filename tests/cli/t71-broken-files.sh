#!/bin/sh
# A broken configuration, rules, places or feeds file: file, line and column, what was expected, status 2, nothing changed.
. "$(dirname "$0")/lib.sh"
"$soatin" init --place hai-phong >/dev/null
status 1 "$soatin" scan --replay "$day" >/dev/null 2>&1
(cd "$tmp/data" && find . -type f ! -name '*-shm' -exec sha256sum {} + | sort) >"$tmp/sums"
conf=$tmp/config/soatin/soatin.yaml
cp "$conf" "$tmp/whole.yaml"

# refused NAME FILE LINE COL TEXT COMMAND…
refused() {
	name=$1 file=$2 line=$3 col=$4 text=$5
	shift 5
	status 2 "$@" >"$tmp/out" 2>"$tmp/err"
	[ ! -s "$tmp/out" ] || fail "$name: printed: $(head -3 "$tmp/out")"
	[ "$(wc -l <"$tmp/err")" = 1 ] || fail "$name: not one line: $(cat "$tmp/err")"
	holds "$tmp/err" "soatin: $file:$line:$col: "
	holds "$tmp/err" "$text"
	(cd "$tmp/data" && find . -type f ! -name '*-shm' -exec sha256sum {} + | sort) >"$tmp/now"
	same "$tmp/sums" "$tmp/now"
}
broken_conf() { cat >"$conf"; refused "$1" "$conf" "$2" "$3" "$4" "$soatin" scan --replay "$day"; cp "$tmp/whole.yaml" "$conf"; }

# --- configuration ---
broken_conf bracket 2 9 'closing bracket missing that belongs to line 1' <<'EOF'
places: [hai-phong
language: vi
EOF
broken_conf key 2 1 'did you mean "places"?' <<'EOF'
language: vi
plaecs: [hai-phong]
EOF
broken_conf place 1 21 'unknown place "atlantis"; "soatin places" lists the places' <<'EOF'
places: [hai-phong, atlantis]
EOF
broken_conf place-block 3 5 'unknown place "atlantis"' <<'EOF'
places:
  - hai-phong
  - atlantis
EOF
broken_conf duration 2 10 'must be a length of time such as 45s' <<'EOF'
places: [hai-phong]
timeout: soon
EOF
broken_conf twice 2 1 'stands here a second time; the first is in line 1' <<'EOF'
places: [hai-phong]
places: [hue]
EOF
broken_conf anchor 1 9 'an anchor ("&") is not allowed' <<'EOF'
places: &x [hai-phong]
EOF
printf 'places:\n\t- hai-phong\n' | broken_conf tab 2 1 'a tab cannot indent; use blanks'
printf 'places: [hai-phong]\nqueue: \0x\n' | broken_conf nul 2 8 'control character (U+0000) is not allowed'
printf '\377\376' | broken_conf bytes 1 1 'not UTF-8'

# --- feeds ---
broken_feeds() { cat >"$tmp/feeds.yaml"; refused "$1" "$tmp/feeds.yaml" "$2" "$3" "$4" "$soatin" scan --feeds "$tmp/feeds.yaml"; }
broken_feeds bracket 2 1 'closing bracket missing that belongs to line 1' <<'EOF'
- {id: a, name: A, url: 'http://a.invalid/'
EOF
broken_feeds missing 1 3 '"kind" is missing' <<'EOF'
- {id: a, name: A, url: 'http://a.invalid/'}
EOF
broken_feeds scheme 4 10 'http' <<'EOF'
- id: a
  name: A
  kind: national
  url:   ftp://a.invalid/feed
EOF
broken_feeds twice 2 8 'already taken, in ' <<'EOF'
- {id: a, name: A, kind: national, url: 'http://a.invalid/'}
- {id: a, name: B, kind: national, url: 'http://b.invalid/'}
EOF
broken_feeds map 1 1 'a feeds file is a list' <<'EOF'
id: a
EOF

# --- rules ---
broken_rules() { cat >"$tmp/rules.yaml"; refused "$1" "$tmp/rules.yaml" "$2" "$3" "$4" "$soatin" scan --replay "$day" --rules "$tmp/rules.yaml"; }
broken_rules bracket 2 10 'the bracket that opens here is not closed' <<'EOF'
- id: thien-tai.thu
  title: [x
EOF
broken_rules topic 1 7 'is no topic; use one of' <<'EOF'
- id: thoi-tiet.thu
  title: x
EOF
broken_rules missing 1 3 '"why" is missing' <<'EOF'
- id: thien-tai.thu
  title: x
EOF

# --- places of the office's own ---
printf 'places: [hai-phong]\nown_places: [%s]\n' "$tmp/own.yaml" >"$conf"
printf 'units:\n  - {slug: x\n' >"$tmp/own.yaml"
refused places "$tmp/own.yaml" 3 1 'closing bracket missing that belongs to line 2' "$soatin" scan --replay "$day"
printf 'unts: []\n' >"$tmp/own.yaml"
refused places-key "$tmp/own.yaml" 1 1 'did you mean "units"?' "$soatin" scan --replay "$day"
cp "$tmp/whole.yaml" "$conf"

# --- missing, or nothing in it: named, status 2 (65 for data), nothing changed ---
missing() {
	text=$1
	shift
	status "$want_status" "$@" >"$tmp/out" 2>"$tmp/err"
	[ "$(wc -l <"$tmp/err")" = 1 ] || fail "not one line: $(cat "$tmp/err")"
	holds "$tmp/err" "$text"
	(cd "$tmp/data" && find . -type f ! -name '*-shm' -exec sha256sum {} + | sort) >"$tmp/now"
	same "$tmp/sums" "$tmp/now"
}
mkdir "$tmp/none"
: >"$tmp/empty.yaml"
printf 'no WARC\n' >"$tmp/no.warc"
want_status=2
missing "cannot open $tmp/gone.yaml" "$soatin" --config "$tmp/gone.yaml" scan --replay "$day"
missing "cannot read $tmp/none: " "$soatin" --config "$tmp/none" scan --replay "$day"
missing "cannot open $tmp/gone.yaml" "$soatin" scan --feeds "$tmp/gone.yaml"
missing "no sources in $tmp/none" "$soatin" scan --feeds "$tmp/none"
missing "no sources in $tmp/empty.yaml" "$soatin" scan --feeds "$tmp/empty.yaml"
missing "cannot open $tmp/gone.yaml" "$soatin" scan --replay "$day" --rules "$tmp/gone.yaml"
missing "no rules in $tmp/none" "$soatin" scan --replay "$day" --rules "$tmp/none"
want_status=65
missing "cannot open $tmp/gone.warc" "$soatin" scan --replay "$tmp/gone.warc"
missing "$tmp/no.warc: not a WARC file" "$soatin" scan --replay "$tmp/no.warc"
missing "$tmp/empty.yaml: no records in it" "$soatin" scan --replay "$tmp/empty.yaml"
want_status=74
missing "$tmp/none" "$soatin" scan --replay "$tmp/none"
# a configuration that is there but cannot be opened is not the same as none
rm "$conf"
ln -s soatin.yaml "$conf"
want_status=2
missing "cannot open $conf: " "$soatin" scan --replay "$day"
