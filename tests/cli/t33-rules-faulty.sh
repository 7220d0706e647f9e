#!/bin/sh
# t33-rules-faulty: every faulty rule is refused with the line, the column and the sentence that its own first line names.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

n=0
for f in "$src"/tests/golden/rule/faulty/*.yaml; do
	told=$(sed -n '1s/^# //p' "$f")
	status 2 "$soatin" rules check "$f" >"$tmp/out" 2>"$tmp/err"
	grep -qF "$f:$told" "$tmp/err" || fail "$f: $(cat "$tmp/err")"
	n=$((n + 1))
done
[ "$n" -ge 30 ] || fail "only $n faulty rules"
