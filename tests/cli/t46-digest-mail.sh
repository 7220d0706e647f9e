#!/bin/sh
# digest --mail: against a real mail server on loopback: sent once, sent again when asked, a refusal told by name, a server that says
# "later" served later by the same mail, and only to whom it lacks.
. "$(dirname "$0")/lib.sh"
unset LANGUAGE
need_shared hostile/smtp_sink.py
/usr/bin/python3 -c 'import aiosmtpd' 2>/dev/null || skip "python3-aiosmtpd is not installed"

mkdir -p "$XDG_CONFIG_HOME/soatin" "$tmp/mail"
/usr/bin/python3 "$shared/hostile/smtp_sink.py" "$tmp/mail" >"$tmp/port" &
left=150 # times 0.2 s: a busy machine starts Python slowly
while [ ! -s "$tmp/port" ] && [ "$left" -gt 0 ]; do
	sleep 0.2
	left=$((left - 1))
done
port=$(sed 's/[^0-9]//g' "$tmp/port")
[ -n "$port" ] || fail "the mail server did not start"
config() {
	cat >"$XDG_CONFIG_HOME/soatin/soatin.yaml" <<-END
		places: [hai-phong]
		language: vi
		mail:
		  from: soat-tin@tinh.example
		  to: [$1]
		  smtp: smtp://127.0.0.1:$port
	END
}
mails() { find "$tmp/mail" -name '*.eml' | wc -l; }
check() { /usr/bin/python3 "$src/tests/unit/check_mail.py" "$@" || fail "mail $1 has defects"; }
id_of() { sed -n 's/^Message-ID: //p' "$1"; }

config "a@tinh.example, b@tinh.example"
status 1 "$soatin" scan --replay "$day" >/dev/null 2>&1 # some sources of that day fail

# silent when it works; nothing printed
"$soatin" digest --mail >"$tmp/out" 2>&1
[ ! -s "$tmp/out" ] || fail "not silent: $(cat "$tmp/out")"
[ "$(mails)" = 1 ] || fail "$(mails) mails"
check "$tmp/mail/1.eml"
holds "$tmp/mail/1.eml" "X-Sink-Rcpt: a@tinh.example, b@tinh.example"

# the second time: a word, no mail; --again: another mail with another id
"$soatin" digest --mail >"$tmp/out" 2>&1
[ -s "$tmp/out" ] || fail "that it was sent is not told"
[ "$(mails)" = 1 ] || fail "sent twice"
"$soatin" digest --mail --again
[ "$(mails)" = 2 ] || fail "--again did not send"
[ "$(id_of "$tmp/mail/1.eml")" != "$(id_of "$tmp/mail/2.eml")" ] || fail "same id again"

# one of two refused for good: 1, named; the other has it
config "c@tinh.example, reject@tinh.example"
status 1 "$soatin" digest --mail 2>"$tmp/err"
holds "$tmp/err" "reject@tinh.example"
holds "$tmp/err" "550"
holds "$tmp/mail/3.eml" "X-Sink-Rcpt: c@tinh.example"

# all refused for good: 2
status 2 "$soatin" digest --mail --to reject@tinh.example 2>/dev/null

# later: 69 and nothing sent; the same again stays the same mail
config "tempfail@tinh.example"
status 69 "$soatin" digest --mail 2>"$tmp/err"
holds "$tmp/err" "451"
[ "$(mails)" = 3 ] || fail "a mail although 451"

# one served, one told to come later; then only the latter is asked again
config "d@tinh.example, tempfail@tinh.example"
status 1 "$soatin" digest --mail 2>/dev/null
[ "$(mails)" = 4 ] || fail "not sent to the one who could be served"
status 69 "$soatin" digest --mail 2>/dev/null
[ "$(mails)" = 4 ] || fail "sent twice to the one who was served"

# no server: begun, not sent; when it is back, the mail that was begun goes out
config "e@tinh.example"
sed -i "s/:$port/:9/" "$XDG_CONFIG_HOME/soatin/soatin.yaml"
status 69 "$soatin" digest --mail 2>/dev/null
begun=$(sqlite3 "$XDG_DATA_HOME/soatin/queue.db" "SELECT message_id FROM mail WHERE key LIKE '% e@tinh.example'")
config "e@tinh.example"
"$soatin" digest --mail
[ "$(id_of "$tmp/mail/5.eml" | tr -d '\r')" = "<$begun>" ] || fail "another Message-ID than the one begun"

# nothing to tell: a short mail, or none when asked
(
	export XDG_DATA_HOME="$tmp/empty"
	"$soatin" digest --mail --quiet-if-empty >"$tmp/out" 2>&1
	[ ! -s "$tmp/out" ] || fail "quiet, but said: $(cat "$tmp/out")"
	[ "$(mails)" = 5 ] || fail "an empty digest although quiet"
	"$soatin" digest --mail
	[ "$(mails)" = 6 ] || fail "no short digest"
)
check "$tmp/mail/6.eml"

# no configuration, no address
sed -i '/smtp:/d' "$XDG_CONFIG_HOME/soatin/soatin.yaml"
status 2 "$soatin" digest --mail 2>"$tmp/err"
holds "$tmp/err" "smtp"
status 2 "$soatin" digest --mail --to 'x@y
Bcc: z@w' 2>/dev/null
