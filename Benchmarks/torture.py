#!/usr/bin/env python3
"""Tortures `tidemark tail --job`: real logrotate, busy writers, SIGKILL every few seconds.

Needs logrotate (`apt-get install logrotate`) and python3's standard library. Each variant has a
folder of its own with four log files and a logrotate configuration, which is run by force every half
second. Four writers fill the files with numbered lines and reopen them when logrotate says so. The
program is killed and started again all the time; what each run prints goes to a file of its own.
At the end every line that the files still hold must have been printed, once, apart from at most
64 KiB a kill; and the job's count of lines must be that of the different lines.

`copytruncate` itself loses what is written between the copy and the truncation. The rotated copies
are all kept, so what is in none of them is known and is counted apart (`cp lost`).

    Benchmarks/torture.py --seconds 60 --rate 50000 --seed 1 [--polling] [--variants create,late]
    Benchmarks/torture.py --self-test
"""
import argparse
import array
import glob
import gzip
import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

WRITERS = 4
KILL_BYTES = 64 * 1024  # what a kill may repeat
LINE = re.compile(rb"([1-9][0-9]*) w([0-3]) (x*) end")

# logrotate's directives, and whether a writer needs no reopening / reopens late.
VARIANTS = {
    "create": "create 0644\nnocompress",
    "compress": "create 0644\ncompress",
    "delaycompress": "create 0644\ncompress\ndelaycompress",
    "dateext": "create 0644\nnocompress\ndateext\ndateformat -%Y%m%d%H%M%S",
    "dateext-compress": "create 0644\ncompress\ndelaycompress\ndateext\ndateformat -%Y%m%d%H%M%S",
    "late": "create 0644\ncompress\ndelaycompress",
    "copytruncate": "copytruncate\nnocompress",
    "copytruncate-compress": "copytruncate\ncompress",
    "copytruncate-delaycompress": "copytruncate\ncompress\ndelaycompress",
    "copytruncate-dateext": "copytruncate\nnocompress\ndateext\ndateformat -%Y%m%d%H%M%S",
}


def line(serial, writer):
    return b"%d w%d %s end" % (serial, writer, b"x" * (serial * 7 % 61))


# --- the writers -------------------------------------------------------------------------------


def write(folder, writer, rate, seed, late, whole):
    """One service: writes until SIGTERM, reopens its log on SIGHUP and says when it has done so."""
    rng = random.Random(seed)
    path = f"{folder}/logs/w{writer}.log"
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
    number = os.open(path, flags, 0o644)
    asked = []
    stopped = []
    signal.signal(signal.SIGHUP, lambda *_: asked.append(time.monotonic()))
    signal.signal(signal.SIGTERM, lambda *_: stopped.append(1))
    open(f"{folder}/ready.{writer}", "w").close()
    serial = 0
    start = time.monotonic()
    while not stopped:
        now = time.monotonic()
        # A service that is slow to reopen goes on with the renamed file, and acknowledges at once.
        if asked and late:
            open(f"{folder}/ack.{writer}", "w").close()
        if asked and now - asked[0] >= late:
            asked.clear()
            os.close(number)
            number = os.open(path, flags, 0o644)
            open(f"{folder}/ack.{writer}", "w").close()
        due = int((now - start) * rate) - serial
        if due <= 0:
            time.sleep(0.002)
            continue
        count = min(due, rng.choice((1, 1, 1, 3, 20, 200, 1000)))
        data = b"".join(line(serial + n, writer) + b"\n" for n in range(1, count + 1))
        serial += count
        # Now and then a line comes in two halves, as from a buffered stream.
        cut = rng.randrange(len(data)) if not whole and rng.random() < 0.1 else len(data)
        for part in (data[:cut], data[cut:]):
            while part:
                part = part[os.write(number, part):]
    with open(f"{folder}/written.{writer}", "w") as out:
        out.write(str(serial))


# --- accounting --------------------------------------------------------------------------------


class Account:
    """What was printed, run by run, against what was written and what the files hold."""

    def __init__(self, written):
        self.written = written
        self.last_run = [array.array("H", bytes(2 * (n + 1))) for n in written]
        self.on_disk = [bytearray(n + 1) for n in written]
        self.repeated = 0  # lines printed twice by one and the same run
        self.repeats = []  # bytes that each run repeats of runs before it
        self.torn = []  # lines that no writer wrote
        self.fragments = set()  # lines that a truncation cut off

    def file(self, data):
        """A file of the log folder, at the end."""
        for text in data.split(b"\n"):
            found = LINE.fullmatch(text)
            if found and int(found[1]) <= self.written[int(found[2])]:
                self.on_disk[int(found[2])][int(found[1])] = 1

    def run(self, data, may_cut):
        """What one run printed. `may_cut`: truncations cut lines off, so fragments are no fault."""
        run = len(self.repeats) + 1
        again = 0
        lines = data.split(b"\n")
        again += len(lines.pop())  # an unended line of a killed run is printed again whole
        for text in lines:
            found = LINE.fullmatch(text)
            if not found or not self.is_line(text, found):
                if may_cut and self.is_fragment(text):
                    if text in self.fragments:
                        again += len(text) + 1
                    self.fragments.add(text)
                else:
                    self.torn.append(text)
                continue
            runs = self.last_run[int(found[2])]
            serial = int(found[1])
            if runs[serial] == run:
                self.repeated += 1
            elif runs[serial]:
                again += len(text) + 1
            runs[serial] = run
        self.repeats.append(again)

    def is_line(self, text, found):
        serial, writer = int(found[1]), int(found[2])
        return serial <= self.written[writer] and text == line(serial, writer)

    def is_fragment(self, text):
        """Whether the text is the beginning of a line."""
        head = re.match(rb"([1-9][0-9]*) w([0-3]) ", text)
        if not head:
            return re.fullmatch(rb"[1-9][0-9]*( (w[0-3]?)?)?", text) is not None
        return line(int(head[1]), int(head[2])).startswith(text)

    def result(self, counted, is_copy):
        """The faults, and the numbers to show."""
        lost = missing = unique = cut = 0
        examples = []
        for writer, total in enumerate(self.written):
            runs, disk = self.last_run[writer], self.on_disk[writer]
            for serial in range(1, total + 1):
                if not disk[serial]:
                    missing += 1
                if runs[serial]:
                    unique += 1
                elif disk[serial]:
                    lost += 1
                    if len(examples) < 5:
                        examples.append(f"{serial} of writer {writer}")
                else:
                    cut += 1
        faults = []
        if lost:
            faults.append(f"lost {lost} lines, such as {', '.join(examples)}")
        if self.repeated:
            faults.append(f"{self.repeated} lines twice in one run")
        worst = max(self.repeats, default=0)
        if worst > KILL_BYTES:
            faults.append(f"a kill repeated {worst} bytes")
        if self.torn:
            faults.append(f"{len(self.torn)} torn lines, such as {self.torn[0][:80]!r}")
        if missing and not is_copy:
            faults.append(f"the rig itself lost {missing} lines: no file has them")
        # A kill between printing and committing leaves lines uncounted until they are read again;
        # those that the truncation took in the meantime cannot be.
        most = unique + len(self.fragments)
        least = most - (missing - cut) if is_copy else most
        if counted is None or not least <= counted <= most:
            faults.append(f"the state counts {counted} lines, not {most}")
        numbers = (
            f"written {sum(self.written)}, unique {unique}, runs {len(self.repeats)}, "
            f"repeated a kill at most {worst} bytes"
        )
        if is_copy:
            numbers += f", cp lost {missing} of which unread {cut}, cut lines {len(self.fragments)}"
        return faults, numbers


def self_test():
    """The accounting must see every kind of fault, and none where there is none."""
    def judge(runs, counted=6, files=None, is_copy=False, written=(3, 3, 0, 0)):
        account = Account(list(written))
        whole = b"".join(line(s, w) + b"\n" for w in (0, 1) for s in (1, 2, 3))
        account.file(whole if files is None else files)
        for data in runs:
            account.run(data, is_copy)
        return account.result(counted, is_copy)[0]

    lines = [line(s, w) + b"\n" for w in (0, 1) for s in (1, 2, 3)]
    good = b"".join(lines)
    cases = [
        ("all is well", judge([good]), None),
        ("a kill may repeat", judge([good[:-3], lines[-1]]), None),
        ("a loss", judge([good[: -len(lines[-1])]], counted=5), "lost 1"),
        ("a repeat in one run", judge([good + lines[0]]), "twice"),
        ("a torn line", judge([good + b"7 w0 \n"]), "torn"),
        ("a line that nobody wrote", judge([good + line(4, 0) + b"\n"]), "torn"),
        ("two lines in one", judge([good + lines[0][:-1] + lines[1]]), "torn"),
        ("a wrong count", judge([good], counted=7), "state"),
        ("no count", judge([good], counted=None), "state"),
        ("a rig that loses", judge([good], files=b"".join(lines[1:])), "rig"),
        ("what cp lost may be missing", judge(
            [b"".join(lines[1:])], counted=5, files=b"".join(lines[1:]), is_copy=True), None),
        ("what cp kept may not", judge([b"".join(lines[1:])], counted=5, is_copy=True), "lost 1"),
        ("a cut line", judge([good + lines[0][:-3] + b"\n"], counted=7, is_copy=True), None),
    ]
    big = [b"".join(line(s, 0) + b"\n" for s in range(1, 4001))] * 2
    account = Account([4000, 0, 0, 0])
    account.file(big[0])
    for data in big:
        account.run(data, False)
    cases.append(("a kill that repeats too much", account.result(4000, False)[0], "bytes"))
    bad = [name for name, faults, word in cases if (
        faults != [] if word is None else not any(word in fault for fault in faults))]
    for name in bad:
        print(f"FAIL self-test: {name}")
    print(f"{'FAIL' if bad else 'PASS'} self-test: {len(cases)} cases")
    return 1 if bad else 0


# --- one variant -------------------------------------------------------------------------------


class Variant:
    def __init__(self, name, options, root):
        self.name = name
        self.options = options
        self.folder = f"{root}/{name}"
        self.logs = f"{self.folder}/logs"
        self.rng = random.Random(f"{options.seed}/{name}")
        self.is_copy = name.startswith("copytruncate")
        os.makedirs(f"{self.folder}/out")
        os.mkdir(self.logs, 0o755)
        # The folder, a glob and the names must come to the same.
        self.inputs = self.rng.choice(([self.logs], [f"{self.logs}/*.log*"], [
            f"{self.logs}/w{writer}.log" for writer in range(WRITERS)]))
        if options.input:
            self.inputs = {"folder": [self.logs], "glob": [f"{self.logs}/*.log*"], "files": [
                f"{self.logs}/w{writer}.log" for writer in range(WRITERS)]}[options.input]
        self.peak = 0
        self.rotated = 0.0
        self.outputs = 0

    def start_writers(self):
        late = 0.3 if self.name == "late" else 0.0
        self.writers = [
            subprocess.Popen([
                sys.executable, __file__, "--write", self.folder, str(writer),
                str(self.options.rate / WRITERS), str(self.rng.randrange(1 << 30)), str(late),
                "whole" if self.is_copy else "halves"])
            for writer in range(WRITERS)]
        wait_for(lambda: all(os.path.exists(f"{self.folder}/ready.{w}") for w in range(WRITERS)))

    def configure(self):
        script = [f"cd {self.folder}"]
        for number, process in enumerate(self.writers):
            script.append(f"rm -f ack.{number}; kill -HUP {process.pid}")
        # Services are asked and answer, so that a file is packed when nobody writes to it any more.
        script.append("n=0; for w in 0 1 2 3; do while [ ! -e ack.$w ] && [ $n -lt 2000 ]; do "
                      "n=$((n + 1)); sleep 0.005; done; done")
        with open(f"{self.folder}/logrotate.conf", "w") as out:
            out.write(f"{self.logs}/*.log {{\nrotate 100000\nmissingok\n{VARIANTS[self.name]}\n")
            if not self.is_copy:
                out.write("sharedscripts\npostrotate\n" + "\n".join(script) + "\nendscript\n")
            out.write("}\n")
        os.chmod(f"{self.folder}/logrotate.conf", 0o644)

    def rotate(self):
        # Nobody may still write to what this rotation packs.
        if self.name == "late":
            time.sleep(max(0, self.rotated + 0.45 - time.monotonic()))
        run = subprocess.run(
            ["logrotate", "--force", "-s", f"{self.folder}/logrotate.state",
             f"{self.folder}/logrotate.conf"], capture_output=True, text=True)
        # A date that is taken is the only thing that may go wrong.
        if run.returncode and "already exists" not in run.stderr:
            raise SystemExit(f"torture: logrotate: {run.stderr}")
        self.rotated = time.monotonic()

    def command(self, *options):
        polling = ["--polling"] if self.options.polling else []
        return [self.options.tidemark, "tail", "--job", "torture", "--state",
                f"{self.folder}/state.db", *polling, *options, *self.inputs]

    def start_program(self):
        self.outputs += 1
        out = open(f"{self.folder}/out/{self.outputs:05}", "wb")
        errors = open(f"{self.folder}/out/{self.outputs:05}.err", "wb")
        self.program = subprocess.Popen(self.command(), stdout=out, stderr=errors)
        out.close()
        errors.close()

    def kill_program(self):
        try:
            with open(f"/proc/{self.program.pid}/status") as status:
                peak = [int(row.split()[1]) for row in status if row.startswith("VmHWM:")]
                self.peak = max(self.peak, *peak, 0)
        except (OSError, ValueError):
            pass
        if self.program.poll() is not None:
            raise SystemExit(f"torture: {self.name}: the program ended by itself with "
                             f"{self.program.returncode}; see {self.folder}/out")
        self.program.kill()
        self.program.wait()

    def torture(self):
        self.start_writers()
        self.configure()
        self.start_program()
        now = time.monotonic()
        end = now + self.options.seconds
        next_rotation = now + self.options.interval
        next_kill = now + self.rng.uniform(2, 5)
        # A logrotate that takes long is run less often; the rotations go on while nobody reads.
        while now < end:
            time.sleep(max(0, min(next_rotation, next_kill, end) - now))
            now = time.monotonic()
            if now >= next_kill:
                self.kill_program()
                pause = self.rng.choice((0, 0, 0, 0.7, 1.5))
                if pause:
                    time.sleep(pause / 2)
                    self.rotate()
                    time.sleep(pause / 2)
                    self.rotate()
                self.start_program()
                now = time.monotonic()
                next_kill = now + self.rng.uniform(2, 5)
            if now >= next_rotation:
                self.rotate()
                now = time.monotonic()
                next_rotation = max(next_rotation + self.options.interval, now)
        for process in self.writers:
            process.terminate()
        for process in self.writers:
            process.wait()
        self.kill_program()

    def finish(self):
        """The last run reads the rest. Returns the faults and the numbers."""
        self.outputs += 1
        last = f"{self.folder}/out/{self.outputs:05}"
        with open(last, "wb") as out, open(last + ".err", "wb") as errors:
            status = subprocess.run(
                self.command("--no-follow"), stdout=out, stderr=errors).returncode
        written = [int(open(f"{self.folder}/written.{w}").read()) for w in range(WRITERS)]
        account = Account(written)
        for path in glob.glob(f"{self.logs}/*"):
            opened = gzip.open(path) if path.endswith(".gz") else open(path, "rb")
            with opened as file:
                account.file(file.read())
        for number in range(1, self.outputs + 1):
            with open(f"{self.folder}/out/{number:05}", "rb") as file:
                account.run(file.read(), self.is_copy)
        faults, numbers = account.result(self.counted(), self.is_copy)
        if status != 0:
            faults.append(f"the last run had status {status}")
        files = len(os.listdir(self.logs))
        return faults, f"{numbers}, files {files}, peak {self.peak // 1024} MiB"

    def counted(self):
        run = subprocess.run(
            [self.options.tidemark, "state", "check", "--format", "json", "--state",
             f"{self.folder}/state.db"], capture_output=True, text=True)
        try:
            jobs = json.loads(run.stdout)["jobs"]
            return next(job["lines"] for job in jobs if job["job"] == "torture")
        except (ValueError, KeyError, StopIteration):
            return None

    def stop(self):
        for process in getattr(self, "writers", []) + [getattr(self, "program", None)]:
            if process and process.poll() is None:
                process.kill()
                process.wait()


def wait_for(holds, seconds=30):
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise SystemExit("torture: the writers did not start")
        time.sleep(0.01)


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--tidemark", default=f"{here}/../.build/release/tidemark")
    parser.add_argument("--seconds", type=float, default=30, help="for each variant")
    parser.add_argument("--rate", type=float, default=50_000, help="lines a second in total")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--interval", type=float, default=0.5, help="seconds between rotations")
    parser.add_argument("--polling", action="store_true", help="never use inotify")
    parser.add_argument("--variants", default=",".join(VARIANTS))
    parser.add_argument("--input", choices=("folder", "glob", "files"), help="default: by the seed")
    parser.add_argument("--keep", action="store_true", help="keep the folder of a failed variant")
    parser.add_argument("--self-test", action="store_true", help="test the accounting")
    options = parser.parse_args()
    if options.self_test:
        return self_test()
    unknown = [name for name in options.variants.split(",") if name not in VARIANTS]
    if unknown:
        parser.error(f"--variants {unknown[0]}: expected some of {', '.join(VARIANTS)}")
    if not shutil.which("logrotate"):
        parser.error("logrotate is not installed: apt-get install logrotate")
    options.tidemark = os.path.abspath(options.tidemark)
    if not os.access(options.tidemark, os.X_OK):
        parser.error(f"no program at {options.tidemark}: make release")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    root = tempfile.mkdtemp(prefix="tidemark-torture-")
    failed = 0
    for name in options.variants.split(","):
        variant = Variant(name, options, root)
        try:
            variant.torture()
            faults, numbers = variant.finish()
        finally:
            variant.stop()
        way = "polling" if options.polling else "inotify"
        print(f"{'FAIL' if faults else 'PASS'} {name} ({way}, {os.path.basename(variant.inputs[0])}, "
              f"seed {options.seed}): {numbers}", flush=True)
        for fault in faults:
            print(f"     {fault}", flush=True)
        failed += bool(faults)
        if faults and options.keep:
            print(f"     kept in {variant.folder}", flush=True)
        else:
            shutil.rmtree(variant.folder)
    if not os.listdir(root):
        os.rmdir(root)
    return 1 if failed else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--write"]:
        folder, number, rate, seed, late, kind = sys.argv[2:]
        write(folder, int(number), float(rate), int(seed), float(late), kind == "whole")
    else:
        sys.exit(main())
