#!/bin/sh
# Pages as bad as can be, made on the spot: the text so far and a remark, within 64 MB and 2 s of CPU each; from files and in a scan.
. "$(dirname "$0")/lib.sh"
command -v python3 >/dev/null || skip "no python3"
unset MALLOC_PERTURB_ # it touches memory that the program does not
python3 "$src/tests/cli/bad_pages.py" "$soatin" "$tmp" || fail "bad pages"
