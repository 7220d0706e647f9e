#!/bin/sh
# language: messages, dates and numbers are those of LANGUAGE, LC_ALL, LC_MESSAGES or LANG, the first that is set; when none says
# anything, of the configuration; and without one, English. No vi_VN locale needs to be installed.
. "$(dirname "$0")/lib.sh"
unset LANGUAGE LC_ALL LANG
# in VARIABLE=VALUE… -- COMMAND…: its output, with these variables alone saying the language
in_language() {
	words=
	while [ "$1" != -- ]; do
		words="$words $1"
		shift
	done
	shift
	env $words "$@" >"$tmp/out" 2>"$tmp/err" || true
}
vietnamese() { holds "$tmp/out" 'giới hạn'; holds "$tmp/out" '8.388.608'; lacks "$tmp/out" 'what it holds'; }
english() { holds "$tmp/out" 'what it holds'; holds "$tmp/out" '8,388,608'; lacks "$tmp/out" 'giới hạn'; }

in_language LANG=vi_VN.UTF-8 -- "$soatin" limits; vietnamese
in_language LANG=vi_VN -- "$soatin" limits; vietnamese
in_language LANG=vi -- "$soatin" limits; vietnamese
in_language LANG=en_US.UTF-8 -- "$soatin" limits; english
in_language LANG=de_DE.UTF-8 -- "$soatin" limits; english
in_language LANG=C -- "$soatin" limits; english
in_language LANG= -- "$soatin" limits; english
in_language LANG=en_US.UTF-8 LC_MESSAGES=vi_VN.UTF-8 -- "$soatin" limits; vietnamese
in_language LANG=vi_VN.UTF-8 LC_ALL=en_US.UTF-8 -- "$soatin" limits; english
in_language LANG=en_US.UTF-8 LC_ALL=en_US.UTF-8 LANGUAGE=vi -- "$soatin" limits; vietnamese
in_language LANG=vi_VN.UTF-8 LANGUAGE=en -- "$soatin" limits; english
in_language LANG=vi_VN.UTF-8 LANGUAGE=en:vi -- "$soatin" limits; english

# wrong usage and help, at the top and of a command
in_language LANG=vi_VN.UTF-8 -- "$soatin" --help
holds "$tmp/out" 'Các lệnh:'
in_language LANG=vi_VN.UTF-8 -- "$soatin" queue --nonsense
holds "$tmp/err" 'soatin: không có tùy chọn --nonsense'
in_language LANG=vi_VN.UTF-8 -- "$soatin" queue --help
holds "$tmp/out" 'cách dùng: soatin queue'

# the texts of every option stand in one column
for command in $(LANGUAGE=en "$soatin" --help | awk '/^  [a-z]/ {print $1}'); do
	LANGUAGE=vi "$soatin" "$command" --help >"$tmp/help"
	python3 - "$tmp/help" <<-'END' || fail "options of $command are not aligned"
		import re, sys
		for line in open(sys.argv[1], encoding="utf-8"):
		    m = re.match(r"  (-.,|   ) --[a-z-]+( [^ ]+)? +", line)
		    if m and m.end() != 31 and not (m.end() > 31 and line[m.end() - 2] != " "):
		        sys.exit(line)
	END
done

# a recorded day: dates, the items, and what is told of a fault, whole sentences in one language
"$soatin" init --place hai-phong --lang en >/dev/null
LANG=vi_VN.UTF-8 "$soatin" scan --replay "$day" >"$tmp/out" 2>"$tmp/err" || true
grep -qE '^[0-9.]+ nguồn, .*đánh dấu' "$tmp/out" || fail "the last line of a scan: $(cat "$tmp/out")"
LANG=vi_VN.UTF-8 "$soatin" scan --replay /nonexistent 2>"$tmp/err" && fail 'no fault'
holds "$tmp/err" 'không mở được /nonexistent'
in_language LANG=vi_VN.UTF-8 COLUMNS=100 -- "$soatin" queue
holds "$tmp/out" 'ưu tiên'
grep -qE 'làm rõ|bác bỏ|chuyển cơ quan' "$tmp/out" || fail 'no action in Vietnamese'
grep -qE '(còn|quá hạn) [0-9]+ (ngày|giờ|phút)' "$tmp/out" || fail 'no time left in Vietnamese'
in_language LANG=en_US.UTF-8 -- "$soatin" queue
grep -qE '[0-9]+ (d|h|min) (left|over)' "$tmp/out" || fail 'no time left in English'
in_language LANG=vi_VN.UTF-8 -- "$soatin" digest
holds "$tmp/out" '23/11/2026'
holds "$tmp/out" 'Hải Phòng'
in_language LANG=en_US.UTF-8 -- "$soatin" digest
holds "$tmp/out" '23 November 2026'
lacks "$tmp/out" '23/11/2026'
in_language LANG=vi_VN.UTF-8 -- "$soatin" show 1
holds "$tmp/out" 'Mục 1: '
holds "$tmp/out" '23/11/2026'
in_language LANG=en_US.UTF-8 -- "$soatin" show 1
holds "$tmp/out" 'Item 1: '
holds "$tmp/out" '2026-11-23'

# data is the same in every language
for form in --json --csv --tsv; do
	LANGUAGE=en "$soatin" queue $form >"$tmp/a"
	LANGUAGE=vi "$soatin" queue $form >"$tmp/b"
	same "$tmp/a" "$tmp/b"
done

# nothing said: the configuration's language, also where the command does not read it; C and C.UTF-8 say nothing
sed 's/^language: en/language: vi/' "$XDG_CONFIG_HOME/soatin/soatin.yaml" >"$tmp/vi.yaml"
in_language LANG=C.UTF-8 -- "$soatin" queue
holds "$tmp/out" 'prio.'
for lang in LANG= LANG=C LANG=C.UTF-8 LC_ALL=POSIX; do
	in_language $lang -- "$soatin" --config "$tmp/vi.yaml" queue
	holds "$tmp/out" 'ưu tiên'
	in_language $lang -- "$soatin" --config "$tmp/vi.yaml" limits
	vietnamese
	in_language $lang -- "$soatin" --config "$tmp/vi.yaml" queue --nonsense
	holds "$tmp/err" 'không có tùy chọn'
	in_language $lang -- "$soatin" --config "$tmp/vi.yaml" --help
	holds "$tmp/out" 'Các lệnh:'
done
in_language LANG=en_GB.UTF-8 -- "$soatin" --config "$tmp/vi.yaml" limits
english
