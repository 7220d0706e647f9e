#!/bin/sh
# A configuration or a list of sources that cannot be used: status 2, and one line that says where and what.
. "$(dirname "$0")/lib.sh"
mkdir -p "$XDG_CONFIG_HOME/soatin"
conf=$XDG_CONFIG_HOME/soatin/soatin.yaml

wrong() { # FILE-TEXT EXPECTED
	printf '%b' "$1" >"$conf"
	status 2 "$soatin" feeds list >"$tmp/out" 2>"$tmp/err"
	[ ! -s "$tmp/out" ] || fail "data was printed for: $1"
	[ "$(wc -l <"$tmp/err")" = 1 ] || fail "not one line for: $1"
	holds "$tmp/err" "soatin: $conf:$2"
}
wrong 'place: [hai-phong]\n' '1:1: unknown key "place"; did you mean "places"?'
wrong 'places: [hai-phong\nlanguage: vi\n' '2:9: "key: value" inside a list in brackets; is the closing bracket missing that belongs to line 1?'
wrong 'language: vi\nlanguage: en\n' '2:1: "language" stands here a second time; the first is in line 1'
wrong 'places:\n\t- hai-phong\n' '2:1: a tab cannot indent; use blanks'
wrong 'zone: 7\n' '1:7: "zone" must be hours and minutes as +07:00, not "7"'

printf 'feeds: [a.yaml, b.yaml]\n' >"$conf"
printf -- '- {id: x, name: X, url: https://x.example/, kind: blog}\n' >"$XDG_CONFIG_HOME/soatin/a.yaml"
cp "$XDG_CONFIG_HOME/soatin/a.yaml" "$XDG_CONFIG_HOME/soatin/b.yaml"
status 2 "$soatin" feeds list 2>"$tmp/err"
holds "$tmp/err" 'b.yaml:1:8: the id "x" is already taken, in '
holds "$tmp/err" 'a.yaml:1'
rm "$XDG_CONFIG_HOME/soatin/b.yaml"
status 2 "$soatin" feeds list 2>"$tmp/err"
holds "$tmp/err" 'cannot open'

# every key of the template is in the manual
for page in soatin-config soatin-feeds; do [ -f "$src/man/$page.5" ] || fail "no $page(5)"; done
"$soatin" --config "$tmp/all.yaml" init --place hai-phong >/dev/null
for key in $(sed -n 's/^#\{0,1\} \{0,2\}\([a-z_]*\):\( .*\)\{0,1\}$/\1/p' "$tmp/all.yaml"); do
	grep -q "Cm.*\b$key\b" "$src/man/soatin-config.5" || fail "soatin-config(5) lacks $key"
done
