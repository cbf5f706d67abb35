/// The events of one alarmed subject after the release, window by window: what tells whether two alarms
/// are of one failure.
struct FailureEvents {
  /// How much it says of what failed; the less, the more.
  enum Specificity: Int, Comparable {
    case signature, newRule, rule, route, whole

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  let subject: Subject
  let specificity: Specificity
  /// By window, from the release on.
  let counts: [Double]
  /// Events beyond what the baseline would have given.
  let excess: Double
  let total: Double

  init(
    subject: Subject, specificity: Specificity, counts: [Double], expected: Double
  ) {
    self.subject = subject
    self.specificity = specificity
    self.counts = counts
    total = counts.reduce(0, +)
    excess = max(0, total - expected)
  }

  /// Part of the other's excess that it must make up.
  private static let part = 0.4
  /// Standard errors by which two series must move together.
  private static let certainty = 3.0
  /// Events that come with one of the contained series, at least; one if it is truly contained.
  private static let slopeMinimum = 0.5

  /// Whether the events of another, less specific one are likely to be those of this one: both move
  /// together from window to window, and it makes up what the other has too many.
  func explains(_ other: FailureEvents) -> Bool {
    guard total > 0, other.excess > 0 else { return false }
    if specificity == other.specificity, specificity <= .newRule {
      // Two new kinds of one failure, such as a traceback and the record of the database: one leads.
      return subject.signal < other.subject.signal && isContained(in: other)
        && other.isContained(in: self)
    }
    guard specificity < other.specificity else { return false }
    if excess >= Self.part * other.excess { return isContained(in: other) }
    // One route of several that an error breaks has only some of its events.
    return other.specificity == .route && specificity < .rule && other.excess <= excess
      && other.isContained(in: self)
  }

  /// Whether the series moves the other one: where it has an event more, the other has one more too. Two
  /// failures that only happen at the same time do not.
  private func isContained(in other: FailureEvents) -> Bool {
    let first = counts.firstIndex { $0 > 0 } ?? 0
    let own = counts[first...]
    let theirs = other.counts[first...]
    let size = Double(own.count)
    guard own.count == theirs.count, size >= 2 else { return false }
    let means = (own.reduce(0, +) / size, theirs.reduce(0, +) / size)
    var (covariance, variance, otherVariance) = (0.0, 0.0, 0.0)
    for (x, y) in zip(own, theirs) {
      covariance += (x - means.0) * (y - means.1)
      variance += (x - means.0) * (x - means.0)
      otherVariance += (y - means.1) * (y - means.1)
    }
    // All windows alike: nothing tells them apart.
    guard variance > 0, otherVariance > 0 else { return own.elementsEqual(theirs) }
    let correlation = covariance / (variance * otherVariance).squareRoot()
    return covariance >= Self.slopeMinimum * variance
      && correlation * size.squareRoot() >= Self.certainty
  }
}
