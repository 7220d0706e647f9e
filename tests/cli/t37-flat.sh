#!/bin/sh
# t37-flat: the memory of match and of queue import does not grow with the input: twenty times the articles take no more.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
grep -q __asan_init "$soatin" && skip 'the address sanitizer keeps what is freed'

# articles N: of some 3 KB each, no two alike, one in three flagged
articles() {
	awk -v n="$1" 'BEGIN {
		for (i = 1; i <= n; i++) {
			printf "{\"v\":1,\"id\":\"%016x\",\"title\":\"Tin số %d\",\"text\":\"", i, i
			for (k = 0; k < 30; k++)
				printf "Sáng %d tháng %d, người dân xã %d kể lại %d việc đã thấy trên đường về.\\n", k + 1, i % 12 + 1, i * 31 + k, k
			if (i % 3 == 0)
				printf "Mạng xã hội lan truyền tin đồn vỡ đập Suối Dầu ở Khánh Hòa, lần %d.", i
			print "\"}"
		}
	}'
}
# peak COMMAND…: kilobytes that it took at most, with $tmp/in before it and $tmp/out behind
peak() {
	python3 - "$tmp/in" "$tmp/out" "$soatin" "$@" <<'END'
import resource, subprocess, sys
with open(sys.argv[1]) as i, open(sys.argv[2], "w") as o:
    subprocess.run(sys.argv[3:], stdin=i, stdout=o, stderr=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
END
}
# match N: the same of match; what it wrote has N lines, and flags
match() {
	articles "$1" >"$tmp/in"
	peak match
	[ "$(wc -l <"$tmp/out")" = "$1" ] || fail 'lines are missing'
	[ "$(grep -c '"rule":"' "$tmp/out")" = "$(($1 / 3))" ] || fail "$(grep -c '"rule":"' "$tmp/out") of $1 flagged"
}
few=$(match 150)
mv "$tmp/out" "$tmp/few"
many=$(match 3000)
[ "$many" -le $((few + 2048)) ] || fail "150 articles took $few KB, 3000 took $many KB"

mv "$tmp/out" "$tmp/in"
many=$(peak --queue "$tmp/many.db" queue import)
[ "$("$soatin" --queue "$tmp/many.db" queue export | wc -l)" = 3000 ] || fail 'not all are stored'
mv "$tmp/few" "$tmp/in"
few=$(peak --queue "$tmp/few.db" queue import)
[ "$many" -le $((few + 10240)) ] || fail "import: 150 articles took $few KB, 3000 took $many KB"
