/// What further exposure would bring if the ratio stayed as it is.
package enum Forecast {
  /// The log e-value expected after `further` more exposure at `ratio`:
  /// log E(X + ratio lambda dU, U + dU) with lambda = (B + 1/2)/E. 0 without a baseline.
  package static func expectedLogE(
    _ sample: TwoSample, ratio: Double, further: Double, r0: Double, phi: Double,
    direction: RatioMixture.Direction = .up
  ) -> Double {
    guard sample.baselineExposure > 0 else { return 0 }
    let rate = (sample.baselineEvents + 0.5) / sample.baselineExposure
    var later = sample
    later.candidateEvents += ratio * rate * further
    later.candidateExposure += further
    return RatioMixture.logE(later, direction: direction, r0: r0, phi: phi)
  }

  /// Further exposure after which the evidence would reach `target` nats if the ratio stayed
  /// `ratio`; infinite when that takes more than 10,000 baselines ("cannot be decided with this
  /// baseline"). Doubling, then bisection: about 150 mixtures.
  package static func neededExposure(
    _ sample: TwoSample, target: Double, ratio: Double, r0: Double = 1, phi: Double = 1,
    direction: RatioMixture.Direction = .up
  ) -> Double {
    let exposure = sample.baselineExposure
    guard exposure > 0, exposure.isFinite else { return .infinity }
    func reaches(_ further: Double) -> Bool {
      expectedLogE(
        sample, ratio: ratio, further: further, r0: r0, phi: phi, direction: direction) >= target
    }
    if sample.candidateExposure > 0, reaches(0) { return 0 }
    var high = 1e-6 * exposure
    while !reaches(high) {
      high *= 2
      if high > Parameters.forecastExposureFactor * exposure { return .infinity }
    }
    var low = 0.0
    for _ in 0..<Limits.forecastBisectionSteps {
      let middle = 0.5 * (low + high)
      if reaches(middle) {
        high = middle
      } else {
        low = middle
      }
    }
    return high
  }
}
