import Records
import Statistics

/// The occurrences of a kind of error that the baseline never showed, and the evidence that it keeps
/// coming back.
struct Recurrence: Sendable {
  /// What a kind that appears now gets of alpha, and how it is looked at.
  struct Terms {
    /// Its rank among the kinds that appeared in its block.
    let slot: Int
    let alpha: Double
    let looks: Int
    /// The block of the watch.
    let block: Int
    let windowSeconds: Double
  }

  enum Change {
    case seen
    case alarmed
  }

  /// Exposure of the baseline, in the unit of what is counted.
  let baselineExposure: Double
  private(set) var test: NewKind?
  private(set) var slot = 1
  /// The block of the watch in which it appeared.
  private(set) var block = 1
  private(set) var events = 0.0
  private(set) var exposure = 0.0
  private(set) var firstEvent: Timestamp?
  private(set) var logEvidenceLargest = 0.0
  /// Whether the evidence reached its threshold.
  var isProven: Bool { test?.alarmed == true }

  /// - Parameter exposure: of the judged windows before its first event.
  init(baselineExposure: Double, exposure: Double = 0) {
    self.baselineExposure = baselineExposure
    self.exposure = exposure
  }

  /// Takes one more window.
  ///
  /// - Parameters:
  ///   - first: when the first event of the window came.
  ///   - isJudged: false in the restart window, of which only a first sight counts, and that only
  ///     where `startsInRestart`.
  mutating func look(
    events x: Double, exposure u: Double, first: Timestamp, isJudged: Bool, startsInRestart: Bool,
    _ terms: Terms
  ) -> Change? {
    if isJudged { exposure += u }
    guard test != nil else {
      guard x > 0, isJudged || startsInRestart else { return nil }
      firstEvent = first
      if isJudged { events += x }
      // No baseline at all: everything is new, and nothing can be said of it.
      guard baselineExposure > 0 else { return nil }
      slot = terms.slot
      block = terms.block
      test = NewKind(
        exposureBefore: baselineExposure + exposure, slot: slot, alpha: terms.alpha,
        looks: terms.looks,
        deadWindows: Episodes.deadWindows(
          deadTimeSeconds: Parameters.newKindDeadTimeSeconds, windowSeconds: terms.windowSeconds),
        frequentWeight: Parameters.newKindFrequentWeight)
      return .seen
    }
    guard isJudged else { return nil }
    events += x
    let wasProven = isProven
    test?.update(events: x, exposure: u)
    logEvidenceLargest = max(logEvidenceLargest, test?.logE ?? 0)
    return isProven && !wasProven ? .alarmed : nil
  }

  var candidate: Counted { Counted(count: events, exposure: exposure) }
  var before: Counted { Counted(count: 0, exposure: baselineExposure) }
  var isSeen: Bool { firstEvent != nil }
}
