import Foundation
import Records
import Testing

@Suite("Assembling records")
struct AssemblerTests {
  static let blocks: [[String]] = [
    [
      "2026-11-22 10:00:00.001 ERROR:    Exception in ASGI application",
      "Traceback (most recent call last):",
      "  File \"/srv/app/a.py\", line 88, in f", "    g()", "    ~^^",
      "asyncio.exceptions.TimeoutError",
    ],
    [
      "ERROR:    Exception in ASGI application", "Traceback (most recent call last):",
      "  File \"a.py\", line 1, in f", "    int('x')", "ValueError: x", "",
      "During handling of the above exception, another exception occurred:", "",
      "Traceback (most recent call last):", "  File \"b.py\", line 2, in g",
      "sqlalchemy.exc.OperationalError: (psycopg2) refused",
      "\tIs the server running?", "",
      "(Background on this error at: https://sqlalche.me/e/21/e3q8)",
    ],
    [
      "[2026-11-22 15:54:03 +0000] [29986] [ERROR] Error handling request GET /boom",
      "Traceback (most recent call last):", "  File \"w.py\", line 1, in app",
      "pydantic_core._pydantic_core.ValidationError: 2 validation errors for M", "qty",
      "  Input should be a valid integer", "    For further information visit https://x", "name",
      "  Field required",
    ],
    [
      "ERROR:    Exception in ASGI application",
      "  + Exception Group Traceback (most recent call last):", "  |   File \"a.py\", line 1, in f",
      "  | ExceptionGroup: two (2 sub-exceptions)", "  +-+---------------- 1 ----------------",
      "    | ValueError: 1", "    +------------------------------------",
    ],
    [
      "2015-10-18 18:04:11,034 ERROR [main] a.B: failed", "java.lang.IllegalStateException: outer",
      "\tat a.B.f(B.java:1)", "\tSuppressed: java.io.IOException: close", "\t\t... 3 more",
      "Caused by: java.io.IOException: disk", "\tat a.B.g(B.java:2)", "\t... 12 more",
    ],
    [
      "Nov 22, 2026 4:09:43 PM T main", "SEVERE: save failed", "java.io.IOException: disk",
      "\tat T.main(T.java:1)",
    ],
    [
      "2026-11-22 10:00:07.561 UTC [4635] app@shop ERROR:  duplicate key",
      "2026-11-22 10:00:07.561 UTC [4635] app@shop DETAIL:  Key (id)=(1)", "\texists.",
      "2026-11-22 10:00:07.561 UTC [4635] app@shop STATEMENT:  insert",
    ],
    [
      "node:events:502", "      throw er; // Unhandled", "      ^", "",
      "Error: connect ECONNREFUSED",
      "    at f (node:net:1:2) {", "  code: 'X'", "}", "", "Node.js v20.20.2",
    ],
    [
      "panic: runtime error: index out of range", "", "goroutine 1 [running]:", "main.f(0x1, 0x2)",
      "\t/app/main.go:10 +0x13d", "created by main.g in goroutine 7", "exit status 2",
    ],
    [
      "[11-Jun-2024 10:00:00 UTC] PHP Fatal error:  Uncaught TypeError: foo()", "Stack trace:",
      "#0 /app/a.php(3): foo()", "#1 {main}", "  thrown in /app/a.php on line 3",
    ],
    ["fail: Microsoft.AspNetCore.Server.Kestrel[13]", "      Connection id X", "      at Y"],
    ["2026-11-22 10:00:00 INFO one message", "  in two lines"],
    [#"INFO:     127.0.0.1:1 - "GET /x HTTP/1.1" 500 Internal Server Error"#],
    ["INFO:     Shutting down"],
    [#"{"ts":"2026-11-22T10:00:00.123Z","level":"error","msg":"m","status":502}"#],
    ["2026/11/22 15:56:14 [error] 1#1: *1 connect() failed"],
    ["future plans have no form"],
  ]

  static let ownShapes: [RecordShape] = [
    .pythonTraceback, .pythonTraceback, .pythonTraceback, .pythonTraceback, .javaTrace, .javaTrace,
    .joined, .nodeTrace, .goPanic, .joined, .joined, .joined, .single, .single, .single, .single,
    .single,
  ]

  @Test("a block of lines is one record", arguments: Array(zip(blocks, ownShapes)))
  func oneRecord(_ lines: [String], _ shape: RecordShape) {
    let kept = Parsing.records(lines)
    #expect(kept.map(\.text) == [lines.joined(separator: "\n")])
    #expect(kept.first?.record.lineCount == lines.count)
    #expect(kept.first?.record.shape == shape)
  }

  /// Heads that no block may swallow.
  static let heads = [12, 13, 14, 15, 0, 4, 6, 11]

  @Test("a record is the same whatever follows it", arguments: blocks.indices)
  func whateverFollows(_ index: Int) {
    for next in Self.heads {
      let kept = Parsing.records(Self.blocks[index] + Self.blocks[next])
      #expect(
        kept.map(\.text) == [
          Self.blocks[index].joined(separator: "\n"), Self.blocks[next].joined(separator: "\n"),
        ])
      #expect(kept[0] == Parsing.records(Self.blocks[index])[0])
    }
  }

  @Test("random blocks with heads between come back as they went in")
  func randomBlocks() {
    var random = SplitMix(seed: 11)
    for _ in 0..<200 {
      var lines: [String] = []
      var expected: [String] = []
      for _ in 0..<8 {
        for index in [Self.blocks.indices.randomElement(using: &random)!, 13] {
          lines += Self.blocks[index]
          expected.append(Self.blocks[index].joined(separator: "\n"))
        }
      }
      #expect(Parsing.records(lines).map(\.text) == expected)
    }
  }

  @Test("two streams of a container do not mix")
  func streams() {
    func cri(_ stream: String, _ line: String) -> String {
      "2026-11-22T16:30:00.500000000Z \(stream) F \(line)"
    }
    var lines: [String] = []
    let trace = Self.blocks[1]
    for line in trace {
      lines.append(cri("stderr", line))
      lines.append(cri("stdout", Self.blocks[12][0]))
    }
    let kept = Parsing.records(lines)
    #expect(kept.count == trace.count + 1)
    #expect(
      kept.contains { $0.text == trace.joined(separator: "\n") && $0.record.severity == .error })
    #expect(kept.count { $0.record.isRequest } == trace.count)
  }

  @Test("a record waits for the other stream only so long")
  func otherStream() {
    var lines = ["2026-11-22T16:30:00Z stderr F ERROR:    alone"]
    lines += Array(
      repeating: "2026-11-22T16:30:01Z stdout F INFO:     still here", count: 400)
    let kept = Parsing.records(lines)
    let index = kept.firstIndex { $0.text == "ERROR:    alone" }
    #expect(index.map { $0 > 200 && $0 < 300 } == true)
  }

  @Test("attachments stay with the process they belong to and are not matched")
  func attachments() {
    let kept = Parsing.records([
      "2026-11-22 10:00:07.561 UTC [1] ERROR:  first",
      "2026-11-22 10:00:07.561 UTC [1] DETAIL:  words of users",
      "2026-11-22 10:00:07.561 UTC [2] DETAIL:  alone",
    ])
    #expect(kept.map(\.record.lineCount) == [2, 1])
    let text = kept[0].text
    #expect(text.prefix(kept[0].record.matchEnd).hasSuffix("ERROR:  first"))
    #expect(kept[1].record.matchEnd == 0)
    #expect(kept[1].record.severity == nil)
  }

  @Test("what PostgreSQL's JSON repeats of the user's words is not matched")
  func jsonAttachments() throws {
    let kept = try #require(Parsing.records(Fixture.lines("real/postgres.json")).dropFirst(5).first)
    let seen = String(decoding: Array(kept.text.utf8)[..<kept.record.matchEnd], as: UTF8.self)
    #expect(seen.contains("duplicate key value"))
    #expect(!seen.contains("already exists"))
  }

  @Test("a traceback does not join a line that says all is well")
  func bareTraceback() {
    let trace = ["Traceback (most recent call last):", "  File \"a\", line 1, in b", "KeyError: 1"]
    for head in [Self.blocks[12][0], "INFO:     Started"] {
      let kept = Parsing.records([head] + trace)
      #expect(kept.count == 2)
      #expect(kept[1].record.severity == .error)
      #expect(kept[1].record.shape == .pythonTraceback)
      #expect(kept[0].record.severity == .info)
    }
    let thread = Parsing.records(["Exception in thread Thread-1 (run):"] + trace)
    #expect(thread.count == 1)
  }

  @Test("two tracebacks without a joint are two records")
  func twoTracebacks() {
    let trace = ["Traceback (most recent call last):", "  File \"a\", line 1, in b", "KeyError: 1"]
    #expect(Parsing.records(trace + trace).count == 2)
    #expect(Parsing.records(trace + ["", ""] + trace).map(\.record.lineCount) == [3, 3])
  }

  @Test("text behind an exception ends somewhere")
  func exceptionText() {
    let trace = ["Traceback (most recent call last):", "  File \"a\", line 1, in b", "KeyError: 1"]
    let kept = Parsing.records(trace + Array(repeating: "progress", count: 100))
    #expect(kept[0].record.lineCount == 11)
    #expect(kept.count == 93)
  }

  @Test("a severity of the layer does not hide a traceback")
  func layerSeverity() {
    let lines = ["Traceback (most recent call last):", "  File \"a\", line 1, in b", "KeyError: 1"]
    let kept = Parsing.records(lines.map { "<14>Nov 22 16:30:00 web1 api[42]: " + $0 })
    #expect(kept.count == 1)
    #expect(kept[0].record.severity == .error)
    #expect(kept[0].record.time?.rfc3339 == "2026-11-22T16:30:00Z")
  }

  @Test("a line without a time has the one before it, else its arrival, else none")
  func times() {
    let arrival = Timestamp(seconds: 5)
    let lines = ["plain one", "2026-11-22 10:00:00 INFO x", "ERROR:    y", "plain two"]
    let kept = Parsing.records(lines, arrival: arrival)
    #expect(kept.map(\.record.timeSource) == [.arrival, .line, .inherited, .inherited])
    #expect(kept.map(\.record.time?.nanoseconds)[0] == 5_000_000_000)
    #expect(kept[3].record.time?.rfc3339 == "2026-11-22T10:00:00Z")
    let without = Parsing.records(lines)
    #expect(without.map(\.record.timeSource) == [.none, .line, .inherited, .inherited])
    #expect(Parsing.assemble(lines) { _ in } == 1)
    #expect(Parsing.assemble(Fixture.lines("real/uvicorn-access.log")) { _ in } == 11)
    #expect(Parsing.assemble(lines, arrival: arrival) { _ in } == 0)
  }

  @Test("a record holds a bounded number of lines and counts the rest")
  func lineLimit() {
    let lines = ["2026-11-22 10:00:00 ERROR x"] + Array(repeating: "  more", count: 2_000)
    let kept = Parsing.records(lines + ["INFO:     next"])
    #expect(kept.count == 2)
    #expect(kept[0].record.lineCount == 2_001)
    #expect(kept[0].text.split(separator: "\n").count == 512)
  }

  @Test("a record holds a bounded number of bytes")
  func byteLimit() {
    let long = "  " + String(repeating: "x", count: 100_000)
    let kept = Parsing.records(["2026-11-22 10:00:00 ERROR x", long, long, long, long])
    #expect(kept.count == 1)
    #expect(kept[0].text.utf8.count == 256 * 1024)
    #expect(kept[0].record.lineCount == 5)
    #expect(kept[0].record.matchEnd == kept[0].text.utf8.count)
    let single = Parsing.records(["ERROR:    " + String(repeating: "é", count: 300_000)])
    #expect(single[0].record.message.upperBound == 256 * 1024)
  }

  @Test("line breaks of every kind are left out")
  func lineBreaks() {
    let plain = Parsing.records(Fixture.lines("real/uvicorn-error.log"))
    let windows = Parsing.records(Fixture.lines("real/uvicorn-error.log").map { $0 + "\r\n" })
    #expect(windows.map(\.text) == plain.map(\.text))
    #expect(windows.map(\.record.severity) == plain.map(\.record.severity))
  }

  @Test("finishing twice hands out nothing twice")
  func finishTwice() {
    var assembler = RecordAssembler(zone: .utc, reference: Parsing.reference)
    var count = 0
    let line = Array("INFO:     x".utf8)
    assembler.line(line.span, number: 1, offset: 0, arrival: nil) { _, _ in count += 1 }
    assembler.finish { _, _ in count += 1 }
    assembler.finish { _, _ in count += 1 }
    #expect(count == 1)
  }

  @Test("every line cut anywhere is read without a trap")
  func cutLines() {
    var lines = FormatExample.all.map(\.line)
    for name in ["postgres.csv", "postgres.json", "nginx-full.log"] {
      lines += Fixture.lines("real/" + name)
    }
    var assembler = RecordAssembler(zone: .utc, reference: Parsing.reference)
    var read = 0
    var covered = 0
    for line in lines {
      let bytes = Array(line.utf8)
      for end in 1...min(bytes.count, 400) where bytes[0] != 0x20 {
        read += 1
        assembler.line(bytes.span.extracting(0..<end), number: read, offset: 0, arrival: nil) {
          covered += $1.lineCount
          let isInside = $1.matchEnd <= $0.count && $1.message.upperBound <= $0.count
          #expect(isInside)
        }
      }
    }
    assembler.finish { covered += $1.lineCount }
    // A layer that was cut before its text holds an empty line, which is no record.
    #expect(covered <= read && covered > read - 50)
  }

  @Test("mutated lines never trap, and every field lies inside its text", arguments: 0..<8)
  func fuzz(_ seed: Int) {
    var random = SplitMix(seed: UInt64(seed) &+ 99)
    var pool = FormatExample.all.map { Array($0.line.utf8) }
    for block in Self.blocks { pool += block.map { Array($0.utf8) } }
    for block in Block.all { pool += block.lines.map { Array($0.utf8) } }
    pool += StampExample.all.map { Array($0.line.utf8) }
    for name in ["postgres.csv", "postgres.json", "nginx-full.log", "node.log"] {
      pool += Fixture.lines("real/" + name).map { Array($0.utf8) }
    }
    for wrapper in Wrapper.allCases {
      pool += FormatExample.all.prefix(20).map { Array(wrapper.wrap($0.line).utf8) }
    }
    var assembler = RecordAssembler(zone: .utc, reference: Parsing.reference)
    var covered = 0
    let count = 4_000
    func check(_ bytes: Int, _ record: Record) {
      covered += record.lineCount
      #expect(record.matchEnd >= 0 && record.matchEnd <= bytes)
      #expect(record.message.upperBound <= bytes)
      #expect((record.request.method?.upperBound ?? 0) <= bytes)
      #expect((record.request.path?.upperBound ?? 0) <= bytes)
      #expect((record.request.cache?.upperBound ?? 0) <= bytes)
      #expect(record.request.duration.map { $0 >= 0 } ?? true)
    }
    for number in 1...count {
      var line = pool.randomElement(using: &random)!
      for _ in 0..<Int.random(in: 0...4, using: &random) where !line.isEmpty {
        let at = Int.random(in: 0..<line.count, using: &random)
        switch Int.random(in: 0..<6, using: &random) {
        case 0: line.remove(at: at)
        case 1: line[at] = UInt8.random(in: .min ... .max, using: &random)
        case 2: line.removeSubrange(at...)
        case 3: line.insert(contentsOf: Array("[]\"{}: -/=9".utf8).shuffled(using: &random), at: at)
        case 4: line.removeSubrange(..<at)
        default: line += pool.randomElement(using: &random)!.prefix(at)
        }
      }
      assembler.line(line.span, number: number, offset: 0, arrival: nil) {
        check($0.count, copy $1)
      }
    }
    assembler.finish { check($0.count, copy $1) }
    #expect(covered > 0 && covered <= count)
  }
}
