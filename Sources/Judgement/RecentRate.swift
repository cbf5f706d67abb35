#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Events a window lately: a mean whose memory is an hour long.
///
/// What was due in a pause is measured against the smaller of this and the baseline: every log is
/// quieter at night than its baseline of a day.
struct RecentRate: Sendable {
  private static let memorySeconds = 3_600.0
  private let share: Double
  private(set) var perWindow: Double

  /// Begins with the last hour of the baseline.
  init(_ counts: some Collection<Double>, windowSeconds: Double) {
    share = 1 - exp(-windowSeconds / Self.memorySeconds)
    let last = counts.suffix(max(1, Int(Self.memorySeconds / windowSeconds)))
    perWindow = last.isEmpty ? 0 : last.reduce(0, +) / Double(last.count)
  }

  mutating func add(_ count: Double) { perWindow += share * (count - perWindow) }
}
