import Records
import Windows

/// The windows before a release that a signal is compared with, in time order.
struct BaselineWindows: Sendable {
  let indices: [Int]
  /// Excluded spans are left out.
  init(_ timeline: Timeline, excluded: [Range<Timestamp>]) {
    indices = (timeline.bodyStart..<0).filter { index in
      let span = timeline.plan.start(of: index)..<timeline.plan.start(of: index + 1)
      return !excluded.contains { $0.overlaps(span) }
    }
  }

  /// Those of the last so many seconds.
  func last(seconds: Double, widthSeconds: Double) -> ArraySlice<Int> {
    indices.suffix(max(1, Int(seconds / widthSeconds)))
  }

  /// All values of one histogram.
  func latencies(_ timeline: Timeline, histogram: Int) -> Histogram {
    var sum = Histogram()
    for index in indices where !timeline[index].histograms.isEmpty {
      sum.merge(timeline[index].histograms[histogram])
    }
    return sum
  }
}
