#!/usr/bin/env python3
"""sample_expected.py EXPECTED.tsv ARTICLES.ndjson STDERR: the recorded day against what was expected of it before the rules existed.

Prints each difference; status 1 when there is one.
"""
import json, sys

expected, articles, said = sys.argv[1:4]
said = open(said, encoding="utf-8").read()
last = {}
for line in open(articles, encoding="utf-8"):
    a = json.loads(line)
    last[a.get("url") or a.get("guid")] = a
    if a.get("guid"):
        last.setdefault(a["guid"], a)
bad, counted = 0, 0
for line in open(expected, encoding="utf-8"):
    if line.startswith("#") or not line.strip():
        continue
    url, expect, topic, note = (line.rstrip("\n").split("\t") + [""] * 3)[:4]
    if url == "url":
        continue
    counted += 1
    a = last.get(url)
    flags = [f for f in (a or {}).get("flags", []) if not f.get("trial")]
    got = "none" if not flags else "answered" if all(f["state"] == "answered" for f in flags) else "flag"
    if expect == "error":
        ok = url in said
        got = "named" if ok else "not named"
    else:
        topics = {f["topic"] for f in flags}
        ok = got == expect and (got == "none" or not topic.strip("-") or topic in topics)
        got += " " + ",".join(sorted(f["rule"] for f in flags)) + ("" if a else " (no article)")
    if not ok:
        bad += 1
        print("%s\n  expected %s %s, got %s\n  %s" % (url, expect, topic, got, note))
print("%d expectations, %d differ" % (counted, bad))
sys.exit(1 if bad or not counted else 0)
