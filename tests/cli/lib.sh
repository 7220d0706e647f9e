# lib.sh: what the command tests share. Use: . "$(dirname "$0")/lib.sh" as the first command; $soatin is the program, $tmp an empty folder
# of the test's own (gone at the end), XDG folders lie in it, the clock stands still.
# shellcheck shell=sh disable=SC2034
set -eu
soatin=$1
case $soatin in /*) ;; *) soatin=$PWD/$soatin ;; esac
src=${SOATIN_TEST_SRC:-$(cd "$(dirname "$0")/../.." && pwd)}
shared=${SOATIN_TEST_SHARED:-$src/../shared}
tmp=$(mktemp -d)
# dash's $(jobs -p) is a subshell's and empty, hence the file
trap 'jobs -p >"$tmp/.jobs"; kill $(cat "$tmp/.jobs") 2>/dev/null || true; rm -rf "$tmp"' EXIT
export XDG_CONFIG_HOME="$tmp/config" XDG_DATA_HOME="$tmp/data" SOATIN_NOW=2026-11-23T14:00:00+07:00 LANG=C.UTF-8 LC_ALL=C.UTF-8
export LANGUAGE=en # messages are compared in English, whatever the configuration says; tests about languages unset it
export PAGER=cat # what a terminal shows is looked at as it is printed
unset SOATIN_LOCALE NO_COLOR COLUMNS || true
day=$src/feeds/sample/2026-11-23.warc.gz

fail() { printf 'FAIL: %s\n' "$*" >&2; exit 1; }
skip() { printf 'SKIP: %s\n' "$*" >&2; exit 77; }
# status N COMMAND…: the command must end with status N
status() {
	want=$1
	shift
	got=0
	"$@" || got=$?
	[ "$got" = "$want" ] || fail "status $got, not $want: $*"
}
# same A B: the two files are equal
same() { cmp -s "$1" "$2" || { diff "$1" "$2" | head -20 >&2; fail "$1 and $2 differ"; }; }
# holds FILE TEXT / lacks FILE TEXT: fixed string
holds() { grep -qF -e "$2" "$1" || { head -20 "$1" >&2; fail "$1 lacks: $2"; }; }
lacks() { ! grep -qF -e "$2" "$1" || fail "$1 holds: $2"; }
need_shared() { [ -e "$shared/$1" ] || skip "$1 is not beside the checkout"; }
# serve SERVER ARGUMENT…: a server of this folder, until the end; $port is the loopback port it prints
serve() {
	server=$1
	shift
	: >"$tmp/.port"
	python3 "$src/tests/cli/$server" "$@" >"$tmp/.port" &
	for _ in $(seq 100); do [ -s "$tmp/.port" ] && break; sleep 0.05; done
	port=$(cat "$tmp/.port")
	[ -n "$port" ] || fail "$server does not start"
}
