import Following
import Records

/// Decides for each stream whether its lines carry times of their own or take that of their arrival.
///
/// A log that carries times may begin in the middle of a traceback, whose lines must not be taken as
/// having happened now. So lines without a time wait until one with a time comes, the stream pauses,
/// or there are many of them.
struct ArrivalGate {
  /// Lines that wait at most.
  private static let linesWaitingLimit = 64

  struct WaitingLine {
    var bytes: [UInt8]
    var position: LinePosition
    var arrival: Timestamp
  }

  private enum State {
    case undecided([WaitingLine])
    case stamped
    case unstamped
  }

  enum Decision {
    /// The line waits.
    case wait
    /// These lines come first; then this one, with or without its arrival as its time.
    case pass(before: [WaitingLine], usesArrival: Bool)
  }

  private var states: [Int: State] = [:]
  private let head: HeadTime

  init(head: HeadTime) {
    self.head = head
  }

  mutating func decide(
    input: Int, _ bytes: Span<UInt8>, _ position: LinePosition, now: Timestamp
  ) -> Decision {
    switch states[input] ?? .undecided([]) {
    case .stamped: return .pass(before: [], usesArrival: false)
    case .unstamped: return .pass(before: [], usesArrival: true)
    case .undecided(var waiting):
      if head(bytes) != nil {
        states[input] = .stamped
        return .pass(before: waiting, usesArrival: false)
      }
      if waiting.count >= Self.linesWaitingLimit {
        states[input] = .unstamped
        return .pass(before: waiting, usesArrival: true)
      }
      var copy: [UInt8] = []
      for index in 0..<bytes.count { copy.append(bytes[index]) }
      waiting.append(WaitingLine(bytes: copy, position: position, arrival: now))
      states[input] = .undecided(waiting)
      return .wait
    }
  }

  /// The lines that wait in streams that have paused: they arrived, and nothing says otherwise.
  mutating func takeWaiting() -> [(input: Int, lines: [WaitingLine])] {
    var taken: [(input: Int, lines: [WaitingLine])] = []
    for (input, state) in states.sorted(by: { $0.key < $1.key }) {
      guard case .undecided(let lines) = state, !lines.isEmpty else { continue }
      taken.append((input, lines))
      states[input] = .undecided([])
    }
    return taken
  }
}
