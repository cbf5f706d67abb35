/// A mergeable histogram of positive numbers with exponential buckets, scale 3.
///
/// Bucket i counts the numbers in (2^(i/8), 2^((i+1)/8)], as OpenTelemetry's exponential histogram
/// defines them, so a quantile read from it is at most 9.1 % too high and merging is adding counts.
/// Source: OpenTelemetry metrics data model, "ExponentialHistogram".
package struct Histogram: Sendable, Equatable {
  /// Buckets for each doubling, 2^scale.
  package static let bucketsPerDoubling = 8
  private static let indexLimit = Limits.histogramBuckets * 5 / 8

  /// Counts of the buckets from `indexFirst` on; grows at both ends.
  package private(set) var counts: [UInt32] = []
  package private(set) var indexFirst = 0
  /// Numbers that are zero or negative.
  package private(set) var zeroCount = 0
  package private(set) var count = 0

  /// The bucket of the smallest numbers that are told apart.
  package static var lowestIndex: Int { -indexLimit }

  package init() {}

  /// One that was stored; nil when it lies outside of the range of buckets.
  package init?(zeroCount: Int, first: Int64, counts: [UInt32]) {
    let limit = Int64(Limits.histogramBuckets - Self.indexLimit)
    guard counts.isEmpty || (Int64(-Self.indexLimit)...limit).contains(first),
      counts.isEmpty || first <= limit - Int64(counts.count)
    else { return nil }
    self.zeroCount = zeroCount
    self.counts = counts
    indexFirst = counts.isEmpty ? 0 : Int(first)
    count = counts.reduce(zeroCount) { $0 + Int($1) }
  }

  /// Upper edges, within one doubling, of buckets 0 to 6: 2^(1/8) … 2^(7/8).
  private static let edges: (Double, Double, Double, Double, Double, Double, Double) = (
    1.090_507_732_665_257_7, 1.189_207_115_002_721, 1.296_839_554_651_009_6,
    1.414_213_562_373_095_1, 1.542_210_825_407_940_7, 1.681_792_830_507_429,
    1.834_008_086_409_342_4
  )

  /// The bucket that holds `number`, which is positive and finite. Numbers beyond the range of
  /// buckets go to the outermost one.
  package static func bucketIndex(of number: Double) -> Int {
    let exponent = Int(number.exponent)
    let mantissa = number.significand
    // A power of two is the inclusive upper edge of the bucket below it.
    guard mantissa > 1 else { return clamp(exponent * bucketsPerDoubling - 1) }
    var step = 0
    if mantissa > edges.3 { step = 4 }
    switch step {
    case 0: step = mantissa > edges.1 ? (mantissa > edges.2 ? 3 : 2) : (mantissa > edges.0 ? 1 : 0)
    default:
      step = mantissa > edges.5 ? (mantissa > edges.6 ? 7 : 6) : (mantissa > edges.4 ? 5 : 4)
    }
    return clamp(exponent * bucketsPerDoubling + step)
  }

  private static func clamp(_ index: Int) -> Int {
    max(-indexLimit, min(Limits.histogramBuckets - indexLimit - 1, index))
  }

  /// The largest number of bucket `index`.
  package static func upperEdge(of index: Int) -> Double {
    let doublings = (index + 1) >> 3
    let step = (index + 1) & 7
    let fraction =
      switch step {
      case 1: edges.0
      case 2: edges.1
      case 3: edges.2
      case 4: edges.3
      case 5: edges.4
      case 6: edges.5
      case 7: edges.6
      default: 1.0
      }
    return Double(sign: .plus, exponent: doublings, significand: fraction)
  }

  /// Counts one number; one that is not finite is not counted.
  package mutating func add(_ number: Double) {
    guard number.isFinite else { return }
    count += 1
    guard number > 0 else {
      zeroCount += 1
      return
    }
    add(1, at: Self.bucketIndex(of: number))
  }

  private mutating func add(_ amount: UInt32, at index: Int) {
    if counts.isEmpty {
      indexFirst = index
      counts.append(0)
    }
    while index < indexFirst {
      counts.insert(0, at: 0)
      indexFirst -= 1
    }
    while index >= indexFirst + counts.count { counts.append(0) }
    counts[index - indexFirst] &+= amount
  }

  /// Adds the counts of another histogram.
  package mutating func merge(_ other: Histogram) {
    count += other.count
    zeroCount += other.zeroCount
    for (position, amount) in other.counts.enumerated() where amount > 0 {
      add(amount, at: other.indexFirst + position)
    }
  }

  /// How many numbers lie above the upper edge of bucket `index`.
  package func count(above index: Int) -> Int {
    var above = 0
    for amount in counts.dropFirst(max(0, index + 1 - indexFirst)) { above += Int(amount) }
    return above
  }

  /// The upper edge of the bucket in which the `share` of numbers is reached; nil when empty.
  package func quantile(_ share: Double) -> Double? {
    guard count > 0 else { return nil }
    let rank = max(1, (share * Double(count)).rounded(.up))
    var seen = Double(zeroCount)
    if seen >= rank { return 0 }
    for (position, amount) in counts.enumerated() {
      seen += Double(amount)
      if seen >= rank { return Self.upperEdge(of: indexFirst + position) }
    }
    return counts.isEmpty ? 0 : Self.upperEdge(of: indexFirst + counts.count - 1)
  }
}
