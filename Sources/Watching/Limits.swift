/// Every bound of this target.
enum Limits {
  /// Output of a job that is written again at most when the run is killed.
  static let uncommittedBytes = 64 * 1024
  /// Unpacked bytes that a job reads at a time.
  static let committedChunkBytes = 48 * 1024
  /// The same where each line's output is longer than the line.
  static let labelledChunkBytes = 6 * 1024
  /// How long after a line its place is committed at the latest, in milliseconds.
  static let commitWait: Int32 = 100
  /// How often a run with nothing to write looks whether its output is still read, in milliseconds.
  static let outputLookWait: Int32 = 1_000
  /// Bytes at the beginning of a piece that are kept while no line of them begins a record.
  static let headBytes = 256 * 1024
  /// Output of `rules explain` that is kept before it is written, so that signatures are settled.
  static let explainedBytes = 32 << 20
  /// How long a pipe has to be quiet before a record that may still grow is shown, in milliseconds.
  static let quietWait: Int32 = 1_000
  /// Metrics are published at most once in so many nanoseconds.
  static let metricsNanoseconds: Int64 = 1_000_000_000
  /// A loop that has not gone round for so long is no longer healthy.
  static let healthNanoseconds: Int64 = 60_000_000_000
  /// How long the end of a watch waits for alert sinks, in milliseconds.
  static let courierMilliseconds = 15_000
}
