#!/bin/sh
# bash completion: what --help lists, at every place of the line; numbers where items are taken.
. "$(dirname "$0")/lib.sh"
command -v bash >/dev/null || skip 'no bash'
"$soatin" init --place hai-phong >/dev/null
"$soatin" scan --replay "$day" >/dev/null 2>&1 || true
cat >"$tmp/complete.bash" <<'END'
. "$1"
shift
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_soatin
echo "${COMPREPLY[*]}"
END
completes() { bash "$tmp/complete.bash" "$src/src/cli/soatin.bash" "$soatin" "$@" >"$tmp/out"; }
is() { # EXPECTED WORD…
	expected=$1
	shift
	completes "$@"
	[ "$(cat "$tmp/out")" = "$expected" ] || fail "$*: $(cat "$tmp/out")"
}
is 'dismiss digest' di
is 'take' ta
is 'add' feeds a
is 'stats' rules st
is 'stats' queue st
is '--json' rules list --j
is '--claim-review' show --cl
is '--config --color' --co
is '--version' --ver
is '--since' --color never digest --si # past an option's argument
is '' limits x
completes show 1
grep -qE '(^| )1( |$)' "$tmp/out" || fail "show 1: $(cat "$tmp/out")"
grep -qE '(^| )19( |$)' "$tmp/out" || fail "show 1: $(cat "$tmp/out")"
for command in $("$soatin" --help | awk '/^  [a-z]/ {print $1}'); do is "$command" "$command"; done
