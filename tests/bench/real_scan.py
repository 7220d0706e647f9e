#!/usr/bin/env python3
"""real_scan.py SOATIN SHARED [DIR]: one scan over recorded real feeds and news pages, served by nginx on loopback.

Sources: the feeds marked "real" in SHARED/eval/feeds/gold.json and the pages of SHARED/eval/pages whose origin is zyte, naeb, fundus or
vn. Prints how many sources came as articles and how many as a named error, the mojibake found by a look for its usual traces, and
time and memory. Needs nginx. Leaves the queue in DIR for a look.
"""
import collections, gzip, html, json, os, re, resource, shutil, subprocess, sys, tempfile, time

ORIGINS = {"zyte", "naeb", "fundus", "vn"}
MOJIBAKE = re.compile("Ã[\u0080-\u00bf]|á»|áº|â€|Ä‘|Æ°|ï¿½|\ufffd")


def nginx(root, types, port):
    lines = ["  location = /%s { default_type '%s'; }" % (n, t) for n, t in types.items()]
    conf = root + "/nginx.conf"
    with open(conf, "w") as f:
        f.write("daemon off; pid %s/pid; error_log %s/error.log; worker_processes 1;\nevents { worker_connections 512; }\n"
                "http { access_log off; types_hash_max_size 4096; types { }\n client_body_temp_path %s/t1; proxy_temp_path %s/t2; fastcgi_temp_path %s/t3; uwsgi_temp_path %s/t4; scgi_temp_path %s/t5;\n"
                " server { listen 127.0.0.1:%d; root %s/www;\n%s\n } }\n" % (root, root, root, root, root, root, root, port, root, "\n".join(lines)))
    return subprocess.Popen(["nginx", "-p", root, "-c", conf], stderr=subprocess.DEVNULL)


def sent(home, source):
    """what was served, as UTF-8: a trace that stands in it already was not made by us"""
    with open(home + "/www/" + source, "rb") as f:
        return html.unescape(f.read().decode("utf-8", "ignore"))


def main():
    soatin, shared = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    home = sys.argv[3] if len(sys.argv) > 3 else tempfile.mkdtemp(prefix="real-")
    shutil.rmtree(home, ignore_errors=True)
    os.makedirs(home + "/www")
    os.makedirs(home + "/config/soatin")
    types, sources, port = {}, [], 18080
    gold = json.load(open(shared + "/eval/feeds/gold.json", encoding="utf-8"))["files"]
    for i, (name, g) in enumerate(sorted(gold.items())):
        if not g.get("real"):
            continue
        file = "feed-%d" % i
        shutil.copyfile(shared + "/eval/feeds/feeds/" + name, home + "/www/" + file)
        os.chmod(home + "/www/" + file, 0o644)
        types[file] = g.get("content_type") or "application/xml"
        sources.append((file, "feed"))
    for i, g in enumerate(json.load(open(shared + "/eval/pages/gold.json", encoding="utf-8"))):
        path = "%s/eval/pages/html/%s.gz" % (shared, g["file"])
        if g.get("origin") not in ORIGINS or not os.path.exists(path):
            continue
        file = "page-%d" % i
        with open(home + "/www/" + file, "wb") as f:
            f.write(gzip.open(path).read())
        types[file] = "text/html"
        sources.append((file, "page"))
    with open(home + "/feeds.yaml", "w") as f:
        for file, kind in sources:
            f.write("- id: %s\n  name: %s\n  url: http://127.0.0.1:%d/%s\n  as: %s\n  kind: foreign\n  allow_private: true\n  pages: false\n"
                    % (file, file, port, file, kind))
    with open(home + "/config/soatin/soatin.yaml", "w") as f:
        f.write("gap_ms: 0\nper_host: 8\n")
    server = nginx(home, types, port)
    time.sleep(1)
    env = dict(os.environ, XDG_CONFIG_HOME=home + "/config", XDG_DATA_HOME=home + "/data")
    start = time.time()
    run = subprocess.run([soatin, "scan", "--feeds", home + "/feeds.yaml", "--articles"], env=env, capture_output=True)
    took = time.time() - start
    server.terminate()
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    said = run.stderr.decode("utf-8", "replace")
    with_articles, broken, kinds = collections.Counter(), [], collections.Counter()
    for line in run.stdout.decode("utf-8").splitlines():
        a = json.loads(line)
        with_articles[a["source"]["id"]] += 1
        kinds[a.get("kind", "article")] += 1
        for field in ("title", "summary", "text"):
            m = MOJIBAKE.search(a.get(field) or "")
            if m and m.group() not in sent(home, a["source"]["id"]):
                broken.append((a["source"]["id"], field, a[field][max(0, m.start() - 20):m.end() + 20]))
    named = set(re.findall(r"soatin: ((?:feed|page)-\d+): ", said))
    silent = [s for s, _ in sources if not with_articles[s] and s not in named]
    for kind in ("feed", "page"):
        ids = [s for s, k in sources if k == kind]
        print("%ss %d: with articles %d, named errors %d" % (kind, len(ids), sum(1 for s in ids if with_articles[s]), len(named & set(ids))))
    print("articles %d %s; neither articles nor error: %d %s" % (sum(with_articles.values()), dict(kinds), len(silent), silent[:10]))
    print("status %d, seconds %.1f, cpu %.1f, peak MB %.0f" % (run.returncode, took, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024))
    print("mojibake traces: %d" % len(broken), *broken[:12], sep="\n  ")
    print("said:", *sorted(said.splitlines())[:40], sep="\n  ")
    print("queue in", home)


main()
