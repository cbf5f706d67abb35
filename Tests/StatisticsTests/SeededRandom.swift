import Foundation

/// SplitMix64 with the distributions the simulations need; the same seed gives the same numbers.
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Uniform in (0, 1).
  mutating func uniform() -> Double { (Double(next() >> 11) + 0.5) / 9_007_199_254_740_992 }

  /// Uniform on the logarithm.
  mutating func scale(_ low: Double, _ high: Double) -> Double {
    low * pow(high / low, uniform())
  }

  mutating func whole(_ range: ClosedRange<Int>) -> Double {
    Double(Int.random(in: range, using: &self))
  }

  mutating func pick<T>(_ choices: [T]) -> T {
    choices[Int.random(in: 0..<choices.count, using: &self)]
  }

  private mutating func normal() -> Double {
    (-2 * log(uniform())).squareRoot() * cos(2 * .pi * uniform())
  }

  /// Poisson, by counting exponential gaps; in parts so that the product cannot underflow.
  mutating func poisson(_ mean: Double) -> Double {
    var left = mean
    var count = 0.0
    while left > 0 {
      let limit = exp(-min(left, 50))
      left -= 50
      var product = uniform()
      while product > limit {
        count += 1
        product *= uniform()
      }
    }
    return count
  }

  /// Gamma with scale 1 (Marsaglia and Tsang 2000).
  mutating func gamma(shape: Double) -> Double {
    if shape < 1 { return gamma(shape: shape + 1) * pow(uniform(), 1 / shape) }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let v = pow(1 + c * x, 3)
      if v > 0, log(uniform()) < 0.5 * x * x + d - d * v + d * log(v) { return d * v }
    }
  }

  /// Negative binomial of dispersion `phi`; Poisson for phi = 1.
  mutating func negativeBinomial(_ mean: Double, phi: Double) -> Double {
    phi > 1 ? poisson(gamma(shape: mean / (phi - 1)) * (phi - 1)) : poisson(mean)
  }
}
