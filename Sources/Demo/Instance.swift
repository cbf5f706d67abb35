/// One of the two application processes behind nginx.
struct Instance {
  /// Where nginx reaches it.
  let address: String
  /// Its process number before and after the release.
  let pids: (old: Int, new: Int)
  /// Its PostgreSQL backends before and after the release.
  let backends: (old: [Int], new: [Int])
  /// When the restart closes its port and when it listens again, in microseconds since 1970. Empty
  /// when the new version comes without a restart; the new version then starts at the lower bound.
  let down: Range<Int64>

  enum State {
    case old
    case down
    case new
  }

  func state(at time: Int64) -> State {
    if time < down.lowerBound { return .old }
    return time < down.upperBound ? .down : .new
  }

  /// The two processes of a service that is released at this moment. One goes down after the other,
  /// but a little too early: for two seconds nobody answers.
  static func pair(release: Int64, restart: Bool) -> [Instance] {
    let second: Int64 = 1_000_000
    let first = release + 400_000..<release + 7 * second + 350_000
    let later = release + 5 * second + 350_000..<release + 14 * second + 600_000
    let none = release..<release
    return [
      Instance(
        address: "10.0.0.11:8000", pids: (812, 4_131),
        backends: (Array(4_629...4_632), Array(20_411...20_414)), down: restart ? first : none),
      Instance(
        address: "10.0.0.12:8000", pids: (845, 4_164),
        backends: (Array(4_640...4_643), Array(20_427...20_430)), down: restart ? later : none),
    ]
  }
}
