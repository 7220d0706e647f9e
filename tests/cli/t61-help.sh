#!/bin/sh
# help: no line of --help is wider than 80 columns, or than the terminal, of any command or verb, in either language.
. "$(dirname "$0")/lib.sh"
widest() { python3 -c 'import sys, unicodedata
print(max(sum(not unicodedata.combining(c) for c in l.rstrip("\n")) for l in open(sys.argv[1], encoding="utf-8")))' "$1"; }
fits() { # COLUMNS COMMAND…
	most=$1
	shift
	"$@" --help >"$tmp/help"
	[ "$(widest "$tmp/help")" -le "$most" ] || fail "$LANGUAGE $*: $(widest "$tmp/help") columns"
}
verbs='queue:list queue:backup queue:export queue:import queue:stats'
for command in feeds rules; do
	for verb in $("$soatin" $command --help | awk '/^  [a-z]/ {print $1}'); do verbs="$verbs $command:$verb"; done
done
for LANGUAGE in en vi; do
	export LANGUAGE
	fits 80 "$soatin"
	for command in $("$soatin" --help | awk '/^  [a-z]/ {print $1}'); do fits 80 "$soatin" "$command"; done
	for verb in $verbs; do fits 80 "$soatin" "${verb%:*}" "${verb#*:}"; done
	COLUMNS=64 fits 64 "$soatin" queue
	COLUMNS=300 fits 100 "$soatin" queue
done
