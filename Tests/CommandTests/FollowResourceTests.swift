import Foundation
import Testing

/// Descriptors, memory, numbers of files: S2 to S4 of the specification.
@Suite("tidemark tail: resources")
struct FollowResourceTests {
  private let scratch = Scratch()

  @Test(
    "S2: deleted files are closed, so that the disk gets its space back",
    .enabled(if: hasProcessFiles, "the system does not show descriptors"),
    arguments: Wakeup.allCases)
  func deleted(wakeup: Wakeup) throws {
    let folder = scratch.path("logs")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for file in 1...50 { scratch.append("logs/f\(file).log", "\(file)\n") }
    let tail = try TailTool([folder], wakeup)
    #expect(tail.prints(count: 50))
    for file in 1...50 {
      try FileManager.default.removeItem(atPath: scratch.path("logs/f\(file).log"))
    }
    #expect(waitUntil { !tail.tool.openPaths.contains { $0.hasSuffix("(deleted)") } })
    // The names may come back.
    for file in 1...50 { scratch.append("logs/f\(file).log", "\(file + 50)\n") }
    #expect(tail.prints(count: 100))
    #expect(tail.passes(folder + "/f1.log"))
    #expect(faults(tail.end().output, 1...100) == [])
  }

  @Test(
    "S2: a renamed file is closed once it has been quiet, and its successor is not",
    .enabled(if: hasProcessFiles, "the system does not show descriptors"),
    arguments: Wakeup.allCases)
  func renamed(wakeup: Wakeup) throws {
    let log = scratch.path("app.log")
    scratch.append("app.log", "1\n")
    let tail = try TailTool([log], wakeup)
    #expect(tail.prints("1"))
    rotate(log)
    scratch.append("app.log", "2\n")
    #expect(tail.prints("2"))
    #expect(waitUntil { !tail.tool.openPaths.contains { $0.hasSuffix("app.log.1") } })
    scratch.append("app.log", "3\n")
    #expect(tail.prints("3"))
    #expect(faults(tail.end().output, 1...3) == [])
  }

  @Test(
    "S3: ten thousand idle files and a busy one need few descriptors and little memory",
    .timeLimit(.minutes(5)), arguments: Wakeup.allCases)
  func manyFiles(wakeup: Wakeup) throws {
    let files = 10_000
    try FileManager.default.createDirectory(
      atPath: scratch.path("logs"), withIntermediateDirectories: true)
    for file in 1...files { scratch.append("logs/f\(file).log", "\(file)\n") }
    let busy = scratch.path("logs/busy.log")
    scratch.append("logs/busy.log", "0\n")
    let tail = try TailTool([scratch.path("logs")], wakeup, openFiles: 256)
    #expect(tail.prints(count: files + 1))
    #expect(tail.tool.openPaths.count <= 256)
    for number in 1...50 {
      scratch.append("logs/busy.log", "\(files + number)\n")
      #expect(tail.prints("\(files + number)"))
    }
    // Files that have been idle wake up, some of them under new names.
    for file in stride(from: 1, through: files, by: 10) {
      scratch.append("logs/f\(file).log", "again \(file)\n")
    }
    rotate(scratch.path("logs/f11.log"))
    scratch.append("logs/f11.log", "new 11\n")
    #expect(tail.prints(count: files + 1 + 50 + files / 10 + 1))
    #expect(tail.passes(busy))
    let peak = tail.tool.peakMemoryKiB
    let run = tail.end()
    let expected =
      (0...files + 50).map(String.init)
      + stride(from: 1, through: files, by: 10).map { "again \($0)" } + ["new 11"]
    #expect(faults(run.output, expected) == [], "\(run.errors.prefix(500))")
    if let peak { #expect(peak < 64 * 1024, "KiB") }
  }

  @Test("S3: the same for a job, which remembers each of them", .timeLimit(.minutes(5)))
  func manyFilesForJob() throws {
    let files = 3_000
    try FileManager.default.createDirectory(
      atPath: scratch.path("logs"), withIntermediateDirectories: true)
    for file in 1...files { scratch.append("logs/f\(file).log", "\(file)\n") }
    let job = TailJob(scratch: scratch, inputs: [scratch.path("logs")], wakeup: .inotify)
    #expect(faults(try job.run().output, 1...files) == [])
    for file in stride(from: 7, through: files, by: 100) {
      rotate(scratch.path("logs/f\(file).log"))
    }
    scratch.append("logs/f8.log", "\(files + 1)\n")
    #expect(try job.run().output == "\(files + 1)\n")
    #expect(try job.countedLines() == files + 1)
  }

  @Test(
    "S4: a million different messages are counted in bounded memory", .timeLimit(.minutes(5)),
    arguments: ["watch", "count"])
  func messages(command: String) throws {
    let total = 1_000_000
    let log = scratch.path("app.log")
    // Words, not numbers: numbers are masked, and would make one message of all.
    _ = try shell(
      """
      awk 'BEGIN {
        l = "abcdefghijklmnopqrstuvwxyz"
        for (i = 0; i < \(total); i++) {
          w = ""
          for (n = i + 1; n > 0; n = int(n / 26)) w = w substr(l, n % 26 + 1, 1)
          m = int(i * 3600 / \(total))
          printf "2026-11-22T%02d:%02d:%02dZ ERROR app: %s failed for %sx\\n", \
            13 + int((m + 1800) / 3600), int((m + 1800) % 3600 / 60), m % 60, w, w
        }
      }' > app.log
      """, directory: scratch.folder)
    if command == "watch" {
      let run = try LiveTool.run(
        [
          "watch", "--no-follow", "--at", "2026-11-22T14:00:00Z", "--timezone", "UTC", "--format",
          "json", log,
        ])
      #expect(run.isCalm && [0, 1, 3].contains(run.status), "\(run.status) \(run.errors)")
      #expect(run.allLines == total && run.lines["unparsed"] == 0)
      #expect(run.output.utf8.count < 4 << 20, "the report is bounded as well")
    } else {
      let run = try LiveTool.run(["count", log])
      #expect(run.status == 0 && run.countedLines == total)
    }
  }
}
