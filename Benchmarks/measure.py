#!/usr/bin/env python3
"""Times programs on one corpus and prints a Markdown table. Called by run.sh; standard library only.

CPU is user plus system time of the program and its children, from wait4(2). Each round runs every
row once, so that a machine that slows down slows every row; the median of the rounds is printed.
"""
import argparse
import datetime
import json
import os
import platform
import shutil
import statistics
import sys
import time


class Row:
    """A thing to time: one or more commands, run one after the other."""

    def __init__(self, what, commands, corpus_bytes, rounds, statuses=(0,)):
        self.what, self.commands, self.bytes = what, commands, corpus_bytes
        self.rounds, self.statuses = rounds, statuses
        self.cpu, self.wall, self.peak, self.failure = [], [], 0, None

    def run(self):
        cpu = wall = 0.0
        for command in self.commands:
            begin = time.monotonic()
            null = os.open(os.devnull, os.O_RDWR)
            pid = os.posix_spawnp(
                command[0], command, os.environ,
                file_actions=[(os.POSIX_SPAWN_DUP2, null, fd) for fd in (0, 1, 2)])
            os.close(null)
            _, status, usage = os.wait4(pid, 0)
            wall += time.monotonic() - begin
            cpu += usage.ru_utime + usage.ru_stime
            self.peak = max(self.peak, usage.ru_maxrss)
            code = os.waitstatus_to_exitcode(status)
            if code not in self.statuses:
                self.failure = f"`{os.path.basename(command[0])}` ended with status {code}"
                return
        self.cpu.append(cpu)
        self.wall.append(wall)


def rows(arguments):
    corpus, rules, size = arguments.corpus, arguments.rules_text, os.path.getsize(arguments.corpus)
    with open(rules, encoding="utf-8") as file:
        patterns = [line.rstrip("\n") for line in file if line.strip()]
    rounds = arguments.rounds
    tidemark = arguments.tidemark
    count = [tidemark, "count", "--rules", arguments.rules_yaml]
    alone = [*count, "--workers", "1"]
    found = [Row("`tidemark count`, a count per rule", [[*alone, corpus]], size, rounds)]
    found.append(Row("the same on every core", [[*count, corpus]], size, rounds))
    found.append(Row(
        "the same with 400 rules more that match nothing",
        [[*alone, "--rules", arguments.rules_nowhere, corpus]], size, rounds))
    found.append(Row(
        "`tidemark count`, every built-in pack",
        [[tidemark, "count", "--workers", "1", corpus]], size, rounds))
    found.append(Row("`wc -l`, the floor under any line reader", [["wc", "-l", corpus]], size, rounds))
    if shutil.which("rg"):
        found.append(Row(
            "`rg -c -f`, any rule matches",
            [["rg", "-c", "--no-unicode", "-f", rules, corpus]], size, rounds, (0, 1)))
        found.append(Row(
            f"{len(patterns)} × `rg -c`, a count per rule",
            [["rg", "-c", "--no-unicode", "-e", pattern, corpus] for pattern in patterns],
            size, 1, (0, 1)))
    if arguments.pcre_bench:
        found.append(Row(
            "C and PCRE2-JIT, every rule on each line",
            [[arguments.pcre_bench, "line", rules, corpus]], size, rounds))
        found.append(Row(
            "C and PCRE2-JIT, every rule over 1 MiB buffers",
            [[arguments.pcre_bench, "buf", rules, corpus]], size, rounds))
    if arguments.hs_bench:
        found.append(Row(
            "C and Hyperscan, a count per rule",
            [[arguments.hs_bench, "line", rules, corpus]], size, rounds))
    if arguments.mtail_program:
        part = arguments.mtail_corpus
        found.append(Row(
            f"`mtail --one_shot`, a count per rule, {os.path.getsize(part) / 1e6:.0f} MB",
            [["mtail", "--one_shot", "--one_shot_format=prometheus", "--address=127.0.0.1", "--port=0",
              "--progs", arguments.mtail_program, "--logs", part]],
            os.path.getsize(part), 1))
    with open(arguments.truth, encoding="utf-8") as file:
        release = json.load(file)["release"]
    found.append(Row(
        "`tidemark watch --no-follow`, every built-in pack",
        [[tidemark, "watch", "--no-follow", "--timezone", "UTC", "--at", release, corpus]],
        size, rounds, (0, 1, 3, 4)))
    if arguments.corpus_gz:
        found.append(Row("`gzip -dc`, inflating alone", [["gzip", "-dc", arguments.corpus_gz]], size, rounds))
        found.append(Row("`tidemark count` of the .gz", [[*count, arguments.corpus_gz]], size, rounds))
    if arguments.pieces:
        for workers in ("1", "2"):
            found.append(Row(
                f"`tidemark count` of 24 .gz, {workers} thread{'s' if workers > '1' else ''}",
                [[*count, "--workers", workers, arguments.pieces]], size, rounds))
    return found


def machine():
    model = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            model = next(line.split(":", 1)[1].strip() for line in file if line.startswith("model name"))
    except (OSError, StopIteration):
        pass
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    date = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC")
    return f"{model}, {os.cpu_count()} cores, {platform.system()} {platform.release()}, {date}, load {load}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("tidemark", "corpus", "truth", "rules-text", "rules-yaml", "rules-nowhere"):
        parser.add_argument("--" + name, required=True)
    for name in ("corpus-gz", "pcre-bench", "hs-bench", "mtail-program", "mtail-corpus", "pieces"):
        parser.add_argument("--" + name, default="")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    with open(arguments.corpus, "rb") as file:
        while file.read(1 << 20):
            pass
    table = rows(arguments)
    for number in range(arguments.rounds):
        for row in table:
            if number < row.rounds and not row.failure:
                print(f"round {number + 1}: {row.what}", file=sys.stderr)
                row.run()
    base = statistics.median(table[0].cpu) / table[0].bytes if table[0].cpu else None
    print(f"Machine: {machine()}.")
    print(f"Corpus: {table[0].bytes / 1e6:.0f} MB; medians of {arguments.rounds} runs.\n")
    print("| what | CPU s | wall s | MB per CPU-second | CPU against `tidemark count` | peak MiB |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for row in table:
        if row.failure:
            print(f"| {row.what} | {row.failure} | | | | |")
            continue
        cpu, wall = statistics.median(row.cpu), statistics.median(row.wall)
        speed = f"{row.bytes / 1e6 / cpu:,.1f}" if cpu > 0 else ""
        ratio = f"{cpu / row.bytes / base:.2f} ×" if base else ""
        print(f"| {row.what} | {cpu:.3f} | {wall:.3f} | {speed} | {ratio} | {row.peak / 1024:.0f} |")
    startup(arguments)
    sys.exit(1 if any(row.failure for row in table) else 0)


def startup(arguments):
    print("\n| start-up | wall ms |\n| --- | ---: |")
    for what, command in (
            ("`tidemark --version`", [arguments.tidemark, "--version"]),
            ("`tidemark count /dev/null`, every pack compiled",
             [arguments.tidemark, "count", "/dev/null"])):
        row = Row(what, [command], 0, arguments.rounds)
        for _ in range(arguments.rounds):
            row.run()
        print(f"| {what} | {row.failure or f'{statistics.median(row.wall) * 1000:.1f}'} |")


main()
