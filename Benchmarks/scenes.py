#!/usr/bin/env python3
"""What `tidemark watch` says of generated services: six hours before a release, one after it.

Each scene changes one thing at the release, or nothing. For every seed the log is written, judged by the
built program as a user would (`watch --no-follow --at ... --for 1h`), and the verdict compared with what
the scene is. A row counts how often the right kind of signal was named first, and how soon.

  Benchmarks/scenes.py --seeds 20 --tidemark .build/release/tidemark
"""
import argparse, datetime, json, math, os, random, subprocess, sys, tempfile
from concurrent.futures import ThreadPoolExecutor

RELEASE = 1795359600  # 2026-11-22T15:00:00Z
BEFORE, AFTER = 6 * 3600, 3600
ROUTES = [("GET", "/", 30), ("GET", "/products/{}", 28), ("GET", "/search", 14), ("POST", "/cart", 10),
          ("POST", "/orders", 8), ("GET", "/orders/{}", 7), ("GET", "/health", 3)]
# Name, expected status, acceptable first signals.
SCENES = {
    "nothing": (0, None),
    "restart noise of 20 s": (0, None),
    "errors x4": (1, {"http.5xx", "errors", "app.failed"}),
    "latency x1.5": (1, {"http.latency"}),
    "cache hits down 20 points": (1, {"cache.hits"}),
    "database calls x3": (1, {"db.calls"}),
    "requests gone, jobs go on": (1, {"http.requests"}),
    "everything gone": (4, {"lines"}),
}


def stamp(seconds):
    moment = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def write(path, scene, share, rate, seed):
    """One JSON line a request, an ERROR record with each failure, a job's heartbeat every few seconds."""
    source = random.Random(f"{scene}/{share}/{seed}")
    weights = [weight for _, _, weight in ROUTES]
    load = 0.0
    at = RELEASE - BEFORE
    heartbeat = at
    gone_at = RELEASE + 1200
    with open(path, "w", buffering=1 << 20) as log:
        while at < RELEASE + AFTER:
            # Traffic wanders by some tens of percent within an hour.
            load = 0.9995 * load + 0.006 * source.gauss(0, 1)
            at += source.expovariate(rate * math.exp(load))
            new = at >= RELEASE
            while heartbeat < min(at, RELEASE + AFTER):
                if not (scene == "everything gone" and heartbeat >= gone_at):
                    log.write(f'{{"time":"{stamp(heartbeat)}","level":"info","msg":"job done","job":"mail"}}\n')
                heartbeat += source.uniform(2, 8)
            if scene.endswith("gone") or "gone," in scene:
                if at >= gone_at:
                    continue
            if at >= RELEASE + AFTER:
                break
            method, path_template, _ = source.choices(ROUTES, weights)[0]
            route = path_template.replace("{}", str(source.randrange(10_000)))
            errors = share * (4 if new and scene == "errors x4" else 1)
            if scene == "restart noise of 20 s" and RELEASE <= at < RELEASE + 20:
                errors = 0.4
            failed = source.random() < errors
            milliseconds = source.lognormvariate(3.2, 0.7)
            if new and scene == "latency x1.5":
                milliseconds *= 1.5
            hit = source.random() < (0.42 if new and scene.startswith("cache") else 0.62)
            calls = 0 if hit else 1 + int(source.expovariate(0.5))
            if new and scene.startswith("database"):
                calls *= 3
            status = source.choice([500, 502, 503]) if failed else source.choices(
                [200, 201, 304, 404, 400], [90, 4, 3, 2, 1])[0]
            moment = stamp(at)
            log.write(
                f'{{"time":"{moment}","level":"info","msg":"request","method":"{method}","path":"{route}",'
                f'"status":{status},"duration_ms":{milliseconds:.1f},"cache":"{"HIT" if hit else "MISS"}",'
                f'"db_calls":{calls},"db_ms":{calls * source.uniform(0.5, 3):.1f}}}\n')
            if failed:
                log.write(
                    f'{{"time":"{moment}","level":"error","msg":"request failed","error":"backend said '
                    f'{status}","path":"{route}"}}\n')


def judge(options, scene, share, seed):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "app.log")
        write(path, scene, share, options.rate, seed)
        run = subprocess.run(
            [options.tidemark, "watch", "--no-follow", "--at", str(stamp(RELEASE)), "--for", "1h",
             "--workers", "1", "--format", "json", path], capture_output=True, text=True)
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    verdict = lines[-1]
    first = verdict["signals"][0]["signal"] if verdict["signals"] else None
    fired = [a for a in lines if a["event"] == "alert" and a["state"] == "firing"]
    delay = None
    if fired:
        moment = datetime.datetime.fromisoformat(fired[0]["at"].replace("Z", "+00:00")).timestamp()
        delay = moment - RELEASE - (1200 if "gone" in scene else 0)
    return {"seed": seed, "status": run.returncode, "first": first, "delay": delay,
            "fired": sorted({a["signal"] for a in fired})}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tidemark", default=".build/release/tidemark")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=10)
    parser.add_argument("--scene", action="append", help="only scenes whose name begins so")
    parser.add_argument("--share", action="append", type=float, help="error shares; 0.01 and 0.001")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    print("| scene | errors before | as expected | statuses | first named | median delay, s |")
    print("| --- | ---: | ---: | --- | --- | ---: |")
    worst = 0
    with ThreadPoolExecutor(max_workers=2) as pool:
        for scene, (status, names) in SCENES.items():
            if options.scene and not any(scene.startswith(name) for name in options.scene):
                continue
            for share in options.share or [0.01, 0.001]:
                seeds = range(options.first_seed, options.first_seed + options.seeds)
                results = list(pool.map(lambda seed: judge(options, scene, share, seed), seeds))
                good = [r for r in results if r["status"] == status
                        and (names is None and not r["fired"] or names and r["first"] in names)]
                statuses, firsts = {}, {}
                for r in results:
                    statuses[r["status"]] = statuses.get(r["status"], 0) + 1
                    if names:
                        firsts[r["first"]] = firsts.get(r["first"], 0) + 1
                delays = sorted(r["delay"] for r in results if r["delay"] is not None)
                middle = f"{delays[len(delays) // 2]:.0f}" if delays else ""
                print(f"| {scene} | {share:.1%} | {len(good)} of {len(results)} | "
                      + ", ".join(f"{k}: {v}" for k, v in sorted(statuses.items())) + " | "
                      + ", ".join(f"{k}: {v}" for k, v in sorted(firsts.items(), key=str)) + f" | {middle} |",
                      flush=True)
                if options.verbose:
                    for r in results:
                        if r not in good:
                            print("   ", r, file=sys.stderr)
                worst = max(worst, len(results) - len(good))
    allowed = max(1, options.seeds // 10)
    sys.exit(0 if worst <= allowed else f"more than {allowed} of {options.seeds} seeds ended otherwise")


main()
