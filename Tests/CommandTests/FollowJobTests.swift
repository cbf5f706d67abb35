import Foundation
import Testing

/// Rotations between runs of a job, when nobody looks: R3, R4, and what follows from them.
@Suite("tidemark tail --job: between two runs")
struct FollowJobTests {
  private let scratch = Scratch()
  private var log: String { scratch.path("app.log") }

  /// How rotated files are called.
  enum Naming: String, CaseIterable, Sendable {
    case numbers, dates, dottedDates, stemNumbers, stemDates

    /// The name of the file that was rotated `age` rotations ago, `step` rotations after the start.
    func name(step: Int, age: Int) -> String {
      let day = 20 + step - age
      return switch self {
      case .numbers: "app.log.\(age)"
      case .dates: "app.log-202611\(day)"
      case .dottedDates: "app.log.2026-11-\(day)"
      case .stemNumbers: "app.\(age).log"
      case .stemDates: "app-2026-11-\(day).log"
      }
    }

    /// One rotation, the number `step` from 1 on.
    func rotate(_ scratch: Scratch, step: Int) {
      for age in stride(from: step, to: 1, by: -1) {
        let (from, to) = (name(step: step - 1, age: age - 1), name(step: step, age: age))
        if from != to { move(scratch.path(from), scratch.path(to)) }
      }
      move(scratch.path("app.log"), scratch.path(name(step: step, age: 1)))
    }
  }

  @Test("a first run reads everything and says so; the next one reads what came since")
  func firstRun() throws {
    scratch.append("app.log.1", lines(1...3))
    scratch.append("app.log", lines(4...6))
    let job = TailJob(scratch: scratch, inputs: [log], wakeup: .inotify)
    let first = try job.run()
    #expect(first.status == 0 && first.output == lines(1...6))
    #expect(!first.errors.isEmpty, "a first run is told")
    #expect(try job.countedLines() == 6)
    let second = try job.run()
    #expect(second.status == 0 && second.output == "" && second.errors == "")
    scratch.append("app.log", lines(7...8))
    #expect(try job.run().output == lines(7...8))
    #expect(try job.countedLines() == 8)
  }

  @Test(
    "a first run reads each of six hundred rotated files once, whatever their numbers and times say",
    arguments: ["oldest has the highest number", "newest has the highest number"], [true, false])
  func manyRotatedFiles(numbering: String, hasTimes: Bool) throws {
    let count = 600
    for number in 1...count {
      let age = numbering.hasPrefix("oldest") ? count + 1 - number : number
      let path = try scratch.write("app.log.\(age)", "\(number)\n")
      // Files that were copied from elsewhere, or unpacked, all have the same time.
      let date = Date(timeIntervalSince1970: 1_700_000_000 + (hasTimes ? Double(number) * 60 : 0))
      try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
    }
    scratch.append("app.log", "\(count + 1)\n")
    let job = TailJob(scratch: scratch, inputs: [log], wakeup: .inotify)
    #expect(faults(try job.run().output, 1...count + 1) == [])
    #expect(try job.run().output == "")
    scratch.append("app.log", "\(count + 2)\n")
    #expect(try job.run().output == "\(count + 2)\n")
    let whole = try LiveTool.run(["tail", "--no-follow", "--from-start", log])
    #expect(faults(whole.output, 1...count + 2) == [])
  }

  @Test(
    "rotated files come in the order of the times inside, not of their numbers",
    arguments: [true, false])
  func order(isJob: Bool) throws {
    // log4j and logback give the newest file the highest number.
    var expected = ""
    for number in 1...5 {
      let line = "2026-11-22T10:0\(number):00Z INFO request \(number)\n"
      let path = try scratch.write(number == 5 ? "app.log" : "app.log.\(number)", line)
      let date = Date(timeIntervalSince1970: 1_795_341_600 + Double(number) * 60)
      try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
      expected += line
    }
    let job = TailJob(scratch: scratch, inputs: [log], wakeup: .inotify)
    let run =
      isJob
      ? try job.run() : try LiveTool.run(["tail", "--no-follow", "--from-start", log])
    #expect(run.output == expected)
  }

  @Test(
    "R3: two rotations between two runs: the files in between are read, oldest first",
    arguments: Wakeup.allCases, Naming.allCases)
  func rotatedTwice(wakeup: Wakeup, naming: Naming) throws {
    scratch.append("app.log", "1\n")
    let job = TailJob(scratch: scratch, inputs: [log], wakeup: wakeup)
    #expect(try job.run().output == "1\n")
    scratch.append("app.log", "2\n")
    naming.rotate(scratch, step: 1)
    scratch.append("app.log", "3\n")
    naming.rotate(scratch, step: 2)
    scratch.append("app.log", "4\n")
    let run = try job.run()
    #expect(run.status == 0 && run.output == lines(2...4), "\(run.output) \(run.errors)")
    #expect(try job.countedLines() == 4)
    #expect(try job.run().output == "")
  }

  @Test(
    "R3: ten runs with nought to three rotations between them", arguments: Wakeup.allCases)
  func manyRotations(wakeup: Wakeup) throws {
    let job = TailJob(scratch: scratch, inputs: [log], wakeup: wakeup)
    var number = 0
    var output = ""
    for round in 0..<10 {
      for _ in 0..<round % 4 {
        number += 1
        scratch.append("app.log", "\(number)\n")
        rotate(log)
      }
      number += 1
      scratch.append("app.log", "\(number)\n")
      output += try job.run().output
    }
    #expect(output == lines(1...number))
    #expect(try job.countedLines() == number)
  }

  @Test(
    "R3: a late line in the renamed file is read by the next run", arguments: Wakeup.allCases)
  func lateLine(wakeup: Wakeup) throws {
    let old = LogWriter(log)
    old.write("1\n")
    let job = TailJob(scratch: scratch, inputs: [log], wakeup: wakeup)
    #expect(try job.run().output == "1\n")
    rotate(log)
    scratch.append("app.log", "2\n")
    #expect(try job.run().output == "2\n")
    old.write("3\n")
    scratch.append("app.log", "4\n")
    #expect(faults(try job.run().output, 3...4) == [])
    #expect(try job.countedLines() == 4)
  }

  @Test(
    "R4: a new file with the old one's inode number is a new file", arguments: Wakeup.allCases)
  func inodeReuse(wakeup: Wakeup) throws {
    // The file system may or may not give the number again; every try has to come out right.
    for attempt in 0..<20 {
      let scratch = Scratch()
      let log = scratch.path("d.log")
      scratch.append("d.log", "l1\n")
      let job = TailJob(scratch: scratch, inputs: [log], wakeup: wakeup)
      #expect(try job.run().output == "l1\n")
      scratch.append("d.log", "l2\n")
      let number = try inode(log)
      move(log, log + ".1")
      _ = try shell("gzip '\(log).1'")
      scratch.append("d.log", "l3\n")
      let run = try job.run()
      #expect(run.status == 0 && run.output == "l2\nl3\n", "\(run.output) \(run.errors)")
      #expect(try job.countedLines() == 3)
      if try inode(log) == number { return }
      if attempt == 19 { print("R4: no inode number came again; the lines came right") }
    }
  }

  @Test(
    "R4: a file that was removed and came back with its inode number is read whole",
    arguments: Wakeup.allCases)
  func replaced(wakeup: Wakeup) throws {
    scratch.append("app.log", lines(1...50))
    let job = TailJob(scratch: scratch, inputs: [log], wakeup: wakeup)
    #expect(try job.run().output == lines(1...50))
    try FileManager.default.removeItem(atPath: log)
    scratch.append("app.log", lines(51...200))
    let run = try job.run()
    #expect(run.status == 0 && run.output == lines(51...200), "\(run.errors)")
  }

  @Test(
    "R4: inode numbers that go round among the rotated files confuse nobody",
    arguments: Wakeup.allCases)
  func rotatedInodes(wakeup: Wakeup) throws {
    let job = TailJob(scratch: scratch, inputs: [log], wakeup: wakeup)
    var output = ""
    for number in 1...12 {
      scratch.append("app.log", "\(number)\n")
      if number % 3 == 0 { output += try job.run().output }
      // As `rotate 2` does: the oldest goes, and its number is free.
      if FileManager.default.fileExists(atPath: log + ".2"), number % 3 == 0 {
        try FileManager.default.removeItem(atPath: log + ".2")
      }
      if number % 3 == 0 { rotate(log) }
    }
    output += try job.run().output
    #expect(output == lines(1...12))
  }

  @Test("a job's run says what is not there, and has status 4", arguments: Wakeup.allCases)
  func missing(wakeup: Wakeup) throws {
    let job = TailJob(scratch: scratch, inputs: [log], wakeup: wakeup)
    let run = try job.run()
    #expect(run.status == 4 && run.output == "")
    #expect(run.errors.contains("no such file") && run.errors.contains("app.log"))
    scratch.append("app.log", "1\n")
    #expect(try job.run().output == "1\n", "it was not noted as read")
  }
}
