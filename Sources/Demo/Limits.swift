/// Every bound of the generator. A value beyond one is a programmer's error and stops the program
/// with a sentence; the `demo` command checks its options first.
enum Limits {
  /// The fastest service that can be asked for.
  static let requestsPerSecondLimit = 100_000.0
  /// The longest span before or after the release: one year.
  static let spanSecondsLimit = 366 * 86_400
  /// Release times stay inside the years 1970 to 9999, so that a year has four digits.
  static let releaseSecondsLimit = 253_000_000_000
  /// The largest multiple of an error rate, a duration or a burst.
  static let factorLimit = 1_000_000.0
  /// The most error bursts an hour; more of them would always overlap.
  static let burstsPerHourLimit = 3_600.0
  /// The most pieces that the part before the release is rotated into.
  static let rotatedPiecesLimit = 99
  /// How many bytes a log file gathers before they are written.
  static let writeBufferBytes = 1 << 16
}
