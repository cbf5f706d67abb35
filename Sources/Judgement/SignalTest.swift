import Statistics

/// The test of one signal from a start on: an alarm is latched.
enum SignalTest: Sendable {
  case rise(CountRule)
  case latency(LatencyRule)
  case fall(FallTest)

  mutating func update(_ reading: Reading) {
    switch self {
    case .rise(var rule):
      self = .fall(Self.nothing)
      rule.update(events: reading.counts[0], exposure: reading.exposure)
      self = .rise(rule)
    case .latency(var rule):
      self = .fall(Self.nothing)
      rule.update(
        slower: (reading.counts[0], reading.counts[1], reading.counts[2]),
        requests: reading.exposure)
      self = .latency(rule)
    case .fall(var rule):
      self = .fall(Self.nothing)
      rule.update(events: reading.counts[0], exposure: reading.exposure)
      self = .fall(rule)
    }
  }

  /// Stands in while the rule is taken out to be changed in place: no copy of its starts.
  private static let nothing = FallTest(
    baseline: Baseline(events: [], exposures: []), counts: [], weight: 0, alpha: Parameters.alpha,
    margin: 1, looks: 1, silenceThreshold: .infinity, windowsLeft: 0, windowSeconds: 1)

  var logE: Double {
    switch self {
    case .rise(let rule): rule.logE
    case .latency(let rule): rule.logE
    case .fall(let rule): rule.logE
    }
  }

  /// The e-value that is averaged with those of other signals.
  var logEAveraged: Double {
    if case .fall(let rule) = self { rule.logEAveraged } else { logE }
  }

  var threshold: Double {
    switch self {
    case .rise(let rule): rule.threshold
    case .latency(let rule): rule.threshold
    case .fall(let rule): rule.threshold
    }
  }

  var alarmed: Bool {
    switch self {
    case .rise(let rule): rule.alarmed
    case .latency(let rule): rule.alarmed
    case .fall(let rule): rule.alarmed
    }
  }

  /// The evidence of each way in which the windows are looked at, now.
  var channels: [(name: String, logEvidence: Double)] {
    switch self {
    case .rise(let rule):
      rule.channelEvidence
    case .latency(let rule):
      [
        ("slower than the median", rule.median.logE), ("slower than p95", rule.tail.logE),
        ("slower than p99", rule.extreme.logE),
      ]
    case .fall(let rule):
      [("counts", rule.logEAveraged), ("a run of empty windows", rule.logE)]
    }
  }

  /// The part that is shown and has to recover, 0 but for latency: of those that carry much of the
  /// evidence the one that counts most requests.
  var leadingPart: Int {
    guard case .latency(let rule) = self else { return 0 }
    let parts = [rule.median.logE, rule.tail.logE, rule.extreme.logE]
    let most = parts.max() ?? 0
    return most > 0 ? parts.firstIndex { $0 >= 0.5 * most } ?? 0 : 0
  }

  /// Dispersion of a part now.
  func phi(part: Int) -> Double {
    switch self {
    case .rise(let rule): rule.phi
    case .latency(let rule): [rule.median, rule.tail, rule.extreme][part].phi
    case .fall(let rule): rule.drop.phi
    }
  }

  /// Where the evidence of a part begins: windows before it, the counts since, and how many such
  /// starts were looked at.
  func strongestStart(part: Int) -> (looks: Int, since: TwoSample, starts: Int) {
    switch self {
    case .rise(let rule):
      let start = rule.strongestStart()
      return (start.looks, start.since, rule.startCount)
    case .latency(let rule):
      let share = [rule.median, rule.tail, rule.extreme][part]
      let start = share.strongestStart()
      return (start.looks, start.since, share.startCount)
    case .fall(let rule):
      let start = rule.drop.strongestStart()
      return (start.looks, start.since, rule.drop.startCount)
    }
  }
}
