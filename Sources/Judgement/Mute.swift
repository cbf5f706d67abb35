package import Records

/// A signal that somebody has silenced for a while, and why.
///
/// What it alarms stays listed. A silence can no more make a blind watch see than a release good: it
/// only takes a signal out of what fails the watch.
package struct Mute: Hashable, Sendable {
  package var signal: String
  package var from: Timestamp
  package var until: Timestamp
  package var reason: String

  package init(signal: String, from: Timestamp, until: Timestamp, reason: String) {
    self.signal = signal
    self.from = from
    self.until = until
    self.reason = reason
  }

  /// Whether it is in force at a moment.
  package func covers(_ moment: Timestamp) -> Bool { from <= moment && moment < until }
}

extension [Mute] {
  /// The silence of a signal that is in force at an event's time, or now: who silences a signal
  /// means what is seen from then on, whenever it happened.
  package func covering(_ signal: String, at moment: Timestamp, now: Timestamp) -> Mute? {
    filter { $0.signal == signal && ($0.covers(moment) || $0.covers(now)) }
      .max { $0.until < $1.until }
  }
}

extension Verdict {
  /// Marks what is silenced, and decides anew without it.
  ///
  /// - Parameter end: the end of the last window that was looked at.
  package mutating func mute(_ mutes: [Mute], end: Timestamp, now: Timestamp) {
    guard !mutes.isEmpty else { return }
    for index in alerts.indices {
      alerts[index].mute = mutes.covering(alerts[index].signal, at: alerts[index].at, now: now)
    }
    for index in signals.indices {
      signals[index].mute = mutes.covering(signals[index].signal, at: end, now: now)
    }
    guard outcome == .regressed, !isRegressedAloud else { return }
    if !blindness.isEmpty {
      outcome = .blind
      return
    }
    let needed = signals.filter { $0.isRequired && $0.mute == nil }
    let isHealthy =
      !needed.isEmpty && needed.allSatisfy { $0.state == .healthy || $0.state == .improved }
    outcome = isHealthy ? .healthy : .undecided
  }

  /// Whether something regressed that nobody has silenced.
  private var isRegressedAloud: Bool {
    if signals.contains(where: { $0.state == .regressed && $0.mute == nil }) { return true }
    // An alarm that was raised live may have no signal of its own any more.
    return alerts.contains { alert in
      alert.state == .firing && alert.mute == nil
        && !signals.contains { $0.signal == alert.signal }
        && !alerts.contains { $0.signal == alert.signal && $0.state == .resolved }
    }
  }
}
