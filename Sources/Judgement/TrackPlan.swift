import Rules
import Statistics
import Windows

/// A signal that will be judged, with what its baseline says.
struct TrackPlan: Sendable {
  let signal: Signal
  let series: SignalSeries
  let isRequired: Bool
  let dayMatch: DayMatch?
  let baselines: [Baseline]
  /// For a signal that is judged downwards.
  let silence: SilenceTest?
  /// How much of the baseline traffic is compared with, in seconds, where no earlier day is known: it
  /// falls every evening, but seldom to half within two hours.
  private static let fallBaselineSeconds = 7_200.0
  /// A fall of traffic below this part of the baseline is worth an alert.
  private static let fallMargin = 0.5

  /// Learns the baseline of a signal from the windows before the release.
  init(
    _ signal: Signal, _ series: SignalSeries, isRequired: Bool, isSum: Bool, timeline: Timeline,
    windows: BaselineWindows, block: Range<Int>
  ) {
    self.signal = signal
    self.isRequired = isRequired
    let isFall = signal.worse == .down && !series.isShare
    var indices = windows.indices[...]
    let width = timeline.plan.widthSeconds
    var readings = indices.map { series.reading(timeline[$0]) }
    var series = series
    if isSum {
      series.normalise(readings)
      readings = indices.map { series.reading(timeline[$0]) }
    }
    self.series = series
    silence = isFall ? SilenceTest(counts: readings.map { $0.counts[0] }) : nil
    var match: DayMatch?
    if series.unit == .seconds {
      match = DayMatch(
        Array(indices), counts: readings.map { $0.counts[0] }, from: block.lowerBound,
        widthSeconds: width)
      if let matched = match?.baseline(for: block),
        matched.counts.reduce(0, +) < Parameters.stakeEvents
      {
        match = nil
      }
    }
    dayMatch = match
    if let matched = match?.baseline(for: block) {
      baselines = [
        Self.baseline(matched.counts, matched.exposures, isShare: false, windowSeconds: width)
      ]
      return
    }
    if isFall {
      indices = windows.last(seconds: Self.fallBaselineSeconds)
      readings = Array(readings.suffix(indices.count))
    }
    let exposures = readings.map(\.exposure)
    baselines = (0..<series.parts).map { part in
      Self.baseline(
        readings.map { $0.counts[part] }, exposures, isShare: signal.kind.isShare,
        windowSeconds: width)
    }
  }

  private static func baseline(
    _ events: [Double], _ exposures: [Double], isShare: Bool, windowSeconds: Double
  ) -> Baseline {
    Baseline(
      events: events, exposures: exposures,
      deadWindows: Episodes.deadWindows(
        deadTimeSeconds: Parameters.deadTimeSeconds, windowSeconds: windowSeconds),
      isProportion: isShare)
  }

  /// A baseline of other windows with the same dead time.
  static func baseline(
    _ events: [Double], _ exposures: [Double], isShare: Bool, like other: Baseline
  ) -> Baseline {
    Baseline(
      events: events, exposures: exposures, deadWindows: other.deadWindows, isProportion: isShare)
  }

  /// Whether it is judged downwards.
  var isFall: Bool { silence != nil }

  /// Whether the baseline has an event to compare with.
  var hasEvents: Bool { baselines[0].events > 0 }

  /// r0: drift of a few percent otherwise alarms at high counts.
  func margin(_ options: JudgeOptions) -> Double {
    if isFall { return options.minimumEffect.map { 1 / $0 } ?? Self.fallMargin }
    return options.margin(perTime: series.unit == .seconds || signal.kind == .latency)
  }

  /// For each part, the multiple of the baseline below which it is healthy. The share above the median
  /// is half of all requests: it gets half the rise.
  func healthyRatios(_ options: JudgeOptions) -> [Double] {
    guard baselines.count == 3 else { return [options.healthyRatio] }
    return [1 + (options.healthyRatio - 1) / 2, options.healthyRatio, options.healthyRatio]
  }

  /// The rate below which the signal is healthy whatever the baseline was; sums and latency have none.
  func floor(_ options: JudgeOptions) -> Double? {
    guard case .counted = series.form, series.scale == 1, !isFall else { return nil }
    switch series.unit {
    case .requests: return options.healthyFloorPerRequest
    case .seconds: return options.healthyFloorPerSecond
    case .units: return nil
    }
  }
}

extension Signal.Kind {
  /// Whether its events are a part of its exposure, each counted at most once.
  var isShare: Bool { self == .proportion || self == .latency }
}
