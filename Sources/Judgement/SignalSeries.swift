import Records
import Rules
import Statistics
import Windows

/// What of a signal is compared, window by window: what the mathematics is fed with.
struct SignalSeries: Sendable {
  /// What counts as an event.
  enum Form: Sendable {
    /// The measure itself.
    case counted(MeasureID)
    /// What of the exposure is not in the measure: a share that falls is its rest that rises.
    case missed(MeasureID)
    /// Values of a histogram slower than three edges.
    case slower(histogram: Int, LatencyEdges, firstBucket: Int)
  }

  let form: Form
  let unit: ExposureUnit
  /// The denominator; nil when exposure is time, or the values of a histogram.
  let exposureMeasure: MeasureID?
  /// Judged events for one unit of the measure: sums are taken in units that have about the variance
  /// of counts.
  private(set) var scale = 1.0
  private let widthSeconds: Double

  /// Nil for signals whose denominator or values the inputs lack.
  init?(
    _ signal: Signal, requestMeasure: MeasureID?, hasRequests: Bool, widthSeconds: Double,
    latencies: Histogram?
  ) {
    self.widthSeconds = widthSeconds
    switch signal.kind {
    case .latency:
      // Zeros lie below the first bucket: one that is all zeros has edges there.
      guard let histogram = signal.histogram, let latencies,
        let edges = LatencyEdges(
          histogram: [Double(latencies.zeroCount)] + latencies.counts.map(Double.init))
      else { return nil }
      let first = latencies.counts.isEmpty ? Histogram.lowestIndex : latencies.indexFirst
      form = .slower(histogram: histogram, edges, firstBucket: first - 1)
      unit = .requests
      exposureMeasure = nil
      return
    case .proportion:
      guard let count = signal.count else { return nil }
      form = signal.worse == .up ? .counted(count) : .missed(count)
    case .ratio, .rate, .silence:
      guard let count = signal.count else { return nil }
      form = .counted(count)
    }
    switch signal.exposure {
    case .seconds:
      unit = .seconds
      exposureMeasure = nil
    case .requestsElseSeconds:
      unit = hasRequests ? .requests : .seconds
      exposureMeasure = hasRequests ? requestMeasure : nil
    case .measure(let measure):
      unit = measure == requestMeasure ? .requests : .units
      exposureMeasure = measure
    }
  }

  /// Takes a sum in other units. A sum's variance over its mean depends on its unit; in this one a
  /// single contribution counts as about one event, so that its dispersion means what it says.
  mutating func normalise(_ baseline: [Reading]) {
    let total = baseline.reduce(into: Reading()) { $0 += $1 }
    guard total.counts[0] > 0 else { return }
    let mean = total.counts[0] / max(total.exposure, .leastNormalMagnitude)
    var variance = 0.0
    for reading in baseline where reading.exposure > 0 {
      let expected = mean * reading.exposure
      variance += (reading.counts[0] - expected) * (reading.counts[0] - expected) / expected
    }
    let fano = variance / Double(max(1, baseline.count - 1))
    // Never finer than the exposure, or than a thousand events a window where that is time: amounts that
    // hardly vary are no more certain than counts.
    let finest =
      unit == .seconds ? 1_000 * Double(baseline.count) / total.counts[0] : 1 / mean
    let wanted = min(fano > 0 ? 1 / fano : finest, finest)
    if wanted.isFinite, wanted > 0 { scale = wanted }
  }

  /// Whether events are a part of the exposure.
  var isShare: Bool {
    switch form {
    case .counted: false
    case .missed, .slower: true
    }
  }

  /// How many counts a reading has.
  var parts: Int {
    if case .slower = form { 3 } else { 1 }
  }

  /// What the judge compares.
  func reading(_ window: borrowing Window) -> Reading {
    var reading = Reading()
    switch form {
    case .counted(let measure):
      reading.exposure = exposure(in: window)
      reading.counts[0] = window.amount(measure) * scale
    case .missed(let measure):
      reading.exposure = exposure(in: window)
      reading.counts[0] = max(0, reading.exposure - window.amount(measure))
    case .slower(let index, let edges, let firstBucket):
      guard !window.histograms.isEmpty else { break }
      let histogram = window.histograms[index]
      reading.exposure = Double(histogram.count)
      reading.counts[0] = Double(histogram.count(above: firstBucket + edges.median))
      reading.counts[1] = Double(histogram.count(above: firstBucket + edges.tail))
      reading.counts[2] = Double(histogram.count(above: firstBucket + edges.extreme))
    }
    return reading
  }

  private func exposure(in window: borrowing Window) -> Double {
    exposureMeasure.map { window.amount($0) } ?? widthSeconds
  }

  /// The count as it is shown, of a reading: hits of a share that falls, sums in their own unit.
  func shown(_ reading: Reading, part: Int = 0) -> Counted {
    switch form {
    case .counted: Counted(count: reading.counts[0] / scale, exposure: reading.exposure)
    case .missed:
      Counted(count: reading.exposure - reading.counts[0], exposure: reading.exposure)
    case .slower: Counted(count: reading.counts[part], exposure: reading.exposure)
    }
  }

  /// The measure whose samples are evidence; nil for latency.
  var sampledMeasure: MeasureID? {
    if case .counted(let measure) = form { measure } else { nil }
  }

  /// The edge that part `part` is slower than, in seconds; nil for anything but latency.
  func edgeSeconds(part: Int) -> Double? {
    guard case .slower(_, let edges, let firstBucket) = form else { return nil }
    let edge = part == 0 ? edges.median : part == 1 ? edges.tail : edges.extreme
    return Histogram.upperEdge(of: firstBucket + edge)
  }
}
