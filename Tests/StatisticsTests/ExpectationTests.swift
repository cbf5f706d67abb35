import Foundation
import Statistics
import Testing

/// A law of counts with a given mean and dispersion.
enum Law {
  /// Natural logarithm of the probability of `x`.
  static func logProbability(_ x: Double, mean: Double, phi: Double) -> Double {
    if phi == 1 { return x * log(mean) - mean - lgamma(x + 1) }
    if phi > 1 {
      let shape = mean / (phi - 1)
      return lgamma(x + shape) - lgamma(shape) - lgamma(x + 1) - shape * log(phi)
        + x * log((phi - 1) / phi)
    }
    // Binomial: p = 1 - phi, mean = n p.
    let p = 1 - phi
    let n = (mean / p).rounded()
    guard x <= n else { return -.infinity }
    return lgamma(n + 1) - lgamma(x + 1) - lgamma(n - x + 1) + x * log(p) + (n - x) * log(phi)
  }

  /// Sum of probability times exp(value) over both counts.
  static func expectation(
    means: (Double, Double), phi: Double, upTo: Int, _ logValue: (Double, Double) -> Double
  ) -> Double {
    var sum = 0.0
    for b in 0...upTo {
      let before = logProbability(Double(b), mean: means.0, phi: phi)
      for x in 0...upTo {
        let after = logProbability(Double(x), mean: means.1, phi: phi)
        sum += exp(before + after + logValue(Double(b), Double(x)))
      }
    }
    return sum
  }
}

@Suite("Under the null an e-value has expectation one")
struct ExpectationTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let phi: Double
    let ratio: Double
    let exposures: (Double, Double)
    let rate: Double
    var testDescription: String { "phi \(phi), ratio \(ratio), \(exposures), rate \(rate)" }
  }

  static let cases: [Case] = [1.0, 1.3, 3, 0.8, 0.5].flatMap { phi in
    [0.3, 0.8, 1.25, 1.5].flatMap { ratio in
      // Exposures and rates that give whole numbers of binomial trials.
      [0.1, 0.5].map {
        Case(phi: phi, ratio: ratio, exposures: (40, 20), rate: $0 * (phi < 1 ? 1 : 0.7))
      }
    }
  }

  @Test("M by summing over all outcomes: 1, whatever the rate is", arguments: cases)
  func exact(_ one: Case) {
    let rate = one.phi < 1 ? (1 - one.phi) * 0.5 : one.rate
    let (e, u) = one.exposures
    // Beyond 150 events nothing is left of the laws above, tilted or not.
    let expectation = Law.expectation(
      means: (rate * e, rate * u), phi: one.phi, upTo: 400
    ) { b, x in
      // For a share the exposures are trials: half as many as the means above suggest.
      let scale = one.phi < 1 ? 0.5 : 1
      return EValue.logM(
        TwoSample(
          candidateEvents: x, candidateExposure: u * scale, baselineEvents: b,
          baselineExposure: e * scale),
        ratio: one.ratio, phi: one.phi)
    }
    #expect(abs(expectation - 1) < 1e-9)
  }

  @Test("the mixtures: at most 1 at their margin", arguments: [1.0, 1.5, 4])
  func mixtures(phi: Double) {
    for r0 in [1.0, 1.25] {
      let up = Law.expectation(means: (12, 4 * r0), phi: phi, upTo: 250) { b, x in
        RatioMixture.logEUp(
          TwoSample(
            candidateEvents: x, candidateExposure: 10, baselineEvents: b, baselineExposure: 30),
          r0: r0, phi: phi)
      }
      let down = Law.expectation(means: (12, 4 * r0), phi: phi, upTo: 250) { b, x in
        RatioMixture.logEDown(
          TwoSample(
            candidateEvents: x, candidateExposure: 10, baselineEvents: b, baselineExposure: 30),
          r0: r0, phi: phi)
      }
      #expect(up < 1 && up > 0.05)
      #expect(down < 1 && down > 0.05)
    }
  }

  @Test("the floor route: 1 at the floor, less above it", arguments: [1.0, 2, 20])
  func floor(phi: Double) {
    func expectation(rate: Double) -> Double {
      (0...2000).reduce(0) { sum, x in
        let x = Double(x)
        return sum
          + exp(
            Law.logProbability(x, mean: rate * 1000, phi: phi)
              + HealthyTest.floor(events: x, exposure: 1000, floorRate: 0.005, phi: phi))
      }
    }
    #expect(abs(expectation(rate: 0.005) - 1) < 1e-9)
    #expect(expectation(rate: 0.006) < 1)
  }

  @Test("M by simulation, the counts drawn and not summed", arguments: [1.0, 3])
  func simulated(phi: Double) {
    var random = SeededRandom(21)
    var sum = 0.0
    var squares = 0.0
    let rounds = 40_000
    for _ in 0..<rounds {
      let m = exp(
        EValue.logM(
          TwoSample(
            candidateEvents: random.negativeBinomial(4, phi: phi), candidateExposure: 4,
            baselineEvents: random.negativeBinomial(10, phi: phi), baselineExposure: 10),
          ratio: 1.5, phi: phi))
      sum += m
      squares += m * m
    }
    let n = Double(rounds)
    let mean = sum / n
    let error = ((squares / n - mean * mean) / n).squareRoot()
    #expect(error < 0.02)
    #expect(abs(mean - 1) < 5 * error)
  }
}
