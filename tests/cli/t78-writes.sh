#!/bin/sh
# Decisions, backups and files that are written anew, killed or refused at sampled writes: as before or as after, never between; and a
# program started with its standard files closed prints into no other file.
. "$(dirname "$0")/lib.sh"
command -v sqlite3 >/dev/null || skip 'no sqlite3'
"$soatin" init --place hai-phong >/dev/null
status 1 "$soatin" scan --replay "$day" >/dev/null 2>&1
db=$tmp/data/soatin/queue.db

# --- standard files closed ---
python3 -u "$src/tests/cli/fault_server.py" >"$tmp/ports" 2>/dev/null &
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do [ -s "$tmp/ports" ] && break; sleep 0.2; done
read -r port <"$tmp/ports"
printf -- "- {id: a, name: A, kind: provincial, lang: vi, url: 'http://127.0.0.1:%s/good/a', allow_private: true}\n" "$port" >"$tmp/feeds.yaml"
printf -- "- {id: b, name: B, kind: provincial, lang: vi, url: 'http://127.0.0.1:%s/status/404', allow_private: true}\n" "$port" >>"$tmp/feeds.yaml"
XDG_DATA_HOME=$tmp/closed status 74 "$soatin" scan --feeds "$tmp/feeds.yaml" <&- >&- 2>&-
[ "$(sqlite3 "$tmp/closed/soatin/queue.db" 'PRAGMA integrity_check' 'SELECT count(*) FROM article')" = "ok
3" ] || fail 'the queue of a scan with closed standard files'
[ ! -s "$tmp/closed/soatin/queue.db.lock" ] || fail 'something was printed into the lock'
for f in "$tmp/closed/soatin/archive"/*.warc.gz; do
	gzip -dc "$f" >"$tmp/plain" || fail 'something was printed into the archive'
	lacks "$tmp/plain" 'sources, '
done
got=0
"$soatin" fetch --feeds "$tmp/feeds.yaml" a <&- >&- 2>"$tmp/err" || got=$?
[ "$got" = 74 ] || fail "fetch with standard output closed: status $got: $(cat "$tmp/err")"
"$soatin" init --force --place hai-phong <&- >&- 2>/dev/null || true
[ "$(grep -c ^places: "$tmp/config/soatin/soatin.yaml")" = 1 ] || fail 'the configuration'
sum=$(sha256sum <"$db")
for cmd in queue 'show 1' digest 'queue export'; do
	# shellcheck disable=SC2086
	status 74 "$soatin" $cmd >&- 2>"$tmp/err"
	holds "$tmp/err" 'cannot write to standard output'
done
[ "$(sha256sum <"$db")" = "$sum" ] || fail 'something was printed into the queue'

command -v strace >/dev/null || skip 'no strace'
strace -qq -o /dev/null true 2>/dev/null || skip 'strace may not trace here'

# --- a decision: all of it or nothing, once ---
cp "$db" "$tmp/before.db"
fresh() { rm -f "$db"*; cp "$tmp/before.db" "$db"; }
decided() { sqlite3 "$db" 'PRAGMA integrity_check' "SELECT state FROM item WHERE number = 1" "SELECT count(*) FROM event WHERE item = 1 AND what = 'dismiss'" | tr '\n' ' '; }
points=0
for how in signal=KILL error=EIO error=ENOSPC; do
	for call in pwrite64 fdatasync openat; do
		fresh
		skip=$(strace -qq -e "trace=$call" "$soatin" --version 2>&1 >/dev/null | grep -c "$call(") || true
		n=$(strace -qq -e "trace=$call" "$soatin" dismiss 1 -m x --who an 2>&1 >/dev/null | grep -c "$call(") || true
		i=$((skip + 1))
		while [ "$i" -le "$n" ]; do
			fresh
			got=0
			strace -qq -o /dev/null -e "trace=$call" -e "inject=$call:$how:when=$i" "$soatin" dismiss 1 -m x --who an >/dev/null 2>"$tmp/err" || got=$?
			case "$got $(decided)" in
			"0 ok dismissed 1 ") ;;
			"137 ok dismissed 1 " | "137 ok new 0 ") ;;
			2" ok new 0 " | 7[1-4]" ok new 0 ") [ -s "$tmp/err" ] || fail "$call $how at $i: not a word" ;;
			*) fail "$call $how at $i: status $got, $(decided): $(cat "$tmp/err")" ;;
			esac
			points=$((points + 1))
			i=$((i + (n - skip) / 4 + 1))
		done
	done
done
echo "$points places of a decision"

# --- files written anew: the old one or the new one, nothing half, nothing left lying ---
fresh
"$soatin" queue backup "$tmp/b/copy.db" >/dev/null 2>&1 || { mkdir "$tmp/b"; "$soatin" queue backup "$tmp/b/copy.db" >/dev/null 2>&1; }
"$soatin" take 1 --who an >/dev/null
for call in pwrite64:error=ENOSPC fsync:error=EIO rename:error=EACCES pwrite64:signal=KILL; do
	for when in 1 5 20; do
		got=0
		strace -qq -o /dev/null -e "trace=${call%%:*}" -e "inject=$call:when=$when" "$soatin" queue backup "$tmp/b/copy.db" >/dev/null 2>"$tmp/err" || got=$?
		state=$(sqlite3 "$tmp/b/copy.db" 'PRAGMA integrity_check' "SELECT state FROM item WHERE number = 1" | tr '\n' ' ')
		case "$got $state" in
		"0 ok taken " | "137 ok new " | 7[34]" ok new ") ;;
		*) [ "$state" = 'ok taken ' ] || fail "backup, $call at $when: status $got, $state: $(cat "$tmp/err")" ;;
		esac
		[ "$got" = 137 ] || [ "$(ls "$tmp/b")" = copy.db ] || fail "backup, $call at $when: left lying: $(ls "$tmp/b")"
		rm -f "$tmp/b/copy.db."*
	done
done
conf=$tmp/config/soatin/soatin.yaml
printf 'places: [hue]\n' >"$conf"
for call in write:error=ENOSPC fsync:error=EIO rename:error=EACCES write:signal=KILL fsync:signal=KILL; do
	got=0
	strace -qq -o /dev/null -e "trace=${call%%:*}" -e "inject=$call:when=1" "$soatin" init --force --place hai-phong >/dev/null 2>"$tmp/err" || got=$?
	[ "$got" != 0 ] || fail "init, $call: status 0"
	[ "$(cat "$conf")" = 'places: [hue]' ] || fail "init, $call: the old configuration is gone"
	[ "$got" = 137 ] || [ "$(ls "$tmp/config/soatin")" = soatin.yaml ] || fail "init, $call: left lying: $(ls "$tmp/config/soatin")"
	rm -f "$conf".new-*
done
