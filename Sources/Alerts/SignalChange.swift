/// What an alert of the judge says, as far as a message needs it.
package struct SignalChange: Sendable, Hashable {
  package enum State: String, Sendable, Codable {
    case firing
    /// Seen for the first time; not a regression, and nobody is called for it.
    case noted
    case resolved
  }

  package var state: State
  package var signal: String
  package var kind: String
  package var severity: AlertSeverity
  /// Event time of the decision, in nanoseconds since 1970.
  package var at: Int64
  package var evidence: Evidence
  /// Signals that this one explains where they regress too.
  package var explains: [String] = []
  /// A more specific signal that is likely to be of the same failure.
  package var partOf: String?

  package init(
    state: State, signal: String, kind: String, severity: AlertSeverity, at: Int64,
    evidence: Evidence = Evidence()
  ) {
    self.state = state
    self.signal = signal
    self.kind = kind
    self.severity = severity
    self.at = at
    self.evidence = evidence
  }
}

/// How bad a regression is, in the words that pagers share.
package enum AlertSeverity: String, Sendable, Codable, Comparable, CaseIterable {
  case info, warning, error, critical

  package static func < (left: Self, right: Self) -> Bool {
    guard let first = allCases.firstIndex(of: left), let second = allCases.firstIndex(of: right)
    else { return false }
    return first < second
  }
}

/// The numbers and the line behind a message. Texts from logs are redacted before they come here.
package struct Evidence: Sendable, Hashable, Codable {
  package struct Side: Sendable, Hashable, Codable {
    package var count: Double
    package var exposure: Double

    package init(count: Double, exposure: Double) {
      self.count = count
      self.exposure = exposure
    }

    var rate: Double? { exposure > 0 ? count / exposure : nil }
  }

  package struct Ratio: Sendable, Hashable, Codable {
    package var estimate: Double
    package var low: Double
    package var high: Double?

    package init(estimate: Double, low: Double, high: Double?) {
      self.estimate = estimate
      self.low = low
      self.high = high
    }
  }

  /// What the signal is about.
  package var about: String?
  /// `0.4 %`, and `2.1 %`: as the reports write them.
  package var beforeText = ""
  package var afterText = ""
  /// `×5.2 (95 % interval 3.1 to 8.8)`.
  package var ratioText = ""
  package var before: Side?
  package var after: Side?
  package var ratio: Ratio?
  package var eValue: Double?
  /// Lines of a record, redacted and printable.
  package var sample: [String] = []
  /// `app.log:1843`.
  package var place: String?
  package var hint: String?

  package init() {}
}
