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

  /// Part of the more specific one's events that must coincide with events of the other.
  private static let coincidence = 0.8
  /// Part of the other's excess that it must make up.
  private static let part = 0.4

  /// Whether the events of another, less specific one are likely to be those of this one: they come in
  /// the same windows, and make up what the other has too many.
  func explains(_ other: FailureEvents) -> Bool {
    guard specificity < other.specificity, total > 0, other.excess > 0 else { return false }
    if excess >= Self.part * other.excess,
      Self.shared(counts, other.counts) >= Self.coincidence * total
    {
      return true
    }
    // One route of several that an error breaks has only some of its events.
    guard other.specificity == .route, specificity < .rule, other.excess <= excess else {
      return false
    }
    let met = Self.shared(other.counts, counts)
    let chance =
      Self.shifts.map { Self.shared(other.counts, shifted(by: $0)) }.reduce(0, +)
      / Double(Self.shifts.count)
    return met >= Self.coincidence * other.excess && met > chance + 2 * (chance + 1).squareRoot()
  }

  /// How many windows apart two series are no longer those of one failure.
  private static let shifts = [7, 13, 29]

  private func shifted(by windows: Int) -> [Double] {
    guard counts.count > windows else { return [] }
    return Array(counts[windows...] + counts[..<windows])
  }

  /// Events of one series that have one of the other in their window or in the next: an access line is
  /// written when the answer is sent.
  private static func shared(_ counts: [Double], _ others: [Double]) -> Double {
    var carried = 0.0
    var shared = 0.0
    for (own, theirs) in zip(counts, others) {
      let met = min(own + carried, theirs)
      shared += met
      carried = max(0, min(own, own + carried - met))
    }
    return shared
  }
}
