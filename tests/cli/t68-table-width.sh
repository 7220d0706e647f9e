#!/bin/sh
# tables: at 80 columns none is wider, in either language, and a sentence in the last column is told whole.
. "$(dirname "$0")/lib.sh"
"$soatin" init --place hai-phong --lang en >/dev/null
"$soatin" scan --replay "$day" >/dev/null 2>&1 || true
export COLUMNS=80
cat >"$tmp/width.py" <<'END'
import sys, unicodedata as u
def width(l): return sum(0 if u.combining(c) or u.category(c) == "Cf" else 1 + (u.east_asian_width(c) in "WF") for c in l)
wide = [l for l in open(sys.argv[1], encoding="utf-8").read().split("\n") if width(l) > 80]
sys.exit("\n".join(wide) or None)
END
for LANGUAGE in en vi; do
	export LANGUAGE
	for command in queue 'queue stats' 'rules list' 'feeds list' places limits 'places --why Hà Nội'; do
		# shellcheck disable=SC2086
		"$soatin" $command >"$tmp/out"
		python3 "$tmp/width.py" "$tmp/out" || fail "$LANGUAGE $command"
	done
done
LANGUAGE=en
"$soatin" limits >"$tmp/out"
tr -s ' \n' ' ' <"$tmp/out" | grep -qF "one request from connect to last byte; above: the source fails" || fail 'a limit is cut'
status 1 "$soatin" feeds check http://no-such-host.invalid/feed >"$tmp/out"
python3 "$tmp/width.py" "$tmp/out" || fail 'feeds check'
tr -s ' \n' ' ' <"$tmp/out" | grep -qF 'check the address, then the network and its name server' || fail 'an error is cut'
"$soatin" rules list >"$tmp/out"
grep -qE '^thien-tai.vo-dap +clarify +live +Tin vỡ đập' "$tmp/out" || fail 'no title in the list of rules'
