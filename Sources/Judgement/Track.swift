import Records
import Rules
import Statistics
import Windows

/// One gating signal on its way through the watch: its test of the current block, and what has been
/// decided so far.
struct Track: Sendable {
  let signal: Signal
  /// Where only one route is judged.
  let route: JudgedRoute?
  /// Without it healthy, the watch is not healthy.
  let isRequired: Bool
  let series: SignalSeries
  let weight: Double
  let margin: Double
  private let dayMatch: DayMatch?
  /// Real seconds of the baseline, where its exposure is weighted by the time of day.
  let matchedSeconds: Double?
  /// Of each part.
  private(set) var baselines: [Baseline]
  private(set) var test: SignalTest
  private(set) var health: HealthTest
  /// Runs while the signal is regressed.
  private(set) var recovery: Recovery?
  /// The part whose recovery ends the alarm.
  private var alarmedPart = 0
  private var looksSinceAlarm = 0
  private let looks: Int
  let windowSeconds: Double
  /// Windows of one recovery test: an hour, because its cost grows with them.
  private let recoveryLooks: Int
  private let recoveryStride: Int
  private var recoveriesTried = 0
  /// Index of the window of each look of the current test.
  private(set) var lookIndices: [Int] = []
  /// Windows in which nobody wrote, held back from a fall's test until somebody does.
  private var heldBack: [(index: Int, reading: Reading)] = []
  private(set) var isRegressed = false
  /// How many alarms have ended; each halves the weight of what follows.
  private(set) var alarmsEnded = 0
  /// Totals of all judged windows.
  private(set) var total = Reading()
  /// Judged windows, for exposures that are weighted by the time of day.
  private(set) var windowsJudged = 0
  private(set) var firstEvent: Timestamp?
  private(set) var logEvidenceLargest = 0.0

  /// - Parameters:
  ///   - silenceThreshold: nats that a run of empty windows needs, for a signal that is judged
  ///     downwards.
  ///   - firstIndex: index of the first window that is judged.
  init(
    _ plan: TrackPlan, weight: Double, alpha: Double, silenceThreshold: Double, looks: Int,
    firstIndex: Int, windowSeconds: Double, options: JudgeOptions
  ) {
    signal = plan.signal
    route = plan.route
    isRequired = plan.isRequired
    series = plan.series
    dayMatch = plan.dayMatch
    matchedSeconds = plan.matchedSeconds
    baselines = plan.baselines
    self.weight = weight
    self.looks = looks
    self.windowSeconds = windowSeconds
    recoveryStride = max(1, Int(60 / windowSeconds))
    recoveryLooks = max(1, min(looks, Int(3600 / windowSeconds)))
    margin = plan.margin(options)
    health = HealthTest(
      baselines: plan.baselines, ratios: plan.healthyRatios(options), floors: plan.floors(options),
      direction: plan.isFall ? .down : .up,
      assumesIndependentErrors: options.assumesIndependentErrors)
    if let counts = plan.fallCounts {
      test = .fall(
        FallTest(
          baseline: plan.baselines[0], counts: counts, weight: weight, alpha: alpha,
          margin: margin, looks: looks, silenceThreshold: silenceThreshold,
          windowsLeft: Int(FallTest.spanSeconds / windowSeconds) - firstIndex,
          windowSeconds: windowSeconds))
    } else {
      test = Self.rise(
        plan.baselines, weight: weight, alpha: alpha, margin: margin, looks: looks)
    }
  }

  private static func rise(
    _ baselines: [Baseline], weight: Double, alpha: Double, margin: Double, looks: Int
  ) -> SignalTest {
    if baselines.count == 3 {
      return .latency(
        LatencyRule(
          median: baselines[0], tail: baselines[1], extreme: baselines[2], weight: weight,
          alpha: alpha, r0: margin, looks: looks, judgesHealth: false))
    }
    return .rise(
      CountRule(
        baseline: baselines[0], weight: weight, alpha: alpha, r0: margin, looks: looks,
        judgesHealth: false))
  }

  /// Whether it is judged downwards.
  var isFall: Bool { if case .fall = test { true } else { false } }

  /// Whether its baseline is that of the same clock time on earlier days.
  var isDayMatched: Bool { dayMatch != nil }

  /// Whether counts per second are judged without regard to the time of day.
  var comparesAllHours: Bool { series.unit == .seconds && !isFall && !isDayMatched }

  /// Starts the test anew, for the next block or behind an alarm.
  mutating func restart(alpha: Double, at index: Int) {
    if let matched = dayMatch?.baseline(for: index..<(index + looks)),
      matched.counts.contains(where: { $0 > 0 })
    {
      baselines = [
        TrackPlan.baseline(matched.counts, matched.exposures, isShare: false, like: baselines[0])
      ]
    }
    lookIndices.removeAll(keepingCapacity: true)
    let weight = AlphaBudget.restartedWeight(weight, alarms: alarmsEnded)
    if case .fall(var fall) = test {
      fall.restart(
        baseline: baselines[0], weight: weight, alpha: alpha, margin: margin, looks: looks)
      test = .fall(fall)
    } else {
      test = Self.rise(baselines, weight: weight, alpha: alpha, margin: margin, looks: looks)
    }
  }

  enum Change {
    case alarmed
    case recovered
  }

  /// Judges one more window.
  mutating func look(
    _ window: borrowing Window, index: Int, start: Timestamp, _ pulse: Pulse
  ) -> Change? {
    var reading = series.reading(window)
    if let dayMatch { reading.exposure = dayMatch.exposure(of: index) }
    if isFall {
      guard pulse.isWriting else {
        // Whether the service is idle or its log has stopped, only its next line can tell.
        heldBack.append((index, reading))
        return nil
      }
      if pulse.isUnreadable { return nil }
    }
    if reading.counts[0] > 0, firstEvent == nil {
      firstEvent = series.sampledMeasure.flatMap { window.samples[$0]?.time } ?? start
    }
    heldBack.append((index, reading))
    var change: Change?
    for held in heldBack {
      let next = judge(held.reading, index: held.index, isQuiet: pulse.isQuiet)
      change = change ?? next
    }
    heldBack.removeAll(keepingCapacity: true)
    return change
  }

  /// What was held back was a pause of the log, not of the service.
  mutating func forgetHeldBack() { heldBack.removeAll(keepingCapacity: true) }

  private mutating func judge(_ reading: Reading, index: Int, isQuiet: Bool) -> Change? {
    total += reading
    windowsJudged += 1
    if isRegressed { return lookForRecovery(reading) }
    lookIndices.append(index)
    test.update(reading)
    logEvidenceLargest = max(logEvidenceLargest, test.logE)
    if test.alarmed {
      isRegressed = true
      health.restart()
      looksSinceAlarm = 0
      recoveriesTried = 0
      alarmedPart = test.leadingPart
      return .alarmed
    }
    let test = self.test
    health.update(reading, isQuiet: isQuiet) { test.phi(part: $0) }
    return nil
  }

  private mutating func lookForRecovery(_ reading: Reading) -> Change? {
    // Its starts are spread over an hour; a longer fault needs a fresh one, which shares beta.
    if looksSinceAlarm % recoveryLooks == 0 {
      recoveriesTried += 1
      recovery = Recovery(
        baseline: baselines[alarmedPart], from: isFall ? .down : .up,
        beta: AlphaBudget.blockAlpha(Parameters.beta, block: recoveriesTried),
        looks: recoveryLooks, strideWindows: recoveryStride)
    }
    looksSinceAlarm += 1
    recovery?.update(events: reading.counts[alarmedPart], exposure: reading.exposure)
    return recovery?.recovered == true ? .recovered : nil
  }

  /// Starts anew after an alarm that has ended.
  mutating func recover(alpha: Double, at index: Int) {
    isRegressed = false
    recovery = nil
    alarmsEnded += 1
    health.restart()
    restart(alpha: alpha, at: index)
  }

  var isHealthy: Bool { health.isHealthy && !isRegressed }
}
