#!/usr/bin/env python3
"""big_feeds.py SOATIN DIR: feeds larger than any limit, read from a file: 30,000 entries give the first 5,000 and a remark, what is
larger than the limit of a body (100,000 entries; 50 MB) the articles of its first part and a remark; never more than 64 MB of memory.
"""
import os, subprocess, sys

soatin, home = sys.argv[1:3]
HEAD = "<rss version='2.0'><channel><title>t</title>"
ITEM = "<item><title>Tin số %d</title><link>https://bao.example/%d</link><guid>g%d</guid><description>%s</description></item>\n"
errors = []


def read(name, entries, text):
    with open(home + "/feed.xml", "w", encoding="utf-8") as f:
        f.write(HEAD)
        for i in range(entries):
            f.write(ITEM % (i, i, i, text))
        f.write("</channel></rss>")
    with open(home + "/out", "wb") as out, open(home + "/err", "wb") as err:
        p = subprocess.Popen([soatin, "read", "--as", "feed", home + "/feed.xml"], stdout=out, stderr=err)
        _, code, used = os.wait4(p.pid, 0)
    p.returncode = os.waitstatus_to_exitcode(code)
    if used.ru_maxrss > 64 << 10:
        errors.append("%s: %d KB" % (name, used.ru_maxrss))
    print("%s: %d MB" % (name, used.ru_maxrss >> 10))
    return p.returncode, open(home + "/out", "rb").read().count(b"\n"), open(home + "/err", encoding="utf-8").read()


status, n, said = read("30,000 entries", 30000, "Dẫn.")
if status != 1 or n != 5000 or "more than 5000 entries" not in said:
    errors.append("30,000 entries: status %d, %d articles: %s" % (status, n, said))
for name, entries, text, least in (("100,000 entries", 100000, "Dẫn.", 5000), ("50 MB", 500, "Nước lên. " * 10000, 50)):
    status, n, said = read(name, entries, text)
    if status != 1 or not least <= n <= 5000 or len(said.splitlines()) != 1 or "its first %d articles kept" % n not in said:
        errors.append("%s: status %d, %d articles: %s" % (name, status, n, said))
for e in errors:
    print("FAIL", e)
sys.exit(1 if errors else 0)
