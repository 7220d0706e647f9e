#!/usr/bin/env python3
"""corpus.py SOATIN CORPUS DIR: each case of CORPUS/expected.json, and all feeds of it through two scans to the queue and the digest.

A key of expected.json that is not asserted here fails the test. CPU seconds and megabytes are those of the program and its workers.
"""
import csv, email, email.policy, http.server, io, json, os, pty, re, shutil, subprocess, sys, threading

soatin, corpus, home = sys.argv[1:4]
cases = json.load(open(corpus + "/expected.json", encoding="utf-8"))["cases"]
sanitized = b"__asan_init" in open(soatin, "rb").read()
errors = []
REASONS = {"empty": "empty", "not_a_feed": "not a feed", "doctype": "own DTD", "limit": "limit|too deep"}
PLACES = {"Quảng Ninh": "quang-ninh"}
ENV = dict(os.environ, NO_COLOR="1", COLUMNS="200", no_proxy="127.0.0.1")


class Run:
    """A command with what it printed, its status, and what it cost."""

    def __init__(self, *args, data=b""):
        out, err = open(home + "/out", "w+b"), open(home + "/err", "w+b")
        p = subprocess.Popen([soatin, *args], stdin=subprocess.PIPE, stdout=out, stderr=err, env=ENV)
        try:
            p.stdin.write(data)
            p.stdin.close()
        except BrokenPipeError:
            pass
        _, code, used = os.wait4(p.pid, 0)
        p.returncode = self.status = os.waitstatus_to_exitcode(code)
        self.seconds, self.mb = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
        self.out, self.err = [f.seek(0) or f.read().decode("utf-8", "strict") for f in (out, err)]


def on_terminal(*args):
    """The bytes a terminal is sent."""
    seen = []

    def read(fd):
        data = os.read(fd, 65536)
        seen.append(data)
        return b""

    old, os.environ["NO_COLOR"], os.environ["COLUMNS"] = os.dup(1), "1", "200"
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    try:
        pty.spawn([soatin, *args], read, lambda fd: b"")
    finally:
        os.dup2(old, 1)
        os.close(old)
        os.close(null)
    return b"".join(seen).replace(b"\r\n", b"\n")


def opened(*args):
    """The names of the files the program opened."""
    subprocess.run(["strace", "-qq", "-f", "-e", "trace=open,openat", "-o", home + "/trace", soatin, *args], stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL, env=ENV)
    return open(home + "/trace", errors="replace").read()


def check(name, want):
    path, kind = corpus + "/" + name, want["kind"]
    command = {"feed": ["feeds", "show", "--json"], "page": ["read", "--as", "page"], "warc": ["read"]}[kind]
    plain = {"feed": ["feeds", "show"], "page": ["read", "--as", "page"], "warc": ["read"]}[kind]
    r = Run(*command, path)
    bad = lambda what: errors.append("%s: %s (status %d, %.2f s, %.0f MB): %s" % (name, what, r.status, r.seconds, r.mb, r.err[:300]))
    refused, lines = r.status not in (0, 1), r.err.splitlines()
    if not refused:
        docs = [json.loads(l) for l in r.out.splitlines()]
        articles = docs[0]["entries"] if kind == "feed" else docs
    else:
        articles = []
        if r.out or len(lines) != 1 or name not in lines[0]:
            bad("a refusal is one line that names the file")
    titles = [a.get("title") or "" for a in articles]
    shown = None

    def terminal():
        nonlocal shown
        shown = shown if shown is not None else on_terminal(*plain, path)
        return shown

    for key, v in want.items():
        ok = {
            "kind": lambda: True,
            "note": lambda: True,
            "http": lambda: True,  # its coding is found without the header, too
            "outcome": lambda: {"keep": not refused and articles, "refuse": refused, "keep_or_refuse": True,
                                "partial": not refused and articles and lines or name == "t_truncated.gz" and refused}[v],
            "reason": lambda: not refused or re.search(REASONS[v], r.err),
            "max_s": lambda: sanitized or r.seconds <= v,
            "max_rss_mb": lambda: sanitized or r.mb <= v,
            "items": lambda: len(articles) == v,
            "items_min": lambda: len(articles) >= v,
            "titles": lambda: set(map(nfc, v)) <= set(map(nfc, titles)) and (want["outcome"] == "partial" or len(v) == len(titles)),
            "titles_any": lambda: any(t in titles for t in v),
            "title_contains": lambda: all(any(t in x for x in titles) for t in v),
            "title_single_line": lambda: all(not re.search(r"[\r\n\x85\u2028\u2029]", t) for t in titles),
            "text_contains": lambda: all(t in Run("read", "--as", "page", "--why", path).out for t in v),  # one short line is no article, but read
            "valid_utf8_out": lambda: "\ufffd" in r.out,  # and r.out was decoded strictly
            "never_decoded_as": lambda: all(v not in t for t in titles),
            "warn": lambda: {"truncated": "cut short" in r.err}[v],
            "never_bytes_tty": lambda: all(bytes.fromhex(x) not in terminal() for x in v),
            "never_text_tty": lambda: all(x.encode() not in terminal() for x in v),
            "never_text": lambda: all(x not in r.out for x in v),
            "never_link": lambda: all(not (a.get("url") or "").startswith(x) for a in articles for x in v),
            "never_open": lambda: not shutil.which("strace") or sanitized or not any('"%s"' % x in opened(*command, path) for x in v),
            "match": lambda: any(m["place"] == PLACES[v] for a in matched(path) for m in a["mentions"]),
            "never_mail_header": lambda: True,  # these by the scans below
            "csv_cell_never_starts": lambda: True,
            "never_html_mail": lambda: True,
        }.get(key)
        if not ok:
            bad("nobody asserts its key %s" % key)
        elif not ok():
            bad("%s: %s" % (key, json.dumps(v, ensure_ascii=False)))
    if re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", terminal()):
        bad("a control character on a terminal")


def nfc(s):
    import unicodedata
    return unicodedata.normalize("NFC", s)


def matched(path):
    return [json.loads(l) for l in Run("match", data=Run("read", "--as", "feed", path).out.encode()).out.splitlines()]


class Server(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        name = self.path.strip("/")
        body = open(corpus + "/" + name, "rb").read() if name in cases else b""
        body = body.replace(b"http://127.0.0.1/a<", b"http://127.0.0.1/%s<" % name.encode())  # all files have the same address
        self.send_response(200 if body else 404)
        self.send_header("Content-Length", str(len(body)))
        for k, v in cases.get(name, {}).get("http", {}).items():
            self.send_header(k, v)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *a):
        pass


def scans():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    names = [n for n, c in sorted(cases.items()) if c["kind"] == "feed" and not c["outcome"] == "refuse"]
    with open(home + "/feeds.yaml", "w") as f:
        for n in names:
            f.write('- {id: %s, name: "%s", kind: blog, pages: false, allow_private: true, url: "http://127.0.0.1:%d/%s"}\n' % (
                n.replace("_", "-").replace(".", "-"), n, server.server_port, n))
    with open(home + "/rules.yaml", "w") as f:
        f.write("""- id: quan-tam.moi-tin
  title: Mọi tin của bộ thử
  action: monitor
  status: live
  owner: Bộ thử
  created: 2026-11-22
  review_by: 2027-05-22
  weight: 30
  due: 4h
  why: Để mọi tin vào hàng đợi.
  do: Không làm gì.
  false_positives: [không có]
  terms:
    any: {words: [Quảng Ninh, HYPERLINK, Hạ Long]}
  when: any
  tests:
    - {hit: 'Tin về Hạ Long.'}
    - {miss: 'Tin khác.'}
""")
    with open(home + "/c.yaml", "w") as f:
        f.write("places: [quang-ninh]\nlanguage: vi\ngap_ms: 0\nfeeds: [feeds.yaml]\nrules: [rules.yaml]\n"
                "mail: {from: a@tinh.example, to: [b@tinh.example], smtp: 'smtp://127.0.0.1:9'}\n")
    at = ["--config", home + "/c.yaml", "--queue", home + "/queue.db"]
    first = Run(*at, "scan")
    queue = Run(*at, "queue", "--all", "--json").out
    items = [json.loads(l) for l in queue.splitlines()]
    if first.status not in (0, 1) or len(items) < 5:
        errors.append("scan: status %d, %d items: %s" % (first.status, len(items), first.err[:600]))
    Run(*at, "scan")
    if Run(*at, "queue", "--all", "--json").out.count("\n") != len(items):
        errors.append("a second scan made other items")
    rows = list(csv.reader(io.StringIO(Run(*at, "queue", "--all", "--csv").out)))
    starts = tuple(cases["o_formula.csv.xml"]["csv_cell_never_starts"])
    if not any("HYPERLINK" in c for row in rows for c in row):
        errors.append("csv: the formulas are not in it")
    errors.extend("csv: a cell starts as a formula: %s" % c for row in rows for c in row if c.startswith(starts))
    mime = Run(*at, "digest", "--since", "30d", "--mime").out
    mail = email.message_from_string(mime, policy=email.policy.default)
    html = Run(*at, "digest", "--since", "30d", "--html").out
    parts = [p.get_content() for p in mail.walk() if p.get_content_type() == "text/html"]
    if "thân thư" not in html or not parts:
        errors.append("digest: what it should hold is missing")
    if cases["o_crlf_title.xml"]["never_mail_header"] in mail or re.search("(?m)^Bcc:", mime):
        errors.append("mail: a header by a title")
    for bad in cases["o_html_mail.xml"]["never_html_mail"]:
        errors.extend("html: %s" % bad for x in [html, *parts] if bad in x)
    if re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", on_terminal(*at, "queue", "--all")):
        errors.append("queue: a control character on a terminal")


for name, want in sorted(cases.items()):
    check(name, want)
scans()
print("\n".join(errors))
sys.exit(bool(errors))
