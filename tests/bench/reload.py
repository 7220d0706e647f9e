#!/usr/bin/env python3
"""reload.py [BUILD [SHARED [HOSTS]]]: a scan of 1,000 sources against bare libcurl in the same run.

The hostile server answers each of HOSTS feeds (60 KB, 40 articles) after 100 ms. Timed, wall clock: libcurl's multi interface alone
at 64 at once (BUILD/tests/bench/bench_curl), a first scan (parsed, matched, stored, archived) and a second one (all 304).
Prints seconds, CPU seconds and how many times as long as libcurl alone it took, with what is aimed at. Without arguments: build and
../shared.
"""
import json, os, shutil, subprocess, sys, tempfile, time


def timed(cmd, env):
    with tempfile.TemporaryFile("w+") as out:
        start = time.time()
        pid = subprocess.Popen(cmd, env=env, stdout=out, stderr=out).pid
        _, status, used = os.wait4(pid, 0)  # its own use and its children's
        wall = time.time() - start
        out.seek(0)
        return wall, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024, os.waitstatus_to_exitcode(status), out.read().strip()


def main():
    args = sys.argv[1:] + ["build", "../shared", "1000"][len(sys.argv) - 1:]
    build, shared, hosts = os.path.abspath(args[0]), os.path.abspath(args[1]), int(args[2])
    subprocess.run(["ninja", "-C", build, "tests/bench/bench_curl"], check=True, stdout=subprocess.DEVNULL)
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
    base, base_cpu, _, _, told = timed(bare, env)
    print("libcurl alone   %6.2f s  CPU %5.2f s  %s" % (base, base_cpu, told))
    for name, aim in (("first scan", "2"), ("second scan", "1.15, CPU 0.3 s, database untouched")):
        db = home + "/data/soatin/queue.db"
        before = os.stat(db).st_mtime_ns if os.path.exists(db) else 0
        wall, cpu, peak, status, told = timed(scan, env)
        wrote = os.stat(db).st_mtime_ns != before
        print("%-15s %6.2f s  CPU %5.2f s  %.2f times (aim: %s)  database %s  peak %d MB  status %d\n%17s%s" % (
            name, wall, cpu, wall / base, aim, "written" if wrote else "untouched",
            peak, status, "", told[:300]))
    server.stdin.close()
    shutil.rmtree(home)


main()
