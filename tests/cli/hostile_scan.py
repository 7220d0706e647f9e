#!/usr/bin/env python3
"""hostile_scan.py SOATIN SERVER DIR: one scan over every route of the hostile server, in a network namespace of its own.

Each route is a source on a loopback address of its own, so that no route waits for another. Checks: the scan ends by itself with
status 1 in under 120 s, the process that fetches within 64 MB and none above 512 MB, the canary port never asked, every route that
must fail named once, every route that must work with its articles among those the workers gave, nothing raw on the terminal.
"""
import collections, json, os, re, resource, subprocess, sys, threading, time, urllib.request

soatin, server, home = sys.argv[1:4]
# What routes.md says, as far as a scan shows it. Routes in neither list may do either.
ok = """/ok.rss:5 /ok.atom:1 /ok.json:1 /ok.rdf:1 /ok-texthtml.rss:5 /ok-noctype.rss:5 /ok-leading-space.rss:5 /ttl.rss:1 /delay.rss:1
/etag.rss:5 /etag-weak.rss:5 /lastmod.rss:5 /etag-odd.rss:5 /etag-ignored.rss:5 /etag-restless.rss:5 /r301:5 /r302:5 /r303:5 /r307:5
/r308:5 /feed-no-items.rss:0 /chunked-ok:5 /gzip:5 /deflate:5 /xml-amp:5 /xml-undeclared:5 /xml-nons:5 /cs-1258:5 /cs-1258-header:5
/cs-liar-latin1:5 /cs-liar-prolog:5 /cs-utf16:5 /cs-bom:5 /cs-nfd:5 /bidi.rss:1 /title-newline.rss:1 /guid-newline.rss:1
/csv-formula.rss:1 /html-script.rss:1 /link-js.rss:1 /title-1mb.rss:1 /no-guid.rss:5 /no-guid-link.rss:1 /dup-guid.rss:2 /changed.rss:1
/guid-restless.rss:1 /rolling.rss:2 /date-future.rss:1 /date-1970.rss:1 /date-bad.rss:1 /cookie:5 /ua:5 /xml-10k-items:5000 /esc-twice.rss:1
/esc-c1.rss:1 /esc.json:1""".split()
bad = """/400 /401 /403 /404 /410 /451 /500 /502 /503 /429-date /429-huge /429-negative /503-retry /flaky.rss /empty /html200 /truncated
/cl-negative /cl-twice /cl-overflow /chunked-garbage /chunked-huge /chunked-noend /reset /reset-now /close-now /drip /stall /stall-body
/drip-headers /continue-flood /endless-chunked /endless-headers /status-garbage /http09 /gzip-lie /gzip-cut /gzip-bomb
/coding-unknown /coding-many /xml-laughs /xml-quadratic /xml-deep /304-always.rss /rloop /rloop-a /rloop-b /rgrow /r-nolocation /r-empty /r-long
/r-file /r-ftp /r-gopher /r-dict /r-data /r-javascript /r-private /r-private-oct /r-private-dec /r-private-v6 /r-private-zero /r-localhost
/r-ssh /r-metadata""".split()
cut = ["/endless:5000"]  # named once, and its first articles kept
same_as_ok = "/cs-1258 /cs-1258-header /cs-liar-latin1 /cs-liar-prolog /cs-utf16 /cs-bom /gzip /deflate /chunked-ok /r301".split()
skip = {"/robots.txt", "/private/page.html", "https:/ok.rss", "/bench/N.xml"}  # not sources


def slug(route):
    return "r" + re.sub(r"[^a-z0-9]+", "-", route.lower()).rstrip("-")


highest = [0]  # KB the process that fetches has held


def watch(pid):
    try:
        while True:
            with open("/proc/%d/status" % pid) as f:
                for line in f:
                    if line.startswith("VmHWM:"):
                        highest[0] = int(line.split()[1])
            time.sleep(0.05)
    except OSError:
        pass


def main():
    errors = []
    routes = [l.split("\t")[0] for l in subprocess.run([sys.executable, server, "--list"], capture_output=True, text=True).stdout.splitlines()]
    routes = [r for r in routes if r not in skip]
    srv = subprocess.Popen([sys.executable, server, "--hosts", "250", "--no-tls", "--quiet", "--exit-with-stdin"],
                           stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    info = json.loads(srv.stdout.readline())
    base = "http://127.0.0.1:%d" % info["http"]
    if not info["metadata"]:
        errors.append("169.254.169.254 is not this machine's own: not in a namespace?")
    os.makedirs(home + "/config/soatin", exist_ok=True)
    with open(home + "/feeds.yaml", "w") as f:
        for i, r in enumerate(routes):
            f.write("- id: %s\n  name: %s\n  url: http://127.0.0.%d:%d%s\n  kind: national\n  lang: vi\n  country: VN\n"
                    "  allow_private: true\n  pages: false\n" % (slug(r), r, i + 2, info["http"], r))
    with open(home + "/config/soatin/soatin.yaml", "w") as f:
        f.write("places: [hai-phong]\ntimeout: 20s\n")
    env = dict(os.environ, XDG_CONFIG_HOME=home + "/config", XDG_DATA_HOME=home + "/data")
    env.pop("SOATIN_NOW", None)
    start = time.time()
    scan = subprocess.Popen([soatin, "scan", "--feeds", home + "/feeds.yaml", "--articles"], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    fetching = threading.Thread(target=watch, args=(scan.pid,), daemon=True)
    fetching.start()
    out, err = scan.communicate(timeout=300)
    run = subprocess.CompletedProcess(scan.args, scan.returncode, out, err)
    took = time.time() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    canary = json.load(urllib.request.urlopen(base + "/_canary"))
    srv.stdin.close()
    said = run.stderr.decode("utf-8", "replace")
    articles = [json.loads(l) for l in run.stdout.decode("utf-8").splitlines()]
    by = collections.defaultdict(list)
    for a in articles:
        by[a["source"]["id"]].append(a)
    if run.returncode != 1:
        errors.append("status %d, not 1\n%s" % (run.returncode, said[-2000:]))
    if took > 120:
        errors.append("took %.0f s" % took)
    if peak > 512:
        errors.append("peak %.0f MB" % peak)
    print("the process that fetches: %d MB at the most" % (highest[0] / 1024))
    if highest[0] > 64 * 1024:
        errors.append("the process that fetches held %d MB" % (highest[0] / 1024))
    if canary.get("hits") != 0:
        errors.append("canary asked: %s" % canary)
    if re.search(r"[\x00-\x09\x0b-\x1f\x7f\x80-\x9f\u202a-\u202e\u2066-\u2069]", said):
        errors.append("raw control characters on the terminal")
    if "root:" in run.stdout.decode() + said:
        errors.append("/etc/passwd was read")
    for entry in ok:
        r, n = entry.split(":")
        got = by[slug(r)]
        if len(got) < int(n):
            errors.append("%s: %d articles, want %s; said: %s" % (r, len(got), n, [l for l in said.splitlines() if slug(r) + ":" in l]))
    for r in bad:
        lines = [l for l in said.splitlines() if (" " + slug(r) + ": ") in l]
        if len(lines) != 1:
            errors.append("%s: named %d times: %s" % (r, len(lines), lines))
        elif by[slug(r)]:
            errors.append("%s: stored %d articles" % (r, len(by[slug(r)])))
    for entry in cut:
        r, n = entry.split(":")
        lines = [l for l in said.splitlines() if (" " + slug(r) + ": ") in l]
        if len(lines) != 1 or "too big" not in lines[0] or len(by[slug(r)]) != int(n):
            errors.append("%s: %d articles, named %d times: %s" % (r, len(by[slug(r)]), len(lines), lines))
    want = [a.get("title") for a in by["r-ok-rss"]]
    for r in same_as_ok:
        if [a.get("title") for a in by[slug(r)]] != want:
            errors.append("%s: titles %s" % (r, [a.get("title") for a in by[slug(r)]]))
    print("routes %d articles %d seconds %.1f peak %.0f MB canary %s" % (len(routes), len(articles), took, peak, canary.get("hits")))
    for e in errors:
        print("FAIL", e)
    sys.exit(1 if errors else 0)


main()
