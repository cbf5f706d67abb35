#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A kind (mined template, fingerprint) first seen after the release.
///
/// Its first event is not evidence but the baseline: B = 1 over the exposure from the start of the
/// baseline to the end of that window. What comes after is counted:
///
///     E_kind = (E_count(phi = 20) + E_episode(phi = 1)) / 2
///
/// The dead time is 300 s and starts with the first event: a burst of minutes is one occurrence.
/// With B = 1 the baseline ends at its event, so the Poisson martingale is exact; kinds whose first
/// event came late recur more slowly, which is safe. Derived for this project.
///
/// The mixtures of the two channels expect rises of two or three, while a new kind that matters comes
/// hundreds of times as often as before. A third e-value over its episodes, with the exact B = 1 and
/// ratios of ten and more, takes `frequentWeight` of the mean: one request in 500 at 5 a second after
/// six hours of none is seen after 20 instead of 28 minutes (median; 0 gives the mean above).
package struct NewKind: Sendable {
  /// Nats needed: log(1/(alpha w_k)) with w_k of `AlphaBudget.newKindWeight`.
  package let threshold: Double
  /// Log e-value after the last window; frozen by an alarm.
  package private(set) var logE = 0.0
  /// Whether the evidence ever reached the threshold: the kind is a regression.
  package private(set) var alarmed = false

  private var count: Channel
  private var episodeChannel: Channel
  private var dead: DeadTime
  private var carry = Carry()
  private let exposureBefore: Double
  private let frequentWeight: Double

  /// Create it at the end of the window of the first event. `slot` is 1 for the first new kind,
  /// 2 for the second, ...; `deadWindows` is the whole dead time in windows.
  package init(
    exposureBefore: Double, slot: Int, alpha: Double = Parameters.alpha,
    looks: Int = Parameters.looks, deadWindows: Int = Parameters.newKindDeadWindows,
    reserve: Double = Parameters.newKindReserve, frequentWeight: Double = 0
  ) {
    precondition(
      frequentWeight >= 0 && frequentWeight < 1, "the weight of frequent kinds must be in [0, 1)")
    self.exposureBefore = exposureBefore
    self.frequentWeight = frequentWeight
    threshold = AlphaBudget.threshold(
      alpha: alpha, weight: AlphaBudget.newKindWeight(slot: slot, reserve: reserve))
    func channel(phi: Double) -> Channel {
      Channel(
        baselineEvents: 1, baselineExposure: exposureBefore, phi: phi, r0: 1, looks: looks,
        starts: Parameters.startsEpisodes)
    }
    count = channel(phi: Parameters.phiUnknown)
    episodeChannel = channel(phi: 1)
    dead = DeadTime(windows: deadWindows, blockedNow: deadWindows)
  }

  /// Adds the next window and judges.
  package mutating func update(events: Double, exposure: Double) {
    let (x, u) = carry.take(events: events, exposure: exposure)
    count.add(events: x, exposure: u)
    if dead.passes(active: x > 0) {
      episodeChannel.add(events: x > 0 ? 1 : 0, exposure: u)
    } else {
      episodeChannel.add(events: 0, exposure: 0)
    }
    guard !alarmed else { return }
    logE = mean(count.evaluate(), episodeChannel.evaluate())
    alarmed = logE >= threshold
  }

  /// The log e-value of all windows so far, even after an alarm.
  package func currentLogE() -> Double {
    mean(count.logE(), episodeChannel.logE())
  }

  private func mean(_ counts: Double, _ episodes: Double) -> Double {
    var channels = LogSum()
    let weight = log((1 - frequentWeight) / 2)
    channels.add(weight + counts)
    channels.add(weight + episodes)
    if frequentWeight > 0 { channels.add(log(frequentWeight) + frequentLogE) }
    return channels.value
  }

  /// Evidence that it comes much more often than once in the exposure before.
  private var frequentLogE: Double {
    let sample = TwoSample(
      candidateEvents: episodeChannel.events, candidateExposure: episodeChannel.exposure,
      baselineEvents: 1, baselineExposure: exposureBefore)
    guard sample.isInformative else { return 0 }
    var sum = LogSum()
    for index in 0..<Parameters.newKindRatios.count {
      sum.add(
        log(Parameters.newKindRatioWeights[index])
          + EValue.logM(sample, ratio: Parameters.newKindRatios[index], phi: 1))
    }
    return sum.value
  }

  /// Events after the first window, and the exposure they were counted over.
  package var events: Double { count.events }
  package var exposure: Double { count.exposure }
}
