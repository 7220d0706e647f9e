#!/bin/sh
# pager: on a terminal a list is shown from its beginning, by $PAGER, else by less, else as it is; nowhere else, and the exit status,
# the width and the colours stay those of the terminal.
. "$(dirname "$0")/lib.sh"
"$soatin" init --place hai-phong --lang en >/dev/null
"$soatin" scan --replay "$day" >/dev/null 2>&1 || true
unset PAGER LESS
export TERM=xterm
# terminal ROWS KEYS COMMAND…: what it prints on a terminal of 80 columns where somebody types KEYS; its status is that of the command
cat >"$tmp/terminal.py" <<'END'
import fcntl, os, pty, struct, sys, termios, time, select
rows, keys, argv = int(sys.argv[1]), sys.argv[2].encode(), sys.argv[3:]
pid, fd = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, 80, 0, 0))
    os.execvp(argv[0], argv)
out, until = b"", time.monotonic() + 20
while time.monotonic() < until:
    if not select.select([fd], [], [], 0.2)[0]:
        if keys and out: # it waits
            os.write(fd, keys[:1])
            keys = keys[1:]
        continue
    try:
        got = os.read(fd, 65536)
    except OSError:
        break
    if not got:
        break
    out += got
sys.stdout.buffer.write(out)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
END
terminal() { python3 "$tmp/terminal.py" "$@"; }

# a pager of one's own; not for data, nor where standard output is no terminal
PAGER='sed s/^/P:/' terminal 50 '' "$soatin" queue >"$tmp/out"
holds "$tmp/out" 'P:'
grep -q "$(printf '\033')\[1m1" "$tmp/out" || fail 'no colour'
tr -d '\r' <"$tmp/out" | sed 's/^P://; s/\x1b\[[0-9;]*m//g' >"$tmp/text"
COLUMNS=80 "$soatin" queue >"$tmp/plain"
same "$tmp/plain" "$tmp/text"
PAGER='sed s/^/P:/' "$soatin" queue >"$tmp/out"
lacks "$tmp/out" 'P:'
for none in '' cat; do
	PAGER=$none terminal 5 '' "$soatin" queue >"$tmp/out" # it would wait for a key
	tr -d '\r' <"$tmp/out" | sed 's/\x1b\[[0-9;]*m//g' >"$tmp/text"
	same "$tmp/plain" "$tmp/text"
done
# less would ask for a key first
PAGER='sed s/^/P:/' terminal 50 '' env TERM=dumb "$soatin" queue >"$tmp/out"
lacks "$tmp/out" 'P:'
PAGER='sed s/^/P:/' terminal 50 '' env -u TERM "$soatin" queue >"$tmp/out"
lacks "$tmp/out" 'P:'
PAGER='exit 3' status 0 terminal 50 '' "$soatin" queue -n 1 >/dev/null # the pager's end is not the command's
PAGER='sed s/^/P:/' status 2 terminal 50 '' "$soatin" rules explain --rule no.rule x >/dev/null

# no less: the text is there all the same
mkdir "$tmp/bin"
terminal 5 '' env PATH="$tmp/bin" "$soatin" queue >"$tmp/out"
tr -d '\r' <"$tmp/out" | sed 's/\x1b\[[0-9;]*m//g' >"$tmp/text"
same "$tmp/plain" "$tmp/text"
command -v less >/dev/null || skip 'no less'
terminal 50 '' "$soatin" queue -n 3 >"$tmp/out" # what fits is printed, and it ends
lacks "$tmp/out" '[q] enough'
terminal 12 q "$soatin" queue >"$tmp/out"
holds "$tmp/out" '[space] more, [q] enough'
holds "$tmp/out" 'no.'
