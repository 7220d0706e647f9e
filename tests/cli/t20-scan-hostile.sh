#!/bin/sh
# Every route of the hostile server as a source of one scan, in a name space of our own: what must fail is named once, what must work
# has its articles, nothing leaves the machine, nothing raw comes out.
. "$(dirname "$0")/lib.sh"
need_shared hostile/hostile_server.py
unshare -rn true 2>/dev/null || skip "no name space of our own"
unset SOATIN_NOW
unshare -rn sh -c 'ip link set lo up && ip addr add 169.254.169.254/32 dev lo && exec "$@"' sh \
	python3 "$src/tests/cli/hostile_scan.py" "$soatin" "$shared/hostile/hostile_server.py" "$tmp" || fail "the walk"
