import Foundation
import Statistics
import Testing

/// Watches of a series that did or did not change, as the judge would run them.
@Suite("Simulated watches")
struct FalseAlarmTests {
  struct Series: Sendable, CustomTestStringConvertible {
    let mean: Double
    let phi: Double
    var testDescription: String { "mean \(mean) a window, phi \(phi)" }
  }

  static let series = [
    Series(mean: 0.05, phi: 1), Series(mean: 1, phi: 1), Series(mean: 15, phi: 1),
    Series(mean: 0.3, phi: 5), Series(mean: 1, phi: 5),
  ]

  /// Most alarms that a fair binomial shows but once in 30,000 suites.
  static func bound(_ watches: Int, _ probability: Double) -> Double {
    let n = Double(watches)
    return n * probability + 4 * (n * probability * (1 - probability)).squareRoot()
  }

  static func watch(
    _ series: Series, ratio: Double, windows: Int, alpha: Double, _ random: inout SeededRandom
  ) -> CountRule {
    let base = (0..<720).map { _ in random.negativeBinomial(series.mean, phi: series.phi) }
    var rule = CountRule(
      counts: base, exposures: base.map { _ in 10 }, weight: 1, alpha: alpha, r0: 1,
      looks: windows)
    for _ in 0..<windows where !rule.alarmed {
      rule.update(
        events: random.negativeBinomial(series.mean * ratio, phi: series.phi), exposure: 10)
    }
    return rule
  }

  @Test("without a change at most alpha of the watches alarm", arguments: series)
  func falseAlarms(_ series: Series) {
    var random = SeededRandom(31)
    let watches = series.phi > 1 ? 60 : 200
    var alarms = 0
    for _ in 0..<watches {
      let rule = Self.watch(series, ratio: 1, windows: 60, alpha: 0.05, &random)
      if rule.alarmed { alarms += 1 }
    }
    #expect(Double(alarms) <= Self.bound(watches, 0.05))
  }

  @Test("a change of the rate is found", arguments: [(1.0, 1.0, 3.0), (15, 1, 1.5), (1, 5, 10)])
  func power(mean: Double, phi: Double, ratio: Double) {
    var random = SeededRandom(32)
    var alarms = 0
    for _ in 0..<20 {
      let rule = Self.watch(
        Series(mean: mean, phi: phi), ratio: ratio, windows: 60, alpha: 0.01, &random)
      if rule.alarmed { alarms += 1 }
    }
    #expect(alarms >= 18)
  }

  @Test("a signal at the healthy ratio is called healthy with probability at most beta")
  func healthyAtTheMargin() {
    var random = SeededRandom(33)
    var healthy = 0
    for _ in 0..<200 {
      let base = (0..<360).map { _ in random.poisson(3) }
      var rule = CountRule(
        counts: base, exposures: base.map { _ in 1 }, weight: 0, looks: 60, rHealthy: 2)
      for _ in 0..<60 { rule.update(events: random.poisson(6), exposure: 1) }
      if rule.healthy { healthy += 1 }
    }
    #expect(Double(healthy) <= Self.bound(200, 0.05))
  }

  @Test("an unchanged signal with enough events is healthy")
  func healthyWithoutChange() {
    var random = SeededRandom(34)
    var healthy = 0
    for _ in 0..<20 {
      let rule = Self.watch(Series(mean: 3, phi: 1), ratio: 1, windows: 60, alpha: 0.01, &random)
      if rule.healthy { healthy += 1 }
    }
    #expect(healthy >= 19)
  }

  @Test("the ratio interval misses the true ratio in at most its error of the watches")
  func intervals() {
    var random = SeededRandom(35)
    var misses = 0
    for _ in 0..<100 {
      let base = random.poisson(100)
      var events = 0.0
      var missed = false
      for look in 1...12 {
        events += random.poisson(30)
        let interval = RatioInterval(
          TwoSample(
            candidateEvents: events, candidateExposure: 10 * Double(look), baselineEvents: base,
            baselineExposure: 50),
          phi: 1, alpha: 0.1)
        if interval.low > 1.5 || interval.high < 1.5 { missed = true }
      }
      if missed { misses += 1 }
    }
    #expect(Double(misses) <= Self.bound(100, 0.1))
  }
}
