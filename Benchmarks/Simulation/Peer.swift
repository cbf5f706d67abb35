import Statistics

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Other ways to watch the same counts, as they are usually set up.
enum Peer: String, CaseIterable, Sendable {
  /// The rate of the last five minutes is more than twice the baseline's.
  case doubled = "twice the 5-minute rate"
  /// A minute lies three standard deviations above the baseline's minutes.
  case score = "z > 3 on a minute"
  /// Page's cumulative sum on standardised windows, reference value 0.5, limit 5.
  case cumulative = "CUSUM"
  /// The judge's own mixture with independent events taken for granted.
  case independent = "Poisson-only sequential test"
  /// The rank test of Kayenta's judge on minutes, at every minute from the fifth on.
  case ranks = "Kayenta's rank test"

  /// Whether it alarms during a watch in which time is the exposure.
  ///
  /// - Parameters:
  ///   - row: events by window of ten seconds, the baseline first.
  ///   - threshold: nats a sequential test needs.
  func alarms(_ row: [Double], baselineWindows: Int, threshold: Double) -> Bool {
    let before = row[..<baselineWindows]
    let after = row[baselineWindows...]
    switch self {
    case .doubled: return Self.doubled(before, after)
    case .score: return Self.score(before, after)
    case .cumulative: return Self.cumulative(before, after)
    case .independent: return Self.independent(before, after, threshold: threshold)
    case .ranks: return RankJudge(before: before, after: after).raisedMinutes.contains(true)
    }
  }

  private static func doubled(_ before: ArraySlice<Double>, _ after: ArraySlice<Double>) -> Bool {
    let windows = 30
    let limit = 2 * before.reduce(0, +) / Double(before.count) * Double(windows)
    var recent = Array(before.suffix(windows))
    var sum = recent.reduce(0, +)
    for (look, x) in after.enumerated() {
      sum += x - recent[look % windows]
      recent[look % windows] = x
      if sum > limit { return true }
    }
    return false
  }

  private static func score(_ before: ArraySlice<Double>, _ after: ArraySlice<Double>) -> Bool {
    let (mean, deviation) = moments(minutes(before))
    return minutes(after).contains { $0 > mean + 3 * deviation }
  }

  private static func cumulative(
    _ before: ArraySlice<Double>, _ after: ArraySlice<Double>
  ) -> Bool {
    let (mean, deviation) = moments(Array(before))
    guard deviation > 0 else { return after.contains { $0 > mean } }
    var sum = 0.0
    for x in after {
      sum = max(0, sum + (x - mean) / deviation - 0.5)
      if sum > 5 { return true }
    }
    return false
  }

  private static func independent(
    _ before: ArraySlice<Double>, _ after: ArraySlice<Double>, threshold: Double
  ) -> Bool {
    var channel = Channel(
      baselineEvents: before.reduce(0, +), baselineExposure: Double(before.count), phi: 1, r0: 1,
      looks: after.count, starts: 60)
    return after.contains { channel.update(events: $0, exposure: 1) >= threshold }
  }

  /// Sums of whole minutes.
  static func minutes(_ windows: ArraySlice<Double>) -> [Double] {
    stride(from: windows.startIndex, through: windows.endIndex - 6, by: 6).map {
      windows[$0..<$0 + 6].reduce(0, +)
    }
  }

  private static func moments(_ numbers: [Double]) -> (mean: Double, deviation: Double) {
    let mean = numbers.reduce(0, +) / Double(numbers.count)
    let square = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (square / Double(max(1, numbers.count - 1))).squareRoot())
  }
}
