import Statistics
import Windows

/// A baseline matched by the time of day, for counts that only time measures.
///
/// With three whole earlier days at hand, the windows of the same clock time are what the candidate is
/// compared with, each weighted by how busy that time of day was (`DayProfile`). The weights of a day
/// come from the other days: weights from its own counts would hide how much one day differs from the
/// next. It needs events, and days without a gap: otherwise everything there is is the baseline.
struct DayMatch: Sendable {
  /// How far from a clock time its neighbours are counted, in seconds.
  private static let neighbourSeconds = 900.0
  private static let daySeconds = 86_400.0
  /// Fewer days do not show how much one differs from the next.
  private static let daysMinimum = 3
  /// Part of the windows near a clock time that must have been seen on each day.
  private static let coverage = 0.9

  private struct Seen {
    let index: Int
    let day: Int
    let phase: Int
    let count: Double
  }

  private let dayWindows: Int
  private let profile: DayProfile
  /// By day before the release, from 0: the profile of the other days.
  private let othersProfiles: [DayProfile]
  private let seen: [Seen]
  private let widthSeconds: Double

  /// Nil where there are not three earlier days without a gap near the clock times of `block`, too few
  /// events there, or when a day is no whole number of windows.
  ///
  /// - Parameter isSeen: whether anything was logged in a window.
  init?(
    _ indices: [Int], counts: [Double], isSeen: (Int) -> Bool, block: Range<Int>,
    widthSeconds: Double
  ) {
    let perDay = Self.daySeconds / widthSeconds
    guard perDay == perDay.rounded(), let first = indices.first else { return nil }
    let dayWindows = Int(perDay)
    let days = (block.lowerBound - first) / dayWindows
    guard days >= Self.daysMinimum, block.count <= dayWindows else { return nil }
    self.dayWindows = dayWindows
    self.widthSeconds = widthSeconds
    seen = zip(indices, counts).compactMap { index, count in
      let day = (block.lowerBound - 1 - index) / dayWindows
      guard index < block.lowerBound, day < days, isSeen(index) else { return nil }
      let phase = ((index % dayWindows) + dayWindows) % dayWindows
      return Seen(index: index, day: day, phase: phase, count: count)
    }
    let reach = Int(Self.neighbourSeconds / widthSeconds)
    var sums = [[Double]](repeating: [], count: days)
    var total = [Double](repeating: 0, count: dayWindows)
    for day in 0..<days {
      let near = Self.near(seen.lazy.filter { $0.day == day }, dayWindows, reach)
      for phase in Self.phases(of: block, dayWindows)
      where near.windows[phase] < Self.coverage * Double(2 * reach + 1) {
        return nil
      }
      sums[day] = near.events
      for phase in total.indices { total[phase] += near.events[phase] }
    }
    profile = DayProfile(eventsNear: total)
    othersProfiles = sums.map { own in
      DayProfile(
        eventsNear: zip(total, own).map { ($0 - $1) * Double(days) / Double(days - 1) })
    }
    guard baseline(for: block).counts.reduce(0, +) >= Parameters.stakeEvents else { return nil }
  }

  private static func phases(of block: Range<Int>, _ dayWindows: Int) -> [Int] {
    block.map { (($0 % dayWindows) + dayWindows) % dayWindows }
  }

  /// Events and windows of one day near each clock time.
  private static func near(
    _ seen: some Sequence<Seen>, _ dayWindows: Int, _ reach: Int
  ) -> (events: [Double], windows: [Double]) {
    var counts = [Double](repeating: 0, count: dayWindows)
    var windows = [Double](repeating: 0, count: dayWindows)
    for window in seen {
      counts[window.phase] += window.count
      windows[window.phase] += 1
    }
    return (around(counts, reach), around(windows, reach))
  }

  /// The sum of the neighbours of each place, around the clock.
  private static func around(_ values: [Double], _ reach: Int) -> [Double] {
    let count = values.count
    func value(_ index: Int) -> Double { values[((index % count) + count) % count] }
    var sum = (-reach...reach).reduce(0) { $0 + value($1) }
    return (0..<count).map { index in
      defer { sum += value(index + reach + 1) - value(index - reach) }
      return sum
    }
  }

  /// Seconds that a window counts for: more where its time of day is busy.
  func exposure(of index: Int) -> Double {
    let phase = ((index % dayWindows) + dayWindows) % dayWindows
    return profile.exposure(window: phase) * widthSeconds
  }

  /// The earlier windows of the clock times of `block`, in time order.
  func baseline(for block: Range<Int>) -> (counts: [Double], exposures: [Double]) {
    let first = ((block.lowerBound % dayWindows) + dayWindows) % dayWindows
    let matched = seen.filter { window in
      (window.phase - first + dayWindows) % dayWindows < block.count
    }
    return (
      matched.map(\.count),
      matched.map { othersProfiles[$0.day].exposure(window: $0.phase) * widthSeconds }
    )
  }
}
