import Foundation
import Statistics
import Testing

@Suite("A rule on counts")
struct CountRuleTests {
  private func poisson(_ mean: Double, _ count: Int, seed: UInt64 = 51) -> [Double] {
    var random = SeededRandom(seed)
    return (0..<count).map { _ in random.poisson(mean) }
  }

  private func flat(_ count: Int, _ value: Double) -> [Double] {
    Array(repeating: value, count: count)
  }

  @Test("an alarm is latched, its evidence frozen, and the counts still add up")
  func latch() {
    var rule = CountRule(counts: poisson(2, 400), exposures: flat(400, 1), weight: 0.1)
    while !rule.alarmed, rule.looks < 100 { rule.update(events: 10, exposure: 1) }
    let looks = rule.looks
    let frozen = rule.logE
    #expect(looks < 10 && frozen >= rule.threshold)
    for _ in 0..<300 { rule.update(events: 0, exposure: 1) }
    #expect(rule.verdict == .regressed)
    #expect(rule.logE == frozen)
    #expect(rule.currentLogE() < frozen)
    #expect(rule.candidateExposure == Double(looks + 300))
    #expect(rule.candidateEvents == Double(10 * looks))
  }

  @Test("healthy is kept once reached, until an alarm")
  func healthyKept() {
    var rule = CountRule(counts: poisson(5, 400), exposures: flat(400, 1), weight: 0.1)
    while !rule.healthy, rule.looks < 100 { rule.update(events: 4, exposure: 1) }
    #expect(rule.healthy)
    let evidence = rule.logEHealthy
    #expect(evidence >= -log(rule.beta))
    // As many events again as would take the healthy evidence away, without an alarm.
    rule.update(events: 16, exposure: 1)
    #expect(rule.currentLogEHealthy() < evidence)
    #expect(rule.healthy && !rule.alarmed)
    for _ in 0..<20 { rule.update(events: 40, exposure: 1) }
    #expect(rule.verdict == .regressed && !rule.healthy)
  }

  @Test("a rule made from a baseline value is the rule made from its windows")
  func restart() {
    let counts = poisson(1, 500)
    let baseline = Baseline(events: counts, exposures: flat(500, 1))
    var fresh = CountRule(baseline: baseline, weight: 0.1)
    var first = CountRule(counts: counts, exposures: flat(500, 1), weight: 0.1)
    for x in poisson(1.2, 50, seed: 52) {
      fresh.update(events: x, exposure: 1)
      first.update(events: x, exposure: 1)
      #expect(fresh.logE == first.logE)
    }
    #expect(fresh.baselineEvents == counts.reduce(0, +))
    #expect(fresh.baselineExposure == 500)
  }

  @Test("the stake follows the number of baseline events")
  func stake() {
    func stake(_ events: Double) -> Double {
      Baseline(
        events: flat(400, 0).enumerated().map { $0.offset % 4 == 0 ? events / 100 : 0 },
        exposures: flat(400, 1)
      ).stake
    }
    #expect(abs(stake(100) - 0.1) < 1e-12)
    #expect(abs(stake(200) - 0.25) < 1e-12)
    #expect(stake(400) == 1)
    #expect(stake(4000) == 1)
    #expect(Baseline(events: flat(400, 0), exposures: flat(400, 1)).stake == 1)
  }

  @Test("bursts switch the episode and activity channels on")
  func channels() {
    var random = SeededRandom(53)
    let bursts = (0..<2000).map { _ in random.uniform() < 0.05 ? 10.0 : 0 }
    let bursty = Baseline(events: bursts, exposures: flat(2000, 1))
    #expect(bursty.phi > 5)
    #expect(bursty.episodeSeries != nil && bursty.activitySeries != nil)
    #expect(CountRule(baseline: bursty, weight: 1).channelCount == 3)
    let plain = Baseline(events: poisson(3, 2000), exposures: flat(2000, 1))
    #expect(CountRule(baseline: plain, weight: 1).channelCount == 1)
    let rare = Baseline(events: flat(2000, 0), exposures: flat(2000, 1))
    #expect(CountRule(baseline: rare, weight: 1).channelCount == 2)
  }

  @Test("the dispersion grows with the traffic and never falls below the baseline's")
  func growth() {
    var random = SeededRandom(54)
    let bursts = (0..<2000).map { _ in random.uniform() < 0.05 ? 10.0 : 0 }
    var rule = CountRule(counts: bursts, exposures: flat(2000, 1), weight: 1)
    let phi = rule.phi
    rule.update(events: 0, exposure: 3)
    #expect(abs(rule.phi - (1 + 3 * (phi - 1))) < 1e-9)
    rule.update(events: 0, exposure: 1)
    #expect(abs(rule.phi - (1 + 2 * (phi - 1))) < 1e-9)
    for _ in 0..<20 { rule.update(events: 0, exposure: 0.1) }
    #expect(rule.phi == phi)
    let share = Baseline(
      events: poisson(3, 400), exposures: flat(400, 10), isProportion: true)
    #expect(share.phi < 1)
    #expect(Baseline.grown(share.phi, by: 5) == share.phi)
  }

  @Test("an incident inside the baseline raises the dispersion and is pointed at")
  func incident() throws {
    var counts = poisson(1, 1000)
    counts.replaceSubrange(600..<612, with: flat(12, 40))
    let baseline = Baseline(events: counts, exposures: flat(1000, 1))
    #expect(baseline.phi > 50)
    #expect(try #require(baseline.burst).overlaps(600..<612))
    #expect(Baseline(events: poisson(1, 1000), exposures: flat(1000, 1)).burst == nil)
  }

  @Test("independent rare errors make an error-free service healthy seven times sooner")
  func independentErrors() {
    func requests(independent: Bool) -> Double {
      var rule = CountRule(
        counts: flat(640, 0), exposures: flat(640, 10), weight: 0.1, rHealthy: 1.5, floor: 0.005,
        floorPhiIndependent: independent)
      while !rule.healthy, rule.looks < 2000 { rule.update(events: 0, exposure: 10) }
      return rule.candidateExposure
    }
    // Section 12: 994 and 7,120 requests, here in windows of ten.
    #expect(requests(independent: true) == 1000)
    #expect(requests(independent: false) == 7120)
  }

  @Test("a proportion uses the variance of a share, which finds a rise sooner than Poisson would")
  func proportion() {
    let counts = flat(400, 40)
    let share = Baseline(events: counts, exposures: flat(400, 100), isProportion: true)
    let count = Baseline(events: counts, exposures: flat(400, 100))
    #expect(share.phi < 0.65 && share.phi > 0.6)
    #expect(count.phi == 1)
    var asShare = CountRule(baseline: share, weight: 0.1, r0: 1)
    var asCount = CountRule(baseline: count, weight: 0.1, r0: 1)
    for _ in 0..<5 {
      asShare.update(events: 50, exposure: 100)
      asCount.update(events: 50, exposure: 100)
    }
    #expect(asShare.logE > asCount.logE)
  }

  @Test("the forecast is what the watch then needs")
  func forecast() {
    var rule = CountRule(
      counts: flat(400, 10), exposures: flat(400, 1), weight: 0.1, r0: 1)
    let needed = rule.exposureToAlarm(ratio: 1.5)
    let healthy = rule.exposureToHealthy()
    while !rule.alarmed, rule.looks < 400 { rule.update(events: 15, exposure: 1) }
    // The start weight costs log(1/0.7) nats more than the single start of the forecast.
    #expect(abs(rule.candidateExposure - needed) <= 0.2 * needed + 1)
    var good = CountRule(counts: flat(400, 10), exposures: flat(400, 1), weight: 0.1)
    while !good.healthy, good.looks < 400 { good.update(events: 10, exposure: 1) }
    #expect(abs(good.candidateExposure - healthy) <= 1)
  }
}
