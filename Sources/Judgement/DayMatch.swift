import Statistics
import Windows

/// A baseline matched by the time of day, for counts that only time measures.
///
/// With a whole earlier day at hand, the windows of the same clock time are what the candidate is
/// compared with, each weighted by how busy that time of day was (`DayProfile`). It needs events: a
/// series too rare for a profile is compared with everything there is.
struct DayMatch: Sendable {
  /// How far from a clock time its neighbours are counted, in seconds.
  private static let neighbourSeconds = 900.0
  private static let daySeconds = 86_400.0

  private let dayWindows: Int
  private let profile: DayProfile
  private let windows: [(phase: Int, counts: Double)]
  private let widthSeconds: Double

  /// Nil without an earlier day, or when a day is no whole number of windows.
  init?(_ indices: [Int], counts: [Double], from firstJudged: Int, widthSeconds: Double) {
    let perDay = Self.daySeconds / widthSeconds
    guard perDay == perDay.rounded(), let first = indices.first,
      firstJudged - Int(perDay) >= first
    else { return nil }
    let dayWindows = Int(perDay)
    self.dayWindows = dayWindows
    self.widthSeconds = widthSeconds
    func phase(_ index: Int) -> Int { ((index % dayWindows) + dayWindows) % dayWindows }
    windows = zip(indices, counts).map { (phase($0), $1) }
    var sums = [Double](repeating: 0, count: dayWindows)
    var days = [Double](repeating: 0, count: dayWindows)
    for (phase, count) in windows {
      sums[phase] += count
      days[phase] += 1
    }
    profile = DayProfile(eventsNear: Self.neighbours(sums, days, widthSeconds))
  }

  /// Events near each clock time, as if every neighbour had been seen on every day.
  private static func neighbours(
    _ sums: [Double], _ days: [Double], _ widthSeconds: Double
  ) -> [Double] {
    let reach = Int(neighbourSeconds / widthSeconds)
    let count = sums.count
    let most = days.max() ?? 0
    var events = 0.0
    var seen = 0.0
    func window(_ index: Int) -> Int { ((index % count) + count) % count }
    for index in -reach...reach {
      events += sums[window(index)]
      seen += days[window(index)]
    }
    var near: [Double] = []
    near.reserveCapacity(count)
    for index in 0..<count {
      near.append(seen > 0 ? events / seen * Double(2 * reach + 1) * most : 0)
      events += sums[window(index + reach + 1)] - sums[window(index - reach)]
      seen += days[window(index + reach + 1)] - days[window(index - reach)]
    }
    return near
  }

  /// Seconds that a window counts for: more where its time of day is busy.
  func exposure(of index: Int) -> Double {
    let phase = ((index % dayWindows) + dayWindows) % dayWindows
    return profile.exposure(window: phase) * widthSeconds
  }

  /// The earlier windows of the clock times of `block`.
  func baseline(for block: Range<Int>) -> (counts: [Double], exposures: [Double]) {
    let first = ((block.lowerBound % dayWindows) + dayWindows) % dayWindows
    let matched = windows.filter { window in
      (window.phase - first + dayWindows) % dayWindows < block.count
    }
    return (
      matched.map(\.counts),
      matched.map { profile.exposure(window: $0.phase) * widthSeconds }
    )
  }
}
