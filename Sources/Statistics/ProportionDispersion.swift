/// The dispersion of a proportion: k of n trials, each counted at most once.
package enum ProportionDispersion {
  /// `phiEstimated` when windows show more than binomial variance; else the binomial's own,
  /// 1 - max(0, p - 2 sqrt(p (1-p) / n)) with p = k/n taken two standard errors low.
  ///
  /// At phi = 1 - p the e-value of `EValue` is exact for binomial counts. Never below 1e-6: when
  /// every trial was an event the formula gives 0, and one miss would be infinite evidence.
  package static func phi(events k: Double, trials n: Double, phiEstimated: Double) -> Double {
    if phiEstimated > 1 || !(n > 0) { return max(1, phiEstimated) }
    let p = min(1, max(0, k / n))
    let low = p - 2 * (p * (1 - p) / n).squareRoot()
    return max(Limits.proportionPhiMinimum, 1 - max(0, low))
  }
}
