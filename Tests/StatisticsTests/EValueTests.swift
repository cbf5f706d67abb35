import Foundation
import Statistics
import Testing

@Suite("The two-sample e-value")
struct EValueTests {
  @Test("the root is a root, for every dispersion and the most unequal exposures")
  func root() {
    var random = SeededRandom(11)
    var atTheEnd = 0
    for _ in 0..<20_000 {
      let e = random.scale(1e-3, 1e9)
      let u = e * random.scale(1e-9, 1e9)
      let c = random.pick([random.scale(1e-6, 1e4), -random.scale(1e-6, 0.9)])
      let ratio = c < 0 ? random.scale(1e-3, 1) : random.scale(1e-3, 1e3)
      let q = EValue.root(baselineExposure: e, candidateExposure: u, ratio: ratio, excess: c)
      let before = e * EValue.cumulant(q, excess: c)
      let after = u * EValue.cumulant(ratio * q, excess: c)
      let slope = e / (1 + c * q) + u * ratio / (1 + c * ratio * q)
      // The distance to the root, by the slope: what rounding of the value itself allows.
      let rounding = 1e-13 * (abs(before) + abs(after) + e + u) + 4 * q.ulp * slope
      #expect(q > 0 && q.isFinite)
      let isRoot = abs(before + after) <= 1e-9 * q * slope + rounding
      // A root within a millionth of the largest possible share is not resolved further: E[M] < 1 there.
      let isAtTheEnd = c < 0 && -c * q > 0.999999 && before + after < 0
      if isAtTheEnd { atTheEnd += 1 }
      #expect(isRoot || isAtTheEnd, "\(e) \(u) \(ratio) \(c) \(q)")
    }
    #expect(atTheEnd < 2000)
  }

  @Test("the dispersion 1 is the limit from both sides", arguments: [1e-7, -1e-7])
  func continuity(c: Double) {
    let sample = TwoSample(
      candidateEvents: 30, candidateExposure: 60, baselineEvents: 60, baselineExposure: 360)
    for ratio in [0.01, 0.5, 2, 30] {
      let limit = EValue.logM(sample, ratio: ratio, phi: 1)
      #expect(abs(EValue.logM(sample, ratio: ratio, phi: 1 + c) - limit) < 1e-4)
    }
  }

  @Test("Poisson evidence is the conditional binomial likelihood ratio")
  func binomial() {
    var random = SeededRandom(12)
    for _ in 0..<500 {
      let e = random.scale(1, 1e4)
      let u = random.scale(1, 1e4)
      let b = random.whole(0...1000)
      let x = random.whole(0...1000)
      let ratio = random.scale(0.01, 100)
      let share = ratio * u / (e + ratio * u)
      let null = u / (e + u)
      let expected = x * log(share / null) + b * log((1 - share) / (1 - null))
      let sample = TwoSample(
        candidateEvents: x, candidateExposure: u, baselineEvents: b, baselineExposure: e)
      #expect(
        Results.agree(EValue.logM(sample, ratio: ratio, phi: 1), expected, relative: 1e-8)
          || abs(expected) < 1e-6)
    }
  }

  @Test("evidence grows with the events and falls with the dispersion")
  func monotone() {
    var last = -Double.infinity
    for x in stride(from: 0.0, through: 200, by: 1) {
      let sample = TwoSample(
        candidateEvents: x, candidateExposure: 60, baselineEvents: 60, baselineExposure: 360)
      let logE = RatioMixture.logEUp(sample, phi: 3)
      #expect(logE > last)
      last = logE
    }
    let risen = TwoSample(
      candidateEvents: 100, candidateExposure: 60, baselineEvents: 60, baselineExposure: 360)
    var previous = Double.infinity
    for phi in [0.5, 0.9, 1, 1.5, 3, 10, 100, 1e4] {
      let logE = EValue.logM(risen, ratio: 2, phi: phi)
      #expect(logE < previous)
      previous = logE
    }
  }

  @Test("odds are cut at a million")
  func odds() {
    #expect(EValue.odds(logE: 0) == 1)
    #expect(abs(EValue.odds(logE: log(5000)) - 5000) < 1e-6)
    #expect(EValue.odds(logE: 700) == 1e6)
    #expect(EValue.odds(logE: .infinity) == 1e6)
  }

  @Test("the ratios near the observed one are three, or two at an end")
  func terms() {
    #expect(RatioMixture.termsNear(events: 0, expected: 10) == 0..<2)
    #expect(RatioMixture.termsNear(events: 20, expected: 10) == 1..<4)
    #expect(RatioMixture.termsNear(events: 1e9, expected: 10) == 7..<9)
    #expect(RatioMixture.termsNear(events: 5, expected: 0) == 7..<9)
  }
}
