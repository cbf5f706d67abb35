/// The bucket edges a latency signal is judged at: t50, t95 and t99 of the baseline.
///
/// Each is the smallest edge with a share above it of at most 0.5, 0.05 and 0.01.
package struct LatencyEdges: Sendable, Equatable {
  /// Index of the bucket whose upper edge is t50, t95, t99; slower are all buckets after it.
  package let median: Int
  package let tail: Int
  package let extreme: Int

  /// From the baseline's histogram, buckets in ascending order. Nil when it is empty.
  package init?(histogram: [Double]) {
    let total = histogram.reduce(0, +)
    guard total > 0 else { return nil }
    func edge(shareAbove limit: Double) -> Int {
      var above = total
      for k in histogram.indices {
        above -= histogram[k]
        if above <= limit * total { return k }
      }
      return histogram.count - 1
    }
    median = edge(shareAbove: 0.5)
    tail = edge(shareAbove: 0.05)
    extreme = edge(shareAbove: 0.01)
  }

  /// Requests slower than each edge in a histogram with the same buckets.
  package func slower(in histogram: [Double]) -> (median: Double, tail: Double, extreme: Double) {
    func above(_ edge: Int) -> Double { histogram.dropFirst(edge + 1).reduce(0, +) }
    return (above(median), above(tail), above(extreme))
  }
}
