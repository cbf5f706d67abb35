import Judgement
import Records
import Reports
import Rules
import Windows

/// Signals over time, in as many buckets as a picture can show.
struct NotePictures {
  /// Buckets of a picture, about.
  private static let buckets = 96
  /// Regressed signals that get a picture.
  private static let signals = 6
  /// A picture shows so much before the release at most, as a multiple of what is after it.
  private static let beforeFactor = 2

  private let timeline: Timeline
  private let windowsPerBucket: Int
  /// In windows: a bucket begins at the release.
  private let first: Int
  private let count: Int

  init(_ timeline: Timeline, upTo end: Int) {
    self.timeline = timeline
    let after = max(1, min(end, timeline.endIndex))
    let before = min(-timeline.bodyStart, after * Self.beforeFactor)
    windowsPerBucket = max(1, (before + after + Self.buckets - 1) / Self.buckets)
    let bucketsBefore = before / windowsPerBucket
    first = -bucketsBefore * windowsPerBucket
    count = bucketsBefore + (after + windowsPerBucket - 1) / windowsPerBucket
  }

  private func bucket(_ number: Int) -> Window {
    let start = first + number * windowsPerBucket
    var total = Window()
    for index in start..<(start + windowsPerBucket) { total.merge(timeline[index]) }
    return total
  }

  private var start: Int64 { timeline.plan.start(of: first).nanoseconds }
  private var bucketSeconds: Double { Double(windowsPerBucket) * timeline.plan.widthSeconds }

  func charts(_ verdict: Verdict, _ rules: RuleSet) -> [WatchMemo.Chart] {
    let worse = verdict.signals.filter { $0.state == .regressed && $0.route == nil }
      .prefix(Self.signals)
    let buckets = (0..<count).map(bucket)
    return worse.compactMap { judged in
      guard let signal = rules.signals.first(where: { $0.id == judged.signal }),
        let measure = signal.count
      else { return nil }
      let exposures: [Double] =
        switch (judged.unit, signal.exposure) {
        case (.seconds, _): buckets.map { _ in bucketSeconds }
        case (_, .measure(let exposure)): buckets.map { $0.amount(exposure) }
        default: buckets.map { bucket in rules.requestMeasure.map { bucket.amount($0) } ?? 0 }
        }
      return WatchMemo.Chart(
        signal: signal.id, unit: judged.unit.rawValue, start: start, bucketSeconds: bucketSeconds,
        counts: buckets.map { $0.amount(measure) }, exposures: exposures)
    }
  }

  func latencyCharts(_ rules: RuleSet) -> [WatchMemo.LatencyChart] {
    let buckets = (0..<count).map(bucket)
    return rules.signals.compactMap { signal in
      guard signal.kind == .latency, !signal.advisory, let number = signal.histogram else {
        return nil
      }
      let histograms = buckets.map { $0.histograms.isEmpty ? Histogram() : $0.histograms[number] }
      guard histograms.contains(where: { $0.count > 0 }) else { return nil }
      return WatchMemo.LatencyChart(
        signal: signal.id, start: start, bucketSeconds: bucketSeconds, shares: signal.quantiles,
        quantiles: signal.quantiles.map { share in histograms.map { $0.quantile(share) } })
    }
  }
}
