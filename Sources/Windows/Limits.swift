/// Every bound of this target in one place. Reaching one is counted and shown, never silent.
package enum Limits {
  /// Distinct routes that are counted apart; later ones go to `other`.
  package static let routesCounted = 2_000
  /// Routes that reports list; the most frequent ones.
  package static let routesReported = 200
  /// Windows after the release, 115 days of ten seconds.
  package static let windowsAfterRelease = 1_000_000
  /// Bytes of a record that a sample keeps.
  package static let sampleBytes = 8_192
  /// Physical lines of a record that a sample keeps.
  package static let sampleLines = 64
  /// Sampled measures a window keeps.
  package static let samplesPerWindow = 128
  /// Buckets of one histogram: values from 2^-40 to 2^24 seconds at scale 3.
  package static let histogramBuckets = 512
}
