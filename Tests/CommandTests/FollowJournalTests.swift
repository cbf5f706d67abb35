import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The journal through standard input: J1 of the specification.
@Suite("tidemark tail --job: the journal")
struct FollowJournalTests {
  private let scratch = Scratch()
  private static let hasPython = (try? shell("command -v python3"))?.isEmpty == false

  /// As much of journalctl as a resumed reader uses. The journal is a file with an entry a line;
  /// entries that were vacuumed away are gone from its start. Like the real one it goes on behind a
  /// cursor whose entry is no longer there, refuses an empty one, and with `-f` alone begins with the
  /// last ten entries only.
  private static let journalctl = """
    import json, sys, time
    path = sys.argv[1]
    after = next((a.split('=', 1)[1] for a in sys.argv if a.startswith('--after-cursor=')), None)
    if after == '':
        sys.exit('Failed to seek to cursor: Invalid argument')
    last = int(after.split('i=')[1].split(';')[0], 16) if after else 0
    follows = '-f' in sys.argv
    if follows and '--no-tail' not in sys.argv:
        last = max(last, len(open(path).readlines()) - 10)
    while True:
        for row in open(path):
            if not row.endswith('\\n'):
                continue
            number = int(json.loads(row)['SERIAL'])
            if number > last:
                last = number
                sys.stdout.write(row)
        sys.stdout.flush()
        if not follows:
            break
        time.sleep(0.02)
    """

  /// Entries as `journalctl -o json` prints them.
  private static func entries(_ numbers: ClosedRange<Int>) -> String {
    numbers.map { number in
      #"{"__CURSOR":"s=4a1f;i=\#(String(number, radix: 16));b=77;m=5;t=6;x=\#(number)","#
        + #""__REALTIME_TIMESTAMP":"1795365000\#(100_000 + number % 800_000)","PRIORITY":"6","#
        + #""_SYSTEMD_UNIT":"app.service","SERIAL":"\#(number)","MESSAGE":"request \#(number)"}"#
        + "\n"
    }.joined()
  }

  private func serials(_ output: String) -> [Int] {
    output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().compactMap { line in
      line.firstRange(of: "\"SERIAL\":\"").flatMap { found in
        Int(line[found.upperBound...].prefix { $0.isNumber })
      }
    }
  }

  private var job: TailJob { TailJob(scratch: scratch, inputs: ["-"], wakeup: .inotify) }

  private func cursor() throws -> String {
    let run = try Tool.run(["state", "cursor", "--job", job.name, "--state", job.state])
    return run.output.trimmingCharacters(in: .newlines)
  }

  /// `journalctl … | tidemark tail --job` as a service: it runs until the program is ended.
  private func follow() throws -> (tail: TailTool, journal: Process) {
    let cursor = try cursor()
    let tail = try TailTool(["-"], .inotify, job.options, isFed: true)
    let journal = Process()
    journal.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    journal.arguments =
      ["python3", "-c", Self.journalctl, scratch.path("journal"), "-o", "json", "-f", "--no-tail"]
      + (cursor.isEmpty ? [] : ["--after-cursor=\(cursor)"])
    let pipe = Pipe()
    journal.standardOutput = pipe
    journal.standardInput = FileHandle.nullDevice
    try journal.run()
    let tool = tail.tool
    pipe.fileHandleForReading.readabilityHandler = { handle in
      let data = handle.availableData
      if data.isEmpty {
        handle.readabilityHandler = nil
        tool.endInput()
      } else {
        tool.send(String(decoding: data, as: UTF8.self))
      }
    }
    return (tail, journal)
  }

  @Test(
    "J1: a reader of the journal that is ended and resumed loses and repeats nothing",
    .enabled(if: hasPython, "python3 is not installed"), .timeLimit(.minutes(5)),
    arguments: [SIGTERM, SIGKILL])
  func resumed(signal: Int32) throws {
    var written = 0
    var seen: Set<Int> = []
    func write(_ count: Int) {
      scratch.append("journal", Self.entries(written + 1...written + count))
      written += count
    }
    write(700)
    for round in 0..<8 {
      let (tail, journal) = try follow()
      defer { journal.terminate() }
      write(900)
      // Ended somewhere in between, or when all is read.
      let isCaughtUp = round.isMultiple(of: 2)
      if isCaughtUp {
        #expect(tail.tool.line { $0.contains("\"SERIAL\":\"\(written)\"") } != nil)
      } else {
        #expect(tail.prints(count: 1 + round * 100))
      }
      tail.tool.signal(signal)
      let run = tail.tool.finish()
      if signal == SIGTERM { #expect(run.status == 128 + SIGTERM, "\(run.errors)") }
      let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      var repeated = 0
      for (line, serial) in zip(lines, serials(run.output)) {
        if !seen.insert(serial).inserted { repeated += line.utf8.count + 1 }
      }
      #expect(repeated <= (signal == SIGKILL ? 64 * 1024 : 0), "bytes repeated in run \(round)")
      #expect(seen.count == seen.max() ?? 0, "a gap after run \(round)")
      // The entries that were read are vacuumed away, that of the cursor too. After a kill some of
      // them are read again: no more than 64 KiB, which are fewer than 400.
      if round == 4, isCaughtUp {
        let text = try String(contentsOfFile: scratch.path("journal"), encoding: .utf8)
        let rest = text.split(separator: "\n").dropFirst(written - 400)
        try scratch.write("journal", signal == SIGTERM ? "" : rest.joined(separator: "\n") + "\n")
      }
      write(50)
    }
    // A last run as from cron: to the end of the journal.
    let cursor = try cursor()
    #expect(cursor.contains("i=") && cursor.contains(";b=77;"), "\(cursor)")
    try scratch.write("journalctl.py", Self.journalctl)
    let rest = try shell(
      "python3 journalctl.py journal -o json '--after-cursor=\(cursor)'",
      directory: scratch.folder)
    let last = try LiveTool.run(["tail", "-"] + job.options, input: rest)
    #expect(last.status == 0, "\(last.errors)")
    seen.formUnion(serials(last.output))
    #expect(seen.count == written && seen.max() == written)
    #expect(try job.countedLines() == written)
    #expect(try self.cursor().contains("i=\(String(written, radix: 16));"))
  }

  @Test("J1: the help shows a call that resumes without a loss")
  func help() throws {
    let help = try Tool.run(["tail", "--help"]).output
    // With `-f` alone journalctl begins with its last ten entries, whatever the cursor says.
    #expect(!help.contains("journalctl") || help.contains("--no-tail"), "\(help)")
  }

  @Test("J1: a job that never read a journal has no cursor")
  func noCursor() throws {
    #expect(try cursor() == "")
    let run = try LiveTool.run(["tail", "-"] + job.options, input: "no journal\n")
    #expect(run.status == 0 && run.output == "no journal\n")
    #expect(try cursor() == "")
    #expect(try job.countedLines() == 1)
  }
}
