/// A seeded random source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators"
/// (OOPSLA 2014), the 64-bit variant with its published constants.
///
/// Everything drawn from it is made with additions, multiplications and divisions only, never with
/// the C library's `log` or `exp`: those differ in their last bit between machines, and a log made
/// from the same options must be the same bytes everywhere.
package struct SplitMix64: Sendable {
  private var state: UInt64

  /// A source that always gives the same numbers for the same seed.
  package init(seed: UInt64) {
    state = seed
  }

  /// The next 64 random bits.
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// A number from 0 up to, not including, 1.
  mutating func unit() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// A whole number of the range, every one equally likely (up to a bias below 2⁻⁴⁰).
  mutating func integer(in range: Range<Int>) -> Int {
    let (high, _) = next().multipliedFullWidth(by: UInt64(range.count))
    return range.lowerBound + Int(high)
  }

  /// True with this probability.
  mutating func chance(_ probability: Double) -> Bool {
    unit() < probability
  }

  /// The waiting time of a Poisson process with this mean, in the mean's unit.
  mutating func waiting(mean: Double) -> Double {
    -naturalLogarithm(1 - unit()) * mean
  }

  /// A factor around 1, half of the time below it, with the long upper tail of response times.
  mutating func spread() -> Double {
    let share = unit()
    var low = spreadQuantiles[0]
    for high in spreadQuantiles.dropFirst() {
      if share < high.share {
        let part = (share - low.share) / (high.share - low.share)
        return low.factor + part * (high.factor - low.factor)
      }
      low = high
    }
    return low.factor
  }

  /// The place of a weight, each as likely as its part of the sum.
  mutating func pick(weights: [Int]) -> Int {
    var rest = integer(in: 0..<weights.reduce(0, +))
    for (place, weight) in weights.enumerated() {
      if rest < weight { return place }
      rest -= weight
    }
    return weights.count - 1
  }
}

/// Quantiles of a log-normal distribution with median 1 and sigma 0.7, joined by straight lines.
private let spreadQuantiles: [(share: Double, factor: Double)] = [
  (0, 0.2), (0.05, 0.316), (0.1, 0.408), (0.2, 0.555), (0.3, 0.693), (0.4, 0.837), (0.5, 1),
  (0.6, 1.194), (0.7, 1.443), (0.8, 1.802), (0.9, 2.452), (0.95, 3.163), (0.99, 5.096),
  (0.999, 8.7), (1, 14),
]

/// The natural logarithm of a number in (0, 1], to about twelve digits, by the series of artanh.
func naturalLogarithm(_ value: Double) -> Double {
  let ratio = (value.significand - 1) / (value.significand + 1)
  let square = ratio * ratio
  var term = ratio
  var sum = ratio
  for odd in stride(from: 3.0, through: 25.0, by: 2.0) {
    term *= square
    sum += term / odd
  }
  return Double(value.exponent) * 0.693_147_180_559_945_3 + 2 * sum
}
