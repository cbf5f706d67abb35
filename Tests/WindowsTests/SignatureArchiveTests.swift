import Records
import Rules
import Testing

@testable import Windows

@Suite("Signatures that another run knows again")
struct SignatureArchiveTests {
  private static let rules = try! RuleSet.load(
    texts: [
      (
        name: "one.yaml",
        text: "pack: one\nrules:\n  - id: aa\n    match: aa\n    severity: error\n"
      )
    ])

  private static func timeline() -> Timeline {
    let second: Int64 = 1_000_000_000
    return Timeline(
      plan: WindowPlan(
        release: Timestamp(seconds: 1_800_000_000), widthNanoseconds: 10 * second,
        baselineSpan: 1_000 * second, settle: 0, length: 1_000 * second),
      rules: rules)
  }

  private static func add(_ text: String, at index: Int, to timeline: inout Timeline) {
    var observation = Observation()
    observation.isError = true
    observation.rules = [0]
    var record = Record()
    record.time = timeline.plan.start(of: index)
    record.severity = .critical
    let bytes = Array(text.utf8)
    record.message = 0..<bytes.count
    timeline.add(observation, of: record, text: bytes.span)
  }

  private static func filled() -> Timeline {
    var timeline = timeline()
    for turn in 0..<200 {
      add("login of user \(turn) from host-\(turn % 7) refused", at: -1 - turn % 90, to: &timeline)
      add("relation \"table\(turn % 5)\" does not exist", at: -1 - turn % 90, to: &timeline)
    }
    return timeline
  }

  @Test("an archive keeps each signature with its count, its rule and its first record")
  func roundTrip() throws {
    let timeline = Self.filled()
    let archive = try WindowArchive(
      timeline.archive(-100..<0, rules: Self.rules, inputs: []))
    #expect(archive.knowsSignatures)
    var restored = Self.timeline()
    try restored.restore(archive, at: -100, rules: Self.rules) { _ in nil }
    func known(_ timeline: Timeline) -> [String: [Int]] {
      Dictionary(
        uniqueKeysWithValues: timeline.signatures.handles.map { handle in
          let entry = timeline.signatures[handle]!
          return (
            timeline.signatures.text(of: handle),
            [
              entry.baseline, Int(entry.firstBefore!.nanoseconds), Int(entry.severity.rawValue),
              entry.rules.first ?? -1,
            ]
          )
        })
    }
    #expect(known(restored) == known(timeline))
    #expect(known(restored).count == 6)
  }

  @Test("what comes after is filed under what was known before")
  func knownAgain() throws {
    let archive = try WindowArchive(
      Self.filled().archive(-100..<0, rules: Self.rules, inputs: []))
    var restored = Self.timeline()
    try restored.restore(archive, at: -100, rules: Self.rules) { _ in nil }
    Self.add("login of user 777 from host-3 refused", at: 4, to: &restored)
    Self.add("relation \"table9\" does not exist", at: 4, to: &restored)
    let counts = restored.signatures.counts(in: 4)
    #expect(counts.count == 2)
    let new = counts.filter { restored.signatures[$0.handle]?.baseline == 0 }
    #expect(new.count == 1)
    #expect(
      restored.signatures[new[0].handle].map { restored.signatures.hadKind($0.kindHash) } == false)
  }

  @Test("bytes that were changed are refused or read, and never trap", arguments: 0..<40)
  func hostile(seed: Int) throws {
    var bytes = Self.filled().archive(-100..<0, rules: Self.rules, inputs: [])
    var state = UInt64(seed + 1)
    for _ in 0..<6 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let place = Int(state >> 33) % (bytes.count - 8)
      bytes[place] = UInt8(truncatingIfNeeded: state >> 20)
    }
    let sum = WindowArchive.checksum(bytes, upTo: bytes.count - 8)
    for offset in 0..<8 {
      bytes[bytes.count - 8 + offset] = UInt8(truncatingIfNeeded: sum >> UInt64(8 * offset))
    }
    guard let archive = try? WindowArchive(bytes) else { return }
    var restored = Self.timeline()
    try? restored.restore(archive, at: -100, rules: Self.rules) { _ in nil }
  }

  @Test("a class of thousands of bytes is kept as far as its archive takes it")
  func longClass() throws {
    var timeline = Self.timeline()
    let name = String(repeating: "a", count: 5_000) + "Error"
    Self.add(
      "Traceback (most recent call last):\n  File \"/srv/a.py\", line 1, in f\n\(name): x", at: -3,
      to: &timeline)
    let archive = try WindowArchive(timeline.archive(-100..<0, rules: Self.rules, inputs: []))
    var restored = Self.timeline()
    try restored.restore(archive, at: -100, rules: Self.rules) { _ in nil }
    #expect(restored.signatures.handles.count == 1)
  }

  @Test("windows that last longer than ten years are refused")
  func longSpan() {
    let bytes = WindowArchive.bytes(
      widthNanoseconds: 86_400_000_000_000, start: Timestamp(seconds: 0), count: 400_000,
      sections: [])
    #expect(throws: ArchiveError.self) { try WindowArchive(bytes) }
  }

  @Test("a kind that was forgotten for want of room is not called new")
  func forgotten() throws {
    var part = SignatureCounts()
    func add(_ number: Int, at index: Int, to counts: inout SignatureCounts) {
      var record = Record()
      let bytes = Array("relation \"table\(number)\" does not exist".utf8)
      record.message = 0..<bytes.count
      let key: [UInt8] = []
      counts.add(
        bytes.span, record, rules: [], isErrorRule: [], key: key.span,
        time: Timestamp(seconds: 1_800_000_000), index: index,
        phase: index < 0 ? .baseline : .candidate)
    }
    for number in 0..<10_000 { add(number, at: -1, to: &part) }
    var merged = SignatureCounts()
    merged.merge(part, linesBefore: 0)
    #expect(merged.isOverfull)
    add(0, at: 1, to: &merged)
    let handle = try #require(merged.counts(in: 1).first?.handle)
    let entry = try #require(merged[handle])
    #expect(entry.baseline > 0 || merged.hadKind(entry.kindHash))
  }
}
