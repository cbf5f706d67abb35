/// A release as the ledger has it. Times are in nanoseconds since 1970.
package struct ReleaseEntry: Hashable, Sendable {
  /// What became of it.
  package enum Outcome: String, Hashable, Sendable, CaseIterable {
    case kept
    case rolledBack = "rolled-back"
  }

  package var name: String
  /// The release moment.
  package var at: Int64
  package var owner: String?
  /// What was expected of it.
  package var expectation: String?
  /// How to undo it.
  package var rollback: String?
  /// When it was ended; nil while it is open.
  package var ended: Int64?
  package var outcome: Outcome?

  package init(
    name: String, at: Int64, owner: String? = nil, expectation: String? = nil,
    rollback: String? = nil, ended: Int64? = nil, outcome: Outcome? = nil
  ) {
    self.name = name
    self.at = at
    self.owner = owner
    self.expectation = expectation
    self.rollback = rollback
    self.ended = ended
    self.outcome = outcome
  }
}

/// A silence as the ledger has it. Times are in nanoseconds since 1970.
package struct MuteEntry: Hashable, Sendable {
  package var signal: String
  package var since: Int64
  package var until: Int64
  package var reason: String

  package init(signal: String, since: Int64, until: Int64, reason: String) {
    self.signal = signal
    self.since = since
    self.until = until
    self.reason = reason
  }
}

/// What a watch of a release left, as the text it wrote.
package struct WatchEntry: Hashable, Sendable {
  /// When, in nanoseconds since 1970.
  package var recorded: Int64
  /// JSON.
  package var memo: String

  package init(recorded: Int64, memo: String) {
    self.recorded = recorded
    self.memo = memo
  }
}
