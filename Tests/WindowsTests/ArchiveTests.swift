import Records
import Rules
import Testing

@testable import Windows

@Suite("Windows as bytes")
struct ArchiveTests {
  private static let second: Int64 = 1_000_000_000

  private static func rules(_ names: [String]) throws -> RuleSet {
    try RuleSet.load(
      texts: [
        (
          name: "one.yaml",
          text: "pack: one\nrules:\n"
            + names.map { "  - id: \($0)\n    match: \($0)\n    severity: error\n" }.joined()
        )
      ])
  }

  private static let rules = try! Self.rules(["aa", "bb", "cc"])

  private static func timeline(_ rules: RuleSet = rules) -> Timeline {
    Timeline(
      plan: WindowPlan(
        release: Timestamp(seconds: 1_800_000_000), widthNanoseconds: 10 * second,
        baselineSpan: 1_000 * second, settle: 0, length: 1_000 * second),
      rules: rules)
  }

  /// A timeline of random windows, many of them empty.
  private static func random(_ seed: UInt64) -> Timeline {
    var numbers = Numbers(state: seed)
    var timeline = timeline()
    for index in -100..<0 where numbers.next(3) > 0 {
      var window = Window()
      window.lines = numbers.next(1_000) + 1
      window.records = numbers.next(window.lines) + 1
      window.unstampedRecords = numbers.next(window.records)
      window.ratedRecords = numbers.next(window.records)
      for measure in 0..<rules.measureCount where numbers.next(2) == 0 {
        window.measures[measure] =
          numbers.next(2) == 0 ? Double(numbers.next(100_000)) : Double(numbers.next(999)) / 7
      }
      timeline.merge(window, at: index)
      timeline.inputLines.add(
        window.lines, of: numbers.next(3), in: index, isRequest: numbers.next(2) == 0)
    }
    return timeline
  }

  private struct Numbers {
    var state: UInt64

    mutating func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
  }

  private static func expectSame(_ left: Timeline, _ right: Timeline, inputs: [Int]) {
    for index in -100..<0 {
      let (one, other) = (left[index], right[index])
      #expect(one.lines == other.lines && one.records == other.records)
      #expect(one.unstampedRecords == other.unstampedRecords)
      #expect(one.ratedRecords == other.ratedRecords)
      #expect(one.measures == other.measures)
      for (input, number) in inputs.enumerated() {
        #expect(
          left.inputLines.lines(of: input, in: index)
            == right.inputLines.lines(of: number, in: index))
      }
    }
  }

  @Test("what is written is read again", arguments: 1...20)
  func roundTrip(seed: UInt64) throws {
    let timeline = Self.random(seed)
    let names = ["a.log", "b.log", "c.log"]
    let bytes = timeline.archive(-100..<0, rules: Self.rules, inputs: names)
    let archive = try WindowArchive(bytes)
    #expect(archive.count == 100 && archive.widthNanoseconds == 10 * Self.second)
    #expect(archive.end == timeline.plan.release)
    var restored = Self.timeline()
    let order = ["c.log", "a.log", "b.log"]
    try restored.restore(archive, at: -100, rules: Self.rules) { order.firstIndex(of: $0) }
    Self.expectSame(timeline, restored, inputs: [1, 2, 0])
    #expect(restored.baselineLines == timeline.baselineLines)
    #expect(
      restored.archive(-100..<0, rules: Self.rules, inputs: order)
        .count == bytes.count)
  }

  @Test(
    "counts keep their names where the rules are in another order, and unknown ones are left out")
  func otherRules() throws {
    let timeline = Self.random(7)
    let archive = try WindowArchive(
      timeline.archive(-100..<0, rules: Self.rules, inputs: []))
    let others = try Self.rules(["cc", "dd", "aa"])
    var restored = Self.timeline(others)
    try restored.restore(archive, at: -100, rules: others) { _ in nil }
    let old = timeline.totals(.baseline, upTo: 0)
    let new = restored.totals(.baseline, upTo: 0)
    for (measure, name) in others.measureNames.enumerated() {
      let before = Self.rules.measureNames.firstIndex(of: name)
      #expect(abs(new.amount(measure) - (before.map(old.amount) ?? 0)) < 1e-6)
    }
    let knowledge = try archive.knowsMeasures(of: others)
    for (measure, name) in others.measureNames.enumerated() {
      #expect(knowledge[measure] == Self.rules.measureNames.contains(name))
    }
  }

  @Test("restoring adds to what is there, and a limit leaves out what lies behind it")
  func adding() throws {
    let timeline = Self.random(9)
    let archive = try WindowArchive(
      timeline.archive(-100..<0, rules: Self.rules, inputs: []))
    var twice = timeline
    try twice.restore(archive, at: -100, rules: Self.rules) { _ in nil }
    #expect(twice.baselineLines == 2 * timeline.baselineLines)
    var shifted = Self.timeline()
    try shifted.restore(archive, at: -50, upTo: 0, rules: Self.rules) { _ in nil }
    #expect(shifted.endIndex == 0 && shifted.candidateLines == 0)
    for index in -50..<0 { #expect(shifted[index].lines == timeline[index - 50].lines) }
  }

  @Test("histograms keep their counts")
  func histograms() throws {
    var histogram = Histogram()
    for number in [0.001, 0.2, 0.2, 3, 0, 1e9, 1e-20] { histogram.add(number) }
    let again = try #require(
      Histogram(
        zeroCount: histogram.zeroCount, first: Int64(histogram.indexFirst),
        counts: histogram.counts))
    #expect(again == histogram)
    for first in [Int64.max, Int64.min, 400, -400] {
      #expect(Histogram(zeroCount: 0, first: first, counts: [1]) == nil)
    }
  }

  @Test("what is cut or changed is refused")
  func damaged() throws {
    let bytes = Self.random(3).archive(-20..<0, rules: Self.rules, inputs: ["a.log"])
    for length in 0..<bytes.count {
      #expect(throws: ArchiveError.self) { try WindowArchive(Array(bytes.prefix(length))) }
    }
    for place in bytes.indices {
      var changed = bytes
      changed[place] ^= 0x10
      #expect(throws: ArchiveError.self) { try WindowArchive(changed) }
    }
  }

  @Test("an archive that lies about its lengths and numbers is refused or taken, and stops nothing")
  func hostile() throws {
    let bytes = Self.random(3).archive(-20..<0, rules: Self.rules, inputs: ["a.log"])
    var numbers = Numbers(state: 1)
    var taken = 0
    for _ in 0..<4_000 {
      var changed = Array(bytes.dropLast(8))
      for _ in 0...numbers.next(3) {
        changed[numbers.next(changed.count)] = UInt8(numbers.next(256))
      }
      let sum = WindowArchive.checksum(changed, upTo: changed.count)
      changed += (0..<8).map { UInt8(truncatingIfNeeded: sum >> UInt64(8 * $0)) }
      guard let archive = try? WindowArchive(changed) else { continue }
      var timeline = Self.timeline()
      if (try? timeline.restore(archive, at: -20, rules: Self.rules) { _ in 0 }) != nil {
        taken += 1
      }
    }
    #expect(taken > 20)
  }
}
