import Records
import Windows

/// The windows before a release that a signal is compared with, in time order.
struct BaselineWindows: Sendable {
  let indices: [Int]
  /// All of them added up.
  let total: Window
  private let widthSeconds: Double

  /// Excluded spans are left out.
  init(_ timeline: Timeline, excluded: [Range<Timestamp>]) {
    let indices = (timeline.bodyStart..<0).filter { index in
      let span = timeline.plan.start(of: index)..<timeline.plan.start(of: index + 1)
      return !excluded.contains { $0.overlaps(span) }
    }
    var total = Window()
    for index in indices { total.merge(timeline[index]) }
    self.indices = indices
    self.total = total
    widthSeconds = timeline.plan.widthSeconds
  }

  /// Those of the last so many seconds.
  func last(seconds: Double) -> ArraySlice<Int> {
    indices.suffix(max(1, Int(seconds / widthSeconds)))
  }

  /// All values of one histogram.
  func latencies(histogram: Int) -> Histogram {
    total.histograms.isEmpty ? Histogram() : total.histograms[histogram]
  }

  /// The exposure of a signal over all of them.
  func exposure(of series: SignalSeries) -> Double {
    series.exposureMeasure.map { total.amount($0) } ?? Double(indices.count) * widthSeconds
  }
}
