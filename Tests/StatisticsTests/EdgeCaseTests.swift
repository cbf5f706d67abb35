import Foundation
import Statistics
import Testing

@Suite("The edges of the input")
struct EdgeCaseTests {
  /// Values a counter or a broken input can bring.
  static let hostile: [Double] = [
    0, 1, 0.5, 1e-300, 1e15, 1e300, .greatestFiniteMagnitude, .infinity, -1, -.infinity, .nan,
  ]

  @Test("no function ever returns a number that is none")
  func neverNaN() {
    for x in Self.hostile {
      for u in Self.hostile {
        for b in Self.hostile {
          for e in Self.hostile {
            let sample = TwoSample(
              candidateEvents: x, candidateExposure: u, baselineEvents: b, baselineExposure: e)
            for phi in [0, 0.5, 1, 20, 1e300, .infinity, .nan] {
              #expect(!EValue.logM(sample, ratio: 2, phi: phi).isNaN)
            }
            #expect(!RatioMixture.logEUp(sample).isNaN)
            #expect(!RatioMixture.logEDown(sample, r0: 2, phi: 3).isNaN)
            #expect(RatioInterval.point(sample)?.isNaN != true)
          }
        }
      }
    }
  }

  @Test("reports, floors and forecasts of odd counts are numbers")
  func reports() {
    for x in Self.hostile {
      for u in Self.hostile {
        let sample = TwoSample(
          candidateEvents: x, candidateExposure: u, baselineEvents: 60, baselineExposure: 360)
        let interval = RatioInterval(sample, phi: 2)
        #expect(!interval.low.isNaN && !interval.high.isNaN)
        #expect(
          !HealthyTest.logE(sample, floorRate: x, phi: 2, phiFloor: u).isNaN)
        #expect(!HealthyTest.floor(events: x, exposure: u, floorRate: 0.005, phi: 1).isNaN)
        #expect(!Forecast.neededExposure(sample, target: 3, ratio: 2).isNaN)
        #expect(!ProportionDispersion.phi(events: x, trials: u, phiEstimated: 1).isNaN)
        #expect(!Dispersion.glr(count: x, expected: u, phi: 3).isNaN)
      }
    }
    #expect(!AlphaBudget.global(logEs: Self.hostile, weights: Self.hostile.map { _ in 0.05 }).isNaN)
    #expect(AlphaBudget.weights(severities: [0, 0]) == [0, 0])
    #expect(AlphaBudget.eBH(logEs: [], rate: 0.1).isEmpty)
  }

  @Test("a rule fed with hostile windows keeps counting and never says what it cannot know")
  func hostileWindows() {
    var random = SeededRandom(41)
    for _ in 0..<30 {
      let base = (0..<60).map { _ in random.pick(Self.hostile) }
      let exposures = base.map { _ in random.pick(Self.hostile) }
      var rule = CountRule(counts: base, exposures: exposures, weight: 0.1, floor: 0.01)
      var drop = DropRule(baseline: rule.baseline, weight: 0.1)
      var kind = NewKind(exposureBefore: random.pick(Self.hostile), slot: 1)
      var recovery = Recovery(baseline: rule.baseline)
      for _ in 0..<40 {
        let x = random.pick(Self.hostile)
        let u = random.pick(Self.hostile)
        rule.update(events: x, exposure: u)
        drop.update(events: x, exposure: u)
        kind.update(events: x, exposure: u)
        recovery.update(events: x, exposure: u)
        for logE in [rule.logE, rule.logEHealthy, rule.phi, drop.logE, kind.logE, recovery.logE] {
          #expect(logE.isFinite)
        }
      }
      #expect(!rule.interval().low.isNaN)
      #expect(rule.looks == 40)
    }
  }

  @Test("without a baseline there is no evidence, for ever")
  func noBaseline() {
    var rule = CountRule(counts: [], exposures: [], weight: 1)
    for _ in 0..<50 { rule.update(events: 1000, exposure: 1) }
    #expect(rule.logE == 0)
    #expect(rule.verdict == .undecided)
    #expect(rule.undecidedReason == .noBaseline)
    #expect(rule.ratio == nil)
    #expect(rule.exposureToAlarm(ratio: 2) == .infinity)
  }

  @Test("without a baseline the floor alone makes a signal healthy")
  func floorWithoutBaseline() {
    var rule = CountRule(counts: [], exposures: [], weight: 1, floor: 0.005)
    for _ in 0..<200 { rule.update(events: 0, exposure: 100) }
    #expect(rule.verdict == .healthy)
  }

  @Test("without exposure there is no evidence and events are carried")
  func noExposure() {
    var rule = CountRule(counts: flat(60, 1), exposures: flat(60, 1), weight: 1)
    rule.update(events: 7, exposure: 0)
    rule.update(events: 5, exposure: 0)
    #expect(rule.logE == 0)
    #expect(rule.undecidedReason == .noExposure)
    #expect(rule.candidateEvents == 0)
    #expect(rule.carriedEvents == 12)
    rule.update(events: 1, exposure: 2)
    #expect(rule.candidateEvents == 13)
    #expect(rule.candidateExposure == 2)
    #expect(rule.carriedEvents == 0)
  }

  @Test(
    "an empty baseline works: two episodes after a day of none are evidence, and a flood alarms")
  func emptyBaseline() {
    let empty = Baseline(events: flat(8640, 0), exposures: flat(8640, 10))
    #expect(empty.phi == 20)
    #expect(empty.isBurstinessUnknown)
    var rule = CountRule(baseline: empty, weight: 0.1, r0: 1)
    rule.update(events: 1, exposure: 10)
    let once = rule.logE
    for _ in 0..<5 { rule.update(events: 0, exposure: 10) }
    rule.update(events: 1, exposure: 10)
    #expect(rule.logE > once)
    #expect(rule.interval().high == .infinity)
    #expect(!rule.healthy)
    var flood = CountRule(baseline: empty, weight: 0.1, r0: 1)
    for _ in 0..<6 { flood.update(events: 500, exposure: 10) }
    #expect(flood.alarmed)
  }

  @Test("huge counts give finite evidence of the right sign")
  func hugeCounts() {
    let sample = TwoSample(
      candidateEvents: 3e14, candidateExposure: 1e11, baselineEvents: 1e14,
      baselineExposure: 1e11)
    #expect(RatioMixture.logEUp(sample).isFinite)
    #expect(RatioMixture.logEUp(sample) > 1e10)
    #expect(RatioMixture.logEDown(sample) < -1e10)
    let interval = RatioInterval(sample, phi: 1)
    #expect(interval.low > 2.5 && interval.low < 3 && interval.high > 3 && interval.high < 3.6)
  }

  private func flat(_ count: Int, _ value: Double) -> [Double] {
    Array(repeating: value, count: count)
  }
}
