import Records
import Rules
import Statistics
import Windows

/// One gating signal on its way through the watch: its test of the current block, and what has been
/// decided so far.
struct Track: Sendable {
  let signal: Signal
  let series: SignalSeries
  let baseline: Baseline
  let weight: Double
  let margin: Double
  let floor: Double
  private(set) var rule: CountRule
  /// Runs while the signal is regressed.
  private(set) var recovery: Recovery?
  private var looksSinceAlarm = 0
  private let looks: Int
  private let recoveryStride: Int
  private(set) var isRegressed = false
  /// Shown healthy in some block and not regressed since.
  private(set) var isHealthy = false
  /// How many alarms have ended; each halves the weight of what follows.
  private(set) var alarmsEnded = 0
  /// Totals of all judged windows.
  private(set) var events = 0.0
  private(set) var exposure = 0.0
  private(set) var firstEvent: Timestamp?
  private(set) var logEvidenceLargest = 0.0

  init(
    signal: Signal, series: SignalSeries, baseline: Baseline, weight: Double, alpha: Double,
    looks: Int, windowSeconds: Double, options: JudgeOptions
  ) {
    self.signal = signal
    self.series = series
    self.baseline = baseline
    self.weight = weight
    self.looks = looks
    recoveryStride = max(1, Int(60 / windowSeconds))
    margin = options.margin(perTime: series.unit == .seconds)
    floor =
      series.unit == .requests ? options.healthyFloorPerRequest : options.healthyFloorPerSecond
    rule = CountRule(
      baseline: baseline, weight: weight, alpha: alpha, r0: margin, looks: looks,
      rHealthy: options.healthyRatio, floor: floor,
      floorPhiIndependent: options.assumesIndependentErrors)
  }

  /// Starts the test anew for the next block.
  mutating func restart(alpha: Double, options: JudgeOptions) {
    rule = CountRule(
      baseline: baseline, weight: AlphaBudget.restartedWeight(weight, alarms: alarmsEnded),
      alpha: alpha, r0: margin, looks: looks, rHealthy: options.healthyRatio, floor: floor,
      floorPhiIndependent: options.assumesIndependentErrors)
  }

  enum Change {
    case alarmed
    case recovered
  }

  /// Judges one more window.
  mutating func look(_ window: borrowing Window, start: Timestamp) -> Change? {
    let x = series.events(in: window)
    let u = series.exposure(in: window)
    events += x
    exposure += u
    if x > 0, firstEvent == nil { firstEvent = window.samples[series.measure]?.time ?? start }
    if isRegressed {
      // Its starts are spread over one block; a longer fault needs a fresh one.
      if looksSinceAlarm % looks == 0 {
        recovery = Recovery(baseline: baseline, looks: looks, strideWindows: recoveryStride)
      }
      looksSinceAlarm += 1
      recovery?.update(events: x, exposure: u)
      return recovery?.recovered == true ? .recovered : nil
    }
    rule.update(events: x, exposure: u)
    logEvidenceLargest = max(logEvidenceLargest, rule.logE)
    if rule.alarmed {
      isRegressed = true
      isHealthy = false
      looksSinceAlarm = 0
      return .alarmed
    }
    if rule.healthy { isHealthy = true }
    return nil
  }

  /// Starts anew after an alarm that has ended.
  mutating func recover(alpha: Double, options: JudgeOptions) {
    isRegressed = false
    recovery = nil
    alarmsEnded += 1
    restart(alpha: alpha, options: options)
  }

  var candidate: Counted { Counted(count: events, exposure: exposure) }

  var before: Counted { Counted(count: baseline.events, exposure: baseline.exposure) }

  var ratio: RatioEstimate? { RatioEstimate(before, candidate, phi: rule.phi) }
}

extension RatioEstimate {
  /// The ratio and its interval; nil without exposure on one side.
  init?(_ baseline: Counted, _ candidate: Counted, phi: Double) {
    let sample = TwoSample(
      candidateEvents: candidate.count, candidateExposure: candidate.exposure,
      baselineEvents: baseline.count, baselineExposure: baseline.exposure)
    guard let point = RatioInterval.point(sample) else { return nil }
    let interval = RatioInterval(sample, phi: phi)
    self.init(
      estimate: point, low: interval.low, high: interval.high.isFinite ? interval.high : nil)
  }
}
