import Records
import Windows

/// How a summary cuts time: windows of a minute on whole minutes, in days of UTC.
enum SummaryPlan {
  static let widthNanoseconds: Int64 = 60_000_000_000
  static let dayNanoseconds: Int64 = 86_400_000_000_000
  static let windowsPerDay = Int(dayNanoseconds / widthNanoseconds)
  /// Days of history that a run compares with and that a job keeps.
  static let historyDays = 28
  /// How far back the lines of a first run may lie, in days.
  static let firstRunDays = 340
  /// How long what regressed is no part of the baseline: then it is how things are.
  static let holdNanoseconds: Int64 = 7 * dayNanoseconds
  /// A line of our clock's future carries a wrong time; a log that is a little ahead does not.
  static let futureNanoseconds: Int64 = dayNanoseconds
  /// Event time this near to the clock is live: from then on no line means something.
  static let liveNanoseconds: Int64 = 600_000_000_000

  /// The start of the window that holds a moment.
  static func floor(_ moment: Timestamp) -> Timestamp {
    let rest = moment.nanoseconds % widthNanoseconds
    return moment.advanced(byNanoseconds: -(rest < 0 ? rest + widthNanoseconds : rest))
  }

  /// Days since 1970 of a moment.
  static func day(of moment: Timestamp) -> Int {
    let quotient = moment.nanoseconds / dayNanoseconds
    return Int(moment.nanoseconds % dayNanoseconds < 0 ? quotient - 1 : quotient)
  }

  static func start(ofDay day: Int) -> Timestamp {
    Timestamp(nanoseconds: Int64(day) * dayNanoseconds)
  }

  /// A plan whose windows from `release` on are what is new.
  static func plan(release: Timestamp, days: Int, windows: Int? = nil) -> WindowPlan {
    WindowPlan(
      release: release, widthNanoseconds: widthNanoseconds,
      baselineSpan: Int64(days) * dayNanoseconds, settle: 0,
      length: windows.map { Int64($0) * widthNanoseconds })
  }
}
