#!/usr/bin/env python3
"""The receivers of integration.sh and what they must have got; see there."""
import asyncio
import email
import email.policy
import http.server
import json
import os
import smtplib
import sys
import threading
import time
import urllib.parse
import urllib.request

FOLDER = os.environ["TIDEMARK_TEST_FOLDER"]
GOOD, BAD, LENGTH, LINES = 7200, 20, 130, 150


def path(name):
    return os.path.join(FOLDER, name)


def note(name, value):
    with open(path(name), "a") as file:
        file.write(json.dumps(value) + "\n")


def notes(name):
    try:
        with open(path(name)) as file:
            return [json.loads(line) for line in file]
    except FileNotFoundError:
        return []


class Receiver(http.server.BaseHTTPRequestHandler):
    """Alertmanager's notifications on one port, webhooks on the other; the first webhook is put off."""

    tries = 0

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        status = 200
        if self.server.server_port == 19801:
            note("alertmanager.json", json.loads(body))
        else:
            Receiver.tries += 1
            status = 429 if Receiver.tries == 1 else 204
            note("webhooks.json", {"status": status, "headers": dict(self.headers), "body": body})
        self.send_response(status)
        if status == 429:
            self.send_header("Retry-After", "1")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def receivers():
    from aiosmtpd.controller import Controller

    class Mail:
        async def handle_DATA(self, server, session, envelope):
            note("mail.json", {"from": envelope.mail_from, "to": envelope.rcpt_tos,
                               "text": envelope.content.decode()})
            return "250 OK"

    Controller(Mail(), hostname="127.0.0.1", port=19825).start()
    for port in (19801, 19802):
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Receiver)
        threading.Thread(target=server.serve_forever, daemon=True).start()
    threading.Event().wait()


def sendmail(arguments):
    assert arguments[0] == "-i" and arguments[1] == "-f" and arguments[3] == "--", arguments
    message = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.SMTP)
    with smtplib.SMTP("127.0.0.1", 19825) as smtp:
        smtp.send_message(message, arguments[2], arguments[4:])


def get(url, headers={}):
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=5) as answer:
        return answer.headers.get("content-type", ""), answer.read().decode()


def wait():
    for url in ("http://127.0.0.1:19893/-/ready", "http://127.0.0.1:19890/-/ready"):
        for attempt in range(300):
            try:
                get(url)
                break
            except OSError:
                time.sleep(0.1)
        else:
            sys.exit(url + " is not there")
    for port in (19801, 19802, 19825):
        for attempt in range(100):
            try:
                __import__("socket").create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                time.sleep(0.1)


def write(name):
    """Two hours of history with few errors, then, live: many for a while, then few again."""
    start = float(int(time.time())) + 15
    with open(path("at"), "w") as file:
        file.write(time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(start)))
    with open(path("length"), "w") as file:
        file.write(str(LENGTH))

    def lines(moment, bad):
        stamp = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(moment))
        return "".join(line(stamp, number, bad) for number in range(LINES))

    def line(stamp, number, bad):
        if number % (2 if bad else 10) == 0:
            return f"{stamp},000 ERROR [shop] <b>order</b> failed password=hunter2 \x1b[2J ::set-output name=a::b\n"
        return f"{stamp},000 INFO [shop] order done in 31 ms\n"

    with open(path(name + ".new"), "w") as file:
        for second in range(GOOD):
            file.write(lines(start - GOOD + second, False))
    os.rename(path(name + ".new"), path(name))
    time.sleep(max(0, start - time.time()))
    second = 0
    while second < LENGTH + 5:
        with open(path(name), "a") as file:
            file.write(lines(start + second, second < BAD))
        if second == 30:
            probe()
        second += 1
        time.sleep(max(0, start + second - time.time()))


def probe():
    for accept in ("application/openmetrics-text;version=1.0.0,*/*;q=0.1", "text/plain"):
        kind, text = get("http://127.0.0.1:19900/metrics", {"Accept": accept})
        note("scrapes.json", {"type": kind, "eof": text.endswith("# EOF\n"), "text": text})
    note("health.json", get("http://127.0.0.1:19900/healthz")[1])


def expect(what, holds):
    print(("ok    " if holds else "WRONG ") + what)
    if not holds:
        expect.failed = True


expect.failed = False


def check():
    time.sleep(6)
    from standardwebhooks.webhooks import Webhook

    hooks = notes("webhooks.json")
    expect("the first webhook was put off and came again with the same id",
           len(hooks) > 1 and hooks[0]["status"] == 429
           and hooks[0]["headers"]["webhook-id"] == hooks[1]["headers"]["webhook-id"])
    verified = 0
    for hook in hooks:
        headers = {name.lower(): value for name, value in hook["headers"].items()}
        Webhook(os.environ["HOOK_SECRET"]).verify(hook["body"], headers)
        verified += 1
    expect(f"standardwebhooks verifies all {verified} signatures", verified > 1)
    types = [json.loads(hook["body"])["type"] for hook in hooks if hook["status"] == 204]
    keys = {}
    for hook in hooks:
        if hook["status"] == 204:
            data = json.loads(hook["body"])["data"]
            keys.setdefault(data["key"], []).append(data["state"])
    expect(f"each key has one trigger and at most one resolve, in order: {list(keys.values())}",
           bool(keys) and all(v in (["firing"], ["firing", "resolved"]) for v in keys.values()))
    sent = "".join(hook["body"] for hook in hooks) + "".join(m["text"] for m in notes("mail.json"))
    expect("no secret and no escape left", "hunter2" not in sent and "\x1b" not in sent and "<b>" not in
           "".join(hook["body"] for hook in hooks))
    groups = notes("alertmanager.json")
    firing = [g for g in groups if g["status"] == "firing"]
    keys = {a["labels"]["tidemark_key"] for g in groups for a in g["alerts"]}
    expect(f"Alertmanager grouped {len(keys)} alerts in {len(groups)} notifications", bool(firing))
    expect("and notified of no alert twice",
           len(firing) <= len(keys) and len({json.dumps(g, sort_keys=True) for g in groups}) == len(groups))
    expect("and said that they were resolved", any(g["status"] == "resolved" for g in groups)
           and "verdict.recovery" in types)
    mails = notes("mail.json")
    parsed = [email.message_from_string(m["text"]) for m in mails]
    expect(f"{len(mails)} mails came through SMTP: " + "; ".join(str(m["Subject"]) for m in parsed),
           bool(mails) and all(m["to"] == ["oncall@example.org"] for m in mails)
           and all("Bcc" not in m for m in parsed))
    scrapes = notes("scrapes.json")
    expect("OpenMetrics and text are told apart", len(scrapes) >= 2
           and scrapes[0]["type"].startswith("application/openmetrics-text") and scrapes[0]["eof"]
           and scrapes[1]["type"].startswith("text/plain; version=0.0.4") and not scrapes[1]["eof"])
    expect("the watch was healthy", notes("health.json")[:1] == ["ok\n"])
    query = urllib.parse.quote("max_over_time(tidemark_lines_total[5m])")
    result = json.loads(get("http://127.0.0.1:19890/api/v1/query?query=" + query)[1])["data"]["result"]
    expect(f"Prometheus scraped {[r['value'][1] for r in result]} lines", bool(result))
    query = urllib.parse.quote('max_over_time(tidemark_verdict{state="regressed"}[5m]) == 1')
    result = json.loads(get("http://127.0.0.1:19890/api/v1/query?query=" + query)[1])["data"]["result"]
    expect(f"and {[r['metric']['signal'] for r in result]} as regressed", bool(result))
    sys.exit(1 if expect.failed else 0)


if __name__ == "__main__":
    command, arguments = sys.argv[1], sys.argv[2:]
    if command == "sendmail":
        sendmail(arguments)
    else:
        {"receivers": receivers, "wait": wait, "write": write, "check": check}[command](*arguments)
