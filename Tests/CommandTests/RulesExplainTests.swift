import Foundation
import Testing

@Suite("tidemark rules explain")
struct RulesExplainTests {
  let scratch = Scratch()
  private static let timeout =
    "2026/11/22 15:56:15 [error] 1826#1826: *5 upstream timed out (110: Connection timed out) while "
    + "reading response header from upstream, client: 127.0.0.1"

  private func explain(
    _ arguments: [String], input: String? = nil, isJSON: Bool = true
  ) throws -> Tool.Run {
    try LiveTool.run(
      ["rules", "explain", "--timezone", "UTC"] + (isJSON ? ["--format", "json"] : [])
        + arguments, input: input)
  }

  @Test("one object a record, with exactly the members of the contract")
  func shape() throws {
    let run = try explain(["--rules", "nginx", Self.timeout])
    #expect(run.status == 0 && run.errors == "")
    #expect(
      run.output == #"{"line":1,"lines":1,"time":"2026-11-22T15:56:15Z","timeSource":"line","#
        + #""severity":"error","format":"nginx-error","rules":["nginx.upstream-timeout"],"#
        + #""captures":{"phase":"reading response header from"},"#
        + #""signature":"upstream timed out (<*>: Connection timed out) while reading response "#
        + #"header from upstream (phase=reading response header from code=110)"}"# + "\n")
  }

  @Test("the text says what the rules see and which signals it feeds")
  func text() throws {
    let run = try explain([Self.timeout], isJSON: false)
    #expect(
      run.output == """
        record    \(Self.timeout)
        time      2026-11-22T15:56:15Z  (stated by the line)
        severity  error
        format    nginx-error
        rule      nginx.upstream-timeout  (capacity, error)  An upstream did not answer in time
                    phase = reading response header from
        rule      error.record  (error)  A record of severity error or worse, whatever its format
        signature upstream timed out (<*>: Connection timed out) while reading response header from upstream \
        (phase=reading response header from code=110)
        feeds     errors, nginx.upstream-timeout

        """)
  }

  @Test("a request has its normalised captures, numbers as numbers")
  func request() throws {
    let run = try explain([
      #"127.0.0.1 - - [22/Nov/2026:15:56:15 +0000] "GET /orders/7 HTTP/1.1" 504 167 "-" "c" rt=1.024"#
    ])
    let captures = try #require(run.objects.first?["captures"] as? [String: Any])
    #expect(captures["route"] as? String == "/orders/{}")
    #expect(captures["status"] as? Int == 504 && captures["duration"] as? Double == 1.024)
  }

  private static let stream =
    "no time yet\n2026-11-22 15:54:19,263 ERROR app: failed\nTraceback (most recent call last):\n"
    + "  File \"app.py\", line 3, in <module>\n    raise ValueError(\"bad\")\nValueError: bad\n"
    + "WARNING:app:later\n"

  @Test("a stream is joined to records, and their times say where they come from")
  func stream() throws {
    let run = try explain(["-"], input: Self.stream)
    #expect(run.status == 0)
    #expect(run.objects.map { $0["line"] as? Int } == [1, 2, 7])
    #expect(run.objects.map { $0["lines"] as? Int } == [1, 5, 1])
    #expect(
      run.objects.map { $0["timeSource"] as? String } == ["arrival", "line", "inherited"])
    #expect((run.objects[1]["rules"] as? [String])?.contains("python.traceback") == true)
    let path = try scratch.write("app.log", Self.stream)
    let file = try explain(["--input", path])
    #expect(file.objects.count == 3)
    #expect(file.objects[0]["time"] is NSNull && file.objects[0]["timeSource"] is NSNull)
    #expect(file.objects[1]["rules"] as? [String] == run.objects[1]["rules"] as? [String])
    let text = try explain(["--input", path], isJSON: false)
    #expect(text.output.contains("place     \(path), lines 2 to 6\n"))
    let packed = scratch.path("packed")
    _ = try shell("gzip -c '\(path)' > '\(packed)'")
    #expect(try explain(["--input", packed]).output == file.output)
    #expect(try explain([], input: Self.stream).objects.count == 3, "a pipe needs no -")
  }

  @Test("a pipe that pauses shows what there is")
  func pause() throws {
    let tool = try LiveTool(
      ["rules", "explain", "-", "--format", "json"], isFed: true)
    tool.send("ERROR:app:one\n")
    #expect(tool.hasLines(1))
    tool.send("ERROR:app:two\n")
    #expect(tool.hasLines(2))
    tool.endInput()
    let run = tool.finish()
    #expect(run.status == 0)
    #expect(run.objects.map { $0["line"] as? Int } == [1, 2])
  }

  @Test("hostile streams: nothing, NUL, invalid UTF-8, controls, no line break at the end")
  func hostile() throws {
    let empty = try explain(["-"], input: "")
    #expect(empty.status == 0 && empty.output == "")
    let path = try scratch.write(
      "app.log",
      Data([0x00, 0x00, 0xFF, 0xFE, 0x20, 0x1B, 0x5D, 0x07, 0x0D, 0x0A, 0x62, 0x00, 0x80]))
    let json = try explain(["--input", path])
    #expect(json.status == 0 && json.objects.count == 2)
    let text = try explain(["--input", path], isJSON: false)
    #expect(!text.output.contains("\u{1B}") && !text.output.contains("\0"))
    #expect(text.output.hasSuffix("\n"))
  }

  @Test("a line of 50 MB is cut and told")
  func longLine() throws {
    let path = try scratch.write(
      "app.log",
      Data(repeating: UInt8(ascii: "a"), count: 50_000_000) + Data("\nERROR:app:x\n".utf8))
    for isJSON in [true, false] {
      let run = try explain(["--input", path], isJSON: isJSON)
      #expect(run.status == 0)
      #expect(run.errors.contains("longer than 1048576 bytes"))
      #expect(run.output.utf8.count < 20_000)
      if isJSON { #expect(run.objects.count == 2) }
    }
  }

  @Test("a rule that hits its match limit is named, and the record still explained")
  func limit() throws {
    let rules = try scratch.write(
      "r.yaml", "rules:\n  - { id: bad, match: '(a+)+$' }\n  - { id: good, match: '!' }\n")
    let run = try explain(["--rules", rules, String(repeating: "a", count: 5_000) + "!"])
    #expect(run.status == 0)
    #expect(run.objects.first?["rules"] as? [String] == ["good"])
    #expect(run.errors.contains("rule bad hit its match limit"))
  }

  @Test("what is missing or cannot be read is blindness; wrong calls are mistakes")
  func mistakes() throws {
    let missing = try explain(["--input", "/nonexistent/a.log"])
    #expect(missing.status == 4 && missing.errors.contains("/nonexistent/a.log"))
    let path = try scratch.write("app.log", "x\n")
    let named = try explain([path])
    #expect(named.status == 0 && named.errors.contains("--input \(path)"))
    let both = try explain([path, "--input", path])
    #expect(both.status == 2 && both.errors.contains("--input"))
    let words = try explain(["ERROR", "failed"])
    #expect(words.status == 2 && words.errors.contains("'ERROR failed'"))
    let nothing = try explain([])
    #expect(nothing.status == 2 && nothing.errors.contains("no input"))
    #expect(try explain([""]).errors.contains("no record"))
    #expect(try explain(["--rules", "/nonexistent.yaml", "x"]).status == 2)
  }
}
