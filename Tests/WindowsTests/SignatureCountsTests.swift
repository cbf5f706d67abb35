import Records
import Testing

@testable import Windows

@Suite("Signatures by window")
struct SignatureCountsTests {
  private func add(_ text: String, at index: Int, to counts: inout SignatureCounts, line: Int = 1) {
    var record = Record()
    let bytes = Array(text.utf8)
    record.message = 0..<bytes.count
    record.severity = .error
    record.firstLineNumber = line
    let key: [UInt8] = []
    counts.add(
      bytes.span, record, rules: [], isErrorRule: [], key: key.span,
      time: Timestamp(seconds: 1_000_000 + Int64(index * 10)), index: index,
      phase: index < 0 ? .baseline : .candidate)
  }

  /// What there is of each signature, by its text.
  private func totals(_ counts: SignatureCounts) -> [String: [Int]] {
    Dictionary(
      uniqueKeysWithValues: counts.handles.map { handle in
        (counts.text(of: handle), [counts[handle]!.baseline, counts[handle]!.candidate])
      })
  }

  private let names = [
    "alice", "bob", "carol", "dave", "erin", "frank", "grace", "heidi", "ivan", "judy",
  ]

  private func lines(_ count: Int) -> [(text: String, index: Int)] {
    (0..<count).map { turn in
      let index = turn < count / 2 ? -1 : turn % 5
      switch turn % 3 {
      case 0:
        return ("login of user \(names[turn % names.count]) failed after \(turn) tries", index)
      case 1: return ("relation \"orders\" does not exist", index)
      default: return ("column \"total\" does not exist", index)
      }
    }
  }

  @Test("parts that were read apart give the signatures of the whole", arguments: [1, 10, 77, 400])
  func parts(size: Int) {
    let lines = lines(600)
    var whole = SignatureCounts()
    for line in lines { add(line.text, at: line.index, to: &whole) }
    var merged = SignatureCounts()
    for start in stride(from: 0, to: lines.count, by: size) {
      var part = SignatureCounts()
      for line in lines[start..<min(lines.count, start + size)] {
        add(line.text, at: line.index, to: &part)
      }
      merged.merge(part, linesBefore: 0)
    }
    #expect(totals(merged) == totals(whole))
    for index in 0..<5 {
      #expect(
        merged.counts(in: index).map(\.records).reduce(0, +)
          == whole.counts(in: index).map(\.records).reduce(0, +))
    }
  }

  @Test("the first record of a new signature is its sample, wherever its part lies")
  func sample() throws {
    var merged = SignatureCounts()
    var part = SignatureCounts()
    add("relation \"orders\" does not exist", at: 3, to: &part, line: 5)
    add("relation \"orders\" does not exist", at: 2, to: &part, line: 4)
    merged.merge(part, linesBefore: 100)
    let handle = try #require(merged.handles.first)
    #expect(merged[handle]?.sample?.lineNumber == 104)
    // One that came before the release needs none.
    add("relation \"orders\" does not exist", at: -3, to: &merged)
    #expect(merged[handle]?.sample == nil)
  }

  @Test("kinds that nothing could keep apart are counted, and memory stays bounded")
  func bounded() {
    var counts = SignatureCounts()
    var state: UInt64 = 7
    for turn in 0..<30_000 {
      var words: [String] = []
      for _ in 0..<(3 + turn % 9) {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        words.append(["red", "blue", "green", "tall", "wide", "old"][Int(state >> 33) % 6])
      }
      add(words.joined(separator: " ") + " broke (code=E\(turn)X)", at: turn % 7, to: &counts)
    }
    let kept = counts.handles.map { counts[$0]!.candidate }.reduce(0, +)
    #expect(counts.handles.count <= 8_192)
    #expect(kept <= 30_000)
    let windows = (0..<7).map { counts.counts(in: $0).map(\.records).reduce(0, +) }
    #expect(windows.reduce(0, +) == 30_000)
  }
}
