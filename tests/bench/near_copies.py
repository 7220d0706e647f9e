#!/usr/bin/env python3
"""near_copies.py: invented near-copies of the recorded sample articles, for bench_story. Writes KIND TAB NUMBER TAB TITLE TAB TEXT.

The articles come from feeds/sample/day; paragraphs that several of them share (footers) are left out. Each way of copying is applied
three times to each article.
"""
import glob
import html
import os
import random
import re
from collections import Counter

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
rnd = random.Random(7)


def clean(s):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", s)).split())


def articles():
    found = []
    for f in sorted(glob.glob(TOP + "/feeds/sample/day/*/*.html")):
        page = open(f, encoding="utf-8", errors="replace").read()
        title = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.S)
        paras = [clean(p) for p in re.findall(r"<p[^>]*>(.*?)</p>", page, re.S)]
        paras = [p for p in paras if len(p) > 40]
        if title and sum(map(len, paras)) > 400:
            found.append((clean(title.group(1)), paras))
    times = Counter(p for _, paras in found for p in paras)
    return [(t, [p for p in paras if times[p] == 1]) for t, paras in found]


def sentences(paras):
    return [s for p in paras for s in re.split(r"(?<=[.!?]) ", p)]


def changed(paras, share):
    return [" ".join(rnd.choice(WORDS) if rnd.random() < share else w for w in p.split()) for p in paras]


def kept(paras, share):
    return [" ".join(s for s in sentences(paras) if rnd.random() < share)]


def other():
    return " ".join(rnd.sample(WORDS, 25))


DOCS = articles()
WORDS = [w for _, paras in DOCS for p in paras for w in p.split()]
COPIES = {
    "title changed": lambda t, p: (other(), p),
    "title and lead rewritten": lambda t, p: (other(), [other()] + p[1:]),
    "signature added": lambda t, p: (t, p + ["Theo Tin Biển. Mời bạn đọc thêm tin khác trên trang của chúng tôi."]),
    "sentences in other order": lambda t, p: (t, [" ".join(rnd.sample(sentences(p), len(sentences(p))))]),
    "1 word in 20 changed": lambda t, p: (t, changed(p, 0.05)),
    "1 word in 10 changed": lambda t, p: (t, changed(p, 0.10)),
    "1 word in 5 changed": lambda t, p: (t, changed(p, 0.20)),
    "1 sentence in 5 left out": lambda t, p: (t, kept(p, 0.80)),
    "1 sentence in 3 left out": lambda t, p: (t, kept(p, 0.67)),
    "first half only": lambda t, p: (t, [" ".join(sentences(p)[: (len(sentences(p)) + 1) // 2])]),
}


def put(kind, number, title, paras):
    print(kind, number, title, " ".join(paras), sep="\t")


if __name__ == "__main__":
    for n, (title, paras) in enumerate(DOCS):
        put("original", n, title, paras)
    for kind, copy in COPIES.items():
        for _ in range(3):
            for n, (title, paras) in enumerate(DOCS):
                put(kind, n, *copy(title, paras))
