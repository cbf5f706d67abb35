/// What one window, or a sum of windows, says of a signal: up to three counts over one exposure.
///
/// Latency has three, the requests slower than each of three edges; everything else has one.
struct Reading: Sendable {
  var counts: InlineArray<3, Double> = [0, 0, 0]
  var exposure = 0.0

  static func += (sum: inout Reading, reading: Reading) {
    for part in 0..<3 { sum.counts[part] += reading.counts[part] }
    sum.exposure += reading.exposure
  }
}
