/// Every bound of this target.
enum Limits {
  /// A shorter pause is no silence, however busy a log was: writers buffer.
  static let silenceSecondsMinimum = 30.0
}
