import Records
import Rules
import Windows

/// A signature that the baseline never showed, tested as a kind of error that is new.
struct SignatureTrack: Sendable {
  /// Its handle when it was looked at last.
  var handle: Int
  /// The name under which it is reported: `new.KeyError.3fa2c1`.
  let id: String
  /// Its template and what is pinned, as they were when it was seen first.
  let text: String
  let severity: Severity
  let about: String?
  let hint: String?
  /// What pins it, its class or a code, is new as well: no other wording of something known.
  let isNewKind: Bool
  /// Its first occurrence is reported at once.
  let isReportedAtOnce: Bool
  var recurrence: Recurrence
  var isRegressed = false
  /// The signature whose place it seems to have taken, at about the same rate.
  var predecessor: String?
}
