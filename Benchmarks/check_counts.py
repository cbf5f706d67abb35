#!/usr/bin/env python3
"""Compares `tidemark count` with `grep -acP`, rule by rule, on a corpus.

  check_counts.py --tidemark .build/release/tidemark --corpus small.log rules50.txt [more.txt ...]

Some lines that tools trip over are put behind a copy of the corpus first: bytes that are not UTF-8,
empty lines, a long line, a last line without its newline. Exit status 1 when any count differs.
"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TAIL = b"".join([
    b"\n\n",
    b"\xff\xfe ERROR \xc3 before and after bytes that are not UTF-8 \xe2\x82\n",
    b"2026-11-22 10:00:00.377 UTC [4629] app@shop FATAL:  caf\xe9 connection refused\n",
    "2026-11-22T10:00:00Z Zürich ERROR: Ärger mit der Verbindung, timed out\n".encode(),
    b"x" * 200_000 + b" PANIC " + b"y" * 200_000 + b"\n",
    b" ERROR ERROR ERROR\n",
    b"\tERROR\n",
    b'"level":"error","status":503,"duration_ms":12345.6',
])


def converted(rules, folder, prefix):
    path = os.path.join(folder, prefix + ".yaml")
    with open(path, "wb") as file:
        subprocess.run(
            [sys.executable, os.path.join(HERE, "rules_from_pcre.py"), "--prefix", prefix, rules],
            stdout=file, check=True)
    return path


def tidemark_counts(tidemark, rules, corpus):
    run = subprocess.run(
        [tidemark, "count", "--rules", rules, corpus], stdout=subprocess.PIPE, check=False)
    if run.returncode != 0:
        sys.exit(f"{tidemark} count ended with status {run.returncode}")
    counts = {}
    for line in run.stdout.decode().splitlines():
        name, count = line.split("\t")
        counts[name] = int(count)
    return counts


def grep_count(pattern, corpus):
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    run = subprocess.run(
        ["grep", "-acP", "-e", pattern, corpus], stdout=subprocess.PIPE, env=environment, check=False)
    if run.returncode > 1:
        sys.exit(f"grep ended with status {run.returncode} at the pattern {pattern}")
    return int(run.stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tidemark", required=True)
    parser.add_argument("--corpus", required=True)
    parser.add_argument("rules", nargs="+", help="lists of patterns, one a line")
    arguments = parser.parse_args()
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        corpus = os.path.join(folder, "corpus.log")
        shutil.copyfile(arguments.corpus, corpus)
        with open(corpus, "ab") as file:
            file.write(TAIL)
        with open(corpus, "rb") as file:
            data = file.read()
        lines = data.count(b"\n") + (0 if data.endswith(b"\n") else 1)
        checked = 0
        for place, rules in enumerate(arguments.rules):
            prefix = "rule" if place == 0 else f"list{place}rule"
            with open(rules, encoding="utf-8") as file:
                patterns = [line.rstrip("\n") for line in file if line.strip()]
            counts = tidemark_counts(
                arguments.tidemark, converted(rules, folder, prefix), corpus)
            if counts.pop("lines", None) != lines:
                wrong += 1
                print(f"{rules}: the number of lines differs; the corpus has {lines}")
            if list(counts) != [f"{prefix}{n:02d}" for n in range(1, len(patterns) + 1)]:
                wrong += 1
                print(f"{rules}: the rules are not all there, or not in their order: {list(counts)}")
            for number, pattern in enumerate(patterns, 1):
                name = f"{prefix}{number:02d}"
                expected = grep_count(pattern, corpus)
                checked += 1
                if counts.get(name) != expected:
                    wrong += 1
                    print(f"{name}: tidemark {counts.get(name)}, grep {expected}: {pattern}")
    result = f"{wrong} differences from" if wrong else "every count equal to"
    print(f"Counts: {checked} rules, {lines} lines, {result} `grep -acP`.")
    sys.exit(1 if wrong else 0)


main()
