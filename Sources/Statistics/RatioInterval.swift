#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The ratio candidate / baseline and an interval for it that is valid at every look.
///
/// The interval holds every r0 that neither direction rejects at half the error:
/// log E_up(r0) < log(2/a) and log E_dn(r0) < log(2/a), single start. A confidence sequence by
/// inverting e-processes: Howard, Ramdas, McAuliffe and Sekhon; Lindon et al. 2022 (2205.14762).
package struct RatioInterval: Sendable, Equatable {
  /// Lower end; 0 when nothing can be said.
  package let low: Double
  /// Upper end; infinite ("none") when nothing can be said, as with B = 0.
  package let high: Double

  /// The interval at error `alpha`; (0, infinity) without exposure on one side. About 100
  /// mixtures of root solves: for reports, not for every look.
  package init(_ sample: TwoSample, phi: Double, alpha: Double = Parameters.intervalAlpha) {
    precondition(alpha > 0 && alpha < 1, "the error of an interval must be in (0, 1)")
    guard sample.isInformative else {
      low = 0
      high = .infinity
      return
    }
    let threshold = log(2 / alpha)
    let above = { (r0: Double) in
      RatioMixture.logEUp(sample, r0: r0, phi: phi) >= threshold
    }
    let below = { (r0: Double) in
      RatioMixture.logEDown(sample, r0: r0, phi: phi) >= threshold
    }
    low =
      above(Limits.ratioSmallest)
      ? Self.boundary(whereLowSide: true, above).low : 0
    high =
      below(Limits.ratioLargest)
      ? Self.boundary(whereLowSide: false, below).high : .infinity
  }

  /// The ratio itself, ((X + 1/2)/U) / ((B + 1/2)/E): never 0 and never infinite. Nil without
  /// exposure on one side.
  package static func point(_ sample: TwoSample) -> Double? {
    guard sample.isInformative else { return nil }
    let candidate = (sample.candidateEvents + 0.5) / sample.candidateExposure
    let baseline = (sample.baselineEvents + 0.5) / sample.baselineExposure
    let point = candidate / baseline
    return point.isNaN ? nil : point
  }

  /// Bisection on the logarithm of r0; `test` is `whereLowSide` left of the boundary.
  private static func boundary(
    whereLowSide: Bool, _ test: (Double) -> Bool
  ) -> (low: Double, high: Double) {
    var low = Limits.ratioSmallest
    var high = Limits.ratioLargest
    for _ in 0..<Limits.ratioBisectionSteps {
      let middle = (low * high).squareRoot()
      if test(middle) == whereLowSide {
        low = middle
      } else {
        high = middle
      }
      if high / low < 1 + Limits.ratioBisectionWidth { break }
    }
    return (low, high)
  }
}
