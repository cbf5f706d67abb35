import Rules
import Statistics
import Windows

/// A signal that will be judged, with what its baseline says.
struct TrackPlan: Sendable {
  let signal: Signal
  let series: SignalSeries
  let isRequired: Bool
  /// Where only one route is judged.
  let route: JudgedRoute?
  let dayMatch: DayMatch?
  let baselines: [Baseline]
  /// Every count of the baseline, for a signal that is judged downwards.
  let fallCounts: [Double]?
  /// Real seconds of a baseline that is weighted by the time of day.
  let matchedSeconds: Double?
  /// A fall of traffic below this part of the baseline is worth an alert.
  private static let fallMargin = 0.5

  /// Learns the baseline of a signal from the windows before the release.
  init(
    _ signal: Signal, _ series: SignalSeries, route: JudgedRoute? = nil, isRequired: Bool,
    isSum: Bool, timeline: Timeline, windows: BaselineWindows, block: Range<Int>
  ) {
    self.signal = signal
    self.isRequired = isRequired
    self.route = route
    let isFall = signal.worse == .down && !series.isShare
    let width = timeline.plan.widthSeconds
    var series = series
    let indices =
      route == nil ? windows.indices : windows.indices.filter { $0 >= RouteTable.firstWindow }
    var readings = indices.map { series.reading(timeline.window($0, of: route)) }
    if isSum {
      series.normalise(readings)
      readings = indices.map { series.reading(timeline.window($0, of: route)) }
    }
    self.series = series
    fallCounts = isFall ? readings.map { $0.counts[0] } : nil
    var match: DayMatch?
    if series.unit == .seconds, !isFall {
      match = DayMatch(
        windows.indices, counts: readings.map { $0.counts[0] },
        isSeen: { timeline[$0].lines > 0 }, block: block, widthSeconds: width)
    }
    dayMatch = match
    if let matched = match?.baseline(for: block) {
      baselines = [
        Self.baseline(matched.counts, matched.exposures, isShare: false, windowSeconds: width)
      ]
      matchedSeconds = Double(matched.counts.count) * width
      return
    }
    matchedSeconds = nil
    if isFall { readings = readings.suffix(Int(FallTest.spanSeconds / width)) }
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
  var isFall: Bool { fallCounts != nil }

  /// Whether the baseline has something to compare with: an event, or for a share anything counted.
  var hasBaseline: Bool {
    series.isShare ? baselines[0].exposure > 0 : baselines[0].events > 0
  }

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

  /// For each part, the rate below which it is healthy whatever the baseline was. The shares of latency
  /// are half, a twentieth and a hundredth of all requests by their edges; sums, and counts that are
  /// weighted by the time of day, have no floor.
  func floors(_ options: JudgeOptions) -> [Double?] {
    if baselines.count == 3 {
      return zip(healthyRatios(options), [0.5, 0.05, 0.01]).map { min(0.99, $0 * $1) }
    }
    guard case .counted = series.form, series.scale == 1, !isFall, dayMatch == nil else {
      return [nil]
    }
    switch series.unit {
    case .requests: return [options.healthyFloorPerRequest]
    case .seconds: return [options.healthyFloorPerSecond]
    case .units: return [nil]
    }
  }
}

/// A route that is judged by itself.
struct JudgedRoute: Sendable {
  let name: String
  /// Its row in the timeline's table.
  let row: Int
}

extension Timeline {
  /// What one route, or all requests together, came to in one window.
  func window(_ index: Int, of route: JudgedRoute?) -> Window {
    route.map { routes.window(at: index, row: $0.row) } ?? self[index]
  }
}

extension Signal.Kind {
  /// Whether its events are a part of its exposure, each counted at most once.
  var isShare: Bool { self == .proportion || self == .latency }
}
