#!/bin/sh
# queue backup, export, import; a damaged queue is refused by every command, names the backup, and stays as it is.
. "$(dirname "$0")/lib.sh"
export SOATIN_NOW=2026-11-23T14:00:00+07:00
db=$XDG_DATA_HOME/soatin/queue.db
"$soatin" init --place hai-phong >/dev/null
"$soatin" scan --replay "$day" >/dev/null 2>&1 || [ $? = 1 ] || fail 'scan'
"$soatin" take 1 >/dev/null

"$soatin" queue export >"$tmp/all"
"$soatin" queue export --since 2026-11-25 >"$tmp/none"
[ ! -s "$tmp/none" ] || fail 'export --since'
[ "$(wc -l <"$tmp/all")" -ge 70 ] || fail 'export'
/usr/bin/python3 - "$tmp/all" <<'END' || fail 'export: NDJSON'
import json, sys
all = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
assert len({a["id"] for a in all}) == len(all)
stories = [a["story"] for a in all if "story" in a]
assert len(stories) > len(set(stories)) > 20
END

# the articles alone make the same items anew
"$soatin" --queue "$tmp/other.db" queue import "$tmp/all" 2>"$tmp/err"
holds "$tmp/err" 'articles added, 0 known already'
"$soatin" --queue "$tmp/other.db" queue --all --tsv | cut -f 2,5,7-9,13- | sort >"$tmp/b"
"$soatin" queue --all --tsv | cut -f 2,5,7-9,13- | sort >"$tmp/a"
same "$tmp/a" "$tmp/b"
"$soatin" --queue "$tmp/other.db" queue import - <"$tmp/all" 2>"$tmp/err"
holds "$tmp/err" '0 articles added'
printf '{"v":1,"title":"x"\n' >"$tmp/bad"
status 1 "$soatin" --queue "$tmp/other.db" queue import "$tmp/bad" 2>"$tmp/err"
holds "$tmp/err" 'bad:1'
# each bad line costs itself alone, and is told by its number
/usr/bin/python3 - "$tmp/all" >"$tmp/many" <<'END'
import sys
lines = open(sys.argv[1], encoding="utf-8").read().splitlines()
for i in range(3000):
    print(lines[i % len(lines)])
print('{"v":1,"title":"' + "x" * 17000000 + '"}')
print("{")
print(lines[0])
END
status 1 "$soatin" --queue "$tmp/other.db" queue import <"$tmp/many" 2>"$tmp/err"
holds "$tmp/err" '-:3001'
holds "$tmp/err" '-:3002'
holds "$tmp/err" '0 articles added, 3,001 known already'

# backup, by name and by default
"$soatin" queue backup "$tmp/copy.db" 2>"$tmp/err"
"$soatin" --queue "$tmp/copy.db" show 1 >"$tmp/one"
holds "$tmp/one" 'taken'
"$soatin" queue backup 2>"$tmp/err"
holds "$tmp/err" 'queue.db.backup-2026-11-23T070000Z'
status 73 "$soatin" queue backup /nowhere/at/all 2>"$tmp/err"

# damage in the middle
[ ! -e "$db-wal" ] || [ ! -s "$db-wal" ] || fail 'a log was left behind'
size=$(stat -c %s "$db")
dd if=/dev/urandom of="$db" bs=4096 seek=$((size / 8192)) count=8 conv=notrunc 2>/dev/null
cp "$db" "$tmp/damaged"
for command in queue 'show 1' 'take 2' "scan --replay $day" 'queue export' 'queue backup'; do
	# shellcheck disable=SC2086
	status 65 "$soatin" $command >/dev/null 2>"$tmp/err"
	holds "$tmp/err" 'is damaged'
	holds "$tmp/err" 'queue.db.backup-2026-11-23T070000Z'
	same "$db" "$tmp/damaged"
done
cp "$db.backup-2026-11-23T070000Z" "$db"
"$soatin" show 1 >"$tmp/one"
holds "$tmp/one" 'taken'
# not a queue at all
printf 'không phải cơ sở dữ liệu, chỉ là một tệp văn bản\n' >"$db"
status 65 "$soatin" queue 2>"$tmp/err"
holds "$tmp/err" 'not a database'
