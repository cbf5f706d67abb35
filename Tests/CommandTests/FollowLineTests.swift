import Foundation
import Testing

/// Lines that are begun, endless or no text: L1 to L4 of the specification.
@Suite("tidemark tail: lines")
struct FollowLineTests {
  private let scratch = Scratch()
  private var log: String { scratch.path("app.log") }

  /// What a run prints, byte for byte.
  private func printed(_ arguments: [String]) throws -> Data {
    let run = try LiveTool.run(
      ["tail", "--no-follow", "--from-start"] + arguments,
      redirection: ">'\(scratch.path("printed"))'")
    #expect(run.status == 0, "\(run.errors)")
    return try Data(contentsOf: URL(fileURLWithPath: scratch.path("printed")))
  }

  @Test("L1: a line that is written in two halves is one line", arguments: Wakeup.allCases)
  func halves(wakeup: Wakeup) throws {
    let other = scratch.path("other.log")
    scratch.append("other.log", "begin\n")
    scratch.append("app.log", "ERR")
    let tail = try TailTool([log, other], wakeup)
    #expect(tail.prints("begin"))
    #expect(tail.passes(other))
    scratch.append("app.log", "OR x\nhalf ")
    #expect(tail.prints("ERROR x"))
    #expect(tail.passes(other))
    scratch.append("app.log", "a line\n")
    #expect(tail.prints("half a line"))
    #expect(faults(tail.end().output, ["begin", "ERROR x", "half a line"]) == [])
  }

  @Test("L1: a line that goes on in the renamed file is one line", arguments: Wakeup.allCases)
  func halvesAcrossRotation(wakeup: Wakeup) throws {
    let writer = LogWriter(log)
    writer.write("begin\nERR")
    let tail = try TailTool([log], wakeup, grace: "60s")
    #expect(tail.prints("begin"))
    rotate(log)
    scratch.append("app.log", "new\n")
    #expect(tail.prints("new"))
    writer.write("OR x\n")
    #expect(tail.prints("ERROR x"))
    #expect(faults(tail.end().output, ["begin", "new", "ERROR x"]) == [])
  }

  @Test("L1: a job keeps half a line for the next run", arguments: Wakeup.allCases)
  func halvesForJob(wakeup: Wakeup) throws {
    let job = TailJob(scratch: scratch, inputs: [log], wakeup: wakeup)
    scratch.append("app.log", "1\nERR")
    #expect(try job.run().output == "1\n")
    #expect(try job.run().output == "")
    #expect(try job.countedLines() == 1)
    scratch.append("app.log", "OR x\n2")
    #expect(try job.run().output == "ERROR x\n")
    // The end of the line comes before the rotation, and nobody looks in between.
    scratch.append("app.log", " and more\n")
    rotate(log)
    scratch.append("app.log", "3\n")
    #expect(try job.run().output == "2 and more\n3\n")
    #expect(try job.countedLines() == 4)
  }

  @Test("L1: a follower with a job keeps half a line for the next one", arguments: Wakeup.allCases)
  func halvesForFollower(wakeup: Wakeup) throws {
    let job = TailJob(scratch: scratch, inputs: [log], wakeup: wakeup)
    scratch.append("app.log", "1\nERR")
    let tail = try job.follow()
    #expect(tail.prints("1"))
    #expect(tail.end().output == "1\n")
    scratch.append("app.log", "OR x\n")
    #expect(try job.run().output == "ERROR x\n")
  }

  @Test("L2: the last line of standard input counts without its end")
  func lastLine() throws {
    let input = "a\nERROR b"
    let run = try LiveTool.run(["tail", "-"], input: input)
    #expect(run.status == 0 && run.output == "a\nERROR b\n", "\(run.errors)")
    let unnamed = try LiveTool.run(["tail"], input: input)
    #expect(unnamed.status == 0 && unnamed.output == "a\nERROR b\n")
    let job = TailJob(scratch: scratch, inputs: ["-"], wakeup: .inotify)
    let jobRun = try LiveTool.run(["tail"] + job.options + ["-"], input: input)
    #expect(jobRun.status == 0 && jobRun.output == "a\nERROR b\n")
    let rules = try scratch.write("r.yaml", "rules:\n  - { id: error, match: ERROR }\n")
    let counted = try LiveTool.run(["count", "--rules", rules], input: input)
    #expect(counted.output == "error\t1\nlines\t2\n")
  }

  @Test(
    "L3: a line of fifty megabytes is cut and marked, and its neighbours are whole",
    arguments: Wakeup.allCases)
  func longLine(wakeup: Wakeup) throws {
    let limit = 1 << 20
    _ = try shell(
      "{ echo before; head -c 50M /dev/zero | tr '\\0' x; echo; echo after; } > app.log",
      directory: scratch.folder)
    let run = try LiveTool.run(
      ["tail", "--no-follow", "--from-start", "--max-line", "1MiB", log] + wakeup.options,
      memoryKiB: 64 * 1024)
    #expect(run.status == 0)
    let printed = run.output.split(separator: "\n")
    #expect(printed.count == 3 && printed.first == "before" && printed.last == "after")
    let middle = printed.dropFirst().first ?? ""
    #expect(middle.utf8.count >= limit && middle.utf8.count < limit + 100)
    #expect(middle.prefix(limit).allSatisfy { $0 == "x" })
    #expect(run.errors.contains("longer than 1048576 bytes"), "\(run.errors)")
    #expect(run.errors.contains("app.log"))
  }

  @Test(
    "L3: a line that grows for ever while it is followed is cut once", arguments: Wakeup.allCases)
  func endlessLine(wakeup: Wakeup) throws {
    let writer = LogWriter(log)
    writer.write("before\n")
    let tail = try TailTool(
      [log], wakeup, ["--from-start", "--max-line", "64KiB"], memoryKiB: 64 * 1024)
    #expect(tail.prints("before"))
    let piece = Data(repeating: 0x78, count: 100_000)
    for _ in 0..<200 { writer.write(piece) }
    // It is not held back until its end comes.
    #expect(tail.prints(count: 2))
    writer.write("\nafter\n")
    #expect(tail.prints("after"))
    let run = tail.end()
    #expect(run.output.split(separator: "\n").count == 3)
    #expect(run.errors.contains("longer than 65536 bytes"), "\(run.errors)")
  }

  @Test("L3: a job goes on behind a line that was too long", arguments: Wakeup.allCases)
  func longLineForJob(wakeup: Wakeup) throws {
    let job = TailJob(scratch: scratch, inputs: [log], wakeup: wakeup)
    let long = String(repeating: "x", count: 100_000)
    scratch.append("app.log", "1\n" + long)
    let first = try job.run(["--max-line", "4KiB"])
    // The rest of the same line.
    scratch.append("app.log", long)
    let second = try job.run(["--max-line", "4KiB"])
    scratch.append("app.log", long + "\n2\n")
    let third = try job.run(["--max-line", "4KiB"])
    let all = (first.output + second.output + third.output).split(separator: "\n")
    #expect(all.count == 3 && all.first == "1" && all.last == "2", "\(all.map(\.count))")
    #expect(try job.countedLines() == 3)
  }

  @Test("L4: bytes that are no text come out as they went in", arguments: Wakeup.allCases)
  func bytes(wakeup: Wakeup) throws {
    var bytes = Data("ERROR ".utf8)
    bytes.append(contentsOf: [0xD0, 0x20, 0x62, 0xFF, 0xC0, 0x80])
    bytes.append(Data(" end\na\rb\rc\nwindows\r\nN\0UL\n\u{1B}[2J\n\n\nlast\n".utf8))
    try scratch.write("app.log", bytes)
    #expect(try printed([log] + wakeup.options) == bytes)
    // A job carries them through its checkpoint as well.
    let job = TailJob(scratch: scratch, inputs: [log], wakeup: wakeup)
    #expect(try printed(job.options + [log] + wakeup.options) == bytes)
    let writer = LogWriter(log)
    writer.write(bytes)
    #expect(try printed(job.options + [log] + wakeup.options) == bytes)
  }

  @Test(
    "L4: UTF-16 with a byte order mark comes out as UTF-8", arguments: Wakeup.allCases,
    [true, false])
  func wide(wakeup: Wakeup, isBigEndian: Bool) throws {
    let encoding: String.Encoding = isBigEndian ? .utf16BigEndian : .utf16LittleEndian
    let mark = Data(isBigEndian ? [0xFE, 0xFF] : [0xFF, 0xFE])
    func encoded(_ text: String) -> Data { text.data(using: encoding) ?? Data() }
    try scratch.write("app.log", mark + encoded("ERROR naïve \u{1F600}\nzwei\n"))
    #expect(
      try printed([log] + wakeup.options) == Data("ERROR naïve \u{1F600}\nzwei\n".utf8))
    let tail = try TailTool([log], wakeup)
    #expect(tail.prints("zwei"))
    LogWriter(log).write(encoded("drei\n"))
    #expect(tail.prints("drei"))
    _ = tail.end()
    // A run that goes on in the middle of the file has no mark to see.
    let job = TailJob(scratch: scratch, inputs: [log], wakeup: wakeup)
    #expect(try job.run().output == "ERROR naïve \u{1F600}\nzwei\ndrei\n")
    LogWriter(log).write(encoded("vier ü\n"))
    #expect(try job.run().output == "vier ü\n")
  }
}
