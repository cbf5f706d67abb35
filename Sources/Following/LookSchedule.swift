/// Which paths to look at when nothing tells of changes.
///
/// Files that changed within the last minute are looked at every time; of the others, so many a
/// second in turns, so that ten thousand idle files cost next to nothing.
struct LookSchedule {
  private static let busyNanoseconds: Int64 = 60_000_000_000
  private var next = 0

  /// The paths to look at now, when the last look was at `last`.
  mutating func paths(
    among paths: [FollowedPath], _ options: FollowOptions, from last: Int64?, now: Int64
  ) -> [FollowedPath] {
    let interval = Int64(options.pollMilliseconds) * 1_000_000
    let passed = max(interval, last.map { now - $0 } ?? .max)
    let share = Double(passed) / 1e9 * Double(Limits.idleLooksPerSecond)
    guard Double(paths.count) > share else { return paths }
    var chosen = paths.filter { now - $0.lastChange < Self.busyNanoseconds }
    for _ in 0..<max(1, Int(share)) {
      next = next + 1 < paths.count ? next + 1 : 0
      chosen.append(paths[next])
    }
    return chosen
  }
}
