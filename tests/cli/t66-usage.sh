#!/bin/sh
# usage: what a command would leave aside without a word is told: an operand too many, two forms at once, recipients without a mail.
. "$(dirname "$0")/lib.sh"
"$soatin" init --place hai-phong --lang en >/dev/null
"$soatin" scan --replay "$day" >/dev/null 2>&1 || true
wrong() { # TEXT COMMAND…
	text=$1
	shift
	status 2 "$soatin" "$@" >"$tmp/out" 2>"$tmp/err" </dev/null
	holds "$tmp/err" "$text"
	[ ! -s "$tmp/out" ] || fail "data was printed for: $*"
}
for command in limits 'queue stats' 'queue export' 'rules list' 'rules stats' 'feeds list' 'feeds export' digest init; do
	# shellcheck disable=SC2086
	wrong 'unexpected operand extra' $command extra
done
wrong 'unexpected operand extra' queue backup "$tmp/backup" extra
wrong 'unexpected operand extra' queue import - extra
for command in 'queue list' 'queue stats' 'rules list' 'rules stats' 'feeds list' 'feeds check' places; do
	# shellcheck disable=SC2086
	wrong 'only one of --json, --csv' $command --json --csv
done
wrong 'only one of --text, --html, --mime' digest --text --html
wrong 'only one of --json, --claim-review' show 1 --json --claim-review
wrong '--to needs --mail' digest --to a@tinh.example
wrong 'not bao-hai-phong alone' scan --replay "$day" bao-hai-phong
echo '<p>x' >"$tmp/page"
status 65 "$soatin" read <"$tmp/page" 2>"$tmp/err"
holds "$tmp/err" 'not a WARC file; say with --as feed or --as page'
