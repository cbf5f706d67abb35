/// Everything a rule learns from the windows before the release, computed once.
///
/// Restarting a rule from a `Baseline` costs almost nothing; computing one takes about thirty
/// passes over its windows.
package struct Baseline: Sendable, Equatable {
  /// The events, exposure and dispersion one channel compares with.
  package struct Series: Sendable, Equatable {
    package let events: Double
    package let exposure: Double
    package let phi: Double
  }

  /// B, events of all windows.
  package let events: Double
  /// E, exposure of all windows.
  package let exposure: Double
  /// Number of windows, the ones without exposure included.
  package let windows: Int
  /// Separate episodes among the events, by dead time.
  package let episodes: Int
  /// Windows an episode blocks after its own.
  package let deadWindows: Int
  /// Dispersion of the counts; below 1 only for a proportion.
  package let phi: Double
  /// Windows of one block that makes most of the burstiness: probably an incident inside the
  /// baseline, worth excluding.
  package let burst: Range<Int>?
  /// Whether the windows were too few, or too empty, to learn burstiness from.
  package let isBurstinessUnknown: Bool
  /// What the episode channel compares with; nil while that channel is off.
  package let episodeSeries: Series?
  /// What the activity channel compares with; nil while that channel is off.
  package let activitySeries: Series?
  /// Part of the e-value 1 that is staked: fewer than 400 events cannot show that bursts exist.
  package let stake: Double

  /// Learns from baseline windows in the order of time.
  ///
  /// - The episode channel is on with fewer than 30 episodes (rare), or with phi > 1.5 and live
  ///   exposure of at least half.
  /// - The activity channel is on when not rare, phi > 1.5 and its series keeps 0.65 of the
  ///   exposure. If bursts outlast windows its phi is at least
  ///   max((1 - share active) clump, clump/2).
  /// - Stake: rare rules 1 (phi = 20 protects them), else min(1, max(0.1, (B/400)^2)).
  /// - `isProportion`: the events are a part of the exposure, each trial counted at most once.
  package init(
    events: [Double], exposures: [Double], deadWindows: Int = Parameters.deadWindows,
    isProportion: Bool = false
  ) {
    precondition(events.count == exposures.count, "every window needs a count and an exposure")
    let events = events.map { Limits.bounded($0, by: Limits.windowEventsLimit) }
    let exposures = exposures.map { Limits.bounded($0, by: Limits.windowExposureLimit) }
    let total = events.reduce(0, +)
    let exposure = exposures.reduce(0, +)
    let series = Episodes.countEpisodes(
      events: events, exposures: exposures, deadWindows: deadWindows)
    let episodes = Int(series.eventsTotal)
    let estimate = Dispersion.estimate(events: events, exposures: exposures, episodes: episodes)
    let rare = episodes < Parameters.episodesMinimum

    self.events = total
    self.exposure = exposure
    self.windows = events.count
    self.episodes = episodes
    self.deadWindows = deadWindows
    burst = estimate.burst
    isBurstinessUnknown = estimate.isUnknown
    phi =
      isProportion
      ? ProportionDispersion.phi(events: total, trials: exposure, phiEstimated: estimate.phi)
      : estimate.phi
    episodeSeries = Self.episodeSeries(
      series, episodes: episodes, rare: rare, phi: estimate.phi, exposure: exposure)
    activitySeries =
      rare ? nil : Self.activitySeries(events, exposures, phi: estimate.phi, exposure: exposure)
    let share = total / Parameters.stakeEvents
    stake = rare ? 1 : min(1, max(Parameters.stakeMinimum, share * share))
  }

  /// Mean exposure of a window; 0 without windows.
  package var meanExposure: Double { exposure / Double(max(1, windows)) }

  /// Whether the baseline has too few episodes to tell how bursty it is.
  package var isRare: Bool { episodes < Parameters.episodesMinimum }

  /// Growth of traffic, max(1, mean exposure per window after / before).
  package func trafficGrowth(exposure after: Double, looks: Int) -> Double {
    guard looks > 0, meanExposure > 0 else { return 1 }
    return min(max(1, after / Double(looks) / meanExposure), Limits.trafficGrowthLimit)
  }

  /// phi_t = 1 + (phi - 1) growth: bursts proportional to traffic grow with it. A binomial share
  /// (phi < 1) does not depend on traffic.
  package static func grown(_ phi: Double, by growth: Double) -> Double {
    phi > 1 ? 1 + (phi - 1) * growth : phi
  }

  private static func episodeSeries(
    _ series: Episodes.Series, episodes: Int, rare: Bool, phi: Double, exposure: Double
  ) -> Series? {
    let live = series.exposureTotal
    let bursty = phi > Parameters.phiEpisodes && live >= Parameters.liveShareMinimum * exposure
    guard rare || bursty else { return nil }
    var phi = 1.0
    if episodes > 0 {
      phi =
        Dispersion.estimate(
          events: series.events, exposures: series.exposures, episodes: episodes, prior: 1,
          episodesMinimum: 0, shortest: Parameters.episodeBlockWindows
        ).phi
    }
    return Series(events: series.eventsTotal, exposure: live, phi: phi)
  }

  private static func activitySeries(
    _ events: [Double], _ exposures: [Double], phi: Double, exposure: Double
  ) -> Series? {
    let series = Episodes.activity(events: events, exposures: exposures)
    let kept = series.exposureTotal
    guard phi > Parameters.phiEpisodes, kept >= Parameters.activityShareMinimum * exposure else {
      return nil
    }
    let active = series.eventsTotal
    var phi =
      Dispersion.estimate(
        events: series.events, exposures: series.exposures, episodes: Int(active), prior: 1,
        episodesMinimum: 0, shortest: Parameters.activityBlockWindows
      ).phi
    let clump = Dispersion.clump(events: events, exposures: exposures)
    if clump > 1 {
      let share = active / Double(series.events.count)
      phi = max(phi, (1 - share) * clump, 0.5 * clump)
    }
    return Series(events: active, exposure: kept, phi: phi)
  }
}
