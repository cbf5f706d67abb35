import Foundation
import Testing

@Suite("tidemark summary")
struct SummaryTests {
  private let scratch = Scratch()
  private var log: String { scratch.path("log") }

  private func summary(_ options: [String] = [], inputs: [String]? = nil) throws -> Tool.Run {
    try Tool.run(
      ["summary", "--job", "shop", "--state", scratch.path("st.db"), "--timezone", "UTC"] + options
        + (inputs ?? [log]))
  }

  private func countedLines() throws -> Int {
    let run = try Tool.run(
      ["state", "check", "--state", scratch.path("st.db"), "--format", "json"])
    let jobs = try #require(run.objects.first?["jobs"] as? [[String: Any]])
    return jobs.reduce(0) { $0 + ($1["lines"] as? Int ?? 0) }
  }

  /// Writes what a folder's logs hold before a time of the clock, or after it, to the logs of the test.
  private func append(_ folder: String, isAfter: Bool, time: String = "14:") throws {
    try FileManager.default.createDirectory(atPath: log, withIntermediateDirectories: true)
    for name in Shop.files {
      // The times of the four logs differ in form; their hour does not.
      let text = try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
      var part = ""
      var isLate = false
      for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
        if line.contains("22/Nov/2026:" + time) || line.hasPrefix("2026-11-22 " + time)
          || line.hasPrefix("2026/11/22 " + time)
        {
          isLate = true
        }
        if isLate == isAfter { part += line + "\n" }
      }
      try append(part, to: name)
    }
  }

  private func append(_ text: String, to name: String) throws {
    let path = log + "/" + name
    try FileManager.default.createDirectory(atPath: log, withIntermediateDirectories: true)
    if !FileManager.default.fileExists(atPath: path) {
      _ = FileManager.default.createFile(atPath: path, contents: nil)
    }
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(text.utf8))
    try handle.close()
  }

  /// One line a second from 10:00 on.
  private func lines(_ range: ClosedRange<Int>, _ text: String = "INFO all is well") -> String {
    range.map { number in
      let second = 36_000 + number
      let time = [second / 3_600 % 24, second / 60 % 60, second % 60].map(Self.two)
      return "2026-11-\(22 + second / 86_400)T\(time.joined(separator: ":"))Z \(text)\n"
    }.joined()
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  @Test("cron: a notice at first, silence when nothing is new, one digest when something is worse")
  func cron() throws {
    try append(Shop.bad, isAfter: false)
    let first = try summary()
    #expect(first.status == 0 && first.output == "")
    #expect(first.errors.contains("no history yet; took "))
    let quiet = try summary()
    #expect(quiet.status == 0 && quiet.output == "" && quiet.errors == "")
    try append(Shop.bad, isAfter: true)
    let digest = try summary(["--exit-code"])
    #expect(digest.status == 1 && digest.errors == "")
    #expect(digest.output.hasPrefix("SUMMARY  shop: worse in "))
    #expect(digest.output.contains("http.5xx"))
    #expect(digest.output.contains("new: ") && digest.output.contains("top errors:"))
    #expect(digest.output.contains("postgres.undefined-column  new, "))
    #expect(digest.output.contains("http.latency  p50 "))
    let after = try summary(["--exit-code"])
    #expect(after.status == 0 && after.output == "" && after.errors == "")
    let all = try shell("cat '\(log)'/* | wc -l").trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(try countedLines() == Int(all))
  }

  @Test("a good day is quiet, and told with --always in every format")
  func always() throws {
    // What the restart of the release itself logs is noteworthy.
    try append(Shop.good, isAfter: false, time: "14:1")
    _ = try summary()
    try append(Shop.good, isAfter: true, time: "14:1")
    _ = try shell("cp '\(scratch.path("st.db"))' '\(scratch.path("before.db"))'")
    let quiet = try summary()
    #expect(quiet.status == 0 && quiet.output == "" && quiet.errors == "")
    for (format, head) in [
      ("text", "SUMMARY  shop: nothing noteworthy"), ("markdown", "# shop: nothing noteworthy"),
      ("html", "<!DOCTYPE html>"), ("json", #"{"v":1,"event":"summary","job":"shop""#),
    ] {
      _ = try shell("cp '\(scratch.path("before.db"))' '\(scratch.path("st.db"))'")
      let run = try summary(["--always", "--format", format])
      #expect(run.status == 0 && run.output.hasPrefix(head))
      guard format == "json" else { continue }
      let object = try #require(run.objects.first)
      #expect((object["alerts"] as? [Any])?.isEmpty == true)
      #expect((object["lines"] as? [String: Int])?["unparsed"] == 0)
      #expect(object["from"] as? String == "2026-11-22T14:10:00Z")
      #expect((object["skipped"] as? [String: Int])?["truncated_lines"] == 0)
    }
  }

  @Test("without new lines --always says so")
  func alwaysQuiet() throws {
    try append(lines(0...99), to: "app.log")
    _ = try summary()
    let run = try summary(["--always"])
    #expect(run.status == 0 && run.output.hasPrefix("SUMMARY  shop: nothing noteworthy"))
  }

  @Test("what could not be looked at is loud, and the rest is counted")
  func missing() throws {
    try append(lines(0...99), to: "app.log")
    _ = try summary()
    try append(lines(100...109), to: "app.log")
    let missing = scratch.path("none.log")
    let run = try summary(inputs: [log, missing])
    #expect(run.status == 4)
    #expect(run.errors.contains("\(missing): no such file"))
    #expect(run.output.contains("not all could be looked at"))
    #expect(try countedLines() == 110)
    let untimed = scratch.path("untimed.log")
    try scratch.write("untimed.log", "no time here\n")
    let blind = try summary(inputs: [untimed])
    #expect(blind.status == 4 && blind.errors.contains("carries a time that can be read"))
    try scratch.write("bad.yaml", "rules: [")
    let rules = try summary(["--rules", scratch.path("bad.yaml")])
    #expect(rules.status == 2 && rules.output == "")
  }

  @Test("an error that the history never saw is told once, and an ordinary one is not")
  func newError() throws {
    try append(lines(0...7_199), to: "app.log")
    _ = try summary()
    let crash = "Traceback (most recent call last):\n  File \"/srv/a.py\", line 1, in b\n"
    try append(
      lines(7_200...7_260) + lines(7_261...7_261, "ERROR x\n\(crash)KeyError: 'a'"), to: "app.log")
    let told = try summary()
    #expect(told.status == 0 && told.output.contains("new: python."))
    #expect(told.output.contains("KeyError"))
    try append(lines(7_262...7_290), to: "app.log")
    let after = try summary()
    #expect(after.output == "" && after.status == 0)
  }

  @Test("what is silenced keeps a summary quiet")
  func silenced() throws {
    try append(Shop.bad, isAfter: false)
    _ = try summary()
    try append(Shop.bad, isAfter: true)
    let all = try summary(["--since", Shop.release, "--format", "json"])
    let alerts = try #require(all.objects.first?["alerts"] as? [[String: Any]])
    for signal in Set(alerts.compactMap { $0["signal"] as? String }) {
      let run = try Tool.run([
        "release", "silence", signal, "--for", "1h", "--reason", "known", "--state",
        scratch.path("st.db"),
      ])
      #expect(run.status == 0)
    }
    let quiet = try summary(["--exit-code"])
    #expect(quiet.status == 0 && quiet.output == "")
  }

  @Test("--since looks again and leaves the job as it is")
  func since() throws {
    try append(lines(0...599), to: "app.log")
    _ = try summary()
    let run = try summary(["--since", "2026-11-22T10:05:00Z", "--always", "--format", "json"])
    #expect(run.status == 0)
    #expect((run.objects.first?["lines"] as? [String: Int])?["read"] == 300)
    #expect(try countedLines() == 600)
    try append(lines(600...609), to: "app.log")
    _ = try summary()
    #expect(try countedLines() == 610)
  }

  @Test("a begun line is left for the next run, and read whole")
  func partialLine() throws {
    try append(lines(0...9) + "2026-11-22T10:00:10Z INFO beg", to: "app.log")
    _ = try summary()
    #expect(try countedLines() == 10)
    try append("un\n", to: "app.log")
    _ = try summary()
    #expect(try countedLines() == 11)
  }

  @Test("the job of a tail keeps no history and is refused")
  func jobOfTail() throws {
    try append(lines(0...9), to: "app.log")
    _ = try Tool.run([
      "tail", "--no-follow", "--job", "shop", "--state", scratch.path("st.db"), log,
    ])
    let run = try summary()
    #expect(run.status == 2 && run.errors.contains("it is one of tidemark tail"))
  }

  @Test("of ten runs at once one reads and nine say that it does")
  func together() async throws {
    try append(lines(0...9_999), to: "app.log")
    let runs = try await withThrowingTaskGroup(of: Tool.Run.self) { group in
      for _ in 0..<10 { group.addTask { try summary() } }
      return try await group.reduce(into: [Tool.Run]()) { $0.append($1) }
    }
    #expect(runs.allSatisfy { $0.status == 0 && $0.output == "" })
    #expect(runs.count { $0.errors.contains("took 10,000 lines") } == 1)
    #expect(try countedLines() == 10_000)
  }

  @Test("a run that waits no longer says so")
  func lockWait() async throws {
    try append(lines(0...9), to: "app.log")
    // A run that reads a pipe goes on for as long as the pipe is open.
    let state = scratch.path("st.db")
    let script = """
      mkfifo pipe; ('\(Tool.path)' summary --job shop --state '\(state)' - < pipe) &
      exec 3> pipe; printf '2026-11-22T10:00:00Z INFO a\\n' >&3
      until [ -e '\(state).lock' ]; do :; done
      n=0; while [ $n -lt 50 ]; do
        '\(Tool.path)' summary --job shop --state '\(state)' --lock-wait 0s '\(log)' 2> errors; status=$?
        [ $status = 4 ] && break; n=$((n+1))
      done
      cat errors; echo status $status; exec 3>&-; wait
      """
    let output = try shell(script, directory: scratch.folder)
    #expect(output.contains("status 4\n") && output.contains("another run of it is going on"))
  }

  @Test("runs that are killed with SIGKILL lose no line and count none twice")
  func killed() throws {
    var written = 0
    var seed: UInt64 = 42
    func next(_ bound: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(seed >> 33) % bound
    }
    for round in 0..<40 {
      let count = 200 + next(3_000)
      try append(lines(written...(written + count - 1)), to: "app.log")
      written += count
      if next(4) == 0 {
        let rotated =
          "for n in 5 4 3 2 1; do [ -e app.log.$n ] && mv app.log.$n app.log.$((n+1)); done; "
        _ = try shell(rotated + "mv app.log app.log.1; : > app.log", directory: log)
      }
      let delay = Double(next(120)) / 1000
      _ = try shell(
        "'\(Tool.path)' summary --job shop --state '\(scratch.path("st.db"))' --rules generic "
          + "'\(log)' > /dev/null 2>&1 & p=$!; sleep \(delay); kill -9 $p 2> /dev/null; wait")
      if round % 5 == 4 { _ = try summary(["--rules", "generic"]) }
      #expect(try countedLinesOrNone() <= written)
    }
    _ = try summary(["--rules", "generic"])
    #expect(try countedLines() == written)
  }

  private func countedLinesOrNone() throws -> Int {
    FileManager.default.fileExists(atPath: scratch.path("st.db")) ? try countedLines() : 0
  }

  /// Replaces the windows of each stored day by an archive whose checksum is right and whose lines end
  /// too early.
  private static let contradiction = """
    import sqlite3, sys
    def number(value):
        out = bytearray()
        while value >= 0x80:
            out.append(value & 0x7F | 0x80)
            value >>= 7
        return bytes(out + bytes([value]))
    def checksum(data):
        sum = 0xCBF29CE484222325
        for place in range(0, len(data), 8):
            word = int.from_bytes(data[place:place + 8], "little")
            sum = (sum ^ word) * 0x100000001B3 & (1 << 64) - 1
            sum ^= sum >> 32
        return sum ^ len(data)
    def header(blob):
        end = 4
        for _ in range(4):  # version, width, start, count
            while blob[end] >= 0x80:
                end += 1
            end += 1
        return blob[:end]
    state = sqlite3.connect(sys.argv[1])
    for day, blob in state.execute("SELECT id, windows FROM job_day").fetchall():
        data = header(blob) + number(5) + b"lines" + number(0)
        data += checksum(data).to_bytes(8, "little")
        state.execute("UPDATE job_day SET windows = ? WHERE id = ?", (data, day))
    state.commit()
    """

  @Test("a history that contradicts itself is no quiet run: it is told, and ends with 4")
  func contradiction() throws {
    try append(lines(1...3_600), to: "app.log")
    #expect(try summary().status == 0)
    let script = scratch.path("contradict.py")
    try Self.contradiction.write(toFile: script, atomically: true, encoding: .utf8)
    _ = try shell("python3 '\(script)' '\(scratch.path("st.db"))'")
    try append(lines(3_601...3_700), to: "app.log")
    let run = try summary()
    #expect(run.status == 4, "\(run.output)\(run.errors)")
    #expect(run.errors.contains("its history contradicts itself"))
    #expect(run.output.contains("not all could be looked at"))
  }

  @Test("a damaged state file is set aside, told, and begun anew")
  func damaged() throws {
    try append(lines(0...99), to: "app.log")
    _ = try summary()
    try scratch.write("st.db", Data(count: 20_000))
    for ending in ["-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: scratch.path("st.db" + ending))
    }
    let run = try summary()
    #expect(run.status == 0 && run.errors.contains("was damaged"))
    #expect(run.errors.contains("took 100 lines"))
    #expect(try countedLines() == 100)
  }
}
