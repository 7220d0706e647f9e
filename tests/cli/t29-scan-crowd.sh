#!/bin/sh
# Many feeds of 7 MB at once: none is lost, and neither the process that fetches nor a worker ever holds more than 64 MB.
. "$(dirname "$0")/lib.sh"
command -v python3 >/dev/null || skip "no python3"
unset MALLOC_PERTURB_ # it touches memory that the program does not
mkdir "$tmp/pad" "$tmp/text"
python3 "$src/tests/cli/large_scan.py" "$soatin" "$tmp/pad" pad 24 7 || fail 'feeds that hold little'
python3 "$src/tests/cli/large_scan.py" "$soatin" "$tmp/text" text 6 7 || fail 'feeds of long articles'
