#!/bin/sh
# A proxy, by the environment and by the configuration, which comes first: it resolves the names, may lie on a private address, is given
# its own password and no more; addresses that are themselves private are not asked through it; and when it fails, that is told.
. "$(dirname "$0")/lib.sh"
command -v openssl >/dev/null || skip 'no openssl'
mkdir "$tmp/www"
serve paper.py "$tmp/www"
paper=$port
printf '<rss version="2.0"><channel><title>t</title><item><title>Tin</title><link>http://bao.invalid/bai</link></item></channel></rss>' >"$tmp/www/feed"
printf '<html><head><title>Tin</title></head><body><article><h1>Tin</h1><p>%s</p></article></body></html>' "$(yes 'Lời văn của bài này đủ dài.' | head -n 20)" >"$tmp/www/bai"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout "$tmp/key" -out "$tmp/cert" 2>/dev/null
python3 -u "$src/tests/cli/fault_server.py" "$tmp/cert" "$tmp/key" >"$tmp/ports" 2>/dev/null &
for _ in $(seq 100); do [ -s "$tmp/ports" ] && break; sleep 0.05; done
read -r _ https <"$tmp/ports"
serve proxy.py "$tmp/log" "bao.invalid=$paper" "kin.invalid=$https"
proxy=http://127.0.0.1:$port
unset http_proxy https_proxy HTTPS_PROXY all_proxy ALL_PROXY no_proxy NO_PROXY
# follow ID URL [KEYS]
follow() { printf -- '- {id: %s, name: X, kind: blog, url: "%s"%s}\n' "$1" "$2" "${3:-}" >>"$tmp/f.yaml"; }
# scan STATUS [SETTING]: into a queue of its own; $tmp/err: what it said, $tmp/through: what the proxy was asked, $tmp/www/log: the paper
scan() {
	printf 'gap_ms: 0\nfeeds: [f.yaml]\nrules: [%s]\n%s\n' "$src/tests/cli/rule.yaml" "${2:-}" >"$tmp/c.yaml"
	rm -rf "$tmp/data"
	: >"$tmp/log"
	: >"$tmp/www/log"
	status "$1" "$soatin" --config "$tmp/c.yaml" scan --no-archive >"$tmp/out" 2>"$tmp/err"
	python3 -c 'import json, sys
for x in map(json.loads, open(sys.argv[1])): print(x["method"], x["target"], x["headers"].get("proxy-authorization", "-"))' "$tmp/log" | LC_ALL=C sort >"$tmp/through"
}
printf '%s\n' 'GET http://bao.invalid/bai -' 'GET http://bao.invalid/feed -' 'GET http://bao.invalid/robots.txt -' >"$tmp/all"

# a name that only the proxy knows, by the environment and by the configuration
follow bao http://bao.invalid/feed
scan 1
holds "$tmp/err" 'is not known (DNS)'
http_proxy=$proxy scan 0
same "$tmp/through" "$tmp/all"
holds "$tmp/out" '1 articles, 1 new'
all_proxy=$proxy scan 0
same "$tmp/through" "$tmp/all"
ALL_PROXY=$proxy scan 0
same "$tmp/through" "$tmp/all"
http_proxy=$proxy all_proxy=http://127.0.0.1:1 scan 0
same "$tmp/through" "$tmp/all"
HTTP_PROXY=$proxy scan 1 # a CGI client could set it
scan 0 "proxy: $proxy"
same "$tmp/through" "$tmp/all"
http_proxy=http://127.0.0.1:1 scan 0 "proxy: $proxy"
same "$tmp/through" "$tmp/all"
no_proxy=invalid scan 0 "proxy: $proxy"
same "$tmp/through" "$tmp/all"
http_proxy=$proxy no_proxy='other.org, .invalid' scan 1
[ ! -s "$tmp/through" ] || fail 'no_proxy'
http_proxy=$proxy NO_PROXY=invalid scan 1
[ ! -s "$tmp/through" ] || fail 'NO_PROXY'
holds "$tmp/err" 'is not known (DNS)'

# https through CONNECT: the certificate is the server's affair, not the proxy's
: >"$tmp/f.yaml"
follow kin https://kin.invalid/good/x
follow none https://none.invalid/x
https_proxy=$proxy HTTPS_PROXY=http://127.0.0.1:1 scan 1
printf '%s\n' 'CONNECT kin.invalid:443 -' 'CONNECT none.invalid:443 -' >"$tmp/want"
same "$tmp/through" "$tmp/want"
grep -q 'soatin: kin: .*(TLS)' "$tmp/err" || fail "$(cat "$tmp/err")"
grep -q 'soatin: none: .*proxy' "$tmp/err" || fail "$(cat "$tmp/err")"
HTTPS_PROXY=$proxy scan 1
same "$tmp/through" "$tmp/want"
http_proxy=$proxy scan 1
[ ! -s "$tmp/through" ] || fail 'http_proxy is not for https'

# its own password goes to it and no further, and is not shown
: >"$tmp/f.yaml"
follow bao http://bao.invalid/feed
follow none http://none.invalid/feed
scan 1 "proxy: http://nguoi:m%E1%BA%ADt@127.0.0.1:$port"
holds "$tmp/through" "GET http://bao.invalid/feed Basic $(printf 'nguoi:mật' | base64)"
lacks "$tmp/www/log" roxy-
[ "$(wc -l <"$tmp/err")" = 1 ] || fail "$(cat "$tmp/err")"
holds "$tmp/err" 'soatin: none: '
holds "$tmp/err" 502
scan 1 'proxy: http://nguoi:kin@127.0.0.1:1'
holds "$tmp/err" 'bao: http://bao.invalid/feed: no connection to bao.invalid by the proxy'
lacks "$tmp/err" kin

# the guard: what is itself private is not asked for, through a proxy either; only a source that may lies there
: >"$tmp/f.yaml"
i=0
for url in "http://127.0.0.1:$paper/feed" "http://localhost:$paper/feed" http://10.0.0.1/feed http://0x7f.1/feed 'http://[::1]/feed' http://169.254.169.254/feed; do
	i=$((i + 1))
	follow "in-$i" "$url"
done
scan 1 "proxy: $proxy"
[ "$(grep -c 'private address' "$tmp/err")" = $i ] || fail "$(cat "$tmp/err")"
[ ! -s "$tmp/through" ] || fail "asked through the proxy: $(cat "$tmp/through")"
[ ! -s "$tmp/www/log" ] || fail 'asked past the proxy'
: >"$tmp/f.yaml"
printf '302\nLocation: http://127.0.0.1:%s/feed\n' "$paper" >"$tmp/www/in.head"
follow led http://bao.invalid/in
scan 1 "proxy: $proxy"
holds "$tmp/err" 'private address'
[ "$(cat "$tmp/through")" = 'GET http://bao.invalid/in -' ] || fail "$(cat "$tmp/through")"
