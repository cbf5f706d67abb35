#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The two-sample e-value that everything else is built from.
///
/// With excess dispersion `c = phi - 1`,
///
///     L(z) = log1p(c (z-1)/(1+c)) / c             (c -> 0: z - 1)
///     S(z) = log z - log1p(c (z-1)/(1+c))         (c -> 0: log z)
///     q    = root of  E L(q) + U L(rho q) = 0     (c = 0: (E+U)/(E + rho U))
///     logM(X, U | B, E; rho, phi) = X S(rho q) + B S(q)
///
/// Tilting a negative-binomial increment of mean `lambda U` by `S(z)` multiplies its mean by `z`
/// and `E[exp(S(z) X)] = exp(lambda U L(z))`, so at the root the unknown rate `lambda` cancels:
/// `E[M] = 1` for every rate when nothing changed. `phi = 1` is Poisson, where `M` is the
/// conditional binomial likelihood ratio of `rho` against 1; `phi = 1 - p` is a binomial share.
///
/// Sources: Lindon and Malek 2022 (arXiv 2011.03567) for the Poisson and multinomial case;
/// Perez-Ortiz et al., E-statistics, group invariance and anytime-valid testing, for why removing
/// the nuisance rate keeps an e-value. The negative-binomial tilt was derived for this project.
package enum EValue {
  /// L(z): the cumulant at the tilt that multiplies the mean by `z`, per expected event.
  package static func cumulant(_ z: Double, excess c: Double) -> Double {
    if abs(c) < Limits.poissonExcess { return z - 1 }
    return logOnePlus(c * (z - 1) / (1 + c)) / c
  }

  /// S(z): the tilt itself, the evidence one event carries for "the mean is `z` times as large".
  package static func tilt(_ z: Double, excess c: Double) -> Double {
    if abs(c) < Limits.poissonExcess { return log(z) }
    return log(z) - logOnePlus(c * (z - 1) / (1 + c))
  }

  /// log(1 + x) as exact as `log1p`, at half its price: what rounding took from 1 + x is made up for
  /// to first order.
  static func logOnePlus(_ x: Double) -> Double {
    // Next to -1 and beyond every count the library knows better.
    guard x > -0.99, x < 1e15 else { return log1p(x) }
    let sum = 1 + x
    return log(sum) + (x - (sum - 1)) / sum
  }

  /// q: the root of `E L(q) + U L(rho q) = 0`, by Newton from the Poisson root.
  ///
  /// For c > 0 the function is concave and the start lies left of the root, for c < 0 convex and
  /// right of it: Newton is monotone and takes 3 to 6 steps.
  package static func root(
    baselineExposure: Double, candidateExposure: Double, ratio: Double, excess c: Double
  ) -> Double {
    let e = baselineExposure
    let u = candidateExposure
    var q = (e + u) / (e + ratio * u)
    if abs(c) < Limits.poissonExcess { return q }
    // A share cannot exceed one: for c < 0 both tilts stay inside z < -1/c.
    let end = c < 0 ? (-1 / c) / max(1, ratio) : .infinity
    if c < 0 { q = min(q, 0.999999 * end) }
    for _ in 0..<Limits.rootSteps {
      let value = e * cumulant(q, excess: c) + u * cumulant(ratio * q, excess: c)
      let slope = e / (1 + c * q) + u * ratio / (1 + c * ratio * q)
      var next = q - value / slope
      if next <= 0 { next = 0.5 * q }
      // The start was cut to the left of a root close to the end: halve the way to the end until
      // right of it. A root too close to tell from the end is left out of reach: E[M] < 1, safe.
      if next >= end {
        next = 0.5 * (q + end)
        if next >= end { return q }
      }
      // Near the end of shares 1 + c q is small, and the step must be small against that.
      if abs(next - q) <= Limits.rootStepRelative * min(q, end - next) { return next }
      q = next
    }
    return q
  }

  /// The log e-value of "candidate rate / baseline rate = `ratio`" against "equal".
  ///
  /// 0 (no evidence) without exposure on one side, and for input so large or so odd that the
  /// result would not be finite. Two to twelve logarithms; no allocation.
  package static func logM(_ sample: TwoSample, ratio: Double, phi: Double) -> Double {
    guard sample.isInformative else { return 0 }
    let c = phi - 1
    var ratio = ratio
    if c < 0, ratio >= -1 / c {
      // A share of p cannot grow 1/p-fold: test half way to the largest possible ratio.
      ratio = 0.5 * (1 - 1 / c)
    }
    let q = root(
      baselineExposure: sample.baselineExposure, candidateExposure: sample.candidateExposure,
      ratio: ratio, excess: c)
    let result =
      sample.candidateEvents * tilt(ratio * q, excess: c)
      + sample.baselineEvents * tilt(q, excess: c)
    return result.isFinite ? result : 0
  }

  /// The odds `N : 1 against chance` shown for evidence: the e-value, cut at a million.
  package static func odds(logE: Double) -> Double {
    logE < log(Parameters.oddsShownLimit) ? exp(logE) : Parameters.oddsShownLimit
  }
}
