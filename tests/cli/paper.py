"""paper.py DIR: a small paper on a loopback port, which it prints. What it answers is files, read anew at each request.

GET /NAME is answered with DIR/NAME. DIR/NAME.head, when there, holds the status in its first line and header lines after it (a redirect
needs no body). An ETag or Last-Modified among them makes a conditional request a 304. Lines that begin with "X-" are for this server:

X-Delay: SECONDS    the answer comes that much later
X-Wall: NAME=VALUE  who does not bring this cookie is given it and sent to the same address again

DIR/log gets a line of JSON for each request: path, headers (names in lower case), at (seconds) and busy (requests being answered from
that host name, this one included).
"""
import collections, http.server, json, os, sys, threading, time

home = sys.argv[1]
lock = threading.Lock()
busy = collections.Counter()


class Paper(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        asked = {k.lower(): v for k, v in self.headers.items()}
        host = asked.get("host")
        with lock:
            busy[host] += 1
            with open(home + "/log", "a") as log:
                log.write(json.dumps({"path": self.path, "headers": asked, "at": time.monotonic(), "busy": busy[host]}) + "\n")
        try:
            self.answer(asked, *self.look_up(self.path.split("?")[0].strip("/")))
        finally:
            with lock:
                busy[host] -= 1

    def look_up(self, name):
        """Status, header lines, own settings and body."""
        path, status, head, own, body = os.path.join(home, name), 404, [], {}, b""
        if os.path.isfile(path):
            status, body = 200, open(path, "rb").read()
        if os.path.isfile(path + ".head"):
            lines = open(path + ".head", encoding="latin-1").read().splitlines()
            status = int(lines[0])
            for line in lines[1:]:
                key, _, value = line.partition(": ")
                if key.startswith("X-"):
                    own[key] = value
                else:
                    head.append((key, value))
        return status, head, own, body

    def answer(self, asked, status, head, own, body):
        time.sleep(float(own.get("X-Delay", 0)))
        known = {"ETag": asked.get("if-none-match"), "Last-Modified": asked.get("if-modified-since")}
        wall = own.get("X-Wall")
        if wall and wall not in asked.get("cookie", ""):
            status, head, body = 302, [("Set-Cookie", wall + "; Path=/"), ("Location", self.path)], b""
        elif any(v == known.get(k) for k, v in head if k in known):
            status, body = 304, b""
        self.send_response(status)
        for key, value in head:
            self.send_header(key, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


server = http.server.ThreadingHTTPServer(("0.0.0.0", 0), Paper)
print(server.server_port, flush=True)
server.serve_forever()
