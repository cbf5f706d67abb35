import Statistics

/// A rate judged downwards: by its counts while the baseline is near, and by windows without any event.
///
/// What counts need minutes for, because traffic wanders, a run of empty windows says at once. Counts
/// are compared with the last two hours before the release, and only for two hours: every evening the
/// traffic falls.
struct FallTest: Sendable {
  /// How long counts are judged, and how much of the baseline they are compared with.
  static let spanSeconds = 7_200.0

  private(set) var drop: DropRule
  private let silence: SilenceTest
  private var recent: RecentRate
  private let silenceThreshold: Double
  private let windowSeconds: Double
  /// Windows in which counts are still judged.
  private var windowsLeft: Int
  private var emptyWindows = 0
  private var logESilence = 0.0
  private(set) var alarmed = false

  /// - Parameters:
  ///   - baseline: of the last two hours before the release.
  ///   - counts: of the whole baseline.
  ///   - silenceThreshold: nats that a run of empty windows needs.
  ///   - windowsLeft: how many windows lie within two hours of the release.
  init(
    baseline: Baseline, counts: [Double], weight: Double, alpha: Double, margin: Double, looks: Int,
    silenceThreshold: Double, windowsLeft: Int, windowSeconds: Double
  ) {
    drop = DropRule(baseline: baseline, weight: weight, alpha: alpha, r0: margin, looks: looks)
    silence = SilenceTest(counts: counts)
    recent = RecentRate(counts, windowSeconds: windowSeconds)
    self.silenceThreshold = silenceThreshold
    self.windowsLeft = windowsLeft
    self.windowSeconds = windowSeconds
  }

  mutating func update(events: Double, exposure: Double) {
    if windowsLeft > 0 {
      windowsLeft -= 1
      drop.update(events: events, exposure: exposure)
    }
    guard !alarmed else { return }
    if events > 0 {
      emptyWindows = 0
      recent.add(events)
    } else {
      emptyWindows += 1
    }
    let isLong = Double(emptyWindows) * windowSeconds >= Limits.silenceSecondsMinimum
    logESilence =
      isLong ? silence.logEvidence(windows: emptyWindows, rate: recent.perWindow) : 0
    alarmed = drop.alarmed || logESilence >= silenceThreshold
  }

  /// Starts the counts anew with another share of alpha; runs go on.
  mutating func restart(
    baseline: Baseline, weight: Double, alpha: Double, margin: Double, looks: Int
  ) {
    drop = DropRule(baseline: baseline, weight: weight, alpha: alpha, r0: margin, looks: looks)
    emptyWindows = 0
    logESilence = 0
    alarmed = false
  }

  var threshold: Double { drop.threshold }

  /// Evidence on the scale of `threshold`, whichever way it came.
  var logE: Double { max(drop.logE, logESilence - silenceThreshold + threshold) }

  /// Evidence that may be averaged with that of other signals: that of the counts.
  var logEAveraged: Double { drop.logE }
}
