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
  private let logWeights: InlineArray<9, Double>
  private let count: Int

  private init<let n: Int>(_ ratios: InlineArray<n, Double>, _ weights: InlineArray<n, Double>) {
    self.ratios = InlineArray { $0 < n ? ratios[$0] : 1 }
    self.logWeights = InlineArray { $0 < n ? log(weights[$0]) : -.infinity }
    self.count = n
  }

  private static let up = RatioMixture(Parameters.upRatios, Parameters.upWeights)
  private static let down = RatioMixture(Parameters.downRatios, Parameters.downWeights)

  /// Number of ratios of the mixture for a rise.
  package static let upCount = Parameters.upRatios.count

  private func logE(_ sample: TwoSample, phi: Double, terms: Range<Int>) -> Double {
    var sum = LogSum()
    for k in terms {
      sum.add(logWeights[k] + EValue.logM(sample, ratio: ratios[k], phi: phi))
    }
    return sum.value
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
