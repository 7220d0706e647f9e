#!/bin/sh
# Every file of the hostile corpus as its expected.json says, kind by kind and key by key: from the file, and what may reach a terminal,
# CSV, HTML and mail from two scans of all of them.
. "$(dirname "$0")/lib.sh"
need_shared hostile/corpus/expected.json
command -v python3 >/dev/null || skip "no python3"
unset MALLOC_PERTURB_ # it touches memory that the program does not
python3 "$src/tests/cli/corpus.py" "$soatin" "$shared/hostile/corpus" "$tmp" || fail "the corpus"
