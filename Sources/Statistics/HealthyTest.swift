#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Evidence that a signal is healthy, by either of two routes.
///
/// - ratio: E_dn at r0 = r_healthy against the baseline;
/// - floor: the candidate's rate is below a practical floor whatever the baseline was.
///
/// What is rejected is "ratio >= r_healthy and rate >= floor", so either route may reject it, and
/// the mean of the two e-values is one (Wang and Ramdas 2022). Healthy at log E >= log(1/beta).
package enum HealthyTest {
  /// Evidence that the rate is below `floorRate` events per unit of exposure.
  ///
  /// One-sample, the exact tilt of `EValue` with the weights of the down mixture:
  /// log E = LSE_k [ log pi_k + X S(rho_k) - g U L(rho_k) ], phi at least 1. 0 without exposure or
  /// without a positive floor.
  package static func floor(
    events: Double, exposure: Double, floorRate: Double, phi: Double
  ) -> Double {
    guard exposure > 0, floorRate > 0 else { return 0 }
    let c = max(phi, 1) - 1
    let isPoisson = c < Limits.poissonExcess
    let expected = floorRate * exposure
    var sum = LogSum()
    for k in Parameters.downRatios.indices {
      let change = Parameters.downRatios[k] - 1
      // The tilt and the cumulant share their logarithm.
      let shared = isPoisson ? 0 : EValue.logOnePlus(c * change / (1 + c))
      let cumulant = isPoisson ? change : shared / c
      let term = events * (RatioMixture.downLogRatio(k) - shared) - expected * cumulant
      if term.isFinite { sum.add(RatioMixture.downLogWeight(k) + term) }
    }
    // Input too large for every term: no evidence.
    return sum.value.isFinite ? sum.value : 0
  }

  /// The average of both routes; the ratio route alone when there is no floor. Without a baseline
  /// the ratio route is exactly 1 and the floor decides.
  package static func logE(
    _ sample: TwoSample, floorRate: Double?, phi: Double, phiFloor: Double,
    rHealthy: Double = Parameters.healthyRatio
  ) -> Double {
    logE(
      ratioRoute: RatioMixture.logEDown(sample, r0: rHealthy, phi: phi), sample,
      floorRate: floorRate, phiFloor: phiFloor)
  }

  /// The same when the evidence of the ratio route is known.
  static func logE(
    ratioRoute ratio: Double, _ sample: TwoSample, floorRate: Double?, phiFloor: Double
  ) -> Double {
    guard let floorRate else { return ratio }
    var sum = LogSum()
    sum.add(ratio)
    sum.add(
      floor(
        events: sample.candidateEvents, exposure: sample.candidateExposure, floorRate: floorRate,
        phi: phiFloor))
    return sum.value - log(2)
  }
}
