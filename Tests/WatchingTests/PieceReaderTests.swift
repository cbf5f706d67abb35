import Following
import Foundation
import Records
import Rules
import Testing
import Windows

@testable import Watching

@Suite("Reading the past in pieces")
struct PieceReaderTests {
  static let release = Timestamp(seconds: 1_795_311_600)
  static let rules = RuleSet.builtIn()
  static let plan = WindowPlan(
    release: release, widthNanoseconds: 10_000_000_000, baselineSpan: 86_400_000_000_000,
    settle: 30_000_000_000, length: nil)

  /// A log of two files with tracebacks, wrapped lines, lines without a time and blank ones.
  static func log(seed: UInt64) -> [String] {
    var state = seed
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var second = -1_800
    return (0..<2).map { _ in
      var text = ""
      for _ in 0..<300 {
        second += random(8)
        let time = release.advanced(byNanoseconds: Int64(second) * 1_000_000_000).rfc3339
        switch random(10) {
        case 0:
          text += "\(time) ERROR app.db: query failed\n"
          text += "Traceback (most recent call last):\n"
          for line in 0..<random(9) {
            text += "  File \"/srv/app/a.py\", line \(line), in f\n    f()\n"
          }
          text += "ValueError: bad value \(random(3))\n"
        case 1: text += "a line without a time \(random(1_000))\n\n"
        case 2: text += "\(time) WARNING app: slow\n    second line\n"
        case 3: text += "{\"time\":\"\(time)\",\"level\":\"error\",\"msg\":\"m\(random(5))\"}\n"
        default:
          text +=
            "\(time) INFO app: \"GET /orders/\(random(90)) HTTP/1.1\" "
            + "\([200, 200, 404, 500][random(4)]) \(random(400))ms\n"
        }
      }
      return text
    }
  }

  /// What can be said of a timeline, a line a fact.
  static func facts(_ pipeline: borrowing Pipeline) -> [String] {
    let timeline = pipeline.sink.timeline
    var facts = [
      "lines \(timeline.baselineLines) \(timeline.candidateLines) \(timeline.outsideLines)",
      "records \(pipeline.sink.recordCount) unplaced \(timeline.unplacedRecords)",
      "unparsed \(pipeline.unparsedLines) \(timeline.firstIndex) \(timeline.endIndex)",
      "times \(timeline.first?.rfc3339 ?? "") \(timeline.lastBefore?.rfc3339 ?? "")",
      "newest \(timeline.last?.rfc3339 ?? "")",
      "inputs \(pipeline.sink.frontiers.map { "\($0.lines) \($0.stampedRecords)" })",
      "matches \(timeline.baselineMatches) \(timeline.candidateMatches)",
    ]
    for row in timeline.routes.rows {
      facts.append("\(String(decoding: row.route, as: UTF8.self)) \(row.baseline) \(row.candidate)")
    }
    for index in timeline.firstIndex..<timeline.endIndex {
      let window = timeline[index]
      facts.append("\(index): \(window.lines) \(window.records) \(window.measures)")
      facts.append("\(index): \(window.histograms)")
      for (measure, sample) in window.samples.sorted(by: { $0.key < $1.key }) {
        facts.append("\(index), \(measure): \(sample)")
      }
    }
    return facts
  }

  static func read(_ files: [InputFile], pieceBytes: Int64, workers: Int) -> [String] {
    let empty = Timeline(plan: plan, rules: rules)
    var pipeline = Pipeline(plan: plan, rules: rules, zone: .utc)
    let reader = PieceReader(
      empty: empty, rules: rules, zone: .utc, limits: ReadLimits(), workers: workers,
      isStopped: { false })
    let tasks = files.enumerated().flatMap { index, file in
      file.pieces(bytes: pieceBytes).map {
        PieceTask(piece: $0, file: index, reference: Timestamp(nanoseconds: file.modified))
      }
    }
    var lines = 0
    var file = 0
    reader.read(tasks) { task, records in
      if task.file != file { lines = 0 }
      file = task.file
      pipeline.take(records, of: task, linesBefore: lines)
      lines += records.lines
    }
    pipeline.flushAll()
    return facts(pipeline)
  }

  @Test(
    "gives what reading line by line gives, however small they are",
    arguments: 1...6 as ClosedRange<UInt64>)
  func pieces(seed: UInt64) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "pieces-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let texts = Self.log(seed: seed)
    for (name, text) in zip(["app.log.1", "app.log"], texts) {
      try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }
    let found = Discovery(arguments: [folder.appending(path: "app.log").path]) { _ in nil }
    try #require(found.files.count == 2)

    var pipeline = Pipeline(plan: Self.plan, rules: Self.rules, zone: .utc)
    for (index, file) in found.files.enumerated() {
      var counts = SkipCounts()
      var notices: [ReadNotice] = []
      _ = try readWhole(file: file, counts: &counts, notices: &notices) { bytes, position in
        pipeline.line(
          bytes, position, input: file.input, file: index,
          reference: Timestamp(nanoseconds: file.modified), arrival: nil)
      }
    }
    pipeline.flushAll()
    let expected = Self.facts(pipeline)
    for bytes in [97, 700, 5_000, 1 << 20] as [Int64] {
      for workers in [1, 3] {
        let actual = Self.read(found.files, pieceBytes: bytes, workers: workers)
        #expect(actual.count == expected.count)
        let other = zip(actual, expected).first { $0 != $1 }
        #expect(other == nil, "pieces of \(bytes) bytes, \(workers) workers")
      }
    }
  }
}
