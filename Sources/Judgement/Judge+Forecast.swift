import Rules
import Statistics
import Windows

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Judge {
  /// How long changes of each judged signal would take to be seen with this baseline, at its traffic:
  /// those that healthy needs first, then those in which a doubling is seen soonest.
  ///
  /// The evidence that is expected of the counts alone, less what their weight, the other channels and
  /// the stake take of it, has to reach the signal's threshold. A real watch is a little sooner or later.
  package func forecast() -> [SignalForecast] {
    let forecasts = tracks.map { track in
      SignalForecast(
        signal: track.signal, isRequired: track.isRequired, unit: track.series.unit,
        baseline: track.before, dispersion: track.baselines[0].phi,
        expected: track.isFall
          ? []
          : SignalForecast.rises.map {
            SignalForecast.Rise(ratio: $0, seconds: seconds(track, rise: $0))
          },
        leastRate: track.isFall || track.baselines.count > 1 ? nil : leastRate(track),
        healthySeconds: healthySeconds(track),
        slowerThanSeconds: track.series.edgeSeconds(part: 0))
    }
    func doubling(_ forecast: SignalForecast) -> Double {
      forecast.expected.first { $0.ratio == 2 }?.seconds ?? .infinity
    }
    return forecasts.enumerated().sorted { one, other in
      let (left, right) = (one.element, other.element)
      if left.isRequired != right.isRequired { return left.isRequired }
      let (sooner, later) = (doubling(left), doubling(right))
      return sooner != later ? sooner < later : one.offset < other.offset
    }.map(\.element)
  }

  /// Seconds until a rise is seen; nil when it never is.
  private func seconds(_ track: Track, rise: Double) -> Double? {
    let needed = track.baselines.indices.compactMap { part -> Double? in
      let baseline = track.baselines[part]
      guard let ratio = ratio(track, part: part, rise: rise), ratio > 1 else { return nil }
      // A multiple of nothing is nothing.
      guard baseline.events > 0 else { return nil }
      let sample = TwoSample(
        candidateEvents: 0, candidateExposure: 0, baselineEvents: baseline.events,
        baselineExposure: baseline.exposure)
      let exposure = Forecast.neededExposure(
        sample, target: target(track, part: part), ratio: ratio, r0: track.margin,
        phi: baseline.phi)
      return exposure.isFinite ? exposure : nil
    }
    guard let least = needed.min() else { return nil }
    return seconds(track, exposure: least)
  }

  /// How many times as many events a part of a signal has when the signal rises; nil when so many are
  /// not to be had.
  private func ratio(_ track: Track, part: Int, rise: Double) -> Double? {
    let baseline = track.baselines[part]
    guard baseline.exposure > 0 else { return nil }
    if case .slower(let histogram, let edges, let first) = track.series.form {
      // Every request takes so many times as long: those are slower than an edge that were slower than
      // that part of it.
      let values = windows.latencies(histogram: histogram)
      let edge = first + [edges.median, edges.tail, edges.extreme][part]
      let buckets = Int(log2(rise) * Double(Histogram.bucketsPerDoubling))
      let slower = Double(values.count(above: edge - buckets))
      let before = Double(values.count(above: edge))
      return (slower + 0.5) / (before + 0.5)
    }
    let share = baseline.events / baseline.exposure
    guard !track.series.isShare || rise * share <= 1 else { return nil }
    return rise
  }

  /// Evidence that the counts of a part have to bring for the signal's threshold.
  private func target(_ track: Track, part: Int) -> Double {
    let baseline = track.baselines[part]
    let channels =
      1 + (baseline.episodeSeries == nil ? 0.0 : 1) + (baseline.activitySeries == nil ? 0 : 1)
    let stake = baseline.stake
    var needed = track.test.threshold
    if track.baselines.count > 1 { needed += log(Double(track.baselines.count)) }
    // E = (1 - s) + s (w E_counts + …) / channels
    return needed + log(channels / (stake * Parameters.releaseWeight))
  }

  /// The smallest rate that would be seen `SignalForecast.leastSeconds` after the release.
  private func leastRate(_ track: Track) -> Double? {
    let baseline = track.baselines[0]
    let looks = (SignalForecast.leastSeconds / plan.widthSeconds).rounded() - Double(plan.settleEnd)
    let exposure = looks * baseline.meanExposure
    guard exposure > 0 else { return nil }
    let target = target(track, part: 0)
    func isSeen(_ events: Double) -> Bool {
      let sample = TwoSample(
        candidateEvents: events, candidateExposure: exposure, baselineEvents: baseline.events,
        baselineExposure: baseline.exposure)
      return RatioMixture.logE(sample, direction: .up, r0: track.margin, phi: baseline.phi)
        >= target
    }
    var high = max(1, exposure * baseline.events / baseline.exposure)
    for _ in 0..<40 where !isSeen(high) { high *= 2 }
    guard isSeen(high), !track.series.isShare || high <= exposure else { return nil }
    var low = 0.0
    for _ in 0..<30 {
      let middle = 0.5 * (low + high)
      if isSeen(middle) { high = middle } else { low = middle }
    }
    let events = max(1, high.rounded(.up))
    var reading = Reading(exposure: exposure)
    reading.counts[0] = events
    return track.series.shown(reading).rate
  }

  private func healthySeconds(_ track: Track) -> Double? {
    track.health.neededExposure(phi: { track.test.phi(part: $0) }).flatMap {
      seconds(track, exposure: $0)
    }
  }

  /// Seconds after the release at whose end so much exposure has been looked at.
  private func seconds(_ track: Track, exposure: Double) -> Double? {
    let baseline = track.baselines[0]
    guard baseline.meanExposure > 0 else { return nil }
    let looks = (exposure / baseline.meanExposure).rounded(.up)
    return (Double(plan.settleEnd) + max(1, looks)) * plan.widthSeconds
  }
}
