#!/bin/sh
# digest --mail: what keeps a mail from going out is told in the reader's language, and what to do.
. "$(dirname "$0")/lib.sh"
mkdir -p "$XDG_CONFIG_HOME/soatin"
server() { # ADDRESS
	cat >"$XDG_CONFIG_HOME/soatin/soatin.yaml" <<-END
		places: [hai-phong]
		mail:
		  from: soat-tin@tinh.example
		  to: [a@tinh.example]
		  smtp: $1
	END
}
server smtp://127.0.0.1:1
status 1 "$soatin" scan --replay "$day" >/dev/null 2>&1
LANGUAGE=vi status 69 "$soatin" digest --mail 2>"$tmp/err"
holds "$tmp/err" 'chưa gửi được thư: không kết nối được tới máy chủ thư; chạy lại lệnh này sau'
server smtp://mail.invalid:25
LANGUAGE=en status 69 "$soatin" digest --mail 2>"$tmp/err"
holds "$tmp/err" 'mail not sent: the name of the mail server is not known (DNS); run the command again later'
