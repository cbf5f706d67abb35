/// Every tuning constant of the decision method, each with the reason for its value.
///
/// They were chosen together by simulation (42 scenarios, a baseline of 6 h, a watch of 1 h,
/// a look every 10 s); change one only with that simulation at hand.
package enum Parameters {
  // MARK: Ratios and starts

  /// Ratios the evidence for a rise is spread over: dense where regressions are small, sparse up
  /// Ratios that a new kind of error has when it matters, and their weights; they sum to 1.
  static let newKindRatios: InlineArray<4, Double> = [10, 30, 100, 300]
  static let newKindRatioWeights: InlineArray<4, Double> = [0.15, 0.3, 0.35, 0.2]
  /// Their part of the evidence of a new kind.
  package static let newKindFrequentWeight = 0.6

  /// to a thousandfold because a flood is found by any large ratio.
  static let upRatios: InlineArray<9, Double> = [
    1.25, 1.5, 2.0, 3.0, 5.0, 10.0, 30.0, 100.0, 1000.0,
  ]
  /// Weights of `upRatios`; they sum to 1, most of it where regressions usually are (1.5 to 3).
  static let upWeights: InlineArray<9, Double> = [
    0.08, 0.20, 0.24, 0.17, 0.12, 0.09, 0.05, 0.03, 0.02,
  ]
  /// Ratios the evidence for a fall is spread over; the last one stands for silence.
  static let downRatios: InlineArray<6, Double> = [0.8, 0.65, 0.5, 0.3, 0.1, 1e-3]
  /// Weights of `downRatios`; they sum to 1.
  static let downWeights: InlineArray<6, Double> = [0.10, 0.20, 0.25, 0.20, 0.13, 0.12]

  /// Prior weight of "the change starts at the release". Costs 0.36 nats; without later starts a
  /// change 30 min into the watch takes 2 to 5 times longer to find.
  package static let releaseWeight = 0.7
  /// Starts of a count channel with phi = 1: one a minute of an hour.
  static let startsPoisson = 60
  /// Starts of a count channel with phi > 1: its root costs more.
  static let startsBursty = 30
  /// Starts of the episode and activity channels: their events are far apart.
  static let startsEpisodes = 20
  /// Looks of a watch of one hour with windows of 10 s.
  package static let looks = 360

  // MARK: Error probabilities and margins

  /// False-alarm probability of a watch: all rules, all looks.
  package static let alpha = 0.01
  /// Margin of ratios and proportions: a drift of a few percent otherwise alarms at high counts.
  package static let marginRatio = 1.1
  /// Margin of counts per time and of latency shares, which drift more from day to day.
  package static let marginPerTime = 1.25
  /// A signal is healthy when a ratio of this or more is rejected. At 1.5 a good release at
  /// 6 requests/s with 0.4 % errors was called healthy within 30 min in 17 % of runs, at 2.0 in 85 %.
  package static let healthyRatio = 2.0
  /// The same for the share above the median latency, which is counted precisely.
  package static let healthyRatioMedian = 1.5
  /// Probability to call a signal healthy although its ratio is at the margin.
  package static let beta = 0.05
  /// Practical floor where exposure is requests: events per request.
  package static let floorPerRequest = 0.005
  /// Practical floor where exposure is time: one event a minute, per second.
  package static let floorPerSecond = 1.0 / 60.0

  // MARK: Burstiness

  /// Dispersion assumed when the baseline cannot tell: unknown burstiness must not alarm on the
  /// first burst, and a flood of 500 events is still 10 nats.
  package static let phiUnknown = 20.0
  /// With fewer baseline episodes the baseline cannot tell how bursty it is.
  package static let episodesMinimum = 30
  /// Above this dispersion episodes and active windows are judged beside the counts.
  static let phiEpisodes = 1.5
  /// Live share of exposure below which dead time hides too much for the episode channel.
  static let liveShareMinimum = 0.5
  /// Share of exposure the activity series must keep: windows active at most 70 % of the time.
  static let activityShareMinimum = 0.65
  /// Seconds one episode blocks: longer is safer against long bursts, slower for rare errors.
  package static let deadTimeSeconds = 30.0
  /// Windows an episode blocks after its own: `deadTimeSeconds` over windows of 10 s, less one.
  package static let deadWindows = 2
  /// Dead time of kinds first seen after the release: a burst of minutes is one occurrence. With
  /// 30 s one burst of 1 to 5 min failed 10 to 61 % of simulated watches.
  package static let newKindDeadTimeSeconds = 300.0
  /// The same in windows of 10 s, counted from the window after the first event.
  package static let newKindDeadWindows = 30
  /// Shortest block of the dispersion of episodes: shorter ones are biased by the dead time.
  static let episodeBlockWindows = 8
  /// Shortest block of the dispersion of the activity series.
  static let activityBlockWindows = 2
  /// Longest block in windows; a burst longer than this looks like a change.
  package static let blockWindowsLongest = 64
  /// Fewest blocks a scale needs for its Fano factor to mean something.
  package static let blocksMinimum = 24
  /// Part of a Fano factor above which the one block that makes it is shown as an incident.
  static let incidentShare = 0.5
  /// Standard errors above which a Fano factor counts as burstiness (covers estimation error).
  static let burstinessGate = 1.6
  /// Standard errors of estimation error added to a Fano factor that counts.
  static let inflation = 2.0

  // MARK: Stake

  /// Smallest stake of a rule with few baseline events.
  static let stakeMinimum = 0.1
  /// Baseline events from which the whole e-value is staked: fewer cannot show that bursts exist.
  package static let stakeEvents = 400.0

  // MARK: Weights

  /// Share of alpha kept for kinds that the baseline never saw.
  package static let newKindReserve = 0.2

  // MARK: Recovery

  /// A recovery rejects "the ratio is still this or more".
  package static let recoveryRatio = 1.25
  /// Weight of the start at the first window after the alarm; later starts share the rest.
  static let recoveryFirstWeight = 0.5
  /// Windows between the later starts of a recovery: a minute of windows of 10 s.
  package static let recoveryStrideWindows = 6

  // MARK: Time of day

  /// Events added to both sides of a daily profile. An unshrunk profile of a rare series failed.
  static let profileShrinkageEvents = 100.0

  // MARK: Numbers shown

  /// Odds above this are shown as this: nobody can judge larger ones.
  package static let oddsShownLimit = 1e6
  /// Error probability of the shown ratio interval.
  package static let intervalAlpha = 0.05
  /// A forecast beyond this multiple of the baseline's exposure is "cannot be decided".
  package static let forecastExposureFactor = 1e4
}
