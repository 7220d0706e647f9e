#!/bin/sh
# One scan over every route of the hostile server, in a network namespace.
. "$(dirname "$0")/lib.sh"
need_shared hostile/hostile_server.py
unshare -rn true 2>/dev/null || skip 'no network namespaces here'
unset SOATIN_NOW
unshare -rn sh -c 'ip link set lo up; ip addr add 169.254.169.254/32 dev lo; exec python3 "$@"' sh \
	"$src/tests/cli/hostile_scan.py" "$soatin" "$shared/hostile/hostile_server.py" "$tmp"
