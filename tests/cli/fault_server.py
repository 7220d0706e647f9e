"""Loopback servers for the fault tests: fault_server.py [CERT KEY]. Prints the ports, http then https, on one line.
/good/NAME serves a feed of three entries that flag; every other first part of the path is a way to fail."""
import http.server
import ssl
import sys
import threading
import time

ITEM = ("<item><title>Tin khẩn chưa kiểm chứng: vỡ đê ở Hải Phòng, %s số %d</title><link>http://127.0.0.1/%s/%d.html</link>"
        "<guid>%s-%d</guid><pubDate>Mon, 23 Nov 2026 06:0%d:00 +0700</pubDate><content:encoded><![CDATA[<p>Tin khẩn chưa kiểm "
        "chứng: vỡ đê ở Hải Phòng, dân phải di dời ngay, theo lời kể %s số %d trên mạng.</p>]]></content:encoded></item>")


def feed(name):
    items = "".join(ITEM % (name, i, name, i, name, i, i, name, i) for i in range(3))
    return ('<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
            "<channel><title>%s</title><link>http://127.0.0.1/</link>%s</channel></rss>" % (name, items)).encode()


class Faults(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, body, status=200, kind="application/rss+xml", length=None, more={}):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.send_header("Connection", "close")
        for key, value in more.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True

    def do_GET(self):
        how, name = (self.path.split("/") + ["", ""])[1:3]
        whole = feed(name)
        print(self.path, file=sys.stderr, flush=True)  # who asks what
        if how == "good":
            self.answer(whole)
        elif how == "calm":  # may be kept for an hour
            self.answer(whole, more={"Cache-Control": "max-age=3600"})
        elif how == "slow":  # long enough to be interrupted
            time.sleep(3)
            self.answer(whole)
        elif how == "status":
            self.answer(b"no", int(name))
        elif how == "empty":
            self.answer(b"")
        elif how == "blank":
            self.answer(b" \r\n\r\n ")
        elif how == "html":
            self.answer(b"<!DOCTYPE html><html><head><title>Trang</title></head><body><p>Xin ch\xc3\xa0o</p></body></html>",
                        kind="text/html; charset=utf-8")
        elif how == "short":  # fewer bytes than promised
            self.answer(whole[: len(whole) // 2], length=len(whole))
        elif how == "cut":  # whole as a transfer, cut inside as a feed
            self.answer(whole[: whole.rfind(b"<item>") + 30])
        elif how == "drop":
            self.close_connection = True
        elif how == "noise":
            self.answer(bytes(range(256)) * 8)
        elif how == "loop":
            self.send_response(302)
            self.send_header("Location", self.path)
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self.answer(b"unknown", 404, "text/plain")

    def log_message(self, *args):
        pass


def serve(context=None):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Faults)
    server.daemon_threads = True
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


def main():
    ports = [serve()]
    if len(sys.argv) > 2:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[1], sys.argv[2])
        ports.append(serve(context))
    print(*ports, flush=True)
    threading.Event().wait()


main()
