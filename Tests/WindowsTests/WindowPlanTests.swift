import Records
import Testing
import Windows

@Suite("Windows of event time")
struct WindowPlanTests {
  static let second: Int64 = 1_000_000_000
  let plan = WindowPlan(
    release: Timestamp(seconds: 1_000), widthNanoseconds: 10 * second, baselineSpan: 100 * second,
    settle: 25 * second, length: 60 * second)

  @Test(
    "edges lie at the release plus k windows",
    arguments: [
      (999.999_999_999, -1), (1_000.0, 0), (1_009.999, 0), (1_010.0, 1), (990.0, -1), (989.9, -2),
      (0.0, -100),
    ])
  func index(seconds: Double, expected: Int) {
    let time = Timestamp(nanoseconds: Int64((seconds * 1e9).rounded()))
    #expect(plan.index(of: time) == expected)
  }

  @Test("a time far outside every range stays outside")
  func extremes() {
    #expect(plan.phase(of: plan.index(of: Timestamp(nanoseconds: .min))) == .outside)
    #expect(plan.phase(of: plan.index(of: Timestamp(nanoseconds: .max))) == .outside)
  }

  @Test(
    "a started restart window is left out whole",
    arguments: [
      (-11, Phase.outside), (-10, .baseline), (-1, .baseline), (0, .settling), (2, .settling),
      (3, .candidate), (5, .candidate), (6, .outside),
    ])
  func phases(index: Int, expected: Phase) {
    #expect(plan.phase(of: index) == expected)
  }
}
