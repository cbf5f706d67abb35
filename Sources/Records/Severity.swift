/// How bad a record says it is, in the order of syslog with `trace` and `debug` below it.
///
/// It is read from a field of the record, never guessed from words of its text: in public samples
/// most lines that contain "error" are informational, and most warnings contain no such word.
package enum Severity: UInt8, Comparable, Sendable, CaseIterable {
  case trace, debug, info, notice, warning, error, critical, alert, emergency

  package static func < (left: Severity, right: Severity) -> Bool {
    left.rawValue < right.rawValue
  }

  /// The word that reports and rule files use.
  package var name: String { String(describing: self) }
}
