#!/usr/bin/env python3
"""What `tidemark watch` says of new errors and broken routes: six hours before a release, one after it.

A Python service writes an access line a request and a traceback with each failure. Each scene changes one
thing at the release. For every seed the log is written and judged by the built program as a user would
(`watch --no-follow --at ... --for 1h`); a row counts how often it ended as the scene demands, how soon the
first occurrence was noted and how soon the regression was raised.

  Benchmarks/failures.py --seeds 20 --tidemark .build/release/tidemark
"""
import argparse, datetime, json, os, random, subprocess, sys, tempfile
from concurrent.futures import ThreadPoolExecutor

RELEASE = 1795359600  # 2026-11-22T15:00:00Z
BEFORE, AFTER = 6 * 3600, 3600
ROUTES = [("GET", "/", 30), ("GET", "/products/{}", 28), ("GET", "/search", 14), ("POST", "/cart", 10),
          ("POST", "/orders", 8), ("GET", "/orders/{}", 6), ("GET", "/invoices/{}", 4)]
# Exception, message, frames of the user's code, each with the share of requests it breaks.
OLD = [("sqlalchemy.exc.TimeoutError", "QueuePool limit of size 5 overflow 10 reached", "orders.py", "create", 0.6),
       ("ValueError", "invalid literal for int() with base 10: 'x{}'", "search.py", "parse_page", 0.4)]
NEW = ("KeyError", "'discount'", "cart.py", "total")
# Name: expected statuses, what the first signal must name, longest delay of the regression in seconds.
SCENES = {
    "nothing": ({0}, None, None),
    "new exception, 2 % of requests": ({1}, "KeyError", 720),
    "new exception, one request in 500": ({1}, "KeyError", 1800),
    "an older class replaced, same rate": ({1}, "KeyError", 3600),
    "the words of one message changed": ({0, 3}, None, None),
    "one route broken, the others better": ({1}, "/invoices/{}", 1800),
}


def stamp(seconds):
    moment = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)
    return moment.strftime("%Y-%m-%d %H:%M:%S,") + f"{moment.microsecond // 1000:03d}"


def traceback(source, name, text, file, function):
    line = source.randrange(20, 400)
    return ("Traceback (most recent call last):\n"
            f'  File "/usr/lib/python3.12/site-packages/uvicorn/protocols/http/h11_impl.py", line {line}, in run_asgi\n'
            "    result = await app(\n"
            f'  File "/srv/shop/{file}", line {line + 7}, in {function}\n'
            f"    return {function}_step(request, 0x{source.getrandbits(40):x})\n"
            f"{name}: {text.format(source.randrange(10_000))}\n")


def write(path, scene, rate, seed):
    source = random.Random(f"{scene}/{seed}")
    weights = [weight for _, _, weight in ROUTES]
    share = 0.012
    at = RELEASE - BEFORE
    log = open(path, "w", buffering=1 << 20)
    first = None
    while True:
        at += source.expovariate(rate)
        if at >= RELEASE + AFTER:
            break
        new = at >= RELEASE
        method, template, _ = source.choices(ROUTES, weights)[0]
        path = template.replace("{}", str(source.randrange(10_000)))
        failure = None
        odds = share
        if new and scene.startswith("one route"):
            # 25 % on 4 % of the traffic; the rest makes up for it.
            odds = 0.25 if template == "/invoices/{}" else (share - 0.25 * 0.04) / 0.96
        if source.random() < odds:
            name, text, file, function, _ = source.choices(OLD, [old[4] for old in OLD])[0]
            if new and scene.startswith("an older") and name == "ValueError":
                name, text, file, function = NEW
            failure = (name, text, file, function)
        if new and scene.startswith("new exception") and source.random() < (0.02 if "2 %" in scene else 0.002):
            failure = NEW
        moment = stamp(at)
        status = 500 if failure else source.choices([200, 404], [97, 3])[0]
        log.write(f'{moment} INFO uvicorn.access 10.0.0.{source.randrange(250)}:5{source.randrange(1000)} - '
                  f'"{method} {path} HTTP/1.1" {status}\n')
        if failure:
            if failure is NEW and first is None and at >= RELEASE + 30:
                first = at
            log.write(f"{moment} ERROR shop.app Exception in ASGI application\n")
            log.write(traceback(source, *failure))
        if source.random() < 0.01:
            words = ("payment provider did not answer, order {} waits", "no answer from the payment provider for {}")
            text = words[1 if new and scene.startswith("the words") else 0]
            log.write(f"{moment} ERROR shop.payment {text.format(source.randrange(100_000))}\n")
    log.close()
    return first


def seconds(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def judge(options, scene, seed):
    statuses, named, limit = SCENES[scene]
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "app.log")
        first = write(path, scene, options.rate, seed)
        run = subprocess.run(
            [options.tidemark, "watch", "--no-follow", "--timezone", "UTC", "--at",
             datetime.datetime.fromtimestamp(RELEASE, datetime.timezone.utc).isoformat(), "--for", "1h",
             "--workers", "1", "--format", "json", path], capture_output=True, text=True)
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    verdict = lines[-1]
    alerts = [line for line in lines if line["event"] == "alert"]
    top = verdict["signals"][0]
    naming = " ".join(str(top.get(key) or "") for key in ("signal", "route", "signature"))
    noted = [a for a in alerts if named and named in (a.get("signature") or "") + (a["route"] or "")]
    fired = [a for a in alerts if a["state"] == "firing"]
    of_it = [a for a in noted if a["state"] == "firing"]
    result = {
        "seed": seed, "status": run.returncode, "naming": naming,
        "noted": seconds(noted[0]["at"]) - first if noted and first else None,
        "delay": seconds(fired[0]["at"]) - RELEASE if fired else None,
        "named": seconds(of_it[0]["at"]) - RELEASE if of_it else None,
        "fired": [a["signal"] + (a["route"] or "") for a in fired],
        "news": [a["signature"] for a in alerts if a["state"] == "noted"],
    }
    good = run.returncode in statuses
    if named:
        good = good and named in naming and result["delay"] is not None and result["delay"] <= limit
    else:
        good = good and not fired
    if scene.startswith("the words"):
        good = good and any("no answer from" in (news or "") for news in result["news"])
    return good, result


def middle(values):
    values = sorted(value for value in values if value is not None)
    return f"{values[len(values) // 2]:.0f} ({values[-1]:.0f})" if values else ""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tidemark", default=".build/release/tidemark")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=5)
    parser.add_argument("--scene", action="append", help="only scenes whose name begins so")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    print("| scene | as demanded | statuses | noted, s after its first record | first alarm, s | it named, s |")
    print("| --- | ---: | --- | ---: | ---: | ---: |")
    worst = 0
    with ThreadPoolExecutor(max_workers=2) as pool:
        for scene in SCENES:
            if options.scene and not any(scene.startswith(name) for name in options.scene):
                continue
            seeds = range(options.first_seed, options.first_seed + options.seeds)
            results = list(pool.map(lambda seed: judge(options, scene, seed), seeds))
            good = [result for is_good, result in results if is_good]
            everything = [result for _, result in results]
            statuses = {}
            for result in everything:
                statuses[result["status"]] = statuses.get(result["status"], 0) + 1
            print(f"| {scene} | {len(good)} of {len(results)} | "
                  + ", ".join(f"{k}: {v}" for k, v in sorted(statuses.items()))
                  + f" | {middle(r['noted'] for r in everything)} | {middle(r['delay'] for r in everything)} | "
                  + f"{middle(r['named'] for r in everything)} |", flush=True)
            if options.verbose:
                for is_good, result in results:
                    if not is_good:
                        print("   ", result, file=sys.stderr)
            worst = max(worst, len(results) - len(good))
    print("\nMedians; the longest in parentheses.")
    allowed = max(1, options.seeds // 20)
    sys.exit(0 if worst <= allowed else f"more than {allowed} of {options.seeds} seeds ended otherwise")


main()
