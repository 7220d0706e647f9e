#!/bin/sh
# t37-match-flat: the memory of match does not grow with its input: twenty times the articles take no more.
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
# peak N: kilobytes that match took at most; what it wrote has N lines, and flags
peak() {
	articles "$1" >"$tmp/in"
	python3 - "$soatin" "$tmp/in" "$tmp/out" <<'END'
import resource, subprocess, sys
with open(sys.argv[2]) as i, open(sys.argv[3], "w") as o:
    subprocess.run([sys.argv[1], "match"], stdin=i, stdout=o, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
END
	[ "$(wc -l <"$tmp/out")" = "$1" ] || fail 'lines are missing'
	[ "$(grep -c '"rule":"' "$tmp/out")" = "$(($1 / 3))" ] || fail "$(grep -c '"rule":"' "$tmp/out") of $1 flagged"
}
few=$(peak 150)
many=$(peak 3000)
[ "$many" -le $((few + 2048)) ] || fail "150 articles took $few KB, 3000 took $many KB"
