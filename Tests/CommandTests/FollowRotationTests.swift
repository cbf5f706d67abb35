import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Rotation by rename, while the program runs: R1, R2, R5 to R8 of the specification.
@Suite("tidemark tail: rotation by rename")
struct FollowRotationTests {
  private let scratch = Scratch()
  private var log: String { scratch.path("app.log") }

  /// The queue of inotify(7); nil where there is none, or where it takes too long to fill.
  private static let queuedEvents: Int? = {
    let text = try? String(
      contentsOfFile: "/proc/sys/fs/inotify/max_queued_events", encoding: .utf8)
    let limit = text.flatMap { Int($0.trimmingCharacters(in: .newlines)) }
    return limit.flatMap { $0 <= 100_000 ? $0 : nil }
  }()

  @Test(
    "R1: prints what the writer still writes to the renamed file", arguments: Wakeup.allCases)
  func lateWrites(wakeup: Wakeup) throws {
    let old = LogWriter(log)
    old.write("1\n")
    let tail = try TailTool([log], wakeup, grace: "60s")
    #expect(tail.prints("1"))
    move(log, log + ".1")
    scratch.append("app.log", "2\n")
    #expect(tail.prints("2"))
    #expect(tail.says("rotated"))
    old.write("3\n")
    #expect(tail.prints("3"))
    old.write("4\n")
    scratch.append("app.log", "5\n")
    #expect(tail.prints("4", "5"))
    #expect(tail.passes(log))
    let run = tail.end()
    #expect(faults(run.output, 1...5) == [], "\(run.errors)")
  }

  @Test(
    "R2: loses nothing while a file is rotated again and again under load",
    arguments: Wakeup.allCases)
  func load(wakeup: Wakeup) throws {
    let total = Soak.factor * 200_000
    var writer = LogWriter(log)
    writer.write("0\n")
    let tail = try TailTool([log], wakeup, grace: "60s")
    #expect(tail.prints("0"))
    for number in 1...total {
      writer.write("\(number)\n")
      guard number.isMultiple(of: 10_000) else { continue }
      rotate(log)
      writer = LogWriter(log)
    }
    #expect(tail.prints(count: total + 1))
    #expect(tail.passes(log))
    let run = tail.end()
    #expect(faults(run.output, 0...total) == [], "\(run.errors)")
  }

  @Test(
    "R3: rotations that happen while the program stands still are read, oldest first",
    arguments: Wakeup.allCases, ["plain", "packed"])
  func rotatedWhileStopped(wakeup: Wakeup, kind: String) throws {
    scratch.append("app.log", lines(1...10))
    let tail = try TailTool([log], wakeup)
    #expect(tail.prints("10"))
    try tail.tool.whileStopped {
      for step in 1...4 {
        scratch.append("app.log", lines(step * 10 + 1...step * 10 + 10))
        rotate(log)
        // `delaycompress`: the last one stays plain.
        if kind == "packed", step > 1 { _ = try shell("gzip -f '\(log).2'") }
      }
      scratch.append("app.log", lines(51...60))
    }
    #expect(tail.prints("60"))
    #expect(tail.passes(log))
    let run = tail.end()
    #expect(faults(run.output, 1...60) == [], "\(run.errors)")
    if kind == "plain" { #expect(run.output.hasPrefix(lines(1...60)), "\(run.output)") }
  }

  @Test(
    "R5: sees every file that had the name, however short a time", .timeLimit(.minutes(5)),
    arguments: Wakeup.allCases)
  func quickRotations(wakeup: Wakeup) throws {
    var random = UInt64(500)
    let total = 500
    scratch.append("app.log", "0\n")
    let tail = try TailTool([log], wakeup, grace: "60s")
    #expect(tail.prints("0"))
    for number in 1...total {
      move(log, "\(log).\(number)")
      scratch.append("app.log", "\(number)\n")
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      // Sometimes the next rotation comes before the program can have looked, sometimes after.
      let gap = 0.001 + Double(random >> 40 & 0xFF) / 256 * (Soak.isOn ? 0.049 : 0.009)
      _ = tail.tool.line(within: gap) { $0 == "\(number)" }
    }
    #expect(tail.prints(count: total + 1))
    #expect(tail.passes(log))
    let run = tail.end()
    #expect(faults(run.output, 0...total) == [], "\(run.errors)")
  }

  @Test(
    "R6: reads a new file that it may not read at first, after one warning",
    arguments: Wakeup.allCases)
  func permission(wakeup: Wakeup) throws {
    // Root may read everything, so it hands its rights in.
    let launcher = getuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups" : ""
    scratch.append("app.log", "1\n")
    let tail = try TailTool([log], wakeup, launcher: launcher)
    #expect(tail.prints("1"))
    move(log, log + ".1")
    let writer = LogWriter(log, mode: 0)
    #expect(tail.says("cannot be read"))
    writer.write("2\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: log)
    #expect(tail.prints("2"))
    #expect(tail.passes(log))
    let run = tail.end()
    #expect(faults(run.output, 1...2) == [])
    let warnings = run.errors.split(separator: "\n").filter { $0.contains("cannot be read") }
    #expect(warnings.count == 1, "\(run.errors)")
  }

  @Test(
    "R7: misses no rotation while nobody reads its output, and stays small",
    arguments: Wakeup.allCases)
  func backPressure(wakeup: Wakeup) throws {
    let padding = String(repeating: "x", count: 100)
    let (files, perFile) = (4, Soak.factor * 20_000)
    func piece(_ file: Int) -> String {
      (0..<perFile).map { "\(file * perFile + $0) \(padding)\n" }.joined()
    }
    scratch.append("app.log", "begin\n")
    let tail = try TailTool([log], wakeup, grace: "60s")
    #expect(tail.prints("begin"))
    tail.tool.pauseReading(true)
    for file in 0..<files {
      scratch.append("app.log", piece(file))
      // A pipe holds 64 KiB.
      #expect(waitUntil { tail.tool.unreadBytes > 60_000 }, "it waits for its reader")
      if file < files - 1 { rotate(log) }
    }
    let peak = tail.tool.peakMemoryKiB
    tail.tool.pauseReading(false)
    #expect(tail.prints(count: files * perFile + 1))
    #expect(tail.passes(log))
    let run = tail.end()
    let expected = ["begin"] + (0..<files * perFile).map { "\($0) \(padding)" }
    #expect(faults(run.output, expected) == [], "\(run.errors)")
    if let peak { #expect(peak < 64 * 1024, "KiB") }
  }

  @Test(
    "R8: looks at everything again after the kernel's queue of changes overflowed",
    .enabled(if: queuedEvents != nil, "the queue is too long to fill, or there is none"),
    arguments: Wakeup.allCases)
  func overflow(wakeup: Wakeup) throws {
    let files = 5_000
    let rounds = 2 * (Self.queuedEvents ?? 0) / files + 2
    scratch.append("begin.log", "begin\n")
    let tail = try TailTool([scratch.folder], wakeup, grace: "60s")
    #expect(tail.prints("begin"))
    var expected = ["begin"]
    tail.tool.whileStopped {
      for round in 1...rounds {
        for file in 0..<files {
          scratch.append("f\(file).log", "\(file).\(round)\n")
          expected.append("\(file).\(round)")
        }
      }
    }
    #expect(tail.prints(count: expected.count))
    // What comes after the overflow is seen as before.
    scratch.append("f7.log", "after\n")
    #expect(tail.prints("after"))
    #expect(tail.passes(scratch.path("begin.log")))
    let run = tail.end()
    #expect(faults(run.output, expected + ["after"]) == [], "\(run.errors)")
  }
}
