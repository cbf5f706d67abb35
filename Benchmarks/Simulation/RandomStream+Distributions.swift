#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The distributions of the scenarios.
extension RandomStream {
  /// Standard normal (Marsaglia's polar method; the second number of a pair is thrown away).
  mutating func normal() -> Double {
    while true {
      let x = 2 * uniform() - 1
      let y = 2 * uniform() - 1
      let square = x * x + y * y
      if square < 1, square > 0 { return x * (-2 * log(square) / square).squareRoot() }
    }
  }

  /// Gamma of scale 1 (Marsaglia and Tsang 2000; below shape 1 by their power of a uniform).
  mutating func gamma(shape: Double) -> Double {
    precondition(shape > 0, "the shape of a gamma distribution is positive")
    if shape < 1 {
      // The logarithm first: for small shapes the power is often below the smallest number.
      return exp(log(gamma(shape: shape + 1)) + log(uniform()) / shape)
    }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let root = 1 + c * x
      guard root > 0 else { continue }
      let v = root * root * root
      let u = uniform()
      if u < 1 - 0.0331 * x * x * x * x { return d * v }
      if log(u) < 0.5 * x * x + d - d * v + d * log(v) { return d * v }
    }
  }

  /// Poisson: inversion for small means, Hörmann's transformed rejection (PTRS, 1993) from 10 on.
  mutating func poisson(_ mean: Double) -> Double {
    guard mean > 0 else { return 0 }
    return mean < 10 ? invertedPoisson(mean) : rejectedPoisson(mean)
  }

  private mutating func invertedPoisson(_ mean: Double) -> Double {
    var left = uniform()
    var term = exp(-mean)
    var count = 0.0
    while left > term {
      left -= term
      count += 1
      term *= mean / count
      // What rounding has left over lies far out in the tail.
      if term < 1e-300 { break }
    }
    return count
  }

  private mutating func rejectedPoisson(_ mean: Double) -> Double {
    let b = 0.931 + 2.53 * mean.squareRoot()
    let a = -0.059 + 0.02483 * b
    let inverseAlpha = 1.1239 + 1.1328 / (b - 3.4)
    let v0 = 0.9277 - 3.6224 / (b - 2)
    while true {
      let u = uniform() - 0.5
      let v = uniform()
      let us = 0.5 - abs(u)
      let k = ((2 * a / us + b) * u + mean + 0.43).rounded(.down)
      if us >= 0.07, v <= v0 { return k }
      if k < 0 || (us < 0.013 && v > us) { continue }
      let bound = -mean + k * log(mean) - logFactorial(k)
      if log(v * inverseAlpha / (a / (us * us) + b)) <= bound { return k }
    }
  }

  /// log k!: Stirling's series, exact to 1e-12 from 10 on, and a product below.
  private func logFactorial(_ k: Double) -> Double {
    if k < 10 {
      var product = 1.0
      for factor in stride(from: 2.0, through: k, by: 1) { product *= factor }
      return log(product)
    }
    let n = k + 1
    let square = 1 / (n * n)
    return (n - 0.5) * log(n) - n + 0.918_938_533_204_672_8
      + (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680))) / n
  }

  /// Negative binomial with variance `phi` times the mean: Poisson of a gamma.
  mutating func negativeBinomial(_ mean: Double, phi: Double) -> Double {
    guard mean > 0 else { return 0 }
    return phi > 1
      ? poisson(gamma(shape: mean / (phi - 1)) * (phi - 1)) : poisson(mean)
  }

  /// How many of `trials` succeed; by counting, for the few hundred trials of a window.
  mutating func binomial(_ trials: Int, _ share: Double) -> Double {
    var count = 0.0
    for _ in 0..<trials where uniform() < share { count += 1 }
    return count
  }
}
