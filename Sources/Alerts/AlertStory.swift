/// A regression with everything that it explains: what one message is about.
struct AlertStory: Sendable {
  enum Phase: Sendable, Hashable {
    /// Nobody has been told yet.
    case untold
    /// A message of its own was sent.
    case told
    /// It is one of a digest.
    case inDigest
    /// Every signal of it is silenced; nobody is told.
    case silenced
  }

  /// The signal that it is named after: the first that fired.
  let signal: String
  /// When it began, by the clock of the watch; and by event time.
  let begun: Int64
  let started: Int64
  var members: [String]
  var phase = Phase.untold
  /// How bad it was when it was told.
  var urgency = AlertSeverity.info
  /// Since when none of its signals fires.
  var calmSince: Int64?
}

/// What is known of one signal.
struct SignalCondition: Sendable {
  var last: SignalChange
  var isFiring: Bool
}
