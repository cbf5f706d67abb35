import Records
import Rules
import Statistics
import Windows

/// One gating signal on its way through the watch: its test of the current block, and what has been
/// decided so far.
struct Track: Sendable {
  let signal: Signal
  /// Without it healthy, the watch is not healthy.
  let isRequired: Bool
  let series: SignalSeries
  let weight: Double
  private let margin: Double
  private let dayMatch: DayMatch?
  /// For a signal that is judged downwards.
  private let silence: SilenceTest?
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
  private let windowSeconds: Double
  /// Windows of one recovery test: an hour, because its cost grows with them.
  private let recoveryLooks: Int
  private let recoveryStride: Int
  private var recoveriesTried = 0
  /// Index of the first window of the current test.
  private(set) var testStart: Int
  /// Windows in which nobody wrote, held back from a fall's test until somebody does.
  private var heldBack: [Reading] = []
  private(set) var isRegressed = false
  /// How many alarms have ended; each halves the weight of what follows.
  private(set) var alarmsEnded = 0
  /// Totals of all judged windows.
  private(set) var total = Reading()
  private(set) var firstEvent: Timestamp?
  private(set) var logEvidenceLargest = 0.0

  init(
    _ plan: TrackPlan, weight: Double, alpha: Double, looks: Int, firstIndex: Int,
    windowSeconds: Double, options: JudgeOptions
  ) {
    signal = plan.signal
    isRequired = plan.isRequired
    series = plan.series
    dayMatch = plan.dayMatch
    baselines = plan.baselines
    self.weight = weight
    self.looks = looks
    self.windowSeconds = windowSeconds
    testStart = firstIndex
    recoveryStride = max(1, Int(60 / windowSeconds))
    recoveryLooks = max(1, min(looks, Int(3600 / windowSeconds)))
    margin = plan.margin(options)
    health = HealthTest(
      baselines: plan.baselines, ratios: plan.healthyRatios(options), floor: plan.floor(options),
      direction: plan.isFall ? .down : .up,
      assumesIndependentErrors: options.assumesIndependentErrors)
    silence = plan.silence
    test = Self.test(
      plan.baselines, plan.silence, weight: weight, alpha: alpha, margin: margin, looks: looks,
      windowSeconds: windowSeconds)
  }

  private static func test(
    _ baselines: [Baseline], _ silence: SilenceTest?, weight: Double, alpha: Double,
    margin: Double, looks: Int, windowSeconds: Double
  ) -> SignalTest {
    if baselines.count == 3 {
      return .latency(
        LatencyRule(
          median: baselines[0], tail: baselines[1], extreme: baselines[2], weight: weight,
          alpha: alpha, r0: margin, looks: looks))
    }
    if let silence {
      return .fall(
        FallTest(
          baseline: baselines[0], silence: silence, weight: weight, alpha: alpha, margin: margin,
          looks: looks, windowSeconds: windowSeconds))
    }
    return .rise(
      CountRule(baseline: baselines[0], weight: weight, alpha: alpha, r0: margin, looks: looks))
  }

  /// Whether it is judged downwards.
  var isFall: Bool { silence != nil }

  /// Whether its baseline is that of the same clock time on earlier days.
  var isDayMatched: Bool { dayMatch != nil }

  /// Starts the test anew, for the next block or behind an alarm.
  mutating func restart(alpha: Double, at index: Int) {
    if let dayMatch {
      let matched = dayMatch.baseline(for: index..<(index + looks))
      baselines = [
        TrackPlan.baseline(matched.counts, matched.exposures, isShare: false, like: baselines[0])
      ]
    }
    testStart = index
    test = Self.test(
      baselines, silence, weight: AlphaBudget.restartedWeight(weight, alarms: alarmsEnded),
      alpha: alpha, margin: margin, looks: looks, windowSeconds: windowSeconds)
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
        heldBack.append(reading)
        return nil
      }
      if pulse.isUnreadable { return nil }
    }
    for earlier in heldBack {
      if let change = judge(earlier, isQuiet: false) {
        heldBack.removeAll()
        return change
      }
    }
    heldBack.removeAll()
    if reading.counts[0] > 0, firstEvent == nil {
      firstEvent = series.sampledMeasure.flatMap { window.samples[$0]?.time } ?? start
    }
    return judge(reading, isQuiet: pulse.isQuiet)
  }

  private mutating func judge(_ reading: Reading, isQuiet: Bool) -> Change? {
    total += reading
    if isRegressed { return lookForRecovery(reading) }
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
