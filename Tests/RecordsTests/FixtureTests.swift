import Foundation
import Records
import Testing

/// The files beside the tests.
enum Fixture {
  static func lines(_ name: String) -> [String] {
    guard let root = Bundle.module.resourceURL,
      let data = try? Data(contentsOf: root.appendingPathComponent("Fixtures/" + name))
    else {
      Issue.record("the fixture \(name) is missing")
      return []
    }
    var lines = String(decoding: data, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  /// Files of the real programs, and how many records each holds. Those of `java.log`, `node.log`
  /// and `python-exceptions.log` were counted by hand.
  static let recordCounts: [(name: String, records: Int)] = [
    ("uvicorn-access.log", 11),
    ("gunicorn-error.log", 15),
    ("gunicorn-uvicornworker-access.log", 1),
    ("gunicorn-worker-timeout-access.log", 3),
    // 15 heads; two tracebacks belong to the heads before them.
    ("gunicorn-worker-timeout-error.log", 15),
    ("nginx-access.log", 13),
    ("nginx-full.log", 13),
    ("nginx-error.log", 60),
    ("redis.log", 16),
    ("kernel.log", 4),
    ("python-logformats.log", 5),
    ("postgres.csv", 15),
    ("postgres.json", 15),
    ("postgres.log", 163),
    // 6 tracebacks (one of them a chain of two, one a group of two), 4 lines at the start, 2 of the
    // shop's logger, 1 warning, 4 at the end.
    ("uvicorn-error.log", 17),
    // Two heads of java.util.logging and of the default handler, and one out of memory.
    ("java.log", 3),
    // 10 blocks, 2 lines of a warning, 11 dividers.
    ("node.log", 23),
    // 23 titles and as many exceptions, one of which is followed by a row of its own; 3 tracebacks,
    // a warning of two lines, a line of asyncio, 2 tracebacks.
    ("python-exceptions.log", 54),
  ]
}

@Suite("Logs of real programs")
struct FixtureTests {
  @Test("a real log holds the records that were counted", arguments: Fixture.recordCounts)
  func recordCount(_ name: String, _ count: Int) {
    let lines = Fixture.lines("real/" + name)
    let kept = Parsing.records(lines)
    #expect(kept.count == count)
  }

  @Test(
    "the records of a real log span all its lines but empty ones", arguments: Fixture.recordCounts)
  func linesAreKept(_ name: String, _ count: Int) {
    let lines = Fixture.lines("real/" + name)
    var covered = Set<Int>()
    for kept in Parsing.records(lines) {
      for line in 0..<kept.record.lineCount {
        #expect(covered.insert(kept.record.firstLineNumber + line).inserted)
      }
      let number = kept.record.firstLineNumber
      let range = (number - 1)..<(number - 1 + kept.record.lineCount)
      #expect(kept.text == lines[range].joined(separator: "\n"))
    }
    for (index, line) in lines.enumerated() where !line.isEmpty {
      #expect(covered.contains(index + 1), "line \(index + 1)")
    }
  }

  @Test("the eight tracebacks of uvicorn's error log are six events")
  func tracebacks() {
    let kept = Parsing.records(Fixture.lines("real/uvicorn-error.log"))
    let found = kept.filter { $0.record.shape == .pythonTraceback }
    #expect(found.map(\.record.firstLineNumber) == [5, 60, 121, 178, 184, 191])
    #expect(found.map(\.record.lineCount) == [55, 61, 55, 6, 7, 63])
    #expect(found.allSatisfy { $0.record.severity == .error })
    let headers = found.map { $0.text.components(separatedBy: "Traceback (most").count - 1 }
    #expect(headers.reduce(0, +) == 8)
  }

  @Test("the blocks of Node and Java are of their own shapes")
  func otherTraces() {
    let node = Parsing.records(Fixture.lines("real/node.log"))
    #expect(node.count { $0.record.shape == .nodeTrace } == 10)
    #expect(node.first?.text.hasSuffix("\n\nNode.js v20.20.2") == true)
    let java = Parsing.records(Fixture.lines("real/java.log"))
    #expect(java.map(\.record.shape) == [.javaTrace, .javaTrace, .javaTrace])
    #expect(java.map(\.record.severity) == [.error, .error, .error])
    #expect(java.map(\.record.lineCount) == [11, 16, 2])
    #expect(java[0].part(java[0].record.message) == "save failed")
    #expect(java.map(\.record.timeSource) == [.line, .inherited, .inherited])
  }
}
