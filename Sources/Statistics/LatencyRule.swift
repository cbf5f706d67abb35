#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Latency as three proportions "slower than t50, t95, t99 of the baseline", judged upwards.
///
/// The e-value is the mean of the three. HEALTHY needs all three: "some share is raised" is a union
/// null, for which the minimum is the test.
package struct LatencyRule: Sendable {
  /// Nats needed for an alarm: log(1/(alpha w)).
  package let threshold: Double
  /// Log e-value after the last window; frozen by an alarm.
  package private(set) var logE = 0.0
  /// Whether the evidence ever reached the threshold. Latched.
  package private(set) var alarmed = false
  /// The shares above t50, t95 and t99; their own alarms have no meaning.
  package private(set) var median: CountRule
  package private(set) var tail: CountRule
  package private(set) var extreme: CountRule

  /// A rule from three baselines over the same windows, each made with `isProportion`: requests
  /// slower than the edge over requests.
  package init(
    median: Baseline, tail: Baseline, extreme: Baseline, weight: Double,
    alpha: Double = Parameters.alpha, r0: Double = Parameters.marginPerTime,
    looks: Int = Parameters.looks, rHealthy: Double = Parameters.healthyRatio,
    rHealthyMedian: Double = Parameters.healthyRatioMedian, beta: Double = Parameters.beta,
    judgesHealth: Bool = true
  ) {
    threshold = AlphaBudget.threshold(alpha: alpha, weight: weight)
    // Weight 0: a share never alarms, and never stops evaluating, by itself.
    func share(_ baseline: Baseline, _ rHealthy: Double) -> CountRule {
      CountRule(
        baseline: baseline, weight: 0, alpha: alpha, r0: r0, looks: looks, rHealthy: rHealthy,
        beta: beta, judgesHealth: judgesHealth)
    }
    self.median = share(median, rHealthyMedian)
    self.tail = share(tail, rHealthy)
    self.extreme = share(extreme, rHealthy)
  }

  /// Adds one window: requests slower than each edge, of `requests`.
  package mutating func update(
    slower: (median: Double, tail: Double, extreme: Double), requests: Double
  ) {
    median.update(events: slower.median, exposure: requests)
    tail.update(events: slower.tail, exposure: requests)
    extreme.update(events: slower.extreme, exposure: requests)
    guard !alarmed else { return }
    var sum = LogSum()
    sum.add(median.logE)
    sum.add(tail.logE)
    sum.add(extreme.logE)
    logE = sum.value - log(3)
    alarmed = logE >= threshold
  }

  /// REGRESSED is latched; HEALTHY when all three shares are.
  package var verdict: CountRule.Verdict {
    if alarmed { return .regressed }
    return median.healthy && tail.healthy && extreme.healthy ? .healthy : .undecided
  }
}
