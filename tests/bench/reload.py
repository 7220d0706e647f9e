#!/usr/bin/env python3
"""reload.py BUILD SHARED [HOSTS]: a scan of 1,000 sources against bare libcurl in the same run.

The hostile server answers each of HOSTS feeds (60 KB, 40 articles) after 100 ms. Timed, wall clock: libcurl's multi interface alone
at 64 at once (BUILD/tests/bench/bench_curl), a first scan (parsed, matched, stored, archived) and a second one (all 304).
Prints seconds, CPU seconds and the ratios.
"""
import json, os, resource, shutil, subprocess, sys, tempfile, time


def timed(cmd, env):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.time()
    run = subprocess.run(cmd, env=env, capture_output=True, text=True)
    wall = time.time() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, run


def main():
    build, shared = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    hosts = int(sys.argv[3]) if len(sys.argv) > 3 else 1000
    home = tempfile.mkdtemp(prefix="reload-")
    server = subprocess.Popen([sys.executable, shared + "/hostile/hostile_server.py", "--hosts", str(hosts), "--no-tls", "--quiet",
                               "--exit-with-stdin"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    port = json.loads(server.stdout.readline())["http"]
    urls = ["http://127.0.%d.%d:%d/bench/%d.xml?ms=100" % ((i + 1) // 256, (i + 1) % 256, port, i) for i in range(hosts)]
    os.makedirs(home + "/config/soatin")
    with open(home + "/config/soatin/soatin.yaml", "w") as f:
        f.write("places: [hai-phong]\n")
    with open(home + "/urls", "w") as f:
        f.write("\n".join(urls) + "\n")
    with open(home + "/feeds.yaml", "w") as f:
        for i, u in enumerate(urls):
            f.write("- {id: s%d, name: s%d, url: '%s', kind: national, country: VN, lang: vi, allow_private: true}\n" % (i, i, u))
    env = dict(os.environ, XDG_CONFIG_HOME=home + "/config", XDG_DATA_HOME=home + "/data")
    bare = [build + "/tests/bench/bench_curl", home + "/urls"]
    scan = [build + "/src/soatin", "scan", "--no-pages", "--feeds", home + "/feeds.yaml"]
    timed(bare, env)  # the server makes its feeds on first demand: not counted
    base, base_cpu, run = timed(bare, env)
    print("libcurl alone   %6.2f s  cpu %5.2f  %s" % (base, base_cpu, run.stdout.strip()))
    for name in ("first scan", "second scan"):
        db = home + "/data/soatin/queue.db"
        before = os.stat(db).st_mtime_ns if os.path.exists(db) else 0
        wall, cpu, run = timed(scan, env)
        wrote = os.stat(db).st_mtime_ns != before
        print("%-15s %6.2f s  cpu %5.2f  ratio %.2f  status %d  database %s  %s%s" % (
            name, wall, cpu, wall / base, run.returncode, "written" if wrote else "untouched", run.stdout.strip(), run.stderr[:300]))
    server.stdin.close()
    shutil.rmtree(home)


main()
