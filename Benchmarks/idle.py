#!/usr/bin/env python3
"""What `tidemark tail` needs for ten thousand idle files and one that is written to.

Prints, for inotify and for polling: the share of a core while all files are idle and while one is
written to ten times a second, the time from a write to its line on standard output (that of the
first line by itself: its file was idle before), the most memory held, and the descriptors. The limits are those of the specification (S3); the status is 1 if one is
passed. Standard library only.

    Benchmarks/idle.py [--files 10000] [--seconds 20] [--ways inotify,polling]
"""
import argparse
import os
import resource
import select
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

TICKS = os.sysconf("SC_CLK_TCK")


class Reader:
    """The program, and the lines it has printed with the moment of each."""

    def __init__(self, command, descriptors):
        def limit():
            resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, descriptors))
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, preexec_fn=limit)
        self.number = self.process.stdout.fileno()
        self.rest = b""
        self.count = 0

    def wait_lines(self, count, seconds):
        """Reads until there were so many lines in all; the moment of the last one, or None."""
        deadline = time.monotonic() + seconds
        while self.count < count:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.number], [], [], left)[0]:
                return None
            data = os.read(self.number, 1 << 16)
            if not data:
                return None
            self.count += data.count(b"\n")
        return time.monotonic()

    def cpu(self):
        with open(f"/proc/{self.process.pid}/stat") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def peak_mib(self):
        with open(f"/proc/{self.process.pid}/status") as status:
            return next(int(row.split()[1]) / 1024 for row in status if row.startswith("VmHWM:"))

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))


def measure(way, options, folder):
    command = [options.tidemark, "tail", "--from-start", folder]
    if way == "polling":
        command.append("--polling")
    begin = time.monotonic()
    reader = Reader(command, options.descriptors)
    try:
        if not reader.wait_lines(options.lines, 300):
            print(f"FAIL {way}: {reader.count} of {options.lines} lines came")
            return False
        first = time.monotonic() - begin
        time.sleep(2)
        cpu, start = reader.cpu(), time.monotonic()
        time.sleep(options.seconds)
        idle = (reader.cpu() - cpu) / (time.monotonic() - start)
        latencies = []
        cpu, start = reader.cpu(), time.monotonic()
        with open(f"{folder}/busy.log", "ab", buffering=0) as busy:
            for number in range(int(options.seconds * 10)):
                # The pauses differ, so that no line always comes right after a look.
                time.sleep(0.1 + (number * 37 % 101) / 1000)
                written = time.monotonic()
                busy.write(b"busy %d\n" % number)
                options.lines += 1
                came = reader.wait_lines(options.lines, 30)
                if came is None:
                    print(f"FAIL {way}: line {number} of the busy file did not come")
                    return False
                latencies.append(came - written)
        active = (reader.cpu() - cpu) / (time.monotonic() - start)
        peak, descriptors = reader.peak_mib(), reader.descriptors()
    finally:
        reader.process.kill()
        reader.process.wait()
    # The file had been idle before its first line.
    waking = latencies.pop(0)
    longest = max(latencies)
    bound = 2 * options.poll
    checks = [idle < options.max_cpu, longest < bound, peak < 64, descriptors <= options.descriptors]
    print(
        f"{'PASS' if all(checks) else 'FAIL'} {way}: {options.files} idle files read in {first:.1f} s; "
        f"idle {idle:.2%} of a core (limit {options.max_cpu:.1%}), one busy {active:.2%}; latency "
        f"median {statistics.median(latencies) * 1000:.1f} ms, longest {longest * 1000:.1f} ms "
        f"(limit {bound * 1000:.0f} ms), of a first line {waking * 1000:.1f} ms; "
        f"{peak:.1f} MiB (limit 64); {descriptors} descriptors",
        flush=True)
    return all(checks)


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--tidemark", default=f"{here}/../.build/release/tidemark")
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=20, help="for each measurement")
    parser.add_argument("--ways", default="inotify,polling")
    parser.add_argument("--descriptors", type=int, default=256, help="ulimit -n")
    parser.add_argument("--max-cpu", type=float, default=0.005, help="share of a core when idle")
    parser.add_argument("--poll", type=float, default=0.25, help="the program's --poll, in seconds")
    options = parser.parse_args()
    options.tidemark = os.path.abspath(options.tidemark)
    folder = tempfile.mkdtemp(prefix="tidemark-idle-")
    try:
        for number in range(options.files):
            with open(f"{folder}/f{number}.log", "w") as file:
                file.write(f"{number}\n")
        with open(f"{folder}/busy.log", "w") as file:
            file.write("begin\n")
        options.lines = options.files + 1
        results = [measure(way, options, folder) for way in options.ways.split(",")]
    finally:
        shutil.rmtree(folder)
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
