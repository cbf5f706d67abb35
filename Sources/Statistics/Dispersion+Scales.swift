#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Dispersion {
  /// The Fano factor of block sums at one block length.
  package struct Scale: Sendable, Equatable {
    /// Block length in windows.
    package let blockWindows: Int
    /// Number of whole blocks.
    package let blocks: Int
    /// F = 1/(n-1) sum (C_b - lambda E_b)^2 / (lambda E_b); 1 for a Poisson series.
    package let fano: Double
    /// Its standard error under Poisson: sqrt((2 + n/B) / (n - 1)).
    package let standardError: Double

    /// Windows of the block that adds most to the Fano factor by too many events.
    let loudest: Range<Int>
    /// Its part of the Fano factor: near 1 when one incident makes all the burstiness.
    let loudestShare: Double

    /// Excess in standard errors.
    var score: Double { (fano - 1) / standardError }
  }

  /// Fano factors at block lengths `shortest`, 2 `shortest`, ... up to `longest`, as long as
  /// `blocksMinimum` whole blocks remain. Empty when the series has no events or no exposure.
  package static func scales(
    events: [Double], exposures: [Double], longest: Int = Parameters.blockWindowsLongest,
    blocksMinimum: Int = Parameters.blocksMinimum, shortest: Int = 1
  ) -> [Scale] {
    precondition(events.count == exposures.count, "every window needs a count and an exposure")
    precondition(shortest > 0, "a block has at least one window")
    let total = events.reduce(0, +)
    let exposure = exposures.reduce(0, +)
    guard total > 0, exposure > 0 else { return [] }
    let rate = total / exposure
    let enough = max(2, blocksMinimum)
    var result: [Scale] = []
    var length = shortest
    while length <= longest, events.count / length >= enough {
      let blocks = events.count / length
      var sum = 0.0
      var loudest = (index: 0, term: 0.0)
      for b in 0..<blocks {
        let (count, blockExposure) = block(b, of: length, events, exposures)
        let expected = rate * blockExposure
        guard expected > 0 else { continue }
        let term = (count - expected) * (count - expected) / expected
        sum += term
        if count > expected, term > loudest.term { loudest = (b, term) }
      }
      let n = Double(blocks)
      result.append(
        Scale(
          blockWindows: length, blocks: blocks, fano: min(sum / (n - 1), Limits.fanoLimit),
          standardError: ((2 + n / total) / (n - 1)).squareRoot(),
          loudest: loudest.index * length..<(loudest.index + 1) * length,
          loudestShare: sum > 0 && sum.isFinite ? loudest.term / sum : 0))
      length *= 2
    }
    return result
  }

  /// Whether the Fano factor grows with the block length: bursts are longer than a window.
  package static func burstsOutlastWindows(_ scales: [Scale]) -> Bool {
    guard scales.count >= 3 else { return false }
    let later = scales[min(3, scales.count - 1)]
    return later.fano - 1 > 1.5 * max(scales[0].fano - 1, 0) + later.standardError
  }

  /// How many windows one burst spans: the growth of the Fano factor with the block length, 1 when
  /// windows look independent.
  package static func clump(
    events: [Double], exposures: [Double], longest: Int = Parameters.blockWindowsLongest,
    blocksMinimum: Int = Parameters.blocksMinimum
  ) -> Double {
    let scales = scales(
      events: events, exposures: exposures, longest: longest, blocksMinimum: blocksMinimum)
    guard burstsOutlastWindows(scales) else { return 1 }
    let largest = scales.reduce(0) { max($0, $1.fano) }
    return max(1, largest / max(scales[0].fano, 1e-9))
  }

  /// Largest possible evidence of one block: `count` events where `expected` were expected,
  /// C S(C/m) - m L(C/m); 0 when there were no more than expected.
  package static func glr(count: Double, expected: Double, phi: Double) -> Double {
    guard count > expected, expected > 0 else { return 0 }
    let z = count / expected
    let c = phi - 1
    let result = count * EValue.tilt(z, excess: c) - expected * EValue.cumulant(z, excess: c)
    return result.isFinite ? result : 0
  }

  /// Events and exposure of block number `index`.
  static func block(
    _ index: Int, of length: Int, _ events: [Double], _ exposures: [Double]
  ) -> (count: Double, exposure: Double) {
    var count = 0.0
    var exposure = 0.0
    for i in index * length..<(index + 1) * length {
      count += events[i]
      exposure += exposures[i]
    }
    return (count, exposure)
  }
}
