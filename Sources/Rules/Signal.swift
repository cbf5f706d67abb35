package import Records

/// Index of one counted expression among those of all signals: `http.request where status >= 500`.
/// Two signals that count the same thing share one.
package typealias MeasureID = Int

/// What is compared between baseline and candidate.
package struct Signal: Sendable {
  package enum Kind: String, Sendable {
    /// A count or sum per second.
    case rate
    /// A count or sum per request, or per another denominator.
    case ratio
    /// A share: k of n, never more than n.
    case proportion
    /// Quantiles of a duration.
    case latency
    /// A count per second that must not fall.
    case silence
  }

  package enum Direction: String, Sendable {
    case up, down
  }

  /// What the count is measured against.
  package enum Exposure: Sendable, Equatable {
    case measure(MeasureID)
    case seconds
    /// Requests where the inputs carry any, else seconds.
    case requestsElseSeconds
  }

  package var id: String
  package var kind: Kind
  package var about: String?
  package var severity: Severity
  /// The direction that is a regression.
  package var worse: Direction
  /// Without it healthy, a watch is not healthy.
  package var required: Bool
  /// Shown, never gating.
  package var advisory: Bool
  /// What a person can do about it.
  package var hint: String?
  /// The numerator; nil for latency.
  package var count: MeasureID?
  package var exposure: Exposure
  /// Index of the histogram of a latency signal.
  package var histogram: Int?
  package var quantiles: [Double]
  package var byRoute: Bool
  /// Signals that this one is likely to raise as well when it regresses.
  package var explains: [String] = []
  /// The rule whose matches it counts, for the signal that a rule has without being told.
  package var rule: Int?

  /// The kind as reports name it: a rate that must not fall is a silence.
  package var shownKind: String {
    kind == .rate && worse == .down ? Kind.silence.rawValue : kind.rawValue
  }
}
