package import Records

/// How far event time is complete while inputs are followed.
///
/// It is the smallest of the inputs' newest times less the allowed lateness. An input that has been
/// idle on the clock for a while is left out, and when all are idle the clock itself carries the
/// watermark on, so that silence is judged too. A pure state machine: clock readings are handed in.
package struct Watermark: Sendable {
  package enum Event: Sendable {
    /// A record of `input` was read at clock time `now`.
    case record(input: Int, time: Timestamp, now: Timestamp)
    /// An input will send nothing more.
    case ended(input: Int)
    /// The clock moved on.
    case tick(now: Timestamp)
  }

  private struct Input {
    var newest: Timestamp
    var heard: Timestamp
    var hasEnded = false
  }

  private let latenessNanoseconds: Int64
  private let idleNanoseconds: Int64
  /// The clock stands in for silent inputs only when their event time is near it: a replay of last
  /// week must not jump to today.
  private let clockDistanceNanoseconds: Int64
  private var inputs: [Int: Input] = [:]
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
    case .record(let input, let time, let now):
      let newest = inputs[input].map { max($0.newest, time) } ?? time
      inputs[input] = Input(newest: newest, heard: now)
    case .ended(let input):
      inputs[input]?.hasEnded = true
    case .tick(let now):
      advance(now: now)
    }
    return value
  }

  private mutating func advance(now: Timestamp) {
    guard let newest = inputs.values.map(\.newest).max() else { return }
    let active = inputs.values.filter {
      !$0.hasEnded && now.nanoseconds(since: $0.heard) < idleNanoseconds
    }
    let complete: Timestamp
    if let slowest = active.map(\.newest).min() {
      complete = slowest.advanced(byNanoseconds: -latenessNanoseconds)
    } else if now.nanoseconds(since: newest).magnitude < clockDistanceNanoseconds.magnitude {
      complete = now.advanced(byNanoseconds: -latenessNanoseconds)
    } else {
      complete = newest.advanced(byNanoseconds: -latenessNanoseconds)
    }
    value = value.map { max($0, complete) } ?? complete
  }
}
