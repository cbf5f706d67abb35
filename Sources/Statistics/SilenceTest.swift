#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Whether a run of windows without any event can be chance.
///
/// A run of r windows is one block whose count is 0. With the block's mean m and its variance over
/// its mean F, read from blocks of about that length in the baseline, a negative binomial count is 0
/// with probability
///
///     P(0) = exp(-m log(F) / (F - 1))            (F -> 1: exp(-m))
///
/// The length at which a run becomes an alarm is fixed by the baseline, so any look may begin one at
/// the price of a factor: P(ever) <= looks P(0). The general `DropRule` takes one dispersion for all
/// scales; traffic that wanders over minutes then hides a log that has stopped for minutes.
///
/// What the baseline has shown itself does not alarm: a run has to be twice its longest.
package struct SilenceTest: Sendable, Equatable {
  /// A rate below this part of the baseline's is what a run is evidence of.
  private static let margin = 0.5
  /// Longest block in windows; longer runs take its dispersion, grown in proportion.
  private static let blockWindowsLongest = 64

  private let mean: Double
  /// Dispersion of blocks of 1, 2, 4, ... windows, raised by two standard errors.
  private let dispersions: [Double]
  /// Longest run of windows without an event in the baseline.
  package let longestRun: Int

  /// Learns from the baseline's windows in the order of time, all of one length.
  package init(counts: [Double]) {
    let counts = counts.map { Limits.bounded($0, by: Limits.windowEventsLimit) }
    mean = counts.isEmpty ? 0 : counts.reduce(0, +) / Double(counts.count)
    var longest = 0
    var run = 0
    for count in counts {
      run = count > 0 ? 0 : run + 1
      longest = max(longest, run)
    }
    longestRun = longest
    var dispersions: [Double] = []
    var length = 1
    while length <= Self.blockWindowsLongest, counts.count / length >= Parameters.blocksMinimum {
      dispersions.append(
        max(dispersions.last ?? 1, Self.dispersion(counts, block: length, mean: mean)))
      length *= 2
    }
    self.dispersions = dispersions
  }

  private static func dispersion(_ counts: [Double], block: Int, mean: Double) -> Double {
    let expected = mean * Double(block)
    guard expected > 0 else { return 1 }
    let blocks = counts.count / block
    var sum = 0.0
    for index in 0..<blocks {
      var count = 0.0
      for offset in 0..<block { count += counts[index * block + offset] }
      sum += (count - expected) * (count - expected)
    }
    let fano = sum / expected / Double(blocks - 1)
    return fano * (1 + 2 * (2 / Double(blocks - 1)).squareRoot())
  }

  /// Nats against "the rate is still half of what it was" after a run of so many windows; 0 where the
  /// baseline is too short or too sparse to tell.
  ///
  /// - Parameter rate: events a window lately, where that may be less than in the baseline.
  package func logEvidence(windows run: Int, rate: Double = .infinity) -> Double {
    guard run > 2 * longestRun, let last = dispersions.last else { return 0 }
    var scale = 0
    while scale + 1 < dispersions.count, 1 << scale < run { scale += 1 }
    let reach = 1 << (dispersions.count - 1)
    let dispersion =
      run <= reach ? dispersions[scale] : 1 + (last - 1) * Double(run) / Double(reach)
    let expected = Self.margin * min(mean, rate) * Double(run)
    guard dispersion > 1 + Limits.poissonExcess else { return expected }
    return expected * log(dispersion) / (dispersion - 1)
  }
}
