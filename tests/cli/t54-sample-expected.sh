#!/bin/sh
# The recorded day gives what was expected of it, and its file is what its readable sources say.
. "$(dirname "$0")/lib.sh"
python3 "$src/feeds/sample/pack" --check >"$tmp/pack" || { cat "$tmp/pack"; fail 'feeds/sample/pack --check'; }
"$soatin" init --place hai-phong >/dev/null
status 1 "$soatin" scan --replay "$day" --articles >"$tmp/articles" 2>"$tmp/err"
python3 "$src/tests/cli/sample_expected.py" "$src/feeds/sample/expected.tsv" "$tmp/articles" "$tmp/err" || fail 'the day differs from what was expected'
