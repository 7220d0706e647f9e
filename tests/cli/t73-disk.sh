#!/bin/sh
# A full disk, a file size limit, a read-only disk, a full standard output: said plainly, nothing lost, and whole again with room.
. "$(dirname "$0")/lib.sh"
command -v sqlite3 >/dev/null || skip 'no sqlite3'
if [ "${IN_NAMESPACE:-}" != 1 ]; then
	unshare -Urm true 2>/dev/null || skip 'no name spaces'
	IN_NAMESPACE=1 unshare -Urm sh "$0" "$soatin"
	exit
fi
"$soatin" init --place hai-phong >/dev/null
state() { sqlite3 "$1" 'PRAGMA integrity_check' "SELECT id, story, line FROM article ORDER BY id" 'SELECT number, state, title, copies FROM item ORDER BY number' 'SELECT item, what, who FROM event ORDER BY n'; }
status 1 "$soatin" scan --replay "$day" >/dev/null 2>&1
state "$tmp/data/soatin/queue.db" >"$tmp/want"
rm -rf "$tmp/data"
# one line, status, TEXT; the queue whole
told() {
	[ "$(grep -vc 'example/' "$tmp/err")" = 1 ] || fail "$1: not one line: $(cat "$tmp/err")"
	grep -v 'example/' "$tmp/err" >"$tmp/line"
	holds "$tmp/line" "$2"
}

# --- no room on the disk, from none to nearly enough ---
mkdir "$tmp/disk"
for size in 4k 64k 256k 512k 1m; do
	mount -t tmpfs -o size=$size none "$tmp/disk"
	got=0
	"$soatin" --queue "$tmp/disk/q.db" scan --replay "$day" >"$tmp/out" 2>"$tmp/err" || got=$?
	case $got in
	1) ;;
	73 | 74) told "tmpfs $size" 'q.db' ;;
	*) fail "tmpfs $size: status $got: $(cat "$tmp/err")" ;;
	esac
	mount -o remount,size=16m "$tmp/disk"
	status 1 "$soatin" --queue "$tmp/disk/q.db" scan --replay "$day" >/dev/null 2>&1
	state "$tmp/disk/q.db" >"$tmp/got"
	same "$tmp/want" "$tmp/got"
	umount "$tmp/disk"
done

# --- no room for the archive: told, and asked again ---
python3 -u "$src/tests/cli/fault_server.py" >"$tmp/ports" 2>/dev/null &
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do [ -s "$tmp/ports" ] && break; sleep 0.2; done
ip link set lo up 2>/dev/null || true
read -r port <"$tmp/ports"
for i in a b c d e f g h; do
	printf -- "- {id: %s, name: %s, kind: provincial, lang: vi, url: 'http://127.0.0.1:%s/good/%s', allow_private: true}\n" $i $i "$port" $i
done >"$tmp/feeds.yaml"
printf 'places: [hai-phong]\ngap_ms: 0\nper_host: 8\nqueue: %s/q/queue.db\narchive: %s/disk\n' "$tmp" "$tmp" >"$tmp/config/soatin/soatin.yaml"
mount -t tmpfs -o size=4k none "$tmp/disk"
status 74 "$soatin" scan --feeds "$tmp/feeds.yaml" >"$tmp/out" 2>"$tmp/err"
told 'full archive' 'No space left on device'
mount -o remount,size=16m "$tmp/disk"
status 0 "$soatin" scan --feeds "$tmp/feeds.yaml" >"$tmp/out" 2>"$tmp/err"
[ "$(sqlite3 "$tmp/q/queue.db" 'SELECT count(*), count(DISTINCT source) FROM article')" = '24|8' ] || fail "after the full archive: $(cat "$tmp/out")"
for f in "$tmp/disk"/*.warc.gz; do
	gzip -t "$f" || fail 'the archive is damaged'
done
# what is in the archive is what a replay needs
status 0 "$soatin" --queue "$tmp/q2.db" scan --replay "$tmp/disk"/*.warc.gz >/dev/null
[ "$(sqlite3 "$tmp/q2.db" 'SELECT count(*) FROM article')" = 24 ] || fail 'the archive lacks records'
umount "$tmp/disk"
cp "$tmp/config/soatin/soatin.yaml" "$tmp/net.yaml"
printf 'places: [hai-phong]\n' >"$tmp/config/soatin/soatin.yaml"

# --- a limit on the size of files (SIGXFSZ) ---
for blocks in 1 64 700; do
	rm -rf "$tmp/data"
	got=0
	(ulimit -f $blocks && "$soatin" scan --replay "$day" >"$tmp/out" 2>"$tmp/err") || got=$?
	[ "$got" = 74 ] || fail "ulimit -f $blocks: status $got: $(cat "$tmp/err")"
	told "ulimit -f $blocks" 'queue.db'
	status 1 "$soatin" scan --replay "$day" >/dev/null 2>&1
	state "$tmp/data/soatin/queue.db" >"$tmp/got"
	same "$tmp/want" "$tmp/got"
done

# --- read-only: reading goes on, writing is refused, with and without a log beside the file ---
db=$tmp/data/soatin/queue.db
"$soatin" queue >"$tmp/queue"
mount --bind "$tmp/data/soatin" "$tmp/data/soatin"
mount -o remount,bind,ro "$tmp/data/soatin"
sum=$(sha256sum <"$db")
"$soatin" queue >"$tmp/queue.ro"
same "$tmp/queue" "$tmp/queue.ro"
"$soatin" show 1 >/dev/null
"$soatin" digest >/dev/null
status 73 "$soatin" scan --replay "$day" >"$tmp/out" 2>"$tmp/err"
told 'read-only folder' 'Read-only file system'
for cmd in 'take 1' 'note 1 -m x' 'dismiss 1 -m x' "queue import $tmp/none"; do
	: >"$tmp/none"
	# shellcheck disable=SC2086
	status 74 "$soatin" $cmd >"$tmp/out" 2>"$tmp/err"
	told "read-only: $cmd" 'read-only'
done
status 73 "$soatin" queue backup >"$tmp/out" 2>"$tmp/err"
told 'read-only: backup' 'Read-only file system'
[ "$(sha256sum <"$db")" = "$sum" ] || fail 'a read-only queue was written'
umount "$tmp/data/soatin"
# the file alone is read-only
touch "$tmp/file"
mount --bind "$db" "$db"
mount -o remount,bind,ro "$db"
for cmd in "scan --replay $day" 'take 1'; do
	# shellcheck disable=SC2086
	status 74 "$soatin" $cmd >"$tmp/out" 2>"$tmp/err"
	told "read-only file: $cmd" 'read-only'
done
umount "$db"

# --- a symbolic link: the same queue, the same lock ---
ln -s "$db" "$tmp/link.db"
"$soatin" --queue "$tmp/link.db" queue >"$tmp/queue.link"
same "$tmp/queue" "$tmp/queue.link"
status 1 "$soatin" --queue "$tmp/link.db" scan --replay "$day" >/dev/null 2>&1
state "$tmp/data/soatin/queue.db" >"$tmp/got"
same "$tmp/want" "$tmp/got"
[ -L "$tmp/link.db" ] || fail 'the link was replaced'
[ ! -e "$tmp/link.db-wal" ] || fail 'a log beside the link'
[ ! -e "$tmp/link.db.lock" ] || fail 'a lock of its own for the link'
ln -s "$tmp/loop.db" "$tmp/loop.db"
status 73 "$soatin" --queue "$tmp/loop.db" scan --replay "$day" >"$tmp/out" 2>"$tmp/err"
told loop 'loop.db'

# --- standard output full: every command that prints ends with 74 and says so ---
"$soatin" read "$day" >"$tmp/articles" 2>/dev/null || true
for cmd in "scan --replay $day" "scan --replay $day --articles" queue 'queue --json' 'queue --csv' 'queue --tsv' 'queue -0' 'queue stats' 'queue export' 'show 1' 'show --json 1' \
	digest 'digest --html' "read $day" "match $tmp/articles" 'places' 'places Hải_Phòng' 'feeds list' 'feeds export' 'rules list' 'limits' '--help' '--version' 'scan --help' \
	"fetch --feeds $tmp/feeds.yaml a"; do
	got=0
	# shellcheck disable=SC2086
	"$soatin" $cmd >/dev/full 2>"$tmp/err" || got=$?
	[ "$got" = 74 ] || fail "/dev/full: $cmd: status $got: $(cat "$tmp/err")"
	grep -q 'cannot write' "$tmp/err" || fail "/dev/full: $cmd: $(cat "$tmp/err")"
done
