/// Every bound of this target.
enum Limits {
  /// A shorter pause is no silence, however busy a log was: writers buffer.
  static let silenceSecondsMinimum = 30.0
  /// New signatures that are judged apart: the shares of alpha of later ones would be too small.
  static let signaturesJudged = 256
  /// Routes that are judged by themselves.
  static let routesJudged = 32
}
