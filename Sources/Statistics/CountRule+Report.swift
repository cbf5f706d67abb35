#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The numbers a report prints beside a verdict.
extension CountRule {
  /// Why a rule is undecided.
  package enum UndecidedReason: Sendable, Equatable {
    /// The baseline has no exposure: nothing to compare with.
    case noBaseline
    /// No window with exposure yet.
    case noExposure
    /// Evidence on its way: e-value `odds`, where `needed` is the alarm.
    case evidence(odds: Double, needed: Double)
  }

  /// The reason of an undecided verdict; nil when the rule has decided.
  package var undecidedReason: UndecidedReason? {
    guard verdict == .undecided else { return nil }
    if !(baseline.exposure > 0) { return .noBaseline }
    if !(candidateExposure > 0) { return .noExposure }
    return .evidence(odds: EValue.odds(logE: logE), needed: exp(threshold))
  }

  /// The evidence of each channel that is on, of all windows so far.
  package var channelEvidence: [(name: String, logEvidence: Double)] {
    guard count.exposure > 0, baseline.exposure > 0 else { return [] }
    return [("counts", count.logE())]
      + (episodeChannel.map { [("episodes", $0.logE())] } ?? [])
      + (activityChannel.map { [("windows with any", $0.logE())] } ?? [])
  }

  /// X, U, B and E.
  package var sample: TwoSample {
    TwoSample(
      candidateEvents: candidateEvents, candidateExposure: candidateExposure,
      baselineEvents: baselineEvents, baselineExposure: baselineExposure)
  }

  /// Candidate rate over baseline rate; nil without exposure on one side.
  package var ratio: Double? { RatioInterval.point(sample) }

  /// Interval of the ratio, valid at every look.
  package func interval(alpha: Double = Parameters.intervalAlpha) -> RatioInterval {
    RatioInterval(sample, phi: phi, alpha: alpha)
  }

  /// Further exposure until the rule would alarm if the ratio stayed `ratio`: by the count channel
  /// alone, the stake included. Infinite: cannot be decided with this baseline.
  package func exposureToAlarm(ratio: Double) -> Double {
    Forecast.neededExposure(
      sample, target: threshold - log(stake), ratio: ratio, r0: r0, phi: phi)
  }

  /// Further exposure until the ratio route would call the signal healthy if the ratio stayed
  /// `ratio`.
  package func exposureToHealthy(ratio: Double = 1) -> Double {
    Forecast.neededExposure(
      sample, target: -log(beta), ratio: ratio, r0: rHealthy, phi: phi, direction: .down)
  }
}
