#!/usr/bin/env python3
"""Reads a real journal through `journalctl | tidemark tail --job`, killed and resumed by its cursor.

Needs journalctl and systemd-journal-remote (`apt-get install systemd-journal-remote`), no running
journald: the entries go through systemd-journal-remote into journal files of a temporary folder, one
file after the other, as journald rotates. Every second or so the program gets SIGKILL or SIGTERM, and
goes on behind `tidemark state cursor`. Journal files that were read are vacuumed away. At the end
every entry must have come, none twice but for the 64 KiB that a SIGKILL may repeat, and the job's
count must be that of the entries. Standard library only.

    Benchmarks/journal.py [--seconds 30] [--rate 2000] [--seed 1]
"""
import argparse
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

REMOTE = "/lib/systemd/systemd-journal-remote"
SERIAL = re.compile(rb'"SERIAL":"([0-9]+)"')
KILL_BYTES = 64 * 1024  # what SIGKILL may repeat


class Journal:
    """Writes entries until told to stop, a new file every few seconds."""

    def __init__(self, folder, rate):
        self.folder, self.rate = folder, rate
        self.serial = 0
        self.files = []  # path, first serial behind it
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self.run)
        self.begin = int(time.time() * 1e6)
        self.thread.start()

    def run(self):
        while not self.stopped.is_set():
            path = f"{self.folder}/part{len(self.files):04}.journal"
            writer = subprocess.Popen(
                [REMOTE, "-o", path, "-"], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
            end = time.monotonic() + 3
            while time.monotonic() < end and not self.stopped.is_set():
                rows = []
                for _ in range(max(1, int(self.rate / 50))):
                    self.serial += 1
                    moment = self.begin + self.serial
                    rows.append(
                        f"__REALTIME_TIMESTAMP={moment}\n__MONOTONIC_TIMESTAMP={self.serial}\n"
                        f"_BOOT_ID={'ab' * 16}\nPRIORITY=6\nMESSAGE=request {self.serial}\n"
                        f"SERIAL={self.serial}\n\n")
                writer.stdin.write("".join(rows).encode())
                writer.stdin.flush()
                time.sleep(0.02)
            writer.stdin.close()
            writer.wait()
            self.files.append((path, self.serial))

    def stop(self):
        self.stopped.set()
        self.thread.join()


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--tidemark", default=f"{here}/../.build/release/tidemark")
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--rate", type=float, default=2_000, help="entries a second")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if not shutil.which("journalctl") or not os.path.exists(REMOTE):
        parser.error("needs journalctl and systemd-journal-remote: apt-get install "
                     "systemd-journal-remote")
    options.tidemark = os.path.abspath(options.tidemark)
    rng = random.Random(options.seed)
    root = tempfile.mkdtemp(prefix="tidemark-journal-")
    folder, state = f"{root}/journal", f"{root}/state.db"
    os.mkdir(folder)
    seen, worst, kills, vacuumed, gaps = {}, {signal.SIGKILL: 0, signal.SIGTERM: 0}, 0, 0, []

    def cursor():
        run = subprocess.run(
            [options.tidemark, "state", "cursor", "--job", "j", "--state", state],
            capture_output=True, text=True)
        return run.stdout.strip()

    def source(follows):
        # `-f` alone shows the last ten entries only; an empty cursor is an error of journalctl's.
        place = cursor()
        return (["journalctl", "-q", "-D", folder, "-o", "json"]
                + (["-f", "--no-tail"] if follows else [])
                + ([f"--after-cursor={place}"] if place else []))

    def account(path, how):
        """The output of one run; `how` the previous one was ended, which says what may repeat."""
        again = 0
        for row in open(path, "rb").read().split(b"\n")[:-1]:
            serial = int(SERIAL.search(row)[1])
            if serial in seen:
                again += len(row) + 1
            elif serial != len(seen) + 1:
                gaps.append((len(seen) + 1, serial))
            seen.setdefault(serial, True)
        worst[how] = max(worst[how], again)

    journal = Journal(folder, options.rate)
    try:
        wait = time.monotonic() + 30
        while not os.listdir(folder) and time.monotonic() < wait:
            time.sleep(0.05)
        end = time.monotonic() + options.seconds
        how, number = signal.SIGTERM, 0
        command = [options.tidemark, "tail", "--job", "j", "--state", state, "-"]
        while True:
            follows = time.monotonic() < end
            if not follows:
                journal.stop()
            path = f"{root}/out{number:05}"
            reader = subprocess.Popen(
                source(follows), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            with open(path, "wb") as out:
                program = subprocess.Popen(command, stdin=reader.stdout, stdout=out,
                                           stderr=subprocess.DEVNULL)
            reader.stdout.close()
            if not follows:
                program.wait()
                reader.wait()
                account(path, how)
                break
            time.sleep(rng.uniform(0.3, 2))
            next_how = rng.choice((signal.SIGKILL, signal.SIGTERM))
            program.send_signal(next_how)
            program.wait()
            reader.kill()
            reader.wait()
            account(path, how)
            how, number, kills = next_how, number + 1, kills + 1
            # What the job has committed may be vacuumed away.
            place = cursor()
            place = int(re.search(r"m=([0-9a-f]+)", place)[1], 16) if place else 0
            for part, last in journal.files[:-1]:
                if last <= place and os.path.exists(part) and rng.random() < 0.5:
                    os.unlink(part)
                    vacuumed += 1
        run = subprocess.run(
            [options.tidemark, "state", "check", "--format", "json", "--state", state],
            capture_output=True, text=True)
        counted = next(job["lines"] for job in json.loads(run.stdout)["jobs"] if job["job"] == "j")
    finally:
        journal.stop()
        shutil.rmtree(root)
    faults = []
    if len(seen) != journal.serial:
        faults.append(f"{journal.serial - len(seen)} entries lost, first gaps {gaps[:3]}")
    if worst[signal.SIGTERM]:
        faults.append(f"{worst[signal.SIGTERM]} bytes repeated after SIGTERM")
    if worst[signal.SIGKILL] > KILL_BYTES:
        faults.append(f"{worst[signal.SIGKILL]} bytes repeated after SIGKILL")
    if counted != journal.serial:
        faults.append(f"the state counts {counted} lines, not {journal.serial}")
    print(f"{'FAIL' if faults else 'PASS'} journal (seed {options.seed}): {journal.serial} entries, "
          f"{kills} ends, {vacuumed} files vacuumed, repeated a SIGKILL at most "
          f"{worst[signal.SIGKILL]} bytes")
    for fault in faults:
        print(f"     {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
