"""proxy.py LOG NAME=PORT…: a small forward proxy on a loopback port, which it prints.

It knows the given names, each a port of 127.0.0.1; every other host is a 502. LOG gets a line of JSON for each request: method, target
and headers (names in lower case). CONNECT leads to the same ports, whatever port is asked for.
"""
import http.client, http.server, json, select, socket, sys

names = dict(x.split("=") for x in sys.argv[2:])


class Proxy(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def note(self):
        with open(sys.argv[1], "a") as log:
            log.write(json.dumps({"method": self.command, "target": self.path, "headers": {k.lower(): v for k, v in self.headers.items()}}) + "\n")

    def do_GET(self):
        self.note()
        host, _, path = self.path.removeprefix("http://").partition("/")
        port = names.get(host.split(":")[0])
        if not port:
            self.send_response(502)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        way = http.client.HTTPConnection("127.0.0.1", int(port))
        way.request("GET", "/" + path, headers={k: v for k, v in self.headers.items() if not k.lower().startswith("proxy-")})
        answer = way.getresponse()
        body = answer.read()
        self.send_response(answer.status)
        for key, value in answer.getheaders():
            if key.lower() not in ("date", "server", "connection", "transfer-encoding"):
                self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)

    def do_CONNECT(self):
        self.note()
        self.close_connection = True
        port = names.get(self.path.split(":")[0])
        if not port:
            self.send_response(502)
            self.end_headers()
            return
        there = socket.create_connection(("127.0.0.1", int(port)))
        self.send_response(200)
        self.end_headers()
        ends = {self.connection: there, there: self.connection}
        while True:
            for one in select.select(list(ends), [], [])[0]:
                try:
                    data = one.recv(65536)
                except OSError:
                    data = b""
                if not data:
                    there.close()
                    return
                ends[one].sendall(data)

    def log_message(self, *args):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
print(server.server_port, flush=True)
server.serve_forever()
