import Records
import Rules
import Testing
import Windows

@Suite("A timeline that is moved to another plan")
struct TimelineMovingTests {
  private static let second: Int64 = 1_000_000_000

  private static func timeline(release: Int64, span: Int64) throws -> Timeline {
    let rules = try RuleSet.load(
      texts: [(name: "one.yaml", text: "pack: one\nrules:\n  - id: a\n    match: a\n")])
    return Timeline(
      plan: WindowPlan(
        release: Timestamp(seconds: release), widthNanoseconds: 10 * second,
        baselineSpan: span * second, settle: 0, length: 600 * second),
      rules: rules)
  }

  private static func window(lines: Int) -> Window {
    var window = Window()
    window.lines = lines
    window.records = lines
    window.measures[0] = Double(lines)
    return window
  }

  @Test("its windows keep their counts and their distances")
  func moved() throws {
    var read = try Self.timeline(release: 2_000_000_000, span: 1_000_000)
    for index in [-5_000, -4_998, -4_990] { read.merge(Self.window(lines: -index), at: index) }
    var judged = try Self.timeline(release: 1_800_000_000, span: 110)
    judged.take(read, windows: -5_000..<(-4_989), movedBy: 4_989)
    #expect(judged.firstIndex == -11)
    #expect(judged[-11].amount(0) == 5_000 && judged[-9].amount(0) == 4_998)
    #expect(judged[-1].amount(0) == 4_990 && judged.endIndex == 0)
    #expect(judged.baselineLines == 14_988)
  }

  @Test("windows outside of what is taken stay out")
  func part() throws {
    var read = try Self.timeline(release: 2_000_000_000, span: 1_000_000)
    for index in -30 ..< -10 { read.merge(Self.window(lines: 1), at: index) }
    var judged = try Self.timeline(release: 1_800_000_000, span: 1_000)
    judged.take(read, windows: -20 ..< -10, movedBy: 10)
    #expect(judged.baselineLines == 10 && judged.firstIndex == -10)
  }

  @Test("a line or two that lie an hour from all others are no part of the body")
  func body() throws {
    var read = try Self.timeline(release: 2_000_000_000, span: 10_000_000)
    #expect(read.body.isEmpty)
    for index in -2_000 ..< -1_000 { read.merge(Self.window(lines: 1), at: index) }
    read.merge(Self.window(lines: 1), at: -900_000)
    read.merge(Self.window(lines: 2), at: -3)
    #expect(read.body == -2_000 ..< -1_000)
    read.merge(Self.window(lines: 3), at: -4)
    #expect(read.body == -2_000 ..< -2)
  }
}
