#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The exact two-sided 95 % interval of a probability that showed itself `count` times in `trials`
/// (Clopper and Pearson 1934).
struct ExactInterval {
  let low: Double
  let high: Double

  init(count: Int, of trials: Int, error: Double = 0.05) {
    precondition(0...max(0, trials) ~= count, "a count lies between 0 and its trials")
    guard trials > 0 else {
      low = 0
      high = 1
      return
    }
    let k = Double(count)
    let n = Double(trials)
    low = count == 0 ? 0 : Self.quantile(error / 2, k, n - k + 1)
    high = count == trials ? 1 : Self.quantile(1 - error / 2, k + 1, n - k)
  }

  /// Quantile of the beta distribution, by bisection.
  private static func quantile(_ probability: Double, _ a: Double, _ b: Double) -> Double {
    var low = 0.0
    var high = 1.0
    for _ in 0..<200 where high - low > 1e-15 * high {
      let middle = 0.5 * (low + high)
      if distribution(middle, a, b) < probability { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }

  /// The regularised incomplete beta function I_x(a, b).
  static func distribution(_ x: Double, _ a: Double, _ b: Double) -> Double {
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    let front = exp(
      logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2) { return front * fraction(x, a, b) / a }
    return 1 - front * fraction(1 - x, b, a) / b
  }

  /// Lentz's evaluation of the continued fraction.
  private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let tiny = 1e-300
    func away(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
    var c = 1.0
    var d = 1 / away(1 - (a + b) * x / (a + 1))
    var result = d
    for step in 1...10_000 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / away(1 + even * d)
      c = away(1 + even / c)
      result *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / away(1 + odd * d)
      c = away(1 + odd / c)
      let change = d * c
      result *= change
      if abs(change - 1) < 1e-15 { break }
    }
    return result
  }

  /// log Gamma: Stirling's series after a shift to large arguments.
  private static func logGamma(_ x: Double) -> Double {
    var shifted = x
    var product = 1.0
    while shifted < 15 {
      product *= shifted
      shifted += 1
    }
    let square = 1 / (shifted * shifted)
    return (shifted - 0.5) * log(shifted) - shifted + 0.918_938_533_204_672_8
      + (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680))) / shifted
      - log(product)
  }
}
