#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Evidence for a rise or a fall of unknown size: the e-values of a few ratios, averaged.
///
///     log E_up(X,U) = LSE_k [ log pi_k + logM(X, r0 U | B + h, E; rho_k, phi) ]
///     log E_dn(X,U) = LSE_k [ log pi_k + logM(X + h, r0 U | B, E; rho_k, phi) ]
///     h = max(phi, 1) / 2
///
/// An average of e-values is one (Wang and Ramdas 2022, arXiv 2009.02824). The half pseudo
/// cluster `h` sits on the side where it can only weaken the claim; it makes B = 0 harmless.
package struct RatioMixture: Sendable {
  /// Which way a signal is judged.
  package enum Direction: Sendable { case up, down }

  /// Nine slots, the unused ones at the end.
  private let ratios: InlineArray<9, Double>
  private let logRatios: InlineArray<9, Double>
  private let logWeights: InlineArray<9, Double>
  private let count: Int

  private init<let n: Int>(_ ratios: InlineArray<n, Double>, _ weights: InlineArray<n, Double>) {
    self.ratios = InlineArray { $0 < n ? ratios[$0] : 1 }
    self.logRatios = InlineArray { $0 < n ? log(ratios[$0]) : 0 }
    self.logWeights = InlineArray { $0 < n ? log(weights[$0]) : -.infinity }
    self.count = n
  }

  private static let up = RatioMixture(Parameters.upRatios, Parameters.upWeights)
  private static let down = RatioMixture(Parameters.downRatios, Parameters.downWeights)

  /// Logarithms of the ratios and weights of the mixture for a fall.
  static func downLogRatio(_ k: Int) -> Double { down.logRatios[k] }
  static func downLogWeight(_ k: Int) -> Double { down.logWeights[k] }

  /// Number of ratios of the mixture for a rise.
  package static let upCount = Parameters.upRatios.count

  private func logE(_ sample: TwoSample, phi: Double, terms: Range<Int>) -> Double {
    var sum = LogSum()
    for k in terms {
      sum.add(logWeights[k] + EValue.logM(sample, ratio: ratios[k], phi: phi))
    }
    return sum.value
  }

  /// Adds the terms at a look that follows another one, whose roots are in `roots` by ratio.
  private func add(
    to sum: inout LogSum, logWeight: Double, _ sample: TwoSample, phi: Double, terms: Range<Int>,
    roots: inout MutableSpan<FollowedRoot>, from first: Int
  ) {
    for k in terms {
      sum.add(
        logWeight + logWeights[k] + roots[first + k].logM(sample, ratio: ratios[k], phi: phi))
    }
  }

  /// The same for independent events, whose root is a quotient: one logarithm a ratio.
  private func addIndependent(
    to sum: inout LogSum, logWeight: Double, _ sample: TwoSample, terms: Range<Int>
  ) {
    let exposure = sample.baselineExposure + sample.candidateExposure
    let events = sample.baselineEvents + sample.candidateEvents
    for k in terms {
      let q = exposure / (sample.baselineExposure + ratios[k] * sample.candidateExposure)
      let logM = sample.candidateEvents * logRatios[k] + events * log(q)
      sum.add(logWeight + logWeights[k] + (logM.isFinite ? logM : 0))
    }
  }

  /// Ratios of a direction, and with it roots of a start.
  static func count(_ direction: Direction) -> Int {
    direction == .up ? up.count : down.count
  }

  /// Adds the evidence of a start of weight exp(`logWeight`), by `terms` of the ratios, with the roots
  /// of the look before from `first` on.
  static func add(
    to sum: inout LogSum, logWeight: Double, _ sample: TwoSample, direction: Direction, r0: Double,
    phi: Double, terms: Range<Int>, roots: inout MutableSpan<FollowedRoot>, from first: Int
  ) {
    guard sample.isInformative else {
      sum.add(logWeight)
      return
    }
    let mixture = direction == .up ? up : down
    var shifted = sample
    shifted.candidateExposure *= r0
    let cluster = 0.5 * max(phi, 1)
    if direction == .up {
      shifted.baselineEvents += cluster
    } else {
      shifted.candidateEvents += cluster
    }
    if abs(phi - 1) < Limits.poissonExcess {
      mixture.addIndependent(to: &sum, logWeight: logWeight, shifted, terms: terms)
    } else {
      mixture.add(
        to: &sum, logWeight: logWeight, shifted, phi: phi, terms: terms, roots: &roots, from: first)
    }
  }

  /// Evidence that candidate / baseline exceeds `r0`; 0 without exposure on one side.
  ///
  /// `terms` picks a part of the ratios, weights unchanged: dropping terms can only lower E.
  package static func logEUp(
    _ sample: TwoSample, r0: Double = 1, phi: Double = 1, terms: Range<Int> = 0..<upCount
  ) -> Double {
    guard sample.isInformative else { return 0 }
    var shifted = sample
    shifted.candidateExposure *= r0
    shifted.baselineEvents += 0.5 * max(phi, 1)
    return up.logE(shifted, phi: phi, terms: terms.clamped(to: 0..<upCount))
  }

  /// Evidence that candidate / baseline is below `r0` (drop, silence, recovery, healthy).
  package static func logEDown(_ sample: TwoSample, r0: Double = 1, phi: Double = 1) -> Double {
    guard sample.isInformative else { return 0 }
    var shifted = sample
    shifted.candidateExposure *= r0
    shifted.candidateEvents += 0.5 * max(phi, 1)
    return down.logE(shifted, phi: phi, terms: 0..<down.count)
  }

  /// Evidence in either direction.
  package static func logE(
    _ sample: TwoSample, direction: Direction, r0: Double, phi: Double
  ) -> Double {
    switch direction {
    case .up: logEUp(sample, r0: r0, phi: phi)
    case .down: logEDown(sample, r0: r0, phi: phi)
    }
  }

  /// The three ratios around the observed one, two at the ends of the list.
  ///
  /// `expected` is the number of events that nothing but the margin would give. With k the largest
  /// index whose ratio times `expected` is at most `events` (0 if none): k - 1, k, k + 1.
  package static func termsNear(events: Double, expected: Double) -> Range<Int> {
    var k = 0
    while k < upCount - 1, up.ratios[k + 1] * expected <= events { k += 1 }
    return max(0, k - 1)..<min(upCount, k + 2)
  }
}
