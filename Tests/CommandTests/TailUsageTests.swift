import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("tidemark tail as users of tail call it")
struct TailUsageTests {
  let scratch = Scratch()

  /// A log of so many lines, numbered from 1.
  private func log(_ lines: Int) throws -> String {
    try scratch.write("a.log", (1...lines).map { "\($0)\n" }.joined())
  }

  private func job(_ name: String) -> [String] {
    ["tail", "--job", name, "--state", scratch.path("st.db"), "--no-follow"]
  }

  @Test(
    "prints the last lines, as many as are asked for",
    arguments: [
      ([], 10), (["-n", "3"], 3), (["-n3"], 3), (["--lines", "3"], 3), (["--lines=3"], 3),
      (["-n", "0"], 0), (["-n", "99"], 30), (["--from-start"], 30),
    ])
  func lastLines(options: [String], count: Int) throws {
    let run = try Tool.run(["tail", "--no-follow", try log(30)] + options)
    #expect(run.status == 0 && run.errors == "")
    #expect(run.output == (0..<count).map { "\(31 - count + $0)\n" }.joined())
  }

  static let wrongCalls = [
    WrongCall("tail", "-n", "x", "a.log", names: ["'x'", "-n", "such as 10"]),
    WrongCall("tail", "-n", "-3", "a.log", names: ["'-3'", "-n", "such as 10"]),
    WrongCall("tail", "-n", "+3", "a.log", names: ["'+3'", "-n", "such as 10"]),
    WrongCall("tail", "-n", "3", "--from-start", "a.log", names: ["-n", "--from-start"]),
    WrongCall("tail", "-f", "--no-follow", "a.log", names: ["--follow", "--no-follow"]),
    WrongCall("tail", "-c", "10", "a.log", names: ["-c"]),
    WrongCall("tail", "--job", "", "a.log", names: ["--job", "nightly"]),
    WrongCall("tail", "--job", "a\nb", "a.log", names: ["--job", "a\\x0ab", "nightly"]),
    WrongCall("tail", "--grace", "x", "a.log", names: ["--grace", "x", "10s"]),
    WrongCall("tail", "--lock-wait", "x", "a.log", names: ["--lock-wait", "x", "10s"]),
    WrongCall("tail", names: ["no input", "tidemark tail"]),
  ]

  @Test("says what is wrong with a call, with an example", arguments: wrongCalls)
  func wrong(call: WrongCall) throws {
    let run = try LiveTool.run(call.arguments)
    #expect(run.status == 2 && run.output == "", "\(run.errors)")
    for word in call.words { #expect(run.errors.contains(word), "\(word) in: \(run.errors)") }
  }

  @Test("follows with -f and -F as without them", arguments: ["-f", "-F", "--follow"])
  func follow(option: String) throws {
    let path = try log(1)
    let tool = try LiveTool(["tail", option, path])
    defer { tool.discard() }
    #expect(tool.line { $0 == "1" } != nil)
    try append("later\n", to: path)
    #expect(tool.line { $0 == "later" } != nil)
  }

  @Test("ends when nobody reads it any more, although nothing comes")
  func outputGone() throws {
    let path = try log(3)
    let status = try shell(
      "{ timeout \(Int(LiveTool.deadlineSeconds)) '\(Tool.path)' tail '\(path)'; "
        + "echo $? > '\(scratch.path("status"))'; } | head -n 1; cat '\(scratch.path("status"))'")
    #expect(status == "1\n0\n")
  }

  @Test("reads a pipe to its end, however long its writer waits", arguments: [[], ["--no-follow"]])
  func slowPipe(options: [String]) throws {
    let tool = try LiveTool(["tail", "-"] + options, isFed: true)
    defer { tool.discard() }
    tool.send("1\n")
    #expect(tool.line { $0 == "1" } != nil)
    // What was read so far is all there is; the writer has not gone.
    tool.send("2\n3")
    #expect(tool.line { $0 == "2" } != nil)
    tool.endInput()
    let run = tool.finish()
    #expect(run.status == 0 && run.output == "1\n2\n3\n")
  }

  @Test("of a job takes any name that is one line", arguments: ["a/b", "../x", "ä b", "-x"])
  func jobName(name: String) throws {
    let path = try log(2)
    let arguments = job("x").map { $0 == "x" ? name : $0 }
    // A name that begins with a dash needs the equals sign, as with any option.
    let joined = arguments.joined(separator: "\u{0}").replacingOccurrences(
      of: "--job\u{0}", with: "--job=")
    let call = joined.split(separator: "\u{0}").map(String.init) + [path]
    #expect(try Tool.run(call).output == "1\n2\n")
    #expect(try Tool.run(call).output == "")
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.folder).count <= 5)
  }

  @Test("tells once of a file that cannot be unpacked, and that it is incomplete")
  func unsupported() throws {
    let path = try scratch.write(
      "a.log", Data([0x28, 0xB5, 0x2F, 0xFD, 0, 0, 0, 0, 0, 0, 0, 0]))
    let run = try Tool.run(["tail", "--no-follow", path])
    #expect(run.status == 4 && run.output == "")
    #expect(run.errors.components(separatedBy: "unsupported compression: zstd").count == 2)
  }

  @Test("commits nothing that a full disk did not take")
  func fullOutput() throws {
    let path = try log(5)
    let run = try LiveTool.run(job("j") + [path], redirection: ">/dev/full")
    #expect(run.status == 2)
    #expect(run.errors.contains("standard output: No space left on device"))
    #expect(try Tool.run(job("j") + [path]).output == "1\n2\n3\n4\n5\n")
  }

  @Test("does not begin while another run of the job goes on")
  func twoRuns() throws {
    let path = try log(1)
    let first = try LiveTool(["tail", "--job", "j", "--state", scratch.path("st.db"), path])
    defer { first.discard() }
    #expect(first.line { $0 == "1" } != nil)
    let second = try Tool.run(job("j") + ["--lock-wait", "0s", path])
    #expect(second.status == 4 && second.output == "")
    #expect(second.errors.contains("job j: another run of it is going on"))
    first.signal(SIGTERM)
    #expect(first.finish().status == 143)
    #expect(try Tool.run(job("j") + [path]).output == "")
  }
}
