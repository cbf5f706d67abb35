import Records
import Testing

/// A record of several lines, as one program wrote it.
struct Block: Sendable, CustomTestStringConvertible {
  var name: String
  var shape: String
  var severity: String
  var lines: [String] = []

  var testDescription: String { name }
  var text: String { lines.joined(separator: "\n") }

  static let all: [Block] = {
    var blocks: [Block] = []
    for line in Fixture.lines("blocks.txt") {
      guard line.hasPrefix("==== ") else {
        blocks[blocks.count - 1].lines.append(line)
        continue
      }
      let fields = line.dropFirst(5).split(separator: "\t").map(String.init)
      blocks.append(Block(name: fields[0], shape: fields[1], severity: fields[2]))
    }
    return blocks
  }()

  static func named(_ name: String) -> [String] {
    all.first { $0.name == name }?.lines ?? []
  }
}

@Suite("Records of several lines")
struct BlockTests {
  @Test("a block is one record of its shape and severity", arguments: Block.all)
  func oneRecord(_ block: Block) {
    let kept = Parsing.records(block.lines)
    #expect(kept.map(\.text) == [block.text])
    #expect(kept.first?.record.lineCount == block.lines.count)
    #expect(kept.first?.record.shape.rawValue == block.shape)
    #expect((kept.first?.record.severity?.name ?? "-") == block.severity)
  }

  @Test("a head behind a block starts the next record", arguments: Block.all)
  func headBehind(_ block: Block) {
    for head in [
      "INFO:     127.0.0.1:60094 - \"GET /ok HTTP/1.1\" 200 OK", "WARNING:  slow",
      "2026-11-22 10:00:09,123 INFO [app] next", "{\"level\":\"info\",\"msg\":\"next\"}",
      "2026/11/22 10:00:09 [error] 1#1: *1 connect() failed",
    ] {
      let kept = Parsing.records(block.lines + [head, head])
      #expect(kept.map(\.text) == [block.text, head, head])
    }
  }

  @Test("two blocks are two records, whatever they are", arguments: Block.all)
  func pairs(_ block: Block) {
    let quiet = "2026-11-22 10:00:08,123 INFO [app] between"
    for other in Block.all {
      let kept = Parsing.records(block.lines + [quiet] + other.lines)
      #expect(kept.map(\.text) == [block.text, quiet, other.text])
    }
  }

  /// The blocks of programs that do not write their own stamps into a syslog.
  static let inLayers = Block.all.filter { !["postgres", "erlang report"].contains($0.name) }

  @Test("processes that share a syslog are kept apart", arguments: inLayers)
  func syslog(_ block: Block) {
    let noise = "Nov 22 10:00:00 web1 api[43]: INFO:     Still here"
    var lines: [String] = []
    for (index, line) in block.lines.enumerated() {
      lines.append("Nov 22 10:00:00 web1 api[42]: " + line)
      if index.isMultiple(of: 2) { lines.append(noise) }
    }
    let kept = Parsing.records(lines)
    #expect(kept.count { $0.text == block.text } == 1)
    #expect(kept.count { $0.text == "INFO:     Still here" } == (block.lines.count + 1) / 2)
    #expect(kept.count == 1 + (block.lines.count + 1) / 2)
  }

  @Test(
    "two tracebacks that are interleaved come out whole",
    arguments: [
      ("api-1  | ", "api-2  | "), ("[pod/web-7f9-abcde/api] ", "[pod/web-7f9-abxde/api] "),
      ("2026-11-22T10:00:00Z web1 api[1]: ", "2026-11-22T10:00:00Z web1 api[2]: "),
      ("<11>1 2026-11-22T10:00:00Z web1 api 1 - - ", "<11>1 2026-11-22T10:00:00Z web1 api 2 - - "),
    ])
  func interleaved(_ first: String, _ second: String) {
    let one = Block.named("python chain of three")
    let other = Block.named("java thread")
    var lines: [String] = []
    for index in 0..<max(one.count, other.count) {
      if index < one.count { lines.append(first + one[index]) }
      if index < other.count { lines.append(second + other[index]) }
    }
    let kept = Parsing.records(lines)
    #expect(
      Set(kept.map(\.text)) == [one.joined(separator: "\n"), other.joined(separator: "\n")])
  }

  @Test("PostgreSQL's DETAIL finds its error across another process's line")
  func postgresProcesses() {
    let kept = Parsing.records([
      "2026-11-22 10:00:07.561 UTC [1] ERROR:  first",
      "2026-11-22 10:00:07.561 UTC [2] LOG:  other",
      "\tof two lines", "2026-11-22 10:00:07.561 UTC [1] DETAIL:  words of users",
    ])
    #expect(kept.map(\.record.lineCount).sorted() == [2, 2])
    #expect(kept.contains { $0.text.hasSuffix("DETAIL:  words of users") })
    #expect(kept.contains { $0.text.hasSuffix("LOG:  other\n\tof two lines") })
  }

  @Test("a record of another process does not wait for long")
  func shortWait() {
    func line(_ process: Int, _ second: Int, _ text: String) -> String {
      "2026-11-22T10:00:\(second < 10 ? "0" : "")\(second)Z web1 api[\(process)]: \(text)"
    }
    let calm = Parsing.records([
      line(1, 0, "INFO:     a"), line(2, 0, "INFO:     b"), line(1, 0, "  more"),
    ])
    #expect(calm.map(\.text) == ["INFO:     a", "INFO:     b", "  more"])
    let late = Parsing.records([
      line(1, 0, "ERROR:    a"), line(2, 9, "INFO:     b"), line(1, 9, "  more"),
    ])
    #expect(late.map(\.text) == ["ERROR:    a", "INFO:     b", "  more"])
    let soon = Parsing.records([
      line(1, 0, "ERROR:    a"), line(2, 1, "INFO:     b"), line(1, 1, "  more"),
    ])
    #expect(soon.map(\.text).sorted() == ["ERROR:    a\n  more", "INFO:     b"])
  }

  @Test("more processes than lanes lose no line")
  func manyProcesses() {
    var lines: [String] = []
    for number in 0..<200 {
      lines.append("2026-11-22T10:00:00Z web1 api[\(number % 23)]: ERROR:    number \(number)")
    }
    let kept = Parsing.records(lines)
    #expect(kept.count == 200)
    #expect(Set(kept.map(\.text)).count == 200)
  }

  @Test("the kernel's report on memory ends at its victim or after many lines")
  func outOfMemory() {
    let block = Block.named("kernel out of memory")
    let next = "[12345.678913] oom_reaper: reaped process 2343 (python3)"
    #expect(Parsing.records(block + [next]).map(\.record.lineCount) == [block.count, 1])
    let endless = [block[0]] + Array(repeating: block[1], count: 500)
    #expect(Parsing.records(endless).first?.record.lineCount == 400)
  }
}
