#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Whether a rule that alarmed has come back to its baseline.
///
/// Only windows after the alarm count. Rejected is "the ratio is 1.25 or more" after a rise, "0.8 or
/// less" after a fall, by the mixture of the other direction with start weights 1/2 (the first window)
/// and 1/2 shared by a start every minute. Recovered at E >= 20; simulated false recoveries: at most
/// 0.8 %. It is slow: after a fault of 20 min 270 s at 100 events/min, 38 min at 10/min, rarely on
/// bursty series. Print the forecast.
///
/// `looks` windows are planned; a fault that lasts longer needs a new `Recovery`, because starts
/// after the plan are not considered.
package struct Recovery: Sendable {
  /// Nats needed: log(1/beta).
  package let threshold: Double
  /// Log e-value after the last window; frozen by the recovery.
  package private(set) var logE = 0.0
  /// Whether the evidence ever reached the threshold.
  package private(set) var recovered = false

  private let baseline: Baseline
  private var channel: Channel
  private var carry = Carry()

  /// Create it with the window after the alarm.
  package init(
    baseline: Baseline, from alarm: RatioMixture.Direction = .up,
    ratio: Double = Parameters.recoveryRatio, beta: Double = Parameters.beta,
    looks: Int = Parameters.looks, strideWindows: Int = Parameters.recoveryStrideWindows
  ) {
    precondition(beta > 0 && beta < 1, "beta must be in (0, 1)")
    threshold = -log(beta)
    self.baseline = baseline
    let stride = max(1, strideWindows)
    channel = Channel(
      baselineEvents: baseline.events, baselineExposure: baseline.exposure, phi: baseline.phi,
      r0: alarm == .up ? ratio : 1 / ratio, direction: alarm == .up ? .down : .up, stride: stride,
      laterStarts: max(1, looks / stride - 1),
      firstWeight: Parameters.recoveryFirstWeight)
  }

  /// Adds one window and judges.
  package mutating func update(events: Double, exposure: Double) {
    let (x, u) = carry.take(events: events, exposure: exposure)
    channel.add(events: x, exposure: u)
    channel.phi = Baseline.grown(
      baseline.phi,
      by: baseline.trafficGrowth(exposure: channel.exposure, looks: channel.looks))
    guard !recovered else { return }
    guard channel.exposure > 0, baseline.exposure > 0 else { return }
    logE = channel.evaluate()
    recovered = logE >= threshold
  }

  /// Windows so far.
  package var looks: Int { channel.looks }

  /// Exposure a return to `ratio` would need from now, if judged from now on alone.
  package func neededExposure(ratio: Double = 1) -> Double {
    let fresh = TwoSample(
      candidateEvents: 0, candidateExposure: 0, baselineEvents: baseline.events,
      baselineExposure: baseline.exposure)
    return Forecast.neededExposure(
      fresh, target: threshold - log(Parameters.recoveryFirstWeight), ratio: ratio,
      r0: channel.r0, phi: channel.phi, direction: channel.direction)
  }
}
