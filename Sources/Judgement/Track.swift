import Records
import Rules
import Statistics
import Windows

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One gating signal on its way through the watch: its test of the current block, and what has been
/// decided so far.
struct Track: Sendable {
  let signal: Signal
  /// Without it healthy, the watch is not healthy.
  let isRequired: Bool
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
  /// Windows of one recovery test: an hour, because its cost grows with them.
  private let recoveryLooks: Int
  private var recoveriesTried = 0
  /// What the test of healthy has seen since the release, or since an alarm ended. It runs over the
  /// whole watch: blocks share alpha, and healthy spends none of it.
  private var healthyEvents = 0.0
  private var healthyExposure = 0.0
  /// Exposure of windows without any line. It counts for healthy once a line comes behind it:
  /// a log that stopped is no proof of health.
  private var quietExposure = 0.0
  private(set) var logEHealthy = 0.0
  private let healthyRatio: Double
  private let assumesIndependentErrors: Bool
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
    signal: Signal, isRequired: Bool, series: SignalSeries, baseline: Baseline, weight: Double,
    alpha: Double,
    looks: Int, windowSeconds: Double, options: JudgeOptions
  ) {
    self.signal = signal
    self.isRequired = isRequired
    self.series = series
    self.baseline = baseline
    self.weight = weight
    self.looks = looks
    recoveryStride = max(1, Int(60 / windowSeconds))
    recoveryLooks = max(1, min(looks, Int(3600 / windowSeconds)))
    healthyRatio = options.healthyRatio
    assumesIndependentErrors = options.assumesIndependentErrors
    margin = options.margin(perTime: series.unit == .seconds)
    floor =
      series.unit == .requests ? options.healthyFloorPerRequest : options.healthyFloorPerSecond
    rule = CountRule(
      baseline: baseline, weight: weight, alpha: alpha, r0: margin, looks: looks,
      rHealthy: options.healthyRatio)
  }

  /// Starts the test anew for the next block.
  mutating func restart(alpha: Double, options: JudgeOptions) {
    rule = CountRule(
      baseline: baseline, weight: AlphaBudget.restartedWeight(weight, alarms: alarmsEnded),
      alpha: alpha, r0: margin, looks: looks, rHealthy: options.healthyRatio)
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
      // Its starts are spread over an hour; a longer fault needs a fresh one, which shares beta.
      if looksSinceAlarm % recoveryLooks == 0 {
        recoveriesTried += 1
        recovery = Recovery(
          baseline: baseline,
          beta: AlphaBudget.blockAlpha(Parameters.beta, block: recoveriesTried),
          looks: recoveryLooks, strideWindows: recoveryStride)
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
      recoveriesTried = 0
      return .alarmed
    }
    lookForHealth(x, u, isQuiet: window.lines == 0)
    return nil
  }

  private mutating func lookForHealth(_ x: Double, _ u: Double, isQuiet: Bool) {
    guard !isQuiet else {
      quietExposure += u
      return
    }
    healthyEvents += x
    healthyExposure += quietExposure + u
    quietExposure = 0
    guard !isHealthy, healthyExposure > 0 else { return }
    logEHealthy = logEHealthy(events: 0, exposure: 0)
    isHealthy = logEHealthy >= -log(Parameters.beta)
  }

  /// Evidence for healthy after further events and exposure.
  func logEHealthy(events: Double, exposure: Double) -> Double {
    HealthyTest.logE(
      TwoSample(
        candidateEvents: healthyEvents + events, candidateExposure: healthyExposure + exposure,
        baselineEvents: baseline.events, baselineExposure: baseline.exposure),
      floorRate: floor, phi: rule.phi,
      phiFloor: assumesIndependentErrors && baseline.isRare ? 1 : rule.phi,
      rHealthy: healthyRatio)
  }

  /// Starts anew after an alarm that has ended.
  mutating func recover(alpha: Double, options: JudgeOptions) {
    isRegressed = false
    recovery = nil
    alarmsEnded += 1
    healthyEvents = 0
    healthyExposure = 0
    quietExposure = 0
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
