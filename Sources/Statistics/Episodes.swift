/// Series of windows derived from a bursty one, in which a burst weighs as much as a single event.
///
/// A regression usually brings more bursts, not larger ones; then the number of bursts carries
/// nearly all the information.
package enum Episodes {
  /// Events and exposure of consecutive windows.
  package struct Series: Sendable, Equatable {
    package var events: [Double] = []
    package var exposures: [Double] = []

    /// Sum of the events.
    package var eventsTotal: Double { events.reduce(0, +) }
    /// Sum of the exposure.
    package var exposureTotal: Double { exposures.reduce(0, +) }
  }

  /// Episodes by a non-paralysable dead time: an active window starts an episode and blocks the
  /// next `deadWindows`. Exposure counts only while not blocked, so that for a Poisson stream
  /// (episodes, live exposure) is again Poisson with the same rate.
  package static func countEpisodes(
    events: [Double], exposures: [Double], deadWindows: Int
  ) -> Series {
    precondition(events.count == exposures.count, "every window needs a count and an exposure")
    var series = Series()
    series.events.reserveCapacity(events.count)
    series.exposures.reserveCapacity(events.count)
    var dead = DeadTime(windows: deadWindows)
    for (x, u) in zip(events, exposures) {
      let live = dead.passes(active: x > 0)
      series.events.append(live && x > 0 ? 1 : 0)
      series.exposures.append(live ? u : 0)
    }
    return series
  }

  /// The activity series: an active window is one event over half its exposure, because its first
  /// event comes, on average, before the middle; an empty one is none over the whole of it.
  ///
  /// The Poisson rate read off is 2 tanh(m/2) <= m for m events a window: within 11 % of m at 70 %
  /// active, so saturation costs power and never invents a rise.
  package static func activity(events: [Double], exposures: [Double]) -> Series {
    precondition(events.count == exposures.count, "every window needs a count and an exposure")
    return Series(
      events: events.map { $0 > 0 ? 1 : 0 },
      exposures: zip(events, exposures).map { $0 > 0 ? 0.5 * $1 : $1 })
  }

  /// Windows blocked after an active one so that an episode with its own window covers the dead
  /// time: 30 s over windows of 10 s block 2.
  package static func deadWindows(deadTimeSeconds: Double, windowSeconds: Double) -> Int {
    guard deadTimeSeconds > 0, windowSeconds > 0 else { return 0 }
    let windows = (deadTimeSeconds / windowSeconds).rounded(.up) - 1
    return windows >= 1 ? Int(min(windows, 1e6)) : 0
  }
}

/// The windows an episode still blocks.
struct DeadTime: Sendable {
  private let windows: Int
  private var left: Int

  /// `blockedNow` is the number of windows that are blocked from the start.
  init(windows: Int, blockedNow: Int = 0) {
    precondition(windows >= 0, "a dead time cannot be negative")
    self.windows = windows
    left = blockedNow
  }

  /// Advances one window. False while blocked; an active window that passes starts an episode.
  mutating func passes(active: Bool) -> Bool {
    if left > 0 {
      left -= 1
      return false
    }
    if active { left = windows }
    return true
  }
}
