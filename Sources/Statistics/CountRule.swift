#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A count with exposure judged upwards, after every window of a watch, plus the healthy test.
///
/// Up to three channels see the same windows: the counts; episodes (30 s dead time) when the
/// baseline is rare or bursty; the share of active windows when it is bursty. The rule's e-value is
/// the plain average of the channels that are on, of which a part is staked (`Baseline.stake`):
///
///     E_rule = (1 - s) + s (E_count + E_episode + E_activity) / channels
///
/// It alarms at log E >= log(1/(alpha w)), which happens with probability at most alpha w if
/// nothing changed, over all looks. An alarm is latched: the evidence is then frozen (a stopped
/// e-process is one) while the counts still add up. Proportions are the same rule over a
/// `Baseline` with `isProportion`.
package struct CountRule: Sendable {
  /// What a rule says after a window.
  package enum Verdict: Sendable, Equatable { case regressed, healthy, undecided }

  package let baseline: Baseline
  /// Nats needed for an alarm: log(1/(alpha w)).
  package let threshold: Double
  /// Ratio the healthy test must reject, and the probability that it does so wrongly.
  package let rHealthy: Double
  package let beta: Double
  /// Practical floor of the healthy test in events per exposure; nil for the ratio route alone.
  package let floor: Double?
  /// Whether rare events may be taken as independent by the floor route (phi_floor = 1).
  package let floorPhiIndependent: Bool

  /// Log e-value after the last window; frozen by an alarm.
  package private(set) var logE = 0.0
  /// Log e-value of the healthy test after the last window; frozen once healthy or alarmed.
  package private(set) var logEHealthy = 0.0
  /// Whether the evidence ever reached the threshold.
  package private(set) var alarmed = false

  private(set) var count: Channel
  private(set) var episodeChannel: Channel?
  private(set) var activityChannel: Channel?
  /// The counts again, judged for healthy: one start, which follows its roots.
  private var health: Channel
  private var dead: DeadTime
  private var carry = Carry()
  private var healthyReached = false
  private let judgesHealth: Bool

  /// A rule that starts at the release. `looks` is the planned number of windows, over which the
  /// later starts are spread; a longer watch stays valid.
  package init(
    baseline: Baseline, weight: Double, alpha: Double = Parameters.alpha,
    r0: Double = Parameters.marginRatio, looks: Int = Parameters.looks,
    rHealthy: Double = Parameters.healthyRatio, beta: Double = Parameters.beta,
    floor: Double? = nil, floorPhiIndependent: Bool = false, judgesHealth: Bool = true
  ) {
    self.judgesHealth = judgesHealth
    precondition(r0 > 0 && r0.isFinite, "the margin of a rule must be positive")
    precondition(rHealthy > 0 && rHealthy.isFinite, "the healthy ratio must be positive")
    precondition(beta > 0 && beta < 1, "beta must be in (0, 1)")
    self.baseline = baseline
    threshold = AlphaBudget.threshold(alpha: alpha, weight: weight)
    self.rHealthy = rHealthy
    self.beta = beta
    self.floor = floor
    self.floorPhiIndependent = floorPhiIndependent
    dead = DeadTime(windows: baseline.deadWindows)
    count = Channel(
      baselineEvents: baseline.events, baselineExposure: baseline.exposure, phi: baseline.phi,
      r0: r0, looks: looks,
      starts: baseline.phi <= 1 ? Parameters.startsPoisson : Parameters.startsBursty)
    health = Channel(
      baselineEvents: baseline.events, baselineExposure: baseline.exposure, phi: baseline.phi,
      r0: rHealthy, direction: .down, stride: 1, laterStarts: 0, firstWeight: 1)
    func channel(_ series: Baseline.Series) -> Channel {
      Channel(
        baselineEvents: series.events, baselineExposure: series.exposure, phi: series.phi, r0: r0,
        looks: looks, starts: Parameters.startsEpisodes)
    }
    episodeChannel = baseline.episodeSeries.map(channel)
    activityChannel = baseline.activitySeries.map(channel)
  }

  /// A rule from the windows of its baseline.
  package init(
    counts: [Double], exposures: [Double], deadWindows: Int = Parameters.deadWindows,
    weight: Double, alpha: Double = Parameters.alpha, r0: Double = Parameters.marginRatio,
    looks: Int = Parameters.looks, rHealthy: Double = Parameters.healthyRatio,
    beta: Double = Parameters.beta, floor: Double? = nil, floorPhiIndependent: Bool = false
  ) {
    self.init(
      baseline: Baseline(events: counts, exposures: exposures, deadWindows: deadWindows),
      weight: weight, alpha: alpha, r0: r0, looks: looks, rHealthy: rHealthy, beta: beta,
      floor: floor, floorPhiIndependent: floorPhiIndependent)
  }

  /// The start of the counts that carries most of their evidence: windows before it, and the counts
  /// since.
  package func strongestStart() -> (looks: Int, since: TwoSample) { count.strongestStart() }

  /// Starts that share the weight of the counts.
  package var startCount: Int { count.startCount }

  /// Adds one window and judges. Events of a window without exposure are carried to the next one
  /// with some. A window costs tens of microseconds; after an alarm nearly nothing.
  package mutating func update(events: Double, exposure: Double) {
    let (x, u) = carry.take(events: events, exposure: exposure)
    // With falling traffic episodes and activity are judged per window: bursts that fill a window
    // would otherwise look denser than they are.
    let widened = u > 0 ? max(u, baseline.meanExposure) : 0
    count.add(events: x, exposure: u)
    health.add(events: x, exposure: u)
    if dead.passes(active: x > 0) {
      episodeChannel?.add(events: x > 0 ? 1 : 0, exposure: widened)
    } else {
      episodeChannel?.add(events: 0, exposure: 0)
    }
    activityChannel?.add(events: x > 0 ? 1 : 0, exposure: x > 0 ? 0.5 * widened : widened)
    growWithTraffic()
    guard !alarmed else { return }
    logE = evaluate()
    alarmed = logE >= threshold
    guard judgesHealth, !alarmed, !healthyReached else { return }
    health.phi = phi
    logEHealthy = HealthyTest.logE(
      ratioRoute: health.evaluate(), count.sample, floorRate: floor, phiFloor: phiFloor)
    healthyReached = count.exposure > 0 && logEHealthy >= -log(beta)
  }

  /// The log e-value of all windows so far, even after an alarm. 0 before any exposure and for
  /// ever without a baseline.
  package func currentLogE() -> Double {
    guard count.exposure > 0, baseline.exposure > 0 else { return 0 }
    var channels = LogSum()
    channels.add(count.logE())
    if let episodeChannel { channels.add(episodeChannel.logE()) }
    if let activityChannel { channels.add(activityChannel.logE()) }
    return staked(channels)
  }

  /// The same, from what the channels know of the look before.
  private mutating func evaluate() -> Double {
    guard count.exposure > 0, baseline.exposure > 0 else { return 0 }
    var channels = LogSum()
    channels.add(count.evaluate())
    if let logE = episodeChannel?.evaluate() { channels.add(logE) }
    if let logE = activityChannel?.evaluate() { channels.add(logE) }
    return staked(channels)
  }

  /// The average of the channels, of which a part is staked.
  private func staked(_ channels: LogSum) -> Double {
    let average = channels.value - log(Double(channelCount))
    guard stake < 1 else { return average }
    var staked = LogSum()
    staked.add(log(1 - stake))
    staked.add(log(stake) + average)
    return staked.value
  }

  /// The log e-value of the healthy test over all windows so far.
  package func currentLogEHealthy() -> Double {
    HealthyTest.logE(
      count.sample, floorRate: floor, phi: phi, phiFloor: phiFloor, rHealthy: rHealthy)
  }

  /// 3.4: a channel's dispersion follows the traffic.
  private mutating func growWithTraffic() {
    let growth = baseline.trafficGrowth(exposure: count.exposure, looks: count.looks)
    count.phi = Baseline.grown(baseline.phi, by: growth)
    if let series = baseline.episodeSeries {
      episodeChannel?.phi = Baseline.grown(series.phi, by: growth)
    }
    if let series = baseline.activitySeries {
      activityChannel?.phi = Baseline.grown(series.phi, by: growth)
    }
  }
}

extension CountRule {
  /// REGRESSED is latched; HEALTHY is kept once reached unless the rule alarms later.
  package var verdict: Verdict {
    if alarmed { return .regressed }
    return healthyReached ? .healthy : .undecided
  }

  /// Whether the signal was shown to be healthy and has not alarmed since.
  package var healthy: Bool { verdict == .healthy }
  /// Dispersion of the counts now, grown with the traffic.
  package var phi: Double { count.phi }
  /// Dispersion the floor route assumes.
  package var phiFloor: Double { floorPhiIndependent && baseline.isRare ? 1 : phi }
  /// Episodes of the baseline.
  package var episodes: Int { baseline.episodes }
  /// B and E.
  package var baselineEvents: Double { baseline.events }
  package var baselineExposure: Double { baseline.exposure }
  /// X and U, windows after an alarm included.
  package var candidateEvents: Double { count.events }
  package var candidateExposure: Double { count.exposure }
  /// Events that wait for a window with exposure.
  package var carriedEvents: Double { carry.events }
  /// Windows so far.
  package var looks: Int { count.looks }
  /// Margin the rule is judged against.
  package var r0: Double { count.r0 }
  /// Part of the e-value 1 that is staked.
  package var stake: Double { baseline.stake }
  /// Channels that are on: 1, 2 or 3.
  package var channelCount: Int {
    1 + (episodeChannel == nil ? 0 : 1) + (activityChannel == nil ? 0 : 1)
  }
}
