#!/bin/sh
# The examples of the manual work as they stand there: who writes a first rule or source copies one.
. "$(dirname "$0")/lib.sh"
man=$src/man
plain() { sed "s/\\\\(aq/'/g; s/\\\\e/\\\\/g"; }
block() { awk -v n="$2" '/^\.Bd/ {on = ++k == n; next} /^\.Ed/ {on = 0} on' "$1" | plain; } # PAGE WHICH
lines() { sed -n "s/^\.Dl \($2\)/\1/p" "$1" | plain; } # PAGE BEGINNING
"$soatin" init --place hai-phong --lang en >/dev/null
conf=$XDG_CONFIG_HOME/soatin

# a rule with its tests
block "$man/soatin-rules.5" 1 >"$tmp/rule.yaml"
holds "$tmp/rule.yaml" '- id: thien-tai.vo-dap'
status 0 "$soatin" rules check "$tmp/rule.yaml" >"$tmp/out" 2>"$tmp/err"
holds "$tmp/out" 'rules: 1, tests: 3, failed: 0'

# mutes, as a file and as a command
block "$man/soatin-rules.5" 2 >"$conf/mutes.yaml"
"$soatin" rules mute --csv >"$tmp/out"
holds "$tmp/out" 'thien-tai.vo-dap,bao-hai-phong,2026-12-31'
rm "$conf/mutes.yaml"
soatin() { "$soatin" "$@"; }
lines "$man/soatin-rules.1" '\$ soatin rules mute .*' | sed 's/^\$ //' >"$tmp/command"
[ -s "$tmp/command" ] || fail 'no command that mutes'
# shellcheck source=/dev/null
. "$tmp/command" 2>"$tmp/err"
holds "$tmp/err" 'is muted until 2026-12-31'

# a source; and every key of one
block "$man/soatin-feeds.5" 1 >"$tmp/feeds.yaml"
"$soatin" feeds list --feeds "$tmp/feeds.yaml" --csv >"$tmp/out"
holds "$tmp/out" 'bao-hai-phong'
lines "$man/soatin-feeds.5" '[a-z_]*: .*' | awk -F: '!seen[$1]++' | # of two examples of a key the first
	sed 's/^kind: .*/kind: search/; s/^/  /; 1s/^  /- /' >"$tmp/every.yaml"
"$soatin" feeds list --feeds "$tmp/every.yaml" --json >"$tmp/out"
holds "$tmp/out" '"id":"vnexpress-thoi-su"'

# every key of the configuration
{ lines "$man/soatin-config.5" '[a-z_]*: .*' | grep -vE '^(feeds|rules|own_places):' && block "$man/soatin-config.5" 1; } >"$tmp/every-conf.yaml"
status 0 "$soatin" --config "$tmp/every-conf.yaml" feeds list --feeds "$tmp/feeds.yaml" >"$tmp/out"
block "$man/soatin-config.5" 2 >"$tmp/short.yaml"
status 0 "$soatin" --config "$tmp/short.yaml" feeds list >"$tmp/out"

# an article
block "$man/soatin-article.5" 1 | tr -d '\n' | "$soatin" match >"$tmp/out"
holds "$tmp/out" '"id":"0f1e2d3c4b5a6978"'
