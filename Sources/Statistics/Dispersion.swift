#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How bursty a baseline is: the variance of its counts over their mean, at long time scales.
///
/// phi = 1 is Poisson. With a too small phi nothing is guaranteed, so every step errs upwards.
/// Derived for this project; no publication was found.
package enum Dispersion {
  /// A dispersion and what decided it.
  package struct Estimate: Sendable, Equatable {
    package let phi: Double
    /// Windows of one block that makes most of the burstiness: probably an incident.
    package let burst: Range<Int>?
    /// Whether the baseline had too few windows or events for any block length.
    package let isUnknown: Bool
  }

  /// The dispersion of a series of baseline windows.
  ///
  /// 1. Fano factors F_L at block lengths 1, 2, 4, ...; phi = 1 unless some F_L exceeds 1 by
  ///    1.6 standard errors.
  /// 2. Else 1 + excess, the largest F_L - 1 inflated for its estimation error, and more when F
  ///    still grows with the block length (bursts outlast windows); when windows look independent
  ///    the precise short scale instead, because the maximum is mostly noise of the longest one.
  /// 3. Own past must not alarm: while some block carries more evidence than log(number of
  ///    blocks), phi is raised by bisection until equal.
  /// 4. At least `prior` when the series has fewer than `episodesMinimum` separate episodes;
  ///    `prior` when no scale is usable.
  ///
  /// Time grows with 7 passes over the windows.
  package static func estimate(
    events: [Double], exposures: [Double], episodes: Int, prior: Double = Parameters.phiUnknown,
    episodesMinimum: Int = Parameters.episodesMinimum,
    longest: Int = Parameters.blockWindowsLongest,
    blocksMinimum: Int = Parameters.blocksMinimum, shortest: Int = 1
  ) -> Estimate {
    let scales = scales(
      events: events, exposures: exposures, longest: longest, blocksMinimum: blocksMinimum,
      shortest: shortest)
    guard !scales.isEmpty else { return Estimate(phi: prior, burst: nil, isUnknown: true) }
    let first = 1 + excess(scales, episodes: Double(episodes), longest: longest)
    let phi = raised(first, scales: scales, events: events, exposures: exposures)
    let incident = scales.first { $0.loudestShare > Parameters.incidentShare }
    return Estimate(
      phi: episodes < episodesMinimum ? max(phi, prior) : phi,
      burst: phi > Parameters.phiEpisodes ? incident?.loudest : nil, isUnknown: false)
  }

  /// Steps 1 and 2: the excess over Poisson.
  private static func excess(_ scales: [Scale], episodes: Double, longest: Int) -> Double {
    var best = scales[0]
    var score = scales[0].score
    for scale in scales.dropFirst() {
      if scale.fano > best.fano { best = scale }
      score = max(score, scale.score)
    }
    guard score >= Parameters.burstinessGate, best.fano > 1 else { return 0 }
    let excess =
      (best.fano - 1) * (1 + Parameters.inflation * relativeError(best, episodes: episodes))
    if burstsOutlastWindows(scales) {
      return excess * growth(scales, longest: longest)
    }
    // With few scales the maximum is all there is.
    guard scales.count >= 5 else { return excess }
    let precise = preciseScale(scales, episodes: episodes)
    guard precise.score >= Parameters.burstinessGate else { return excess }
    let inflation = min(Parameters.inflation, 1)
    return min(
      excess, (precise.fano - 1) * (1 + inflation * relativeError(precise, episodes: episodes)))
  }

  /// Relative error of a variance estimated from the bursts or blocks there are: sqrt(2/nu).
  private static func relativeError(_ scale: Scale, episodes: Double) -> Double {
    (2 / max(1, min(episodes, Double(scale.blocks)))).squareRoot()
  }

  /// How much the Fano factor would still grow beyond the longest block measured.
  private static func growth(_ scales: [Scale], longest: Int) -> Double {
    let last = scales[scales.count - 1]
    let earlier = scales[scales.count - 3]
    let growth = (last.fano - 1) / max(earlier.fano - 1, 1e-3)
    return min(2.5, max(1.6, growth))
      * max(1, Double(longest) / Double(last.blockWindows)).squareRoot()
  }

  /// Walks up from the shortest scale as long as a longer one is larger beyond its own error.
  private static func preciseScale(_ scales: [Scale], episodes: Double) -> Scale {
    var current = scales[0]
    for scale in scales.dropFirst() {
      let careful = (scale.fano - 1) * (1 - 0.5 * relativeError(scale, episodes: episodes))
      if careful > current.fano - 1 { current = scale }
    }
    return current
  }

  /// Step 3: phi so large that no baseline block would itself look like an alarm.
  private static func raised(
    _ phi: Double, scales: [Scale], events: [Double], exposures: [Double]
  ) -> Double {
    let rate = events.reduce(0, +) / exposures.reduce(0, +)
    var phi = phi
    for scale in scales {
      let limit = log(Double(scale.blocks))
      for b in 0..<scale.blocks {
        let (count, exposure) = block(b, of: scale.blockWindows, events, exposures)
        let expected = rate * exposure
        guard glr(count: count, expected: expected, phi: phi) > limit else { continue }
        phi = harmless(count: count, expected: expected, limit: limit, above: phi)
      }
    }
    return phi
  }

  /// The dispersion above `phi` at which one block carries `limit` nats, by bisection.
  private static func harmless(
    count: Double, expected: Double, limit: Double, above phi: Double
  ) -> Double {
    var low = phi
    var high = 2 * phi
    while high < Limits.phiLimit, glr(count: count, expected: expected, phi: high) > limit {
      high *= 2
    }
    for _ in 0..<Limits.phiBisectionSteps {
      let middle = 0.5 * (low + high)
      if glr(count: count, expected: expected, phi: middle) > limit {
        low = middle
      } else {
        high = middle
      }
    }
    return high
  }
}
