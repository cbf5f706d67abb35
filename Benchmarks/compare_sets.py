#!/usr/bin/env python3
"""How often `tidemark compare` finds something between two samples of one system, and whether it finds
what was planted.

Each seed makes two hours of a service with eight routes, each with its own errors, latency, cache and
database calls. `same`: the other set is a second sample of it, months later. `mix`: a second sample whose
requests go to the routes in other shares. `planted`: five differences: three times the 5xx, every request
taking twice as long, fewer cache hits, three times the database calls, and an exception that the first set
does not have.

    TIDEMARK=.build/release/tidemark Benchmarks/compare_sets.py [--seeds 20] [same mix planted]
"""
import argparse
import datetime
import json
import os
import random
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TIDEMARK = os.environ.get("TIDEMARK", HERE + "/../.build/release/tidemark")
# route, share, share elsewhere, 5xx, milliseconds, cache hits, database calls
ROUTES = [
    ("/", 30, 10, 0.001, 4, 0.9, 1), ("/orders", 20, 10, 0.004, 12, 0.6, 3), ("/orders/%d", 15, 5, 0.006, 18, 0.5, 4),
    ("/search", 12, 35, 0.02, 60, 0.3, 6), ("/cart", 10, 15, 0.008, 15, 0.2, 5), ("/login", 6, 5, 0.003, 40, 0.0, 2),
    ("/export", 2, 15, 0.05, 400, 0.0, 20), ("/health", 5, 5, 0.0, 1, 0.0, 0),
]
PLANTED = {"http.5xx", "http.latency", "cache.hits", "db.calls", "python.key-error"}


def write(path, rng, start, seconds, per_second, mix, planted):
    shares = [route[2 if mix else 1] for route in ROUTES]
    with open(path, "w") as out:
        now = start
        while now < start + seconds:
            now += rng.expovariate(per_second)
            route, _, _, failing, typical, hits, calls = rng.choices(ROUTES, shares)[0]
            stamp = datetime.datetime.fromtimestamp(now, datetime.timezone.utc).isoformat(timespec="milliseconds")
            milliseconds = typical * rng.lognormvariate(0, 0.5) * (2 if planted else 1)
            status = 500 if rng.random() < failing * (3 if planted else 1) else 200
            hit = "HIT" if rng.random() < hits * (0.7 if planted else 1) else "MISS"
            asked = sum(rng.random() < 0.5 for _ in range(2 * calls)) * (3 if planted else 1)
            path_ = route % rng.randrange(9000) if "%" in route else route
            out.write(f'{{"time":"{stamp}","level":"info","msg":"request","method":"GET","path":"{path_}",'
                      f'"status":{status},"duration_ms":{milliseconds:.3f},"cache":"{hit}","db_calls":{asked}}}\n')
            if planted and rng.random() < 0.01:
                out.write(f'{stamp} ERROR app.orders: failed\nTraceback (most recent call last):\n'
                          f'  File "/srv/app/orders.py", line 41, in price\n    return row["discount"]\n'
                          f"KeyError: 'discount'\n")
            elif rng.random() < 0.004:
                out.write(f"{stamp} ERROR app.mail: relay {rng.randrange(9)} refused the message\n")


def compare(folder, kind, seed):
    rng = random.Random(f"{kind}{seed}")
    a, b = folder + "/a.log", folder + "/b.log"
    write(a, rng, 1_780_000_000, 7200, 6, False, False)
    write(b, rng, 1_790_000_000, 7200, 6, kind == "mix", kind == "planted")
    run = subprocess.run([TIDEMARK, "compare", "--timezone", "UTC", "--format", "json", "--a", a, "--b", b],
                         capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=300)
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    return run.returncode, lines[0], lines[-1]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("kinds", nargs="*", default=["same", "mix", "planted"])
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tidemark-compare-") as folder:
        for kind in arguments.kinds:
            statuses, names, good, overlaps = {}, {}, 0, []
            for seed in range(arguments.seeds):
                status, compared, verdict = compare(folder, kind, seed)
                # What the same failure raised as well is told under the signal that leads its story.
                found = [item["signal"] for item in verdict["signals"]
                         if item["state"] == "regressed" and "story" not in item]
                statuses[status] = statuses.get(status, 0) + 1
                for name in found:
                    names[name] = names.get(name, 0) + 1
                overlaps.append(compared["mix"]["overlap"])
                good += (set(found[:5]) == PLANTED) if kind == "planted" else (not found)
            what = "found the five first" if kind == "planted" else "found nothing"
            print(f"{kind}: {good} of {arguments.seeds} {what}; statuses {statuses}; overlap {min(overlaps):.3f} to "
                  f"{max(overlaps):.3f}; regressed {names}", flush=True)


if __name__ == "__main__":
    main()
