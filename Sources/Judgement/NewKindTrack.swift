import Records
import Rules
import Windows

/// A signal that the baseline never matched: silent until its first event, then tested as a kind of
/// error that is new.
struct NewKindTrack: Sendable {
  let signal: Signal
  let series: SignalSeries
  /// Its first occurrence is reported at once.
  let isReportedAtOnce: Bool
  private(set) var recurrence: Recurrence
  var isRegressed = false
  /// The signature of its first event.
  var signature: String?

  init(signal: Signal, series: SignalSeries, isReportedAtOnce: Bool, baselineExposure: Double) {
    self.signal = signal
    self.series = series
    self.isReportedAtOnce = isReportedAtOnce
    recurrence = Recurrence(baselineExposure: baselineExposure)
  }

  /// Takes one more window.
  ///
  /// - Parameter isJudged: false in the restart window, from which only a first sight counts.
  mutating func look(
    _ window: borrowing Window, start: Timestamp, isJudged: Bool, _ terms: Recurrence.Terms
  ) -> Recurrence.Change? {
    let reading = series.reading(window)
    let first = series.sampledMeasure.flatMap { window.samples[$0]?.time } ?? start
    let change = recurrence.look(
      events: reading.counts[0], exposure: reading.exposure, first: first, isJudged: isJudged,
      startsInRestart: isReportedAtOnce, terms)
    guard change == .alarmed else { return change }
    defer { isRegressed = true }
    return isRegressed ? nil : change
  }
}
