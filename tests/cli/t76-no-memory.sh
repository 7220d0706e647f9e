#!/bin/sh
# No memory: at sampled allocations, once and from then on, every command ends with 71 and says so, or with the right result; never by a
# crash. The libraries' allocations count as ours. POINTS=100 takes more of them.
. "$(dirname "$0")/lib.sh"
need_shared hostile/oom.c
command -v sqlite3 >/dev/null || skip 'no sqlite3'
! grep -q __asan_init "$soatin" || skip 'a sanitizer has the allocator'
cc -shared -fPIC -O2 -o "$tmp/oom.so" "$shared/hostile/oom.c" 2>/dev/null || skip 'no compiler'
points=${POINTS:-4}
mkdir -p "$tmp/config/soatin"
printf 'places: [hai-phong]\n' >"$tmp/config/soatin/soatin.yaml"
state() { sqlite3 "$1" 'PRAGMA integrity_check' "SELECT id, story, line FROM article ORDER BY id" 'SELECT number, state, title, copies FROM item ORDER BY number' 'SELECT item, what, who FROM event ORDER BY n'; }
status 1 "$soatin" scan --replay "$day" >/dev/null 2>"$tmp/said"
state "$tmp/data/soatin/queue.db" >"$tmp/want"
"$soatin" read "$day" >"$tmp/articles" 2>/dev/null || true
runs=0
# starved AT STICKY COMMAND…
starved() {
	at=$1 sticky=$2
	shift 2
	got=0
	if [ "$sticky" = 1 ]; then
		OOM_STICKY=1 OOM_AT=$at LD_PRELOAD=$tmp/oom.so timeout 20 "$@" >"$tmp/out" 2>"$tmp/err" </dev/null || got=$?
	else
		OOM_AT=$at LD_PRELOAD=$tmp/oom.so timeout 20 "$@" >"$tmp/out" 2>"$tmp/err" </dev/null || got=$?
	fi
	runs=$((runs + 1))
	if [ "$got" = 71 ]; then
		holds "$tmp/err" 'soatin: out of memory'
	elif [ "$got" = "$right" ]; then
		same "$tmp/right" "$tmp/out"
	else
		fail "allocation $at ($sticky): status $got: $*: $(tail -2 "$tmp/err")"
	fi
}
# over COMMAND…: the points of it
over() {
	right=0
	OOM_SHOW=1 LD_PRELOAD=$tmp/oom.so "$@" >"$tmp/right" 2>"$tmp/err" </dev/null || right=$?
	n=$(sed -n 's/^allocations: //p' "$tmp/err" | tail -1)
	[ "${n:-0}" -gt 1000 ] || fail "$* counts ${n:-no} allocations"
	i=1
	while [ "$i" -le "$n" ]; do
		starved "$i" 0 "$@"
		starved "$i" 1 "$@"
		i=$((i + n / points + 1))
	done
}
for cmd in 'queue --json' 'show 1' 'digest --html' "read $day" "match $tmp/articles" 'feeds list' 'places Hải_Phòng' 'rules list' 'queue stats'; do
	# shellcheck disable=SC2086
	over "$soatin" $cmd
done
# what a scan leaves behind when it runs out of memory is whole, and the next one completes it
right=1
n=$(OOM_SHOW=1 LD_PRELOAD=$tmp/oom.so "$soatin" --queue "$tmp/n.db" scan --workers 1 --replay "$day" 2>&1 >"$tmp/right" | sed -n 's/^allocations: //p' | tail -1)
i=$((n / 3))
while [ "$i" -le "$n" ]; do
	rm -f "$tmp/q.db"*
	starved "$i" 0 "$soatin" --queue "$tmp/q.db" scan --workers 1 --replay "$day"
	status 1 "$soatin" --queue "$tmp/q.db" scan --replay "$day" >/dev/null 2>"$tmp/err"
	same "$tmp/said" "$tmp/err"
	state "$tmp/q.db" >"$tmp/got"
	same "$tmp/want" "$tmp/got"
	i=$((i + n / (3 * points) + 1))
done
echo "$runs runs"
