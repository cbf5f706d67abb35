import Statistics

/// A rate judged downwards: by its counts, and by windows without any event.
///
/// Each has half of the weight. What counts need minutes for, because traffic wanders, a run of empty
/// windows says at once.
struct FallTest: Sendable {
  private(set) var drop: DropRule
  private let silence: SilenceTest
  private let silenceThreshold: Double
  private let windowSeconds: Double
  private var emptyWindows = 0
  private var logESilence = 0.0
  private(set) var alarmed = false

  init(
    baseline: Baseline, silence: SilenceTest, weight: Double, alpha: Double, margin: Double,
    looks: Int, windowSeconds: Double
  ) {
    self.windowSeconds = windowSeconds
    drop = DropRule(baseline: baseline, weight: weight / 2, alpha: alpha, r0: margin, looks: looks)
    self.silence = silence
    // Any of the looks may begin a run.
    silenceThreshold = AlphaBudget.threshold(
      alpha: alpha, weight: weight / 2 / Double(max(1, looks)))
  }

  mutating func update(events: Double, exposure: Double) {
    drop.update(events: events, exposure: exposure)
    guard !alarmed else { return }
    emptyWindows = events > 0 ? 0 : emptyWindows + 1
    guard Double(emptyWindows) * windowSeconds >= Limits.silenceSecondsMinimum else {
      logESilence = 0
      alarmed = drop.alarmed
      return
    }
    logESilence = silence.logEvidence(windows: emptyWindows)
    alarmed = drop.alarmed || logESilence >= silenceThreshold
  }

  var threshold: Double { drop.threshold }

  /// Evidence on the scale of `threshold`, whichever way it came.
  var logE: Double { max(drop.logE, logESilence - silenceThreshold + threshold) }

  /// Evidence that may be averaged with that of other signals: that of the counts.
  var logEAveraged: Double { drop.logE }
}
