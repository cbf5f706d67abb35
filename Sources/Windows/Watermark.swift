package import Records

/// How far event time is complete while inputs are followed.
///
/// It is the smallest of the inputs' newest times less the allowed lateness. An input that has been
/// idle on the clock for a while is left out, and when all are idle the clock itself carries the
/// watermark on, so that silence is judged too.
///
/// While events are read as they happen, nobody waits much longer than lines have been seen to take:
/// after a minute the clock less three times the longest delay of the last minutes is complete as well,
/// once everything that was written has been read. A pure state machine: clock readings are handed in.
package struct Watermark: Sendable {
  package enum Event: Sendable {
    /// Records of `input` were read at clock time `now`: the newest of all, the oldest of these.
    case record(input: Int, newest: Timestamp, oldest: Timestamp, now: Timestamp)
    /// An input will send nothing more.
    case ended(input: Int)
    /// The clock moved on. `isDrained`: nothing that was written is still to be read.
    case tick(now: Timestamp, isDrained: Bool)
  }

  private struct Input {
    var newest: Timestamp
    var heard: Timestamp
    /// How far its newest time was behind the clock when it was heard last.
    var delayNanoseconds: Int64
    var hasEnded = false
  }

  /// No line is taken as complete earlier: a record is held back until it cannot grow any more.
  private static let delayMinimum: Int64 = 700_000_000
  /// What is waited for is so many times the longest delay seen.
  private static let delayFactor: Int64 = 3
  /// How long lines have to be seen before anything is known of their delays.
  private static let delayLearning: Int64 = 60_000_000_000
  /// How long a delay is remembered, at least.
  private static let delayMemory: Int64 = 300_000_000_000

  private let latenessNanoseconds: Int64
  private let idleNanoseconds: Int64
  /// The clock stands in for silent inputs only when their event time is near it: a replay of last
  /// week must not jump to today.
  private let clockDistanceNanoseconds: Int64
  private var inputs: [Int: Input] = [:]
  /// The longest delay that lateness allows, of this span of `delayMemory` and of the one before.
  private var delays: (current: Int64, before: Int64) = (0, 0)
  private var delaysSince: Timestamp?
  /// When the first line came that was read as it was written.
  private var learningSince: Timestamp?
  /// Everything before this moment is taken as complete; never moves back.
  package private(set) var value: Timestamp?

  /// - Parameters:
  ///   - lateness: how much later than its newest neighbour a record may come.
  ///   - idle: how long an input may be quiet on the clock before it no longer holds others back.
  package init(
    latenessNanoseconds: Int64, idleNanoseconds: Int64,
    clockDistanceNanoseconds: Int64 = 600_000_000_000
  ) {
    self.latenessNanoseconds = latenessNanoseconds
    self.idleNanoseconds = idleNanoseconds
    self.clockDistanceNanoseconds = clockDistanceNanoseconds
  }

  /// Takes an event in; returns the watermark after it.
  @discardableResult
  package mutating func on(_ event: Event) -> Timestamp? {
    switch event {
    case .record(let input, let newest, let oldest, let now):
      let known = inputs[input].map { max($0.newest, newest) } ?? newest
      inputs[input] = Input(
        newest: known, heard: now, delayNanoseconds: now.nanoseconds(since: known))
      note(delay: now.nanoseconds(since: oldest), now: now)
    case .ended(let input):
      inputs[input]?.hasEnded = true
    case .tick(let now, let isDrained):
      advance(now: now, isDrained: isDrained)
    }
    return value
  }

  private mutating func note(delay: Int64, now: Timestamp) {
    // What comes later than is allowed is late whatever is waited for.
    guard delay <= latenessNanoseconds else { return }
    learningSince = learningSince ?? now
    let since = delaysSince ?? now
    if now.nanoseconds(since: since) >= Self.delayMemory {
      delays = (0, delays.current)
      delaysSince = now
    } else {
      delaysSince = since
    }
    delays.current = max(delays.current, delay)
  }

  /// How long after an event its line has been read.
  private var delayNanoseconds: Int64 {
    let seen = Self.delayFactor * max(delays.current, delays.before)
    return min(latenessNanoseconds, max(seen, Self.delayMinimum))
  }

  private mutating func advance(now: Timestamp, isDrained: Bool) {
    guard let newest = inputs.values.map(\.newest).max() else { return }
    let active = inputs.values.filter {
      !$0.hasEnded && now.nanoseconds(since: $0.heard) < idleNanoseconds
    }
    var complete: Timestamp
    if let slowest = active.map(\.newest).min() {
      complete = slowest.advanced(byNanoseconds: -latenessNanoseconds)
      // A clock that runs behind ours, or a replay, is told by its newest line.
      if isDrained, let learningSince, now.nanoseconds(since: learningSince) >= Self.delayLearning,
        active.allSatisfy({ $0.delayNanoseconds <= latenessNanoseconds })
      {
        complete = max(complete, now.advanced(byNanoseconds: -delayNanoseconds))
      }
    } else if now.nanoseconds(since: newest).magnitude < clockDistanceNanoseconds.magnitude {
      complete = now.advanced(byNanoseconds: -latenessNanoseconds)
    } else {
      complete = newest.advanced(byNanoseconds: -latenessNanoseconds)
    }
    value = value.map { max($0, complete) } ?? complete
  }
}
