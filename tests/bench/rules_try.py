#!/usr/bin/env python3
"""rules_try.py [BUILD [ARTICLES]]: rules tried on many stored articles.

Makes a queue of ARTICLES (100,000) invented articles of some 2,500 characters, each mixed anew from the paragraphs of the recorded
sample, through `soatin match` and `soatin queue import`; then times `soatin rules try`, with one file and with all rules that come with
the program. Prints wall clock, CPU seconds and peak memory.
"""
import json, os, random, shutil, subprocess, sys, tempfile, time

sys.dont_write_bytecode = True
import near_copies


def article(rnd, docs, n):
    text, size = [], 0
    while size < 2400:
        text.append(rnd.choice(rnd.choice(docs)[1]))
        size += len(text[-1])
    return {"v": 1, "id": "", "url": "https://tin.example/%d" % n, "source": {"id": "s%d" % (n % 50), "kind": "national", "country": "VN", "lang": "vi"},
            "title": rnd.choice(docs)[0], "text": "\n".join(text), "published": "2026-11-%02dT06:30:00+07:00" % (1 + n % 22)}


def timed(name, cmd, env, **files):
    with tempfile.TemporaryFile("w+") as told:
        start = time.time()
        pid = subprocess.Popen(cmd, env=env, stderr=told, **files).pid
        _, status, used = os.wait4(pid, 0)
        wall = time.time() - start
        told.seek(0)
        print("%-20s %6.2f s  CPU %6.2f s  peak %d MB  status %d  %s" % (name, wall, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024,
              os.waitstatus_to_exitcode(status), told.read().strip().split("\n")[-1]), flush=True)


def main():
    args = sys.argv[1:] + ["build", "100000"][len(sys.argv) - 1:]
    soatin, n = os.path.abspath(args[0]) + "/src/soatin", int(args[1])
    top = near_copies.TOP
    home, rnd, docs = tempfile.mkdtemp(prefix="try-"), random.Random(7), near_copies.DOCS
    env = dict(os.environ, XDG_CONFIG_HOME=home + "/config", XDG_DATA_HOME=home + "/data")
    os.makedirs(home + "/config/soatin")
    with open(home + "/config/soatin/soatin.yaml", "w") as f:
        f.write("places: [hai-phong, khanh-hoa, da-nang]\n")
    with open(home + "/articles", "w", encoding="utf-8") as f:
        for i in range(n):
            f.write(json.dumps(article(rnd, docs, i), ensure_ascii=False) + "\n")
    print("%d articles, %d MB" % (n, os.path.getsize(home + "/articles") >> 20), flush=True)
    with open(home + "/articles") as given, open(home + "/matched", "w") as to:
        timed("match", [soatin, "match"], env, stdin=given, stdout=to)
    with open(home + "/matched") as given:
        timed("queue import", [soatin, "queue", "import"], env, stdin=given, stdout=subprocess.DEVNULL)
    for name, rules in (("rules try, one file", "/rules/thien-tai.yaml"), ("rules try, all", "/rules")):
        timed(name, [soatin, "rules", "try", top + rules], env, stdout=subprocess.DEVNULL)
    shutil.rmtree(home)


main()
