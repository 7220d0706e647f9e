#!/usr/bin/env python3
"""bad_pages.py SOATIN DIR: pages as bad as can be, each read from its file and, the same ones, in a scan.

Each page begins with an article; that must be in `text` whatever follows, with the remark that is named, the status that goes with
it, at most 64 MB of memory and 2 s of CPU.
"""
import gzip, http.server, json, os, shutil, subprocess, sys, threading

sys.dont_write_bytecode = True
import watch

soatin, home = sys.argv[1:3]
LEAD = "Chiều 21/11, mực nước sông Cầu tại trạm Đáp Cầu lên mức báo động ba, tỉnh đã cho di dời 120 hộ dân ở bãi ngoài đê."
MORE = "Theo Ban Chỉ huy phòng thủ dân sự, các tuyến đê vẫn an toàn, lực lượng xung kích được chia làm ba ca, trực suốt đêm."
HEAD = "<html lang=vi><head><title>Nước lên nhanh</title></head><body><h1>Nước lên nhanh</h1><div><p>%s</p><p>%s</p>" % (LEAD, MORE)
SECRET = "Chữ này không ai đọc, dù dài đến đâu, cũng không được vào bài, kể cả khi trang bị cắt."
M = 1000000
MB64, CPU = 65536, 2.0

# name: what follows the article and how often, the remark, the status; all made piece by piece, since a child counts its parent's memory
PAGES = {
    "nothing": (" " * 1000, 100000, "PAGE_CUT", 1),
    "zeros": ("\0" * 1000, 100000, "PAGE_CUT", 1),
    "text": ("<p>%s</p>" % MORE, 60000, "PAGE_CUT", 1),
    "one-line": ("Nước lên, dân chạy. ", 500000, "PAGE_CUT", 1),
    "links": ("<a>", M, "MARKUP_NODES", 1),
    "links-long": ("<a href=/x>y</a>", M, "PAGE_CUT", 1),
    "brackets": ("<", 8 * M, "MARKUP_TEXT", 1),
    "breaks": ("<br>", 2 * M, "MARKUP_NODES", 1),
    "comment": ("<!-- <p>%s</p>" % SECRET, 1, "MARKUP_ENDS", 0),
    "comment-long": ("<!-- " + "x" * 1000, 7000, "MARKUP_ENDS", 0),
    "comments": ("<!--", 2 * M, "MARKUP_ENDS", 0),
    "script": ("<script>document.write('%s')" % SECRET, 1, "MARKUP_ENDS", 0),
    "style": ("<style>" + SECRET, 10000, "MARKUP_ENDS", 0),
    "cut-tag": ("<p>Mưa còn lớn.</p><div class=\"bai-vi", 1, "MARKUP_ENDS", 0),
    "cut-text": ("<div><p>Mưa còn lớn trong", 1, "MARKUP_ENDS", 0),
    "deep": ("<div>", 100000, "MARKUP_FLATTENED", 0),
    "deep-hidden": ("<div hidden><p>%s</p>" % SECRET, 30000, "MARKUP_FLATTENED", 0),
    "deep-inline": ("<b><i><span>", 100000, "MARKUP_FLATTENED", 0),
    "deep-tables": ("<table><tr><td>", 100000, "MARKUP_FLATTENED", 0),
    "attributes": ("<div %s></div>" % " ".join("a%d=%d" % (i, i) for i in range(100000)), 1, "MARKUP_ATTRIBUTES", 0),
    "attribute-long": ("<div class=\"%s\"></div>" % ("x " * M), 3, "MARKUP_ATTRIBUTES", 0),
    "quotes": ("<a b=\"", M, "MARKUP_NODES", 1),
    "references": ("&#x", 2 * M, "MARKUP_TEXT", 1),
}


def write_pages():
    for name, (piece, times, _, _) in PAGES.items():
        with open("%s/%s.html" % (home, name), "w", encoding="utf-8") as f:
            f.write(HEAD)
            for _ in range(times):
                f.write(piece)
    with open(home + "/nothing.html", "rb") as f, gzip.open(home + "/bomb.html.gz", "wb", 1) as g:
        shutil.copyfileobj(f, g)
    PAGES["bomb"] = ("", 0, "PAGE_CUT", 1)
    whole = gzip.compress((HEAD + ("<p>%s</p>" % MORE) * 20).encode())
    open(home + "/gzip-cut.html.gz", "wb").write(whole[:-12])
    PAGES["gzip-cut"] = ("", 0, "PAGE_CUT", 1)


def path_of(name):
    packed = "%s/%s.html.gz" % (home, name)
    return packed if os.path.exists(packed) else "%s/%s.html" % (home, name)


def check_article(where, a, remark, errors):
    text = a.get("text") or ""
    if not text.startswith(LEAD) or MORE not in text:
        errors.append("%s: text is %r" % (where, text[:200]))
    if SECRET[:40] in text:
        errors.append("%s: what nobody sees is in the text" % where)
    if remark not in " ".join(a.get("remarks", [])):
        errors.append("%s: remarks are %s" % (where, a.get("remarks")))


def read_files(errors):
    for name, (_, _, remark, status) in PAGES.items():
        out = open(home + "/out", "wb")
        p = subprocess.Popen([soatin, "read", "--as", "page", path_of(name)], stdout=out, stderr=subprocess.DEVNULL)
        _, code, used = os.wait4(p.pid, 0)
        p.returncode = os.waitstatus_to_exitcode(code)
        lines = open(home + "/out", encoding="utf-8").read().splitlines()
        if p.returncode != status:
            errors.append("%s: status %d, not %d" % (name, p.returncode, status))
        if used.ru_maxrss > MB64 or used.ru_utime + used.ru_stime > CPU:
            errors.append("%s: %d KB, %.2f s" % (name, used.ru_maxrss, used.ru_utime + used.ru_stime))
        if len(lines) != 1:
            errors.append("%s: %d articles" % (name, len(lines)))
        else:
            check_article(name, json.loads(lines[0]), remark, errors)


class Server(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        name = self.path.strip("/")
        self.send_response(200 if name == "feed" or name in PAGES else 404)
        if name == "feed":
            base = "http://127.0.0.1:%d/" % self.server.server_port
            body = ("<rss version='2.0'><channel><title>t</title>%s</channel></rss>" % "".join(
                "<item><title>%s</title><link>%s%s</link></item>" % (n, base, n) for n in PAGES)).encode()
        elif name in PAGES:
            path = path_of(name)
            body = open(path, "rb").read(16 * M)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if path.endswith(".gz"):
                self.send_header("Content-Encoding", "gzip")
        else:
            body = b""
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:  # the client has had enough
            pass

    def log_message(self, *args):
        pass


def scan(errors):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with open(home + "/feeds.yaml", "w") as f:
        f.write("- {id: bad, name: Bad, kind: blog, url: 'http://127.0.0.1:%d/feed', allow_private: true}\n" % server.server_port)
    with open(home + "/config.yaml", "w") as f:
        f.write("gap_ms: 0\nfeeds: [feeds.yaml]\n")
    env = dict(os.environ, no_proxy="127.0.0.1")
    env.pop("SOATIN_NOW", None)
    p = watch.Watched([soatin, "--config", home + "/config.yaml", "scan", "--articles"], env=env)
    print("in a scan: %d MB the process that fetches, %d MB a worker" % (p.own >> 10, p.child >> 10))
    if p.own > MB64 or p.child > MB64 + 8192:  # a worker begins with what the other one had loaded
        errors.append("scan: %d KB the process that fetches, %d KB a worker" % (p.own, p.child))
    server.shutdown()
    if p.status != 1:
        errors.append("scan: status %d: %s" % (p.status, p.err.decode()[-600:]))
    got = {}
    for line in p.out.decode("utf-8").splitlines():
        a = json.loads(line)
        if a.get("text"):
            got[a["title"]] = a
    for name, (_, _, remark, _) in PAGES.items():
        if name in got:
            check_article("scan: " + name, got[name], remark, errors)
        else:
            errors.append("scan: %s: no text" % name)


def main():
    errors = []
    write_pages()
    read_files(errors)
    scan(errors)
    for e in errors:
        print("FAIL", e)
    sys.exit(1 if errors else 0)


main()
