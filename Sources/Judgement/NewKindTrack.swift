import Records
import Rules
import Statistics
import Windows

/// A signal that the baseline never matched: silent until its first event, then tested as a kind of
/// error that is new.
struct NewKindTrack: Sendable {
  let signal: Signal
  let series: SignalSeries
  /// Its first occurrence is reported at once.
  let isReportedAtOnce: Bool
  /// Exposure of the baseline, in the signal's unit.
  let baselineExposure: Double
  var test: NewKind?
  /// Its rank among the kinds that appeared in its block.
  private(set) var slot = 1
  /// The block of the watch in which it appeared.
  private(set) var block = 1
  var isRegressed = false
  var events = 0.0
  var exposure = 0.0
  var firstEvent: Timestamp?
  var logEvidenceLargest = 0.0

  enum Change {
    case seen
    case alarmed
  }

  /// Takes one more window. `slot` is the rank of a kind that appears now among the new ones.
  ///
  /// - Parameter isJudged: false in the restart window, from which only a first sight counts.
  mutating func look(
    _ window: borrowing Window, start: Timestamp, isJudged: Bool, slot: Int, alpha: Double,
    looks: Int, block: Int, windowSeconds: Double
  ) -> Change? {
    let reading = series.reading(window)
    let x = reading.counts[0]
    let u = reading.exposure
    if isJudged { exposure += u }
    guard test != nil else {
      guard x > 0, isJudged || isReportedAtOnce else { return nil }
      firstEvent = series.sampledMeasure.flatMap { window.samples[$0]?.time } ?? start
      if isJudged { events += x }
      // No baseline at all: everything is new, and nothing can be said of it.
      guard baselineExposure > 0 else { return nil }
      self.slot = slot
      self.block = block
      test = NewKind(
        exposureBefore: baselineExposure + exposure, slot: slot, alpha: alpha, looks: looks,
        deadWindows: Episodes.deadWindows(
          deadTimeSeconds: Parameters.newKindDeadTimeSeconds, windowSeconds: windowSeconds))
      return .seen
    }
    guard isJudged else { return nil }
    events += x
    test?.update(events: x, exposure: u)
    logEvidenceLargest = max(logEvidenceLargest, test?.logE ?? 0)
    guard test?.alarmed == true, !isRegressed else { return nil }
    isRegressed = true
    return .alarmed
  }

  var candidate: Counted { Counted(count: events, exposure: exposure) }
  var before: Counted { Counted(count: 0, exposure: baselineExposure) }
  var isSeen: Bool { firstEvent != nil }
}
