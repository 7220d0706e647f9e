#!/bin/sh
# A system call that fails (EIO, ENOSPC, EMFILE) at sampled places of a scan: told in one line, a status, no crash; and the next scan ends
# with the same queue as an undisturbed one. STEP=1 takes every place.
. "$(dirname "$0")/lib.sh"
command -v strace >/dev/null || skip 'no strace'
command -v sqlite3 >/dev/null || skip 'no sqlite3'
strace -qq -o /dev/null true 2>/dev/null || skip 'strace may not trace here'
python3 -u "$src/tests/cli/fault_server.py" >"$tmp/ports" 2>/dev/null &
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do [ -s "$tmp/ports" ] && break; sleep 0.2; done
read -r port <"$tmp/ports"
mkdir -p "$tmp/config/soatin"
printf 'places: [hai-phong]\ngap_ms: 0\nper_host: 8\n' >"$tmp/config/soatin/soatin.yaml"
for i in a b c; do
	printf -- "- {id: %s, name: %s, kind: provincial, lang: vi, url: 'http://127.0.0.1:%s/good/%s', allow_private: true}\n" $i $i "$port" $i
done >"$tmp/feeds.yaml"
state() { # without its times and the order in which articles came
	sqlite3 "$tmp/data/soatin/queue.db" 'PRAGMA integrity_check' "SELECT id, source, has_text, json_extract(line, '$.text') FROM article ORDER BY id" \
		'SELECT state, copies, sources FROM item' 'SELECT what, count(*) FROM event GROUP BY what' 'SELECT count(*) FROM article_version' \
		'SELECT id, body_digest, errors, last_error FROM source'
	for f in "$tmp/data/soatin/archive"/*.warc.gz; do gzip -t "$f" || echo 'archive damaged'; done
}
scan() { "$soatin" scan --workers 1 --force --feeds "$tmp/feeds.yaml"; }
scan >/dev/null
state >"$tmp/want"
[ "$(grep -c '^[0-9a-f]\{16,\}' "$tmp/want")" -ge 9 ] || { cat "$tmp/want"; fail 'not nine articles'; }

points=0
one() { # CALL ERROR N
	rm -rf "$tmp/data"
	got=0
	strace -qq -f -o /dev/null -e "trace=$1" -e "inject=$1:error=$2:when=$3" "$soatin" scan --workers 1 --force --feeds "$tmp/feeds.yaml" >"$tmp/out" 2>"$tmp/err" || got=$?
	case $got in
	0)
		state >"$tmp/got"
		cmp -s "$tmp/want" "$tmp/got" || { diff "$tmp/want" "$tmp/got" | head; fail "$1 $2 at $3: status 0 and not the right queue"; }
		;;
	1 | 2 | 65 | 69 | 71 | 73 | 74) [ -s "$tmp/err" ] || fail "$1 $2 at $3: status $got and not a word" ;;
	*) fail "$1 $2 at $3: status $got: $(cat "$tmp/err")" ;;
	esac
	echo "$1 $2 $3: $got $(head -2 "$tmp/err")" >>"${LOG:-/dev/null}"
	got=0
	scan >"$tmp/out" 2>"$tmp/err" || got=$?
	[ "$got" = 0 ] || fail "$1 $2 at $3: the next scan ended with $got: $(cat "$tmp/err")"
	state >"$tmp/got" 2>&1
	cmp -s "$tmp/want" "$tmp/got" || { diff "$tmp/want" "$tmp/got" | head; fail "$1 $2 at $3: the next scan left another queue"; }
	points=$((points + 1))
}
# how often each call is made, in the parent and in the worker together; `when` counts them in each process
walk() { # CALL ERROR PLACES
	rm -rf "$tmp/data"
	n=$(strace -qq -f -e "trace=$1" "$soatin" scan --workers 1 --force --feeds "$tmp/feeds.yaml" 2>&1 >/dev/null | grep -c "$1(") || true
	i=$(strace -qq -e "trace=$1" "$soatin" --version 2>&1 >/dev/null | grep -c "$1(") || true # what the loader does is its own affair
	step=${STEP:-$(((n - i) / $3 + 1))}
	i=$((i + 1))
	while [ "$i" -le "$n" ]; do
		one "$1" "$2" "$i"
		i=$((i + step))
	done
	echo "$1 $2: up to call $n, every ${step}th"
}
walk pwrite64 ENOSPC 4
walk pwrite64 EIO 2
walk write EIO 3
walk write ENOSPC 2
walk fdatasync EIO 2
walk fsync EIO 2
walk ftruncate EIO 2
walk openat EMFILE 4
walk openat EACCES 2
walk read EIO 2
walk pread64 EIO 3
walk socket EMFILE 1
walk pipe2 EMFILE 2
walk fcntl EIO 2
walk clone EAGAIN 1
walk mmap ENOMEM 3
echo "$points places"
