#!/usr/bin/env python3
"""large_scan.py SOATIN DIR HOW COUNT MEGABYTES: COUNT feeds of MEGABYTES each at once, each of three articles.

HOW: "pad", the rest of each is a comment; "text", it is the text of the articles. All articles must come, no process may ever hold
more than 64 MB.
"""
import asyncio, os, sys, threading

sys.dont_write_bytecode = True
import watch

soatin, home, how, count, mb = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5])
SIZE = mb << 20
HEAD = '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>%s</title>'
ITEM = ("<item><title>Tin số %d của %s</title><guid>%s-%d</guid><pubDate>Mon, 23 Nov 2026 06:0%d:00 +0700</pubDate>"
        "<content:encoded>%s</content:encoded></item>")
SENTENCE = "Sáng nay mực nước trên sông xuống chậm, các trường học mở cửa từ đầu giờ chiều.\n"


def feed(name, text):
    room = SIZE - 2048
    words = SENTENCE * (room // 3 // len(SENTENCE.encode())) if text else SENTENCE
    items = "".join(ITEM % (i, name, name, i, i, words) for i in range(3))
    pad = "" if text else "<!--" + "x" * (room - len(items)) + "-->"
    return (HEAD % name + items + pad + "</channel></rss>").encode()


async def serve(reader, writer):
    try:
        name = (await reader.readuntil(b"\r\n\r\n")).decode().split(" ")[1].strip("/")
        body = feed(name, how == "text")
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body))
        for at in range(0, len(body), 65536):
            writer.write(body[at:at + 65536])
            await writer.drain()
    except (ConnectionError, asyncio.IncompleteReadError):
        pass
    writer.close()


def main():
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(asyncio.start_server(serve, "0.0.0.0", 0, backlog=256))
    port = server.sockets[0].getsockname()[1]
    threading.Thread(target=loop.run_forever, daemon=True).start()
    os.makedirs(home + "/config/soatin", exist_ok=True)
    with open(home + "/config/soatin/soatin.yaml", "w") as f:
        f.write("places: [hai-phong]\n")
    with open(home + "/f.yaml", "w") as f:
        for i in range(1, count + 1):
            f.write("- {id: s%d, name: s%d, url: 'http://127.0.1.%d:%d/s%d', kind: national, country: VN, lang: vi,\n"
                    "   allow_private: true, pages: false}\n" % (i, i, i, port, i))
    env = dict(os.environ, XDG_CONFIG_HOME=home + "/config", XDG_DATA_HOME=home + "/data", no_proxy="*")
    env.pop("SOATIN_NOW", None)
    w = watch.Watched([soatin, "scan", "--feeds", home + "/f.yaml", "--articles"], env=env)
    print("%s: %d MB the process that fetches, %d MB a worker" % (how, w.own >> 10, w.child >> 10))
    articles = w.out.count(b"\n")
    if w.status or articles != 3 * count:
        sys.exit("status %d, %d articles: %s" % (w.status, articles, w.err.decode()[-500:]))
    if w.own > 64 << 10 or w.child > 64 << 10:
        sys.exit("more than 64 MB")


main()
