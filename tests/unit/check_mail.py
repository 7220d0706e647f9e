#!/usr/bin/python3
"""Reads a mail as a mail reader would and says what is wrong with it; silent and 0 when nothing is. check_mail.py FILE [KEY=VALUE…]:
decoded headers that must be exactly so."""
import email
import email.policy
import sys

raw = open(sys.argv[1], "rb").read()
wrong = []
while raw.startswith(b"X-Sink-"):  # the envelope, noted by the server of the test
    raw = raw.split(b"\r\n", 1)[1]
if any(b > 126 for b in raw):
    wrong.append("a byte above 126")
if raw.replace(b"\r\n", b"").translate(None, b"\t").strip(bytes(range(32, 127))):
    wrong.append("a control character or a bare CR or LF")
for line in raw.split(b"\r\n"):
    if len(line) > 998:
        wrong.append("a line of %d bytes" % len(line))
m = email.message_from_bytes(raw, policy=email.policy.default)
for part in m.walk():
    wrong += ["%s: %r" % (part.get_content_type(), d) for d in part.defects]
    for name, value in part.items():
        wrong += ["%s: %r" % (name, d) for d in getattr(value, "defects", ())]
for name in "Date From To Subject Message-ID References List-Id Auto-Submitted MIME-Version".split():
    if len(m.get_all(name, [])) != 1:
        wrong.append("%s is there %d times" % (name, len(m.get_all(name, []))))
if [p.get_content_type() for p in m.walk()] != ["multipart/alternative", "text/plain", "text/html"]:
    wrong.append("parts: %s" % [p.get_content_type() for p in m.walk()])
for want in sys.argv[2:]:
    name, value = want.split("=", 1)
    if str(m[name]) != value:
        wrong.append("%s is %r" % (name, str(m[name])))
for part in m.iter_parts():
    part.get_content()  # raises when it cannot be decoded
html = m.get_body(("html",)).get_content()
for word in ("<script", "<svg", "<img", "<link", "<iframe", " src=", "url(", "javascript:", "@import"):
    if word in html:
        wrong.append("HTML holds %s" % word)
if len(html.encode()) > 102400:
    wrong.append("HTML of %d bytes" % len(html.encode()))
for w in wrong:
    print(w)
sys.exit(bool(wrong))
