package import Records
package import Windows

/// Where stored baselines lie before a release: at their own times where nothing else is, else whole
/// days earlier or later, so that the same hours stay the same hours.
package struct BaselinePlacement: Sendable {
  /// Index of the first window of each.
  package let starts: [Int]
  private let counts: [Int]

  /// Windows before the release that they reach back to.
  package var windows: Int { -(starts.min() ?? 0) }

  /// - Parameter before: windows before the release that the inputs themselves fill. Throws where a
  ///   baseline has other windows than the watch, or does not fit.
  package init(
    _ baselines: [StoredBaseline], release: Timestamp, widthNanoseconds: Int64, before: Int
  ) throws(ArchiveError) {
    let day = max(1, Int(86_400_000_000_000 / widthNanoseconds))
    var taken = before > 0 ? [-before..<0] : []
    var starts: [Int] = []
    for baseline in baselines {
      let archive = baseline.archive
      guard archive.widthNanoseconds == widthNanoseconds else {
        let seconds = Double(archive.widthNanoseconds) / 1e9
        throw ArchiveError(
          "baseline \(baseline.facts.name) has windows of \(seconds) s and the watch has "
            + "\(Double(widthNanoseconds) / 1e9) s; expected --window \(seconds)s")
      }
      let distance = archive.start.nanoseconds(since: release)
      // Edges that do not meet are moved by less than half a window.
      var start = Int((Double(distance) / Double(widthNanoseconds)).rounded())
      let limit = Windows.Limits.windowsBeforeRelease
      if start + archive.count > 0 || start < -limit {
        let days = (Double(-archive.count - start) / Double(day)).rounded(.down)
        start += Int(days) * day
      }
      while taken.contains(where: { $0.overlaps(start..<(start + archive.count)) }) { start -= day }
      guard start >= -limit else {
        throw ArchiveError(
          "baseline \(baseline.facts.name) does not fit: at most \(limit) windows before the release "
            + "are compared with; leave out some baselines")
      }
      taken.append(start..<(start + archive.count))
      starts.append(start)
    }
    self.starts = starts
    counts = baselines.map(\.archive.count)
  }

  /// Spans before the release of which nothing is known, between baselines or behind them.
  ///
  /// - Parameter first: where what the inputs themselves hold begins; 0 where it is not used.
  func gaps(_ plan: WindowPlan, first: Int) -> [Range<Timestamp>] {
    let known = (zip(starts, counts).map { $0..<($0 + $1) } + [first..<0])
      .filter { !$0.isEmpty }.sorted { $0.lowerBound < $1.lowerBound }
    var gaps: [Range<Timestamp>] = []
    var end = known.first?.lowerBound ?? 0
    for span in known + [0..<1] {
      if span.lowerBound > end {
        gaps.append(plan.start(of: end)..<plan.start(of: span.lowerBound))
      }
      end = max(end, span.upperBound)
    }
    return gaps
  }
}
