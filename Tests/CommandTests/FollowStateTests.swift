import Foundation
import Testing

/// What a job knows after its program was killed, or its state file was damaged: S1.
@Suite("tidemark tail --job: the state")
struct FollowStateTests {
  private let scratch = Scratch()
  private var log: String { scratch.path("app.log") }
  /// What a kill may repeat.
  private static let repeatedBytes = 64 * 1024

  @Test(
    "S1: a program that is killed again and again loses nothing and repeats at most 64 KiB a kill",
    .timeLimit(.minutes(5)), arguments: Wakeup.allCases)
  func killed(wakeup: Wakeup) throws {
    let kills = Soak.isOn ? 200 : 40
    let job = TailJob(scratch: scratch, inputs: [log], wakeup: wakeup)
    var random = UInt64(wakeup == .polling ? 2 : 1)
    func below(_ bound: Int) -> Int {
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(random >> 33) % bound
    }
    var number = 0
    var outputs: [String] = []
    var writer = LogWriter(log)
    for kill in 0..<kills {
      let tail = try job.follow(grace: "60s")
      // It is killed before it has read a line, in the midst of many, or after the last.
      let count = below(4) == 0 ? 0 : below(6_000)
      for _ in 0..<count {
        number += 1
        writer.write("\(number) \(String(repeating: "x", count: number % 90))\n")
        if number % 5_000 == 0 {
          rotate(log)
          writer = LogWriter(log)
        }
      }
      if count > 0 { _ = tail.prints(count: 1 + below(count)) }
      if kill % 3 == 0 { _ = tail.passes(log) }
      outputs.append(tail.kill().output)
    }
    let last = try job.run()
    #expect(last.status == 0, "\(last.errors)")
    outputs.append(last.output)

    // The lines of a run come in the file's order; what it has before the previous run's last line
    // is repeated. Only whole lines count: a kill may cut the last one in the pipe.
    var seen = 0
    for (index, output) in outputs.enumerated() {
      var repeated = 0
      for line in output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      where !line.hasPrefix("fence ") {
        let serial = Int(line.prefix { $0 != " " }) ?? 0
        if serial == seen + 1 {
          seen = serial
          #expect(line.utf8.count == "\(serial) ".utf8.count + serial % 90, "a torn line: \(line)")
        } else {
          #expect(serial <= seen, "run \(index): \(seen + 1) is missing before \(serial)")
          seen = max(seen, serial)
          repeated += line.utf8.count + 1
        }
      }
      #expect(repeated <= Self.repeatedBytes, "bytes of run \(index)")
    }
    #expect(seen == number)
    let fences = (kills + 2) / 3 * 2
    #expect(try job.countedLines() == number + fences)
  }

  @Test(
    "S1: a program that is asked to end loses and repeats nothing", arguments: Wakeup.allCases)
  func terminated(wakeup: Wakeup) throws {
    let job = TailJob(scratch: scratch, inputs: [log], wakeup: wakeup)
    let total = 20_000
    scratch.append("app.log", lines(1...10))
    var output = ""
    for round in 0..<10 {
      let tail = try job.follow()
      let first = 11 + round * total / 10
      scratch.append("app.log", lines(first...first + total / 10 - 1))
      #expect(tail.prints(count: 1 + round * 150))
      output += tail.end().output
    }
    output += try job.run().output
    #expect(output == lines(1...total + 10))
    #expect(try job.countedLines() == total + 10)
  }

  /// What a crash, a full disk or a careless hand makes of a file.
  enum Damage: String, CaseIterable, Sendable {
    case zeros, empty, half, random, text, zeroedPage

    func apply(to bytes: Data) -> Data {
      var random = UInt64(17)
      func noise() -> UInt8 {
        random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: random >> 56)
      }
      var damaged = bytes
      switch self {
      case .zeros: return Data(count: bytes.count)
      case .empty: return Data()
      case .half: return bytes.prefix(bytes.count / 2 + 100)
      case .random: return Data(bytes.map { _ in noise() })
      case .text: return Data("positions:\n  /var/log/app.log: 4711\n".utf8)
      case .zeroedPage:
        damaged.resetBytes(in: 4_096..<min(8_192, bytes.count))
        return damaged
      }
    }
  }

  @Test(
    "S1: a damaged state file is set aside, said so, and everything is read again",
    arguments: Damage.allCases)
  func damaged(damage: Damage) throws {
    let job = TailJob(scratch: scratch, inputs: [log], wakeup: .inotify)
    scratch.append("app.log", lines(1...500))
    #expect(try job.run().output == lines(1...500))
    // What SQLite keeps beside it would mend it.
    for ending in ["-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: job.state + ending)
    }
    let good = try Data(contentsOf: URL(fileURLWithPath: job.state))
    let bad = damage.apply(to: good)
    try bad.write(to: URL(fileURLWithPath: job.state))
    scratch.append("app.log", lines(501...510))
    let run = try job.run()
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output == lines(1...510), "never from the end, never from a wrong place")
    #expect(run.errors.contains("state.db"), "\(run.errors)")
    if damage != .empty {
      let kept = try FileManager.default.contentsOfDirectory(atPath: scratch.folder)
        .filter { $0.hasPrefix("state.db") && $0 != "state.db" }
        .contains { (try? Data(contentsOf: URL(fileURLWithPath: scratch.path($0)))) == bad }
      #expect(kept, "the damaged file is there under another name")
    }
    #expect(try job.countedLines() == 510)
    scratch.append("app.log", "511\n")
    let next = try job.run()
    #expect(next.output == "511\n" && next.errors == "")
  }

  @Test("S1: a state file that cannot be written is no reason to read in silence")
  func unwritable() throws {
    scratch.append("app.log", "1\n")
    let state = scratch.path("no/such/folder/state.db")
    try scratch.write("no", "a file where a folder should be")
    let run = try LiveTool.run(["tail", "--no-follow", "--job", "j", "--state", state, log])
    #expect(run.isCalm && run.status != 0)
    #expect(run.errors.contains(state), "\(run.errors)")
  }

  @Test("two jobs over one state file know nothing of each other")
  func twoJobs() throws {
    let job = TailJob(scratch: scratch, inputs: [log], wakeup: .inotify)
    scratch.append("app.log", lines(1...3))
    #expect(try job.run().output == lines(1...3))
    let other = ["tail", "--no-follow", "--job", "other", "--state", job.state, log]
    #expect(try LiveTool.run(other).output == lines(1...3))
    scratch.append("app.log", "4\n")
    #expect(try LiveTool.run(other).output == "4\n")
    #expect(try job.run().output == "4\n")
    #expect(try job.countedLines() == 4)
  }

  @Test("a second run of a job waits for the first one, and gives up with status 4")
  func locked() throws {
    let job = TailJob(scratch: scratch, inputs: [log], wakeup: .inotify)
    scratch.append("app.log", "1\n")
    let tail = try job.follow()
    #expect(tail.prints("1"))
    let run = try job.run(["--lock-wait", "100ms"])
    #expect(run.status == 4 && run.output == "" && !run.errors.isEmpty)
    #expect(tail.end().output == "1\n")
    #expect(try job.run().status == 0)
    // The lock of a program that was killed is no lock.
    let killed = try job.follow()
    scratch.append("app.log", "2\n")
    #expect(killed.prints("2"))
    _ = killed.kill()
    #expect(try job.run(["--lock-wait", "100ms"]).status == 0)
  }
}
