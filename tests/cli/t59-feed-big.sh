#!/bin/sh
# Feeds larger than the limits: the first entries, a word about the rest, and memory that stays flat.
. "$(dirname "$0")/lib.sh"
command -v python3 >/dev/null || skip "no python3"
unset MALLOC_PERTURB_ # it touches memory that the program does not
python3 "$src/tests/cli/big_feeds.py" "$soatin" "$tmp" || fail 'big feeds'
