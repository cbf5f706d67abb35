import Records
import Rules
import Statistics
import Windows

/// A signal's counts and exposures, window by window: what the mathematics is fed with.
struct SignalSeries: Sendable {
  let measure: MeasureID
  let unit: ExposureUnit
  /// The denominator; nil when exposure is time.
  let exposureMeasure: MeasureID?
  private let widthSeconds: Double

  /// Nil for signals that are not a count over an exposure, or whose denominator the inputs lack.
  init?(_ signal: Signal, requestMeasure: MeasureID?, hasRequests: Bool, widthSeconds: Double) {
    guard signal.kind == .ratio || signal.kind == .rate, let count = signal.count else {
      return nil
    }
    measure = count
    self.widthSeconds = widthSeconds
    switch signal.exposure {
    case .seconds:
      unit = .seconds
      exposureMeasure = nil
    case .requestsElseSeconds:
      unit = hasRequests ? .requests : .seconds
      exposureMeasure = hasRequests ? requestMeasure : nil
    case .measure(let measure):
      unit = measure == requestMeasure ? .requests : .units
      exposureMeasure = measure
    }
  }

  func events(in window: borrowing Window) -> Double { window.amount(measure) }

  func exposure(in window: borrowing Window) -> Double {
    exposureMeasure.map { window.amount($0) } ?? widthSeconds
  }

  /// The windows of the baseline in time order, excluded spans left out.
  func baseline(_ timeline: Timeline, excluded: [Range<Timestamp>]) -> (
    events: [Double], exposures: [Double]
  ) {
    var events: [Double] = []
    var exposures: [Double] = []
    for index in timeline.bodyStart..<0 {
      let span = timeline.plan.start(of: index)..<timeline.plan.start(of: index + 1)
      guard !excluded.contains(where: { $0.overlaps(span) }) else { continue }
      let window = timeline[index]
      events.append(self.events(in: window))
      exposures.append(exposure(in: window))
    }
    return (events, exposures)
  }

  /// The whole of one phase.
  func total(_ window: borrowing Window, windows: Int) -> Counted {
    Counted(
      count: events(in: window),
      exposure: exposureMeasure.map { window.amount($0) } ?? Double(windows) * widthSeconds)
  }
}
