import Records
package import Rules

/// What one span of event time holds. Two windows of the same span merge by adding.
package struct Window: Sendable {
  /// Physical lines.
  package var lines = 0
  package var records = 0
  /// Records that state no time of their own.
  package var unstampedRecords = 0
  /// Records that state a severity.
  package var ratedRecords = 0
  /// Counts and sums by `MeasureID`.
  package var measures = MeasureAmounts()
  /// By histogram index; empty until the first value comes.
  package var histograms: [Histogram] = []
  /// Evidence by measure, for windows after the release.
  package var samples: [MeasureID: Sample] = [:]

  package init() {}

  /// The count or sum of a measure.
  package func amount(_ measure: MeasureID) -> Double {
    measures[measure]
  }

  /// Adds what the rules saw in one record; allocates with the first record of a window only.
  mutating func add(
    _ observation: borrowing Observation, of record: borrowing Record, histogramCount: Int
  ) {
    lines += record.physicalLines
    records += 1
    if record.timeSource != .line { unstampedRecords += 1 }
    if record.severity != nil { ratedRecords += 1 }
    for hit in observation.hits { measures[hit.measure] += hit.amount }
    guard !observation.values.isEmpty else { return }
    if histograms.isEmpty {
      histograms = [Histogram](repeating: Histogram(), count: histogramCount)
    }
    for value in observation.values { histograms[value.histogram].add(value.number) }
  }

  /// Adds another window of the same span.
  package mutating func merge(_ other: Window) {
    lines += other.lines
    records += other.records
    unstampedRecords += other.unstampedRecords
    ratedRecords += other.ratedRecords
    measures.merge(other.measures)
    if histograms.isEmpty {
      histograms = other.histograms
    } else {
      for (index, histogram) in other.histograms.enumerated() {
        histograms[index].merge(histogram)
      }
    }
    for (measure, sample) in other.samples {
      guard let mine = samples[measure] else {
        samples[measure] = sample
        continue
      }
      if Sample.precedes(sample.time, sample.text.span, mine) { samples[measure] = sample }
    }
  }
}
