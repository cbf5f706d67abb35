#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The classifier of Kayenta's NetflixACAJudge, direction "increase", asked anew every minute.
///
/// The metric is high when the lower end of the 98 % confidence interval of the Hodges-Lehmann shift
/// (asymptotic Mann-Whitney with continuity and tie corrections, as in R's `wilcox.test`) exceeds a
/// quarter of the estimated shift. Control are the 60 minutes before the release, experiment are the
/// minutes so far, from the fifth on. Counts are whole, so the roots are found exactly, where Kayenta
/// searches them to 1e-4.
struct RankJudge {
  /// For each minute whether the metric was high.
  private(set) var raisedMinutes: [Bool] = []

  private static let controlMinutes = 60
  private static let minutesMinimum = 5
  private static let tolerance = 0.25
  /// Normal quantile of 0.99.
  private static let quantile = 2.326_347_874_040_841

  init(before: ArraySlice<Double>, after: ArraySlice<Double>) {
    let control = Peer.minutes(before).suffix(Self.controlMinutes).map { Int($0) }
    let largest = control.max() ?? 0
    var controlSizes: [Int: Int] = [:]
    for y in control { controlSizes[y, default: 0] += 1 }
    var experimentSizes: [Int: Int] = [:]
    // How many pairs differ by how much, shifted by the largest control.
    var differences = [Int](repeating: 0, count: 2 * largest + 2)
    var minutes = 0
    for x in Peer.minutes(after).map({ Int($0) }) {
      minutes += 1
      experimentSizes[x, default: 0] += 1
      if x + largest >= differences.count {
        differences += [Int](repeating: 0, count: x + largest + 1 - differences.count)
      }
      for y in control { differences[x - y + largest] += 1 }
      guard minutes >= Self.minutesMinimum else {
        raisedMinutes.append(false)
        continue
      }
      let deviation = Self.deviation(minutes, control.count, experimentSizes, controlSizes)
      raisedMinutes.append(
        Self.isRaised(
          differences, zero: largest, pairs: minutes * control.count, deviation: deviation))
    }
  }

  /// Standard deviation of the rank sum; 0 when all observations are tied.
  private static func deviation(
    _ m: Int, _ n: Int, _ sizes: [Int: Int], _ otherSizes: [Int: Int]
  ) -> Double {
    // Off the jumps no x ties with a y.
    var ties = 0.0
    for size in sizes.values { ties += Double(size * size * size - size) }
    for size in otherSizes.values { ties += Double(size * size * size - size) }
    let all = Double(m + n)
    return (Double(m * n) / 12 * (all + 1 - ties / (all * (all - 1)))).squareRoot()
  }

  private static func isRaised(
    _ differences: [Int], zero: Int, pairs: Int, deviation: Double
  ) -> Bool {
    guard deviation > 0 else { return false }
    var above = pairs
    var low: Int?
    for (position, count) in differences.enumerated() {
      above -= count
      // The statistic just right of the jump at this shift.
      let distance = Double(above) - Double(pairs) / 2
      let corrected = distance - (distance > 0 ? 0.5 : distance < 0 ? -0.5 : 0)
      if low == nil, corrected / deviation <= quantile { low = position - zero }
      if corrected <= 0 {
        guard let low else { return false }
        return Double(low) > tolerance * abs(Double(position - zero)) && low > 0
      }
    }
    return false
  }
}
