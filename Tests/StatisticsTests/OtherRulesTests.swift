import Foundation
import Statistics
import Testing

@Suite("Rules of other kinds")
struct OtherRulesTests {
  private func poisson(_ mean: Double, _ count: Int, seed: UInt64) -> [Double] {
    var random = SeededRandom(seed)
    return (0..<count).map { _ in random.poisson(mean) }
  }

  private func flat(_ count: Int, _ value: Double) -> [Double] {
    Array(repeating: value, count: count)
  }

  @Test("silence alarms, an unchanged series does not")
  func silence() {
    let baseline = Baseline(events: poisson(5, 720, seed: 61), exposures: flat(720, 10))
    var silent = DropRule(baseline: baseline, weight: 0.1)
    var normal = DropRule(baseline: baseline, weight: 0.1)
    for x in poisson(5, 60, seed: 62) {
      silent.update(events: 0, exposure: 10)
      normal.update(events: x, exposure: 10)
    }
    #expect(silent.alarmed)
    #expect(!normal.alarmed && normal.logE < 0)
    #expect(silent.sample.candidateExposure == 600)
  }

  @Test("a drop is judged against the counterpart of the margin of counts per time")
  func dropMargin() {
    let baseline = Baseline(events: poisson(5, 720, seed: 69), exposures: flat(720, 10))
    var drop = DropRule(baseline: baseline, weight: 0.1)
    var channel = Channel(
      baselineEvents: baseline.events, baselineExposure: baseline.exposure, phi: baseline.phi,
      r0: 0.8, direction: .down, looks: 360, starts: 60)
    #expect(baseline.phi == 1)
    for x in poisson(3, 30, seed: 70) where !drop.alarmed {
      drop.update(events: x, exposure: 10)
      #expect(drop.logE == channel.update(events: x, exposure: 10))
    }
    #expect(channel.looks > 5)
  }

  @Test("a fault that ends is recovered, one that stays is not")
  func recovery() {
    let baseline = Baseline(events: poisson(16, 720, seed: 63), exposures: flat(720, 10))
    var ended = Recovery(baseline: baseline)
    var stays = Recovery(baseline: baseline)
    for x in poisson(16, 20, seed: 64) {
      ended.update(events: 3 * x, exposure: 10)
      stays.update(events: 3 * x, exposure: 10)
    }
    #expect(!ended.recovered)
    for x in poisson(16, 100, seed: 65) {
      ended.update(events: x, exposure: 10)
      stays.update(events: 3 * x, exposure: 10)
    }
    #expect(ended.recovered && ended.logE >= log(20))
    #expect(!stays.recovered && stays.logE < 0)
    #expect(ended.neededExposure() > 0 && ended.neededExposure() < 1000)
    #expect(ended.neededExposure(ratio: 2) == .infinity)
  }

  @Test("a recovery is a channel downwards: half the weight on its start, half on one a minute")
  func recoveryChannel() {
    let baseline = Baseline(events: poisson(4, 720, seed: 67), exposures: flat(720, 10))
    var recovery = Recovery(baseline: baseline, looks: 60)
    var channel = Channel(
      baselineEvents: baseline.events, baselineExposure: baseline.exposure, phi: baseline.phi,
      r0: 1.25, direction: .down, stride: 6, laterStarts: 9, firstWeight: 0.5)
    for x in poisson(4, 60, seed: 68) where !recovery.recovered {
      recovery.update(events: x, exposure: 10)
      #expect(recovery.logE == channel.update(events: x, exposure: 10))
    }
    #expect(recovery.looks > 12)
  }

  @Test("a burst of a new kind is one occurrence, a second one later is evidence")
  func newKind() {
    var kind = NewKind(exposureBefore: 8670, slot: 1)
    for window in 0..<30 { kind.update(events: window < 12 ? 4 : 0, exposure: 1) }
    let inBurst = kind.logE
    #expect(!kind.alarmed && inBurst < 1)
    kind.update(events: 1, exposure: 1)
    #expect(kind.logE > inBurst + 1)
    #expect(kind.events == 49)
  }

  @Test("slower requests regress, unchanged ones are healthy only when all three shares are")
  func latency() throws {
    let buckets = 12
    let law = [400.0, 600, 500, 240, 120, 60, 40, 20, 12, 4, 3, 1]
    let edges = try #require(LatencyEdges(histogram: law))
    #expect(edges == LatencyEdges(histogram: law.map { $0 * 1000 }))
    #expect((edges.median, edges.tail, edges.extreme) == (1, 5, 7))
    #expect(LatencyEdges(histogram: flat(buckets, 0)) == nil)
    var random = SeededRandom(66)
    func histogram(shift: Int) -> [Double] {
      var shifted = flat(buckets, 0)
      for (k, mean) in law.enumerated() {
        shifted[min(buckets - 1, k + shift)] += random.poisson(mean / 20)
      }
      return shifted
    }
    let base = (0..<720).map { _ in histogram(shift: 0) }
    let requests = base.map { $0.reduce(0, +) }
    func share(_ pick: ([Double]) -> Double) -> Baseline {
      Baseline(events: base.map(pick), exposures: requests, isProportion: true)
    }
    var worse = LatencyRule(
      median: share { edges.slower(in: $0).median }, tail: share { edges.slower(in: $0).tail },
      extreme: share { edges.slower(in: $0).extreme }, weight: 0.1)
    var same = worse
    for _ in 0..<150 {
      let slow = histogram(shift: 1)
      worse.update(slower: edges.slower(in: slow), requests: slow.reduce(0, +))
      let normal = histogram(shift: 0)
      same.update(slower: edges.slower(in: normal), requests: normal.reduce(0, +))
      let mean = [same.median, same.tail, same.extreme].reduce(0) { $0 + exp($1.logE) } / 3
      #expect(abs(same.logE - log(mean)) < 1e-12)
    }
    #expect(worse.verdict == .regressed)
    #expect(same.verdict == .healthy)
    #expect(same.median.healthy && same.tail.healthy && same.extreme.healthy)
    #expect(!worse.median.alarmed, "a share has no alarm of its own")
  }

  @Test("a daily profile is shrunk by a hundred events and averages one")
  func profile() {
    let profile = DayProfile(eventsNear: [0, 100, 200])
    #expect(profile.exposure(window: 0) == 0.5)
    #expect(profile.exposure(window: 1) == 1)
    #expect(profile.exposure(window: 2) == 1.5)
    #expect(profile.exposure(window: 3) == 1)
    #expect(DayProfile(eventsNear: []).exposure(window: 0) == 1)
  }

  @Test("dead time in windows", arguments: [(30.0, 10.0, 2), (30, 60, 0), (25, 10, 2), (0, 10, 0)])
  func deadWindows(dead: Double, window: Double, windows: Int) {
    #expect(Episodes.deadWindows(deadTimeSeconds: dead, windowSeconds: window) == windows)
  }
}
