"""Walk every route of the hostile server, and a small server of our own, through fetch/.

usage: fetch_walk.py FETCH_WALK routes|tls|http2|rebinding

Runs in a name space of its own, so that nothing can leave the machine and that public
addresses, private ones and names can be had on the loopback device. Exit status 77
(skipped) where that is not allowed, where the hostile server's script is missing
($SOATIN_TEST_SHARED/hostile/hostile_server.py), or what this part of the walk needs
besides: openssl, nginx, a name server of our own.
"""
import asyncio
import json
import os
import pathlib
import shutil
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

SHARED = pathlib.Path(os.environ.get("SOATIN_TEST_SHARED", "../shared"))
SERVER = SHARED / "hostile" / "hostile_server.py"
PUBLIC, OTHER, PRIVATE = "1.1.1.1", "9.9.9.9", "10.0.0.1"	# all on our own loopback device
HOSTS = f"""127.0.0.1 localhost
{PUBLIC} cong-khai.example
{OTHER} khac.example
127.0.0.1 noi-bo.example
127.0.0.1 hai-mat.example
{PUBLIC} hai-mat.example
{PUBLIC} r-none.example r-fault.example r-large.example r-shut.example r-slow.example r-moved.example r-hop.example r-hang.example
{PUBLIC} r-inward.example r-html.example r-nothing.example
"""
MAX_HEAD = 131072	# HEADERS_MAX
MAX_BODY = 8388608	# BODY_MAX
MAX_PEAK_KB = 96 * 1024
ATTACK = ["\x1b", "\x07", "\0", "pwned", "secret", "root:"]

failures = []


class Skip(Exception):
	"""What this part of the walk needs is not here."""


def check(holds, what, seen=None):
	if not holds:
		failures.append(what)
		print(f"not ok - {what}" + (f": {seen}" if seen is not None else ""))


# ---- a small server of our own: redirects to where it is told, heads and bodies of a given size

def make_certificate(folder):
	"""A certificate for one name, which this name space is made to trust."""
	cert, key = f"{folder}/cert.pem", f"{folder}/key.pem"
	bundle = "/etc/ssl/certs/ca-certificates.crt"
	made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
		"-subj", "/CN=cong-khai.example", "-addext", "subjectAltName=DNS:cong-khai.example", "-keyout", key, "-out", cert]
	try:
		for command in (made, ["mount", "--bind", cert, bundle]):
			subprocess.run(command, capture_output=True, check=True)
	except (OSError, subprocess.CalledProcessError) as e:
		raise Skip(f"no certificate of our own: {e}") from e
	context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
	context.load_cert_chain(cert, key)
	return context


class Small:
	def __init__(self, certificate):
		self.log = []
		self.certificate = certificate
		self.loop = asyncio.new_event_loop()
		ready = threading.Event()
		threading.Thread(target=self.run, args=(ready,), daemon=True).start()
		ready.wait()

	def run(self, ready):
		asyncio.set_event_loop(self.loop)
		for address, port in ((PUBLIC, 80), (OTHER, 80), (OTHER, 8080), (PRIVATE, 3128)):
			self.loop.run_until_complete(asyncio.start_server(self.serve, address, port, limit=1 << 20))
		for address in (PUBLIC, OTHER) if self.certificate else ():
			self.loop.run_until_complete(asyncio.start_server(self.serve, address, 443, ssl=self.certificate))
		ready.set()
		self.loop.run_forever()

	async def serve(self, reader, writer):
		try:
			while True:
				lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
				target = lines[0].split(" ")[1]
				headers = {k.lower(): v.strip() for k, _, v in (x.partition(":") for x in lines[1:] if x)}
				self.log.append((headers.get("host"), target, headers))
				writer.write(self.robots(headers.get("host")) if target == "/robots.txt" else self.answer(target))
				await writer.drain()
		except (asyncio.IncompleteReadError, ConnectionError):
			pass
		writer.close()

	def robots(self, host):
		name = (host or "").partition(".")[0]
		if name == "r-moved":
			return b"HTTP/1.1 301 x\r\nLocation: http://r-shut.example/robots.txt\r\nContent-Length: 0\r\n\r\n"
		if name == "r-inward":
			return b"HTTP/1.1 302 x\r\nLocation: http://10.0.0.1/robots.txt\r\nContent-Length: 0\r\n\r\n"
		if name == "r-hang":
			return b""
		status = {"r-none": 404, "r-fault": 503}.get(name, 200)
		body = {"r-large": b"User-agent: *\nDisallow: /early\n" + b"#" * 512000 + b"\nDisallow: /late\n",
			"r-shut": b"User-agent: other\nAllow: /\n\nUser-agent: Soatin\nDisallow: /\nAllow: /ok$\n",
			"r-slow": b"User-agent: *\nCrawl-delay: 2\n", "r-hop": b"User-agent: *\nDisallow: /no\n",
			"r-html": b"<html>User-agent: *\nDisallow: /</html>", "r-nothing": b""}.get(name, b"User-agent: *\nDisallow: /\n")
		return b"HTTP/1.1 %d x\r\nContent-Length: %d\r\n\r\n" % (status, len(body)) + body

	def answer(self, target):
		path, _, arg = target.partition("?")
		if path in ("/301", "/302"):
			return f"HTTP/1.1 {path[1:]} x\r\nLocation: {arg}\r\nContent-Length: 0\r\n\r\n".encode()
		if path == "/esc":
			return "HTTP/1.1 302 x\r\nLocation: /ok?\x1b[31m đỏ\r\nContent-Length: 0\r\n\r\n".encode()
		if path == "/head":
			start, end = "HTTP/1.1 200 x\r\nContent-Length: 2\r\n", "\r\n"
			left = int(arg) - len(start) - len(end)
			while left > 2000:
				start += "X: " + "x" * 995 + "\r\n"
				left -= 1000
			return (start + "X: " + "x" * (left - 5) + "\r\n" + end + "ok").encode()
		body = b"b" * (int(arg) if path == "/body" else 2)
		return b"HTTP/1.1 200 OK\r\nETag: \"\xff\"\r\nContent-Length: %d\r\n\r\n" % len(body) + body

	def seen(self, path):
		return [x for x in self.log if x[1].partition("?")[0] == path]


class Names:
	"""A name server that lies: what it answers to the n-th question for a name. Every answer is good for no second."""

	def __init__(self, folder, answers):
		self.answers, self.asked = answers, []
		self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
		self.socket.bind(("127.0.0.1", 53))
		resolv, nss = pathlib.Path(folder, "resolv.conf"), pathlib.Path(folder, "nsswitch.conf")
		resolv.write_text("nameserver 127.0.0.1\noptions timeout:1 attempts:1\n")
		nss.write_text("hosts: files dns\n")
		for file, at in ((resolv, "/etc/resolv.conf"), (nss, "/etc/nsswitch.conf")):
			subprocess.run(["mount", "--bind", str(file), os.path.realpath(at)], capture_output=True, check=True)
		threading.Thread(target=self.run, daemon=True).start()

	def run(self):
		while True:
			question, who = self.socket.recvfrom(512)
			labels, at = [], 12
			while question[at]:
				labels.append(question[at + 1:at + 1 + question[at]].decode("latin-1"))
				at += 1 + question[at]
			name, kind = ".".join(labels), struct.unpack(">H", question[at + 1:at + 3])[0]
			self.asked.append((name, kind))
			found = []
			if name in self.answers:
				turns = self.answers[name]
				turn = turns[min(self.asked.count((name, kind)), len(turns)) - 1]
				family, want = (socket.AF_INET6, 28) if ":" in turn[0] else (socket.AF_INET, 1)
				found = [socket.inet_pton(family, x) for x in turn] if kind == want else []
			head = question[:2] + struct.pack(">HHHHH", 0x8180 if name in self.answers else 0x8183, 1, len(found), 0, 0)
			records = b"".join(b"\xc0\x0c" + struct.pack(">HHIH", kind, 1, 0, len(x)) + x for x in found)
			self.socket.sendto(head + question[12:at + 5] + records, who)


# ---- running

class Walk:
	def __init__(self, program):
		self.program = program
		self.peak_kb = 0

	def run(self, requests, *options):
		lines = ["\t".join(x) if isinstance(x, tuple) else x for x in requests]
		p = subprocess.run([self.program, *options], input="\n".join(lines), capture_output=True, text=True, timeout=110)
		check(p.returncode == 0, f"fetch_walk {options} ends well", p.stderr)
		*answers, costs = [json.loads(x) for x in p.stdout.splitlines()]
		costs.setdefault("peak_kb", 0)
		check(len(answers) == len(requests), f"one answer each {options}", len(answers))
		self.peak_kb = max(self.peak_kb, costs["peak_kb"])
		for a in answers:
			said = " ".join(str(a.get(k, "")) for k in ("text", "todo", "last", "where", "etag", "type", "permanent"))
			check(not any(x in said for x in ATTACK), "nothing raw from a server is passed on", said)
			check((a["kind"] != 0) == (a["result"] not in ("ok", "not-modified")), "a fault is set when it failed", a)
			check(bool(a.get("text")) == (a["kind"] != 0), "a fault has words", a)
		return answers, costs

	def one(self, request, *options):
		return self.run([request], *options)[0][0]


# ---- every route of the hostile server: (result, status, words); the others must be ("ok", 200)

ROUTES = {
	"/304-always.rss": ("status", 304, "nothing was known before"),
	"/rloop": ("refused", 302, "more than 5 redirects"),
	"/rloop-a": ("refused", 302, "more than 5 redirects"),
	"/rloop-b": ("refused", 302, "more than 5 redirects"),
	"/rgrow": ("refused", 302, "too long"),
	"/r-nolocation": ("status", 302, "does not say where"),
	"/r-empty": ("status", 302, "does not say where"),
	"/r-long": ("failed", None, "header line is too long"),
	**{f"/r-{x}": ("refused", 302, "no http or https") for x in ("file", "ftp", "gopher", "dict", "data", "javascript")},
	**{f"/r-{x}": ("refused", 0, "private address") for x in ("private", "private-oct", "private-dec", "private-v6",
		"private-zero", "localhost", "ssh", "metadata", "otherhost")},
	"/400": ("status", 400, "400"), "/401": ("status", 401, "name and password"), "/403": ("status", 403, "403"),
	"/404": ("status", 404, "not found"), "/410": ("status", 410, "gone"), "/451": ("status", 451, "legal"),
	"/500": ("status", 500, "500"), "/502": ("status", 502, "502"), "/503": ("status", 503, "out of service"),
	"/429": ("status", 429, "too often"), "/429-date": ("status", 429, "too often"),
	"/429-huge": ("status", 429, "too often"), "/429-negative": ("status", 429, "too often"),
	"/503-retry": ("status", 503, "out of service"), "/flaky.rss": ("status", 500, "500"),
	"/empty": ("failed", 200, "empty"),
	"/truncated": ("failed", 200, "cut short"),
	"/cl-negative": ("failed", None, "not proper HTTP"),
	"/cl-twice": ("failed", 200, "lengths that differ"),
	"/cl-overflow": ("failed", 200, "not a length"),
	"/chunked-garbage": ("failed", 200, "not proper HTTP"),
	"/chunked-huge": ("failed", 200, "not proper HTTP"),
	"/chunked-noend": ("failed", 200, "cut short"),
	"/reset": ("failed", 200, "broke off"),
	"/reset-now": ("failed", 0, "broke off"),
	"/close-now": ("failed", 0, None),
	"/drip": ("failed", 200, "did not end in time"),
	"/stall": ("failed", 0, "did not answer in time"),
	"/stall-body": ("failed", 200, "did not end in time"),
	"/drip-headers": ("failed", 200, "did not end in time"),
	"/continue-flood": ("failed", None, "headers are longer"),
	"/endless-headers": ("failed", 200, "headers are longer"),
	"/header-huge": ("failed", None, "header line is too long"),
	"/header-nul": ("failed", None, "not proper HTTP"),
	"/status-esc": ("status", 500, "500"),
	"/status-garbage": ("failed", 0, "not HTTP"),
	"/http09": ("failed", 0, "not HTTP"),
	"/coding-many": ("failed", None, "packed too often"),
	"/basic": ("status", 401, "name and password"),
	"/polite.rss": None,	# by itself: below
}


def walk_routes(walk, base, routes, allow):
	paths = [x for x in routes if not x.startswith("https:") and x != "/bench/N.xml"] + ["/bench/7.xml"]
	began = time.monotonic()
	answers, costs = walk.run([base + x for x in paths], "-p", "64", "-h", "64", "-t", "8", "-f", "-1", "-a", allow)
	seconds = time.monotonic() - began
	print(f"# {len(paths)} routes in {seconds:.1f} s, peak {costs['peak_kb'] / 1024:.0f} MB, CPU {costs['cpu_ms']} ms")
	check(seconds < 120, "the walk takes less than 120 s", seconds)
	by_path = {a["url"][len(base):]: a for a in answers}
	for path in paths:
		want = ROUTES.get(path, ("ok", 200, None))
		a = by_path[path]
		if want is None:
			continue
		seen = (a["result"], a["status"], a.get("text"))
		check(a["result"] == want[0] and want[1] in (None, a["status"]), path, seen)
		check(want[2] is None or want[2] in a.get("text", ""), f"{path} says {want[2]}", seen)
		check(a["ms"] < 12000, f"{path} ends in time", a["ms"])
	return by_path


def check_values(by_path):
	retry = {p: by_path[p]["retry"] for p in ("/429", "/429-date", "/429-huge", "/429-negative", "/503-retry", "/ok.rss")}
	check(3590 <= retry.pop("/429-date") <= 3600, "Retry-After as a date")
	check(retry == {"/429": 2, "/429-huge": 86400, "/429-negative": 0, "/503-retry": 120, "/ok.rss": 0}, "Retry-After", retry)
	check(by_path["/ttl.rss"]["age"] == 3600 and by_path["/ok.rss"]["age"] == -1, "max-age")
	check(by_path["/410"].get("todo") == "remove the source", "what to do about 410", by_path["/410"])
	for path in ("/r301", "/r308"):
		check(by_path[path].get("permanent", "").endswith("/ok.rss"), f"{path} is permanent", by_path[path])
	for path in ("/r302", "/r303", "/r307", "/ok.rss"):
		check("permanent" not in by_path[path], f"{path} is not", by_path[path])
	for path in ("/endless", "/endless-chunked", "/xml-hugetext"):
		check(by_path[path]["cut"] and by_path[path]["bytes"] == MAX_BODY, f"{path} is cut at the limit", by_path[path])
	check(not by_path["/ok.rss"]["cut"], "what is whole is not cut")
	check(by_path["/gzip"]["coding"] == "gzip" and by_path["/gzip"]["bytes"] < 1500, "gzip stays packed")
	check(by_path["/cl-short"]["bytes"] == 100, "no more than Content-Length", by_path["/cl-short"])
	check(by_path["/r-utf8"]["last"].endswith("?q=Qu%E1%BA%A3ng"), "raw UTF-8 in Location", by_path["/r-utf8"])
	check(by_path["/etag-odd.rss"]["etag"] == 'no quotes, with "comma"', "odd ETag verbatim")


def check_conditional(walk, base, by_path, allow):
	paths = ["/etag.rss", "/etag-weak.rss", "/lastmod.rss", "/etag-odd.rss", "/304-body.rss", "/bench/7.xml", "/ok.rss"]
	again = [(base + p, by_path[p].get("etag", ""), by_path[p].get("modified", "")) for p in paths]
	answers, _ = walk.run(again, "-h", "1", "-a", allow)
	for a, path in zip(sorted(answers, key=lambda a: paths.index(a["url"][len(base):])), paths):
		want = ("ok", 200) if path == "/ok.rss" else ("not-modified", 304)
		check((a["result"], a["status"]) == want, f"{path} asked again", a)


def check_chain(walk, base, allow):
	for n, want in ((5, "ok"), (6, "refused")):
		check(walk.one(f"{base}/rchain?n={n}", "-a", allow)["result"] == want, f"{n} redirects")


def check_sizes(walk, base, allow, size):
	for n in (size, size - 1):
		a = walk.one(base + "/ok.rss", "-a", allow, "-b", str(n))
		check((a["result"], a["bytes"], a["cut"]) == ("ok", n, n < size), f"{size} bytes with a limit of {n}", a)
	for n, want in ((MAX_HEAD, "ok"), (MAX_HEAD + 1, "failed")):
		a = walk.one(f"http://{PUBLIC}/head?{n}")
		check(a["result"] == want, f"a head of {n} bytes", a)
	# a hundred large answers at once stay within few places in memory
	_, costs = walk.run([f"http://{PUBLIC}/body?7000000"] * 60, "-p", "60", "-h", "60")
	check(costs["peak_kb"] < 200 * 1024, "60 large answers at once", costs)
	print(f"# 60 answers of 7 MB at once: peak {costs['peak_kb'] / 1024:.0f} MB")


def reset(get):
	"""Forget the counters; the canary's first."""
	check(json.loads(get("/_canary"))["hits"] == 0, "the canary was never asked", get("/_canary"))
	time.sleep(0.5)
	get("/_reset")


def check_politeness(walk, base, allow, get):
	reset(get)
	answers, costs = walk.run([f"{base}/polite.rss?n={i}" for i in range(6)], "-g", "230", "-h", "2", "-a", allow)
	check([a["status"] for a in answers] == [200] * 6, "a gap is kept", answers)
	check(costs["ms"] >= 5 * 230, "a gap takes its time", costs)
	check(json.loads(get("/_log"))["too_fast"] == 0, "nothing asked too fast")
	reset(get)
	walk.run([f"{base}/delay.rss?ms=50&n={i}" for i in range(12)], "-h", "3", "-a", allow)
	peak = json.loads(get("/_log"))["peak_per_host"][allow]
	check(peak == 3, "three at once to one host, no more and no less", peak)


def check_silent_host(walk, base, allow):
	answers, costs = walk.run([f"{base}/stall?{i}" for i in range(40)] + [f"http://{PUBLIC}/ok"], "-h", "1", "-t", "1", "-a", allow)
	given_up = [a for a in answers if "not asked" in a.get("text", "")]
	check(len(given_up) == 37 and costs["ms"] < 6000, "a host that does not answer is given up", (len(given_up), costs))
	check(answers[0]["result"] == "ok", "the others do not wait for it", answers[0])


def check_guard(walk, base, allow, port, canary):
	for host, want in (("noi-bo.example", "refused"), ("hai-mat.example", "ok"), ("cong-khai.example", "ok")):
		a = walk.one(f"http://{host}/ok")
		check(a["result"] == want, f"{host} is {want}", a)
	check(walk.one(f"http://hai-mat.example:{canary}/")["result"] == "refused", "only its public address is tried")
	# a connection made for one who may is not lent to one who may not
	inner, led = f"http://noi-bo.example:{port}/ok.rss", f"http://{PUBLIC}/302?http://noi-bo.example:{port}/ok.rss"
	may = ("", "", f"allow=noi-bo.example:{port}")
	answers, _ = walk.run([(inner, *may), (led, *may), led, inner, (inner, *may)], "-p", "1")
	results = [a["result"] for a in sorted(answers, key=lambda a: a["ms"])]
	check(sorted(results) == ["ok", "ok", "ok", "refused", "refused"], "no connection is lent", answers)
	for allowed, want in ((f"noi-bo.example:{port}", "ok"), (f"NOI-BO.example:{port}", "ok"), ("noi-bo.example", "refused"),
		(f"noi-bo.example:{canary}", "refused"), (f"127.0.0.1:{port}", "refused"), (allow, "refused")):
		check(walk.one(f"http://noi-bo.example:{port}/ok.rss", "-a", allowed)["result"] == want, f"allow {allowed}")
	for url in ("", "ok.rss", "ftp://1.1.1.1/", "http://", "http:///x", "http://[::1", "http://1.1.1.1:99999/", "file:///etc/passwd",
		f"http://{PUBLIC}/" + "x" * 4096, "http://a b.example/"):
		if url:
			check(walk.one(url)["result"] == "failed", f"{url[:40]} is no address")


def check_rebinding(walk, small, folder, port, canary):
	"""A name that is public when looked up and private a moment later: what is connected to counts."""
	try:
		names = Names(folder, {"doi.example": [[PUBLIC], ["127.0.0.1"]], "doi-cong.example": [[PUBLIC], ["127.0.0.1"]],
			"lat.example": [["127.0.0.1"], [PUBLIC]], "sau.example": [["::1"]], "gia.example": [["::ffff:127.0.0.1"]],
			"dam.example": [["127.0.0.1", "10.0.0.1", PUBLIC]]})
	except (OSError, subprocess.CalledProcessError) as e:
		raise Skip(f"no name server of our own: {e}") from e
	small.log.clear()
	check(walk.one("http://doi.example/ok")["result"] == "ok", "public at first", names.asked)
	check(names.asked.count(("doi.example", 1)) == 1, "looked up once, not once to check and once to connect", names.asked)
	for url in ("http://doi.example/ok", f"http://doi.example:{port}/ok.rss", f"http://doi.example:{canary}/"):
		a = walk.one(url)
		check(a["result"] == "refused" and "private address" in a["text"], f"{url} after its answer changed", a)
	a = walk.one(f"http://doi-cong.example/302?http://doi-cong.example:{canary}/")
	check(a["result"] in ("refused", "failed") and a["status"] == 0, "between two hops", a)
	check(walk.one(f"http://lat.example:{canary}/")["result"] == "refused", "private at first")
	for name in ("sau.example", "gia.example"):
		check(walk.one(f"http://{name}:{canary}/")["result"] in ("refused", "failed"), f"{name} is an address of this machine")
	check(walk.one("http://dam.example/ok")["result"] == "ok", "the public one of several")
	check(walk.one(f"http://dam.example:{canary}/")["result"] == "refused", "and no other")
	check(all(h in ("doi.example", "doi-cong.example", "dam.example") for h, _, _ in small.log), "who was asked", small.log)


def check_http2(walk, folder):
	"""HTTP/2 as a real server speaks it."""
	nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/sbin")
	if not nginx:
		raise Skip("no nginx")
	at = pathlib.Path(folder, "nginx")
	(at / "www").mkdir(parents=True)
	(at / "www" / "ok.xml").write_text("<rss>" + "tin " * 5000 + "</rss>")
	(at / "nginx.conf").write_text(f"""daemon off; master_process off; user root; error_log {at}/error.log; pid {at}/pid;
events {{ worker_connections 64; }}
http {{ access_log {at}/access.log combined; log_format p '$server_protocol $request_uri $status $http_if_none_match';
	access_log {at}/protocol.log p; gzip on; gzip_types *; types {{ application/xml xml; }}
	{"".join(f"{x}_temp_path {at}/{x}; " for x in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))}
	server {{ listen {PUBLIC}:8443 ssl http2; ssl_certificate {folder}/cert.pem; ssl_certificate_key {folder}/key.pem; root {at}/www;
		location /empty {{ return 200; }} location /gone {{ return 410; }} location /moved {{ return 301 /ok.xml; }} }} }}""")
	server = subprocess.Popen([nginx, "-p", str(at), "-c", str(at / "nginx.conf")], stderr=subprocess.PIPE, text=True)
	base = "https://cong-khai.example:8443"
	try:
		for _ in range(100):
			if server.poll() is not None:
				break
			with socket.socket() as s:
				if s.connect_ex((PUBLIC, 8443)) == 0:
					break
			time.sleep(0.05)
		answers, _ = walk.run([base + p for p in ("/ok.xml", "/ok.xml?2", "/moved", "/gone", "/empty", "/none")], "-h", "6")
		got = {a["url"][len(base):]: (a["result"], a["status"]) for a in answers}
		check(got == {"/ok.xml": ("ok", 200), "/ok.xml?2": ("ok", 200), "/moved": ("ok", 200), "/gone": ("status", 410),
			"/empty": ("failed", 200), "/none": ("status", 404)}, "answers over HTTP/2", got)
		first = [a for a in answers if a["url"].endswith("/ok.xml")][0]
		check(first["coding"] == "gzip" and 0 < first["bytes"] < 1000 and first["head"] > 0, "body and head over HTTP/2", first)
		a = walk.one((base + "/ok.xml", first["etag"]))
		check((a["result"], a["status"]) == ("not-modified", 304), "conditional over HTTP/2", a)
	finally:
		server.terminate()
		server.wait()
	lines = (at / "protocol.log").read_text().splitlines()	# a line is written when its answer has gone: all are there now
	check(len(lines) == 8 and all(x.startswith("HTTP/2.0 ") for x in lines), "HTTP/2 it was", lines)


def check_headers(walk, small):
	secret = ("Authorization: Bearer s3cr3t", "Cookie: a=b", "X-Key: s3cr3t")
	small.log.clear()
	walk.run([(f"http://cong-khai.example/302?http://khac.example/ok", "", "", *secret),
		(f"http://cong-khai.example/302?/ok", "", "", *secret),
		(f"http://khac.example/302?http://khac.example:8080/ok", "", "", *secret)])
	for host, _, headers in small.seen("/ok"):
		has = [x for x in ("authorization", "cookie", "x-key") if x in headers]
		check(has == (["authorization", "cookie", "x-key"] if host == "cong-khai.example" else []), f"headers at {host}", has)
	check(len(small.seen("/ok")) == 3, "three redirects followed")
	small.log.clear()
	a = walk.one("http://ban%20tin:m%E1%BA%ADt-kh%E1%BA%A9u@cong-khai.example/302?http://admin:secret@cong-khai.example/ok")
	check([h.get("authorization") for _, _, h in small.log] == ["Basic YmFuIHRpbjpt4bqtdC1raOG6qXU="] * 2,
		"own name and password, not those of a redirect", small.log)
	check("@" not in a["last"] and "@" not in a.get("where", ""), "no password is shown", a)
	small.log.clear()
	walk.run(["http://duty:pw@cong-khai.example/302?http://khac.example/ok", "http://cong-khai.example/ok",
		("http://khac.example/ok?2", '"e"', "then", "X-Evil: a\rInjected: 1")], "-p", "1")
	sent = [(h, t.split("?")[0], x.get("authorization")) for h, t, x in small.log]
	check([x[2] is not None for x in sent].count(True) == 1, "a password goes to its host alone, and with its request alone", sent)
	check(not any("injected" in x or "x-evil" in x for _, _, x in small.log), "a header is one line")
	headers = small.seen("/ok")[-1][2]
	check(all(h.get("accept-encoding") == "gzip, deflate, br, zstd" and "example.org" in h["user-agent"] for _, _, h in small.log),
		"what is asked for", headers)
	check(any(h.get("if-none-match") == '"e"' and h.get("if-modified-since") == "then" for _, _, h in small.log), "validators")
	a = walk.one("http://cong-khai.example/esc")
	check(a["last"] == "http://cong-khai.example/ok?%1B[31m%20%C4%91%E1%BB%8F", "what is raw in Location is encoded", a)
	check("etag" not in a, "an ETag that is no text is not kept", a)
	a = walk.one("http://cong-khai.example/301?http://khac.example/301?/302?/ok%23part")
	check(a.get("permanent") == "http://khac.example/302?/ok%23part" and a["last"].endswith("/ok%23part"), "permanent as far as it goes", a)
	a = walk.one("http://cong-khai.example/302?/ok#part")
	check(a["last"] == "http://cong-khai.example/302?/ok" or a["last"] == "http://cong-khai.example/ok", "no fragment", a)


def check_robots(walk, small, base, allow, get):
	small.log.clear()
	may = ("", "", "robots")
	wants = {"r-none.example/a": "ok", "r-fault.example/a": "failed", "r-large.example/early": "disallowed", "r-large.example/late": "ok",
		"r-shut.example/a": "disallowed", "r-shut.example/ok": "ok", "r-shut.example/okay": "disallowed", "r-moved.example/a": "disallowed",
		"r-moved.example/ok": "ok", "r-inward.example/a": "ok", "r-html.example/a": "ok", "r-nothing.example/a": "ok",
		"r-hop.example/302?http://r-hop.example/no": "disallowed", "r-hop.example/302?http://r-shut.example/a": "disallowed",
		"r-none.example/302?/b": "ok"}
	answers, _ = walk.run([("http://" + u, *may) for u in wants])
	for a in answers:
		check(a["result"] == wants[a["url"][7:]], f"robots.txt and {a['url']}", a)
		check("robots.txt" in a.get("text", "robots.txt"), "robots.txt is named", a)
	asked = [h for h, t, _ in small.log if t == "/robots.txt"]
	hosts = sorted({u.partition("/")[0] for u in wants} | {"r-shut.example"})
	check(sorted(asked) == sorted(hosts + ["r-shut.example"]), "each asked once, and once for who was led there", asked)
	check(not [x for x in small.log if x[1] in ("/early", "/no", "/okay") or (x[0] == "r-shut.example" and x[1] == "/a")],
		"what is not allowed is not asked", small.log)
	check([x["accept-encoding"] for _, t, x in small.log if t == "/robots.txt"][0] == "identity", "robots.txt comes unpacked")
	answers, costs = walk.run([(f"http://r-slow.example/{i}", *may) for i in range(2)] + [("http://r-none.example/x", *may)])
	check(4000 <= costs["ms"] < 6000, "Crawl-delay is kept", costs)
	check(min(a["ms"] for a in answers) < 1500, "by its host alone", answers)
	answers, costs = walk.run([("http://r-hang.example/a", *may), ("http://r-hang.example/hang", *may), "http://r-none.example/ok"], "-t", "1")
	check([a["result"] for a in answers] == ["ok", "failed", "failed"] and costs["ms"] < 4000, "a robots.txt that does not come", answers)
	check(not small.seen("/hang"), "nothing is asked without it")
	reset(get)
	answers, _ = walk.run([(base + p, "", "", f"allow={allow}", *x) for p, x in (("/private/page.html", ["robots"]), ("/ok.rss", ["robots"]))])
	check([a["result"] for a in answers] == ["disallowed", "ok"] or [a["result"] for a in answers] == ["ok", "disallowed"], "/private/page.html", answers)
	paths = json.loads(get("/_log"))["paths"]
	check("/private/page.html" not in paths and "/robots.txt" in paths, "/private/page.html is not asked", list(paths))
	check(walk.one((base + "/private/page.html", "", "", f"allow={allow}"))["result"] == "ok", "unless one does not keep to it")


def check_proxy(walk, small, canary):
	proxy = f"http://{PRIVATE}:3128"
	small.log.clear()
	a = walk.one("http://xa-xoi.example/ok", "-x", proxy)
	check(a["result"] == "ok" and small.log[0][1] == "http://xa-xoi.example/ok", "a proxy may lie on a private address", a)
	for host in ("127.0.0.1", "localhost", "0177.1", "[::1]", "169.254.169.254", "a.localhost."):
		a = walk.one(f"http://{host}:{canary}/", "-x", proxy)
		check(a["result"] == "refused", f"{host} through a proxy is {a['result']}", a)
	check(len(small.log) == 1, "the proxy was asked once", small.log)


def check_cookies(walk, base, allow, get):
	walk.run([base + "/cookie-flood", base + "/ok.rss?after"], "-h", "1", "-a", allow)
	sent = json.loads(get("/_log"))["paths"]["/ok.rss"]["last"].get("cookie", "")
	check(0 < len(sent) < 8192, "a flood of cookies is capped", len(sent))


def check_tls(walk, small, port):
	if not port:
		raise Skip("the hostile server has no TLS")
	a = walk.one(f"https://127.0.0.1:{port}/ok.rss", "-a", f"127.0.0.1:{port}")
	check(a["result"] == "failed" and "certificate" in a["text"] and a["status"] == 0, "a certificate of nobody", a)
	a = walk.one("https://khac.example/ok")
	check(a["result"] == "failed" and "not valid for it" in a["text"], "a certificate of somebody else", a)
	a = walk.one("https://cong-khai.example/ok")
	check(a["result"] == "ok", "a right certificate", a)
	small.log.clear()
	walk.run([(f"{first}/302?{then}/ok", "", "", "Authorization: Bearer s3cr3t") for first, then in (
		("http://cong-khai.example", "https://cong-khai.example"), ("https://cong-khai.example", "http://cong-khai.example"))],
		"-p", "1", "-h", "1")
	sent = ["authorization" in headers for _, _, headers in small.log]
	check(len(sent) == 4 and sent.count(True) == 3, "headers go from http to https of one host, not back", small.log)


def skipped(why):
	print(f"1..0 # SKIP {why}")
	return 77


def main(program, part, inside=None):
	if not SERVER.is_file():
		return skipped(f"{SERVER} is missing")
	if not inside:
		if subprocess.run(["unshare", "-rnm", "true"], capture_output=True).returncode != 0:
			return skipped("no name space of our own")
		os.execvp("unshare", ["unshare", "-rnm", sys.executable, __file__, program, part, "inside"])
	with tempfile.TemporaryDirectory() as folder:
		hosts = pathlib.Path(folder, "hosts")
		hosts.write_text(HOSTS)
		for command in (["ip", "link", "set", "lo", "up"], *(["ip", "addr", "add", f"{x}/32", "dev", "lo"]
			for x in ("169.254.169.254", PUBLIC, OTHER, PRIVATE)), ["mount", "--bind", str(hosts), "/etc/hosts"]):
			if subprocess.run(command, capture_output=True).returncode != 0:
				return skipped(" ".join(command))
		try:
			return walk_part(program, part, folder)
		except Skip as e:
			return 1 if failures else skipped(e)


def walk_all(walk, small, banner, base, allow, get):
	routes = json.loads(get("/_routes"))
	by_path = walk_routes(walk, base, routes, allow)
	check(walk.peak_kb < MAX_PEAK_KB, "memory of the walk", walk.peak_kb)
	check_values(by_path)
	check_conditional(walk, base, by_path, allow)
	check_chain(walk, base, allow)
	check_politeness(walk, base, allow, get)
	check_silent_host(walk, base, allow)
	check_sizes(walk, base, allow, by_path["/ok.rss"]["bytes"])
	check_guard(walk, base, allow, banner["http"], banner["canary"])
	check_headers(walk, small)
	check_robots(walk, small, base, allow, get)
	check_proxy(walk, small, banner["canary"])
	check_cookies(walk, base, allow, get)


def walk_part(program, part, folder):
	for name in [x for x in os.environ if x.lower().endswith("_proxy")]:
		del os.environ[name]
	certificate = make_certificate(folder) if part in ("tls", "http2") else None
	server = subprocess.Popen([sys.executable, SERVER, "--quiet", "--exit-with-stdin"], stdin=subprocess.PIPE,
		stdout=subprocess.PIPE, text=True)
	banner = json.loads(server.stdout.readline())
	base, allow = f"http://127.0.0.1:{banner['http']}", f"127.0.0.1:{banner['http']}"

	def get(path):
		return urllib.request.urlopen(base + path).read().decode()

	walk, small = Walk(program), Small(certificate)
	try:
		{"routes": lambda: walk_all(walk, small, banner, base, allow, get),
			"tls": lambda: check_tls(walk, small, banner["https"]),
			"http2": lambda: check_http2(walk, folder),
			"rebinding": lambda: check_rebinding(walk, small, folder, banner["http"], banner["canary"])}[part]()
		reset(get)
	finally:
		server.stdin.close()
		server.wait()
	print(f"{len(failures)} failed" if failures else "all as it should be")
	return 1 if failures else 0


if __name__ == "__main__":
	sys.exit(main(*sys.argv[1:]))
