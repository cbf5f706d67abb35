import Foundation
import Testing

/// Which file is which: I1 to I5 of the specification.
@Suite("tidemark tail: identity")
struct FollowIdentityTests {
  private let scratch = Scratch()
  private var log: String { scratch.path("app.log") }

  @Test("I1: prints a file of two bytes at once", arguments: Wakeup.allCases)
  func tiny(wakeup: Wakeup) throws {
    scratch.append("app.log", "x\n")
    let tail = try TailTool([scratch.folder], wakeup)
    #expect(tail.prints("x"))
    // A second one is no copy of the first, although there is nothing to tell them apart.
    scratch.append("other.log", "x\n")
    #expect(tail.tool.hasLines(2))
    #expect(tail.passes(log))
    let run = tail.end()
    #expect(run.output.split(separator: "\n").count { $0 == "x" } == 2, "\(run.output)")
  }

  @Test("I1: prints a line without its end when the run ends", arguments: Wakeup.allCases)
  func unended(wakeup: Wakeup) throws {
    scratch.append("app.log", "x")
    scratch.append("other.log", "begin\n")
    let run = try LiveTool.run(["tail", "--no-follow", log] + wakeup.options)
    #expect(run.status == 0 && run.output == "x\n", "\(run.errors)")
    let tail = try TailTool([log, scratch.path("other.log")], wakeup)
    #expect(tail.prints("begin"))
    #expect(tail.passes(scratch.path("other.log")))
    let ended = tail.end()
    #expect(faults(ended.output, ["begin", "x"]) == [])
  }

  @Test(
    "I1: files with nothing or the same few bytes in them are files of their own for a job",
    arguments: Wakeup.allCases)
  func tinyForJob(wakeup: Wakeup) throws {
    for name in ["a.log", "b.log", "c.log"] { scratch.append(name, name == "c.log" ? "" : "x\n") }
    let logs = ["a.log", "b.log", "c.log"].map(scratch.path)
    let job = TailJob(scratch: scratch, inputs: logs, wakeup: wakeup)
    #expect(try job.run().output == "x\nx\n")
    scratch.append("c.log", "x\n")
    #expect(try job.run().output == "x\n")
    scratch.append("b.log", "b\n")
    scratch.append("a.log", "a\n")
    #expect(try job.run().output == "a\nb\n")
    #expect(try job.countedLines() == 5)
  }

  @Test("I2: two files with the same first 4 KiB are two files", arguments: Wakeup.allCases)
  func sameHead(wakeup: Wakeup) throws {
    let head = (0..<64).map { "head \($0) " + String(repeating: "=", count: 60) }
    let text = head.joined(separator: "\n") + "\n"
    let (a, b) = (scratch.path("a.log"), scratch.path("b.log"))
    scratch.append("a.log", text + "of a\n")
    scratch.append("b.log", text + "of b\n")
    let expected = { (more: [String]) in
      head.flatMap { ["\(a)\t\($0)", "\(b)\t\($0)"] } + more
    }
    let tail = try TailTool([a, b], wakeup, ["--from-start", "--with-source"], grace: "60s")
    #expect(tail.prints("\(a)\tof a", "\(b)\tof b"))
    // A rotation does not mix them up either.
    rotate(a)
    scratch.append("a.log", "new of a\n")
    scratch.append("b.log", "more of b\n")
    #expect(tail.prints("\(a)\tnew of a", "\(b)\tmore of b"))
    let run = tail.end()
    #expect(
      faults(
        run.output,
        expected(["\(a)\tof a", "\(b)\tof b", "\(a)\tnew of a", "\(b)\tmore of b"])) == [],
      "\(run.errors)")
  }

  @Test("I2: the same for a job, when both are rotated in between", arguments: Wakeup.allCases)
  func sameHeadForJob(wakeup: Wakeup) throws {
    let text = String(repeating: "head\n", count: 1_000)
    scratch.append("a.log", text)
    scratch.append("b.log", text)
    let logs = ["a.log", "b.log"].map(scratch.path)
    let job = TailJob(scratch: scratch, inputs: logs, wakeup: wakeup)
    #expect(try job.run().output == text + text)
    scratch.append("a.log", "1\n")
    scratch.append("b.log", "2\n")
    logs.forEach(rotate)
    scratch.append("b.log", text + "3\n")
    scratch.append("a.log", text + "4\n")
    let run = try job.run()
    let numbers = run.output.replacingOccurrences(of: "head\n", with: "")
    #expect(faults(numbers, 1...4) == [], "\(run.errors)")
    #expect(run.output.count - numbers.count == 2 * text.count)
  }

  @Test(
    "I2: a file that holds no more than its head is no copy of its predecessor",
    arguments: [30, 600, 5_000], ["plain", "packed"])
  func headOnly(bytes: Int, kind: String) throws {
    let head = "# " + String(repeating: "=", count: bytes) + "\n"
    scratch.append("app.log", head + lines(1...3))
    let job = TailJob(scratch: scratch, inputs: [log], wakeup: .inotify)
    var output = ""
    func startAnew() throws {
      rotate(log)
      if kind == "packed" { _ = try shell("gzip '\(log).1'") }
      scratch.append("app.log", head)
    }
    for step in 1...4 {
      try startAnew()
      if step.isMultiple(of: 2) { output += try job.run().output }
      scratch.append("app.log", "\(step + 3)\n")
    }
    try startAnew()
    output += try job.run().output
    let numbers = output.replacingOccurrences(of: head, with: "")
    #expect(faults(numbers, 1...7) == [])
    #expect(output.count - numbers.count == 6 * head.count)
    #expect(try job.countedLines() == 7 + 6)
  }

  @Test("I3: repeats nothing after a restart between rotations", arguments: Wakeup.allCases)
  func restarts(wakeup: Wakeup) throws {
    let job = TailJob(scratch: scratch, inputs: [log], wakeup: wakeup)
    var number = 0
    var output = ""
    func writeTen() {
      scratch.append("app.log", lines(number + 1...number + 10))
      number += 10
    }
    writeTen()
    for _ in 0..<4 {
      let tail = try job.follow()
      for _ in 0..<2 {
        writeTen()
        #expect(tail.prints("\(number)"))
        rotate(log)
      }
      writeTen()
      #expect(tail.prints("\(number)"))
      output += tail.end().output
      rotate(log)
      writeTen()
    }
    output += try job.run().output
    #expect(faults(output, 1...number) == [])
    #expect(try job.countedLines() == number)
  }

  @Test(
    "I4: a rotated file that the glob matches is not read again", arguments: Wakeup.allCases,
    ["app.log*", "*"])
  func glob(wakeup: Wakeup, pattern: String) throws {
    let folder = scratch.path("logs")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    scratch.append("logs/app.log", lines(1...100))
    let job = TailJob(scratch: scratch, inputs: [folder + "/" + pattern], wakeup: wakeup)
    let tail = try job.follow()
    #expect(tail.prints("100"))
    rotate(folder + "/app.log")
    scratch.append("logs/app.log", "101\n")
    #expect(tail.prints("101"))
    #expect(tail.passes(folder + "/app.log"))
    #expect(faults(tail.end().output, 1...101) == [])
    rotate(folder + "/app.log")
    #expect(try job.run().output == "")
    scratch.append("logs/app.log", "102\n")
    #expect(try job.run().output == "102\n")
  }

  @Test(
    "I5: follows a link to the new release, and the old release's file to its end",
    arguments: Wakeup.allCases, ["folder", "file"])
  func link(wakeup: Wakeup, kind: String) throws {
    for release in ["rel1", "rel2"] {
      try FileManager.default.createDirectory(
        atPath: scratch.path(release), withIntermediateDirectories: true)
    }
    let suffix = kind == "folder" ? "" : "/app.log"
    let link = scratch.path("current")
    let followed = kind == "folder" ? link + "/app.log" : link
    func point(to release: String) throws {
      // As `ln -sfn` followed by `mv -T` does: there is a link at any moment.
      let temporary = scratch.path("next")
      try FileManager.default.createSymbolicLink(
        atPath: temporary, withDestinationPath: release + suffix)
      move(temporary, link)
    }
    let old = LogWriter(scratch.path("rel1/app.log"))
    old.write("1\n")
    try point(to: "rel1")
    let tail = try TailTool([followed], wakeup, grace: "60s")
    #expect(tail.prints("1"))
    scratch.append("rel2/app.log", "2\n")
    try point(to: "rel2")
    #expect(tail.prints("2"))
    old.write("3\n")
    scratch.append("rel2/app.log", "4\n")
    #expect(tail.prints("3", "4"))
    #expect(tail.passes(scratch.path("rel2/app.log")))
    let run = tail.end()
    #expect(faults(run.output, 1...4) == [], "\(run.errors)")
  }
}
