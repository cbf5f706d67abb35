import Records
import Rules
import Testing
import Windows

@Suite("Counts put into a timeline")
struct TimelineCountsTests {
  @Test("they add up in their window, and what lies outside is only counted")
  func merge() throws {
    let rules = try RuleSet.load(
      texts: [(name: "one.yaml", text: "pack: one\nrules:\n  - id: a\n    match: a\n")])
    let second: Int64 = 1_000_000_000
    var timeline = Timeline(
      plan: WindowPlan(
        release: Timestamp(seconds: 1_800_000_000), widthNanoseconds: 10 * second,
        baselineSpan: 50 * second, settle: 0, length: 30 * second),
      rules: rules)
    var window = Window()
    window.lines = 3
    window.measures[0] = 2
    for index in [-6, -5, -5, 1, 2, 3] { timeline.merge(window, at: index) }
    #expect(timeline.firstIndex == -5 && timeline.endIndex == 3)
    #expect(timeline[-5].amount(0) == 4 && timeline[1].amount(0) == 2)
    #expect(timeline[0].amount(0) == 0)
    #expect(timeline.baselineLines == 6 && timeline.candidateLines == 6)
    #expect(timeline.outsideLines == 6)
  }
}
