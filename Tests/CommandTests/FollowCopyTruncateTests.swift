import Foundation
import Testing

/// Files that are copied and emptied instead of renamed: C1 to C5 of the specification.
@Suite("tidemark tail: copytruncate")
struct FollowCopyTruncateTests {
  private let scratch = Scratch()
  private var log: String { scratch.path("app.log") }
  /// The same file by name and by a glob that the copy matches as well.
  private static let names = ["app.log", "app.log*"]

  @Test(
    "C1: reads a copied and emptied file once, whether or not the copy is an input",
    arguments: Wakeup.allCases, names)
  func copied(wakeup: Wakeup, name: String) throws {
    scratch.append("app.log", lines(1...10))
    let tail = try TailTool([scratch.path(name)], wakeup)
    #expect(tail.prints("10"))
    try copyTruncate(log)
    scratch.append("app.log", lines(11...15))
    #expect(tail.prints("15"))
    #expect(tail.says("truncated"))
    #expect(tail.passes(log))
    let run = tail.end()
    #expect(run.output.hasPrefix(lines(1...15)), "\(run.output)")
    #expect(faults(run.output, 1...15) == [], "\(run.errors)")
  }

  @Test(
    "C1: a run after a copytruncate reads the rest from the copy, then the new lines",
    arguments: Wakeup.allCases, names)
  func copiedBetweenRuns(wakeup: Wakeup, name: String) throws {
    scratch.append("app.log", lines(1...10))
    let job = TailJob(scratch: scratch, inputs: [scratch.path(name)], wakeup: wakeup)
    #expect(try job.run().output == lines(1...10))
    scratch.append("app.log", lines(11...13))
    try copyTruncate(log)
    scratch.append("app.log", lines(14...18))
    let run = try job.run()
    #expect(run.status == 0 && run.output == lines(11...18), "\(run.output) \(run.errors)")
    #expect(try job.countedLines() == 18)
    #expect(try job.run().output == "")
  }

  @Test(
    "C1: two copytruncates between two runs: both copies are read",
    arguments: Wakeup.allCases)
  func copiedTwiceBetweenRuns(wakeup: Wakeup) throws {
    scratch.append("app.log", lines(1...10))
    let job = TailJob(scratch: scratch, inputs: [log], wakeup: wakeup)
    #expect(try job.run().output == lines(1...10))
    scratch.append("app.log", lines(11...13))
    try copyTruncate(log)
    scratch.append("app.log", lines(14...17))
    try copyTruncate(log)
    // Longer than what the job has seen of the first: the size tells nothing.
    scratch.append("app.log", lines(18...40))
    let run = try job.run()
    #expect(run.status == 0 && run.output == lines(11...40), "\(run.output) \(run.errors)")
    #expect(try job.countedLines() == 40)
  }

  @Test(
    "C1: what was written between the last look and the copy is read from the copy",
    arguments: Wakeup.allCases, names)
  func copiedWhileStopped(wakeup: Wakeup, name: String) throws {
    scratch.append("app.log", lines(1...10))
    let tail = try TailTool([scratch.path(name)], wakeup)
    #expect(tail.prints("10"))
    try tail.tool.whileStopped {
      scratch.append("app.log", lines(11...13))
      try copyTruncate(log)
      scratch.append("app.log", lines(14...17))
      try copyTruncate(log)
      scratch.append("app.log", lines(18...40))
    }
    #expect(tail.prints("40"))
    #expect(tail.passes(log))
    let run = tail.end()
    #expect(faults(run.output, 1...40) == [], "\(run.errors)")
  }

  @Test(
    "C2: reads a file whole that was emptied and has grown past its place in the meantime",
    arguments: Wakeup.allCases)
  func regrown(wakeup: Wakeup) throws {
    scratch.append("app.log", lines(1...3))
    let tail = try TailTool([log], wakeup)
    #expect(tail.prints("3"))
    tail.tool.whileStopped {
      let writer = LogWriter(log)
      writer.truncate()
      writer.write(lines(4...9))
    }
    #expect(tail.prints("4", "5", "6", "7", "8", "9"))
    #expect(tail.says("truncated"))
    #expect(tail.passes(log))
    let run = tail.end()
    #expect(faults(run.output, 1...9) == [], "\(run.errors)")
  }

  @Test(
    "C2: a file that has grown to the very size that it had is read whole",
    arguments: Wakeup.allCases)
  func regrownToTheSameSize(wakeup: Wakeup) throws {
    scratch.append("app.log", lines(11...19))
    let tail = try TailTool([log], wakeup)
    #expect(tail.prints("19"))
    tail.tool.whileStopped {
      let writer = LogWriter(log)
      writer.truncate()
      writer.write(lines(21...29))
    }
    #expect(tail.prints("21", "29"))
    #expect(tail.passes(log))
    let run = tail.end()
    #expect(faults(run.output, Array(11...19).map(String.init) + (21...29).map(String.init)) == [])
  }

  @Test(
    "C2: the same between two runs", arguments: Wakeup.allCases, [4...9, 4...6, 101...400])
  func regrownBetweenRuns(wakeup: Wakeup, next: ClosedRange<Int>) throws {
    scratch.append("app.log", lines(1...3))
    let job = TailJob(scratch: scratch, inputs: [log], wakeup: wakeup)
    #expect(try job.run().output == lines(1...3))
    let writer = LogWriter(log)
    writer.truncate()
    writer.write(lines(next))
    let run = try job.run()
    #expect(run.status == 0 && run.output == lines(next), "\(run.output) \(run.errors)")
    #expect(run.errors.contains("truncated"), "\(run.errors)")
    #expect(try job.countedLines() == 3 + next.count)
  }

  @Test(
    "C3: a hundred lines right after the truncation are read once", arguments: Wakeup.allCases)
  func burst(wakeup: Wakeup) throws {
    for attempt in 0..<Soak.factor * 5 {
      let name = "app\(attempt).log"
      let log = scratch.path(name)
      let writer = LogWriter(log)
      writer.write(lines(1...10))
      let tail = try TailTool([log], wakeup)
      #expect(tail.prints("10"))
      writer.truncate()
      writer.write(lines(11...110))
      #expect(tail.prints("110"))
      #expect(tail.passes(log))
      let run = tail.end()
      #expect(faults(run.output, 1...110) == [], "\(run.errors)")
    }
  }

  /// Two KiB that a service writes at each start: more than a fingerprint holds.
  private static let banner = (1...32).map { number in
    "# \(number) " + String(repeating: "=", count: 60) + "\n"
  }.joined()

  @Test(
    "C4: sees a truncation behind a head that is always the same", arguments: Wakeup.allCases,
    [10, 300])
  func banner(wakeup: Wakeup, newLines: Int) throws {
    scratch.append("app.log", Self.banner + lines(1001...1100))
    let tail = try TailTool([log], wakeup)
    #expect(tail.prints("1100"))
    let new = 2001...2000 + newLines
    tail.tool.whileStopped {
      let writer = LogWriter(log)
      writer.truncate()
      writer.write(Self.banner + lines(new))
    }
    #expect(tail.prints("\(new.upperBound)"))
    #expect(tail.passes(log))
    let run = tail.end()
    let body = run.output.replacingOccurrences(of: Self.banner, with: "")
    #expect(run.output.count - body.count == 2 * Self.banner.count, "the banner comes twice")
    #expect(
      faults(body, (Array(1001...1100) + Array(new)).map(String.init)) == [], "\(run.errors)")
  }

  @Test(
    "C4: the same between two runs", arguments: Wakeup.allCases, [10, 300])
  func bannerBetweenRuns(wakeup: Wakeup, newLines: Int) throws {
    scratch.append("app.log", Self.banner + lines(1001...1100))
    let job = TailJob(scratch: scratch, inputs: [log], wakeup: wakeup)
    #expect(try job.run().output == Self.banner + lines(1001...1100))
    let writer = LogWriter(log)
    writer.truncate()
    writer.write(Self.banner + lines(2001...2000 + newLines))
    let run = try job.run()
    #expect(run.output == Self.banner + lines(2001...2000 + newLines), "\(run.errors)")
  }

  @Test(
    "C5: jumps over the hole of a writer that keeps its place", .timeLimit(.minutes(5)),
    arguments: Wakeup.allCases)
  func hole(wakeup: Wakeup) throws {
    let writer = LogWriter(log, appending: false)
    writer.write("first\n")
    // ulimit counts what it may allocate, so reading the hole into memory ends it.
    let tail = try TailTool([log], wakeup, memoryKiB: 64 * 1024)
    #expect(tail.prints("first"))
    writer.truncate()
    writer.seek(to: 1 << 30)
    writer.write("ok\n")
    #expect(tail.prints("ok"))
    #expect(tail.passes(log))
    let run = tail.end()
    #expect(faults(run.output, ["first", "ok"]) == [])
    let notices = run.errors.split(separator: "\n").filter { $0.contains("NUL bytes") }
    #expect(notices.contains { $0.contains("1073741824") || $0.contains("1 GiB") }, "\(notices)")
    #expect(notices.count(where: { $0.contains("app.log") }) == 1, "\(notices)")
  }

  @Test("C5: the same between two runs", .timeLimit(.minutes(5)), arguments: Wakeup.allCases)
  func holeBetweenRuns(wakeup: Wakeup) throws {
    let writer = LogWriter(log, appending: false)
    writer.write("first\n")
    let job = TailJob(scratch: scratch, inputs: [log], wakeup: wakeup)
    #expect(try job.run().output == "first\n")
    writer.truncate()
    writer.seek(to: 1 << 30)
    writer.write("ok\n")
    let run = try job.run()
    #expect(run.output == "ok\n" && run.errors.contains("NUL bytes"), "\(run.errors)")
    writer.write("next\n")
    #expect(try job.run().output == "next\n")
    #expect(try job.countedLines() == 3)
  }
}
