import Testing

@testable import Simulation

@Suite("Exact intervals")
struct ExactIntervalTests {
  @Test(
    "the ends are those of Clopper and Pearson",
    arguments: [
      (0, 10, 0.0, 0.308_497_1), (5, 10, 0.187_086_0, 0.812_914_0), (10, 10, 0.691_502_9, 1),
      (3, 1000, 0.000_619_1, 0.008_742_2),
    ])
  func ends(count: Int, trials: Int, low: Double, high: Double) {
    let interval = ExactInterval(count: count, of: trials)
    #expect(abs(interval.low - low) < 1e-6)
    #expect(abs(interval.high - high) < 1e-6)
  }
}
