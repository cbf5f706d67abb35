/// A count over time judged downwards: throughput that drops, or silence.
///
/// Silence needs no special rule: X = 0 alone gives about lambda U log(phi)/(phi - 1) nats. The
/// exposure must be time; lines or requests stop with what they are to measure. Up and down of one
/// series are two rules with a weight each.
package struct DropRule: Sendable {
  package let baseline: Baseline
  /// Nats needed for an alarm: log(1/(alpha w)).
  package let threshold: Double
  /// Log e-value after the last window; frozen by an alarm.
  package private(set) var logE = 0.0
  /// Whether the evidence ever reached the threshold. Latched.
  package private(set) var alarmed = false

  private var channel: Channel
  private var carry = Carry()

  /// A rule that starts at the release; evidence is against "the ratio is `r0` or more", by
  /// default the counterpart of the margin of counts per time.
  package init(
    baseline: Baseline, weight: Double, alpha: Double = Parameters.alpha,
    r0: Double = 1 / Parameters.marginPerTime, looks: Int = Parameters.looks
  ) {
    precondition(r0 > 0 && r0.isFinite, "the margin of a rule must be positive")
    self.baseline = baseline
    threshold = AlphaBudget.threshold(alpha: alpha, weight: weight)
    channel = Channel(
      baselineEvents: baseline.events, baselineExposure: baseline.exposure, phi: baseline.phi,
      r0: r0, direction: .down, looks: looks,
      starts: baseline.phi <= 1 ? Parameters.startsPoisson : Parameters.startsBursty)
  }

  /// Adds one window and judges.
  package mutating func update(events: Double, exposure: Double) {
    let (x, u) = carry.take(events: events, exposure: exposure)
    channel.add(events: x, exposure: u)
    channel.phi = Baseline.grown(
      baseline.phi,
      by: baseline.trafficGrowth(exposure: channel.exposure, looks: channel.looks))
    guard !alarmed, channel.exposure > 0, baseline.exposure > 0 else { return }
    logE = channel.evaluate()
    alarmed = logE >= threshold
  }

  /// The start that carries most of the evidence: windows before it, and the counts since.
  package func strongestStart() -> (looks: Int, since: TwoSample) { channel.strongestStart() }

  /// Starts that share the weight.
  package var startCount: Int { channel.startCount }

  /// X, U, B and E, windows after an alarm included.
  package var sample: TwoSample { channel.sample }
  /// Dispersion now.
  package var phi: Double { channel.phi }
}
